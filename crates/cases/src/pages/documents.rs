//! The documents of a case, for both sides: what is asked for and how it stands, what was sent, one
//! form to add, and for a specialist the check. Downloads are here too.

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use base::{Error, FieldError, Result};
use people::Visitor;
use web::{Choice, Fields, Page, PageResult};

use super::attaching::{answer, id_in};
use super::documents_view::{DocumentLine, SlotLine, accept, line, slot_line, told};
use super::{address, multipart, number_in, pass_of};
use crate::Cases;
use crate::documents::{FIELD, Folder, Form, MOST_FILES, labels};
use crate::model::Side;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route(
            "/cases/{number}/documents",
            get(show).post(add).layer(DefaultBodyLimit::disable()),
        )
        .route("/cases/{number}/documents/{id}", get(original))
        .route("/cases/{number}/documents/{id}/view", get(view))
        .route("/cases/{number}/documents/{id}/small", get(small))
        .route("/cases/{number}/documents/{id}/check", post(check))
}

#[derive(Template)]
#[template(path = "case-documents.html")]
pub(super) struct CaseDocuments {
    pub(super) page: Page,
    pub(super) number: String,
    /// Where one came from.
    pub(super) back: String,
    /// Whether the applicant reads it, not the authority.
    pub(super) own: bool,
    pub(super) asked: Vec<SlotLine>,
    pub(super) documents: Vec<DocumentLine>,
    pub(super) slots: Vec<Choice>,
    pub(super) slot: String,
    pub(super) may_add: bool,
    pub(super) action: String,
    pub(super) formats: String,
    pub(super) accept: String,
    pub(super) most: i64,
    pub(super) megabytes: i64,
    /// The document of whose check something was wrong, and what was typed.
    pub(super) wrong: String,
    pub(super) typed: String,
}

/// What was sent and not taken.
#[derive(Default)]
struct Typed {
    slot: String,
    wrong: String,
    reason: String,
}

/// The bound of one file in megabytes, as people are told it.
pub(super) fn megabytes(cases: &Cases) -> Result<i64> {
    let bytes = cases.vault()?.limits().bytes;
    Ok(i64::try_from(bytes / 1024 / 1024).unwrap_or(i64::MAX))
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    draw(
        &cases,
        &visitor,
        &number,
        StatusCode::OK,
        Vec::new(),
        Typed::default(),
    )
    .await
}

async fn add(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    form: Multipart,
) -> PageResult {
    let parsed = number_in(&number)?;
    let pass = pass_of(&cases, &visitor.request);
    let folder = cases.folder(&visitor.actor, &pass, parsed).await?;
    let form = multipart::read(&cases, form, &labels(&folder.kinds)).await?;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut errors = form.refused.clone();
    if form.files.is_empty() && errors.is_empty() {
        errors.push(FieldError::new(FIELD, "case-error-no-file"));
    }
    for upload in &form.files {
        cases.slow_down_uploads(&visitor.request)?;
        let slot = form.text("slot");
        let added = cases.add_document(&visitor.actor, &pass, parsed, slot, upload);
        if let Err(why) = added.await {
            status = told(&mut errors, why)?;
            if status == StatusCode::SERVICE_UNAVAILABLE {
                break;
            }
        }
    }
    if errors.is_empty() {
        let page = format!("/cases/{parsed}/documents");
        return Ok(visitor.request.redirect_saying(&page, "case-document-sent"));
    }
    let typed = Typed {
        slot: form.text("slot").to_owned(),
        ..Typed::default()
    };
    draw(&cases, &visitor, &number, status, errors, typed).await
}

async fn check(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, id)): Path<(String, String)>,
    fields: Fields,
) -> PageResult {
    let parsed = number_in(&number)?;
    let fault = (fields.text("do") != "good").then(|| fields.text("reason"));
    let checked = cases
        .check_document(&visitor.actor, parsed, id_in(&id)?, fault)
        .await;
    let (status, errors) = match checked {
        Ok(()) => {
            let page = format!("/cases/{parsed}/documents");
            return Ok(visitor.request.redirect_saying(&page, "case-document-done"));
        }
        Err(Error::Invalid(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        Err(Error::Conflict(key)) => (StatusCode::CONFLICT, vec![FieldError::new("", key)]),
        Err(other) => return Err(other.into()),
    };
    let errors = errors
        .into_iter()
        .map(|mut error| {
            if error.field == "reason" {
                error.field = format!("reason-{id}");
            }
            error
        })
        .collect();
    let typed = Typed {
        reason: fields.text("reason").to_owned(),
        wrong: id,
        ..Typed::default()
    };
    draw(&cases, &visitor, &number, status, errors, typed).await
}

async fn original(
    visitor: Visitor,
    cases: State<Cases>,
    path: Path<(String, String)>,
) -> PageResult {
    give(visitor, cases, path, Form::Original).await
}

async fn view(visitor: Visitor, cases: State<Cases>, path: Path<(String, String)>) -> PageResult {
    give(visitor, cases, path, Form::Cleaned).await
}

async fn small(visitor: Visitor, cases: State<Cases>, path: Path<(String, String)>) -> PageResult {
    give(visitor, cases, path, Form::Thumbnail).await
}

async fn give(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, id)): Path<(String, String)>,
    form: Form,
) -> PageResult {
    let number = number_in(&number)?;
    let pass = pass_of(&cases, &visitor.request);
    let opened = cases.open_document(&visitor.actor, &pass, number, id_in(&id)?, form);
    answer(opened.await, form)
}

async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    number: &str,
    status: StatusCode,
    errors: Vec<FieldError>,
    typed: Typed,
) -> PageResult {
    let number = number_in(number)?;
    let request = &visitor.request;
    let pass = pass_of(cases, request);
    let folder: Folder = match cases.folder(&visitor.actor, &pass, number).await {
        Ok(folder) => folder,
        // A guest whom the browser's pass does not let in is asked for the return code.
        Err(Error::NotFound | Error::Unauthenticated) if visitor.viewer.is_none() => {
            let status = address("/status", &[("number", &number.to_string())]);
            return Ok(request.redirect(&status));
        }
        Err(other) => return Err(other.into()),
    };
    let own = folder.side == Side::Applicant;
    let base = format!("/cases/{number}/documents");
    let slots: Vec<Choice> = folder
        .slots
        .iter()
        .map(|slot| Choice::new(&slot.code, &slot.title))
        .collect();
    let documents = folder
        .documents
        .iter()
        .map(|document| DocumentLine {
            can_check: !own && folder.may_add && document.side == Side::Applicant,
            ..line(request, &base, document, &slots, true)
        })
        .collect();
    let mut page = request
        .page(request.t("case-documents-title"))
        .with_errors(errors)
        .with_label(FIELD, request.t("case-documents-files"));
    if !typed.wrong.is_empty() {
        let label = request.t("case-document-reason").into_owned();
        page = page.with_label(format!("reason-{}", typed.wrong), label);
    }
    web::html_with(
        status,
        &CaseDocuments {
            page,
            back: if own {
                format!("/cases/{number}")
            } else {
                format!("/desk/{number}")
            },
            number: number.to_string(),
            own,
            asked: folder
                .slots
                .iter()
                .map(|slot| slot_line(request, slot))
                .collect(),
            documents,
            slots,
            slot: typed.slot,
            may_add: folder.may_add,
            action: base,
            formats: labels(&folder.kinds),
            accept: accept(&folder.kinds),
            most: i64::try_from(MOST_FILES).unwrap_or(i64::MAX),
            megabytes: megabytes(cases)?,
            wrong: typed.wrong,
            typed: typed.reason,
        },
    )
}
