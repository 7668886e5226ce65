//! Every SQL text of the journal, with the functions that run it.

pub(crate) mod checking;
pub(crate) mod jobs;

use base::{Moment, Result};
use store::{Arg, Db, Engine, Row, Table, ToArg, Tx, args};
use uuid::Uuid;

use crate::merkle::Hash;

/// The tables that entries cover: fsck recomputes every row of them.
pub const DATA_KEY: Table = Table {
    name: "data_key",
    key: &["id"],
};

/// A row of `journal` as it is written.
pub(crate) struct EntryRow {
    pub(crate) id: Uuid,
    pub(crate) recorded_at: Moment,
    pub(crate) occurred_at: Moment,
    pub(crate) action: String,
    pub(crate) kind: &'static str,
    pub(crate) entity: Uuid,
    pub(crate) version: i64,
    pub(crate) commitment: Hash,
    pub(crate) touched: Vec<u8>,
    pub(crate) data_key: Uuid,
    pub(crate) ciphertext: Vec<u8>,
}

const INSERT_ENTRY: &str = "INSERT INTO journal (id, recorded_at, occurred_at, action, \
     entity_kind, entity_id, entity_version, commitment, touched) \
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)";
const INSERT_BODY: &str =
    "INSERT INTO journal_body (entry_id, data_key_id, ciphertext) VALUES ($1,$2,$3)";
const INSERT_PENDING: &str = "INSERT INTO journal_pending (entry_id) VALUES ($1)";

/// The three together, so that PostgreSQL is asked once; it looks whether the body has its entry when
/// all are written. SQLite knows no such statement, and being asked costs it nothing.
const POSTGRES_INSERT_ENTRY: &str = "WITH entry AS (INSERT INTO journal (id, recorded_at, \
     occurred_at, action, entity_kind, entity_id, entity_version, commitment, touched) \
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)), \
     body AS (INSERT INTO journal_body (entry_id, data_key_id, ciphertext) \
     VALUES ($1,$10,$11)) \
     INSERT INTO journal_pending (entry_id) VALUES ($1)";

/// Writes the entry of a change.
pub(crate) fn insert_entry(tx: &mut Tx<'_>, row: &EntryRow) -> Result<()> {
    let args = args![
        row.id,
        row.recorded_at,
        row.occurred_at,
        row.action,
        row.kind,
        row.entity,
        row.version,
        row.commitment,
        row.touched,
        row.data_key,
        row.ciphertext,
    ];
    match tx.engine() {
        Engine::Postgres => {
            tx.execute(POSTGRES_INSERT_ENTRY, args)?;
        }
        Engine::Sqlite => {
            tx.execute(INSERT_ENTRY, &args[..9])?;
            let body = args![row.id, row.data_key, row.ciphertext];
            tx.execute(INSERT_BODY, body)?;
            tx.execute(INSERT_PENDING, args![row.id])?;
        }
    }
    Ok(())
}

/// Writes entries of one entity, oldest first: their places in the queue follow their order.
pub(crate) fn insert_entries(tx: &mut Tx<'_>, rows: &[EntryRow]) -> Result<()> {
    for rows in rows.chunks(CHUNK) {
        let args: Vec<Arg<'_>> = rows
            .iter()
            .flat_map(|row| {
                [
                    row.id.to_arg(),
                    row.recorded_at.to_arg(),
                    row.occurred_at.to_arg(),
                    row.action.to_arg(),
                    row.kind.to_arg(),
                    row.entity.to_arg(),
                    row.version.to_arg(),
                    row.commitment.to_arg(),
                    row.touched.to_arg(),
                ]
            })
            .collect();
        let sql = many(
            "INSERT INTO journal (id, recorded_at, occurred_at, action, entity_kind, entity_id, \
             entity_version, commitment, touched) VALUES ",
            rows.len(),
            9,
        );
        tx.execute(&sql, &args)?;
        let args: Vec<Arg<'_>> = rows
            .iter()
            .flat_map(|row| {
                [
                    row.id.to_arg(),
                    row.data_key.to_arg(),
                    row.ciphertext.to_arg(),
                ]
            })
            .collect();
        let sql = many(
            "INSERT INTO journal_body (entry_id, data_key_id, ciphertext) VALUES ",
            rows.len(),
            3,
        );
        tx.execute(&sql, &args)?;
        let args: Vec<Arg<'_>> = rows.iter().map(|row| row.id.to_arg()).collect();
        let sql = many(
            "INSERT INTO journal_pending (entry_id) VALUES ",
            rows.len(),
            1,
        );
        tx.execute(&sql, &args)?;
    }
    Ok(())
}

