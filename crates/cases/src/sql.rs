//! Every SQL text of the slice, with the functions that run it.

use std::fmt::Write as _;

use base::id::{
    AccountId, AnswerId, AssignmentId, CaseId, CategoryId, DraftId, MessageId, PersonId, UnitId,
};
use base::{Moment, Number, Result};
use jiff::civil::Date;
use store::{Arg, Db, Row, Table, ToArg, Tx, args};
use uuid::Uuid;

use crate::model::{
    AnswerState, CaseRow, Outcome, PublicState, RegisterFilter, RegisterRow, Side, Source, State,
};

/// Cases.
pub(crate) const CASE: Table = Table {
    name: "case_file",
    key: &["id"],
};
/// Messages.
pub(crate) const MESSAGE: Table = Table {
    name: "case_message",
    key: &["id"],
};
/// Answers.
pub(crate) const ANSWER: Table = Table {
    name: "case_answer",
    key: &["id"],
};
/// Assignments.
pub(crate) const ASSIGNMENT: Table = Table {
    name: "case_assignment",
    key: &["id"],
};

const CASE_COLUMNS: &str = "f.id, f.number, f.service_id, f.service_version, f.category_id, f.unit_id, \
     f.territory_id, f.person_id, f.state, f.outcome, f.received_at, f.registered_on, f.due_on, \
     f.answered_at, f.assignee_id, f.waits_for, f.source, f.outside_number, f.data_key_id";

fn case_row(row: &Row<'_>) -> Result<CaseRow> {
    let broken = |what: &str| base::Error::internal(format!("case_file holds an unknown {what}"));
    Ok(CaseRow {
        id: row.get(0)?,
        number: row
            .get::<String>(1)?
            .parse()
            .map_err(|_| broken("number"))?,
        service: row.get(2)?,
        service_version: row.get(3)?,
        category: row.get(4)?,
        unit: row.get(5)?,
        territory: row.get(6)?,
        person: row.get(7)?,
        state: State::from_code(&row.get::<String>(8)?).ok_or_else(|| broken("state"))?,
        outcome: row
            .get::<Option<String>>(9)?
            .as_deref()
            .and_then(Outcome::from_code),
        received_at: row.get(10)?,
        registered_on: row.get(11)?,
        due_on: row.get(12)?,
        answered_at: row.get(13)?,
        assignee: row.get(14)?,
        waits_for: row
            .get::<Option<String>>(15)?
            .as_deref()
            .and_then(Side::from_code),
        source: Source::from_code(&row.get::<String>(16)?),
        outside_number: row.get(17)?,
        data_key: row.get(18)?,
    })
}

/// What a new row holds beside the [`CaseRow`].
pub(crate) struct NewCase<'a> {
    pub(crate) row: &'a CaseRow,
    pub(crate) content: &'a [u8],
    pub(crate) term: Option<&'a str>,
    pub(crate) route: &'a str,
    pub(crate) closed_at: Option<Moment>,
}

pub(crate) fn insert_case(tx: &mut Tx<'_>, new: &NewCase<'_>) -> Result<()> {
    let row = new.row;
    tx.write(
        &CASE,
        "INSERT INTO case_file (id, number, data_key_id, service_id, service_version, category_id, \
         unit_id, territory_id, person_id, state, public_state, outcome, source, outside_number, \
         received_at, registered_on, due_on, answered_at, closed_at, assignee_id, waits_for, content, \
         term, route) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,\
         $21,$22,$23,$24)",
        args![
            row.id,
            row.number.to_string(),
            row.data_key,
            row.service,
            row.service_version,
            row.category,
            row.unit,
            row.territory,
            row.person,
            row.state.code(),
            row.state.public().code(),
            row.outcome.map(Outcome::code),
            row.source.code(),
            row.outside_number,
            row.received_at,
            row.registered_on,
            row.due_on,
            row.answered_at,
            new.closed_at,
            row.assignee,
            row.waits_for.map(Side::code),
            new.content,
            new.term,
            new.route
        ],
    )?;
    Ok(())
}

pub(crate) fn case_by_number(db: &mut Db<'_>, number: Number) -> Result<Option<CaseRow>> {
    db.first(
        &format!("SELECT {CASE_COLUMNS} FROM case_file f WHERE f.number = $1"),
        args![number.to_string()],
        case_row,
    )
}

pub(crate) fn case_by_id(db: &mut Db<'_>, id: CaseId) -> Result<Option<CaseRow>> {
    db.first(
        &format!("SELECT {CASE_COLUMNS} FROM case_file f WHERE f.id = $1"),
        args![id],
        case_row,
    )
}

