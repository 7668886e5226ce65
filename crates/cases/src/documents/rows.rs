//! Rows of documents: what is sealed in them, for which place, and how they are opened.

use base::id::{AccountId, CaseId};
use base::{Error, Result};
use files::{Inspected, Kind};
use journal::DataKey;
use serde::{Deserialize, Serialize};
use store::Tx;
use uuid::Uuid;

use super::{Checked, Document, PutAway};
use crate::course;
use crate::model::Side;
use crate::sql::DocumentRow;

/// What is sealed in a document's row.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct DocumentBody {
    pub(crate) name: String,
    pub(crate) sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pages: Option<usize>,
    /// Who added it, as they were called then; empty for the one who filed.
    #[serde(default)]
    pub(crate) author: String,
    /// Who looked at it, and what is wrong.
    #[serde(default)]
    pub(crate) checked_by: String,
    #[serde(default)]
    pub(crate) reason: String,
}

/// A new row; its body is sealed when its identifier is known.
pub(crate) fn row_of(
    tx: &Tx<'_>,
    put: &PutAway,
    slot: Option<String>,
    side: Side,
    author: Option<AccountId>,
) -> DocumentRow {
    let now = tx.now();
    DocumentRow {
        id: base::id::new_uuid(now),
        slot,
        kind: put.inspected.kind.code().to_owned(),
        size: i64::try_from(put.inspected.size).unwrap_or(i64::MAX),
        place: put.place,
        side,
        author,
        added_at: now,
        state: Checked::Received,
        body: Vec::new(),
    }
}

pub(crate) fn body_of(inspected: &Inspected, author: String) -> DocumentBody {
    DocumentBody {
        name: inspected.name.clone(),
        sha256: crate::filing::hex(&inspected.sha256),
        pages: inspected.pages,
        author,
        ..DocumentBody::default()
    }
}

/// Seals a body for its place: a draft's has no case yet.
pub(crate) fn seal(
    key: &DataKey,
    case: Option<CaseId>,
    id: Uuid,
    body: &DocumentBody,
) -> Result<Vec<u8>> {
    course::seal(key, place_of(case), "document", id, body)
}

pub(crate) fn body_in(
    key: &DataKey,
    case: Option<CaseId>,
    row: &DocumentRow,
) -> Result<DocumentBody> {
    course::open(key, place_of(case), "document", row.id, &row.body)
}

fn place_of(case: Option<CaseId>) -> CaseId {
    case.unwrap_or(CaseId(Uuid::nil()))
}

pub(super) fn kind_of(row: &DocumentRow) -> Result<Kind> {
    Kind::from_code(&row.kind).ok_or_else(|| Error::internal("a document of an unknown kind"))
}

pub(super) fn opened(key: &DataKey, case: Option<CaseId>, row: &DocumentRow) -> Result<Document> {
    let body = body_in(key, case, row)?;
    Ok(Document {
        id: row.id,
        slot: row.slot.clone(),
        kind: kind_of(row)?,
        size: u64::try_from(row.size).unwrap_or_default(),
        pages: body.pages,
        name: body.name,
        sha256: body.sha256,
        side: row.side,
        account: row.author,
        author: body.author,
        added_at: row.added_at,
        state: row.state,
        reason: body.reason,
        has_thumbnail: row.place.thumbnail.is_some(),
    })
}
