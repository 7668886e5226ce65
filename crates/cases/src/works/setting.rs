//! Setting a task: by a head, of a problem, of a case that was decided for the applicant, of a rating
//! with a comment, or of what an answer promised; and who has it.

use base::id::{AccountId, UnitId};
use base::{Actor, Error, Number, Result};
use people::{People, Permission, Subject};
use store::Tx;

use super::clock::speaks_on;
use super::{
    Hand, LEAST, Left, TASK, TEXT_MOST, TITLE_MOST, TaskAction, for_everybody, still_open,
};
use crate::course::{self, RatingBody};
use crate::model::{AnswerState, CaseRow, NewTask, Outcome, TaskRow, TaskSource, TaskState};
use crate::work::{Told, both, checked, checked_line};
use crate::{Cases, sql};

/// The words of a task: in a few words, and what is to be done.
pub(crate) fn task_words(title: &str, todo: &str) -> Result<(String, String)> {
    both(
        checked_line("title", title, LEAST, TITLE_MOST)
            .and_then(|title| for_everybody("title", title)),
        checked("todo", todo, LEAST, TEXT_MOST).and_then(|todo| for_everybody("todo", todo)),
    )
}

impl Cases {
    /// A head sets a task; answers its number. Its words are for everybody to read.
    pub async fn set_task(&self, actor: &Actor, new: NewTask) -> Result<i64> {
        let (title, todo) = task_words(&new.title, &new.todo)?;
        people::require_somewhere(actor, Permission::AssignCase)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        let units = self.people().units().await?;
        let unit = units
            .unit(new.unit)
            .filter(|unit| unit.active)
            .ok_or_else(|| Error::field("unit", "case-error-no-unit"))?
            .code
            .clone();
        self.works_there(actor, new.unit, new.owner).await?;
        let this = self.clone();
        self.journal()
            .store()
            .change(actor, move |tx| {
                let today = tx.now().date(this.hours().zone());
                if new.due_on < today {
                    return Err(Error::field("due_on", "case-error-past-day"));
                }
                let (problem, case) = this.source_of(tx, &new)?;
                let number = tx.next_in_sequence("task")?;
                let id = base::id::new_uuid(tx.now());
                let key = this.journal().keys().create(tx, TASK, id)?;
                let state = match new.owner {
                    Some(_) => TaskState::Taken,
                    None => TaskState::Set,
                };
                let hand = Hand {
                    cases: &this,
                    name: this.named_in_public(tx)?,
                    task: TaskRow {
                        id,
                        number,
                        source: new.source,
                        problem,
                        case,
                        title: title.clone(),
                        todo: todo.clone(),
                        unit: new.unit,
                        owner: new.owner,
                        set_by: by,
                        set_at: tx.now(),
                        due_on: new.due_on,
                        state,
                        begun_on: None,
                        done_on: None,
                        done_by: None,
                        said: String::new(),
                        ended_at: None,
                        speak_on: speaks_on(new.due_on, today),
                        data_key: key.id(),
                    },
                    key,
                };
                sql::put_task(tx, &hand.task)?;
                let entry = Told::new("task.set")
                    .with("task", number.to_string())
                    .with("works", &hand.task.title)
                    .with("source", new.source.code())
                    .with("unit", &unit)
                    .with("task_due_on", new.due_on.to_string())
                    .with("state", state.code())
                    .with("by", &hand.name);
                this.record_task(tx, &hand, entry, true)?;
                let told = hand
                    .told("case.task_set")
                    .with("task_due_on", new.due_on.to_string());
                this.tell_cases(tx, &hand.task, &told)?;
                Ok(number)
            })
            .await
    }

    /// Refuses an owner who does not work in the unit of a task.
    async fn works_there(
        &self,
        actor: &Actor,
        unit: UnitId,
        owner: Option<AccountId>,
    ) -> Result<()> {
        let Some(owner) = owner else {
            return Ok(());
        };
        let units = self.people().units().await?;
        let staff = self.people().staff(actor).await?;
        let fits = staff
            .iter()
            .any(|member| member.account == owner && units.within(member.unit).contains(&unit));
        if fits {
            Ok(())
        } else {
            Err(Error::field("account", "case-error-not-of-that-unit"))
        }
    }

