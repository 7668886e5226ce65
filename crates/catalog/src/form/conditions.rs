//! What hangs on answers: which fields are asked, which subjects a category offers, and which texts
//! a choice makes necessary. Pure; checks, pages and schema ask the same questions.

use base::id::CategoryId;
use base::text::clean_line;
use serde_json::Value;

use super::tree::{Answers, Condition, Field, FieldKind, Form, Within};
use crate::categories::Categories;

impl Form {
    /// Whether `field` is asked, given the answers so far.
    pub fn asks(&self, field: &Field, answers: &Answers, categories: &Categories) -> bool {
        let Some(condition) = &field.when else {
            return true;
        };
        // The field looked at may itself be one that is not asked; its left-over answer is nothing.
        let looked_at = self.field(condition.field());
        if looked_at.is_some_and(|earlier| {
            earlier.name != field.name && !self.asks(earlier, answers, categories)
        }) {
            return false;
        }
        let answer = answers.get(condition.field());
        let text = answer
            .and_then(Value::as_str)
            .map(clean_line)
            .unwrap_or_default();
        match condition {
            Condition::Equals { value, .. } => text == *value,
            Condition::Yes { .. } => answer == Some(&Value::Bool(true)),
            Condition::CategoryWithin { code, .. } => {
                match (categories.by_code(&text), categories.by_code(code)) {
                    (Some(category), Some(above)) => categories.is_within(category.id, above.id),
                    _ => false,
                }
            }
        }
    }
}

impl Form {
    /// The subjects at or below which `field` takes an answer; none when it takes every one.
    pub(super) fn offered(
        &self,
        field: &Field,
        answers: &Answers,
        categories: &Categories,
    ) -> Option<Vec<CategoryId>> {
        let within = field.within.as_ref()?;
        let chosen = within.by.as_ref().filter(|by| {
            self.field(by)
                .is_some_and(|earlier| self.asks(earlier, answers, categories))
        });
        let chosen = chosen
            .and_then(|by| answers.get(by))
            .and_then(Value::as_str)
            .map(clean_line);
        within.roots(chosen.as_deref(), categories)
    }

    /// Whether the category `field` takes the subject of a code before anything is answered.
    pub(crate) fn takes_subject(&self, field: &Field, code: &str, categories: &Categories) -> bool {
        let Some(subject) = categories.open(code) else {
            return false;
        };
        self.offered(field, &Answers::new(), categories)
            .is_none_or(|roots| {
                roots
                    .iter()
                    .any(|root| categories.is_within(subject.id, *root))
            })
    }

    /// Whether a choice among the answers makes the field at `path` necessary.
    pub(super) fn needs(&self, path: &str, answers: &Answers, categories: &Categories) -> bool {
        self.fields().any(|field| {
            let FieldKind::Choice { options } = &field.kind else {
                return false;
            };
            let asking = options
                .iter()
                .filter(|option| option.needs.as_deref() == Some(path));
            let mut values = asking.map(|option| option.value.as_str()).peekable();
            if values.peek().is_none() || !self.asks(field, answers, categories) {
                return false;
            }
            let chosen = answers.get(&field.name).and_then(Value::as_str);
            let chosen = chosen.map(clean_line).unwrap_or_default();
            values.any(|value| value == chosen)
        })
    }
}

impl Within {
    /// The roots of what is offered when the choice has this value; none for everything.
    pub(super) fn roots(
        &self,
        chosen: Option<&str>,
        categories: &Categories,
    ) -> Option<Vec<CategoryId>> {
        let codes = chosen
            .and_then(|value| self.of.get(value))
            .unwrap_or(&self.codes);
        let open = codes.iter().filter_map(|code| categories.open(code));
        let roots: Vec<CategoryId> = open.map(|category| category.id).collect();
        (!roots.is_empty()).then_some(roots)
    }
}
