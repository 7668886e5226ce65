//! Colleagues and what they have to do, the journal of finished cases, and the figures of units.

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use base::id::{AccountId, UnitId};
use jiff::Span;
use jiff::civil::Date;
use people::{StaffMember, Units, Visitor};
use serde::Serialize;
use utoipa::ToSchema;
use web::api::{Asked, Asking, MOST_ROWS, OfList, ROWS, Refused};

use super::inside::Called;
use super::queue::at_after;
use crate::api::case::said;
use crate::api::shapes::{Named, outcomes, states};
use crate::api::{Api, examples};
use crate::control::{
    Finished, FinishedFilter, LOOKED_BACK, LowRating, Ratings, Totals, UnitFigures,
};
use crate::model::{Outcome, State as CaseState};
use crate::workplace::Load;

/// Somebody who can be given work.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ColleagueBody {
    /// Identifier of the account, as an assignment names it.
    #[schema(format = "uuid")]
    account: String,
    name: String,
    unit: Named,
}

/// Those who can be given work, 200 at the most.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ColleaguesBody {
    items: Vec<ColleagueBody>,
}

/// What somebody has to do.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct LoadBody {
    /// Who; absent for what nobody has taken.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    colleague: Option<ColleagueBody>,
    /// Cases without an answer.
    open: i64,
    /// Of these past their day.
    overdue: i64,
    /// Of these due within seven days.
    soon: i64,
    /// Of these where the applicant is waited for.
    waiting: i64,
    /// Tasks whose works are still to be done.
    tasks: i64,
    /// Of these past their day.
    tasks_overdue: i64,
}

/// What everybody has to do, 201 rows at the most.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct LoadsBody {
    items: Vec<LoadBody>,
}

/// Cases in a state.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct StateCount {
    #[schema(schema_with = states)]
    state: &'static str,
    cases: i64,
}

/// What finished cases come to.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TotalsBody {
    all: i64,
    /// Answered within the term.
    in_term: i64,
    /// Answered after it.
    late: i64,
    /// The share of answers within the term, of a hundred; absent when there were none.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<i64>,
    /// Half of them took at most so many days.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    median_days: Option<i64>,
}

/// What somebody has finished.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct PersonTotals {
    /// Account; absent for what nobody had.
    #[schema(format = "uuid", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    totals: TotalsBody,
}

/// How applicants rated the work.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct RatingsBody {
    /// How many ratings there are.
    all: i64,
    /// How many gave 1, 2, 3, 4 and 5.
    #[schema(min_items = 5, max_items = 5)]
    by_stars: Vec<i64>,
    /// The mean; absent without a rating.
    #[schema(minimum = 1, maximum = 5, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    mean: Option<f64>,
}

/// A rating of one or two.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct LowRatingBody {
    number: String,
    unit: Named,
    #[schema(minimum = 1, maximum = 2)]
    stars: i64,
    /// What the applicant said.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[schema(format = "date-time")]
    rated_at: String,
    /// Whether staff have replied.
    replied: bool,
}

/// The figures of one unit.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct UnitFiguresBody {
    unit: Named,
    /// What is not finished now.
    open: i64,
    /// Of these past the day of the answer.
    overdue: i64,
    finished: TotalsBody,
    ratings: RatingsBody,
}

/// The figures of units over some days.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct StatisticsBody {
    /// The first of these days.
    #[schema(format = "date")]
    since: String,
    /// What is not finished now, by state.
    open: Vec<StateCount>,
    /// What came in, by the state that it is in now.
    received: Vec<StateCount>,
    finished: TotalsBody,
    /// What each had finished: all of them for those who give out work, oneself for others.
    by_person: Vec<PersonTotals>,
    /// Of what is not finished now, past the day of the answer.
    overdue: i64,
    /// How applicants rated what was finished.
    ratings: RatingsBody,
    /// The newest of the low ratings among these, 30 at the most.
    low_ratings: Vec<LowRatingBody>,
    /// Unit by unit, for those who read the cases of several.
    by_unit: Vec<UnitFiguresBody>,
}

/// A finished case.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FinishedBody {
    number: String,
    service: Named,
    unit: Named,
    #[schema(format = "date")]
    received_on: String,
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    due_on: Option<String>,
    /// The day it was answered; absent where it ended without an answer.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_on: Option<String>,
    #[schema(format = "date")]
    ended_on: String,
    #[schema(schema_with = outcomes)]
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    /// Whether it was answered within its term; absent where no term ran.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    in_term: Option<bool>,
    /// Days from the receipt to the end.
    days: i64,
    /// Account of whoever had it.
    #[schema(format = "uuid", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<String>,
    /// Whether it was carried over from another system.
    carried_over: bool,
}

/// A page of the journal of finished cases.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FinishedPage {
    items: Vec<FinishedBody>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// List those who can be given work
