//! Problems: for everybody to read, for heads to join cases into and to close.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base::{Error, Number};
use people::Visitor;
use serde::Deserialize;
use utoipa::ToSchema;
use web::Request;
use web::api::{Asked, Asking, MOST_ROWS, OfDeed, OfEntry, OfList, OfMaking, ROWS, Refused, Sent};

use super::number_of;
use super::shapes::{Calling, ProblemBody, ProblemsPage};
use crate::api::desk::queue_after;
use crate::api::{Api, examples};
use crate::model::{NewProblem, ProblemFilter, ProblemState};

/// A problem to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewProblemBody {
    /// In a few words; everybody reads it.
    #[schema(min_length = 5, max_length = 200)]
    title: String,
    /// What it is; everybody reads it.
    #[schema(min_length = 5, max_length = 4000)]
    about: String,
    /// Where, roughly.
    #[schema(max_length = 200)]
    #[serde(default)]
    place: String,
    /// Numbers of the cases that are about it.
    #[schema(min_items = 1, max_items = 100, max_length = 64)]
    cases: Vec<String>,
}

/// Cases that come to a problem.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct JoiningBody {
    #[schema(min_items = 1, max_items = 100, max_length = 64)]
    cases: Vec<String>,
}

/// A case that leaves a problem.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct LeavingBody {
    #[schema(max_length = 64)]
    case: String,
    /// Why; the applicant reads it.
    #[schema(min_length = 5, max_length = 4000)]
    reason: String,
}

/// How a problem was solved.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct ClosingBody {
    /// Everybody reads it.
    #[schema(min_length = 5, max_length = 4000)]
    closing: String,
}

fn numbers(texts: &[String]) -> Result<Vec<Number>, Error> {
    let each = texts.iter().map(|text| {
        text.parse()
            .map_err(|_| Error::field("cases", "error-number"))
    });
    each.collect()
}

/// List problems
///
/// What many write about, the newest first, for everybody.
#[utoipa::path(
    get,
    path = "/api/v1/problems",
    operation_id = "list_problems",
    tag = "works",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        ("category" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a subject; those below it are included"),
        ("unit" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a unit; those below it are included"),
        ("state" = inline(Option<String>), Query, nullable = false, pattern = "^(open|closed)$", description = "`open` or `closed`"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = ProblemsPage, example = json!(examples::problems())),
        OfList,
    )
)]
pub(in crate::api) async fn list_problems(
    request: Request,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<ProblemsPage>, Refused> {
    let contents = api.cases.catalog().contents().await?;
    let units = api.cases.people().units().await?;
    let mut asked = Asked::of(asking, &["category", "unit", "state", "after", "limit"])?;
    let filter = ProblemFilter {
        category: asked.known("category", |code| {
            contents.categories().by_code(code).map(|found| found.id)
        }),
        unit: asked.known("unit", |code| units.by_code(code).map(|found| found.id)),
        state: asked.known("state", ProblemState::from_code),
    };
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let found = api.cases.problems(filter, asked.get("after"), Some(limit));
    let found = found.await.map_err(queue_after)?;
    let calling = Calling {
        request: &request,
        contents: &contents,
        units: &units,
        zone: api.cases.hours().zone(),
    };
    let items = found.items.iter().map(|row| calling.problem(row));
    Ok(Json(ProblemsPage {
        items: items.collect(),
        next: found.next.map(|next| next.as_str().to_owned()),
    }))
}

async fn whole(api: &Api, request: &Request, number: i64) -> Result<Json<ProblemBody>, Refused> {
    let found = api.cases.problem(number).await?;
    let contents = api.cases.catalog().contents().await?;
    let units = api.cases.people().units().await?;
    let calling = Calling {
        request,
        contents: &contents,
        units: &units,
        zone: api.cases.hours().zone(),
    };
    Ok(Json(calling.whole(&found)))
}

/// Read a problem
///
/// With its works, their stages and files. No word of an applicant is here.
#[utoipa::path(
    get,
    path = "/api/v1/problems/{problem}",
    operation_id = "read_problem",
    tag = "works",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(("problem" = String, Path, pattern = "^[1-9][0-9]{0,14}$", description = "Number of the problem", example = "3")),
    responses((status = 200, description = "The problem", body = ProblemBody, example = json!(examples::problem())), OfEntry)
)]
pub(in crate::api) async fn read_problem(
    request: Request,
    State(api): State<Api>,
    Path(problem): Path<String>,
) -> Result<Json<ProblemBody>, Refused> {
    whole(&api, &request, number_of(&problem)?).await
}

