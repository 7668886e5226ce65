//! What an import tells: how far it is, what came in, and what was refused and why.

use std::fs::File;
use std::path::Path;

use serde::{Serialize, Serializer};

use super::ImportError;

/// Refusals that a report holds itself; the file beside it holds all of them.
const REFUSALS_KEPT: usize = 1000;

/// How far an import is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Appeals in the file.
    pub total: u64,
    /// Appeals read so far.
    pub read: u64,
    /// Of these, carried over now.
    pub carried_over: u64,
    /// Of these, there already.
    pub already_there: u64,
    /// Of these, refused.
    pub refused: u64,
}

/// How an import ended.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Counts of appeals.
    pub progress: Progress,
    /// It was stopped before the end; the next run goes on.
    pub stopped: bool,
    /// Rows of answers that could not be used at all.
    pub answers_refused: u64,
    /// Answers to no appeal of the file; known only when all of it was read.
    pub answers_without_appeal: u64,
    /// Rows of histories that belong to no appeal of the file; known only when all of it was read.
    pub history_without_appeal: u64,
    /// Entries of the cases carried over, what happened to them before included.
    pub entries: u64,
    /// Categories, units and territories that were made.
    pub nodes_made: u64,
    /// Of these, units.
    pub units_made: u64,
    /// Of these, categories.
    pub categories_made: u64,
    /// Of these, territories.
    pub territories_made: u64,
    /// Nothing was written: this is what would have happened.
    pub dry_run: bool,
    /// When it began and when its last entry had its place in the log, RFC 3339.
    pub began_at: String,
    /// See `began_at`.
    pub ended_at: String,
    /// Between the two.
    pub seconds: f64,
    /// Entries that got their place in the log; none when a running server does that.
    pub placed: usize,
    /// SHA-256 of the file of appeals.
    pub source_sha256: String,
    /// The first refusals.
    pub refusals: Vec<Refusal>,
}

/// A row that was not carried over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The file.
    pub file: &'static str,
    /// The line on which the row begins.
    pub line: u64,
    /// The identifier, when it can be shown.
    pub id: String,
    /// Why.
    pub reason: Reason,
}

/// Why a row was not carried over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Not as many columns as the heading.
    #[error("{found} columns instead of {expected}")]
    Columns {
        /// Columns of the row.
        found: usize,
        /// Columns of the heading.
        expected: usize,
    },
    /// Bytes that are no UTF-8.
    #[error("not UTF-8")]
    Encoding,
    /// No identifier.
    #[error("no id")]
    NoId,
    /// An identifier of more than 64 characters, or with control or invisible ones.
    #[error("an id that cannot be a number of a case")]
    Id,
    /// The identifier stood on an earlier line.
    #[error("the id stands on an earlier line already")]
    Repeated,
    /// A moment that is none, or before 1990.
    #[error("{0} is no date and time")]
    Moment(&'static str),
    /// A moment that has not come yet.
    #[error("{0} is in the future")]
    Future(&'static str),
    /// Answered before it was filed.
    #[error("answered before it was created")]
    Order,
    /// A state that nothing is known about.
    #[error("unknown final_status")]
    Status,
    /// A text beyond all measure.
    #[error("{0} is too long")]
    TooLong(&'static str),
    /// A row of the history cannot be used, and a history with a hole is none.
    #[error("line {line} of {file}: {reason}")]
    History {
        /// The file.
        file: &'static str,
        /// The line on which the row begins.
        line: u64,
        /// What is wrong with it.
        reason: Box<Reason>,
    },
    /// More happened than one case can tell.
    #[error("more than {0} events")]
    TooMany(usize),
    /// A day that is none.
    #[error("{0} is no day")]
    Day(&'static str),
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Report {
    fn keep(&mut self, refusal: Refusal) {
        if self.refusals.len() < REFUSALS_KEPT {
            self.refusals.push(refusal);
        }
    }

    /// Writes the report as JSON.
    pub(super) fn save(&self, path: &Path) -> Result<(), ImportError> {
        let failed = |source| ImportError::Report {
            path: path.to_owned(),
            source,
        };
        let file = File::create(path).map_err(failed)?;
        serde_json::to_writer_pretty(file, self).map_err(|error| failed(error.into()))
    }
}

/// Refusals on their way into the report and into `refused.csv` beside it.
pub(super) struct Refused {
    path: std::path::PathBuf,
    file: Option<csv::Writer<File>>,
    failed: Option<std::io::Error>,
}

impl Refused {
    /// Begins `refused.csv` in the folder of the report, when a report is wanted.
    pub(super) fn begin(report: Option<&Path>) -> Result<Self, ImportError> {
        let path = report
            .map(|report| report.with_file_name("refused.csv"))
            .unwrap_or_default();
        let mut refused = Self {
            path,
            file: None,
            failed: None,
        };
        if report.is_some() {
            let file = File::create(&refused.path).map_err(|source| refused.error(source))?;
            refused.file = Some(csv::Writer::from_writer(file));
            refused.line(&["file", "line", "id", "reason"]);
        }
        Ok(refused)
    }

    /// Takes a refusal down.
    pub(super) fn add(&mut self, report: &mut Report, refusal: Refusal) {
        let (line, reason) = (refusal.line.to_string(), refusal.reason.to_string());
        self.line(&[refusal.file, &line, &refusal.id, &reason]);
        report.keep(refusal);
    }

    fn line(&mut self, fields: &[&str]) {
        if let Some(file) = &mut self.file
            && let Err(error) = file.write_record(fields)
        {
            self.failed.get_or_insert(error.into());
        }
    }

    /// Everything taken down so far is in the file.
    pub(super) fn flush(&mut self) -> Result<(), ImportError> {
        let flushed = self.file.as_mut().map_or(Ok(()), csv::Writer::flush);
        match self.failed.take().map_or(flushed, Err) {
            Ok(()) => Ok(()),
            Err(source) => Err(self.error(source)),
        }
    }

    fn error(&self, source: std::io::Error) -> ImportError {
        ImportError::Report {
            path: self.path.clone(),
            source,
        }
    }
}
