//! The journal of services: what was finished, with its kind, its term and whether it was kept; with
//! totals, and as a file.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;
use jiff::Span;
use jiff::civil::Date;
use people::Visitor;
use serde::Deserialize;
use web::{Choice, Page, PageResult, Request, Words};

use super::names::{self, Names};
use super::spreadsheets::{self, Batch, Spreadsheet};
use super::{address, parameter};
use crate::Cases;
use crate::control::{Finished, FinishedFilter, Totals};

/// Rows of a page.
const ROWS: usize = 30;
/// Days back that are shown until somebody asks for others.
const USUAL: i64 = 30;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk/journal", get(journal))
        .route("/desk/journal.csv", get(file))
}

/// A finished case in words.
pub(super) struct FinishedLine {
    pub(super) number: String,
    pub(super) service: String,
    pub(super) category: String,
    pub(super) unit: String,
    pub(super) received_on: Date,
    pub(super) due_on: Option<Date>,
    pub(super) ended_on: Date,
    pub(super) outcome: String,
    /// In term or late; empty where no term ran.
    pub(super) kept: String,
    pub(super) tone: &'static str,
    pub(super) carried_over: bool,
}

/// What an address asks for.
#[derive(Clone, Default, Deserialize)]
struct Asked {
    unit: Option<String>,
    service: Option<String>,
    from: Option<String>,
    until: Option<String>,
    after: Option<String>,
}

/// The same, read.
pub(super) struct Chosen {
    pub(super) unit: String,
    pub(super) service: String,
    pub(super) from: String,
    pub(super) until: String,
    filter: Option<FinishedFilter>,
}

