//! The specialist's desk: the queue on the left ordered by what runs out first, the case in the
//! middle, the tools on the right. Only what the service allows is drawn, and it decides again.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use base::id::CaseId;
use base::{Error, FieldError, Number, Result, Role};
use people::{Permission, Visitor};
use serde::Deserialize;
use web::{Choice, Page, PageResult};

use super::case::definition;
use super::case_view::{CaseView, Link, Painter};
use super::checks_view::{CheckLine, check_in_words};
use super::colleagues::Colleagues;
use super::desk_actions;
use super::desk_view::{self, AnswerLine, Lines, QueueLine, Tools, ViewTab};
use super::documents_view::{self, DocumentLine};
use super::history_view::HistoryLine;
use super::names::{self, Names};
use super::works::CaseWorks;
use super::{address, number_in};
use crate::listening::desk_topic;
use crate::model::{
    Card, DutyToTell, NoAnswerItem, Note, Outcome, QueueRow, Side, State as CaseState, TaskState,
    TasksView,
};
use crate::reading::{COUNTED, Narrowed, QueueCounts, QueueFilter, QueueView};
use crate::states::Action;
use crate::workplace::Gone;
use crate::{Cases, Pass};

mod place;
mod typed;

pub(super) use place::{Narrowing, Place};
pub(super) use typed::TypedWords;

/// Lines of history that stand beside a case; the rest has a page of its own.
const HISTORY: usize = 8;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk", get(queue))
        .route("/desk/live", get(live))
        .route("/desk/{number}", get(show))
        .merge(desk_actions::router())
        .merge(super::taking::router())
        .merge(super::several::router())
        .merge(super::load::router())
        .merge(super::control::router())
        .merge(super::finished::router())
        .merge(super::statistics::router())
        .merge(super::stages::router())
}

/// The parts of an answer, which stand folded.
const PARTS: [&str; 6] = [
    "grounds",
    "measures",
    "next_steps",
    "to_correct",
    "promises",
    "item",
];

/// What else is to be known of the open case before anything is done with it.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks {
    /// Its answer was agreed to and waits for the reader's signature.
    pub(super) to_sign: bool,
    /// The reader wrote the answer that waits, and another head has to agree.
    pub(super) own_answer: bool,
}

