//! What a template of an answer can name: a place in braces, as in letters. A value is put in as it is
//! and never read as a template; where a case has none a gap in square brackets is left, and an answer
//! is not sent while one stands in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use base::{Error, FieldError, Language, Result};

/// Something that a template can name: written `{code}` in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// The greeting, by name where one is known.
    Greeting,
    /// How the applicant is addressed: name and patronymic.
    Applicant,
    /// Number of the case.
    Number,
    /// The day of filing.
    FiledOn,
    /// What the case is about.
    Topic,
    /// Where it is.
    Address,
    /// Who answers.
    Unit,
}

/// What is put in the places.
pub type Values = HashMap<Place, String>;

impl Place {
    /// Everything that there is.
    pub const ALL: [Place; 7] = [
        Place::Greeting,
        Place::Applicant,
        Place::Number,
        Place::FiledOn,
        Place::Topic,
        Place::Address,
        Place::Unit,
    ];

    /// What stands between the braces.
    pub const fn code(self) -> &'static str {
        match self {
            Place::Greeting => "greeting",
            Place::Applicant => "applicant",
            Place::Number => "number",
            Place::FiledOn => "filed_on",
            Place::Topic => "topic",
            Place::Address => "address",
            Place::Unit => "unit",
        }
    }

    /// The place of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }

    /// The key of what a gap in its stead is called.
    pub(crate) fn gap_key(self) -> String {
        format!("template-gap-{}", self.code())
    }
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    /// Words.
    Words(&'a str),
    /// A place by its code.
    Place(&'a str),
    /// A brace without its other half.
    Stray(&'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        if at > 0 {
            found.push(Part::Words(&rest[..at]));
        }
        let (brace, inner) = (&rest[at..=at], &rest[at + 1..]);
        match inner.find(['{', '}', '\n']) {
            Some(end) if brace == "{" && inner[end..].starts_with('}') => {
                found.push(Part::Place(&inner[..end]));
                rest = &inner[end + 1..];
            }
            _ => {
                found.push(Part::Stray(brace));
                rest = inner;
            }
        }
    }
    if !rest.is_empty() {
        found.push(Part::Words(rest));
    }
    found
}

/// Refuses a text that names what there is not, or has a brace without its other half.
pub(super) fn check(field: &'static str, text: &str) -> Result<()> {
    let wrong = parts(text).into_iter().find_map(|part| match part {
        Part::Words(_) => None,
        Part::Stray(_) => Some(FieldError::new(field, "template-error-brace")),
        Part::Place(code) => Place::from_code(code).is_none().then(|| {
            let shown: String = code.chars().take(40).collect();
            FieldError::new(field, "template-error-place").with("place", format!("{{{shown}}}"))
        }),
    });
    match wrong {
        Some(error) => Err(Error::Invalid(vec![error])),
        None => Ok(()),
    }
}

/// The text with the values in their places; `called` names a place for which there is none.
pub(crate) fn filled(text: &str, values: &Values, called: &dyn Fn(Place) -> String) -> String {
    let said = parts(text).into_iter().map(|part| match part {
        Part::Words(words) | Part::Stray(words) => words.to_owned(),
        Part::Place(code) => match Place::from_code(code) {
            Some(place) => match values.get(&place).filter(|value| !value.is_empty()) {
                Some(value) => value.clone(),
                None => gap(&called(place)),
            },
            None => format!("{{{code}}}"),
        },
    });
    said.collect()
}

fn gap(called: &str) -> String {
    format!("[{called}]")
}

/// Every gap in every language: an answer may be sent by somebody who reads another one.
static GAPS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let Ok(words) = web::Words::new(&[crate::WORDS]) else {
        return Vec::new();
    };
    let mut gaps = Vec::new();
    for language in Language::ALL {
        for place in Place::ALL {
            gaps.push(gap(&words.plain(language, &place.gap_key())));
        }
    }
    gaps
});

/// The first gap that still stands in a text.
pub(crate) fn gap_in(text: &str) -> Option<&'static str> {
    let found = GAPS.iter().find(|gap| text.contains(gap.as_str()));
    found.map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(place: Place) -> String {
        place.code().to_owned()
    }

    #[test]
    fn a_value_is_put_in_as_it_is_and_a_missing_one_leaves_a_gap() {
        let values = Values::from([
            (Place::Number, "А-1".to_owned()),
            (Place::Topic, "{address} <b>".to_owned()),
            (Place::Unit, String::new()),
        ]);
        let text = "Обращение {number}: {topic}, {address}. {unit}";
        let said = filled(text, &values, &called);
        assert_eq!(said, "Обращение А-1: {address} <b>, [address]. [unit]");
    }

    #[test]
    fn what_there_is_not_cannot_be_named() {
        for wrong in [
            "{password}",
            "{number",
            "number}",
            "{{number}}",
            "{num\nber}",
            "{}",
        ] {
            assert!(check("text", wrong).is_err(), "{wrong}");
        }
        for place in Place::ALL {
            assert!(check("text", &format!("Вот {{{}}}.", place.code())).is_ok());
        }
    }

    #[test]
    fn gaps_are_known_in_both_languages() {
        assert_eq!(GAPS.len(), Place::ALL.len() * Language::ALL.len());
        assert!(GAPS.iter().all(|gap| !gap.contains('\u{ab}')), "{GAPS:?}");
        let address = GAPS[5].as_str();
        let said = format!("По адресу {address} убрано.");
        assert_eq!(gap_in(&said), Some(address));
        assert_eq!(gap_in("Смотрите [1] и […]."), None);
    }
}