/// Version and commitment of the newest entry of an entity.
pub(crate) fn newest_of(db: &mut Db<'_>, entity: Uuid) -> Result<Option<(i64, Hash)>> {
    db.first(
        "SELECT entity_version, commitment FROM journal WHERE entity_id = $1 \
         ORDER BY entity_version DESC LIMIT 1",
        args![entity],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn insert_data_key(
    tx: &mut Tx<'_>,
    id: Uuid,
    kind: &str,
    subject: Uuid,
    wrapped: &[u8],
) -> Result<()> {
    tx.write(
        &DATA_KEY,
        "INSERT INTO data_key (id, kind, subject_id, wrapped) VALUES ($1,$2,$3,$4)",
        args![id, kind, subject, wrapped],
    )?;
    Ok(())
}

pub(crate) fn delete_data_key(tx: &mut Tx<'_>, id: Uuid) -> Result<bool> {
    Ok(tx.delete(&DATA_KEY, "DELETE FROM data_key WHERE id = $1", args![id])? == 1)
}

pub(crate) fn wrapped_key(db: &mut Db<'_>, id: Uuid) -> Result<Option<Vec<u8>>> {
    db.first(
        "SELECT wrapped FROM data_key WHERE id = $1",
        args![id],
        |row| row.get(0),
    )
}

pub(crate) fn any_data_key(db: &mut Db<'_>) -> Result<Option<Vec<u8>>> {
    db.first("SELECT wrapped FROM data_key LIMIT 1", &[], |row| {
        row.get(0)
    })
}

/// An entry that waits for its place.
pub(crate) struct Pending {
    pub(crate) seq: i64,
    pub(crate) id: Uuid,
    pub(crate) commitment: Hash,
}

pub(crate) fn pending(db: &mut Db<'_>, limit: i64) -> Result<Vec<Pending>> {
    db.query(
        "SELECT p.seq, p.entry_id, j.commitment FROM journal_pending p \
         JOIN journal j ON j.id = p.entry_id ORDER BY p.seq LIMIT $1",
        args![limit],
        |row| {
            Ok(Pending {
                seq: row.get(0)?,
                id: row.get(1)?,
                commitment: row.get(2)?,
            })
        },
    )
}

/// The entities of a kind that the first `limit` of the waiting entries tell of.
pub(crate) fn waiting(db: &mut Db<'_>, kind: &str, limit: i64) -> Result<Vec<Uuid>> {
    let found = db.query(
        "SELECT j.entity_kind, j.entity_id FROM journal_pending p \
         JOIN journal j ON j.id = p.entry_id ORDER BY p.seq LIMIT $1",
        args![limit],
        |row| Ok((row.get::<String>(0)?, row.get(1)?)),
    )?;
    let of_kind = found.into_iter().filter(|(of, _)| of == kind);
    Ok(of_kind.map(|(_, entity)| entity).collect())
}

/// Whether nothing was ever recorded here: a store that was just made.
pub fn nothing_recorded(db: &mut Db<'_>) -> Result<bool> {
    Ok(db
        .first("SELECT 1 FROM journal LIMIT 1", &[], |_| Ok(()))?
        .is_none())
}

/// Whether any entry waits for its place; one step into an index.
pub(crate) fn anything_pending(db: &mut Db<'_>) -> Result<bool> {
    Ok(db
        .first("SELECT 1 FROM journal_pending LIMIT 1", &[], |_| Ok(()))?
        .is_some())
}

/// Number of leaves: the tree has no gaps, so the last index tells.
pub(crate) fn tree_size(db: &mut Db<'_>) -> Result<u64> {
    let last: Option<i64> = db.first(
        "SELECT idx FROM journal_leaf ORDER BY idx DESC LIMIT 1",
        &[],
        |row| row.get(0),
    )?;
    Ok(last.map_or(0, |idx| idx.unsigned_abs() + 1))
}

/// Rows of one multi-row statement: few enough for every engine's bound on arguments.
const CHUNK: usize = 64;

pub(crate) fn insert_leaves(tx: &mut Tx<'_>, first: u64, leaves: &[(Uuid, Hash)]) -> Result<()> {
    let mut at = first.cast_signed();
    for chunk in leaves.chunks(CHUNK) {
        let sql = many(
            "INSERT INTO journal_leaf (idx, entry_id, hash) VALUES ",
            chunk.len(),
            3,
        );
        let indexes: Vec<i64> = (at..).take(chunk.len()).collect();
        let args: Vec<Arg<'_>> = chunk
            .iter()
            .zip(&indexes)
            .flat_map(|((id, hash), idx)| [idx.to_arg(), id.to_arg(), hash.to_arg()])
            .collect();
        tx.execute(&sql, &args)?;
        at += i64::try_from(chunk.len()).unwrap_or(i64::MAX);
    }
    Ok(())
}

pub(crate) fn insert_node(tx: &mut Tx<'_>, level: u8, n: u64, hash: &Hash) -> Result<()> {
    tx.execute(
        "INSERT INTO log_node (level, n, hash) VALUES ($1,$2,$3)",
        args![i64::from(level), n.cast_signed(), hash],
    )?;
    Ok(())
}

pub(crate) fn delete_pending(tx: &mut Tx<'_>, seqs: &[i64]) -> Result<()> {
    for chunk in seqs.chunks(CHUNK) {
        let places: Vec<String> = (1..=chunk.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "DELETE FROM journal_pending WHERE seq IN ({})",
            places.join(",")
        );
        let args: Vec<Arg<'_>> = chunk.iter().map(ToArg::to_arg).collect();
        tx.execute(&sql, &args)?;
    }
    Ok(())
}

/// `prefix ($1,$2),($3,$4)…` for `rows` rows of `columns` columns.
fn many(prefix: &str, rows: usize, columns: usize) -> String {
    let mut sql = String::from(prefix);
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 1..=columns {
            if column > 1 {
                sql.push(',');
            }
            sql.push('$');
            sql.push_str(&(row * columns + column).to_string());
        }
        sql.push(')');
    }
    sql
}

/// Leaf hashes `from..to`.
pub(crate) fn leaves(db: &mut Db<'_>, from: u64, to: u64) -> Result<Vec<Hash>> {
    db.query(
        "SELECT hash FROM journal_leaf WHERE idx >= $1 AND idx < $2 ORDER BY idx",
        args![from.cast_signed(), to.cast_signed()],
        |row| row.get(0),
    )
}

/// Commitments of the entries at `from..to`.
pub(crate) fn commitments(db: &mut Db<'_>, from: u64, to: u64) -> Result<Vec<Hash>> {
    db.query(
        "SELECT j.commitment FROM journal_leaf l JOIN journal j ON j.id = l.entry_id \
         WHERE l.idx >= $1 AND l.idx < $2 ORDER BY l.idx",
        args![from.cast_signed(), to.cast_signed()],
        |row| row.get(0),
    )
}

/// Hashes of complete subtrees of a level that is a multiple of eight.
pub(crate) fn nodes(db: &mut Db<'_>, level: u8, from: u64, to: u64) -> Result<Vec<Hash>> {
    db.query(
        "SELECT hash FROM log_node WHERE level = $1 AND n >= $2 AND n < $3 ORDER BY n",
        args![i64::from(level), from.cast_signed(), to.cast_signed()],
        |row| row.get(0),
    )
}

/// A signed tree head as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CheckpointRow {
    pub(crate) size: u64,
    pub(crate) epoch: i64,
    pub(crate) root: Hash,
    pub(crate) note: String,
}

