//! The public register: filters in the address, pages by cursor, and an entry with its proof.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use people::Visitor;
use serde::Deserialize;
use web::{Choice, Page, PageResult};

use super::case::latin;
use super::names::{self, Names};
use super::register_view::{EntryView, entry};
use super::{address, number_in, parameter};
use crate::Cases;
use crate::model::{PublicState, RegisterFilter};

/// Rows of a page.
const ROWS: usize = 30;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/register", get(register))
        .route("/register/{number}", get(show))
}

#[derive(Template)]
#[template(path = "register.html")]
pub(super) struct Register {
    pub(super) page: Page,
    pub(super) categories: Vec<Choice>,
    pub(super) category: String,
    pub(super) units: Vec<Choice>,
    pub(super) unit: String,
    pub(super) states: Vec<Choice>,
    pub(super) state: String,
    pub(super) filtered: bool,
    pub(super) rows: Vec<EntryView>,
    pub(super) next: String,
    pub(super) first: String,
}

#[derive(Template)]
#[template(path = "register-entry.html")]
pub(super) struct Entry {
    pub(super) page: Page,
    pub(super) row: EntryView,
    /// Name of the proof's file.
    pub(super) file: String,
}

#[derive(Default, Deserialize)]
struct Asked {
    category: Option<String>,
    unit: Option<String>,
    state: Option<String>,
    after: Option<String>,
}

async fn register(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let category = parameter(asked.category.as_deref());
    let unit = parameter(asked.unit.as_deref());
    let state = parameter(asked.state.as_deref());
    let filter = RegisterFilter {
        category: names
            .contents()
            .categories()
            .by_code(&category)
            .map(|found| found.id),
        unit: names.units().by_code(&unit).map(|found| found.id),
        state: PublicState::from_code(&state),
    };
    // A filter that names nothing we know finds nothing rather than everything.
    let unknown = !category.is_empty() && filter.category.is_none()
        || !unit.is_empty() && filter.unit.is_none()
        || !state.is_empty() && filter.state.is_none();
    let after = asked.after.as_deref().filter(|after| !after.is_empty());
    let found = if unknown {
        base::Page {
            items: Vec::new(),
            next: None,
        }
    } else {
        cases.register(filter, after, ROWS).await?
    };
    let today = cases.today();
    let rows = found
        .items
        .iter()
        .map(|row| entry(request, &names, row, today))
        .collect();
    let chosen = [
        ("category", &*category),
        ("unit", &*unit),
        ("state", &*state),
    ];
    let next = found.next.as_ref().map(|next| {
        let all: Vec<(&str, &str)> = chosen
            .into_iter()
            .chain([("after", next.as_str())])
            .collect();
        address("/register", &all)
    });
    let states = PublicState::ALL
        .map(|state| Choice::new(state.code(), names::public_state(request, state)));
    let page = request.page(request.t("register-title"));
    web::html(&Register {
        page,
        categories: names.category_choices(&category),
        units: names.unit_choices(&unit),
        states: states.to_vec(),
        filtered: chosen.iter().any(|(_, value)| !value.is_empty()),
        rows,
        next: next.unwrap_or_default(),
        first: after
            .map(|_| address("/register", &chosen))
            .unwrap_or_default(),
        category,
        unit,
        state,
    })
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    let number = number_in(&number)?;
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let row = cases.status(number).await?;
    let row = entry(request, &names, &row, cases.today());
    let page = request.page(row.number.clone());
    web::html(&Entry {
        page,
        row,
        file: format!("{}.tlog-proof", latin(number)),
    })
}
