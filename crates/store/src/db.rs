//! Reading: statements on one connection, inside one transaction that the worker opened.

use std::collections::HashSet;
use std::panic::Location;
use std::sync::Arc;

use base::{Error, Result};
use postgres::fallible_iterator::FallibleIterator;

use crate::by_text::ByText;
use crate::fault::Fault;
use crate::plan;
use crate::row::{Row, Shape, Source};
use crate::settings::Engine;
use crate::statement;
use crate::toil::Toil;
use crate::value::Arg;
use crate::{postgres_values, sqlite_values};

/// Most statements that one connection keeps ready.
pub(crate) const STATEMENTS_KEPT: usize = 512;

/// A connection inside a transaction, for reading.
pub struct Db<'c> {
    connection: Connection<'c>,
    pub(crate) kept: &'c mut Kept,
    pub(crate) fault: Option<Fault>,
    /// Whether a statement that writes was run, other than by [`Db::run_returning`].
    pub(crate) wrote: bool,
    /// Whether the statement that runs is meant to walk a whole table.
    walks: bool,
}

/// The engine's own connection.
pub(crate) enum Connection<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut postgres::Client),
}

/// What a connection keeps from one transaction to the next.
#[derive(Default)]
pub(crate) struct Kept {
    plain: ByText<Prepared>,
    returning: ByText<Prepared>,
    /// For digests, so that no row needs its own memory.
    pub(crate) scratch: Vec<u8>,
    /// Sequences of PostgreSQL that are known to exist.
    pub(crate) sequences: HashSet<String>,
    /// The tables that a statement may walk from end to end.
    small: Arc<[&'static str]>,
    /// How to reach PostgreSQL a second time, for what must not wait for this transaction.
    pub(crate) aside: Option<postgres::Config>,
}

impl Kept {
    /// For a connection on whose `small` tables statements may walk.
    pub(crate) fn with_small(small: Arc<[&'static str]>) -> Self {
        Self {
            small,
            ..Self::default()
        }
    }

    /// For a connection to PostgreSQL, which `config` opens a second time.
    pub(crate) fn with_aside(config: postgres::Config) -> Self {
        Self {
            aside: Some(config),
            ..Self::default()
        }
    }

    /// Forgets every statement: the tables under them have changed.
    pub(crate) fn forget_statements(&mut self) {
        self.plain.clear();
        self.returning.clear();
    }
}

#[derive(Clone)]
struct Prepared {
    text: Arc<str>,
    postgres: Option<postgres::Statement>,
    shape: Option<Arc<Shape>>,
    writes: bool,
    /// Whether its plan is known to walk no table that grows, or need not be looked at.
    sound: bool,
}

impl Prepared {
    /// Refuses, in debug builds, a statement that walks a table which use makes grow.
    ///
    /// # Panics
    /// When it does, so that a test tells which; the worker gives its caller an error.
    fn refuse_a_walk(&mut self, connection: &Connection<'_>, small: &[&str]) -> Result<()> {
        if let Connection::Sqlite(connection) = connection
            && !self.sound
        {
            let walked = plan::walked(connection, &self.text, small)
                .map_err(|error| sqlite_values::fault(&error).error())?;
            assert!(
                walked.is_empty(),
                "a statement walks {} from end to end: {}",
                walked.join(", "),
                self.text
            );
            self.sound = true;
        }
        Ok(())
    }
}

/// What is done with each row that was written.
pub(crate) type OnWritten<'f> = dyn FnMut(&Row<'_>, &Shape, &mut Vec<u8>) -> Result<()> + 'f;

/// Whether the rows of a statement are wanted on.
pub(crate) enum Flow {
    On,
    Enough,
}

impl<'c> Db<'c> {
    pub(crate) fn new(connection: Connection<'c>, kept: &'c mut Kept) -> Self {
        Self {
            connection,
            kept,
            fault: None,
            wrote: false,
            walks: false,
        }
    }

    /// The engine below, for the few places where dialects truly differ.
    pub fn engine(&self) -> Engine {
        match self.connection {
            Connection::Sqlite(_) => Engine::Sqlite,
            Connection::Postgres(_) => Engine::Postgres,
        }
    }

    /// Every row, mapped. The statement bounds their number.
    #[track_caller]
    pub fn query<T>(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.run(sql, args, &mut |row| {
            found.push(map(row)?);
            Ok(Flow::On)
        })?;
        Ok(found)
    }

    /// The first row, or none.
    #[track_caller]
    pub fn first<T>(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        mut map: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut found = None;
        self.run(sql, args, &mut |row| {
            found = Some(map(row)?);
            Ok(Flow::Enough)
        })?;
        Ok(found)
    }

    /// The first row; [`Error::NotFound`] when there is none.
    #[track_caller]
    pub fn one<T>(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        map: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.first(sql, args, map)?.ok_or(Error::NotFound)
    }

    /// Every row, one at a time and none kept: for long walks over whole tables.
    pub fn each(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        mut f: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.walks = true;
        let ran = self.run(sql, args, &mut |row| f(row).map(|()| Flow::On));
        self.walks = false;
        ran.map(|_| ())
    }

