//! The figures of units: what came in and what is open by state, what was finished and how much of it
//! in term, and who had how much finished.

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use base::Moment;
use base::id::AccountId;
use jiff::Span;
use people::{Permission, Visitor};
use serde::Deserialize;
use web::{Choice, Page, PageResult, Request, Words};

use super::finished::{total_lines, units};
use super::names::{self, Names};
use super::{Line, address, parameter};
use crate::Cases;
use crate::control::{LowRating, Ratings, Speed, Statistics, Totals, UnitFigures};
use crate::model::State as CaseState;

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

/// How many rated the work so.
pub(super) struct StarsLine {
    pub(super) name: String,
    pub(super) count: String,
    /// Of a hundred.
    pub(super) share: i64,
}

/// A rating of one or two.
pub(super) struct LowLine {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) topic: String,
    pub(super) unit: String,
    pub(super) stars: String,
    pub(super) comment: String,
    pub(super) at: Moment,
    pub(super) replied: bool,
}

/// The figures of a unit.
pub(super) struct UnitRow {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) open: String,
    pub(super) overdue: String,
    pub(super) late: bool,
    pub(super) share: String,
    pub(super) median: String,
    pub(super) rating: String,
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
    /// The mean rating with the number of ratings; empty without any.
    pub(super) rating: String,
    pub(super) stars: Vec<StarsLine>,
    pub(super) low: Vec<LowLine>,
    pub(super) by_unit: Vec<UnitRow>,
    /// Which unit and period, for paper: the form is not printed.
    pub(super) chosen: String,
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
    let head = people::require_somewhere(&visitor.actor, Permission::AssignCase).is_ok();
    let staff: HashMap<AccountId, String> = if head {
        let staff = cases.people().staff(&visitor.actor).await?;
        let by_account = |member: people::StaffMember| (member.account, member.name.initials());
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
            None => line(request.t("desk-statistics-nobody").into_owned(), totals),
        })
        .collect();
    web::html(&Figures {
        page: request.page(request.t("desk-statistics")).dense(),
        units,
        unit,
        periods: PERIODS
            .map(|days| {
                let name = request.ta("desk-time-days", &[("days", days.into())]);
                Choice::new(days.to_string(), name)
            })
            .to_vec(),
        days: days.to_string(),
        states: states(request, &figures),
        totals: {
            let overdue = number(figures.overdue);
            let overdue = Line::new(request.t("desk-total-overdue-now"), overdue);
            let mut totals = total_lines(request, &figures.finished);
            totals.insert(0, overdue);
            totals.extend(speed_lines(request, &figures.speed));
            totals
        },
        rating: rating(request, &figures.ratings, "desk-ratings-mean"),
        stars: stars(request, &figures.ratings),
        low: figures
            .low
            .iter()
            .map(|low| low_line(request, &names, low))
            .collect(),
        by_unit: figures
            .by_unit
            .iter()
            .map(|of| unit_line(request, &names, of, days))
            .collect(),
        chosen: {
            let of = chosen.map(|unit| names.unit(unit));
            let whose = of.unwrap_or_else(|| request.t("register-any").into_owned());
            let days = request.ta("desk-time-days", &[("days", days.into())]);
            let period = request.t("desk-statistics-period");
            format!("{}: {whose}. {period}: {days}", request.t("register-unit"))
        },
        persons,
        head,
    })
}

/// How long decisions by rule and by people took, where a rule has decided anything.
fn speed_lines(request: &Request, speed: &Speed) -> Vec<Line> {
    let Some(share) = speed.share_within_day().filter(|_| speed.by_rule > 0) else {
        return Vec::new();
    };
    let time = |minutes: Option<i64>| {
        minutes.map_or_else(
            || "\u{2014}".to_owned(),
            |minutes| super::rule_view::time(request, minutes),
        )
    };
    [
        (
            "desk-total-by-rule",
            Words::number(request.language, speed.by_rule),
        ),
        ("desk-total-by-rule-median", time(speed.rule_minutes)),
        ("desk-total-by-people-median", time(speed.people_minutes)),
        ("desk-total-within-day", format!("{share}\u{a0}%")),
    ]
    .into_iter()
    .map(|(key, value)| Line::new(request.t(key), value))
    .collect()
}

/// What is open and what came in, state by state.
fn states(request: &Request, figures: &Statistics) -> Vec<StateLine> {
    let count = |counts: &[(CaseState, i64)], state| {
        let found = counts.iter().find(|(known, _)| *known == state);
        found.map_or(0, |(_, cases)| *cases)
    };
    let number = |count| Words::number(request.language, count);
    CaseState::ALL
        .into_iter()
        .map(|state| {
            let open = count(&figures.open, state);
            (state, open, count(&figures.received, state))
        })
        .filter(|(_, open, received)| open + received > 0)
        .map(|(state, open, received)| StateLine {
            name: names::state(request, state),
            open: number(open),
            received: number(received),
        })
        .collect()
}

/// The mean rating in the words of `key`; nothing without any.
fn rating(request: &Request, ratings: &Ratings, key: &str) -> String {
    ratings.mean_in_tenths().map_or_else(String::new, |tenths| {
        let mark = request.t("desk-decimal-mark");
        let mean = format!("{}{mark}{}", tenths / 10, tenths % 10);
        let facts = [("mean", mean.into()), ("count", ratings.all().into())];
        request.ta(key, &facts)
    })
}

/// How many gave five, four and so on; nothing when nobody has rated.
fn stars(request: &Request, ratings: &Ratings) -> Vec<StarsLine> {
    let all = ratings.all();
    if all == 0 {
        return Vec::new();
    }
    let counts = [5_i64, 4, 3, 2, 1]
        .into_iter()
        .zip(ratings.by_stars.iter().rev());
    counts
        .map(|(stars, count)| StarsLine {
            name: request.ta("deed-rate-star", &[("stars", stars.into())]),
            count: Words::number(request.language, *count),
            share: count * 100 / all,
        })
        .collect()
}

fn low_line(request: &Request, names: &Names, low: &LowRating) -> LowLine {
    let topic = [names.category(low.category), names.service(low.service)];
    LowLine {
        href: format!("/desk/{}", low.number),
        number: low.number.to_string(),
        topic: topic
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        unit: names.unit(low.unit),
        stars: request.ta("case-rating-stars", &[("stars", low.stars.into())]),
        comment: low.comment.clone(),
        at: low.rated_at,
        replied: low.replied,
    }
}

fn unit_line(request: &Request, names: &Names, of: &UnitFigures, days: i64) -> UnitRow {
    let number = |count| Words::number(request.language, count);
    let known = names.units().unit(of.unit);
    let code = known.map(|unit| unit.code.clone()).unwrap_or_default();
    let totals = &of.finished;
    UnitRow {
        href: address(
            "/desk/statistics",
            &[("unit", &code), ("days", &days.to_string())],
        ),
        name: names.unit(of.unit),
        open: number(of.open),
        overdue: number(of.overdue),
        late: of.overdue > 0,
        share: totals
            .share()
            .map_or_else(String::new, |share| format!("{share}\u{a0}%")),
        median: totals.median_days.map_or_else(String::new, |days| {
            request.ta("desk-time-days", &[("days", days.into())])
        }),
        rating: rating(request, &of.ratings, "desk-ratings-short"),
    }
}
