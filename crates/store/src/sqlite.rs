//! The workers of SQLite: one writer that puts many changes into one physical commit, and
//! several readers. A change is answered only when the commit that holds it is on the disk.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base::{Actor, Result};
use crossbeam_channel::{Receiver, RecvTimeoutError};
use rusqlite::OpenFlags;
use rusqlite::config::DbConfig;

use crate::db::{Connection, Db, Kept, STATEMENTS_KEPT};
use crate::fault::Fault;
use crate::migration::{Migrations, migrate};
use crate::probe;
use crate::settings::OpenError;
use crate::sqlite_values::fault;
use crate::tx::Tx;
use crate::work::{Request, Shared};

/// Most changes in one physical commit.
const MOST_MEMBERS: usize = 256;

/// Longest time that a physical commit gathers members.
const LONGEST_GATHERING: Duration = Duration::from_millis(50);

/// How long a statement waits for another process.
const BUSY: Duration = Duration::from_secs(10);

const WRITER: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;
    PRAGMA cache_size = -65536;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA trusted_schema = OFF;
";

const READER: &str = "
    PRAGMA query_only = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;
    PRAGMA cache_size = -32768;
    PRAGMA trusted_schema = OFF;
";

/// Opens the file for the writer, brings its tables up to date.
pub(crate) fn open_writer(
    file: &Path,
    shared: &Shared,
    migrations: &[Migrations],
) -> std::result::Result<rusqlite::Connection, OpenError> {
    if let Some(folder) = file.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(OpenError::Folder)?;
    }
    // Made here, for its owner alone; what SQLite lays beside it has the same permissions.
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(file)
        .map_err(OpenError::Folder)?;
    let refused = |error: rusqlite::Error| OpenError::Database(error.to_string());
    let connection = rusqlite::Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(refused)?;
    connection.busy_timeout(BUSY).map_err(refused)?;
    keep_plans(&connection).map_err(refused)?;
    write_ahead(&connection)?;
    connection.execute_batch(WRITER).map_err(refused)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection
        .execute_batch("BEGIN IMMEDIATE")
        .map_err(refused)?;
    let mut kept = Kept::default();
    let mut db = Db::new(Connection::Sqlite(&connection), &mut kept);
    migrate(&mut db, shared.clock.now(), migrations)?;
    connection.execute_batch("COMMIT").map_err(refused)?;
    Ok(connection)
}

/// Lets a prepared statement stay prepared: without this guarantee a new value of an argument that
/// the planner has looked at has the text parsed and planned once more, every time.
fn keep_plans(connection: &rusqlite::Connection) -> rusqlite::Result<()> {
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map(|_| ())
}

/// Sets the write-ahead log. SQLite does not wait here for another process that does the same.
fn write_ahead(connection: &rusqlite::Connection) -> std::result::Result<(), OpenError> {
    let deadline = Instant::now() + BUSY;
    loop {
        let mode = connection
            .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get::<_, String>(0));
        match mode {
            Ok(mode) if mode == "wal" => return Ok(()),
            Ok(mode) => {
                return Err(OpenError::Database(format!(
                    "SQLite keeps journal_mode={mode}; the file's place allows no shared memory"
                )));
            }
            Err(error) if fault(&error) == Fault::Busy && Instant::now() < deadline => {
                std::thread::sleep(Duration::from_millis(20));
            }
            Err(error) => return Err(OpenError::Database(error.to_string())),
        }
    }
}

