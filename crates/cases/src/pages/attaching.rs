//! The step of a filing at which documents are attached: a page of its own before the review. Works
//! without scripts; a chosen file goes along with either button.

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use base::{Error, FieldError};
use people::Visitor;
use uuid::Uuid;
use web::{Choice, Page, PageResult};

use super::documents_view::{self, DocumentLine, accept, line, told};
use super::filing::{Filling, LATER, later, open, sent};
use super::intake_view::IntakeView;
use super::{dropping, multipart};
use crate::Cases;
use crate::documents::{FIELD, Form, NotKept, kinds, labels};
use crate::model::Draft;

/// The name of the step in addresses.
pub(super) const STEP: &str = "documents";

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route(
            "/file/{service}/{draft}/documents",
            get(show).post(add).layer(DefaultBodyLimit::disable()),
        )
        .route("/file/{service}/{draft}/documents/{id}/small", get(small))
        .route("/file/{service}/{draft}/documents/{id}/view", get(view))
        .route("/file/{service}/{draft}/documents/{id}", get(original))
        .route(
            "/file/{service}/{draft}/documents/{id}/remove",
            post(remove),
        )
}

#[derive(Template)]
#[template(path = "filing-documents.html")]
pub(super) struct FilingDocuments {
    pub(super) page: Page,
    pub(super) steps: Vec<String>,
    pub(super) at: usize,
    pub(super) service: String,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) later: String,
    /// Where the draft is thrown away.
    pub(super) drop: String,
    /// How it came, when it is written down for somebody.
    pub(super) intake: Option<IntakeView>,
    pub(super) documents: Vec<DocumentLine>,
    pub(super) slots: Vec<Choice>,
    /// What is asked for by name, with what is accepted for it.
    pub(super) asked: Vec<Choice>,
    /// The slot that was chosen.
    pub(super) slot: String,
    pub(super) formats: String,
    pub(super) accept: String,
    pub(super) most: i64,
    pub(super) megabytes: i64,
    /// Whether no more may be attached.
    pub(super) full: bool,
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft)): Path<(String, String)>,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = open(&cases, &visitor, &mut filling, &draft).await?;
    if let Some(sent) = sent(&cases, &visitor, &draft).await? {
        return Ok(sent);
    }
    draw(
        &cases,
        &visitor,
        &filling,
        &draft,
        "",
        StatusCode::OK,
        Vec::new(),
    )
    .await
}

async fn add(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft)): Path<(String, String)>,
    form: Multipart,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = open(&cases, &visitor, &mut filling, &draft).await?;
    if let Some(sent) = sent(&cases, &visitor, &draft).await? {
        return Ok(sent);
    }
    let attachments = &filling.definition().attachments;
    let formats = labels(&kinds(attachments));
    let form = multipart::read(&cases, form, &formats).await?;
    let goes_on = form.text("do") == "next";
    let puts_aside = form.text("do") == LATER;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    let mut errors = form.refused.clone();
    if form.files.is_empty() && errors.is_empty() && !goes_on && !puts_aside {
        errors.push(FieldError::new(FIELD, "case-error-no-file"));
    }
    for upload in &form.files {
        cases.slow_down_uploads(&visitor.request)?;
        let slot = form.text("slot");
        if let Err(why) = cases.attach(&draft, attachments, slot, upload).await {
            status = told(&mut errors, why)?;
            if status == StatusCode::SERVICE_UNAVAILABLE {
                break;
            }
        }
    }
    if !errors.is_empty() {
        let slot = form.text("slot");
        return draw(&cases, &visitor, &filling, &draft, slot, status, errors).await;
    }
    let aside = later(&visitor, draft.intake.as_ref());
    if puts_aside && !aside.is_empty() {
        return Ok(visitor.request.redirect(&aside));
    }
    let next = if goes_on { "review" } else { STEP };
    Ok(visitor.request.redirect(&filling.address(draft.id, next)))
}

