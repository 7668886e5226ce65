//! Cases: the engine that gives every appeal its number, its way, its term, its states, its
//! messages, its answer and its place in the public register.
//!
//! [`Cases`] is the face. What may be done in which state stands in [`states`], what a case is in
//! [`model`]; filing is in `filing`, work in `work`, what is shown to whom in `reading`.

mod addressee;
mod allowed;
mod answers;
pub mod api;
mod carrying;
mod colleagues;
pub mod control;
mod course;
pub mod documents;
mod drafts;
pub mod exchange;
mod explanation;
mod figures;
mod filing;
pub mod import;
pub mod listening;
pub mod model;
pub mod pages;
mod pass;
mod past;
mod personal;
mod places;
pub mod printing;
mod reading;
mod readings;
mod receiving;
mod rulings;
pub mod searching;
mod sql;
pub mod stages;
mod standing;
pub mod states;
mod tally;
mod telling;
pub mod templates;
mod term;
pub mod uploads;
mod watch;
mod work;
pub mod workplace;
pub mod works;

use std::sync::Arc;

use base::id::CaseId;
use base::{Error, Language, Number, Result};
use catalog::Catalog;
use jiff::civil::Date;
use journal::{DataKey, Journal};
use law::AgencyHours;
use people::People;
use store::Db;

pub use addressee::{ANSWER_BY, Asked, Delivered, Happening};
pub use explanation::steps_in_words;
pub use figures::FiguresFollower;
pub use pass::{Opened, Pass, return_code};
pub use reading::{Narrowed, QueueCounts, QueueFilter, QueueView};
pub use readings::READINGS_JOB;
pub use receiving::{LETTER_MOST, said_aloud};
pub use rulings::{ByRule, RULES_JOB};
pub use term::term;
pub use watch::{Mark, Marks, WatchFollower};
pub use work::{CaseLetter, Known, NewPart, NewParty, Scans, TakenLetter};

pub(crate) use work::ground_in_words;

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
        ("0002_work", include_str!("../migrations/0002_work.sql")),
        ("0004_watch", include_str!("../migrations/0004_watch.sql")),
        (
            "0003_documents",
            include_str!("../migrations/0003_documents.sql"),
        ),
        ("0006_papers", include_str!("../migrations/0006_papers.sql")),
        (
            "0007_register",
            include_str!("../migrations/0007_register.sql"),
        ),
        ("0009_clocks", include_str!("../migrations/0009_clocks.sql")),
        ("0010_desk", include_str!("../migrations/0010_desk.sql")),
        ("0011_intake", include_str!("../migrations/0011_intake.sql")),
        (
            "0020_uploads",
            include_str!("../migrations/0020_uploads.sql"),
        ),
        (
            "0040_carried",
            include_str!("../migrations/0040_carried.sql"),
        ),
        ("0060_trial", include_str!("../migrations/0060_trial.sql")),
        (
            "0070_posting",
            include_str!("../migrations/0070_posting.sql"),
        ),
        ("0071_code", include_str!("../migrations/0071_code.sql")),
        (
            "0080_standing",
            include_str!("../migrations/0080_standing.sql"),
        ),
        (
            "0090_register",
            include_str!("../migrations/0090_register.sql"),
        ),
        ("0100_works", include_str!("../migrations/0100_works.sql")),
        ("0120_rules", include_str!("../migrations/0120_rules.sql")),
        ("0130_words", include_str!("../migrations/0130_words.sql")),
        (
            "0140_answer_template",
            include_str!("../migrations/0140_answer_template.sql"),
        ),
        (
            "0150_register_index",
            include_str!("../migrations/0150_register_index.sql"),
        ),
    ],
    small: &[],
};

/// The tables of this slice that the journal protects.
pub const TABLES: &[&store::Table] = &[
    &sql::CASE,
    &sql::MESSAGE,
    &sql::ANSWER,
    &sql::ASSIGNMENT,
    &sql::WAIT,
    &sql::EXTENSION,
    &sql::PART,
    &sql::PARTY,
    &sql::TURN,
    &sql::RATING,
    &sql::LINK,
    &sql::SIGNATURE,
    &sql::RULING,
    &sql::MARK,
    &sql::PAPER,
    &sql::DOCUMENT,
    &sql::INTAKE,
    &sql::CLOCK_MARK,
    &sql::NOTE,
    &sql::STAGE,
    &sql::PROBLEM,
    &sql::PROBLEM_CASE,
    &sql::TASK,
    &sql::TASK_STAGE,
    &sql::TASK_DOCUMENT,
    &sql::TASK_DISPUTE,
    &sql::ANSWER_TEMPLATE,
];

/// The words of this slice.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
];

/// The conflict of a deed that expected the case at another version.
pub(crate) const MOVED_ON: &str = "case-error-moved-on";
/// Why a deed was refused whose answer was written anew meanwhile.
pub(crate) const REWRITTEN: &str = "case-error-rewritten";

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
    "outgoing",
    "paper_sha256",
];

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Working hours and time zone of the agencies.
    pub hours: AgencyHours,
    /// Who prints; none where nothing is printed, as in tests and commands.
    pub printer: Option<Arc<dyn printing::Printer>>,
    /// The place of documents; none where none are taken, as in commands.
    pub vault: Option<files::Vault>,
}

