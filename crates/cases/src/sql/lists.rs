//! Lists: the public register, the applicant's own cases, the queue. Each reads from an index of its own.

use std::fmt::Write as _;

use base::id::{AccountId, CaseId, CategoryId, PersonId, ServiceId, UnitId};
use base::{Moment, Number, Result};
use store::{Arg, Db, Row, ToArg, args};
use uuid::Uuid;

use super::{CASE_COLUMNS, CASE_WIDTH, case_row};
use crate::model::{
    CaseRow, Outcome, PartyRole, PublicState, RegisterFilter, RegisterRow, Source, State,
};

pub(super) fn register_row(row: &Row<'_>) -> Result<RegisterRow> {
    let broken = |what: &str| base::Error::internal(format!("case_file holds an unknown {what}"));
    Ok(RegisterRow {
        id: row.get(0)?,
        number: row
            .get::<String>(1)?
            .parse()
            .map_err(|_| broken("number"))?,
        service: row.get(2)?,
        category: row.get(3)?,
        unit: row.get(4)?,
        state: PublicState::from_code(&row.get::<String>(5)?)
            .ok_or_else(|| broken("public state"))?,
        received_at: row.get(6)?,
        due_on: row.get(7)?,
        answered_at: row.get(8)?,
        carried_over: Source::from_code(&row.get::<String>(9)?) == Source::Import
            || row.get::<Option<Moment>>(12)?.is_some(),
        outcome: row
            .get::<Option<String>>(10)?
            .as_deref()
            .and_then(Outcome::from_code),
        begun_on: row.get(11)?,
        stands_since: row.get(13)?,
    })
}

pub(super) const REGISTER_COLUMNS: &str = "id, number, service_id, category_id, unit_id, public_state, \
     received_at, due_on, answered_at, source, outcome, begun_on, carried_at, \
     CASE WHEN state = 'waiting' THEN (SELECT MAX(w.asked_at) FROM case_wait w \
       WHERE w.case_id = case_file.id AND w.ended_at IS NULL AND w.ground IS NOT NULL) END";

/// A page of the register, newest first. `categories` and `units` are the filter's nodes with all
/// below them; none of them means everything. Cases of `unpublished` services stay out.
pub(crate) fn register(
    db: &mut Db<'_>,
    filter: &RegisterFilter,
    categories: &[CategoryId],
    units: &[UnitId],
    unpublished: &[ServiceId],
    after: Option<(Moment, CaseId)>,
    limit: usize,
) -> Result<Vec<RegisterRow>> {
    let mut sql = format!("SELECT {REGISTER_COLUMNS} FROM case_file WHERE 1 = 1");
    let mut args: Vec<Arg<'_>> = Vec::new();
    for service in unpublished {
        args.push(service.to_arg());
        let _ = write!(sql, " AND service_id <> ${}", args.len());
    }
    if filter.category.is_some() {
        push_in(&mut sql, "category_id", categories.len(), args.len());
        args.extend(categories.iter().map(ToArg::to_arg));
    }
    if filter.unit.is_some() {
        push_in(&mut sql, "unit_id", units.len(), args.len());
        args.extend(units.iter().map(ToArg::to_arg));
    }
    let state = filter.state.map(PublicState::code);
    if let Some(state) = &state {
        args.push(Arg::Text(state));
        let _ = write!(sql, " AND public_state = ${}", args.len());
    }
    if let Some(service) = &filter.service {
        args.push(service.to_arg());
        let _ = write!(sql, " AND service_id = ${}", args.len());
    }
    let outcome = filter.outcome.map(Outcome::code);
    if let Some(outcome) = &outcome {
        args.push(Arg::Text(outcome));
        let _ = write!(sql, " AND outcome = ${}", args.len());
    }
    if let Some(from) = &filter.from {
        args.push(from.to_arg());
        let _ = write!(sql, " AND received_at >= ${}", args.len());
    }
    if let Some(until) = &filter.until {
        args.push(until.to_arg());
        let _ = write!(sql, " AND received_at < ${}", args.len());
    }
    if let Some((moment, id)) = &after {
        args.push(moment.to_arg());
        args.push(id.to_arg());
        let _ = write!(
            sql,
            " AND (received_at, id) < (${}, ${})",
            args.len() - 1,
            args.len()
        );
    }
    let limit = i64::try_from(limit).unwrap_or(0);
    args.push(limit.to_arg());
    let _ = write!(
        sql,
        " ORDER BY received_at DESC, id DESC LIMIT ${}",
        args.len()
    );
    db.query(&sql, &args, register_row)
}

