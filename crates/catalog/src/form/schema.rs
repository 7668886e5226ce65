//! The form as JSON Schema 2020-12, for whoever sends answers over the API.
//!
//! It says what [`Form::check`] says of clean answers. Three things are beyond standard keywords:
//! whether a date lies in the future or past, told as `x-okno-not-after` and `x-okno-not-before`
//! (`"today"` or a date), the check digit of a number, told as `x-okno-check`, and the greatest
//! lengths of the parts of an e-mail address.

use base::Language;
use people::Units;
use serde_json::{Map, Value, json};

use super::check::{EARLIEST, EMAIL_MAX, PHONE_MAX};
use super::companions::{ADDRESS_MAX, NAME_MAX};
use super::tree::{Condition, Field, FieldKind, Form};
use crate::categories::Categories;
use crate::officials::Officials;
use crate::territories;

/// An e-mail address: no white space or brackets, dots between words, a domain of several labels.
const EMAIL: &str = concat!(
    r#"^[^\s@()<>\[\]\\,;:".]+(?:\.[^\s@()<>\[\]\\,;:".]+)*@"#,
    r"(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$"
);

/// A telephone number: 5 to 15 digits with spaces, brackets and dashes between.
const PHONE: &str = r"^\+?(?:[ ()-]*[0-9]){5,15}[ ()-]*$";

/// A point on the map, north before east: `57.69281, 39.63822`; nothing where none was chosen.
const POINT: &str = r"^(?:-?[0-8]?[0-9]\.[0-9]{1,6}, -?[0-1]?[0-9]?[0-9]\.[0-9]{1,6})?$";

/// A calendar date.
const DATE: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

impl Form {
    /// The schema of answers to the whole form; titles and descriptions are in `language`.
    pub fn schema(
        &self,
        language: Language,
        categories: &Categories,
        units: &Units,
        officials: &Officials,
    ) -> Value {
        let writer = Writer {
            form: self,
            language,
            categories,
            units,
            officials,
        };
        let mut schema = writer.object(self.fields());
        schema.insert(
            "$schema".to_owned(),
            json!("https://json-schema.org/draft/2020-12/schema"),
        );
        let mut conditions: Vec<Value> = self
            .fields()
            .filter_map(|field| Some(writer.branch(field, field.when.as_ref()?)))
            .collect();
        for field in self.fields() {
            conditions.append(&mut writer.narrowings(field));
            conditions.append(&mut writer.needs(field));
        }
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
    officials: &'a Officials,
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

    /// What a category takes by each value of the choice that narrows it.
    fn narrowings(&self, field: &Field) -> Vec<Value> {
        let Some(within) = &field.within else {
            return Vec::new();
        };
        let Some(by) = &within.by else {
            return Vec::new();
        };
        let values = within.of.keys().map(|value| {
            let roots = within.roots(Some(value), self.categories);
            let mut codes = self.categories.codes(roots.as_deref());
            if !field.required {
                codes.push("");
            }
            let chosen = Condition::Equals {
                field: by.clone(),
                value: value.clone(),
            };
            let then = json!({ "properties": { field.name.as_str(): { "enum": codes } } });
            json!({ "if": self.holds(&chosen), "then": then })
        });
        values.collect()
    }

    /// What each value of a choice makes necessary.
    fn needs(&self, field: &Field) -> Vec<Value> {
        let FieldKind::Choice { options } = &field.kind else {
            return Vec::new();
        };
        let needing = options.iter().filter_map(|option| {
            let path = option.needs.as_ref()?;
            let needed = self.kind(self.form.field_at(path)?);
            let (outer, inner) = path.split_once('.').unwrap_or((path, ""));
            let there = if inner.is_empty() {
                needed
            } else {
                json!({ "properties": { inner: needed }, "required": [inner] })
            };
            let chosen = Condition::Equals {
                field: field.name.clone(),
                value: option.value.clone(),
            };
            // The field itself may be asked under a condition.
            let mut holds = self.holds(&chosen);
            if let Some(condition) = &field.when {
                holds = json!({ "allOf": [holds, self.holds(condition)] });
            }
            let then = json!({ "properties": { outer: there }, "required": [outer] });
            Some(json!({ "if": holds, "then": then }))
        });
        needing.collect()
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
            | FieldKind::CaseNumber
            | FieldKind::Official
            | FieldKind::Registered(_)
            | FieldKind::Category => schema = json!({ "anyOf": [schema, { "const": "" }] }),
            FieldKind::Group { .. } => {
                schema = json!({ "anyOf": [schema, { "type": "object", "maxProperties": 0 }] });
            }
            FieldKind::Number { .. }
            | FieldKind::Yes
            | FieldKind::Place { .. }
            | FieldKind::People { .. } => {}
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
            FieldKind::Date {
                past_only,
                future_only,
            } => {
                let mut date = json!({
                    "type": "string",
                    "format": "date",
                    "pattern": DATE,
                    "x-okno-not-before": EARLIEST.to_string(),
                });
                if *past_only {
                    date["x-okno-not-after"] = json!("today");
                }
                if *future_only {
                    date["x-okno-not-before"] = json!("today");
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
                // What hangs on a choice stands in branches of its own.
                let within = field.within.as_ref();
                let roots = within.and_then(|within| within.roots(None, self.categories));
                json!({ "enum": self.categories.codes(roots.as_deref()) })
            }
            FieldKind::Official => {
                let codes: Vec<&str> = self.officials.offered().map(|o| o.code.as_str()).collect();
                json!({ "enum": codes })
            }
            FieldKind::CaseNumber => json!({ "type": "string", "x-okno-check": "case-number" }),
            FieldKind::Registered(register) => {
                json!({ "type": "string", "x-okno-check": register.code() })
            }
            FieldKind::People { most } => people(*most, field.required),
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
                "point": { "type": "string", "pattern": POINT },
            },
            "required": needed,
            "additionalProperties": false,
        })
    }
}

/// People with a name and one way to reach them at least.
fn people(most: u32, required: bool) -> Value {
    let email = json!({
        "type": "string", "format": "email", "pattern": EMAIL, "maxLength": EMAIL_MAX,
    });
    let address = json!({ "type": "string", "maxLength": ADDRESS_MAX });
    json!({
        "type": "array",
        "minItems": u32::from(required),
        "maxItems": most,
        "items": {
            "type": "object",
            "properties": {
                "name": { "type": "string", "minLength": 1, "maxLength": NAME_MAX },
                "email": { "anyOf": [email, { "const": "" }] },
                "address": address,
            },
            "required": ["name"],
            "additionalProperties": false,
            "anyOf": [
                { "properties": { "email": { "minLength": 1 } }, "required": ["email"] },
                { "properties": { "address": { "minLength": 1 } }, "required": ["address"] },
            ],
        },
    })
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
