//! Checking the tree, its checkpoints, the guard, and what is published.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::time::Duration;

use base::{Error, Result};
use store::{Blobs, Db};

use super::Report;
use crate::checkpoint::Checkpoint;
use crate::entry;
use crate::guard::{Guard, Guarded};
use crate::merkle::{Frontier, Hash};
use crate::record::Journal;
use crate::sealer::FOLDER;
use crate::sql::{self, CheckpointRow, checking};
use crate::tile::{self, TileName};

/// How often, and how far apart, the checker looks whether a running server is just about to
/// finish what was found half done.
const LOOKS: u32 = 4;
const BETWEEN_LOOKS: Duration = Duration::from_millis(150);

/// What the snapshot holds of the log.
pub(super) struct Heads {
    newest: Option<CheckpointRow>,
    epoch: i64,
    /// Size and root of every checkpoint, in their order.
    sealed: Vec<(u64, Hash)>,
    commitments: Vec<Hash>,
    nodes: HashMap<(u8, u64), Hash>,
    /// The root at the size that the guard held.
    at_guard: Option<(u64, Hash)>,
}

impl Heads {
    fn size(&self) -> u64 {
        self.commitments.len() as u64
    }
}

pub(super) fn check_tree(journal: &Journal, db: &mut Db<'_>, report: &mut Report) -> Result<Heads> {
    let epoch = sql::newest_epoch(db)?;
    let mut heads = Heads {
        newest: None,
        epoch,
        sealed: Vec::new(),
        commitments: Vec::new(),
        nodes: HashMap::new(),
        at_guard: None,
    };
    check_checkpoints(journal, db, report, &mut heads)?;
    check_leaves(journal, db, report, &mut heads)?;
    let mut missing: HashSet<(u8, u64)> = heads.nodes.keys().copied().collect();
    checking::each_node(db, |row| match row {
        Ok((level, n, hash)) => {
            missing.remove(&(level, n));
            if heads.nodes.get(&(level, n)) != Some(&hash) {
                report.fault(format!("node {level}/{n}: not the hash of its subtree"));
            }
        }
        Err(_) => report.fault("a row of log_node is unreadable"),
    })?;
    for (level, n) in missing {
        report.fault(format!("node {level}/{n} is missing"));
    }
    Ok(heads)
}

fn check_checkpoints(
    journal: &Journal,
    db: &mut Db<'_>,
    report: &mut Report,
    heads: &mut Heads,
) -> Result<()> {
    let mut next = 1;
    checking::each_checkpoint(db, |row| {
        let Ok((number, row)) = row else {
            report.fault("a row of log_checkpoint is unreadable");
            next += 1;
            return;
        };
        if number != next {
            report.fault(format!(
                "checkpoint {number}: number {next} was expected, one was taken away or renumbered"
            ));
        }
        next = number.saturating_add(1);
        let genuine = journal
            .keys()
            .recognise(&row.note, heads.epoch)
            .is_some_and(|(head, epoch)| {
                epoch == row.epoch && head.size == row.size && head.root == row.root
            });
        if !genuine {
            report.fault(format!(
                "checkpoint {number}: not what the log's key signed"
            ));
        }
        if heads
            .sealed
            .last()
            .is_some_and(|(size, _)| *size > row.size)
        {
            report.fault(format!("checkpoint {number}: smaller than the one before"));
        }
        heads.sealed.push((row.size, row.root));
        heads.newest = Some(row);
    })
}

