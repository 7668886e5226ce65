//! Writing: one change, its moment, its actor, and the rows it touched.

use std::collections::HashSet;
use std::ops::{Deref, DerefMut};

use base::{Actor, Error, Moment, Result};
use postgres::error::SqlState;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::args;
use crate::db::{Db, Flow};
use crate::fault::Fault;
use crate::row::Row;
use crate::settings::Engine;
use crate::sql;
use crate::value::Arg;
use crate::work::Mode;

/// A table whose rows the journal protects, and the columns that name a row.
#[derive(Debug)]
pub struct Table {
    /// The table's name.
    pub name: &'static str,
    /// The columns of its key.
    pub key: &'static [&'static str],
}

/// A row that a change wrote or deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The table.
    pub table: &'static str,
    /// The key columns as text, joined by `/`; identifiers with hyphens.
    pub key: String,
    /// Digest of the row as stored; none when it was deleted.
    pub digest: Option<[u8; 32]>,
}

/// A change on its way. Everything of [`Db`] works here too.
pub struct Tx<'c> {
    db: Db<'c>,
    actor: &'c Actor,
    now: Moment,
    touched: Vec<Touched>,
    protected_unrecorded: bool,
    recorded: bool,
}

impl<'c> Deref for Tx<'c> {
    type Target = Db<'c>;
    fn deref(&self) -> &Db<'c> {
        &self.db
    }
}

impl<'c> DerefMut for Tx<'c> {
    fn deref_mut(&mut self) -> &mut Db<'c> {
        &mut self.db
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(db: Db<'c>, actor: &'c Actor, now: Moment) -> Self {
        Self {
            db,
            actor,
            now,
            touched: Vec::new(),
            protected_unrecorded: false,
            recorded: false,
        }
    }

    /// Who makes this change.
    pub fn actor(&self) -> &Actor {
        self.actor
    }

    /// The one moment of this change.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// Holds the thing `kind` `id` until the end of the change, so that two changes of it come one
    /// after the other. SQLite has one writer and needs nothing.
    pub fn lock(&mut self, kind: &str, id: Uuid) -> Result<()> {
        if self.engine() == Engine::Sqlite {
            return Ok(());
        }
        let mut hash = Sha256::new();
        hash.update(kind.as_bytes());
        hash.update([0]);
        hash.update(id.as_bytes());
        let digest: [u8; 32] = hash.finalize().into();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        let number = i64::from_be_bytes(first);
        self.db
            .run(sql::POSTGRES_LOCK, args![number], &mut |_| Ok(Flow::On))?;
        Ok(())
    }

    /// INSERT or UPDATE of rows that the journal protects, without a RETURNING of its own: each
    /// row as stored is digested and remembered. Answers how many rows were written.
    pub fn write(&mut self, table: &'static Table, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        self.touch(table, sql, args, true, &mut |_| Ok(()))
    }

