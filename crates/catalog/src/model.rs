//! What a service is: one versioned definition, read from a file or from the database, checked
//! whole before anybody sees it.

use std::collections::{BTreeMap, BTreeSet};

use base::Language;
use base::id::ServiceId;
use law::Law;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::attachments::Attachments;
use crate::form::{FieldKind, Form, FormFault};
use crate::phrase::Phrase;

/// The version of the format that definitions are written in.
const FORMAT: u32 = 1;

/// The rule, as regime and term, by which a plain message is answered: what somebody who is not
/// signed in can file, because an appeal by law needs an identified sender.
pub const MESSAGE_RULE: (&str, &str) = ("pos", "answer");

/// The definition of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ServiceDefinition)]
pub struct Definition {
    /// Version of the format.
    pub format: u32,
    /// Stable code, as addresses and the API know it.
    #[schema(min_length = 1, max_length = 64, pattern = "^[a-z0-9._-]+$")]
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
    /// The terms that its cases have, by what they limit (`answer`, `work_start`); a term of
    /// another regime stands with its regime: `own.work_start`.
    pub terms: BTreeMap<String, String>,
    /// Who may file.
    pub access: Access,
    /// Whether its cases stand in the public register.
    pub publish: bool,
    /// The states that its cases may have, beside those that no case can do without.
    pub states: Vec<String>,
    /// Whether it stands on the home page, among what people come for most.
    #[serde(default)]
    pub often: bool,
    /// Whether its cases can be decided by rules, and why; by people alone when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// What may be attached.
    #[serde(default, skip_serializing_if = "Attachments::is_usual")]
    pub attachments: Attachments,
    /// What is asked.
    pub form: Form,
}

/// What kind of appeal a service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ServiceKind)]
pub enum Kind {
    /// Жалоба.
    Complaint,
    /// Запрос информации.
    Information,
    /// Запрос о ходе дела: заявки, программы.
    Status,
    /// Предложение.
    Proposal,
    /// Письмо должностному лицу.
    Letter,
    /// Заявление на услугу или документ.
    Application,
    /// Заявка на работы: дороги и благоустройство.
    Works,
    /// Вопрос об оплате.
    Payment,
    /// Иное.
    Other,
}

impl Kind {
    /// Every kind, in the order of the catalogue.
    pub const ALL: [Self; 9] = [
        Self::Complaint,
        Self::Information,
        Self::Status,
        Self::Proposal,
        Self::Letter,
        Self::Application,
        Self::Works,
        Self::Payment,
        Self::Other,
    ];

    /// The kind's name in files and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Complaint => "complaint",
            Self::Information => "information",
            Self::Status => "status",
            Self::Proposal => "proposal",
            Self::Letter => "letter",
            Self::Application => "application",
            Self::Works => "works",
            Self::Payment => "payment",
            Self::Other => "other",
        }
    }

    /// The section of the catalogue in which it stands.
    pub const fn section(self) -> Section {
        match self {
            Self::Complaint => Section::Complaints,
            Self::Information | Self::Status => Section::Requests,
            Self::Proposal | Self::Letter => Section::Proposals,
            Self::Application => Section::Applications,
            Self::Works => Section::Works,
            Self::Payment => Section::Payments,
            Self::Other => Section::Other,
        }
    }
}

/// A section of the catalogue: the first choice of somebody who comes to file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Жалобы.
    Complaints,
    /// Запросы.
    Requests,
    /// Предложения.
    Proposals,
    /// Заявления.
    Applications,
    /// Дороги и благоустройство.
    Works,
    /// Вопросы оплаты.
    Payments,
    /// Другое.
    Other,
}

impl Section {
    /// Every section in order.
    pub const ALL: [Self; 7] = [
        Self::Complaints,
        Self::Requests,
        Self::Proposals,
        Self::Applications,
        Self::Works,
        Self::Payments,
        Self::Other,
    ];

    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Complaints => "catalog-section-complaints",
            Self::Requests => "catalog-section-requests",
            Self::Proposals => "catalog-section-proposals",
            Self::Applications => "catalog-section-applications",
            Self::Works => "catalog-section-works",
            Self::Payments => "catalog-section-payments",
            Self::Other => "catalog-section-other",
        }
    }
}

/// Who may file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ServiceAccess)]
pub enum Access {
    /// Anybody, with a return code.
    Guest,
    /// Whoever is signed in.
    SignedIn,
}

/// Why cases of a service can be decided by rules that an officer has approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ServiceDecision)]
pub enum Decision {
    /// The law leaves nothing to weigh.
    NoDiscretion,
    /// What is asked is what something is or means.
    Reference,
}