/// The face of the slice. Clones share everything.
#[derive(Clone)]
pub struct Cases(Arc<Inner>, Expected);

/// What whoever acts has read, and what must still be so for anything to be done.
#[derive(Clone, Default)]
struct Expected {
    /// The versions at one of which the case must be.
    versions: Option<Arc<[i64]>>,
    /// The mark of the answer that is written or waits for a head; empty for no answer.
    answer: Option<Arc<str>>,
}

struct Inner {
    journal: Journal,
    people: People,
    catalog: Catalog,
    settings: Settings,
    guesses: web::limits::Limiter,
    uploads: web::limits::Limiter,
    checks: web::limits::Limiter,
    finder: std::sync::OnceLock<Arc<dyn searching::Finder>>,
    places: places::Counted,
    tally: tally::Tally,
}

impl Cases {
    /// Starts the slice over a store whose migrations have run.
    pub fn new(journal: Journal, people: People, catalog: Catalog, settings: Settings) -> Self {
        let clock = journal.store().clock().clone();
        let inner = Inner {
            journal,
            people,
            catalog,
            settings,
            guesses: web::limits::Limiter::new(clock.clone(), 8, 1.0 / 20.0),
            // Somebody with a pile of papers is not held up; a flood from one address is.
            uploads: web::limits::Limiter::new(clock.clone(), 200, 0.2),
            // Whoever checks a pile of answers is not held up; guessing codes of 40 bits is hopeless.
            checks: web::limits::Limiter::new(clock, 30, 0.5),
            finder: std::sync::OnceLock::new(),
            places: places::Counted::default(),
            tally: tally::Tally::default(),
        };
        Self(Arc::new(inner), Expected::default())
    }

    /// The same face, through which a deed is done only to a case that is still at one of these
    /// versions: whoever decided by what they have read is told when somebody was faster.
    #[must_use]
    pub fn at_versions(&self, versions: &[i64]) -> Self {
        let expected = Expected {
            versions: Some(versions.into()),
            ..self.1.clone()
        };
        Self(Arc::clone(&self.0), expected)
    }

    /// The same face, through which an answer is written, agreed to, returned or signed only while
    /// it is as this mark of it says; nothing is expected without one.
    #[must_use]
    pub fn at_answer(&self, mark: Option<&str>) -> Self {
        let expected = Expected {
            answer: mark.map(Into::into),
            ..self.1.clone()
        };
        Self(Arc::clone(&self.0), expected)
    }

    /// Refuses when the answer of the locked case is not the one that this face expects.
    pub(crate) fn expect_answer(&self, answer: Option<&sql::AnswerRow>) -> Result<()> {
        let mark = answer.map(answers::mark).unwrap_or_default();
        match &self.1.answer {
            Some(expected) if **expected != *mark => Err(Error::Conflict(REWRITTEN)),
            _ => Ok(()),
        }
    }

    /// Refuses when the answer that waits for a head in the locked case is not the one that this face
    /// expects, or the applicant has written since it was read.
    pub(crate) fn expect_read(
        &self,
        db: &mut Db<'_>,
        case: base::id::CaseId,
        answer: &sql::AnswerRow,
    ) -> Result<()> {
        let Some(expected) = &self.1.answer else {
            return Ok(());
        };
        let mark = answers::mark_beside(&answers::mark(answer), sql::wrote_at(db, case)?);
        if **expected == *mark {
            Ok(())
        } else {
            Err(Error::Conflict(REWRITTEN))
        }
    }

    /// Refuses when the locked case is at none of the versions that this face expects.
    pub(crate) fn expect(&self, db: &mut Db<'_>, case: &CaseRow) -> Result<()> {
        let Some(expected) = &self.1.versions else {
            return Ok(());
        };
        let version = self.0.journal.version(db, case.id.0)?;
        if expected.contains(&version) {
            Ok(())
        } else {
            Err(Error::Conflict(MOVED_ON))
        }
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
        let mut row = sql::case_by_number(db, number)?.ok_or(Error::NotFound)?;
        row.shared = sql::shared(db, row.id)?;
        Ok(row)
    }

    /// The key that was read beside a row; [`Error::NotFound`] when it was destroyed.
    fn key_beside(
        &self,
        db: &mut Db<'_>,
        row: &CaseRow,
        wrapped: Option<&[u8]>,
    ) -> Result<DataKey> {
        let keys = self.0.journal.keys();
        match wrapped {
            Some(wrapped) => keys.open_wrapped(row.data_key, wrapped),
            None => keys.load(db, row.data_key),
        }
    }
}

/// What the content of a case is sealed as.
fn content_context(id: CaseId) -> String {
    format!("case.content:{id}")
}
