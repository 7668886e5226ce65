//! The table of operations, read from the document that describes them, and what the document
//! says of all operations alike. One source: an operation that does not say which scope a token
//! needs for it is closed to tokens, and fields that the document does not name cannot be asked for.

use std::collections::{BTreeSet, HashMap};

use axum::http::Method;
use serde_json::{Map, Value, json};

use super::refused;
use super::scopes::TokenScope;

/// What the layers need to know of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// Its name in the document.
    pub id: String,
    /// The scope that a token needs for it; without one, tokens are refused.
    pub scope: Option<TokenScope>,
    /// The names that `fields` may ask for; none when the answer is no JSON.
    pub fields: BTreeSet<String>,
    /// Whether it may be held to a version with `If-Match`.
    pub is_held: bool,
    /// Whether it keeps keys of repeated requests by itself.
    pub keeps_keys: bool,
}

/// Every operation by its method and the route as the router knows it.
#[derive(Clone, Debug, Default)]
pub struct Operations(HashMap<(Method, String), Operation>);

/// The kind of an answer in which only some names were asked for.
pub(super) const SOME_FIELDS: &str = "application/vnd.okno.fields+json";

/// Marks an operation that keeps keys of repeated requests by itself.
const OWN_KEYS: &str = "x-okno-own-keys";

