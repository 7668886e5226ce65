//! A logical copy of everything in the store: which tables there are, their rows one at a time, and
//! the way back into an empty store. Engine-neutral, so that a copy taken from SQLite can be put
//! into PostgreSQL and the other way round.
//!
//! Filling passes the guard on purpose: the rows bring their own entries with them. Nothing but a
//! restore may use it, and only an empty store lets itself be filled.

use base::{Error, Result};

use crate::args;
use crate::db::Db;
use crate::row::Row;
use crate::settings::Engine;
use crate::sql;
use crate::tx::Tx;
use crate::value::Arg;

/// Tables of the store itself that are no part of a copy: they belong to the running process or
/// are made by the migrations.
const OWN: &[&str] = &["lease", "probe", "migration", "sequence"];

/// A table with its columns, as a copy names them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CopiedTable {
    /// The table.
    pub name: String,
    /// Its columns, in the order in which a row's values stand.
    pub columns: Vec<String>,
}

impl CopiedTable {
    /// Whether every name is one that a migration may have made; names go into statements.
    fn is_plain(&self) -> bool {
        let plain = |name: &String| {
            !name.is_empty()
                && name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        plain(&self.name) && !self.columns.is_empty() && self.columns.iter().all(plain)
    }

    fn checked(&self) -> Result<&Self> {
        if self.is_plain() {
            Ok(self)
        } else {
            Err(Error::internal(format_args!(
                "{} is no table of ours",
                self.name
            )))
        }
    }
}

impl Db<'_> {
    /// The tables that make up a copy, each after those that it refers to.
    pub fn copied_tables(&mut self) -> Result<Vec<CopiedTable>> {
        let (tables, columns) = match self.engine() {
            Engine::Sqlite => (sql::SQLITE_TABLES, sql::SQLITE_COLUMNS),
            Engine::Postgres => (sql::POSTGRES_TABLES, sql::POSTGRES_COLUMNS),
        };
        let names: Vec<String> = self.query(tables, &[], |row| row.get(0))?;
        names
            .into_iter()
            .filter(|name| !OWN.contains(&name.as_str()))
            .map(|name| {
                let columns = self.query(columns, args![name], |row| row.get(0))?;
                let table = CopiedTable { name, columns };
                table.checked()?;
                Ok(table)
            })
            .collect()
    }

    /// Every row of a table, one at a time and none kept.
    pub fn each_row_of(
        &mut self,
        table: &CopiedTable,
        f: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.each(&sql::rows_of(table.checked()?), &[], f)
    }

    /// The sequences and the number that each gave out last.
    pub fn copied_sequences(&mut self) -> Result<Vec<(String, i64)>> {
        let text = match self.engine() {
            Engine::Sqlite => sql::SQLITE_SEQUENCES,
            Engine::Postgres => sql::POSTGRES_SEQUENCES,
        };
        self.query(text, &[], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The migrations that ran here: slice and name, in order.
    pub fn migrations_run(&mut self) -> Result<Vec<(String, String)>> {
        self.query(sql::MIGRATIONS_RUN, &[], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }
}

impl Tx<'_> {
    /// Opens the store for filling until [`Tx::end_filling`], in one transaction with the rows
    /// between them; [`Error::Conflict`] when `telling`, the table in which everything that ever
    /// happened leaves a row, has any. What migrations put into other tables makes room for the
    /// same rows of the copy.
    pub fn begin_filling(&mut self, telling: &str) -> Result<()> {
        self.set_guard(false)?;
        for table in self.copied_tables()? {
            if table.name != telling {
                continue;
            }
            let found = self.first(&sql::any_row_of(&table), &[], |_| Ok(()))?;
            if found.is_some() {
                return Err(Error::Conflict("error-already-exists"));
            }
        }
        for table in self.copied_tables()? {
            self.execute(&sql::clear(&table), &[])?;
        }
        Ok(())
    }

    /// Puts a copied row in as it was.
    pub fn fill_row(&mut self, table: &CopiedTable, values: &[Arg<'_>]) -> Result<()> {
        let text = sql::filled_row(table.checked()?, self.engine());
        self.execute(&text, values)?;
        Ok(())
    }

    /// Sets the sequences on and closes the store again.
    pub fn end_filling(&mut self, sequences: &[(String, i64)]) -> Result<()> {
        for (name, value) in sequences {
            match self.engine() {
                Engine::Sqlite => {
                    self.execute(sql::SQLITE_SET_SEQUENCE, args![name, *value])?;
                }
                Engine::Postgres => {
                    let table = CopiedTable {
                        name: format!("seq_{name}"),
                        columns: vec![name.clone()],
                    };
                    self.execute(&sql::postgres_make_sequence(table.checked()?), &[])?;
                    self.first(
                        sql::POSTGRES_SET_SEQUENCE,
                        args![table.name, *value],
                        |_| Ok(()),
                    )?;
                }
            }
        }
        if self.engine() == Engine::Postgres {
            let identities: Vec<(String, String)> =
                self.query(sql::POSTGRES_IDENTITIES, &[], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?;
            for (table, column) in identities {
                self.first(
                    &sql::postgres_set_identity(&table, &column),
                    &[],
                    |_| Ok(()),
                )?;
            }
        }
        self.set_guard(true)
    }

    /// The guard, and when references between rows are looked at: after the last row, because a row
    /// may come before the one that it refers to.
    fn set_guard(&mut self, on: bool) -> Result<()> {
        if self.engine() == Engine::Sqlite {
            if !on {
                self.execute(sql::SQLITE_DEFER_REFERENCES, &[])?;
            }
            return Ok(());
        }
        if on {
            self.execute(sql::POSTGRES_CHECK_REFERENCES, &[])?;
        }
        let references: Vec<(String, String)> =
            self.query(sql::POSTGRES_REFERENCES, &[], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        for (table, name) in references {
            self.execute(&sql::postgres_defer_reference(&table, &name, !on), &[])?;
        }
        let guarded: Vec<String> = self.query(sql::POSTGRES_GUARDED, &[], |row| row.get(0))?;
        for table in guarded {
            self.execute(&sql::postgres_switch_guard(&table, on), &[])?;
        }
        Ok(())
    }
}
