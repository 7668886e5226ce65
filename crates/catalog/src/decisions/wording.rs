//! The words of an answer by rule: a text with placeholders in braces. `{about}` is an answer of the
//! form as people read it, `{applicant.first_name}` a part of a group, `{about:needed}` what the
//! catalogue says of the service that a choice names, `{case:number}` the number of the case. Braces
//! themselves are written twice.

use base::Language;
use jiff::civil::Date;
use law::Law;
use serde_json::Value;

use super::Rule;
use super::judging::{Facts, day};
use crate::form::{Field, FieldKind, Form};
use crate::model::Definition;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words as they are.
    Words(String),
    /// An answer of the form.
    Answer(String),
    /// What the catalogue says of the service that an answer names.
    Service(String, Aspect),
    /// A fact of the case itself.
    Case(Fact),
}

/// What the catalogue says of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aspect {
    Name,
    Summary,
    Who,
    Needed,
    Happens,
    Term,
    Article,
    Address,
}

impl Aspect {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "name" => Self::Name,
            "summary" => Self::Summary,
            "who" => Self::Who,
            "needed" => Self::Needed,
            "happens" => Self::Happens,
            "term" => Self::Term,
            "article" => Self::Article,
            "address" => Self::Address,
            _ => return None,
        })
    }
}

/// A fact of the case itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Number,
    FiledOn,
}

/// What is filled in of a service or a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// The name of the service.
    Name,
    /// What it is, in a sentence.
    Summary,
    /// Who may use it.
    Who,
    /// What to have at hand.
    Needed,
    /// What happens after sending.
    Happens,
    /// How long the answer takes.
    Term,
    /// What the term rests on.
    Article,
    /// The page of the service.
    Address,
    /// The number of the case.
    Number,
    /// The day of filing.
    FiledOn,
}

impl From<Aspect> for Blank {
    fn from(aspect: Aspect) -> Self {
        match aspect {
            Aspect::Name => Self::Name,
            Aspect::Summary => Self::Summary,
            Aspect::Who => Self::Who,
            Aspect::Needed => Self::Needed,
            Aspect::Happens => Self::Happens,
            Aspect::Term => Self::Term,
            Aspect::Article => Self::Article,
            Aspect::Address => Self::Address,
        }
    }
}

/// A text as it is read before there is a case: what will be filled in stands in square brackets, an
/// answer by its question, the rest as `name` calls it. What cannot be read stays as it is.
pub fn outline(
    text: &str,
    form: &Form,
    language: Language,
    name: &dyn Fn(Blank) -> String,
) -> String {
    let Ok(pieces) = pieces(text) else {
        return text.to_owned();
    };
    let said = pieces.into_iter().map(|piece| match piece {
        Piece::Words(words) => words,
        Piece::Answer(path) => {
            let label = form.field_at(&path).map(|field| field.label.text(language));
            format!("[{}]", label.unwrap_or(&path))
        }
        Piece::Service(_, aspect) => format!("[{}]", name(aspect.into())),
        Piece::Case(Fact::Number) => format!("[{}]", name(Blank::Number)),
        Piece::Case(Fact::FiledOn) => format!("[{}]", name(Blank::FiledOn)),
    });
    said.collect::<String>().trim().to_owned()
}

/// Reads a text with placeholders; the error is the placeholder that is none.
pub(super) fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut found = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        words.push_str(&rest[..at]);
        let sign = &rest[at..=at];
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix(sign) {
            words.push_str(sign);
            rest = after;
            continue;
        }
        let end = rest.find('}').filter(|_| sign == "{");
        let Some(end) = end else {
            return Err(format!(
                "{sign}{}",
                rest.chars().take(20).collect::<String>()
            ));
        };
        if !words.is_empty() {
            found.push(Piece::Words(std::mem::take(&mut words)));
        }
        found.push(piece(&rest[..end]).ok_or_else(|| rest[..end].to_owned())?);
        rest = &rest[end + 1..];
    }
    words.push_str(rest);
    if !words.is_empty() {
        found.push(Piece::Words(words));
    }
    Ok(found)
}

fn piece(name: &str) -> Option<Piece> {
    let is_path = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._".contains(&b))
    };
    match name.split_once(':') {
        Some(("case", "number")) => Some(Piece::Case(Fact::Number)),
        Some(("case", "filed_on")) => Some(Piece::Case(Fact::FiledOn)),
        Some((field, aspect)) if is_path(field) => {
            Some(Piece::Service(field.to_owned(), Aspect::of(aspect)?))
        }
        None if is_path(name) => Some(Piece::Answer(name.to_owned())),
        _ => None,
    }
}

/// Whether answers to a field can stand in a text.
pub(super) fn can_be_said(field: &Field) -> bool {
    !matches!(
        field.kind,
        FieldKind::Group { .. } | FieldKind::People { .. } | FieldKind::Official
    )
}

/// In whose name and language an answer speaks, and what it may name.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    /// The language.
    pub language: Language,
    /// The number of the case.
    pub number: &'a str,
    /// Services by their codes.
    pub service: &'a dyn Fn(&str) -> Option<&'a Definition>,
}

/// An answer in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The words.
    pub text: String,
    /// The act that it rests on, with its address; may be empty.
    pub grounds: String,
    /// After a refusal: what can be put right.
    pub to_correct: String,
    /// What to do next.
    pub next_steps: String,
}

