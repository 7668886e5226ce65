//! A new return code: somebody who filed without an account has lost theirs. An operator who has made
//! sure of who asks gives a new one; the old one opens nothing from then on.

use base::{Actor, Error, Number, Result};
use people::{People, Permission};
use store::Db;

use super::hearing::{KNOWN_LEAST, gathered, hears};
use super::{MESSAGE_MOST, Told, checked, moved};
use crate::model::{Applicant, CaseRow, Side};
use crate::searching::contact;
use crate::sql::{self, Moved};
use crate::{Cases, pass};

/// The longest e-mail, telephone or name that somebody says of themselves, in characters.
const STATED_MOST: usize = 254;

/// How somebody who asks for a new code was known.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The e-mail, the telephone or the last name that they said to be in their appeal. It is held
    /// against the appeal, which the operator does not see: what a stranger says convincingly opens
    /// nothing.
    pub stated: &'a str,
    /// By what else, in the operator's words.
    pub by: &'a str,
}

impl Cases {
    /// Gives a new code in place of the one that holds. `turn` is the one that the operator has
    /// seen hold, so that the same form sent twice gives one code.
    pub async fn renew_code(
        &self,
        actor: &Actor,
        number: Number,
        turn: i64,
        known: Known<'_>,
    ) -> Result<String> {
        let mut wrong = Vec::new();
        let stated = gathered(&mut wrong, checked("stated", known.stated, 1, STATED_MOST))?;
        let known_by = checked("known_by", known.by, KNOWN_LEAST, MESSAGE_MOST);
        let known_by = gathered(&mut wrong, known_by)?;
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        let this = self.clone();
        self.0
            .journal
            .store()
            .change(actor, move |tx| {
                let row = Self::locked(tx, number)?;
                let actor = tx.actor().clone();
                may_renew(tx, &actor, &row)?;
                if row.code_turn != turn {
                    return Err(Error::Conflict("case-error-code-renewed"));
                }
                this.expect(tx, &row)?;
                let key = this.0.journal.keys().load(tx, row.data_key)?;
                let inside = sql::inside(tx, row.id)?;
                let content = Self::open_content(&key, row.id, &inside.content)?;
                if !is_of(&content.applicant, &stated) {
                    return Err(Error::field("stated", "case-error-code-stated"));
                }
                let operator = this.name_of_actor(tx, &row, Side::Staff, &key)?;
                let turn = row.code_turn + 1;
                sql::set_code_turn(tx, row.id, turn)?;
                let kept = Moved {
                    closed_at: sql::closed_at(tx, row.id)?,
                    ..moved(&row, row.state)
                };
                sql::move_case(tx, row.id, &kept)?;
                let told = Told::new("case.code_renewed")
                    .with("by", operator)
                    .with("reason", known_by.clone());
                this.tell(tx, &row, row.state, key, told)?;
                Ok(pass::code_of_turn(this.0.journal.keys(), row.id, turn))
            })
            .await
    }

    /// The turn of the code that holds, for an operator who may give a new one; none for others,
    /// and where the way back is an account.
    pub async fn code_to_renew(&self, actor: &Actor, number: Number) -> Result<Option<i64>> {
        let actor = actor.clone();
        let store = self.journal().store();
        store
            .read(move |db| {
                let row = Self::row(db, number)?;
                match may_renew(db, &actor, &row) {
                    Ok(()) => Ok(Some(row.code_turn)),
                    Err(Error::Forbidden | Error::Conflict(_)) => Ok(None),
                    Err(other) => Err(other),
                }
            })
            .await
    }
}

/// Operators of the unit that has the case, or who took it in; only where a code is the way back.
fn may_renew(db: &mut Db<'_>, actor: &Actor, row: &CaseRow) -> Result<()> {
    people::require_somewhere(actor, Permission::FileOnBehalf)?;
    if !hears(db, actor, row)? {
        return Err(Error::Forbidden);
    }
    let by_code = match row.person {
        Some(person) => People::has_left(db, person)?,
        None => true,
    };
    if by_code {
        Ok(())
    } else {
        Err(Error::Conflict("case-error-code-account"))
    }
}

/// Whether somebody said what the appeal has: one of the ways to reach the applicant, where there is
/// one, else their last name. Where neither was given nothing can be held against it.
fn is_of(applicant: &Applicant, stated: &str) -> bool {
    let mut ways = [&applicant.email, &applicant.phone]
        .into_iter()
        .filter_map(|way| contact(way))
        .peekable();
    if ways.peek().is_some() {
        let stated = contact(stated);
        return ways.any(|way| stated.as_ref() == Some(&way));
    }
    let name = |text: &str| text.trim().to_lowercase().replace('\u{451}', "\u{435}");
    applicant.last_name.is_empty() || name(&applicant.last_name) == name(stated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_may_know_opens_nothing() {
        let named = Applicant {
            last_name: "Королёва".into(),
            ..Applicant::default()
        };
        let reached = Applicant {
            email: "Olga@example.org".into(),
            phone: "+79001234567".into(),
            ..named.clone()
        };
        for stated in ["olga@example.org", "8 900 123-45-67"] {
            assert!(is_of(&reached, stated), "{stated}");
        }
        for stated in ["Королёва", "olga@example.com", "+7 900 123-45-68", "?"] {
            assert!(!is_of(&reached, stated), "{stated}");
        }
        assert!(is_of(&named, " королева "));
        assert!(!is_of(&named, "Королев"));
        assert!(is_of(&Applicant::default(), "кто угодно"));
    }
}
