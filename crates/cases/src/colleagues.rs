//! How colleagues are called among themselves: last name and initials, as in every list of the
//! house. An applicant is told the first name and one initial and no more, and so say the entries and texts that both
//! sides read; an entry of staff keeps the other form beside it, and a card that staff open shows
//! that one, as they were called then. What was written before it was kept stays as it is.

use std::collections::HashMap;

use base::{Moment, Result};
use journal::Told;
use people::People;
use store::Tx;

use crate::Cases;
use crate::documents::Document;
use crate::model::{Card, Side};

/// The field that keeps what the one who acted is called among colleagues.
pub(crate) const COLLEAGUE: &str = "colleague";
/// The same of the one who was given the case.
pub(crate) const GIVEN_TO: &str = "given_to";
/// On a card that staff open: what the one who acted is called to an applicant.
const TOLD_AS: &str = "told_as";

impl Cases {
    /// What the one who acts is called among colleagues, for an entry that says by whom it was.
    pub(crate) fn colleague(&self, tx: &mut Tx<'_>) -> Result<Option<String>> {
        let Some(person) = tx.actor().person() else {
            return Ok(None);
        };
        let name = People::name_of(tx, &self.0.journal, person)?;
        Ok(Some(name.initials()))
    }
}

/// Takes what colleagues call each other off a card that the other side opens.
pub(crate) fn forget_colleagues(card: &mut Card) {
    for told in &mut card.history {
        let fields = &mut told.fields;
        fields.retain(|(field, _)| field != COLLEAGUE && field != GIVEN_TO);
    }
}

/// Calls everybody of staff on a card as colleagues are called.
pub(crate) fn call_as_colleagues(card: &mut Card) {
    for told in &mut card.history {
        let by = told.field("by").map(str::to_owned);
        let colleague = told.field(COLLEAGUE).map(str::to_owned);
        let own = told.field("specialist") == by.as_deref();
        let given = told.field(GIVEN_TO).map(str::to_owned);
        let given = given.or_else(|| colleague.clone().filter(|_| own));
        for (field, name) in [("by", &colleague), ("specialist", &given)] {
            let known = told.fields.iter_mut().find(|(known, _)| known == field);
            if let (Some((_, value)), Some(name)) = (known, name) {
                value.clone_from(name);
            }
        }
        if let (Some(by), Some(_)) = (by, colleague) {
            told.fields.push((TOLD_AS.to_owned(), by));
        }
    }
    let filed = card.history.first().and_then(|told| told.field(COLLEAGUE));
    if let (Some(taken), Some(operator)) = (&mut card.taken, filed) {
        operator.clone_into(&mut taken.operator);
    }
    let called = Called::of(&card.history);
    for message in &mut card.messages {
        called.call(message.sent_at, &mut message.author);
        if let Some(heard) = &mut message.heard {
            called.call(message.sent_at, &mut heard.operator);
        }
    }
    let course = &mut card.course;
    for wait in &mut course.waits {
        called.call(wait.asked_at, &mut wait.author);
    }
    for extension in &mut course.extensions {
        called.call(extension.decided_at, &mut extension.author);
    }
    for part in &mut course.parts {
        called.call(part.asked_at, &mut part.author);
    }
    for turn in &mut course.turns {
        called.call(turn.made_at, &mut turn.author);
    }
    for note in &mut course.notes {
        called.call(note.written_at, &mut note.author);
    }
}

/// The same for the documents of a card that staff have opened.
pub(crate) fn call_of_documents(card: &Card, documents: &mut [Document]) {
    if card.side == Side::Staff {
        let called = Called::of(&card.history);
        for document in documents {
            called.call(document.added_at, &mut document.author);
        }
    }
}

/// Who is called how: what was said at one moment under the shorter name was said by the one of
/// the entry of that moment.
struct Called(HashMap<(Moment, String), String>);

impl Called {
    fn of(history: &[Told]) -> Self {
        let called = history.iter().filter_map(|told| {
            let short = told.field(TOLD_AS)?.to_owned();
            Some(((told.recorded_at, short), told.field(COLLEAGUE)?.to_owned()))
        });
        Self(called.collect())
    }

    fn call(&self, at: Moment, name: &mut String) {
        if let Some(colleague) = self.0.get(&(at, name.clone())) {
            name.clone_from(colleague);
        }
    }
}