impl Marks {
    fn of(card: &Card) -> Self {
        let waiting = card.open_answer();
        Self {
            to_sign: card.allows(Action::Sign),
            own_answer: card.allows(Action::Return) && waiting.is_some_and(|answer| answer.own),
        }
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
    pub(super) narrowing: Narrowing,
    pub(super) case: Option<CaseView>,
    pub(super) can: Tools,
    pub(super) answers: Vec<AnswerLine>,
    pub(super) outcomes: Vec<Choice>,
    /// The templates that may be taken into the answer.
    pub(super) templates: Vec<Choice>,
    pub(super) items: Vec<Choice>,
    pub(super) colleagues: Colleagues,
    pub(super) history: Vec<HistoryLine>,
    pub(super) typed: TypedWords,
    /// Whether the reader gives out work.
    pub(super) head: bool,
    /// The check of the open case.
    pub(super) checks: Vec<CheckLine>,
    /// Notes among colleagues, oldest first.
    pub(super) notes: Vec<Note>,
    /// The mark of the answer as it is shown.
    pub(super) mark: String,
    /// Whether a part of the answer has a mistake.
    pub(super) wrong_parts: bool,
    /// What was typed into forms that are not there any more.
    pub(super) lost: Vec<String>,
    /// Whether an answer waits for the reader, who then needs it before anything else.
    pub(super) to_agree: bool,
    pub(super) marks: Marks,
    /// The next case of the list, once nothing is to be done with the open one.
    pub(super) following: Option<Following>,
    /// What waits most, while no case is open.
    pub(super) pressing: Vec<Link>,
    /// Where a case went that was looked for here and is not here any more.
    pub(super) gone: String,
    /// The works that came of the case.
    pub(super) works: CaseWorks,
    /// The documents of the case, oldest first.
    pub(super) papers: Vec<DocumentLine>,
}

impl Desk {
    /// How many lines of the check found nothing to look at.
    fn in_order(&self) -> u32 {
        let fine = self.checks.iter().filter(|check| check.tone == "good");
        u32::try_from(fine.count()).unwrap_or(u32::MAX)
    }
}

/// The next case of the list.
pub(super) struct Following {
    pub(super) href: String,
    pub(super) topic: String,
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
    let typed = TypedWords::default();
    web::for_whoever_asked(draw(&cases, &visitor, &place, None, typed, Vec::new()).await)
}

/// The case that is open beside the queue.
#[derive(Deserialize)]
struct Beside {
    number: Option<String>,
}

/// The most units whose queue one page listens to.
const MOST_UNITS: usize = 500;

/// Tells a desk when its queue has changed, and when the case that is open has.
async fn live(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(beside): Query<Beside>,
) -> PageResult {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, Permission::ReadUnitCases)?;
    let units = visitor.actor.units().iter().take(MOST_UNITS);
    let mut topics: Vec<_> = units.map(|unit| ("queue", desk_topic(*unit))).collect();
    if let Some(number) = beside.number.filter(|number| !number.is_empty()) {
        let card = open(&cases, &visitor, number_in(&number)?).await?;
        topics.push(("change", format!("case:{}", card.case.id)));
    }
    Ok(visitor.request.shell().live().stream_named(topics)?)
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
) -> PageResult {
    visitor.require_sign_in()?;
    let number = number_in(&number)?;
    let card = match open(&cases, &visitor, number).await {
        Ok(card) => card,
        Err(Error::NotFound) => {
            let gone = cases.gone(&visitor.actor, number).await?;
            return draw_gone(&cases, &visitor, &place, gone.ok_or(Error::NotFound)?).await;
        }
        Err(other) => return Err(other.into()),
    };
    let typed = TypedWords::default();
    web::for_whoever_asked(draw(&cases, &visitor, &place, Some(&card), typed, Vec::new()).await)
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
    typed: TypedWords,
    errors: Vec<FieldError>,
) -> PageResult {
    let status = status_for(&errors);
    let desk = desk(cases, visitor, place, card, typed, errors).await?;
    web::html_with(status, &desk)
}

/// The case as it stands, with why something cannot be done with it now: who goes back to the page of
/// a deed that is done finds what came of it.
pub(super) async fn draw_refused(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    card: &Card,
    why: &'static str,
) -> PageResult {
    let errors = vec![FieldError::new("", why)];
    let typed = TypedWords::default();
    let desk = desk(cases, visitor, place, Some(card), typed, errors).await?;
    web::html_with(StatusCode::CONFLICT, &desk)
}

/// The desk without the case that was looked for: it says where that went.
async fn draw_gone(cases: &Cases, visitor: &Visitor, place: &Place, gone: Gone) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let typed = TypedWords::default();
    let mut desk = desk(cases, visitor, place, None, typed, Vec::new()).await?;
    let words = request.shell().words();
    let on = gone.left_at.date(&request.shell().settings().zone);
    let facts = [
        ("number", gone.number.to_string().into()),
        ("unit", names.unit(gone.unit).into()),
        ("date", words.date_long(request.language, on).into()),
    ];
    let key = if gone.objects {
        "desk-gone-objection"
    } else {
        "desk-gone"
    };
    desk.gone = request.ta(key, &facts);
    web::html_with(StatusCode::NOT_FOUND, &desk)
}

