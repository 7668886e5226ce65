//! Judging a case by rules: a pure walk over rules and conditions that says of every condition what
//! was wanted, what stands in the case, and whether it holds. Nothing is cut short inside a rule, so
//! that the explanation is whole.

use base::id::{CategoryId, TerritoryId};
use jiff::civil::Date;
use people::Units;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Decisions, Rule, Test};
use crate::categories::Categories;
use crate::form::{Answers, Field, FieldKind, Form};
use crate::phrase::Phrase;

/// What a case is, as far as rules look at it.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The form that was answered.
    pub form: &'a Form,
    /// The checked answers.
    pub answers: &'a Answers,
    /// The tree of subjects.
    pub categories: &'a Categories,
    /// The trees of units and territories.
    pub units: &'a Units,
    /// Its subject.
    pub category: Option<CategoryId>,
    /// Its place.
    pub territory: Option<TerritoryId>,
    /// The way it came.
    pub channel: &'a str,
    /// Whether the applicant is known for certain.
    pub identified: bool,
    /// The day of filing.
    pub on: Date,
}

impl<'a> Facts<'a> {
    /// The facts of answers alone: the subject and the place are those that they name.
    pub fn of(
        form: &'a Form,
        answers: &'a Answers,
        (categories, units): (&'a Categories, &'a Units),
        (channel, identified): (&'a str, bool),
        on: Date,
    ) -> Self {
        let category = form
            .category_in(answers)
            .and_then(|code| categories.by_code(code));
        let (territory, _) = form.place_in(answers);
        let territory = territory.and_then(|code| units.territory_by_code(code));
        Self {
            form,
            answers,
            categories,
            units,
            category: category.map(|one| one.id),
            territory: territory.map(|one| one.id),
            channel,
            identified,
            on,
        }
    }

    /// The field at a path with its answer, where it was asked and answered.
    pub(super) fn answer(&self, path: &str) -> Option<(&'a Field, &'a Value)> {
        let (name, part) = path
            .split_once('.')
            .map_or((path, None), |(name, part)| (name, Some(part)));
        let outer = self.form.field(name)?;
        // A left-over answer to what is not asked is nothing.
        if !self.form.asks(outer, self.answers, self.categories) {
            return None;
        }
        let value = self.answers.get(name)?;
        let value = match part {
            Some(part) => value.get(part)?,
            None => value,
        };
        let empty = match value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(parts) => parts.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        (!empty).then_some((self.form.field_at(path)?, value))
    }

    fn text(&self, path: &str) -> Option<&'a str> {
        self.answer(path)?.1.as_str()
    }

    fn date(&self, path: &str) -> Option<Date> {
        self.text(path)?.parse().ok()
    }
}

/// What came of judging.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// The rules that were weighed, in order; the last of them fits when one does.
    pub weighed: Vec<Weighed>,
    /// Code of the rule that fits; none when a person decides.
    pub rule: Option<String>,
}

/// A rule that was weighed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// Its code.
    pub code: String,
    /// What it is about.
    pub title: Phrase,
    /// Whether every condition holds.
    pub fits: bool,
    /// Its conditions.
    pub tests: Vec<Tested>,
}

/// A condition that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    /// Which kind of condition: `equals`, `one_of` …
    pub kind: String,
    /// What it looks at; empty where the kind says it.
    pub label: Phrase,
    /// What was wanted, in words of the form and the catalogue.
    pub wanted: Phrase,
    /// The least that was wanted; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// The greatest.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// What stands in the case; empty where nothing was answered.
    pub had: Phrase,
    /// Whether it holds.
    pub holds: bool,
    /// The conditions inside it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inside: Vec<Tested>,
}

/// Judges a case: the first rule that fits, and why.
pub fn judge(decisions: &Decisions, facts: &Facts<'_>) -> Judged {
    let mut judged = Judged::default();
    for rule in &decisions.rules {
        let weighed = weigh(rule, facts);
        let fits = weighed.fits;
        judged.weighed.push(weighed);
        if fits {
            judged.rule = Some(rule.code.clone());
            break;
        }
    }
    judged
}

fn weigh(rule: &Rule, facts: &Facts<'_>) -> Weighed {
    let tests: Vec<Tested> = rule.when.iter().map(|one| test(one, facts)).collect();
    Weighed {
        code: rule.code.clone(),
        title: rule.title.clone(),
        fits: tests.iter().all(|one| one.holds),
        tests,
    }
}

fn nothing() -> Phrase {
    Phrase::new("", "")
}

fn same(text: impl Into<String>) -> Phrase {
    let text = text.into();
    Phrase::new(text.clone(), text)
}

