//! Every SQL text of the room, with the functions that run it.

use base::id::CaseId;
use base::{Moment, Result};
use store::{Db, Row, Table, Tx, args};
use uuid::Uuid;

use super::vk::Met;

/// Notices.
pub(crate) const POST: Table = Table {
    name: "network_post",
    key: &["id"],
};

/// A notice as it is kept, with how it is met.
pub(crate) struct PostRow {
    pub(crate) id: Uuid,
    pub(crate) service: String,
    pub(crate) words: String,
    pub(crate) state: String,
    pub(crate) publish_at: Moment,
    pub(crate) made_at: Moment,
    pub(crate) outer: Option<i64>,
    pub(crate) published_at: Option<Moment>,
    pub(crate) problem: Option<String>,
    pub(crate) met: Met,
}

const POST_COLUMNS: &str = "p.id, p.service, p.words, p.state, p.publish_at, p.made_at, p.outer_id, \
    p.published_at, l.problem, l.comments, l.reposts, l.likes, l.views \
    FROM network_post p LEFT JOIN network_look l ON l.post_id = p.id";

fn post_row(row: &Row<'_>) -> Result<PostRow> {
    let count = |at: usize| -> Result<i64> { Ok(row.get::<Option<i64>>(at)?.unwrap_or(0)) };
    Ok(PostRow {
        id: row.get(0)?,
        service: row.get(1)?,
        words: row.get(2)?,
        state: row.get(3)?,
        publish_at: row.get(4)?,
        made_at: row.get(5)?,
        outer: row.get(6)?,
        published_at: row.get(7)?,
        problem: row.get(8)?,
        met: Met {
            comments: count(9)?,
            reposts: count(10)?,
            likes: count(11)?,
            views: count(12)?,
        },
    })
}

/// A page of notices, newest first.
pub(crate) fn posts(db: &mut Db<'_>, after: Uuid, limit: usize) -> Result<Vec<PostRow>> {
    db.query(
        &format!("SELECT {POST_COLUMNS} WHERE p.id < $1 ORDER BY p.id DESC LIMIT $2"),
        args![after, limit],
        post_row,
    )
}

pub(crate) fn post(db: &mut Db<'_>, id: Uuid) -> Result<Option<PostRow>> {
    db.first(
        &format!("SELECT {POST_COLUMNS} WHERE p.id = $1"),
        args![id],
        post_row,
    )
}

/// Notices whose hour has come.
pub(crate) fn due_posts(db: &mut Db<'_>, now: Moment, limit: usize) -> Result<Vec<PostRow>> {
    db.query(
        &format!(
            "SELECT {POST_COLUMNS} WHERE p.state = 'planned' AND p.publish_at <= $1 \
             AND (l.next_at IS NULL OR l.next_at <= $1) ORDER BY p.publish_at, p.id LIMIT $2"
        ),
        args![now, limit],
        post_row,
    )
}

/// Notices on the wall, newest first.
pub(crate) fn published_posts(db: &mut Db<'_>, limit: usize) -> Result<Vec<PostRow>> {
    db.query(
        &format!(
            "SELECT {POST_COLUMNS} WHERE p.state = 'published' \
             ORDER BY p.published_at DESC, p.id DESC LIMIT $1"
        ),
        args![limit],
        post_row,
    )
}

pub(crate) fn insert_post(
    tx: &mut Tx<'_>,
    id: Uuid,
    service: &str,
    words: &str,
    publish_at: Moment,
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &POST,
        "INSERT INTO network_post (id, service, words, state, publish_at, made_at) \
         VALUES ($1,$2,$3,'planned',$4,$5)",
        args![id, service, words, publish_at, now],
    )?;
    Ok(())
}

/// Marks a notice as standing on the wall; 0 when it was already, or was withdrawn.
pub(crate) fn publish_post(tx: &mut Tx<'_>, id: Uuid, outer: i64) -> Result<u64> {
    let now = tx.now();
    tx.write(
        &POST,
        "UPDATE network_post SET state = 'published', outer_id = $2, published_at = $3 \
         WHERE id = $1 AND state = 'planned'",
        args![id, outer, now],
    )
}

pub(crate) fn withdraw_post(tx: &mut Tx<'_>, id: Uuid) -> Result<u64> {
    tx.write(
        &POST,
        "UPDATE network_post SET state = 'withdrawn' WHERE id = $1 AND state = 'planned'",
        args![id],
    )
}