fn check_leaves(
    journal: &Journal,
    db: &mut Db<'_>,
    report: &mut Report,
    heads: &mut Heads,
) -> Result<()> {
    let guarded = Guard::in_folder(journal.keys().folder()).read();
    let guard_size = guarded.ok().flatten().map(|held| held.checkpoint.size);
    let mut frontier = Frontier::default();
    let mut roots = heads.sealed.clone();
    roots.sort_unstable();
    let mut roots = roots.into_iter().peekable();
    let mut at_guard = None;
    let mut compare = |frontier: &Frontier, report: &mut Report| {
        if guard_size == Some(frontier.size()) {
            at_guard = Some((frontier.size(), frontier.root()));
        }
        while let Some((size, root)) = roots.next_if(|(size, _)| *size == frontier.size()) {
            if root != frontier.root() {
                report.fault(format!("the tree of {size} leaves has another root"));
            }
        }
    };
    compare(&frontier, report);
    let (commitments, nodes) = (&mut heads.commitments, &mut heads.nodes);
    checking::each_leaf(db, |row| {
        let Ok(leaf) = row else {
            return report.fault("a row of journal_leaf is unreadable");
        };
        let idx = leaf.idx;
        if idx != frontier.size() {
            report.fault(format!("leaf {idx}: there is a gap before it"));
        }
        if leaf.commitment.is_none() {
            report.fault(format!("leaf {idx}: its entry {} is gone", leaf.entry));
        }
        let commitment = leaf.commitment.unwrap_or_default();
        if entry::leaf_hash(&commitment) != leaf.hash {
            report.fault(format!("leaf {idx}: not the hash of its entry"));
        }
        commitments.push(commitment);
        frontier.append_with(leaf.hash, |level, n, hash| {
            if level > 0 && level % 8 == 0 {
                nodes.insert((level, n), hash);
            }
        });
        compare(&frontier, report);
    })?;
    for (size, _) in roots {
        report.fault(format!(
            "there is a checkpoint of {size} leaves, and the tree is smaller"
        ));
    }
    heads.at_guard = at_guard;
    report.leaves = frontier.size();
    Ok(())
}

pub(super) async fn check_guard(
    journal: &Journal,
    heads: &Heads,
    report: &mut Report,
) -> Result<()> {
    let held = match Guard::in_folder(journal.keys().folder()).read() {
        Ok(Some(held)) => held,
        Ok(None) => {
            if heads.newest.is_some() {
                report.fault("the guard is missing");
            }
            return Ok(());
        }
        Err(error) => {
            report.fault(format!("the guard cannot be read: {error}"));
            return Ok(());
        }
    };
    let newest = heads.newest.as_ref();
    if newest.is_some_and(|row| row.note == held.note) {
        return Ok(());
    }
    let epoch = journal.store().read(sql::newest_epoch).await?;
    if journal.keys().recognise(&held.note, epoch).is_none() {
        report.fault("the guard is not what the log's key signed");
        return Ok(());
    }
    let told = &held.checkpoint;
    if newest.is_some_and(|row| row.size >= told.size) {
        report.fault("the guard knows less than the store has sealed, or something else");
        return Ok(());
    }
    if heads
        .at_guard
        .is_some_and(|at| at == (told.size, told.root))
    {
        // The guard moves first and the checkpoint is kept after it; between the two a server may
        // have been killed, and takes it over when it starts. One that was published was kept, so
        // that a checkpoint which somebody removed is missed there.
        return Ok(());
    }
    if heads.size() >= told.size && heads.at_guard.is_some() {
        report.fault("the guard knows another log than the store holds");
        return Ok(());
    }
    if journal.store().read(sql::tree_size).await? < told.size {
        report
            .fault("the guard knows a larger log than the store holds: an old backup was restored");
        return Ok(());
    }
    // Sealed after the snapshot by a running server; the next run compares the root.
    check_kept(journal, &held, report).await
}

