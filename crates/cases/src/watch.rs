//! The watch over terms: reminders some working days before a term ends, escalation up the tree of
//! units at set shares of it, and the word that it is over. A follower keeps the day on which
//! something is next to be said of each open case; the clock comes once a minute and says it, once
//! for each case, mark and term. While the applicant is waited for, nothing is said but to them. The
//! terms beside the answer's are in `clocks`.

mod clocks;
mod marks;

use base::id::CaseId;
use base::{Actor, Result};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use journal::{DataKey, Follower, NewEntry, Placed};
use people::People;
use store::{Db, Lease, Tx};

pub use marks::{Mark, Marks};

use clocks::{Clock, Running, Said};

use crate::model::{CaseRow, State, Term};
use crate::{Cases, KIND, sql};

/// Cases that are looked at in one go.
const BATCH: i64 = 100;
/// Goes in one coming of the clock: what is left waits for the next minute.
const MOST_GOES: usize = 50;
/// Only one node comes; a lost one's lease runs out.
const LEASE: &str = "cases.watch";
const LEASE_SECONDS: u32 = 120;

impl Cases {
    /// Says what is to be said today of the cases whose day has come; how many there were. Nothing
    /// while another node does it.
    pub async fn watch_terms(&self, marks: &Marks) -> Result<usize> {
        let holder = uuid::Uuid::from_bytes(base::id::random()).to_string();
        let store = self.0.journal.store();
        let mine = {
            let holder = holder.clone();
            store
                .housekeeping(move |tx| Lease::try_acquire(tx, LEASE, &holder, LEASE_SECONDS))
                .await?
        };
        if !mine {
            return Ok(0);
        }
        let outcome = self.say_all(marks, &holder).await;
        store
            .housekeeping(move |tx| Lease::release(tx, LEASE, &holder))
            .await?;
        outcome
    }

    /// Which of the cases of a list heads were told about in the term that they have now.
    pub(crate) async fn escalated(&self, cases: Vec<CaseId>) -> Result<Vec<CaseId>> {
        let store = self.0.journal.store();
        store.read(move |db| sql::escalated_among(db, &cases)).await
    }

    async fn say_all(&self, marks: &Marks, holder: &str) -> Result<usize> {
        let store = self.0.journal.store();
        let mut said = 0;
        for _ in 0..MOST_GOES {
            let today = self.today();
            let due = store
                .read(move |db| sql::watched_until(db, today, BATCH))
                .await?;
            for case in &due {
                said += usize::from(self.say(marks, *case, today).await?);
            }
            if due.len() < usize::try_from(BATCH).unwrap_or(usize::MAX) {
                break;
            }
            let holder = holder.to_owned();
            let still = store
                .housekeeping(move |tx| Lease::renew(tx, LEASE, &holder, LEASE_SECONDS))
                .await?;
            if !still {
                break;
            }
        }
        Ok(said)
    }

    /// Says what is to be said of one case today; whether there was anything.
    async fn say(&self, marks: &Marks, case: CaseId, today: Date) -> Result<bool> {
        let watched = Watched {
            marks: marks.clone(),
            zone: self.hours().zone().clone(),
        };
        let (this, all) = (self.clone(), watched.clone());
        let store = self.0.journal.store();
        let is_due = store
            .read(move |db| Ok(!all.pending(db, case, today)?.is_empty()))
            .await?;
        if is_due {
            let all = watched.clone();
            store
                .change(&Actor::system("watch"), move |tx| {
                    tx.lock(KIND, case.0)?;
                    let Some(row) = sql::case_by_id(tx, case)? else {
                        return Err(base::Error::NotFound);
                    };
                    let key = this.0.journal.keys().load(tx, row.data_key)?;
                    let pending = all.pending(tx, case, today)?;
                    if pending.is_empty() {
                        // Another node was quicker, or the case has moved since.
                        return Err(base::Error::Conflict("case-error-state"));
                    }
                    for saying in pending {
                        match saying {
                            Saying::Answer(mark) => {
                                this.say_mark(tx, &row, &key, mark, &all.marks)?;
                            }
                            Saying::Clock(said) => this.say_clock(tx, &row, &key, said)?,
                        }
                    }
                    Ok(())
                })
                .await
                .or_else(|error| match error {
                    base::Error::Conflict(_) | base::Error::NotFound => Ok(()),
                    other => Err(other),
                })?;
        }
        store
            .housekeeping(move |tx| {
                let next = watched.next_day(tx, case, today)?;
                sql::set_watch(tx, case, next)
            })
            .await?;
        Ok(is_due)
    }

