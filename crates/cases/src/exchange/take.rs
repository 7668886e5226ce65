//! Reading an exchange: held against its manifest, then file by file in the order in which rows can
//! name each other. What is here already is passed over by its code or identifier, so that it may be
//! stopped anywhere and run again.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use base::{Actor, Error};
use journal::{DataKey, Placer};
use serde_json::{Map, Value as Json};
use store::forms::{Cell, Wrong};
use store::{Db, Tx};
use uuid::Uuid;

use super::case::{self, House, Ready, Written};
use super::kinds::{CASE, Kind, NAMED, PERSON};
use super::lines::{Line, Lines, digest};
use super::report::{Book, Report};
use super::things::{self, Here, Reading, Thing};
use super::{ExchangeError, FILES, LAYOUT, MANIFEST, Manifest, VERSION, at};
use crate::Cases;
use crate::import::nodes;
use crate::import::writing::patiently;
use crate::sql::exchange as sql;

const TAKE: Actor = Actor::system("import");

/// Rows of one change.
const BATCH: usize = 100;
/// The largest document, in bytes.
const FILE_MOST: u64 = 64 << 20;

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
    /// The highest number of the sequence that cases brought along.
    highest: u32,
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

/// A person that only waits to be written.
struct Person {
    id: Uuid,
    key: Uuid,
    wrapped: Vec<u8>,
    data_key: DataKey,
    cells: Vec<Cell>,
    lists: things::Listed,
    blind: [u8; 32],
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
        let taken = self.take(&mut run);
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
        placed?;
        saved?;
        Ok(run.book.report)
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

