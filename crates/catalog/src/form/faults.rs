//! What a form must hold to be asked at all; checked when a definition is read, so that a mistake
//! in a file is found at the start and not by an applicant.

use std::collections::BTreeSet;

use super::tree::{Condition, Field, FieldKind, Form};

/// The most fields that a form may have, fields of groups included.
const MOST_FIELDS: usize = 200;

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
    /// A condition that looks at a field of the same or a later step, or of another kind.
    #[error(
        "the condition of `{0}` looks at a field that is not asked in an earlier step or is of another kind"
    )]
    Condition(String),
}

impl Form {
    /// Finds the first thing wrong with the form.
    pub fn faults(&self) -> Result<(), FormFault> {
        if self.steps.is_empty() {
            return Err(FormFault::Empty("steps".to_owned()));
        }
        let mut steps = BTreeSet::new();
        let mut names = BTreeSet::new();
        let mut count = 0usize;
        let (mut categories, mut places) = (0, 0);
        for (at, step) in self.steps.iter().enumerate() {
            name(&step.id)?;
            if !steps.insert(step.id.as_str()) {
                return Err(FormFault::Twice(step.id.clone()));
            }
            if step.fields.is_empty() {
                return Err(FormFault::Empty(step.id.clone()));
            }
            let texts = step.hint.iter().chain(&step.tips).chain([&step.title]);
            if !texts.into_iter().all(crate::phrase::Phrase::is_complete) {
                return Err(FormFault::Words(step.id.clone()));
            }
            for field in &step.fields {
                count += 1;
                if !names.insert(field.name.as_str()) {
                    return Err(FormFault::Twice(field.name.clone()));
                }
                field.faults()?;
                categories += usize::from(matches!(field.kind, FieldKind::Category));
                places += usize::from(matches!(field.kind, FieldKind::Place { .. }));
                if categories > 1 || places > 1 {
                    return Err(FormFault::Second(field.name.clone()));
                }
                if let Some(condition) = &field.when
                    && !self.steps[..at]
                        .iter()
                        .flat_map(|earlier| &earlier.fields)
                        .any(|earlier| condition.suits(earlier))
                {
                    return Err(FormFault::Condition(field.name.clone()));
                }
                if let FieldKind::Group { fields } = &field.kind {
                    count += fields.len();
                    group(field, fields)?;
                }
            }
        }
        if count > MOST_FIELDS {
            return Err(FormFault::TooLarge);
        }
        Ok(())
    }
}

fn group(parent: &Field, fields: &[Field]) -> Result<(), FormFault> {
    if fields.is_empty() {
        return Err(FormFault::Empty(parent.name.clone()));
    }
    let mut names = BTreeSet::new();
    for field in fields {
        if !names.insert(field.name.as_str()) {
            return Err(FormFault::Twice(field.name.clone()));
        }
        let nested = matches!(
            field.kind,
            FieldKind::Group { .. } | FieldKind::Category | FieldKind::Place { .. }
        );
        if nested || field.when.is_some() {
            return Err(FormFault::InGroup(field.name.clone()));
        }
        field.faults()?;
    }
    Ok(())
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
            FieldKind::Place { address_max } => (1..=10_000).contains(address_max),
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
