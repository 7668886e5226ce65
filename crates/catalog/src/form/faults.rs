//! What a form must hold to be asked at all; checked when a definition is read, so that a mistake
//! in a file is found at the start and not by an applicant.

use std::collections::BTreeSet;

use super::companions;
use super::tree::{Condition, Field, FieldKind, Form, Step};
use super::view::FEW;

/// The most fields that a form may have, fields of groups included.
const MOST_FIELDS: usize = 200;

/// The most faults that are told of one form.
const MOST_FAULTS: usize = 100;

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormFault {
    /// No steps, or a step without fields.
    #[error("`{0}` asks nothing")]
    Empty(String),
    /// More fields than a form may have.
    #[error("the form has more than 200 fields")]
    TooLarge,
    /// A name is not made of small Latin letters, digits and underscores.
    #[error("`{0}` is not a name: small Latin letters, digits and underscores, at most 40")]
    Name(String),
    /// A name stands twice.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// A text is missing in one of the languages.
    #[error("`{0}` lacks a text in one of the languages")]
    Words(String),
    /// Limits that no answer can meet.
    #[error("`{0}` has limits that no answer can meet")]
    Limits(String),
    /// A group in a group, or a category, place or condition in a group.
    #[error("`{0}` cannot stand in a group")]
    InGroup(String),
    /// A second category or place.
    #[error("`{0}`: a form has one category and one place")]
    Second(String),
    /// A category is narrowed by something else than a choice of an earlier step.
    #[error("`{0}` is narrowed by something else than the values of a choice of an earlier step")]
    Within(String),
    /// A choice needs a field that is no text, is asked earlier or not of everybody.
    #[error(
        "a choice needs `{0}`, which is no text asked of everybody in the same or a later step"
    )]
    Needs(String),
    /// A condition that looks at a field of the same or a later step, or of another kind; only a
    /// group may hang on a choice of its own step.
    #[error(
        "the condition of `{0}` looks at a field that is not asked in an earlier step or is of another kind"
    )]
    Condition(String),
}

/// Something wrong with a form, and where: `form.steps[0].fields[2]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedFault {
    /// The place in the definition.
    pub place: String,
    /// What is wrong there.
    pub fault: FormFault,
}

/// The faults found so far.
#[derive(Default)]
struct Found(Vec<PlacedFault>);

impl Found {
    fn add(&mut self, place: &str, fault: FormFault) {
        if self.0.len() < MOST_FAULTS {
            let place = place.to_owned();
            self.0.push(PlacedFault { place, fault });
        }
    }

    fn take(&mut self, place: &str, looked: Result<(), FormFault>) {
        if let Err(fault) = looked {
            self.add(place, fault);
        }
    }
}

impl Form {
    /// Finds the first thing wrong with the form.
    pub fn faults(&self) -> Result<(), FormFault> {
        match self.all_faults().into_iter().next() {
            Some(found) => Err(found.fault),
            None => Ok(()),
        }
    }

    /// Finds everything wrong with the form, in its order; a hundred things at the most.
    pub fn all_faults(&self) -> Vec<PlacedFault> {
        let mut found = Found::default();
        if self.steps.is_empty() {
            found.add("form.steps", FormFault::Empty("steps".to_owned()));
        }
        let mut steps = BTreeSet::new();
        let mut names = BTreeSet::new();
        let mut count = 0usize;
        let (mut categories, mut places) = (0, 0);
        for (at, step) in self.steps.iter().enumerate() {
            let place = format!("form.steps[{at}]");
            found.take(&place, name(&step.id));
            if !steps.insert(step.id.as_str()) {
                found.add(&place, FormFault::Twice(step.id.clone()));
            }
            if step.fields.is_empty() {
                found.add(&place, FormFault::Empty(step.id.clone()));
            }
            let texts = step.hint.iter().chain(&step.tips).chain([&step.title]);
            if !texts.into_iter().all(crate::phrase::Phrase::is_complete) {
                found.add(&place, FormFault::Words(step.id.clone()));
            }
            for (nth, field) in step.fields.iter().enumerate() {
                let place = format!("{place}.fields[{nth}]");
                count += 1;
                if !names.insert(field.name.as_str()) {
                    found.add(&place, FormFault::Twice(field.name.clone()));
                }
                found.take(&place, field.faults());
                let (category, asked) = (
                    matches!(field.kind, FieldKind::Category),
                    matches!(field.kind, FieldKind::Place { .. }),
                );
                categories += usize::from(category);
                places += usize::from(asked);
                if (category && categories > 1) || (asked && places > 1) {
                    found.add(&place, FormFault::Second(field.name.clone()));
                }
                if let Some(condition) = &field.when
                    && !self.steps[..at]
                        .iter()
                        .flat_map(|earlier| &earlier.fields)
                        .any(|earlier| condition.suits(earlier))
                    && !step.draws_together(field, condition)
                {
                    found.add(&place, FormFault::Condition(field.name.clone()));
                }
                if let FieldKind::Group { fields } = &field.kind {
                    count += fields.len();
                    group(&place, field, fields, &mut found);
                }
                found.take(&place, self.narrowing(at, field));
                found.take(&place, self.needed(at, field));
            }
        }
        if count > MOST_FIELDS {
            found.add("form", FormFault::TooLarge);
        }
        found.0
    }
}