pub(super) fn push_in(sql: &mut String, column: &str, values: usize, before: usize) {
    let places: Vec<String> = (before + 1..=before + values)
        .map(|n| format!("${n}"))
        .collect();
    // A filter that matches nothing must find nothing, not everything.
    let list = if places.is_empty() {
        "NULL".to_owned()
    } else {
        places.join(",")
    };
    let _ = write!(sql, " AND {column} IN ({list})");
}

pub(crate) fn register_entry(db: &mut Db<'_>, number: Number) -> Result<Option<RegisterRow>> {
    db.first(
        &format!("SELECT {REGISTER_COLUMNS} FROM case_file WHERE number = $1"),
        args![number.to_string()],
        register_row,
    )
}

/// A row of a list with what it takes to show its topic.
#[derive(Clone)]
pub(crate) struct ListRow {
    pub(crate) case: CaseRow,
    pub(crate) content: Vec<u8>,
    pub(crate) wrapped: Option<Vec<u8>>,
}

pub(super) fn list_row(row: &Row<'_>) -> Result<ListRow> {
    Ok(ListRow {
        case: case_row(row)?,
        content: row.get(CASE_WIDTH)?,
        wrapped: row.get(CASE_WIDTH + 1)?,
    })
}

pub(super) const LIST_FROM: &str =
    "f.content, k.wrapped FROM case_file f LEFT JOIN data_key k ON k.id = f.data_key_id";

/// The cases that a person filed or stands in as a party, newest first; `states` are their codes
/// between bars, `|registered|in_work|`.
pub(crate) fn own(
    db: &mut Db<'_>,
    person: PersonId,
    states: &str,
    after: Option<(Moment, CaseId)>,
    limit: usize,
) -> Result<Vec<ListRow>> {
    let limit = i64::try_from(limit).unwrap_or(0);
    let (moment, id) = after.unwrap_or((Moment::from_micros(i64::MAX), CaseId(Uuid::max())));
    db.query(
        &format!(
            "WITH filed AS (SELECT id FROM case_file WHERE person_id = $1 \
             AND $5 LIKE '%|' || state || '|%' \
             AND (received_at, id) < ($2, $3) ORDER BY received_at DESC, id DESC LIMIT $4), \
             joined AS (SELECT f.id FROM case_party p JOIN case_file f ON f.id = p.case_id \
             WHERE p.person_id = $1 AND p.ended_at IS NULL AND p.agreed_at IS NOT NULL AND $5 LIKE '%|' || f.state || '|%' \
             AND (f.received_at, f.id) < ($2, $3)), \
             picked AS (SELECT id FROM filed UNION SELECT id FROM joined) \
             SELECT {CASE_COLUMNS}, f.content, k.wrapped FROM picked \
             JOIN case_file f ON f.id = picked.id LEFT JOIN data_key k ON k.id = f.data_key_id \
             ORDER BY f.received_at DESC, f.id DESC LIMIT $4"
        ),
        args![person, moment, id, limit, states],
        list_row,
    )
}

