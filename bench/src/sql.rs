//! The SQL of the bench: one table for the baseline of filing, and databases of its own on a
//! cluster of PostgreSQL.

use base::{Moment, Result};
use postgres::{Client, NoTls};
use store::{Tx, args};

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
};

const INSERT: &str = "INSERT INTO bench_row (id, received_at, body) VALUES ($1, $2, $3)";

/// Puts a body down; its identifier.
pub(crate) fn insert(tx: &mut Tx<'_>, body: &str) -> Result<String> {
    let now: Moment = tx.now();
    let id = base::id::new_uuid(now);
    tx.execute(INSERT, args![id, now, body])?;
    Ok(id.to_string())
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
    // The blocking client must not run on a thread of an asynchronous runtime.
    std::thread::scope(|scope| {
        let work = || {
            let mut client = Client::connect(cluster, NoTls)?;
            client.batch_execute(statement)
        };
        scope.spawn(work).join()
    })
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
