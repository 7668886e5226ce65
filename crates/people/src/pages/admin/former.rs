//! People without a role: those who once worked here as a list, everybody else by a whole e-mail or
//! the number of an account alone; and the end of somebody's sessions.

use std::str::FromStr as _;
use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query};
use base::id::PersonId;
use base::{Error, FieldError};
use serde::Deserialize;
use web::{Form, Page, PageResult, html_with};

use super::Frame;
use super::staff::{account_in, back, page_with, status_of};
use crate::former::Former;
use crate::pages::unstored;
use crate::{People, Visitor};

/// People on one page of the list.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "admin-former.html")]
struct FormerPage {
    page: Page,
    former: Vec<Former>,
    /// What was typed, when nobody was found by it.
    typed: String,
    next: String,
    first: String,
}

#[derive(Default, Deserialize)]
pub(super) struct Place {
    after: Option<String>,
}

async fn list_page(
    visitor: &Visitor,
    people: &People,
    after: Option<PersonId>,
    typed: String,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let (former, next) = people.former_staff(&visitor.actor, after, PAGE).await?;
    let title = request.t("people-former").into_owned();
    let page =
        page_with(visitor, title, errors).with_label("email", request.t("people-former-find"));
    let here = "/admin/staff/former";
    html_with(
        status_of(&page),
        &FormerPage {
            page,
            former,
            typed,
            next: next
                .map(|next| format!("{here}?after={next}"))
                .unwrap_or_default(),
            first: after.map(|_| here.to_owned()).unwrap_or_default(),
        },
    )
    .map(unstored)
}

pub(super) async fn list(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Query(place): Query<Place>,
) -> PageResult {
    visitor.require_sign_in()?;
    let after = place
        .after
        .and_then(|person| PersonId::from_str(&person).ok());
    list_page(&visitor, &people, after, String::new(), Vec::new()).await
}

#[derive(Deserialize)]
pub(super) struct FindForm {
    #[serde(default)]
    email: String,
}

/// By POST, so that no e-mail stands in a history or a log.
pub(super) async fn find(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<FindForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    match people.account_of(&visitor.actor, &form.email).await {
        Ok(account) => Ok(visitor.request.redirect(&format!("/admin/staff/{account}"))),
        Err(Error::Invalid(errors)) => {
            let typed = base::text::clean_line(&form.email);
            list_page(&visitor, &people, None, typed, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn end_sessions(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Extension(frame): Extension<Arc<Frame>>,
    Path(account): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    let account = account_in(&account)?;
    let ended = people.end_sessions_of(&visitor.actor, account).await;
    let said = "people-sessions-ended";
    back(
        &visitor,
        &people,
        &frame.work,
        account,
        ended.map(drop),
        said,
    )
    .await
}
