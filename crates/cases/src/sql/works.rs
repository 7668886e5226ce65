//! Problems, tasks, their stages, documents and disputes.

use std::collections::HashMap;
use std::fmt::Write as _;

use base::id::{AccountId, CaseId, CategoryId, UnitId};
use base::{Moment, Number, Result};
use files::Kind;
use jiff::civil::Date;
use store::{Arg, Db, Row, Table, ToArg, Tx, args};
use uuid::Uuid;

use super::course::broken;
use super::lists::push_in;
use crate::control::TasksCount;
use crate::documents::Place;
use crate::model::{
    ProblemRow, ProblemState, Shows, Stage, TaskRow, TaskSource, TaskState, WorksDocument,
};
use crate::workplace::Load;

/// Problems.
pub(crate) const PROBLEM: Table = Table {
    name: "problem",
    key: &["id"],
};
/// Cases of problems.
pub(crate) const PROBLEM_CASE: Table = Table {
    name: "problem_case",
    key: &["problem_id", "case_id"],
};
/// Tasks.
pub(crate) const TASK: Table = Table {
    name: "task",
    key: &["id"],
};
/// Stages of works.
pub(crate) const TASK_STAGE: Table = Table {
    name: "task_stage",
    key: &["id"],
};
/// Photographs and papers of works.
pub(crate) const TASK_DOCUMENT: Table = Table {
    name: "task_document",
    key: &["id"],
};
/// What applicants say against works told as done.
pub(crate) const TASK_DISPUTE: Table = Table {
    name: "task_dispute",
    key: &["id"],
};

/// The most tasks of one problem or case.
pub(crate) const MOST_TASKS: i64 = 50;
/// The most stages of a task.
pub(crate) const MOST_STAGES: i64 = 60;
/// The most documents of a task.
pub(crate) const MOST_DOCUMENTS: i64 = 120;
/// The most disputes of a task that are read.
pub(crate) const MOST_DISPUTES: i64 = 100;
/// The most cases of one problem: all of them are told in one change.
pub(crate) const MOST_CASES: i64 = 500;

/// The most open tasks that are counted, those that press most first.
const MOST_COUNTED: i64 = 10_000;

/// Before every day of a task.
const FIRST_DAY: Date = jiff::civil::date(1, 1, 1);

const TASK_COLUMNS: &str = "id, number, source, problem_id, case_id, title, todo, unit_id, owner_id, set_by, \
     set_at, due_on, state, begun_on, done_on, done_by, said, ended_at, speak_on, data_key_id";

fn task_row(row: &Row<'_>) -> Result<TaskRow> {
    Ok(TaskRow {
        id: row.get(0)?,
        number: row.get(1)?,
        source: TaskSource::from_code(&row.get::<String>(2)?).ok_or_else(|| broken("task"))?,
        problem: row.get(3)?,
        case: row.get(4)?,
        title: row.get(5)?,
        todo: row.get(6)?,
        unit: row.get(7)?,
        owner: row.get(8)?,
        set_by: row.get(9)?,
        set_at: row.get(10)?,
        due_on: row.get(11)?,
        state: TaskState::from_code(&row.get::<String>(12)?).ok_or_else(|| broken("task"))?,
        begun_on: row.get(13)?,
        done_on: row.get(14)?,
        done_by: row.get(15)?,
        said: row.get(16)?,
        ended_at: row.get(17)?,
        speak_on: row.get(18)?,
        data_key: row.get(19)?,
    })
}

/// Writes a task down, anew or as it now stands.
pub(crate) fn put_task(tx: &mut Tx<'_>, task: &TaskRow) -> Result<()> {
    tx.write(
        &TASK,
        "INSERT INTO task (id, number, source, problem_id, case_id, title, todo, unit_id, owner_id, set_by, \
         set_at, due_on, state, begun_on, done_on, done_by, said, ended_at, speak_on, data_key_id) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20) \
         ON CONFLICT (id) DO UPDATE SET owner_id = excluded.owner_id, due_on = excluded.due_on, \
         state = excluded.state, begun_on = excluded.begun_on, done_on = excluded.done_on, \
         done_by = excluded.done_by, said = excluded.said, ended_at = excluded.ended_at, \
         speak_on = excluded.speak_on",
        args![
            task.id,
            task.number,
            task.source.code(),
            task.problem,
            task.case,
            task.title,
            task.todo,
            task.unit,
            task.owner,
            task.set_by,
            task.set_at,
            task.due_on,
            task.state.code(),
            task.begun_on,
            task.done_on,
            task.done_by,
            task.said,
            task.ended_at,
            task.speak_on,
            task.data_key
        ],
    )?;
    Ok(())
}

