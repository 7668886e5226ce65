//! Searching: rows by identifier, and all cases in the order in which the indexes are told of them.

use base::id::{CaseId, ServiceId, TerritoryId};
use base::{Moment, Result};
use store::{Arg, Db, ToArg, args};
use uuid::Uuid;

use super::CASE_COLUMNS;
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

pub(crate) fn case_told(db: &mut Db<'_>, case: CaseId) -> Result<Option<ListRow>> {
    db.first(
        &format!("SELECT {CASE_COLUMNS}, {LIST_FROM} WHERE f.id = $1"),
        args![case],
        list_row,
    )
}

/// The cases of these identifiers, in no order.
pub(crate) fn cases_of(db: &mut Db<'_>, ids: &[Uuid]) -> Result<Vec<ListRow>> {
    let mut sql = format!("SELECT {CASE_COLUMNS}, {LIST_FROM} WHERE 1 = 1");
    push_in(&mut sql, "f.id", ids.len(), 0);
    let args: Vec<Arg<'_>> = ids.iter().map(ToArg::to_arg).collect();
    db.query(&sql, &args, list_row)
}

/// The lines of the register of these identifiers, in no order.
pub(crate) fn register_of(db: &mut Db<'_>, ids: &[Uuid]) -> Result<Vec<RegisterRow>> {
    let mut sql = format!("SELECT {REGISTER_COLUMNS} FROM case_file WHERE 1 = 1");
    push_in(&mut sql, "id", ids.len(), 0);
    let args: Vec<Arg<'_>> = ids.iter().map(ToArg::to_arg).collect();
    db.query(&sql, &args, register_row)
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
