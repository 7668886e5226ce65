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
use super::case_view::{CaseView, Painter};
use super::checks_view::{CheckLine, check_in_words};
use super::desk_actions;
use super::desk_view::{self, AnswerLine, QueueLine, Tools, ViewTab};
use super::history_view::HistoryLine;
use super::names::{self, Names};
use super::{address, number_in, parameter};
use crate::model::{
    Answer, AnswerKind, Card, DutyToTell, NoAnswerItem, Note, Outcome, QueueRow, Side,
};
use crate::reading::{QueueFilter, QueueView};
use crate::{Cases, Pass};

/// Lines of history that stand beside a case; the rest has a page of its own.
const HISTORY: usize = 8;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk", get(queue))
        .route("/desk/{number}", get(show))
        .merge(desk_actions::router())
        .merge(super::several::router())
        .merge(super::load::router())
        .merge(super::control::router())
        .merge(super::finished::router())
        .merge(super::statistics::router())
        .merge(super::stages::router())
}

/// What was typed into the forms of a case and not accepted.
#[derive(Default)]
pub(super) struct TypedWords {
    pub(super) message: String,
    pub(super) expects_reply: bool,
    pub(super) outcome: String,
    pub(super) answer: String,
    pub(super) interim: bool,
    pub(super) grounds: String,
    pub(super) measures: String,
    pub(super) next_steps: String,
    pub(super) to_correct: String,
    pub(super) promises: String,
    pub(super) item: String,
    pub(super) remark: String,
}

impl TypedWords {
    /// Whether anything beside the words of an answer was typed.
    pub(super) fn has_parts(&self) -> bool {
        self.interim
            || [
                &self.grounds,
                &self.measures,
                &self.next_steps,
                &self.to_correct,
                &self.promises,
                &self.item,
            ]
            .iter()
            .any(|text| !text.is_empty())
    }

    /// What a kept draft says, to go on writing it.
    fn go_on(&mut self, kept: &Answer) {
        self.answer.clone_from(&kept.text);
        kept.outcome.code().clone_into(&mut self.outcome);
        self.interim = kept.kind == AnswerKind::Interim;
        let parts = kept.parts.clone();
        self.promises = parts
            .promises
            .iter()
            .map(|promise| format!("{} {}", promise.on.strftime("%d.%m.%Y"), promise.text))
            .collect::<Vec<_>>()
            .join("\n");
        self.item = parts
            .item
            .map(|item| item.code().to_owned())
            .unwrap_or_default();
        self.grounds = parts.grounds;
        self.measures = parts.measures;
        self.next_steps = parts.next_steps;
        self.to_correct = parts.to_correct;
    }
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
    pub(super) items: Vec<Choice>,
    pub(super) colleagues: Vec<Choice>,
    pub(super) history: Vec<HistoryLine>,
    pub(super) typed: TypedWords,
    /// Whether the reader gives out work.
    pub(super) head: bool,
    /// The check of the open case.
    pub(super) checks: Vec<CheckLine>,
    /// Notes among colleagues, oldest first.
    pub(super) notes: Vec<Note>,
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

    /// The part of the queue that it names.
    pub(super) fn view(&self) -> Option<QueueView> {
        self.view.as_deref().and_then(QueueView::from_code)
    }

    pub(super) fn after(&self) -> Option<&str> {
        self.after.as_deref().filter(|after| !after.is_empty())
    }

