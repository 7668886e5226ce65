//! The tables that the tests of the store write to, and an entry of a journal as small as can be.

use base::{Actor, Result};
use store::{Migrations, Table, Tx, args};

pub(crate) const NOTE: Table = Table {
    name: "note",
    key: &["id"],
};

pub(crate) const ACTOR: Actor = Actor::system("test");

pub(crate) const TABLES: Migrations = Migrations {
    slice: "test",
    files: &[(
        "0001",
        "CREATE TABLE note (
            id BIGINT PRIMARY KEY,
            owner {UUID},
            body TEXT NOT NULL,
            seal {BYTES},
            made {TIME},
            small INTEGER
        );
        CREATE TABLE plain (id BIGINT PRIMARY KEY, body TEXT NOT NULL);
        CREATE TABLE journal_pending (
            seq {BIGSERIAL},
            --[postgres]
            txid xid8 NOT NULL DEFAULT pg_current_xact_id(),
            --[end]
            entry_id {UUID}
        );
        --[postgres]
        CREATE INDEX journal_pending_txid ON journal_pending (txid);
        --[end]
        --[guard note]",
    )],
    small: &[],
};

/// What the journal does at the end of a change.
pub(crate) fn record(tx: &mut Tx<'_>) -> Result<Vec<store::Touched>> {
    let touched = tx.take_touched();
    tx.execute("INSERT INTO journal_pending (entry_id) VALUES (NULL)", &[])?;
    Ok(touched)
}

/// Writes one note.
pub(crate) fn note(tx: &mut Tx<'_>, id: i64, body: &str) -> Result<u64> {
    tx.write(
        &NOTE,
        "INSERT INTO note (id, body) VALUES ($1, $2)",
        args![id, body],
    )
}

/// How many notes there are.
pub(crate) fn count(store: &store::Store) -> i64 {
    done(store.read_blocking(|db| db.one("SELECT COUNT(*) FROM note", &[], |row| row.get(0))))
}

/// A result whose internal error tells what it holds: a test may see it.
pub(crate) fn done<T>(result: Result<T>) -> T {
    match result {
        Ok(value) => value,
        Err(base::Error::Internal(detail)) => panic!("{}", detail.for_the_log()),
        Err(other) => panic!("{other}"),
    }
}
