//! A closure on its way from a caller to a worker thread and back, with its type forgotten, and
//! what the workers share.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use base::{Actor, Clock, Error, Result};
use tokio::sync::watch;

use crate::settings::Health;
use crate::tx::Tx;

/// What a closure may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Write, with an entry of the journal.
    Change,
    /// Write tables that the journal does not protect.
    Housekeeping,
    /// Read one snapshot.
    Read,
}

/// One closure for a worker.
pub(crate) struct Request {
    pub(crate) mode: Mode,
    pub(crate) actor: Actor,
    pub(crate) work: Box<dyn Work>,
}

impl Request {
    /// Runs the closure; whether its transaction is to be committed.
    pub(crate) fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        if !self.work.run(tx) {
            return false;
        }
        match tx.objection(self.mode) {
            Some(objection) => {
                self.work.replace(objection);
                false
            }
            None => true,
        }
    }
}

/// A closure, its result, and the way back to who asked.
pub(crate) trait Work: Send {
    /// Runs the closure and keeps its result; true when it was content. May be called again.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Puts an error in the place of the result.
    fn replace(&mut self, error: Error);
    /// Sends the result back.
    fn answer(self: Box<Self>);
}

pub(crate) struct Closure<F, R, A> {
    run: F,
    result: Option<Result<R>>,
    answer: A,
}

impl<F, R, A> Closure<F, R, A>
where
    F: Fn(&mut Tx<'_>) -> Result<R> + Send + 'static,
    R: Send + 'static,
    A: FnOnce(Result<R>) + Send + 'static,
{
    pub(crate) fn boxed(closure: F, answer: A) -> Box<dyn Work> {
        Box::new(Self {
            run: closure,
            result: None,
            answer,
        })
    }
}

impl<F, R, A> Work for Closure<F, R, A>
where
    F: Fn(&mut Tx<'_>) -> Result<R> + Send,
    R: Send,
    A: FnOnce(Result<R>) + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        // What a panic leaves half done in the transaction is rolled back with it.
        let result = catch_unwind(AssertUnwindSafe(|| (self.run)(tx)))
            .unwrap_or_else(|_| Err(Error::internal("a closure of the store panicked")));
        let content = result.is_ok();
        self.result = Some(result);
        content
    }

    fn replace(&mut self, error: Error) {
        self.result = Some(Err(error));
    }

    fn answer(self: Box<Self>) {
        let result = self
            .result
            .unwrap_or_else(|| Err(Error::internal("a closure was never run")));
        (self.answer)(result);
    }
}

/// What all workers of a store share.
pub(crate) struct Shared {
    pub(crate) clock: Clock,
    /// The tables that a statement may walk from end to end.
    pub(crate) small: Arc<[&'static str]>,
    writable: AtomicBool,
    reason: RwLock<String>,
    commits: watch::Sender<u64>,
    physical: AtomicU64,
}

impl Shared {
    pub(crate) fn new(clock: Clock, small: Arc<[&'static str]>) -> Self {
        Self {
            clock,
            small,
            writable: AtomicBool::new(true),
            reason: RwLock::new(String::new()),
            commits: watch::Sender::new(0),
            physical: AtomicU64::new(0),
        }
    }

    pub(crate) fn writable(&self) -> bool {
        self.writable.load(Ordering::Acquire)
    }

    pub(crate) fn health(&self) -> Health {
        if self.writable() {
            return Health::ReadWrite;
        }
        let reason = self.reason.read().map_or_else(
            |broken| broken.into_inner().clone(),
            |reason| reason.clone(),
        );
        Health::ReadOnly { reason }
    }

    /// Changes are refused from now on.
    pub(crate) fn close(&self, why: &str) {
        if let Ok(mut reason) = self.reason.write() {
            why.clone_into(&mut reason);
        }
        if self.writable.swap(false, Ordering::AcqRel) {
            tracing::error!(reason = why, "the store takes no changes");
        }
    }

    /// Changes are taken again.
    pub(crate) fn reopen(&self) {
        if !self.writable.swap(true, Ordering::AcqRel) {
            tracing::info!("the store takes changes again");
        }
    }

    /// A physical commit is done; `recorded` when it held an entry of the journal.
    pub(crate) fn committed(&self, recorded: bool) {
        self.physical.fetch_add(1, Ordering::Relaxed);
        if recorded {
            self.commits.send_modify(|count| *count += 1);
        }
    }

    pub(crate) fn commits(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    pub(crate) fn physical_commits(&self) -> u64 {
        self.physical.load(Ordering::Relaxed)
    }
}
