//! The tree itself, as it stands in a service's file and in the database. A kind of field is added
//! here and then in `check`, `schema`, `read` and `view`; the compiler names every place.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::registered::Registered;
use crate::phrase::Phrase;

/// Answers to a form: field name → value, as they come in JSON and are kept.
pub type Answers = serde_json::Map<String, serde_json::Value>;

/// A form: steps in the order in which they are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ServiceForm)]
pub struct Form {
    /// The steps; each is one page on the web.
    #[schema(max_items = 200)]
    pub steps: Vec<Step>,
}

/// One page of questions that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FormStep)]
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
    #[schema(max_items = 200)]
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FormField)]
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
    /// Which subjects a category offers; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    /// The `autocomplete` token of HTML, so that a browser fills in what it knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub autocomplete: Option<String>,
}

/// Which subjects a category offers: those at or below some codes, which may hang on the answer to
/// a choice of an earlier step. Codes that the catalogue does not have are passed over; when it
/// has none of them, every subject is offered, so that nobody is left without one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FormWithin)]
pub struct Within {
    /// The codes, whatever was answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// The choice that narrows further.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The codes by its value; a value that is not named here narrows nothing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub of: BTreeMap<String, Vec<String>>,
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = FormFieldKind)]
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
        /// Whether it must not lie in the past.
        #[serde(default)]
        future_only: bool,
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
    /// The number of an appeal of this system, `А-2026-00000042-5`, with its check digit.
    CaseNumber,
    /// An official to whom the appeal is addressed, by their code.
    Official,
    /// A number of a register of the state, with its check digits.
    Registered(Registered),
    /// Those who file together with the one who fills in the form: `[{name, email, address}]`.
    People {
        /// The most of them.
        most: u32,
    },
    /// A territory by its code and an address in words: `{territory, address}`.
    Place {
        /// The greatest length of the address.
        address_max: u32,
    },
    /// Several fields under one name.
    Group {
        /// The fields; none of them is a group.
        #[schema(no_recursion, max_items = 200)]
        fields: Vec<Field>,
    },
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FormChoice)]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is shown.
    pub label: Phrase,
    /// The field that must be answered when this is chosen: `applicant.postal_address`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
}

/// When a field is asked. It looks at fields of earlier steps, so that every page can be drawn whole
/// without a script; a group may hang on a choice of its own step too, and is then drawn with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = FormCondition)]
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

    /// The field at a path: `subject` or `applicant.email`.
    pub fn field_at(&self, path: &str) -> Option<&Field> {
        let (name, part) = path
            .split_once('.')
            .map_or((path, None), |(a, b)| (a, Some(b)));
        let field = self.field(name)?;
        match (part, &field.kind) {
            (None, _) => Some(field),
            (Some(part), FieldKind::Group { fields }) => {
                fields.iter().find(|field| field.name == part)
            }
            _ => None,
        }
    }

    /// The step that asks for the field at `path` (`applicant.email` or `subject`).
    pub fn step_of(&self, path: &str) -> Option<&Step> {
        let name = path.split('.').next()?;
        self.steps
            .iter()
            .find(|step| step.fields.iter().any(|field| field.name == name))
    }

    /// Leaves out what the form does not ask: answers kept under an older version of it.
    pub fn retain_known(&self, answers: &mut Answers) {
        answers.retain(|name, answer| {
            let Some(field) = self.field(name) else {
                return false;
            };
            if let (FieldKind::Group { fields }, Some(parts)) =
                (&field.kind, answer.as_object_mut())
            {
                parts.retain(|part, _| fields.iter().any(|field| field.name == *part));
            }
            true
        });
    }

    /// The code of the category that the answers name.
    pub fn category_in<'a>(&self, answers: &'a Answers) -> Option<&'a str> {
        let field = self
            .fields()
            .find(|f| matches!(f.kind, FieldKind::Category))?;
        answers.get(&field.name)?.as_str()
    }

    /// The code of the official that the answers name.
    pub fn official_in<'a>(&self, answers: &'a Answers) -> Option<&'a str> {
        let field = self
            .fields()
            .find(|f| matches!(f.kind, FieldKind::Official))?;
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
