//! The last page before sending: everything that was answered, each line with a way back to it,
//! what is still missing, and the consent in full.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, FieldError};
use people::Visitor;
use web::{Fields, Page, PageResult};

use super::filing::{Filling, later, open, receipt, sent};
use super::intake_view::IntakeView;
use super::{Line, attaching, dropping};
use crate::Cases;
use crate::documents::{Document, lacking};
use crate::model::Draft;
use crate::receiving::unreachable;

/// What one step was answered with.
pub(super) struct Part {
    pub(super) title: String,
    pub(super) href: String,
    pub(super) lines: Vec<Line>,
}

/// Something that is still to be answered or mended.
pub(super) struct Missing {
    pub(super) href: String,
    pub(super) label: String,
    pub(super) text: String,
}

#[derive(Template)]
#[template(path = "filing-review.html")]
pub(super) struct FilingReview {
    pub(super) page: Page,
    pub(super) steps: Vec<String>,
    pub(super) at: usize,
    pub(super) service: String,
    pub(super) back: String,
    pub(super) later: String,
    /// Where it is thrown away.
    pub(super) drop: String,
    pub(super) action: String,
    pub(super) action_word: String,
    pub(super) parts_of_form: Vec<Part>,
    /// What was attached; none where nothing can be.
    pub(super) attached: Option<Part>,
    pub(super) missing: Vec<Missing>,
    pub(super) consent: bool,
    pub(super) guest: bool,
    /// How it came, when it is written down for somebody.
    pub(super) intake: Option<IntakeView>,
    /// Signed in with an e-mail that nobody has confirmed: a plain message, as of a guest.
    pub(super) provisional: bool,
    /// What the service is by law, for those who are signed in.
    pub(super) formal: String,
}

impl FilingReview {
    /// Whether what was written tells of a danger just now: an appeal is not read at once.
    fn danger(&self) -> bool {
        let mut lines = self.parts_of_form.iter().flat_map(|part| &part.lines);
        lines.any(|line| base::danger::is_told(&line.value))
    }
}

pub(super) async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft)): Path<(String, String)>,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = open(&cases, &visitor, &mut filling, &draft).await?;
    if let Some(sent) = sent(&cases, &visitor, &draft).await? {
        return Ok(sent);
    }
    let attached = cases.draft_documents(&draft).await?;
    draw(&cases, &visitor, &filling, &draft, &attached, Vec::new()).await
}

pub(super) async fn send(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft)): Path<(String, String)>,
    fields: Fields,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = open(&cases, &visitor, &mut filling, &draft).await?;
    let sending = draft.filing(fields.text("consent") == "yes");
    match cases.file(&visitor.actor, sending).await {
        Ok(filed) => Ok(receipt(&cases, &visitor, &filed)),
        Err(Error::Invalid(errors)) => {
            let attached = cases.draft_documents(&draft).await?;
            draw(&cases, &visitor, &filling, &draft, &attached, errors).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    draft: &Draft,
    attached: &[Document],
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let definition = filling.definition();
    let form = &definition.form;
    let lines = form.summary(&draft.answers, &filling.shown(request));
    let parts_of_form: Vec<Part> = form
        .steps
        .iter()
        .map(|step| Part {
            title: step.title.text(request.language).to_owned(),
            href: format!("{}?from=review", filling.address(draft.id, &step.id)),
            lines: lines
                .iter()
                .filter(|line| line.step == step.id)
                .map(|line| Line::answered(line.clone()))
                .collect(),
        })
        .collect();
    let wrong = form.check(&draft.answers, &filling.context(cases)).err();
    let nowhere = draft.intake.as_ref();
    let nowhere = nowhere.and_then(|_| unreachable(filling.definition(), &draft.answers));
    let mut missing = wrong
        .unwrap_or_default()
        .into_iter()
        .chain(nowhere)
        .map(|error| missing(request, filling, draft, &error))
        .collect::<Vec<_>>();
    let to_documents = filling.address(draft.id, attaching::STEP);
    for slot in lacking(&definition.attachments, attached) {
        missing.push(Missing {
            href: to_documents.clone(),
            label: request.t("case-documents-title").into_owned(),
            text: slot.title.text(request.language).to_owned(),
        });
    }
    // What the form lacks leads to its step; what is left concerns this page alone.
    let own: Vec<FieldError> = errors
        .into_iter()
        .filter(|error| form.step_of(&error.field).is_none() && error.field != "documents")
        .collect();
    let status = if own.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = match draft.intake {
        Some(_) => "reception-review-title",
        None => "file-review-title",
    };
    let page = request.page(request.t(title)).with_errors(own);
    let last = form.steps.last().ok_or(Error::NotFound)?;
    let steps = filling.steps(request);
    web::html_with(
        status,
        &FilingReview {
            page,
            at: steps.len(),
            steps,
            service: definition.name(request.language).to_owned(),
            back: if definition.attachments.is_step() {
                to_documents.clone()
            } else {
                filling.address(draft.id, &last.id)
            },
            later: later(visitor, draft.intake.as_ref()),
            drop: filling.address(draft.id, dropping::STEP),
            action: filling.address(draft.id, "review"),
            action_word: definition.action.text(request.language).to_owned(),
            parts_of_form,
            attached: definition.attachments.are_taken().then(|| Part {
                title: request.t("case-documents-title").into_owned(),
                href: to_documents,
                lines: attached
                    .iter()
                    .map(|document| Line::new(document.kind.label(), &*document.name))
                    .collect(),
            }),
            missing,
            consent: false,
            guest: visitor.viewer.is_none(),
            intake: draft
                .intake
                .as_ref()
                .map(|intake| IntakeView::of(request, intake)),
            provisional: visitor.viewer.is_some()
                && !cases.people().is_identified(&visitor.actor).await?,
            formal: filling.formal(request),
        },
    )
}

fn missing(
    request: &web::Request,
    filling: &Filling,
    draft: &Draft,
    error: &FieldError,
) -> Missing {
    let form = &filling.definition().form;
    let step = form.step_of(&error.field).or(form.steps.first());
    let field = error
        .field
        .split('.')
        .next()
        .and_then(|name| form.field(name));
    let args: Vec<(&str, web::WordArg<'_>)> = error
        .args
        .iter()
        .map(|(name, value)| {
            (
                *name,
                value
                    .parse::<i64>()
                    .map_or_else(|_| value.into(), Into::into),
            )
        })
        .collect();
    Missing {
        href: format!(
            "{}?from=review#f-{}",
            filling.address(draft.id, step.map_or("review", |step| &step.id)),
            error.field
        ),
        label: field
            .map(|field| field.label.text(request.language).to_owned())
            .unwrap_or_default(),
        text: request.ta(error.key, &args),
    }
}
