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
use base::{Actor, Error, Moment, Number, Result};
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
    /// Cases whose applicant is reached by this contact, the newest first.
    fn reached_by(&self, contact: String, after: Option<String>, limit: usize) -> Found<'_>;
    /// Cases of the register that have the words or the subject.
    fn register(&self, wanted: Wanted) -> Found<'_>;
    /// Help and glossary.
    fn told(&self, typed: &str) -> Result<Vec<Told>>;
    /// Each of these texts with the words of the question marked.
    fn mark(&self, typed: &str, texts: &[&str]) -> Vec<Vec<Piece>>;
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
    /// Ways to reach the applicant, each as it is asked for.
    pub contacts: Vec<String>,
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

/// Whether an index may say something else of a case after an entry of this name. What staff find
/// cases by is what the applicant wrote, the subject and the units; what anybody finds them by is the
/// subject, the unit and the outcome. A name that stands in neither list changes both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changes {
    /// What staff find it by.
    pub texts: bool,
    /// What anybody finds it by.
    pub open: bool,
}

/// Entries that change what neither index says.
const NEITHER: &[&str] = &[
    "case.answer_agreed",
    "case.answer_drafted",
    "case.answer_posted",
    "case.answer_printed",
    "case.answer_ready",
    "case.answer_recalled",
    "case.answer_returned",
    "case.applicant_wrote",
    "case.assigned",
    "case.check_started",
    "case.delay_explained",
    "case.document_checked",
    "case.documents_reminded",
    "case.documents_requested",
    "case.escalated",
    "case.extended",
    "case.noted",
    "case.original_opened",
    "case.overdue",
    "case.part_done",
    "case.part_overdue",
    "case.part_reminded",
    "case.plan_overdue",
    "case.plan_reminded",
    "case.planned",
    "case.prioritised",
    "case.problem_closed",
    "case.problem_joined",
    "case.problem_left",
    "case.rated",
    "case.rating_replied",
    "case.decision_proposed",
    "case.left_to_people",
    "case.released",
    "case.reminded",
    "case.sent_for_agreement",
    "case.staff_wrote",
    "case.start_overdue",
    "case.start_reminded",
    "case.taken",
    "case.task_overdue",
    "case.task_reminded",
    "case.task_set",
    "case.term_moved",
    "case.work_begun",
    "case.works_begun",
    "case.works_confirmed",
    "case.works_disputed",
    "case.works_done",
    "case.works_dropped",
    "case.works_put_off",
    "case.works_sent_back",
    "case.works_stage_done",
    "case.works_upheld",
];
/// Entries that change the outcome alone.
const OUTCOME: &[&str] = &[
    "case.answered",
    "case.cancelled",
    "case.closed",
    "case.forwarded",
    "case.interim_answered",
    "case.reopened",
    "case.resumed",
    "case.review_asked",
];

