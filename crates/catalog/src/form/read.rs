//! From a posted page to answers. Names are `subject`, `applicant.email`, `place.territory`; an
//! empty field is no answer; a name that comes twice becomes a list, which the validator refuses.

use serde_json::Value;

use super::companions;
use super::tree::{Answers, Field, FieldKind, Form};

impl Form {
    /// The answers to `step` among the pairs of an urlencoded body. Names that the step does not
    /// have are left out: a page posts its buttons too.
    pub fn read_urlencoded(&self, step: &str, pairs: &[(String, String)]) -> Answers {
        self.step(step)
            .map_or_else(Answers::new, |step| fields(&step.fields, "", pairs))
    }
}

fn fields(fields: &[Field], under: &str, pairs: &[(String, String)]) -> Answers {
    let mut answers = Answers::new();
    for field in fields {
        if let Some(value) = answer(field, &format!("{under}{}", field.name), pairs) {
            answers.insert(field.name.clone(), value);
        }
    }
    answers
}

fn answer(field: &Field, path: &str, pairs: &[(String, String)]) -> Option<Value> {
    match &field.kind {
        FieldKind::Group { fields: inner } => {
            let object = fields(inner, &format!("{path}."), pairs);
            (!object.is_empty()).then_some(Value::Object(object))
        }
        FieldKind::Place { .. } => {
            let mut object = Answers::new();
            for part in ["territory", "address", "point"] {
                if let Some(value) = posted(&format!("{path}.{part}"), pairs, text) {
                    object.insert(part.to_owned(), value);
                }
            }
            (!object.is_empty()).then_some(Value::Object(object))
        }
        FieldKind::People { most } => {
            let parts = companions::parts();
            // What stands empty is nobody; those after them move up.
            let list: Vec<Value> = (0..=*most)
                .map(|at| fields(&parts, &format!("{path}.{at}."), pairs))
                .filter(|person| !person.is_empty())
                .map(Value::Object)
                .collect();
            (!list.is_empty()).then_some(Value::Array(list))
        }
        FieldKind::Yes => posted(path, pairs, |sent| match sent {
            "on" | "yes" | "true" | "1" => Value::Bool(true),
            "off" | "no" | "false" | "0" => Value::Bool(false),
            other => text(other),
        }),
        FieldKind::Number { .. } => posted(path, pairs, |sent| {
            // People write long numbers in groups.
            let digits: String = sent.chars().filter(|c| !c.is_whitespace()).collect();
            digits
                .parse::<i64>()
                .map_or_else(|_| text(sent), Value::from)
        }),
        FieldKind::Date { .. } => posted(path, pairs, date),
        _ => posted(path, pairs, text),
    }
}

fn posted(name: &str, pairs: &[(String, String)], read: impl Fn(&str) -> Value) -> Option<Value> {
    let mut values = pairs
        .iter()
        .filter(|(key, value)| key == name && !value.trim().is_empty())
        .map(|(_, value)| read(value));
    let first = values.next()?;
    let mut rest: Vec<Value> = values.take(10).collect();
    if rest.is_empty() {
        Some(first)
    } else {
        rest.insert(0, first);
        Some(Value::Array(rest))
    }
}

fn text(sent: &str) -> Value {
    // Browsers send line ends as CR LF and count them as one character.
    Value::String(sent.replace("\r\n", "\n"))
}

/// A browser without a date field lets people type `21.11.2026`.
fn date(sent: &str) -> Value {
    let parts: Vec<&str> = sent.trim().split('.').collect();
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    match parts.as_slice() {
        [day, month, year]
            if digits(day, 2) && digits(month, 2) && digits(year, 4) && year.len() == 4 =>
        {
            Value::String(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => text(sent.trim()),
    }
}