impl Chosen {
    fn of(asked: &Asked, names: &Names, today: Date) -> Self {
        let read = |text: &Option<String>| parameter(text.as_deref());
        let day = |text: &str, usual: Date| match text {
            "" => Some(usual),
            text => text.parse().ok(),
        };
        let (unit, service) = (read(&asked.unit), read(&asked.service));
        let (from, until) = (read(&asked.from), read(&asked.until));
        let first = today.saturating_sub(Span::new().days(USUAL));
        let (from, until) = (day(&from, first), day(&until, today));
        let known_unit = names.units().by_code(&unit).map(|unit| unit.id);
        let known_service = names.contents().service(&service).map(|found| found.id);
        // What nobody knows finds nothing rather than everything.
        let unknown = (!unit.is_empty() && known_unit.is_none())
            || (!service.is_empty() && known_service.is_none());
        let filter = from.zip(until).filter(|_| !unknown);
        Self {
            filter: filter.map(|(from, until)| FinishedFilter {
                unit: known_unit,
                service: known_service,
                from,
                until,
            }),
            unit,
            service,
            from: from.map(|day| day.to_string()).unwrap_or_default(),
            until: until.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    fn address(&self, path: &str, after: &str) -> String {
        let all = [
            ("unit", self.unit.as_str()),
            ("service", &self.service),
            ("from", &self.from),
            ("until", &self.until),
            ("after", after),
        ];
        address(path, &all)
    }

    #[cfg(test)]
    pub(super) fn sample(text: &str) -> Self {
        let text = || text.to_owned();
        Self {
            unit: text(),
            service: text(),
            from: text(),
            until: text(),
            filter: None,
        }
    }
}

#[derive(Template)]
#[template(path = "desk-journal.html")]
pub(super) struct Journal {
    pub(super) page: Page,
    pub(super) chosen: Chosen,
    pub(super) units: Vec<Choice>,
    pub(super) services: Vec<Choice>,
    pub(super) totals: Vec<super::Line>,
    pub(super) rows: Vec<FinishedLine>,
    pub(super) next: String,
    pub(super) first: String,
    pub(super) csv: String,
}

async fn journal(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let chosen = Chosen::of(&asked, &names, cases.today());
    let after = asked.after.as_deref().filter(|after| !after.is_empty());
    let (found, totals) = match chosen.filter {
        Some(filter) => (
            cases.finished(&visitor.actor, filter, after, ROWS).await?,
            cases.totals(&visitor.actor, filter).await?,
        ),
        None => (
            base::Page {
                items: Vec::new(),
                next: None,
            },
            Totals::default(),
        ),
    };
    let next = found.next.as_ref();
    let next = next.map(|next| chosen.address("/desk/journal", next.as_str()));
    web::html(&Journal {
        page: request.page(request.t("desk-journal")).dense(),
        units: units(&visitor, &names),
        services: names.service_choices(),
        totals: total_lines(request, &totals),
        rows: found
            .items
            .iter()
            .map(|case| shown(request, &names, case))
            .collect(),
        next: next.unwrap_or_default(),
        first: after
            .map(|_| chosen.address("/desk/journal", ""))
            .unwrap_or_default(),
        csv: chosen.address("/desk/journal.csv", ""),
        chosen,
    })
}

/// The units of whoever looks, to choose one of.
pub(super) fn units(visitor: &Visitor, names: &Names) -> Vec<Choice> {
    let own = visitor.actor.units();
    let codes: Vec<&str> = own
        .iter()
        .filter_map(|unit| names.units().unit(*unit))
        .map(|unit| &*unit.code)
        .collect();
    let mut choices = names.unit_choices("");
    choices.retain(|choice| codes.contains(&&*choice.value));
    choices
}

/// What finished cases come to, line by line.
pub(super) fn total_lines(request: &Request, totals: &Totals) -> Vec<super::Line> {
    let number = |count| Words::number(request.language, count);
    let none = || "\u{2014}".to_owned();
    [
        ("desk-total-all", number(totals.all)),
        ("desk-total-in-term", number(totals.in_term)),
        ("desk-total-late", number(totals.late)),
        (
            "desk-total-share",
            totals
                .share()
                .map_or_else(none, |share| format!("{share}\u{a0}%")),
        ),
        (
            "desk-total-median",
            totals.median_days.map_or_else(none, |days| match days {
                0 => request.t("desk-time-within-day").into_owned(),
                _ => request.ta("desk-time-days", &[("days", days.into())]),
            }),
        ),
    ]
    .into_iter()
    .map(|(key, value)| super::Line::new(request.t(key), value))
    .collect()
}

fn shown(request: &Request, names: &Names, case: &Finished) -> FinishedLine {
    let (key, tone) = match case.in_term() {
        Some(true) => ("desk-journal-in-term", "good"),
        Some(false) => ("desk-journal-late", "bad"),
        None => ("desk-journal-no-term", "calm"),
    };
    FinishedLine {
        number: case.number.to_string(),
        service: names.service(case.service),
        category: names.category(case.category),
        unit: names.unit(case.unit),
        received_on: case.received_on,
        due_on: case.due_on,
        ended_on: case.ended_on,
        outcome: case
            .outcome
            .map(|outcome| names::outcome(request, outcome))
            .unwrap_or_default(),
        kept: request.t(key).into_owned(),
        tone,
        carried_over: case.carried_over,
    }
}

/// Keys of the names of the columns.
const HEAD: [&str; 9] = [
    "register-number",
    "register-kind",
    "register-category",
    "register-unit",
    "register-received",
    "register-due",
    "desk-journal-ended",
    "desk-journal-kept",
    "register-outcome",
];

fn cells(shown: FinishedLine) -> [String; 9] {
    [
        shown.number,
        shown.service,
        shown.category,
        shown.unit,
        shown.received_on.to_string(),
        shown.due_on.map(|day| day.to_string()).unwrap_or_default(),
        shown.ended_on.to_string(),
        shown.kept,
        shown.outcome,
    ]
}

async fn file(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = visitor.request.clone();
    let names = Names::load(&cases, request.language).await?;
    let chosen = Chosen::of(&asked, &names, cases.today());
    // Whoever may not is told so before the file begins.
    if let Some(filter) = chosen.filter {
        cases.finished(&visitor.actor, filter, None, 1).await?;
    }
    let sheet = Spreadsheet::of(request.language);
    let first = sheet.marked_head(&HEAD.map(|key| request.t(key).into_owned()));
    let house = Arc::new((cases, request, names, visitor.actor));
    let read = move |after: Option<String>, limit| {
        let house = house.clone();
        async move {
            let (cases, request, names, actor) = &*house;
            let Some(filter) = chosen.filter else {
                return Ok(Batch::default());
            };
            let page = cases
                .finished(actor, filter, after.as_deref(), limit)
                .await?;
            Ok(Batch::of(&page, |case| {
                sheet.line(&cells(shown(request, names, case)))
            }))
        }
    };
    let file = spreadsheets::file("journal.csv", first, read);
    Ok(([(CACHE_CONTROL, "private, no-store")], file).into_response())
}
