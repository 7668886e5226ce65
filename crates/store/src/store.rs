//! The store's face: closures go to worker threads behind bounded queues and come back.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use base::{Actor, Clock, Error, Moment, Result};
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use tokio::sync::{oneshot, watch};

use crate::db::Db;
use crate::migration::Migrations;
use crate::settings::{Backend, Engine, Health, OpenError, Settings};
use crate::tx::Tx;
use crate::work::{Closure, Mode, Request, Shared};
use crate::{postgres_workers, sqlite};

/// How long a plain thread waits for room in a queue.
const PATIENCE: Duration = Duration::from_secs(30);

const HOUSEKEEPING: Actor = Actor::system("housekeeping");
const READING: Actor = Actor::system("reading");

/// One face over SQLite and PostgreSQL. Cheap to clone; the workers end with the last clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    engine: Engine,
    shared: Arc<Shared>,
    /// None only while being dropped.
    queues: Option<Queues>,
    workers: Vec<JoinHandle<()>>,
}

struct Queues {
    writing: Sender<Request>,
    reading: Sender<Request>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.queues = None;
        let here = std::thread::current().id();
        for worker in self.workers.drain(..) {
            // A closure may have held the last clone; a thread cannot wait for itself.
            if worker.thread().id() != here && worker.join().is_err() {
                tracing::error!("a worker of the store ended by a panic");
            }
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("engine", &self.0.engine)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the database, brings its tables up to date and starts the workers.
    pub fn open(
        settings: &Settings,
        clock: Clock,
        migrations: &[Migrations],
    ) -> std::result::Result<Store, OpenError> {
        let small = migrations
            .iter()
            .flat_map(|slice| slice.small)
            .copied()
            .collect();
        let shared = Arc::new(Shared::new(clock, small));
        let (writing, to_write) = bounded(settings.queue.max(1));
        let (reading, to_read) = bounded(settings.queue.max(1));
        let mut workers = Vec::new();
        let engine = match &settings.backend {
            Backend::Sqlite { file } => {
                let connection = sqlite::open_writer(file, &shared, migrations)?;
                let writer = sqlite::Writer::new(connection, shared.clone());
                workers.push(thread("store-writer", move || writer.run(&to_write))?);
                for _ in 0..settings.readers.max(1) {
                    let connection = sqlite::open_reader(file)?;
                    let (queue, shared) = (to_read.clone(), shared.clone());
                    workers.push(thread("store-reader", move || {
                        sqlite::read(&connection, &queue, &shared);
                    })?);
                }
                Engine::Sqlite
            }
            Backend::Postgres { url } => {
                let config = postgres_workers::address(url)?;
                postgres_workers::prepare_database(&config, &shared, migrations)?;
                let mut start = |role, number: usize, queue: &Receiver<Request>| {
                    for place in 0..number.max(1) {
                        let worker = postgres_workers::Worker::new(
                            role,
                            place == 0,
                            config.clone(),
                            shared.clone(),
                        );
                        let queue = queue.clone();
                        workers.push(thread("store-worker", move || worker.run(&queue))?);
                    }
                    Ok(())
                };
                start(postgres_workers::Role::Writer, settings.writers, &to_write)?;
                start(postgres_workers::Role::Reader, settings.readers, &to_read)?;
                Engine::Postgres
            }
        };
        Ok(Store(Arc::new(Inner {
            engine,
            shared,
            queues: Some(Queues { writing, reading }),
            workers,
        })))
    }

    /// One change in one transaction, with an entry of the journal; answered when it is on the
    /// disk. The closure may be run more than once and must do nothing but ask and write here.
    pub async fn change<R: Send + 'static>(
        &self,
        actor: &Actor,
        f: impl Fn(&mut Tx<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        self.ask(Mode::Change, actor.clone(), f).await
    }

    /// A write that needs no entry: sessions, leases, positions, jobs, drafts. Rows that the
    /// journal protects are refused here.
    pub async fn housekeeping<R: Send + 'static>(
        &self,
        f: impl Fn(&mut Tx<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        self.ask(Mode::Housekeeping, HOUSEKEEPING, f).await
    }

    /// Reads one consistent snapshot.
    pub async fn read<R: Send + 'static>(
        &self,
        f: impl Fn(&mut Db<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        self.ask(Mode::Read, READING, move |tx| f(tx)).await
    }

    /// [`Store::change`] for commands and plain threads; waits for room in the queue.
    pub fn change_blocking<R: Send + 'static>(
        &self,
        actor: &Actor,
        f: impl Fn(&mut Tx<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        self.ask_blocking(Mode::Change, actor.clone(), f)
    }

    /// [`Store::housekeeping`] for commands and plain threads; waits for room in the queue.
    pub fn housekeeping_blocking<R: Send + 'static>(
        &self,
        f: impl Fn(&mut Tx<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        self.ask_blocking(Mode::Housekeeping, HOUSEKEEPING, f)
    }

    /// [`Store::read`] for commands and plain threads; waits for room in the queue.
    pub fn read_blocking<R: Send + 'static>(
        &self,
        f: impl Fn(&mut Db<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        self.ask_blocking(Mode::Read, READING, move |tx| f(tx))
    }

    /// The engine below.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// The one clock of the program.
    pub fn clock(&self) -> &Clock {
        &self.0.shared.clock
    }

    /// Now, by the one clock.
    pub fn now(&self) -> Moment {
        self.clock().now()
    }

    /// Whether changes are taken.
    pub fn health(&self) -> Health {
        self.0.shared.health()
    }

    /// Grows by one after each physical commit that held an entry of the journal.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.0.shared.commits()
    }