pub(crate) fn task(db: &mut Db<'_>, number: i64) -> Result<Option<TaskRow>> {
    let sql = format!("SELECT {TASK_COLUMNS} FROM task WHERE number = $1");
    db.first(&sql, args![number], task_row)
}

pub(crate) fn task_by_id(db: &mut Db<'_>, id: Uuid) -> Result<Option<TaskRow>> {
    let sql = format!("SELECT {TASK_COLUMNS} FROM task WHERE id = $1");
    db.first(&sql, args![id], task_row)
}

pub(crate) fn tasks_of_problem(db: &mut Db<'_>, problem: Uuid) -> Result<Vec<TaskRow>> {
    let sql =
        format!("SELECT {TASK_COLUMNS} FROM task WHERE problem_id = $1 ORDER BY number LIMIT $2");
    db.query(&sql, args![problem, MOST_TASKS], task_row)
}

pub(crate) fn tasks_of_case(db: &mut Db<'_>, case: CaseId) -> Result<Vec<TaskRow>> {
    let sql =
        format!("SELECT {TASK_COLUMNS} FROM task WHERE case_id = $1 ORDER BY number LIMIT $2");
    db.query(&sql, args![case, MOST_TASKS], task_row)
}

/// Open tasks that somebody has, the most pressing first.
pub(crate) fn tasks_of_owner(
    db: &mut Db<'_>,
    owner: AccountId,
    after: Option<&(Date, i64)>,
    limit: usize,
) -> Result<Vec<TaskRow>> {
    let (day, number) = after.copied().unwrap_or((FIRST_DAY, 0));
    let sql = format!(
        "SELECT {TASK_COLUMNS} FROM task WHERE ended_at IS NULL AND owner_id = $1 \
         AND (due_on, number) > ($2, $3) ORDER BY due_on, number LIMIT $4"
    );
    db.query(&sql, args![owner, day, number, limit], task_row)
}

/// Which tasks of units are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OpenTasks {
    /// Those that wait to be confirmed too.
    All,
    /// Those whose works are still to be done: their day binds somebody.
    Running,
    /// Those told as done, which a head has to look at.
    ToConfirm,
}

impl OpenTasks {
    const fn condition(self) -> &'static str {
        match self {
            Self::All => "ended_at IS NULL",
            Self::Running => "ended_at IS NULL AND state <> 'done'",
            Self::ToConfirm => "ended_at IS NULL AND state = 'done'",
        }
    }
}

/// Open tasks of units, the most pressing first.
pub(crate) fn tasks_of_units(
    db: &mut Db<'_>,
    which: OpenTasks,
    units: &[UnitId],
    after: Option<&(Date, i64)>,
    limit: usize,
) -> Result<Vec<TaskRow>> {
    let (day, number) = after.copied().unwrap_or((FIRST_DAY, 0));
    let mut args: Vec<Arg<'_>> = vec![day.to_arg(), number.to_arg(), limit.to_arg()];
    let mut sql = format!(
        "SELECT {TASK_COLUMNS} FROM task WHERE {} AND (due_on, number) > ($1, $2)",
        which.condition()
    );
    push_in(&mut sql, "unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    sql.push_str(" ORDER BY due_on, number LIMIT $3");
    db.query(&sql, &args, task_row)
}

/// How the tasks of units stand: those that run, and those confirmed since a moment that were late.
pub(crate) fn count_tasks(
    db: &mut Db<'_>,
    units: &[UnitId],
    today: Date,
    soon: Date,
    since: Moment,
) -> Result<TasksCount> {
    let mut args: Vec<Arg<'_>> = vec![today.to_arg(), soon.to_arg(), MOST_COUNTED.to_arg()];
    let mut sql = format!(
        "SELECT COUNT(CASE WHEN t.state <> 'done' THEN 1 END), \
         COUNT(CASE WHEN t.state <> 'done' AND t.due_on < $1 THEN 1 END), \
         COUNT(CASE WHEN t.state <> 'done' AND t.due_on >= $1 AND t.due_on <= $2 THEN 1 END), \
         COUNT(CASE WHEN t.state = 'done' THEN 1 END) \
         FROM (SELECT due_on, state FROM task WHERE {}",
        OpenTasks::All.condition()
    );
    push_in(&mut sql, "unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    sql.push_str(" ORDER BY due_on, number LIMIT $3) t");
    let (running, overdue, soon, to_confirm) = db.one(&sql, &args, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })?;
    let mut args: Vec<Arg<'_>> = vec![since.to_arg()];
    let mut sql = String::from(
        "SELECT COUNT(*) FROM task WHERE ended_at IS NOT NULL AND ended_at >= $1 \
         AND state = 'confirmed' AND done_on > due_on",
    );
    push_in(&mut sql, "unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    Ok(TasksCount {
        running,
        overdue,
        soon,
        to_confirm,
        broken: db.one(&sql, &args, |row| row.get(0))?,
    })
}

