//! The tree itself, as it stands in a service's file and in the database. A kind of field is added
//! here and then in `check`, `schema`, `read` and `view`; the compiler names every place.

use serde::{Deserialize, Serialize};

use crate::phrase::Phrase;

/// Answers to a form: field name → value, as they come in JSON and are kept.
pub type Answers = serde_json::Map<String, serde_json::Value>;

/// A form: steps in the order in which they are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The steps; each is one page on the web.
    pub steps: Vec<Step>,
}

/// One page of questions that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Name of the step in addresses.
    pub id: String,
    /// Heading of the page.
    pub title: Phrase,
    /// What helps to answer well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Phrase>,
    /// Short pieces of advice that stand beside the questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tips: Vec<Phrase>,
    /// The questions.
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name of the field in answers; unique in the form, or in its group.
    pub name: String,
    /// The question.
    pub label: Phrase,
    /// What prevents a mistake.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Phrase>,
    /// Whether an answer must be given (when the field is asked at all).
    #[serde(default)]
    pub required: bool,
    /// What kind of answer it is.
    pub kind: FieldKind,
    /// When it is asked; always when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// The `autocomplete` token of HTML, so that a browser fills in what it knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autocomplete: Option<String>,
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldKind {
    /// Text; lengths are in characters after cleaning.
    Text {
        /// The least length of a text that is given.
        #[serde(default)]
        min: u32,
        /// The greatest length.
        max: u32,
        /// Whether it may have several lines.
        #[serde(default)]
        lines: bool,
    },
    /// One of a few options.
    Choice {
        /// The options in order.
        options: Vec<Choice>,
    },
    /// A date, from 1900 on.
    Date {
        /// Whether it must not lie in the future.
        #[serde(default)]
        past_only: bool,
    },
    /// A whole number.
    Number {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A statement that is either made or not; when required, it must be made.
    Yes,
    /// A category of the catalogue, by its code.
    Category,
    /// A territory by its code and an address in words: `{territory, address}`.
    Place {
        /// The greatest length of the address.
        address_max: u32,
    },
    /// Several fields under one name.
    Group {
        /// The fields; none of them is a group.
        fields: Vec<Field>,
    },
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is shown.
    pub label: Phrase,
}

/// When a field is asked. It looks only at fields of earlier steps, so that every page can be
/// drawn whole without a script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// A choice has this value.
    Equals {
        /// The field looked at.
        field: String,
        /// Its value.
        value: String,
    },
    /// A statement was made.
    Yes {
        /// The field looked at.
        field: String,
    },
    /// The category is this one or lies below it.
    CategoryWithin {
        /// The field looked at.
        field: String,
        /// Code of the category.
        code: String,
    },
}

impl Condition {
    /// The field that the condition looks at.
    pub fn field(&self) -> &str {
        match self {
            Self::Equals { field, .. }
            | Self::Yes { field }
            | Self::CategoryWithin { field, .. } => field,
        }
    }
}

impl Form {
    /// The step of a name.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }

    /// The step after `id`; none after the last one.
    pub fn step_after(&self, id: &str) -> Option<&Step> {
        let at = self.steps.iter().position(|step| step.id == id)?;
        self.steps.get(at + 1)
    }

    /// The step before `id`; none before the first one.
    pub fn step_before(&self, id: &str) -> Option<&Step> {
        let at = self.steps.iter().position(|step| step.id == id)?;
        self.steps.get(at.checked_sub(1)?)
    }

    /// Every field of the first level, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> + Clone {
        self.steps.iter().flat_map(|step| &step.fields)
    }

    /// The field of the first level of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields().find(|field| field.name == name)
    }

    /// The step that asks for the field at `path` (`applicant.email` or `subject`).
    pub fn step_of(&self, path: &str) -> Option<&Step> {
        let name = path.split('.').next()?;
        self.steps
            .iter()
            .find(|step| step.fields.iter().any(|field| field.name == name))
    }

    /// The code of the category that the answers name.
    pub fn category_in<'a>(&self, answers: &'a Answers) -> Option<&'a str> {
        let field = self
            .fields()
            .find(|f| matches!(f.kind, FieldKind::Category))?;
        answers.get(&field.name)?.as_str()
    }

    /// The code of the territory and the address that the answers name.
    pub fn place_in<'a>(&self, answers: &'a Answers) -> (Option<&'a str>, Option<&'a str>) {
        let place = self
            .fields()
            .find(|f| matches!(f.kind, FieldKind::Place { .. }))
            .and_then(|field| answers.get(&field.name));
        let part = |name: &str| {
            place
                .and_then(|value| value.get(name))
                .and_then(|text| text.as_str())
        };
        (part("territory"), part("address"))
    }
}
