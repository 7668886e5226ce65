//! Versions of what is read: a strong entity tag made of the bytes of the answer (RFC 9110 section
//! 8.8.3), 304 for whoever has them, and `If-Match` for whoever changes something. `fields` leaves
//! the other names of an answer out.

use std::collections::BTreeSet;

use axum::body::{Body, to_bytes};
use axum::extract::FromRequestParts;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{Error, FieldError};
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::body::shown;
use super::operations::SOME_FIELDS;
use super::refused::Refused;

/// The most bytes of an answer that is held in memory for its tag.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The most names that may be asked for.
const MOST_FIELDS: usize = 100;

/// The tag of some bytes.
fn tag_of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let mut tag = String::with_capacity(34);
    tag.push('"');
    for byte in &digest[..16] {
        tag.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
        tag.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
    }
    tag.push('"');
    tag
}

/// The most bytes of a header that names versions.
const MOST_HEADER: usize = 200;

/// Refuses a header that names versions and cannot be read as the document describes it.
pub(super) fn is_read(headers: &HeaderMap, header: &HeaderName) -> Result<(), Error> {
    let plain = |value: &HeaderValue| {
        let bytes = value.as_bytes();
        bytes.len() <= MOST_HEADER && bytes.iter().all(|byte| (b' '..=b'~').contains(byte))
    };
    if headers.get_all(header).iter().all(plain) {
        Ok(())
    } else {
        Err(Error::Malformed("api-error-tag"))
    }
}

/// Whether one of the tags in the headers is this one. A tag that compression made weak is the
/// same version in another coding, so weak and strong are taken alike.
fn names(headers: &HeaderMap, header: &HeaderName, tag: &str) -> bool {
    headers
        .get_all(header)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

/// What a client holds its change to.
#[derive(Clone, Debug)]
pub struct IfMatch(HeaderMap);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let mut kept = HeaderMap::new();
        for value in parts.headers.get_all(IF_MATCH) {
            kept.append(IF_MATCH, value.clone());
        }
        Ok(Self(kept))
    }
}

impl IfMatch {
    /// Whether the client named a version at all.
    pub fn is_given(&self) -> bool {
        !self.0.is_empty()
    }

    /// Refuses with 412 when the client named a version and `present`, the body that reading
    /// would answer now, is another one.
    pub fn check<T: Serialize>(&self, present: &T) -> Result<(), Refused> {
        if !self.is_given() {
            return Ok(());
        }
        let bytes = serde_json::to_vec(present).map_err(Error::internal)?;
        if names(&self.0, &IF_MATCH, &tag_of(&bytes)) {
            Ok(())
        } else {
            Err(Refused::Status(StatusCode::PRECONDITION_FAILED))
        }
    }
}

/// The names that a request asks for, and its query without them; an error when one is unknown.
pub(super) fn wished(
    query: &str,
    known: &BTreeSet<String>,
) -> Result<Option<(BTreeSet<String>, String)>, Error> {
    let mut rest: Vec<&str> = Vec::new();
    let mut lists: Vec<String> = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("fields", list)) => lists.push(list.replace("%2C", ",").replace("%2c", ",")),
            _ if pair == "fields" => lists.push(String::new()),
            _ => rest.push(pair),
        }
    }
    if lists.is_empty() {
        return Ok(None);
    }
    let wanted: Vec<&str> = lists.iter().flat_map(|list| list.split(',')).collect();
    let foreign = wanted
        .iter()
        .take(MOST_FIELDS)
        .find(|name| !known.contains(**name));
    match foreign {
        Some(name) => {
            let wrong = FieldError::new("fields", "error-fields-unknown").with("name", shown(name));
            Err(Error::Invalid(vec![wrong]))
        }
        None if wanted.len() > MOST_FIELDS => Err(Error::field("fields", "error-json-value")),
        None => Ok(Some((
            wanted.into_iter().map(str::to_owned).collect(),
            rest.join("&"),
        ))),
    }
}

