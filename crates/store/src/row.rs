//! One row of an answer, from either engine, and the digest by which the journal protects it.

use base::{Error, Result};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::value::{FromValue, Value};
use crate::{postgres_values, sqlite_values};

/// A row as the database gave it; lives only inside the closure that reads it.
pub struct Row<'r>(pub(crate) Source<'r>);

pub(crate) enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

impl Row<'_> {
    /// The column at `index`, counted from 0.
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T> {
        T::from_value(self.value(index)?)
    }

    /// The column called `name`.
    pub fn named<T: FromValue>(&self, name: &str) -> Result<T> {
        let index = self
            .position(name)
            .ok_or_else(|| Error::internal(format_args!("the row has no column {name}")))?;
        self.get(index)
    }

    /// The value of the column at `index`, borrowed from the row.
    pub fn value(&self, index: usize) -> Result<Value<'_>> {
        match &self.0 {
            Source::Sqlite(row) => sqlite_values::value(row, index),
            Source::Postgres(row) => postgres_values::value(row, index),
        }
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        match &self.0 {
            Source::Sqlite(row) => row.as_ref().column_count(),
            Source::Postgres(row) => row.len(),
        }
    }

    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        match &self.0 {
            Source::Sqlite(row) => row.as_ref().column_index(name).ok(),
            Source::Postgres(row) => row.columns().iter().position(|c| c.name() == name),
        }
    }

    fn name(&self, index: usize) -> &str {
        match &self.0 {
            Source::Sqlite(row) => row.as_ref().column_name(index).unwrap_or_default(),
            Source::Postgres(row) => row.columns().get(index).map_or("", |c| c.name()),
        }
    }
}

/// Digest of a row as stored: SHA-256 over every non-NULL column in order of column name, each
/// as the length of its name (four bytes, big endian), its name, one byte for its kind
/// (1 number, 2 text, 3 bytes), the length of its value and its value; numbers are eight bytes,
/// big endian, two's complement. A column added later and left empty changes no digest, and
/// both engines give the same one.
pub fn row_digest(row: &Row<'_>) -> Result<[u8; 32]> {
    Shape::of(row, &[])?.digest(row, &mut Vec::new())
}

/// The key of a row of `table` as text, as [`crate::Touched`] names it.
pub fn row_key(table: &crate::Table, row: &Row<'_>) -> Result<String> {
    Shape::of(row, table.key)?.key(row)
}

/// What a statement's rows look like: worked out once for each statement, for digests and keys.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    width: usize,
    /// Columns in order of name: place in the row, and the name with its length before it.
    columns: Vec<(usize, Vec<u8>)>,
    /// Places of the key columns.
    key: Vec<usize>,
}

impl Shape {
    pub(crate) fn of(row: &Row<'_>, key: &[&str]) -> Result<Self> {
        let width = row.width();
        let mut names: Vec<(usize, &str)> = (0..width).map(|i| (i, row.name(i))).collect();
        names.sort_unstable_by(|a, b| a.1.cmp(b.1));
        let columns = names
            .into_iter()
            .map(|(index, name)| {
                let mut prefix = Vec::with_capacity(4 + name.len());
                length(name.len(), &mut prefix);
                prefix.extend_from_slice(name.as_bytes());
                (index, prefix)
            })
            .collect();
        let key = key
            .iter()
            .map(|name| {
                row.position(name).ok_or_else(|| {
                    Error::internal(format_args!("the table has no key column {name}"))
                })
            })
            .collect::<Result<_>>()?;
        Ok(Self {
            width,
            columns,
            key,
        })
    }

    /// Whether the row still looks so: a column added meanwhile by another process shows here.
    pub(crate) fn fits(&self, row: &Row<'_>) -> bool {
        self.width == row.width()
    }

    /// The digest of one row; `scratch` is only there to be used again.
    pub(crate) fn digest(&self, row: &Row<'_>, scratch: &mut Vec<u8>) -> Result<[u8; 32]> {
        scratch.clear();
        for (index, prefix) in &self.columns {
            let value = row.value(*index)?;
            if value == Value::Null {
                continue;
            }
            scratch.extend_from_slice(prefix);
            match value {
                Value::Null => {}
                Value::Int(int) => {
                    scratch.push(1);
                    length(8, scratch);
                    scratch.extend_from_slice(&int.to_be_bytes());
                }
                Value::Text(text) => {
                    scratch.push(2);
                    length(text.len(), scratch);
                    scratch.extend_from_slice(text.as_bytes());
                }
                Value::Bytes(bytes) => {
                    scratch.push(3);
                    length(bytes.len(), scratch);
                    scratch.extend_from_slice(bytes);
                }
            }
        }
        Ok(Sha256::digest(scratch.as_slice()).into())
    }

    /// The key of one row as text: its key columns joined by `/`.
    pub(crate) fn key(&self, row: &Row<'_>) -> Result<String> {
        use std::fmt::Write;
        let mut key = String::with_capacity(36);
        for (place, index) in self.key.iter().enumerate() {
            if place > 0 {
                key.push('/');
            }
            match row.value(*index)? {
                Value::Null => {}
                Value::Int(int) => write!(key, "{int}").map_err(Error::internal)?,
                Value::Text(text) => key.push_str(text),
                Value::Bytes(bytes) => match Uuid::from_slice(bytes) {
                    Ok(id) => write!(key, "{}", id.as_hyphenated()).map_err(Error::internal)?,
                    Err(_) => {
                        for byte in bytes {
                            write!(key, "{byte:02x}").map_err(Error::internal)?;
                        }
                    }
                },
            }
        }
        Ok(key)
    }
}

fn length(bytes: usize, into: &mut Vec<u8>) {
    // A column of 4 GiB cannot be stored by either engine.
    into.extend_from_slice(&u32::try_from(bytes).unwrap_or(u32::MAX).to_be_bytes());
}