pub(crate) fn outside_number_known(db: &mut Db<'_>, source: Source, number: &str) -> Result<bool> {
    Ok(db
        .first(
            "SELECT 1 FROM case_file WHERE source = $1 AND outside_number = $2",
            args![source.code(), number],
            |_| Ok(()),
        )?
        .is_some())
}

/// The sealed and explaining parts of a case.
pub(crate) struct Inside {
    pub(crate) content: Vec<u8>,
    pub(crate) term: Option<String>,
    pub(crate) route: String,
}

pub(crate) fn inside(db: &mut Db<'_>, id: CaseId) -> Result<Inside> {
    db.one(
        "SELECT content, term, route FROM case_file WHERE id = $1",
        args![id],
        |row| {
            Ok(Inside {
                content: row.get(0)?,
                term: row.get(1)?,
                route: row.get(2)?,
            })
        },
    )
}

/// What an action changes in the row.
pub(crate) struct Moved {
    pub(crate) state: State,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) answered_at: Option<Moment>,
    pub(crate) closed_at: Option<Moment>,
    pub(crate) assignee: Option<AccountId>,
    pub(crate) waits_for: Option<Side>,
}

pub(crate) fn move_case(tx: &mut Tx<'_>, id: CaseId, to: &Moved) -> Result<()> {
    tx.write(
        &CASE,
        "UPDATE case_file SET state = $2, public_state = $3, outcome = $4, answered_at = $5, \
         closed_at = $6, assignee_id = $7, waits_for = $8 WHERE id = $1",
        args![
            id,
            to.state.code(),
            to.state.public().code(),
            to.outcome.map(Outcome::code),
            to.answered_at,
            to.closed_at,
            to.assignee,
            to.waits_for.map(Side::code)
        ],
    )?;
    Ok(())
}

fn register_row(row: &Row<'_>) -> Result<RegisterRow> {
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
        carried_over: Source::from_code(&row.get::<String>(9)?) == Source::Import,
    })
}

const REGISTER_COLUMNS: &str = "id, number, service_id, category_id, unit_id, public_state, \
     received_at, due_on, answered_at, source";

