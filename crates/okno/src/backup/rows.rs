//! The file of rows: for each table a line that names it and its columns, then a line a row, all
//! JSON and gzip, so that it can be read with ordinary tools when this program is long gone. A
//! number is a number, a text a text, bytes are `{"b": "base64"}`.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use base::{Error, Result};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use journal::wire::{from_base64, to_base64};
use serde_json::Value as Json;
use store::{Arg, CopiedTable, Db, Row, Value};

/// Tables that a restore must not bring back: whoever signed out since the backup stays out.
const LEFT_OUT: &[&str] = &["session"];

/// What was written.
pub(super) struct Written {
    pub(super) tables: Vec<(CopiedTable, u64)>,
    pub(super) sequences: Vec<(String, i64)>,
    pub(super) migrations: Vec<(String, String)>,
}

/// Writes every table of this snapshot; begins anew when the closure around it is run again.
pub(super) fn write_all(db: &mut Db<'_>, file: &Path) -> Result<Written> {
    let out = File::create(file).map_err(Error::internal)?;
    let mut out = GzEncoder::new(BufWriter::new(out), Compression::fast());
    let mut tables = Vec::new();
    for table in db.copied_tables()? {
        if LEFT_OUT.contains(&table.name.as_str()) {
            continue;
        }
        line(
            &mut out,
            &serde_json::to_value(&table).map_err(Error::internal)?,
        )?;
        let mut rows = 0;
        db.each_row_of(&table, |row| {
            rows += 1;
            line(&mut out, &to_json(row)?)
        })?;
        tables.push((table, rows));
    }
    let out = out.finish().map_err(Error::internal)?;
    let out = out.into_inner().map_err(Error::internal)?;
    out.sync_all().map_err(Error::internal)?;
    Ok(Written {
        tables,
        sequences: db.copied_sequences()?,
        migrations: db.migrations_run()?,
    })
}

fn line(out: &mut impl Write, json: &Json) -> Result<()> {
    serde_json::to_writer(&mut *out, json).map_err(Error::internal)?;
    out.write_all(b"\n").map_err(Error::internal)
}

fn to_json(row: &Row<'_>) -> Result<Json> {
    let values = (0..row.width()).map(|place| {
        Ok(match row.value(place)? {
            Value::Null => Json::Null,
            Value::Int(int) => Json::from(int),
            Value::Text(text) => Json::from(text),
            Value::Bytes(bytes) => serde_json::json!({ "b": to_base64(bytes) }),
        })
    });
    values.collect::<Result<Vec<_>>>().map(Json::Array)
}

/// What stands on a line.
pub(super) enum Line {
    /// A table begins.
    Table(CopiedTable),
    /// A row of the table that began last.
    Row(Vec<Cell>),
}

/// A value of a row.
pub(super) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    pub(super) fn as_arg(&self) -> Arg<'_> {
        match self {
            Cell::Null => Arg::Null,
            Cell::Int(int) => Arg::Int(*int),
            Cell::Text(text) => Arg::Text(text),
            Cell::Bytes(bytes) => Arg::Bytes(bytes),
        }
    }

    fn of(json: Json) -> Option<Self> {
        Some(match json {
            Json::Null => Cell::Null,
            Json::Number(number) => Cell::Int(number.as_i64()?),
            Json::String(text) => Cell::Text(text),
            Json::Object(fields) => Cell::Bytes(from_base64(fields.get("b")?.as_str()?)?),
            Json::Bool(_) | Json::Array(_) => return None,
        })
    }
}

/// Reads the file line by line.
pub(super) fn read_all(file: &Path, mut each: impl FnMut(Line) -> Result<()>) -> Result<()> {
    let file = File::open(file).map_err(Error::internal)?;
    let lines = BufReader::new(GzDecoder::new(BufReader::new(file))).lines();
    for (number, line) in lines.enumerate() {
        let line = line.map_err(Error::internal)?;
        let wrong = || Error::internal(format_args!("line {} of the rows is no row", number + 1));
        let read = match serde_json::from_str(&line).map_err(Error::internal)? {
            Json::Array(values) => {
                let cells = values.into_iter().map(Cell::of).collect::<Option<Vec<_>>>();
                Line::Row(cells.ok_or_else(wrong)?)
            }
            json => Line::Table(serde_json::from_value(json).map_err(|_| wrong())?),
        };
        each(read)?;
    }
    Ok(())
}
