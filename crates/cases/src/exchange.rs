//! The exchange with other systems: everything of an installation in an open layout, a file a kind,
//! a line a thing, and back in again. The layout is told in `docs/exchange-format.md`.
//!
//! [`Export`] writes it from one snapshot; [`Take`] reads it, strictly, and writes what is not here
//! yet. What a thing is made of stands in the forms of its slice (`store::forms`); which things
//! there are, in `kinds`.

mod case;
mod export;
mod kinds;
mod lines;
mod past;
mod report;
mod sealed;
mod take;
mod things;

use std::collections::BTreeMap;
use std::path::PathBuf;

use base::Error;
use serde::{Deserialize, Serialize};

pub use export::{Export, Operator};
pub use report::{Counts, Refused, Report};
pub use take::{Take, TakeOptions};

/// The name of the layout.
pub const LAYOUT: &str = "okno-exchange";
/// The version that this program writes and reads.
pub const VERSION: u32 = 1;

const MANIFEST: &str = "manifest.json";
/// The folder of document bytes, each named by its hash.
const FILES: &str = "files";

/// What an exchange holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always [`LAYOUT`].
    pub layout: String,
    /// See [`VERSION`].
    pub version: u32,
    /// The program that wrote it.
    #[serde(default)]
    pub program: String,
    /// When, RFC 3339.
    #[serde(default)]
    pub made_at: String,
    /// Whether personal data are in it.
    #[serde(default)]
    pub personal: bool,
    /// Files of rows by their names.
    pub files: BTreeMap<String, FileOf>,
    /// Documents in the folder of files.
    #[serde(default)]
    pub documents: u64,
}

/// A file of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileOf {
    /// Rows in it.
    pub rows: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
}

/// Why an exchange could not go on.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder is not what it should be.
    #[error("{0}")]
    Folder(String),
    /// The store refused.
    #[error("the store refused: {0}")]
    Store(String),
}

impl From<Error> for ExchangeError {
    fn from(error: Error) -> Self {
        match error {
            Error::Internal(detail) => Self::Store(detail.for_the_log().to_owned()),
            other => Self::Store(other.to_string()),
        }
    }
}

fn at(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> ExchangeError {
    let path = path.to_owned();
    move |source| ExchangeError::File { path, source }
}
