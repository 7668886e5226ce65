//! What is filed: a complaint about a road, each with its own words, and the story of forms.

use serde_json::json;

use super::http::{Answer, Client};

/// Who files in these tests.
pub(crate) const APPLICANT: &str = "Проверкин";

/// The body of the `n`-th complaint over the interface.
pub(crate) fn filing(n: u64) -> String {
    json!({
        "service": "complaint",
        "category": "roads.surface",
        "fields": {
            "subject": format!("Яма на дороге, письмо {n}"),
            "description": format!("Во дворе дома {n} яма на всю ширину дороги, объехать её нельзя."),
            "happened_on": "2024-05-13",
            "expected": "Заделать яму",
        },
        "place": { "territory": "severny", "address": format!("улица Лесная, {n}") },
        "applicant": { "last_name": APPLICANT, "first_name": "Пётр", "email": "petr@example.org" },
        "consent": true,
    })
    .to_string()
}

/// A form of a page as browsers send it.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let encoded =
        |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    pairs.join("&")
}

/// A case that was answered with 201.
pub(crate) struct Filed {
    pub(crate) number: String,
    pub(crate) due_on: String,
    pub(crate) receipt: String,
    pub(crate) return_code: String,
    /// Where programs read it.
    pub(crate) location: String,
    /// The number as addresses have it.
    pub(crate) latin: String,
}

impl Filed {
    /// # Panics
    /// When it isn't a 201 with everything that the interface promises.
    pub(crate) fn of(answer: &Answer) -> Self {
        assert_eq!(answer.status, 201, "{answer:?}");
        let body = answer.json();
        let text = |name: &str| {
            body[name]
                .as_str()
                .unwrap_or_else(|| panic!("no {name}: {body}"))
                .to_owned()
        };
        let location = answer.header("location").expect("a Location").to_owned();
        Self {
            number: text("number"),
            due_on: text("due_on"),
            receipt: text("receipt"),
            return_code: text("return_code"),
            latin: location.rsplit('/').next().unwrap().to_owned(),
            location,
        }
    }

    /// The running number in the middle of a case number.
    pub(crate) fn serial(&self) -> u64 {
        self.number
            .split('-')
            .nth(2)
            .and_then(|part| part.parse().ok())
            .expect("a case number")
    }

    /// Files the `n`-th complaint under a key.
    pub(crate) fn file(client: &mut Client, n: u64, key: &str) -> Self {
        Self::of(&client.file(&filing(n), key).unwrap())
    }
}
