//! Whatever is edited, put in or taken away behind the journal is found: a seeded script draws
//! table, row, column and edit uniformly, over every table but housekeeping, and over published
//! files and the guard. A place without a row or file that could be so changed is drawn anew.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[expect(dead_code, reason = "each file of tests uses a part")]
mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Dice, Log, Raw};
use journal::tile::tiles_between;
use store::{Engine, Value};
use uuid::Uuid;

/// A table, how many of its first columns are its key, and its columns.
struct Target {
    table: &'static str,
    key: usize,
    columns: &'static [&'static str],
}

const TARGETS: [Target; 8] = [
    Target {
        table: "journal",
        key: 1,
        columns: &[
            "id",
            "recorded_at",
            "occurred_at",
            "action",
            "entity_kind",
            "entity_id",
            "entity_version",
            "commitment",
            "touched",
        ],
    },
    Target {
        table: "journal_body",
        key: 1,
        columns: &["entry_id", "data_key_id", "ciphertext"],
    },
    Target {
        table: "journal_leaf",
        key: 1,
        columns: &["idx", "entry_id", "hash"],
    },
    Target {
        table: "log_node",
        key: 2,
        columns: &["level", "n", "hash"],
    },
    Target {
        table: "log_checkpoint",
        key: 1,
        columns: &["number", "size", "epoch", "root", "note"],
    },
    Target {
        table: "data_key",
        key: 1,
        columns: &["id", "kind", "subject_id", "wrapped"],
    },
    Target {
        table: "thing",
        key: 1,
        columns: &["id", "title", "weight", "secret", "data_key_id"],
    },
    Target {
        table: "part",
        key: 2,
        columns: &["thing_id", "n", "words"],
    },
];

/// A value as it is put into a statement.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Uuid(Uuid),
}

impl Cell {
    fn of(value: Value<'_>, is_uuid: bool) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(int) => Self::Int(int),
            Value::Text(text) => Self::Text(text.to_owned()),
            Value::Bytes(bytes) if is_uuid => Self::Uuid(Uuid::from_slice(bytes).unwrap()),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }

    fn literal(&self, engine: Engine) -> String {
        let hex = |bytes: &[u8]| {
            bytes.iter().fold(String::new(), |mut text, byte| {
                _ = write!(text, "{byte:02x}");
                text
            })
        };
        match (self, engine) {
            (Self::Null, _) => "NULL".to_owned(),
            (Self::Int(int), _) => int.to_string(),
            (Self::Text(text), _) => format!("'{}'", text.replace('\'', "''")),
            (Self::Bytes(bytes), Engine::Sqlite) => format!("X'{}'", hex(bytes)),
            (Self::Bytes(bytes), Engine::Postgres) => format!("'\\x{}'::bytea", hex(bytes)),
            (Self::Uuid(id), Engine::Sqlite) => format!("X'{}'", hex(id.as_bytes())),
            (Self::Uuid(id), Engine::Postgres) => format!("'{id}'::uuid"),
        }
    }

    /// Another value of the same kind, sometimes of another where the database lets that in.
    fn changed(&self, dice: &mut Dice, engine: Engine) -> Self {
        if engine == Engine::Sqlite && dice.one_in(10) {
            return Self::Text("не то".to_owned());
        }
        match self {
            Self::Null => Self::Bytes(vec![1]),
            Self::Int(int) => {
                let by = 1 + i64::try_from(dice.roll() % 1000).unwrap();
                Self::Int(if dice.one_in(2) { int + 1 } else { int - by })
            }
            Self::Text(text) => Self::Text(match dice.below(4) {
                0 => format!("{text}."),
                1 => text.chars().skip(1).collect(),
                2 => text.to_uppercase(),
                _ => {
                    let at = dice.below(text.chars().count().max(1));
                    let other = |(n, c)| if n == at { 'x' } else { c };
                    text.chars().enumerate().map(other).collect()
                }
            }),
            Self::Bytes(bytes) => Self::Bytes(changed_bytes(bytes, dice)),
            Self::Uuid(id) => {
                let mut bytes = *id.as_bytes();
                bytes[dice.below(16)] ^= 1 << dice.below(8);
                Self::Uuid(if dice.one_in(8) {
                    Uuid::nil()
                } else {
                    Uuid::from_bytes(bytes)
                })
            }
        }
    }
}

