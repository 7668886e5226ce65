//! What the profile knows of whoever files, put into the form where nothing was said yet.

use catalog::Answers;
use people::Visitor;
use serde_json::Value;

use super::filing::Filling;
use crate::Cases;

/// The answers, with what the profile knows put where nothing was said yet.
pub(super) async fn prefilled(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    step: &str,
    mut answers: Answers,
) -> Answers {
    let step = filling.definition().form.step(step);
    let asks = |name: &str| {
        step.is_some_and(|step| step.fields.iter().any(|field| field.name == name))
            && !answers.contains_key(name)
    };
    let (of_applicant, of_organisation) = (asks("applicant"), asks("organisation"));
    if visitor.viewer.is_none() || !(of_applicant || of_organisation) {
        return answers;
    }
    let Ok(profile) = cases.people().profile(&visitor.actor).await else {
        return answers;
    };
    // What is filled in counts only when the applicant says that an organisation files.
    if let Some(known) = profile.contacts.organisation.filter(|_| of_organisation) {
        let parts = [
            ("name", known.name),
            ("inn", known.inn),
            ("ogrn", known.ogrn),
            ("post", known.post),
        ];
        let said = parts.into_iter().filter(|(_, text)| !text.is_empty());
        let group: Answers = said
            .map(|(name, text)| (name.to_owned(), Value::String(text)))
            .collect();
        answers.insert("organisation".to_owned(), Value::Object(group));
    }
    if !of_applicant {
        return answers;
    }
    let known = [
        ("last_name", Some(profile.name.last)),
        ("first_name", Some(profile.name.first)),
        ("middle_name", profile.name.middle),
        ("email", Some(profile.contacts.email)),
        ("phone", profile.contacts.phone),
        ("postal_address", profile.contacts.address),
    ];
    let applicant: Answers = known
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), Value::String(value?))))
        .collect();
    answers.insert("applicant".to_owned(), Value::Object(applicant));
    answers
}
