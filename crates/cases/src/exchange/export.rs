//! Writing: everything of one snapshot, a page of rows at a time, so that memory does not grow with
//! the store. Beside a running server; nothing waits for it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use base::id::AccountId;
use base::{Actor, Error, Result};
use journal::{DataKey, NewEntry};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use store::Db;
use store::forms::Teller;
use uuid::Uuid;

use super::kinds::{self, Kind, TASK};
use super::{ExchangeError, FILES, FileOf, LAYOUT, MANIFEST, Manifest, VERSION, at, sealed};
use crate::filing::hex;
use crate::sql::exchange as sql;
use crate::{Cases, DISCLOSED};

const EXPORT: Actor = Actor::system("export");

/// Rows of one page.
const PAGE: usize = 200;

/// Who takes personal data out, and why: an entry of the journal says it before anything leaves.
#[derive(Clone, Debug)]
pub struct Operator {
    /// The account of an administrator.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// An export into a folder.
pub struct Export {
    cases: Cases,
    folder: PathBuf,
    operator: Option<Operator>,
}

impl Export {
    /// An export into `folder`, which must not be there or be empty; with personal data when
    /// somebody answers for it.
    pub fn new(cases: Cases, folder: impl Into<PathBuf>, operator: Option<Operator>) -> Self {
        Self {
            cases,
            folder: folder.into(),
            operator,
        }
    }