///
/// The specialists and heads of the units in which the reader gives out work.
#[utoipa::path(
    get,
    path = "/api/v1/desk/colleagues",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    responses((status = 200, description = "All of them", body = ColleaguesBody, example = json!(examples::colleagues())))
)]
pub(in crate::api) async fn list_colleagues(
    visitor: Visitor,
    State(api): State<Api>,
) -> Result<Json<ColleaguesBody>, Refused> {
    visitor.require_sign_in()?;
    let staff = api.cases.people().staff(&visitor.actor).await?;
    let units = api.cases.people().units().await?;
    let items = staff
        .iter()
        .map(|member| colleague(&visitor, &units, member));
    Ok(Json(ColleaguesBody {
        items: items.collect(),
    }))
}

fn colleague(visitor: &Visitor, units: &Units, member: &StaffMember) -> ColleagueBody {
    let unit = units.unit(member.unit);
    ColleagueBody {
        account: member.account.to_string(),
        name: member.name.initials(),
        unit: unit.map_or_else(Named::nameless, |unit| {
            Named::unit(unit, visitor.request.language)
        }),
    }
}

/// List who has how much to do
///
/// For those who give out work: everybody in their units, the fullest desk first, and what nobody has
/// taken.
#[utoipa::path(
    get,
    path = "/api/v1/desk/loads",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    responses((status = 200, description = "All of them", body = LoadsBody, example = json!(examples::loads())))
)]
pub(in crate::api) async fn list_loads(
    visitor: Visitor,
    State(api): State<Api>,
) -> Result<Json<LoadsBody>, Refused> {
    visitor.require_sign_in()?;
    let loads = api.cases.loads(&visitor.actor).await?;
    let staff = api.cases.people().staff(&visitor.actor).await?;
    let units = api.cases.people().units().await?;
    let of = |who: Option<AccountId>| loads.get(&who).copied().unwrap_or_default();
    let mut items = vec![load(None, of(None))];
    items.extend(staff.iter().map(|member| {
        let who = colleague(&visitor, &units, member);
        load(Some(who), of(Some(member.account)))
    }));
    items.sort_by_key(|row| std::cmp::Reverse((row.overdue, row.open)));
    Ok(Json(LoadsBody { items }))
}

fn load(colleague: Option<ColleagueBody>, load: Load) -> LoadBody {
    LoadBody {
        colleague,
        open: load.open,
        overdue: load.overdue,
        soon: load.soon,
        waiting: load.waiting,
        tasks: load.tasks,
        tasks_overdue: load.tasks_overdue,
    }
}

fn totals(totals: &Totals) -> TotalsBody {
    TotalsBody {
        all: totals.all,
        in_term: totals.in_term,
        late: totals.late,
        share: totals.share(),
        median_days: totals.median_days,
    }
}

fn counts(counts: &[(CaseState, i64)]) -> Vec<StateCount> {
    let all = counts.iter().map(|(state, cases)| StateCount {
        state: state.code(),
        cases: *cases,
    });
    all.collect()
}

