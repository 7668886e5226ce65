//! The applicant's own cases, newest first.

use axum::Json;
use axum::extract::State;
use base::Error;
use people::Visitor;
use serde::Serialize;
use utoipa::ToSchema;
use web::api::{Asked, Asking, MOST_ROWS, OfList, ROWS, Refused};

use crate::api::desk::inside::row_of_case;
use crate::api::shapes::{PublicCase, outcomes, sides, states};
use crate::api::{Api, examples};
use crate::model::{Outcome, Side, State as CaseState};
use crate::reading::OwnFilter;

/// A case of one's own in a list.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct OwnCase {
    #[serde(flatten)]
    public: PublicCase,
    /// State, as those who work on the case name it.
    #[schema(schema_with = states)]
    inner_state: &'static str,
    /// What it is about, in the applicant's words.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    /// Who is waited for.
    #[schema(schema_with = sides)]
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<&'static str>,
    /// How it ended.
    #[schema(schema_with = outcomes)]
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
}

/// A page of one's own cases.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct OwnCases {
    items: Vec<OwnCase>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// List one's own cases
///
/// Newest first: those that the caller filed while signed in, and those of others in which they agreed to stand.
#[utoipa::path(
    get,
    path = "/api/v1/cases",
    operation_id = "list_own_cases",
    tag = "cases",
    security(("token" = ["cases:read"]), ("session" = [])),
    params(
        ("open" = inline(Option<bool>), Query, nullable = false, description = "Only those that are still worked on, or only those that are not"),
        ("state" = inline(Option<String>), Query, nullable = false, max_length = 20, description = "Only those in this state", example = "in_work"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = OwnCases, example = json!(examples::own_cases())),
        OfList,
    )
)]
pub(in crate::api) async fn list_own_cases(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<OwnCases>, Refused> {
    visitor.require_sign_in()?;
    let mut asked = Asked::of(asking, &["open", "state", "after", "limit"])?;
    let limit = asked.limit(ROWS, MOST_ROWS);
    let filter = OwnFilter {
        open: asked.known("open", |text| text.parse().ok()),
        state: asked.known("state", CaseState::from_code),
    };
    asked.refuse()?;
    let cases = &api.cases;
    let page = cases
        .own_cases(&visitor.actor, filter, asked.get("after"), limit)
        .await
        .map_err(|error| match error {
            Error::Malformed(_) => Error::field("after", "api-error-after"),
            other => other,
        })?;
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let items = page.items.iter().map(|row| OwnCase {
        public: PublicCase::of(
            &row_of_case(&row.case),
            &contents,
            &units,
            visitor.request.language,
        ),
        inner_state: row.case.state.code(),
        topic: Some(row.topic.clone()).filter(|topic| !topic.is_empty()),
        waits_for: row.case.waits_for.map(Side::code),
        outcome: row.case.outcome.map(Outcome::code),
    });
    Ok(Json(OwnCases {
        items: items.collect(),
        next: page.next.map(|next| next.as_str().to_owned()),
    }))
}
