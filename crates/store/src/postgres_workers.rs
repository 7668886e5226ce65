//! The workers of PostgreSQL: threads that each hold one connection, open it anew when it is
//! lost, and run a closure again when PostgreSQL asks for it. Once COMMIT was sent and no answer
//! came, nothing is run again: what became of it is not known.

use std::sync::Arc;
use std::time::{Duration, Instant};

use base::{Actor, Error};
use crossbeam_channel::{Receiver, RecvTimeoutError};
use postgres::{Client, Config, NoTls};

use crate::db::{Connection, Db, Kept};
use crate::fault::Fault;
use crate::migration::{Migrations, migrate};
use crate::postgres_values::{describe, fault};
use crate::probe;
use crate::settings::OpenError;
use crate::tx::Tx;
use crate::work::{Closure, Mode, Request, Shared};

/// How often a closure is run again after a serialization failure or a deadlock.
const AGAIN: u32 = 3;

/// Longest pause between two attempts to connect.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// What a worker is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Writer,
    Reader,
}

impl Role {
    const fn session(self) -> &'static str {
        match self {
            Role::Writer => {
                "SET lock_timeout = '10s'; SET statement_timeout = '60s';
                SET idle_in_transaction_session_timeout = '60s'"
            }
            // Walks over whole tables for checks and exports are readings too.
            Role::Reader => {
                "SET lock_timeout = '10s'; SET statement_timeout = '30min';
                SET idle_in_transaction_session_timeout = '30min'"
            }
        }
    }

    const fn begin(self) -> &'static str {
        match self {
            Role::Writer => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
            Role::Reader => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }
}

/// Reads an address. Its text may hold a password and goes into no error.
pub(crate) fn address(url: &str) -> Result<Config, OpenError> {
    let mut config: Config = url.parse().map_err(|_| OpenError::Address)?;
    if config.get_application_name().is_none() {
        config.application_name("okno");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(5));
    }
    Ok(config)
}

/// Checks that PostgreSQL keeps its promises and brings the tables up to date.
pub(crate) fn prepare_database(
    config: &Config,
    shared: &Shared,
    migrations: &[Migrations],
) -> Result<(), OpenError> {
    // The blocking client must not run on a thread of an asynchronous runtime.
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .spawn_scoped(scope, || prepare(config, shared, migrations))
            .map_err(OpenError::Thread)?
            .join()
            .unwrap_or_else(|_| Err(OpenError::Database("the migrations panicked".to_owned())))
    })
}

fn prepare(config: &Config, shared: &Shared, migrations: &[Migrations]) -> Result<(), OpenError> {
    let refused = |error: postgres::Error| OpenError::Database(describe(&error));
    let mut client = config.connect(NoTls).map_err(refused)?;
    for (setting, show) in [
        ("fsync", "SHOW fsync"),
        ("synchronous_commit", "SHOW synchronous_commit"),
    ] {
        let row = client.query_one(show, &[]).map_err(refused)?;
        if row.try_get::<_, &str>(0).map_err(refused)? == "off" {
            return Err(OpenError::NotDurable(setting));
        }
    }
    // Said here, so that PostgreSQL does not tell about every table that is there already.
    client
        .batch_execute("SET client_min_messages = warning; BEGIN")
        .map_err(refused)?;
    let mut kept = Kept::default();
    let mut db = Db::new(Connection::Postgres(&mut client), &mut kept);
    migrate(&mut db, shared.clock.now(), migrations)?;
    client.batch_execute("COMMIT").map_err(refused)
}

/// One thread with one connection.
pub(crate) struct Worker {
    role: Role,
    /// Whether this one tries the disk while the store is closed for changes.
    probes: bool,
    config: Config,
    shared: Arc<Shared>,
    link: Option<Link>,
    pause: Duration,
    not_before: Instant,
}

struct Link {
    client: Client,
    kept: Kept,
    /// Not to be used again.
    broken: bool,
}

/// How one run of a closure ended.
enum End {
    /// Committed, or refused by the closure itself.
    Done,
    /// To be run again.
    Again,
    /// The connection was lost before COMMIT: nothing is left of the run.
    Lost,
    /// Failed for good.
    Failed(Error),
}

impl Worker {
    pub(crate) fn new(role: Role, first: bool, config: Config, shared: Arc<Shared>) -> Self {
        Self {
            role,
            probes: first && role == Role::Writer,
            config,
            shared,
            link: None,
            pause: Duration::ZERO,
            not_before: Instant::now(),
        }
    }

