//! Control of terms: how many of every kind run, run out and are broken, and a list of each kind;
//! tasks on the ground among them.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use axum::routing::get;
use base::{Error, Result};
use jiff::civil::Date;
use people::Visitor;
use serde::Deserialize;
use web::{Page, PageResult, Words};

use super::desk_view::{Lines, QueueLine};
use super::names::{self, Names};
use super::spreadsheets::{self, Batch, Spreadsheet};
use super::works::TaskLine;
use super::{address, term};
use crate::Cases;
use crate::control::{Control, LOOKED_BACK, TermKind};

/// The kind of term, in addresses, that is the day of a task.
const TASK: &str = "task";

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk/terms", get(terms))
        .route("/desk/terms.csv", get(file))
}

/// A kind of term.
pub(super) struct KindLine {
    pub(super) href: String,
    pub(super) here: bool,
    pub(super) name: String,
    pub(super) running: String,
    pub(super) soon: String,
    pub(super) overdue: String,
    pub(super) is_overdue: bool,
    pub(super) broken: String,
}

/// A term that runs.
pub(super) struct TermLine {
    pub(super) case: QueueLine,
    pub(super) unit: String,
    pub(super) day: Date,
    pub(super) left: String,
    pub(super) tone: &'static str,
}

#[derive(Template)]
#[template(path = "desk-terms.html")]
pub(super) struct Terms {
    pub(super) page: Page,
    pub(super) days: i64,
    pub(super) kinds: Vec<KindLine>,
    pub(super) registration: String,
    pub(super) chosen: String,
    /// Cases whose terms of the chosen kind run.
    pub(super) rows: Vec<TermLine>,
    /// Tasks, where these were chosen.
    pub(super) tasks: Vec<TaskLine>,
    /// «Ждут подтверждения: 2»; empty when none do.
    pub(super) to_confirm: String,
    pub(super) next: String,
    pub(super) first: String,
    /// The terms of the chosen kind as a file; empty for tasks.
    pub(super) csv: String,
}

#[derive(Deserialize)]
struct Asked {
    kind: Option<String>,
    after: Option<String>,
}

/// What is listed below the figures.
enum Chosen {
    Kind(TermKind),
    Tasks,
}

impl Chosen {
    fn from_code(code: Option<&str>) -> Self {
        match code {
            Some(TASK) => Self::Tasks,
            code => Self::Kind(
                code.and_then(TermKind::from_code)
                    .unwrap_or(TermKind::Answer),
            ),
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.code(),
            Self::Tasks => TASK,
        }
    }
}

fn here(kind: &str, after: &str) -> String {
    let here = address("/desk/terms", &[("kind", kind), ("after", after)]);
    format!("{here}#running")
}

async fn terms(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let chosen = Chosen::from_code(asked.kind.as_deref());
    let after = asked.after.as_deref().filter(|after| !after.is_empty());
    let control = cases.control(&visitor.actor).await?;
    let names = Names::load(&cases, request.language).await?;
    let (rows, tasks, next) = match chosen {
        Chosen::Kind(kind) => {
            let (rows, next) = running(&cases, &visitor, &names, kind, after).await?;
            (rows, Vec::new(), next)
        }
        Chosen::Tasks => {
            let found = cases.running_tasks(&visitor.actor, after, None).await?;
            let tasks = TaskLine::all(&cases, &visitor, &names, &found.items).await?;
            let next = found.next.map(|next| next.as_str().to_owned());
            (Vec::new(), tasks, next)
        }
    };
    let code = chosen.code();
    web::html(&Terms {
        page: request.page(request.t("desk-terms")).dense(),
        days: LOOKED_BACK,
        kinds: kinds(&visitor, &control, code),
        registration: request.ta(
            "desk-terms-registration",
            &[
                ("all", control.received.into()),
                ("late", control.registered_late.into()),
            ],
        ),
        chosen: request.t(&format!("desk-term-{code}")).into_owned(),
        rows,
        tasks,
        to_confirm: match control.tasks.to_confirm {
            0 => String::new(),
            count => request.ta("desk-terms-to-confirm", &[("count", count.into())]),
        },
        next: next.map(|next| here(code, &next)).unwrap_or_default(),
        first: after.map(|_| here(code, "")).unwrap_or_default(),
        csv: match chosen {
            Chosen::Kind(_) => address("/desk/terms.csv", &[("kind", code)]),
            Chosen::Tasks => String::new(),
        },
    })
}

