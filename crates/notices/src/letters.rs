//! The words of letters: templates with places to be filled in, the ones that the product comes
//! with, and the check of those that an administrator writes. A value is put in as it is and never
//! read as a template; a line whose places are all empty is left out.

use std::collections::HashMap;
use std::sync::LazyLock;

use base::text::{clean_line, clean_text, length};
use base::{Error, FieldError, Language, Result};
use serde::Deserialize;

use crate::kinds::Kind;
use crate::places::Place;

/// The longest subject of a template, in characters.
pub(crate) const SUBJECT_MOST: usize = 150;
/// The longest text of a template, in characters.
pub(crate) const BODY_MOST: usize = 5_000;

/// The words of a letter of one kind in one language.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Template {
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
}

#[derive(Deserialize)]
struct Pair {
    ru: Template,
    en: Template,
}

static BUILT_IN: LazyLock<std::result::Result<HashMap<String, Pair>, String>> =
    LazyLock::new(|| {
        toml::from_str(include_str!("../data/letters.toml")).map_err(|e| e.to_string())
    });

/// What is put in the places.
pub(crate) type Values = HashMap<Place, String>;

impl Template {
    /// The template that the product comes with.
    pub fn built_in(kind: Kind, language: Language) -> Result<Self> {
        let all = BUILT_IN.as_ref().map_err(Error::internal)?;
        let pair = all
            .get(kind.code())
            .ok_or_else(|| Error::internal(format!("no letter for {}", kind.code())))?;
        Ok(match language {
            Language::Ru => pair.ru.clone(),
            Language::En => pair.en.clone(),
        })
    }

    /// Cleans what an administrator wrote and says what is wrong with it: unknown places, open
    /// braces, places that the kind does not have, and those that it must name.
    pub fn checked(kind: Kind, subject: &str, body: &str) -> Result<Self> {
        let template = Self {
            subject: clean_line(subject),
            body: clean_text(body),
        };
        let mut errors = Vec::new();
        for (field, text, most) in [
            ("subject", &template.subject, SUBJECT_MOST),
            ("body", &template.body, BODY_MOST),
        ] {
            if text.is_empty() {
                errors.push(FieldError::new(field, "error-required"));
            }
            if length(text) > most {
                errors.push(FieldError::new(field, "error-too-long").with("max", most));
            }
            if let Some(error) = wrong_place(kind, field, text) {
                errors.push(error);
            }
        }
        if errors.is_empty() {
            let named: Vec<Place> = [&template.subject, &template.body]
                .iter()
                .flat_map(|text| parts(text))
                .filter_map(|part| match part {
                    Part::Place(code) => Place::from_code(code),
                    _ => None,
                })
                .collect();
            if let Some(missing) = kind.needed().iter().find(|place| !named.contains(place)) {
                let error = FieldError::new("body", "notice-error-place-needed");
                errors.push(error.with("place", format!("{{{}}}", missing.code())));
            }
        }
        if errors.is_empty() {
            Ok(template)
        } else {
            Err(Error::Invalid(errors))
        }
    }

    /// Subject and text with the values in their places.
    pub(crate) fn filled(&self, values: &Values) -> (String, String) {
        let mut lines: Vec<String> = Vec::new();
        for line in self.body.lines() {
            let parts = parts(line);
            let places = parts.iter().filter(|part| matches!(part, Part::Place(_)));
            let all_empty = places.clone().count() > 0
                && places.clone().all(|part| part.value(values).is_empty());
            // What is left out leaves no hole of several empty lines.
            let hole = line.is_empty() && lines.last().is_some_and(String::is_empty);
            if !all_empty && !hole {
                lines.push(parts.iter().map(|part| part.value(values)).collect());
            }
        }
        let subject: String = parts(&self.subject)
            .iter()
            .map(|part| part.value(values))
            .collect();
        // A subject that ends in an empty place ends before its colon.
        let subject = subject.trim_end_matches([' ', ':']);
        (clean_line(subject), clean_text(&lines.join("\n")))
    }
}

