//! What there is to do: the queue in its parts, how much each holds, and a search in the cases of
//! one's own units.

use std::collections::HashSet;

use axum::Json;
use axum::extract::State;
use base::id::{AccountId, CaseId};
use base::{Error, Number, Page};
use jiff::civil::Date;
use people::Visitor;
use serde::Serialize;
use utoipa::ToSchema;
use web::api::{Asked, Asking, MOST_ROWS, OfList, ROWS, Refused};

use super::codes::{priorities, sources};
use super::inside::Called;
use crate::api::case::said;
use crate::api::shapes::{Named, outcomes, sides, states};
use crate::api::{Api, examples, latin};
use crate::model::{Outcome, QueueRow, Side, State as CaseState};
use crate::reading::{Narrowed, QueueFilter, QueueView};
use crate::{Cases, searching};

/// A case as a line of a list at the desk. Such a list is no reading of the case.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct QueueRowBody {
    /// Number of the case.
    #[schema(pattern = "^\u{410}-[0-9]{4}-[0-9]{8}-[0-9]$")]
    number: String,
    /// The service under which it was filed.
    service: Named,
    /// The subject.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Named>,
    /// The unit that answers.
    unit: Named,
    /// State.
    #[schema(schema_with = states)]
    state: &'static str,
    /// How it ended.
    #[schema(schema_with = outcomes)]
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    /// How it came.
    #[schema(schema_with = sources)]
    source: &'static str,
    /// The topic in the applicant's words.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    /// The applicant: surname and initials, or the organisation.
    applicant: String,
    /// Account of the specialist who has it.
    #[schema(format = "uuid", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<String>,
    /// Who is waited for.
    #[schema(schema_with = sides)]
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<&'static str>,
    /// Since when words or documents of the applicant wait for somebody of staff to react.
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    words_since: Option<String>,
    /// How urgent it is.
    #[schema(schema_with = priorities)]
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<&'static str>,
    /// Whether heads were told that its term is in danger.
    escalated: bool,
    /// Whether it tells of a danger just now, by its words or by the mark of its form.
    danger: bool,
    #[schema(format = "date-time")]
    received_at: String,
    /// The day by which an answer is due.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    due_on: Option<String>,
    /// Days until that day; negative when it has passed. As many as there were when the term came to
    /// stand still, while it does. Absent once nothing is owed.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    days_left: Option<i64>,
    /// Since when the term of the answer stands still, while it does.
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_since: Option<String>,
    /// By when the work begins, while it has not.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    begin_by: Option<String>,
    /// When the specialist plans to answer.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    planned_on: Option<String>,
    /// Whether it was carried over from another system.
    carried_over: bool,
    links: DeskLinks,
}

/// Addresses of a case for staff.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DeskLinks {
    /// The case for programs.
    #[serde(rename = "self")]
    #[schema(example = "/api/v1/desk/cases/A-2026-00000042-5")]
    this: String,
    /// The page of the case.
    page: String,
}

impl DeskLinks {
    pub(in crate::api) fn of(number: Number) -> Self {
        let number = latin(number);
        Self {
            this: format!("/api/v1/desk/cases/{number}"),
            page: format!("/desk/{number}"),
        }
    }
}

/// A page of a list at the desk.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct QueueBody {
    pub(in crate::api) items: Vec<QueueRowBody>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::api) next: Option<String>,
}

/// A case that was found.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FoundCase {
    #[serde(flatten)]
    case: QueueRowBody,
    /// The topic in pieces.
    pieces: Vec<PieceBody>,
}

/// A piece of a text.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct PieceBody {
    text: String,
    /// Whether it is what was looked for.
    matched: bool,
}

/// A page of what was found, the best first.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FindingsBody {
    items: Vec<FoundCase>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Whether every case can be found already; a fresh start takes a while.
    complete: bool,
    /// What may have been meant, when nothing was found.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    meant: Option<String>,
}

/// How much each part of the queue holds. What is more than 1000 is told as 1000.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CountsBody {
    /// What the reader has.
    mine: i64,
    /// What of the reader's units is not answered.
    unit: i64,
    /// What of them goes before others.
    urgent: i64,
    /// What waits for a head; 0 for those who are none.
    agreement: i64,
    /// Parts of other units' cases.
    parts: i64,
    /// Answers that wait to go out on paper.
    posting: i64,
    /// Cases whose applicants have written since anybody reacted.
    words: i64,
}

