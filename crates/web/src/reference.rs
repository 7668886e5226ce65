//! The reference of the interface as pages that people read: `/docs/api` with its subjects, and a
//! page for each of them with every operation, its parameters, bodies and answers and a call by
//! curl. All of it is made from the one document at `/openapi.json`, once.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use base::Error;
use serde_json::Value;

use crate::errors::PageResult;
use crate::page::{Page, html};
use crate::request::Request;

/// How deep the names of a body are told, one inside the other.
const DEEPEST: usize = 3;

/// The most names of one body that are told.
const MOST_NAMES: usize = 80;

/// One subject of the interface.
struct Subject {
    name: String,
    about: String,
    operations: Vec<OperationShown>,
}

/// An operation as the page has it.
struct OperationShown {
    id: String,
    method: String,
    path: String,
    title: String,
    text: Vec<String>,
    scope: String,
    open: bool,
    parameters: Vec<NameShown>,
    body: Vec<NameShown>,
    answers: Vec<AnswerShown>,
    call: String,
    answer: String,
    names: Vec<NameShown>,
}

/// A parameter or a name inside a body.
struct NameShown {
    name: String,
    place: String,
    kind: String,
    required: bool,
    about: String,
}

/// An answer by its status.
struct AnswerShown {
    status: String,
    about: String,
}

#[derive(Template)]
#[template(path = "reference.html")]
struct Contents<'a> {
    page: Page,
    subjects: &'a [Subject],
}

#[derive(Template)]
#[template(path = "reference-subject.html")]
struct Chapter<'a> {
    page: Page,
    subject: &'a Subject,
}

/// The pages made of a document.
pub fn router(document: &Value) -> Router {
    let subjects: Arc<[Subject]> = subjects(document).into();
    Router::new()
        .route("/docs/api", get(contents))
        .route("/docs/api/{subject}", get(chapter))
        .with_state(subjects)
}

async fn contents(request: Request, State(subjects): State<Arc<[Subject]>>) -> PageResult {
    html(&Contents {
        page: request.page(request.t("reference-title")),
        subjects: &subjects,
    })
}

async fn chapter(
    request: Request,
    State(subjects): State<Arc<[Subject]>>,
    Path(name): Path<String>,
) -> PageResult {
    let found = subjects.iter().find(|subject| subject.name == name);
    let subject = found.ok_or(Error::NotFound)?;
    html(&Chapter {
        page: request.page(request.ta("reference-subject", &[("name", name.as_str().into())])),
        subject,
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn subjects(document: &Value) -> Vec<Subject> {
    let mut of_tag: BTreeMap<String, Vec<OperationShown>> = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            of_tag
                .entry(text(&operation["tags"][0]))
                .or_default()
                .push(shown(document, path, method, operation));
        }
    }
    let tags = document["tags"].as_array();
    tags.into_iter()
        .flatten()
        .filter_map(|tag| {
            let name = text(&tag["name"]);
            let operations = of_tag.remove(&name)?;
            Some(Subject {
                about: text(&tag["description"]),
                name,
                operations,
            })
        })
        .collect()
}

fn shown(document: &Value, path: &str, method: &str, operation: &Value) -> OperationShown {
    let security = operation["security"].as_array();
    let ways = || security.into_iter().flatten();
    let content = &operation["requestBody"]["content"];
    let json_body = &content["application/json"];
    let responses = operation["responses"].as_object();
    let good = responses
        .into_iter()
        .flatten()
        .find(|(status, _)| status.starts_with('2'))
        .map(|(_, response)| &response["content"]["application/json"]);
    OperationShown {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        title: text(&operation["summary"]),
        text: text(&operation["description"])
            .split("\n\n")
            .filter(|piece| !piece.is_empty())
            .map(str::to_owned)
            .collect(),
        scope: ways()
            .find_map(|way| way["token"][0].as_str())
            .unwrap_or_default()
            .to_owned(),
        open: ways().any(|way| way.as_object().is_some_and(serde_json::Map::is_empty)),
        parameters: operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| NameShown {
                name: text(&one["name"]),
                place: text(&one["in"]),
                kind: kind_of(document, &one["schema"]),
                required: one["required"] == true,
                about: text(&one["description"]),
            })
            .collect(),
        body: names(document, &json_body["schema"]),
        answers: responses
            .into_iter()
            .flatten()
            .map(|(status, response)| AnswerShown {
                status: status.clone(),
                about: text(&response["description"]),
            })
            .collect(),
        call: call(path, method, operation),
        answer: good
            .map(|media| &media["example"])
            .filter(|example| !example.is_null())
            .and_then(|example| serde_json::to_string_pretty(example).ok())
            .unwrap_or_default(),
        names: good
            .map(|media| names(document, &media["schema"]))
            .unwrap_or_default(),
    }
}