    /// The same, mapping the rows as stored. Ask for columns by name: their order is the table's.
    pub fn write_returning<T>(
        &mut self,
        table: &'static Table,
        sql: &str,
        args: &[Arg<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.touch(table, sql, args, true, &mut |row| {
            found.push(map(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// DELETE of rows that the journal protects, without a RETURNING of its own: each is
    /// remembered as deleted.
    pub fn delete(&mut self, table: &'static Table, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        self.touch(table, sql, args, false, &mut |_| Ok(()))
    }

    fn touch(
        &mut self,
        table: &'static Table,
        sql: &str,
        args: &[Arg<'_>],
        stays: bool,
        map: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<u64> {
        let touched = &mut self.touched;
        let before = touched.len();
        self.db
            .run_returning(sql, table.key, args, &mut |row, shape, scratch| {
                touched.push(Touched {
                    table: table.name,
                    key: shape.key(row)?,
                    digest: stays.then(|| shape.digest(row, scratch)).transpose()?,
                });
                map(row)
            })?;
        let rows = self.touched.len() - before;
        self.protected_unrecorded |= rows > 0;
        Ok(rows as u64)
    }

    /// Any statement on tables that the journal does not protect. Answers how many rows an INSERT,
    /// UPDATE or DELETE changed.
    #[track_caller]
    pub fn execute(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64> {
        self.db.run(sql, args, &mut |_| Ok(Flow::On))
    }

    /// The next number of the sequence `name` (letters a–z, digits, `_`): 1, 2, 3 …, each given
    /// out once. Numbers may be left out when a change fails. On PostgreSQL nobody waits here.
    pub fn next_in_sequence(&mut self, name: &str) -> Result<i64> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if name.is_empty() || name.len() > 50 || !name.bytes().all(plain) {
            return Err(Error::internal("a sequence's name is not a-z, 0-9, _"));
        }
        match self.engine() {
            Engine::Sqlite => {
                // A number alone is nothing that an entry could tell of.
                let wrote = self.db.wrote;
                let number = self
                    .db
                    .one(sql::SQLITE_NEXT_IN_SEQUENCE, args![name], |row| row.get(0));
                self.db.wrote = wrote;
                number
            }
            Engine::Postgres => {
                let sequence = format!("seq_{name}");
                if !self.db.kept.sequences.contains(&sequence) {
                    self.make_sequence(&sequence)?;
                    self.db.kept.sequences.insert(sequence.clone());
                }
                self.db
                    .one(sql::POSTGRES_NEXT_IN_SEQUENCE, args![sequence], |row| {
                        row.get(0)
                    })
            }
        }
    }

    /// Makes a sequence on a connection of its own: inside this transaction nobody else could
    /// use it before the commit, and it would vanish with a roll-back.
    fn make_sequence(&mut self, sequence: &str) -> Result<()> {
        let exists = self
            .db
            .one(sql::POSTGRES_SEQUENCE_EXISTS, args![sequence], |row| {
                row.get::<bool>(0)
            })?;
        if exists {
            return Ok(());
        }
        let Some(config) = &self.db.kept.aside else {
            return Err(Error::internal("no way to reach PostgreSQL a second time"));
        };
        let made = config.connect(postgres::NoTls).and_then(|mut client| {
            client.batch_execute(&format!("CREATE SEQUENCE IF NOT EXISTS {sequence}"))
        });
        let fault = match made {
            Err(error) if !is_there(&error) => crate::postgres_values::fault(&error),
            // This transaction still believes that there is none; run anew, the change sees it.
            _ => Fault::Again("a sequence was made".to_owned()),
        };
        Err(self.db.fail(fault))
    }

    /// For the journal alone: gives out the rows touched since the last call, each once with its
    /// last state, and marks the change as recorded.
    pub fn take_touched(&mut self) -> Vec<Touched> {
        self.recorded = true;
        self.protected_unrecorded = false;
        let touched = std::mem::take(&mut self.touched);
        if touched.len() < 2 {
            return touched;
        }
        let mut seen: HashSet<(&'static str, String)> = HashSet::with_capacity(touched.len());
        let mut last: Vec<Touched> = Vec::with_capacity(touched.len());
        for row in touched.into_iter().rev() {
            if seen.insert((row.table, row.key.clone())) {
                last.push(row);
            }
        }
        last.reverse();
        last
    }

    /// Whether a journal entry was written.
    pub(crate) fn recorded(&self) -> bool {
        self.recorded
    }

    /// Why this change must not be committed although its closure was content.
    pub(crate) fn objection(&self, mode: Mode) -> Option<Error> {
        if self.db.fault.is_some() {
            return Some(Error::internal("a change that went on after a failure"));
        }
        let unrecorded = match mode {
            // After the entry only its own rows are written plainly: those of the journal.
            Mode::Change => self.protected_unrecorded || (self.db.wrote && !self.recorded),
            Mode::Housekeeping => self.protected_unrecorded,
            Mode::Read => false,
        };
        unrecorded.then(|| Error::internal("a change without an entry"))
    }
}

/// Whether a sequence was not made because somebody else made it at the same moment: `IF NOT EXISTS`
/// looks first and makes then, and in between the name may be taken, in the index of names or after it.
fn is_there(error: &postgres::Error) -> bool {
    [SqlState::UNIQUE_VIOLATION, SqlState::DUPLICATE_TABLE]
        .iter()
        .any(|state| error.code() == Some(state))
}