/// A page of the register, newest first. `categories` and `units` are the filter's nodes with all
/// below them; none of them means everything.
pub(crate) fn register(
    db: &mut Db<'_>,
    filter: &RegisterFilter,
    categories: &[CategoryId],
    units: &[UnitId],
    after: Option<(Moment, CaseId)>,
    limit: usize,
) -> Result<Vec<RegisterRow>> {
    let mut sql = format!("SELECT {REGISTER_COLUMNS} FROM case_file WHERE 1 = 1");
    let mut args: Vec<Arg<'_>> = Vec::new();
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

fn push_in(sql: &mut String, column: &str, values: usize, before: usize) {
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
pub(crate) struct ListRow {
    pub(crate) case: CaseRow,
    pub(crate) content: Vec<u8>,
    pub(crate) wrapped: Option<Vec<u8>>,
}

fn list_row(row: &Row<'_>) -> Result<ListRow> {
    Ok(ListRow {
        case: case_row(row)?,
        content: row.get(19)?,
        wrapped: row.get(20)?,
    })
}

const LIST_FROM: &str =
    "f.content, k.wrapped FROM case_file f LEFT JOIN data_key k ON k.id = f.data_key_id";

/// The applicant's cases, newest first.
pub(crate) fn own(
    db: &mut Db<'_>,
    person: PersonId,
    after: Option<(Moment, CaseId)>,
    limit: usize,
) -> Result<Vec<ListRow>> {
    let limit = i64::try_from(limit).unwrap_or(0);
    let (moment, id) = after.unwrap_or((Moment::from_micros(i64::MAX), CaseId(Uuid::max())));
    db.query(
        &format!(
            "SELECT {CASE_COLUMNS}, {LIST_FROM} WHERE f.person_id = $1 \
             AND (f.received_at, f.id) < ($2, $3) ORDER BY f.received_at DESC, f.id DESC LIMIT $4"
        ),
        args![person, moment, id, limit],
        list_row,
    )
}

/// Which part of the queue.
pub(crate) enum QueuePart<'a> {
    /// What somebody has taken or was given.
    Mine(AccountId),
    /// What units have not answered yet.
    Units(&'a [UnitId]),
    /// What waits for the heads of units.
    Agreement(&'a [UnitId]),
}

/// The condition of a part of the queue, its arguments added to `args`. Each is the condition of
/// an index of its own.
fn belongs<'a>(part: &'a QueuePart<'_>, args: &mut Vec<Arg<'a>>) -> String {
    let (mut condition, units) = match part {
        QueuePart::Mine(account) => {
            args.push(account.to_arg());
            return "f.assignee_id = $1 AND f.closed_at IS NULL".to_owned();
        }
        QueuePart::Units(units) => ("f.answered_at IS NULL".to_owned(), units),
        QueuePart::Agreement(units) => ("f.state = 'in_agreement'".to_owned(), units),
    };
    push_in(&mut condition, "f.unit_id", units.len(), args.len());
    args.extend(units.iter().map(ToArg::to_arg));
    condition
}

/// The queue: what is due first comes first; what has no term comes last. The page is picked from
/// an index before any row is read whole.
pub(crate) fn queue(
    db: &mut Db<'_>,
    part: &QueuePart<'_>,
    after: Option<&(String, CaseId)>,
    limit: usize,
) -> Result<Vec<ListRow>> {
    let mut args: Vec<Arg<'_>> = Vec::new();
    let mut condition = belongs(part, &mut args);
    if let Some((due_on, id)) = after {
        args.extend([due_on.to_arg(), id.to_arg()]);
        let (due_on, id) = (args.len() - 1, args.len());
        let _ = write!(
            condition,
            " AND (COALESCE(f.due_on, '9999-12-31'), f.id) > (${due_on}, ${id})"
        );
    }
    let limit = i64::try_from(limit).unwrap_or(0);
    args.push(limit.to_arg());
    let sql = format!(
        "WITH picked AS (SELECT f.id, COALESCE(f.due_on, '9999-12-31') AS due FROM case_file f \
         WHERE {condition} ORDER BY COALESCE(f.due_on, '9999-12-31'), f.id LIMIT ${}) \
         SELECT {CASE_COLUMNS}, f.content, k.wrapped FROM picked p \
         JOIN case_file f ON f.id = p.id LEFT JOIN data_key k ON k.id = f.data_key_id \
         ORDER BY p.due, p.id",
        args.len()
    );
    db.query(&sql, &args, list_row)
}

/// How many there are in a part of the queue, counted up to `most`.
pub(crate) fn count_queue(db: &mut Db<'_>, part: &QueuePart<'_>, most: i64) -> Result<i64> {
    let mut args: Vec<Arg<'_>> = Vec::new();
    let condition = belongs(part, &mut args);
    args.push(most.to_arg());
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM case_file f WHERE {condition} LIMIT ${}) AS found",
        args.len()
    );
    db.one(&sql, &args, |row| row.get(0))
}

pub(crate) fn insert_message(
    tx: &mut Tx<'_>,
    id: MessageId,
    case: CaseId,
    side: Side,
    author: Option<AccountId>,
    body: &[u8],
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &MESSAGE,
        "INSERT INTO case_message (id, case_id, side, author_id, sent_at, body) VALUES ($1,$2,$3,$4,$5,$6)",
        args![id, case, side.code(), author, now, body],
    )?;
    Ok(())
}

pub(crate) struct MessageRow {
    pub(crate) id: MessageId,
    pub(crate) side: Side,
    pub(crate) sent_at: Moment,
    pub(crate) body: Vec<u8>,
}

/// The newest messages of a case, oldest first.
pub(crate) fn messages(db: &mut Db<'_>, case: CaseId, limit: i64) -> Result<Vec<MessageRow>> {
    let mut rows = db.query(
        "SELECT id, side, sent_at, body FROM case_message WHERE case_id = $1 \
         ORDER BY sent_at DESC, id DESC LIMIT $2",
        args![case, limit],
        |row| {
            Ok(MessageRow {
                id: row.get(0)?,
                side: Side::from_code(&row.get::<String>(1)?).unwrap_or(Side::Staff),
                sent_at: row.get(2)?,
                body: row.get(3)?,
            })
        },
    )?;
    rows.reverse();
    Ok(rows)
}

