//! What is wrong with the text of a definition, for whoever writes it: a sentence and the line.

use web::Words;

use base::Language;

use crate::form::FormFault;
use crate::model::DefinitionError;
use crate::unreadable::unreadable;

/// How many lines stand around the wrong one.
const AROUND: usize = 2;

/// A mistake in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFault {
    /// Key of the sentence.
    pub key: &'static str,
    /// What the sentence names.
    pub named: String,
    /// The line, counted from 1; none when nothing in the text stands for it.
    pub line: Option<usize>,
}

impl TextFault {
    /// The mistake in `text` that reading it has found.
    pub fn of(error: &DefinitionError, text: &str) -> Self {
        let (key, named) = told(error);
        let line = match error {
            DefinitionError::Toml(error) => error
                .span()
                .and_then(|span| text.get(..span.start))
                .map(|before| before.matches('\n').count() + 1),
            _ => line_of(text, &named),
        };
        Self { key, named, line }
    }

    /// A mistake of a name that stands in the text.
    pub(crate) fn named(key: &'static str, named: &str, text: &str) -> Self {
        Self {
            key,
            named: named.to_owned(),
            line: line_of(text, named),
        }
    }

    /// The mistake in a definition that came as a tree, where there are no lines.
    pub fn of_tree(error: &DefinitionError) -> Self {
        let (key, named) = told(error);
        Self {
            key,
            named,
            line: None,
        }
    }

    /// The sentence.
    pub fn text(&self, words: &Words, language: Language) -> String {
        words.text(language, self.key, &[("name", self.named.as_str().into())])
    }

    /// The lines around the wrong one with their numbers.
    pub fn lines<'t>(&self, text: &'t str) -> Vec<(usize, &'t str)> {
        let Some(at) = self.line else {
            return Vec::new();
        };
        let near = at.saturating_sub(AROUND).max(1)..=at + AROUND;
        (1..)
            .zip(text.lines())
            .filter(|(number, _)| near.contains(number))
            .collect()
    }
}

/// The line that gives the name to a question; otherwise the first that says it in quotes, or begins
/// with it: the answers of a choice are often called as questions further down are.
fn line_of(text: &str, named: &str) -> Option<usize> {
    let last = named.rsplit('.').next().unwrap_or(named);
    let said = |line: &str, name: &str| {
        !name.is_empty()
            && (line.contains(&format!("\"{name}\"")) || line.trim_start().starts_with(name))
    };
    let names = |line: &str, name: &str| line.contains(&format!("name = \"{name}\""));
    let find = |name: &str| {
        let named = text.lines().position(|line| names(line, name));
        named.or_else(|| text.lines().position(|line| said(line, name)))
    };
    find(named).or_else(|| find(last)).map(|at| at + 1)
}

fn told(error: &DefinitionError) -> (&'static str, String) {
    match error {
        DefinitionError::Toml(error) => unreadable(error.message()),
        DefinitionError::Json(error) => unreadable(&error.to_string()),
        DefinitionError::Format(_) => ("catalog-fault-format", "format".to_owned()),
        DefinitionError::Code(code) => ("catalog-fault-code", code.clone()),
        DefinitionError::Version => ("catalog-fault-version", "version".to_owned()),
        DefinitionError::Words(name) => ("catalog-fault-words", (*name).to_owned()),
        DefinitionError::NoAnswer => ("catalog-fault-answer", "terms".to_owned()),
        DefinitionError::Decision => ("catalog-fault-decision", "decision".to_owned()),
        DefinitionError::States => ("catalog-fault-states", "states".to_owned()),
        DefinitionError::List(name) => ("catalog-fault-attachments", (*name).to_owned()),
        DefinitionError::Rule(name) => ("catalog-fault-rule", name.clone()),
        DefinitionError::Form(fault) => form(fault),
    }
}

fn form(fault: &FormFault) -> (&'static str, String) {
    let (key, name) = match fault {
        FormFault::TooLarge => return ("catalog-fault-large", String::new()),
        FormFault::Empty(name) => ("catalog-fault-empty", name),
        FormFault::Name(name) => ("catalog-fault-name", name),
        FormFault::Twice(name) => ("catalog-fault-twice", name),
        FormFault::Words(name) => ("catalog-fault-words", name),
        FormFault::Limits(name) => ("catalog-fault-limits", name),
        FormFault::InGroup(name) => ("catalog-fault-group", name),
        FormFault::Second(name) => ("catalog-fault-second", name),
        FormFault::Within(name) => ("catalog-fault-within", name),
        FormFault::Needs(name) => ("catalog-fault-needs", name),
        FormFault::Condition(name) => ("catalog-fault-condition", name),
    };
    (key, name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BUILT_IN, Definition};

    fn fault(from: &str, to: &str) -> (TextFault, String) {
        let text = BUILT_IN[0].replacen(from, to, 1);
        let error = Definition::from_toml(&text).unwrap_err();
        (TextFault::of(&error, &text), text)
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (from, to, key, said) in [
            ("max = 120", "max = ", "catalog-fault-quotes", "max = "),
            (
                "name = \"subject\"",
                "nome = \"subject\"",
                "catalog-fault-unknown",
                "nome",
            ),
            (
                "max = 120",
                "max = 0",
                "catalog-fault-limits",
                "name = \"subject\"",
            ),
            (
                "own.work_start",
                "own.begin",
                "catalog-fault-rule",
                "own.begin",
            ),
            (
                "value = \"organisation\" } }",
                "value = \"organization\" } }",
                "catalog-fault-condition",
                "name = \"organisation\"",
            ),
        ] {
            let (fault, text) = fault(from, to);
            assert_eq!(fault.key, key, "{fault:?}");
            let line = text.lines().nth(fault.line.unwrap() - 1).unwrap();
            assert!(line.contains(said), "{fault:?} stands at {line}");
            assert!(
                fault
                    .lines(&text)
                    .iter()
                    .any(|(at, _)| Some(*at) == fault.line)
            );
        }
    }
}
