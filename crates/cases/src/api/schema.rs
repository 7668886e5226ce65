//! The JSON Schema of a filing: what the form says of its answers, put under the names of the
//! interface, so that a client can check the very body that it is going to send.

use std::borrow::Cow;

use catalog::form::Form;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, ObjectBuilder, SchemaType, Type,
};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::filing::Names;

/// A JSON Schema (2020-12) of an object.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct BodySchema(Map<String, Value>);

impl PartialSchema for BodySchema {
    fn schema() -> RefOr<Schema> {
        let text = |value: &str| {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .enum_values(Some([value]))
        };
        let any_schema = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::Object, Type::Boolean]))
            .description(Some("A schema"))
            .build();
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("A JSON Schema (2020-12) of a filing's body"))
            .property(
                "$schema",
                text("https://json-schema.org/draft/2020-12/schema"),
            )
            .property("type", text("object"))
            .property(
                "properties",
                ObjectBuilder::new()
                    .schema_type(Type::Object)
                    .additional_properties(Some(AdditionalProperties::RefOr(
                        any_schema.clone().into(),
                    ))),
            )
            .property(
                "required",
                ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String)),
            )
            .property(
                "additionalProperties",
                ObjectBuilder::new().schema_type(Type::Boolean),
            )
            .property("allOf", ArrayBuilder::new().items(any_schema))
            .required("$schema")
            .required("type")
            .required("properties")
            .required("required")
            .required("additionalProperties")
            .into()
    }
}

impl ToSchema for BodySchema {
    fn name() -> Cow<'static, str> {
        "BodySchema".into()
    }
}

/// The schema of a filing under `service`, of the schema of its form's answers.
pub(super) fn body_schema(service: &str, form: &Form, answers: Value) -> BodySchema {
    let Value::Object(answers) = answers else {
        return BodySchema(Map::new());
    };
    let mut body = moved(&Names::of(form), answers);
    if let Some(Value::Object(properties)) = body.get_mut("properties") {
        properties.insert("service".to_owned(), json!({ "const": service }));
        properties.insert("consent".to_owned(), json!({ "const": true }));
    }
    if let Some(Value::Array(required)) = body.get_mut("required") {
        required.push(json!("service"));
    }
    body.insert("additionalProperties".to_owned(), json!(false));
    BodySchema(body)
}

/// A schema over answers as a schema over bodies: what has no name of its own goes under `fields`.
fn moved(names: &Names<'_>, mut schema: Map<String, Value>) -> Map<String, Value> {
    let mut outer = Map::new();
    let mut inner = Map::new();
    if let Some(Value::Object(properties)) = schema.remove("properties") {
        for (name, value) in properties {
            match names.outside(&name) {
                Some(outside) => outer.insert(outside.to_owned(), value),
                None => inner.insert(name, value),
            };
        }
    }
    let mut outer_required = Vec::new();
    let mut inner_required = Vec::new();
    if let Some(Value::Array(required)) = schema.remove("required") {
        for name in required.iter().filter_map(Value::as_str) {
            match names.outside(name) {
                Some(outside) => outer_required.push(json!(outside)),
                None => inner_required.push(json!(name)),
            }
        }
    }
    let closed = schema.remove("additionalProperties");
    if !inner.is_empty() || !inner_required.is_empty() {
        let mut fields =
            json!({ "type": "object", "properties": inner, "required": inner_required });
        if let Some(closed) = closed {
            fields["additionalProperties"] = closed;
        }
        if !inner_required.is_empty() {
            outer_required.push(json!("fields"));
        }
        outer.insert("fields".to_owned(), fields);
    }
    // Conditions look at answers too, each as a schema of the same kind.
    for key in ["if", "then"] {
        if let Some(Value::Object(part)) = schema.remove(key) {
            schema.insert(key.to_owned(), Value::Object(moved(names, part)));
        }
    }
    if let Some(Value::Array(all)) = schema.remove("allOf") {
        let all = all.into_iter().map(|one| match one {
            Value::Object(one) => Value::Object(moved(names, one)),
            other => other,
        });
        schema.insert("allOf".to_owned(), all.collect());
    }
    if !outer.is_empty() {
        schema.insert("properties".to_owned(), Value::Object(outer));
        schema.insert("required".to_owned(), Value::Array(outer_required));
    }
    schema
}

#[cfg(test)]
mod tests {
    use base::Language;
    use catalog::{Categories, Definition};
    use people::Units;

    use super::*;

    #[test]
    fn the_questions_of_a_service_stand_under_fields_and_the_rest_beside_it() {
        let definition = Definition::from_toml(catalog::BUILT_IN[0]).unwrap();
        let form = &definition.form;
        let schema = form.schema(
            Language::Ru,
            &Categories::default(),
            &Units::default(),
            &catalog::Officials::default(),
        );
        let body = Value::Object(body_schema("complaint", form, schema).0);
        let names = |value: &Value| {
            let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
            names.sort();
            names
        };
        assert_eq!(
            names(&body["properties"]),
            [
                "applicant",
                "category",
                "consent",
                "fields",
                "place",
                "service"
            ]
        );
        let fields = &body["properties"]["fields"];
        assert!(fields["properties"]["description"]["maxLength"].is_number());
        assert_eq!(fields["additionalProperties"], json!(false));
        assert!(
            fields["required"]
                .as_array()
                .unwrap()
                .contains(&json!("subject"))
        );
        let branch = &body["allOf"][0];
        assert_eq!(names(&branch["if"]["properties"]), ["category"]);
        assert_eq!(branch["if"]["required"], json!(["category"]));
        let then = &branch["then"];
        assert_eq!(then["required"], json!(["fields"]));
        assert_eq!(
            then["properties"]["fields"]["required"],
            json!(["online_service"])
        );
    }
}
