//! What every request of the interface passes: the limit of its account or address, the scope of
//! its token, and on the way out the tag of what was read. Goes around the routes of the interface
//! alone, inside the layer that knows who asks.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::extract::{MatchedPath, Request as HttpRequest, State};
use axum::http::header::{IF_MATCH, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use base::{Clock, Error};

use super::operations::{Operation, Operations};
use super::scopes::TokenScopes;
use super::{insufficient_scope, tags};
use crate::errors::ApiError;
use crate::limits::{Limiter, Standing};
use crate::request::Request;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The window of the limits, in seconds.
const WINDOW: u32 = 60;

/// How many requests there are in a minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For each address without a sign-in.
    pub guest: u32,
    /// For each account.
    pub account: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            guest: 600,
            account: 1_200,
        }
    }
}

#[derive(Clone)]
struct Held {
    operations: Arc<Operations>,
    guests: Limiter,
    accounts: Limiter,
    limits: Limits,
}

/// Puts the limits, the scopes and the tags around the routes of the interface.
pub fn layer(
    router: Router,
    operations: &Arc<Operations>,
    clock: &Clock,
    limits: Limits,
) -> Router {
    let limiter = |most: u32| {
        Limiter::new(
            clock.clone(),
            most,
            f64::from(most.max(1)) / f64::from(WINDOW),
        )
    };
    let held = Held {
        operations: Arc::clone(operations),
        guests: limiter(limits.guest),
        accounts: limiter(limits.account),
        limits,
    };
    router.layer(from_fn_with_state(held, hold))
}

async fn hold(State(held): State<Held>, http: HttpRequest, next: Next) -> Response {
    let Some(facts) = http.extensions().get::<Request>().cloned() else {
        return next.run(http).await;
    };
    let (name, most, taken) = match facts.account() {
        Some(account) => (
            "account",
            held.limits.account,
            held.accounts.take(&account.to_string()),
        ),
        None => (
            "address",
            held.limits.guest,
            held.guests.take(&facts.client.to_string()),
        ),
    };
    let (standing, mut response) = match taken {
        Ok(standing) => (standing, answer(&held, &facts, http, next).await),
        Err(error) => {
            let seconds = match &error {
                Error::TooMany(seconds) => *seconds,
                _ => WINDOW,
            };
            let none = Standing {
                left: 0,
                whole_in: seconds,
            };
            (none, ApiError(error).into_response())
        }
    };
    let Standing { left, whole_in } = standing;
    let headers = response.headers_mut();
    for (header, text) in [
        (POLICY, format!("\"{name}\";q={most};w={WINDOW}")),
        (RATE_LIMIT, format!("\"{name}\";r={left};t={whole_in}")),
    ] {
        if let Ok(value) = HeaderValue::from_str(&text) {
            headers.insert(header, value);
        }
    }
    response
}

async fn answer(held: &Held, facts: &Request, mut http: HttpRequest, next: Next) -> Response {
    let route = http.extensions().get::<MatchedPath>();
    let operation =
        route.and_then(|route| held.operations.get(http.method(), route.as_str()).cloned());
    if let Some(scopes) = http.extensions().get::<TokenScopes>() {
        let scope = operation.as_ref().and_then(|operation| operation.scope);
        if !scope.is_some_and(|scope| scopes.holds(scope)) {
            return insufficient_scope(facts, scope);
        }
    }
    let known = operation.as_ref();
    for (header, meant) in [
        (
            IF_NONE_MATCH,
            known.is_some_and(|known| !known.fields.is_empty()),
        ),
        (IF_MATCH, known.is_some_and(|known| known.is_held)),
    ] {
        if meant && let Err(error) = tags::is_read(http.headers(), &header) {
            return ApiError(error).into_response();
        }
    }
    let reads = matches!(*http.method(), Method::GET | Method::HEAD);
    let Some(operation) = operation.filter(|known| reads && !known.fields.is_empty()) else {
        return next.run(http).await;
    };
    let wished = match without_fields(&mut http, &operation) {
        Ok(wished) => wished,
        Err(error) => return ApiError(error).into_response(),
    };
    let asked: HeaderMap = http.headers().clone();
    let response = next.run(http).await;
    match tags::dressed(response, &asked, wished.as_ref()).await {
        Ok(response) => response,
        Err(error) => ApiError(error).into_response(),
    }
}

/// Takes `fields` out of the address, so that handlers need not know of it.
fn without_fields(
    http: &mut HttpRequest,
    operation: &Operation,
) -> Result<Option<BTreeSet<String>>, Error> {
    let query = http.uri().query().unwrap_or_default();
    let Some((wished, rest)) = tags::wished(query, &operation.fields)? else {
        return Ok(None);
    };
    let path = http.uri().path();
    let address = if rest.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{rest}")
    };
    let mut parts = http.uri().clone().into_parts();
    parts.path_and_query = Some(address.parse().map_err(Error::internal)?);
    *http.uri_mut() = Uri::from_parts(parts).map_err(Error::internal)?;
    Ok(Some(wished))
}
