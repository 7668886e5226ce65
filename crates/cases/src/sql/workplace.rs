//! Counts by person, and rows by many numbers at once.

use std::collections::HashMap;

use base::id::{AccountId, PersonId, UnitId};
use base::{Number, Result};
use jiff::civil::Date;
use store::{Arg, Db, ToArg, args};

use super::control::RUNS;
use super::lists::push_in;
use super::{CASE_COLUMNS, case_row};
use crate::model::CaseRow;
use crate::workplace::Load;

/// What waits for an answer in these units, by the one who has it.
pub(crate) fn loads(
    db: &mut Db<'_>,
    units: &[UnitId],
    today: Date,
    soon: Date,
) -> Result<HashMap<Option<AccountId>, Load>> {
    let mut args: Vec<Arg<'_>> = vec![today.to_arg(), soon.to_arg()];
    let mut sql = format!(
        "SELECT f.assignee_id, COUNT(*), \
         COUNT(CASE WHEN f.due_on < $1 AND {RUNS} THEN 1 END), \
         COUNT(CASE WHEN f.due_on >= $1 AND f.due_on <= $2 AND {RUNS} THEN 1 END), \
         COUNT(CASE WHEN f.waits_for = 'applicant' THEN 1 END) \
         FROM case_file f WHERE f.answered_at IS NULL AND f.closed_at IS NULL"
    );
    push_in(&mut sql, "f.unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    sql.push_str(" GROUP BY f.assignee_id");
    let found = db.query(&sql, &args, |row| {
        Ok((
            row.get::<Option<AccountId>>(0)?,
            Load {
                open: row.get(1)?,
                overdue: row.get(2)?,
                soon: row.get(3)?,
                waiting: row.get(4)?,
                ..Load::default()
            },
        ))
    })?;
    Ok(found.into_iter().collect())
}

/// How many open cases an account works on.
pub(crate) fn open_with(db: &mut Db<'_>, account: AccountId) -> Result<u64> {
    let count = db.first(
        "SELECT COUNT(*) FROM case_file f WHERE f.answered_at IS NULL AND f.closed_at IS NULL \
         AND f.assignee_id = $1",
        args![account],
        |row| row.get::<i64>(0),
    )?;
    Ok(count.unwrap_or_default().unsigned_abs())
}

/// How many open cases a unit has.
pub(crate) fn open_in(db: &mut Db<'_>, unit: UnitId) -> Result<u64> {
    let count = db.first(
        "SELECT COUNT(*) FROM case_file f WHERE f.answered_at IS NULL AND f.closed_at IS NULL \
         AND f.unit_id = $1",
        args![unit],
        |row| row.get::<i64>(0),
    )?;
    Ok(count.unwrap_or_default().unsigned_abs())
}

pub(crate) fn cases_by_numbers(db: &mut Db<'_>, numbers: &[Number]) -> Result<Vec<CaseRow>> {
    let texts: Vec<String> = numbers.iter().map(Number::to_string).collect();
    let mut sql = format!("SELECT {CASE_COLUMNS} FROM case_file f WHERE 1 = 1");
    push_in(&mut sql, "f.number", texts.len(), 0);
    let args: Vec<Arg<'_>> = texts.iter().map(ToArg::to_arg).collect();
    db.query(&sql, &args, case_row)
}

/// A year, in seconds.
const YEAR: i64 = 365 * 86_400;
/// The most earlier cases that are named.
const MOST_REPEATS: i64 = 5;

/// The cases of a person under the subject of this one, from the year before it.
pub(crate) fn repeats(db: &mut Db<'_>, person: PersonId, row: &CaseRow) -> Result<Vec<Number>> {
    let Some(category) = row.category else {
        return Ok(Vec::new());
    };
    let since = row.received_at.plus_seconds(-YEAR);
    db.query(
        "SELECT number FROM case_file WHERE person_id = $1 AND received_at >= $2 \
         AND received_at < $3 AND category_id = $4 ORDER BY received_at DESC, id DESC LIMIT $5",
        args![person, since, row.received_at, category, MOST_REPEATS],
        |row| {
            let number: String = row.get(0)?;
            number
                .parse()
                .map_err(|_| base::Error::internal("case_file holds an unknown number"))
        },
    )
}
