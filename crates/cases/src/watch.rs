//! The watch over terms: reminders some working days before a term ends, escalation up the tree of
//! units at set shares of it, and the word that it is over. A follower keeps the day on which
//! something is next to be said of each open case; the clock comes once a minute and says it, once
//! for each case, mark and term. While the applicant is waited for, nothing is said but to them and to
//! those who do a part of the work. The terms beside the answer's are in `clocks`.

mod clocks;
mod marks;

use base::id::CaseId;
use base::{Actor, Result};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use journal::{DataKey, Follower, NewEntry, Placed};
use people::People;
use serde::Deserialize;
use store::{Db, Lease, Tx};

pub use marks::{Mark, Marks};

pub(crate) use clocks::next_for_task;
use clocks::{Clock, Running, Said};

use crate::model::{CaseRow, PartState, State};
use crate::{Cases, KIND, sql};

/// Cases that are looked at in one go.
const BATCH: i64 = 100;
/// Goes in one coming of the clock: what is left waits for the next minute.
const MOST_GOES: usize = 50;
/// Only one node comes; a lost one's lease runs out.
const LEASE: &str = "cases.watch";
const LEASE_SECONDS: u32 = 120;

/// Entries that begin, move and end no term: the day on which something is next to be said of their
/// case stays. After any other name, and so after a new one, the case is looked at.
const NO_TERM: &[&str] = &[
    "case.answer_agreed",
    "case.answer_drafted",
    "case.answer_printed",
    "case.noted",
    "case.original_opened",
    "case.rated",
    "case.rating_replied",
    "case.sent_for_agreement",
];

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
        let outcome = match self.say_all(marks, &holder).await {
            Ok(said) => self.watch_tasks().await.map(|tasks| said + tasks),
            Err(error) => Err(error),
        };
        store
            .housekeeping(move |tx| Lease::release(tx, LEASE, &holder))
            .await?;
        outcome
    }

    /// Which of the cases of a list heads were told about in the term that they have now. Lists
    /// ask for those that are open: of others it is not told.
    pub(crate) async fn escalated(&self, cases: Vec<CaseId>) -> Result<Vec<CaseId>> {
        if cases.is_empty() {
            return Ok(Vec::new());
        }
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
            .read(move |db| {
                let terms = all.terms(db, case)?;
                Ok(!all.pending(db, case, &terms, today)?.is_empty())
            })
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
                    let terms = all.terms(tx, case)?;
                    let pending = all.pending(tx, case, &terms, today)?;
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
                let next = watched.terms(tx, case)?.next_day(&watched.marks, today);
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
        sql::insert_clock_mark(tx, row.id, &said.clock.code(), said.left, said.due_on)?;
        let mut fields = vec![(said.clock.field(), said.due_on.to_string())];
        if said.clock == Clock::WorkStart {
            // What its own heads let pass is for the heads above them.
            let level = usize::from(said.is_passed());
            fields.push(("to_unit", responsible(tx, row, level)?));
        }
        if let Clock::Part(id) = said.clock {
            let parts = sql::parts(tx, row.id)?;
            let unit = parts.iter().find(|part| part.id == id);
            let named = unit.map(|part| People::unit_names(tx, part.unit));
            let code = named.transpose()?.flatten().map(|(code, ..)| code);
            fields.push(("part", id.to_string()));
            fields.push(("part_unit", code.unwrap_or_default()));
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

/// The terms that run in a case.
#[derive(Default)]
struct Terms {
    /// The first day and the last of the answer's term; none while nothing is to be said of it.
    answer: Option<(Date, Date)>,
    /// Those beside it.
    clocks: Vec<Running>,
}

impl Terms {
    /// The next day after today on which something is to be said.
    fn next_day(self, marks: &Marks, today: Date) -> Option<Date> {
        let answer = (self.answer)
            .and_then(|(starts_on, due_on)| marks.next_after(starts_on, due_on, today));
        let clocks = self.clocks.into_iter();
        let clocks = clocks.filter_map(|clock| clock.next_after(today));
        clocks.chain(answer).min()
    }
}

/// The answer's term of a case that runs.
fn answer_term(db: &mut Db<'_>, row: &CaseRow) -> Result<Option<(Date, Date)>> {
    let Some(due_on) = row.due_on.filter(|_| row.state != State::Waiting) else {
        return Ok(None);
    };
    let kept = sql::term_of(db, row.id)?;
    let starts_on = kept.and_then(|json| first_day(&json));
    Ok(Some((starts_on.unwrap_or(row.registered_on), due_on)))
}

/// The first day of a term as a case keeps it: all of the explanation around it is passed over.
fn first_day(kept: &str) -> Option<Date> {
    #[derive(Deserialize)]
    struct Kept {
        due: Due,
    }
    #[derive(Deserialize)]
    struct Due {
        starts_on: Date,
    }
    let kept: Kept = serde_json::from_str(kept).ok()?;
    Some(kept.due.starts_on)
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
    fn terms(&self, db: &mut Db<'_>, case: CaseId) -> Result<Terms> {
        let Some(row) = sql::case_by_id(db, case)? else {
            return Ok(Terms::default());
        };
        // Clocks that were carried over wake only on an administrator's command.
        if !row.state.is_open() || row.is_carried_over() {
            return Ok(Terms::default());
        }
        Ok(Terms {
            answer: answer_term(db, &row)?,
            clocks: self.running(db, &row)?,
        })
    }

    fn pending(
        &self,
        db: &mut Db<'_>,
        case: CaseId,
        terms: &Terms,
        today: Date,
    ) -> Result<Vec<Saying>> {
        let mut found = Vec::new();
        if let Some((starts_on, due_on)) = terms.answer {
            let marks = self.marks.on(starts_on, due_on, today);
            if !marks.is_empty() {
                let made = sql::marks(db, case, due_on)?;
                let is_made = |mark: &Mark| made.contains(&(mark.kind().to_owned(), mark.number()));
                let fresh = marks.into_iter().filter(|mark| !is_made(mark));
                found.extend(fresh.map(Saying::Answer));
            }
        }
        for said in terms.clocks.iter().filter_map(|clock| clock.on(today)) {
            let made = sql::clock_marks(db, case, &said.clock.code(), said.due_on)?;
            if !made.contains(&said.left) {
                found.push(Saying::Clock(said));
            }
        }
        Ok(found)
    }

    /// The clocks that run in a case beside the answer's.
    fn running(&self, db: &mut Db<'_>, row: &CaseRow) -> Result<Vec<Running>> {
        let mut found = Vec::new();
        if row.state == State::Waiting {
            let waits = sql::waits(db, row.id)?;
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
        let parts = sql::parts(db, row.id)?.into_iter();
        let parts = parts.filter(|part| part.state == PartState::Open);
        found.extend(parts.filter_map(|part| {
            Some(Running {
                clock: Clock::Part(part.id),
                since: part.asked_at.date(&self.zone),
                due_on: part.due_on?,
            })
        }));
        // A plan is the specialist's own: without one there is nobody to remind.
        let works = row.state != State::Waiting && row.answered_at.is_none();
        if let Some(due_on) = row.clocks.planned_on.filter(|_| works)
            && row.assignee.is_some()
        {
            found.push(Running {
                clock: Clock::Plan,
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
        let moves_a_term =
            |entry: &&Placed| entry.kind == KIND && !NO_TERM.contains(&entry.action.as_str());
        for entry in entries.iter().filter(moves_a_term) {
            let case = CaseId(entry.entity);
            if !seen.insert(case) {
                continue;
            }
            let terms = watched.terms(tx, case)?;
            let next = if watched.pending(tx, case, &terms, today)?.is_empty() {
                terms.next_day(&watched.marks, today)
            } else {
                Some(today)
            };
            sql::set_watch(tx, case, next)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz;
    use law::AgencyHours;

    use super::*;
    use crate::pages::ACTIONS;
    use crate::states::TRANSITIONS;

    /// Entries after which the terms of a case are looked at.
    const LOOKED_AT: &[&str] = &[
        "case.answer_posted",
        "case.answer_ready",
        "case.answer_recalled",
        "case.answer_returned",
        "case.answered",
        "case.applicant_wrote",
        "case.assigned",
        "case.caller_heard",
        "case.cancelled",
        "case.carried_over",
        "case.check_started",
        "case.closed",
        "case.code_renewed",
        "case.corrected",
        "case.decision_proposed",
        "case.delay_explained",
        "case.document_added",
        "case.document_checked",
        "case.document_faulty",
        "case.document_sent",
        "case.documents_reminded",
        "case.documents_requested",
        "case.escalated",
        "case.extended",
        "case.filed",
        "case.forwarded",
        "case.interim_answered",
        "case.left_to_people",
        "case.objected",
        "case.overdue",
        "case.part_added",
        "case.part_done",
        "case.part_overdue",
        "case.part_reminded",
        "case.part_withdrawn",
        "case.party_added",
        "case.party_agreed",
        "case.party_declined",
        "case.party_removed",
        "case.plan_overdue",
        "case.plan_reminded",
        "case.planned",
        "case.prioritised",
        "case.problem_closed",
        "case.problem_joined",
        "case.problem_left",
        "case.recategorised",
        "case.redirected",
        "case.released",
        "case.reminded",
        "case.reopened",
        "case.resumed",
        "case.review_asked",
        "case.scan_added",
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

    #[test]
    fn of_every_entry_somebody_has_said_whether_it_may_move_a_term() {
        for action in ACTIONS {
            let (passed_over, looked_at) = (NO_TERM.contains(&action), LOOKED_AT.contains(&action));
            assert!(passed_over != looked_at, "{action} stands in one of both");
        }
        for action in NO_TERM.iter().chain(LOOKED_AT) {
            assert!(ACTIONS.contains(action), "{action} is no entry of a case");
        }
    }

    /// What the watch reads of a state: whether terms run, and whether the applicant is waited for.
    fn runs(state: State) -> (bool, bool) {
        (state.is_open(), state == State::Waiting)
    }

    #[test]
    fn what_is_passed_over_moves_no_case_to_where_other_terms_run() {
        let passed_over = |action: &&str| NO_TERM.contains(action);
        for line in TRANSITIONS {
            if line.action.entries().iter().any(passed_over) {
                assert_eq!(runs(line.from), runs(line.to), "{line:?}");
                // The first day in work ends the term by which the work begins.
                let begins = line.from != line.to && line.to == State::InWork;
                assert!(!begins, "{line:?}");
            }
        }
    }

    #[test]
    fn the_first_day_is_read_out_of_a_term_as_it_is_kept() {
        let hours = AgencyHours::usual(TimeZone::fixed(tz::offset(3)));
        // Friday 21.11.2025, 20:00 in Moscow.
        let received = base::Moment::from_micros(1_763_744_400_000_000);
        let (_, term) = crate::term::term("fz59", "answer", &hours, received).unwrap();
        let kept = serde_json::to_string(&term).unwrap();
        assert_eq!(first_day(&kept), Some(term.due.starts_on));
        assert_eq!(first_day("{}"), None);
    }
}
