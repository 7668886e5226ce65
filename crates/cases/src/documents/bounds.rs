//! How much may be sent, and of which kinds.

use base::FieldError;
use catalog::attachments::{Attachments, Format};
use files::Kind;

use super::{Document, NotKept, Upload};
use crate::model::Side;
use crate::sql::DocumentRow;

/// All files of one side of a case together, in bytes.
pub(super) const MOST_BYTES: i64 = 100 * 1024 * 1024;
/// Files of one side of a case, those sent after the filing too.
pub(crate) const MOST_FILES: usize = 100;

/// The field of forms that carries files.
pub(crate) const FIELD: &str = "file";

/// The kinds that a service takes.
pub(crate) fn kinds(attachments: &Attachments) -> Vec<Kind> {
    attachments
        .formats
        .iter()
        .copied()
        .filter_map(|format: Format| Kind::from_code(format.code()))
        .collect()
}

/// Kinds as people know them.
pub(crate) fn labels(kinds: &[Kind]) -> String {
    kinds
        .iter()
        .map(|kind| kind.label())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Whether a side may have one more file, and one of this size.
pub(crate) fn has_room(
    rows: &[DocumentRow],
    side: Side,
    more: i64,
) -> std::result::Result<(), NotKept> {
    let own = || rows.iter().filter(|row| row.side == side);
    if own().count() >= MOST_FILES {
        return Err(too_many(MOST_FILES));
    }
    if own().map(|row| row.size).sum::<i64>() + more > MOST_BYTES {
        return Err(too_much());
    }
    Ok(())
}

pub(super) fn too_many(most: usize) -> NotKept {
    NotKept::Refused(FieldError::new(FIELD, "case-error-many-files").with("most", most))
}

pub(super) fn too_much() -> NotKept {
    let most = MOST_BYTES / 1024 / 1024;
    NotKept::Refused(FieldError::new(FIELD, "case-error-much-files").with("most", most))
}

/// Bytes of a file that is sent.
pub(crate) fn size(upload: &Upload) -> i64 {
    i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX / 2)
}

pub(super) fn sum(documents: &[Document]) -> i64 {
    let all: u64 = documents.iter().map(|document| document.size).sum();
    i64::try_from(all).unwrap_or(i64::MAX / 2)
}
