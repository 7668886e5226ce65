//! Cases of an exchange, some in one change: units and subjects that they name by a name alone are
//! made first, their documents are put away, then they are written.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use base::Error;
use journal::DataKey;
use serde_json::{Map, Value as Json};
use store::forms::Wrong;
use uuid::Uuid;

use super::{Run, Source, TAKE, Take};
use crate::exchange::case::{self, House, Ready, Written};
use crate::exchange::kinds::CASE;
use crate::exchange::lines::{Lines, digest};
use crate::exchange::{ExchangeError, FILES, at};
use crate::import::nodes;
use crate::import::writing::patiently;
use crate::sql::exchange as sql;

/// Rows of one change.
const BATCH: usize = 100;
/// The largest document, in bytes.
const FILE_MOST: u64 = 64 << 20;

impl Take {
    pub(super) fn take_cases(
        &self,
        source: &Source,
        run: &mut Run<'_>,
    ) -> Result<(), ExchangeError> {
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
                    let (id, _) = case::id_of(CASE.one, &row)?;
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
                        other => Self::count(&ready, other?, source, run),
                    }
                }
            }
            other => Self::count(&ready, other?, source, run),
        }
        Ok(())
    }

    fn count(
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
                    while tx.next_in_sequence("case")? < further {}
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
            let code = wanted
                .last()
                .map(|node| node.code.clone())
                .unwrap_or_default();
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
    pub(super) fn put_files(
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