pub(crate) struct AnswerRow {
    pub(crate) id: AnswerId,
    pub(crate) state: AnswerState,
    pub(crate) outcome: Outcome,
    pub(crate) author: AccountId,
    pub(crate) head: Option<AccountId>,
    pub(crate) written_at: Moment,
    pub(crate) delivered_at: Option<Moment>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn answers(db: &mut Db<'_>, case: CaseId, limit: i64) -> Result<Vec<AnswerRow>> {
    db.query(
        "SELECT id, state, outcome, author_id, head_id, written_at, delivered_at, body \
         FROM case_answer WHERE case_id = $1 ORDER BY written_at, id LIMIT $2",
        args![case, limit],
        |row| {
            Ok(AnswerRow {
                id: row.get(0)?,
                state: AnswerState::from_code(&row.get::<String>(1)?),
                outcome: Outcome::from_code(&row.get::<String>(2)?).unwrap_or(Outcome::Explained),
                author: row.get(3)?,
                head: row.get(4)?,
                written_at: row.get(5)?,
                delivered_at: row.get(6)?,
                body: row.get(7)?,
            })
        },
    )
}

/// Writes an answer, new or changed.
pub(crate) fn put_answer(tx: &mut Tx<'_>, case: CaseId, answer: &AnswerRow) -> Result<()> {
    tx.write(
        &ANSWER,
        "INSERT INTO case_answer (id, case_id, state, outcome, author_id, head_id, written_at, \
         delivered_at, body) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) \
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, outcome = excluded.outcome, \
         author_id = excluded.author_id, head_id = excluded.head_id, written_at = excluded.written_at, \
         delivered_at = excluded.delivered_at, body = excluded.body",
        args![
            answer.id,
            case,
            answer.state.code(),
            answer.outcome.code(),
            answer.author,
            answer.head,
            answer.written_at,
            answer.delivered_at,
            answer.body
        ],
    )?;
    Ok(())
}

pub(crate) fn end_assignments(tx: &mut Tx<'_>, case: CaseId) -> Result<()> {
    let now = tx.now();
    tx.write(
        &ASSIGNMENT,
        "UPDATE case_assignment SET ended_at = $2 WHERE case_id = $1 AND ended_at IS NULL",
        args![case, now],
    )?;
    Ok(())
}

pub(crate) fn insert_assignment(
    tx: &mut Tx<'_>,
    case: CaseId,
    unit: UnitId,
    account: AccountId,
    by: AccountId,
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &ASSIGNMENT,
        "INSERT INTO case_assignment (id, case_id, unit_id, account_id, assigned_by, assigned_at) \
         VALUES ($1,$2,$3,$4,$5,$6)",
        args![AssignmentId::new(now), case, unit, account, by, now],
    )?;
    Ok(())
}

pub(crate) struct DraftRow {
    pub(crate) id: DraftId,
    pub(crate) person: Option<PersonId>,
    pub(crate) service: String,
    pub(crate) saved_at: Moment,
    pub(crate) case: Option<CaseId>,
    pub(crate) content: Vec<u8>,
}

fn draft_row(row: &Row<'_>) -> Result<DraftRow> {
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
        "SELECT id, person_id, service_code, saved_at, case_id, content FROM case_draft \
         WHERE person_id = $1 AND case_id IS NULL ORDER BY saved_at DESC LIMIT 50",
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

/// Quarters of an hour since 1970, in which one reading counts once.
pub(crate) fn quarter(at: Moment) -> i64 {
    at.micros().div_euclid(900_000_000)
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

/// Whether anybody read anything in the quarters `from..to`.
pub(crate) fn any_reading(db: &mut Db<'_>, from: i64, to: i64) -> Result<bool> {
    Ok(db
        .first(
            "SELECT 1 FROM case_reading WHERE quarter >= $1 AND quarter < $2 LIMIT 1",
            args![from, to],
            |_| Ok(()),
        )?
        .is_some())
}

/// Readings of the quarters `from..to`, in their own order.
pub(crate) fn readings(
    db: &mut Db<'_>,
    from: i64,
    to: i64,
) -> Result<Vec<(i64, CaseId, AccountId)>> {
    db.query(
        "SELECT quarter, case_id, account_id FROM case_reading WHERE quarter >= $1 AND quarter < $2 \
         ORDER BY quarter, case_id, account_id LIMIT 100000",
        args![from, to],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
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

/// The row of a number as lists show it.
pub(crate) fn list_row_by_number(db: &mut Db<'_>, number: Number) -> Result<Option<ListRow>> {
    db.first(
        &format!("SELECT {CASE_COLUMNS}, {LIST_FROM} WHERE f.number = $1"),
        args![number.to_string()],
        list_row,
    )
}

/// The quarter up to which readings are committed to.
pub(crate) fn readings_sealed_until(db: &mut Db<'_>) -> Result<Option<i64>> {
    db.first("SELECT until FROM case_reading_sealed", &[], |row| {
        row.get(0)
    })
}

pub(crate) fn save_readings_sealed(tx: &mut Tx<'_>, until: i64) -> Result<()> {
    tx.execute(
        "INSERT INTO case_reading_sealed (one, until) VALUES (1, $1) \
         ON CONFLICT (one) DO UPDATE SET until = excluded.until",
        args![until],
    )?;
    Ok(())
}