    /// Works until the store is gone.
    pub(crate) fn run(mut self, queue: &Receiver<Request>) {
        loop {
            match queue.recv_timeout(probe::EVERY) {
                Ok(request) => {
                    let mut request = request;
                    self.serve(&mut request);
                    request.work.answer();
                }
                Err(RecvTimeoutError::Timeout) => {
                    if self.probes && !self.shared.writable() {
                        self.try_the_disk();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Runs a request until its result stands.
    fn serve(&mut self, request: &mut Request) {
        let mut again = 0;
        let mut lost = 0;
        loop {
            match self.attempt(request) {
                End::Done => return,
                End::Again if again < AGAIN => {
                    again += 1;
                    std::thread::sleep(jitter(again));
                }
                // A connection that PostgreSQL closed while it was idle shows only now.
                End::Lost if lost < 1 => lost += 1,
                End::Again | End::Lost => return request.work.replace(Error::Busy),
                End::Failed(error) => return request.work.replace(error),
            }
        }
    }

    fn attempt(&mut self, request: &mut Request) -> End {
        if let Err(error) = self.connect() {
            return End::Failed(error);
        }
        let Some(mut link) = self.link.take() else {
            return End::Lost;
        };
        let end = self.attempt_on(&mut link, request);
        if !link.broken && !link.client.is_closed() {
            self.link = Some(link);
        }
        end
    }

    fn attempt_on(&self, link: &mut Link, request: &mut Request) -> End {
        if let Err(error) = link.client.batch_execute(self.role.begin()) {
            return self.end_of(link, fault(&error));
        }
        let actor = request.actor.clone();
        let db = Db::new(Connection::Postgres(&mut link.client), &mut link.kept);
        let mut tx = Tx::new(db, &actor, self.shared.clock.now());
        let stays = request.run(&mut tx);
        let recorded = tx.recorded();
        let trouble = tx.fault.take();
        if !stays || request.mode == Mode::Read {
            if link.client.batch_execute("ROLLBACK").is_err() {
                link.broken = true;
            }
            // The closure's own words stand, unless running it again may help.
            return match trouble {
                Some(again @ (Fault::Again(_) | Fault::Lost(_))) => self.end_of(link, again),
                Some(Fault::Full(reason)) => {
                    self.close(&reason);
                    End::Done
                }
                _ => End::Done,
            };
        }
        match link.client.batch_execute("COMMIT") {
            Ok(()) => {
                self.shared.committed(recorded);
                End::Done
            }
            Err(error) => match fault(&error) {
                Fault::Lost(reason) => {
                    link.broken = true;
                    End::Failed(Error::internal(format_args!(
                        "the connection was lost at COMMIT, its outcome is not known: {reason}"
                    )))
                }
                // PostgreSQL has answered: nothing was committed.
                known => self.end_of(link, known),
            },
        }
    }

    fn end_of(&self, link: &mut Link, fault: Fault) -> End {
        match fault {
            Fault::Again(_) => {
                link.kept.forget_statements();
                End::Again
            }
            Fault::Lost(_) => {
                link.broken = true;
                End::Lost
            }
            other => {
                if let Fault::Full(reason) = &other {
                    self.close(reason);
                }
                End::Failed(other.error())
            }
        }
    }

    /// A reader that meets a full disk (a sort that spills) says nothing about changes.
    fn close(&self, reason: &str) {
        if self.role == Role::Writer {
            self.shared.close(reason);
        }
    }

    /// Makes sure of a connection; while PostgreSQL does not answer, asks it less and less often.
    fn connect(&mut self) -> base::Result<()> {
        if self.link.as_ref().is_some_and(|l| !l.client.is_closed()) {
            return Ok(());
        }
        self.link = None;
        if Instant::now() < self.not_before {
            return Err(Error::Busy);
        }
        let connected = self.config.connect(NoTls).and_then(|mut client| {
            client.batch_execute(self.role.session())?;
            Ok(client)
        });
        match connected {
            Ok(client) => {
                self.pause = Duration::ZERO;
                self.link = Some(Link {
                    client,
                    kept: Kept::with_aside(self.config.clone()),
                    broken: false,
                });
                Ok(())
            }
            Err(error) => {
                self.pause = (self.pause * 2).clamp(Duration::from_millis(50), LONGEST_PAUSE);
                self.not_before = Instant::now() + self.pause;
                let reason = describe(&error);
                tracing::warn!(reason, "PostgreSQL does not answer");
                // No free connection is a matter of moments; no PostgreSQL is not.
                if fault(&error) != Fault::Busy {
                    self.close(&reason);
                }
                Err(Error::Busy)
            }
        }
    }

    fn try_the_disk(&mut self) {
        for step in [probe::fill, probe::empty] {
            let (answer, answered) = crossbeam_channel::bounded(1);
            let mut request = Request {
                mode: Mode::Housekeeping,
                actor: Actor::system("probe"),
                work: Closure::boxed(step, move |result| {
                    _ = answer.send(result);
                }),
            };
            self.serve(&mut request);
            request.work.answer();
            if !matches!(answered.recv(), Ok(Ok(()))) {
                return;
            }
        }
        self.shared.reopen();
    }
}

/// A short pause, longer each time and different for everybody, so that two who met do not meet
/// again.
fn jitter(again: u32) -> Duration {
    let [random] = base::id::random::<1>();
    Duration::from_millis(u64::from(again) * 2 + u64::from(random) % 16)
}
