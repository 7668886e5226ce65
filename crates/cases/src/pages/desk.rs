//! The specialist's desk: the queue on the left ordered by what runs out first, the case in the
//! middle, the tools on the right. Only what the service allows is drawn, and it decides again.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use base::{Error, FieldError, Number, Result, Role};
use people::Visitor;
use serde::Deserialize;
use web::{Choice, Page, PageResult};

use super::case::definition;
use super::case_view::{CaseView, HistoryLine, Painter};
use super::desk_actions;
use super::desk_view::{self, AnswerLine, QueueLine, Tools, ViewTab};
use super::names::{self, Names};
use super::{address, number_in, parameter};
use crate::model::{Card, Outcome, Side};
use crate::reading::{QueueFilter, QueueView};
use crate::{Cases, Pass};

/// Lines of history that stand beside a case; the rest has a page of its own.
const HISTORY: usize = 8;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk", get(queue))
        .route("/desk/{number}", get(show))
        .merge(desk_actions::router())
}

/// What was typed into the forms of a case and not accepted.
#[derive(Default)]
pub(super) struct TypedWords {
    pub(super) message: String,
    pub(super) expects_reply: bool,
    pub(super) outcome: String,
    pub(super) answer: String,
    pub(super) remark: String,
}

#[derive(Template)]
#[template(path = "desk.html")]
pub(super) struct Desk {
    pub(super) page: Page,
    pub(super) views: Vec<ViewTab>,
    pub(super) view: &'static str,
    pub(super) search: String,
    pub(super) rows: Vec<QueueLine>,
    pub(super) next: String,
    pub(super) first: String,
    /// The place in the queue, to come back to it.
    pub(super) query: String,
    pub(super) case: Option<CaseView>,
    pub(super) can: Tools,
    pub(super) answers: Vec<AnswerLine>,
    pub(super) outcomes: Vec<Choice>,
    pub(super) colleagues: Vec<Choice>,
    pub(super) history: Vec<HistoryLine>,
    pub(super) typed: TypedWords,
}

/// The place in the queue.
#[derive(Clone, Default, Deserialize)]
pub(super) struct Place {
    pub(super) view: Option<String>,
    q: Option<String>,
    after: Option<String>,
}

impl Place {
    pub(super) fn search(&self) -> String {
        parameter(self.q.as_deref())
    }

    pub(super) fn after(&self) -> Option<&str> {
        self.after.as_deref().filter(|after| !after.is_empty())
    }

    /// The address `path` with this place; `after` only when it is wanted.
    pub(super) fn address(&self, path: &str, view: QueueView, after: Option<&str>) -> String {
        let search = self.search();
        let all = [
            ("view", desk_view::view_code(view)),
            ("q", &search),
            ("after", after.unwrap_or_default()),
        ];
        address(path, &all)
    }
}

async fn queue(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(place): Query<Place>,
) -> PageResult {
    visitor.require_sign_in()?;
    draw(
        &cases,
        &visitor,
        &place,
        None,
        TypedWords::default(),
        Vec::new(),
    )
    .await
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
) -> PageResult {
    visitor.require_sign_in()?;
    let card = open(&cases, &visitor, number_in(&number)?).await?;
    draw(
        &cases,
        &visitor,
        &place,
        Some(&card),
        TypedWords::default(),
        Vec::new(),
    )
    .await
}

/// The case, for those who work on it; its applicant has a page of their own.
pub(super) async fn open(cases: &Cases, visitor: &Visitor, number: Number) -> Result<Card> {
    let card = cases.card(&visitor.actor, &Pass::default(), number).await?;
    match card.side {
        Side::Staff => Ok(card),
        Side::Applicant => Err(Error::NotFound),
    }
}

pub(super) async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    card: Option<&Card>,
    mut typed: TypedWords,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let head = visitor.actor.has_role(Role::Head);
    let counts = cases.queue_counts(&visitor.actor).await?;
    let view = desk_view::view_of(place.view.as_deref()).unwrap_or(match counts.mine {
        0 => QueueView::Unit,
        _ => QueueView::Mine,
    });
    let search = place.search();
    let number = search.parse::<Number>().ok();
    let found = if !search.is_empty() && number.is_none() {
        base::Page {
            items: Vec::new(),
            next: None,
        }
    } else {
        let filter = QueueFilter { view, number };
        cases.queue(&visitor.actor, filter, place.after()).await?
    };
    let today = cases.today();
    let here = place.address("", view, place.after());
    let query = here.trim_start_matches('?').to_owned();
    let open = card.map(|card| card.case.id);
    let rows = found
        .items
        .iter()
        .map(|row| {
            desk_view::line(
                request,
                &names,
                row,
                today,
                &query,
                open == Some(row.case.id),
            )
        })
        .collect();
    let next = found.next.as_ref();
    let next = next.map(|next| place.address("/desk", view, Some(next.as_str())));
    let painter = Painter {
        request,
        names: &names,
        today,
    };
    let can = card.map(Tools::of).unwrap_or_default();
    let mut shown = None;
    if let Some(card) = card {
        let definition = definition(cases, &card.case).await;
        shown = Some(painter.case(card, definition.as_deref()));
        if let Some(kept) = desk_view::open_answer(card).filter(|_| typed.answer.is_empty()) {
            typed.answer.clone_from(&kept.text);
            kept.outcome.code().clone_into(&mut typed.outcome);
        }
    }
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = shown.as_ref().map_or_else(
        || request.t("desk-title").into_owned(),
        |case| case.topic.clone(),
    );
    let page = labelled(request.page(title).dense().with_errors(errors));
    web::html_with(
        status,
        &Desk {
            page,
            views: desk_view::tabs(request, &counts, view, head),
            view: desk_view::view_code(view),
            first: place
                .after()
                .map(|_| place.address("/desk", view, None))
                .unwrap_or_default(),
            search,
            rows,
            next: next.unwrap_or_default(),
            query,
            can,
            answers: card
                .map(|card| desk_view::answers(&painter, card))
                .unwrap_or_default(),
            outcomes: Outcome::ALL
                .map(|outcome| Choice::new(outcome.code(), names::outcome(request, outcome)))
                .to_vec(),
            colleagues: colleagues(cases, visitor, can).await?,
            history: card
                .map(|card| newest(painter.history(card)))
                .unwrap_or_default(),
            case: shown,
            typed,
        },
    )
}

fn labelled(page: Page) -> Page {
    let labels = [
        ("text", "desk-write-label"),
        ("outcome", "desk-outcome"),
        ("answer", "desk-answer-label"),
        ("remark", "desk-remark-label"),
        ("account", "desk-assign-label"),
    ];
    labels.into_iter().fold(page, |page, (field, key)| {
        let label = page.t(key).into_owned();
        page.with_label(field, label)
    })
}

/// The last lines of a history, the newest first.
fn newest(mut lines: Vec<HistoryLine>) -> Vec<HistoryLine> {
    lines.reverse();
    lines.truncate(HISTORY);
    lines
}

/// Whom a head can give the case to.
async fn colleagues(cases: &Cases, visitor: &Visitor, can: Tools) -> Result<Vec<Choice>> {
    if !can.assign {
        return Ok(Vec::new());
    }
    let staff = cases.people().staff(&visitor.actor).await?;
    Ok(staff
        .into_iter()
        .map(|member| Choice::new(member.account.to_string(), member.name.short()))
        .collect())
}
