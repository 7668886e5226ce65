//! What a person wants to be told, and where: a box for each kind and channel; what is owed by law
//! is said so and has no box.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use people::Visitor;
use web::form::Fields;
use web::{Page, PageResult, Request};

use crate::kinds::{Audience, Channel, Kind};
use crate::{Notices, Wishes};

const ADDRESS: &str = "/cabinet/notices/settings";

pub(super) fn router() -> Router<Notices> {
    Router::new().route("/cabinet/notices/settings", get(show).post(save))
}

/// A kind as a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) code: &'static str,
    pub(super) name: String,
    pub(super) owed: bool,
    pub(super) cabinet: bool,
    pub(super) email: bool,
}

#[derive(Template)]
#[template(path = "notice-settings.html")]
pub(super) struct Settings {
    pub(super) page: Page,
    pub(super) rows: Vec<Row>,
    pub(super) sends_letters: bool,
}

async fn show(visitor: Visitor, State(notices): State<Notices>) -> PageResult {
    visitor.require_sign_in()?;
    let wishes = notices.wishes(&visitor.actor).await?;
    let request = &visitor.request;
    web::html(&Settings {
        page: request.page(request.t("notice-settings-title")),
        rows: rows(request, &wishes, visitor.actor.is_staff()),
        sends_letters: notices.sends_letters(),
    })
}

/// The kinds that can concern somebody: those of the office only for staff.
pub(super) fn rows(request: &Request, wishes: &Wishes, staff: bool) -> Vec<Row> {
    shown(staff)
        .map(|kind| Row {
            code: kind.code(),
            name: request
                .t(&format!("notice-kind-{}", kind.code()))
                .into_owned(),
            owed: kind.is_owed(),
            cabinet: wishes.wants(kind, Channel::Cabinet),
            email: wishes.wants(kind, Channel::Email),
        })
        .collect()
}

pub(crate) fn shown(staff: bool) -> impl Iterator<Item = Kind> {
    Kind::ALL
        .into_iter()
        .filter(move |kind| staff || kind.audience() == Audience::Applicant)
}

async fn save(
    visitor: Visitor,
    State(notices): State<Notices>,
    fields: Fields,
) -> Result<Response, web::PageError> {
    visitor.require_sign_in()?;
    let mut wishes = notices.wishes(&visitor.actor).await?;
    let known = wishes.clone();
    for kind in shown(visitor.actor.is_staff()) {
        for channel in Channel::ALL {
            // Without letters their boxes are not shown, and what was said of them stays.
            if channel == Channel::Email && !notices.sends_letters() {
                continue;
            }
            let name = format!("{}-{}", kind.code(), channel.code());
            wishes.set(kind, channel, fields.get(&name).is_some());
        }
    }
    if wishes != known {
        notices.wish(&visitor.actor, wishes).await?;
    }
    Ok(visitor
        .request
        .redirect_saying(ADDRESS, "notice-settings-saved"))
}
