//! What every request passes through, once and for all slices: the request's facts and span, the
//! bounds of time, size and number, refusal of forged requests, panics turned into pages, security
//! headers, compression, metrics. [`layers`] is put around the whole router, last of all.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request as HttpRequest, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE,
    ETAG, ORIGIN, REFERRER_POLICY, SET_COOKIE, STRICT_TRANSPORT_SECURITY, VARY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use base::Error;
use futures_util::FutureExt;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::limit::RequestBodyLimitLayer;
use tracing::Instrument;

use crate::door::Sign;
use crate::errors::{Refusal, Spoken};
use crate::request::Request;
use crate::room::{Part, Room};
use crate::shell::Shell;
use crate::{cookies, door};

const CSP: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
);
const PERMISSIONS: HeaderValue = HeaderValue::from_static(
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
);

#[derive(Clone)]
struct Guard {
    shell: Shell,
    room: Room,
}

/// Puts everything around `router` that each request needs. Comes last, outside of the layer that
/// reads sessions, and around a router that began as [`router`](crate::router()):
///
/// ```text
/// let slices = web::router().merge(people_routes).merge(case_routes).layer(sessions);
/// let app = web::layers(slices, &shell);
/// ```
pub fn layers(router: Router, shell: &Shell) -> Router {
    let settings = shell.settings();
    let forged = match CsrfLayer::new().add_trusted_origin(&settings.origin) {
        Ok(layer) => layer,
        Err(error) => {
            // Without it the Host header decides, which is right wherever proxies keep it.
            tracing::warn!(%error, "the public address is no origin");
            CsrfLayer::new()
        }
    };
    let room = Room::new(settings.most_requests);
    let guard = Guard {
        shell: shell.clone(),
        room: room.clone(),
    };
    let inside = router
        .layer(forged)
        .layer(DefaultBodyLimit::max(settings.most_body))
        .layer(RequestBodyLimitLayer::new(settings.most_upload))
        .layer(from_fn_with_state(guard, keep))
        .layer(CompressionLayer::new())
        .layer(axum::middleware::map_response(weaken));
    door::layer(inside, shell, &room)
}

/// A tag speaks of bytes; compressed, they are others (RFC 9110 section 8.8.1).
async fn weaken(mut response: Response) -> Response {
    let is_json = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if is_json
        && response.headers().contains_key(CONTENT_ENCODING)
        && let Some(tag) = response.headers().get(ETAG)
        && let Ok(text) = tag.to_str()
        && text.starts_with('"')
        && let Ok(weak) = HeaderValue::from_str(&format!("W/{text}"))
    {
        response.headers_mut().insert(ETAG, weak);
    }
    response
}

/// The way of one request through the bounds and out again.
async fn keep(State(guard): State<Guard>, mut http: HttpRequest, next: Next) -> Response {
    let counted = Counted::begin(&http);
    let request = Request::gather(&guard.shell, &http);
    let Counted { method, route, .. } = &counted;
    let span = tracing::info_span!("request", id = %request.id, method, route);
    let with_token = crate::api::bearer(http.headers()).is_some();
    if request.path.starts_with("/api/") && (with_token || !http.headers().contains_key(COOKIE)) {
        // Nothing that a foreign page could borrow comes along, or nothing of it is read: programs
        // of any origin may call.
        http.headers_mut().remove(ORIGIN);
        http.headers_mut().remove("sec-fetch-site");
    }
    http.extensions_mut().insert(request.clone());
    let with_files = door::is_with_files(http.headers());
    let sign = http.extensions().get::<Sign>().and_then(|sign| sign.0);

    let work = async {
        let settings = guard.shell.settings();
        let seconds = if with_files {
            // Files come over slow lines, too; how much of them is bounded where they are read.
            settings.upload_seconds
        } else if promised(http.headers()) > settings.most_body {
            let refusal = Refusal::plain(StatusCode::PAYLOAD_TOO_LARGE, "too-large");
            return refusal.respond(Some(&request), request.wants_json);
        } else {
            settings.timeout_seconds
        };
        let limit = Duration::from_secs(seconds.max(1));
        let answer = AssertUnwindSafe(tokio::time::timeout(limit, next.run(http))).catch_unwind();
        match answer.await {
            Ok(Ok(response)) => in_words(response, &request),
            Ok(Err(_)) => {
                tracing::warn!("a request took too long");
                Refusal::of(&Error::Busy).respond(Some(&request), request.wants_json)
            }
            Err(panic) => {
                let text = panic_text(panic.as_ref());
                let error = Error::internal(format!("panic: {text}"));
                Refusal::of(&error).respond(Some(&request), request.wants_json)
            }
        }
    };
    let mut response = request.clone().during(work.instrument(span)).await;
    if let Some(viewer) = request.viewer() {
        let part = if viewer.staff {
            Part::Staff
        } else {
            Part::Applicants
        };
        guard.room.remember(sign, part);
    }
    dress(&mut response, &request);

    counted.end(response.status());
    response
}