/// Whether the store keeps what a running server has just sealed.
async fn check_kept(journal: &Journal, held: &Guarded, report: &mut Report) -> Result<()> {
    for _ in 0..LOOKS {
        let (size, note) = (held.checkpoint.size, held.note.clone());
        let kept = journal
            .store()
            .read(move |db| sql::keeps_checkpoint(db, size, &note))
            .await?;
        if kept {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    report.fault("the guard's checkpoint is missing in the store");
    Ok(())
}

/// Compares the published tiles and entry bundles with the tree, as far as they are published.
pub(super) async fn check_published(
    journal: &Journal,
    blobs: &Blobs,
    heads: &Heads,
    report: &mut Report,
) -> Result<()> {
    let mut published = blobs.get(&format!("{FOLDER}/checkpoint")).await?;
    for _ in 0..LOOKS {
        if published.is_some() || heads.newest.is_none() {
            break;
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
        published = blobs.get(&format!("{FOLDER}/checkpoint")).await?;
    }
    let Some(published) = published else {
        if heads.newest.is_some() {
            report.fault("the published checkpoint is missing");
        }
        return Ok(());
    };
    let note = String::from_utf8_lossy(&published).into_owned();
    let epoch = journal.store().read(sql::newest_epoch).await?;
    let recognised = journal.keys().recognise(&note, epoch);
    let told = recognised.map(|(Checkpoint { size, .. }, _)| size);
    match told {
        Some(size) => {
            let kept = journal
                .store()
                .read(move |db| sql::keeps_checkpoint(db, size, &note))
                .await?;
            if !kept {
                report.fault("the published checkpoint is not one of the store's");
            }
        }
        None => report.fault("the published checkpoint is not what the log's key signed"),
    }
    let Some(newest) = &heads.newest else {
        return Ok(());
    };
    let size = told.unwrap_or(newest.size);
    // A server may publish while this runs: what is newer than the snapshot is left to the next
    // run. Narrow tiles of earlier checkpoints may be there or not; where they are, they hold. So
    // it is with those of the snapshot's own checkpoint when a later one was published: a sealer
    // that was killed before it published leaves the next one to publish something wider.
    let overtaken = size > newest.size;
    let size = size.min(newest.size);
    let current: BTreeSet<TileName> = tile::tiles_between(0, size).collect();
    let mut before = 0;
    let mut earlier = BTreeSet::new();
    for (at, _) in heads.sealed.iter().filter(|(at, _)| *at <= size) {
        earlier.extend(tile::tiles_between(before, *at).filter(|name| !name.is_full()));
        before = *at;
    }
    for name in current.iter().chain(earlier.difference(&current)) {
        let optional = !current.contains(name) || (overtaken && !name.is_full());
        compare_tile(blobs, heads, *name, optional, report).await?;
    }
    Ok(())
}

async fn compare_tile(
    blobs: &Blobs,
    heads: &Heads,
    name: TileName,
    optional: bool,
    report: &mut Report,
) -> Result<()> {
    let first = usize::try_from(name.index * 256).map_err(Error::internal)?;
    let span = first..first + usize::from(name.width);
    if name.level > 0 {
        let level = name.level * 8;
        let node = |at| heads.nodes.get(&(level, at as u64)).copied();
        let hashes: Vec<Hash> = span.map(|at| node(at).unwrap_or_default()).collect();
        return compare_blob(blobs, &name.path(), &hashes.concat(), optional, report).await;
    }
    let commitments = heads.commitments.get(span).unwrap_or_default();
    let hashes: Vec<Hash> = commitments.iter().map(entry::leaf_hash).collect();
    compare_blob(blobs, &name.path(), &hashes.concat(), optional, report).await?;
    let entries: Vec<[u8; 33]> = commitments.iter().map(entry::log_entry).collect();
    let bundle = tile::bundle(entries.iter().map(<[u8; 33]>::as_slice)).unwrap_or_default();
    compare_blob(blobs, &name.entries_path(), &bundle, optional, report).await
}

async fn compare_blob(
    blobs: &Blobs,
    name: &str,
    expected: &[u8],
    optional: bool,
    report: &mut Report,
) -> Result<()> {
    match blobs.get(&format!("{FOLDER}/{name}")).await? {
        Some(bytes) if bytes.as_ref() == expected => {}
        Some(_) => report.fault(format!("published {name}: not what the tree holds")),
        None if optional => {}
        None => report.fault(format!("published {name} is missing")),
    }
    Ok(())
}
