//! Every SQL text of dialogues, with the functions that run it.

use base::id::CaseId;
use base::{Moment, Result};
use store::{Db, Tx, args};
use uuid::Uuid;

/// What is thrown away at once.
const SWEEP: i64 = 500;

/// What a dialogue has come to, sealed; none when there is none or it is too old.
pub(crate) fn dialogue(db: &mut Db<'_>, id: Uuid, since: Moment) -> Result<Option<Vec<u8>>> {
    db.first(
        "SELECT kept FROM dialogue WHERE id = $1 AND touched_at >= $2",
        args![id, since],
        |row| row.get(0),
    )
}

pub(crate) fn put_dialogue(tx: &mut Tx<'_>, id: Uuid, channel: &str, kept: &[u8]) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO dialogue (id, channel, kept, touched_at) VALUES ($1,$2,$3,$4) \
         ON CONFLICT (id) DO UPDATE SET kept = excluded.kept, touched_at = excluded.touched_at",
        args![id, channel, kept, now],
    )?;
    Ok(())
}

/// Throws a dialogue away.
pub(crate) fn drop_dialogue(tx: &mut Tx<'_>, id: Uuid) -> Result<()> {
    tx.execute("DELETE FROM dialogue WHERE id = $1", args![id])?;
    Ok(())
}

/// Whether a message was taken already.
pub(crate) fn is_seen(db: &mut Db<'_>, channel: &str, mark: &[u8; 32]) -> Result<bool> {
    let found: Option<i64> = db.first(
        "SELECT 1 FROM dialogue_seen WHERE channel = $1 AND mark = $2",
        args![channel, &mark[..]],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Something that came and was not heard yet.
pub(crate) struct IncomingRow {
    pub(crate) mark: Vec<u8>,
    /// What it is, sealed.
    pub(crate) said: Vec<u8>,
    /// How often it was put off.
    pub(crate) tries: i64,
}

/// Takes down what came; false when it is known.
pub(crate) fn take_down(
    tx: &mut Tx<'_>,
    channel: &str,
    mark: &[u8; 32],
    place: i64,
    said: &[u8],
) -> Result<bool> {
    if is_seen(tx, channel, mark)? {
        return Ok(false);
    }
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO dialogue_incoming (channel, mark, place, said, tries, next_at, came_at) \
         VALUES ($1,$2,$3,$4,0,$5,$5) ON CONFLICT (channel, mark) DO NOTHING",
        args![channel, &mark[..], place, said, now],
    )?;
    Ok(written == 1)
}

/// What came and is to be heard now, in the order in which it was said.
pub(crate) fn incoming(
    db: &mut Db<'_>,
    channel: &str,
    now: Moment,
    most: i64,
) -> Result<Vec<IncomingRow>> {
    db.query(
        "SELECT mark, said, tries FROM dialogue_incoming WHERE channel = $1 AND next_at <= $2 \
         ORDER BY place, mark LIMIT $3",
        args![channel, now, most],
        |row| {
            Ok(IncomingRow {
                mark: row.get(0)?,
                said: row.get(1)?,
                tries: row.get(2)?,
            })
        },
    )
}

/// It was heard.
pub(crate) fn heard(tx: &mut Tx<'_>, channel: &str, mark: &[u8; 32]) -> Result<()> {
    tx.execute(
        "DELETE FROM dialogue_incoming WHERE channel = $1 AND mark = $2",
        args![channel, &mark[..]],
    )?;
    Ok(())
}

/// It is heard later.
pub(crate) fn put_off(
    tx: &mut Tx<'_>,
    channel: &str,
    mark: &[u8; 32],
    tries: i64,
    next_at: Moment,
) -> Result<()> {
    tx.execute(
        "UPDATE dialogue_incoming SET tries = $3, next_at = $4 WHERE channel = $1 AND mark = $2",
        args![channel, &mark[..], tries, next_at],
    )?;
    Ok(())
}

/// Where a messenger was told to bring messages.
pub(crate) fn webhooks(db: &mut Db<'_>, channel: &str) -> Result<Vec<String>> {
    db.query(
        "SELECT address FROM dialogue_webhook WHERE channel = $1 ORDER BY address LIMIT 100",
        args![channel],
        |row| row.get(0),
    )
}

pub(crate) fn put_webhook(tx: &mut Tx<'_>, channel: &str, address: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO dialogue_webhook (channel, address) VALUES ($1,$2) \
         ON CONFLICT (channel, address) DO NOTHING",
        args![channel, address],
    )?;
    Ok(())
}

pub(crate) fn drop_webhook(tx: &mut Tx<'_>, channel: &str, address: &str) -> Result<()> {
    tx.execute(
        "DELETE FROM dialogue_webhook WHERE channel = $1 AND address = $2",
        args![channel, address],
    )?;
    Ok(())
}

/// Remembers a message; false when it was taken already.
pub(crate) fn see(tx: &mut Tx<'_>, channel: &str, mark: &[u8; 32]) -> Result<bool> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO dialogue_seen (channel, mark, seen_at) VALUES ($1,$2,$3) \
         ON CONFLICT (channel, mark) DO NOTHING",
        args![channel, &mark[..], now],
    )?;
    Ok(written == 1)
}

/// How far a messenger was read.
pub(crate) fn position(db: &mut Db<'_>, channel: &str) -> Result<Option<String>> {
    db.first(
        "SELECT position FROM dialogue_position WHERE channel = $1",
        args![channel],
        |row| row.get(0),
    )
}

pub(crate) fn put_position(tx: &mut Tx<'_>, channel: &str, position: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO dialogue_position (channel, position) VALUES ($1,$2) \
         ON CONFLICT (channel) DO UPDATE SET position = excluded.position",
        args![channel, position],
    )?;
    Ok(())
}

/// Where the one who filed a case is told of it: the channel, and the place there, sealed.
pub(crate) fn peer_of(db: &mut Db<'_>, case: CaseId) -> Result<Option<(String, Vec<u8>)>> {
    db.first(
        "SELECT channel, peer FROM dialogue_case WHERE case_id = $1",
        args![case],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn put_peer(tx: &mut Tx<'_>, case: CaseId, channel: &str, peer: &[u8]) -> Result<()> {
    tx.execute(
        "INSERT INTO dialogue_case (case_id, channel, peer) VALUES ($1,$2,$3) \
         ON CONFLICT (case_id) DO NOTHING",
        args![case, channel, peer],
    )?;
    Ok(())
}

/// Throws away what was said before `said`, and which messages were seen and what came before `seen`.
pub(crate) fn sweep(tx: &mut Tx<'_>, said: Moment, seen: Moment) -> Result<u64> {
    let dialogues = tx.execute(
        "DELETE FROM dialogue WHERE id IN (SELECT id FROM dialogue WHERE touched_at < $1 \
         ORDER BY touched_at LIMIT $2)",
        args![said, SWEEP],
    )?;
    let marks = tx.execute(
        "DELETE FROM dialogue_seen WHERE (channel, mark) IN (SELECT channel, mark \
         FROM dialogue_seen WHERE seen_at < $1 ORDER BY seen_at LIMIT $2)",
        args![seen, SWEEP],
    )?;
    let unheard = tx.execute(
        "DELETE FROM dialogue_incoming WHERE (channel, mark) IN (SELECT channel, mark \
         FROM dialogue_incoming WHERE came_at < $1 ORDER BY came_at LIMIT $2)",
        args![seen, SWEEP],
    )?;
    Ok(dialogues + marks + unheard)
}
