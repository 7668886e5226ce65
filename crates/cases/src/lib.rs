//! Cases: the engine that gives every appeal its number, its way, its term, its states, its
//! messages, its answer and its place in the public register.
//!
//! [`Cases`] is the face. What may be done in which state stands in [`states`], what a case is in
//! [`model`]; filing is in `filing`, work in `work`, what is shown to whom in `reading`.

mod answers;
pub mod api;
mod drafts;
mod explanation;
mod figures;
mod filing;
pub mod import;
pub mod model;
pub mod pages;
mod pass;
mod reading;
mod readings;
mod sql;
pub mod states;
mod term;
mod work;

use std::sync::Arc;

use base::id::CaseId;
use base::{Error, Language, Number, Result};
use catalog::Catalog;
use jiff::civil::Date;
use journal::Journal;
use law::AgencyHours;
use people::People;
use store::Db;

pub use explanation::step_in_words;
pub use figures::FiguresFollower;
pub use pass::{Pass, return_code};
pub use reading::{QueueCounts, QueueFilter, QueueView};
pub use readings::READINGS_JOB;
pub use term::term;

use model::CaseRow;

/// The tables of this slice.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    slice: "cases",
    files: &[
        ("0001_cases", include_str!("../migrations/0001_cases.sql")),
        (
            "0002_readings",
            include_str!("../migrations/0002_readings.sql"),
        ),
    ],
};

/// The tables of this slice that the journal protects.
pub const TABLES: &[&store::Table] = &[&sql::CASE, &sql::MESSAGE, &sql::ANSWER, &sql::ASSIGNMENT];

/// The words of this slice.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
];

/// Kind of the entity in the journal.
pub const KIND: &str = "case";

/// Fields of entries that a public proof discloses: nothing that anybody wrote about themselves.
pub const DISCLOSED: &[&str] = &[
    "number",
    "service",
    "regime",
    "category",
    "unit",
    "state",
    "registered_on",
    "due_on",
    "outcome",
    "source",
    "outside_number",
    "source_sha256",
];

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Working hours and time zone of the agencies.
    pub hours: AgencyHours,
}

/// The face of the slice. Clones share everything.
#[derive(Clone)]
pub struct Cases(Arc<Inner>);

struct Inner {
    journal: Journal,
    people: People,
    catalog: Catalog,
    settings: Settings,
    guesses: web::limits::Limiter,
}

impl Cases {
    /// Starts the slice over a store whose migrations have run.
    pub fn new(journal: Journal, people: People, catalog: Catalog, settings: Settings) -> Self {
        let clock = journal.store().clock().clone();
        Self(Arc::new(Inner {
            journal,
            people,
            catalog,
            settings,
            guesses: web::limits::Limiter::new(clock, 8, 1.0 / 20.0),
        }))
    }

    /// The journal that it records in.
    pub fn journal(&self) -> &Journal {
        &self.0.journal
    }

    /// People and units.
    pub fn people(&self) -> &People {
        &self.0.people
    }

    /// Services and categories.
    pub fn catalog(&self) -> &Catalog {
        &self.0.catalog
    }

    /// Working hours and zone of the agencies.
    pub fn hours(&self) -> &AgencyHours {
        &self.0.settings.hours
    }

    /// Today in the agencies' zone.
    pub fn today(&self) -> Date {
        law::day_in(
            self.hours().zone(),
            self.0.journal.store().now().timestamp(),
        )
    }

    /// The term of a case with its explanation, for the operator's command.
    pub fn term_blocking(&self, number: Number) -> Result<Option<model::Term>> {
        self.0.journal.store().read_blocking(move |db| {
            let row = Self::row(db, number)?;
            let inside = sql::inside(db, row.id)?;
            inside
                .term
                .map(|json| serde_json::from_str(&json).map_err(Error::internal))
                .transpose()
        })
    }

    /// The row of a number.
    fn row(db: &mut Db<'_>, number: Number) -> Result<CaseRow> {
        sql::case_by_number(db, number)?.ok_or(Error::NotFound)
    }
}

/// What the content of a case is sealed as.
fn content_context(id: CaseId) -> String {
    format!("case.content:{id}")
}
