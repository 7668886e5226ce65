//! What the tally is made of: the few columns of a case that figures depend on, and the ways to all
//! the cases that matter to them, each along an index.

use std::collections::HashMap;

use base::id::{AccountId, CaseId, ServiceId, UnitId};
use base::{Moment, Result};
use jiff::civil::Date;
use store::{Arg, Db, Row, ToArg, args};
use uuid::Uuid;

use super::control::{FINISHED_COLUMNS, FinishedRow, RUNS, finished_row};
use super::lists::push_in;
use crate::model::{Outcome, Side, State};

/// What figures depend on of a case.
#[derive(Debug)]
pub(crate) struct FactRow {
    pub(crate) id: CaseId,
    pub(crate) service: ServiceId,
    pub(crate) unit: UnitId,
    pub(crate) state: Option<State>,
    pub(crate) received_at: Moment,
    pub(crate) due_on: Option<Date>,
    pub(crate) answered_at: Option<Moment>,
    pub(crate) closed_at: Option<Moment>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) assignee: Option<AccountId>,
    pub(crate) waits_for: Option<Side>,
    pub(crate) registered_on: Date,
    pub(crate) register_by: Option<Date>,
    pub(crate) begin_by: Option<Date>,
    pub(crate) begun_on: Option<Date>,
    pub(crate) forward_by: Option<Date>,
    pub(crate) aim_on: Option<Date>,
    pub(crate) planned_on: Option<Date>,
    pub(crate) stars: Option<i64>,
    pub(crate) by_rule: bool,
    /// Whether the term of the answer stands still.
    pub(crate) stands: bool,
    /// Parts with a term that others still do: the part, whose, and its day.
    pub(crate) parts: Vec<(Uuid, UnitId, Date)>,
    /// What the applicant is still asked for by a day: the request and its day.
    pub(crate) waits: Vec<(Uuid, Date)>,
}

impl FactRow {
    /// Neither answered nor put away.
    pub(crate) const fn is_open(&self) -> bool {
        self.answered_at.is_none() && self.closed_at.is_none()
    }
}

fn fact_row(row: &Row<'_>) -> Result<FactRow> {
    Ok(FactRow {
        id: row.get(0)?,
        service: row.get(1)?,
        unit: row.get(2)?,
        state: State::from_code(&row.get::<String>(3)?),
        received_at: row.get(4)?,
        due_on: row.get(5)?,
        answered_at: row.get(6)?,
        closed_at: row.get(7)?,
        outcome: row
            .get::<Option<String>>(8)?
            .as_deref()
            .and_then(Outcome::from_code),
        assignee: row.get(9)?,
        waits_for: row
            .get::<Option<String>>(10)?
            .as_deref()
            .and_then(Side::from_code),
        registered_on: row.get(11)?,
        register_by: row.get(12)?,
        begin_by: row.get(13)?,
        begun_on: row.get(14)?,
        forward_by: row.get(15)?,
        aim_on: row.get(16)?,
        planned_on: row.get(17)?,
        stars: row.get(18)?,
        by_rule: row.get::<i64>(19)? == 1,
        stands: row.get::<i64>(20)? == 0,
        parts: Vec::new(),
        waits: Vec::new(),
    })
}

/// What figures depend on of these cases, in no order; those that there are not are left out.
pub(crate) fn facts(db: &mut Db<'_>, cases: &[CaseId]) -> Result<Vec<FactRow>> {
    let mut sql = format!(
        "SELECT f.id, f.service_id, f.unit_id, f.state, f.received_at, f.due_on, \
         f.answered_at, f.closed_at, f.outcome, f.assignee_id, f.waits_for, f.registered_on, \
         f.register_by, f.begin_by, f.begun_on, f.forward_by, f.aim_on, f.planned_on, r.stars, \
         CASE WHEN u.state = 'decided' THEN 1 ELSE 0 END, CASE WHEN {RUNS} THEN 1 ELSE 0 END \
         FROM case_file f LEFT JOIN case_rating r ON r.case_id = f.id \
         LEFT JOIN case_ruling u ON u.case_id = f.id WHERE 1 = 1"
    );
    push_in(&mut sql, "f.id", cases.len(), 0);
    let args: Vec<Arg<'_>> = cases.iter().map(ToArg::to_arg).collect();
    let mut found = db.query(&sql, &args, fact_row)?;
    let mut open: HashMap<CaseId, &mut FactRow> = found
        .iter_mut()
        .filter(|row| row.is_open())
        .map(|row| (row.id, row))
        .collect();
    if open.is_empty() {
        return Ok(found);
    }
    let ids: Vec<CaseId> = open.keys().copied().collect();
    let args: Vec<Arg<'_>> = ids.iter().map(ToArg::to_arg).collect();
    let among = |sql: &str| {
        let mut sql = sql.to_owned();
        push_in(&mut sql, "case_id", ids.len(), 0);
        sql
    };
    let sql = among(
        "SELECT case_id, id, unit_id, due_on FROM case_part \
         WHERE ended_at IS NULL AND due_on IS NOT NULL",
    );
    let parts: Vec<(CaseId, _)> = db.query(&sql, &args, |row| {
        Ok((row.get(0)?, (row.get(1)?, row.get(2)?, row.get(3)?)))
    })?;
    for (case, part) in parts {
        if let Some(of) = open.get_mut(&case) {
            of.parts.push(part);
        }
    }
    let sql = among(
        "SELECT case_id, id, send_by FROM case_wait WHERE ended_at IS NULL AND send_by IS NOT NULL",
    );
    let waits: Vec<(CaseId, _)> = db.query(&sql, &args, |row| {
        Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))
    })?;
    for (case, wait) in waits {
        if let Some(of) = open.get_mut(&case) {
            of.waits.push(wait);
        }
    }
    Ok(found)
}