async fn desk(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    card: Option<&Card>,
    mut typed: TypedWords,
    errors: Vec<FieldError>,
) -> Result<Desk> {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let head = visitor.actor.has_role(Role::Head);
    let counts = cases.queue_counts(&visitor.actor).await?;
    let view = place.view().unwrap_or(match counts.mine {
        0 => QueueView::Unit,
        _ => QueueView::Mine,
    });
    let search = place.search();
    let mut found = listed(cases, visitor, place, view, place.narrowed(&names)).await?;
    if view == QueueView::Mine {
        // What was answered runs out no more: it stands below what is still to be done.
        found.items.sort_by_key(|row| !row.case.state.is_open());
    }
    let today = cases.today();
    let here = place.address("", view, place.after());
    let query = here.trim_start_matches('?').to_owned();
    let open = card.map(|card| card.case.id);
    let rows = lines_of(cases, visitor, &names, &found.items, (&query, open)).await?;
    let next = found.next.as_ref();
    let next = next.map(|next| place.address("/desk", view, Some(next.as_str())));
    let painter = Painter {
        request,
        names: &names,
        today,
    };
    let can = card.map(Tools::of).unwrap_or_default();
    let lost = card.map(|_| typed.lost(can)).unwrap_or_default();
    let mark = card.and_then(Card::open_answer);
    let mark = mark.map(|answer| answer.mark.clone()).unwrap_or_default();
    let (mut shown, mut checks, mut works) = (None, Vec::new(), CaseWorks::default());
    let mut papers = Vec::new();
    if let Some(card) = card {
        let definition = definition(cases, &card.case).await;
        let (documents, slots) = cases.papers(card, request.language).await?;
        papers = papers_of(request, card, &documents);
        checks = check_in_words(cases, request, card, definition.as_deref(), &slots).await?;
        shown = Some(painter.case(card, definition.as_deref()));
        works = super::works::beside(cases, visitor, card).await?;
        begin_answer(&mut typed, card, &works);
    }
    let wrong_parts = errors.iter().any(|error| PARTS.contains(&&*error.field));
    let presses = card.is_none() && place.after().is_none() && !place.narrowed(&names).leaves_out();
    let title = shown.as_ref().map_or_else(
        || request.t("desk-title").into_owned(),
        |case| case.topic.clone(),
    );
    let page = labelled(request.page(title).dense().with_errors(errors));
    Ok(Desk {
        to_agree: can.agree || can.return_answer,
        marks: card.map(Marks::of).unwrap_or_default(),
        following: card
            .filter(|card| can.is_done() || agreed(view, can) || given(place, card))
            .and_then(|_| following(&rows, &found.items, view)),
        pressing: if presses {
            // The list goes on: what has run out is counted, for it may fill more than one page. A
            // head is told of all their units, whichever list is open.
            let more = head || (view == QueueView::Unit && found.next.is_some());
            pressing(cases, visitor, (&found.items, more), &counts).await?
        } else {
            Vec::new()
        },
        gone: String::new(),
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
        narrowing: Narrowing::of(visitor, &names, place),
        can,
        answers: card
            .map(|card| desk_view::answers(&painter, card))
            .unwrap_or_default(),
        outcomes: Outcome::OF_ANSWERS
            .map(|outcome| Choice::new(outcome.code(), names::outcome(request, outcome)))
            .to_vec(),
        templates: super::taking::offered(cases, visitor, &names, card).await?,
        items: items(&painter, card),
        colleagues: colleagues(cases, visitor, can, &names, &typed.who, card).await?,
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
        mark,
        wrong_parts,
        lost,
        works,
        papers,
    })
}

/// The lines of the list; `query` leads back to the same place of it, `open` is the case beside it.
async fn lines_of(
    cases: &Cases,
    visitor: &Visitor,
    names: &Names,
    rows: &[QueueRow],
    (query, open): (&str, Option<CaseId>),
) -> Result<Vec<QueueLine>> {
    let still_open = rows.iter().filter(|row| row.case.state.is_open());
    let escalated = cases
        .escalated(still_open.map(|row| row.case.id).collect())
        .await?;
    let lines = Lines::of(cases, visitor, names, Lines::holders(rows.iter())).await?;
    let line = |row: &QueueRow| {
        let mut line = lines.line(row, query, open == Some(row.case.id));
        line.escalated = row.case.state.is_open() && escalated.contains(&row.case.id);
        line
    };
    Ok(rows.iter().map(line).collect())
}

