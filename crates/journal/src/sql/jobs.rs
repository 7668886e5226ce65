//! SQL of the queue of jobs.

use base::{Moment, Result};
use store::{Db, Engine, Row, Tx, args};
use uuid::Uuid;

use crate::jobs::Lane;

/// A job as its runner takes it.
#[derive(Clone)]
pub(crate) struct JobRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) payload: String,
    pub(crate) attempts: i64,
}

pub(crate) fn insert_job(
    tx: &mut Tx<'_>,
    id: Uuid,
    kind: &str,
    payload: &str,
    run_at: Moment,
) -> Result<()> {
    let now = tx.now();
    // A lease that ends now is none; SQLite takes a job by writing over a time of the same length, and
    // does not write its payload again.
    tx.execute(
        "INSERT INTO job (id, kind, payload, state, attempts, run_at, leased_until, created_at) \
         VALUES ($1,$2,$3,'waiting',0,$4,$5,$5)",
        args![id, kind, payload, run_at, now],
    )?;
    Ok(())
}

/// Takes what is due, of the kind in `$4` alone where one is meant. On PostgreSQL two runners that
/// look at once must not find the same jobs. What is due is asked once, beforehand: a locking
/// sub-query that the planner puts inside a loop finds others each time, and takes them all.
fn taking(engine: Engine, of_kind: bool) -> String {
    let alone = match engine {
        Engine::Sqlite => "",
        Engine::Postgres => " FOR UPDATE SKIP LOCKED",
    };
    let kind = if of_kind { "AND kind = $4 " } else { "" };
    format!(
        "WITH due AS MATERIALIZED \
         (SELECT id FROM job WHERE state = 'waiting' {kind}AND run_at <= $1 AND leased_until <= $1 \
          ORDER BY run_at LIMIT $3{alone}) \
         UPDATE job SET leased_until = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM due) \
         RETURNING id, kind, payload, attempts"
    )
}

/// Takes up to `most` due jobs for `lease_seconds`; a job whose runner was lost is due again when
/// its lease has run out.
pub(crate) fn take_jobs(
    tx: &mut Tx<'_>,
    lease_seconds: i64,
    lane: Lane,
    most: usize,
) -> Result<Vec<JobRow>> {
    match lane {
        Lane::All => take(tx, lease_seconds, None, most),
        Lane::Only(kind) => take(tx, lease_seconds, Some(kind), most),
        Lane::AllBut(left_out) => {
            let mut taken = Vec::new();
            for kind in due_kinds(tx, left_out)? {
                if taken.len() == most {
                    break;
                }
                let free = most - taken.len();
                taken.extend(take(tx, lease_seconds, Some(&kind), free)?);
            }
            Ok(taken)
        }
    }
}

fn take(
    tx: &mut Tx<'_>,
    lease_seconds: i64,
    kind: Option<&str>,
    most: usize,
) -> Result<Vec<JobRow>> {
    let now = tx.now();
    let until = now.plus_seconds(lease_seconds);
    let sql = taking(tx.engine(), kind.is_some());
    match kind {
        Some(kind) => tx.query(&sql, args![now, until, most, kind], job_row),
        None => tx.query(&sql, args![now, until, most], job_row),
    }
}

fn job_row(row: &Row<'_>) -> Result<JobRow> {
    Ok(JobRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        payload: row.get(2)?,
        attempts: row.get(3)?,
    })
}

/// The kinds of which a job is due, without those left out; first the one whose job waits longest.
/// What waits is not looked through: each kind is one step in the index, and so is its first job.
fn due_kinds(tx: &mut Tx<'_>, left_out: &[&str]) -> Result<Vec<String>> {
    let mut due: Vec<(Moment, String)> = Vec::new();
    let mut last = String::new();
    while let Some(kind) = next_kind(tx, &last)? {
        if !left_out.contains(&kind.as_str())
            && let Some(since) = due_since(tx, &kind)?
        {
            due.push((since, kind.clone()));
        }
        last = kind;
    }
    due.sort_unstable();
    Ok(due.into_iter().map(|(_, kind)| kind).collect())
}

