//! Searching: what the indexes are told of a case, and what readers get of what was found. The
//! indexes themselves are the binary's; here stands who may find what.
//!
//! Staff search in what applicants wrote, in the cases of their own units and nowhere else: the
//! question carries the units, and every hit is held against the rights once more before its topic
//! is opened. The public index is told what the register shows and nothing that anybody wrote.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use base::id::{CaseId, CategoryId, ServiceId, UnitId};
use base::page::Page;
use base::{Actor, Moment, Number, Result};
use catalog::Contents;
use people::{Permission, Subject};
use store::Db;
use uuid::Uuid;

use crate::model::{Content, Outcome, PublicState, QueueRow, RegisterRow, State};
use crate::pass::Pass;
use crate::reading::limit_of;
use crate::sql::{self, ListRow};
use crate::{Cases, model};

/// The most cases that are told at once.
pub const MOST_TOLD: usize = 500;
/// Similar cases that a page offers.
const MOST_SIMILAR: usize = 8;

/// What a search gives.
pub type Found<'a> = Pin<Box<dyn Future<Output = Result<Page<Uuid>>> + Send + 'a>>;

/// A piece of a text, and whether it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they are words of the question.
    pub matched: bool,
}

/// A page of help or an entry of the glossary that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its address.
    pub href: String,
    /// Key of its title.
    pub title: String,
    /// Key of the sentence on it.
    pub short: String,
}

/// What is looked for, in the words of whoever asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The words.
    pub typed: String,
    /// Units whose cases may be found; none of them finds nothing. Not looked at by the public index.
    pub units: Vec<UnitId>,
    /// Subjects that fit whatever the words are.
    pub categories: Vec<CategoryId>,
    /// The cursor of a page.
    pub after: Option<String>,
    /// Hits of a page.
    pub limit: usize,
}

/// The indexes.
pub trait Finder: std::fmt::Debug + Send + Sync {
    /// Cases whose texts have the words.
    fn texts(&self, wanted: Wanted) -> Found<'_>;
    /// Cases of the register that have the words or the subject.
    fn register(&self, wanted: Wanted) -> Found<'_>;
    /// Help and glossary.
    fn told(&self, typed: &str) -> Result<Vec<Told>>;
    /// A text with the words of the question marked.
    fn mark(&self, typed: &str, text: &str) -> Vec<Piece>;
    /// What may have been meant, from words that anybody may read.
    fn did_you_mean(&self, typed: &str) -> Option<String>;
    /// Whether every case can be found already; a fresh start takes a while.
    fn is_complete(&self) -> bool;
}

/// What the indexes are told of a case.
#[derive(Clone, Debug)]
pub struct Searchable {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub number: Number,
    /// Its topic in the applicant's words; empty when its key is destroyed.
    pub topic: String,
    /// What the applicant wrote, without who they are.
    pub text: String,
    /// The number it had elsewhere.
    pub outside_number: Option<String>,
    /// Its service.
    pub service: ServiceId,
    /// Its subject.
    pub category: Option<CategoryId>,
    /// Its unit and those that do a part of it; the first is its own.
    pub units: Vec<UnitId>,
    /// State for the public.
    pub state: PublicState,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When it was received.
    pub received_at: Moment,
    /// Whether the register shows it.
    pub public: bool,
}

/// Where the telling of all cases goes on: the last one told.
pub type ToldTo = (Moment, CaseId);

/// A case that staff found.
#[derive(Clone, Debug)]
pub struct FoundCase {
    /// The row, as the queue shows it.
    pub row: QueueRow,
    /// Its topic with the words marked.
    pub topic: Vec<Piece>,
}

/// What the public finds of cases.
#[derive(Clone, Debug, Default)]
pub struct Similar {
    /// Cases of the register.
    pub rows: Vec<RegisterRow>,
    /// Help and glossary.
    pub told: Vec<Told>,
    /// What may have been meant.
    pub meant: Option<String>,
}

impl Cases {
    /// Gives the slice its indexes; once, before it serves.
    pub fn find_with(&self, finder: std::sync::Arc<dyn Finder>) {
        // A second one would only be another view of the same.
        let _ = self.0.finder.set(finder);
    }

    fn finder(&self) -> Option<&dyn Finder> {
        self.0.finder.get().map(AsRef::as_ref)
    }

    /// Cases in the order in which the indexes are told of them, the newest first, after `after`.
    pub async fn searchable(&self, after: Option<ToldTo>, limit: usize) -> Result<Vec<Searchable>> {
        let limit = limit.clamp(1, MOST_TOLD);
        let contents = self.0.catalog.contents().await?;
        let this = self.clone();
        self.0
            .journal
            .store()
            .read(move |db| {
                let rows = sql::cases_told(db, after, limit)?;
                rows.into_iter()
                    .map(|row| this.told(db, &contents, row))
                    .collect()
            })
            .await
    }

