//! The SQL of the bench: one table for the baseline of filing, databases of its own on a cluster of
//! PostgreSQL, and the lease by which a store's entries are kept from being placed.

use std::path::{Path, PathBuf};
use std::time::Duration;

use base::{Moment, Result};
use postgres::{Client, NoTls};
use store::{Tx, args};
use uuid::Uuid;

/// The baseline's table: one row for one body, found again by its identifier alone.
pub(crate) const MIGRATIONS: store::Migrations = store::Migrations {
    slice: "bench",
    files: &[(
        "0001_bench",
        "CREATE TABLE bench_row (
            id {UUID} PRIMARY KEY,
            received_at {TIME} NOT NULL,
            body TEXT NOT NULL
        );",
    )],
    small: &[],
};

const INSERT: &str = "INSERT INTO bench_row (id, received_at, body) VALUES ($1, $2, $3)";

/// Puts a body down; its identifier.
pub(crate) fn insert(tx: &mut Tx<'_>, body: &str) -> Result<String> {
    let now: Moment = tx.now();
    let id = base::id::new_uuid(now);
    tx.execute(INSERT, args![id, now, body])?;
    Ok(id.to_string())
}

/// The tables for what an entry costs: the same row, protected by the journal and not.
pub(crate) const ENTRIES: store::Migrations = store::Migrations {
    slice: "entries",
    files: &[(
        "0001_entries",
        "CREATE TABLE bench_protected (id {UUID} PRIMARY KEY, body TEXT NOT NULL);
        --[guard bench_protected]
        CREATE TABLE bench_plain (id {UUID} PRIMARY KEY, body TEXT NOT NULL);
        CREATE TABLE bench_plain_key (id {UUID} PRIMARY KEY, wrapped {BYTES} NOT NULL);",
    )],
    small: &[],
};

const PROTECTED: store::Table = store::Table {
    name: "bench_protected",
    key: &["id"],
};

/// Puts a body down where every change has its entry.
pub(crate) fn write_protected(tx: &mut Tx<'_>, id: Uuid, body: &str) -> Result<()> {
    let sql = "INSERT INTO bench_protected (id, body) VALUES ($1, $2)";
    tx.write(&PROTECTED, sql, args![id, body]).map(|_| ())
}

/// Puts a body and a key down where none has.
pub(crate) fn insert_plain(tx: &mut Tx<'_>, id: Uuid, body: &str, key: &[u8]) -> Result<()> {
    let sql = "INSERT INTO bench_plain_key (id, wrapped) VALUES ($1, $2)";
    tx.execute(sql, args![id, key.to_vec()])?;
    let sql = "INSERT INTO bench_plain (id, body) VALUES ($1, $2)";
    tx.execute(sql, args![id, body]).map(|_| ())
}

/// The tables of a store, looked into beside its server.
pub(crate) enum Tables {
    /// In a file of SQLite.
    Sqlite(PathBuf),
    /// In a database of PostgreSQL.
    Postgres(String),
}

const HOLD: &str =
    "INSERT INTO lease (name, holder, until) VALUES ('journal.placer', 'bench', UNTIL)
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until";
const RELEASE: &str = "DELETE FROM lease WHERE name = 'journal.placer' AND holder = 'bench'";
const WAITING: &str = "SELECT count(*) FROM journal_pending";
const CASES: &str = "SELECT count(*) FROM case_file";
/// How long SQLite waits for the server's writer.
const BUSY: Duration = Duration::from_secs(20);

impl Tables {
    /// Those of a store in a file.
    pub(crate) fn sqlite(file: &Path) -> Self {
        Self::Sqlite(file.to_owned())
    }

    /// Those of a store in a database.
    pub(crate) fn postgres(url: &str) -> Self {
        Self::Postgres(url.to_owned())
    }

    /// Takes the lease of the one that places entries, whoever has it, for so long: as another node
    /// would hold it that then does nothing.
    pub(crate) fn hold_placing(&self, time: Duration) -> std::result::Result<(), String> {
        let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
        let until = base::Clock::system().now().plus_seconds(seconds);
        self.run(&HOLD.replace("UNTIL", &until.micros().to_string()))
    }

