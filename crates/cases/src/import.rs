//! Carrying cases over from another system: a folder with `appeals.csv.gz` and `answers.csv.gz`, and
//! where they are at hand `timeline.csv.gz`, `reroutes.csv.gz` and `reclassified.csv.gz`.
//!
//! Rows are read in a stream and written some at a time, each case with its key and its own entry,
//! which names the file's hash, and with an entry of the time of then for all that happened to it.
//! What is there already is passed over by its outside number, so an import may be stopped anywhere
//! and run again. Carried-over cases have no term and start nothing.

mod case;
mod file;
mod history;
pub(crate) mod nodes;
mod report;
mod row;
pub(crate) mod writing;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use base::Error;
use catalog::model::Service;
use jiff::tz::TimeZone;
use journal::Placer;

pub use report::{Progress, Reason, Refusal, Report};

use crate::Cases;
use crate::carrying::{Carried, Carrying};
use file::{ANSWER_COLUMNS, ANSWERS, APPEALS, Beside, Rows};
use history::{Event, Past};
use nodes::Nodes;
use report::Refused;
use row::{Appeal, COLUMNS};

/// Cases of the first change; how many there may be is seen by how long they took.
const BEGIN_WITH: usize = 40;

/// How an import is to be done.
#[derive(Clone, Debug)]
pub struct Options {
    /// Code of the service under which the cases are opened.
    pub service: String,
    /// The most cases in one change.
    pub batch: usize,
    /// Zone of the local times in the files; that of the agencies when absent.
    pub zone: Option<TimeZone>,
    /// Where the report goes as JSON; every refused row goes into `refused.csv` beside it.
    pub report: Option<PathBuf>,
    /// Reads everything and writes nothing: the report says what would have happened.
    pub dry_run: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            service: "complaint".to_owned(),
            batch: 500,
            zone: None,
            report: None,
            dry_run: false,
        }
    }
}

/// Why an import could not go on. What was carried over before stays; a new run goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file of the set cannot be opened.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A column is missing.
    #[error("{}: the heading has no column {column}", path.display())]
    Heading {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
    },
    /// The file is torn, is no gzip, or a row of it has no end.
    #[error("{}: cannot be read beyond line {line}: {detail}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// The last line that could be read.
        line: u64,
        /// What is wrong.
        detail: String,
    },
    /// The report cannot be written.
    #[error("the report {} cannot be written: {source}", path.display())]
    Report {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is no such service.
    #[error("there is no service {0}")]
    Service(String),
    /// The store was busy or took no changes for too long.
    #[error(
        "the store took no changes for too long ({0}); run the import again, it goes on where it stopped"
    )]
    Waited(&'static str),
    /// The store refused.
    #[error("the store refused: {0}")]
    Store(String),
}

impl From<Error> for ImportError {
    fn from(error: Error) -> Self {
        match error {
            Error::Busy | Error::ReadOnly => Self::Waited(error.code()),
            Error::Internal(detail) => Self::Store(detail.for_the_log().to_owned()),
            other => Self::Store(other.to_string()),
        }
    }
}

/// An import of one folder.
pub struct Import {
    cases: Cases,
    folder: PathBuf,
    options: Options,
}

/// A sound appeal with its answer and with what happened to it.
struct Sound {
    appeal: Appeal,
    answer: Option<String>,
    events: Vec<Event>,
}

/// The files that are read beside the appeals.
struct Others {
    answers: Beside<2>,
    past: Past,
}

/// What the whole run needs.
struct Run<'a> {
    service: Arc<Service>,
    zone: TimeZone,
    report: Report,
    refused: Refused,
    nodes: Nodes,
    /// Identifiers of rows that were read, to find those that come twice.
    seen: HashSet<String>,
    size: usize,
    placer: Placer,
    /// Nobody else seems to write, and when that was last looked for.
    alone: bool,
    looked: Option<Instant>,
    stop: &'a dyn Fn() -> bool,
}

impl Import {
    /// An import of the files in `folder`.
    pub fn new(cases: Cases, folder: impl Into<PathBuf>, options: Options) -> Self {
        Self {
            cases,
            folder: folder.into(),
            options,
        }
    }

