//! The page of a full house. It is made of nothing but words, because it is shown when there is time
//! for nothing else, and it tells the truth: that nothing was taken, when to try again, and that
//! what has a number is safe. A page that was only looked at opens by itself.

use askama::Template;
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::Error;

use crate::errors::{Refusal, Spoken};
use crate::page::html_text;
use crate::request::Request;

#[derive(Template)]
#[template(path = "waiting.html")]
struct Waiting<'a> {
    request: &'a Request,
    seconds: u32,
    /// Whether asking again changes nothing, so that the page may do so itself.
    repeats: bool,
}

impl Waiting<'_> {
    fn timed(&self, key: &str) -> String {
        self.request.ta(key, &[("seconds", self.seconds.into())])
    }
}

/// Answers 503 with `Retry-After`: a page to people, a problem (RFC 9457) to programs. `repeats` says
/// that asking again changes nothing.
pub(crate) fn respond(request: &Request, repeats: bool, seconds: u32) -> Response {
    if request.wants_json {
        let mut refusal = Refusal::of(&Error::Busy);
        refusal.retry_after = Some(seconds);
        return refusal.respond(Some(request), true);
    }
    let page = Waiting {
        request,
        seconds,
        repeats,
    };
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let mut response = match page.render() {
        Ok(text) => html_text(status, text),
        Err(_) => status.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(Spoken);
    response
}