/// Rows of a list with what they are called by.
pub(in crate::api) async fn rows(
    cases: &Cases,
    visitor: &Visitor,
    rows: &[QueueRow],
) -> Result<Vec<QueueRowBody>, Error> {
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let called = Called {
        request: &visitor.request,
        contents: &contents,
        units: &units,
    };
    let open = rows.iter().filter(|row| row.case.state.is_open());
    let ids = open.map(|row| row.case.id).collect();
    let escalated: HashSet<CaseId> = cases.escalated(ids).await?.into_iter().collect();
    let today = cases.today();
    let rows = rows.iter().map(|row| {
        let is_escalated = escalated.contains(&row.case.id);
        row_of(&called, row, is_escalated, today)
    });
    Ok(rows.collect())
}

fn row_of(called: &Called<'_>, row: &QueueRow, escalated: bool, today: Date) -> QueueRowBody {
    let case = &row.case;
    let language = called.request.language;
    let open = case.state.is_open();
    let zone = &called.request.shell().settings().zone;
    let counted_from = case.stands_since.map_or(today, |since| since.date(zone));
    let days = |due: Date| {
        let span = counted_from.until(due).unwrap_or_default();
        i64::from(span.get_days())
    };
    QueueRowBody {
        number: case.number.to_string(),
        service: called.service(case.service),
        category: case
            .category
            .and_then(|id| called.contents.categories().by_id(id))
            .map(|category| Named {
                code: category.code.clone(),
                name: called.contents.categories().path(category.id, language),
            }),
        unit: called.unit(case.unit),
        state: case.state.code(),
        outcome: case.outcome.map(Outcome::code),
        source: case.source.code(),
        topic: said(row.topic.clone()),
        applicant: row.applicant.clone(),
        assignee: case.assignee.map(|account| account.to_string()),
        waits_for: case.waits_for.map(Side::code),
        words_since: case.words_since.map(base::Moment::rfc3339),
        priority: case.clocks.priority.map(catalog::Priority::code),
        escalated: open && escalated,
        danger: open && row.danger,
        received_at: case.received_at.rfc3339(),
        due_on: case.due_on.map(|day| day.to_string()),
        days_left: case.due_on.filter(|_| open).map(days),
        stands_since: case.stands_since.map(base::Moment::rfc3339),
        begin_by: case.clocks.waits_to_begin().map(|day| day.to_string()),
        planned_on: case.clocks.planned_on.map(|day| day.to_string()),
        carried_over: case.is_carried_over(),
        links: DeskLinks::of(case.number),
    }
}

/// A cursor that is none of ours, as a parameter that is wrong.
pub(in crate::api) fn at_after(error: Error) -> Error {
    match error {
        Error::Malformed(_) => Error::field("after", "api-error-after"),
        other => other,
    }
}

/// A page of rows with where the next one begins.
pub(in crate::api) async fn page(
    cases: &Cases,
    visitor: &Visitor,
    found: Page<QueueRow>,
) -> Result<QueueBody, Error> {
    Ok(QueueBody {
        items: rows(cases, visitor, &found.items).await?,
        next: found.next.map(|next| next.as_str().to_owned()),
    })
}

