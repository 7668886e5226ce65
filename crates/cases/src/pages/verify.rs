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

use super::names::Names;
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
    let mut shown = draw(&visitor.request, page, key, None);
    let names = Names::load(&cases, visitor.request.language).await?;
    shown.words.extend(names_of_codes(&names));
    web::html(&shown)
}

/// What the codes of this house are called: units and subjects, under the names by which the script
/// asks. A proof of another house keeps its codes.
fn names_of_codes(names: &Names) -> Vec<Line> {
    let subjects = names.contents().categories();
    let subjects = subjects.all().iter().map(|subject| {
        let name = names.category_path(Some(subject.id));
        Line::new(format!("value-category-{}", subject.code), name)
    });
    let units = names.units().all().into_iter().flat_map(|unit| {
        ["unit", "to_unit", "part_unit"]
            .map(|field| Line::new(format!("value-{field}-{}", unit.code), names.unit(unit.id)))
    });
    subjects.chain(units).collect()
}

/// Puts names in the place of this house's codes.
fn name_codes(result: &mut ResultView, names: &Names) {
    let subjects = names.contents().categories();
    let facts = result
        .entries
        .iter_mut()
        .flat_map(|entry| &mut entry.fields);
    for fact in facts.filter(|fact| fact.is_code) {
        let unit = names.units().by_code(&fact.value).map(|unit| unit.id);
        let subject = subjects.by_code(&fact.value).map(|subject| subject.id);
        let name = match (unit, subject) {
            // `roads` may be both: then it stays what it is.
            (Some(unit), None) => names.unit(unit),
            (None, Some(subject)) => names.category_path(Some(subject)),
            _ => continue,
        };
        fact.value = name;
        fact.is_code = false;
    }
}

async fn check(
    visitor: Visitor,
    State(cases): State<Cases>,
    headers: HeaderMap,
    body: Bytes,
) -> PageResult {
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
    let mut result = view(request, &verification);
    name_codes(&mut result, &Names::load(&cases, request.language).await?);
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