/// Dresses an answer of JSON: only the fields that were asked for, its tag, and 304 for whoever
/// has it.
pub(super) async fn dressed(
    response: Response,
    asked: &HeaderMap,
    wished: Option<&BTreeSet<String>>,
) -> Result<Response, Error> {
    let is_json = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if response.status() != StatusCode::OK || !is_json {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MOST_BYTES).await.map_err(Error::internal)?;
    let bytes = match wished {
        Some(wished) => {
            let kind = HeaderValue::from_static(SOME_FIELDS);
            parts.headers.insert(CONTENT_TYPE, kind);
            sparse(&bytes, wished)?.into()
        }
        None => bytes,
    };
    let tag = tag_of(&bytes);
    let value = HeaderValue::from_str(&tag).map_err(Error::internal)?;
    parts.headers.insert(ETAG, value);
    parts.headers.remove(CONTENT_LENGTH);
    if names(asked, &IF_NONE_MATCH, &tag) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(CONTENT_TYPE);
        return Ok((parts, Body::empty()).into_response());
    }
    Ok((parts, Body::from(bytes)).into_response())
}

fn sparse(bytes: &[u8], wished: &BTreeSet<String>) -> Result<Vec<u8>, Error> {
    let mut whole: Map<String, Value> = serde_json::from_slice(bytes).map_err(Error::internal)?;
    match whole.get_mut("items").and_then(Value::as_array_mut) {
        Some(items) => {
            for item in items {
                if let Some(item) = item.as_object_mut() {
                    item.retain(|name, _| wished.contains(name));
                }
            }
        }
        None => whole.retain(|name, _| wished.contains(name)),
    }
    serde_json::to_vec(&whole).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_out_of_the_query() {
        let known: BTreeSet<String> = ["a", "b"].map(str::to_owned).into();
        let (wanted, rest) = wished("x=1&fields=a%2Cb&y=2", &known).unwrap().unwrap();
        assert_eq!(wanted, known);
        assert_eq!(rest, "x=1&y=2");
        assert!(wished("x=1", &known).unwrap().is_none());
        assert!(matches!(
            wished("fields=a,c", &known),
            Err(Error::Invalid(_))
        ));
        assert!(wished("fields=", &known).is_err());
    }

    #[test]
    fn other_names_are_left_out_of_a_thing_and_of_each_item() {
        let wished: BTreeSet<String> = ["a".to_owned()].into();
        let list = sparse(br#"{"items":[{"a":1,"b":2}],"next":"x"}"#, &wished).unwrap();
        assert_eq!(list, br#"{"items":[{"a":1}],"next":"x"}"#);
        assert_eq!(sparse(br#"{"a":1,"b":2}"#, &wished).unwrap(), br#"{"a":1}"#);
    }

    #[test]
    fn a_header_that_cannot_be_read_is_refused_and_not_passed_over() {
        let of = |sent: &[&[u8]]| {
            let mut headers = HeaderMap::new();
            for one in sent {
                headers.append(IF_NONE_MATCH, HeaderValue::from_bytes(one).unwrap());
            }
            is_read(&headers, &IF_NONE_MATCH).is_ok()
        };
        assert!(of(&[]) && of(&[b""]) && of(&[b"\"a\", W/\"b\""]));
        assert!(!of(&["\"\u{e9}\"".as_bytes()]));
        assert!(!of(&[b"\"a\tb\""]));
        assert!(!of(&[&[b'a'; 201]]));
        assert!(of(&[b"\"a\"", b"\"b\""]), "a list may stand on two lines");
    }

    #[test]
    fn a_version_is_known_again_in_another_coding() {
        let tag = tag_of(b"{}");
        let mut headers = HeaderMap::new();
        let sent = format!("\"other\", W/{tag}");
        headers.insert(IF_NONE_MATCH, HeaderValue::from_str(&sent).unwrap());
        assert!(names(&headers, &IF_NONE_MATCH, &tag));
        assert!(!names(&headers, &IF_NONE_MATCH, &tag_of(b"[]")));
    }
}