fn changed_bytes(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    match dice.below(4) {
        0 => bytes.push(0),
        1 => _ = bytes.pop(),
        _ if bytes.is_empty() => bytes.push(1),
        _ => {
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
        }
    }
    bytes
}

struct Vandal {
    log: Log,
    raw: Raw,
    dice: Dice,
    rows: BTreeMap<&'static str, Vec<Vec<Cell>>>,
    files: BTreeMap<PathBuf, Vec<u8>>,
    /// Published files that must be there.
    needed: BTreeSet<PathBuf>,
    notes: Vec<String>,
}

/// What was done, and how to take it back.
struct Deed {
    told: String,
    undo: Undo,
}

enum Undo {
    Table(&'static str),
    File(PathBuf),
}

/// A store with a history: several checkpoints, full and partial tiles, entries that wait.
fn history(log: &Log) {
    let mut things = Vec::new();
    for n in 0..13 {
        for _ in 0..4 {
            things.push(log.new_thing(&format!("вещь {n}")));
        }
        for (at, id) in things.iter().enumerate() {
            if at % 2 == n % 2 {
                log.change(*id, &format!("вещь {n} иначе"));
            }
            if at % 5 == n % 5 {
                log.change(*id, "и ещё раз");
            }
        }
        log.place();
        log.seal();
    }
    log.change(things[0], "не размещена");
    log.change(things[0], "и эта");
    log.change(things[7], "и эта тоже");
}

impl Vandal {
    fn new(log: Log, seed: u64) -> Self {
        history(&log);
        log.assert_sound();
        let mut raw = log.raw();
        let mut rows = BTreeMap::new();
        for target in &TARGETS {
            let table = target.table;
            raw.run(&format!(
                "CREATE TABLE kept_{table} AS SELECT * FROM {table}"
            ))
            .unwrap();
            rows.insert(table, read(&log, target));
        }
        let mut files = BTreeMap::new();
        collect(&log.published(), &mut files);
        let mut needed: BTreeSet<PathBuf> = BTreeSet::from([log.published().join("checkpoint")]);
        let size = log.sealer.sealed().borrow().size;
        for name in tiles_between(0, size) {
            needed.insert(log.published().join(name.path()));
            if name.level == 0 {
                needed.insert(log.published().join(name.entries_path()));
            }
        }
        let notes = rows["log_checkpoint"]
            .iter()
            .filter_map(|row| match &row[4] {
                Cell::Text(note) => Some(note.clone()),
                _ => None,
            })
            .collect();
        Self {
            log,
            raw,
            dice: Dice(seed),
            rows,
            files,
            needed,
            notes,
        }
    }

    /// One edit; none when the database itself refused it or nothing would change.
    fn deed(&mut self) -> Option<Deed> {
        let place = self.dice.below(TARGETS.len() + 2);
        if let Some(target) = TARGETS.get(place) {
            return self.on_table(target);
        }
        let path = if place == TARGETS.len() {
            let files: Vec<&PathBuf> = self.files.keys().collect();
            (*self.dice.pick(&files)).clone()
        } else {
            self.log.guard_file()
        };
        self.on_file(path)
    }

    fn on_table(&mut self, target: &'static Target) -> Option<Deed> {
        let engine = self.log.store().engine();
        let rows = &self.rows[target.table];
        let row = self.dice.pick(rows).clone();
        let named: Vec<String> = (0..target.key)
            .map(|at| format!("{} = {}", target.columns[at], row[at].literal(engine)))
            .collect();
        let named = named.join(" AND ");
        let table = target.table;
        let sql = match self.dice.below(3) {
            0 => {
                let column = self.dice.below(target.columns.len());
                let value = if self.dice.one_in(4) {
                    self.dice.pick(rows)[column].clone()
                } else {
                    row[column].changed(&mut self.dice, engine)
                };
                if value == row[column] {
                    return None;
                }
                let (column, value) = (target.columns[column], value.literal(engine));
                format!("UPDATE {table} SET {column} = {value} WHERE {named}")
            }
            1 => {
                let whole = self.dice.one_in(2);
                let values: Vec<String> = row
                    .iter()
                    .enumerate()
                    .map(|(at, cell)| {
                        if at < target.key || whole {
                            cell.changed(&mut self.dice, engine).literal(engine)
                        } else {
                            cell.literal(engine)
                        }
                    })
                    .collect();
                let columns = target.columns.join(",");
                format!(
                    "INSERT INTO {table} ({columns}) VALUES ({})",
                    values.join(",")
                )
            }
            _ => format!("DELETE FROM {table} WHERE {named}"),
        };
        self.raw.run(&sql).ok()?;
        Some(Deed {
            told: sql,
            undo: Undo::Table(table),
        })
    }

