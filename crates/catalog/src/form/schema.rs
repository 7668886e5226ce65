//! The form as JSON Schema 2020-12, for whoever sends answers over the API.
//!
//! It says what [`Form::check`] says of clean answers. Two things are beyond standard keywords:
//! whether a date lies in the future, told as `x-okno-not-after: "today"` (and `x-okno-not-before`
//! for the earliest date), and the greatest lengths of the parts of an e-mail address.

use base::Language;
use people::Units;
use serde_json::{Map, Value, json};

use super::check::{EARLIEST, EMAIL_MAX, PHONE_MAX};
use super::tree::{Condition, Field, FieldKind, Form};
use crate::categories::Categories;
use crate::territories;

/// An e-mail address: no white space or brackets, dots between words, a domain of several labels.
const EMAIL: &str = concat!(
    r#"^[^\s@()<>\[\]\\,;:".]+(?:\.[^\s@()<>\[\]\\,;:".]+)*@"#,
    r"(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$"
);

/// A telephone number: 5 to 15 digits with spaces, brackets and dashes between.
const PHONE: &str = r"^\+?(?:[ ()-]*[0-9]){5,15}[ ()-]*$";

/// A calendar date.
const DATE: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

impl Form {
    /// The schema of answers to the whole form; titles and descriptions are in `language`.
    pub fn schema(&self, language: Language, categories: &Categories, units: &Units) -> Value {
        let writer = Writer {
            form: self,
            language,
            categories,
            units,
        };
        let mut schema = writer.object(self.fields());
        schema.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        let conditions: Vec<Value> = self
            .fields()
            .filter_map(|field| Some(writer.branch(field, field.when.as_ref()?)))
            .collect();
        if !conditions.is_empty() {
            schema.insert("allOf".to_owned(), Value::Array(conditions));
        }
        Value::Object(schema)
    }
}

struct Writer<'a> {
    form: &'a Form,
    language: Language,
    categories: &'a Categories,
    units: &'a Units,
}

impl Writer<'_> {
    fn object<'f>(&self, fields: impl Iterator<Item = &'f Field>) -> Map<String, Value> {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields {
            // What is asked under a condition is described in its branch, and ignored outside it.
            if field.when.is_some() {
                properties.insert(field.name.clone(), json!(true));
                continue;
            }
            if must_be_there(field) {
                required.push(json!(field.name));
            }
            properties.insert(field.name.clone(), self.field(field));
        }
        let mut object = Map::new();
        object.insert("type".to_owned(), json!("object"));
        object.insert("properties".to_owned(), Value::Object(properties));
        object.insert("required".to_owned(), Value::Array(required));
        object.insert("additionalProperties".to_owned(), json!(false));
        object
    }

    fn branch(&self, field: &Field, condition: &Condition) -> Value {
        let mut then = json!({ "properties": { field.name.as_str(): self.field(field) } });
        if must_be_there(field) {
            then["required"] = json!([field.name]);
        }
        json!({ "if": self.holds(condition), "then": then })
    }

    /// The schema that holds exactly when the condition does.
    fn holds(&self, condition: &Condition) -> Value {
        let name = condition.field();
        let value = match condition {
            Condition::Equals { value, .. } => json!({ "const": value }),
            Condition::Yes { .. } => json!({ "const": true }),
            Condition::CategoryWithin { code, .. } => {
                let above = self.categories.by_code(code).map(|category| category.id);
                let codes: Vec<&str> = self
                    .categories
                    .all()
                    .iter()
                    .filter(|category| {
                        above.is_some_and(|above| self.categories.is_within(category.id, above))
                    })
                    .map(|category| category.code.as_str())
                    .collect();
                json!({ "enum": codes })
            }
        };
        let mut holds = json!({ "properties": { name: value }, "required": [name] });
        if let Some(earlier) = self.form.field(name).and_then(|field| field.when.as_ref()) {
            holds["allOf"] = json!([self.holds(earlier)]);
        }
        holds
    }

    fn field(&self, field: &Field) -> Value {
        let mut schema = self.kind(field);
        if field.required {
            return self.worded(schema, field);
        }
        // An empty text or object is no answer, which an optional field may have.
        match &field.kind {
            FieldKind::Text { min: 0 | 1, .. } => {
                schema["minLength"] = json!(0);
            }
            FieldKind::Text { .. }
            | FieldKind::Choice { .. }
            | FieldKind::Date { .. }
            | FieldKind::Email
            | FieldKind::Phone
            | FieldKind::Category => schema = json!({ "anyOf": [schema, { "const": "" }] }),
            FieldKind::Group { .. } => {
                schema = json!({ "anyOf": [schema, { "type": "object", "maxProperties": 0 }] });
            }
            FieldKind::Number { .. } | FieldKind::Yes | FieldKind::Place { .. } => {}
        }
        self.worded(schema, field)
    }

    fn worded(&self, mut schema: Value, field: &Field) -> Value {
        schema["title"] = json!(field.label.text(self.language));
        if let Some(hint) = &field.hint {
            schema["description"] = json!(hint.text(self.language));
        }
        schema
    }

    fn kind(&self, field: &Field) -> Value {
        match &field.kind {
            FieldKind::Text { min, max, .. } => {
                json!({ "type": "string", "minLength": min.max(&1), "maxLength": max })
            }
            FieldKind::Choice { options } => {
                let values: Vec<&str> =
                    options.iter().map(|option| option.value.as_str()).collect();
                json!({ "enum": values })
            }
            FieldKind::Date { past_only } => {
                let mut date = json!({
                    "type": "string",
                    "format": "date",
                    "pattern": DATE,
                    "x-okno-not-before": EARLIEST.to_string(),
                });
                if *past_only {
                    date["x-okno-not-after"] = json!("today");
                }
                date
            }
            FieldKind::Number { min, max } => {
                json!({ "type": "integer", "minimum": min, "maximum": max })
            }
            FieldKind::Email => {
                json!({ "type": "string", "format": "email", "pattern": EMAIL, "maxLength": EMAIL_MAX })
            }
            FieldKind::Phone => {
                json!({ "type": "string", "pattern": PHONE, "maxLength": PHONE_MAX })
            }
            FieldKind::Yes if field.required => json!({ "const": true }),
            FieldKind::Yes => json!({ "type": "boolean" }),
            FieldKind::Category => {
                let codes: Vec<&str> = self.categories.codes().collect();
                json!({ "enum": codes })
            }
            FieldKind::Place { address_max } => self.place(field.required, *address_max),
            FieldKind::Group { fields } => Value::Object(self.object(fields.iter())),
        }
    }

    fn place(&self, required: bool, address_max: u32) -> Value {
        let mut codes: Vec<&str> = territories::in_order(self.units)
            .iter()
            .map(|(_, territory)| territory.code.as_str())
            .collect();
        let mut needed = Vec::new();
        if required {
            needed.push("territory");
        } else {
            codes.push("");
        }
        json!({
            "type": "object",
            "properties": {
                "territory": { "enum": codes },
                "address": { "type": "string", "maxLength": address_max },
            },
            "required": needed,
            "additionalProperties": false,
        })
    }
}

/// Whether the answers must hold the field's name: a required group may be missing as a whole
/// only when nothing in it is required.
fn must_be_there(field: &Field) -> bool {
    field.required
        && match &field.kind {
            FieldKind::Group { fields } => fields.iter().any(must_be_there),
            _ => true,
        }
}
