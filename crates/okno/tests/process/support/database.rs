//! Databases of tests: one of its own on the cluster that `OKNO_TEST_POSTGRES` names, copies of it,
//! and a way into either engine past all rules.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls, SimpleQueryMessage};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// A cluster where databases may be made.
#[derive(Clone)]
pub(crate) struct Cluster {
    url: String,
}

/// A database, dropped at the end.
pub(crate) struct Database {
    cluster: Cluster,
    name: String,
    url: String,
}

impl Cluster {
    /// The cluster for tests.
    pub(crate) fn of_tests() -> Option<Self> {
        let url = std::env::var("OKNO_TEST_POSTGRES").ok();
        if url.is_none() {
            println!("skipped: PostgreSQL, OKNO_TEST_POSTGRES is not set");
        }
        url.map(Self::at)
    }

    pub(crate) fn at(url: String) -> Self {
        Self { url }
    }

    /// A new empty database.
    pub(crate) fn database(&self) -> Database {
        self.make("")
    }

    fn make(&self, more: &str) -> Database {
        let serial = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("okno_process_{}_{serial}", std::process::id());
        self.run(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        self.run(&format!("CREATE DATABASE {name} {more}"));
        let (address, options) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let server = address
            .rsplit_once('/')
            .filter(|(before, _)| !before.ends_with('/'));
        let server = server.map_or(address, |(server, _)| server);
        let question = if options.is_empty() { "" } else { "?" };
        let url = format!("{server}/{name}{question}{options}");
        Database {
            cluster: self.clone(),
            name,
            url,
        }
    }

    fn run(&self, sql: &str) {
        Client::connect(&self.url, NoTls)
            .unwrap()
            .batch_execute(sql)
            .unwrap();
    }
}

impl Database {
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// A copy; nobody may be connected to this one.
    pub(crate) fn copy(&self) -> Self {
        self.cluster.make(&format!("TEMPLATE {}", self.name))
    }

    pub(crate) fn raw(&self) -> Raw {
        Raw::postgres(&self.url)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // A cluster that was stopped for good takes its databases with it.
        if let Ok(mut client) = Client::connect(&self.cluster.url, NoTls) {
            let _ = client.batch_execute(&format!(
                "DROP DATABASE IF EXISTS {} WITH (FORCE)",
                self.name
            ));
        }
    }
}

/// A connection past all rules.
pub(crate) enum Raw {
    Sqlite(rusqlite::Connection),
    Postgres(Client),
}

impl Raw {
    pub(crate) fn sqlite(file: &Path) -> Self {
        let connection = rusqlite::Connection::open(file).unwrap();
        connection
            .busy_timeout(std::time::Duration::from_secs(10))
            .unwrap();
        connection
            .execute_batch("PRAGMA foreign_keys = OFF")
            .unwrap();
        Self::Sqlite(connection)
    }

    fn postgres(url: &str) -> Self {
        let mut client = Client::connect(url, NoTls).unwrap();
        // Without triggers and foreign keys: what somebody with all rights can do.
        client
            .batch_execute("SET session_replication_role = replica")
            .unwrap();
        Self::Postgres(client)
    }

    pub(crate) fn run(&mut self, sql: &str) -> Result<(), String> {
        match self {
            Self::Sqlite(connection) => connection
                .execute_batch(sql)
                .map_err(|error| error.to_string()),
            Self::Postgres(client) => client.batch_execute(sql).map_err(|error| error.to_string()),
        }
    }

    /// Rows as texts; none for NULL.
    pub(crate) fn rows(&mut self, sql: &str) -> Vec<Vec<Option<String>>> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare(sql).unwrap();
                let width = statement.column_count();
                let mut rows = statement.query([]).unwrap();
                let mut all = Vec::new();
                while let Some(row) = rows.next().unwrap() {
                    all.push((0..width).map(|at| sqlite_text(row, at)).collect());
                }
                all
            }
            Self::Postgres(client) => client
                .simple_query(sql)
                .unwrap()
                .iter()
                .filter_map(|message| match message {
                    SimpleQueryMessage::Row(row) => Some(
                        (0..row.len())
                            .map(|at| row.get(at).map(str::to_owned))
                            .collect(),
                    ),
                    _ => None,
                })
                .collect(),
        }
    }

    /// The one number that a query gives.
    pub(crate) fn number(&mut self, sql: &str) -> u64 {
        self.rows(sql)[0][0]
            .as_deref()
            .and_then(|text| text.parse().ok())
            .expect("a number")
    }
}

fn sqlite_text(row: &rusqlite::Row<'_>, at: usize) -> Option<String> {
    use rusqlite::types::ValueRef;
    match row.get_ref(at).unwrap() {
        ValueRef::Null => None,
        ValueRef::Integer(int) => Some(int.to_string()),
        ValueRef::Real(real) => Some(real.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}

/// A program of PostgreSQL's server, which distributions keep out of the way.
pub(crate) fn postgres_program(name: &str) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|all| {
            all.filter_map(Result::ok)
                .map(|entry| entry.path().join("bin"))
                .collect()
        })
        .unwrap_or_default();
    folders.sort();
    folders.reverse();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(String::from_utf8_lossy(&output.stdout).trim().into());
    }
    folders
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}
