//! The journal: every change of the system as an entry nobody can alter unnoticed.
//!
//! The pure half (formats, hashes, proofs, verification) needs no database, clock or network and is
//! what a stranger's verifier must agree with; the storing half places entries in the tree and seals it.

pub mod checkpoint;
pub mod disclosure;
pub mod entry;
pub mod merkle;
pub mod note;
pub mod policy;
pub mod proof;
pub mod receipt;
pub mod tile;
pub mod verdict;
pub mod verify;
pub mod wire;

pub mod epoch;
pub mod followers;
pub mod fsck;
pub mod guard;
pub mod jobs;
pub mod keys;
pub mod placer;
pub mod prove;
pub mod record;
pub mod sealer;
mod sql;
mod tree;

pub use followers::Follower;
pub use keys::{DataKey, Keys, KeysError};
pub use placer::Placer;
pub use prove::Told;
pub use record::{Journal, NewEntry, Of, PastEntry, Recorded};
pub use sealer::{Alarm, Sealed, Sealer};
pub use sql::{DATA_KEY, Placed, nothing_recorded};

/// The journal's tables.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    slice: "journal",
    files: &[
        (
            "0001_journal",
            include_str!("../migrations/0001_journal.sql"),
        ),
        ("0002_jobs", include_str!("../migrations/0002_jobs.sql")),
    ],
    small: &["follower"],
};
