//! People who file together with the one who fills in the form: a list of which each line is a name
//! with an e-mail or a postal address. A page without scripts makes the list longer and shorter by
//! buttons that have it drawn again.

use serde_json::Value;

use super::tree::{Answers, Field, FieldKind, Form, Step};
use crate::phrase::Phrase;

/// The most people that any form takes.
pub(super) const MOST: u32 = 20;

/// The greatest length of a name.
pub(super) const NAME_MAX: u32 = 200;

/// The greatest length of a postal address.
pub(super) const ADDRESS_MAX: u32 = 300;

/// What is asked of each person.
pub(super) fn parts() -> [Field; 3] {
    let part = |name: &str, required, kind, complete: &str| Field {
        name: name.to_owned(),
        label: Phrase {
            ru: String::new(),
            en: String::new(),
        },
        hint: None,
        required,
        kind,
        when: None,
        within: None,
        // A browser that filled in the one who sits before it would be wrong every time.
        autocomplete: Some(complete.to_owned()),
    };
    let text = |max| FieldKind::Text {
        min: 0,
        max,
        lines: false,
    };
    [
        part("name", true, text(NAME_MAX), "off"),
        part("email", false, FieldKind::Email, "off"),
        part("address", false, text(ADDRESS_MAX), "off"),
    ]
}

/// Somebody who files together with the one who filled in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// Full name.
    pub name: String,
    /// E-mail; may be empty when there is an address.
    pub email: String,
    /// Postal address; may be empty when there is an e-mail.
    pub address: String,
}

impl Form {
    /// Those who file together with the one who filled in the form.
    pub fn companions_in(&self, answers: &Answers) -> Vec<Companion> {
        let lists = self
            .fields()
            .filter(|field| matches!(field.kind, FieldKind::People { .. }))
            .filter_map(|field| answers.get(&field.name)?.as_array());
        let part = |person: &Value, name: &str| {
            let text = person.get(name).and_then(Value::as_str);
            text.unwrap_or_default().to_owned()
        };
        lists
            .flatten()
            .map(|person| Companion {
                name: part(person, "name"),
                email: part(person, "email"),
                address: part(person, "address"),
            })
            .collect()
    }
}

/// Makes a list of a step longer or shorter when one of its buttons was pressed. False when none
/// was, so that the page was sent as usual.
pub fn press(step: &Step, posted: &[(String, String)], answers: &mut Answers) -> bool {
    let button = |name: String| {
        let found = posted.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.as_str())
    };
    for field in &step.fields {
        let FieldKind::People { most } = field.kind else {
            continue;
        };
        let add = button(format!("{}.add", field.name)).is_some();
        let remove = button(format!("{}.remove", field.name));
        if !add && remove.is_none() {
            continue;
        }
        let answer = answers
            .entry(field.name.clone())
            .or_insert_with(|| Value::Array(Vec::new()));
        let Some(list) = answer.as_array_mut() else {
            continue;
        };
        if let Some(at) = remove.and_then(|at| at.parse::<usize>().ok())
            && at < list.len()
        {
            list.remove(at);
        }
        if add && list.len() < most as usize {
            list.push(Value::Object(Answers::new()));
        }
        if list.is_empty() {
            answers.remove(&field.name);
        }
        return true;
    }
    false
}
