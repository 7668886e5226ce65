//! Migrations: each slice brings its files, the store runs those that have not run here, all in
//! one transaction, and refuses a file that was changed after it had run.

use std::collections::HashMap;
use std::fmt::Write;

use base::Moment;
use sha2::{Digest, Sha256};

use crate::args;
use crate::db::{Db, Flow};
use crate::settings::{Engine, OpenError};
use crate::sql;

/// The migrations of one slice, oldest first. Words `{UUID}`, `{JSON}`, `{TIME}`, `{BYTES}`,
/// `{BIGSERIAL}` stand for the engine's types; lines between `--[sqlite]` or `--[postgres]` and
/// `--[end]` are for that engine alone; `--[guard TABLE]` makes PostgreSQL refuse to commit rows
/// of that table without a journal entry.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    /// The slice's name.
    pub slice: &'static str,
    /// Name and text of each file, in order.
    pub files: &'static [(&'static str, &'static str)],
    /// The tables whose number of rows comes from how the installation is set up (units, services,
    /// rules) and not from its use. Statements may walk them from end to end; debug builds refuse
    /// to walk any other, see [`crate::Db::each`] for walks that are meant.
    pub small: &'static [&'static str],
}

/// Brings the tables up to date. The caller has opened a transaction and commits it.
pub(crate) fn migrate(
    db: &mut Db<'_>,
    now: Moment,
    migrations: &[Migrations],
) -> Result<(), OpenError> {
    let engine = db.engine();
    let own = |text: String| OpenError::Database(text);
    let fault = |fault: crate::fault::Fault| own(fault.detail().to_owned());
    let failed = |error: base::Error| match error {
        base::Error::Internal(detail) => own(detail.for_the_log().to_owned()),
        other => own(other.to_string()),
    };
    if engine == Engine::Postgres {
        db.batch(sql::POSTGRES_MIGRATION_LOCK).map_err(fault)?;
        db.batch(sql::POSTGRES_GUARD).map_err(fault)?;
    }
    db.batch(&for_engine(sql::TABLES, engine)).map_err(fault)?;
    for of_slice in migrations {
        let slice = of_slice.slice;
        let mut applied: HashMap<String, [u8; 32]> = db
            .query(sql::MIGRATIONS_OF, args![slice], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(failed)?
            .into_iter()
            .collect();
        for (name, text) in of_slice.files {
            let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
            match applied.remove(*name) {
                Some(known) if known == digest => continue,
                Some(_) => {
                    return Err(OpenError::Changed {
                        slice,
                        name: (*name).to_owned(),
                    });
                }
                None => {}
            }
            db.batch(&for_engine(text, engine))
                .map_err(|fault| OpenError::Migration {
                    slice,
                    name: (*name).to_owned(),
                    detail: fault.detail().to_owned(),
                })?;
            db.run(
                sql::ADD_MIGRATION,
                args![slice, name, digest, now],
                &mut |_| Ok(Flow::On),
            )
            .map_err(failed)?;
            tracing::info!(slice, migration = name, "migration applied");
        }
        if let Some(name) = applied.into_keys().min() {
            let slice = slice.to_owned();
            return Err(OpenError::Unknown { slice, name });
        }
    }
    // A newer version may have slices that this one has not heard of.
    let ran: Vec<(String, String)> = db
        .query(sql::FIRST_MIGRATIONS, args![], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .map_err(failed)?;
    let unknown = ran
        .into_iter()
        .find(|(slice, _)| migrations.iter().all(|known| known.slice != slice));
    match unknown {
        Some((slice, name)) => Err(OpenError::Unknown { slice, name }),
        None => Ok(()),
    }
}

/// The text of a migration for one engine.
fn for_engine(text: &str, engine: Engine) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut guards = String::new();
    let mut skipping = false;
    for line in text.lines() {
        let trimmed = line.trim();
        match trimmed {
            "--[sqlite]" => skipping = engine != Engine::Sqlite,
            "--[postgres]" => skipping = engine != Engine::Postgres,
            "--[end]" => skipping = false,
            _ if skipping => {}
            _ => {
                let guarded = trimmed
                    .strip_prefix("--[guard ")
                    .and_then(|rest| rest.strip_suffix(']'));
                match guarded {
                    Some(table) if engine == Engine::Postgres => {
                        guards.push_str(&sql::postgres_guard_of(table.trim()));
                    }
                    Some(_) => {}
                    // Writing to a String cannot fail.
                    None => _ = writeln!(out, "{line}"),
                }
            }
        }
    }
    // Last, whatever the order of lines: a trigger needs its table.
    out.push_str(&guards);
    let words = match engine {
        Engine::Sqlite => [
            ("{UUID}", "BLOB"),
            ("{JSON}", "TEXT"),
            ("{TIME}", "BIGINT"),
            ("{BYTES}", "BLOB"),
            ("{BIGSERIAL}", "INTEGER PRIMARY KEY AUTOINCREMENT"),
        ],
        Engine::Postgres => [
            ("{UUID}", "UUID"),
            ("{JSON}", "TEXT"),
            ("{TIME}", "BIGINT"),
            ("{BYTES}", "BYTEA"),
            (
                "{BIGSERIAL}",
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            ),
        ],
    };
    words
        .iter()
        .fold(out, |text, (word, meaning)| text.replace(word, meaning))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "CREATE TABLE a (id {UUID});\n--[guard a]\n--[sqlite]\nS;\n--[end]\n  --[postgres]\nP;\n--[end]\nB;\n";

    #[test]
    fn each_engine_gets_its_own_lines_and_types() {
        assert_eq!(
            for_engine(TEXT, Engine::Sqlite),
            "CREATE TABLE a (id BLOB);\nS;\nB;\n"
        );
        let postgres = for_engine(TEXT, Engine::Postgres);
        assert!(postgres.starts_with("CREATE TABLE a (id UUID);\nP;\nB;\n"));
        assert!(postgres.contains("CONSTRAINT TRIGGER okno_guard AFTER INSERT"));
    }
}