    /// Runs to the end, or until `stop` says so between two batches. `progress` is told after each.
    pub fn run_blocking(
        &self,
        mut progress: impl FnMut(&Progress),
        stop: impl Fn() -> bool,
    ) -> Result<Report, ImportError> {
        let began = Instant::now();
        let store = self.cases.journal().store();
        let began_at = store.now();
        let appeals = self.folder.join(APPEALS);
        let checked = file::check(&appeals, &COLUMNS)?;
        let mut others = Others {
            answers: Beside::open(&self.folder, ANSWERS, &ANSWER_COLUMNS)?,
            past: Past::open(&self.folder)?,
        };
        let mut run = Run {
            service: self.service()?,
            zone: self
                .options
                .zone
                .clone()
                .unwrap_or_else(|| self.cases.hours().zone().clone()),
            report: Report {
                progress: Progress {
                    total: checked.rows,
                    ..Progress::default()
                },
                source_sha256: checked.sha256.clone(),
                dry_run: self.options.dry_run,
                began_at: began_at.rfc3339(),
                ..Report::default()
            },
            refused: Refused::begin(self.options.report.as_deref())?,
            nodes: Nodes::new(),
            seen: HashSet::new(),
            size: self.options.batch.clamp(1, BEGIN_WITH),
            placer: Placer::new(store.clone())?,
            alone: false,
            looked: None,
            stop: &stop,
        };
        let carrying = if self.options.dry_run {
            None
        } else {
            let files = self.files();
            let carrying = Carrying::begin(&self.cases, "appeals", &self.folder, &files, &stop);
            Some(carrying?)
        };
        let carried = self.carry(&appeals, &mut others, &mut run, &mut progress);
        let told = carrying.map(|carrying| {
            let Progress {
                read,
                carried_over,
                already_there,
                refused,
                ..
            } = run.report.progress;
            let counts = Carried {
                read,
                taken_in: carried_over,
                already_there,
                refused,
                ended: Carried::came_to(carried.is_err(), run.report.stopped),
            };
            carrying.end(&self.cases, &counts)
        });
        // What was written is placed even when the rest failed; the first failure is told.
        let placed = if self.options.dry_run {
            Ok(0)
        } else {
            run.placer.place_all_blocking()
        };
        let kept = run.refused.flush();
        carried?;
        told.transpose()?;
        run.report.placed += placed?;
        kept?;
        run.report.ended_at = store.now().rfc3339();
        run.report.seconds = began.elapsed().as_secs_f64();
        if let Some(path) = &self.options.report {
            run.report.save(path)?;
        }
        Ok(run.report)
    }

    /// The files of the set that are there.
    fn files(&self) -> Vec<&'static str> {
        let known = [APPEALS, ANSWERS].into_iter().chain(history::FILES);
        known
            .filter(|name| self.folder.join(name).is_file())
            .collect()
    }

    fn carry(
        &self,
        appeals: &Path,
        others: &mut Others,
        run: &mut Run<'_>,
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<(), ImportError> {
        let mut rows = Rows::open(appeals, &COLUMNS)?;
        loop {
            if (run.stop)() {
                run.report.stopped = true;
                return Ok(());
            }
            let (batch, ended) = self.read_batch(&mut rows, others, run)?;
            self.write_batch(batch, run)?;
            progress(&run.report.progress);
            if ended {
                break;
            }
        }
        let Run {
            report, refused, ..
        } = run;
        let mut unusable = 0;
        let left = others.answers.left_over(&mut |refusal| {
            unusable += 1;
            refused.add(report, refusal);
        })?;
        report.answers_refused += unusable;
        report.answers_without_appeal = left;
        let left = others
            .past
            .left_over(&mut |refusal| refused.add(report, refusal))?;
        report.history_without_appeal = left;
        Ok(())
    }

    /// The next appeals that are sound, with what belongs to them; true when the file is at its end.
    fn read_batch(
        &self,
        rows: &mut Rows<std::fs::File>,
        others: &mut Others,
        run: &mut Run<'_>,
    ) -> Result<(Vec<Sound>, bool), ImportError> {
        let now = self.cases.journal().store().now();
        let mut batch = Vec::with_capacity(run.size);
        while batch.len() < run.size {
            if !rows.advance()? {
                return Ok((batch, true));
            }
            run.report.progress.read += 1;
            let Run {
                report,
                refused,
                seen,
                zone,
                ..
            } = &mut *run;
            let id = rows.id().unwrap_or_default();
            let first = id.is_empty() || seen.insert(id.clone());
            let (answer, events) = if first && !id.is_empty() {
                let mut unusable = 0;
                let answers = others.answers.take(&id, &mut |refusal| {
                    unusable += 1;
                    refused.add(report, refusal);
                })?;
                report.answers_refused += unusable;
                let events = others
                    .past
                    .take(&id, zone, now, &mut |refusal| refused.add(report, refusal))?;
                (file::answer(answers), events)
            } else {
                (Ok(None), Ok(Vec::new()))
            };
            let read = if first {
                rows.texts()
                    .and_then(|columns| Appeal::read(columns, zone, now))
            } else {
                Err(Reason::Repeated)
            };
            let sound = read.and_then(|appeal| {
                Ok(Sound {
                    appeal,
                    answer: answer?,
                    events: events?,
                })
            });
            match sound {
                Ok(sound) => batch.push(sound),
                Err(reason) => {
                    report.progress.refused += 1;
                    refused.add(
                        report,
                        Refusal {
                            file: APPEALS,
                            line: rows.line(),
                            id,
                            reason,
                        },
                    );
                }
            }
        }
        Ok((batch, false))
    }

    /// The service, asked on a thread of its own because the caller may stand on any.
    fn service(&self) -> Result<Arc<Service>, ImportError> {
        let (catalog, code) = (self.cases.catalog().clone(), self.options.service.clone());
        let asked = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .map_err(Error::internal)?;
            runtime.block_on(catalog.service(&code))
        });
        match asked.join() {
            Ok(Err(Error::NotFound)) => Err(ImportError::Service(self.options.service.clone())),
            Ok(found) => Ok(found?),
            Err(_) => Err(Error::internal("the catalogue could not be asked").into()),
        }
    }
}
