//! The page behind the link in letters to co-applicants without an account: what letters those are,
//! and a button that stops them or lets them come again. Looking at it changes nothing, so that a
//! mail server that follows links stops nothing.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use base::Error;
use people::Visitor;
use web::form::Fields;
use web::{Page, PageResult};

use crate::Notices;

pub(super) fn router() -> Router<Notices> {
    Router::new().route("/letters/{link}", get(show).post(save))
}

#[derive(Template)]
#[template(path = "letters-named.html")]
pub(super) struct Letters {
    pub(super) page: Page,
    /// Whether letters go there.
    pub(super) go: bool,
}

async fn show(
    visitor: Visitor,
    State(notices): State<Notices>,
    Path(link): Path<String>,
) -> PageResult {
    let addressee = notices.named_by(&link).ok_or(Error::NotFound)?;
    let request = &visitor.request;
    web::html(&Letters {
        page: request.page(request.t("notice-named-title")),
        go: notices.writes_to(addressee).await?,
    })
}

async fn save(
    visitor: Visitor,
    State(notices): State<Notices>,
    Path(link): Path<String>,
    fields: Fields,
) -> PageResult {
    let addressee = notices.named_by(&link).ok_or(Error::NotFound)?;
    let wanted = fields.text("letters") == "go";
    notices
        .let_letters(&visitor.actor, addressee, wanted)
        .await?;
    let said = if wanted {
        "notice-named-go-again"
    } else {
        "notice-named-stopped"
    };
    let address = format!("/letters/{link}");
    Ok(visitor.request.redirect_saying(&address, said))
}
