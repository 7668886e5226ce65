//! Documents of cases, and what waits with a draft.

use base::id::{AccountId, CaseId, DraftId};
use base::{Moment, Result};
use store::{Db, Row, Table, Tx, args};
use uuid::Uuid;

use crate::documents::{Checked, Place};
use crate::model::Side;

/// Documents.
pub(crate) const DOCUMENT: Table = Table {
    name: "case_document",
    key: &["id"],
};

/// The most documents of a case that are read.
const MOST: i64 = 400;

/// A document of a case or of a draft, as it is stored.
#[derive(Clone)]
pub(crate) struct DocumentRow {
    pub(crate) id: Uuid,
    pub(crate) slot: Option<String>,
    pub(crate) kind: String,
    pub(crate) size: i64,
    pub(crate) place: Place,
    pub(crate) side: Side,
    pub(crate) author: Option<AccountId>,
    pub(crate) added_at: Moment,
    pub(crate) state: Checked,
    pub(crate) body: Vec<u8>,
}

const COLUMNS: &str = "id, slot, kind, size, original, cleaned, thumbnail, added_at, body";

fn document_row(row: &Row<'_>) -> Result<DocumentRow> {
    Ok(DocumentRow {
        id: row.get(0)?,
        slot: row.get(1)?,
        kind: row.get(2)?,
        size: row.get(3)?,
        place: Place {
            original: row.get(4)?,
            cleaned: row.get(5)?,
            thumbnail: row.get(6)?,
        },
        added_at: row.get(7)?,
        body: row.get(8)?,
        side: Side::Applicant,
        author: None,
        state: Checked::Received,
    })
}

pub(crate) fn insert_document(tx: &mut Tx<'_>, case: CaseId, row: &DocumentRow) -> Result<()> {
    tx.write(
        &DOCUMENT,
        "INSERT INTO case_document (id, case_id, slot, kind, size, original, cleaned, thumbnail, \
         side, author_id, added_at, state, body) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)",
        args![
            row.id,
            case,
            row.slot,
            row.kind,
            row.size,
            row.place.original,
            row.place.cleaned,
            row.place.thumbnail,
            row.side.code(),
            row.author,
            row.added_at,
            row.state.code(),
            row.body
        ],
    )?;
    Ok(())
}

/// The outcome of a check.
pub(crate) fn check_document(tx: &mut Tx<'_>, id: Uuid, state: Checked, body: &[u8]) -> Result<()> {
    tx.write(
        &DOCUMENT,
        "UPDATE case_document SET state = $2, body = $3 WHERE id = $1",
        args![id, state.code(), body],
    )?;
    Ok(())
}

/// Documents of a case, oldest first.
pub(crate) fn documents(db: &mut Db<'_>, case: CaseId) -> Result<Vec<DocumentRow>> {
    db.query(
        &format!(
            "SELECT {COLUMNS}, side, author_id, state FROM case_document WHERE case_id = $1 \
             ORDER BY added_at, id LIMIT $2"
        ),
        args![case, MOST],
        |row| {
            Ok(DocumentRow {
                side: Side::from_code(&row.get::<String>(9)?).unwrap_or(Side::Staff),
                author: row.get(10)?,
                state: Checked::from_code(&row.get::<String>(11)?),
                ..document_row(row)?
            })
        },
    )
}

/// What was attached to a draft, oldest first.
pub(crate) fn draft_documents(db: &mut Db<'_>, draft: DraftId) -> Result<Vec<DocumentRow>> {
    db.query(
        &format!(
            "SELECT {COLUMNS} FROM case_draft_document WHERE draft_id = $1 \
             ORDER BY added_at, id LIMIT $2"
        ),
        args![draft, MOST],
        document_row,
    )
}

pub(crate) fn insert_draft_document(
    tx: &mut Tx<'_>,
    draft: DraftId,
    row: &DocumentRow,
) -> Result<()> {
    tx.execute(
        "INSERT INTO case_draft_document (id, draft_id, slot, kind, size, original, cleaned, \
         thumbnail, added_at, body) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
        args![
            row.id,
            draft,
            row.slot,
            row.kind,
            row.size,
            row.place.original,
            row.place.cleaned,
            row.place.thumbnail,
            row.added_at,
            row.body
        ],
    )?;
    Ok(())
}