pub(super) fn checkpoint_row(row: &Row<'_>) -> Result<CheckpointRow> {
    Ok(CheckpointRow {
        size: row.get::<i64>(0)?.unsigned_abs(),
        epoch: row.get(1)?,
        root: row.get(2)?,
        note: row.get(3)?,
    })
}

pub(crate) fn newest_checkpoint(db: &mut Db<'_>) -> Result<Option<CheckpointRow>> {
    db.first(
        "SELECT size, epoch, root, note FROM log_checkpoint ORDER BY number DESC LIMIT 1",
        &[],
        checkpoint_row,
    )
}

/// Whether the store keeps this very note.
pub(crate) fn keeps_checkpoint(db: &mut Db<'_>, size: u64, note: &str) -> Result<bool> {
    Ok(db
        .first(
            "SELECT 1 FROM log_checkpoint WHERE epoch > 0 AND size = $1 AND note = $2",
            args![size.cast_signed(), note],
            |_| Ok(()),
        )?
        .is_some())
}

/// Keeps a checkpoint under the next number; a conflict when another node was faster.
pub(crate) fn insert_checkpoint(tx: &mut Tx<'_>, row: &CheckpointRow) -> Result<()> {
    tx.execute(
        "INSERT INTO log_checkpoint (number, size, epoch, root, note) \
         SELECT COALESCE(MAX(number), 0) + 1, CAST($1 AS BIGINT), CAST($2 AS BIGINT), $3, $4 \
         FROM log_checkpoint",
        args![row.size.cast_signed(), row.epoch, row.root, row.note],
    )?;
    Ok(())
}

