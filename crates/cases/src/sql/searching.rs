//! Searching: rows by identifier, and all cases in the order in which the indexes are told of them.

use std::fmt::Write as _;

use base::id::{CaseId, ServiceId, TerritoryId, UnitId};
use base::{Moment, Result};
use store::{Arg, Db, ToArg, args};
use uuid::Uuid;

use super::CASE_COLUMNS;
use super::course::MOST;
use super::lists::{LIST_FROM, ListRow, REGISTER_COLUMNS, list_row, push_in, register_row};
use crate::model::RegisterRow;

/// Cases with what their texts take to open, the newest first.
pub(crate) fn cases_told(
    db: &mut Db<'_>,
    after: Option<(Moment, CaseId)>,
    limit: usize,
) -> Result<Vec<ListRow>> {
    let limit = i64::try_from(limit).unwrap_or(0);
    let (moment, id) = after.unwrap_or((Moment::from_micros(i64::MAX), CaseId(Uuid::max())));
    db.query(
        &format!(
            "SELECT {CASE_COLUMNS}, {LIST_FROM} WHERE (f.received_at, f.id) < ($1, $2) \
             ORDER BY f.received_at DESC, f.id DESC LIMIT $3"
        ),
        args![moment, id, limit],
        list_row,
    )
}

/// The cases of these identifiers, in no order.
pub(crate) fn cases_of(db: &mut Db<'_>, ids: &[Uuid]) -> Result<Vec<ListRow>> {
    let mut sql = format!("SELECT {CASE_COLUMNS}, {LIST_FROM} WHERE 1 = 1");
    let args = push_ids(&mut sql, "f.id", ids);
    db.query(&sql, &args, list_row)
}

/// The lines of the register of these identifiers, in no order.
pub(crate) fn register_of(db: &mut Db<'_>, ids: &[Uuid]) -> Result<Vec<RegisterRow>> {
    let mut sql = format!("SELECT {REGISTER_COLUMNS} FROM case_file WHERE 1 = 1");
    let args = push_ids(&mut sql, "id", ids);
    db.query(&sql, &args, register_row)
}

/// The units that do a part of each of these cases, the first asked first; of a case with very many
/// parts it is the first of them.
pub(crate) fn units_of_parts(db: &mut Db<'_>, ids: &[Uuid]) -> Result<Vec<(CaseId, UnitId)>> {
    let mut sql = String::from(
        "SELECT case_id, unit_id FROM (SELECT case_id, unit_id, asked_at, id, row_number() OVER \
         (PARTITION BY case_id ORDER BY asked_at, id) AS place FROM case_part \
         WHERE state <> 'withdrawn'",
    );
    let mut args = push_ids(&mut sql, "case_id", ids);
    args.push(MOST.to_arg());
    let _ = write!(
        sql,
        ") AS part WHERE place <= ${} ORDER BY case_id, asked_at, id",
        args.len()
    );
    db.query(&sql, &args, |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Asks for one of `ids`. Their number is rounded up by naming the last one again, so that lists of
/// any length share a few statements.
fn push_ids<'a>(sql: &mut String, column: &str, ids: &'a [Uuid]) -> Vec<Arg<'a>> {
    let mut args: Vec<Arg<'a>> = ids.iter().map(ToArg::to_arg).collect();
    if let Some(last) = ids.last() {
        args.resize_with(ids.len().next_power_of_two(), || last.to_arg());
    }
    push_in(sql, column, args.len(), 0);
    args
}

/// Cases of one territory, state and service.
pub(crate) struct PlaceRow {
    pub(crate) territory: TerritoryId,
    pub(crate) state: String,
    pub(crate) service: ServiceId,
    pub(crate) cases: i64,
}

/// How many cases there are of each territory, state and service; as many rows as there are such.
pub(crate) fn by_territory(db: &mut Db<'_>) -> Result<Vec<PlaceRow>> {
    db.query(
        "SELECT territory_id, public_state, service_id, count(*) FROM case_file \
         WHERE territory_id IS NOT NULL GROUP BY territory_id, public_state, service_id",
        &[],
        |row| {
            Ok(PlaceRow {
                territory: row.get(0)?,
                state: row.get(1)?,
                service: row.get(2)?,
                cases: row.get(3)?,
            })
        },
    )
}