/// A try that came to nothing; how many there were.
pub(crate) fn try_again(tx: &mut Tx<'_>, post: Uuid, problem: &str) -> Result<()> {
    let now = tx.now();
    let before: Option<i64> = tx.first(
        "SELECT attempts FROM network_look WHERE post_id = $1",
        args![post],
        |row| row.get(0),
    )?;
    let attempts = before.unwrap_or(0) + 1;
    let next = now.plus_seconds(journal::jobs::pause_seconds(attempts));
    tx.execute(
        "INSERT INTO network_look (post_id, attempts, next_at, problem, comments, reposts, likes, views) \
         VALUES ($1,$2,$3,$4,0,0,0,0) ON CONFLICT (post_id) DO UPDATE SET \
         attempts = excluded.attempts, next_at = excluded.next_at, problem = excluded.problem",
        args![post, attempts, next, problem],
    )?;
    Ok(())
}

/// How a notice is met now.
pub(crate) fn met(tx: &mut Tx<'_>, post: Uuid, met: Met) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "INSERT INTO network_look (post_id, attempts, next_at, problem, comments, reposts, likes, views) \
         VALUES ($1,0,$2,'',$3,$4,$5,$6) ON CONFLICT (post_id) DO UPDATE SET attempts = 0, problem = '', \
         comments = excluded.comments, reposts = excluded.reposts, likes = excluded.likes, views = excluded.views",
        args![post, now, met.comments, met.reposts, met.likes, met.views],
    )?;
    Ok(())
}

/// Something that came, as it is kept.
pub(crate) struct ItemRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) came_at: Moment,
    pub(crate) state: String,
    pub(crate) verdict: String,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) reason: Option<Vec<u8>>,
    pub(crate) case_number: Option<String>,
    pub(crate) told: String,
    pub(crate) attempts: i64,
}

const ITEM_COLUMNS: &str = "id, kind, came_at, state, verdict, body, reason, case_number, told, attempts \
    FROM network_item";

fn item_row(row: &Row<'_>) -> Result<ItemRow> {
    Ok(ItemRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        came_at: row.get(2)?,
        state: row.get(3)?,
        verdict: row.get(4)?,
        body: row.get(5)?,
        reason: row.get(6)?,
        case_number: row.get(7)?,
        told: row.get(8)?,
        attempts: row.get(9)?,
    })
}

/// Something new that came.
pub(crate) struct NewItem {
    pub(crate) id: Uuid,
    pub(crate) thing: Vec<u8>,
    pub(crate) kind: &'static str,
    pub(crate) post: i64,
    pub(crate) state: &'static str,
    pub(crate) verdict: &'static str,
    pub(crate) body: Vec<u8>,
    pub(crate) keep_until: Moment,
}

/// Writes down what came; false when it is known.
pub(crate) fn insert_item(tx: &mut Tx<'_>, new: &NewItem) -> Result<bool> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO network_item (id, thing, kind, outer_post, came_at, state, verdict, body, keep_until, \
         told, attempts, next_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,'nothing',0,$5) \
         ON CONFLICT (thing) DO NOTHING",
        args![
            new.id,
            new.thing.clone(),
            new.kind,
            new.post,
            now,
            new.state,
            new.verdict,
            new.body.clone(),
            new.keep_until
        ],
    )?;
    Ok(written == 1)
}