    /// The address `path` with this place; `after` only when it is wanted.
    pub(super) fn address(&self, path: &str, view: QueueView, after: Option<&str>) -> String {
        let search = self.search();
        let all = [
            ("view", view.code()),
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
    // Words are looked for in the texts of cases; the queue itself knows numbers.
    let search = place.search();
    if search.chars().any(char::is_alphabetic) && search.parse::<Number>().is_err() {
        let words = address("/desk/search", &[("q", &search)]);
        return Ok(visitor.request.redirect(&words));
    }
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
    let view = place.view().unwrap_or(match counts.mine {
        0 => QueueView::Unit,
        _ => QueueView::Mine,
    });
    let search = place.search();
    let found = listed(cases, visitor, place, view).await?;
    let today = cases.today();
    let here = place.address("", view, place.after());
    let query = here.trim_start_matches('?').to_owned();
    let open = card.map(|card| card.case.id);
    let listed = found.items.iter().map(|row| row.case.id).collect();
    let escalated = cases.escalated(listed).await?;
    let rows = found
        .items
        .iter()
        .map(|row| QueueLine {
            escalated: row.case.state.is_open() && escalated.contains(&row.case.id),
            ..desk_view::line(
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
    let (mut shown, mut checks) = (None, Vec::new());
    if let Some(card) = card {
        let definition = definition(cases, &card.case).await;
        let slots = cases.slots(card, request.language).await?;
        checks = check_in_words(cases, request, card, definition.as_deref(), &slots).await?;
        shown = Some(painter.case(card, definition.as_deref()));
        if let Some(kept) = card.open_answer().filter(|_| typed.answer.is_empty()) {
            typed.go_on(kept);
        }
    }
    let status = status_for(&errors);
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
            view: view.code(),
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
            outcomes: Outcome::OF_ANSWERS
                .map(|outcome| Choice::new(outcome.code(), names::outcome(request, outcome)))
                .to_vec(),
            items: items(&painter, card),
            colleagues: colleagues(cases, visitor, can).await?,
            history: card
                .map(|card| newest(painter.history(card)))
                .unwrap_or_default(),
            case: shown,
            typed,
            head,
            checks,
            notes: card
                .map(|card| card.course.notes.clone())
                .unwrap_or_default(),
        },
    )
}

/// The part of the queue that is shown, or the case whose number was looked for.
async fn listed(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    view: QueueView,
) -> Result<base::Page<QueueRow>> {
    let search = place.search();
    let number = search.parse::<Number>().ok();
    if !search.is_empty() && number.is_none() {
        return Ok(base::Page {
            items: Vec::new(),
            next: None,
        });
    }
    let filter = QueueFilter {
        view,
        number,
        ..QueueFilter::default()
    };
    cases.queue(&visitor.actor, filter, place.after()).await
}

fn status_for(errors: &[FieldError]) -> StatusCode {
    if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

fn labelled(page: Page) -> Page {
    let labels = [
        ("text", "desk-write-label"),
        ("outcome", "desk-outcome"),
        ("answer", "desk-answer-label"),
        ("grounds", "case-answer-grounds"),
        ("measures", "case-answer-measures"),
        ("next_steps", "case-answer-next_steps"),
        ("to_correct", "case-answer-to_correct"),
        ("promises", "case-answer-promises"),
        ("item", "desk-answer-item-label"),
        ("remark", "desk-remark-label"),
        ("account", "desk-assign-label"),
    ];
    labels.into_iter().fold(page, |page, (field, key)| {
        let label = page.t(key).into_owned();
        page.with_label(field, label)
    })
}

/// The items by which no answer on the merits is due.
fn items(painter: &Painter<'_>, card: Option<&Card>) -> Vec<Choice> {
    NoAnswerItem::ALL
        .map(|item| Choice::new(item.code(), item_in_words(painter, card, item)))
        .to_vec()
}

/// An item by which no answer on the merits is due, with the day by which the law wants it told.
fn item_in_words(painter: &Painter<'_>, card: Option<&Card>, item: NoAnswerItem) -> String {
    let key = format!("case-item-{}", item.code());
    let said = painter.request.t(&key).into_owned();
    let DutyToTell::Within(term) = item.duty() else {
        return said;
    };
    let by = card
        .and_then(|card| Cases::other_deadline(card.term.as_ref()?, term, card.case.registered_on));
    match by {
        Some(by) => {
            let date = painter.date(by);
            let by = painter.request.ta("case-item-by", &[("date", date.into())]);
            format!("{said}: {by}")
        }
        None => said,
    }
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
