//! Problems: cases about one cause are joined, may leave with a reason, and are all told when it is
//! solved. What is said in public is written by staff; how many cases there are is counted.

use base::{Actor, Error, Number, Result};
use people::{Permission, Subject};
use store::Tx;

use super::{LEAST, PROBLEM, TEXT_MOST, TITLE_MOST, for_everybody, still_open};
use crate::model::{CaseRow, NewProblem, ProblemRow, ProblemState, TaskState};
use crate::work::{Told, both, checked, checked_line};
use crate::{Cases, sql};

/// The most cases that one step joins.
pub(crate) const JOINED_MOST: usize = 100;

impl Cases {
    /// A head joins cases about one cause into a problem; answers its number. Subject, territory and
    /// unit are those of the first case.
    pub async fn open_problem(&self, actor: &Actor, new: NewProblem) -> Result<i64> {
        let words = both(
            checked_line("title", &new.title, LEAST, TITLE_MOST)
                .and_then(|title| for_everybody("title", title)),
            checked("about", &new.about, LEAST, TEXT_MOST)
                .and_then(|about| for_everybody("about", about)),
        );
        let place = checked_line("place", &new.place, 0, TITLE_MOST)
            .and_then(|place| for_everybody("place", place));
        let ((title, about), place) = both(words, place)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        let numbers = bounded(&new.cases)?;
        let this = self.clone();
        self.journal()
            .store()
            .change(actor, move |tx| {
                let first = numbers
                    .first()
                    .ok_or(Error::field("case", "desk-several-none"))?;
                let first = Self::row(tx, *first)?;
                people::require(
                    tx.actor(),
                    Permission::AssignCase,
                    &Subject::in_unit(first.unit),
                )?;
                let number = tx.next_in_sequence("problem")?;
                let id = base::id::new_uuid(tx.now());
                let key = this.journal().keys().create(tx, PROBLEM, id)?;
                let mut problem = ProblemRow {
                    id,
                    number,
                    title: title.clone(),
                    about: about.clone(),
                    place: place.clone(),
                    category: first.category,
                    territory: first.territory,
                    unit: first.unit,
                    state: ProblemState::Open,
                    cases: 0,
                    opened_at: tx.now(),
                    closed_at: None,
                    closing: String::new(),
                    data_key: key.id(),
                };
                // The row first: its cases name it.
                sql::put_problem(tx, &problem)?;
                let rows = joinable(tx, &numbers)?;
                for row in &rows {
                    sql::join_problem(tx, id, row.id, by)?;
                }
                problem.cases = i64::try_from(rows.len()).map_err(Error::internal)?;
                sql::put_problem(tx, &problem)?;
                let name = this.named_in_public(tx)?;
                let entry = Told::new("problem.opened")
                    .with("problem", number.to_string())
                    .with("title", &problem.title)
                    .with("cases", problem.cases.to_string())
                    .with("by", &name);
                this.record_works(tx, PROBLEM, id, key, entry, true)?;
                this.tell_joined(tx, &problem, &rows, &name)?;
                Ok(number)
            })
            .await
    }

    /// Cases come to a problem that is worked on.
    pub async fn join_problem(
        &self,
        actor: &Actor,
        problem: i64,
        numbers: &[Number],
    ) -> Result<()> {
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        let numbers = bounded(numbers)?;
        let this = self.clone();
        self.journal()
            .store()
            .change(actor, move |tx| {
                let mut problem = Self::problem_in_hand(tx, problem)?;
                let rows = joinable(tx, &numbers)?;
                let more = i64::try_from(rows.len()).map_err(Error::internal)?;
                if problem.cases + more > sql::MOST_CASES {
                    return Err(Error::Conflict("problem-error-many"));
                }
                for row in &rows {
                    sql::join_problem(tx, problem.id, row.id, by)?;
                }
                problem.cases += more;
                sql::put_problem(tx, &problem)?;
                let name = this.named_in_public(tx)?;
                let entry = Told::new("problem.joined")
                    .with("cases", problem.cases.to_string())
                    .with("by", &name);
                this.record_problem(tx, &problem, entry)?;
                this.tell_joined(tx, &problem, &rows, &name)
            })
            .await
    }

    /// A case leaves a problem: it is about something else.
    pub async fn leave_problem(
        &self,
        actor: &Actor,
        problem: i64,
        number: Number,
        reason: &str,
    ) -> Result<()> {
        let reason = checked("reason", reason, LEAST, TEXT_MOST)?;
        let this = self.clone();
        self.journal()
            .store()
            .change(actor, move |tx| {
                let mut problem = Self::problem_in_hand(tx, problem)?;
                let row = Self::locked(tx, number)?;
                if !sql::leave_problem(tx, problem.id, row.id)? {
                    return Err(Error::NotFound);
                }
                problem.cases -= 1;
                sql::put_problem(tx, &problem)?;
                let name = this.named_in_public(tx)?;
                let entry = Told::new("problem.left")
                    .with("cases", problem.cases.to_string())
                    .with("by", &name);
                this.record_problem(tx, &problem, entry)?;
                let told = Told::new("case.problem_left")
                    .with("problem", problem.number.to_string())
                    .with("works", &problem.title)
                    .with("reason", &reason)
                    .with("by", &name);
                this.tell_case(tx, row.id, &told)
            })
            .await
    }

