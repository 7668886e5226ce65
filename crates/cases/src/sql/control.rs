//! What is looked at across many cases: terms that run, by kind; what is finished; how many there are
//! in each state.

use std::fmt::Write as _;

use base::id::{AccountId, CaseId, CategoryId, ServiceId, UnitId};
use base::{Moment, Number, Result};
use jiff::civil::Date;
use store::{Arg, Db, Row, ToArg};
use uuid::Uuid;

use super::lists::{ListRow, list_row, push_in};
use super::{CASE_COLUMNS, CASE_WIDTH};
use crate::control::TermKind;
use crate::model::{Outcome, Source, State};

/// Where a kind of term is kept: what is read, under which condition, and the columns that name the
/// day, the row and the unit.
struct Kept {
    from: &'static str,
    condition: &'static str,
    day: &'static str,
    key: &'static str,
    unit: &'static str,
}

/// A case that is not finished: the condition of the queue's index.
const OPEN: &str = "f.answered_at IS NULL AND f.closed_at IS NULL";

/// The term of a case runs: it does not stand still while the applicant is waited for.
pub(super) const RUNS: &str = "NOT (f.state = 'waiting' AND EXISTS (SELECT 1 FROM case_wait s \
     WHERE s.case_id = f.id AND s.ended_at IS NULL AND s.ground IS NOT NULL))";

const fn kept(kind: TermKind) -> Kept {
    let (condition, day) = match kind {
        TermKind::Answer => ("", "f.due_on"),
        TermKind::Aim => ("", "f.aim_on"),
        TermKind::Plan => ("", "f.planned_on"),
        TermKind::WorkStart => (" AND f.begun_on IS NULL", "f.begin_by"),
        TermKind::Forward => (" AND f.begun_on IS NULL", "f.forward_by"),
        TermKind::Part => {
            return Kept {
                from: "case_part p JOIN case_file f ON f.id = p.case_id",
                condition: " AND p.ended_at IS NULL",
                day: "p.due_on",
                key: "p.id",
                unit: "p.unit_id",
            };
        }
        TermKind::Documents => {
            return Kept {
                from: "case_file f JOIN case_wait w ON w.case_id = f.id",
                condition: " AND w.ended_at IS NULL AND f.state = 'waiting'",
                day: "w.send_by",
                key: "w.id",
                unit: "f.unit_id",
            };
        }
    };
    Kept {
        from: "case_file f",
        condition,
        day,
        key: "f.id",
        unit: "f.unit_id",
    }
}

