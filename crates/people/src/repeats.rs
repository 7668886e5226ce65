//! Requests that come again: a program that lost the connection sends its POST once more with the
//! same `Idempotency-Key`, is given the same bytes, and nothing is done twice. A key belongs to
//! its account (all guests share one space of keys) and to one operation and body. It is taken
//! before the work begins, so that of two at once one works and the other is told to wait; a
//! refused request gives it back; what was broken off stays taken, for nobody knows what came of
//! it. Answers are kept for a day, sealed.

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, LOCATION, RETRY_AFTER,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use base::{Error, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use tracing::Instrument as _;
use web::ApiError;
use web::api::Operations;

use crate::{People, sql};

/// Name of the header.
pub const KEY: &str = "idempotency-key";

/// The most bytes of such a key.
pub const KEY_MOST: usize = 255;

/// For how many seconds an answer is kept.
const KEPT: i64 = 24 * 3600;

/// The most bytes of a body whose repeats are told by what it says; a larger one, and files, are
/// told by their length alone.
const BODY_MOST: usize = 1024 * 1024;

/// The most bytes of an answer that is kept.
const ANSWER_MOST: usize = 1024 * 1024;

/// What every repeat says of itself.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// An answer as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// What a key is found to be.
enum Seen {
    New,
    Before(Vec<u8>),
    AtWork,
    Other,
}

#[derive(Clone)]
struct Keeping {
    people: People,
    operations: Arc<Operations>,
}

/// The key of a request, when it has one.
pub fn key_in(headers: &HeaderMap) -> Result<Option<&str>> {
    let wrong = || Error::field("Idempotency-Key", "api-error-key");
    let mut sent = headers.get_all(KEY).iter();
    let Some(first) = sent.next() else {
        return Ok(None);
    };
    let key = first.to_str().map_err(|_| wrong())?;
    let sound =
        (1..=KEY_MOST).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if sound && sent.next().is_none() {
        Ok(Some(key))
    } else {
        Err(wrong())
    }
}

/// Keeps the answers of every POST that comes with a key, but of those operations that do it by
/// themselves. Goes around the routes of the interface, inside the layer that knows who asks.
pub fn layer(router: Router, people: &People, operations: &Arc<Operations>) -> Router {
    let keeping = Keeping {
        people: people.clone(),
        operations: Arc::clone(operations),
    };
    router.layer(from_fn_with_state(keeping, keep))
}

async fn keep(State(keeping): State<Keeping>, request: Request, next: Next) -> Response {
    let known = request
        .extensions()
        .get::<MatchedPath>()
        .and_then(|route| keeping.operations.get(request.method(), route.as_str()));
    let keeps = request.method() == Method::POST && known.is_some_and(|known| !known.keeps_keys);
    let facts = request.extensions().get::<web::Request>().cloned();
    let (true, Some(facts)) = (keeps, facts) else {
        return next.run(request).await;
    };
    match repeated(&keeping.people, facts, request, next).await {
        Ok(response) => response,
        Err(error) => ApiError(error).into_response(),
    }
}

async fn repeated(
    people: &People,
    facts: web::Request,
    request: Request,
    next: Next,
) -> Result<Response> {
    let Some(key) = key_in(request.headers())? else {
        return Ok(next.run(request).await);
    };
    let caller = facts
        .actor()
        .account()
        .map_or_else(|| "guest".to_owned(), |account| account.to_string());
    let key_hash = digest(&["okno/repeats", &caller, key]);
    let (request, body_hash) = told_apart(request).await?;
    match people.seen(key_hash, body_hash).await? {
        Seen::New => {}
        Seen::Before(answer) => return again(&answer),
        Seen::Other => return Err(Error::field("Idempotency-Key", "error-repeat-other")),
        Seen::AtWork => {
            let mut response = ApiError(Error::Conflict("error-repeat-at-work-do")).into_response();
            let headers = response.headers_mut();
            headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
            return Ok(response);
        }
    }
    let people = people.clone();
    // A task of its own: whoever hangs up and asks again is given what the first asking did.
    let work = async move {
        let response = next.run(request).await;
        people.settle(key_hash, response).await
    };
    let span = tracing::Span::current();
    tokio::spawn(facts.during(work).instrument(span))
        .await
        .map_err(Error::internal)?
}

/// The request again, with a digest of what it asks for.
async fn told_apart(request: Request) -> Result<(Request, [u8; 32])> {
    let (parts, body) = request.into_parts();
    let address = parts.uri.to_string();
    let kind = parts
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|kind| kind.split(';').next())
        .unwrap_or_default()
        .to_owned();
    let length = parts
        .headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    if kind != "application/json" && !kind.is_empty() {
        let hash = digest(&[&address, &kind, &length]);
        return Ok((Request::from_parts(parts, body), hash));
    }
    let bytes: Bytes = to_bytes(body, BODY_MOST)
        .await
        .map_err(|_| Error::Malformed("error-too-large-do"))?;
    let mut hasher = Sha256::new();
    hasher.update(digest(&[&address, &kind]));
    hasher.update(&bytes);
    let hash = hasher.finalize().into();
    Ok((Request::from_parts(parts, Body::from(bytes)), hash))
}

fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// What was answered the first time.
fn again(answer: &[u8]) -> Result<Response> {
    let kept: Kept = serde_json::from_slice(answer).map_err(Error::internal)?;
    let status = StatusCode::from_u16(kept.status).map_err(Error::internal)?;
    let mut response = (status, kept.body).into_response();
    let headers = response.headers_mut();
    headers.remove(CONTENT_TYPE);
    for (name, value) in kept.headers {
        let name = HeaderName::try_from(name).map_err(Error::internal)?;
        headers.insert(name, HeaderValue::try_from(value).map_err(Error::internal)?);
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}

impl People {
    async fn seen(&self, key: [u8; 32], body: [u8; 32]) -> Result<Seen> {
        let since = self.0.store.now().plus_seconds(-KEPT);
        let found = self
            .0
            .store
            .housekeeping(move |tx| {
                sql::sweep_requests(tx, since)?;
                if let Some(row) = sql::repeated_request(tx, &key, since)? {
                    return Ok(Some(row));
                }
                // Older than a day, and not yet swept.
                sql::forget_request(tx, &key)?;
                if sql::begin_request(tx, &key, &body)? {
                    Ok(None)
                } else {
                    sql::repeated_request(tx, &key, since)
                }
            })
            .await?;
        Ok(match found {
            None => Seen::New,
            Some(row) if row.body_hash != body => Seen::Other,
            Some(row) => match row.answer {
                Some(sealed) => {
                    let installation = self.0.journal.keys().installation();
                    Seen::Before(installation.open(&context(&key), &sealed)?)
                }
                None => Seen::AtWork,
            },
        })
    }

    /// Keeps what was answered, or gives the key back after a refusal.
    async fn settle(&self, key: [u8; 32], response: Response) -> Result<Response> {
        let status = response.status();
        if !status.is_success() {
            // After a fault of ours nobody knows what was done.
            if status != StatusCode::INTERNAL_SERVER_ERROR {
                self.0
                    .store
                    .housekeeping(move |tx| sql::forget_request(tx, &key))
                    .await?;
            }
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, ANSWER_MOST).await.map_err(Error::internal)?;
        let headers = [LOCATION, CONTENT_TYPE, CACHE_CONTROL, ETAG]
            .iter()
            .filter_map(|name| {
                let value = parts.headers.get(name)?.to_str().ok()?;
                Some((name.as_str().to_owned(), value.to_owned()))
            })
            .chain(parts.headers.iter().filter_map(|(name, value)| {
                let own = name.as_str().starts_with("tus-") || name.as_str().starts_with("upload-");
                own.then(|| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))?
            }))
            .collect();
        let kept = Kept {
            status: status.as_u16(),
            headers,
            body: String::from_utf8(bytes.to_vec()).map_err(Error::internal)?,
        };
        let plain = serde_json::to_vec(&kept).map_err(Error::internal)?;
        let sealed = self
            .0
            .journal
            .keys()
            .installation()
            .seal(&context(&key), &plain)?;
        self.0
            .store
            .housekeeping(move |tx| sql::answer_request(tx, &key, &sealed))
            .await?;
        Ok(Response::from_parts(parts, Body::from(bytes)))
    }
}

/// What an answer is sealed as.
fn context(key: &[u8; 32]) -> String {
    let mut half = [0u8; 16];
    half.copy_from_slice(&key[..16]);
    format!("repeated_request:{}", uuid::Uuid::from_bytes(half))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(keys: &[&[u8]]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for key in keys {
            headers.append(KEY, HeaderValue::from_bytes(key).unwrap());
        }
        headers
    }

    #[test]
    fn keys_are_visible_ascii_of_bounded_length_and_stand_once() {
        let long = [b'k'; KEY_MOST + 1];
        assert_eq!(key_in(&headers(&[])).unwrap(), None);
        assert_eq!(key_in(&headers(&[b"a-1"])).unwrap(), Some("a-1"));
        assert!(key_in(&headers(&[&long[..KEY_MOST]])).is_ok());
        for bad in [
            &[b"".as_slice()][..],
            &[b"a b"],
            &["ключ".as_bytes()],
            &[&long],
            &[b"a", b"a"],
        ] {
            assert!(
                matches!(key_in(&headers(bad)), Err(Error::Invalid(_))),
                "{bad:?}"
            );
        }
    }
}