impl Operations {
    /// Reads the table from a document.
    pub fn of(document: &Value) -> Self {
        let mut all = HashMap::new();
        for (path, method, operation) in operations(document) {
            let security = operation["security"].as_array();
            let scope = security.into_iter().flatten().find_map(|way| {
                let named = way["token"].as_array()?.first()?.as_str()?;
                TokenScope::from_code(named)
            });
            let operation = Operation {
                id: operation["operationId"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                scope,
                fields: match method {
                    Method::GET => fields(document, operation),
                    _ => BTreeSet::new(),
                },
                is_held: operation["responses"]["412"]["description"] == refused::HELD,
                keeps_keys: operation.get(OWN_KEYS).is_some(),
            };
            all.insert((method, path.to_owned()), operation);
        }
        Self(all)
    }

    /// The operation of a request; HEAD asks what GET would answer.
    pub fn get(&self, method: &Method, route: &str) -> Option<&Operation> {
        let of = |method: &Method| self.0.get(&(method.clone(), route.to_owned()));
        match of(method) {
            None if method == Method::HEAD => of(&Method::GET),
            known => known,
        }
    }

    /// Every operation with its method and route.
    pub fn iter(&self) -> impl Iterator<Item = (&Method, &str, &Operation)> {
        self.0
            .iter()
            .map(|((method, route), operation)| (method, route.as_str(), operation))
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, Method, &Value)> {
    let paths = document["paths"].as_object();
    paths.into_iter().flatten().flat_map(|(path, methods)| {
        methods
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(move |(method, operation)| {
                let method = method.to_uppercase().parse().ok()?;
                Some((path.as_str(), method, operation))
            })
    })
}

/// What an operation answers in JSON.
fn answer(operation: &Value) -> &Value {
    &operation["responses"]["200"]["content"]["application/json"]["schema"]
}

/// The names at the top of what an operation answers: those of its items when it is a list.
fn fields(document: &Value, operation: &Value) -> BTreeSet<String> {
    let whole = properties(document, answer(operation), 0);
    match whole.get("items") {
        Some(items) => properties(document, &items["items"], 0),
        None => whole,
    }
    .into_iter()
    .map(|(name, _)| name)
    .collect()
}

/// The schema of an answer in which some names were asked for: every name may be missing, in each
/// item when it is a list.
fn some_of(document: &Value, answer: &Value) -> Value {
    let some = |properties: Map<String, Value>| json!({ "type": "object", "properties": properties, "additionalProperties": false });
    let mut whole = properties(document, answer, 0);
    let Some(items) = whole.get_mut("items") else {
        return some(whole);
    };
    items["items"] = some(properties(document, &items["items"], 0));
    let mut list = some(whole);
    list["required"] = json!(["items"]);
    list
}

/// Every property of a schema, through references and what it is composed of.
fn properties(document: &Value, schema: &Value, depth: u8) -> Map<String, Value> {
    let mut found = Map::new();
    if depth > 8 {
        return found;
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let target = reference
            .strip_prefix('#')
            .and_then(|pointer| document.pointer(pointer));
        if let Some(target) = target {
            found.extend(properties(document, target, depth + 1));
        }
    }
    for name in ["allOf", "oneOf", "anyOf"] {
        for part in schema[name].as_array().into_iter().flatten() {
            found.extend(properties(document, part, depth + 1));
        }
    }
    if let Some(own) = schema["properties"].as_object() {
        found.extend(own.clone());
    }
    found
}

/// Completes a document with what holds for all operations: how one signs in, the refusals that
/// any may give, `fields` and `If-None-Match` of what is read as JSON, `Idempotency-Key` of what
/// is made, and the headers that tell how much may still be asked.
pub fn describe(document: &mut Value) {
    let table = Operations::of(document);
    let Some(components) = document["components"].as_object_mut() else {
        return;
    };
    components.insert("securitySchemes".into(), ways_in());
    components.insert("headers".into(), headers());
    describe_fields(document);
    let Some(paths) = document["paths"].as_object_mut() else {
        return;
    };
    for (path, methods) in paths {
        for (name, operation) in methods.as_object_mut().into_iter().flatten() {
            let Ok(method) = name.to_uppercase().parse::<Method>() else {
                continue;
            };
            if let Some(known) = table.get(&method, path) {
                complete(operation, &method, known);
            }
        }
    }
}

/// Says how an answer looks in which only some names were asked for: another kind of content, so
/// that the whole one can be held to all of its names.
fn describe_fields(document: &mut Value) {
    let mut shapes = Map::new();
    let mut told = Vec::new();
    for (path, method, operation) in operations(document) {
        let answer = answer(operation);
        if method != Method::GET || answer.is_null() {
            continue;
        }
        let name = match answer["$ref"].as_str().and_then(|at| at.rsplit('/').next()) {
            Some(name) => format!("{name}.Fields"),
            None => format!(
                "{}.Fields",
                operation["operationId"].as_str().unwrap_or_default()
            ),
        };
        let place = json!({ "$ref": format!("#/components/schemas/{name}") });
        shapes.insert(name, some_of(document, answer));
        told.push((path.to_owned(), place));
    }
    for (path, place) in told {
        let content = &mut document["paths"][path]["get"]["responses"]["200"]["content"];
        content[SOME_FIELDS] = json!({ "schema": place });
    }
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.extend(shapes);
    }
}

fn complete(operation: &mut Value, method: &Method, known: &Operation) {
    let read_as_json = !known.fields.is_empty();
    let mut asked: Vec<Value> = Vec::new();
    if read_as_json {
        asked.push(json!({
            "name": "fields", "in": "query", "required": false, "style": "form", "explode": false,
            "description": "Only these names of the answer, or of each of its items; it comes as \
                            `application/vnd.okno.fields+json` then",
            "schema": {
                "type": "array", "minItems": 1, "uniqueItems": true,
                "items": { "type": "string", "enum": known.fields },
            },
        }));
        asked.push(json!({
            "name": "If-None-Match", "in": "header", "required": false,
            "description": "The `ETag` of what the client has; 304 when it still holds",
            "schema": { "type": "string", "maxLength": 200, "pattern": "^[ -~]*$" },
        }));
    }
    if known.is_held {
        asked.push(json!({
            "name": "If-Match", "in": "header", "required": false,
            "description": "The `ETag` with which it was read; 412 when it has changed since",
            "schema": { "type": "string", "maxLength": 200, "pattern": "^[ -~]*$" },
        }));
    }
    if method == Method::POST && !known.keeps_keys {
        asked.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Chosen by the client for one request, for example a UUID: sent again within a day, \
                            the request is answered with the same bytes and does nothing more",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
        }));
    }
    if !asked.is_empty() {
        let parameters = &mut operation["parameters"];
        if !parameters.is_array() {
            *parameters = json!([]);
        }
        if let Some(parameters) = parameters.as_array_mut() {
            for one in asked {
                if !parameters.iter().any(|own| own["name"] == one["name"]) {
                    parameters.push(one);
                }
            }
        }
    }
    let by_key = method == Method::POST;
    let Some(responses) = operation["responses"].as_object_mut() else {
        return;
    };
    for (status, response) in refused::of_all() {
        if let Ok(response) = serde_json::to_value(response) {
            responses.entry(status).or_insert(response);
        }
    }
    if by_key {
        for (status, response) in refused::of_keys() {
            if let Ok(response) = serde_json::to_value(response) {
                responses.entry(status).or_insert(response);
            }
        }
    }
    if read_as_json {
        for (status, response) in refused::of_fields() {
            if let Ok(response) = serde_json::to_value(response) {
                responses.entry(status).or_insert(response);
            }
        }
        responses.insert(
            "304".into(),
            json!({ "description": "What the client has still holds" }),
        );
    }
    for (status, response) in responses {
        let told: &[&str] = match status.as_str() {
            "200" if read_as_json => &["ETag", "RateLimit", "RateLimit-Policy"],
            "200" | "201" | "202" | "204" | "429" => &["RateLimit", "RateLimit-Policy"],
            _ => &[],
        };
        for name in told {
            response["headers"][name] = json!({ "$ref": format!("#/components/headers/{name}") });
        }
    }
}

