//! Placing: giving each entry its index and leaf, in one durable commit a round. Whatever is
//! visible and has no leaf is taken in the order of `seq`; a row that becomes visible late is
//! taken a round later, and no entry of the same entity can have passed it, because `seq` is
//! handed out under the entity's lock.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::Result;
use store::{Store, Tx};
use tokio::sync::watch;
use uuid::Uuid;

use crate::entry;
use crate::merkle::{Frontier, Hash};
use crate::sql;
use crate::tree::Tree;

/// Entries of one round: few enough that the writer is not held for long.
const ROUND: usize = 512;
/// How long a round waits for a commit of another process or node before it looks by itself.
/// Two glances, of the one that places and of the one that follows elsewhere, stay below 200 ms, also
/// when the first has just been put off by [`GATHER`].
const GLANCE: Duration = Duration::from_millis(80);
/// A commit is looked at so long after it has woken the placer: what commits in the same moment is
/// placed by one round, and whatever follows the log is woken once for all of it. Rounds that are full
/// do not wait.
const GATHER: Duration = Duration::from_millis(20);
const LEASE: &str = "journal.placer";
/// Short, because it only spares two nodes each other's work: the row of the lease is locked for
/// the whole round, so that rounds of two nodes cannot overlap whatever their clocks say.
const LEASE_SECONDS: u32 = 2;

/// The one that places. Cheap to clone; clones share what they remember of the tree.
#[derive(Clone)]
pub struct Placer {
    store: Store,
    holder: String,
    /// The edge of the tree as last committed by this process.
    frontier: Arc<Mutex<Frontier>>,
    size: watch::Sender<u64>,
}

impl Placer {
    /// A placer over a store.
    pub fn new(store: Store) -> Result<Self> {
        let size = store.read_blocking(sql::tree_size)?;
        Ok(Self {
            holder: Uuid::from_bytes(base::id::random()).to_string(),
            frontier: Arc::new(Mutex::new(Frontier::default())),
            size: watch::Sender::new(size),
            store,
        })
    }

    /// Tells the size of the tree whenever it grows, on this node or another.
    pub fn size(&self) -> watch::Receiver<u64> {
        self.size.subscribe()
    }

    /// Places all that waits; the number of entries placed. For commands: while a server places,
    /// nothing is done here, because the server does it.
    pub fn place_all_blocking(&self) -> Result<usize> {
        let mut all = 0;
        loop {
            let placer = self.clone();
            let round = self
                .store
                .housekeeping_blocking(move |tx| placer.round(tx))?;
            match self.remember(round) {
                0 => break,
                some => all += some,
            }
        }
        let holder = self.holder.clone();
        self.store
            .housekeeping_blocking(move |tx| store::Lease::release(tx, LEASE, &holder))?;
        Ok(all)
    }

    /// Whether a server places just now: whoever writes much beside it leaves room for others.
    pub fn somebody_places_blocking(&self) -> Result<bool> {
        let now = self.store.now();
        self.store
            .read_blocking(move |db| store::Lease::is_held(db, LEASE, now))
    }

    /// Runs until the process ends or `stop` says so.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut commits = self.store.commits();
        loop {
            commits.borrow_and_update();
            let busy = match self.step().await {
                Ok(busy) => busy,
                Err(error) => {
                    tracing::warn!(%error, "placing failed and will be tried again");
                    tokio::time::sleep(GLANCE).await;
                    false
                }
            };
            if busy {
                if *stop.borrow() {
                    break;
                }
                continue;
            }
            let woken = tokio::select! {
                () = tokio::time::sleep(GLANCE) => false,
                Ok(()) = commits.changed() => true,
                _ = stop.wait_for(|stop| *stop) => break,
            };
            if woken {
                // Whoever is told to stop looks once more, at once.
                tokio::select! {
                    () = tokio::time::sleep(GATHER) => {}
                    _ = stop.wait_for(|stop| *stop) => {}
                }
            }
        }
        let holder = self.holder.clone();
        let released = self
            .store
            .housekeeping(move |tx| store::Lease::release(tx, LEASE, &holder))
            .await;
        if let Err(error) = released {
            tracing::warn!(%error, "the placer's lease stays until it runs out");
        }
    }

    /// One round; true when there is more.
    async fn step(&self) -> Result<bool> {
        let (waiting, size) = self
            .store
            .read(|db| Ok((sql::anything_pending(db)?, sql::tree_size(db)?)))
            .await?;
        self.announce(size);
        if !waiting {
            return Ok(false);
        }
        let placer = self.clone();
        let round = self.store.housekeeping(move |tx| placer.round(tx)).await?;
        Ok(self.remember(round) == ROUND)
    }

    /// Remembers the edge of the tree after a committed round; the number of entries placed. Not
    /// before the commit: what a failed commit would have placed, another node may have placed
    /// otherwise by the next round.
    fn remember(&self, round: Option<(Frontier, usize)>) -> usize {
        let Some((frontier, placed)) = round else {
            return 0;
        };
        let size = frontier.size();
        *self.frontier.lock().unwrap_or_else(PoisonError::into_inner) = frontier;
        self.announce(size);
        placed
    }

    fn announce(&self, size: u64) {
        self.size.send_if_modified(|known| {
            let grown = size > *known;
            *known = (*known).max(size);
            grown
        });
    }

    /// Places one round inside a change; none when another holds the lease or nothing waits.
    fn round(&self, tx: &mut Tx<'_>) -> Result<Option<(Frontier, usize)>> {
        if !store::Lease::try_acquire(tx, LEASE, &self.holder, LEASE_SECONDS)? {
            return Ok(None);
        }
        let pending = sql::pending(tx, i64::try_from(ROUND).unwrap_or(i64::MAX))?;
        if pending.is_empty() {
            return Ok(None);
        }
        let size = sql::tree_size(tx)?;
        let remembered = self
            .frontier
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut frontier = if remembered.size() == size {
            remembered
        } else {
            let tree = Tree::new(tx);
            Frontier::restore(size, |level, index| tree.hash(level, index))?
        };
        let mut leaves: Vec<(Uuid, Hash)> = Vec::with_capacity(pending.len());
        let mut nodes = Vec::new();
        for entry in &pending {
            let leaf = entry::leaf_hash(&entry.commitment);
            leaves.push((entry.id, leaf));
            frontier.append_with(leaf, |level, index, hash| {
                if level > 0 && level % 8 == 0 {
                    nodes.push((level, index, hash));
                }
            });
        }
        sql::insert_leaves(tx, size, &leaves)?;
        for (level, index, hash) in &nodes {
            sql::insert_node(tx, *level, *index, hash)?;
        }
        let seqs: Vec<i64> = pending.iter().map(|entry| entry.seq).collect();
        sql::delete_pending(tx, &seqs)?;
        Ok(Some((frontier, pending.len())))
    }
}
