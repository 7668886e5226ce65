//! Reading an exchange: held against its manifest, then file by file in the order in which rows can
//! name each other. What is here already is passed over by its code or identifier, so that it may be
//! stopped anywhere and run again.

mod cases;
mod people;
mod works;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use base::{Actor, Error};
use journal::Placer;
use serde_json::{Map, Value as Json};
use store::forms::Wrong;
use uuid::Uuid;

use super::kinds::{self, CASE, Kind, NAMED, PERSON, PROBLEM, TASK};
use super::lines::{Line, Lines, digest};
use super::report::{Book, Report};
use super::things::{self, Here, Thing};
use super::{ExchangeError, LAYOUT, MANIFEST, Manifest, VERSION, at};
use crate::Cases;
use crate::carrying::{Carried, Carrying};
use crate::import::writing::patiently;
use crate::sql::exchange as sql;

const TAKE: Actor = Actor::system("import");

/// How an exchange is to be taken in.
#[derive(Clone, Debug)]
pub struct TakeOptions {
    /// The service of cases that name none.
    pub service: String,
    /// Reads and checks everything and writes nothing.
    pub dry_run: bool,
    /// The cases go on here as they stood: their terms are watched, and who closed them may open
    /// them again.
    pub awake: bool,
    /// Where the report goes as JSON; every refused row goes into `refused.csv` beside it.
    pub report: Option<PathBuf>,
}

impl Default for TakeOptions {
    fn default() -> Self {
        Self {
            service: "complaint".to_owned(),
            dry_run: false,
            awake: false,
            report: None,
        }
    }
}

/// The taking in of one folder.
pub struct Take {
    cases: Cases,
    folder: PathBuf,
    options: TakeOptions,
}

/// What the whole run needs.
struct Run<'a> {
    here: Here,
    book: Book,
    seen: HashSet<Uuid>,
    /// The highest number of its sequence that the kind has brought along.
    highest: i64,
    runtime: tokio::runtime::Runtime,
    stop: &'a dyn Fn() -> bool,
    progress: &'a dyn Fn(&Report),
}

/// A file of rows that is there.
struct Source {
    path: PathBuf,
    name: String,
    sha256: String,
}

impl Take {
    /// The taking in of `folder`.
    pub fn new(cases: Cases, folder: impl Into<PathBuf>, options: TakeOptions) -> Self {
        Self {
            cases,
            folder: folder.into(),
            options,
        }
    }

    /// Whether the folder brings services along.
    pub fn brings_services(&self) -> bool {
        self.folder.join("services.jsonl").is_file()
    }

    /// Runs to the end, or until `stop` says so. `progress` is told after each batch.
    pub fn run_blocking(
        &self,
        progress: impl Fn(&Report),
        stop: impl Fn() -> bool,
    ) -> Result<Report, ExchangeError> {
        let began = Instant::now();
        let store = self.cases.journal().store();
        self.check_manifest()?;
        let mut run = Run {
            here: store.read_blocking(Here::load)?,
            book: Book::begin(self.options.report.as_deref())?,
            seen: HashSet::new(),
            highest: 0,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(Error::internal)?,
            stop: &stop,
            progress: &progress,
        };
        run.book.report.began_at = store.now().rfc3339();
        run.book.report.dry_run = self.options.dry_run;
        let carrying = if self.options.dry_run {
            None
        } else {
            Some(self.begin(&stop)?)
        };
        let taken = self.take(&mut run);
        let told = carrying.map(|carrying| {
            let report = &run.book.report;
            let mut carried = Carried {
                read: 0,
                taken_in: 0,
                already_there: 0,
                refused: 0,
                ended: Carried::came_to(taken.is_err(), report.stopped),
            };
            for counts in report.kinds.values() {
                carried.read += counts.read;
                carried.taken_in += counts.carried_over;
                carried.already_there += counts.already_there;
                carried.refused += counts.refused;
            }
            carrying.end(&self.cases, &carried)
        });
        // What was written is placed even when the rest failed; the first failure is told.
        let placed = if self.options.dry_run {
            Ok(0)
        } else {
            Placer::new(store.clone()).and_then(|placer| placer.place_all_blocking())
        };
        let report = &mut run.book.report;
        report.ended_at = store.now().rfc3339();
        report.seconds = began.elapsed().as_secs_f64();
        if let Ok(placed) = &placed {
            report.placed = *placed;
        }
        let saved = run.book.save(self.options.report.as_deref());
        taken?;
        told.transpose()?;
        placed?;
        saved?;
        Ok(run.book.report)
    }

