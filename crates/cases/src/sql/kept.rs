//! Housekeeping: drafts, repeated requests, readings, kept counts.

use std::ops::Range;

use base::id::{AccountId, CaseId, DraftId, PersonId};
use base::{Moment, Result};
use jiff::civil::Date;
use store::{Db, Row, Tx, args};

pub(crate) struct DraftRow {
    pub(crate) id: DraftId,
    pub(crate) person: Option<PersonId>,
    pub(crate) service: String,
    pub(crate) saved_at: Moment,
    pub(crate) case: Option<CaseId>,
    pub(crate) content: Vec<u8>,
}

pub(super) fn draft_row(row: &Row<'_>) -> Result<DraftRow> {
    Ok(DraftRow {
        id: row.get(0)?,
        person: row.get(1)?,
        service: row.get(2)?,
        saved_at: row.get(3)?,
        case: row.get(4)?,
        content: row.get(5)?,
    })
}

pub(crate) fn draft(db: &mut Db<'_>, id: DraftId) -> Result<Option<DraftRow>> {
    db.first(
        "SELECT id, person_id, service_code, saved_at, case_id, content FROM case_draft WHERE id = $1",
        args![id],
        draft_row,
    )
}

pub(crate) fn drafts_of(db: &mut Db<'_>, person: PersonId) -> Result<Vec<DraftRow>> {
    db.query(
        "SELECT id, person_id, service_code, saved_at, case_id, content FROM case_draft d \
         WHERE person_id = $1 AND case_id IS NULL \
         AND NOT EXISTS (SELECT 1 FROM case_draft_intake i WHERE i.draft_id = d.id) \
         ORDER BY saved_at DESC LIMIT 50",
        args![person],
        draft_row,
    )
}

pub(crate) fn put_draft(tx: &mut Tx<'_>, draft: &DraftRow) -> Result<()> {
    tx.execute(
        "INSERT INTO case_draft (id, person_id, service_code, saved_at, case_id, content) \
         VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (id) DO UPDATE SET \
         saved_at = excluded.saved_at, content = excluded.content, person_id = excluded.person_id",
        args![
            draft.id,
            draft.person,
            draft.service,
            draft.saved_at,
            draft.case,
            draft.content
        ],
    )?;
    Ok(())
}

/// Ties a draft to the case made of it and empties it; false when it was tied already.
pub(crate) fn finish_draft(tx: &mut Tx<'_>, id: DraftId, case: CaseId) -> Result<bool> {
    let tied = tx.execute(
        "UPDATE case_draft SET case_id = $2, content = $3 WHERE id = $1 AND case_id IS NULL",
        args![id, case, [0u8; 0].as_slice()],
    )?;
    Ok(tied == 1)
}

pub(crate) fn drop_old_drafts(tx: &mut Tx<'_>, before: Moment) -> Result<u64> {
    tx.execute(
        "DELETE FROM case_draft WHERE id IN \
         (SELECT id FROM case_draft WHERE saved_at < $1 ORDER BY saved_at LIMIT 500)",
        args![before],
    )
}

/// Throws away a draft that was not filed.
pub(crate) fn delete_draft(tx: &mut Tx<'_>, id: DraftId) -> Result<u64> {
    tx.execute(
        "DELETE FROM case_draft WHERE id = $1 AND case_id IS NULL",
        args![id],
    )
}

pub(crate) fn known_request(db: &mut Db<'_>, key: &[u8; 32]) -> Result<Option<([u8; 32], CaseId)>> {
    db.first(
        "SELECT body, case_id FROM case_idempotency WHERE key = $1",
        args![key],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn remember_request(
    tx: &mut Tx<'_>,
    key: &[u8; 32],
    body: &[u8; 32],
    case: CaseId,
) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO case_idempotency (key, body, case_id, created_at) VALUES ($1,$2,$3,$4)",
        args![key, body, case, now],
    )?;
    Ok(())
}

const QUARTER_MICROS: i64 = 900_000_000;

