//! SQL of the checker: walks over whole tables. A row that cannot be read as what it should be is
//! given to the walker as such, because that too is a finding.

use base::Result;
use store::{Db, Row, Table};
use uuid::Uuid;

use super::{CheckpointRow, STORED, StoredEntry, checkpoint_row, stored};
use crate::merkle::Hash;

/// Every entry, entity by entity, each in the order of its versions.
pub(crate) fn each_entry(db: &mut Db<'_>, mut f: impl FnMut(Result<StoredEntry>)) -> Result<()> {
    let sql = format!("{STORED} ORDER BY j.entity_id, j.entity_version");
    db.each(&sql, &[], |row| {
        f(stored(row));
        Ok(())
    })
}

/// A leaf with the commitment of its entry, where there is one.
pub(crate) struct LeafRow {
    pub(crate) idx: u64,
    pub(crate) entry: Uuid,
    pub(crate) hash: Hash,
    pub(crate) commitment: Option<Hash>,
}

/// Every leaf in the order of the tree.
pub(crate) fn each_leaf(db: &mut Db<'_>, mut f: impl FnMut(Result<LeafRow>)) -> Result<()> {
    let leaf = |row: &Row<'_>| {
        Ok(LeafRow {
            idx: row.get(0)?,
            entry: row.get(1)?,
            hash: row.get(2)?,
            commitment: row.get(3)?,
        })
    };
    db.each(
        "SELECT l.idx, l.entry_id, l.hash, j.commitment FROM journal_leaf l \
         LEFT JOIN journal j ON j.id = l.entry_id ORDER BY l.idx",
        &[],
        |row| {
            f(leaf(row));
            Ok(())
        },
    )
}

/// Every kept node: level, number, hash.
pub(crate) fn each_node(db: &mut Db<'_>, mut f: impl FnMut(Result<(u8, u64, Hash)>)) -> Result<()> {
    let node = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    db.each(
        "SELECT level, n, hash FROM log_node ORDER BY level, n",
        &[],
        |row| {
            f(node(row));
            Ok(())
        },
    )
}

/// Every checkpoint with its number, in the order of numbers.
pub(crate) fn each_checkpoint(
    db: &mut Db<'_>,
    mut f: impl FnMut(Result<(i64, CheckpointRow)>),
) -> Result<()> {
    db.each(
        "SELECT size, epoch, root, note, number FROM log_checkpoint ORDER BY number",
        &[],
        |row| {
            f(checkpoint_row(row).and_then(|checkpoint| Ok((row.get(4)?, checkpoint))));
            Ok(())
        },
    )
}

/// Every entry that waits for its place, with its place in the queue.
pub(crate) fn each_pending(db: &mut Db<'_>, mut f: impl FnMut(Result<(Uuid, u64)>)) -> Result<()> {
    let waiting = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    db.each("SELECT entry_id, seq FROM journal_pending", &[], |row| {
        f(waiting(row));
        Ok(())
    })
}

/// Bodies that belong to no entry.
pub(crate) fn orphan_bodies(db: &mut Db<'_>) -> Result<u64> {
    let mut found = 0;
    db.each(
        "SELECT COUNT(*) FROM journal_body b LEFT JOIN journal j ON j.id = b.entry_id \
         WHERE j.id IS NULL",
        &[],
        |row| {
            found = row.get(0)?;
            Ok(())
        },
    )?;
    Ok(found)
}

/// Every row of a protected table.
pub(crate) fn each_row(db: &mut Db<'_>, table: &Table, mut f: impl FnMut(&Row<'_>)) -> Result<()> {
    db.each(&format!("SELECT * FROM {}", table.name), &[], |row| {
        f(row);
        Ok(())
    })
}