fn number(value: Option<i64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A day as both languages write it in lists.
pub(super) fn day(date: Date) -> String {
    date.strftime("%d.%m.%Y").to_string()
}

fn within<T: PartialOrd>(value: &T, from: Option<&T>, to: Option<&T>) -> bool {
    from.is_none_or(|from| value >= from) && to.is_none_or(|to| value <= to)
}

/// The words that a choice shows for a value; the value itself for other fields.
fn shown(field: Option<&Field>, value: &str) -> Phrase {
    let options = match field.map(|field| &field.kind) {
        Some(FieldKind::Choice { options }) => options.as_slice(),
        _ => &[],
    };
    options
        .iter()
        .find(|option| option.value == value)
        .map_or_else(|| same(value), |option| option.label.clone())
}

#[expect(clippy::too_many_lines, reason = "one arm for each kind of condition")]
fn test(one: &Test, facts: &Facts<'_>) -> Tested {
    let plain = |kind: &str, holds: bool| Tested {
        kind: kind.to_owned(),
        label: nothing(),
        wanted: nothing(),
        from: String::new(),
        to: String::new(),
        had: nothing(),
        holds,
        inside: Vec::new(),
    };
    let of_field = |kind: &str, path: &str, holds: bool| {
        let field = facts.form.field_at(path);
        let label = field.map_or_else(|| same(path), |field| field.label.clone());
        let had = facts
            .answer(path)
            .map_or_else(nothing, |(field, value)| said(field, value));
        Tested {
            label,
            had,
            ..plain(kind, holds)
        }
    };
    let bounded = |tested: Tested, from: String, to: String| Tested { from, to, ..tested };
    match one {
        Test::Equals { field, value } => Tested {
            wanted: shown(facts.form.field_at(field), value),
            ..of_field("equals", field, facts.text(field) == Some(value.as_str()))
        },
        Test::OneOf { field, values } => {
            let text = facts.text(field);
            let holds = text.is_some_and(|text| values.iter().any(|value| value == text));
            let known = facts.form.field_at(field);
            Tested {
                wanted: joined(values.iter().map(|value| shown(known, value))),
                ..of_field("one_of", field, holds)
            }
        }
        Test::Yes { field } => {
            let yes = facts.answer(field).map(|(_, value)| value);
            of_field("yes", field, yes == Some(&Value::Bool(true)))
        }
        Test::Given { field } => of_field("given", field, facts.answer(field).is_some()),
        Test::Number { field, from, to } => {
            let value = facts.answer(field).and_then(|(_, value)| value.as_i64());
            let holds = value.is_some_and(|value| within(&value, from.as_ref(), to.as_ref()));
            bounded(of_field("number", field, holds), number(*from), number(*to))
        }
        Test::Date { field, from, to } => {
            let value = facts.date(field);
            let holds = value.is_some_and(|value| within(&value, from.as_ref(), to.as_ref()));
            let bound = |date: &Option<Date>| date.map(day).unwrap_or_default();
            bounded(of_field("date", field, holds), bound(from), bound(to))
        }
        Test::Age { field, from, to } => {
            let years = facts.date(field).map(|date| whole_years(date, facts.on));
            let holds = years.is_some_and(|years| within(&years, from.as_ref(), to.as_ref()));
            bounded(of_field("age", field, holds), number(*from), number(*to))
        }
        Test::Days { field, from, to } => {
            let days = facts.date(field).map(|date| whole_days(date, facts.on));
            let holds = days.is_some_and(|days| within(&days, from.as_ref(), to.as_ref()));
            bounded(of_field("days", field, holds), number(*from), number(*to))
        }
        Test::Category { within } => {
            let above = facts.categories.by_code(within);
            let own = facts.category.and_then(|id| facts.categories.by_id(id));
            let holds = above
                .zip(own)
                .is_some_and(|(above, own)| facts.categories.is_within(own.id, above.id));
            Tested {
                wanted: above.map_or_else(|| same(within), |one| one.name.clone()),
                had: own.map_or_else(nothing, |one| one.name.clone()),
                ..plain("category", holds)
            }
        }
        Test::Territory { within } => {
            let above = facts.units.territory_by_code(within);
            let path = facts
                .territory
                .map(|id| facts.units.territory_path(id))
                .unwrap_or_default();
            let holds = above.is_some_and(|above| path.iter().any(|one| one.id == above.id));
            let own = facts.territory.and_then(|id| facts.units.territory(id));
            let name = |one: &people::Territory| Phrase::new(&*one.name_ru, &*one.name_en);
            Tested {
                wanted: above.map_or_else(|| same(within), name),
                had: own.map_or_else(nothing, name),
                ..plain("territory", holds)
            }
        }
        Test::Channel { one_of } => Tested {
            wanted: joined(one_of.iter().map(same)),
            had: same(facts.channel),
            ..plain("channel", one_of.iter().any(|one| one == facts.channel))
        },
        Test::Identified { is } => {
            let kind = if *is { "identified" } else { "not_identified" };
            plain(kind, facts.identified == *is)
        }
        Test::Not(inner) => {
            let inner = test(inner, facts);
            Tested {
                inside: vec![inner.clone()],
                ..plain("not", !inner.holds)
            }
        }
        Test::Any(inner) => {
            let inside: Vec<Tested> = inner.iter().map(|one| test(one, facts)).collect();
            let holds = inside.iter().any(|one| one.holds);
            Tested {
                inside,
                ..plain("any", holds)
            }
        }
    }
}

fn joined(phrases: impl Iterator<Item = Phrase>) -> Phrase {
    let all: Vec<Phrase> = phrases.collect();
    let of = |text: fn(&Phrase) -> &str| all.iter().map(text).collect::<Vec<_>>().join(", ");
    Phrase::new(of(|one| &one.ru), of(|one| &one.en))
}

/// An answer as an explanation says it.
fn said(field: &Field, value: &Value) -> Phrase {
    match (&field.kind, value) {
        (FieldKind::Date { .. }, Value::String(text)) => text
            .parse()
            .map_or_else(|_| same(text), |date| same(day(date))),
        (_, Value::String(text)) => shown(Some(field), text),
        (_, Value::Number(number)) => same(number.to_string()),
        (_, Value::Bool(true)) => same("\u{2713}"),
        (_, Value::Bool(false)) => same("\u{2014}"),
        _ => same("\u{2026}"),
    }
}

fn whole_years(from: Date, to: Date) -> i64 {
    let years = i64::from(to.year()) - i64::from(from.year());
    let before = (to.month(), to.day()) < (from.month(), from.day());
    years - i64::from(before)
}

fn whole_days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
