//! The vault: inspection apart from the requests, within bounds of number and time, and the safe
//! place of what passed. Objects are written before any row names them.

use std::sync::Arc;
use std::time::Duration;

use base::{Error, Result};
use journal::DataKey;
use store::Blobs;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::{Inspected, Kind, Limits, Refusal, inspect};

/// Files looked at together; a parser that does not come back holds its place until it does.
const TOGETHER: usize = 4;
/// How long one file is looked at.
const PATIENCE: Duration = Duration::from_secs(30);
/// Parsers go as deep as a file is nested.
const STACK: usize = 32 * 1024 * 1024;
/// All files that are being received together, in kilobytes.
const ROOM: usize = 256 * 1024;

/// The place of files.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    blobs: Blobs,
    limits: Limits,
    looking: Arc<Semaphore>,
    room: Arc<Semaphore>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault").finish_non_exhaustive()
    }
}

/// Addresses of what was put away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The file as it was sent.
    pub original: [u8; 32],
    /// The copy for the public.
    pub cleaned: [u8; 32],
    /// The small picture.
    pub thumbnail: Option<[u8; 32]>,
}

impl Kept {
    /// Every address.
    pub fn all(&self) -> impl Iterator<Item = [u8; 32]> {
        [self.original, self.cleaned]
            .into_iter()
            .chain(self.thumbnail)
    }
}

/// The place of files does not answer: nothing was put there, and trying later may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreDown;

/// Memory promised to one file while it is received.
pub struct Room {
    all: Arc<Semaphore>,
    held: Option<OwnedSemaphorePermit>,
    bytes: usize,
}

impl Room {
    /// Makes room for `bytes` in all; [`Error::Busy`] when others hold it.
    pub fn grow(&mut self, bytes: usize) -> Result<()> {
        while self.bytes < bytes {
            let more = 1024 * 1024;
            let permits = u32::try_from(more / 1024).unwrap_or(u32::MAX);
            let permit = Arc::clone(&self.all)
                .try_acquire_many_owned(permits)
                .map_err(|_| Error::Busy)?;
            match &mut self.held {
                Some(held) => held.merge(permit),
                held => *held = Some(permit),
            }
            self.bytes += more;
        }
        Ok(())
    }
}

impl Vault {
    /// A vault over a place of objects.
    pub fn new(blobs: Blobs, limits: Limits) -> Self {
        Self(Arc::new(Inner {
            blobs,
            limits,
            looking: Arc::new(Semaphore::new(TOGETHER)),
            room: Arc::new(Semaphore::new(ROOM)),
        }))
    }

    /// The bounds of one file.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Room for a file that is about to be received.
    pub fn room(&self) -> Room {
        Room {
            all: Arc::clone(&self.0.room),
            held: None,
            bytes: 0,
        }
    }

    /// Looks at a file on a thread of its own. [`Error::Busy`] when too many are being looked at.
    pub async fn inspect(
        &self,
        name: &str,
        bytes: Arc<[u8]>,
        allowed: &[Kind],
    ) -> Result<std::result::Result<Inspected, Refusal>> {
        let place = tokio::time::timeout(PATIENCE, Arc::clone(&self.0.looking).acquire_owned())
            .await
            .map_err(|_| Error::Busy)?
            .map_err(Error::internal)?;
        let (name, allowed, limits) = (name.to_owned(), allowed.to_vec(), self.0.limits);
        let (tell, told) = oneshot::channel();
        std::thread::Builder::new()
            .name("inspect".to_owned())
            .stack_size(STACK)
            .spawn(move || {
                let verdict = inspect(&name, &bytes, &allowed, &limits);
                // Nobody may be waiting any more.
                _ = tell.send(verdict);
                drop(place);
            })
            .map_err(Error::internal)?;
        match tokio::time::timeout(PATIENCE, told).await {
            Ok(Ok(verdict)) => Ok(verdict),
            Ok(Err(_)) => Ok(Err(Refusal::Unreadable)),
            Err(_) => {
                tracing::warn!("looking at a file took too long");
                Ok(Err(Refusal::TooSlow))
            }
        }
    }

    /// Whether something lies at an address and, when that is asked for, whether it is what was put
    /// there.
    pub async fn holds(&self, address: &[u8; 32], whole: bool) -> Result<bool> {
        if whole {
            self.0.blobs.content_is_whole(address).await
        } else {
            self.0.blobs.has_content(address).await
        }
    }

    /// Puts a file away with its copies, sealed under `key`.
    pub async fn keep(
        &self,
        key: &DataKey,
        original: &[u8],
        inspected: &Inspected,
    ) -> std::result::Result<Kept, StoreDown> {
        let thumbnail = match &inspected.thumbnail {
            Some(thumbnail) => Some(self.put(key, thumbnail).await?),
            None => None,
        };
        Ok(Kept {
            cleaned: self.put(key, &inspected.cleaned).await?,
            original: self.put(key, original).await?,
            thumbnail,
        })
    }

    /// Puts bytes away as they are, sealed under `key`; gives their address.
    pub async fn put(
        &self,
        key: &DataKey,
        bytes: &[u8],
    ) -> std::result::Result<[u8; 32], StoreDown> {
        key.put_object(&self.0.blobs, bytes)
            .await
            .map_err(|error| down(&error))
    }

    /// What lies at an address; [`StoreDown`] when the place does not answer, none when it answers
    /// that there is nothing.
    pub async fn open(
        &self,
        key: &DataKey,
        address: &[u8; 32],
    ) -> std::result::Result<Option<Vec<u8>>, StoreDown> {
        key.get_object(&self.0.blobs, address)
            .await
            .map_err(|error| down(&error))
    }

    /// Throws away what lies at an address.
    pub async fn forget(&self, address: &[u8; 32]) -> Result<()> {
        self.0.blobs.delete_content(address).await
    }
}

fn down(error: &Error) -> StoreDown {
    match error {
        Error::Internal(detail) => {
            tracing::warn!(
                error = detail.for_the_log(),
                "the place of files does not answer"
            );
        }
        other => tracing::warn!(error = %other, "the place of files does not answer"),
    }
    StoreDown
}