    /// Physical commits since the store was opened, for measures: on SQLite many changes share
    /// one.
    pub fn physical_commits(&self) -> u64 {
        self.0.shared.physical_commits()
    }

    async fn ask<R: Send + 'static>(
        &self,
        mode: Mode,
        actor: Actor,
        f: impl Fn(&mut Tx<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let queue = self.queue(mode)?;
        let (answer, answered) = oneshot::channel();
        let work = Closure::boxed(f, move |result| {
            // Who asked may have gone away; what was committed stays.
            _ = answer.send(result);
        });
        match queue.try_send(Request { mode, actor, work }) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(Error::Busy),
            Err(TrySendError::Disconnected(_)) => return Err(ended()),
        }
        answered.await.unwrap_or_else(|_| Err(ended()))
    }

    fn ask_blocking<R: Send + 'static>(
        &self,
        mode: Mode,
        actor: Actor,
        f: impl Fn(&mut Tx<'_>) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let queue = self.queue(mode)?;
        let (answer, answered) = bounded(1);
        let work = Closure::boxed(f, move |result| {
            _ = answer.send(result);
        });
        queue
            .send_timeout(Request { mode, actor, work }, PATIENCE)
            .map_err(|_| Error::Busy)?;
        answered.recv().unwrap_or_else(|_| Err(ended()))
    }

    /// The queue for a mode; refuses changes while the store is closed for them.
    fn queue(&self, mode: Mode) -> Result<&Sender<Request>> {
        let queues = self.0.queues.as_ref().ok_or_else(ended)?;
        if mode == Mode::Read {
            return Ok(&queues.reading);
        }
        if self.0.shared.writable() {
            Ok(&queues.writing)
        } else {
            Err(Error::ReadOnly)
        }
    }

    /// For tests: a limit of SQLite's file in pages, as a full disk would be; passes the closed
    /// door, so that it can be lifted again.
    pub(crate) fn limit_pages(&self, pages: u32) -> Result<()> {
        let queues = self.0.queues.as_ref().ok_or_else(ended)?;
        let (answer, answered) = bounded(1);
        let work = Closure::boxed(
            move |tx| tx.execute(&format!("PRAGMA max_page_count = {pages}"), &[]),
            move |result| {
                _ = answer.send(result);
            },
        );
        let request = Request {
            mode: Mode::Housekeeping,
            actor: HOUSEKEEPING,
            work,
        };
        queues.writing.send(request).map_err(|_| ended())?;
        answered.recv().unwrap_or_else(|_| Err(ended()))?;
        Ok(())
    }
}

fn ended() -> Error {
    Error::internal("the store has ended")
}

fn thread(
    name: &str,
    body: impl FnOnce() + Send + 'static,
) -> std::result::Result<JoinHandle<()>, OpenError> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map_err(OpenError::Thread)
}
