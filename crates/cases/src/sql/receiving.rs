//! What operators take in: how it came, of cases and of drafts.

use base::id::{AccountId, CaseId, DraftId};
use base::{Moment, Result};
use store::{Db, Table, Tx, args};
use uuid::Uuid;

use super::lists::list_row;
use super::{CASE_COLUMNS, DraftRow, ListRow, draft_row};
use crate::model::Source;

/// How cases came that operators took in.
pub(crate) const INTAKE: Table = Table {
    name: "case_intake",
    key: &["case_id"],
};

pub(crate) struct IntakeRow {
    pub(crate) operator: AccountId,
    pub(crate) taken_at: Moment,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn insert_intake(tx: &mut Tx<'_>, case: CaseId, row: &IntakeRow) -> Result<()> {
    tx.write(
        &INTAKE,
        "INSERT INTO case_intake (case_id, operator_id, taken_at, body) VALUES ($1,$2,$3,$4)",
        args![case, row.operator, row.taken_at, row.body],
    )?;
    Ok(())
}

pub(crate) fn intake(db: &mut Db<'_>, case: CaseId) -> Result<Option<IntakeRow>> {
    db.first(
        "SELECT operator_id, taken_at, body FROM case_intake WHERE case_id = $1",
        args![case],
        |row| {
            Ok(IntakeRow {
                operator: row.get(0)?,
                taken_at: row.get(1)?,
                body: row.get(2)?,
            })
        },
    )
}

/// What an operator took in since a moment, newest first.
pub(crate) fn taken_in(
    db: &mut Db<'_>,
    operator: AccountId,
    since: Moment,
    after: Option<(Moment, CaseId)>,
    limit: usize,
) -> Result<Vec<ListRow>> {
    let limit = i64::try_from(limit).unwrap_or(0);
    let (moment, id) = after.unwrap_or((Moment::from_micros(i64::MAX), CaseId(Uuid::max())));
    db.query(
        &format!(
            "WITH picked AS (SELECT case_id, taken_at FROM case_intake WHERE operator_id = $1 \
             AND (taken_at, case_id) < ($2, $3) AND taken_at >= $5 ORDER BY taken_at DESC, case_id DESC LIMIT $4) \
             SELECT {CASE_COLUMNS}, f.content, k.wrapped FROM picked \
             JOIN case_file f ON f.id = picked.case_id \
             LEFT JOIN data_key k ON k.id = f.data_key_id \
             ORDER BY picked.taken_at DESC, picked.case_id DESC"
        ),
        args![operator, moment, id, limit, since],
        list_row,
    )
}

/// How many cases an operator took in within a time, by the way they came.
pub(crate) fn taken_in_by_way(
    db: &mut Db<'_>,
    operator: AccountId,
    since: Moment,
    end: Moment,
) -> Result<Vec<(Source, u64)>> {
    let mut counted = Vec::new();
    db.each(
        "SELECT f.source, COUNT(*) FROM case_intake i JOIN case_file f ON f.id = i.case_id \
         WHERE i.operator_id = $1 AND i.taken_at >= $2 AND i.taken_at < $3 \
         GROUP BY f.source ORDER BY f.source",
        args![operator, since, end],
        |row| {
            let count: i64 = row.get(1)?;
            counted.push((
                Source::from_code(&row.get::<String>(0)?),
                count.unsigned_abs(),
            ));
            Ok(())
        },
    )?;
    Ok(counted)
}

pub(crate) fn insert_draft_intake(
    tx: &mut Tx<'_>,
    draft: DraftId,
    operator: AccountId,
    body: &[u8],
) -> Result<()> {
    tx.execute(
        "INSERT INTO case_draft_intake (draft_id, operator_id, body) VALUES ($1,$2,$3)",
        args![draft, operator, body],
    )?;
    Ok(())
}

/// How an appeal came of which there is a draft, with the operator; none for an applicant's own.
pub(crate) fn draft_intake(
    db: &mut Db<'_>,
    draft: DraftId,
) -> Result<Option<(AccountId, Vec<u8>)>> {
    db.first(
        "SELECT operator_id, body FROM case_draft_intake WHERE draft_id = $1",
        args![draft],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What an operator has begun and not registered, newest first, 50 at the most.
pub(crate) fn begun(db: &mut Db<'_>, operator: AccountId) -> Result<Vec<(DraftRow, Vec<u8>)>> {
    db.query(
        "SELECT d.id, d.person_id, d.service_code, d.saved_at, d.case_id, d.content, i.body \
         FROM case_draft_intake i JOIN case_draft d ON d.id = i.draft_id \
         WHERE i.operator_id = $1 AND d.case_id IS NULL ORDER BY d.saved_at DESC LIMIT 50",
        args![operator],
        |row| Ok((draft_row(row)?, row.get(6)?)),
    )
}

/// Forgets how a draft came: its case knows it now.
pub(crate) fn drop_draft_intake(tx: &mut Tx<'_>, draft: DraftId) -> Result<()> {
    tx.execute(
        "DELETE FROM case_draft_intake WHERE draft_id = $1",
        args![draft],
    )?;
    Ok(())
}

/// Forgets how drafts came that are no more.
pub(crate) fn drop_draft_intakes(tx: &mut Tx<'_>) -> Result<u64> {
    tx.execute(
        "DELETE FROM case_draft_intake WHERE draft_id IN (SELECT i.draft_id \
         FROM case_draft_intake i LEFT JOIN case_draft d ON d.id = i.draft_id \
         WHERE d.id IS NULL ORDER BY i.draft_id LIMIT 500)",
        &[],
    )
}
