//! Followers: code that reads placed entries in the order of the log and does what they imply for
//! others. Each keeps its own position in the store, runs on one node at a time under a lease, and
//! may be given an entry twice after a crash.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use base::Result;
use store::{Db, Store, Tx};
use tokio::sync::watch;
use uuid::Uuid;

use crate::sql::{self, Placed};

const BATCH: i64 = 256;
const GLANCE: Duration = Duration::from_secs(1);
/// Each batch is one commit that holds the row of the lease, so that a short one is enough.
const LEASE_SECONDS: u32 = 3;

/// One that follows the log.
pub trait Follower: Send + Sync + 'static {
    /// Its name, under which its position is kept.
    fn name(&self) -> &'static str;

    /// Takes a run of entries; its writes and its new position are one commit.
    fn apply(&self, tx: &mut Tx<'_>, entries: &[Placed]) -> Result<()>;
}

/// Runs a follower until `stop` says so.
pub async fn run(
    store: Store,
    follower: Arc<dyn Follower>,
    mut size: watch::Receiver<u64>,
    mut stop: watch::Receiver<bool>,
) {
    let holder = Uuid::from_bytes(base::id::random()).to_string();
    loop {
        size.borrow_and_update();
        let busy = match step(&store, &follower, &holder).await {
            Ok(busy) => busy,
            Err(error) => {
                tracing::warn!(follower = follower.name(), %error, "a follower stumbled and will try again");
                tokio::time::sleep(Duration::from_secs(1)).await;
                false
            }
        };
        if !busy {
            tokio::select! {
                () = tokio::time::sleep(GLANCE) => {}
                Ok(()) = size.changed() => {}
                _ = stop.wait_for(|stop| *stop) => break,
            }
        } else if *stop.borrow() {
            break;
        }
    }
    let lease = lease_of(&follower);
    let released = store
        .housekeeping(move |tx| store::Lease::release(tx, &lease, &holder))
        .await;
    if let Err(error) = released {
        tracing::warn!(%error, "a follower's lease stays until it runs out");
    }
}

fn lease_of(follower: &Arc<dyn Follower>) -> String {
    format!("follower.{}", follower.name())
}

/// Applies all that is placed, at once; for commands and tests. While a server runs the same
/// follower, nothing is done here, because the server does it.
pub fn catch_up_blocking(store: &Store, follower: &Arc<dyn Follower>) -> Result<()> {
    let holder = Uuid::from_bytes(base::id::random()).to_string();
    loop {
        let (this, name) = (Arc::clone(follower), holder.clone());
        if !store.housekeeping_blocking(move |tx| advance(tx, &this, &name))? {
            break;
        }
    }
    let lease = lease_of(follower);
    store.housekeeping_blocking(move |tx| store::Lease::release(tx, &lease, &holder))
}

async fn step(store: &Store, follower: &Arc<dyn Follower>, holder: &str) -> Result<bool> {
    let name = follower.name();
    let (position, size) = store
        .read(move |db| Ok((sql::follower_position(db, name)?, sql::tree_size(db)?)))
        .await?;
    if position >= size {
        return Ok(false);
    }
    let follower = Arc::clone(follower);
    let holder = holder.to_owned();
    store
        .housekeeping(move |tx| advance(tx, &follower, &holder))
        .await
}

/// One batch; true when there may be more.
fn advance(tx: &mut Tx<'_>, follower: &Arc<dyn Follower>, holder: &str) -> Result<bool> {
    if !store::Lease::try_acquire(tx, &lease_of(follower), holder, LEASE_SECONDS)? {
        return Ok(false);
    }
    let position = sql::follower_position(tx, follower.name())?;
    let entries = sql::placed(tx, position, BATCH)?;
    let Some(last) = entries.last() else {
        return Ok(false);
    };
    let next = last.idx + 1;
    follower.apply(tx, &entries)?;
    sql::save_follower_position(tx, follower.name(), next)?;
    Ok(i64::try_from(entries.len()) == Ok(BATCH))
}

/// Placed entries from `from` on, a batch of them, for one that keeps its position elsewhere than in
/// the store.
pub async fn entries_from(store: &Store, from: u64) -> Result<Vec<Placed>> {
    store.read(move |db| sql::placed(db, from, BATCH)).await
}

/// The entries that a look for news takes of those without a place.
const WAITING: i64 = 1024;

/// What entries tell of, for one that mirrors what stands in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The entities, each once.
    pub of: BTreeSet<Uuid>,
    /// From where to read on.
    pub next: u64,
    /// Whether there may be more.
    pub more: bool,
}

/// The entities of a kind that placed entries from `from` on tell of, a batch of entries. Where
/// that reaches the end of the log, also those of entries that are committed and have no place yet,
/// which are told again once they have one: so nothing is missed that the snapshot holds.
pub fn news(db: &mut Db<'_>, kind: &str, from: u64) -> Result<News> {
    let entries = sql::placed(db, from, BATCH)?;
    let more = i64::try_from(entries.len()) == Ok(BATCH);
    let next = entries.last().map_or(from, |last| last.idx + 1);
    let mut of: BTreeSet<Uuid> = entries
        .into_iter()
        .filter(|entry| entry.kind == kind)
        .map(|entry| entry.entity)
        .collect();
    if !more {
        of.extend(sql::waiting(db, kind, WAITING)?);
    }
    Ok(News { of, next, more })
}

/// Where the log ends: the place that the next entry gets.
pub fn end(db: &mut Db<'_>) -> Result<u64> {
    sql::tree_size(db)
}

/// Gives every placed entry from now on to `f`, on this node alone and without a saved position:
/// what live pages need.
pub async fn tail(
    store: Store,
    mut size: watch::Receiver<u64>,
    mut stop: watch::Receiver<bool>,
    f: impl Fn(&Placed) + Send + 'static,
) {
    let mut next = *size.borrow_and_update();
    loop {
        tokio::select! {
            changed = size.changed() => if changed.is_err() { return },
            _ = stop.wait_for(|stop| *stop) => return,
        }
        let goal = *size.borrow_and_update();
        while next < goal {
            match store.read(move |db| sql::placed(db, next, BATCH)).await {
                Ok(entries) if entries.is_empty() => break,
                Ok(entries) => {
                    for entry in &entries {
                        f(entry);
                        next = entry.idx + 1;
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "reading the log's end failed");
                    break;
                }
            }
        }
    }
}
