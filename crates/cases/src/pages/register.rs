//! The public register: filters in the address, pages by cursor, the places, and an entry with its
//! proof.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use people::Visitor;
use web::{Choice, Page, PageResult};

use super::case::latin;
use super::names::{self, Names};
use super::number_in;
use super::register_filter::{Asked, Chosen};
use super::register_view::{EntryView, entry};
use crate::Cases;
use crate::model::{Outcome, PublicState};

/// Rows of a page.
const ROWS: usize = 30;
/// The most territories of the table.
const MOST_PLACES: usize = 500;
/// Fewer cases of a territory are not counted out.
const LEAST_TOLD: i64 = 5;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/register", get(register))
        .route("/register/places", get(places))
        .route("/register/{number}", get(show))
}

/// What the filter offers.
pub(super) struct Offered {
    pub(super) categories: Vec<Choice>,
    pub(super) units: Vec<Choice>,
    pub(super) states: Vec<Choice>,
    pub(super) services: Vec<Choice>,
    pub(super) outcomes: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "register.html")]
pub(super) struct Register {
    pub(super) page: Page,
    pub(super) offered: Offered,
    pub(super) chosen: Chosen,
    pub(super) rows: Vec<EntryView>,
    pub(super) next: String,
    pub(super) first: String,
    /// The same rows as a file and as feeds.
    pub(super) csv: String,
    pub(super) atom: String,
    pub(super) json: String,
}

/// A territory with its cases.
pub(super) struct PlaceLine {
    pub(super) name: String,
    /// How deep it lies, for the beginning of its line.
    pub(super) inside: String,
    pub(super) all: String,
    pub(super) finished: String,
}

#[derive(Template)]
#[template(path = "register-places.html")]
pub(super) struct Places {
    pub(super) page: Page,
    pub(super) places: Vec<PlaceLine>,
}

#[derive(Template)]
#[template(path = "register-entry.html")]
pub(super) struct Entry {
    pub(super) page: Page,
    pub(super) row: EntryView,
    /// Name of the proof's file.
    pub(super) file: String,
}

async fn register(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let chosen = Chosen::of(&asked, &names, cases.hours().zone());
    let found = match chosen.filter {
        Some(filter) => cases.register(filter, asked.after(), ROWS).await?,
        None => base::Page {
            items: Vec::new(),
            next: None,
        },
    };
    let today = cases.today();
    let rows = found
        .items
        .iter()
        .map(|row| entry(request, &names, row, today))
        .collect();
    let next = found.next.as_ref();
    let next = next.map(|next| chosen.address("/register", next.as_str()));
    let states = PublicState::ALL
        .map(|state| Choice::new(state.code(), names::public_state(request, state)));
    let outcomes =
        Outcome::ALL.map(|outcome| Choice::new(outcome.code(), names::outcome(request, outcome)));
    let page = request.page(request.t("register-title"));
    web::for_everybody(web::html(&Register {
        page,
        offered: Offered {
            categories: names.category_choices(&chosen.category),
            units: names.unit_choices(&chosen.unit),
            states: states.to_vec(),
            services: names.service_choices(),
            outcomes: outcomes.to_vec(),
        },
        rows,
        next: next.unwrap_or_default(),
        first: asked
            .after()
            .map(|_| chosen.address("/register", ""))
            .unwrap_or_default(),
        csv: for_spreadsheets(&chosen.address("/register.csv", "")),
        atom: chosen.address("/register.atom", ""),
        json: chosen.address("/register.json", ""),
        chosen,
    }))
}

/// A number of cases; so few that somebody might be recognised are not told apart.
fn told(request: &web::Request, cases: i64) -> String {
    if (1..LEAST_TOLD).contains(&cases) {
        request.ta("register-places-few", &[("least", LEAST_TOLD.into())])
    } else {
        web::Words::number(request.language, cases)
    }
}

/// Every territory with how many cases it has, the widest first and what lies inside it after it.
async fn places(visitor: Visitor, State(cases): State<Cases>) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let counts = cases.by_territory().await?;
    let places = catalog::territories::in_order(names.units())
        .into_iter()
        .filter_map(|(depth, territory)| {
            let count = counts.get(&territory.id)?;
            Some(PlaceLine {
                name: territory.name(request.language).to_owned(),
                inside: "\u{a0}\u{a0}".repeat(depth.min(4)),
                all: told(request, count.all),
                finished: told(request, count.finished),
            })
        })
        .take(MOST_PLACES)
        .collect();
    let page = request.page(request.t("register-places"));
    web::for_everybody(web::html(&Places { page, places }))
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
    if names.contents().unpublished().contains(&row.service) {
        return Err(base::Error::NotFound.into());
    }
    let row = entry(request, &names, &row, cases.today());
    let page = request.page(row.number.clone());
    web::for_everybody(web::html(&Entry {
        page,
        row,
        file: format!("{}.tlog-proof", latin(number)),
    }))
}

/// The same file with the mark by which spreadsheets know how to read it.
fn for_spreadsheets(csv: &str) -> String {
    let joined = if csv.contains('?') { '&' } else { '?' };
    format!("{csv}{joined}bom=1")
}