    /// One case for the indexes; none when there is no such case.
    pub async fn searchable_of(&self, case: CaseId) -> Result<Option<Searchable>> {
        let contents = self.0.catalog.contents().await?;
        let this = self.clone();
        self.0
            .journal
            .store()
            .read(move |db| {
                let row = sql::case_told(db, case)?;
                row.map(|row| this.told(db, &contents, row)).transpose()
            })
            .await
    }

    fn told(&self, db: &mut Db<'_>, contents: &Contents, row: ListRow) -> Result<Searchable> {
        let content = self.content_of(&row)?;
        let mut units = vec![row.case.unit];
        let shared = sql::shared(db, row.case.id)?;
        units.extend(
            shared
                .units
                .into_iter()
                .filter(|unit| *unit != row.case.unit),
        );
        let case = row.case;
        Ok(Searchable {
            public: !contents.unpublished().contains(&case.service),
            topic: content.text("subject").to_owned(),
            text: written(&content),
            id: case.id,
            number: case.number,
            outside_number: case.outside_number,
            service: case.service,
            category: case.category,
            units,
            state: case.state.public(),
            outcome: case.outcome.filter(|_| case.state >= State::Decided),
            received_at: case.received_at,
        })
    }

    /// Cases of the actor's units whose texts have the words, the best first.
    pub async fn search_texts(
        &self,
        actor: &Actor,
        typed: &str,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<FoundCase>> {
        people::require_somewhere(actor, Permission::ReadUnitCases)?;
        let Some(finder) = self.finder() else {
            return Ok(nothing());
        };
        let reads = |unit: &UnitId| {
            people::allows(actor, Permission::ReadUnitCases, &Subject::in_unit(*unit))
        };
        let units = actor.units().iter().copied().filter(reads).collect();
        let wanted = Wanted {
            typed: typed.to_owned(),
            units,
            after: after.map(str::to_owned),
            limit: limit_of(limit),
            ..Wanted::default()
        };
        let found = finder.texts(wanted).await?;
        let (ids, reader) = (found.items, actor.clone());
        let rows = self
            .0
            .journal
            .store()
            .read(move |db| {
                let rows = sql::cases_of(db, &ids)?;
                // The index may lag behind: a case that was sent on is not its old unit's any more.
                let mut kept = Vec::with_capacity(rows.len());
                for mut row in in_order(&ids, rows, |row| row.case.id.0) {
                    row.case.shared = sql::shared(db, row.case.id)?;
                    let side = Self::side(&reader, &Pass::default(), &row.case);
                    if matches!(side, Ok(model::Side::Staff)) {
                        kept.push(row);
                    }
                }
                Ok(kept)
            })
            .await?;
        let listed = self.listed(Page {
            items: rows,
            next: found.next,
        })?;
        Ok(Page {
            items: listed
                .items
                .into_iter()
                .map(|row| FoundCase {
                    topic: finder.mark(typed, &row.topic),
                    row,
                })
                .collect(),
            next: listed.next,
        })
    }

    /// What anybody finds: cases of the register that are about the same, help, and what may have
    /// been meant. `categories` are the subjects that the words lead to.
    pub async fn search_public(&self, typed: &str, categories: Vec<CategoryId>) -> Result<Similar> {
        let Some(finder) = self.finder() else {
            return Ok(Similar::default());
        };
        let wanted = Wanted {
            typed: typed.to_owned(),
            categories,
            limit: MOST_SIMILAR,
            ..Wanted::default()
        };
        let ids = finder.register(wanted).await?.items;
        let unpublished = self.0.catalog.contents().await?.unpublished();
        let rows = self
            .0
            .journal
            .store()
            .read(move |db| {
                let mut rows = sql::register_of(db, &ids)?;
                rows.retain(|row| !unpublished.contains(&row.service));
                Ok(in_order(&ids, rows, |row| row.id.0))
            })
            .await?;
        Ok(Similar {
            rows,
            told: finder.told(typed)?,
            meant: finder.did_you_mean(typed),
        })
    }

    /// Whether every case can be found already.
    pub fn finds_everything(&self) -> bool {
        self.finder().is_some_and(Finder::is_complete)
    }

    /// What somebody who works on cases may have meant, from words that anybody may read.
    pub fn did_you_mean(&self, typed: &str) -> Option<String> {
        self.finder()?.did_you_mean(typed)
    }
}

fn nothing<T>() -> Page<T> {
    Page {
        items: Vec::new(),
        next: None,
    }
}

/// What an applicant wrote: every text of the form, and the place. Who they are stays out: the group
/// of the applicant is no text of the form's own.
fn written(content: &Content) -> String {
    let mut text: Vec<&str> = content
        .answers
        .iter()
        .filter(|(field, _)| field.as_str() != "subject")
        .filter_map(|(_, value)| value.as_str())
        .filter(|text| !catalog::model::is_code(text))
        .collect();
    text.push(&content.address);
    text.join("\n")
}

/// Rows in the order of their identifiers; those that are no more are left out.
fn in_order<T>(ids: &[Uuid], rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> Vec<T> {
    let mut by_id: HashMap<Uuid, T> = rows.into_iter().map(|row| (id(&row), row)).collect();
    ids.iter().filter_map(|id| by_id.remove(id)).collect()
}
