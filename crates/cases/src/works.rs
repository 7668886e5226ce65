//! Works on the ground: what appeals, proposals and reviews come to. A problem joins cases about one
//! cause; a task gives a unit something to do by a day; its stages say how far the works are. Each
//! is an entity of its own with entries of its own. Whatever concerns those who filed is an entry of
//! each of their cases too, in the same change: so their pages, their notices and their proofs tell it.

mod clock;
mod disputing;
mod ending;
mod keeping;
mod moves;
mod problems;
mod setting;
mod showing;

use base::id::{CaseId, UnitId};
use base::{Actor, Error, Result};
use journal::{DataKey, NewEntry};
use people::{People, Permission, Subject};
use store::Tx;
use uuid::Uuid;

use crate::model::{ProblemRow, ProblemState, TaskRow};
use crate::work::Told;
use crate::{Cases, KIND, sql};

pub(crate) use disputing::DisputeBody;
pub use disputing::ToldTask;
pub(crate) use ending::said_words;
pub(crate) use keeping::{KINDS, document_context, stage_title};
pub(crate) use problems::JOINED_MOST;
pub(crate) use setting::{is_accepted, task_words};

pub use moves::{MOVES, Move, TaskAction, move_of};

/// Kind of a task in the journal.
pub const TASK: &str = "task";
/// Kind of a problem in the journal.
pub const PROBLEM: &str = "problem";

/// The longest title, in characters.
pub(crate) const TITLE_MOST: usize = 200;
/// The longest text of a task or a problem, in characters.
pub(crate) const TEXT_MOST: usize = 4_000;
/// The shortest of either.
const LEAST: usize = 5;

/// Words that everybody is to read, once no e-mail address and no telephone stands in them: what has
/// been published cannot be taken back.
fn for_everybody(field: &'static str, words: String) -> Result<String> {
    if crate::personal::has_contacts(&words) {
        return Err(Error::field(field, "works-error-contacts"));
    }
    Ok(words)
}

/// A task in the hands of somebody who may do this to it now.
struct Hand<'a> {
    cases: &'a Cases,
    task: TaskRow,
    key: DataKey,
    /// The one who acts, as they are called in public.
    name: String,
}

/// What a deed leaves: its entry, and what those who filed are told of it, when they are.
struct Left {
    entry: Told,
    told: Option<Told>,
}

impl Left {
    /// For colleagues alone.
    fn inner(entry: Told) -> Self {
        Self { entry, told: None }
    }
}

impl Hand<'_> {
    /// An entry of those who filed, naming the task.
    fn told(&self, action: &'static str) -> Told {
        Told::new(action)
            .with("task", self.task.number.to_string())
            .with("works", &self.task.title)
            .with("by", &self.name)
    }
}

impl Cases {
    /// One deed with a task: lock, ask the table of moves, do, record, tell.
    async fn with_task(
        &self,
        actor: &Actor,
        number: i64,
        action: TaskAction,
        deed: impl Fn(&mut Tx<'_>, &mut Hand<'_>) -> Result<Left> + Send + 'static,
    ) -> Result<()> {
        let this = self.clone();
        self.journal()
            .store()
            .change(actor, move |tx| {
                let task = Self::task_locked(tx, number)?;
                let to = Self::permit_task(tx, &task, action)?;
                let mut hand = Hand {
                    cases: &this,
                    key: this.journal().keys().load(tx, task.data_key)?,
                    name: this.named_in_public(tx)?,
                    task,
                };
                hand.task.state = to;
                let left = deed(tx, &mut hand)?;
                hand.task.ended_at = (!hand.task.state.is_open()).then_some(tx.now());
                sql::put_task(tx, &hand.task)?;
                let entry = left
                    .entry
                    .with("state", hand.task.state.code())
                    .with("by", &hand.name);
                this.record_task(tx, &hand, entry, false)?;
                match left.told {
                    Some(told) => this.tell_cases(tx, &hand.task, &told),
                    None => Ok(()),
                }
            })
            .await
    }

    /// A task, locked until the change ends.
    fn task_locked(tx: &mut Tx<'_>, number: i64) -> Result<TaskRow> {
        let task = sql::task(tx, number)?.ok_or(Error::NotFound)?;
        tx.lock(TASK, task.id)?;
        sql::task(tx, number)?.ok_or(Error::NotFound)
    }