/// How many terms of a kind there are, have passed, and end until `soon`. One that stands still has
/// neither passed nor ends soon.
pub(crate) fn count_terms(
    db: &mut Db<'_>,
    kind: TermKind,
    units: &[UnitId],
    today: Date,
    soon: Date,
) -> Result<(i64, i64, i64)> {
    let Kept {
        from,
        condition,
        day,
        unit,
        ..
    } = kept(kind);
    let runs = if kind.may_stand() { RUNS } else { "1 = 1" };
    let mut args: Vec<Arg<'_>> = vec![today.to_arg(), soon.to_arg()];
    let mut sql = format!(
        "SELECT COUNT(*), COUNT(CASE WHEN {day} < $1 AND {runs} THEN 1 END), \
         COUNT(CASE WHEN {day} >= $1 AND {day} <= $2 AND {runs} THEN 1 END) \
         FROM {from} WHERE {OPEN}{condition} AND {day} IS NOT NULL"
    );
    push_in(&mut sql, unit, units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    db.one(&sql, &args, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// A term that runs, with its case.
#[derive(Clone)]
pub(crate) struct TermRow {
    pub(crate) listed: ListRow,
    pub(crate) day: Date,
    pub(crate) key: Uuid,
}

/// The terms of a kind that run, what runs out first comes first.
pub(crate) fn running_terms(
    db: &mut Db<'_>,
    kind: TermKind,
    units: &[UnitId],
    after: Option<&(Date, Uuid)>,
    limit: usize,
) -> Result<Vec<TermRow>> {
    let Kept {
        from,
        condition,
        day,
        key,
        unit,
    } = kept(kind);
    let limit = i64::try_from(limit).unwrap_or(0);
    let mut args: Vec<Arg<'_>> = vec![limit.to_arg()];
    let mut picked = format!(
        "SELECT f.id AS case_id, {day} AS day, {key} AS place FROM {from} \
         WHERE {OPEN}{condition} AND {day} IS NOT NULL"
    );
    push_in(&mut picked, unit, units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    if let Some((after, place)) = after {
        args.extend([after.to_arg(), place.to_arg()]);
        let _ = write!(
            picked,
            " AND ({day}, {key}) > (${}, ${})",
            args.len() - 1,
            args.len()
        );
    }
    let sql = format!(
        "WITH picked AS ({picked} ORDER BY {day}, {key} LIMIT $1) \
         SELECT {CASE_COLUMNS}, f.content, k.wrapped, p.day, p.place FROM picked p \
         JOIN case_file f ON f.id = p.case_id LEFT JOIN data_key k ON k.id = f.data_key_id \
         ORDER BY p.day, p.place"
    );
    db.query(&sql, &args, |row| {
        Ok(TermRow {
            listed: list_row(row)?,
            day: row.get(CASE_WIDTH + 2)?,
            key: row.get(CASE_WIDTH + 3)?,
        })
    })
}

/// Of the cases received since a moment: all, registered late, with a term to begin by, and begun
/// late or not at all.
pub(crate) fn breaches(
    db: &mut Db<'_>,
    units: &[UnitId],
    since: Moment,
    today: Date,
) -> Result<(i64, i64, i64, i64)> {
    let mut args: Vec<Arg<'_>> = vec![since.to_arg(), today.to_arg()];
    let mut sql = format!(
        "SELECT COUNT(*), COUNT(CASE WHEN f.registered_on > f.register_by THEN 1 END), \
         COUNT(f.begin_by), COUNT(CASE WHEN f.begun_on > f.begin_by \
         OR (f.begun_on IS NULL AND f.begin_by < $2 AND {OPEN}) THEN 1 END) \
         FROM case_file f WHERE f.received_at >= $1"
    );
    push_in(&mut sql, "f.unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    db.one(&sql, &args, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    })
}

/// How many cases of units are in each state: those received since a moment, or, without one, those
/// that are not finished.
pub(crate) fn by_state(
    db: &mut Db<'_>,
    units: &[UnitId],
    since: Option<Moment>,
) -> Result<Vec<(State, i64)>> {
    let mut args: Vec<Arg<'_>> = Vec::new();
    let mut sql = "SELECT f.state, COUNT(*) FROM case_file f WHERE ".to_owned();
    match &since {
        Some(since) => {
            args.push(since.to_arg());
            sql.push_str("f.received_at >= $1");
        }
        None => sql.push_str(OPEN),
    }
    push_in(&mut sql, "f.unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    sql.push_str(" GROUP BY f.state");
    let found = db.query(&sql, &args, |row| {
        Ok((State::from_code(&row.get::<String>(0)?), row.get(1)?))
    })?;
    Ok(found
        .into_iter()
        .filter_map(|(state, cases)| Some((state?, cases)))
        .collect())
}

/// A case that is finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FinishedRow {
    pub(crate) id: CaseId,
    pub(crate) number: Number,
    pub(crate) service: ServiceId,
    pub(crate) unit: UnitId,
    pub(crate) received_at: Moment,
    pub(crate) due_on: Option<Date>,
    pub(crate) answered_at: Option<Moment>,
    pub(crate) ended_at: Moment,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) assignee: Option<AccountId>,
    pub(crate) forward_by: Option<Date>,
    pub(crate) aim_on: Option<Date>,
    pub(crate) source: Source,
    pub(crate) category: Option<CategoryId>,
    pub(crate) stars: Option<i64>,
    pub(crate) by_rule: bool,
}

/// The columns of [`FinishedRow`].
pub(super) const FINISHED_COLUMNS: &str = "id, number, service_id, unit_id, received_at, due_on, \
     answered_at, COALESCE(answered_at, closed_at), outcome, assignee_id, forward_by, aim_on, source, \
     category_id, (SELECT r.stars FROM case_rating r WHERE r.case_id = case_file.id), \
     (SELECT 1 FROM case_ruling u WHERE u.case_id = case_file.id AND u.state = 'decided')";

pub(super) fn finished_row(row: &Row<'_>) -> Result<FinishedRow> {
    Ok(FinishedRow {
        id: row.get(0)?,
        number: row
            .get::<String>(1)?
            .parse()
            .map_err(|_| base::Error::internal("case_file holds an unknown number"))?,
        service: row.get(2)?,
        unit: row.get(3)?,
        received_at: row.get(4)?,
        due_on: row.get(5)?,
        answered_at: row.get(6)?,
        ended_at: row.get(7)?,
        outcome: row
            .get::<Option<String>>(8)?
            .as_deref()
            .and_then(Outcome::from_code),
        assignee: row.get(9)?,
        forward_by: row.get(10)?,
        aim_on: row.get(11)?,
        source: Source::from_code(&row.get::<String>(12)?),
        category: row.get(13)?,
        stars: row.get(14)?,
        by_rule: row.get::<Option<i64>>(15)?.is_some(),
    })
}

/// The finished cases of units between two moments, the newest first.
pub(crate) fn finished(
    db: &mut Db<'_>,
    units: &[UnitId],
    (from, until): (Moment, Moment),
    service: Option<ServiceId>,
    after: Option<(Moment, CaseId)>,
    limit: usize,
) -> Result<Vec<FinishedRow>> {
    let limit = i64::try_from(limit).unwrap_or(0);
    let mut args: Vec<Arg<'_>> = vec![limit.to_arg(), from.to_arg(), until.to_arg()];
    let mut sql = format!(
        "SELECT {FINISHED_COLUMNS} FROM case_file WHERE COALESCE(answered_at, closed_at) IS NOT NULL \
         AND COALESCE(answered_at, closed_at) >= $2 AND COALESCE(answered_at, closed_at) < $3"
    );
    push_in(&mut sql, "unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    if let Some(service) = &service {
        args.push(service.to_arg());
        let _ = write!(sql, " AND service_id = ${}", args.len());
    }
    if let Some((moment, id)) = &after {
        args.extend([moment.to_arg(), id.to_arg()]);
        let _ = write!(
            sql,
            " AND (COALESCE(answered_at, closed_at), id) < (${}, ${})",
            args.len() - 1,
            args.len()
        );
    }
    sql.push_str(" ORDER BY COALESCE(answered_at, closed_at) DESC, id DESC LIMIT $1");
    db.query(&sql, &args, finished_row)
}

/// How many cases of units are open, and how many of these past the day of the answer while its term
/// runs, by the unit.
pub(crate) fn open_by_unit(
    db: &mut Db<'_>,
    units: &[UnitId],
    today: Date,
) -> Result<Vec<(UnitId, i64, i64)>> {
    let mut args: Vec<Arg<'_>> = vec![today.to_arg()];
    let mut sql = format!(
        "SELECT f.unit_id, COUNT(*), COUNT(CASE WHEN f.due_on < $1 AND {RUNS} THEN 1 END) \
         FROM case_file f WHERE {OPEN}"
    );
    push_in(&mut sql, "f.unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    sql.push_str(" GROUP BY f.unit_id");
    db.query(&sql, &args, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

/// A rating with the key that opens its words.
pub(crate) struct SealedRating {
    pub(crate) case: CaseId,
    pub(crate) stars: i64,
    pub(crate) rated_at: Moment,
    pub(crate) replied_at: Option<Moment>,
    pub(crate) body: Vec<u8>,
    pub(crate) data_key: Uuid,
    pub(crate) wrapped: Option<Vec<u8>>,
}

/// The ratings of these cases, the newest first.
pub(crate) fn ratings_of(db: &mut Db<'_>, cases: &[CaseId]) -> Result<Vec<SealedRating>> {
    let mut sql =
        "SELECT r.case_id, r.stars, r.rated_at, r.replied_at, r.body, f.data_key_id, k.wrapped \
         FROM case_rating r JOIN case_file f ON f.id = r.case_id \
         LEFT JOIN data_key k ON k.id = f.data_key_id WHERE 1 = 1"
            .to_owned();
    push_in(&mut sql, "r.case_id", cases.len(), 0);
    sql.push_str(" ORDER BY r.rated_at DESC, r.case_id");
    let args: Vec<Arg<'_>> = cases.iter().map(ToArg::to_arg).collect();
    db.query(&sql, &args, |row| {
        Ok(SealedRating {
            case: row.get(0)?,
            stars: row.get(1)?,
            rated_at: row.get(2)?,
            replied_at: row.get(3)?,
            body: row.get(4)?,
            data_key: row.get(5)?,
            wrapped: row.get(6)?,
        })
    })
}

/// The cases of units as they came in, the newest first.
pub(crate) fn received(
    db: &mut Db<'_>,
    units: &[UnitId],
    after: Option<(Moment, CaseId)>,
    limit: usize,
) -> Result<Vec<crate::model::CaseRow>> {
    let limit = i64::try_from(limit).unwrap_or(0);
    let mut args: Vec<Arg<'_>> = vec![limit.to_arg()];
    let mut sql = format!("SELECT {CASE_COLUMNS} FROM case_file f WHERE 1 = 1");
    push_in(&mut sql, "f.unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    if let Some((moment, id)) = &after {
        args.extend([moment.to_arg(), id.to_arg()]);
        let _ = write!(
            sql,
            " AND (f.received_at, f.id) < (${}, ${})",
            args.len() - 1,
            args.len()
        );
    }
    sql.push_str(" ORDER BY f.received_at DESC, f.id DESC LIMIT $1");
    db.query(&sql, &args, super::case_row)
}
