//! «Not done»: the form by which an applicant says so, with a photograph if they like.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::routing::get;
use base::{Error, FieldError, Result};
use people::Visitor;
use web::PageResult;

use super::super::case::latin;
use super::super::documents_view::told;
use super::super::{multipart, number_in, pass_of};
use super::{Filling, WorksForm, drawn, file_field, number_of};
use crate::Cases;
use crate::documents::labels;
use crate::model::{Side, TaskState};
use crate::works::KINDS;

pub(super) fn router() -> Router<Cases> {
    Router::new().route(
        "/cases/{number}/works/{task}",
        get(ask).post(say).layer(DefaultBodyLimit::disable()),
    )
}

/// The form for one of the works of a case; a case or works that are not the reader's are not there.
async fn form(
    cases: &Cases,
    visitor: &Visitor,
    (number, task): (&str, &str),
    typed: String,
) -> Result<WorksForm> {
    let request = &visitor.request;
    let number = number_in(number)?;
    let task = number_of(task)?;
    let pass = pass_of(cases, request);
    let card = cases.card(&visitor.actor, &pass, number).await?;
    let works = cases.works_of_case(card.case.id).await?.works;
    let works = works.into_iter().find(|one| one.task.number == task);
    let works = works.filter(|_| card.side == Side::Applicant);
    let works = works.ok_or(Error::NotFound)?;
    let typed = |_: &str| typed.clone();
    let filling = Filling {
        request,
        typed: &typed,
    };
    let back = format!("/cases/{}", latin(number));
    let mut leads = vec![works.task.title.clone(), works.task.said.clone()];
    if works.task.state != TaskState::Done {
        leads = vec![
            works.task.title,
            request.t("task-error-not-told-done").into_owned(),
        ];
    }
    leads.push(request.t("works-dispute-lead").into_owned());
    Ok(WorksForm {
        page: request.page(request.t("works-dispute")),
        title: request.t("works-dispute").into_owned(),
        leads,
        fields: vec![filling.field("area", "text", "works-dispute-label")],
        action: format!("{back}/works/{task}"),
        back,
        back_text: number.to_string(),
        button: request.t("works-dispute-do").into_owned(),
        file: Some(file_field(request, "works-dispute-photo", false)),
    })
}

async fn ask(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, task)): Path<(String, String)>,
) -> PageResult {
    let form = form(&cases, &visitor, (&number, &task), String::new()).await?;
    drawn(form, Vec::new())
}

async fn say(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, task)): Path<(String, String)>,
    sent: Multipart,
) -> PageResult {
    // Nothing is received from whoever cannot say it.
    form(&cases, &visitor, (&number, &task), String::new()).await?;
    cases.slow_down_uploads(&visitor.request)?;
    let sent = multipart::read(&cases, sent, &labels(&KINDS)).await?;
    let pass = pass_of(&cases, &visitor.request);
    let case = number_in(&number)?;
    let mut errors: Vec<FieldError> = sent.refused.clone();
    if errors.is_empty() {
        let said = cases.dispute_works(
            &visitor.actor,
            &pass,
            case,
            number_of(&task)?,
            sent.text("text"),
            sent.files.first(),
        );
        match said.await {
            Ok(()) => {
                let page = format!("/cases/{}", latin(case));
                return Ok(visitor.request.redirect_saying(&page, "works-dispute-said"));
            }
            Err(crate::documents::NotKept::Other(Error::Invalid(wrong))) => errors = wrong,
            Err(why) => {
                told(&mut errors, why)?;
            }
        }
    }
    let typed = sent.text("text").to_owned();
    drawn(
        form(&cases, &visitor, (&number, &task), typed).await?,
        errors,
    )
}
