//! Jobs: work that a change promises and that is done after it, once: queued in the transaction
//! of its cause, taken under a lease, tried again with growing pauses, and laid among the dead
//! letters when nothing helps, where the administrator sees it and can send it off again.

use std::collections::HashMap;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use base::id::JobId;
use base::{Error, Moment, Result};
use store::{Store, Tx};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::sql::jobs::{self as sql, JobRow};
pub use crate::sql::jobs::{DeadJob, Waiting};

const LEASE_SECONDS: i64 = 120;
const GLANCE: Duration = Duration::from_millis(500);
/// Jobs that end within so long of the first are settled with it, in one commit.
const TOGETHER: Duration = Duration::from_millis(5);
/// Tries before a job is given up: with the pauses below that is about two days.
pub const MOST_ATTEMPTS: i64 = 16;

/// Why a try failed; told to the operator, so it names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Something that may pass: the job is tried again.
    Passing(String),
    /// Something that no further try can help: the job goes to the dead letters at once.
    Final(String),
}

impl From<String> for Failure {
    fn from(problem: String) -> Self {
        Self::Passing(problem)
    }
}

type Outcome = std::result::Result<(), Failure>;
type Work = Pin<Box<dyn Future<Output = Outcome> + Send>>;
/// A job that was done, and what came of it.
type Done = (JobRow, Outcome);

/// Which kinds of job a runner takes. Work that waits for somebody outside, like a mail server,
/// has a lane of its own, so that a slow one holds up nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Every kind.
    All,
    /// This kind alone.
    Only(&'static str),
    /// Every kind but these.
    AllBut(&'static [&'static str]),
}

/// Does the jobs of one kind; may be given the same job twice.
pub type Handler = Arc<dyn Fn(String) -> Work + Send + Sync>;

/// Queues a job inside the change that causes it.
pub fn enqueue(tx: &mut Tx<'_>, kind: &str, payload: &str, run_at: Moment) -> Result<JobId> {
    let id = JobId::new(tx.now());
    sql::insert_job(tx, id.0, kind, payload, run_at)?;
    Ok(id)
}

/// Whether a job of this kind waits to be done.
pub fn is_waiting(db: &mut store::Db<'_>, kind: &str) -> Result<bool> {
    sql::job_waits(db, kind)
}