    /// A head closes a problem: its tasks are over, and one of them at least is confirmed with its
    /// proof, or no case is about it any more. Everybody whose case is about it is told.
    pub async fn close_problem(&self, actor: &Actor, problem: i64, closing: &str) -> Result<()> {
        let closing = for_everybody("closing", checked("closing", closing, LEAST, TEXT_MOST)?)?;
        let this = self.clone();
        self.journal()
            .store()
            .change(actor, move |tx| {
                let mut problem = Self::problem_in_hand(tx, problem)?;
                let tasks = sql::tasks_of_problem(tx, problem.id)?;
                let solved = tasks.iter().any(|task| task.state == TaskState::Confirmed);
                let done = solved || problem.cases == 0;
                if !done || tasks.iter().any(|task| task.state.is_open()) {
                    return Err(Error::Conflict("problem-error-not-done"));
                }
                problem.state = ProblemState::Closed;
                problem.closed_at = Some(tx.now());
                problem.closing.clone_from(&closing);
                sql::put_problem(tx, &problem)?;
                let name = this.named_in_public(tx)?;
                let entry = Told::new("problem.closed").with("by", &name);
                this.record_problem(tx, &problem, entry)?;
                let told = Told::new("case.problem_closed")
                    .with("problem", problem.number.to_string())
                    .with("works", &problem.title)
                    .with("by", &name);
                for case in sql::cases_of_problem(tx, problem.id)? {
                    this.tell_case(tx, case, &told)?;
                }
                Ok(())
            })
            .await
    }

    /// The numbers of the cases of a problem that its reader may open.
    pub async fn cases_of_problem(&self, actor: &Actor, problem: i64) -> Result<Vec<Number>> {
        people::require_somewhere(actor, Permission::ReadUnitCases)?;
        let reader = actor.clone();
        self.journal()
            .store()
            .read(move |db| {
                let problem = sql::problem(db, problem)?.ok_or(Error::NotFound)?;
                let numbers = sql::numbers_of_problem(db, problem.id)?.into_iter();
                let reads = |unit| {
                    people::allows(&reader, Permission::ReadUnitCases, &Subject::in_unit(unit))
                };
                let open = numbers.filter(|(_, unit)| reads(*unit));
                Ok(open.map(|(number, _)| number).collect())
            })
            .await
    }

    /// A problem that the actor answers for and that is worked on, locked.
    fn problem_in_hand(tx: &mut Tx<'_>, number: i64) -> Result<ProblemRow> {
        let problem = Self::problem_locked(tx, number)?;
        let subject = Subject::in_unit(problem.unit);
        people::require(tx.actor(), Permission::AssignCase, &subject)?;
        still_open(&problem)?;
        Ok(problem)
    }

    fn record_problem(&self, tx: &mut Tx<'_>, problem: &ProblemRow, entry: Told) -> Result<()> {
        let key = self.journal().keys().load(tx, problem.data_key)?;
        self.record_works(tx, PROBLEM, problem.id, key, entry, false)
    }

    fn tell_joined(
        &self,
        tx: &mut Tx<'_>,
        problem: &ProblemRow,
        rows: &[CaseRow],
        name: &str,
    ) -> Result<()> {
        let told = Told::new("case.problem_joined")
            .with("problem", problem.number.to_string())
            .with("works", &problem.title)
            .with("by", name);
        for row in rows {
            self.tell_case(tx, row.id, &told)?;
        }
        Ok(())
    }
}

/// Different numbers, so many as one step takes.
fn bounded(numbers: &[Number]) -> Result<Vec<Number>> {
    let mut numbers = numbers.to_vec();
    let mut seen = std::collections::HashSet::new();
    numbers.retain(|number| seen.insert(*number));
    match numbers.len() {
        0 => Err(Error::field("case", "desk-several-none")),
        n if n > JOINED_MOST => Err(Error::field("case", "desk-several-too-many")),
        _ => Ok(numbers),
    }
}

/// The cases that can be joined, locked: the actor gives out their work, they are about no problem
/// yet, and nobody took them back. Locked in the order of their keys, as everybody locks several.
fn joinable(tx: &mut Tx<'_>, numbers: &[Number]) -> Result<Vec<CaseRow>> {
    let mut rows = Vec::new();
    for number in numbers {
        rows.push(Cases::row(tx, *number)?);
    }
    rows.sort_unstable_by_key(|row| row.id);
    let mut locked = Vec::new();
    for row in rows {
        let row = Cases::locked(tx, row.number)?;
        let subject = Subject::in_unit(row.unit);
        people::require(tx.actor(), Permission::AssignCase, &subject)?;
        if row.state.has_no_answer() && !row.state.is_open() {
            return Err(Error::Conflict("case-error-state"));
        }
        if sql::problem_of_case(tx, row.id)?.is_some() {
            return Err(Error::Conflict("problem-error-joined"));
        }
        locked.push(row);
    }
    Ok(locked)
}
