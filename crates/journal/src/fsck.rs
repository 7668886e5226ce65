//! The checker: recomputes everything that entries commit to and compares it with what the store,
//! the published tiles and the guard hold. One snapshot, no writing, beside a running server.
//!
//! Memory for a store of a million entries: about 64 bytes for each row that was ever touched, and
//! 32 for each leaf; bodies are opened one at a time.

mod log;

use std::collections::{HashMap, HashSet};

use base::{Error, Result};
use sha2::{Digest, Sha256};
use store::{Blobs, Db, Table};
use uuid::Uuid;

use crate::entry::{self, Record, TouchedRow, entity_commitment, rows_digest};
use crate::merkle::Hash;
use crate::record::{Journal, body_context, unpack};
use crate::sql::checking as sql;
use crate::sql::{DATA_KEY, StoredEntry};

/// Findings that a report names; more are only counted.
const NAMED: usize = 1000;

/// What the checker found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries read.
    pub entries: u64,
    /// Leaves of the tree.
    pub leaves: u64,
    /// Rows compared with what entries commit to.
    pub rows: u64,
    /// Entries whose key was destroyed by a recorded change: their place is proved, their content
    /// is gone by law.
    pub erased: u64,
    /// What does not hold, in words for the operator, 1 000 at the most.
    pub faults: Vec<String>,
}

impl Report {
    /// Adds what does not hold. A slice whose entries commit to more than the rows of protected
    /// tables checks that itself, and says so here.
    pub fn fault(&mut self, fault: impl Into<String>) {
        if self.faults.len() < NAMED {
            self.faults.push(fault.into());
        }
    }
}

/// A row of a protected table by a short hash of table and key: millions of them are held.
type RowId = [u8; 16];

fn row_id(table: &str, key: &str) -> RowId {
    let digest = Sha256::new_with_prefix(table.as_bytes())
        .chain_update([0])
        .chain_update(key.as_bytes())
        .finalize();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    id
}

/// What the last entry that touched a row says of it.
struct Known {
    /// Place of that entry in the order of changes.
    order: u64,
    /// Digest of the row; none when it was deleted.
    digest: Option<Hash>,
    /// Whether the row was met in its table.
    met: bool,
}

/// What the entries say the store must hold.
#[derive(Default)]
struct Expected {
    rows: HashMap<RowId, Known>,
    /// Entries that wait for their place, and where in the queue.
    waiting: HashMap<Uuid, u64>,
    /// Entries that have no place.
    unplaced: HashSet<Uuid>,
    /// Entries whose key is not in the store, with the key and their order.
    locked: Vec<(Uuid, Uuid, u64)>,
}

/// Checks store, tiles and guard. `tables` are the protected tables of all slices.
pub async fn check(
    journal: &Journal,
    blobs: &Blobs,
    tables: Vec<&'static Table>,
) -> Result<Report> {
    let (mut report, heads) = check_snapshot(journal, tables).await?;
    log::check_guard(journal, &heads, &mut report).await?;
    log::check_published(journal, blobs, &heads, &mut report).await?;
    Ok(report)
}

/// The same for the store alone: a restored one has no published log and no guard yet.
pub async fn check_store(journal: &Journal, tables: Vec<&'static Table>) -> Result<Report> {
    Ok(check_snapshot(journal, tables).await?.0)
}

async fn check_snapshot(
    journal: &Journal,
    tables: Vec<&'static Table>,
) -> Result<(Report, log::Heads)> {
    let this = journal.clone();
    journal
        .store()
        .read(move |db| {
            let mut report = Report::default();
            check_entries(&this, db, &tables, &mut report)?;
            let heads = log::check_tree(&this, db, &mut report)?;
            Ok((report, heads))
        })
        .await
}