impl Form {
    /// What narrows a category is a choice of an earlier step, by values that it has.
    fn narrowing(&self, at: usize, field: &Field) -> Result<(), FormFault> {
        let Some(within) = &field.within else {
            return Ok(());
        };
        let good = matches!(field.kind, FieldKind::Category)
            && within.codes.is_empty() == within.by.is_some()
            && within.by.is_some() != within.of.is_empty()
            && !(within.by.is_some() && field.when.is_some())
            && within.by.as_ref().is_none_or(|by| {
                let mut earlier = self.steps[..at].iter().flat_map(|step| &step.fields);
                earlier.any(|field| {
                    field.name == *by
                        && matches!(&field.kind, FieldKind::Choice { options }
                            if within.of.keys().all(|value|
                                options.iter().any(|option| option.value == *value)))
                })
            });
        if good {
            Ok(())
        } else {
            Err(FormFault::Within(field.name.clone()))
        }
    }

    /// What a choice makes necessary is a text of the same or a later step, asked of everybody.
    fn needed(&self, at: usize, field: &Field) -> Result<(), FormFault> {
        let FieldKind::Choice { options } = &field.kind else {
            return Ok(());
        };
        for path in options.iter().filter_map(|option| option.needs.as_ref()) {
            let later = self.steps[at..]
                .iter()
                .any(|step| self.step_of(path).is_some_and(|of| of.id == step.id));
            let outer = self.field(path.split('.').next().unwrap_or_default());
            let text = self.field_at(path).is_some_and(|needed| {
                matches!(
                    needed.kind,
                    FieldKind::Text { .. } | FieldKind::Email | FieldKind::Phone
                ) && needed.name != field.name
            });
            if !later || !text || outer.is_none_or(|outer| outer.when.is_some()) {
                return Err(FormFault::Needs(path.clone()));
            }
        }
        Ok(())
    }
}

fn group(place: &str, parent: &Field, fields: &[Field], found: &mut Found) {
    if fields.is_empty() {
        found.add(place, FormFault::Empty(parent.name.clone()));
    }
    let mut names = BTreeSet::new();
    for (at, field) in fields.iter().enumerate() {
        let place = format!("{place}.kind.group.fields[{at}]");
        if !names.insert(field.name.as_str()) {
            found.add(&place, FormFault::Twice(field.name.clone()));
        }
        let nested = matches!(
            field.kind,
            FieldKind::Group { .. }
                | FieldKind::Category
                | FieldKind::Official
                | FieldKind::Place { .. }
                | FieldKind::People { .. }
        );
        let needs = matches!(&field.kind, FieldKind::Choice { options }
            if options.iter().any(|option| option.needs.is_some()));
        if nested || needs || field.when.is_some() || field.within.is_some() {
            found.add(&place, FormFault::InGroup(field.name.clone()));
        }
        found.take(&place, field.faults());
    }
}

impl Field {
    fn faults(&self) -> Result<(), FormFault> {
        name(&self.name)?;
        if !self.label.is_complete() || self.hint.as_ref().is_some_and(|hint| !hint.is_complete()) {
            return Err(FormFault::Words(self.name.clone()));
        }
        let possible = match &self.kind {
            FieldKind::Text { min, max, .. } => min <= max && (1..=100_000).contains(max),
            // Beyond this, JSON readers that hold numbers as floats lose digits.
            FieldKind::Number { min, max } => {
                min <= max && *min >= -9_000_000_000_000_000 && *max <= 9_000_000_000_000_000
            }
            FieldKind::Date {
                past_only,
                future_only,
            } => !(*past_only && *future_only),
            FieldKind::Place { address_max } => (1..=10_000).contains(address_max),
            FieldKind::People { most } => (1..=companions::MOST).contains(most),
            FieldKind::Choice { options } => {
                let values: BTreeSet<&str> =
                    options.iter().map(|option| option.value.as_str()).collect();
                if options.iter().any(|option| !option.label.is_complete()) {
                    return Err(FormFault::Words(self.name.clone()));
                }
                if values.len() != options.len() {
                    return Err(FormFault::Twice(self.name.clone()));
                }
                for option in options {
                    name(&option.value)?;
                }
                !options.is_empty() && options.len() <= 200
            }
            _ => true,
        };
        if possible {
            Ok(())
        } else {
            Err(FormFault::Limits(self.name.clone()))
        }
    }
}

impl Step {
    /// Whether `field` is a group that hangs on a choice before it in this step. All groups of a
    /// step that do hang on one and the same choice, whose options are all seen.
    fn draws_together(&self, field: &Field, condition: &Condition) -> bool {
        matches!(field.kind, FieldKind::Group { .. })
            && matches!(condition, Condition::Equals { .. })
            && self.governor().is_some_and(|(at, governor)| {
                let own = self.fields.iter().position(|known| known.name == field.name);
                condition.suits(governor)
                    && own.is_some_and(|own| at < own)
                    && governor.when.is_none()
                    && matches!(&governor.kind, FieldKind::Choice { options } if options.len() <= FEW)
            })
    }

    /// The choice of this step that groups of the same step hang on, with its place.
    pub(super) fn governor(&self) -> Option<(usize, &Field)> {
        let looked_at = |field: &Field| {
            self.fields.iter().any(|group| {
                matches!(group.kind, FieldKind::Group { .. })
                    && group
                        .when
                        .as_ref()
                        .is_some_and(|when| when.field() == field.name)
            })
        };
        let mut fields = self.fields.iter().enumerate();
        fields.find(|(_, field)| looked_at(field))
    }
}

impl Condition {
    /// Whether the condition can look at `field`.
    fn suits(&self, field: &Field) -> bool {
        self.field() == field.name
            && match (self, &field.kind) {
                (Self::Equals { value, .. }, FieldKind::Choice { options }) => {
                    options.iter().any(|option| option.value == *value)
                }
                (Self::Yes { .. }, FieldKind::Yes)
                | (Self::CategoryWithin { .. }, FieldKind::Category) => true,
                _ => false,
            }
    }
}

fn name(text: &str) -> Result<(), FormFault> {
    let good = (1..=40).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if good {
        Ok(())
    } else {
        Err(FormFault::Name(text.chars().take(40).collect()))
    }
}