/// The kind after another, in their order, of which jobs wait.
fn next_kind(tx: &mut Tx<'_>, after: &str) -> Result<Option<String>> {
    tx.first(
        "SELECT kind FROM job WHERE state = 'waiting' AND kind > $1 ORDER BY kind LIMIT 1",
        args![after],
        |row| row.get(0),
    )
}

/// Since when the job of a kind is due that waits longest.
fn due_since(tx: &mut Tx<'_>, kind: &str) -> Result<Option<Moment>> {
    let now = tx.now();
    tx.first(
        "SELECT run_at FROM job WHERE state = 'waiting' AND kind = $1 AND run_at <= $2 \
         AND leased_until <= $2 ORDER BY run_at LIMIT 1",
        args![kind, now],
        |row| row.get(0),
    )
}

pub(crate) fn finish_job(tx: &mut Tx<'_>, id: Uuid) -> Result<()> {
    tx.execute("DELETE FROM job WHERE id = $1", args![id])?;
    Ok(())
}

/// Lets a job wait for its next try, unless another runner has taken it since the `attempt`-th.
pub(crate) fn retry_job(
    tx: &mut Tx<'_>,
    id: Uuid,
    attempt: i64,
    run_at: Moment,
    problem: &str,
) -> Result<()> {
    tx.execute(
        "UPDATE job SET run_at = $3, leased_until = 0, problem = $4 \
         WHERE id = $1 AND attempts = $2",
        args![id, attempt, run_at, problem],
    )?;
    Ok(())
}

/// Gives a job up, unless another runner has taken it since the `attempt`-th.
pub(crate) fn bury_job(tx: &mut Tx<'_>, id: Uuid, attempt: i64, problem: &str) -> Result<()> {
    tx.execute(
        "UPDATE job SET state = 'dead', leased_until = 0, problem = $3 \
         WHERE id = $1 AND attempts = $2",
        args![id, attempt, problem],
    )?;
    Ok(())
}

pub(crate) fn revive_job(tx: &mut Tx<'_>, id: Uuid) -> Result<bool> {
    let now = tx.now();
    let revived = tx.execute(
        "UPDATE job SET state = 'waiting', attempts = 0, leased_until = 0, run_at = $2 \
         WHERE id = $1 AND state = 'dead'",
        args![id, now],
    )?;
    Ok(revived == 1)
}

/// A job that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadJob {
    /// The job.
    pub id: Uuid,
    /// What it was to do.
    pub kind: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try failed; for the operator.
    pub problem: String,
}

pub(crate) fn dead_jobs(db: &mut Db<'_>, limit: i64) -> Result<Vec<DeadJob>> {
    db.query(
        "SELECT id, kind, attempts, problem FROM job WHERE state = 'dead' ORDER BY run_at LIMIT $1",
        args![limit],
        |row| {
            Ok(DeadJob {
                id: row.get(0)?,
                kind: row.get(1)?,
                attempts: row.get(2)?,
                problem: row.get::<Option<String>>(3)?.unwrap_or_default(),
            })
        },
    )
}

/// Work of one kind that is still to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What is to be done.
    pub kind: String,
    /// How many jobs.
    pub count: i64,
    /// How many of them failed at least once.
    pub tried: i64,
    /// When the oldest was queued.
    pub since: Moment,
}

/// What waits, of the `limit` jobs that are due first.
pub(crate) fn waiting_jobs(db: &mut Db<'_>, limit: i64) -> Result<Vec<Waiting>> {
    db.query(
        "SELECT kind, COUNT(*), COUNT(CASE WHEN attempts > 0 THEN 1 END), MIN(created_at) \
         FROM (SELECT kind, attempts, created_at FROM job WHERE state = 'waiting' \
               ORDER BY run_at LIMIT $1) AS due GROUP BY kind ORDER BY kind",
        args![limit],
        |row| {
            Ok(Waiting {
                kind: row.get(0)?,
                count: row.get(1)?,
                tried: row.get(2)?,
                since: row.get(3)?,
            })
        },
    )
}

/// Whether a job of this kind waits to be done.
pub(crate) fn job_waits(db: &mut store::Db<'_>, kind: &str) -> Result<bool> {
    Ok(db
        .first(
            "SELECT 1 FROM job WHERE state = 'waiting' AND kind = $1 LIMIT 1",
            args![kind],
            |_| Ok(()),
        )?
        .is_some())
}
