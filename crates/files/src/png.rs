//! The skeleton of a PNG picture: its chunks from the header to the end, and nothing behind it.

use crate::Refusal;
use crate::signature::holds_foreign;

const MOST_CHUNKS: usize = 100_000;
const MOST_BEHIND: usize = 1024;

/// Refuses a picture that breaks off or that is something else too.
pub(crate) fn look(bytes: &[u8]) -> Result<(), Refusal> {
    let mut at = 8;
    for chunk in 0..MOST_CHUNKS {
        let (Some(length), Some(kind)) = (bytes.get(at..at + 4), bytes.get(at + 4..at + 8)) else {
            return Err(Refusal::Unreadable);
        };
        if (chunk == 0) != (kind == b"IHDR") {
            return Err(Refusal::Unreadable);
        }
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]);
        let end = usize::try_from(length)
            .ok()
            .and_then(|length| at.checked_add(12)?.checked_add(length))
            .filter(|end| *end <= bytes.len())
            .ok_or(Refusal::Unreadable)?;
        if kind == b"IEND" {
            let polyglot = bytes.len() - end > MOST_BEHIND || holds_foreign(bytes);
            return if polyglot {
                Err(Refusal::Polyglot)
            } else {
                Ok(())
            };
        }
        at = end;
    }
    Err(Refusal::Unreadable)
}