/// Opens the file for one reader.
pub(crate) fn open_reader(file: &Path) -> std::result::Result<rusqlite::Connection, OpenError> {
    let refused = |error: rusqlite::Error| OpenError::Database(error.to_string());
    let connection = rusqlite::Connection::open_with_flags(
        file,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(refused)?;
    connection.busy_timeout(BUSY).map_err(refused)?;
    keep_plans(&connection).map_err(refused)?;
    connection.execute_batch(READER).map_err(refused)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}

/// Reads until the store is gone.
pub(crate) fn read(connection: &rusqlite::Connection, queue: &Receiver<Request>, shared: &Shared) {
    let mut kept = Kept::with_small(shared.small.clone());
    while let Ok(mut request) = queue.recv() {
        if let Err(error) = plain(connection, "BEGIN DEFERRED") {
            request.work.replace(fault(&error).error());
            request.work.answer();
            continue;
        }
        let db = Db::new(Connection::Sqlite(connection), &mut kept);
        let actor = request.actor.clone();
        request.run(&mut Tx::new(db, &actor, shared.clock.now()));
        // A snapshot has nothing to keep.
        if plain(connection, "ROLLBACK").is_err() {
            tracing::warn!("a reading transaction could not be ended");
        }
        request.work.answer();
    }
}

/// The writer: one thread, one connection.
pub(crate) struct Writer {
    connection: rusqlite::Connection,
    kept: Kept,
    shared: Arc<Shared>,
}

/// A member of a physical commit, waiting for its end.
struct Member {
    request: Request,
    recorded: bool,
}

impl Member {
    fn after(request: Request, ran: &std::result::Result<Ran, Fault>) -> Self {
        let recorded = matches!(ran, Ok(Ran::Stays { recorded: true }));
        Self { request, recorded }
    }

    fn answer(self) {
        self.request.work.answer();
    }
}

/// How a change came out of its run.
enum Ran {
    /// It is content; whether it holds an entry.
    Stays { recorded: bool },
    /// It was refused before it had written anything.
    Leaves,
    /// It was refused and has written something, which must not stay.
    Spoils,
}

impl Writer {
    pub(crate) fn new(connection: rusqlite::Connection, shared: Arc<Shared>) -> Self {
        Self {
            connection,
            kept: Kept::with_small(shared.small.clone()),
            shared,
        }
    }

    /// Writes until the store is gone; tries the disk while it is full.
    pub(crate) fn run(mut self, queue: &Receiver<Request>) {
        loop {
            match queue.recv_timeout(probe::EVERY) {
                Ok(first) => self.commit_together(first, &mut || queue.try_recv().ok()),
                Err(RecvTimeoutError::Timeout) => {
                    if !self.shared.writable() {
                        self.try_the_disk();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Gathers what waits into one physical commit and answers everybody after it. A change is
    /// trusted to stay: a savepoint for each would copy every page that it touches. When one
    /// wrote something and was refused after all, the commit begins anew with savepoints.
    fn commit_together(&mut self, first: Request, more: &mut dyn FnMut() -> Option<Request>) {
        if let Err(fault) = self.begin() {
            return self.fail(vec![first], &fault);
        }
        let began = Instant::now();
        let mut members = Vec::new();
        let mut next = Some(first);
        while let Some(mut request) = next.take() {
            let ran = self.run_member(&mut request);
            members.push(Member::after(request, &ran));
            match ran {
                Err(fault) => return self.fall(members, &fault),
                Ok(Ran::Spoils) => {
                    self.roll_back();
                    return match members.len() {
                        1 => members.into_iter().for_each(Member::answer),
                        _ => self.commit_guarded(members),
                    };
                }
                Ok(_) if members.len() < MOST_MEMBERS && began.elapsed() < LONGEST_GATHERING => {
                    next = more();
                }
                Ok(_) => {}
            }
        }
        self.end(members);
    }

    /// Runs members of a physical commit that was rolled back once more, each in a savepoint.
    fn commit_guarded(&mut self, members: Vec<Member>) {
        let mut requests: Vec<_> = members.into_iter().map(|member| member.request).collect();
        if let Err(fault) = self.begin() {
            return self.fail(requests, &fault);
        }
        let ran: std::result::Result<Vec<_>, Fault> = requests
            .iter_mut()
            .map(|request| self.run_guarded(request))
            .collect();
        match ran {
            Ok(ran) => {
                let members = requests.into_iter().zip(ran);
                self.end(
                    members
                        .map(|(request, recorded)| Member { request, recorded })
                        .collect(),
                );
            }
            Err(fault) => {
                self.roll_back();
                self.fail(requests, &fault);
            }
        }
    }

    /// Commits, and answers everybody.
    fn end(&mut self, members: Vec<Member>) {
        match plain(&self.connection, "COMMIT") {
            Ok(()) => {
                self.shared
                    .committed(members.iter().any(|member| member.recorded));
                members.into_iter().for_each(Member::answer);
            }
            Err(error) => {
                let fault = fault(&error);
                if matches!(fault, Fault::Other(_)) && members.len() > 1 {
                    // A rule that is checked at the commit was broken by one of them; alone, each
                    // is answered for itself.
                    self.roll_back();
                    for member in members {
                        self.commit_together(member.request, &mut || None);
                    }
                } else {
                    self.fall(members, &fault);
                }
            }
        }
    }

    fn begin(&mut self) -> std::result::Result<(), Fault> {
        if !self.connection.is_autocommit() {
            self.roll_back();
        }
        plain(&self.connection, "BEGIN IMMEDIATE").map_err(|error| fault(&error))
    }

    /// Runs one change. An error means that the physical transaction is not what it was, and with
    /// it every member is lost.
    fn run_member(&mut self, request: &mut Request) -> std::result::Result<Ran, Fault> {
        let before = self.connection.total_changes();
        let actor = request.actor.clone();
        let now = self.shared.clock.now();
        let db = Db::new(Connection::Sqlite(&self.connection), &mut self.kept);
        let mut tx = Tx::new(db, &actor, now);
        let stays = request.run(&mut tx);
        let recorded = tx.recorded();
        let trouble = tx.fault.take();
        if let Some(Fault::Full(reason)) = &trouble {
            self.shared.close(reason);
        }
        if self.connection.is_autocommit() {
            return Err(
                trouble.unwrap_or_else(|| Fault::Other("SQLite ended the transaction".to_owned()))
            );
        }
        Ok(match stays {
            true => Ran::Stays { recorded },
            false if self.connection.total_changes() == before => Ran::Leaves,
            false => Ran::Spoils,
        })
    }

    /// Runs one change inside a savepoint; true when it stays and holds an entry.
    fn run_guarded(&mut self, request: &mut Request) -> std::result::Result<bool, Fault> {
        plain(&self.connection, "SAVEPOINT change").map_err(|error| fault(&error))?;
        let ran = self.run_member(request)?;
        if matches!(ran, Ran::Spoils) {
            plain(&self.connection, "ROLLBACK TO change").map_err(|error| fault(&error))?;
        }
        plain(&self.connection, "RELEASE change").map_err(|error| fault(&error))?;
        Ok(matches!(ran, Ran::Stays { recorded: true }))
    }

    fn fall(&mut self, members: Vec<Member>, fault: &Fault) {
        self.roll_back();
        self.fail(members.into_iter().map(|m| m.request).collect(), fault);
    }

    fn fail(&mut self, requests: Vec<Request>, fault: &Fault) {
        if let Fault::Full(reason) = fault {
            self.shared.close(reason);
        }
        for mut request in requests {
            request.work.replace(fault.error());
            request.work.answer();
        }
    }

    fn roll_back(&mut self) {
        if !self.connection.is_autocommit()
            && let Err(error) = plain(&self.connection, "ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be rolled back");
        }
    }

    fn try_the_disk(&mut self) {
        match self
            .alone(probe::fill)
            .and_then(|()| self.alone(probe::empty))
        {
            Ok(()) => self.shared.reopen(),
            Err(Fault::Full(reason)) => self.shared.close(&reason),
            Err(fault) => tracing::warn!(reason = fault.detail(), "the trial write failed"),
        }
    }

    fn alone(&mut self, f: fn(&mut Tx<'_>) -> Result<()>) -> std::result::Result<(), Fault> {
        self.begin()?;
        let actor = Actor::system("probe");
        let now = self.shared.clock.now();
        let db = Db::new(Connection::Sqlite(&self.connection), &mut self.kept);
        let mut tx = Tx::new(db, &actor, now);
        let ran = f(&mut tx);
        let trouble = tx.fault.take();
        let ended = match (ran, trouble) {
            (Ok(()), None) => plain(&self.connection, "COMMIT").map_err(|error| fault(&error)),
            (_, Some(fault)) => Err(fault),
            (Err(error), None) => Err(Fault::Other(error.to_string())),
        };
        if ended.is_err() {
            self.roll_back();
        }
        ended
    }
}

/// Runs a statement without arguments and rows, prepared once.
fn plain(connection: &rusqlite::Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.raw_execute().map(|_| ())
}
