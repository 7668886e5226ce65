//! What is wrong with a set of rules, all at once and each with its place: what it names must be
//! there, every placeholder must have something to say, and every example must hold.

use std::collections::BTreeSet;

use base::Language;
use jiff::civil::Date;
use people::Units;

use super::judging::{Facts, judge};
use super::wording::{Piece, can_be_said, pieces};
use super::{A_PERSON, CHANNELS, Decisions, Example, FORMAT, Rule, Test, Verdict};
use crate::administration::Fault;
use crate::categories::Categories;
use crate::faults::TextFault;
use crate::form::{FieldKind, Form};
use crate::model::{Definition, is_code};
use crate::phrase::Phrase;

const MOST_RULES: usize = 100;
const MOST_TESTS: usize = 20;
const MOST_DEEP: usize = 4;
const MOST_EXAMPLES: usize = 300;
const MOST_FAULTS: usize = 100;
/// The shortest and the longest text of an answer, in characters.
const ANSWER: std::ops::RangeInclusive<usize> = 20..=10_000;

/// What rules are held against.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The service.
    pub definition: &'a Definition,
    /// The tree of subjects.
    pub categories: &'a Categories,
    /// The trees of units and territories.
    pub units: &'a Units,
    /// Whether there is a service of a code.
    pub service: &'a dyn Fn(&str) -> bool,
    /// The day of looking.
    pub today: Date,
}

struct Found<'a> {
    known: Known<'a>,
    text: &'a str,
    faults: Vec<Fault>,
}

/// Everything that is wrong with a set of rules whose text is `text`.
pub fn faults(decisions: &Decisions, text: &str, known: Known<'_>) -> Vec<Fault> {
    let mut found = Found {
        known,
        text,
        faults: Vec::new(),
    };
    found.all(decisions);
    found.faults
}