/// The kinds of job this process can do.
#[derive(Clone, Default)]
pub struct Handlers(HashMap<&'static str, Handler>);

impl Handlers {
    /// Adds the handler of a kind. A plain text as its error is a [`Failure::Passing`].
    pub fn on<F, W, E>(&mut self, kind: &'static str, work: F)
    where
        F: Fn(String) -> W + Send + Sync + 'static,
        W: Future<Output = std::result::Result<(), E>> + Send + 'static,
        E: Into<Failure> + 'static,
    {
        let handler = move |payload| -> Work {
            let work = work(payload);
            Box::pin(async move { work.await.map_err(Into::into) })
        };
        self.0.insert(kind, Arc::new(handler));
    }

    /// Does a job that was taken; what came of it.
    fn work(&self, mut job: JobRow) -> impl Future<Output = Done> + Send + 'static {
        let handler = self.0.get(job.kind.as_str()).cloned();
        let payload = mem::take(&mut job.payload);
        async move {
            let outcome = match handler {
                // Its runner was lost each time: perhaps because of it.
                _ if job.attempts > MOST_ATTEMPTS => {
                    Err(Failure::Final("its runner was lost".to_owned()))
                }
                Some(handler) => do_it(handler(payload)).await,
                None => Err(Failure::Passing(format!(
                    "nobody here does jobs of the kind {}",
                    job.kind
                ))),
            };
            (job, outcome)
        }
    }
}

/// Seconds to wait after the `attempt`-th failure: 5, 10, 20 … up to six hours.
pub fn pause_seconds(attempt: i64) -> i64 {
    let doubled = u32::try_from(attempt.clamp(1, 16) - 1).unwrap_or(0);
    (5 * 2_i64.pow(doubled)).min(6 * 3600)
}

/// Runs the jobs of a lane until `stop` says so, `at_once` of them at a time: one that waits for an
/// answer from outside keeps none of the others waiting; where their order matters it is 1. What
/// has begun is brought to its end.
pub async fn run(
    store: Store,
    handlers: Handlers,
    lane: Lane,
    at_once: usize,
    mut stop: watch::Receiver<bool>,
) {
    let mut begun = JoinSet::new();
    let mut ended = Vec::new();
    loop {
        let stopping = *stop.borrow();
        let free = if stopping {
            0
        } else {
            at_once.saturating_sub(begun.len())
        };
        if free > 0 || !ended.is_empty() {
            match turn(&store, lane, ended.clone(), free).await {
                Ok(taken) => {
                    ended.clear();
                    for job in taken {
                        begun.spawn(handlers.work(job));
                    }
                }
                // What came of jobs is kept for the next turn: a letter that was sent is not sent again.
                Err(error) => tracing::warn!(%error, "taking a job failed"),
            }
        }
        if stopping && begun.is_empty() {
            return;
        }
        let first = tokio::select! {
            Some(done) = begun.join_next() => Some(done),
            () = tokio::time::sleep(GLANCE), if !stopping => None,
            _ = stop.wait_for(|stop| *stop), if !stopping => None,
        };
        if let Some(done) = first {
            ended.extend(done);
            gather(&mut begun, &mut ended, TOGETHER).await;
        }
    }
}

/// Adds what ends `within` so long; does not wait when nothing is left that could end.
async fn gather(begun: &mut JoinSet<Done>, ended: &mut Vec<Done>, within: Duration) {
    let until = Instant::now() + within;
    while let Ok(Some(done)) = timeout_at(until, begun.join_next()).await {
        ended.extend(done);
    }
}

/// Takes and does one job of any kind; false when none is due.
pub async fn step(store: &Store, handlers: &Handlers) -> Result<bool> {
    let mut taken = turn(store, Lane::All, Vec::new(), 1).await?;
    let Some(job) = taken.pop() else {
        return Ok(false);
    };
    let done = handlers.work(job).await;
    turn(store, Lane::All, vec![done], 0).await?;
    Ok(true)
}

/// Writes down what became of jobs and takes up to `free` others, in one commit.
async fn turn(store: &Store, lane: Lane, ended: Vec<Done>, free: usize) -> Result<Vec<JobRow>> {
    store
        .housekeeping(move |tx| {
            for (job, outcome) in &ended {
                settle(tx, job, outcome)?;
            }
            if free == 0 {
                return Ok(Vec::new());
            }
            sql::take_jobs(tx, LEASE_SECONDS, lane, free)
        })
        .await
}

fn settle(tx: &mut Tx<'_>, job: &JobRow, outcome: &Outcome) -> Result<()> {
    match outcome {
        Ok(()) => sql::finish_job(tx, job.id),
        Err(Failure::Passing(problem)) if job.attempts < MOST_ATTEMPTS => {
            let run_at = tx.now().plus_seconds(pause_seconds(job.attempts));
            sql::retry_job(tx, job.id, job.attempts, run_at, problem)
        }
        // Refused for good, as a letter to an address that does not exist: nothing is broken here.
        Err(Failure::Final(problem)) => {
            tracing::warn!(job = %job.id, kind = %job.kind, problem, "a job was refused");
            sql::bury_job(tx, job.id, job.attempts, problem)
        }
        Err(Failure::Passing(problem)) => {
            tracing::error!(job = %job.id, kind = %job.kind, problem, "a job was given up");
            sql::bury_job(tx, job.id, job.attempts, problem)
        }
    }
}

/// Does the work in a task of its own, so that a panic is a failed try and nothing more; ends it
/// before another runner may take the job.
async fn do_it(work: Work) -> Outcome {
    let limit = Duration::from_secs(LEASE_SECONDS.unsigned_abs() - 10);
    let mut task = tokio::spawn(work);
    match tokio::time::timeout(limit, &mut task).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(panic)) => Err(format!("the handler broke down: {panic}").into()),
        Err(_) => {
            task.abort();
            Err("took too long".to_owned().into())
        }
    }
}

/// The jobs that were given up, oldest first, 200 at the most.
pub async fn dead_letters(store: &Store) -> Result<Vec<DeadJob>> {
    store.read(|db| sql::dead_jobs(db, 200)).await
}

/// The work that waits, kind by kind; no more than ten thousand jobs are counted.
pub async fn waiting(store: &Store) -> Result<Vec<Waiting>> {
    store.read(|db| sql::waiting_jobs(db, 10_000)).await
}

/// Sends a given-up job off again.
pub async fn revive(store: &Store, id: JobId) -> Result<()> {
    let revived = store
        .housekeeping(move |tx| sql::revive_job(tx, id.0))
        .await?;
    if revived {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_ends_together_is_gathered_and_what_hangs_is_not_waited_for() {
        let mut begun: JoinSet<Done> = JoinSet::new();
        for attempts in 0..7 {
            begun.spawn(async move {
                for _ in 0..attempts {
                    tokio::task::yield_now().await;
                }
                let job = JobRow {
                    id: uuid::Uuid::nil(),
                    kind: "letter".to_owned(),
                    payload: String::new(),
                    attempts,
                };
                (job, Ok(()))
            });
        }
        let mut ended = Vec::new();
        gather(&mut begun, &mut ended, Duration::from_mins(1)).await;
        assert_eq!((ended.len(), begun.len()), (7, 0));
        begun.spawn(std::future::pending());
        gather(&mut begun, &mut ended, Duration::from_millis(1)).await;
        assert_eq!((ended.len(), begun.len()), (7, 1));
    }

    #[test]
    fn pauses_grow_and_stay_bounded() {
        let pauses: Vec<i64> = (1..=20).map(pause_seconds).collect();
        assert_eq!(&pauses[..4], [5, 10, 20, 40]);
        assert!(pauses.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(pauses[19], 6 * 3600);
        assert!(pauses[..15].iter().sum::<i64>() > 12 * 3600);
    }
}