fn check_entries(
    journal: &Journal,
    db: &mut Db<'_>,
    tables: &[&'static Table],
    report: &mut Report,
) -> Result<()> {
    let mut expected = Expected::default();
    sql::each_pending(db, |row| match row {
        Ok((entry, seq)) => _ = expected.waiting.insert(entry, seq),
        Err(_) => report.fault("a row of journal_pending is unreadable"),
    })?;
    let mut before: Option<StoredEntry> = None;
    sql::each_entry(db, |row| match row {
        Ok(entry) => {
            report.entries += 1;
            let earlier = before
                .take()
                .filter(|earlier| earlier.entity == entry.entity);
            check_entry(journal, &entry, earlier.as_ref(), report, &mut expected);
            before = Some(entry);
        }
        Err(error) => {
            report.fault(format!(
                "an entry, its body or its leaf is unreadable: {error}"
            ));
        }
    })?;
    check_locked(report, &expected);
    let orphans = sql::orphan_bodies(db)?;
    if orphans > 0 {
        report.fault(format!("{orphans} bodies without an entry"));
    }
    check_queue(report, &expected);
    check_rows(db, tables, report, &mut expected)
}

fn check_entry(
    journal: &Journal,
    entry: &StoredEntry,
    before: Option<&StoredEntry>,
    report: &mut Report,
    expected: &mut Expected,
) {
    let name = format!(
        "entry {} ({} of {} {})",
        entry.id, entry.action, entry.kind, entry.entity
    );
    if entry.version != before.map_or(1, |before| before.version + 1) {
        report.fault(format!(
            "{name}: version {} breaks the chain",
            entry.version
        ));
    }
    let order = if let (Some(idx), Some(leaf)) = (entry.idx, entry.leaf) {
        if leaf != entry::leaf_hash(&entry.commitment) {
            report.fault(format!("{name}: its leaf {idx} is of another commitment"));
        }
        if before
            .and_then(|before| before.idx)
            .is_some_and(|earlier| earlier >= idx)
        {
            report.fault(format!("{name}: placed before the entry that it follows"));
        }
        idx
    } else {
        expected.unplaced.insert(entry.id);
        let seq = expected.waiting.get(&entry.id).copied();
        // What waits comes after all that has its place.
        seq.unwrap_or_default().saturating_add(1 << 62)
    };
    if before.is_some_and(|before| before.idx.is_none() && entry.idx.is_some()) {
        report.fault(format!(
            "{name}: placed, and the entry that it follows is not"
        ));
    }
    let Some(rows) = unpack(&entry.touched) else {
        report.fault(format!("{name}: its list of rows is unreadable"));
        return;
    };
    match open_body(journal, entry) {
        Ok(Opened::Record(record)) => {
            compare(journal, &name, entry, &record, &rows, before, report);
        }
        Ok(Opened::Locked(key)) => expected.locked.push((entry.id, key, order)),
        Err(_) => report.fault(format!("{name}: its body does not open")),
    }
    for row in rows {
        let known = Known {
            order,
            digest: row.digest,
            met: false,
        };
        let last = expected.rows.entry(row_id(&row.table, &row.key));
        // Entities are walked one by one, and a row may be touched by changes of several.
        last.and_modify(|last| {
            if last.order <= order {
                last.order = order;
                last.digest = row.digest;
            }
        })
        .or_insert(known);
    }
}

enum Opened {
    Record(Box<Record>),
    /// The key is not in the store.
    Locked(Uuid),
}

fn open_body(journal: &Journal, entry: &StoredEntry) -> Result<Opened> {
    let (Some(id), Some(ciphertext)) = (entry.data_key, &entry.ciphertext) else {
        return Err(Error::NotFound);
    };
    let Some(key) = journal.keys().open_beside(id, entry.wrapped.as_deref())? else {
        return Ok(Opened::Locked(id));
    };
    let bytes = key.open(&body_context(entry.id), ciphertext)?;
    Record::from_bytes(&bytes)
        .map(|record| Opened::Record(Box::new(record)))
        .map_err(Error::internal)
}

fn compare(
    journal: &Journal,
    name: &str,
    entry: &StoredEntry,
    record: &Record,
    rows: &[TouchedRow],
    before: Option<&StoredEntry>,
    report: &mut Report,
) {
    let header = record.header();
    let is = |told: u64, kept: i64| i64::try_from(told) == Ok(kept);
    let holds = [
        ("commitment", record.commitment() == entry.commitment),
        ("identifier", header.id == entry.id),
        (
            "recorded_at",
            is(header.recorded_at, entry.recorded_at.micros()),
        ),
        (
            "occurred_at",
            is(header.occurred_at, entry.occurred_at.micros()),
        ),
        ("action", header.action == entry.action),
        ("kind", header.kind == entry.kind),
        (
            "entity",
            header.entity == entity_commitment(&entry.kind, entry.entity),
        ),
        ("version", is(header.version, entry.version)),
        (
            "previous entry",
            header.prev == before.map(|before| before.commitment),
        ),
        ("rows", header.rows == rows_digest(rows)),
        ("origin", header.origin == journal.keys().origin()),
    ];
    for (what, holds) in holds {
        if !holds {
            report.fault(format!("{name}: its {what} is not what it committed to"));
        }
    }
}

/// An entry is erased when a later recorded change destroyed its key; otherwise its key is missing.
fn check_locked(report: &mut Report, expected: &Expected) {
    for (entry, key, order) in &expected.locked {
        let destroyed = expected
            .rows
            .get(&row_id(DATA_KEY.name, &key.to_string()))
            .is_some_and(|known| known.digest.is_none() && known.order > *order);
        if destroyed {
            report.erased += 1;
        } else {
            report.fault(format!(
                "entry {entry}: its key {key} is gone and no entry tells why"
            ));
        }
    }
}

fn check_queue(report: &mut Report, expected: &Expected) {
    for id in &expected.unplaced {
        if !expected.waiting.contains_key(id) {
            report.fault(format!("entry {id} has no place and waits for none"));
        }
    }
    for id in expected.waiting.keys() {
        if !expected.unplaced.contains(id) {
            report.fault(format!(
                "entry {id} waits for a place that it has, or does not exist"
            ));
        }
    }
}

fn check_rows(
    db: &mut Db<'_>,
    tables: &[&'static Table],
    report: &mut Report,
    expected: &mut Expected,
) -> Result<()> {
    let others = tables
        .iter()
        .copied()
        .filter(|table| table.name != DATA_KEY.name);
    for table in others.chain([&DATA_KEY]) {
        sql::each_row(db, table, |row| {
            report.rows += 1;
            let read =
                store::row_key(table, row).and_then(|key| Ok((key, store::row_digest(row)?)));
            let Ok((key, digest)) = read else {
                return report.fault(format!("{}: a row is unreadable", table.name));
            };
            let name = table.name;
            match expected.rows.get_mut(&row_id(name, &key)) {
                Some(known) if known.digest == Some(digest) && !known.met => known.met = true,
                Some(known) if known.digest.is_some() => {
                    known.met = true;
                    report.fault(format!("{name} {key}: changed behind the journal"));
                }
                Some(_) => report.fault(format!("{name} {key}: was deleted and is back")),
                None => report.fault(format!("{name} {key}: no entry tells of this row")),
            }
        })?;
    }
    let missed = |known: &Known| known.digest.is_some() && !known.met;
    if expected.rows.values().any(missed) {
        name_missing(db, report, expected)?;
    }
    Ok(())
}

/// Only hashes of the missing rows are known: their names are in the entries, read once more.
fn name_missing(db: &mut Db<'_>, report: &mut Report, expected: &mut Expected) -> Result<()> {
    sql::each_entry(db, |row| {
        let rows = row.ok().and_then(|entry| unpack(&entry.touched));
        for TouchedRow { table, key, .. } in rows.unwrap_or_default() {
            let Some(known) = expected.rows.get_mut(&row_id(&table, &key)) else {
                continue;
            };
            if known.digest.is_some() && !known.met {
                known.met = true;
                report.fault(format!("{table} {key}: gone, and no entry tells why"));
            }
        }
    })
}
