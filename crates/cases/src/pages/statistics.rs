//! The figures of units: what came in and what is open by state, what was finished and how much of it
//! in term, and who had how much finished.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use base::id::AccountId;
use jiff::Span;
use people::{Permission, Visitor};
use serde::Deserialize;
use web::{Choice, Page, PageResult, Words};

use super::finished::{total_lines, units};
use super::names::{self, Names};
use super::{Line, parameter};
use crate::Cases;
use crate::control::Totals;

/// Days back that can be chosen; the first until somebody chooses.
const PERIODS: [i64; 3] = [30, 90, 365];

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/desk/statistics", get(statistics))
}

/// A state with its cases.
pub(super) struct StateLine {
    pub(super) name: String,
    pub(super) open: String,
    pub(super) received: String,
}

/// What somebody has finished.
pub(super) struct PersonLine {
    pub(super) name: String,
    pub(super) all: String,
    pub(super) late: String,
    pub(super) median: String,
}

#[derive(Template)]
#[template(path = "desk-statistics.html")]
pub(super) struct Figures {
    pub(super) page: Page,
    pub(super) units: Vec<Choice>,
    pub(super) unit: String,
    pub(super) periods: Vec<Choice>,
    pub(super) days: String,
    pub(super) states: Vec<StateLine>,
    pub(super) totals: Vec<Line>,
    pub(super) persons: Vec<PersonLine>,
    /// Whether the reader gives out work.
    pub(super) head: bool,
}

#[derive(Deserialize)]
struct Asked {
    unit: Option<String>,
    days: Option<String>,
}

async fn statistics(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let days = parameter(asked.days.as_deref()).parse().ok();
    let days = days
        .filter(|days| PERIODS.contains(days))
        .unwrap_or(PERIODS[0]);
    let units = units(&visitor, &names);
    let unit = parameter(asked.unit.as_deref());
    let known = units.iter().any(|choice| choice.value == unit);
    let unit = if known { unit } else { String::new() };
    let chosen = names.units().by_code(&unit).map(|unit| unit.id);
    let since = cases.today().saturating_sub(Span::new().days(days));
    let figures = cases.statistics(&visitor.actor, chosen, since).await?;
    let number = |count| Words::number(request.language, count);
    let count = |counts: &[(crate::model::State, i64)], state| {
        let found = counts.iter().find(|(known, _)| *known == state);
        found.map_or(0, |(_, cases)| *cases)
    };
    let states = crate::model::State::ALL
        .into_iter()
        .map(|state| {
            (
                state,
                count(&figures.open, state),
                count(&figures.received, state),
            )
        })
        .filter(|(_, open, received)| open + received > 0)
        .map(|(state, open, received)| StateLine {
            name: names::state(request, state),
            open: number(open),
            received: number(received),
        })
        .collect();
    let head = people::require_somewhere(&visitor.actor, Permission::AssignCase).is_ok();
    let staff: HashMap<AccountId, String> = if head {
        let staff = cases.people().staff(&visitor.actor).await?;
        let by_account = |member: people::StaffMember| (member.account, member.name.short());
        staff.into_iter().map(by_account).collect()
    } else {
        HashMap::new()
    };
    let line = |name: String, totals: &Totals| PersonLine {
        name,
        all: number(totals.all),
        late: number(totals.late),
        median: totals.median_days.map_or_else(String::new, |days| {
            request.ta("desk-time-days", &[("days", days.into())])
        }),
    };
    let persons = figures
        .by_person
        .iter()
        .map(|(person, totals)| match person {
            Some(_) if !head => line(request.t("desk-statistics-you").into_owned(), totals),
            Some(person) => {
                let gone = || request.t("desk-statistics-gone").into_owned();
                line(staff.get(person).cloned().unwrap_or_else(gone), totals)
            }
            None => line(request.t("desk-load-free").into_owned(), totals),
        })
        .collect();
    web::html(&Figures {
        page: request.page(request.t("desk-statistics")),
        units,
        unit,
        periods: PERIODS
            .map(|days| {
                let name = request.ta("desk-time-days", &[("days", days.into())]);
                Choice::new(days.to_string(), name)
            })
            .to_vec(),
        days: days.to_string(),
        states,
        totals: total_lines(request, &figures.finished),
        persons,
        head,
    })
}