    fn say_mark(
        &self,
        tx: &mut Tx<'_>,
        row: &CaseRow,
        key: &DataKey,
        mark: Mark,
        marks: &Marks,
    ) -> Result<()> {
        let Some(due_on) = row.due_on else {
            return Ok(());
        };
        sql::insert_mark(tx, row.id, mark.kind(), mark.number(), due_on)?;
        let mut fields = vec![("due_on", due_on.to_string())];
        match mark {
            Mark::Reminded(days) => fields.push(("days", days.to_string())),
            Mark::Escalated(share) => {
                fields.push(("mark", share.to_string()));
                fields.push(("to_unit", responsible(tx, row, marks.level(share))?));
            }
            Mark::Overdue => {}
        }
        self.tell_of(tx, row, key, mark.action(), fields)
    }

    fn say_clock(&self, tx: &mut Tx<'_>, row: &CaseRow, key: &DataKey, said: Said) -> Result<()> {
        sql::insert_clock_mark(tx, row.id, said.clock.code(), said.left, said.due_on)?;
        let mut fields = vec![(said.clock.field(), said.due_on.to_string())];
        if said.clock == Clock::WorkStart {
            // What its own heads let pass is for the heads above them.
            let level = usize::from(said.is_passed());
            fields.push(("to_unit", responsible(tx, row, level)?));
        }
        self.tell_of(tx, row, key, said.action(), fields)
    }

    fn tell_of(
        &self,
        tx: &mut Tx<'_>,
        row: &CaseRow,
        key: &DataKey,
        action: &'static str,
        mut fields: Vec<(&'static str, String)>,
    ) -> Result<()> {
        fields.push(("state", row.state.code().to_owned()));
        self.0.journal.record(
            tx,
            NewEntry {
                action,
                kind: KIND,
                id: row.id.0,
                fields,
                occurred_at: None,
                key: key.clone(),
                first: false,
            },
        )?;
        Ok(())
    }
}

/// The code of the unit whose heads are told: the `level`-th upwards that has any, or the highest.
fn responsible(db: &mut Db<'_>, row: &CaseRow, level: usize) -> Result<String> {
    let mut with_heads = Vec::new();
    for unit in People::units_above(db, row.unit)? {
        if !People::heads_of(db, unit)?.is_empty() {
            with_heads.push(unit);
        }
    }
    let chosen = with_heads
        .get(level)
        .or(with_heads.last())
        .copied()
        .unwrap_or(row.unit);
    Ok(People::unit_names(db, chosen)?
        .map(|(code, ..)| code)
        .unwrap_or_default())
}

/// The term of a case that is watched: its first day and its last; none while nothing is to be said.
fn watched(db: &mut Db<'_>, case: CaseId) -> Result<Option<(Date, Date)>> {
    let Some(row) = sql::case_by_id(db, case)? else {
        return Ok(None);
    };
    let Some(due_on) = row.due_on else {
        return Ok(None);
    };
    // Clocks that were carried over wake only on an administrator's command.
    if !row.state.is_open() || row.state == State::Waiting || row.is_carried_over() {
        return Ok(None);
    }
    let term: Option<Term> = sql::inside(db, case)?
        .term
        .and_then(|json| serde_json::from_str(&json).ok());
    let starts_on = term.map_or(row.registered_on, |term| term.due.starts_on);
    Ok(Some((starts_on, due_on)))
}

/// Something that is to be said of a case.
enum Saying {
    Answer(Mark),
    Clock(Said),
}

/// What is looked at: what is said of the answer's term, and where days are counted.
#[derive(Clone)]
struct Watched {
    marks: Marks,
    zone: TimeZone,
}

impl Watched {
    fn pending(&self, db: &mut Db<'_>, case: CaseId, today: Date) -> Result<Vec<Saying>> {
        let mut found = Vec::new();
        if let Some((starts_on, due_on)) = watched(db, case)? {
            let made = sql::marks(db, case, due_on)?;
            let is_made = |mark: &Mark| made.contains(&(mark.kind().to_owned(), mark.number()));
            let marks = self.marks.on(starts_on, due_on, today).into_iter();
            found.extend(marks.filter(|mark| !is_made(mark)).map(Saying::Answer));
        }
        for running in self.running(db, case)? {
            let Some(said) = running.on(today) else {
                continue;
            };
            let made = sql::clock_marks(db, case, said.clock.code(), said.due_on)?;
            if !made.contains(&said.left) {
                found.push(Saying::Clock(said));
            }
        }
        Ok(found)
    }

