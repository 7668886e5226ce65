//! What administrators of the catalogue do: who may, what was wished for in codes, and the change.
//! The pages under `/admin` and the interface for programs are two faces of it and hold no rules.

mod categories;
mod decisions;
mod officials;
mod rules;
mod services;
mod terms;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use base::id::{CategoryId, ServiceId, TerritoryId, UnitId};
use base::{Actor, Error, Result};
use jiff::civil::Date;
use journal::Journal;
use people::{People, Permission, Subject, Units};
use store::Tx;

use crate::catalog::{Catalog, Contents};
use crate::decisions::Verdict;
use crate::form::Answers;

pub use categories::CategoryWish;
pub use decisions::{Difference, Listed, LookedAt, Proposal, Replay, Waiting};
pub use officials::OfficialWish;
pub use rules::{Moved, RuleWish, TRIED, Trial, TrialOf};
pub use services::{
    Changed, Edition, Fault, LookedOver, MOST_BYTES, Publication, Written, read_text,
    with_version_of,
};
pub use terms::{TermWish, users};

/// The greatest place of a subject or an official among others.
const MOST_POSITION: u32 = 1_000_000;

/// A case that was filed, as far as a trial of routes needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastCase {
    /// Its number.
    pub number: String,
    /// Its service.
    pub service: ServiceId,
    /// Its subject.
    pub category: Option<CategoryId>,
    /// Its territory.
    pub territory: Option<TerritoryId>,
    /// The unit that has it.
    pub unit: UnitId,
}

/// The newest cases, read within a bound.
pub type Past = Pin<Box<dyn Future<Output = Result<Vec<PastCase>>> + Send>>;

/// What was answered in a case that was filed, as far as a replay of decision rules needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct PastAnswered {
    /// Its number.
    pub number: String,
    /// The answers of its form.
    pub answers: Answers,
    /// Its subject.
    pub category: Option<CategoryId>,
    /// Its territory.
    pub territory: Option<TerritoryId>,
    /// The way it came.
    pub channel: String,
    /// Whether the applicant was known for certain.
    pub identified: bool,
    /// The day of filing.
    pub on: Date,
    /// How it was decided, once it was.
    pub decided: Option<Answered>,
}

/// How people decided a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The outcome, where rules know one like it.
    pub verdict: Option<Verdict>,
    /// Seconds from the receipt to the answer.
    pub seconds: i64,
    /// Whether a rule decided it.
    pub by_rule: bool,
}

/// The newest cases of a service with their answers, read within a bound.
pub type PastAnswers = Pin<Box<dyn Future<Output = Result<Vec<PastAnswered>>> + Send>>;

/// Whoever knows cases: the catalogue does not, and asks for the newest when rules are tried.
pub trait PastCases: Send + Sync {
    /// At most `limit` cases, the newest first.
    fn newest(&self, limit: usize) -> Past;

    /// At most `limit` cases of a service with their answers, the newest first; none where nobody
    /// knows them.
    fn answered(&self, _service: ServiceId, _limit: usize) -> PastAnswers {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// The face for whoever administers the catalogue. Clones share everything.
#[derive(Clone)]
pub struct Administration {
    catalog: Catalog,
    people: People,
    past: Arc<dyn PastCases>,
}

/// Refuses whoever may not manage the catalogue; a guest is asked to sign in.
fn permit(actor: &Actor) -> Result<()> {
    people::require(actor, Permission::ManageCatalog, &Subject::default())
}

impl Administration {
    /// The administration of a catalogue.
    pub fn new(catalog: Catalog, people: People, past: Arc<dyn PastCases>) -> Self {
        Self {
            catalog,
            people,
            past,
        }
    }

    /// The catalogue itself.
    pub const fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Everything in the catalogue, for whoever may manage it.
    pub async fn contents(&self, actor: &Actor) -> Result<Arc<Contents>> {
        permit(actor)?;
        self.catalog.contents().await
    }

    /// The units and territories that codes name.
    pub async fn units(&self) -> Result<Arc<Units>> {
        self.people.units().await
    }

    /// A change in the name of the actor.
    async fn change<R: Send + 'static>(
        &self,
        actor: &Actor,
        change: impl Fn(&mut Tx<'_>, &Journal) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        permit(actor)?;
        let (store, journal) = self.catalog.parts();
        let journal = journal.clone();
        store.change(actor, move |tx| change(tx, &journal)).await
    }
}

/// What a code names; nothing when there is no code.
fn named<T>(
    code: Option<&str>,
    field: &'static str,
    find: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>> {
    match code {
        None => Ok(None),
        Some(code) => match find(code) {
            Some(found) => Ok(Some(found)),
            None => Err(Error::field(field, "catalog-error-choice")),
        },
    }
}

/// A place among others, when it is one.
fn position(position: u32) -> Result<u32> {
    if position <= MOST_POSITION {
        Ok(position)
    } else {
        Err(Error::field("position", "catalog-error-position"))
    }
}