impl Found<'_> {
    fn add(&mut self, place: &str, key: &'static str, named: &str) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(Fault {
                place: Some(place.to_owned()),
                said: TextFault::named(key, named, self.text),
            });
        }
    }

    fn form(&self) -> &Form {
        &self.known.definition.form
    }

    fn all(&mut self, decisions: &Decisions) {
        if self.known.definition.decision.is_none() {
            self.add(
                "mode",
                "catalog-rules-fault-service",
                &self.known.definition.code.clone(),
            );
        }
        if decisions.format != FORMAT {
            self.add("format", "catalog-fault-format", "format");
        }
        if decisions.rules.is_empty() {
            self.add("rules", "catalog-rules-fault-none", "rules");
        }
        if decisions.rules.len() > MOST_RULES || decisions.examples.len() > MOST_EXAMPLES {
            self.add("rules", "catalog-rules-fault-many", "rules");
            return;
        }
        let mut codes = BTreeSet::new();
        for (at, rule) in decisions.rules.iter().enumerate() {
            let place = format!("rules[{at}]");
            if !is_code(&rule.code) || rule.code == A_PERSON {
                self.add(&place, "catalog-fault-code", &rule.code);
            }
            if !codes.insert(rule.code.as_str()) {
                self.add(&place, "catalog-fault-twice", &rule.code);
            }
            self.rule(&place, rule);
        }
        // What is wrong in itself is told first: examples would only repeat it.
        if self.faults.is_empty() {
            self.examples(decisions);
        }
    }

    fn rule(&mut self, place: &str, rule: &Rule) {
        let required = [
            ("title", Some(&rule.title)),
            ("answer", Some(&rule.answer)),
            ("grounds", rule.grounds.as_ref().map(|one| &one.text)),
            ("to_correct", rule.to_correct.as_ref()),
            ("next_steps", rule.next_steps.as_ref()),
        ];
        for (part, phrase) in required {
            if phrase.is_some_and(|phrase| !phrase.is_complete()) {
                self.add(
                    &format!("{place}.{part}"),
                    "catalog-fault-words",
                    &rule.code,
                );
            }
        }
        let lengths = Language::ALL.map(|one| base::text::length(rule.answer.text(one)));
        if lengths.iter().any(|length| !ANSWER.contains(length)) {
            self.add(
                &format!("{place}.answer"),
                "catalog-rules-fault-answer",
                &rule.code,
            );
        }
        if rule.outcome == Verdict::Refused {
            if rule.grounds.is_none() {
                self.add(
                    &format!("{place}.grounds"),
                    "catalog-rules-fault-grounds",
                    &rule.code,
                );
            }
            if rule.to_correct.is_none() {
                self.add(
                    &format!("{place}.to_correct"),
                    "catalog-rules-fault-correct",
                    &rule.code,
                );
            }
        }
        if let Some(grounds) = &rule.grounds
            && !grounds.link.is_empty()
            && !is_link(&grounds.link)
        {
            self.add(
                &format!("{place}.grounds"),
                "catalog-rules-fault-link",
                &grounds.link,
            );
        }
        if rule.when.len() > MOST_TESTS {
            self.add(
                &format!("{place}.when"),
                "catalog-rules-fault-many",
                &rule.code,
            );
        }
        for (at, test) in rule.when.iter().take(MOST_TESTS).enumerate() {
            self.test(&format!("{place}.when[{at}]"), &rule.code, test, 0);
        }
        for (part, phrase) in [
            ("answer", Some(&rule.answer)),
            ("to_correct", rule.to_correct.as_ref()),
            ("next_steps", rule.next_steps.as_ref()),
        ] {
            if let Some(phrase) = phrase {
                self.words(&format!("{place}.{part}"), rule, phrase);
            }
        }
    }

    fn test(&mut self, place: &str, code: &str, test: &Test, deep: usize) {
        if deep >= MOST_DEEP {
            self.add(place, "catalog-rules-fault-many", code);
            return;
        }
        if let Some(path) = test.field() {
            let Some(field) = self.form().field_at(path).cloned() else {
                self.add(place, "catalog-rules-fault-field", path);
                return;
            };
            let fits = match test {
                Test::Yes { .. } => matches!(field.kind, FieldKind::Yes),
                Test::Number { .. } => matches!(field.kind, FieldKind::Number { .. }),
                Test::Date { .. } | Test::Age { .. } | Test::Days { .. } => {
                    matches!(field.kind, FieldKind::Date { .. })
                }
                Test::Equals { .. } | Test::OneOf { .. } => !matches!(
                    field.kind,
                    FieldKind::Yes
                        | FieldKind::Number { .. }
                        | FieldKind::Date { .. }
                        | FieldKind::Group { .. }
                        | FieldKind::Place { .. }
                        | FieldKind::People { .. }
                ),
                _ => true,
            };
            if !fits {
                self.add(place, "catalog-rules-fault-kind", path);
            }
            let values: &[String] = match test {
                Test::Equals { value, .. } => std::slice::from_ref(value),
                Test::OneOf { values, .. } => values,
                _ => &[],
            };
            if matches!(test, Test::OneOf { values, .. } if values.is_empty()) {
                self.add(place, "catalog-fault-empty", path);
            }
            if let FieldKind::Choice { options } = &field.kind {
                for value in values {
                    if !options.iter().any(|option| option.value == *value) {
                        self.add(place, "catalog-rules-fault-value", value);
                    }
                }
            }
        }
        let limits = |none: bool, turned: bool| none || turned;
        let wrong = match test {
            Test::Number { from, to, .. }
            | Test::Age { from, to, .. }
            | Test::Days { from, to, .. } => {
                let turned = from.zip(*to).is_some_and(|(from, to)| from > to);
                limits(from.is_none() && to.is_none(), turned)
            }
            Test::Date { from, to, .. } => {
                let turned = from.zip(*to).is_some_and(|(from, to)| from > to);
                limits(from.is_none() && to.is_none(), turned)
            }
            _ => false,
        };
        if wrong {
            self.add(place, "catalog-fault-limits", test.field().unwrap_or(code));
        }
        match test {
            Test::Category { within } if self.known.categories.by_code(within).is_none() => {
                self.add(place, "catalog-rules-fault-category", within);
            }
            Test::Territory { within } if self.known.units.territory_by_code(within).is_none() => {
                self.add(place, "catalog-rules-fault-territory", within);
            }
            Test::Channel { one_of } => {
                if one_of.is_empty() {
                    self.add(place, "catalog-fault-empty", "channel");
                }
                for one in one_of {
                    if !CHANNELS.contains(&one.as_str()) {
                        self.add(place, "catalog-rules-fault-channel", one);
                    }
                }
            }
            Test::Not(inner) => self.test(&format!("{place}.not"), code, inner, deep + 1),
            Test::Any(inner) => {
                if inner.is_empty() || inner.len() > MOST_TESTS {
                    self.add(place, "catalog-fault-empty", "any");
                }
                for (at, one) in inner.iter().take(MOST_TESTS).enumerate() {
                    self.test(&format!("{place}.any[{at}]"), code, one, deep + 1);
                }
            }
            _ => {}
        }
    }

    /// Every placeholder must name something that is there whenever the rule fits.
    fn words(&mut self, place: &str, rule: &Rule, phrase: &Phrase) {
        for language in Language::ALL {
            let found = match pieces(phrase.text(language)) {
                Ok(found) => found,
                Err(named) => {
                    self.add(place, "catalog-rules-fault-placeholder", &named);
                    continue;
                }
            };
            for piece in found {
                let path = match &piece {
                    Piece::Words(_) | Piece::Case(_) => continue,
                    Piece::Answer(path) | Piece::Service(path, _) => path.as_str(),
                };
                let Some(field) = self.form().field_at(path).cloned() else {
                    self.add(place, "catalog-rules-fault-placeholder", path);
                    continue;
                };
                match (&piece, &field.kind) {
                    (Piece::Service(..), FieldKind::Choice { options }) => {
                        let unknown = options
                            .iter()
                            .filter(|option| could_be(rule, path, &option.value))
                            .find(|option| !(self.known.service)(&option.value));
                        if let Some(option) = unknown {
                            self.add(place, "catalog-rules-fault-option", &option.value);
                        }
                    }
                    (Piece::Service(..), _) => {
                        self.add(place, "catalog-rules-fault-choice", path);
                    }
                    _ if !can_be_said(&field) => {
                        self.add(place, "catalog-rules-fault-kind", path);
                    }
                    _ => {}
                }
                if !is_always_there(self.form(), rule, path) {
                    self.add(place, "catalog-rules-fault-maybe", path);
                }
            }
        }
    }

    fn examples(&mut self, decisions: &Decisions) {
        let mut shown = BTreeSet::new();
        for (at, example) in decisions.examples.iter().enumerate() {
            let place = format!("examples[{at}]");
            let expected = example.expected.as_str();
            if expected != A_PERSON && decisions.rule(expected).is_none() {
                self.add(&place, "catalog-rules-fault-expected", expected);
                continue;
            }
            if let Some(name) = example
                .answers
                .keys()
                .find(|name| self.form().field(name).is_none())
            {
                let name = name.clone();
                self.add(&place, "catalog-rules-fault-field", &name);
                continue;
            }
            shown.insert(expected.to_owned());
            if comes_to(decisions, example, self.known) != expected {
                self.add(&place, "catalog-rules-fault-differs", &example.name);
            }
        }
        for (at, rule) in decisions.rules.iter().enumerate() {
            if !shown.contains(&rule.code) {
                self.add(
                    &format!("rules[{at}]"),
                    "catalog-rules-fault-no-example",
                    &rule.code,
                );
            }
        }
    }
}