    /// Tells that the taking begins, with the files that it reads.
    fn begin(&self, stop: &dyn Fn() -> bool) -> base::Result<Carrying> {
        let files: Vec<String> = kinds::all().flat_map(|kind| self.names(kind)).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        Carrying::begin(&self.cases, "cases", &self.folder, &files, stop)
    }

    fn take(&self, run: &mut Run<'_>) -> Result<(), ExchangeError> {
        let mut found = false;
        for kind in &NAMED {
            for source in self.sources(kind)? {
                found = true;
                self.take_things(kind, &source, run)?;
            }
        }
        for source in self.sources(&PERSON)? {
            found = true;
            self.take_people(&source, run)?;
        }
        for source in self.sources(&CASE)? {
            found = true;
            self.take_cases(&source, run)?;
        }
        for kind in [&PROBLEM, &TASK] {
            for source in self.sources(kind)? {
                found = true;
                self.take_works(kind, &source, run)?;
            }
        }
        if found {
            Ok(())
        } else {
            Err(ExchangeError::Folder(format!(
                "{} holds no file that is known, like cases.csv or cases.jsonl",
                self.folder.display()
            )))
        }
    }

    /// A folder without a manifest is taken as it is: any list that somebody has put together.
    fn check_manifest(&self) -> Result<(), ExchangeError> {
        if !self.folder.is_dir() {
            return Err(ExchangeError::Folder(format!(
                "{} is no folder",
                self.folder.display()
            )));
        }
        let path = self.folder.join(MANIFEST);
        if !path.exists() {
            return Ok(());
        }
        let text = std::fs::read(&path).map_err(at(&path))?;
        let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| {
            ExchangeError::Folder(format!("{MANIFEST} cannot be read: {error}"))
        })?;
        if manifest.layout != LAYOUT || manifest.version != VERSION {
            return Err(ExchangeError::Folder(format!(
                "{MANIFEST} is not of the layout {LAYOUT} {VERSION}"
            )));
        }
        for (name, told) in &manifest.files {
            let plain = name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.');
            if !plain || name.starts_with('.') {
                return Err(ExchangeError::Folder(format!(
                    "{MANIFEST} names a file that no exchange has"
                )));
            }
            if digest(&self.folder.join(name))? != told.sha256 {
                return Err(ExchangeError::Folder(format!(
                    "{name} is not what {MANIFEST} says"
                )));
            }
        }
        Ok(())
    }

    /// The files of a kind that are there.
    fn names(&self, kind: &Kind) -> Vec<String> {
        ["jsonl", "csv"]
            .into_iter()
            .map(|form| format!("{}.{form}", kind.form.name))
            .filter(|name| self.folder.join(name).is_file())
            .collect()
    }

    fn sources(&self, kind: &Kind) -> Result<Vec<Source>, ExchangeError> {
        self.names(kind)
            .into_iter()
            .map(|name| {
                let path = self.folder.join(&name);
                Ok(Source {
                    sha256: digest(&path)?,
                    path,
                    name,
                })
            })
            .collect()
    }

    /// Whether somebody wants to stop; the report says so.
    fn stopped(run: &mut Run<'_>) -> bool {
        let stopped = (run.stop)();
        run.book.report.stopped |= stopped;
        stopped
    }

    /// Rows of a kind that others name. A row may stand before the one above it in its tree: it
    /// waits, and is refused when that never comes.
    fn take_things(
        &self,
        kind: &'static Kind,
        source: &Source,
        run: &mut Run<'_>,
    ) -> Result<(), ExchangeError> {
        let mut waiting = Vec::new();
        let mut lines = Lines::open(&source.path)?;
        while let Some(line) = lines.next()? {
            run.book.counts(kind.form.name).read += 1;
            waiting.push(line);
        }
        loop {
            if Self::stopped(run) {
                return Ok(());
            }
            let before = waiting.len();
            let (mut ready, mut later) = (Vec::new(), Vec::new());
            for line in waiting {
                let row = match line.row {
                    Ok(row) => row,
                    Err(wrong) => {
                        let name = kind.form.name;
                        run.book.refuse(name, &source.name, line.number, wrong);
                        continue;
                    }
                };
                self.read_thing(kind, source, line.number, row, run, &mut ready, &mut later)?;
            }
            self.write_things(kind, source, ready, run)?;
            (run.progress)(&run.book.report);
            if later.len() == before || later.is_empty() {
                for line in later {
                    let wrong = Wrong::new("parent", format!("names no {} that is here", kind.one));
                    let name = kind.form.name;
                    run.book.refuse(name, &source.name, line.number, wrong);
                }
                return Ok(());
            }
            waiting = later;
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one row of a loop, with the two lists it can go to"
    )]
    fn read_thing(
        &self,
        kind: &'static Kind,
        source: &Source,
        number: u64,
        row: Map<String, Json>,
        run: &mut Run<'_>,
        ready: &mut Vec<(u64, Thing)>,
        later: &mut Vec<Line>,
    ) -> Result<(), ExchangeError> {
        let parent = row.get("parent").and_then(Json::as_str);
        if parent.is_some_and(|code| run.here.id(kind.one, code).is_none()) {
            later.push(Line {
                number,
                row: Ok(row),
            });
            return Ok(());
        }
        let store = self.cases.journal().store();
        let known = |id: Uuid| {
            let found = store.read_blocking(move |db| sql::known_ids(db, kind.form, &[id]))?;
            Ok(!found.is_empty())
        };
        match things::read(kind, row, &run.here, store.now(), &known)? {
            Ok(Some(thing)) => {
                run.here.remember(kind.one, &thing.code, thing.id);
                ready.push((number, thing));
            }
            Ok(None) => run.book.counts(kind.form.name).already_there += 1,
            Err(wrong) => run.book.refuse(kind.form.name, &source.name, number, wrong),
        }
        Ok(())
    }

    fn write_things(
        &self,
        kind: &'static Kind,
        source: &Source,
        ready: Vec<(u64, Thing)>,
        run: &mut Run<'_>,
    ) -> Result<(), ExchangeError> {
        for (number, thing) in ready {
            let id = thing.id;
            let done = if self.options.dry_run {
                Ok(())
            } else {
                let (journal, sha256) = (self.cases.journal().clone(), source.sha256.clone());
                let thing = Arc::new(thing);
                patiently(run.stop, || {
                    let (journal, sha256) = (journal.clone(), sha256.clone());
                    let thing = Arc::clone(&thing);
                    let store = self.cases.journal().store();
                    store.change_blocking(&TAKE, move |tx| {
                        things::write(tx, &journal, &thing, &sha256)
                    })
                })
            };
            match done {
                Ok(()) => {
                    run.book.counts(kind.form.name).carried_over += 1;
                    match kind.one {
                        "service" => {
                            let store = self.cases.journal().store();
                            let versions = store.read_blocking(sql::service_versions)?;
                            run.here.versions.extend(versions);
                        }
                        "consent_text" => {
                            run.here.consents.insert(id);
                        }
                        _ => {}
                    }
                }
                Err(Error::Conflict(_)) => {
                    let wrong = Wrong::new("", "clashes with something that is here");
                    run.book.refuse(kind.form.name, &source.name, number, wrong);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