    /// What a task comes of, when it may.
    fn source_of(
        &self,
        tx: &mut Tx<'_>,
        new: &NewTask,
    ) -> Result<(Option<uuid::Uuid>, Option<base::id::CaseId>)> {
        if new.source == TaskSource::Problem {
            let number = new.problem.ok_or_else(|| required("problem"))?;
            let problem = Self::problem_locked(tx, number)?;
            let subject = Subject::in_unit(problem.unit);
            people::require(tx.actor(), Permission::AssignCase, &subject)?;
            still_open(&problem)?;
            let known = sql::tasks_of_problem(tx, problem.id)?.len();
            few(known)?;
            return Ok((Some(problem.id), None));
        }
        let number: Number = new.case.ok_or_else(|| required("case"))?;
        let case = Self::locked(tx, number)?;
        let subject = Subject::in_unit(case.unit);
        people::require(tx.actor(), Permission::AssignCase, &subject)?;
        if !self.bears(tx, &case, new.source)? {
            return Err(Error::Conflict("task-error-source"));
        }
        let known = sql::tasks_of_case(tx, case.id)?.len();
        few(known)?;
        Ok((None, Some(case.id)))
    }

    /// Whether a task of this source can come of a case.
    fn bears(&self, tx: &mut Tx<'_>, case: &CaseRow, source: TaskSource) -> Result<bool> {
        let key = self.journal().keys().load(tx, case.data_key)?;
        match source {
            TaskSource::Problem => Ok(false),
            TaskSource::Proposal => Ok(is_accepted(case)),
            TaskSource::Review => match sql::rating(tx, case.id)? {
                Some(row) => {
                    let body: RatingBody =
                        course::open(&key, case.id, "rating", case.id.0, &row.body)?;
                    Ok(!body.comment.is_empty())
                }
                None => Ok(false),
            },
            TaskSource::Promise => {
                for row in sql::answers(tx, case.id, 200)? {
                    if row.state == AnswerState::Delivered {
                        let answer = crate::answers::answer(&key, case.id, &row, None)?;
                        if !answer.parts.promises.is_empty() {
                            return Ok(true);
                        }
                    }
                }
                Ok(false)
            }
        }
    }

    /// A specialist takes a task that nobody has.
    pub async fn take_task(&self, actor: &Actor, number: i64) -> Result<()> {
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        self.with_task(actor, number, TaskAction::Take, move |_, hand| {
            if hand.task.owner.is_some() {
                return Err(Error::Conflict("task-error-taken"));
            }
            hand.task.owner = Some(by);
            Ok(Left::inner(Told::new("task.taken")))
        })
        .await
    }

    /// A head gives a task to somebody of its unit.
    pub async fn give_task(&self, actor: &Actor, number: i64, to: AccountId) -> Result<()> {
        let task = self.task_row(number).await?;
        people::require(
            actor,
            TaskAction::Give.permission(),
            &Subject::in_unit(task.unit),
        )?;
        self.works_there(actor, task.unit, Some(to)).await?;
        self.with_task(actor, number, TaskAction::Give, move |tx, hand| {
            hand.task.owner = Some(to);
            let name = match People::person_of(tx, to)? {
                Some(person) => People::name_of(tx, hand.cases.journal(), person)?.short(),
                None => String::new(),
            };
            Ok(Left::inner(
                Told::new("task.given").with("specialist", name),
            ))
        })
        .await
    }
}

/// Whether a case was decided for the applicant: what was proposed or asked for is accepted.
pub(crate) fn is_accepted(case: &CaseRow) -> bool {
    let decided = matches!(case.outcome, Some(Outcome::Satisfied | Outcome::Partly));
    decided && case.answered_at.is_some()
}

fn required(field: &'static str) -> Error {
    Error::field(field, "error-required")
}

fn few(known: usize) -> Result<()> {
    if i64::try_from(known).is_ok_and(|known| known < sql::MOST_TASKS) {
        Ok(())
    } else {
        Err(Error::Conflict("task-error-many"))
    }
}
