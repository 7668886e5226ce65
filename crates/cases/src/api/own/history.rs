//! The history of a case for its applicant: a row for each of its entries in the journal.

use axum::Json;
use web::api::{Asked, Asking, MOST_ROWS, OfCase, ROWS, Refused};

use super::deed::{Own, OwnAddress};
use crate::api::desk::history::{HistoryBody, rows_of};
use crate::api::examples;

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
        OwnAddress,
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 20, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = HistoryBody, example = json!(examples::history())),
        OfCase,
    )
)]
pub(in crate::api) async fn list_case_history(
    own: Own,
    asking: Asking,
) -> Result<Json<HistoryBody>, Refused> {
    let mut asked = Asked::of(asking, &["after", "limit"])?;
    let limit = asked.limit(ROWS, MOST_ROWS);
    let after: Option<i64> = asked.known("after", |text| text.parse().ok());
    asked.refuse()?;
    let card = own.card().await?;
    let request = &own.visitor.request;
    Ok(Json(
        rows_of(&own.api.cases, request, &card, after, limit).await?,
    ))
}