/// List what there is to do
///
/// A part of the queue, what runs out first comes first. With `holder`, what this specialist has in the
/// units where the reader gives out work.
#[utoipa::path(
    get,
    path = "/api/v1/desk/cases",
    operation_id = "list_queue",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("view" = inline(Option<QueueViewCode>), Query, nullable = false,
            description = "Part of the queue; `mine` when absent", example = "unit"),
        ("number" = inline(Option<String>), Query, nullable = false, max_length = 64, description = "One case by its number, instead of a part"),
        ("holder" = inline(Option<String>), Query, format = "uuid", nullable = false, description = "Account of a specialist, instead of a part"),
        ("category" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a subject; those below it are included"),
        ("service" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a service"),
        ("unit" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a unit"),
        ("state" = inline(Option<QueueStateCode>), Query, nullable = false, description = "Only cases in this state"),
        ("free" = inline(Option<bool>), Query, nullable = false, description = "Only what nobody has taken"),
        ("for_us" = inline(Option<bool>), Query, nullable = false, description = "Only where the applicant has written since anybody of staff reacted"),
        ("order" = inline(Option<QueueOrderCode>), Query, nullable = false, description = "What runs out first comes first; with `newest`, what came last"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = QueueBody, example = json!(examples::queue())),
        OfList,
    )
)]
pub(in crate::api) async fn list_queue(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<QueueBody>, Refused> {
    visitor.require_sign_in()?;
    let names = [
        "view", "number", "holder", "category", "service", "unit", "state", "free", "for_us",
        "order", "after", "limit",
    ];
    let mut asked = Asked::of(asking, &names)?;
    let contents = api.cases.catalog().contents().await?;
    let tree = contents.categories();
    let units = api.cases.people().units().await?;
    let yes = |text: &str| text.parse::<bool>().ok();
    let filter = QueueFilter {
        narrowed: Narrowed {
            category: asked.known("category", |code| tree.by_code(code).map(|known| known.id)),
            service: asked.known("service", |code| {
                contents.service(code).map(|known| known.id)
            }),
            unit: asked.known("unit", |code| units.by_code(code).map(|known| known.id)),
            state: asked.known("state", |code| {
                CaseState::from_code(code).filter(|state| state.is_in_queue())
            }),
            free: asked.known("free", yes).unwrap_or_default(),
            for_us: asked.known("for_us", yes).unwrap_or_default(),
            newest: asked
                .known("order", |code| match code {
                    "due" => Some(false),
                    "newest" => Some(true),
                    _ => None,
                })
                .unwrap_or_default(),
        },
        view: asked
            .known("view", QueueView::from_code)
            .unwrap_or_default(),
        number: asked.known("number", |text| text.parse().ok()),
        holder: asked.known("holder", |text| text.parse::<AccountId>().ok()),
        free: false,
        limit: Some(asked.limit(ROWS, MOST_ROWS)),
    };
    asked.refuse()?;
    let cases = &api.cases;
    let found = cases
        .queue(&visitor.actor, filter, asked.get("after"))
        .await;
    Ok(Json(page(cases, &visitor, found.map_err(at_after)?).await?))
}

/// A part of the queue.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes a parameter")]
pub(in crate::api) enum QueueViewCode {
    Mine,
    Unit,
    Agreement,
    Parts,
    Urgent,
    Posting,
    Words,
}

/// A state that a case of the queue can be in.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes a parameter")]
pub(in crate::api) enum QueueStateCode {
    Registered,
    Checking,
    InWork,
    Waiting,
    InAgreement,
    Decided,
}

/// The order of the queue.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes a parameter")]
pub(in crate::api) enum QueueOrderCode {
    Due,
    Newest,
}

/// Count what there is to do
#[utoipa::path(
    get,
    path = "/api/v1/desk/counts",
    operation_id = "count_queue",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    responses(
        (status = 200, description = "Part by part", body = CountsBody, example = json!(examples::counts())),
    )
)]
pub(in crate::api) async fn count_queue(
    visitor: Visitor,
    State(api): State<Api>,
) -> Result<Json<CountsBody>, Refused> {
    visitor.require_sign_in()?;
    let counts = api.cases.queue_counts(&visitor.actor).await?;
    Ok(Json(CountsBody {
        mine: counts.mine,
        unit: counts.unit,
        urgent: counts.urgent,
        agreement: counts.agreement,
        parts: counts.parts,
        posting: counts.posting,
        words: counts.words,
    }))
}

/// Search in the texts of cases
///
/// In what applicants wrote, in the cases of the reader's units, the best first. A number is looked for
/// with `number` of `GET /api/v1/desk/cases`.
#[utoipa::path(
    get,
    path = "/api/v1/desk/search",
    operation_id = "search_cases",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("q" = String, Query, min_length = 1, max_length = 400, description = "Words", example = "\u{441}\u{43d}\u{435}\u{433}"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = FindingsBody, example = json!(examples::findings())),
        OfList,
    )
)]
pub(in crate::api) async fn search_cases(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<FindingsBody>, Refused> {
    visitor.require_sign_in()?;
    let mut asked = Asked::of(asking, &["q", "after", "limit"])?;
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let typed = asked.get("q").unwrap_or_default();
    if typed.is_empty() || base::text::length(typed) > 400 {
        return Err(Error::field("q", "error-unknown-value").into());
    }
    let cases = &api.cases;
    let found = cases
        .search_texts(&visitor.actor, typed, asked.get("after"), Some(limit))
        .await
        .map_err(at_after)?;
    let (listed, pieces): (Vec<QueueRow>, Vec<_>) = found
        .items
        .into_iter()
        .map(|found| (found.row, found.topic))
        .unzip();
    let items = rows(cases, &visitor, &listed).await?;
    let items: Vec<FoundCase> = items
        .into_iter()
        .zip(pieces)
        .map(|(case, topic)| FoundCase {
            case,
            pieces: topic.into_iter().map(piece).collect(),
        })
        .collect();
    let nothing = items.is_empty();
    Ok(Json(FindingsBody {
        items,
        next: found.next.map(|next| next.as_str().to_owned()),
        complete: cases.finds_everything(),
        meant: nothing.then(|| cases.did_you_mean(typed)).flatten(),
    }))
}

fn piece(piece: searching::Piece) -> PieceBody {
    PieceBody {
        text: piece.text,
        matched: piece.matched,
    }
}
