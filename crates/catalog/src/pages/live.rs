//! Checks while a form is filled in: the same validator as at sending, asked for one page at a
//! time. Nothing is kept, and a page without scripts never asks.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use base::Error;
use people::People;
use web::{Fields, PageError, Request};

use crate::catalog::Catalog;
use crate::form::CheckContext;

/// What is wrong with the answers to a step: a sentence by field. Questions that hang on answers of
/// other pages are not looked at.
pub(super) async fn check(
    request: Request,
    State(catalog): State<Catalog>,
    Extension(people): Extension<People>,
    Path((code, step)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, PageError> {
    let contents = catalog.contents().await?;
    let units = people.units().await?;
    let form = &contents
        .service(&code)
        .ok_or(Error::NotFound)?
        .definition
        .form;
    form.step(&step).ok_or(Error::NotFound)?;
    let context = CheckContext {
        today: request.now().date(&request.shell().settings().zone),
        categories: contents.categories(),
        units: &units,
        officials: contents.officials(),
    };
    let answers = form.read_urlencoded(&step, &fields.0);
    let wrong = form
        .check_step(&step, &answers, &context)
        .err()
        .unwrap_or_default();
    // The page itself says what its mistakes are, so that both say the same.
    let page = request.page("").with_errors(wrong);
    let told: BTreeMap<String, String> = page
        .wrong_fields()
        .into_iter()
        .map(|wrong| (wrong.field, wrong.text))
        .collect();
    Ok(Json(told).into_response())
}