    /// Gives it back.
    pub(crate) fn release_placing(&self) -> std::result::Result<(), String> {
        self.run(RELEASE)
    }

    /// How many entries wait for their places.
    pub(crate) fn waiting(&self) -> std::result::Result<u64, String> {
        self.count(WAITING)
    }

    /// How many cases there are.
    pub(crate) fn cases(&self) -> std::result::Result<u64, String> {
        self.count(CASES)
    }

    fn run(&self, statement: &str) -> std::result::Result<(), String> {
        match self {
            Self::Sqlite(file) => {
                let connection = opened(file)?;
                let ran = connection.execute_batch(statement);
                ran.map_err(|error| format!("{}: {error}", file.display()))
            }
            Self::Postgres(url) => on_cluster(url, statement),
        }
    }

    fn count(&self, statement: &str) -> std::result::Result<u64, String> {
        let count: i64 = match self {
            Self::Sqlite(file) => opened(file)?
                .query_row(statement, [], |row| row.get(0))
                .map_err(|error| format!("{}: {error}", file.display()))?,
            Self::Postgres(url) => apart(|| {
                let mut client = Client::connect(url, NoTls)?;
                Ok(client.query_one(statement, &[])?.get(0))
            })?,
        };
        u64::try_from(count).map_err(|error| error.to_string())
    }
}

fn opened(file: &Path) -> std::result::Result<rusqlite::Connection, String> {
    let told = |error: rusqlite::Error| format!("{}: {error}", file.display());
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE;
    let connection = rusqlite::Connection::open_with_flags(file, flags).map_err(told)?;
    connection.busy_timeout(BUSY).map_err(told)?;
    Ok(connection)
}

/// A database of its own on a cluster; gone with the value.
pub(crate) struct Database {
    cluster: String,
    name: String,
}

impl Database {
    /// Makes the database `okno_bench_…` on the cluster of an address.
    pub(crate) fn make(cluster: &str, name: &str) -> std::result::Result<Self, String> {
        let name = format!("okno_bench_{name}_{}", std::process::id());
        on_cluster(cluster, &format!("CREATE DATABASE {name}"))?;
        Ok(Self {
            cluster: cluster.to_owned(),
            name,
        })
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        let (before, options) = match self.cluster.split_once('?') {
            Some((before, options)) => (before, format!("?{options}")),
            None => (&*self.cluster, String::new()),
        };
        let host = before
            .rfind('/')
            .filter(|slash| !before[..*slash].ends_with('/'))
            .map_or(before, |slash| &before[..slash]);
        format!("{host}/{}{options}", self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let dropped = on_cluster(
            &self.cluster,
            &format!("DROP DATABASE {} WITH (FORCE)", self.name),
        );
        if let Err(error) = dropped {
            eprintln!("the database {} stays: {error}", self.name);
        }
    }
}

fn on_cluster(cluster: &str, statement: &str) -> std::result::Result<(), String> {
    apart(|| {
        let mut client = Client::connect(cluster, NoTls)?;
        client.batch_execute(statement)
    })
}

/// The blocking client must not run on a thread of an asynchronous runtime.
fn apart<R: Send>(
    work: impl FnOnce() -> std::result::Result<R, postgres::Error> + Send,
) -> std::result::Result<R, String> {
    std::thread::scope(|scope| scope.spawn(work).join())
        .map_err(|_| "the client of PostgreSQL panicked".to_owned())?
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_its_own_keeps_host_and_options() {
        for (cluster, expected) in [
            ("postgres://u@h:1/postgres", "postgres://u@h:1/okno"),
            ("postgres://u@h:1", "postgres://u@h:1/okno"),
            ("postgres://u@h:1/x?a=b/c", "postgres://u@h:1/okno?a=b/c"),
        ] {
            let database = std::mem::ManuallyDrop::new(Database {
                cluster: cluster.to_owned(),
                name: "okno".to_owned(),
            });
            assert_eq!(database.url(), expected);
        }
    }
}
