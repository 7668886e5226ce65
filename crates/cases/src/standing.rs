//! Who stands beside the one who filed, and how much of the case lies before them: before they have
//! agreed the words of the appeal alone, and a co-applicant never how the others are reached.

use base::{Actor, Error, Number, Result};
use catalog::form::Answers;
use serde_json::Value;

use crate::model::{CaseRow, Content, Course, Invitation, PartyRole, TurnKind};
use crate::{Cases, sql};

/// The most cases in which somebody is asked whether they stand in them, as they are listed.
const MOST: i64 = 20;

/// What is told of an appeal to somebody who was named in it and has not answered: its subject, what
/// happened and what is asked.
const WORDS_OF_APPEAL: [&str; 4] = ["category", "subject", "description", "expected"];

/// How somebody is reached.
const CONTACTS: [&str; 3] = ["email", "phone", "postal_address"];

impl Cases {
    /// The role in which the actor stands in a case beside the one who filed.
    pub(crate) fn stands_as(actor: &Actor, case: &CaseRow) -> Option<PartyRole> {
        let person = actor.person()?;
        let mut parties = case.shared.persons.iter();
        parties
            .find(|(who, _)| *who == person)
            .map(|(_, role)| *role)
    }

    /// Whether somebody on the applicant's side is the one who filed: by their account, or by the
    /// code of a case that nobody signed in has filed.
    pub(crate) fn has_filed(actor: &Actor, case: &CaseRow) -> bool {
        match actor.person() {
            None => true,
            Some(person) if case.person.is_some() => case.person == Some(person),
            Some(_) => !actor.is_staff() && Self::stands_as(actor, case).is_none(),
        }
    }

    /// A case in which the actor was named and has not answered yet; [`Error::NotFound`] otherwise.
    pub async fn invitation(&self, actor: &Actor, number: Number) -> Result<Invitation> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let this = self.clone();
        self.0
            .journal
            .store()
            .read(move |db| {
                let case = Self::row(db, number)?;
                let mut asked = case.shared.asked.iter();
                let role = asked.find(|(who, _)| *who == person).map(|(_, role)| *role);
                let role = role.ok_or(Error::NotFound)?;
                let key = this.0.journal.keys().load(db, case.data_key)?;
                let inside = sql::inside(db, case.id)?;
                let content = Self::open_content(&key, case.id, &inside.content)?;
                Ok(Invitation::of(case, role, &content))
            })
            .await
    }

    /// The newest cases in which the actor was named and has not answered yet.
    pub async fn invitations(&self, actor: &Actor) -> Result<Vec<Invitation>> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let rows = self
            .0
            .journal
            .store()
            .read(move |db| sql::asked_to_stand(db, person, MOST))
            .await?;
        rows.into_iter()
            .map(|(row, role)| {
                let content = self.content_of(&row)?;
                Ok(Invitation::of(row.case, role, &content))
            })
            .collect()
    }
}

impl Invitation {
    fn of(case: CaseRow, role: PartyRole, content: &Content) -> Self {
        let words = |(name, _): &(&String, &Value)| WORDS_OF_APPEAL.contains(&name.as_str());
        let words = content.answers.iter().filter(words);
        Self {
            case,
            role,
            by: content.applicant.title(),
            answers: words
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        }
    }
}

/// Takes out of a case how others are reached: a co-applicant has the same matter and not the same
/// mailbox. What the applicant noted of other parties may hold it, too.
pub(crate) fn without_contacts(content: &mut Content, course: &mut Course) {
    let applicant = &mut content.applicant;
    for contact in [
        &mut applicant.email,
        &mut applicant.phone,
        &mut applicant.postal_address,
    ] {
        contact.clear();
    }
    forget(&mut content.answers);
    for party in &mut course.parties {
        party.note.clear();
    }
    for turn in &mut course.turns {
        if let TurnKind::Corrected { changes } = &mut turn.what {
            changes.retain(|change| !CONTACTS.contains(&change.field.as_str()));
        }
    }
}

fn forget(answers: &mut Answers) {
    answers.retain(|name, _| !CONTACTS.contains(&name.as_str()));
    for value in answers.values_mut() {
        match value {
            Value::Object(parts) => forget(parts),
            // People who file together: the address of a person is no place of the matter.
            Value::Array(people) => {
                for person in people.iter_mut().filter_map(Value::as_object_mut) {
                    person.remove("address");
                    forget(person);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_co_applicant_is_told_the_place_of_the_matter_and_nobodys_mailbox() {
        let answers = json!({
            "subject": "Снег", "email": "c@example.org",
            "place": {"territory": "town", "address": "Лесная, 12"},
            "applicant": {"last_name": "Петрова", "email": "a@example.org", "phone": "+7", "postal_address": "Лесная, 1"},
            "co_applicants": [{"name": "Иванов", "email": "b@example.org", "address": "Лесная, 14"}],
        });
        let mut content = Content {
            answers: serde_json::from_value(answers).unwrap(),
            ..Content::default()
        };
        content.applicant.phone = "+7".into();
        without_contacts(&mut content, &mut Course::default());
        assert_eq!(
            Value::Object(content.answers),
            json!({
                "subject": "Снег",
                "place": {"territory": "town", "address": "Лесная, 12"},
                "applicant": {"last_name": "Петрова"},
                "co_applicants": [{"name": "Иванов"}],
            })
        );
        assert_eq!(content.applicant.phone, "");
    }
}
