//! What every operation of the interface for programs shares: strict bodies and parameters, one
//! shape of refusals, scopes of tokens, entity tags, sparse answers and limits. A slice brings its
//! operations with their descriptions; [`Operations`] reads the one document that they make
//! together, and [`layer`] holds every request to it.

mod asked;
pub mod body;
mod layers;
mod operations;
mod refused;
mod scopes;
mod tags;

use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};

pub use asked::{Asked, Asking, MOST_ROWS, ROWS};
pub use body::Sent;
pub use layers::{Limits, layer};
pub use operations::{Operation, Operations, describe};
pub use refused::{
    OfBareDeed, OfCase, OfChange, OfDeed, OfEntry, OfList, OfMaking, OfRemoval, Refused,
};
pub use scopes::{TokenScope, TokenScopes};
pub use tags::IfMatch;

use crate::errors::Refusal;
use crate::request::Request;

/// An example of the document, by its name among those of a file. What cannot be read is none, and
/// tests send every one of them.
pub fn example(all: &str, name: &str) -> Value {
    let mut all: Map<String, Value> = serde_json::from_str(all).unwrap_or_default();
    all.remove(name).unwrap_or_default()
}

/// The token of an `Authorization: Bearer` header (RFC 6750 section 2.1).
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim_start())
}

/// The answer to a token that is unknown, revoked or too old.
pub fn invalid_token(request: &Request) -> Response {
    let refusal = Refusal::plain(StatusCode::UNAUTHORIZED, "token");
    let mut response = refusal.respond(Some(request), true);
    let way = HeaderValue::from_static("Bearer error=\"invalid_token\"");
    response.headers_mut().insert(WWW_AUTHENTICATE, way);
    response
}

/// The answer to a token that may not be used for this.
pub fn insufficient_scope(request: &Request, scope: Option<TokenScope>) -> Response {
    let refusal = Refusal::plain(StatusCode::FORBIDDEN, "scope");
    let mut response = refusal.respond(Some(request), true);
    let way = match scope {
        Some(scope) => format!(
            "Bearer error=\"insufficient_scope\", scope=\"{}\"",
            scope.code()
        ),
        None => "Bearer error=\"insufficient_scope\"".to_owned(),
    };
    if let Ok(way) = HeaderValue::from_str(&way) {
        response.headers_mut().insert(WWW_AUTHENTICATE, way);
    }
    response
}