fn wrong_place(kind: Kind, field: &'static str, text: &str) -> Option<FieldError> {
    let allowed = kind.places();
    parts(text).into_iter().find_map(|part| match part {
        Part::Text(_) => None,
        Part::Stray => Some(FieldError::new(field, "notice-error-brace")),
        Part::Place(code) => {
            let known = Place::from_code(code).is_some_and(|place| allowed.contains(&place));
            let shown: String = code.chars().take(40).collect();
            (!known).then(|| {
                FieldError::new(field, "notice-error-place").with("place", format!("{{{shown}}}"))
            })
        }
    })
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'a> {
    /// Words.
    Text(&'a str),
    /// A place by its code.
    Place(&'a str),
    /// A brace without its other half.
    Stray,
}

impl Part<'_> {
    fn value(&self, values: &Values) -> String {
        match self {
            Part::Text(text) => (*text).to_owned(),
            Part::Place(code) => Place::from_code(code)
                .and_then(|place| values.get(&place))
                .cloned()
                .unwrap_or_default(),
            Part::Stray => String::new(),
        }
    }
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        if at > 0 {
            found.push(Part::Text(&rest[..at]));
        }
        if rest[at..].starts_with('}') {
            found.push(Part::Stray);
            rest = &rest[at + 1..];
            continue;
        }
        let inner = &rest[at + 1..];
        match inner.find(['{', '}', '\n']) {
            Some(end) if inner[end..].starts_with('}') => {
                found.push(Part::Place(&inner[..end]));
                rest = &inner[end + 1..];
            }
            _ => {
                found.push(Part::Stray);
                rest = inner;
            }
        }
    }
    if !rest.is_empty() {
        found.push(Part::Text(rest));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(Place, &str)]) -> Values {
        pairs
            .iter()
            .map(|(place, text)| (*place, (*text).to_owned()))
            .collect()
    }

    #[test]
    fn every_letter_that_the_product_comes_with_passes_its_own_check() {
        for kind in Kind::ALL {
            for language in Language::ALL {
                let built_in = Template::built_in(kind, language).unwrap();
                let checked = Template::checked(kind, &built_in.subject, &built_in.body);
                match checked {
                    Ok(checked) => assert_eq!(checked.subject, built_in.subject),
                    Err(error) => panic!("{} {language:?}: {error}", kind.code()),
                }
            }
        }
    }

    #[test]
    fn what_a_kind_does_not_have_cannot_be_named() {
        for (subject, body) in [
            ("{number}", "{link} {password}"),
            ("{number}", "{link} {items}"),
            ("{number}", "{link} {"),
            ("{number}", "{link} }"),
            ("{number} {", "{link}"),
            ("{number}", "{link} {{greeting}}"),
            ("{number}", ""),
            ("", "{number} {link}"),
            ("{number}", "no link"),
        ] {
            assert!(
                Template::checked(Kind::Filed, subject, body).is_err(),
                "{subject} / {body}"
            );
        }
        assert!(Template::checked(Kind::Filed, "№ {number}", "{link}").is_ok());
    }

    #[test]
    fn what_people_wrote_is_never_read_as_a_template_nor_as_a_header() {
        let template = Template {
            subject: "Обращение {number}".into(),
            body: "{greeting}\n{reason}\n{link}".into(),
        };
        let hostile = values(&[
            (Place::Number, "1\r\nBcc: evil@example.ru"),
            (Place::Greeting, "{link}{operator}"),
            (
                Place::Reason,
                "<script>alert(1)</script>\r\n\u{202e}{number}",
            ),
            (Place::Link, "https://okno.example/cases/1"),
        ]);
        let (subject, body) = template.filled(&hostile);
        assert!(!subject.contains(['\r', '\n']), "{subject:?}");
        assert!(body.starts_with("{link}{operator}\n"), "{body}");
        assert!(body.contains("{number}") && !body.contains('\u{202e}'));
    }

    #[test]
    fn a_line_whose_places_are_empty_is_left_out() {
        let template = Template {
            subject: "{number}".into(),
            body: "Исполнитель: {executor}\nОбращение {number}\nбез мест".into(),
        };
        let (_, body) = template.filled(&values(&[(Place::Number, "1")]));
        assert_eq!(body, "Обращение 1\nбез мест");
        let subject = "Принято {number}: {topic}".to_owned();
        let template = Template {
            subject,
            body: String::new(),
        };
        let (subject, _) = template.filled(&values(&[(Place::Number, "1")]));
        assert_eq!(subject, "Принято 1");
    }
}