    /// Writes everything; `progress` is told the kind and its rows so far.
    pub fn run_blocking(
        &self,
        progress: impl Fn(&'static str, u64) + Send + Sync + 'static,
    ) -> std::result::Result<Manifest, ExchangeError> {
        let full = fs::read_dir(&self.folder).is_ok_and(|mut found| found.next().is_some());
        if full {
            return Err(ExchangeError::Folder(format!(
                "{} is not empty",
                self.folder.display()
            )));
        }
        // Without a slash at its end, so that the part stands beside it.
        let folder: PathBuf = self.folder.components().collect();
        let name = folder.file_name().ok_or_else(|| {
            ExchangeError::Folder(format!("{} has no name", self.folder.display()))
        })?;
        let mut part = name.to_owned();
        part.push(".part");
        let part = folder.with_file_name(part);
        if part.exists() {
            fs::remove_dir_all(&part).map_err(at(&part))?;
        }
        private_folder(&part).map_err(at(&part))?;
        if let Some(operator) = &self.operator {
            self.tell(operator)?;
        }
        let (cases, personal) = (self.cases.clone(), self.operator.is_some());
        let (into, progress) = (part.clone(), std::sync::Arc::new(progress));
        let (files, documents) = self.cases.journal().store().read_blocking(move |db| {
            let progress = std::sync::Arc::clone(&progress);
            write_all(db, &cases, &into, personal, &move |kind, rows| {
                progress(kind, rows);
            })
        })?;
        let manifest = Manifest {
            layout: LAYOUT.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: self.cases.journal().store().now().rfc3339(),
            personal,
            files,
            documents,
        };
        let path = part.join(MANIFEST);
        let text = serde_json::to_vec_pretty(&manifest).map_err(Error::internal)?;
        fs::write(&path, text).map_err(at(&path))?;
        if folder.exists() {
            fs::remove_dir(&folder).map_err(at(&folder))?;
        }
        fs::rename(&part, &folder).map_err(at(&folder))?;
        Ok(manifest)
    }

    /// Writes down who takes personal data out, before any leaves.
    fn tell(&self, operator: &Operator) -> Result<()> {
        let journal = self.cases.journal().clone();
        let operator = operator.clone();
        self.cases
            .journal()
            .store()
            .change_blocking(&EXPORT, move |tx| {
                let id = base::id::new_uuid(tx.now());
                people::acts::note_for(
                    tx,
                    operator.account,
                    &people::acts::Act {
                        kind: "export",
                        entity: id,
                        action: "export.taken",
                        before: Json::Null,
                        after: json!({ "reason": operator.reason }),
                    },
                )?;
                journal.record(
                    tx,
                    NewEntry {
                        action: "export.taken",
                        kind: "export",
                        id,
                        fields: vec![
                            ("operator", operator.account.to_string()),
                            ("by", operator.name.clone()),
                            ("reason", operator.reason.clone()),
                        ],
                        occurred_at: None,
                        key: journal.keys().installation(),
                        first: true,
                    },
                )?;
                Ok(())
            })
    }
}

type Written = (BTreeMap<String, FileOf>, u64);

fn write_all(
    db: &mut Db<'_>,
    cases: &Cases,
    folder: &Path,
    personal: bool,
    progress: &dyn Fn(&'static str, u64),
) -> Result<Written> {
    let mut out = Out {
        cases,
        personal,
        folder,
        codes: HashMap::new(),
        keys: HashMap::new(),
        of_cases: HashMap::new(),
        files: RefCell::new(Files {
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(Error::internal)?,
            written: 0,
            known: HashMap::new(),
        }),
    };
    sql::each_code(db, |kind, id, code| {
        out.codes.insert((kind, id), code);
    })?;
    let mut files = BTreeMap::new();
    for kind in kinds::all() {
        if !kind.form.is_told(&out) {
            continue;
        }
        let name = format!("{}.jsonl", kind.form.name);
        let written = write_kind(db, &mut out, kind, &folder.join(&name), progress)?;
        files.insert(name, written);
    }
    let written = out.files.borrow().written;
    Ok((files, written))
}

fn write_kind(
    db: &mut Db<'_>,
    out: &mut Out<'_>,
    kind: &'static Kind,
    path: &Path,
    progress: &dyn Fn(&'static str, u64),
) -> Result<FileOf> {
    let mut file = BufWriter::new(File::create(path).map_err(Error::internal)?);
    let mut hash = Sha256::new();
    let (mut after, mut rows) = (None, 0);
    loop {
        let ids = out.page(db, kind, after)?;
        let Some(last) = ids.last() else { break };
        after = Some(*last);
        for line in out.lines(db, kind, &ids)? {
            let mut bytes = serde_json::to_vec(&line).map_err(Error::internal)?;
            bytes.push(b'\n');
            hash.update(&bytes);
            file.write_all(&bytes).map_err(Error::internal)?;
            rows += 1;
        }
        progress(kind.form.name, rows);
        if ids.len() < PAGE {
            break;
        }
    }
    let file = file.into_inner().map_err(Error::internal)?;
    file.sync_all().map_err(Error::internal)?;
    Ok(FileOf {
        rows,
        sha256: hex(&hash.finalize()),
    })
}

/// What the writing of rows needs to know.
struct Out<'a> {
    cases: &'a Cases,
    personal: bool,
    folder: &'a Path,
    codes: HashMap<(&'static str, Uuid), String>,
    /// Of the page that is being written.
    keys: HashMap<Uuid, DataKey>,
    /// Of the page that is being written: rows that are sealed under the key of a case, and which.
    of_cases: HashMap<Uuid, (Uuid, DataKey)>,
    files: RefCell<Files>,
}

/// The documents beside the rows.
struct Files {
    runtime: tokio::runtime::Runtime,
    written: u64,
    /// Hashes by address, of the page that is being written.
    known: HashMap<[u8; 32], String>,
}

impl Out<'_> {
    /// The identifiers of the next things; with their keys, where they have any.
    fn page(
        &mut self,
        db: &mut Db<'_>,
        kind: &'static Kind,
        after: Option<Uuid>,
    ) -> Result<Vec<Uuid>> {
        if !sql::is_keyed(kind.form) {
            return kind.form.keys_after(db, after, PAGE);
        }
        let rows = sql::keyed_after(db, kind.form, after, PAGE)?;
        let keys = self.cases.journal().keys();
        self.keys.clear();
        self.of_cases.clear();
        self.files.borrow_mut().known.clear();
        let mut ids = Vec::with_capacity(rows.len());
        for (id, key, wrapped) in rows {
            if let Some(wrapped) = wrapped {
                self.keys.insert(id, keys.open_wrapped(key, &wrapped)?);
            }
            ids.push(id);
        }
        if kind.one == TASK.one && self.personal && !ids.is_empty() {
            for (dispute, case, key, wrapped) in sql::keys_of_disputes(db, &ids)? {
                let key = keys.open_wrapped(key, &wrapped)?;
                self.of_cases.insert(dispute, (case, key));
            }
        }
        Ok(ids)
    }

    /// The lines of some things, each with its lists, in their order.
    fn lines(
        &self,
        db: &mut Db<'_>,
        kind: &'static Kind,
        ids: &[Uuid],
    ) -> Result<Vec<Map<String, Json>>> {
        let mut lines: Vec<(Uuid, Map<String, Json>)> =
            kind.form.rows_of(db, key_of(kind), ids, self)?;
        let mut places: HashMap<Uuid, usize> = lines
            .iter()
            .enumerate()
            .map(|(place, (id, _))| (*id, place))
            .collect();
        let mut accounts = Vec::new();
        for list in kind.lists {
            if !list.form.is_told(self) {
                continue;
            }
            let parents = if list.of_account { &accounts } else { ids };
            let rows = list.form.rows_of(db, list.by, parents, self)?;
            if list.form.name == people::exchange::ACCOUNTS.name {
                for (person, row) in &rows {
                    let id = row.get("id").and_then(Json::as_str);
                    let id = id.and_then(|text| Uuid::try_parse(text).ok());
                    if let (Some(id), Some(place)) = (id, places.get(person).copied()) {
                        accounts.push(id);
                        places.insert(id, place);
                    }
                }
            }
            for (parent, row) in rows {
                let Some((_, line)) = places.get(&parent).and_then(|place| lines.get_mut(*place))
                else {
                    continue;
                };
                let rows = line
                    .entry(list.form.name)
                    .or_insert_with(|| Json::Array(Vec::new()));
                if let Json::Array(rows) = rows {
                    rows.push(Json::Object(row));
                }
            }
        }
        if kinds::has_history(kind) {
            self.histories(db, ids, &places, &mut lines)?;
        }
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }

    /// What happened to each case, problem or task.
    fn histories(
        &self,
        db: &mut Db<'_>,
        ids: &[Uuid],
        places: &HashMap<Uuid, usize>,
        lines: &mut [(Uuid, Map<String, Json>)],
    ) -> Result<()> {
        self.cases.journal().each_history(db, ids, |thing, told| {
            let Some((_, line)) = places.get(&thing).and_then(|place| lines.get_mut(*place)) else {
                return;
            };
            let fields: Map<String, Json> = told
                .fields
                .into_iter()
                .filter(|(name, _)| self.personal || DISCLOSED.contains(&name.as_str()))
                .map(|(name, value)| (name, Json::from(value)))
                .collect();
            let entry = json!({
                "action": told.action,
                "occurred_at": told.occurred_at.rfc3339(),
                "recorded_at": told.recorded_at.rfc3339(),
                "entry": told.id.to_string(),
                "place": told.idx,
                "fields": fields,
            });
            let history = line
                .entry("history")
                .or_insert_with(|| Json::Array(Vec::new()));
            if let Json::Array(history) = history {
                history.push(entry);
            }
        })
    }
}

/// The column that names a row of a kind.
fn key_of(kind: &'static Kind) -> &'static str {
    kind.form.table.key.first().copied().unwrap_or("id")
}

impl Teller for Out<'_> {
    fn personal(&self) -> bool {
        self.personal
    }

    fn code(&self, kind: &str, id: Uuid) -> Option<String> {
        let kind = ["unit", "territory", "category", "service"]
            .into_iter()
            .find(|known| *known == kind)?;
        self.codes.get(&(kind, id)).cloned()
    }

    fn open(&self, what: &str, parent: Uuid, id: Uuid, bytes: &[u8]) -> Result<Option<Json>> {
        if !self.personal {
            return Ok(None);
        }
        let (parent, key) = if sealed::is_of_a_case(what) {
            let Some((case, key)) = self.of_cases.get(&id) else {
                return Ok(None);
            };
            (*case, key)
        } else {
            let Some(key) = self.keys.get(&parent) else {
                return Ok(None);
            };
            (parent, key)
        };
        let plain = key.open(&sealed::context(what, parent, id), bytes)?;
        serde_json::from_slice(&plain)
            .map(Some)
            .map_err(|_| Error::internal("a sealed text is not its JSON"))
    }

    fn file(&self, parent: Uuid, address: &[u8]) -> Result<Option<String>> {
        let (Some(key), Ok(address)) = (self.keys.get(&parent), address.try_into()) else {
            return Ok(None);
        };
        let mut files = self.files.borrow_mut();
        if let Some(hash) = files.known.get(&address) {
            return Ok(Some(hash.clone()));
        }
        let vault = self.cases.vault()?;
        let opened = files
            .runtime
            .block_on(vault.open(key, &address))
            .map_err(|_| Error::internal("the place of documents does not answer"))?
            .ok_or_else(|| Error::internal("a document is missing in its place"))?;
        let hash = hex(&Sha256::digest(&opened));
        let folder = self.folder.join(FILES).join(&hash[..2]);
        let path = folder.join(&hash[2..]);
        if !path.exists() {
            fs::create_dir_all(&folder).map_err(Error::internal)?;
            fs::write(&path, &opened).map_err(Error::internal)?;
            files.written += 1;
        }
        files.known.insert(address, hash.clone());
        Ok(Some(hash))
    }
}

/// Makes a folder that its owner alone may look into: what is taken out names people.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}