    /// Whether the actor may do this to a task now, and where it leads. Permission comes before state.
    fn permit_task(
        tx: &mut Tx<'_>,
        task: &TaskRow,
        action: TaskAction,
    ) -> Result<crate::model::TaskState> {
        let subject = Subject::in_unit(task.unit);
        people::require(tx.actor(), action.permission(), &subject)?;
        let line = move_of(task.state, action).ok_or(Error::Conflict("task-error-state"))?;
        if !Self::has_task(tx.actor(), task, action) {
            return Err(Error::Conflict(if task.owner.is_none() {
                "task-error-take-first"
            } else {
                "task-error-anothers"
            }));
        }
        if action == TaskAction::Confirm {
            if task.done_by == tx.actor().account() {
                return Err(Error::Conflict("task-error-own"));
            }
            if sql::is_disputed(tx, task.id, None)? {
                return Err(Error::Conflict("task-error-disputed"));
            }
        }
        Ok(line.to)
    }

    /// Whether a task is theirs, where that is asked: whoever gives out work may do it too.
    fn has_task(actor: &Actor, task: &TaskRow, action: TaskAction) -> bool {
        !action.is_the_owners()
            || (task.owner.is_some() && task.owner == actor.account())
            || Self::gives_out(actor, task.unit)
    }

    fn gives_out(actor: &Actor, unit: UnitId) -> bool {
        people::allows(actor, Permission::AssignCase, &Subject::in_unit(unit))
    }

    /// How the one who acts is called before those who filed.
    fn named_in_public(&self, tx: &mut Tx<'_>) -> Result<String> {
        match tx.actor().person() {
            Some(person) => Ok(People::name_of(tx, self.journal(), person)?.short()),
            None => Ok(String::new()),
        }
    }

    fn record_task(
        &self,
        tx: &mut Tx<'_>,
        hand: &Hand<'_>,
        entry: Told,
        first: bool,
    ) -> Result<()> {
        self.record_works(tx, TASK, hand.task.id, hand.key.clone(), entry, first)
    }

    fn record_works(
        &self,
        tx: &mut Tx<'_>,
        kind: &'static str,
        id: Uuid,
        key: DataKey,
        entry: Told,
        first: bool,
    ) -> Result<()> {
        let entry = NewEntry {
            action: entry.action,
            kind,
            id,
            fields: entry.fields,
            occurred_at: None,
            key,
            first,
        };
        self.journal().record(tx, entry).map(|_| ())
    }

    /// Writes the same entry into each case that a task concerns: the one that it came of, or all of
    /// its problem.
    fn tell_cases(&self, tx: &mut Tx<'_>, task: &TaskRow, told: &Told) -> Result<()> {
        for case in Self::cases_of_task(tx, task)? {
            self.tell_case(tx, case, told)?;
        }
        Ok(())
    }

    fn cases_of_task(tx: &mut Tx<'_>, task: &TaskRow) -> Result<Vec<CaseId>> {
        match (task.case, task.problem) {
            (Some(case), _) => Ok(vec![case]),
            (None, Some(problem)) => sql::cases_of_problem(tx, problem),
            (None, None) => Ok(Vec::new()),
        }
    }

    /// Writes an entry into one case; nothing when the case was erased.
    fn tell_case(&self, tx: &mut Tx<'_>, case: CaseId, told: &Told) -> Result<()> {
        tx.lock(KIND, case.0)?;
        let Some(row) = sql::case_by_id(tx, case)? else {
            return Ok(());
        };
        match self.journal().keys().load(tx, row.data_key) {
            Ok(key) => self.tell(tx, &row, row.state, key, told.clone()),
            Err(Error::NotFound) => Ok(()),
            Err(other) => Err(other),
        }
    }

    /// A problem that is worked on, locked until the change ends.
    fn problem_locked(tx: &mut Tx<'_>, number: i64) -> Result<ProblemRow> {
        let problem = sql::problem(tx, number)?.ok_or(Error::NotFound)?;
        tx.lock(PROBLEM, problem.id)?;
        sql::problem(tx, number)?.ok_or(Error::NotFound)
    }
}

/// Refuses what is done to a problem that is solved.
fn still_open(problem: &ProblemRow) -> Result<()> {
    match problem.state {
        ProblemState::Open => Ok(()),
        ProblemState::Closed => Err(Error::Conflict("problem-error-closed")),
    }
}