/// The answer of a rule; none when something that it names is not there, and then a person answers.
pub fn speak(rule: &Rule, facts: &Facts<'_>, voice: Voice<'_>) -> Option<Spoken> {
    let fill = |text: &str| filled(text, facts, voice);
    let optional = |phrase: Option<&crate::phrase::Phrase>| match phrase {
        Some(phrase) => fill(phrase.text(voice.language)),
        None => Some(String::new()),
    };
    let grounds = rule.grounds.as_ref().map(|grounds| {
        let text = grounds.text.text(voice.language);
        match grounds.link.as_str() {
            "" => text.to_owned(),
            link => format!("{text}\n{link}"),
        }
    });
    Some(Spoken {
        text: fill(rule.answer.text(voice.language))?,
        grounds: grounds.unwrap_or_default(),
        to_correct: optional(rule.to_correct.as_ref())?,
        next_steps: optional(rule.next_steps.as_ref())?,
    })
}

fn filled(text: &str, facts: &Facts<'_>, voice: Voice<'_>) -> Option<String> {
    let mut out = String::new();
    for piece in pieces(text).ok()? {
        match piece {
            Piece::Words(words) => out.push_str(&words),
            Piece::Answer(path) => {
                let (field, value) = facts.answer(&path)?;
                out.push_str(&answer(field, value, facts, voice.language)?);
            }
            Piece::Service(path, aspect) => {
                let code = facts.answer(&path)?.1.as_str()?;
                let service = (voice.service)(code)?;
                out.push_str(&of_service(service, aspect, facts.on, voice.language)?);
            }
            Piece::Case(Fact::Number) => out.push_str(voice.number),
            Piece::Case(Fact::FiledOn) => out.push_str(&day(facts.on)),
        }
    }
    Some(out.trim().to_owned())
}

fn answer(field: &Field, value: &Value, facts: &Facts<'_>, language: Language) -> Option<String> {
    Some(match (&field.kind, value) {
        (FieldKind::Choice { options }, Value::String(text)) => {
            let option = options.iter().find(|option| option.value == *text)?;
            option.label.text(language).to_owned()
        }
        (FieldKind::Date { .. }, Value::String(text)) => day(text.parse().ok()?),
        (FieldKind::Category, Value::String(code)) => {
            let category = facts.categories.by_code(code)?;
            category.name.text(language).to_owned()
        }
        (FieldKind::Place { .. }, place) => {
            let territory = place.get("territory").and_then(Value::as_str);
            let territory = territory.and_then(|code| facts.units.territory_by_code(code));
            let address = place.get("address").and_then(Value::as_str);
            let parts = [territory.map(|one| one.name(language)), address];
            let parts: Vec<&str> = parts.into_iter().flatten().collect();
            Some(parts.join(", ")).filter(|text| !text.is_empty())?
        }
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => number.to_string(),
        _ => return None,
    })
}

fn of_service(
    service: &Definition,
    aspect: Aspect,
    on: Date,
    language: Language,
) -> Option<String> {
    let lines = |phrases: &[crate::phrase::Phrase]| {
        let lines = phrases
            .iter()
            .map(|one| format!("\u{2014} {}", one.text(language)));
        lines.collect::<Vec<_>>().join("\n")
    };
    let rule = || {
        let (regime, term) = service.answer_rule();
        Law::current().rule(regime, term, on)
    };
    Some(match aspect {
        Aspect::Name => service.name(language).to_owned(),
        Aspect::Summary => service.summary.text(language).to_owned(),
        Aspect::Who => service.help.who.text(language).to_owned(),
        Aspect::Needed => lines(&service.help.needed),
        Aspect::Happens => lines(&service.help.happens),
        Aspect::Term => {
            let limit = &rule()?.limit;
            let working = limit.unit == law::Unit::WorkingDays;
            days(i64::from(limit.length), working, language)
        }
        Aspect::Article => rule()?.article.in_language(language.tag()).to_owned(),
        Aspect::Address => format!("/services/{}", service.code),
    })
}

/// A number of days in words. The words are data of answers, as the texts of rules are.
fn days(count: i64, working: bool, language: Language) -> String {
    let one = count % 10 == 1 && count % 100 != 11;
    let few = (2..=4).contains(&(count % 10)) && !(12..=14).contains(&(count % 100));
    let words = match (language, working) {
        (Language::En, true) if count == 1 => "working day",
        (Language::En, false) if count == 1 => "day",
        (Language::En, true) => "working days",
        (Language::En, false) => "days",
        // «рабочий день», «рабочих дня», «рабочих дней».
        (Language::Ru, true) if one => {
            "\u{440}\u{430}\u{431}\u{43e}\u{447}\u{438}\u{439} \u{434}\u{435}\u{43d}\u{44c}"
        }
        (Language::Ru, true) if few => {
            "\u{440}\u{430}\u{431}\u{43e}\u{447}\u{438}\u{445} \u{434}\u{43d}\u{44f}"
        }
        (Language::Ru, true) => {
            "\u{440}\u{430}\u{431}\u{43e}\u{447}\u{438}\u{445} \u{434}\u{43d}\u{435}\u{439}"
        }
        // «день», «дня», «дней».
        (Language::Ru, false) if one => "\u{434}\u{435}\u{43d}\u{44c}",
        (Language::Ru, false) if few => "\u{434}\u{43d}\u{44f}",
        (Language::Ru, false) => "\u{434}\u{43d}\u{435}\u{439}",
    };
    format!("{count}\u{a0}{words}")
}
