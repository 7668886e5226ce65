//! Control of terms: how many of every kind run, run out and are broken, and a list of each kind.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use jiff::civil::Date;
use people::Visitor;
use serde::Deserialize;
use web::{Page, PageResult, Words};

use super::desk_view::{Lines, QueueLine};
use super::names::Names;
use super::{address, term};
use crate::Cases;
use crate::control::{LOOKED_BACK, TermKind};

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/desk/terms", get(terms))
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
    pub(super) rows: Vec<TermLine>,
    pub(super) next: String,
    pub(super) first: String,
}

#[derive(Deserialize)]
struct Asked {
    kind: Option<String>,
    after: Option<String>,
}

async fn terms(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let kind = asked.kind.as_deref().and_then(TermKind::from_code);
    let kind = kind.unwrap_or(TermKind::Answer);
    let after = asked.after.as_deref().filter(|after| !after.is_empty());
    let control = cases.control(&visitor.actor).await?;
    let found = cases
        .running_terms(&visitor.actor, kind, after, None)
        .await?;
    let names = Names::load(&cases, request.language).await?;
    let today = cases.today();
    let name = |kind: TermKind| {
        request
            .t(&format!("desk-term-{}", kind.code()))
            .into_owned()
    };
    let number = |count| Words::number(request.language, count);
    let here = |kind: TermKind, after: &str| {
        let here = address("/desk/terms", &[("kind", kind.code()), ("after", after)]);
        format!("{here}#running")
    };
    let kinds = control
        .kinds
        .iter()
        .map(|count| KindLine {
            href: here(count.kind, ""),
            here: count.kind == kind,
            name: name(count.kind),
            running: number(count.running),
            soon: number(count.soon),
            overdue: number(count.overdue),
            is_overdue: count.overdue > 0,
            broken: count.broken.map_or_else(|| "\u{2014}".to_owned(), number),
        })
        .collect();
    let holders = Lines::holders(found.items.iter().map(|running| &running.row));
    let lines = Lines::of(&cases, &visitor, &names, holders).await?;
    let rows = found
        .items
        .iter()
        .map(|running| {
            let days = term::days_until(today, running.day);
            TermLine {
                case: lines.line(&running.row, "view=unit", false),
                unit: names.unit(running.row.case.unit),
                day: running.day,
                left: term::short(request, days),
                tone: term::tone(days),
            }
        })
        .collect();
    let next = found.next.as_ref().map(|next| here(kind, next.as_str()));
    web::html(&Terms {
        page: request.page(request.t("desk-terms")),
        days: LOOKED_BACK,
        kinds,
        registration: request.ta(
            "desk-terms-registration",
            &[
                ("all", control.received.into()),
                ("late", control.registered_late.into()),
            ],
        ),
        chosen: name(kind),
        rows,
        next: next.unwrap_or_default(),
        first: after.map(|_| here(kind, "")).unwrap_or_default(),
    })
}
