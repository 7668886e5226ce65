//! What the clock says of cases, and when it says something next.

use base::Result;
use base::id::CaseId;
use jiff::civil::Date;
use store::{Db, Table, ToArg, Tx, args};

/// Marks of the clock.
pub(crate) const MARK: Table = Table {
    name: "case_mark",
    key: &["id"],
};

/// The days on which something is next to be said: sets it, or forgets the case.
pub(crate) fn set_watch(tx: &mut Tx<'_>, case: CaseId, next_on: Option<Date>) -> Result<()> {
    match next_on {
        Some(next_on) => tx.execute(
            "INSERT INTO case_watch (case_id, next_on) VALUES ($1,$2) \
             ON CONFLICT (case_id) DO UPDATE SET next_on = excluded.next_on",
            args![case, next_on],
        ),
        None => tx.execute("DELETE FROM case_watch WHERE case_id = $1", args![case]),
    }?;
    Ok(())
}

/// Cases whose day has come, those that waited longest first.
pub(crate) fn watched_until(db: &mut Db<'_>, day: Date, limit: i64) -> Result<Vec<CaseId>> {
    db.query(
        "SELECT case_id FROM case_watch WHERE next_on <= $1 ORDER BY next_on, case_id LIMIT $2",
        args![day, limit],
        |row| row.get(0),
    )
}

/// The marks of the term that ends on `due_on`, by kind.
pub(crate) fn marks(db: &mut Db<'_>, case: CaseId, due_on: Date) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT kind, mark FROM case_mark WHERE case_id = $1 AND due_on = $2 LIMIT 100",
        args![case, due_on],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn insert_mark(
    tx: &mut Tx<'_>,
    case: CaseId,
    kind: &str,
    mark: i64,
    due_on: Date,
) -> Result<()> {
    let now = tx.now();
    let id = base::id::new_uuid(now);
    tx.write(
        &MARK,
        "INSERT INTO case_mark (id, case_id, kind, mark, due_on, made_at) VALUES ($1,$2,$3,$4,$5,$6)",
        args![id, case, kind, mark, due_on, now],
    )?;
    Ok(())
}

/// Which of these cases were escalated in the term that they have now.
pub(crate) fn escalated_among(db: &mut Db<'_>, cases: &[CaseId]) -> Result<Vec<CaseId>> {
    if cases.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=cases.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT DISTINCT m.case_id FROM case_mark m JOIN case_file f ON f.id = m.case_id \
         WHERE m.case_id IN ({}) AND m.kind = 'escalated' AND m.due_on = f.due_on LIMIT 1000",
        places.join(",")
    );
    let args: Vec<_> = cases.iter().map(ToArg::to_arg).collect();
    db.query(&sql, &args, |row| row.get(0))
}
