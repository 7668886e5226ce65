//! Carrying cases over from another system: a folder with `appeals.csv.gz` and `answers.csv.gz`.
//!
//! Rows are read in a stream and written some at a time, each case with its key and its own entry,
//! which names the file's hash. What is there already is passed over by its outside number, so an
//! import may be stopped anywhere and run again. Carried-over cases have no term and start nothing.

mod case;
mod file;
mod nodes;
mod report;
mod row;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use base::{Actor, Error};
use catalog::model::Service;
use jiff::tz::TimeZone;
use journal::Placer;
use store::Engine;

pub use report::{Progress, Reason, Refusal, Report};

use crate::model::Source;
use crate::{Cases, sql};
use case::Ready;
use file::{ANSWERS, APPEALS, Answers, Rows};
use nodes::Nodes;
use report::Refused;
use row::{Appeal, COLUMNS};

const IMPORT: Actor = Actor::system("import");

/// A change may hold the writer for so long; batches shrink and grow by it.
const CHANGE_MOST: Duration = Duration::from_millis(20);

/// How often a busy store is asked again; the pauses double up to [`PAUSE_MOST`].
const PATIENCE: u32 = 60;
const PAUSE_LEAST: Duration = Duration::from_millis(20);
const PAUSE_MOST: Duration = Duration::from_secs(1);

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
}