    /// Runs one statement and gives its rows to `each`; answers how many rows were changed.
    #[track_caller]
    pub(crate) fn run(
        &mut self,
        sql: &str,
        args: &[Arg<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<Flow>,
    ) -> Result<u64> {
        self.refuse_after_a_fault()?;
        let engine = self.engine();
        let make = || prepare(engine, sql, "");
        let prepared = self.kept.plain.of(sql, STATEMENTS_KEPT, make);
        self.wrote |= prepared.writes;
        if !self.walks && !asked_by_a_test() {
            prepared.refuse_a_walk(&self.connection, &self.kept.small)?;
        }
        match execute(&mut self.connection, prepared, args, self.walks, each) {
            Ok(changed) => Ok(changed),
            Err(Stop::Fault(fault)) => Err(self.fail(fault)),
            Err(Stop::Error(error)) => Err(error),
        }
    }

    /// Runs one statement with `RETURNING *` after it; `each` gets the shape of the rows too.
    pub(crate) fn run_returning(
        &mut self,
        sql: &str,
        key: &[&str],
        args: &[Arg<'_>],
        each: &mut OnWritten<'_>,
    ) -> Result<()> {
        self.refuse_after_a_fault()?;
        let engine = self.engine();
        let make = || prepare(engine, sql, " RETURNING *");
        let prepared = self.kept.returning.of(sql, STATEMENTS_KEPT, make);
        let scratch = &mut self.kept.scratch;
        let mut shape = prepared.shape.clone();
        prepared.refuse_a_walk(&self.connection, &self.kept.small)?;
        let ran = execute(&mut self.connection, prepared, args, false, &mut |row| {
            let known = match &shape {
                Some(known) if known.fits(row) => known,
                _ => shape.insert(Arc::new(Shape::of(row, key)?)),
            };
            each(row, known, scratch)?;
            Ok(Flow::On)
        });
        prepared.shape = shape;
        match ran {
            Ok(_) => Ok(()),
            Err(Stop::Fault(fault)) => Err(self.fail(fault)),
            Err(Stop::Error(error)) => Err(error),
        }
    }

    /// Runs several statements without arguments: migrations and the bounds of transactions.
    pub(crate) fn batch(&mut self, sql: &str) -> std::result::Result<(), Fault> {
        match &mut self.connection {
            Connection::Sqlite(connection) => connection
                .execute_batch(sql)
                .map_err(|error| sqlite_values::fault(&error)),
            Connection::Postgres(client) => client
                .batch_execute(sql)
                .map_err(|error| postgres_values::fault(&error)),
        }
    }

    /// After a failed statement PostgreSQL takes no other one; SQLite would. Both refuse here, so
    /// that a closure cannot come to different ends.
    fn refuse_after_a_fault(&self) -> Result<()> {
        match &self.fault {
            Some(_) => Err(Error::internal("a statement after one that failed")),
            None => Ok(()),
        }
    }

    pub(crate) fn fail(&mut self, fault: Fault) -> Error {
        let error = fault.error();
        self.fault = Some(fault);
        error
    }
}

enum Stop {
    Fault(Fault),
    Error(Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Self {
        Stop::Fault(sqlite_values::fault(&error))
    }
}

impl From<postgres::Error> for Stop {
    fn from(error: postgres::Error) -> Self {
        Stop::Fault(postgres_values::fault(&error))
    }
}

fn prepare(engine: Engine, sql: &str, tail: &str) -> Prepared {
    let mut text = match engine {
        Engine::Sqlite => statement::for_sqlite(sql),
        Engine::Postgres => sql.to_owned(),
    };
    text.push_str(tail);
    Prepared {
        text: text.into(),
        postgres: None,
        shape: None,
        writes: statement::writes(sql),
        sound: engine == Engine::Postgres || !cfg!(debug_assertions) || sql.starts_with("EXPLAIN"),
    }
}

fn execute(
    connection: &mut Connection<'_>,
    prepared: &mut Prepared,
    args: &[Arg<'_>],
    walks: bool,
    each: &mut dyn FnMut(&Row<'_>) -> Result<Flow>,
) -> std::result::Result<u64, Stop> {
    match connection {
        Connection::Sqlite(connection) => {
            let mut statement = connection.prepare_cached(&prepared.text)?;
            bound(statement.parameter_count(), args)?;
            for (index, arg) in args.iter().enumerate() {
                statement.raw_bind_parameter(index + 1, arg)?;
            }
            let changes = !statement.readonly();
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                match each(&Row(Source::Sqlite(row))).map_err(Stop::Error)? {
                    Flow::On => {}
                    Flow::Enough => break,
                }
            }
            drop(rows);
            let toil = Toil::of(&statement);
            if !walks {
                toil.tell(&prepared.text);
            }
            Ok(if changes { connection.changes() } else { 0 })
        }
        Connection::Postgres(client) => {
            let statement = match &prepared.postgres {
                Some(statement) => statement,
                None => prepared.postgres.insert(client.prepare(&prepared.text)?),
            };
            bound(statement.params().len(), args)?;
            let mut rows = client.query_raw(statement, args.iter().copied())?;
            while let Some(row) = rows.next()? {
                match each(&Row(Source::Postgres(&row))).map_err(Stop::Error)? {
                    Flow::On => {}
                    Flow::Enough => return Ok(0),
                }
            }
            Ok(rows.rows_affected().unwrap_or(0))
        }
    }
}

/// Whether a test looks at rows by itself: it may count them all.
#[track_caller]
fn asked_by_a_test() -> bool {
    cfg!(debug_assertions) && Location::caller().file().contains("tests")
}

fn bound(wanted: usize, args: &[Arg<'_>]) -> std::result::Result<(), Stop> {
    if wanted == args.len() {
        return Ok(());
    }
    Err(Stop::Error(Error::internal(format_args!(
        "a statement of {wanted} placeholders got {} arguments",
        args.len()
    ))))
}