/// The rule that an example comes to.
fn comes_to(decisions: &Decisions, example: &Example, known: Known<'_>) -> String {
    let facts = Facts::of(
        &known.definition.form,
        &example.answers,
        (known.categories, known.units),
        (&example.channel, example.identified),
        example.on.unwrap_or(known.today),
    );
    let judged = judge(decisions, &facts);
    judged.rule.unwrap_or_else(|| A_PERSON.to_owned())
}

/// Whether a rule that fits leaves a choice this value, as far as its own conditions say.
fn could_be(rule: &Rule, path: &str, value: &str) -> bool {
    rule.when.iter().all(|test| match test {
        Test::Equals { field, value: only } if field == path => only == value,
        Test::OneOf { field, values } if field == path => values.iter().any(|one| one == value),
        Test::Not(inner) => match &**inner {
            Test::Equals { field, value: not } if field == path => not != value,
            Test::OneOf { field, values } if field == path => {
                !values.iter().any(|one| one == value)
            }
            _ => true,
        },
        _ => true,
    })
}

/// Whether a field has an answer whenever the rule fits: it is required of everybody, or a condition
/// of the rule looks at its answer.
fn is_always_there(form: &Form, rule: &Rule, path: &str) -> bool {
    if rule.when.iter().any(|test| test.field() == Some(path)) {
        return true;
    }
    let Some(outer) = path.split('.').next().and_then(|name| form.field(name)) else {
        return false;
    };
    let Some(field) = form.field_at(path) else {
        return false;
    };
    outer.required && outer.when.is_none() && field.required
}

/// An address of an act: https, without white space.
fn is_link(link: &str) -> bool {
    link.len() <= 500
        && link.starts_with("https://")
        && !link
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
}