async fn remove(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft, id)): Path<(String, String, String)>,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = open(&cases, &visitor, &mut filling, &draft).await?;
    if let Some(sent) = sent(&cases, &visitor, &draft).await? {
        return Ok(sent);
    }
    match cases.detach(&draft, id_in(&id)?).await {
        // Pressed twice: it is gone either way.
        Ok(()) | Err(Error::NotFound) => {}
        Err(other) => return Err(other.into()),
    }
    let page = filling.address(draft.id, STEP);
    Ok(visitor
        .request
        .redirect_saying(&page, "case-document-removed"))
}

async fn small(
    visitor: Visitor,
    cases: State<Cases>,
    path: Path<(String, String, String)>,
) -> PageResult {
    give(visitor, cases, path, Form::Thumbnail).await
}

async fn view(
    visitor: Visitor,
    cases: State<Cases>,
    path: Path<(String, String, String)>,
) -> PageResult {
    give(visitor, cases, path, Form::Cleaned).await
}

async fn original(
    visitor: Visitor,
    cases: State<Cases>,
    path: Path<(String, String, String)>,
) -> PageResult {
    give(visitor, cases, path, Form::Original).await
}

async fn give(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft, id)): Path<(String, String, String)>,
    form: Form,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = open(&cases, &visitor, &mut filling, &draft).await?;
    if let Some(sent) = sent(&cases, &visitor, &draft).await? {
        return Ok(sent);
    }
    answer(cases.open_attached(&draft, id_in(&id)?, form).await, form)
}

/// A file, or why there is none just now.
pub(super) fn answer(
    opened: std::result::Result<crate::documents::Opened, NotKept>,
    form: Form,
) -> PageResult {
    match opened {
        Ok(opened) => Ok(documents_view::file(opened, form)),
        Err(NotKept::Other(error)) => Err(error.into()),
        Err(NotKept::Down | NotKept::Refused(_)) => Err(Error::Busy.into()),
    }
}

/// What is no identifier names no document.
pub(super) fn id_in(text: &str) -> base::Result<Uuid> {
    text.parse().map_err(|_| Error::NotFound)
}

async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    draft: &Draft,
    slot: &str,
    status: StatusCode,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let definition = filling.definition();
    let attachments = &definition.attachments;
    if !attachments.are_taken() {
        return Err(Error::NotFound.into());
    }
    let asked: Vec<Choice> = attachments
        .slots
        .iter()
        .map(|slot| {
            let mut title = slot.title.text(request.language).to_owned();
            if !slot.required {
                title = format!("{title} ({})", request.t("web-optional"));
            }
            let hint = slot.hint.as_ref().map(|hint| hint.text(request.language));
            Choice::new(&slot.code, title).with_hint(hint.unwrap_or_default())
        })
        .collect();
    let base = filling.address(draft.id, STEP);
    let documents = cases.draft_documents(draft).await?;
    let full = documents.len() >= attachments.most as usize;
    let documents = documents
        .iter()
        .map(|document| line(request, &base, document, &asked, false))
        .collect();
    let kinds = kinds(attachments);
    let page = request
        .page(request.t("case-documents-title"))
        .with_errors(errors)
        .with_label(FIELD, request.t("case-documents-files"));
    let last = definition.form.steps.last().ok_or(Error::NotFound)?;
    let steps = filling.steps(request);
    web::html_with(
        status,
        &FilingDocuments {
            page,
            // Without a step of its own it belongs to the last one, from which one comes.
            at: steps.len() - usize::from(attachments.is_step()),
            steps,
            service: definition.name(request.language).to_owned(),
            back: if attachments.is_step() {
                filling.address(draft.id, &last.id)
            } else {
                filling.address(draft.id, "review")
            },
            intake: draft
                .intake
                .as_ref()
                .map(|intake| IntakeView::of(request, intake)),
            later: later(visitor, draft.intake.as_ref()),
            drop: filling.address(draft.id, dropping::STEP),
            documents,
            slots: asked.clone(),
            asked,
            slot: slot.to_owned(),
            formats: labels(&kinds),
            accept: accept(&kinds),
            most: i64::from(attachments.most),
            megabytes: super::documents::megabytes(cases)?,
            full,
            action: base,
        },
    )
}