    fn next_day(&self, db: &mut Db<'_>, case: CaseId, today: Date) -> Result<Option<Date>> {
        let answer = watched(db, case)?
            .and_then(|(starts_on, due_on)| self.marks.next_after(starts_on, due_on, today));
        let clocks = self.running(db, case)?;
        let clocks = clocks
            .into_iter()
            .filter_map(|clock| clock.next_after(today));
        Ok(clocks.chain(answer).min())
    }

    /// The clocks that run in a case beside the answer's.
    fn running(&self, db: &mut Db<'_>, case: CaseId) -> Result<Vec<Running>> {
        let mut found = Vec::new();
        let Some(row) = sql::case_by_id(db, case)? else {
            return Ok(found);
        };
        if !row.state.is_open() || row.is_carried_over() {
            return Ok(found);
        }
        if row.state == State::Waiting {
            let waits = sql::waits(db, case)?;
            let open = waits.into_iter().rev().find(|wait| wait.ended_at.is_none());
            if let Some((wait, due_on)) = open.and_then(|wait| Some((wait.asked_at, wait.send_by?)))
            {
                found.push(Running {
                    clock: Clock::Documents,
                    since: wait.date(&self.zone),
                    due_on,
                });
            }
        } else if let Some(due_on) = row.clocks.waits_to_begin() {
            found.push(Running {
                clock: Clock::WorkStart,
                since: row.registered_on,
                due_on,
            });
        }
        Ok(found)
    }
}

/// Follows the log and keeps the day on which something is next to be said of each case.
pub struct WatchFollower {
    /// What is said, and when.
    pub marks: Marks,
    /// The agencies' zone, in which days are counted.
    pub zone: TimeZone,
}

impl Follower for WatchFollower {
    fn name(&self) -> &'static str {
        "cases.watch"
    }

    fn apply(&self, tx: &mut Tx<'_>, entries: &[Placed]) -> Result<()> {
        let today = tx.now().date(&self.zone);
        let watched = Watched {
            marks: self.marks.clone(),
            zone: self.zone.clone(),
        };
        let mut seen = std::collections::BTreeSet::new();
        for entry in entries.iter().filter(|entry| entry.kind == KIND) {
            let case = CaseId(entry.entity);
            if !seen.insert(case) {
                continue;
            }
            let next = if watched.pending(tx, case, today)?.is_empty() {
                watched.next_day(tx, case, today)?
            } else {
                Some(today)
            };
            sql::set_watch(tx, case, next)?;
        }
        Ok(())
    }
}
