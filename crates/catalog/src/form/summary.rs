//! Answers in words, as a review page or a case page shows them.

use base::Language;
use people::Units;
use serde_json::Value;
use web::Words;

use super::check::read_date;
use super::tree::{Answers, Field, FieldKind, Form};
use super::view::plain;
use crate::categories::Categories;
use crate::map::{Map, point_of};
use crate::officials::Officials;
use crate::pages::map::Pressed;

/// What is needed to show answers.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The language of the page.
    pub language: Language,
    /// The words of every slice.
    pub words: &'a Words,
    /// The tree of categories.
    pub categories: &'a Categories,
    /// The trees of units and territories.
    pub units: &'a Units,
    /// The officials that can be addressed.
    pub officials: &'a Officials,
    /// The map of places, where there is one.
    pub map: Option<Drawn<'a>>,
}

/// A map on the page of a place.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    /// The outlines.
    pub map: &'a Map,
    /// What was pressed on it; none before the first press.
    pub pressed: Option<Pressed>,
}

/// One answer of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLine {
    /// Name of the step that asked.
    pub step: String,
    /// Path of the field, `applicant.email`.
    pub field: String,
    /// The question.
    pub label: String,
    /// The answer in words.
    pub value: String,
    /// The address of a small drawing of it: of a point on the map.
    pub map: String,
}

impl Form {
    /// What was chosen on the first page, in words and in its order: what an appeal is about whose
    /// form asks for no subject.
    pub fn chosen_first(&self, answers: &Answers, language: Language) -> Vec<String> {
        let fields = self.steps.first().into_iter().flat_map(|step| &step.fields);
        let chosen = fields.filter_map(|field| {
            let FieldKind::Choice { options } = &field.kind else {
                return None;
            };
            let answer = answers.get(&field.name)?.as_str()?;
            let option = options.iter().find(|option| option.value == answer)?;
            Some(option.label.text(language).to_owned())
        });
        chosen.collect()
    }

    /// The answers in words, in the order of the form; what was not answered is left out.
    pub fn summary(&self, answers: &Answers, shown: &Shown<'_>) -> Vec<SummaryLine> {
        let mut lines = Vec::new();
        for step in &self.steps {
            for field in &step.fields {
                let Some(answer) = answers.get(&field.name) else {
                    continue;
                };
                if !self.asks(field, answers, shown.categories) {
                    continue;
                }
                let mut add = |field: String, label: &str, value: Option<String>| {
                    if let Some(value) = value {
                        lines.push(SummaryLine {
                            step: step.id.clone(),
                            field,
                            label: label.to_owned(),
                            value,
                            map: String::new(),
                        });
                    }
                };
                match &field.kind {
                    FieldKind::Group { fields } => {
                        for part in fields {
                            add(
                                format!("{}.{}", field.name, part.name),
                                part.label.text(shown.language),
                                answer
                                    .get(&part.name)
                                    .and_then(|inner| shown.answer(part, inner)),
                            );
                        }
                    }
                    FieldKind::Place { .. } => {
                        let territory = answer.get("territory").and_then(Value::as_str);
                        let territory =
                            territory.and_then(|code| shown.units.territory_by_code(code));
                        for (part, key, value) in [
                            (
                                "territory",
                                "catalog-place-territory",
                                territory.map(|found| found.name(shown.language).to_owned()),
                            ),
                            (
                                "address",
                                "catalog-place-address",
                                answer
                                    .get("address")
                                    .and_then(Value::as_str)
                                    .map(str::to_owned),
                            ),
                        ] {
                            let label = shown.words.text(shown.language, key, &[]);
                            add(format!("{}.{part}", field.name), &label, value);
                        }
                        let point = answer.get("point").and_then(Value::as_str);
                        lines.extend(point.map(|point| SummaryLine {
                            step: step.id.clone(),
                            field: format!("{}.point", field.name),
                            label: shown.words.text(shown.language, "catalog-place-point", &[]),
                            value: point.to_owned(),
                            map: shown.small_map(point),
                        }));
                    }
                    FieldKind::People { .. } => {
                        let people = answer.as_array().map(Vec::as_slice).unwrap_or_default();
                        for (at, person) in people.iter().enumerate() {
                            let said =
                                ["name", "email", "address"].map(|part| plain(person.get(part)));
                            let said: Vec<String> =
                                said.into_iter().filter(|text| !text.is_empty()).collect();
                            let label = shown.nth_person(at);
                            let value = Some(said.join(", ")).filter(|text| !text.is_empty());
                            add(format!("{}.{at}", field.name), &label, value);
                        }
                    }
                    _ => add(
                        field.name.clone(),
                        field.label.text(shown.language),
                        shown.answer(field, answer),
                    ),
                }
            }
        }
        lines
    }
}

/// A telephone as it is read out: a Russian one in its groups, any other as it is.
fn phone_in_words(phone: &str) -> Option<String> {
    let local = phone
        .strip_prefix("+7")
        .filter(|local| local.len() == 10 && local.bytes().all(|digit| digit.is_ascii_digit()));
    Some(match local {
        Some(local) => {
            let (code, rest) = local.split_at(3);
            let (first, rest) = rest.split_at(3);
            let (second, third) = rest.split_at(2);
            format!("+7 {code} {first}-{second}-{third}")
        }
        None => phone.to_owned(),
    })
    .filter(|phone| !phone.is_empty())
}

impl Shown<'_> {
    /// The address of a small drawing around a point; empty where there is no map.
    fn small_map(&self, point: &str) -> String {
        let drawn = self.map.filter(|drawn| !drawn.map.is_empty());
        let Some((drawn, (x, y))) = drawn.zip(point_of(point)) else {
            return String::new();
        };
        let view = drawn.map.whole().around((x, y)).nearer();
        let language = self.language.tag();
        format!("/map.svg?view={view}&mark={x:.6},{y:.6}&lang={language}")
    }

    /// What the person at this place of a list is called.
    pub(super) fn nth_person(&self, at: usize) -> String {
        let number = i64::try_from(at + 1).unwrap_or_default();
        let args = [("number", number.into())];
        self.words.text(self.language, "catalog-person-nth", &args)
    }

    fn answer(&self, field: &Field, answer: &Value) -> Option<String> {
        let text = plain(Some(answer));
        Some(match &field.kind {
            FieldKind::Yes => {
                let key = if *answer == Value::Bool(true) {
                    "catalog-yes"
                } else {
                    "catalog-no"
                };
                self.words.text(self.language, key, &[])
            }
            FieldKind::Choice { options } => options
                .iter()
                .find(|option| option.value == text)?
                .label
                .text(self.language)
                .to_owned(),
            FieldKind::Date { .. } => self.words.date_long(self.language, read_date(&text)?),
            FieldKind::Number { .. } => Words::number(self.language, answer.as_i64()?),
            FieldKind::Phone => phone_in_words(&text)?,
            FieldKind::Official => self.officials.by_code(&text)?.name(self.language),
            FieldKind::Category => self
                .categories
                .path(self.categories.by_code(&text)?.id, self.language),
            _ => Some(text).filter(|text| !text.is_empty())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::phone_in_words;

    #[test]
    fn a_telephone_stands_as_it_is_read_out() {
        for (kept, shown) in [
            ("+79001234567", Some("+7 900 123-45-67")),
            ("+375291234567", Some("+375291234567")),
            ("+7900123", Some("+7900123")),
            ("112", Some("112")),
            ("", None),
        ] {
            assert_eq!(phone_in_words(kept).as_deref(), shown, "{kept}");
        }
    }
}
