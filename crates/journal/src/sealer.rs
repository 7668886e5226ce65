//! Sealing: signing the tree's head, moving the guard, publishing tiles. At most twice a second,
//! and never in the way of anything else: when the guard or the folder of tiles fails, filing and
//! placing go on and the operator is told.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::{Error, Moment, Result};
use serde::Serialize;
use store::{Blobs, Store};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;
use uuid::Uuid;

use crate::checkpoint::Checkpoint;
use crate::entry;
use crate::guard::{Guard, Guarded};
use crate::merkle::{Hash, empty_root, verify_consistency};
use crate::record::Journal;
use crate::sql::{self, CheckpointRow};
use crate::tile::{self, TileName};
use crate::tree::Tree;

/// From the beginning of one round to the next. With the time of the sealing itself whatever was
/// placed can be proved within a second.
const ROUND: Duration = Duration::from_millis(500);
const LEASE: &str = "journal.sealer";
const LEASE_SECONDS: u32 = 10;
/// Where the published log stands among the blobs.
pub const FOLDER: &str = "log";

/// Why sealing stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Alarm {
    /// The guard knows a larger tree than the store holds: an old backup was restored.
    GuardIsAhead,
    /// The guard knows another tree than the store holds: two installations, or tampering.
    GuardDiffers,
    /// The guard knows less than the store has sealed: an old guard was put back, or a second one
    /// is in use.
    GuardIsBehind,
    /// The store has sealed checkpoints and the guard is gone.
    GuardIsMissing,
    /// The guard cannot be read or written.
    GuardUnusable,
    /// The last checkpoint in the store is not one of ours, or the tree does not continue it.
    TreeDiffers,
}

/// How the log stands, for pages, health and metrics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sealed {
    /// Size of the last signed checkpoint.
    pub size: u64,
    /// Its root.
    pub root: Hash,
    /// When it was signed by this process or found.
    pub at: Option<Moment>,
    /// The whole note.
    pub note: String,
    /// Why sealing stands still, when it does.
    pub alarm: Option<Alarm>,
}

/// The one that seals.
#[derive(Clone)]
pub struct Sealer {
    journal: Journal,
    blobs: Blobs,
    guard: Guard,
    holder: String,
    sealed: watch::Sender<Sealed>,
    published: Arc<Mutex<Option<u64>>>,
}

impl Sealer {
    /// A sealer of a journal, publishing into `blobs`.
    pub fn new(journal: Journal, blobs: Blobs) -> Result<Self> {
        let newest = journal.store().read_blocking(sql::newest_checkpoint)?;
        let sealed = newest.map_or_else(Sealed::default, |row| Sealed {
            size: row.size,
            root: row.root,
            at: None,
            note: row.note,
            alarm: None,
        });
        Ok(Self {
            guard: Guard::in_folder(journal.keys().folder()),
            holder: Uuid::from_bytes(base::id::random()).to_string(),
            sealed: watch::Sender::new(sealed),
            published: Arc::default(),
            journal,
            blobs,
        })
    }

    /// How the log stands.
    pub fn sealed(&self) -> watch::Receiver<Sealed> {
        self.sealed.subscribe()
    }

