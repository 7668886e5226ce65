//! SQL of requests that may come again: what they were, and what was answered.

use base::{Moment, Result};
use store::{Db, Tx, args};

/// A request that was seen before.
pub(crate) struct RepeatRow {
    pub(crate) body_hash: [u8; 32],
    /// Sealed; none while the request is at work, or when it was broken off.
    pub(crate) answer: Option<Vec<u8>>,
}

const BEGIN: &str = "INSERT INTO repeated_request (key_hash, body_hash, created_at) \
     VALUES ($1, $2, $3) ON CONFLICT (key_hash) DO NOTHING";

/// Whether the key is new.
pub(crate) fn begin_request(
    tx: &mut Tx<'_>,
    key_hash: &[u8; 32],
    body_hash: &[u8; 32],
) -> Result<bool> {
    let now = tx.now();
    Ok(tx.execute(BEGIN, args![key_hash, body_hash, now])? > 0)
}

const KNOWN: &str = "SELECT body_hash, answer FROM repeated_request \
     WHERE key_hash = $1 AND created_at > $2";

/// The request of a key that is younger than `since`.
pub(crate) fn repeated_request(
    db: &mut Db<'_>,
    key_hash: &[u8; 32],
    since: Moment,
) -> Result<Option<RepeatRow>> {
    let found = db.query(KNOWN, args![key_hash, since], |row| {
        Ok(RepeatRow {
            body_hash: row.get(0)?,
            answer: row.get(1)?,
        })
    })?;
    Ok(found.into_iter().next())
}

const ANSWER: &str = "UPDATE repeated_request SET answer = $2 WHERE key_hash = $1";

pub(crate) fn answer_request(tx: &mut Tx<'_>, key_hash: &[u8; 32], answer: &[u8]) -> Result<()> {
    tx.execute(ANSWER, args![key_hash, answer])?;
    Ok(())
}

const FORGET: &str = "DELETE FROM repeated_request WHERE key_hash = $1";

pub(crate) fn forget_request(tx: &mut Tx<'_>, key_hash: &[u8; 32]) -> Result<()> {
    tx.execute(FORGET, args![key_hash])?;
    Ok(())
}

const SWEEP: &str = "DELETE FROM repeated_request WHERE key_hash IN \
     (SELECT key_hash FROM repeated_request WHERE created_at <= $1 ORDER BY created_at LIMIT 100)";

/// Sweeps at most a hundred requests as old as `until`.
pub(crate) fn sweep_requests(tx: &mut Tx<'_>, until: Moment) -> Result<()> {
    tx.execute(SWEEP, args![until])?;
    Ok(())
}