/// Join cases into a problem
///
/// For heads. Subject, territory and unit are those of the first case; each case keeps its own term and answer.
#[utoipa::path(
    post,
    path = "/api/v1/desk/problems",
    operation_id = "open_problem",
    tag = "works",
    security(("token" = ["desk:write"]), ("session" = [])),
    request_body(content = NewProblemBody, example = json!(examples::new_problem())),
    responses((status = 201, description = "The problem", body = ProblemBody, example = json!(examples::problem())), OfMaking)
)]
pub(in crate::api) async fn open_problem(
    visitor: Visitor,
    State(api): State<Api>,
    Sent(body): Sent<NewProblemBody>,
) -> Result<(StatusCode, Json<ProblemBody>), Refused> {
    visitor.require_sign_in()?;
    let new = NewProblem {
        cases: numbers(&body.cases)?,
        title: body.title,
        about: body.about,
        place: body.place,
    };
    let opened = api.cases.open_problem(&visitor.actor, new).await;
    let number = opened.map_err(at_cases)?;
    let made = whole(&api, &visitor.request, number).await?;
    Ok((StatusCode::CREATED, made))
}

/// What the service calls `case` a body calls `cases`; a case that is not there is a wrong field.
fn at_cases(error: Error) -> Error {
    match error {
        Error::NotFound => Error::field("cases", "error-number"),
        other => other,
    }
}

/// Join more cases
#[utoipa::path(
    post,
    path = "/api/v1/desk/problems/{problem}/cases",
    operation_id = "join_problem",
    tag = "works",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("problem" = String, Path, pattern = "^[1-9][0-9]{0,14}$", description = "Number of the problem", example = "3")),
    request_body(content = JoiningBody, example = json!(examples::joining())),
    responses((status = 200, description = "The problem then", body = ProblemBody, example = json!(examples::problem())), OfDeed)
)]
pub(in crate::api) async fn join_problem(
    visitor: Visitor,
    State(api): State<Api>,
    Path(problem): Path<String>,
    Sent(body): Sent<JoiningBody>,
) -> Result<Json<ProblemBody>, Refused> {
    visitor.require_sign_in()?;
    let number = number_of(&problem)?;
    let cases = numbers(&body.cases)?;
    api.cases
        .join_problem(&visitor.actor, number, &cases)
        .await?;
    whole(&api, &visitor.request, number).await
}

/// Take a case out of a problem
#[utoipa::path(
    post,
    path = "/api/v1/desk/problems/{problem}/leaving",
    operation_id = "leave_problem",
    tag = "works",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("problem" = String, Path, pattern = "^[1-9][0-9]{0,14}$", description = "Number of the problem", example = "3")),
    request_body(content = LeavingBody, example = json!(examples::leaving())),
    responses((status = 200, description = "The problem then", body = ProblemBody, example = json!(examples::problem())), OfDeed)
)]
pub(in crate::api) async fn leave_problem(
    visitor: Visitor,
    State(api): State<Api>,
    Path(problem): Path<String>,
    Sent(body): Sent<LeavingBody>,
) -> Result<Json<ProblemBody>, Refused> {
    visitor.require_sign_in()?;
    let number = number_of(&problem)?;
    let case = body
        .case
        .parse()
        .map_err(|_| Error::field("case", "error-number"))?;
    api.cases
        .leave_problem(&visitor.actor, number, case, &body.reason)
        .await?;
    whole(&api, &visitor.request, number).await
}

/// Close a problem
///
/// When its tasks are over and one of them at least is confirmed. Everybody whose case is about it is told.
#[utoipa::path(
    post,
    path = "/api/v1/desk/problems/{problem}/closing",
    operation_id = "close_problem",
    tag = "works",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("problem" = String, Path, pattern = "^[1-9][0-9]{0,14}$", description = "Number of the problem", example = "3")),
    request_body(content = ClosingBody, example = json!(examples::closing())),
    responses((status = 200, description = "The problem then", body = ProblemBody, example = json!(examples::problem())), OfDeed)
)]
pub(in crate::api) async fn close_problem(
    visitor: Visitor,
    State(api): State<Api>,
    Path(problem): Path<String>,
    Sent(body): Sent<ClosingBody>,
) -> Result<Json<ProblemBody>, Refused> {
    visitor.require_sign_in()?;
    let number = number_of(&problem)?;
    api.cases
        .close_problem(&visitor.actor, number, &body.closing)
        .await?;
    whole(&api, &visitor.request, number).await
}