impl Default for Options {
    fn default() -> Self {
        Self {
            service: "complaint".to_owned(),
            batch: 40,
            zone: None,
            report: None,
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

/// A sound appeal with its answer.
type Sound = (Appeal, Option<String>);

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
        let appeals = self.folder.join(APPEALS);
        let answers = self.folder.join(ANSWERS);
        let checked = file::check(&appeals, &COLUMNS)?;
        let answers_checked = Answers::check(&answers)?;
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
                ..Report::default()
            },
            refused: Refused::begin(self.options.report.as_deref())?,
            nodes: Nodes::new(),
            seen: HashSet::new(),
            size: self.options.batch.max(1),
            stop: &stop,
        };
        let mut answers = Answers::open(&answers, &answers_checked)?;
        let carried = self.carry(&appeals, &mut answers, &mut run, &mut progress);
        // What was written is placed even when the rest failed; the first failure is told.
        let placed = Placer::new(self.cases.journal().store().clone())
            .and_then(|placer| placer.place_all_blocking());
        let kept = run.refused.flush();
        carried?;
        run.report.placed = placed?;
        kept?;
        if let Some(path) = &self.options.report {
            run.report.save(path)?;
        }
        Ok(run.report)
    }

    fn carry(
        &self,
        appeals: &Path,
        answers: &mut Answers,
        run: &mut Run<'_>,
        progress: &mut dyn FnMut(&Progress),
    ) -> Result<(), ImportError> {
        let mut rows = Rows::open(appeals, &COLUMNS)?;
        loop {
            if (run.stop)() {
                run.report.stopped = true;
                return Ok(());
            }
            let (batch, ended) = self.read_batch(&mut rows, answers, run)?;
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
        let left = answers.left_over(&mut |refusal| {
            unusable += 1;
            refused.add(report, refusal);
        })?;
        report.answers_refused += unusable;
        report.answers_without_appeal = left;
        Ok(())
    }

    /// The next appeals that are sound, with their answers; true when the file is at its end.
    fn read_batch(
        &self,
        rows: &mut Rows<std::fs::File>,
        answers: &mut Answers,
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
            let answer = if first && !id.is_empty() {
                let mut unusable = 0;
                let answer = answers.take(&id, &mut |refusal| {
                    unusable += 1;
                    refused.add(report, refusal);
                })?;
                report.answers_refused += unusable;
                answer
            } else {
                Ok(None)
            };
            let read = if first {
                rows.texts()
                    .and_then(|columns| Appeal::read(columns, zone, now))
            } else {
                Err(Reason::Repeated)
            };
            match read.and_then(|appeal| Ok((appeal, answer?))) {
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

    /// Writes what is not there yet.
    fn write_batch(&self, batch: Vec<Sound>, run: &mut Run<'_>) -> Result<(), ImportError> {
        if batch.is_empty() {
            return Ok(());
        }
        let ids: Arc<Vec<String>> =
            Arc::new(batch.iter().map(|(appeal, _)| appeal.id.clone()).collect());
        let known = self.known(&ids, run.stop)?;
        let (mut appeals, mut texts) = (Vec::new(), Vec::new());
        for ((appeal, text), known) in batch.into_iter().zip(known) {
            if known {
                run.report.progress.already_there += 1;
            } else {
                appeals.push(appeal);
                texts.push(text);
            }
        }
        if appeals.is_empty() {
            return Ok(());
        }
        self.make_nodes(&appeals, run)?;
        let mut ready = Vec::with_capacity(appeals.len());
        for (appeal, text) in appeals.into_iter().zip(texts) {
            let place = run.nodes.place(&appeal)?;
            ready.push(case::prepared(
                appeal,
                text,
                &place,
                &run.service,
                &run.report.source_sha256,
            )?);
        }
        let ready = Arc::new(ready);
        match self.write(&ready, 0..ready.len(), run.stop) {
            Ok(took) => {
                run.report.progress.carried_over += ready.len() as u64;
                self.pace(took, run);
                Ok(())
            }
            // Somebody else carries the same cases over: one by one, past those that are there.
            Err(Error::Conflict(_)) => self.write_singly(&ready, run),
            Err(error) => Err(error.into()),
        }
    }

    fn write_singly(&self, ready: &Arc<Vec<Ready>>, run: &mut Run<'_>) -> Result<(), ImportError> {
        for place in 0..ready.len() {
            match self.write(ready, place..place + 1, run.stop) {
                Ok(_) => run.report.progress.carried_over += 1,
                Err(Error::Conflict(key)) => {
                    let id = ready[place].row.outside_number.clone().unwrap_or_default();
                    if self.known(&Arc::new(vec![id]), run.stop)? != [true] {
                        return Err(Error::Conflict(key).into());
                    }
                    run.report.progress.already_there += 1;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// On SQLite, fits the next batch to what the last one took, and leaves the one writer to
    /// others for a while. On PostgreSQL nobody waits for these rows.
    fn pace(&self, took: Duration, run: &mut Run<'_>) {
        if self.cases.journal().store().engine() != Engine::Sqlite {
            return;
        }
        if took > CHANGE_MOST {
            run.size = (run.size / 2).max(1);
        } else if took * 2 < CHANGE_MOST {
            run.size = (run.size + run.size / 4 + 1).min(self.options.batch.max(1));
        }
        std::thread::sleep((took / 8).min(PAUSE_LEAST));
    }

    fn known(&self, ids: &Arc<Vec<String>>, stop: &dyn Fn() -> bool) -> base::Result<Vec<bool>> {
        patiently(stop, || {
            let ids = Arc::clone(ids);
            self.cases.journal().store().read_blocking(move |db| {
                ids.iter()
                    .map(|id| sql::outside_number_known(db, Source::Import, id))
                    .collect()
            })
        })
    }

    fn make_nodes(&self, appeals: &[Appeal], run: &mut Run<'_>) -> Result<(), ImportError> {
        for some in run.nodes.missing(appeals).chunks(nodes::AT_ONCE) {
            let some = Arc::new(some.to_vec());
            let find_or_make = || {
                patiently(run.stop, || {
                    let (journal, some) = (self.cases.journal().clone(), Arc::clone(&some));
                    let store = self.cases.journal().store();
                    store.change_blocking(&IMPORT, move |tx| nodes::make(tx, &journal, &some))
                })
            };
            // Two imports may make the same ones at once; the second time they are found.
            let (ids, made) = match find_or_make() {
                Err(Error::Conflict(_)) => find_or_make()?,
                other => other?,
            };
            run.report.nodes_made += made;
            run.nodes.remember(&some, &ids);
        }
        Ok(())
    }

    /// Writes some cases in one change; how long the change took of the writer.
    fn write(
        &self,
        ready: &Arc<Vec<Ready>>,
        some: std::ops::Range<usize>,
        stop: &dyn Fn() -> bool,
    ) -> base::Result<Duration> {
        patiently(stop, || {
            let (cases, ready, some) = (self.cases.clone(), Arc::clone(ready), some.clone());
            self.cases
                .journal()
                .store()
                .change_blocking(&IMPORT, move |tx| {
                    let began = Instant::now();
                    for one in ready.get(some.clone()).unwrap_or_default() {
                        case::insert(tx, &cases, one)?;
                    }
                    Ok(began.elapsed())
                })
        })
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

/// Asks again while the store is busy, with longer and longer pauses.
fn patiently<R>(stop: &dyn Fn() -> bool, ask: impl Fn() -> base::Result<R>) -> base::Result<R> {
    let mut pause = PAUSE_LEAST;
    for _ in 0..PATIENCE {
        match ask() {
            Err(Error::Busy | Error::ReadOnly) if !stop() => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(PAUSE_MOST);
            }
            other => return other,
        }
    }
    ask()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_store_is_asked_again_and_other_failures_are_not() {
        let asked = std::cell::Cell::new(0);
        let count = || asked.replace(asked.get() + 1);
        let answered = patiently(&|| false, || match count() {
            0 => Err(Error::Busy),
            1 => Err(Error::ReadOnly),
            n => Ok(n),
        });
        assert_eq!(answered.ok(), Some(2));
        asked.set(0);
        let refused: base::Result<()> = patiently(&|| false, || {
            count();
            Err(Error::Forbidden)
        });
        assert!(matches!(refused, Err(Error::Forbidden)) && asked.get() == 1);
    }

    #[test]
    fn who_wants_to_stop_does_not_wait_for_a_busy_store() {
        let began = Instant::now();
        let refused: base::Result<()> = patiently(&|| true, || Err(Error::Busy));
        assert!(matches!(refused, Err(Error::Busy)) && began.elapsed() < PAUSE_MOST);
    }
}