/// The epoch the log is in: 1 at first, and one more with every entry that tells of a new one.
pub(crate) fn newest_epoch(db: &mut Db<'_>) -> Result<i64> {
    Ok(newest_of(db, crate::epoch::LOG)?.map_or(1, |(opened, _)| opened + 1))
}

/// A placed entry, as followers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Place in the log, without gaps.
    pub idx: u64,
    /// The entry.
    pub id: Uuid,
    /// What happened, like `case.filed`.
    pub action: String,
    /// Kind of the entity.
    pub kind: String,
    /// The entity.
    pub entity: Uuid,
    /// Version of the entity after the entry.
    pub version: i64,
    /// When we wrote it down.
    pub recorded_at: Moment,
    /// When it happened, as told.
    pub occurred_at: Moment,
}

pub(crate) fn placed(db: &mut Db<'_>, from: u64, limit: i64) -> Result<Vec<Placed>> {
    db.query(
        "SELECT l.idx, j.id, j.action, j.entity_kind, j.entity_id, j.entity_version, \
         j.recorded_at, j.occurred_at FROM journal_leaf l JOIN journal j ON j.id = l.entry_id \
         WHERE l.idx >= $1 ORDER BY l.idx LIMIT $2",
        args![from.cast_signed(), limit],
        |row| {
            Ok(Placed {
                idx: row.get::<i64>(0)?.unsigned_abs(),
                id: row.get(1)?,
                action: row.get(2)?,
                kind: row.get(3)?,
                entity: row.get(4)?,
                version: row.get(5)?,
                recorded_at: row.get(6)?,
                occurred_at: row.get(7)?,
            })
        },
    )
}

/// One entry of an entity with its body and place.
pub(crate) struct StoredEntry {
    pub(crate) id: Uuid,
    pub(crate) recorded_at: Moment,
    pub(crate) occurred_at: Moment,
    pub(crate) action: String,
    pub(crate) kind: String,
    pub(crate) entity: Uuid,
    pub(crate) version: i64,
    pub(crate) commitment: Hash,
    pub(crate) touched: Vec<u8>,
    pub(crate) data_key: Option<Uuid>,
    pub(crate) ciphertext: Option<Vec<u8>>,
    /// The data key, wrapped; none for the installation's and for one that was destroyed.
    pub(crate) wrapped: Option<Vec<u8>>,
    pub(crate) idx: Option<u64>,
    pub(crate) leaf: Option<Hash>,
}

/// The columns of [`stored`].
pub(super) const STORED: &str = "SELECT j.id, j.recorded_at, j.occurred_at, j.action, j.entity_kind, \
     j.entity_id, j.entity_version, j.commitment, j.touched, b.data_key_id, b.ciphertext, k.wrapped, \
     l.idx, l.hash FROM journal j LEFT JOIN journal_body b ON b.entry_id = j.id \
     LEFT JOIN data_key k ON k.id = b.data_key_id \
     LEFT JOIN journal_leaf l ON l.entry_id = j.id";

pub(super) fn stored(row: &Row<'_>) -> Result<StoredEntry> {
    Ok(StoredEntry {
        id: row.get(0)?,
        recorded_at: row.get(1)?,
        occurred_at: row.get(2)?,
        action: row.get(3)?,
        kind: row.get(4)?,
        entity: row.get(5)?,
        version: row.get(6)?,
        commitment: row.get(7)?,
        touched: row.get(8)?,
        data_key: row.get(9)?,
        ciphertext: row.get(10)?,
        wrapped: row.get(11)?,
        idx: row.get::<Option<i64>>(12)?.map(i64::unsigned_abs),
        leaf: row.get(13)?,
    })
}

/// One entry of a history: what is told of it, and its body with the key.
pub(crate) struct ToldEntry {
    pub(crate) id: Uuid,
    pub(crate) recorded_at: Moment,
    pub(crate) occurred_at: Moment,
    pub(crate) action: String,
    pub(crate) version: i64,
    pub(crate) data_key: Option<Uuid>,
    pub(crate) ciphertext: Option<Vec<u8>>,
    /// The data key, as [`StoredEntry::wrapped`].
    pub(crate) wrapped: Option<Vec<u8>>,
    pub(crate) idx: Option<u64>,
}

