//! The documents of a case, for both sides: what is asked for and how it stands, what was sent, one
//! form to add, and for a specialist the check. Downloads are here too.

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use base::{Error, FieldError, Result};
use people::Visitor;
use web::{Choice, Fields, Page, PageResult};

use super::attaching::{answer, id_in};
use super::desk::Place;
use super::documents_view::{DocumentLine, SlotLine, accept, line, slot_line, told};
use super::{address, multipart, number_in, pass_of};
use crate::Cases;
use crate::documents::{Checked, FIELD, Folder, Form, MOST_FILES, NotKept, Slot, labels};
use crate::model::Side;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route(
            "/cases/{number}/documents",
            get(show).post(add).layer(DefaultBodyLimit::disable()),
        )
        .route("/cases/{number}/documents/{id}", get(copy))
        .route("/cases/{number}/documents/{id}/original", post(original))
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
    /// The field of a document in which something was wrong, and what was typed there.
    pub(super) wrong: String,
    pub(super) typed: String,
}

/// What was sent and not taken.
#[derive(Default)]
struct Typed {
    slot: String,
    wrong: String,
    reason: String,
    /// The place in the queue, to come back to it.
    place: Place,
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
    Query(place): Query<Place>,
) -> PageResult {
    draw(
        &cases,
        &visitor,
        &number,
        StatusCode::OK,
        Vec::new(),
        Typed {
            place,
            ..Typed::default()
        },
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
        let folder = cases.folder(&visitor.actor, &pass, parsed).await?;
        let said = if needed(&folder).is_some() {
            "case-document-sent-more"
        } else {
            "case-document-sent"
        };
        return Ok(visitor.request.redirect_saying(&page, said));
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
    let typed = Typed {
        reason: fields.text("reason").to_owned(),
        ..Typed::default()
    };
    draw_wrong(&cases, &visitor, &number, &id, status, errors, typed).await
}

/// The page again with what was wrong of one document: its fields bear its name.
async fn draw_wrong(
    cases: &Cases,
    visitor: &Visitor,
    number: &str,
    id: &str,
    status: StatusCode,
    mut errors: Vec<FieldError>,
    typed: Typed,
) -> PageResult {
    let mut wrong = String::new();
    for error in errors.iter_mut().filter(|error| !error.field.is_empty()) {
        error.field = format!("{}-{id}", error.field);
        wrong.clone_from(&error.field);
    }
    let typed = Typed { wrong, ..typed };
    draw(cases, visitor, number, status, errors, typed).await
}

/// The original for a member of staff who says what for; it is sent as a file, and the page stays.
async fn original(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, id)): Path<(String, String)>,
    fields: Fields,
) -> PageResult {
    let parsed = number_in(&number)?;
    let purpose = fields.text("purpose");
    let opened = cases.open_original(&visitor.actor, parsed, id_in(&id)?, purpose);
    let errors = match opened.await {
        Err(NotKept::Other(Error::Invalid(errors))) => errors,
        other => return answer(other, Form::Original),
    };
    let typed = Typed {
        reason: purpose.to_owned(),
        ..Typed::default()
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    draw_wrong(&cases, &visitor, &number, &id, status, errors, typed).await
}

async fn copy(visitor: Visitor, cases: State<Cases>, path: Path<(String, String)>) -> PageResult {
    give(visitor, cases, path, Form::Copy).await
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

/// The first of the documents that are asked for and not there yet, or not good.
fn needed(folder: &Folder) -> Option<&Slot> {
    folder.slots.iter().find(|slot| {
        slot.state == Checked::Faulty || (slot.required && slot.state == Checked::Required)
    })
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
            is_copy: document.is_copied_for(&visitor.actor, folder.side),
            ..line(request, &base, document, &slots, true)
        })
        .collect();
    // What is waited for is what one comes to send.
    let slot = match needed(&folder) {
        Some(slot) if errors.is_empty() && own => slot.code.clone(),
        _ => typed.slot,
    };
    let mut page = request
        .page(request.t("case-documents-title"))
        .with_errors(errors)
        .with_label(FIELD, request.t("case-documents-files"));
    if !typed.wrong.is_empty() {
        let label = if typed.wrong.starts_with("purpose") {
            "case-document-purpose"
        } else {
            "case-document-reason"
        };
        page = page.with_label(&typed.wrong, request.t(label).into_owned());
    }
    web::html_with(
        status,
        &CaseDocuments {
            page,
            back: if own {
                format!("/cases/{number}")
            } else {
                typed.place.kept(&format!("/desk/{number}"))
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
            slot,
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