/// The call as somebody types it into a shell.
fn call(path: &str, method: &str, operation: &Value) -> String {
    let mut address = path.to_owned();
    let parameters = operation["parameters"].as_array();
    for one in parameters.into_iter().flatten() {
        if one["in"] == "path" {
            let example = one["example"]
                .as_str()
                .map_or_else(|| text(&one["name"]).to_uppercase(), str::to_owned);
            address = address.replace(&format!("{{{}}}", text(&one["name"])), &example);
        }
    }
    let mut lines = vec![if method == "get" {
        format!("curl \"$okno{address}\"")
    } else {
        format!("curl -X {} \"$okno{address}\"", method.to_uppercase())
    }];
    let ways = operation["security"].as_array();
    if !ways
        .into_iter()
        .flatten()
        .any(|way| way.as_object().is_some_and(serde_json::Map::is_empty))
    {
        lines.push("-H \"Authorization: Bearer $token\"".to_owned());
    }
    let content = &operation["requestBody"]["content"];
    let example = &content["application/json"]["example"];
    if !example.is_null() {
        lines.push("-H 'Content-Type: application/json'".to_owned());
        let body = serde_json::to_string(example).unwrap_or_default();
        lines.push(format!("-d '{}'", body.replace('\'', "'\\''")));
    } else if content["multipart/form-data"].is_object() {
        lines.push("-F file=@paper.pdf".to_owned());
    }
    lines.join(" \\\n  ")
}

/// What a schema points at.
fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"]
        .as_str()
        .and_then(|name| name.strip_prefix('#'))
    {
        Some(pointer) => document.pointer(pointer).unwrap_or(schema),
        None => schema,
    }
}

fn kind_of(document: &Value, schema: &Value) -> String {
    let schema = resolved(document, schema);
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
        return values.join(" | ");
    }
    if let Some(value) = schema["const"].as_str() {
        return value.to_owned();
    }
    let kind = match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => {
            let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
            kinds.join(" | ")
        }
        _ => "object".to_owned(),
    };
    if kind == "array" {
        return format!("[{}]", kind_of(document, &schema["items"]));
    }
    match schema["format"].as_str() {
        Some(format) => format!("{kind}, {format}"),
        None => kind,
    }
}

fn names(document: &Value, schema: &Value) -> Vec<NameShown> {
    let mut all = Vec::new();
    gather(document, schema, "", 0, &mut all);
    all.truncate(MOST_NAMES);
    all
}

fn gather(document: &Value, schema: &Value, inside: &str, depth: usize, all: &mut Vec<NameShown>) {
    let schema = resolved(document, schema);
    for part in ["allOf", "oneOf", "anyOf"] {
        for one in schema[part].as_array().into_iter().flatten() {
            gather(document, one, inside, depth, all);
        }
    }
    let required = schema["required"].as_array();
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        if all.len() > MOST_NAMES {
            return;
        }
        let path = if inside.is_empty() {
            name.clone()
        } else {
            format!("{inside}.{name}")
        };
        let about = match text(&inner["description"]) {
            about if about.is_empty() => text(&resolved(document, inner)["description"]),
            about => about,
        };
        all.push(NameShown {
            name: path.clone(),
            place: String::new(),
            kind: kind_of(document, inner),
            required: required.is_some_and(|names| names.iter().any(|one| one == name.as_str())),
            about,
        });
        if depth + 1 < DEEPEST {
            let inner = resolved(document, inner);
            gather(document, inner, &path, depth + 1, all);
            if inner["items"].is_object() {
                gather(
                    document,
                    &inner["items"],
                    &format!("{path}[]"),
                    depth + 1,
                    all,
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_operation_is_told_with_its_call_and_the_names_of_its_body() {
        let document = json!({
            "tags": [{ "name": "marks", "description": "Marks." }, { "name": "empty" }],
            "components": { "schemas": { "Mark": {
                "type": "object", "required": ["text"],
                "properties": { "text": { "type": "string", "description": "What it says" }, "place": { "$ref": "#/components/schemas/Place" } },
            }, "Place": { "type": "object", "properties": { "city": { "type": "string", "format": "name" } } } } },
            "paths": { "/api/v1/marks/{id}": { "post": {
                "operationId": "make_mark", "tags": ["marks"], "summary": "Make a mark",
                "security": [{ "token": ["cases:write"] }],
                "parameters": [{ "name": "id", "in": "path", "required": true, "example": "7", "schema": { "type": "string" } }],
                "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Mark" }, "example": { "text": "it's" } } } },
                "responses": { "201": { "description": "Made" } },
            } } },
        });
        let subjects = subjects(&document);
        assert_eq!(
            subjects.len(),
            1,
            "a subject without operations is left out"
        );
        let made = &subjects[0].operations[0];
        assert_eq!(made.scope, "cases:write");
        let names: Vec<&str> = made.body.iter().map(|name| name.name.as_str()).collect();
        assert_eq!(names, ["place", "place.city", "text"]);
        assert_eq!(
            made.call,
            "curl -X POST \"$okno/api/v1/marks/7\" \\\n  -H \"Authorization: Bearer $token\" \\\n  \
             -H 'Content-Type: application/json' \\\n  -d '{\"text\":\"it'\\''s\"}'"
        );
    }
}
