//! Every SQL text about letters of the mailbox, with the functions that run it.

use base::{Error, Moment, Result};
use store::{Db, Row, Tx, args};
use uuid::Uuid;

use super::model::{Fate, State};

/// A letter as it is stored.
#[derive(Clone)]
pub(super) struct LetterRow {
    pub(super) id: Uuid,
    pub(super) came_at: Moment,
    pub(super) fate: Fate,
    pub(super) reason: String,
    pub(super) decided_at: Option<Moment>,
    pub(super) body: Vec<u8>,
    pub(super) keeps_letter: bool,
}

/// What tells a letter from every other.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    pub(super) key: [u8; 32],
    pub(super) digest: [u8; 32],
    pub(super) sender: [u8; 32],
}

const COLUMNS: &str = "id, came_at, fate, reason, decided_at, body, \
                       CASE WHEN letter IS NULL THEN 0 ELSE 1 END";

fn letter_row(row: &Row<'_>) -> Result<LetterRow> {
    let fate: String = row.get(2)?;
    Ok(LetterRow {
        id: row.get(0)?,
        came_at: row.get(1)?,
        fate: Fate::from_code(&fate).ok_or_else(|| Error::internal("mailbox_letter.fate"))?,
        reason: row.get(3)?,
        decided_at: row.get(4)?,
        body: row.get(5)?,
        keeps_letter: row.get::<i64>(6)? == 1,
    })
}

/// Puts a letter down; false when it is there already.
pub(super) fn insert_letter(
    tx: &mut Tx<'_>,
    row: &LetterRow,
    marks: &Marks,
    letter: Option<&[u8]>,
) -> Result<bool> {
    let added = tx.execute(
        "INSERT INTO mailbox_letter (id, letter_key, digest, sender, came_at, fate, reason, \
         body, letter) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT (letter_key) DO NOTHING",
        args![
            row.id,
            marks.key,
            marks.digest,
            marks.sender,
            row.came_at,
            row.fate.code(),
            row.reason,
            row.body,
            letter
        ],
    )?;
    Ok(added == 1)
}

/// Whether a letter was put down already, wherever it lies now.
pub(super) fn is_known(db: &mut Db<'_>, marks: &Marks) -> Result<bool> {
    let by_place = db.first(
        "SELECT id FROM mailbox_letter WHERE letter_key = $1",
        args![marks.key],
        |row| row.get::<Uuid>(0),
    )?;
    if by_place.is_some() {
        return Ok(true);
    }
    let by_bytes = db.first(
        "SELECT id FROM mailbox_letter WHERE digest = $1 LIMIT 1",
        args![marks.digest],
        |row| row.get::<Uuid>(0),
    )?;
    Ok(by_bytes.is_some())
}

/// How many letters somebody has sent since a moment, counted up to `most`.
pub(super) fn sent_since(
    db: &mut Db<'_>,
    sender: &[u8; 32],
    since: Moment,
    most: i64,
) -> Result<usize> {
    let rows = db.query(
        "SELECT 1 FROM mailbox_letter WHERE sender = $1 AND came_at > $2 LIMIT $3",
        args![sender, since, most],
        |row| row.get::<i64>(0),
    )?;
    Ok(rows.len())
}

pub(super) fn letter(db: &mut Db<'_>, id: Uuid) -> Result<Option<LetterRow>> {
    db.first(
        &format!("SELECT {COLUMNS} FROM mailbox_letter WHERE id = $1 AND fate <> 'past'"),
        args![id],
        letter_row,
    )
}

/// The letter itself, sealed, while it is kept.
pub(super) fn sealed_letter(db: &mut Db<'_>, id: Uuid) -> Result<Option<Vec<u8>>> {
    let found = db.first(
        "SELECT letter FROM mailbox_letter WHERE id = $1",
        args![id],
        |row| row.get::<Option<Vec<u8>>>(0),
    )?;
    Ok(found.flatten())
}

/// Letters, newest first: those that wait for somebody to decide, or all.
pub(super) fn letters(
    db: &mut Db<'_>,
    waiting: bool,
    after: Option<(Moment, Uuid)>,
    limit: usize,
) -> Result<Vec<LetterRow>> {
    let narrowed = if waiting {
        "fate = 'aside'"
    } else {
        "fate <> 'past'"
    };
    let (moment, id) = after.unwrap_or((Moment::from_micros(i64::MAX), Uuid::max()));
    let limit = i64::try_from(limit).unwrap_or(0);
    db.query(
        &format!(
            "SELECT {COLUMNS} FROM mailbox_letter WHERE {narrowed} AND (came_at, id) < ($1, $2) \
             ORDER BY came_at DESC, id DESC LIMIT $3"
        ),
        args![moment, id, limit],
        letter_row,
    )
}

/// Decides about a letter that was set aside; false when somebody was faster.
pub(super) fn decide(tx: &mut Tx<'_>, id: Uuid, fate: Fate, body: &[u8]) -> Result<bool> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE mailbox_letter SET fate = $2, decided_at = $3, body = $4, \
         letter = NULL WHERE id = $1 AND fate = 'aside'",
        args![id, fate.code(), now, body],
    )?;
    Ok(changed == 1)
}

/// Throws away what letters say that came before `empty`, and their rows when they came before
/// `gone`; 500 of each at the most.
pub(super) fn throw_away(tx: &mut Tx<'_>, empty: Moment, gone: Moment) -> Result<u64> {
    let emptied = tx.execute(
        "UPDATE mailbox_letter SET fate = 'past', reason = '', decided_at = NULL, \
         body = $2, letter = NULL WHERE id IN (SELECT id FROM mailbox_letter \
         WHERE fate <> 'past' AND came_at < $1 ORDER BY came_at, id LIMIT 500)",
        args![empty, [0u8; 0].as_slice()],
    )?;
    tx.execute(
        "DELETE FROM mailbox_letter WHERE id IN (SELECT id FROM mailbox_letter \
         WHERE fate = 'past' AND came_at < $1 ORDER BY came_at, id LIMIT 500)",
        args![gone],
    )?;
    Ok(emptied)
}

pub(super) fn state(db: &mut Db<'_>) -> Result<State> {
    let found = db.first(
        "SELECT read_at, failed_at, failures, problem FROM mailbox_state WHERE id = 1",
        &[],
        |row| {
            Ok(State {
                read_at: row.get(0)?,
                failed_at: row.get(1)?,
                failures: row.get(2)?,
                problem: row.get(3)?,
            })
        },
    )?;
    Ok(found.unwrap_or_default())
}

pub(super) fn has_read(tx: &mut Tx<'_>, problem: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO mailbox_state (id, read_at, failures, problem) VALUES (1, $1, 0, $2) \
         ON CONFLICT (id) DO UPDATE SET read_at = excluded.read_at, failures = 0, \
         problem = excluded.problem",
        args![now, problem],
    )?;
    Ok(())
}

pub(super) fn has_failed(tx: &mut Tx<'_>, problem: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO mailbox_state (id, failed_at, failures, problem) VALUES (1, $1, 1, $2) \
         ON CONFLICT (id) DO UPDATE SET failed_at = excluded.failed_at, \
         failures = mailbox_state.failures + 1, problem = excluded.problem",
        args![now, problem],
    )?;
    Ok(())
}
