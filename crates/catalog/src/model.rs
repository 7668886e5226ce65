//! What a service is: one versioned definition, read from a file or from the database, checked
//! whole before anybody sees it.

use std::collections::{BTreeMap, BTreeSet};

use base::Language;
use base::id::ServiceId;
use serde::{Deserialize, Serialize};

use crate::form::{FieldKind, Form, FormFault};
use crate::phrase::Phrase;

/// The version of the format that definitions are written in.
const FORMAT: u32 = 1;

/// The rule, as regime and term, by which a plain message is answered: what somebody who is not
/// signed in can file, because an appeal by law needs an identified sender.
pub const MESSAGE_RULE: (&str, &str) = ("pos", "answer");

/// The definition of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Version of the format.
    pub format: u32,
    /// Stable code, as addresses and the API know it.
    pub code: String,
    /// Version of the definition; a case keeps the one it was filed under.
    pub version: u32,
    /// What kind of appeal it is.
    pub kind: Kind,
    /// Place in the catalogue, the smallest first.
    pub position: u32,
    /// Name: «Жалоба».
    pub name: Phrase,
    /// What it is for, in one sentence.
    pub summary: Phrase,
    /// The button that begins it: «Отправить жалобу».
    pub action: Phrase,
    /// What its page tells.
    pub help: Help,
    /// The order by law that its cases run under, a regime of the crate `law`.
    pub regime: String,
    /// The regime's terms that its cases have, by what they limit (`answer`, …).
    pub terms: BTreeMap<String, String>,
    /// Who may file.
    pub access: Access,
    /// Whether its cases stand in the public register.
    pub publish: bool,
    /// The states that its cases may have.
    pub states: Vec<String>,
    /// What is asked.
    pub form: Form,
}

/// What kind of appeal a service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Жалоба.
    Complaint,
    /// Предложение.
    Proposal,
    /// Запрос информации.
    Information,
}

/// Who may file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Anybody, with a return code.
    Guest,
    /// Whoever is signed in.
    SignedIn,
}

/// What the page of a service tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// Who may use it.
    pub who: Phrase,
    /// What to have at hand.
    pub needed: Vec<Phrase>,
    /// What happens after sending, step by step.
    pub happens: Vec<Phrase>,
}

/// Why a definition cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DefinitionError {
    /// Not TOML, or not of the shape of a definition.
    #[error("the definition cannot be read: {0}")]
    Toml(#[from] Box<toml::de::Error>),
    /// Not JSON, or not of the shape of a definition.
    #[error("the definition cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// Another format.
    #[error("format {0} is not known")]
    Format(u32),
    /// A code that cannot stand in an address.
    #[error("`{0}` is not a code: small Latin letters, digits, dots and dashes, at most 64")]
    Code(String),
    /// A version below 1.
    #[error("versions begin at 1")]
    Version,
    /// A text is missing in one of the languages.
    #[error("`{0}` lacks a text in one of the languages")]
    Words(&'static str),
    /// No term for the answer, no states, or a state twice.
    #[error("`{0}` is empty or holds something twice")]
    List(&'static str),
    /// Something in the form.
    #[error("the form: {0}")]
    Form(#[from] FormFault),
}

impl Definition {
    /// Reads a definition from a service's file.
    pub fn from_toml(text: &str) -> Result<Self, DefinitionError> {
        let definition: Self = toml::from_str(text).map_err(Box::new)?;
        definition.checked()
    }

    /// Reads a definition as the database keeps it.
    pub fn from_json(text: &str) -> Result<Self, DefinitionError> {
        let definition: Self = serde_json::from_str(text)?;
        definition.checked()
    }

    fn checked(self) -> Result<Self, DefinitionError> {
        if self.format != FORMAT {
            return Err(DefinitionError::Format(self.format));
        }
        if !is_code(&self.code) {
            return Err(DefinitionError::Code(self.code));
        }
        if self.version == 0 {
            return Err(DefinitionError::Version);
        }
        let texts = [
            ("name", &self.name),
            ("summary", &self.summary),
            ("action", &self.action),
            ("help.who", &self.help.who),
        ];
        let lists = self.help.needed.iter().map(|text| ("help.needed", text));
        let lists = lists.chain(self.help.happens.iter().map(|text| ("help.happens", text)));
        if let Some((name, _)) = texts
            .into_iter()
            .chain(lists)
            .find(|(_, text)| !text.is_complete())
        {
            return Err(DefinitionError::Words(name));
        }
        if !self.terms.contains_key("answer") {
            return Err(DefinitionError::List("terms"));
        }
        let states: BTreeSet<&String> = self.states.iter().collect();
        if states.is_empty() || states.len() != self.states.len() {
            return Err(DefinitionError::List("states"));
        }
        self.form.faults()?;
        Ok(self)
    }

    /// The name in `language`.
    pub fn name(&self, language: Language) -> &str {
        self.name.text(language)
    }

    /// The field of the first page that asks for the subject.
    pub fn subject_field(&self) -> Option<&str> {
        let first = self.form.steps.first()?;
        let field = first
            .fields
            .iter()
            .find(|field| matches!(field.kind, FieldKind::Category))?;
        Some(&field.name)
    }

    /// The rule of the crate `law` that says by when an answer is due, as regime and term.
    pub fn answer_rule(&self) -> (&str, &str) {
        (
            &self.regime,
            self.terms.get("answer").map_or("answer", String::as_str),
        )
    }
}

/// A service of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Identifier.
    pub id: ServiceId,
    /// Whether it is offered.
    pub public: bool,
    /// The definition in force.
    pub definition: Definition,
}

/// Whether `text` can be a code of a service, category or unit.
pub fn is_code(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-_".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BUILT_IN;

    #[test]
    fn every_built_in_service_reads_and_comes_back_from_json() {
        for text in BUILT_IN {
            let definition = Definition::from_toml(text).unwrap();
            let json = serde_json::to_string(&definition).unwrap();
            assert_eq!(Definition::from_json(&json).unwrap(), definition);
        }
    }

    #[test]
    fn mistakes_in_a_file_are_named() {
        let good = BUILT_IN[0];
        let faults = [
            (good.replacen("format = 1", "format = 2", 1), "format 2"),
            (
                good.replacen("code = \"complaint\"", "code = \"Жалоба\"", 1),
                "not a code",
            ),
            (
                good.replacen("name = \"subject\"", "name = \"category\"", 1),
                "stands twice",
            ),
            (
                good.replacen("name = \"subject\"", "nome = \"subject\"", 1),
                "nome",
            ),
            (good.replacen("max = 120", "max = 0", 1), "limits"),
            (
                good.replacen("field = \"category\"", "field = \"subject\"", 1),
                "condition",
            ),
            (
                good.replacen("version = 1", "version = 0", 1),
                "versions begin at 1",
            ),
        ];
        for (text, said) in faults {
            assert_ne!(text, good, "the sample for {said} changed nothing");
            let error = Definition::from_toml(&text).unwrap_err().to_string();
            assert!(error.contains(said), "{error} does not say {said}");
        }
    }
}
