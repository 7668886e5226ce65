//! The verification page. With scripts the browser checks the file by itself and nothing is sent;
//! without them the file comes here and is checked by the same rules.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::IntoResponse;
use axum::routing::get;
use base::{Error, FieldError, Result};
use people::Visitor;
use web::{Page, PageResult, Request};

use super::verify_view::{ResultView, view, words};
use super::{Line, upload};
use crate::Cases;

/// The page's own script.
const PAGE_SCRIPT: &str = include_str!("../../assets/verify-page.js");
/// The verifier, which knows no page and can be taken elsewhere as it is.
const VERIFIER: &str = include_str!("../../../journal/assets/verify.js");

/// The longest key that is read at all.
const MOST_KEY: usize = 1000;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/verify", get(ask).post(check))
        .route("/verify/page.js", get(async || script(PAGE_SCRIPT)))
        .route("/verify/verifier.js", get(async || script(VERIFIER)))
}

#[derive(Template)]
#[template(path = "verify.html")]
pub(super) struct Verify {
    pub(super) page: Page,
    pub(super) key: String,
    pub(super) result: Option<ResultView>,
    /// The zone in which the script says times.
    pub(super) zone: String,
    /// The sentences that the script may need.
    pub(super) words: Vec<Line>,
}

async fn ask(visitor: Visitor, State(cases): State<Cases>) -> PageResult {
    let page = visitor.request.page(visitor.request.t("verify-title"));
    let key = own_key(&cases)?;
    web::html(&draw(&visitor.request, page, key, None))
}

async fn check(visitor: Visitor, headers: HeaderMap, body: Bytes) -> PageResult {
    let request = &visitor.request;
    let broken = Error::Malformed("error-malformed-do");
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let Some(boundary) = kind.and_then(upload::boundary) else {
        return Err(broken.into());
    };
    let parts = upload::parts(&body, boundary).ok_or(broken)?;
    let part = |name: &str| {
        parts
            .iter()
            .find(|part| part.name == name)
            .map(|part| part.content)
    };
    let key = part("key").map(String::from_utf8_lossy).unwrap_or_default();
    let key: String = key.trim().chars().take(MOST_KEY).collect();
    let file = part("file").unwrap_or_default();
    if file.is_empty() {
        let page = request
            .page(request.t("verify-title"))
            .with_errors(vec![FieldError::new("file", "verify-no-file")])
            .with_label("file", request.t("verify-file"));
        let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        return web::html_with(status, &draw(request, page, key, None));
    }
    let keys = Some(key.as_str()).filter(|key| !key.is_empty());
    let verification = journal::verify::verify_with_vkey(file, keys);
    let page = request.page(request.t("verify-title"));
    let result = view(request, &verification);
    web::html(&draw(request, page, key, Some(result)))
}

/// The public key of this installation's log.
fn own_key(cases: &Cases) -> Result<String> {
    let journal = cases.journal();
    let key = journal
        .keys()
        .note_key(journal.epoch())
        .map_err(Error::internal)?;
    Ok(key.vkey())
}

pub(super) fn draw(
    request: &Request,
    page: Page,
    key: String,
    result: Option<ResultView>,
) -> Verify {
    let zone = &request.shell().settings().zone;
    Verify {
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        words: words(request),
        page,
        key,
        result,
    }
}

/// A script under an address that stays, kept by browsers for an hour.
fn script(text: &'static str) -> impl IntoResponse {
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    let cache = HeaderValue::from_static("public, max-age=3600");
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, cache)], text)
}
