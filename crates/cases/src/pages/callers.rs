//! Who calls: the cases of somebody by their e-mail or telephone, which stand in no address.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use base::{Error, Number};
use people::Visitor;
use web::{Choice, Fields, Page, PageResult};

use super::names::Names;
use super::parameter;
use super::reception::{number_typed, require_operator, services, status_for};
use super::register_view::{EntryView, entry};
use crate::Cases;
use crate::model::Source;

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/reception/found", get(home_again).post(find))
}

#[derive(Template)]
#[template(path = "reception-found.html")]
struct CallersCases {
    page: Page,
    contact: String,
    /// What can be written down for whoever calls.
    services: Vec<Choice>,
    rows: Vec<EntryView>,
    /// What to send on for the page that follows; empty on the last one.
    next: String,
}

/// Whoever comes back to an answer of a search asks anew.
async fn home_again(visitor: Visitor) -> PageResult {
    require_operator(&visitor)?;
    Ok(visitor.request.redirect("/reception"))
}

/// The cases of somebody by their e-mail or telephone, which stand in no address.
async fn find(visitor: Visitor, State(cases): State<Cases>, fields: Fields) -> PageResult {
    require_operator(&visitor)?;
    let request = &visitor.request;
    let contact = parameter(fields.get("contact"));
    if let Some(number) = named(&cases, &contact).await {
        return Ok(request.redirect(&format!("/reception/{number}")));
    }
    let after = fields.get("after").filter(|after| !after.is_empty());
    let found = cases.cases_of_caller(&visitor.actor, &contact, after, None);
    let (found, errors) = match found.await {
        Ok(found) => (found, Vec::new()),
        Err(Error::Invalid(errors)) => {
            let none = base::page::Page {
                items: Vec::new(),
                next: None,
            };
            (none, errors)
        }
        Err(other) => return Err(other.into()),
    };
    let names = Names::load(&cases, request.language).await?;
    let status = status_for(&errors);
    let page = request
        .page(request.t("reception-found"))
        .dense()
        .with_errors(errors)
        .with_label("contact", request.t("reception-contact"));
    let today = cases.today();
    let rows = found.items.iter();
    web::html_with(
        status,
        &CallersCases {
            page,
            contact,
            services: services(request, &names, Source::Phone),
            rows: rows.map(|row| entry(request, &names, row, today)).collect(),
            next: found
                .next
                .map(|next| next.as_str().to_owned())
                .unwrap_or_default(),
        },
    )
}

/// The case whose number was typed where an e-mail or a telephone is asked for. What has as many
/// digits as a telephone is one.
async fn named(cases: &Cases, typed: &str) -> Option<Number> {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let number = number_typed(typed, cases.today()).filter(|_| !(5..=11).contains(&digits))?;
    cases.status(number).await.ok().map(|_| number)
}
