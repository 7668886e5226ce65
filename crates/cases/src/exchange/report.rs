//! What the reading of an exchange tells: what came in of each kind, and what was refused and why.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use serde::Serialize;
use store::forms::Wrong;

use super::{ExchangeError, at};

/// Refusals that a report holds itself; the file beside it holds all of them.
const REFUSED_KEPT: usize = 1000;

/// Counts of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows read.
    pub read: u64,
    /// Of these, carried over.
    pub carried_over: u64,
    /// Of these, there already.
    pub already_there: u64,
    /// Of these, refused.
    pub refused: u64,
}

/// How it went.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// By kind.
    pub kinds: BTreeMap<&'static str, Counts>,
    /// Units, subjects and territories that were made of names alone.
    pub made: u64,
    /// Documents put away.
    pub documents: u64,
    /// Entries that got their place in the log; none when a running server does that.
    pub placed: usize,
    /// It was stopped before the end; the next run goes on.
    pub stopped: bool,
    /// Nothing was written: this is what would have happened.
    pub dry_run: bool,
    /// When it began and ended, RFC 3339.
    pub began_at: String,
    /// See `began_at`.
    pub ended_at: String,
    /// Between the two.
    pub seconds: f64,
    /// The first refusals.
    pub refused: Vec<Refused>,
}

/// A row that was not carried over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The file.
    pub file: String,
    /// Its line.
    pub line: u64,
    /// The field; empty when it is about the whole row.
    pub field: String,
    /// What is wrong with it.
    pub why: String,
}

impl Report {
    /// Rows refused, of all kinds.
    pub fn all_refused(&self) -> u64 {
        self.kinds.values().map(|counts| counts.refused).sum()
    }
}

/// Where refusals go: into the report, and into `refused.csv` beside it.
pub(super) struct Book {
    pub(super) report: Report,
    file: Option<csv::Writer<File>>,
}

impl Book {
    pub(super) fn begin(report: Option<&Path>) -> Result<Self, ExchangeError> {
        let file = report
            .map(|path| {
                let path = path.with_file_name("refused.csv");
                let mut file = csv::Writer::from_writer(File::create(&path).map_err(at(&path))?);
                file.write_record(["file", "line", "field", "why"])
                    .map_err(|error| at(&path)(error.into()))?;
                Ok::<_, ExchangeError>(file)
            })
            .transpose()?;
        Ok(Self {
            report: Report::default(),
            file,
        })
    }

    pub(super) fn counts(&mut self, kind: &'static str) -> &mut Counts {
        self.report.kinds.entry(kind).or_default()
    }

    pub(super) fn refuse(&mut self, kind: &'static str, file: &str, line: u64, wrong: Wrong) {
        self.counts(kind).refused += 1;
        let refused = Refused {
            file: file.to_owned(),
            line,
            field: shown(&wrong.field),
            why: wrong.why,
        };
        if let Some(csv) = &mut self.file {
            let line = refused.line.to_string();
            let record = [&refused.file, &line, &refused.field, &refused.why];
            // The report says so too; a full disk stops the store soon enough.
            let _ = csv.write_record(record);
        }
        if self.report.refused.len() < REFUSED_KEPT {
            self.report.refused.push(refused);
        }
    }

    /// Writes the report as JSON, and what was refused.
    pub(super) fn save(&mut self, path: Option<&Path>) -> Result<(), ExchangeError> {
        let Some(path) = path else { return Ok(()) };
        if let Some(csv) = &mut self.file {
            csv.flush().map_err(at(path))?;
        }
        let file = File::create(path).map_err(at(path))?;
        serde_json::to_writer_pretty(file, &self.report).map_err(|error| at(path)(error.into()))
    }
}

/// The name of a field that came from a file: short, and nothing that a spreadsheet would run.
fn shown(field: &str) -> String {
    let plain = |c: &char| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']');
    field.chars().filter(plain).take(100).collect()
}