    fn sources(&self, kind: &Kind) -> Result<Vec<Source>, ExchangeError> {
        ["jsonl", "csv"]
            .into_iter()
            .map(|form| format!("{}.{form}", kind.form.name))
            .filter(|name| self.folder.join(name).is_file())
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

    fn take_people(&self, source: &Source, run: &mut Run<'_>) -> Result<(), ExchangeError> {
        let unknown_password = people::People::unknown_password_hash()?;
        let mut lines = Lines::open(&source.path)?;
        let name = PERSON.form.name;
        while let Some(line) = lines.next()? {
            if Self::stopped(run) {
                return Ok(());
            }
            run.book.counts(name).read += 1;
            let read = line
                .row
                .and_then(|row| self.person(row, run, &unknown_password));
            let person = match read {
                Ok(person) => Arc::new(person),
                Err(wrong) => {
                    run.book.refuse(name, &source.name, line.number, wrong);
                    continue;
                }
            };
            let (journal, sha256) = (self.cases.journal().clone(), source.sha256.clone());
            let store = self.cases.journal().store();
            let dry = self.options.dry_run;
            let written = if dry {
                store.read_blocking(move |db| person_stands(db, &person))
            } else {
                patiently(run.stop, || {
                    let (journal, sha256) = (journal.clone(), sha256.clone());
                    let person = Arc::clone(&person);
                    store.change_blocking(&TAKE, move |tx| {
                        write_person(tx, &journal, &person, &sha256)
                    })
                })
            };
            match written {
                Ok(Stands::Here) => run.book.counts(name).already_there += 1,
                Ok(Stands::New) => run.book.counts(name).carried_over += 1,
                Ok(Stands::Taken) | Err(Error::Conflict(_)) => {
                    let wrong = Wrong::new("contacts", "has an e-mail that belongs to an account here");
                    run.book.refuse(name, &source.name, line.number, wrong);
                }
                Err(error) => return Err(error.into()),
            }
            (run.progress)(&run.book.report);
        }
        Ok(())
    }

    fn person(
        &self,
        mut row: Map<String, Json>,
        run: &mut Run<'_>,
        unknown_password: &str,
    ) -> Result<Person, Wrong> {
        let store = self.cases.journal().store();
        let id = row.get("id").and_then(Json::as_str);
        let id = id
            .and_then(|text| Uuid::try_parse(text).ok())
            .ok_or_else(|| Wrong::new("id", "is no identifier (UUID)"))?;
        if !run.seen.insert(id) {
            return Err(Wrong::new("id", "stands on an earlier line already"));
        }
        let email = row.get("contacts").and_then(|known| known.get("email"));
        let blind = email
            .and_then(Json::as_str)
            .and_then(|email| self.cases.people().blind_of(email))
            .ok_or_else(|| Wrong::new("contacts", "has no usable e-mail"))?;
        let account = row
            .get("accounts")
            .and_then(Json::as_array)
            .filter(|accounts| accounts.len() == 1)
            .and_then(|accounts| accounts.first()?.get("id")?.as_str())
            .and_then(|text| Uuid::try_parse(text).ok())
            .ok_or_else(|| Wrong::new("accounts", "is no list of one account"))?;
        for (place, role) in listed(&row, "roles").enumerate() {
            let of_unit = role.get("scope").and_then(Json::as_str) == Some("unit");
            if of_unit != role.get("unit").is_some_and(|unit| !unit.is_null()) {
                let wrong = Wrong::new("unit", "goes with the scope unit, and with no other");
                return Err(wrong.inside("roles", place));
            }
        }
        for (place, consent) in listed(&row, "consents").enumerate() {
            let text = consent.get("text").and_then(Json::as_str);
            let text = text.and_then(|text| Uuid::try_parse(text).ok());
            if !text.is_some_and(|text| run.here.consents.contains(&text)) {
                return Err(Wrong::new("text", "is no text that is here").inside("consents", place));
            }
        }
        let (data_key, wrapped) = self
            .cases
            .journal()
            .keys()
            .prepare(store.now())
            .map_err(|_| Wrong::new("", "cannot be sealed"))?;
        let own = HashMap::from([
            ("data_key_id", Cell::Id(data_key.id())),
            ("person_id", Cell::Id(id)),
            ("account_id", Cell::Id(account)),
            ("email_blind", Cell::Bytes(blind.to_vec())),
            ("password_hash", Cell::Text(unknown_password.to_owned())),
        ]);
        let reading = Reading {
            here: &run.here,
            now: store.now(),
            parent: id,
            own,
            key: Some(&data_key),
            files: HashMap::new(),
        };
        let cells = PERSON.form.read(&mut row, &reading)?;
        let lists = things::read_lists(&PERSON, &mut row, &reading)?;
        things::nothing_left(&row)?;
        Ok(Person {
            id,
            key: data_key.id(),
            wrapped,
            data_key,
            cells,
            lists,
            blind,
        })
    }

    fn take_cases(&self, source: &Source, run: &mut Run<'_>) -> Result<(), ExchangeError> {
        let name = CASE.form.name;
        let mut lines = Lines::open(&source.path)?;
        run.seen.clear();
        loop {
            if Self::stopped(run) {
                return Ok(());
            }
            let mut batch = Vec::with_capacity(BATCH);
            let mut ended = false;
            while batch.len() < BATCH {
                let Some(line) = lines.next()? else {
                    ended = true;
                    break;
                };
                run.book.counts(name).read += 1;
                let row = line.row.and_then(|row| {
                    let (id, _) = case::id_of(&row)?;
                    if run.seen.insert(id) {
                        Ok((id, row))
                    } else {
                        Err(Wrong::new("id", "stands on an earlier line already"))
                    }
                });
                match row {
                    Ok((id, row)) => batch.push((line.number, id, row)),
                    Err(wrong) => run.book.refuse(name, &source.name, line.number, wrong),
                }
            }
            self.take_batch(source, batch, run)?;
            (run.progress)(&run.book.report);
            if ended {
                return Ok(());
            }
        }
    }

    fn take_batch(
        &self,
        source: &Source,
        batch: Vec<(u64, Uuid, Map<String, Json>)>,
        run: &mut Run<'_>,
    ) -> Result<(), ExchangeError> {
        let name = CASE.form.name;
        let store = self.cases.journal().store();
        let ids: Arc<Vec<Uuid>> = Arc::new(batch.iter().map(|(_, id, _)| *id).collect());
        let known = patiently(run.stop, || {
            let ids = Arc::clone(&ids);
            store.read_blocking(move |db| sql::known_ids(db, CASE.form, &ids))
        })?;
        let mut new = Vec::with_capacity(batch.len());
        for (number, id, mut row) in batch {
            if known.contains(&id) {
                run.book.counts(name).already_there += 1;
                continue;
            }
            match self.name_things(&mut row, run)? {
                Ok(()) => new.push((number, row)),
                Err(wrong) => run.book.refuse(name, &source.name, number, wrong),
            }
        }
        let units = self.cases.people().units_blocking()?;
        let mut ready = Vec::with_capacity(new.len());
        for (number, row) in new {
            let prepared = self.cases.journal().keys().prepare(store.now())?;
            let files = match self.put_files(&row, &prepared.0, run)? {
                Ok(files) => files,
                Err(wrong) => {
                    run.book.refuse(name, &source.name, number, wrong);
                    continue;
                }
            };
            let house = House {
                here: &run.here,
                units: &units,
                zone: self.cases.hours().zone(),
                now: store.now(),
                service: &self.options.service,
                source: &source.sha256,
                awake: self.options.awake,
            };
            match case::read(row, &house, prepared, files) {
                Ok(case) => ready.push((number, case)),
                Err(wrong) => run.book.refuse(name, &source.name, number, wrong),
            }
        }
        if self.options.dry_run {
            run.book.counts(name).carried_over += ready.len() as u64;
            return Ok(());
        }
        let ready = Arc::new(ready);
        match self.write_cases(&ready, 0..ready.len(), run) {
            // One by one: all but the one that clashes can come in.
            Err(Error::Conflict(_)) => {
                for place in 0..ready.len() {
                    match self.write_cases(&ready, place..place + 1, run) {
                        Err(Error::Conflict(_)) => {
                            let why = "has a number or an identifier that belongs to another case";
                            let wrong = Wrong::new("", why);
                            let number = ready[place].0;
                            run.book.refuse(name, &source.name, number, wrong);
                        }
                        other => self.count(&ready, other?, source, run),
                    }
                }
            }
            other => self.count(&ready, other?, source, run),
        }
        Ok(())
    }

    fn count(
        &self,
        ready: &[(u64, Ready)],
        written: Vec<(usize, Written)>,
        source: &Source,
        run: &mut Run<'_>,
    ) {
        let name = CASE.form.name;
        for (place, written) in written {
            match written {
                Written::Done => {
                    run.book.counts(name).carried_over += 1;
                    run.highest = run.highest.max(ready[place].1.sequence());
                }
                Written::AlreadyThere => run.book.counts(name).already_there += 1,
                Written::NoLink => {
                    let why = "names a case that is not here and on no earlier line";
                    let wrong = Wrong::new("links", why);
                    run.book.refuse(name, &source.name, ready[place].0, wrong);
                }
            }
        }
    }

    fn write_cases(
        &self,
        ready: &Arc<Vec<(u64, Ready)>>,
        some: std::ops::Range<usize>,
        run: &Run<'_>,
    ) -> base::Result<Vec<(usize, Written)>> {
        let own = ready.get(some.clone()).unwrap_or_default();
        let highest = own.iter().map(|(_, case)| case.sequence()).max();
        let further = highest.filter(|highest| *highest > run.highest);
        patiently(run.stop, || {
            let (cases, ready, some) = (self.cases.clone(), Arc::clone(ready), some.clone());
            let store = self.cases.journal().store();
            store.change_blocking(&TAKE, move |tx| {
                let mut written = Vec::with_capacity(some.len());
                for place in some.clone() {
                    if let Some((_, case)) = ready.get(place) {
                        written.push((place, case::write(tx, &cases, case)?));
                    }
                }
                // Numbers that came along are never given to anybody else.
                if let Some(further) = further {
                    while tx.next_in_sequence("case")? < i64::from(further) {}
                }
                Ok(written)
            })
        })
    }

    /// Units, subjects and territories that a case names by a name alone are made as it names them.
    fn name_things(
        &self,
        row: &mut Map<String, Json>,
        run: &mut Run<'_>,
    ) -> Result<Result<(), Wrong>, ExchangeError> {
        for (kind, field) in [
            ("unit", "unit_name"),
            ("category", "category_name"),
            ("territory", "territory_name"),
        ] {
            let name = match row.remove(field) {
                None | Some(Json::Null) => continue,
                Some(Json::String(name)) if !row.contains_key(kind) => name,
                Some(Json::String(_)) => {
                    let why = format!("stands beside {kind}, which says it");
                    return Ok(Err(Wrong::new(field, why)));
                }
                Some(_) => return Ok(Err(Wrong::new(field, "is no text"))),
            };
            if name.chars().nth(300).is_some() {
                return Ok(Err(Wrong::new(field, "is longer than 300 characters")));
            }
            let Some(wanted) = nodes::named(kind, &name) else {
                return Ok(Err(Wrong::new(field, "is no name")));
            };
            let code = wanted.last().map(|node| node.code.clone()).unwrap_or_default();
            if run.here.id(kind, &code).is_none() {
                let wanted = Arc::new(wanted);
                let store = self.cases.journal().store();
                let (ids, made) = patiently(run.stop, || {
                    let (journal, wanted) = (self.cases.journal().clone(), Arc::clone(&wanted));
                    if self.options.dry_run {
                        return store.read_blocking(move |db| nodes::would_make(db, &wanted));
                    }
                    store.change_blocking(&TAKE, move |tx| nodes::make(tx, &journal, &wanted))
                })?;
                run.book.report.made += made.units + made.categories + made.territories;
                for (node, id) in wanted.iter().zip(ids) {
                    run.here.remember(kind, &node.code, id);
                }
            }
            row.insert(kind.to_owned(), code.into());
        }
        Ok(Ok(()))
    }

    /// Puts the documents of a case away under its key: addresses by hash.
    fn put_files(
        &self,
        row: &Map<String, Json>,
        key: &DataKey,
        run: &mut Run<'_>,
    ) -> Result<Result<HashMap<String, Vec<u8>>, Wrong>, ExchangeError> {
        let mut addresses = HashMap::new();
        for hash in case::files_of(row) {
            let Some(bytes) = self.file(&hash)? else {
                let why = "names no file of the folder, or one that is not what its name says";
                return Ok(Err(Wrong::new("documents", why)));
            };
            let address = if self.options.dry_run {
                [0; 32]
            } else {
                let vault = self.cases.vault()?;
                let put = run.runtime.block_on(vault.put(key, &bytes));
                put.map_err(|_| ExchangeError::Store("the place of documents is down".to_owned()))?
            };
            run.book.report.documents += 1;
            addresses.insert(hash, address.to_vec());
        }
        Ok(Ok(addresses))
    }

    /// The bytes of a document, when they are what their name says.
    fn file(&self, hash: &str) -> Result<Option<Vec<u8>>, ExchangeError> {
        let plain = hash.len() == 64
            && hash
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if !plain {
            return Ok(None);
        }
        let path = self.folder.join(FILES).join(&hash[..2]).join(&hash[2..]);
        let size = |path: &Path| std::fs::metadata(path).ok().map(|known| known.len());
        if size(&path).is_none_or(|size| size > FILE_MOST) || digest(&path)? != hash {
            return Ok(None);
        }
        std::fs::read(&path).map(Some).map_err(at(&path))
    }
}

fn listed<'a>(row: &'a Map<String, Json>, list: &str) -> impl Iterator<Item = &'a Json> {
    row.get(list).and_then(Json::as_array).into_iter().flatten()
}