/// Whether a head is through with a case of the list of agreement, whatever else may be done with it.
fn agreed(view: QueueView, can: Tools) -> bool {
    view == QueueView::Agreement && !(can.agree || can.return_answer)
}

/// Where nothing is typed yet the answer goes on from its draft, or begins with the words that closed
/// the problem of the case.
fn begin_answer(typed: &mut TypedWords, card: &Card, works: &CaseWorks) {
    if let Some(kept) = card.open_answer().filter(|_| !typed.has_answer()) {
        typed.go_on(kept);
    }
    let closing = works.problem.as_ref().map(|problem| &problem.closing);
    if let Some(closing) = closing.filter(|_| card.answers.is_empty() && !typed.has_answer()) {
        typed.answer.clone_from(closing);
    }
}

/// The documents of a case as lines of its page.
fn papers_of(
    request: &web::Request,
    card: &Card,
    documents: &[crate::documents::Document],
) -> Vec<DocumentLine> {
    let base = format!("/cases/{}/documents", card.case.number);
    let line = |document| documents_view::line(request, &base, document, &[], true);
    documents.iter().map(line).collect()
}

/// Whether a case of the list of those that nobody has taken was given to somebody.
fn given(place: &Place, card: &Card) -> bool {
    place.only_free() && card.case.assignee.is_some()
}

/// The line after the open one, or the first when the open case is not in this part of the list. In
/// one's own queue what lies with a head is passed over, unless nothing else comes.
fn following(rows: &[QueueLine], items: &[QueueRow], view: QueueView) -> Option<Following> {
    let here = rows.iter().position(|row| row.here);
    let after = here.map_or(0, |here| here + 1);
    let mut coming = items.iter().enumerate().skip(after);
    let next =
        coming.find(|(_, row)| view != QueueView::Mine || row.case.state != CaseState::InAgreement);
    let next = rows.get(next.map_or(after, |(at, _)| at))?;
    Some(Following {
        href: next.href.clone(),
        topic: next.topic.clone(),
    })
}