impl Changes {
    /// What an entry of this name changes.
    pub fn of(action: &str) -> Self {
        let neither = NEITHER.contains(&action);
        Self {
            texts: !neither && !OUTCOME.contains(&action),
            open: !neither,
        }
    }
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
        self.told_of(move |db| sql::cases_told(db, after, limit))
            .await
    }

    /// These cases for the indexes, at most [`MOST_TOLD`] of them and in no order; without those that
    /// there are not.
    pub async fn searchable_of(&self, cases: &[CaseId]) -> Result<Vec<Searchable>> {
        let ids: Vec<Uuid> = cases.iter().take(MOST_TOLD).map(|case| case.0).collect();
        self.told_of(move |db| sql::cases_of(db, &ids)).await
    }

    async fn told_of(
        &self,
        rows: impl Fn(&mut Db<'_>) -> Result<Vec<ListRow>> + Send + 'static,
    ) -> Result<Vec<Searchable>> {
        let contents = self.0.catalog.contents().await?;
        let store = self.0.journal.store();
        let (rows, parts) = store
            .read(move |db| {
                let rows = rows(db)?;
                let ids: Vec<Uuid> = rows.iter().map(|row| row.case.id.0).collect();
                let parts = sql::units_of_parts(db, &ids)?;
                Ok((rows, parts))
            })
            .await?;
        let mut units: HashMap<CaseId, Vec<UnitId>> = HashMap::new();
        for (case, unit) in parts {
            units.entry(case).or_default().push(unit);
        }
        let this = self.clone();
        // To open them all takes the processor and not the store.
        tokio::task::spawn_blocking(move || {
            rows.into_iter()
                .map(|row| {
                    let parts = units.remove(&row.case.id).unwrap_or_default();
                    this.told(&contents, row, parts)
                })
                .collect()
        })
        .await
        .map_err(Error::internal)?
    }

    fn told(&self, contents: &Contents, row: ListRow, parts: Vec<UnitId>) -> Result<Searchable> {
        let content = self.content_of(&row)?;
        let mut units = vec![row.case.unit];
        for unit in parts {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        let case = row.case;
        Ok(Searchable {
            public: !contents.unpublished().contains(&case.service),
            topic: content.text("subject").to_owned(),
            text: written(&content),
            contacts: contacts_of(&content),
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
                let pass = Pass::default();
                for mut row in in_order(&ids, rows, |row| row.case.id.0) {
                    let mut side = Self::side(&reader, &pass, &row.case);
                    // Of most the unit decides; parts and parties are asked for where it does not.
                    if matches!(side, Err(Error::NotFound)) {
                        row.case.shared = sql::shared(db, row.case.id)?;
                        side = Self::side(&reader, &pass, &row.case);
                    }
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
        let topics: Vec<&str> = listed.items.iter().map(|row| row.topic.as_str()).collect();
        let topics = finder.mark(typed, &topics);
        Ok(Page {
            items: listed
                .items
                .into_iter()
                .zip(topics)
                .map(|(row, topic)| FoundCase { row, topic })
                .collect(),
            next: listed.next,
        })
    }

    /// The cases of somebody who stands at the reception or calls, by their e-mail or telephone: what
    /// the register tells of each, also where it is not shown there. That they are theirs is personal
    /// data, so every one of them is written down as read before it is told.
    pub async fn cases_of_caller(
        &self,
        actor: &Actor,
        typed: &str,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<RegisterRow>> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let contact = contact(typed);
        let contact = contact.ok_or_else(|| Error::field("contact", "reception-error-contact"))?;
        let Some(finder) = self.finder() else {
            return Ok(nothing());
        };
        let after = after.map(str::to_owned);
        let found = finder.reached_by(contact, after, limit_of(limit)).await?;
        let ids = found.items;
        let read = ids.iter().copied().map(CaseId).collect();
        self.log_readings(account, read).await?;
        let store = self.0.journal.store();
        let rows = store
            .read(move |db| {
                let rows = sql::register_of(db, &ids)?;
                Ok(in_order(&ids, rows, |row| row.id.0))
            })
            .await?;
        Ok(Page {
            items: rows,
            next: found.next,
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

/// Ways to reach the applicant of a case, each as it is asked for.
fn contacts_of(content: &Content) -> Vec<String> {
    let applicant = &content.applicant;
    [&applicant.email, &applicant.phone]
        .into_iter()
        .filter_map(|text| contact(text))
        .collect()
}

/// An e-mail or a telephone number, however it was typed; none when it is neither. Numbers of Russia
/// are dialled with 8 and with +7.
pub(crate) fn contact(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.contains('@') {
        let sound = typed.len() <= 254 && !typed.contains(char::is_whitespace);
        return sound.then(|| typed.to_lowercase());
    }
    let foreign = |c: char| !c.is_ascii_digit() && !c.is_whitespace() && !"+-().".contains(c);
    if typed.len() > 40 || typed.contains(foreign) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    match (digits.len(), digits.strip_prefix('8')) {
        (10, _) => Some(format!("7{digits}")),
        (11, Some(rest)) => Some(format!("7{rest}")),
        // As few as a form takes: in a small town five are a whole number.
        (5..=15, _) => Some(digits),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_known_however_it_is_typed() {
        for typed in ["+7 900 123-45-67", "8 (900) 123-45-67", "9001234567"] {
            assert_eq!(contact(typed).as_deref(), Some("79001234567"), "{typed}");
        }
        assert_eq!(contact("5-55-44").as_deref(), Some("55544"));
        let email = contact(" Claudia@Example.org ");
        assert_eq!(email.as_deref(), Some("claudia@example.org"));
        for neither in ["", "1234", "Claudia Snow", "a b@c", "+7 900 call me"] {
            assert_eq!(contact(neither), None, "{neither}");
        }
    }
}