    /// Runs until the process ends or `stop` says so; seals once more before it returns.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut rounds = tokio::time::interval(ROUND);
        rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let last = *stop.borrow();
            if let Err(error) = self.seal().await {
                tracing::warn!(%error, "sealing failed and will be tried again");
            }
            if last {
                break;
            }
            tokio::select! {
                _ = rounds.tick() => {}
                stopped = stop.wait_for(|stop| *stop) => if stopped.is_err() { break },
            }
        }
        let holder = self.holder.clone();
        let released = self
            .journal
            .store()
            .housekeeping(move |tx| store::Lease::release(tx, LEASE, &holder))
            .await;
        if let Err(error) = released {
            tracing::warn!(%error, "the sealer's lease stays until it runs out");
        }
    }

    /// Seals what is placed; does nothing when another node holds the lease.
    pub async fn seal(&self) -> Result<()> {
        let store = self.journal.store();
        let size = store.read(sql::tree_size).await?;
        let known = self.sealed.borrow().clone();
        if size == known.size && self.published() == Some(size) && known.alarm.is_none() {
            return Ok(());
        }
        if !self.has_lease().await? {
            return self.look(store).await;
        }
        let mut signed = self.sign().await?;
        if signed.is_err() {
            // Another node may have sealed between two of our looks; what is wrong stays wrong.
            signed = self.sign().await?;
        }
        match signed {
            Ok(row) => self.finish(row).await,
            Err(alarm) => {
                if known.alarm != Some(alarm) {
                    tracing::error!(
                        ?alarm,
                        "SEALING STANDS STILL: see `okno log fsck` and `okno log new-epoch`"
                    );
                }
                self.sealed.send_modify(|sealed| sealed.alarm = Some(alarm));
                Ok(())
            }
        }
    }

    async fn has_lease(&self) -> Result<bool> {
        let holder = self.holder.clone();
        self.journal
            .store()
            .housekeeping(move |tx| store::Lease::try_acquire(tx, LEASE, &holder, LEASE_SECONDS))
            .await
    }

    fn published(&self) -> Option<u64> {
        *self
            .published
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn set_published(&self, size: u64) {
        *self
            .published
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(size);
    }

    /// Another node seals: learn what it sealed and whether it has published that.
    async fn look(&self, store: &Store) -> Result<()> {
        let Some(row) = store.read(sql::newest_checkpoint).await? else {
            return Ok(());
        };
        let now = store.now();
        self.sealed.send_if_modified(|sealed| {
            let news = sealed.size != row.size || sealed.note != row.note;
            if news {
                *sealed = Sealed {
                    size: row.size,
                    root: row.root,
                    at: Some(now),
                    note: row.note.clone(),
                    alarm: None,
                };
            }
            news
        });
        if self.published_note().await? == Some(row.note) {
            self.set_published(row.size);
        }
        Ok(())
    }

    /// Signs the head of the tree, moves the guard, keeps the checkpoint. When it was interrupted
    /// after the guard had moved, the guard's checkpoint is taken over.
    async fn sign(&self) -> Result<std::result::Result<CheckpointRow, Alarm>> {
        let store = self.journal.store();
        let Ok(held) = self.guard.read() else {
            return Ok(Err(Alarm::GuardUnusable));
        };
        let (newest, epoch, size) = store
            .read(|db| {
                Ok((
                    sql::newest_checkpoint(db)?,
                    sql::newest_epoch(db)?,
                    sql::tree_size(db)?,
                ))
            })
            .await?;
        self.journal.set_epoch(epoch);
        if let Some(alarm) = self
            .compare(size, epoch, held.as_ref(), newest.as_ref())
            .await?
        {
            return Ok(Err(alarm));
        }
        if let Some(held) = &held
            && newest.as_ref().is_none_or(|row| row.note != held.note)
        {
            let Some((checkpoint, epoch)) = self.journal.keys().recognise(&held.note, epoch) else {
                return Ok(Err(Alarm::GuardDiffers));
            };
            let row = CheckpointRow {
                size: checkpoint.size,
                epoch,
                root: checkpoint.root,
                note: held.note.clone(),
            };
            return self.keep(row).await.map(Ok);
        }
        if let Some(row) = newest.filter(|row| row.size == size && row.epoch == epoch) {
            return Ok(Ok(row));
        }
        let root = store.read(move |db| Tree::new(db).root(size)).await?;
        let key = self
            .journal
            .keys()
            .note_key(epoch)
            .map_err(Error::internal)?;
        let origin = self.journal.keys().origin().to_owned();
        let note = Checkpoint { origin, size, root }.sign(&key);
        let expected = held.map(|held| held.note);
        match self.guard.replace(expected.as_deref(), &note) {
            Ok(true) => {}
            Ok(false) => return Ok(Err(Alarm::GuardDiffers)),
            Err(error) => {
                tracing::error!(%error, "the guard cannot be written");
                return Ok(Err(Alarm::GuardUnusable));
            }
        }
        let row = CheckpointRow {
            size,
            epoch,
            root,
            note,
        };
        self.keep(row).await.map(Ok)
    }

    /// Whether guard, last checkpoint and tree tell the same story.
    async fn compare(
        &self,
        size: u64,
        epoch: i64,
        held: Option<&Guarded>,
        newest: Option<&CheckpointRow>,
    ) -> Result<Option<Alarm>> {
        if let Some(row) = newest {
            let genuine = self
                .journal
                .keys()
                .recognise(&row.note, epoch)
                .is_some_and(|(head, _)| head.size == row.size && head.root == row.root);
            if !genuine || row.size > size {
                return Ok(Some(Alarm::TreeDiffers));
            }
            match held {
                None => return Ok(Some(Alarm::GuardIsMissing)),
                Some(held) if held.checkpoint.size < row.size => {
                    return Ok(Some(Alarm::GuardIsBehind));
                }
                Some(_) => {}
            }
            if !self.continues(row.size, row.root, size).await? {
                return Ok(Some(Alarm::TreeDiffers));
            }
        }
        if let Some(held) = held {
            if held.checkpoint.size > size {
                return Ok(Some(Alarm::GuardIsAhead));
            }
            let told = &held.checkpoint;
            if !self.continues(told.size, told.root, size).await? {
                return Ok(Some(Alarm::GuardDiffers));
            }
        }
        Ok(None)
    }

    /// Whether the tree as stored continues the one of a head.
    async fn continues(&self, from: u64, old: Hash, size: u64) -> Result<bool> {
        if from == 0 {
            return Ok(old == empty_root());
        }
        let proved = self
            .journal
            .store()
            .read(move |db| {
                let tree = Tree::new(db);
                let root = tree.root(size)?;
                let path = tree.consistency(from, size)?;
                Ok(verify_consistency(from, &old, size, &root, &path))
            })
            .await;
        match proved {
            // A part of the tree is gone from the store.
            Err(Error::NotFound) => Ok(false),
            other => other,
        }
    }

    async fn keep(&self, row: CheckpointRow) -> Result<CheckpointRow> {
        let kept = row.clone();
        self.journal
            .store()
            .housekeeping(move |tx| sql::insert_checkpoint(tx, &row))
            .await?;
        Ok(kept)
    }

    async fn finish(&self, row: CheckpointRow) -> Result<()> {
        let now = self.journal.store().now();
        self.sealed.send_modify(|sealed| {
            if sealed.note != row.note || sealed.at.is_none() {
                sealed.at = Some(now);
            }
            sealed.size = row.size;
            sealed.root = row.root;
            sealed.note.clone_from(&row.note);
            sealed.alarm = None;
        });
        metrics::gauge!("okno_log_size").set(precise(row.size));
        if self.publish(&row).await? {
            self.set_published(row.size);
        }
        Ok(())
    }

    /// Writes the tiles that are new since the published checkpoint, and the new checkpoint last;
    /// false when another node took over meanwhile. Where the published checkpoint is not one that
    /// the store keeps, the store was restored, and everything is written anew.
    async fn publish(&self, row: &CheckpointRow) -> Result<bool> {
        let store = self.journal.store();
        let from = match self.published_note().await? {
            Some(note) if note == row.note => return Ok(true),
            Some(note) => match self.journal.keys().recognise(&note, self.journal.epoch()) {
                Some((head, _)) => store
                    .read(move |db| {
                        Ok(sql::keeps_checkpoint(db, head.size, &note)?.then_some(head.size))
                    })
                    .await?
                    .unwrap_or(0),
                None => 0,
            },
            None => 0,
        };
        for name in tile::tiles_between(from.min(row.size), row.size) {
            self.publish_tile(name).await?;
        }
        if !self.has_lease().await? {
            return Ok(false);
        }
        self.put("checkpoint", row.note.clone().into_bytes())
            .await?;
        Ok(true)
    }

    async fn publish_tile(&self, name: TileName) -> Result<()> {
        let store = self.journal.store();
        let (level, first, width) = (name.level, name.index * 256, u64::from(name.width));
        if level > 0 {
            let hashes = store
                .read(move |db| sql::nodes(db, level * 8, first, first + width))
                .await?;
            return self.put(&name.path(), hashes.concat()).await;
        }
        let (hashes, commitments) = store
            .read(move |db| {
                Ok((
                    sql::leaves(db, first, first + width)?,
                    sql::commitments(db, first, first + width)?,
                ))
            })
            .await?;
        let entries: Vec<[u8; 33]> = commitments.iter().map(entry::log_entry).collect();
        let bundle = tile::bundle(entries.iter().map(<[u8; 33]>::as_slice))
            .ok_or_else(|| Error::internal("an entry of 33 bytes fits into a bundle"))?;
        self.put(&name.entries_path(), bundle).await?;
        self.put(&name.path(), hashes.concat()).await
    }

    async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<()> {
        self.blobs.put(&format!("{FOLDER}/{name}"), bytes).await
    }

    async fn published_note(&self) -> Result<Option<String>> {
        let read = self.blobs.get(&format!("{FOLDER}/checkpoint")).await?;
        Ok(read.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a gauge of a metric needs no exactness past 2^52"
)]
fn precise(size: u64) -> f64 {
    size as f64
}

/// The name of a published tile, or none when the tree of `size` has no such tile.
pub fn tile_is_published(name: &TileName, size: u64) -> bool {
    TileName::within(name.level, name.index, size)
        .is_some_and(|widest| name.is_full() || widest.width >= name.width)
}
