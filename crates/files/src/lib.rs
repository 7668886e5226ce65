//! Files: what a stranger sends is looked at, bounded, cleaned and sealed before anybody opens it.
//!
//! [`inspect`] is pure: bytes in, a verdict out. It goes by the content and never by the name or
//! the type that the sender declares. [`Vault`] runs it apart from the requests and keeps what
//! passed: the original, a copy without metadata and a small picture, each sealed under the key
//! of the case it belongs to.

mod image;
mod jpeg;
mod kind;
mod name;
mod pdf;
mod png;
mod refusal;
mod signature;
mod vault;

use base::Language;
use sha2::{Digest, Sha256};

pub use kind::{Kind, What};
pub use name::clean_name;
pub use refusal::Refusal;
pub use vault::{Kept, Room, StoreDown, Vault};

/// The words of this crate.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
];

/// How much of a file is borne.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file.
    pub bytes: usize,
    /// Points of a picture, width by height.
    pub pixels: u64,
    /// Pages of a PDF.
    pub pages: usize,
    /// Objects of a PDF.
    pub objects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 25 * 1024 * 1024,
            pixels: 60_000_000,
            pages: 500,
            objects: 100_000,
        }
    }
}

/// A file that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// What it is by its content.
    pub kind: Kind,
    /// Its name as it may be shown, ending as its kind does.
    pub name: String,
    /// Size of the original in bytes.
    pub size: u64,
    /// SHA-256 of the original.
    pub sha256: [u8; 32],
    /// Pages of a PDF.
    pub pages: Option<usize>,
    /// The copy for the public: a picture drawn anew from its points, a PDF without its metadata
    /// and its former versions.
    pub cleaned: Vec<u8>,
    /// A picture of at most 320 points a side, where there is one.
    pub thumbnail: Option<Vec<u8>>,
}

/// Judges a file. `allowed` are the kinds that may be sent here.
///
/// Takes as long as the worst file within the limits; [`Vault::inspect`] runs it apart. It may
/// panic in a library's parser, which is caught here and told as an unreadable file.
pub fn inspect(
    name: &str,
    bytes: &[u8],
    allowed: &[Kind],
    limits: &Limits,
) -> Result<Inspected, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(Refusal::TooLarge {
            megabytes: limits.bytes / 1024 / 1024,
        });
    }
    let kind = match What::of(bytes) {
        What::Good(kind) if allowed.contains(&kind) => kind,
        what => return Err(Refusal::NotAllowed(what)),
    };
    let looked = std::panic::catch_unwind(|| match kind {
        Kind::Pdf => pdf::look(bytes, limits),
        Kind::Jpeg => jpeg::look(bytes).and_then(|()| image::look(kind, bytes, limits)),
        Kind::Png => png::look(bytes).and_then(|()| image::look(kind, bytes, limits)),
    });
    let looked = looked.unwrap_or(Err(Refusal::Unreadable))?;
    Ok(Inspected {
        kind,
        name: clean_name(name, kind),
        size: bytes.len() as u64,
        sha256: Sha256::digest(bytes).into(),
        pages: looked.pages,
        cleaned: looked.cleaned,
        thumbnail: looked.thumbnail,
    })
}

/// What a parser of one kind has found.
struct Looked {
    pages: Option<usize>,
    cleaned: Vec<u8>,
    thumbnail: Option<Vec<u8>>,
}
