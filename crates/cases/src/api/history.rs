//! The history of a case, for its applicant and for staff: a row for each of its entries in the
//! journal.

use axum::Json;
use serde::Serialize;
use utoipa::ToSchema;
use web::api::{Asked, Asking, MOST_ROWS, OfCase, ROWS, Refused};

use super::case::said;
use super::deed::{Address, Deed, Desk, Own, Scope};
use super::examples;
use crate::pages::history_in_words;

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(super) struct HistoryRow {
    /// Version of the case after it.
    #[schema(minimum = 1)]
    version: i64,
    /// What happened, as the journal calls it.
    #[schema(example = "case.taken")]
    action: String,
    /// When it happened.
    #[schema(format = "date-time")]
    occurred_at: String,
    /// When it was written down, where that was later.
    #[schema(format = "date-time")]
    recorded_at: String,
    /// The same in words.
    text: String,
    /// Why, in words.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Who did it, as they were called then.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

/// A page of a history, oldest first.
#[derive(Serialize, ToSchema)]
pub(super) struct HistoryBody {
    items: Vec<HistoryRow>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// List what happened in a case of one's own
///
/// Oldest first, from the journal: what the public proof commits to.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/history",
    operation_id = "list_case_history",
    tag = "cases",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        Address<Own>,
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 20, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = HistoryBody, example = json!(examples::history())),
        OfCase,
    )
)]
pub(super) async fn list_case_history(
    deed: Deed<Own>,
    asking: Asking,
) -> Result<Json<HistoryBody>, Refused> {
    page_of(&deed, asking).await
}

/// List what happened in a case
///
/// Oldest first, from the journal. The reading is written down.
#[utoipa::path(
    get,
    path = "/api/v1/desk/cases/{number}/history",
    operation_id = "list_history",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        Address<Desk>,
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 20, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = HistoryBody, example = json!(examples::history())),
        OfCase,
    )
)]
pub(super) async fn list_history(
    deed: Deed<Desk>,
    asking: Asking,
) -> Result<Json<HistoryBody>, Refused> {
    page_of(&deed, asking).await
}

/// A page of the history of a case, after the row of a version.
async fn page_of<S: Scope>(deed: &Deed<S>, asking: Asking) -> Result<Json<HistoryBody>, Refused> {
    let mut asked = Asked::of(asking, &["after", "limit"])?;
    let limit = asked.limit(ROWS, MOST_ROWS);
    let after: Option<i64> = asked.known("after", |text| text.parse().ok());
    asked.refuse()?;
    let card = deed.card().await?;
    let lines = history_in_words(&deed.api.cases, &deed.visitor.request, &card).await?;
    let rows = card.history.iter().zip(lines);
    let mut rows = rows.filter(|(told, _)| after.is_none_or(|after| told.version > after));
    let items: Vec<HistoryRow> = rows
        .by_ref()
        .take(limit)
        .map(|(told, line)| HistoryRow {
            version: told.version,
            action: told.action.clone(),
            occurred_at: told.occurred_at.rfc3339(),
            recorded_at: told.recorded_at.rfc3339(),
            text: line.what,
            reason: said(line.detail),
            by: said(line.who),
        })
        .collect();
    let more = rows.next().is_some();
    let last = items.last().filter(|_| more);
    Ok(Json(HistoryBody {
        next: last.map(|row| row.version.to_string()),
        items,
    }))
}