/// The first `limit` entries of an entity as a history tells them, oldest first.
pub(crate) fn history_of(db: &mut Db<'_>, entity: Uuid, limit: i64) -> Result<Vec<ToldEntry>> {
    db.query(
        "SELECT j.id, j.recorded_at, j.occurred_at, j.action, j.entity_version, b.data_key_id, \
         b.ciphertext, k.wrapped, l.idx FROM journal j \
         LEFT JOIN journal_body b ON b.entry_id = j.id \
         LEFT JOIN data_key k ON k.id = b.data_key_id \
         LEFT JOIN journal_leaf l ON l.entry_id = j.id \
         WHERE j.entity_id = $1 ORDER BY j.entity_version LIMIT $2",
        args![entity, limit],
        |row| {
            Ok(ToldEntry {
                id: row.get(0)?,
                recorded_at: row.get(1)?,
                occurred_at: row.get(2)?,
                action: row.get(3)?,
                version: row.get(4)?,
                data_key: row.get(5)?,
                ciphertext: row.get(6)?,
                wrapped: row.get(7)?,
                idx: row.get::<Option<i64>>(8)?.map(i64::unsigned_abs),
            })
        },
    )
}

/// Whether an entity has an entry of one of these actions that was written down as it happened.
pub(crate) fn happened_here(db: &mut Db<'_>, entity: Uuid, actions: &[&str]) -> Result<bool> {
    let places: Vec<String> = (0..actions.len()).map(|n| format!("${}", n + 2)).collect();
    let mut args = vec![entity.to_arg()];
    args.extend(actions.iter().map(ToArg::to_arg));
    let found = db.first(
        &format!(
            "SELECT 1 FROM journal WHERE entity_id = $1 AND occurred_at = recorded_at \
             AND action IN ({}) LIMIT 1",
            places.join(",")
        ),
        &args,
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// The first `limit` entries of an entity, oldest first.
pub(crate) fn entries_of(db: &mut Db<'_>, entity: Uuid, limit: i64) -> Result<Vec<StoredEntry>> {
    db.query(
        &format!("{STORED} WHERE j.entity_id = $1 ORDER BY j.entity_version LIMIT $2"),
        args![entity, limit],
        stored,
    )
}

/// The entries of some entities, those of one together and oldest first.
pub(crate) fn each_entry_of_all(
    db: &mut Db<'_>,
    entities: &[Uuid],
    mut f: impl FnMut(StoredEntry) -> Result<()>,
) -> Result<()> {
    for some in entities.chunks(CHUNK) {
        let places: Vec<String> = (1..=some.len()).map(|n| format!("${n}")).collect();
        let args: Vec<Arg<'_>> = some.iter().map(ToArg::to_arg).collect();
        let text = format!(
            "{STORED} WHERE j.entity_id IN ({}) ORDER BY j.entity_id, j.entity_version",
            places.join(",")
        );
        db.each(&text, &args, |row| f(stored(row)?))?;
    }
    Ok(())
}

/// The newest entry of an entity.
pub(crate) fn newest_entry_of(db: &mut Db<'_>, entity: Uuid) -> Result<Option<StoredEntry>> {
    db.first(
        &format!("{STORED} WHERE j.entity_id = $1 ORDER BY j.entity_version DESC LIMIT 1"),
        args![entity],
        stored,
    )
}

/// Every entry of an entity, oldest first.
pub(crate) fn each_entry_of(
    db: &mut Db<'_>,
    entity: Uuid,
    mut f: impl FnMut(Result<StoredEntry>),
) -> Result<()> {
    db.each(
        &format!("{STORED} WHERE j.entity_id = $1 ORDER BY j.entity_version"),
        args![entity],
        |row| {
            f(stored(row));
            Ok(())
        },
    )
}

pub(crate) fn follower_position(db: &mut Db<'_>, name: &str) -> Result<u64> {
    let next: Option<i64> = db.first(
        "SELECT next_idx FROM follower WHERE name = $1",
        args![name],
        |row| row.get(0),
    )?;
    Ok(next.map_or(0, i64::unsigned_abs))
}

pub(crate) fn save_follower_position(tx: &mut Tx<'_>, name: &str, next: u64) -> Result<()> {
    tx.execute(
        "INSERT INTO follower (name, next_idx) VALUES ($1,$2) \
         ON CONFLICT (name) DO UPDATE SET next_idx = excluded.next_idx",
        args![name, next.cast_signed()],
    )?;
    Ok(())
}