/// Adds the tasks of units to what the ones have to do who own them; under `None` those of nobody.
pub(crate) fn add_loads_of_tasks(
    db: &mut Db<'_>,
    units: &[UnitId],
    today: Date,
    loads: &mut HashMap<Option<AccountId>, Load>,
) -> Result<()> {
    let mut args: Vec<Arg<'_>> = vec![today.to_arg(), MOST_COUNTED.to_arg()];
    let mut sql = format!(
        "SELECT t.owner_id, COUNT(*), COUNT(CASE WHEN t.due_on < $1 THEN 1 END) \
         FROM (SELECT owner_id, due_on FROM task WHERE {}",
        OpenTasks::Running.condition()
    );
    push_in(&mut sql, "unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    sql.push_str(" ORDER BY due_on, number LIMIT $2) t GROUP BY t.owner_id");
    let found = db.query(&sql, &args, |row| {
        Ok((row.get::<Option<AccountId>>(0)?, row.get(1)?, row.get(2)?))
    })?;
    for (owner, tasks, overdue) in found {
        let load = loads.entry(owner).or_default();
        (load.tasks, load.tasks_overdue) = (tasks, overdue);
    }
    Ok(())
}

/// Ended tasks of units, the newest first.
pub(crate) fn tasks_ended(
    db: &mut Db<'_>,
    units: &[UnitId],
    before: Option<&(Moment, i64)>,
    limit: usize,
) -> Result<Vec<TaskRow>> {
    let (moment, number) = before
        .copied()
        .unwrap_or((Moment::from_micros(i64::MAX), 0));
    let mut args: Vec<Arg<'_>> = vec![moment.to_arg(), number.to_arg(), limit.to_arg()];
    let mut sql = format!(
        "SELECT {TASK_COLUMNS} FROM task WHERE ended_at IS NOT NULL \
         AND (ended_at, number) < ($1, $2)"
    );
    push_in(&mut sql, "unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    sql.push_str(" ORDER BY ended_at DESC, number DESC LIMIT $3");
    db.query(&sql, &args, task_row)
}

/// Tasks of which the clock has to speak by a day.
pub(crate) fn tasks_to_speak_of(db: &mut Db<'_>, today: Date, limit: i64) -> Result<Vec<Uuid>> {
    db.query(
        "SELECT id FROM task WHERE speak_on IS NOT NULL AND speak_on <= $1 ORDER BY speak_on LIMIT $2",
        args![today, limit],
        |row| row.get(0),
    )
}

/// Stages of tasks in their order, each with its task.
pub(crate) fn works_stages(db: &mut Db<'_>, tasks: &[Uuid]) -> Result<Vec<(Uuid, Stage)>> {
    let mut args: Vec<Arg<'_>> = Vec::new();
    let mut sql = String::from(
        "SELECT task_id, id, title, from_on, until_on, done_on, note FROM task_stage WHERE 1 = 1",
    );
    push_in(&mut sql, "task_id", tasks.len(), 0);
    args.extend(tasks.iter().map(ToArg::to_arg));
    let most = most_of(MOST_STAGES, tasks);
    args.push(most.to_arg());
    let _ = write!(sql, " ORDER BY place, id LIMIT ${}", args.len());
    db.query(&sql, &args, |row| {
        let stage = Stage {
            id: row.get(1)?,
            title: row.get(2)?,
            from_on: row.get(3)?,
            until_on: row.get(4)?,
            done_on: row.get(5)?,
            note: row.get(6)?,
        };
        Ok((row.get(0)?, stage))
    })
}

/// Stages of one task in their order.
pub(crate) fn stages_of_task(db: &mut Db<'_>, task: Uuid) -> Result<Vec<Stage>> {
    let found = works_stages(db, &[task])?.into_iter();
    Ok(found.map(|(_, stage)| stage).collect())
}

/// The most rows that so many tasks have.
fn most_of(each: i64, tasks: &[Uuid]) -> i64 {
    each * i64::try_from(tasks.len()).unwrap_or(1)
}

pub(crate) fn put_works_stage(
    tx: &mut Tx<'_>,
    task: Uuid,
    place: usize,
    stage: &Stage,
) -> Result<()> {
    tx.write(
        &TASK_STAGE,
        "INSERT INTO task_stage (id, task_id, place, title, from_on, until_on, done_on, note) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8) ON CONFLICT (id) DO UPDATE SET title = excluded.title, \
         from_on = excluded.from_on, until_on = excluded.until_on, done_on = excluded.done_on, \
         note = excluded.note",
        args![
            stage.id,
            task,
            place,
            stage.title,
            stage.from_on,
            stage.until_on,
            stage.done_on,
            stage.note
        ],
    )?;
    Ok(())
}

/// A document of works as it is stored.
#[derive(Clone)]
pub(crate) struct WorksDocumentRow {
    pub(crate) shown: WorksDocument,
    pub(crate) place: Place,
    pub(crate) author: AccountId,
    pub(crate) body: Vec<u8>,
}

/// Documents of tasks, the oldest first, each with its task.
pub(crate) fn works_documents(
    db: &mut Db<'_>,
    tasks: &[Uuid],
) -> Result<Vec<(Uuid, WorksDocumentRow)>> {
    let mut args: Vec<Arg<'_>> = Vec::new();
    let mut sql = String::from(
        "SELECT id, stage_id, shows, kind, size, added_at, original, cleaned, thumbnail, author_id, body, \
         task_id FROM task_document WHERE 1 = 1",
    );
    push_in(&mut sql, "task_id", tasks.len(), 0);
    args.extend(tasks.iter().map(ToArg::to_arg));
    let most = most_of(MOST_DOCUMENTS, tasks);
    args.push(most.to_arg());
    let _ = write!(sql, " ORDER BY added_at, id LIMIT ${}", args.len());
    db.query(&sql, &args, |row| {
        let thumbnail: Option<[u8; 32]> = row.get(8)?;
        let wrong = || broken("task_document");
        let document = WorksDocumentRow {
            shown: WorksDocument {
                id: row.get(0)?,
                stage: row.get(1)?,
                shows: Shows::from_code(&row.get::<String>(2)?).ok_or_else(wrong)?,
                kind: Kind::from_code(&row.get::<String>(3)?).ok_or_else(wrong)?,
                size: row.get(4)?,
                has_thumbnail: thumbnail.is_some(),
                added_at: row.get(5)?,
            },
            place: Place {
                original: row.get(6)?,
                cleaned: row.get(7)?,
                thumbnail,
            },
            author: row.get(9)?,
            body: row.get(10)?,
        };
        Ok((row.get(11)?, document))
    })
}

/// Documents of one task, the oldest first.
pub(crate) fn documents_of_task(db: &mut Db<'_>, task: Uuid) -> Result<Vec<WorksDocumentRow>> {
    let found = works_documents(db, &[task])?.into_iter();
    Ok(found.map(|(_, document)| document).collect())
}

pub(crate) fn insert_works_document(
    tx: &mut Tx<'_>,
    task: Uuid,
    row: &WorksDocumentRow,
) -> Result<()> {
    tx.write(
        &TASK_DOCUMENT,
        "INSERT INTO task_document (id, task_id, stage_id, shows, kind, size, original, cleaned, \
         thumbnail, author_id, added_at, body) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)",
        args![
            row.shown.id,
            task,
            row.shown.stage,
            row.shown.shows.code(),
            row.shown.kind.code(),
            row.shown.size,
            row.place.original,
            row.place.cleaned,
            row.place.thumbnail,
            row.author,
            row.shown.added_at,
            row.body
        ],
    )?;
    Ok(())
}

pub(crate) struct DisputeRow {
    pub(crate) id: Uuid,
    pub(crate) case: CaseId,
    pub(crate) document: Option<Uuid>,
    pub(crate) made_at: Moment,
    pub(crate) looked_at: Option<Moment>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn disputes(db: &mut Db<'_>, task: Uuid) -> Result<Vec<DisputeRow>> {
    db.query(
        "SELECT id, case_id, document_id, made_at, looked_at, body FROM task_dispute \
         WHERE task_id = $1 ORDER BY made_at, id LIMIT $2",
        args![task, MOST_DISPUTES],
        |row| {
            Ok(DisputeRow {
                id: row.get(0)?,
                case: row.get(1)?,
                document: row.get(2)?,
                made_at: row.get(3)?,
                looked_at: row.get(4)?,
                body: row.get(5)?,
            })
        },
    )
}

/// Whether somebody's «not done» waits for a head; of one case where one is named.
pub(crate) fn is_disputed(db: &mut Db<'_>, task: Uuid, case: Option<CaseId>) -> Result<bool> {
    let found = match case {
        None => db.first(
            "SELECT 1 FROM task_dispute WHERE task_id = $1 AND looked_at IS NULL LIMIT 1",
            args![task],
            |_| Ok(()),
        )?,
        Some(case) => db.first(
            "SELECT 1 FROM task_dispute WHERE task_id = $1 AND case_id = $2 \
             AND looked_at IS NULL LIMIT 1",
            args![task, case],
            |_| Ok(()),
        )?,
    };
    Ok(found.is_some())
}

pub(crate) fn insert_dispute(tx: &mut Tx<'_>, task: Uuid, row: &DisputeRow) -> Result<()> {
    tx.write(
        &TASK_DISPUTE,
        "INSERT INTO task_dispute (id, task_id, case_id, document_id, made_at, body) \
         VALUES ($1,$2,$3,$4,$5,$6)",
        args![row.id, task, row.case, row.document, row.made_at, row.body],
    )?;
    Ok(())
}

/// A head has looked at everything that was said.
pub(crate) fn look_at_disputes(tx: &mut Tx<'_>, task: Uuid, by: AccountId) -> Result<u64> {
    let now = tx.now();
    tx.write(
        &TASK_DISPUTE,
        "UPDATE task_dispute SET looked_at = $2, looked_by = $3 \
         WHERE task_id = $1 AND looked_at IS NULL",
        args![task, now, by],
    )
}

const PROBLEM_COLUMNS: &str = "id, number, title, about, place, category_id, territory_id, unit_id, state, cases, \
     opened_at, closed_at, closing, data_key_id";

fn problem_row(row: &Row<'_>) -> Result<ProblemRow> {
    Ok(ProblemRow {
        id: row.get(0)?,
        number: row.get(1)?,
        title: row.get(2)?,
        about: row.get(3)?,
        place: row.get(4)?,
        category: row.get(5)?,
        territory: row.get(6)?,
        unit: row.get(7)?,
        state: ProblemState::from_code(&row.get::<String>(8)?).ok_or_else(|| broken("problem"))?,
        cases: row.get(9)?,
        opened_at: row.get(10)?,
        closed_at: row.get(11)?,
        closing: row.get(12)?,
        data_key: row.get(13)?,
    })
}

/// Writes a problem down, anew or as it now stands.
pub(crate) fn put_problem(tx: &mut Tx<'_>, problem: &ProblemRow) -> Result<()> {
    tx.write(
        &PROBLEM,
        "INSERT INTO problem (id, number, title, about, place, category_id, territory_id, unit_id, state, \
         cases, opened_at, closed_at, closing, data_key_id) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14) \
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, cases = excluded.cases, \
         closed_at = excluded.closed_at, closing = excluded.closing",
        args![
            problem.id,
            problem.number,
            problem.title,
            problem.about,
            problem.place,
            problem.category,
            problem.territory,
            problem.unit,
            problem.state.code(),
            problem.cases,
            problem.opened_at,
            problem.closed_at,
            problem.closing,
            problem.data_key
        ],
    )?;
    Ok(())
}

pub(crate) fn problem(db: &mut Db<'_>, number: i64) -> Result<Option<ProblemRow>> {
    let sql = format!("SELECT {PROBLEM_COLUMNS} FROM problem WHERE number = $1");
    db.first(&sql, args![number], problem_row)
}

pub(crate) fn problem_by_id(db: &mut Db<'_>, id: Uuid) -> Result<Option<ProblemRow>> {
    let sql = format!("SELECT {PROBLEM_COLUMNS} FROM problem WHERE id = $1");
    db.first(&sql, args![id], problem_row)
}

/// The problem that a case is about now.
pub(crate) fn problem_of_case(db: &mut Db<'_>, case: CaseId) -> Result<Option<ProblemRow>> {
    let id: Option<Uuid> = db.first(
        "SELECT problem_id FROM problem_case WHERE case_id = $1 AND left_at IS NULL",
        args![case],
        |row| row.get(0),
    )?;
    match id {
        Some(id) => problem_by_id(db, id),
        None => Ok(None),
    }
}

/// A page of problems, the newest first.
pub(crate) fn problems(
    db: &mut Db<'_>,
    categories: Option<&[CategoryId]>,
    units: Option<&[UnitId]>,
    state: Option<ProblemState>,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<ProblemRow>> {
    let before = before.unwrap_or(i64::MAX);
    let mut args: Vec<Arg<'_>> = vec![before.to_arg(), limit.to_arg()];
    let mut sql = format!("SELECT {PROBLEM_COLUMNS} FROM problem WHERE number < $1");
    let code = state.map(ProblemState::code);
    if let Some(code) = &code {
        args.push(code.to_arg());
        sql.push_str(" AND state = $3");
    }
    if let Some(units) = units {
        push_in(&mut sql, "unit_id", units.len(), args.len());
        args.extend(units.iter().map(ToArg::to_arg));
    }
    if let Some(categories) = categories {
        push_in(&mut sql, "category_id", categories.len(), args.len());
        args.extend(categories.iter().map(ToArg::to_arg));
    }
    sql.push_str(" ORDER BY number DESC LIMIT $2");
    db.query(&sql, &args, problem_row)
}

/// The cases that are about a problem now, in the order of their keys.
pub(crate) fn cases_of_problem(db: &mut Db<'_>, problem: Uuid) -> Result<Vec<CaseId>> {
    db.query(
        "SELECT case_id FROM problem_case WHERE problem_id = $1 AND left_at IS NULL \
         ORDER BY case_id LIMIT $2",
        args![problem, MOST_CASES],
        |row| row.get(0),
    )
}

/// The numbers of the cases that are about a problem now.
pub(crate) fn numbers_of_problem(db: &mut Db<'_>, problem: Uuid) -> Result<Vec<(Number, UnitId)>> {
    db.query(
        "SELECT f.number, f.unit_id FROM problem_case p JOIN case_file f ON f.id = p.case_id \
         WHERE p.problem_id = $1 AND p.left_at IS NULL ORDER BY p.case_id LIMIT $2",
        args![problem, MOST_CASES],
        |row| {
            let number = row.get::<String>(0)?;
            let number = number.parse().map_err(|_| broken("case_file"))?;
            Ok((number, row.get(1)?))
        },
    )
}

/// A case comes to a problem.
pub(crate) fn join_problem(
    tx: &mut Tx<'_>,
    problem: Uuid,
    case: CaseId,
    by: AccountId,
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &PROBLEM_CASE,
        "INSERT INTO problem_case (problem_id, case_id, joined_at, joined_by) VALUES ($1,$2,$3,$4) \
         ON CONFLICT (problem_id, case_id) DO UPDATE SET joined_at = excluded.joined_at, \
         joined_by = excluded.joined_by, left_at = NULL",
        args![problem, case, now, by],
    )?;
    Ok(())
}

/// A case leaves a problem; answers whether it was about it.
pub(crate) fn leave_problem(tx: &mut Tx<'_>, problem: Uuid, case: CaseId) -> Result<bool> {
    let now = tx.now();
    let left = tx.write(
        &PROBLEM_CASE,
        "UPDATE problem_case SET left_at = $3 \
         WHERE problem_id = $1 AND case_id = $2 AND left_at IS NULL",
        args![problem, case, now],
    )?;
    Ok(left == 1)
}