/// Quarters of an hour since 1970, in which one reading counts once.
pub(crate) fn quarter(at: Moment) -> i64 {
    at.micros().div_euclid(QUARTER_MICROS)
}

/// When a quarter begins.
pub(crate) fn first_moment(quarter: i64) -> Moment {
    Moment::from_micros(quarter.saturating_mul(QUARTER_MICROS))
}

pub(crate) fn reading_known(
    db: &mut Db<'_>,
    account: AccountId,
    case: CaseId,
    quarter: i64,
) -> Result<bool> {
    Ok(db
        .first(
            "SELECT 1 FROM case_reading WHERE quarter = $3 AND case_id = $2 AND account_id = $1",
            args![account, case, quarter],
            |_| Ok(()),
        )?
        .is_some())
}

pub(crate) fn insert_reading(
    tx: &mut Tx<'_>,
    account: AccountId,
    case: CaseId,
    quarter: i64,
) -> Result<()> {
    tx.execute(
        "INSERT INTO case_reading (account_id, case_id, quarter) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING",
        args![account, case, quarter],
    )?;
    Ok(())
}

/// Whether anybody read anything in these quarters.
pub(crate) fn any_reading(db: &mut Db<'_>, quarters: Range<i64>) -> Result<bool> {
    Ok(db
        .first(
            "SELECT 1 FROM case_reading WHERE quarter >= $1 AND quarter < $2 LIMIT 1",
            args![quarters.start, quarters.end],
            |_| Ok(()),
        )?
        .is_some())
}

/// A reader, what was read, and in which quarter of an hour.
pub(crate) struct ReadingRow {
    pub(crate) quarter: i64,
    pub(crate) case: CaseId,
    pub(crate) account: AccountId,
}

fn reading_row(row: &Row<'_>) -> Result<ReadingRow> {
    Ok(ReadingRow {
        quarter: row.get(0)?,
        case: row.get(1)?,
        account: row.get(2)?,
    })
}

/// Readings of these quarters, in their own order.
pub(crate) fn each_reading(
    db: &mut Db<'_>,
    quarters: Range<i64>,
    mut f: impl FnMut(&ReadingRow),
) -> Result<()> {
    db.each(
        "SELECT quarter, case_id, account_id FROM case_reading WHERE quarter >= $1 AND quarter < $2 \
         ORDER BY quarter, case_id, account_id",
        args![quarters.start, quarters.end],
        |row| {
            f(&reading_row(row)?);
            Ok(())
        },
    )
}

/// Every reading there is, in their own order, for the checker: no bounds, because SQLite lets
/// anything stand in a column, and a row that isn't a reading is a finding.
pub(crate) fn each_row_of_readings(
    db: &mut Db<'_>,
    mut f: impl FnMut(Result<ReadingRow>),
) -> Result<()> {
    db.each(
        "SELECT quarter, case_id, account_id FROM case_reading ORDER BY quarter, case_id, account_id",
        &[],
        |row| {
            f(reading_row(row));
            Ok(())
        },
    )
}

pub(crate) fn add_figure(
    tx: &mut Tx<'_>,
    day: Date,
    what: &str,
    days: i64,
    cases: i64,
) -> Result<()> {
    tx.execute(
        "INSERT INTO case_figure (day, what, days, cases) VALUES ($1,$2,$3,$4) \
         ON CONFLICT (day, what, days) DO UPDATE SET cases = case_figure.cases + excluded.cases",
        args![day, what, days, cases],
    )?;
    Ok(())
}

/// Kept counts from `since` on: what, days, cases.
pub(crate) fn figures(db: &mut Db<'_>, since: Date) -> Result<Vec<(String, i64, i64)>> {
    db.query(
        "SELECT what, days, CAST(SUM(cases) AS BIGINT) FROM case_figure WHERE day >= $1 \
         GROUP BY what, days ORDER BY what, days LIMIT 10000",
        args![since],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}
