//! A new epoch: what an operator opens when the store was restored from a backup or moved by a
//! logical copy, so that the log cannot go on where the old one stood. The new epoch has a signing
//! key of its own under the same name, and its first entry names the old epoch's last checkpoint.

use base::{Actor, Error, Result};
use uuid::Uuid;

use crate::guard::Guard;
use crate::record::{Journal, NewEntry};
use crate::sql;

/// The entity whose entries tell of epochs.
pub const LOG: Uuid = Uuid::from_u128(0x6f6b_6e6f_0000_7000_8000_0000_0000_0001);

/// What opening an epoch did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The new epoch.
    pub epoch: i64,
    /// The public key that its checkpoints are verified with.
    pub vkey: String,
    /// The last checkpoint of the old epoch, as the guard held it.
    pub old: Option<String>,
}

/// Opens a new epoch. A server that runs takes it up by itself when it next seals.
pub fn open(journal: &Journal, reason: &str) -> Result<Opened> {
    let guard = Guard::in_folder(journal.keys().folder());
    // Whatever the guard holds, readable or not, stays beside it as `guard.old`.
    let old = guard.read().ok().flatten().map(|guarded| guarded.note);
    let epoch = journal.store().read_blocking(sql::newest_epoch)? + 1;
    let key = journal
        .keys()
        .make_note_key(epoch)
        .map_err(Error::internal)?;
    let this = journal.clone();
    let (reason, vkey, last) = (reason.to_owned(), key.vkey(), old.clone());
    journal
        .store()
        .change_blocking(&Actor::system("log.new-epoch"), move |tx| {
            tx.lock("log", LOG)?;
            if sql::newest_epoch(tx)? + 1 != epoch {
                return Err(Error::Conflict("error-already-exists"));
            }
            this.record(
                tx,
                NewEntry {
                    action: "log.epoch_opened",
                    kind: "log",
                    id: LOG,
                    fields: vec![
                        ("epoch", epoch.to_string()),
                        ("reason", reason.clone()),
                        ("key", vkey.clone()),
                        ("old_checkpoint", last.clone().unwrap_or_default()),
                    ],
                    occurred_at: None,
                    key: this.keys().installation(),
                    first: false,
                },
            )
        })?;
    journal.set_epoch(epoch);
    let newest = journal.store().read_blocking(sql::newest_checkpoint)?;
    guard
        .start_anew(newest.as_ref().map(|row| row.note.as_str()))
        .map_err(Error::internal)?;
    Ok(Opened {
        epoch,
        vkey: key.vkey(),
        old,
    })
}