/// How a person stands to those who are here.
enum Stands {
    /// Is here already.
    Here,
    /// Has an e-mail that somebody else has here.
    Taken,
    /// Is new.
    New,
}

fn person_stands(db: &mut Db<'_>, person: &Person) -> base::Result<Stands> {
    if !sql::known_ids(db, PERSON.form, &[person.id])?.is_empty() {
        return Ok(Stands::Here);
    }
    if people::People::email_is_taken(db, &person.blind)? {
        return Ok(Stands::Taken);
    }
    Ok(Stands::New)
}

fn write_person(
    tx: &mut Tx<'_>,
    journal: &journal::Journal,
    person: &Person,
    source: &str,
) -> base::Result<Stands> {
    let stands = person_stands(tx, person)?;
    if !matches!(stands, Stands::New) {
        return Ok(stands);
    }
    let prepared = (person.key, person.wrapped.as_slice());
    journal.keys().adopt(tx, "person", person.id, prepared)?;
    PERSON.form.insert(tx, &person.cells)?;
    for (form, cells) in &person.lists {
        form.insert(tx, cells)?;
    }
    let of = journal::Of {
        kind: "person",
        id: person.id,
        key: &person.data_key,
    };
    let entry = journal::PastEntry {
        action: "person.carried_over".to_owned(),
        fields: vec![("source_sha256".to_owned(), source.to_owned())],
        occurred_at: tx.now(),
    };
    journal.record_history(tx, &of, vec![entry])?;
    Ok(Stands::New)
}
