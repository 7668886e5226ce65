//! What is handed to the printing process, and how large it and its paper may be.

use serde::{Deserialize, Serialize};
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
    /// Year, month and day that the template takes for today and that the file carries.
    pub date: (i32, u8, u8),
}
