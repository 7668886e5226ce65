//! The open register for programs: the same rows as its page, with the same filters.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use base::Error;
use web::Request;

use super::shapes::{PublicCase, RegisterBody};
use super::{Api, examples};
use crate::model::{PublicState, RegisterFilter};
use web::api::{Asked, OfList, Refused};

/// Rows of a page when the client does not say.
const ROWS: usize = 50;

/// Read the open register
///
/// Newest first, without personal data. Pages follow each other by `next` → `after`: nothing is shown twice
/// and nothing is left out while cases are filed meanwhile.
#[utoipa::path(
    get,
    path = "/api/v1/register",
    operation_id = "read_register",
    tag = "register",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        ("category" = inline(Option<String>), Query, nullable = false, description = "Code of a subject; those below it are included", example = "roads"),
        ("unit" = inline(Option<String>), Query, nullable = false, description = "Code of a unit; those below it are included", example = "roads"),
        ("state" = inline(Option<String>), Query, nullable = false, pattern = "^(accepted|in_work|finished)$",
            description = "State for the public: `accepted`, `in_work` or `finished`", example = "in_work"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 200, description = "Rows of a page; 50 when absent", example = 50),
    ),
    responses(
        (status = 200, description = "A page", body = RegisterBody, example = json!(examples::register())),
        OfList,
    )
)]
pub(super) async fn read_register(
    request: Request,
    State(api): State<Api>,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Result<Json<RegisterBody>, Refused> {
    let mut asked = Asked::of(query, &["category", "unit", "state", "after", "limit"])?;
    let limit = asked.limit(ROWS, base::page::MOST);
    let contents = api.cases.catalog().contents().await?;
    let units = api.cases.people().units().await?;
    let filter = RegisterFilter {
        category: asked.known("category", |code| {
            contents.categories().by_code(code).map(|found| found.id)
        }),
        unit: asked.known("unit", |code| units.by_code(code).map(|found| found.id)),
        state: asked.known("state", PublicState::from_code),
        ..RegisterFilter::default()
    };
    asked.refuse()?;
    let page = api
        .cases
        .register(filter, asked.get("after"), limit)
        .await
        .map_err(|error| match error {
            Error::Malformed(_) => Error::field("after", "api-error-after"),
            other => other,
        })?;
    let items = page.items.iter();
    Ok(Json(RegisterBody {
        items: items
            .map(|row| PublicCase::of(row, &contents, &units, request.language))
            .collect(),
        next: page.next.map(|next| next.as_str().to_owned()),
    }))
}
