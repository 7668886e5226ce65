//! The document at `/openapi.json`: complete, without loose ends, and true to what is answered.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::house::{filing, houses};

/// What everybody has; staff's operations are counted where they are told of.
const FOR_EVERYBODY: [&str; 9] = [
    "file_case",
    "list_categories",
    "list_services",
    "list_territories",
    "list_units",
    "read_answer_letter",
    "read_case",
    "read_register",
    "read_service",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_described_with_its_refusals() {
    let house = houses().await.remove(0);
    let document = &house.document;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut found = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(found.insert(name.to_owned()), "{name} stands twice");
            assert_eq!(operation["tags"].as_array().unwrap().len(), 1, "{path}");
            assert!(operation["summary"].is_string(), "{path}");
            assert!(
                operation["security"]
                    .as_array()
                    .is_some_and(|ways| !ways.is_empty()),
                "{path} does not say which scope a token needs"
            );
            let body = &operation["requestBody"]["content"];
            assert!(
                body["application/json"].is_null()
                    || body["application/json"]["example"].is_object(),
                "{path}"
            );
            let responses = operation["responses"].as_object().unwrap();
            assert!(
                responses.contains_key("500") && responses.contains_key("503"),
                "{path}"
            );
            for (status, response) in responses {
                assert_ne!(status, "default");
                let Some(content) = response["content"].as_object() else {
                    let empty = ["201", "202", "204", "304", "404", "412", "416"];
                    let told = empty.contains(&status.as_str()) || name == "read_upload";
                    assert!(told, "{path} {status}");
                    continue;
                };
                let (kind, media) = content.iter().next().unwrap();
                if !status.starts_with('2') {
                    assert_eq!(kind, "application/problem+json");
                    // A deed that the state does not allow is refused with that state.
                    let tag = operation["tags"][0].as_str().unwrap();
                    let mut asked = operation["parameters"].as_array().into_iter().flatten();
                    let held = asked.any(|one| one["name"] == "If-Match");
                    let shape = match (tag, status.as_str()) {
                        ("deeds", "409") => "StateConflict",
                        ("cases", "409") if held => "StateConflict",
                        _ => "Problem",
                    };
                    let shape = format!("#/components/schemas/{shape}");
                    assert_eq!(media["schema"]["$ref"], shape.as_str());
                } else if kind == "application/json" {
                    assert!(
                        media["example"].is_object(),
                        "{path} {status} has no example"
                    );
                }
            }
        }
    }
    for name in FOR_EVERYBODY {
        assert!(found.contains(name), "{name}");
    }
    let is_snake = |name: &String| name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
    assert!(found.iter().all(is_snake), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_it_points_nowhere_or_is_left_open() {
    let house = houses().await.remove(0);
    walk(&house.document, &house.document, "");
}

fn walk(document: &Value, value: &Value, at: &str) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                let pointer = reference.strip_prefix('#').unwrap();
                assert!(document.pointer(pointer).is_some(), "{at}: {reference}");
            }
            let is_object = map.get("type").and_then(Value::as_str) == Some("object");
            let described = ["properties", "additionalProperties", "allOf", "oneOf"];
            assert!(
                !is_object || described.iter().any(|key| map.contains_key(*key)),
                "{at} is any object"
            );
            for (name, inner) in map {
                if name != "example" && name != "examples" {
                    walk(document, inner, &format!("{at}/{name}"));
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                walk(document, item, at);
            }
        }
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_have_the_shape_that_it_describes() {
    for house in houses().await {
        let filed = house.file(&filing()).await;
        fits(&house.document, "FiledBody", &filed.json());
        let code = filed.json()["return_code"].as_str().unwrap().to_owned();
        let case = house
            .get_with(filed.header("location"), &[("x-return-code", &code)])
            .await;
        fits(&house.document, "CaseBody", &case.json());
        fits(
            &house.document,
            "RegisterBody",
            &house.get("/api/v1/register").await.json(),
        );
        fits(
            &house.document,
            "ServicesBody",
            &house.get("/api/v1/services").await.json(),
        );
        fits(
            &house.document,
            "ServiceWithSchema",
            &house.get("/api/v1/services/complaint").await.json(),
        );
        fits(
            &house.document,
            "NodesBody",
            &house.get("/api/v1/units").await.json(),
        );
        fits(
            &house.document,
            "Problem",
            &house.get("/api/v1/cases/x").await.json(),
        );
        fits(&house.document, "FilingBody", &filing());
    }
}

pub(crate) fn fits(document: &Value, name: &str, value: &Value) {
    let schema = &document["components"]["schemas"][name];
    assert!(schema.is_object(), "{name} is not described");
    holds(document, schema, value, name);
}

/// The part of JSON Schema that the document uses: references, types, properties, lists, choices.
fn holds(document: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = document.pointer(&reference[1..]).unwrap();
        return holds(document, target, value, at);
    }
    if let Some(parts) = schema["allOf"].as_array() {
        for part in parts {
            holds(document, part, value, at);
        }
    }
    if let Some(values) = schema["enum"].as_array() {
        assert!(
            values.contains(value),
            "{at}: {value} is none of {values:?}"
        );
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    match &schema["type"] {
        Value::String(expected) => assert_eq!(expected, kind, "{at}: {value}"),
        Value::Array(expected) => assert!(expected.iter().any(|one| one == kind), "{at}: {value}"),
        _ => {}
    }
    if let Some(items) = value.as_array() {
        for item in items {
            holds(document, &schema["items"], item, at);
        }
    }
    let Some(object) = value.as_object() else {
        return;
    };
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(
            object.contains_key(name.as_str().unwrap()),
            "{at} lacks {name}"
        );
    }
    if schema["allOf"].is_array() || !schema["properties"].is_object() {
        return;
    }
    for (name, inner) in object {
        // The public part of a case stands in the same object as the rest of it.
        if let Some(described) = schema["properties"].get(name) {
            holds(document, described, inner, &format!("{at}.{name}"));
        }
    }
}
