//! Putting data right: the applicant their contacts, the address and what they forgot to write;
//! staff the subject, with a reason. What it said before is kept.

use base::id::CategoryId;
use base::text::clean_line;
use base::{Actor, Error, Number, Result};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use store::Tx;

use super::{At, Done, MESSAGE_MOST, NAME_MOST, Told, checked, checked_line};
use crate::filing::hex;
use crate::model::{Change, Content, Correction, Side, TurnKind};
use crate::pass::Pass;
use crate::states::Action;
use crate::{Cases, content_context, sql};

/// The longest addition to what was written, in characters.
const ADDITION_MOST: usize = 4_000;
/// The longest telephone number, in characters.
const PHONE_MOST: usize = 40;

impl Cases {
    /// The applicant puts right what they filed.
    pub async fn correct(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        correction: Correction,
    ) -> Result<()> {
        let correction = sound(&correction)?;
        self.act_either(actor, pass, number, Action::Correct, move |tx, at| {
            if at.side != Side::Applicant {
                return Err(Error::Forbidden);
            }
            let inside = sql::inside(tx, at.row.id)?;
            let mut content = Self::open_content(&at.key, at.row.id, &inside.content)?;
            // An answer must reach somebody: the e-mail is put right, never taken away.
            if correction.email.as_deref() == Some("") && !content.applicant.email.is_empty() {
                return Err(Error::field("email", "case-error-email-stays"));
            }
            let changes = apply(&mut content, &correction);
            if changes.is_empty() {
                return Err(Error::field("", "case-error-nothing-changed"));
            }
            let fields: Vec<String> = changes.iter().map(|change| change.field.clone()).collect();
            let told = Told::new("case.corrected").with("what", fields.join(", "));
            let (moved, told) = at.put_right(tx, at.row.category, &content, changes, "", told)?;
            Ok((moved.spoken(tx.now()), told))
        })
        .await
    }

    /// A specialist puts the subject right.
    pub async fn correct_category(
        &self,
        actor: &Actor,
        number: Number,
        category: CategoryId,
        reason: &str,
    ) -> Result<()> {
        let reason = checked("reason", reason, 3, MESSAGE_MOST)?;
        let contents = self.0.catalog.contents().await?;
        let tree = contents.categories();
        let code = tree
            .by_id(category)
            .ok_or_else(|| Error::field("category", "error-choose-one"))?
            .code
            .clone();
        self.act(actor, number, Action::Correct, move |tx, at| {
            if at.row.category == Some(category) {
                return Err(Error::field("category", "case-error-nothing-changed"));
            }
            let before = at
                .row
                .category
                .and_then(|id| contents.categories().by_id(id))
                .map(|known| known.code.clone())
                .unwrap_or_default();
            let inside = sql::inside(tx, at.row.id)?;
            let content = Self::open_content(&at.key, at.row.id, &inside.content)?;
            let change = Change {
                field: "category".to_owned(),
                before,
                after: code.clone(),
            };
            let told = Told::new("case.recategorised")
                .with("category", code.clone())
                .with("reason", reason.clone());
            at.put_right(tx, Some(category), &content, vec![change], &reason, told)
        })
        .await
    }
}

impl At<'_> {
    /// Writes the content anew and what has changed of it.
    fn put_right(
        &self,
        tx: &mut Tx<'_>,
        category: Option<CategoryId>,
        content: &Content,
        changes: Vec<Change>,
        reason: &str,
        told: Told,
    ) -> Result<Done> {
        let json = serde_json::to_vec(content).map_err(Error::internal)?;
        let sealed = self.key.seal(&content_context(self.row.id), &json)?;
        sql::set_content(tx, self.row.id, category, &sealed)?;
        self.turn(tx, TurnKind::Corrected { changes }, reason)?;
        let told = told.with("content_sha256", hex(&Sha256::digest(&json)));
        Ok((self.moved(), told))
    }
}

/// The correction made clean.
fn sound(correction: &Correction) -> Result<Correction> {
    let line = |field, text: &Option<String>, most| {
        text.as_deref()
            .map(|text| checked_line(field, text, 0, most))
            .transpose()
    };
    let email = line("email", &correction.email, NAME_MOST)?;
    if email
        .as_deref()
        .is_some_and(|email| !email.is_empty() && people::Email::parse(email).is_none())
    {
        return Err(Error::field("email", "error-email"));
    }
    let phone = line("phone", &correction.phone, PHONE_MOST)?;
    if phone
        .as_deref()
        .is_some_and(|phone| !phone.is_empty() && !people::is_phone(phone))
    {
        return Err(Error::field("phone", "catalog-error-phone"));
    }
    Ok(Correction {
        email,
        phone,
        postal_address: line("postal_address", &correction.postal_address, NAME_MOST)?,
        address: line("address", &correction.address, NAME_MOST)?,
        addition: correction
            .addition
            .as_deref()
            .map(|text| checked("addition", text, 0, ADDITION_MOST))
            .transpose()?,
    })
}

/// Puts a correction into the content; what it changed.
fn apply(content: &mut Content, correction: &Correction) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut put = |field: &str, place: &mut String, new: Option<&String>| {
        let Some(new) = new.filter(|new| *new != place) else {
            return false;
        };
        changes.push(Change {
            field: field.to_owned(),
            before: std::mem::replace(place, new.clone()),
            after: new.clone(),
        });
        true
    };
    // What the form was answered holds the same once more; both must say one thing.
    let mut answered: Vec<(&str, &str, String)> = Vec::new();
    let applicant = &mut content.applicant;
    let email = correction.email.as_ref().filter(|email| !email.is_empty());
    if put("email", &mut applicant.email, email) {
        answered.push(("applicant", "email", applicant.email.clone()));
    }
    if put("phone", &mut applicant.phone, correction.phone.as_ref()) {
        answered.push(("applicant", "phone", applicant.phone.clone()));
    }
    let postal = correction.postal_address.as_ref();
    if put("postal_address", &mut applicant.postal_address, postal) {
        answered.push((
            "applicant",
            "postal_address",
            applicant.postal_address.clone(),
        ));
    }
    if put("address", &mut content.address, correction.address.as_ref()) {
        answered.push(("place", "address", content.address.clone()));
    }
    for (whole, part, value) in answered {
        let held = content
            .answers
            .entry(whole)
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(held) = held {
            held.insert(part.to_owned(), Value::String(value));
        }
    }
    let addition = correction.addition.as_deref().unwrap_or_default();
    if !clean_line(addition).is_empty() {
        changes.push(Change {
            field: "addition".to_owned(),
            before: String::new(),
            after: addition.to_owned(),
        });
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_changes_only_what_differs_and_says_the_same_in_both_places() {
        let mut content = Content::default();
        content.applicant.email = "a@example.org".into();
        content.applicant.phone = "1".into();
        let correction = Correction {
            email: Some("a@example.org".into()),
            phone: Some("2".into()),
            addition: Some("  ".into()),
            ..Correction::default()
        };
        let changes = apply(&mut content, &correction);
        assert_eq!(changes.len(), 1);
        assert_eq!((&*changes[0].before, &*changes[0].after), ("1", "2"));
        assert_eq!(content.applicant.phone, "2");
        assert_eq!(content.answers["applicant"]["phone"], "2");
    }
}
