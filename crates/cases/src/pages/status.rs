//! The status of a case by its number: what the public may know at once, and with the return code
//! the whole case for somebody who filed without an account.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use base::{Error, FieldError, Number};
use people::Visitor;
use serde::Deserialize;
use web::{Form, Page, PageResult};

use super::names::Names;
use super::register_view::{EntryView, entry};
use super::{parameter, pass_of, with_pass};
use crate::Cases;

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/status", get(ask).post(answer))
}

#[derive(Template)]
#[template(path = "status.html")]
pub(super) struct Status {
    pub(super) page: Page,
    pub(super) number: String,
    /// The code that did not fit, as it was typed.
    pub(super) code: String,
    pub(super) found: Option<EntryView>,
    /// Whether whoever asks may open the case itself.
    pub(super) own: bool,
}

#[derive(Deserialize)]
struct Asked {
    number: Option<String>,
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    number: String,
    #[serde(default)]
    code: String,
}

/// A number as it stands on papers: without the sign before it, and without the date or the number
/// of an answer after it.
pub(super) fn bare(number: &str) -> String {
    let number = number.trim_start_matches('\u{2116}');
    let number = number.split('/').next().unwrap_or(number);
    let number = number.split(" \u{43e}\u{442} ").next().unwrap_or(number);
    number.trim().to_owned()
}

async fn ask(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let number = bare(&parameter(asked.number.as_deref()));
    if number.is_empty() {
        return draw(&visitor, number, String::new(), Vec::new());
    }
    look_up(&cases, &visitor, number).await
}

async fn answer(
    visitor: Visitor,
    State(cases): State<Cases>,
    Form(typed): Form<Typed>,
) -> PageResult {
    let text = bare(&parameter(Some(&typed.number)));
    let code = parameter(Some(&typed.code));
    if code.is_empty() {
        return look_up(&cases, &visitor, text).await;
    }
    let number: Number = match text.parse() {
        Ok(number) => number,
        Err(_) => return draw(&visitor, text, code, mistyped()),
    };
    let request = &visitor.request;
    match cases.return_with_code(number, &code, request.client).await {
        Ok(opened) => {
            let pass = pass_of(&cases, request).with_opened(&opened);
            let response = request.redirect(&format!("/cases/{number}"));
            Ok(with_pass(response, &cases, request, &pass))
        }
        Err(Error::Invalid(errors)) => draw(&visitor, text, code, errors),
        Err(other) => Err(other.into()),
    }
}

/// Shows what the public may know of the number that was typed.
async fn look_up(cases: &Cases, visitor: &Visitor, text: String) -> PageResult {
    let Ok(number) = text.parse::<Number>() else {
        return draw(visitor, text, String::new(), mistyped());
    };
    let names = Names::load(cases, visitor.request.language).await?;
    match cases.status(number).await {
        Ok(row) => {
            let found = entry(&visitor.request, &names, &row, cases.today());
            let pass = pass_of(cases, &visitor.request);
            let own = cases.own_case(&visitor.actor, &pass, number).await?;
            let page = found_page(visitor, number, found, own.is_some());
            web::html(&page)
        }
        Err(Error::NotFound) => {
            let unknown = vec![FieldError::new("number", "case-status-unknown")];
            draw(visitor, text, String::new(), unknown)
        }
        Err(other) => Err(other.into()),
    }
}

fn mistyped() -> Vec<FieldError> {
    vec![FieldError::new("number", "error-number")]
}

fn found_page(visitor: &Visitor, number: Number, found: EntryView, own: bool) -> Status {
    let request = &visitor.request;
    Status {
        page: request.page(request.t("case-status-title")),
        number: number.to_string(),
        code: String::new(),
        found: Some(found),
        own,
    }
}

/// What was typed stays: who slipped in one sign of sixteen sees where.
fn draw(visitor: &Visitor, number: String, code: String, errors: Vec<FieldError>) -> PageResult {
    let request = &visitor.request;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = request
        .page(request.t("case-status-title"))
        .with_errors(errors)
        .with_label("number", request.t("case-status-number"))
        .with_label("code", request.t("case-status-code"));
    web::html_with(
        status,
        &Status {
            page,
            number,
            code,
            found: None,
            own: false,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_papers_write_it() {
        for typed in [
            "А-2026-00000042-5",
            "№ А-2026-00000042-5",
            "№ А-2026-00000042-5 от 23 ноября 2026 года",
            "А-2026-00000042-5/1",
        ] {
            assert_eq!(bare(typed), "А-2026-00000042-5", "{typed}");
        }
    }
}
