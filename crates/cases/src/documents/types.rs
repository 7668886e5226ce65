//! What a document is, for those who read and send one.

use std::sync::Arc;

use base::id::AccountId;
use base::{Error, FieldError, Moment};
use files::{Inspected, Kept, Kind, StoreDown};
use uuid::Uuid;

use crate::model::{CaseRow, Side};

/// How a document stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Checked {
    /// Asked for and not there yet.
    Required,
    /// There, not looked at.
    Received,
    /// In order.
    Good,
    /// Not what was asked for, or not readable; the reason says.
    Faulty,
}

impl Checked {
    /// The code in tables and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Received => "received",
            Self::Good => "checked",
            Self::Faulty => "faulty",
        }
    }

    /// The state of a code; an unknown one counts as not looked at.
    pub fn from_code(code: &str) -> Self {
        match code {
            "required" => Self::Required,
            "checked" => Self::Good,
            "faulty" => Self::Faulty,
            _ => Self::Received,
        }
    }
}

/// Where the bytes of a document lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) original: [u8; 32],
    pub(crate) cleaned: [u8; 32],
    pub(crate) thumbnail: Option<[u8; 32]>,
}

impl From<Kept> for Place {
    fn from(kept: Kept) -> Self {
        Self {
            original: kept.original,
            cleaned: kept.cleaned,
            thumbnail: kept.thumbnail,
        }
    }
}

/// A document as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The document.
    pub id: Uuid,
    /// What it was sent for, where something was asked for.
    pub slot: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// Bytes.
    pub size: u64,
    /// Pages of a PDF.
    pub pages: Option<usize>,
    /// Its name.
    pub name: String,
    /// SHA-256 of the original, in hexadecimal.
    pub sha256: String,
    /// Who added it.
    pub side: Side,
    /// Their account; none for a guest, and for what came with the filing.
    pub account: Option<AccountId>,
    /// Their name; empty for the one who filed.
    pub author: String,
    /// When.
    pub added_at: Moment,
    /// How it stands.
    pub state: Checked,
    /// Why it is faulty.
    pub reason: String,
    /// Whether there is a small picture of it.
    pub has_thumbnail: bool,
}

/// A document that is asked for by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// How documents name it.
    pub code: String,
    /// What it is.
    pub title: String,
    /// What is accepted for it; may be empty.
    pub hint: String,
    /// Whether the case cannot go on without it.
    pub required: bool,
    /// How it stands.
    pub state: Checked,
    /// What is wrong with what was sent.
    pub reason: String,
}

/// The documents of a case before a reader.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The case.
    pub case: CaseRow,
    /// Which side the reader is on.
    pub side: Side,
    /// The documents, oldest first.
    pub documents: Vec<Document>,
    /// What is asked for.
    pub slots: Vec<Slot>,
    /// The kinds that are taken.
    pub kinds: Vec<Kind>,
    /// Whether the reader may add to them, and, on the side of staff, check them.
    pub may_add: bool,
    /// Whether the reader may ask for more.
    pub may_request: bool,
}

/// A file that somebody sends.
#[derive(Clone)]
pub struct Upload {
    /// Its name as sent.
    pub name: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// Which form of a document is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The file to keep: as it was sent for whoever sent it, for others without what tells of its
    /// author, its place and its device.
    Copy,
    /// As it was sent; for whoever sent it.
    Original,
    /// Without what tells of its author.
    Cleaned,
    /// The small picture.
    Thumbnail,
}

/// A document that was opened.
pub struct Opened {
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why a file was not kept.
#[derive(Debug)]
pub enum NotKept {
    /// The file will not do; the sentence says why and what to do.
    Refused(FieldError),
    /// The place of files does not answer.
    Down,
    /// Anything else.
    Other(Error),
}

impl From<Error> for NotKept {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

impl From<StoreDown> for NotKept {
    fn from(_: StoreDown) -> Self {
        Self::Down
    }
}

/// A file that was judged and put away.
pub(crate) struct PutAway {
    pub(crate) inspected: Inspected,
    pub(crate) place: Place,
}
