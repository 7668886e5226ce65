//! How the interface refuses, and how the document describes it: one shape for every status.

use std::collections::BTreeMap;

use crate::errors::ApiError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::Error;
use serde_json::json;
use utoipa::IntoResponses;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{self, ContentBuilder, HeaderBuilder, Ref, RefOr, ResponseBuilder};

/// The media type of problem documents.
const PROBLEM: &str = "application/problem+json";

/// A refusal of an endpoint.
#[derive(Debug)]
pub enum Refused {
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
    "Somebody has to be signed in for this, or the token does not hold.",
);
const FORBIDDEN: Known = (
    403,
    "forbidden",
    "Not for this account, not for this token, or with a cookie from another site.",
);
const NOT_FOUND: Known = (404, "not-found", "There is no such thing.");
const CONFLICT: Known = (
    409,
    "conflict",
    "It cannot be done as things stand; `detail` says why.",
);
const TOO_LARGE: Known = (413, "too-large", "The body is too large.");
const MEDIA: Known = (415, "media", "The body is not `application/json` in UTF-8.");
const INVALID: Known = (
    422,
    "invalid",
    "Something in it does not hold; `errors` names each field.",
);
const PRECONDITION: Known = (412, "precondition", HELD);
const TOO_MANY: Known = (
    429,
    "too-many",
    "Too many requests; `Retry-After` says when to go on.",
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
            json!([{ "field": "fields.description", "message": "Fill in this field" }]);
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

/// What the document says of a refusal by `If-Match`: where it stands, that header is asked for.
pub(super) const HELD: &str = "It has changed since the version that `If-Match` names.";

/// What every operation may answer, put into the document where an operation is silent of it.
pub(super) fn of_all() -> impl Iterator<Item = (String, openapi::Response)> {
    [UNAUTHENTICATED, FORBIDDEN, TOO_MANY, INTERNAL, BUSY]
        .into_iter()
        .map(|known| (known.0.to_string(), problem(known)))
}

/// What an operation may answer when it is given a key for repeats.
pub(super) fn of_keys() -> impl Iterator<Item = (String, openapi::Response)> {
    [CONFLICT, INVALID]
        .into_iter()
        .map(|known| (known.0.to_string(), problem(known)))
}

/// What an operation may answer when some fields are asked for.
pub(super) fn of_fields() -> impl Iterator<Item = (String, openapi::Response)> {
    [MALFORMED, INVALID]
        .into_iter()
        .map(|known| (known.0.to_string(), problem(known)))
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident: [$($known:ident),*];)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
                described(&[$($known),*])
            }
        }
    )*};
}

// 401, 403, 429, 500 and 503 come to every operation by themselves.
refusals! {
    /// The refusals of a list.
    OfList: [MALFORMED, INVALID];
    /// The refusals of reading one thing that an address names freely.
    OfCase: [MALFORMED, NOT_FOUND, INVALID];
    /// The refusals of reading one thing by its code or identifier.
    OfEntry: [MALFORMED, NOT_FOUND];
    /// The refusals of making something.
    OfMaking: [MALFORMED, CONFLICT, TOO_LARGE, MEDIA, INVALID];
    /// The refusals of a deed in something that exists.
    OfDeed: [MALFORMED, NOT_FOUND, CONFLICT, TOO_LARGE, MEDIA, INVALID];
    /// The refusals of a deed without a body.
    OfBareDeed: [MALFORMED, NOT_FOUND, CONFLICT, INVALID];
    /// The refusals of changing what may be held to a version.
    OfChange: [MALFORMED, NOT_FOUND, CONFLICT, PRECONDITION, TOO_LARGE, MEDIA, INVALID];
    /// The refusals of taking away what may be held to a version.
    OfRemoval: [MALFORMED, NOT_FOUND, CONFLICT, PRECONDITION];
}
