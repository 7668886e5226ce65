//! What is handed to the printing process, and how large it and its paper may be.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The most bytes of a request as it is written to the process.
pub const MOST_REQUEST: usize = 1024 * 1024;
/// The most bytes of a printed paper.
pub const MOST_PDF: usize = 8 * 1024 * 1024;

/// One paper to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Source of `letterhead.typ`, which the body imports.
    pub letterhead: String,
    /// Source of the body.
    pub body: String,
    /// What the template shows, read by it as `json("data.json")`. It is never a part of the
    /// source, so that no text of a person is run.
    pub data: Value,
    /// What the square code `qr.svg` says.
    #[serde(default)]
    pub code: Option<String>,
    /// The picture `mark` of the letterhead, a PNG or a JPEG; templates name it without an ending,
    /// and its content says what it is.
    #[serde(default)]
    pub mark: Option<Mark>,
    /// Year, month and day that the template takes for today and that the file carries.
    pub date: (i32, u8, u8),
}

/// The bytes of a picture; a text in base64 on the way to the process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark(pub Vec<u8>);

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        BASE64_STANDARD
            .decode(text)
            .map(Self)
            .map_err(D::Error::custom)
    }
}
