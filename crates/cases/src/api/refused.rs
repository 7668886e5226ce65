//! How the interface refuses, and how the document describes it: one shape for every status.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::Error;
use serde_json::json;
use utoipa::IntoResponses;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{self, ContentBuilder, HeaderBuilder, Ref, RefOr, ResponseBuilder};
use web::ApiError;

/// The media type of problem documents.
const PROBLEM: &str = "application/problem+json";

/// A refusal of an endpoint.
#[derive(Debug)]
pub(super) enum Refused {
    /// What the slice said.
    Error(Error),
    /// What only HTTP has a word for; the layers around put it into words.
    Status(StatusCode),
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match self {
            Self::Error(error) => ApiError(error).into_response(),
            Self::Status(status) => status.into_response(),
        }
    }
}

/// One status that an endpoint may refuse with: the status, the kind of problem, and when.
type Known = (u16, &'static str, &'static str);

const MALFORMED: Known = (400, "malformed", "The request cannot be read.");
const UNAUTHENTICATED: Known = (
    401,
    "unauthenticated",
    "This service is for people who are signed in.",
);
const FORBIDDEN: Known = (
    403,
    "forbidden",
    "The request came with a cookie from another site, or its sender may not file.",
);
const NOT_FOUND: Known = (404, "not-found", "There is no such thing.");
const CONFLICT: Known = (
    409,
    "conflict",
    "The installation cannot take it as things stand.",
);
const TOO_LARGE: Known = (413, "too-large", "The body is larger than 256 KiB.");
const MEDIA: Known = (415, "media", "The body is not `application/json` in UTF-8.");
const INVALID: Known = (
    422,
    "invalid",
    "Something in it does not hold; `errors` names each field.",
);
const TOO_MANY: Known = (
    429,
    "too-many",
    "Too many requests from this address; `Retry-After` says when to go on.",
);
const INTERNAL: Known = (500, "internal", "Our fault; `instance` is what to quote.");
const BUSY: Known = (
    503,
    "busy",
    "Nothing can be taken just now; `Retry-After` says when to try again.",
);

fn described(known: &[Known]) -> BTreeMap<String, RefOr<openapi::Response>> {
    known
        .iter()
        .map(|one| (one.0.to_string(), problem(*one).into()))
        .collect()
}

fn problem((status, code, when): Known) -> openapi::Response {
    let mut example = json!({
        "type": format!("/problems/{code}"),
        "title": "In a few words what is wrong",
        "status": status,
        "detail": "What to do",
        "instance": "0193a1f4-7c1e-7b5a-9d39-2f6c1a0e4b77",
    });
    if status == 422 {
        example["errors"] =
            json!([{ "field": "fields.description", "message": "Answer this question" }]);
    }
    let content = ContentBuilder::new()
        .schema(Some(Ref::from_schema_name("Problem")))
        .example(Some(example))
        .build();
    let mut response = ResponseBuilder::new()
        .description(when)
        .content(PROBLEM, content);
    if matches!(status, 429 | 503) {
        let seconds = ObjectBuilder::new().schema_type(Type::Integer).build();
        response = response.header(
            "Retry-After",
            HeaderBuilder::new()
                .schema(Some(seconds))
                .description(Some("Seconds to wait"))
                .build(),
        );
    }
    response.build()
}

/// The refusals of filing.
pub(super) struct OfFiling;

impl IntoResponses for OfFiling {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        described(&[
            MALFORMED,
            UNAUTHENTICATED,
            FORBIDDEN,
            CONFLICT,
            TOO_LARGE,
            MEDIA,
            INVALID,
            TOO_MANY,
            INTERNAL,
            BUSY,
        ])
    }
}

/// The refusals of reading one case.
pub(super) struct OfCase;

impl IntoResponses for OfCase {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        described(&[MALFORMED, NOT_FOUND, INVALID, TOO_MANY, INTERNAL, BUSY])
    }
}

/// The refusals of a list.
pub(super) struct OfList;

impl IntoResponses for OfList {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        described(&[MALFORMED, INVALID, INTERNAL, BUSY])
    }
}

/// The refusals of reading one entry of a list.
pub(super) struct OfEntry;

impl IntoResponses for OfEntry {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        described(&[MALFORMED, NOT_FOUND, INTERNAL, BUSY])
    }
}
