//! Control of terms: how many of every kind run, run out and are broken, and a list of each kind.

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use people::Visitor;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use web::api::{Asked, Asking, MOST_ROWS, OfEntry, OfList, ROWS, Refused};

use super::queue::{QueueRowBody, at_after, rows};
use crate::api::shapes::one_of;
use crate::api::{Api, examples};
use crate::control::TermKind;
use crate::model::QueueRow;

/// How the terms of a kind stand.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct KindBody {
    #[schema(schema_with = kinds)]
    kind: &'static str,
    /// Terms that run.
    running: i64,
    /// Of these passed.
    overdue: i64,
    /// Of these ending within three days.
    soon: i64,
    /// Terms broken within the last thirty days; absent where nothing is counted.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    broken: Option<i64>,
}

/// How the tasks of the reader's units stand.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TasksCountBody {
    /// Tasks whose works are still to be done.
    running: i64,
    /// Of these past their day.
    overdue: i64,
    /// Of these due within three days.
    soon: i64,
    /// Tasks told as done, which a head has to look at.
    to_confirm: i64,
    /// Tasks confirmed within the last thirty days that were done after their day.
    broken: i64,
}

/// How the terms of the reader's units stand.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TermsBody {
    kinds: Vec<KindBody>,
    tasks: TasksCountBody,
    /// Cases received within the last thirty days.
    received: i64,
    /// Of these registered later than the law allows.
    registered_late: i64,
}

/// A term that runs.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct RunningBody {
    #[serde(flatten)]
    case: QueueRowBody,
    /// Its last day.
    #[schema(format = "date")]
    day: String,
}

/// A page of running terms, what runs out first comes first.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct RunningPage {
    items: Vec<RunningBody>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

fn kinds() -> Object {
    one_of(TermKind::ALL.map(TermKind::code))
}

/// Read how terms stand
///
/// Kind by kind, in the reader's units; tasks beside them.
#[utoipa::path(
    get,
    path = "/api/v1/desk/terms",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    responses((status = 200, description = "Kind by kind", body = TermsBody, example = json!(examples::terms())))
)]
pub(in crate::api) async fn read_terms(
    visitor: Visitor,
    State(api): State<Api>,
) -> Result<Json<TermsBody>, Refused> {
    visitor.require_sign_in()?;
    let control = api.cases.control(&visitor.actor).await?;
    let kinds = control.kinds.iter().map(|count| KindBody {
        kind: count.kind.code(),
        running: count.running,
        overdue: count.overdue,
        soon: count.soon,
        broken: count.broken,
    });
    Ok(Json(TermsBody {
        kinds: kinds.collect(),
        tasks: TasksCountBody {
            running: control.tasks.running,
            overdue: control.tasks.overdue,
            soon: control.tasks.soon,
            to_confirm: control.tasks.to_confirm,
            broken: control.tasks.broken,
        },
        received: control.received,
        registered_late: control.registered_late,
    }))
}

/// List the terms of a kind that run
#[utoipa::path(
    get,
    path = "/api/v1/desk/terms/{kind}",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("kind" = String, Path, pattern = "^(answer|work_start|forward|part|documents|aim|plan)$",
            description = "Kind of term; 404 when there is no such kind", example = "answer"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = RunningPage, example = json!(examples::running_terms())),
        OfEntry,
        OfList,
    )
)]
pub(in crate::api) async fn list_running_terms(
    visitor: Visitor,
    State(api): State<Api>,
    axum::extract::Path(kind): axum::extract::Path<String>,
    asking: Asking,
) -> Result<Json<RunningPage>, Refused> {
    visitor.require_sign_in()?;
    let kind = TermKind::from_code(&kind).ok_or(base::Error::NotFound)?;
    let mut asked = Asked::of(asking, &["after", "limit"])?;
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let after = asked.get("after");
    let found = api
        .cases
        .running_terms(&visitor.actor, kind, after, Some(limit));
    let found = found.await.map_err(at_after)?;
    let next = found.next.map(|next| next.as_str().to_owned());
    let (listed, days): (Vec<QueueRow>, Vec<Date>) = found
        .items
        .into_iter()
        .map(|term| (term.row, term.day))
        .unzip();
    let items = rows(&api.cases, &visitor, &listed).await?;
    let items = items.into_iter().zip(days).map(|(case, day)| RunningBody {
        case,
        day: day.to_string(),
    });
    Ok(Json(RunningPage {
        items: items.collect(),
        next,
    }))
}
