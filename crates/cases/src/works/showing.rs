//! What is read of works: lists for those who work, a task with everything, and what everybody sees.

use std::collections::HashMap;

use base::id::CaseId;
use base::{Actor, Cursor, Error, Moment, Page, Result};
use jiff::civil::Date;
use people::{Permission, Subject};
use store::Db;
use uuid::Uuid;

use super::disputing::DisputeBody;
use super::{MOVES, TaskAction, move_of};
use crate::model::{
    Dispute, ProblemFilter, ProblemPage, ProblemRow, Stage, TaskCard, TaskRow, TaskState,
    TasksView, Works, WorksDocument, WorksOfCase,
};
use crate::reading::limit_of;
use crate::sql::OpenTasks;
use crate::{Cases, course, sql};

impl Cases {
    pub(super) async fn task_row(&self, number: i64) -> Result<TaskRow> {
        let store = self.journal().store();
        let found = store.read(move |db| sql::task(db, number)).await?;
        found.ok_or(Error::NotFound)
    }

    /// A part of the tasks of the reader or of their units.
    pub async fn tasks(
        &self,
        actor: &Actor,
        view: TasksView,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<TaskRow>> {
        let units = self.units_of(actor, None).await?;
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let limit = limit_of(limit);
        let store = self.journal().store();
        if view == TasksView::Ended {
            let before = after
                .map(|after| {
                    let parts = Cursor::read(after, 2).ok_or_else(wrong)?;
                    let moment = Moment::from_micros(number_in(&parts[0])?);
                    Ok::<_, Error>((moment, number_in(&parts[1])?))
                })
                .transpose()?;
            let rows = store
                .read(move |db| sql::tasks_ended(db, &units, before.as_ref(), limit + 1))
                .await?;
            return Ok(Page::of(rows, limit, |row: &TaskRow| {
                let ended = row.ended_at.map_or(0, Moment::micros);
                Cursor::of(&[&ended.to_string(), &row.number.to_string()])
            }));
        }
        let after = after.map(day_cursor).transpose()?;
        let which = match view {
            TasksView::ToConfirm => OpenTasks::ToConfirm,
            _ => OpenTasks::All,
        };
        let rows = store
            .read(move |db| match view {
                TasksView::Mine => sql::tasks_of_owner(db, account, after.as_ref(), limit + 1),
                _ => sql::tasks_of_units(db, which, &units, after.as_ref(), limit + 1),
            })
            .await?;
        Ok(by_day(rows, limit))
    }

    /// The tasks of the actor's units whose works are still to be done, what runs out first comes first.
    pub async fn running_tasks(
        &self,
        actor: &Actor,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<TaskRow>> {
        let units = self.units_of(actor, None).await?;
        let limit = limit_of(limit);
        let after = after.map(day_cursor).transpose()?;
        let running = OpenTasks::Running;
        let store = self.journal().store();
        let rows = store
            .read(move |db| sql::tasks_of_units(db, running, &units, after.as_ref(), limit + 1))
            .await?;
        Ok(by_day(rows, limit))
    }

    /// A task before those who work in its unit, or in that of the case or problem that it came of.
    pub async fn task(&self, actor: &Actor, number: i64) -> Result<TaskCard> {
        people::require_somewhere(actor, Permission::ReadUnitCases)?;
        let (this, reader) = (self.clone(), actor.clone());
        let (mut card, told) = self
            .journal()
            .store()
            .read(move |db| {
                let task = sql::task(db, number)?.ok_or(Error::NotFound)?;
                let reads = |unit| {
                    people::allows(&reader, Permission::ReadUnitCases, &Subject::in_unit(unit))
                };
                let case = task
                    .case
                    .map(|case| sql::case_by_id(db, case))
                    .transpose()?;
                let case = case.flatten();
                let problem = task
                    .problem
                    .map(|id| sql::problem_by_id(db, id))
                    .transpose()?;
                let problem = problem.flatten();
                let theirs = reads(task.unit)
                    || case.as_ref().is_some_and(|case| reads(case.unit))
                    || problem.as_ref().is_some_and(|problem| reads(problem.unit));
                if !theirs {
                    return Err(Error::NotFound);
                }
                let mut may = Vec::new();
                for line in MOVES.iter().filter(|line| line.from == task.state) {
                    if may_now(db, &reader, &task, line.action)? {
                        may.push(line.action);
                    }
                }
                // Words of applicants are for those who do the works, not for whoever set them.
                let (disputes, told) = if reads(task.unit) {
                    this.disputes_of(db, &task)?
                } else {
                    (Vec::new(), Vec::new())
                };
                let card = TaskCard {
                    case: case.map(|case| case.number),
                    owner: String::new(),
                    disputes,
                    may,
                    works: works_one(db, task)?,
                };
                Ok((card, told))
            })
            .await?;
        if let Some(account) = actor.account() {
            self.log_readings(account, told).await?;
        }
        if let Some(owner) = card.works.task.owner {
            let named = self.people().named(actor, &[owner]).await?;
            card.owner = named
                .get(&owner)
                .map(|named| named.name.initials())
                .unwrap_or_default();
        }
        Ok(card)
    }

    fn disputes_of(&self, db: &mut Db<'_>, task: &TaskRow) -> Result<(Vec<Dispute>, Vec<CaseId>)> {
        let mut found = Vec::new();
        let mut told = Vec::new();
        for row in sql::disputes(db, task.id)? {
            let Some(case) = sql::case_by_id(db, row.case)? else {
                continue;
            };
            let key = match self.journal().keys().load(db, case.data_key) {
                Ok(key) => key,
                Err(Error::NotFound) => continue,
                Err(other) => return Err(other),
            };
            let body: DisputeBody = course::open(&key, case.id, "dispute", row.id, &row.body)?;
            told.push(case.id);
            found.push(Dispute {
                id: row.id,
                case: case.number,
                text: body.text,
                document: row.document,
                made_at: row.made_at,
                looked_at: row.looked_at,
            });
        }
        told.sort_unstable();
        told.dedup();
        Ok((found, told))
    }

    /// A task as everybody sees it.
    pub async fn works(&self, number: i64) -> Result<Works> {
        self.journal()
            .store()
            .read(move |db| {
                let task = sql::task(db, number)?.ok_or(Error::NotFound)?;
                works_one(db, task)
            })
            .await
    }

    /// A page of problems, the newest first, for everybody.
    pub async fn problems(
        &self,
        filter: ProblemFilter,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<ProblemRow>> {
        let limit = limit_of(limit);
        let wrong = || Error::Malformed("error-cursor");
        let before = after
            .map(|after| {
                let parts = Cursor::read(after, 1).ok_or_else(wrong)?;
                parts[0].parse::<i64>().map_err(|_| wrong())
            })
            .transpose()?;
        let units = match filter.unit {
            Some(unit) => Some(self.people().units().await?.within(unit)),
            None => None,
        };
        let categories = match filter.category {
            Some(category) => {
                let contents = self.catalog().contents().await?;
                Some(contents.categories().within(category))
            }
            None => None,
        };
        let store = self.journal().store();
        let rows = store
            .read(move |db| {
                let (categories, units) = (categories.as_deref(), units.as_deref());
                sql::problems(db, categories, units, filter.state, before, limit + 1)
            })
            .await?;
        Ok(Page::of(rows, limit, |row: &ProblemRow| {
            Cursor::of(&[&row.number.to_string()])
        }))
    }

    /// A problem with its works, as everybody sees it.
    pub async fn problem(&self, number: i64) -> Result<ProblemPage> {
        self.journal()
            .store()
            .read(move |db| {
                let problem = sql::problem(db, number)?.ok_or(Error::NotFound)?;
                let tasks = sql::tasks_of_problem(db, problem.id)?;
                Ok(ProblemPage {
                    works: works(db, tasks)?,
                    problem,
                })
            })
            .await
    }

    /// The works that a case is a part of. What is told of them is told to everybody; which case it
    /// is, and whether its applicant disputes them, is not.
    pub async fn works_of_case(&self, case: CaseId) -> Result<WorksOfCase> {
        self.journal()
            .store()
            .read(move |db| {
                let problem = sql::problem_of_case(db, case)?;
                let mut tasks = sql::tasks_of_case(db, case)?;
                if let Some(problem) = &problem {
                    tasks.extend(sql::tasks_of_problem(db, problem.id)?);
                }
                let mut disputed = Vec::new();
                for task in tasks.iter().filter(|task| task.state == TaskState::Done) {
                    if sql::is_disputed(db, task.id, Some(case))? {
                        disputed.push(task.number);
                    }
                }
                Ok(WorksOfCase {
                    works: works(db, tasks)?,
                    problem,
                    disputed,
                })
            })
            .await
    }
}

fn wrong() -> Error {
    Error::Malformed("error-cursor")
}

fn number_in(text: &str) -> Result<i64> {
    text.parse().map_err(|_| wrong())
}

/// Where a list by the day of a task goes on.
fn day_cursor(after: &str) -> Result<(Date, i64)> {
    let parts = Cursor::read(after, 2).ok_or_else(wrong)?;
    let day = parts[0].parse().map_err(|_| wrong())?;
    Ok((day, number_in(&parts[1])?))
}

fn by_day(rows: Vec<TaskRow>, limit: usize) -> Page<TaskRow> {
    Page::of(rows, limit, |row: &TaskRow| {
        Cursor::of(&[&row.due_on.to_string(), &row.number.to_string()])
    })
}

/// Tasks with their stages and documents, of one problem or case.
fn works(db: &mut Db<'_>, tasks: Vec<TaskRow>) -> Result<Vec<Works>> {
    let ids: Vec<Uuid> = tasks.iter().map(|task| task.id).collect();
    let mut stages: HashMap<Uuid, Vec<Stage>> = HashMap::new();
    for (task, stage) in sql::works_stages(db, &ids)? {
        stages.entry(task).or_default().push(stage);
    }
    let mut documents: HashMap<Uuid, Vec<WorksDocument>> = HashMap::new();
    for (task, row) in sql::works_documents(db, &ids)? {
        documents.entry(task).or_default().push(row.shown);
    }
    // All of them are of one problem, or of none.
    let problem = tasks.iter().find_map(|task| task.problem);
    let problem = problem.map(|id| sql::problem_by_id(db, id)).transpose()?;
    let problem = problem.flatten().map(|problem| problem.number);
    let whole = tasks.into_iter().map(|task| Works {
        problem: problem.filter(|_| task.problem.is_some()),
        stages: stages.remove(&task.id).unwrap_or_default(),
        documents: documents.remove(&task.id).unwrap_or_default(),
        task,
    });
    Ok(whole.collect())
}

/// One task with its stages and documents.
fn works_one(db: &mut Db<'_>, task: TaskRow) -> Result<Works> {
    works(db, vec![task])?.pop().ok_or(Error::NotFound)
}

/// Whether the reader may do this to a task now: what buttons ask.
fn may_now(db: &mut Db<'_>, actor: &Actor, task: &TaskRow, action: TaskAction) -> Result<bool> {
    let permitted = people::allows(actor, action.permission(), &Subject::in_unit(task.unit));
    if !permitted || move_of(task.state, action).is_none() || !Cases::has_task(actor, task, action)
    {
        return Ok(false);
    }
    match action {
        TaskAction::Take => Ok(task.owner.is_none()),
        TaskAction::Confirm => {
            Ok(task.done_by != actor.account() && !sql::is_disputed(db, task.id, None)?)
        }
        TaskAction::Uphold => sql::is_disputed(db, task.id, None),
        _ => Ok(true),
    }
}
