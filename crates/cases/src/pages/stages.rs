//! The stages of cases, for heads: the middle time in each state by unit, and case by case.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use people::Visitor;
use serde::Deserialize;
use web::{Page, PageResult, Request};

use super::names::{self, Names};
use super::{address, parameter, term};
use crate::Cases;
use crate::stages::LOOKED_BACK;

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/desk/stages", get(stages))
}

/// The time in a state.
pub(super) struct TimeLine {
    pub(super) state: String,
    pub(super) time: String,
}

/// A unit with its stages.
pub(super) struct UnitLine {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) times: Vec<TimeLine>,
}

/// A case with its stages.
pub(super) struct CaseLine {
    pub(super) number: String,
    pub(super) service: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) times: Vec<TimeLine>,
}

#[derive(Template)]
#[template(path = "desk-stages.html")]
pub(super) struct Stages {
    pub(super) page: Page,
    pub(super) days: i64,
    pub(super) units: Vec<UnitLine>,
    /// The unit whose cases are listed; empty for all.
    pub(super) chosen: String,
    pub(super) cases: Vec<CaseLine>,
    pub(super) next: String,
    pub(super) first: String,
}

#[derive(Deserialize)]
struct Asked {
    unit: Option<String>,
    after: Option<String>,
}

async fn stages(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let by_unit = cases.stages_by_unit(&visitor.actor).await?;
    let names = Names::load(&cases, request.language).await?;
    let unit = names.units().by_code(&parameter(asked.unit.as_deref()));
    let code = unit.map(|unit| unit.code.clone()).unwrap_or_default();
    let after = asked.after.as_deref().filter(|after| !after.is_empty());
    let found = cases
        .stages_by_case(&visitor.actor, unit.map(|unit| unit.id), after, None)
        .await?;
    let here =
        |unit: &str, after: &str| address("/desk/stages", &[("unit", unit), ("after", after)]);
    let mut units: Vec<UnitLine> = by_unit
        .into_iter()
        .map(|of_unit| {
            let code = names.units().unit(of_unit.unit);
            let code = code.map(|unit| unit.code.clone()).unwrap_or_default();
            UnitLine {
                href: here(&code, ""),
                name: names.unit(of_unit.unit),
                times: of_unit
                    .stages
                    .into_iter()
                    .map(|(state, seconds, cases)| TimeLine {
                        state: names::state(request, state),
                        time: request.ta(
                            "desk-stages-time",
                            &[
                                ("time", term::duration(request, seconds).into()),
                                ("cases", i64::try_from(cases).unwrap_or(i64::MAX).into()),
                            ],
                        ),
                    })
                    .collect(),
            }
        })
        .collect();
    units.sort_by(|one, other| one.name.cmp(&other.name));
    let next = found.next.as_ref().map(|next| here(&code, next.as_str()));
    let lines = found
        .items
        .iter()
        .map(|stages| CaseLine {
            number: stages.case.number.to_string(),
            service: names.service(stages.case.service),
            state: names::state_of(request, &stages.case),
            tone: names::state_tone(stages.case.state),
            times: times(request, &stages.stages),
        })
        .collect();
    web::html(&Stages {
        page: request.page(request.t("desk-stages")).dense(),
        days: LOOKED_BACK,
        units,
        chosen: unit
            .map(|unit| unit.name(request.language).to_owned())
            .unwrap_or_default(),
        cases: lines,
        next: next.unwrap_or_default(),
        first: after.map(|_| here(&code, "")).unwrap_or_default(),
    })
}

fn times(request: &Request, stages: &[(crate::model::State, i64)]) -> Vec<TimeLine> {
    stages
        .iter()
        .map(|(state, seconds)| TimeLine {
            state: names::state(request, *state),
            time: term::duration(request, *seconds),
        })
        .collect()
}