/// Which of these things are known; hashes of at most a page.
pub(crate) fn is_known(db: &mut Db<'_>, thing: &[u8]) -> Result<bool> {
    let found: Option<Uuid> = db.first(
        "SELECT id FROM network_item WHERE thing = $1",
        args![thing.to_vec()],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// A page of what came, newest first.
pub(crate) fn items(db: &mut Db<'_>, after: Uuid, limit: usize) -> Result<Vec<ItemRow>> {
    db.query(
        &format!("SELECT {ITEM_COLUMNS} WHERE id < $1 ORDER BY id DESC LIMIT $2"),
        args![after, limit],
        item_row,
    )
}

pub(crate) fn item(db: &mut Db<'_>, id: Uuid) -> Result<Option<ItemRow>> {
    db.first(
        &format!("SELECT {ITEM_COLUMNS} WHERE id = $1"),
        args![id],
        item_row,
    )
}

/// What nobody has looked at yet.
pub(crate) fn new_items(db: &mut Db<'_>, now: Moment, limit: usize) -> Result<Vec<ItemRow>> {
    db.query(
        &format!(
            "SELECT {ITEM_COLUMNS} WHERE state = 'new' AND next_at <= $1 ORDER BY next_at, id LIMIT $2"
        ),
        args![now, limit],
        item_row,
    )
}

/// Whose authors are to be told something.
pub(crate) fn items_to_tell(db: &mut Db<'_>, now: Moment, limit: usize) -> Result<Vec<ItemRow>> {
    db.query(
        &format!(
            "SELECT {ITEM_COLUMNS} WHERE told IN ('due_number', 'due_answer') AND next_at <= $1 \
             ORDER BY next_at, id LIMIT $2"
        ),
        args![now, limit],
        item_row,
    )
}

/// Who wrote it is known by name now.
pub(crate) fn name_item(tx: &mut Tx<'_>, id: Uuid, body: &[u8]) -> Result<u64> {
    tx.execute(
        "UPDATE network_item SET body = $2 WHERE id = $1 AND body IS NOT NULL",
        args![id, body.to_vec()],
    )
}

/// What was judged to be no case.
pub(crate) fn count_item(tx: &mut Tx<'_>, id: Uuid, verdict: &str) -> Result<u64> {
    tx.execute(
        "UPDATE network_item SET state = 'counted', verdict = $2 WHERE id = $1 AND state = 'new'",
        args![id, verdict],
    )
}

/// It is a case now, and its author is to be told the number.
pub(crate) fn file_item(
    tx: &mut Tx<'_>,
    id: Uuid,
    (case, number): (CaseId, &str),
    keep_until: Moment,
) -> Result<u64> {
    let now = tx.now();
    tx.execute(
        "UPDATE network_item SET state = 'filed', case_id = $2, case_number = $3, told = 'due_number', \
         attempts = 0, next_at = $4, keep_until = $5, reason = NULL \
         WHERE id = $1 AND state <> 'filed'",
        args![id, case, number, now, keep_until],
    )
}

/// A person has set it aside.
pub(crate) fn leave_item(
    tx: &mut Tx<'_>,
    id: Uuid,
    reason: &[u8],
    keep_until: Moment,
) -> Result<u64> {
    tx.execute(
        "UPDATE network_item SET state = 'left', reason = $2, keep_until = $3 \
         WHERE id = $1 AND state IN ('new', 'counted')",
        args![id, reason.to_vec(), keep_until],
    )
}

/// The answer of a case is ready: its author is to be told.
pub(crate) fn answer_is_ready(tx: &mut Tx<'_>, case: Uuid) -> Result<u64> {
    let now = tx.now();
    tx.execute(
        "UPDATE network_item SET told = 'due_answer', attempts = 0, next_at = $2 \
         WHERE case_id = $1 AND told IN ('due_number', 'number')",
        args![case, now],
    )
}

/// It was told, unless something else is to be told meanwhile.
pub(crate) fn was_told(
    tx: &mut Tx<'_>,
    id: Uuid,
    (due, told): (&str, &str),
    keep_until: Moment,
) -> Result<u64> {
    tx.execute(
        "UPDATE network_item SET told = $3, attempts = 0, keep_until = $4 WHERE id = $1 AND told = $2",
        args![id, due, told, keep_until],
    )
}

/// Later again.
pub(crate) fn put_item_off(tx: &mut Tx<'_>, id: Uuid, attempts: i64, next: Moment) -> Result<u64> {
    tx.execute(
        "UPDATE network_item SET attempts = $2, next_at = $3 WHERE id = $1",
        args![id, attempts, next],
    )
}

/// Nothing more is told: nobody can be reached there.
pub(crate) fn stop_telling(tx: &mut Tx<'_>, id: Uuid) -> Result<u64> {
    tx.execute(
        "UPDATE network_item SET told = 'nothing' WHERE id = $1",
        args![id],
    )
}

/// Throws away who wrote and what, where its time is over.
pub(crate) fn forget(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.execute(
        "UPDATE network_item SET body = NULL, reason = NULL WHERE id IN (SELECT id FROM network_item \
         WHERE body IS NOT NULL AND keep_until < $1 ORDER BY keep_until, id LIMIT 500)",
        args![now],
    )
}
