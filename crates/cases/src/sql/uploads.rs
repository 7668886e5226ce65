//! Files that come piece by piece. An upload of a guest has the name of what they hold where the
//! account of others stands.

use base::{Moment, Result};
use store::{Db, Tx, args};
use uuid::Uuid;

use crate::uploads::Owner;

/// A file that is coming.
pub(crate) struct UploadRow {
    pub(crate) name: Vec<u8>,
    pub(crate) length: i64,
    pub(crate) reached: i64,
    pub(crate) expires_at: Moment,
}

pub(crate) fn insert_upload(
    tx: &mut Tx<'_>,
    id: Uuid,
    owner: Owner,
    row: &UploadRow,
) -> Result<()> {
    tx.execute(
        "INSERT INTO case_upload (id, account_id, name, length, reached, expires_at) \
         VALUES ($1,$2,$3,$4,$5,$6)",
        args![
            id,
            owner.0,
            row.name,
            row.length,
            row.reached,
            row.expires_at
        ],
    )?;
    Ok(())
}

/// An upload of this owner that has not run out.
pub(crate) fn upload(
    db: &mut Db<'_>,
    id: Uuid,
    owner: Owner,
    now: Moment,
) -> Result<Option<UploadRow>> {
    db.first(
        "SELECT name, length, reached, expires_at FROM case_upload \
         WHERE id = $1 AND account_id = $2 AND expires_at > $3",
        args![id, owner.0, now],
        |row| {
            Ok(UploadRow {
                name: row.get(0)?,
                length: row.get(1)?,
                reached: row.get(2)?,
                expires_at: row.get(3)?,
            })
        },
    )
}

/// How many uploads an owner has under way, counted up to `most`.
pub(crate) fn uploads_of(db: &mut Db<'_>, owner: Owner, now: Moment, most: i64) -> Result<usize> {
    let rows = db.query(
        "SELECT 1 FROM case_upload WHERE account_id = $1 AND expires_at > $2 LIMIT $3",
        args![owner.0, now, most],
        |row| row.get::<i64>(0),
    )?;
    Ok(rows.len())
}

pub(crate) fn insert_piece(
    tx: &mut Tx<'_>,
    id: Uuid,
    starts_at: i64,
    bytes: &[u8],
    reached: i64,
) -> Result<()> {
    tx.execute(
        "INSERT INTO case_upload_piece (upload_id, starts_at, bytes) VALUES ($1,$2,$3)",
        args![id, starts_at, bytes],
    )?;
    tx.execute(
        "UPDATE case_upload SET reached = $2 WHERE id = $1",
        args![id, reached],
    )?;
    Ok(())
}

/// The pieces of an upload, in their order.
pub(crate) fn pieces(db: &mut Db<'_>, id: Uuid) -> Result<Vec<(i64, Vec<u8>)>> {
    db.query(
        "SELECT starts_at, bytes FROM case_upload_piece WHERE upload_id = $1 \
         ORDER BY starts_at LIMIT 2000",
        args![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn delete_upload(tx: &mut Tx<'_>, id: Uuid, owner: Owner) -> Result<u64> {
    tx.execute(
        "DELETE FROM case_upload_piece WHERE upload_id = \
         (SELECT id FROM case_upload WHERE id = $1 AND account_id = $2)",
        args![id, owner.0],
    )?;
    tx.execute(
        "DELETE FROM case_upload WHERE id = $1 AND account_id = $2",
        args![id, owner.0],
    )
}

/// Throws away at most twenty uploads that have run out.
pub(crate) fn sweep_uploads(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    let old: Vec<Uuid> = tx.query(
        "SELECT id FROM case_upload WHERE expires_at <= $1 ORDER BY expires_at LIMIT 20",
        args![now],
        |row| row.get(0),
    )?;
    for id in old {
        tx.execute(
            "DELETE FROM case_upload_piece WHERE upload_id = $1",
            args![id],
        )?;
        tx.execute("DELETE FROM case_upload WHERE id = $1", args![id])?;
    }
    Ok(())
}
