//! What work on a case leaves: messages, answers, assignments.

use base::id::{AccountId, AnswerId, AssignmentId, CaseId, MessageId, UnitId};
use base::{Moment, Result};
use store::{Db, Tx, args};

use super::{ANSWER, ASSIGNMENT, MESSAGE};
use crate::model::{AnswerState, Outcome, Side};

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
    /// The account of whoever wrote it; none for a guest.
    pub(crate) author: Option<AccountId>,
    pub(crate) sent_at: Moment,
    pub(crate) body: Vec<u8>,
}

/// When the applicant wrote last, if ever.
pub(crate) fn wrote_at(db: &mut Db<'_>, case: CaseId) -> Result<Option<Moment>> {
    db.one(
        "SELECT MAX(sent_at) FROM case_message WHERE case_id = $1 AND side = 'applicant'",
        args![case],
        |row| row.get(0),
    )
}

/// The newest messages of a case, oldest first.
pub(crate) fn messages(db: &mut Db<'_>, case: CaseId, limit: i64) -> Result<Vec<MessageRow>> {
    let mut rows = db.query(
        "SELECT id, side, sent_at, body, author_id FROM case_message WHERE case_id = $1 \
         ORDER BY sent_at DESC, id DESC LIMIT $2",
        args![case, limit],
        |row| {
            Ok(MessageRow {
                id: row.get(0)?,
                side: Side::from_code(&row.get::<String>(1)?).unwrap_or(Side::Staff),
                sent_at: row.get(2)?,
                body: row.get(3)?,
                author: row.get(4)?,
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