/// How many bytes of a body are told beforehand; 0 when none are.
fn promised(headers: &HeaderMap) -> usize {
    headers
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|length| length.parse().ok())
        .unwrap_or_default()
}

/// Replaces a refusal that a library wrote for programmers by one that a person understands.
fn in_words(response: Response, request: &Request) -> Response {
    let status = response.status();
    if !status.is_client_error() || response.extensions().get::<Spoken>().is_some() {
        return response;
    }
    let forged = response.extensions().get::<ProtectionError>().is_some();
    let from_a_library = response
        .headers()
        .get(CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    if !from_a_library {
        return response;
    }
    let code = match status {
        StatusCode::FORBIDDEN if forged => "forged",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::UNAUTHORIZED => "unauthenticated",
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method",
        StatusCode::PRECONDITION_FAILED => "precondition",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "media",
        _ => "malformed",
    };
    let (parts, _) = response.into_parts();
    let mut spoken = Refusal::plain(status, code).respond(Some(request), request.wants_json);
    for (name, value) in &parts.headers {
        if name != CONTENT_TYPE && name != axum::http::header::CONTENT_LENGTH {
            spoken.headers_mut().append(name.clone(), value.clone());
        }
    }
    spoken
}

/// A request as the measures count it.
pub(crate) struct Counted {
    began: Instant,
    method: &'static str,
    route: String,
}

impl Counted {
    /// Begins to count.
    pub(crate) fn begin(http: &HttpRequest) -> Self {
        let route = http.extensions().get::<MatchedPath>();
        Self {
            began: Instant::now(),
            method: known_method(http.method()),
            route: route.map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned()),
        }
    }

    /// Counts the answer.
    pub(crate) fn end(self, status: StatusCode) {
        let Self {
            began,
            method,
            route,
        } = self;
        let status = status_class(status);
        metrics::counter!("http_requests_total", "route" => route.clone(), "method" => method, "status" => status)
            .increment(1);
        metrics::histogram!("http_request_duration_seconds", "route" => route, "method" => method)
            .record(began.elapsed().as_secs_f64());
    }
}

/// The headers of every answer. What a handler has set by itself stays.
pub(crate) fn dress(response: &mut Response, request: &Request) {
    let shell = request.shell();
    let is_html = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let headers = response.headers_mut();
    if is_html && request.flash_was_shown() {
        headers.append(SET_COOKIE, cookies::remove(shell, cookies::FLASH));
    }
    set(headers, CONTENT_SECURITY_POLICY, CSP);
    set(
        headers,
        X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    set(
        headers,
        REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    );
    set(
        headers,
        HeaderName::from_static("permissions-policy"),
        PERMISSIONS,
    );
    set(
        headers,
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    if shell.settings().secure_cookies {
        set(
            headers,
            STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    if !headers.contains_key(CACHE_CONTROL) {
        // What is said once is for this one reading: the worker puts no such page aside.
        let keep = if request.viewer().is_some() || request.flash_was_shown() {
            "no-store"
        } else {
            "no-cache"
        };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    }
    if is_html {
        headers.append(VARY, HeaderValue::from_static("cookie, accept-language"));
    }
    if let Ok(id) = HeaderValue::from_str(&request.id) {
        headers.insert("x-request-id", id);
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: HeaderValue) {
    headers.entry(name).or_insert(value);
}

/// The method as a label: a bounded set, whatever clients invent.
fn known_method(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

const fn status_class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

fn panic_text(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no text")
}