/// What waits most. Where there is `more` than the list holds, the days of answers are counted in the
/// reader's units.
async fn pressing(
    cases: &Cases,
    visitor: &Visitor,
    (rows, more): (&[QueueRow], bool),
    counts: &QueueCounts,
) -> Result<Vec<Link>> {
    let (request, today) = (&visitor.request, cases.today());
    let tasks = cases.count_tasks(&visitor.actor).await?;
    // A task lies in no queue: whoever has one, or could take one, learns of it here.
    let set = cases
        .tasks(&visitor.actor, TasksView::Unit, None, Some(100))
        .await?;
    let mine = visitor.actor.account();
    let own = set.items.iter().filter(|task| {
        let rests = matches!(task.state, TaskState::Done | TaskState::PutOff);
        task.owner.is_some() && task.owner == mine && !rests
    });
    let own = i64::try_from(own.count()).unwrap_or(0);
    let free = set.items.iter().filter(|task| task.owner.is_none());
    let free = i64::try_from(free.count()).unwrap_or(0);
    // Only heads confirm works.
    let confirms = people::allows_somewhere(&visitor.actor, Permission::AssignCase);
    let rules = cases.catalog().count_rules_to_sign(&visitor.actor).await?;
    let due = |is: fn(jiff::civil::Date, jiff::civil::Date) -> bool| {
        let runs = |row: &&QueueRow| row.case.state.is_open() && row.case.stands_since.is_none();
        let open = rows.iter().filter(runs);
        let found = open.filter(|row| row.case.due_on.is_some_and(|due| is(due, today)));
        i64::try_from(found.count()).unwrap_or(0)
    };
    let (overdue, ending) = if more {
        cases.count_due(&visitor.actor).await?
    } else {
        (
            due(|due, today| due < today),
            due(|due, today| due == today),
        )
    };
    let links = [
        ("desk-pressing-overdue", overdue, "/desk/terms#running"),
        ("desk-pressing-today", ending, "/desk/terms#running"),
        (
            "desk-pressing-agree",
            counts.agreement.min(COUNTED),
            "/desk?view=agreement",
        ),
        (
            "desk-pressing-parts",
            counts.parts.min(COUNTED),
            "/desk?view=parts",
        ),
        (
            "desk-pressing-words",
            counts.words.min(COUNTED),
            "/desk?view=words",
        ),
        (
            "desk-pressing-posting",
            counts.posting.min(COUNTED),
            "/desk?view=posting",
        ),
        (
            "desk-pressing-tasks",
            tasks.overdue,
            "/desk/terms?kind=task#running",
        ),
        ("desk-pressing-own-tasks", own, "/desk/tasks"),
        ("desk-pressing-free-tasks", free, "/desk/tasks?view=unit"),
        (
            "desk-pressing-confirm",
            if confirms { tasks.to_confirm } else { 0 },
            "/desk/tasks?view=to_confirm",
        ),
        ("desk-pressing-rules", rules, "/desk/rules"),
    ]
    .into_iter()
    .filter(|(_, count, _)| *count > 0)
    .map(|(key, count, href)| Link {
        href: href.to_owned(),
        text: request.ta(key, &[("count", count.into())]),
    })
    .collect();
    Ok(links)
}

/// The part of the queue that is shown, or the case whose number was looked for.
async fn listed(
    cases: &Cases,
    visitor: &Visitor,
    place: &Place,
    view: QueueView,
    narrowed: Narrowed,
) -> Result<base::Page<QueueRow>> {
    let search = place.search();
    let number = looked_for(&search, cases.today());
    if !search.is_empty() && number.is_none() {
        return Ok(base::Page {
            items: Vec::new(),
            next: None,
        });
    }
    let filter = QueueFilter {
        view,
        number,
        narrowed,
        ..QueueFilter::default()
    };
    cases.queue(&visitor.actor, filter, place.after()).await
}

/// The number that is looked for: whole, or as it is told over the telephone, «дело сорок два» of this
/// year.
fn looked_for(search: &str, today: jiff::civil::Date) -> Option<Number> {
    search.parse::<Number>().ok().or_else(|| {
        let year = u16::try_from(today.year()).ok()?;
        Number::new(year, search.trim().parse().ok()?)
    })
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
        ("template", "template-take"),
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
        ("who", "desk-who"),
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
async fn colleagues(
    cases: &Cases,
    visitor: &Visitor,
    can: Tools,
    names: &Names,
    who: &str,
    card: Option<&Card>,
) -> Result<Colleagues> {
    let Some(card) = card.filter(|_| can.assign) else {
        return Ok(Colleagues::default());
    };
    let mut staff = cases.people().staff(&visitor.actor).await?;
    // Whoever does not work with the unit of the case cannot be given it.
    let units = cases.people().units().await?;
    staff.retain(|member| units.within(member.unit).contains(&card.case.unit));
    Ok(Colleagues::of(&staff, names, who))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::looked_for;

    #[test]
    fn a_number_is_found_whole_and_by_its_digits_of_this_year() {
        let today = date(2026, 11, 23);
        let whole = looked_for("А-2026-00000042-5", today);
        assert!(whole.is_some());
        assert_eq!(looked_for(" 42 ", today), whole);
        assert_eq!(looked_for("00000042", today), whole);
        assert_eq!(looked_for("+7 912 345-67-89", today), None);
        assert_eq!(looked_for("89123456789", today), None);
    }
}
