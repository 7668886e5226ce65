//! Notes among colleagues, and the stages that a case has left behind.

use base::id::{AccountId, CaseId, UnitId};
use base::{Moment, Result};
use store::{Arg, Db, Table, ToArg, Tx, args};
use uuid::Uuid;

use super::course::{MOST, broken};
use super::lists::push_in;
use crate::model::State;

/// Notes among colleagues.
pub(crate) const NOTE: Table = Table {
    name: "case_note",
    key: &["id"],
};
/// Stages that were left.
pub(crate) const STAGE: Table = Table {
    name: "case_stage",
    key: &["id"],
};

pub(crate) struct NoteRow {
    pub(crate) id: Uuid,
    pub(crate) written_at: Moment,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn insert_note(
    tx: &mut Tx<'_>,
    case: CaseId,
    by: AccountId,
    row: &NoteRow,
) -> Result<()> {
    tx.write(
        &NOTE,
        "INSERT INTO case_note (id, case_id, author_id, written_at, body) VALUES ($1,$2,$3,$4,$5)",
        args![row.id, case, by, row.written_at, row.body],
    )?;
    Ok(())
}

/// The newest notes of a case, oldest first.
pub(crate) fn notes(db: &mut Db<'_>, case: CaseId) -> Result<Vec<NoteRow>> {
    let mut rows = db.query(
        "SELECT id, written_at, body FROM case_note WHERE case_id = $1 \
         ORDER BY written_at DESC, id DESC LIMIT $2",
        args![case, MOST],
        |row| {
            Ok(NoteRow {
                id: row.get(0)?,
                written_at: row.get(1)?,
                body: row.get(2)?,
            })
        },
    )?;
    rows.reverse();
    Ok(rows)
}

/// A stage that a case has left.
pub(crate) struct StageRow {
    pub(crate) case: CaseId,
    pub(crate) unit: UnitId,
    pub(crate) state: State,
    pub(crate) entered_at: Moment,
    pub(crate) left_at: Moment,
}

/// A case leaves a stage, in which it was since it left the one before, or since it was received.
pub(crate) fn leave_stage(
    tx: &mut Tx<'_>,
    case: CaseId,
    unit: UnitId,
    state: State,
    received_at: Moment,
) -> Result<()> {
    let now = tx.now();
    let id = base::id::new_uuid(now);
    tx.write(
        &STAGE,
        "INSERT INTO case_stage (id, case_id, unit_id, state, entered_at, left_at) VALUES ($1,$2,$3,$4, \
         COALESCE((SELECT MAX(left_at) FROM case_stage WHERE case_id = $2), $5),$6)",
        args![id, case, unit, state.code(), received_at, now],
    )?;
    Ok(())
}

const STAGE_COLUMNS: &str = "case_id, unit_id, state, entered_at, left_at";

fn stage_row(row: &store::Row<'_>) -> Result<StageRow> {
    Ok(StageRow {
        case: row.get(0)?,
        unit: row.get(1)?,
        state: State::from_code(&row.get::<String>(2)?).ok_or_else(|| broken("case_stage"))?,
        entered_at: row.get(3)?,
        left_at: row.get(4)?,
    })
}

/// The stages that these units have left since a moment, the newest first, `limit` at the most.
pub(crate) fn stages_since(
    db: &mut Db<'_>,
    units: &[UnitId],
    since: Moment,
    limit: i64,
) -> Result<Vec<StageRow>> {
    let mut args: Vec<Arg<'_>> = vec![since.to_arg(), limit.to_arg()];
    let mut sql = format!("SELECT {STAGE_COLUMNS} FROM case_stage WHERE left_at >= $1");
    push_in(&mut sql, "unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    sql.push_str(" ORDER BY left_at DESC, id DESC LIMIT $2");
    db.query(&sql, &args, stage_row)
}

/// The stages of these cases, oldest first.
pub(crate) fn stages_of(db: &mut Db<'_>, cases: &[CaseId]) -> Result<Vec<StageRow>> {
    let most = MOST * i64::try_from(cases.len()).unwrap_or(1);
    let mut args: Vec<Arg<'_>> = vec![most.to_arg()];
    let mut sql = format!("SELECT {STAGE_COLUMNS} FROM case_stage WHERE 1 = 1");
    push_in(&mut sql, "case_id", cases.len(), args.len());
    args.extend(cases.iter().map(ToArg::to_arg));
    sql.push_str(" ORDER BY left_at, id LIMIT $1");
    db.query(&sql, &args, stage_row)
}

/// The units that have any of these cases, a hundred at the most, or do a part of it.
pub(crate) fn units_concerned(db: &mut Db<'_>, cases: &[CaseId]) -> Result<Vec<UnitId>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=cases.len()).map(|n| format!("${n}")).collect();
    let places = places.join(",");
    let sql = format!(
        "SELECT unit_id FROM case_file WHERE id IN ({places}) \
         UNION SELECT unit_id FROM case_part WHERE case_id IN ({places}) AND ended_at IS NULL \
         ORDER BY unit_id LIMIT 1000"
    );
    let args: Vec<_> = cases.iter().map(ToArg::to_arg).collect();
    db.query(&sql, &args, |row| row.get(0))
}
