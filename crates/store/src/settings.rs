//! Where the store is and how much of it runs at once; and how it feels.

use std::path::PathBuf;

use serde::Deserialize;

/// Which database lies below.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// SQLite, one file.
    Sqlite,
    /// PostgreSQL 13 or newer.
    Postgres,
}

/// Where the database is.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Backend {
    /// A file of SQLite; made when it is not there, its folder too.
    Sqlite {
        /// The file.
        file: PathBuf,
    },
    /// A database of PostgreSQL.
    Postgres {
        /// `postgres://user:password@host:port/database`; may hold a password.
        url: String,
    },
}

impl std::fmt::Debug for Backend {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Backend::Sqlite { file } => f.debug_struct("Sqlite").field("file", file).finish(),
            Backend::Postgres { .. } => f.write_str("Postgres { .. }"),
        }
    }
}

/// The settings of a store.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the database is.
    pub backend: Backend,
    /// Connections that write; SQLite always has one.
    #[serde(default = "default_writers")]
    pub writers: usize,
    /// Connections that read.
    #[serde(default = "default_readers")]
    pub readers: usize,
    /// Requests that may wait for a writer, and as many for a reader; one more is refused.
    #[serde(default = "default_queue")]
    pub queue: usize,
}

const fn default_writers() -> usize {
    16
}

const fn default_readers() -> usize {
    4
}

const fn default_queue() -> usize {
    1024
}

impl Settings {
    /// A store in a file of SQLite.
    pub fn sqlite(file: impl Into<PathBuf>) -> Self {
        Self::of(Backend::Sqlite { file: file.into() })
    }

    /// A store in a database of PostgreSQL.
    pub fn postgres(url: impl Into<String>) -> Self {
        Self::of(Backend::Postgres { url: url.into() })
    }

    fn of(backend: Backend) -> Self {
        Self {
            backend,
            writers: default_writers(),
            readers: default_readers(),
            queue: default_queue(),
        }
    }
}

/// Whether changes are taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// Everything works.
    ReadWrite,
    /// Reading works, changes are refused until a trial write succeeds.
    ReadOnly {
        /// What the database said, for the operator.
        reason: String,
    },
}

/// Why a store could not be opened. One sentence for the operator each.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file or its folder cannot be made.
    #[error("the file of the database cannot be made: {0}")]
    Folder(#[source] std::io::Error),
    /// A thread cannot be started.
    #[error("a thread cannot be started: {0}")]
    Thread(#[source] std::io::Error),
    /// The address of PostgreSQL cannot be read.
    #[error("the address of PostgreSQL cannot be read")]
    Address,
    /// The database does not answer or refuses.
    #[error("the database cannot be opened: {0}")]
    Database(String),
    /// PostgreSQL is set up so that a power cut would lose what was promised.
    #[error("PostgreSQL runs with {0} = off and would lose what was promised in a power cut")]
    NotDurable(&'static str),
    /// A migration that ran here has another text now.
    #[error("the migration {name} of {slice} was changed after it had run here")]
    Changed {
        /// The slice.
        slice: &'static str,
        /// The file.
        name: String,
    },
    /// A migration that ran here is unknown to this version.
    #[error(
        "this store was upgraded by a newer Okno: it has the tables of {slice}/{name}, which this \
         version does not know. Start the newer version, or restore the backup made before the upgrade"
    )]
    Unknown {
        /// The slice.
        slice: String,
        /// The file.
        name: String,
    },
    /// A migration failed; nothing of it stays.
    #[error("the migration {name} of {slice} failed: {detail}")]
    Migration {
        /// The slice.
        slice: &'static str,
        /// The file.
        name: String,
        /// What the database said.
        detail: String,
    },
}
