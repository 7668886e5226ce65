//! Reads a form with files (`multipart/form-data`, RFC 7578) as it comes in, within bounds of size,
//! number and memory. What is too large is read to its end and thrown away: a browser that is cut
//! off shows its own page of trouble instead of ours.

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use base::{Error, FieldError, Result};
use files::{Refusal, Room};

use crate::Cases;
use crate::documents::{FIELD, Upload};

const MOST_FIELDS: usize = 40;
const MOST_TEXT: usize = 16 * 1024;

/// What a form brought.
pub(crate) struct Sent {
    fields: Vec<(String, String)>,
    /// Files, in the order in which they were chosen.
    pub(crate) files: Vec<Upload>,
    /// Files that were not even kept in memory.
    pub(crate) refused: Vec<FieldError>,
    /// Held as long as the files are.
    room: Room,
}

impl Sent {
    /// The first value of a field, or nothing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value.as_str())
    }
}

/// Reads the whole form; `formats` are the kinds taken, for the sentence about what is too large.
pub(crate) async fn read(cases: &Cases, mut form: Multipart, formats: &str) -> Result<Sent> {
    let vault = cases.vault()?;
    let most = vault.limits().bytes;
    let mut sent = Sent {
        fields: Vec::new(),
        files: Vec::new(),
        refused: Vec::new(),
        room: vault.room(),
    };
    let mut held = 0;
    let mut count = 0;
    while let Some(field) = form.next_field().await.map_err(|error| broken(&error))? {
        count += 1;
        if count > MOST_FIELDS {
            return Err(Error::Malformed("error-malformed-do"));
        }
        let name = field.name().unwrap_or_default().to_owned();
        if name != FIELD {
            let text = bytes_of(field, MOST_TEXT, |_| Ok(())).await?;
            let text = text.ok_or(Error::Malformed("error-too-large-do"))?;
            let text =
                String::from_utf8(text).map_err(|_| Error::Malformed("error-malformed-do"))?;
            sent.fields.push((name, text));
            continue;
        }
        // Browsers write a quotation mark in a name as %22: the form-data of HTML asks for it.
        let file_name: String = field
            .file_name()
            .unwrap_or_default()
            .replace("%22", "\"")
            .chars()
            .take(400)
            .collect();
        let room = &mut sent.room;
        let bytes = bytes_of(field, most, |bytes| room.grow(held + bytes)).await?;
        match bytes {
            // A field in which nothing was chosen.
            Some(bytes) if bytes.is_empty() && file_name.is_empty() => {}
            Some(bytes) => {
                held += bytes.len();
                sent.files.push(Upload {
                    name: file_name,
                    bytes: bytes.into(),
                });
            }
            None => {
                let refusal = Refusal::TooLarge {
                    megabytes: most / 1024 / 1024,
                };
                sent.refused
                    .push(refusal.of_field(FIELD, &file_name, formats));
            }
        }
    }
    Ok(sent)
}

/// The bytes of a field; none when there are more than `most`.
async fn bytes_of(
    mut field: Field<'_>,
    most: usize,
    mut grow: impl FnMut(usize) -> Result<()>,
) -> Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let mut fits = true;
    while let Some(part) = field.chunk().await.map_err(|error| broken(&error))? {
        fits &= bytes.len() + part.len() <= most;
        if fits {
            grow(bytes.len() + part.len())?;
            bytes.extend_from_slice(&part);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(fits.then_some(bytes))
}

fn broken(error: &MultipartError) -> Error {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        Error::Malformed("error-too-large-do")
    } else {
        Error::Malformed("error-malformed-do")
    }
}