/// The newest cases in which somebody was named beside the applicant and has not answered, each with
/// what they were named as.
pub(crate) fn asked_to_stand(
    db: &mut Db<'_>,
    person: PersonId,
    most: i64,
) -> Result<Vec<(ListRow, PartyRole)>> {
    let named: Vec<(CaseId, String)> = db.query(
        "SELECT case_id, role FROM case_party WHERE person_id = $1 AND ended_at IS NULL \
         AND agreed_at IS NULL ORDER BY added_at DESC, id DESC LIMIT $2",
        args![person, most],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let ids: Vec<Uuid> = named.iter().map(|(case, _)| case.0).collect();
    let mut rows = match ids[..] {
        [] => Vec::new(),
        _ => super::cases_of(db, &ids)?,
    };
    let mut found: Vec<(ListRow, PartyRole)> = Vec::with_capacity(rows.len());
    for (case, role) in named {
        // Somebody may be named twice.
        let at = rows.iter().position(|row| row.case.id == case);
        let row = at.map(|at| rows.swap_remove(at));
        found.extend(row.zip(PartyRole::from_code(&role)));
    }
    Ok(found)
}

/// Which part of the queue.
pub(crate) enum QueuePart<'a> {
    /// What somebody has taken or was given.
    Mine(AccountId),
    /// What units have not answered yet.
    Units(&'a [UnitId]),
    /// What waits for the heads of units.
    Agreement(&'a [UnitId]),
    /// What one specialist has in units.
    HeldBy(AccountId, &'a [UnitId]),
    /// What nobody in units has taken.
    Free(&'a [UnitId]),
    /// What others answer for and units do a part of.
    Parts(&'a [UnitId]),
    /// What of units goes before others.
    Urgent(&'a [UnitId]),
    /// Answers of units that wait to go out on paper.
    Posting(&'a [UnitId]),
    /// Where applicants of units have written since anybody reacted, answered ones included.
    Words(&'a [UnitId]),
}

/// The condition of a part of the queue, its arguments added to `args`. Each is the condition of
/// an index of its own.
fn belongs<'a>(part: &'a QueuePart<'_>, args: &mut Vec<Arg<'a>>) -> String {
    let (mut condition, units) = match part {
        QueuePart::Mine(account) => {
            args.push(account.to_arg());
            return "f.assignee_id = $1 AND f.closed_at IS NULL".to_owned();
        }
        QueuePart::Units(units) => (
            "f.answered_at IS NULL AND f.closed_at IS NULL".to_owned(),
            units,
        ),
        QueuePart::HeldBy(account, units) => {
            args.push(account.to_arg());
            (
                "f.assignee_id = $1 AND f.closed_at IS NULL AND f.answered_at IS NULL".to_owned(),
                units,
            )
        }
        QueuePart::Free(units) => (
            "f.answered_at IS NULL AND f.closed_at IS NULL AND f.assignee_id IS NULL".to_owned(),
            units,
        ),
        QueuePart::Urgent(units) => (
            "f.answered_at IS NULL AND f.closed_at IS NULL AND f.priority IN ('high', 'urgent')"
                .to_owned(),
            units,
        ),
        QueuePart::Agreement(units) => ("f.state = 'in_agreement'".to_owned(), units),
        QueuePart::Posting(units) => ("f.paper_since IS NOT NULL".to_owned(), units),
        QueuePart::Words(units) => ("f.words_since IS NOT NULL".to_owned(), units),
        QueuePart::Parts(units) => {
            let mut condition =
                "f.id IN (SELECT p.case_id FROM case_part p WHERE p.ended_at IS NULL".to_owned();
            push_in(&mut condition, "p.unit_id", units.len(), args.len());
            args.extend(units.iter().map(ToArg::to_arg));
            // What was answered or closed takes no report any more. As an expression, for the part
            // is found by its own index.
            condition.push_str(") AND COALESCE(f.answered_at, f.closed_at) IS NULL");
            return condition;
        }
    };
    push_in(&mut condition, "f.unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    condition
}

/// What a part of the queue is narrowed by.
#[derive(Clone, Debug, Default)]
pub(crate) struct QueueNarrow {
    pub(crate) categories: Option<Vec<CategoryId>>,
    pub(crate) service: Option<ServiceId>,
    pub(crate) unit: Option<UnitId>,
    pub(crate) state: Option<State>,
    pub(crate) free: bool,
    pub(crate) for_us: bool,
    /// The newest first.
    pub(crate) newest: bool,
}

/// The last row of the page before.
pub(crate) enum QueueAfter {
    Due(String, CaseId),
    Received(Moment, CaseId),
}

/// Narrows a part of the queue. Its index finds the part, which is what is not finished in some
/// units; columns of other indexes stand in expressions, so that none of those is walked instead.
fn narrow<'a>(condition: &mut String, by: &'a QueueNarrow, args: &mut Vec<Arg<'a>>) {
    if let Some(categories) = &by.categories {
        let column = "COALESCE(f.category_id, f.id)";
        push_in(condition, column, categories.len(), args.len());
        args.extend(categories.iter().map(ToArg::to_arg));
    }
    if let Some(service) = &by.service {
        args.push(service.to_arg());
        let _ = write!(
            condition,
            " AND COALESCE(f.service_id, f.id) = ${}",
            args.len()
        );
    }
    if let Some(unit) = &by.unit {
        args.push(unit.to_arg());
        let _ = write!(condition, " AND f.unit_id = ${}", args.len());
    }
    if let Some(state) = by.state {
        args.push(Arg::Text(state.code()));
        let _ = write!(condition, " AND f.state = ${}", args.len());
    }
    if by.free {
        condition.push_str(" AND f.assignee_id IS NULL");
    }
    if by.for_us {
        condition.push_str(" AND f.words_since > 0");
    }
}

/// The queue: what is due first comes first; what has no term comes last. The page is picked from
/// an index before any row is read whole.
pub(crate) fn queue(
    db: &mut Db<'_>,
    part: &QueuePart<'_>,
    by: &QueueNarrow,
    after: Option<&QueueAfter>,
    limit: usize,
) -> Result<Vec<ListRow>> {
    let limit = i64::try_from(limit).unwrap_or(0);
    let (sql, args) = reading(part, by, after, &limit);
    db.query(&sql, &args, list_row)
}

fn reading<'a>(
    part: &'a QueuePart<'_>,
    by: &'a QueueNarrow,
    after: Option<&'a QueueAfter>,
    limit: &'a i64,
) -> (String, Vec<Arg<'a>>) {
    let mut args: Vec<Arg<'_>> = Vec::new();
    let mut condition = belongs(part, &mut args);
    narrow(&mut condition, by, &mut args);
    // Of the newest, too, the part is found by its own index and put in order then.
    let (place, order) = if by.newest {
        ("(f.received_at + 0)", "DESC")
    } else {
        ("COALESCE(f.due_on, '9999-12-31')", "ASC")
    };
    match after {
        Some(QueueAfter::Due(due_on, id)) => args.extend([due_on.to_arg(), id.to_arg()]),
        Some(QueueAfter::Received(moment, id)) => args.extend([moment.to_arg(), id.to_arg()]),
        None => {}
    }
    if after.is_some() {
        let (from, id) = (args.len() - 1, args.len());
        let than = if by.newest { "<" } else { ">" };
        let _ = write!(condition, " AND ({place}, f.id) {than} (${from}, ${id})");
    }
    args.push(limit.to_arg());
    let sql = format!(
        "WITH picked AS (SELECT f.id, {place} AS place FROM case_file f \
         WHERE {condition} ORDER BY {place} {order}, f.id {order} LIMIT ${}) \
         SELECT {CASE_COLUMNS}, f.content, k.wrapped FROM picked p \
         JOIN case_file f ON f.id = p.id LEFT JOIN data_key k ON k.id = f.data_key_id \
         ORDER BY p.place {order}, p.id {order}",
        args.len()
    );
    (sql, args)
}

/// How many there are in a part of the queue, counted up to `most`.
pub(crate) fn count_queue(db: &mut Db<'_>, part: &QueuePart<'_>, most: i64) -> Result<i64> {
    let (sql, args) = counting(part, &most);
    db.one(&sql, &args, |row| row.get(0))
}

fn counting<'a>(part: &'a QueuePart<'_>, most: &'a i64) -> (String, Vec<Arg<'a>>) {
    let mut args: Vec<Arg<'_>> = Vec::new();
    let condition = belongs(part, &mut args);
    args.push(most.to_arg());
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM case_file f WHERE {condition} LIMIT ${}) AS found",
        args.len()
    );
    (sql, args)
}

/// The row of a number as lists show it.
pub(crate) fn list_row_by_number(db: &mut Db<'_>, number: Number) -> Result<Option<ListRow>> {
    db.first(
        &format!("SELECT {CASE_COLUMNS}, {LIST_FROM} WHERE f.number = $1"),
        args![number.to_string()],
        list_row,
    )
}

#[cfg(test)]
mod tests {
    use store::testing::Fresh;

    use super::*;

    /// A part that is found by another index is walked through all that its units ever had.
    #[test]
    fn each_part_of_the_queue_is_found_by_its_own_index() {
        let fresh = Fresh::sqlite(&[
            journal::MIGRATIONS,
            people::MIGRATIONS,
            catalog::MIGRATIONS,
            crate::MIGRATIONS,
        ]);
        let read = |db: &mut Db<'_>| {
            let account = AccountId(Uuid::from_u128(1));
            let units: Vec<UnitId> = (2..200).map(|id| UnitId(Uuid::from_u128(id))).collect();
            let by = QueueNarrow::default();
            for (part, index) in [
                (QueuePart::Mine(account), "case_mine"),
                (QueuePart::Units(&units), "case_queue"),
                (QueuePart::HeldBy(account, &units), "case_mine"),
                (QueuePart::Free(&units), "case_queue"),
                (QueuePart::Urgent(&units), "case_urgent"),
                (QueuePart::Agreement(&units), "case_agreement"),
                (QueuePart::Posting(&units), "case_posting"),
                (QueuePart::Words(&units), "case_words"),
                (QueuePart::Parts(&units), "case_part_open"),
            ] {
                for (sql, args) in [counting(&part, &9), reading(&part, &by, None, &9)] {
                    let sql = format!("EXPLAIN QUERY PLAN {sql}");
                    let plan = db.query(&sql, &args, |row| row.get::<String>(3))?;
                    let own = format!("INDEX {index} ");
                    assert!(plan.iter().any(|step| step.contains(&own)), "{plan:#?}");
                }
            }
            Ok(())
        };
        fresh.store.read_blocking(read).unwrap();
    }
}
