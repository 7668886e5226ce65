//! A new return code at the reception: asked for on the page of the case, shown once.

use askama::Template;
use axum::extract::{Path, State};
use base::{Error, FieldError};
use people::Visitor;
use serde::Deserialize;
use web::{Form, Page, PageResult};

use super::number_in;
use super::reception::{Said, draw_case, require_operator};
use crate::{Cases, Known};

#[derive(Template)]
#[template(path = "reception-code.html")]
pub(super) struct NewCode {
    pub(super) page: Page,
    pub(super) number: String,
    pub(super) code: String,
    /// Where the case is opened with it.
    pub(super) site: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    turn: i64,
    #[serde(default)]
    stated: String,
    #[serde(default)]
    code_known_by: String,
}

/// Gives a new code and shows it: it stands on no other page.
pub(super) async fn renew(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Form(asked): Form<Asked>,
) -> PageResult {
    require_operator(&visitor)?;
    let number = number_in(&number)?;
    let actor = &visitor.actor;
    let known = Known {
        stated: &asked.stated,
        by: &asked.code_known_by,
    };
    let given = cases.renew_code(actor, number, asked.turn, known);
    let errors = match given.await {
        Ok(code) => {
            let request = &visitor.request;
            return web::html(&NewCode {
                page: request.page(request.t("reception-renew")),
                number: number.to_string(),
                code,
                site: format!("{}/status", request.shell().settings().origin),
            });
        }
        Err(Error::Invalid(mut errors)) => {
            // The field of the other form has the same name.
            for error in errors.iter_mut().filter(|error| error.field == "known_by") {
                "code_known_by".clone_into(&mut error.field);
            }
            errors
        }
        Err(Error::Conflict(key)) => vec![FieldError::new("", key)],
        Err(other) => return Err(other.into()),
    };
    let typed = Said::of_code(asked.stated, asked.code_known_by);
    draw_case(&cases, &visitor, number, typed, errors).await
}