impl Decision {
    /// The code in files and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoDiscretion => "no_discretion",
            Self::Reference => "reference",
        }
    }
}

/// What the page of a service tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ServiceHelp)]
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
    /// No term for the answer.
    #[error("`terms` has no `answer`")]
    NoAnswer,
    /// A complaint that rules are to decide.
    #[error("a complaint is decided by people")]
    Decision,
    /// No states, or a state twice.
    #[error("`states` is empty or holds something twice")]
    States,
    /// What may be attached cannot be as it is written.
    #[error("`{0}` cannot be as it is written")]
    List(&'static str),
    /// A term that no rule describes.
    #[error("no rule of the law is called `{0}`")]
    Rule(String),
    /// Something in the form.
    #[error("the form: {0}")]
    Form(#[from] FormFault),
}

impl Definition {
    /// Reads a definition from a service's file.
    pub fn from_toml(text: &str) -> Result<Self, DefinitionError> {
        Self::from_toml_unchecked(text)?.checked()
    }

    /// Reads whatever has the shape of a definition, for [`faults`](Self::faults) to be found in it.
    pub(crate) fn from_toml_unchecked(text: &str) -> Result<Self, DefinitionError> {
        Ok(toml::from_str(text).map_err(Box::new)?)
    }

    /// Reads a definition as the database keeps it.
    pub fn from_json(text: &str) -> Result<Self, DefinitionError> {
        let definition: Self = serde_json::from_str(text)?;
        definition.checked()
    }

    /// The definition, when nothing is wrong with it.
    pub fn checked(self) -> Result<Self, DefinitionError> {
        match self.faults().into_iter().next() {
            Some((_, fault)) => Err(fault),
            None => Ok(self),
        }
    }

    /// Everything that is wrong with the definition, each with its place in it.
    pub fn faults(&self) -> Vec<(String, DefinitionError)> {
        let mut found = Vec::new();
        let mut wrong = |place: &str, error| found.push((place.to_owned(), error));
        if self.format != FORMAT {
            wrong("format", DefinitionError::Format(self.format));
        }
        if !is_code(&self.code) {
            wrong("code", DefinitionError::Code(self.code.clone()));
        }
        if self.version == 0 {
            wrong("version", DefinitionError::Version);
        }
        let texts = [
            ("name", &self.name),
            ("summary", &self.summary),
            ("action", &self.action),
            ("help.who", &self.help.who),
        ];
        let lists = self.help.needed.iter().map(|text| ("help.needed", text));
        let lists = lists.chain(self.help.happens.iter().map(|text| ("help.happens", text)));
        let texts = texts.into_iter().chain(lists);
        for (name, _) in texts.filter(|(_, text)| !text.is_complete()) {
            wrong(name, DefinitionError::Words(name));
        }
        if !self.terms.contains_key("answer") {
            wrong("terms", DefinitionError::NoAnswer);
        }
        let states: BTreeSet<&String> = self.states.iter().collect();
        if states.is_empty() || states.len() != self.states.len() {
            wrong("states", DefinitionError::States);
        }
        if self.kind == Kind::Complaint && self.decision.is_some() {
            wrong("decision", DefinitionError::Decision);
        }
        let registration = ("regime", (self.regime.as_str(), "registration"));
        let rules = self.terms.values();
        let rules = rules.map(|term| ("terms", self.rule_named(term)));
        for (place, (regime, term)) in rules.chain([registration]) {
            if Law::current().versions(regime, term).next().is_none() {
                wrong(place, DefinitionError::Rule(format!("{regime}.{term}")));
            }
        }
        if let Some(name) = self.attachments.fault() {
            wrong(name, DefinitionError::List(name));
        }
        for one in self.form.all_faults() {
            wrong(&one.place, DefinitionError::Form(one.fault));
        }
        found
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
        self.rule_of("answer").unwrap_or((&self.regime, "answer"))
    }

    /// The rule of the crate `law` that limits something: `work_start`.
    pub fn rule_of(&self, limited: &str) -> Option<(&str, &str)> {
        self.terms.get(limited).map(|term| self.rule_named(term))
    }

    fn rule_named<'a>(&'a self, term: &'a str) -> (&'a str, &'a str) {
        term.split_once('.').unwrap_or((&self.regime, term))
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
                good.replacen("version = 3", "version = 0", 1),
                "versions begin at 1",
            ),
            (
                good.replacen("own.work_start", "own.work_begin", 1),
                "own.work_begin",
            ),
        ];
        for (text, said) in faults {
            assert_ne!(text, good, "the sample for {said} changed nothing");
            let error = Definition::from_toml(&text).unwrap_err().to_string();
            assert!(error.contains(said), "{error} does not say {said}");
        }
    }
}