/// The unit with cases that comes after another.
pub(crate) fn next_unit_with_cases(
    db: &mut Db<'_>,
    after: Option<UnitId>,
) -> Result<Option<UnitId>> {
    let after = after.unwrap_or(UnitId(Uuid::nil()));
    db.first(
        "SELECT unit_id FROM case_file WHERE unit_id > $1 ORDER BY unit_id LIMIT 1",
        args![after],
        |row| row.get(0),
    )
}

/// What is not finished in a unit, page by page: the case and where it stands in the index.
pub(crate) fn each_open(
    db: &mut Db<'_>,
    unit: UnitId,
    (place, id): &(String, CaseId),
    limit: i64,
) -> Result<Vec<(String, CaseId)>> {
    page(
        db,
        "answered_at IS NULL AND closed_at IS NULL",
        "COALESCE(due_on, '9999-12-31')",
        &[unit.to_arg(), place.to_arg(), id.to_arg()],
        limit,
    )
}

/// What was finished in a unit, page by page, in the order in which it was.
pub(crate) fn each_finished(
    db: &mut Db<'_>,
    unit: UnitId,
    (place, id): &(Moment, CaseId),
    limit: i64,
) -> Result<Vec<(Moment, CaseId)>> {
    page(
        db,
        "COALESCE(answered_at, closed_at) IS NOT NULL",
        "COALESCE(answered_at, closed_at)",
        &[unit.to_arg(), place.to_arg(), id.to_arg()],
        limit,
    )
}

/// A page of an index over a unit, a place and the case: the rest of the place that was reached,
/// then what comes after it. SQLite steps into an index on an expression for each of the two and not
/// for a comparison of both at once.
fn page<T: store::FromValue>(
    db: &mut Db<'_>,
    condition: &str,
    place: &str,
    after: &[Arg<'_>; 3],
    limit: i64,
) -> Result<Vec<(T, CaseId)>> {
    let [unit, reached, id] = *after;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let mut found = db.query(
        &format!(
            "SELECT {place}, id FROM case_file WHERE {condition} AND unit_id = $1 \
             AND {place} = $2 AND id > $3 ORDER BY id LIMIT $4"
        ),
        &[unit, reached, id, limit.to_arg()],
        read,
    )?;
    let rest = limit - i64::try_from(found.len()).unwrap_or(limit);
    if rest > 0 {
        found.extend(db.query(
            &format!(
                "SELECT {place}, id FROM case_file WHERE {condition} AND unit_id = $1 \
                 AND {place} > $2 ORDER BY {place}, id LIMIT $3"
            ),
            &[unit, reached, rest.to_arg()],
            read,
        )?);
    }
    Ok(found)
}

/// Those of these cases that are finished, as lines of the journal of services.
pub(crate) fn finished_among(db: &mut Db<'_>, cases: &[CaseId]) -> Result<Vec<FinishedRow>> {
    let mut sql = format!(
        "SELECT {FINISHED_COLUMNS} FROM case_file WHERE COALESCE(answered_at, closed_at) IS NOT NULL"
    );
    push_in(&mut sql, "id", cases.len(), 0);
    let args: Vec<Arg<'_>> = cases.iter().map(ToArg::to_arg).collect();
    db.query(&sql, &args, finished_row)
}