    fn on_file(&mut self, path: PathBuf) -> Option<Deed> {
        let is_guard = path == self.log.guard_file();
        let bytes = fs::read(&path).unwrap();
        let told = match self.dice.below(3) {
            0 => {
                fs::write(&path, changed_bytes(&bytes, &mut self.dice)).unwrap();
                format!("edited {}", path.display())
            }
            1 => {
                let other = if is_guard {
                    self.dice.pick(&self.notes).clone().into_bytes()
                } else {
                    let all: Vec<&Vec<u8>> = self.files.values().collect();
                    (*self.dice.pick(&all)).clone()
                };
                if other == bytes {
                    return None;
                }
                fs::write(&path, other).unwrap();
                format!("put another in the place of {}", path.display())
            }
            _ => {
                if !is_guard && !self.needed.contains(&path) {
                    return None;
                }
                fs::remove_file(&path).unwrap();
                format!("deleted {}", path.display())
            }
        };
        self.files.entry(path.clone()).or_insert(bytes);
        Some(Deed {
            told,
            undo: Undo::File(path),
        })
    }

    fn undo(&mut self, deed: &Deed) {
        match &deed.undo {
            Undo::Table(table) => self
                .raw
                .run(&format!(
                    "DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}"
                ))
                .unwrap(),
            Undo::File(path) => {
                let is_guard = *path == self.log.guard_file();
                let bytes = self.files[path].clone();
                fs::write(path, bytes).unwrap();
                if is_guard {
                    self.files.remove(path);
                }
            }
        }
    }
}

fn read(log: &Log, target: &Target) -> Vec<Vec<Cell>> {
    let columns = target.columns.join(",");
    let sql = format!("SELECT {columns} FROM {} ORDER BY 1, 2", target.table);
    let uuids: Vec<bool> = target
        .columns
        .iter()
        .map(|name| *name == "id" || name.ends_with("_id"))
        .collect();
    log.store()
        .read_blocking(move |db| {
            db.query(&sql, &[], |row| {
                uuids
                    .iter()
                    .enumerate()
                    .map(|(at, is_uuid)| Ok(Cell::of(row.value(at)?, *is_uuid)))
                    .collect()
            })
        })
        .unwrap()
}

fn collect(folder: &Path, into: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else {
            into.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}

#[test]
fn every_edit_behind_the_journal_is_found() {
    let edits = if common::long() { 1000 } else { 50 };
    for log in Log::all() {
        let mut vandal = Vandal::new(log, 20_260_722);
        let mut missed = Vec::new();
        let mut done: BTreeMap<String, u32> = BTreeMap::new();
        let mut drawn = 0;
        while drawn < edits {
            let Some(deed) = vandal.deed() else { continue };
            drawn += 1;
            let what = match &deed.undo {
                Undo::Table(table) => format!("{} {table}", &deed.told[..6]),
                Undo::File(_) => deed.told.split(' ').next().unwrap().to_owned() + " file",
            };
            *done.entry(what).or_default() += 1;
            if vandal.log.check().faults.is_empty() {
                missed.push(deed.told.clone());
            }
            vandal.undo(&deed);
            if drawn % 25 == 0 {
                vandal.log.assert_sound();
            }
        }
        println!("{}: {edits} edits: {done:?}", vandal.log.name());
        assert!(
            missed.is_empty(),
            "{}: missed {missed:#?}",
            vandal.log.name()
        );
    }
}
