//! The terms of a case beside the answer's, and what the clock has said of them.

use base::Result;
use base::id::CaseId;
use catalog::Priority;
use jiff::civil::Date;
use store::{Db, Row, Table, Tx, args};

use crate::model::Clocks;

/// What the clock has said of these terms.
pub(crate) const CLOCK_MARK: Table = Table {
    name: "case_clock_mark",
    key: &["id"],
};

/// Columns of a case that [`clocks_in`] reads.
pub(super) const CLOCK_WIDTH: usize = 7;

/// The clocks of a row whose first column of them is `at`.
pub(super) fn clocks_in(row: &Row<'_>, at: usize) -> Result<Clocks> {
    Ok(Clocks {
        register_by: row.get(at)?,
        begin_by: row.get(at + 1)?,
        forward_by: row.get(at + 2)?,
        aim_on: row.get(at + 3)?,
        planned_on: row.get(at + 4)?,
        begun_on: row.get(at + 5)?,
        priority: row
            .get::<Option<String>>(at + 6)?
            .as_deref()
            .and_then(Priority::from_code),
    })
}

/// The agency's own aim, after its term has changed.
pub(crate) fn set_aim(tx: &mut Tx<'_>, case: CaseId, on: Option<Date>) -> Result<()> {
    tx.write(
        &super::CASE,
        "UPDATE case_file SET aim_on = $2 WHERE id = $1",
        args![case, on],
    )?;
    Ok(())
}

/// When the specialist plans to answer.
pub(crate) fn set_planned(tx: &mut Tx<'_>, case: CaseId, on: Option<Date>) -> Result<()> {
    tx.write(
        &super::CASE,
        "UPDATE case_file SET planned_on = $2 WHERE id = $1",
        args![case, on],
    )?;
    Ok(())
}

/// How urgent a head says it is.
pub(crate) fn set_priority(tx: &mut Tx<'_>, case: CaseId, priority: Priority) -> Result<()> {
    tx.write(
        &super::CASE,
        "UPDATE case_file SET priority = $2 WHERE id = $1",
        args![case, priority.code()],
    )?;
    Ok(())
}

/// What was said of a clock that ends on `due_on`.
pub(crate) fn clock_marks(
    db: &mut Db<'_>,
    case: CaseId,
    clock: &str,
    due_on: Date,
) -> Result<Vec<i64>> {
    db.query(
        "SELECT mark FROM case_clock_mark WHERE case_id = $1 AND clock = $2 AND due_on = $3 LIMIT 100",
        args![case, clock, due_on],
        |row| row.get(0),
    )
}

pub(crate) fn insert_clock_mark(
    tx: &mut Tx<'_>,
    case: CaseId,
    clock: &str,
    mark: i64,
    due_on: Date,
) -> Result<()> {
    let now = tx.now();
    let id = base::id::new_uuid(now);
    tx.write(
        &CLOCK_MARK,
        "INSERT INTO case_clock_mark (id, case_id, clock, mark, due_on, made_at) VALUES ($1,$2,$3,$4,$5,$6)",
        args![id, case, clock, mark, due_on, now],
    )?;
    Ok(())
}
