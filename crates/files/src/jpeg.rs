//! The skeleton of a JPEG picture: its segments from the first to the end mark, and what follows.
//! Telephones put more behind the end: further pictures, a short film, their own notes. That is
//! borne as long as nothing in it is a file of another kind; the public copy has none of it.

use crate::Refusal;
use crate::signature::holds_foreign;

/// Notes of cameras behind the end of a picture.
const MOST_NOTES: usize = 64 * 1024;
const MOST_SEGMENTS: usize = 100_000;

/// Refuses a picture that breaks off or that is something else too.
pub(crate) fn look(bytes: &[u8]) -> Result<(), Refusal> {
    let mut rest = after(bytes)?;
    // Previews and maps of brightness are whole pictures of their own.
    for _ in 0..16 {
        if !rest.starts_with(b"\xff\xd8\xff") {
            break;
        }
        rest = after(rest)?;
    }
    rest = after_film(rest);
    if rest.len() > MOST_NOTES || holds_foreign(bytes) {
        return Err(Refusal::Polyglot);
    }
    Ok(())
}

/// What follows the end mark of a picture.
fn after(bytes: &[u8]) -> Result<&[u8], Refusal> {
    let mut at = 2;
    for _ in 0..MOST_SEGMENTS {
        if bytes.get(at) != Some(&0xff) {
            return Err(Refusal::Unreadable);
        }
        let Some(marker) = bytes.get(at + 1) else {
            return Err(Refusal::Unreadable);
        };
        match marker {
            // Filling before a marker.
            0xff => {
                at += 1;
                continue;
            }
            0xd9 => return Ok(&bytes[at + 2..]),
            0x01 | 0xd0..=0xd7 => {
                at += 2;
                continue;
            }
            _ => {}
        }
        let Some(length) = bytes.get(at + 2..at + 4) else {
            return Err(Refusal::Unreadable);
        };
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        if length < 2 {
            return Err(Refusal::Unreadable);
        }
        at += 2 + length;
        if *marker == 0xda {
            at = coded_end(bytes, at).ok_or(Refusal::Unreadable)?;
        }
    }
    Err(Refusal::Unreadable)
}

/// The marker that ends coded points: any but a stuffed zero, a restart and filling.
fn coded_end(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == 0xff)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => from = at + 2,
            0xff => from = at + 1,
            _ => return Some(at),
        }
    }
}

/// What follows a film in boxes, when one begins here and fits.
fn after_film(bytes: &[u8]) -> &[u8] {
    if bytes.get(4..8) != Some(b"ftyp") {
        return bytes;
    }
    let mut rest = bytes;
    for _ in 0..1000 {
        let (Some(size), Some(kind)) = (rest.get(..4), rest.get(4..8)) else {
            return rest;
        };
        let size = u32::from_be_bytes([size[0], size[1], size[2], size[3]]);
        let known = kind.iter().all(u8::is_ascii_alphanumeric);
        match usize::try_from(size) {
            Ok(size) if known && size >= 8 && size <= rest.len() => rest = &rest[size..],
            _ => return rest,
        }
    }
    rest
}

/// A picture without the remarks of cameras and programs, its points untouched; none when it is no
/// whole picture. What says how colours are meant (APP0, APP14) stays.
pub(crate) fn without_notes(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kept = bytes
        .get(..2)
        .filter(|start| *start == b"\xff\xd8")?
        .to_vec();
    let mut at = 2;
    for _ in 0..MOST_SEGMENTS {
        let marker = *bytes.get(at + 1)?;
        if bytes[at] != 0xff {
            return None;
        }
        if marker == 0xff {
            at += 1;
            continue;
        }
        let length = bytes.get(at + 2..at + 4)?;
        let end = at + 2 + usize::from(u16::from_be_bytes([length[0], length[1]]));
        if marker == 0xda {
            // From the first scan on there are points alone, up to the end mark.
            let behind = after(bytes).ok()?.len();
            kept.extend_from_slice(&bytes[at..bytes.len() - behind]);
            return Some(kept);
        }
        if !matches!(marker, 0xe1..=0xed | 0xef | 0xfe) {
            kept.extend_from_slice(bytes.get(at..end)?);
        }
        at = end;
    }
    None
}
