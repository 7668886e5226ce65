//! How long cases stay in each stage: by unit, and case by case. For those who give out work.

use axum::Json;
use axum::extract::State;
use people::Visitor;
use serde::Serialize;
use utoipa::ToSchema;
use web::api::{Asked, Asking, MOST_ROWS, OfList, ROWS, Refused};

use super::figures::unit_in;
use super::inside::Called;
use super::queue::at_after;
use crate::api::shapes::{Named, states};
use crate::api::{Api, examples};

/// The middle time in a state.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct MiddleTime {
    #[schema(schema_with = states)]
    state: &'static str,
    /// Half of the cases stayed at most so long.
    seconds: i64,
    /// How many cases left it.
    cases: usize,
}

/// The time in a state.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct StageTime {
    #[schema(schema_with = states)]
    state: &'static str,
    seconds: i64,
}

/// A unit with its stages.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct UnitStagesBody {
    unit: Named,
    stages: Vec<MiddleTime>,
}

/// Units with their stages, over ninety days.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct UnitsStages {
    items: Vec<UnitStagesBody>,
}

/// A case with its stages.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CaseStagesBody {
    number: String,
    service: Named,
    unit: Named,
    #[schema(schema_with = states)]
    state: &'static str,
    /// The time in each state so far, in the order of a case's life.
    stages: Vec<StageTime>,
}

/// A page of cases with their stages, as they came in.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CasesStages {
    items: Vec<CaseStagesBody>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// List how long cases stay in each state, by unit
#[utoipa::path(
    get,
    path = "/api/v1/desk/stages",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    responses((status = 200, description = "Unit by unit", body = UnitsStages, example = json!(examples::unit_stages())))
)]
pub(in crate::api) async fn list_unit_stages(
    visitor: Visitor,
    State(api): State<Api>,
) -> Result<Json<UnitsStages>, Refused> {
    visitor.require_sign_in()?;
    let found = api.cases.stages_by_unit(&visitor.actor).await?;
    let contents = api.cases.catalog().contents().await?;
    let units = api.cases.people().units().await?;
    let called = Called {
        request: &visitor.request,
        contents: &contents,
        units: &units,
    };
    let mut items: Vec<UnitStagesBody> = found
        .into_iter()
        .map(|of_unit| UnitStagesBody {
            unit: called.unit(of_unit.unit),
            stages: of_unit
                .stages
                .into_iter()
                .map(|(state, seconds, cases)| MiddleTime {
                    state: state.code(),
                    seconds,
                    cases,
                })
                .collect(),
        })
        .collect();
    items.sort_by(|one, other| one.unit.code.cmp(&other.unit.code));
    Ok(Json(UnitsStages { items }))
}

/// List how long each case has stayed in each state
#[utoipa::path(
    get,
    path = "/api/v1/desk/stages/cases",
    tag = "desk",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("unit" = inline(Option<String>), Query, nullable = false, max_length = 100, description = "Code of a unit; those below it are included"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = CasesStages, example = json!(examples::case_stages())),
        OfList,
    )
)]
pub(in crate::api) async fn list_case_stages(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<CasesStages>, Refused> {
    visitor.require_sign_in()?;
    let contents = api.cases.catalog().contents().await?;
    let units = api.cases.people().units().await?;
    let mut asked = Asked::of(asking, &["unit", "after", "limit"])?;
    let unit = unit_in(&mut asked, &units);
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let after = asked.get("after");
    let found = api
        .cases
        .stages_by_case(&visitor.actor, unit, after, Some(limit));
    let found = found.await.map_err(at_after)?;
    let called = Called {
        request: &visitor.request,
        contents: &contents,
        units: &units,
    };
    let items = found.items.iter().map(|one| CaseStagesBody {
        number: one.case.number.to_string(),
        service: called.service(one.case.service),
        unit: called.unit(one.case.unit),
        state: one.case.state.code(),
        stages: one
            .stages
            .iter()
            .map(|(state, seconds)| StageTime {
                state: state.code(),
                seconds: *seconds,
            })
            .collect(),
    });
    Ok(Json(CasesStages {
        items: items.collect(),
        next: found.next.map(|next| next.as_str().to_owned()),
    }))
}