fn ways_in() -> Value {
    json!({
        "token": {
            "type": "http", "scheme": "bearer",
            "description": "A token of one's own, `okno_…`, made at `/profile/tokens` with the scopes that it may be used for",
        },
        "session": {
            "type": "apiKey", "in": "cookie", "name": "session",
            "description": "The session of a browser, on requests from the installation's own pages",
        },
    })
}

fn headers() -> Value {
    json!({
        "ETag": {
            "description": "The version of the answer, for `If-None-Match` and `If-Match`",
            "schema": { "type": "string" },
        },
        "RateLimit": {
            "description": "How many requests are left (`r`) and in how many seconds all of them are again (`t`)",
            "schema": { "type": "string" },
        },
        "RateLimit-Policy": {
            "description": "How many requests (`q`) there are in so many seconds (`w`)",
            "schema": { "type": "string" },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        json!({
            "components": { "schemas": {
                "Row": { "type": "object", "properties": { "code": {}, "name": {} } },
                "Rows": { "type": "object", "properties": {
                    "items": { "type": "array", "items": { "allOf": [{ "$ref": "#/components/schemas/Row" }, { "properties": { "more": {} } }] } },
                    "next": {},
                } },
            } },
            "paths": {
                "/api/v1/rows": {
                    "get": {
                        "operationId": "list_rows",
                        "security": [{}, { "token": ["cases:read"] }],
                        "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Rows" } } } } },
                    },
                    "post": { "operationId": "make_row", "responses": { "201": { "description": "" } } },
                },
            },
        })
    }

    #[test]
    fn the_table_knows_scope_and_fields_of_an_operation() {
        let table = Operations::of(&document());
        let list = table.get(&Method::HEAD, "/api/v1/rows").unwrap();
        assert_eq!(list.scope, Some(TokenScope::CasesRead));
        let names: Vec<&str> = list.fields.iter().map(String::as_str).collect();
        assert_eq!(names, ["code", "more", "name"]);
        assert!(!list.is_held, "it is not changed");
        let make = table.get(&Method::POST, "/api/v1/rows").unwrap();
        assert_eq!(make.scope, None, "silent about its scope: closed to tokens");
    }

    #[test]
    fn what_holds_for_all_is_said_of_each() {
        let mut document = document();
        describe(&mut document);
        let get = &document["paths"]["/api/v1/rows"]["get"];
        for status in ["304", "401", "403", "429", "500", "503"] {
            assert!(get["responses"][status].is_object(), "{status}");
        }
        assert_eq!(get["parameters"][0]["name"], "fields");
        let some = &get["responses"]["200"]["content"][SOME_FIELDS]["schema"]["$ref"];
        assert_eq!(some, "#/components/schemas/Rows.Fields");
        let some = &document["components"]["schemas"]["Rows.Fields"];
        assert_eq!(some["required"], json!(["items"]));
        let item = &some["properties"]["items"]["items"];
        assert!(item["required"].is_null() && item["properties"]["more"].is_object());
        let post = &document["paths"]["/api/v1/rows"]["post"];
        assert_eq!(post["parameters"][0]["name"], "Idempotency-Key");
        assert!(post["responses"]["409"].is_object());
    }
}