pub(crate) fn delete_draft_document(tx: &mut Tx<'_>, draft: DraftId, id: Uuid) -> Result<u64> {
    tx.execute(
        "DELETE FROM case_draft_document WHERE draft_id = $1 AND id = $2",
        args![draft, id],
    )
}

/// Forgets what a draft had: its documents are the case's now, or were thrown away.
pub(crate) fn empty_draft(tx: &mut Tx<'_>, draft: DraftId) -> Result<()> {
    tx.execute(
        "DELETE FROM case_draft_document WHERE draft_id = $1",
        args![draft],
    )?;
    tx.execute(
        "DELETE FROM case_draft_key WHERE draft_id = $1",
        args![draft],
    )?;
    Ok(())
}

/// The key of a draft's documents, wrapped.
pub(crate) fn draft_key(db: &mut Db<'_>, draft: DraftId) -> Result<Option<(Uuid, Vec<u8>)>> {
    db.first(
        "SELECT key_id, wrapped FROM case_draft_key WHERE draft_id = $1",
        args![draft],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Gives a draft a key unless it has one.
pub(crate) fn put_draft_key(
    tx: &mut Tx<'_>,
    draft: DraftId,
    key: Uuid,
    wrapped: &[u8],
) -> Result<()> {
    tx.execute(
        "INSERT INTO case_draft_key (draft_id, key_id, wrapped) VALUES ($1,$2,$3) \
         ON CONFLICT (draft_id) DO NOTHING",
        args![draft, key, wrapped],
    )?;
    Ok(())
}

/// Drafts that are no more and have left documents behind.
pub(crate) fn forgotten_drafts(db: &mut Db<'_>) -> Result<Vec<DraftId>> {
    db.query(
        "SELECT k.draft_id FROM case_draft_key k WHERE NOT EXISTS \
         (SELECT 1 FROM case_draft d WHERE d.id = k.draft_id) LIMIT 50",
        &[],
        |row| row.get(0),
    )
}

/// A document and where its bytes are.
#[derive(Clone, Copy)]
pub(crate) struct PlacedDocument {
    pub(crate) id: Uuid,
    pub(crate) place: Place,
}

/// Documents of cases and drafts in the order of their keys, after one.
pub(crate) fn placed_documents(
    db: &mut Db<'_>,
    after: Option<Uuid>,
    most: i64,
) -> Result<Vec<PlacedDocument>> {
    let after = after.unwrap_or_default();
    db.query(
        "SELECT id, original, cleaned, thumbnail FROM ( \
           SELECT * FROM (SELECT id, original, cleaned, thumbnail FROM case_document \
             WHERE id > $1 ORDER BY id LIMIT $2) AS kept \
           UNION ALL \
           SELECT * FROM (SELECT id, original, cleaned, thumbnail FROM case_draft_document \
             WHERE id > $1 ORDER BY id LIMIT $2) AS drafted \
           UNION ALL \
           SELECT * FROM (SELECT id, original, cleaned, thumbnail FROM task_document \
             WHERE id > $1 ORDER BY id LIMIT $2) AS shown \
         ) AS placed ORDER BY id LIMIT $2",
        args![after, most],
        |row| {
            Ok(PlacedDocument {
                id: row.get(0)?,
                place: Place {
                    original: row.get(1)?,
                    cleaned: row.get(2)?,
                    thumbnail: row.get(3)?,
                },
            })
        },
    )
}

/// Whether there is still such a document.
pub(crate) fn is_placed(db: &mut Db<'_>, id: Uuid) -> Result<bool> {
    let found = db.first(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM case_document WHERE id = $1) \
           OR EXISTS (SELECT 1 FROM case_draft_document WHERE id = $1) \
           OR EXISTS (SELECT 1 FROM task_document WHERE id = $1)",
        args![id],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}