/// Keys of the names of the columns: none for the applicant's own words or name, which leave a case by
/// its own page alone.
const HEAD: [&str; 8] = [
    "desk-terms-day",
    "register-number",
    "register-kind",
    "register-category",
    "register-state",
    "register-unit",
    "desk-terms-holder",
    "register-received",
];

/// The terms of a kind that run, what runs out first comes first.
async fn file(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    let Chosen::Kind(kind) = Chosen::from_code(asked.kind.as_deref()) else {
        return Err(Error::NotFound.into());
    };
    // Whoever may not is told so before the file begins.
    cases
        .running_terms(&visitor.actor, kind, None, Some(1))
        .await?;
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let sheet = Spreadsheet::of(request.language);
    let first = sheet.marked_head(&HEAD.map(|key| request.t(key).into_owned()));
    let house = Arc::new((cases, names, visitor));
    let read = move |after: Option<String>, limit| {
        let house = house.clone();
        async move {
            let (cases, names, visitor) = &*house;
            let found = cases
                .running_terms(&visitor.actor, kind, after.as_deref(), Some(limit))
                .await?;
            let holders = Lines::holders(found.items.iter().map(|running| &running.row));
            let lines = Lines::of(cases, visitor, names, holders).await?;
            let zone = cases.hours().zone();
            Ok(Batch::of(&found, |running| {
                let case = &running.row.case;
                sheet.line(&[
                    running.day.to_string(),
                    case.number.to_string(),
                    names.service(case.service),
                    names.category(case.category),
                    names::state(&visitor.request, case.state),
                    names.unit(case.unit),
                    lines.named_holder(&running.row),
                    case.received_at.date(zone).to_string(),
                ])
            }))
        }
    };
    let file = spreadsheets::file("terms.csv", first, read);
    Ok(([(CACHE_CONTROL, "private, no-store")], file).into_response())
}

/// The figures, kind by kind, the tasks last.
fn kinds(visitor: &Visitor, control: &Control, chosen: &str) -> Vec<KindLine> {
    let request = &visitor.request;
    let number = |count| Words::number(request.language, count);
    let line = |kind: &str, running, soon, overdue, broken: Option<i64>| KindLine {
        href: here(kind, ""),
        here: kind == chosen,
        name: request.t(&format!("desk-term-{kind}")).into_owned(),
        running: number(running),
        soon: number(soon),
        overdue: number(overdue),
        is_overdue: overdue > 0,
        broken: broken.map_or_else(|| "\u{2014}".to_owned(), number),
    };
    let mut lines: Vec<KindLine> = control
        .kinds
        .iter()
        .map(|count| {
            let code = count.kind.code();
            line(code, count.running, count.soon, count.overdue, count.broken)
        })
        .collect();
    let tasks = control.tasks;
    lines.push(line(
        TASK,
        tasks.running,
        tasks.soon,
        tasks.overdue,
        Some(tasks.broken),
    ));
    lines
}

/// A page of the terms of a kind that run, and where it goes on.
async fn running(
    cases: &Cases,
    visitor: &Visitor,
    names: &Names,
    kind: TermKind,
    after: Option<&str>,
) -> Result<(Vec<TermLine>, Option<String>)> {
    let request = &visitor.request;
    let found = cases
        .running_terms(&visitor.actor, kind, after, None)
        .await?;
    let today = cases.today();
    let holders = Lines::holders(found.items.iter().map(|running| &running.row));
    let lines = Lines::of(cases, visitor, names, holders).await?;
    let rows = found.items.iter().map(|running| {
        let days = term::days_until(today, running.day);
        let stands = kind.may_stand() && running.row.case.stands_since.is_some();
        let (left, tone) = if stands {
            (term::stands(request), "calm")
        } else {
            (term::short(request, days), term::tone(days))
        };
        TermLine {
            case: lines.line(&running.row, "view=unit", false),
            unit: names.unit(running.row.case.unit),
            day: running.day,
            left,
            tone,
        }
    });
    let next = found.next.as_ref().map(|next| next.as_str().to_owned());
    Ok((rows.collect(), next))
}