/// Read the figures of units
///
/// Of the reader's units, or of one of them with those below it.
#[utoipa::path(
    get,
    path = "/api/v1/desk/statistics",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("unit" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a unit; those below it are included"),
        ("since" = inline(Option<String>), Query, format = "date", nullable = false, description = "First day; thirty days ago when absent"),
    ),
    responses(
        (status = 200, description = "The figures", body = StatisticsBody, example = json!(examples::statistics())),
        OfList,
    )
)]
pub(in crate::api) async fn read_statistics(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<StatisticsBody>, Refused> {
    visitor.require_sign_in()?;
    let cases = &api.cases;
    let units = cases.people().units().await?;
    let mut asked = Asked::of(asking, &["unit", "since"])?;
    let unit = unit_in(&mut asked, &units);
    let since = day_in(&mut asked, "since").unwrap_or_else(|| days_before(cases.today()));
    asked.refuse()?;
    let figures = cases.statistics(&visitor.actor, unit, since).await?;
    let contents = cases.catalog().contents().await?;
    let called = Called {
        request: &visitor.request,
        contents: &contents,
        units: &units,
    };
    let by_person = figures.by_person.iter().map(|(person, of)| PersonTotals {
        account: person.map(|account| account.to_string()),
        totals: totals(of),
    });
    Ok(Json(StatisticsBody {
        since: since.to_string(),
        open: counts(&figures.open),
        received: counts(&figures.received),
        finished: totals(&figures.finished),
        by_person: by_person.collect(),
        overdue: figures.overdue,
        ratings: ratings(&figures.ratings),
        low_ratings: figures
            .low
            .iter()
            .map(|low| low_rating(&called, low))
            .collect(),
        by_unit: figures
            .by_unit
            .iter()
            .map(|of| unit_figures(&called, of))
            .collect(),
    }))
}

fn ratings(of: &Ratings) -> RatingsBody {
    let tenths = of
        .mean_in_tenths()
        .and_then(|tenths| i32::try_from(tenths).ok());
    RatingsBody {
        all: of.all(),
        by_stars: of.by_stars.to_vec(),
        mean: tenths.map(|tenths| f64::from(tenths) / 10.0),
    }
}

fn low_rating(called: &Called<'_>, low: &LowRating) -> LowRatingBody {
    LowRatingBody {
        number: low.number.to_string(),
        unit: called.unit(low.unit),
        stars: low.stars,
        comment: said(low.comment.clone()),
        rated_at: low.rated_at.rfc3339(),
        replied: low.replied,
    }
}

fn unit_figures(called: &Called<'_>, of: &UnitFigures) -> UnitFiguresBody {
    UnitFiguresBody {
        unit: called.unit(of.unit),
        open: of.open,
        overdue: of.overdue,
        finished: totals(&of.finished),
        ratings: ratings(&of.ratings),
    }
}

/// A unit that a parameter names.
pub(super) fn unit_in(asked: &mut Asked, units: &Units) -> Option<UnitId> {
    asked.known("unit", |code| units.by_code(code).map(|unit| unit.id))
}

/// A day that a parameter names.
pub(in crate::api) fn day_in(asked: &mut Asked, name: &str) -> Option<Date> {
    asked.known(name, |text| text.parse().ok())
}

fn days_before(today: Date) -> Date {
    today.saturating_sub(Span::new().days(LOOKED_BACK))
}

/// Reads which finished cases are asked for.
fn finished_in(
    asked: &mut Asked,
    units: &Units,
    services: &HashMap<String, base::id::ServiceId>,
    today: Date,
) -> FinishedFilter {
    FinishedFilter {
        unit: unit_in(asked, units),
        service: asked.known("service", |code| services.get(code).copied()),
        from: day_in(asked, "from").unwrap_or_else(|| days_before(today)),
        until: day_in(asked, "until").unwrap_or(today),
    }
}

async fn services(api: &Api) -> base::Result<HashMap<String, base::id::ServiceId>> {
    let contents = api.cases.catalog().contents().await?;
    let all = contents.services();
    Ok(all
        .map(|service| (service.definition.code.clone(), service.id))
        .collect())
}

/// List finished cases
///
/// The journal of services of the reader's units, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/desk/journal",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("unit" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a unit; those below it are included"),
        ("service" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a service"),
        ("from" = inline(Option<String>), Query, format = "date", nullable = false, description = "Finished on this day or later; thirty days ago when absent"),
        ("until" = inline(Option<String>), Query, format = "date", nullable = false, description = "Finished on this day or before; today when absent"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = FinishedPage, example = json!(examples::finished())),
        OfList,
    )
)]
pub(in crate::api) async fn list_finished_cases(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<FinishedPage>, Refused> {
    visitor.require_sign_in()?;
    let cases = &api.cases;
    let units = cases.people().units().await?;
    let contents = cases.catalog().contents().await?;
    let known = services(&api).await?;
    let mut asked = Asked::of(
        asking,
        &["unit", "service", "from", "until", "after", "limit"],
    )?;
    let filter = finished_in(&mut asked, &units, &known, cases.today());
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let found = cases.finished(&visitor.actor, filter, asked.get("after"), limit);
    let found = found.await.map_err(at_after)?;
    let called = Called {
        request: &visitor.request,
        contents: &contents,
        units: &units,
    };
    Ok(Json(FinishedPage {
        items: found
            .items
            .iter()
            .map(|case| finished(&called, case))
            .collect(),
        next: found.next.map(|next| next.as_str().to_owned()),
    }))
}

fn finished(called: &Called<'_>, case: &Finished) -> FinishedBody {
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    FinishedBody {
        number: case.number.to_string(),
        service: called.service(case.service),
        unit: called.unit(case.unit),
        received_on: case.received_on.to_string(),
        due_on: day(case.due_on),
        answered_on: day(case.answered_on),
        ended_on: case.ended_on.to_string(),
        outcome: case.outcome.map(Outcome::code),
        in_term: case.in_term(),
        days: case.days(),
        assignee: case.assignee.map(|account| account.to_string()),
        carried_over: case.carried_over,
    }
}

/// Read what finished cases come to
///
/// Of the same filters as the journal. Of a period that begins more than a year ago, of a hundred
/// thousand cases at the most.
#[utoipa::path(
    get,
    path = "/api/v1/desk/journal/totals",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("unit" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a unit; those below it are included"),
        ("service" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a service"),
        ("from" = inline(Option<String>), Query, format = "date", nullable = false, description = "Finished on this day or later; thirty days ago when absent"),
        ("until" = inline(Option<String>), Query, format = "date", nullable = false, description = "Finished on this day or before; today when absent"),
    ),
    responses(
        (status = 200, description = "The totals", body = TotalsBody, example = json!(examples::totals())),
        OfList,
    )
)]
pub(in crate::api) async fn read_finished_totals(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<TotalsBody>, Refused> {
    visitor.require_sign_in()?;
    let units = api.cases.people().units().await?;
    let known = services(&api).await?;
    let mut asked = Asked::of(asking, &["unit", "service", "from", "until"])?;
    let filter = finished_in(&mut asked, &units, &known, api.cases.today());
    asked.refuse()?;
    let found = api.cases.totals(&visitor.actor, filter).await?;
    Ok(Json(totals(&found)))
}
