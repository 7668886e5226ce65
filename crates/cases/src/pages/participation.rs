//! Somebody was named beside the one who filed: what lies before them until they answer, and their
//! answer, from the page of the case or from the cabinet.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use base::{Moment, Result};
use people::Visitor;
use web::{Fields, Page, PageResult, Request};

use super::case::definition;
use super::names::Names;
use super::{Line, number_in};
use crate::Cases;
use crate::model::Invitation;

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/cases/{number}/participation", get(back).post(answer))
}

/// A case in which the reader was named.
#[derive(Clone, Debug)]
pub(super) struct NamedView {
    pub(super) number: String,
    pub(super) title: String,
    /// Who named them, as what and when.
    pub(super) by: String,
    pub(super) topic: String,
    /// Where the answer is sent.
    pub(super) action: String,
}

#[derive(Template)]
#[template(path = "case-named.html")]
pub(super) struct CaseNamed {
    pub(super) page: Page,
    pub(super) named: NamedView,
    pub(super) received_at: Moment,
    /// What is seen once they agree.
    pub(super) then: String,
    /// The words of the appeal.
    pub(super) lines: Vec<Line>,
}

/// A case in which the reader was named, in words.
pub(super) fn view(request: &Request, names: &Names, invitation: &Invitation) -> NamedView {
    let number = invitation.case.number.to_string();
    let role = invitation.role.code();
    let own = invitation
        .answers
        .get("subject")
        .and_then(|text| text.as_str());
    let topic = [
        own.unwrap_or_default().to_owned(),
        names.category(invitation.case.category),
        names.service(invitation.case.service),
    ];
    NamedView {
        title: request.t(&format!("case-named-{role}")).into_owned(),
        by: request.ta(
            &format!("case-named-{role}-by"),
            &[
                ("name", invitation.by.as_str().into()),
                ("number", number.as_str().into()),
            ],
        ),
        topic: topic
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        action: format!("/cases/{number}/participation"),
        number,
    }
}

/// The page of a case in which the reader was named and has not answered.
pub(super) async fn show(cases: &Cases, visitor: &Visitor, number: &str) -> PageResult {
    let request = &visitor.request;
    let invitation = cases.invitation(&visitor.actor, number_in(number)?).await?;
    let names = Names::load(cases, request.language).await?;
    let asked = view(request, &names, &invitation);
    let shown = catalog::Shown {
        language: request.language,
        words: request.shell().words(),
        categories: names.contents().categories(),
        units: names.units(),
        officials: names.contents().officials(),
        map: None,
    };
    let lines = definition(cases, &invitation.case)
        .await
        .map(|definition| definition.form.summary(&invitation.answers, &shown))
        .unwrap_or_default();
    let role = invitation.role.code();
    web::html(&CaseNamed {
        page: request.page(asked.title.clone()),
        named: asked,
        received_at: invitation.case.received_at,
        then: request.t(&format!("case-named-{role}-then")).into_owned(),
        lines: lines
            .into_iter()
            .map(|line| Line::new(line.label, line.value))
            .collect(),
    })
}

/// Whoever comes to the address of a form that was sent finds the case.
async fn back(visitor: Visitor, Path(number): Path<String>) -> PageResult {
    let number = number_in(&number)?;
    Ok(visitor.request.redirect(&format!("/cases/{number}")))
}

async fn answer(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let number = number_in(&number)?;
    let (page, said) = match fields.text("answer") {
        "agree" => {
            cases.agree_to_stand(&visitor.actor, number).await?;
            (format!("/cases/{number}"), "case-named-agreed")
        }
        "decline" => {
            cases.decline_to_stand(&visitor.actor, number).await?;
            ("/cabinet".to_owned(), "case-named-declined")
        }
        _ => return back(visitor, Path(number.to_string())).await,
    };
    Ok(visitor.request.redirect_saying(&page, said))
}

/// The cases in which the reader of the cabinet was named and has not answered.
pub(super) async fn waiting(
    cases: &Cases,
    visitor: &Visitor,
    names: &Names,
) -> Result<Vec<NamedView>> {
    let all = cases.invitations(&visitor.actor).await?;
    let line = |invitation| view(&visitor.request, names, invitation);
    Ok(all.iter().map(line).collect())
}
