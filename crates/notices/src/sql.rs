//! Every SQL text of the slice, with the functions that run it.

use base::id::{CaseId, PersonId};
use base::{Language, Moment, Result};
use store::{Db, Table, Tx, args};
use uuid::Uuid;

use crate::kinds::{Channel, Kind};

pub(crate) const WISH: Table = Table {
    name: "notice_wish",
    key: &["id"],
};
pub(crate) const TEMPLATE: Table = Table {
    name: "notice_template",
    key: &["id"],
};

/// A notice to be written down.
pub(crate) struct NewNotice {
    pub(crate) id: Uuid,
    pub(crate) idx: u64,
    pub(crate) addressee: Uuid,
    pub(crate) channel: Channel,
    pub(crate) kind: Kind,
    pub(crate) case: CaseId,
    pub(crate) data_key: Uuid,
    pub(crate) body: Vec<u8>,
}

/// Writes a notice down; false when the same was told already.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &NewNotice) -> Result<bool> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO notice (id, idx, addressee_id, channel, kind, case_id, data_key_id, made_at, body) \
         VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) \
         ON CONFLICT (idx, addressee_id, channel, kind) DO NOTHING",
        args![
            new.id,
            new.idx.cast_signed(),
            new.addressee,
            new.channel.code(),
            new.kind.code(),
            new.case,
            new.data_key,
            now,
            new.body
        ],
    )?;
    Ok(written == 1)
}

/// Entries before the present one among which the one just told is looked for.
const LATELY: i64 = 1_000;

/// Whether somebody was told the same of the case by an entry shortly before this one.
pub(crate) fn told_lately(
    db: &mut Db<'_>,
    addressee: Uuid,
    case: CaseId,
    kind: Kind,
    idx: u64,
    since: Moment,
) -> Result<bool> {
    let idx = idx.cast_signed();
    let found: Option<i64> = db.first(
        "SELECT idx FROM notice WHERE addressee_id = $1 AND channel = 'cabinet' \
         AND idx >= $2 AND idx < $3 AND case_id = $4 AND kind = $5 AND made_at >= $6 LIMIT 1",
        args![addressee, idx - LATELY, idx, case, kind.code(), since],
        |row| row.get(0),
    )?;
    Ok(found.is_some())
}

/// Marks what a person was told of a case as read, among the newest thousand unread.
pub(crate) fn mark_case_read(tx: &mut Tx<'_>, person: PersonId, case: CaseId) -> Result<u64> {
    let now = tx.now();
    tx.execute(
        "UPDATE notice SET read_at = $3 WHERE id IN (SELECT id FROM (SELECT id, case_id \
         FROM notice WHERE addressee_id = $1 AND channel = 'cabinet' AND read_at IS NULL \
         ORDER BY idx DESC, id DESC LIMIT 1000) AS newest WHERE case_id = $2)",
        args![person, case, now],
    )
}

/// A notice of the cabinet as it is kept.
pub(crate) struct NoticeRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) data_key: Uuid,
    pub(crate) made_at: Moment,
    pub(crate) read_at: Option<Moment>,
    pub(crate) body: Vec<u8>,
    pub(crate) idx: i64,
}

/// A person's notices, newest first, those before `after`.
pub(crate) fn page(
    db: &mut Db<'_>,
    person: PersonId,
    after: Option<(i64, Uuid)>,
    limit: usize,
) -> Result<Vec<NoticeRow>> {
    let (idx, id) = after.unwrap_or((i64::MAX, Uuid::max()));
    db.query(
        "SELECT id, kind, data_key_id, made_at, read_at, body, idx FROM notice \
         WHERE addressee_id = $1 AND channel = 'cabinet' AND (idx, id) < ($2, $3) \
         ORDER BY idx DESC, id DESC LIMIT $4",
        args![person, idx, id, limit],
        |row| {
            Ok(NoticeRow {
                id: row.get(0)?,
                kind: row.get(1)?,
                data_key: row.get(2)?,
                made_at: row.get(3)?,
                read_at: row.get(4)?,
                body: row.get(5)?,
                idx: row.get(6)?,
            })
        },
    )
}

/// How many a person has not read, counted up to `most`.
pub(crate) fn unread(db: &mut Db<'_>, person: PersonId, most: i64) -> Result<i64> {
    db.one(
        "SELECT count(*) FROM (SELECT 1 FROM notice \
         WHERE addressee_id = $1 AND channel = 'cabinet' AND read_at IS NULL LIMIT $2) AS found",
        args![person, most],
        |row| row.get(0),
    )
}

/// Marks one notice as read; its kind, key and body when it is this person's.
pub(crate) fn mark_read(tx: &mut Tx<'_>, person: PersonId, id: Uuid) -> Result<Option<NoticeRow>> {
    let now = tx.now();
    tx.execute(
        "UPDATE notice SET read_at = $3 WHERE id = $1 AND addressee_id = $2 AND read_at IS NULL",
        args![id, person, now],
    )?;
    tx.first(
        "SELECT id, kind, data_key_id, made_at, read_at, body, idx FROM notice \
         WHERE id = $1 AND addressee_id = $2 AND channel = 'cabinet'",
        args![id, person],
        |row| {
            Ok(NoticeRow {
                id: row.get(0)?,
                kind: row.get(1)?,
                data_key: row.get(2)?,
                made_at: row.get(3)?,
                read_at: row.get(4)?,
                body: row.get(5)?,
                idx: row.get(6)?,
            })
        },
    )
}

/// Marks up to a thousand notices up to `newest`, a place in the log, as read; how many there were.
pub(crate) fn mark_all_read(tx: &mut Tx<'_>, person: PersonId, newest: i64) -> Result<u64> {
    let now = tx.now();
    tx.execute(
        "UPDATE notice SET read_at = $3 WHERE id IN (SELECT id FROM notice \
         WHERE addressee_id = $1 AND channel = 'cabinet' AND read_at IS NULL AND idx <= $2 \
         ORDER BY idx LIMIT 1000)",
        args![person, newest, now],
    )
}

/// The newest entry that anybody was told of.
pub(crate) fn newest_told(db: &mut Db<'_>) -> Result<i64> {
    Ok(db
        .one("SELECT MAX(idx) FROM notice", &[], |row| {
            row.get::<Option<i64>>(0)
        })?
        .unwrap_or(-1))
}

/// Who was told of entries after `idx`, in the cabinet.
pub(crate) fn told_since(db: &mut Db<'_>, idx: i64, limit: i64) -> Result<Vec<(i64, Uuid)>> {
    db.query(
        "SELECT idx, addressee_id FROM notice WHERE idx > $1 ORDER BY idx LIMIT $2",
        args![idx, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What a person does not want, with the row's identifier.
pub(crate) fn wish(db: &mut Db<'_>, person: PersonId) -> Result<Option<(Uuid, String)>> {
    db.first(
        "SELECT id, unwanted FROM notice_wish WHERE person_id = $1",
        args![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

pub(crate) fn put_wish(tx: &mut Tx<'_>, id: Uuid, person: PersonId, unwanted: &str) -> Result<()> {
    let now = tx.now();
    tx.write(
        &WISH,
        "INSERT INTO notice_wish (id, person_id, unwanted, changed_at) VALUES ($1,$2,$3,$4) \
         ON CONFLICT (id) DO UPDATE SET unwanted = excluded.unwanted, changed_at = excluded.changed_at",
        args![id, person, unwanted, now],
    )?;
    Ok(())
}

/// A template that the installation has changed.
pub(crate) struct TemplateRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) language: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) changed_at: Moment,
}

fn template_row(row: &store::Row<'_>) -> Result<TemplateRow> {
    Ok(TemplateRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        language: row.get(2)?,
        subject: row.get(3)?,
        body: row.get(4)?,
        changed_at: row.get(5)?,
    })
}

pub(crate) fn template(
    db: &mut Db<'_>,
    kind: Kind,
    language: Language,
) -> Result<Option<TemplateRow>> {
    db.first(
        "SELECT id, kind, language, subject, body, changed_at FROM notice_template \
         WHERE kind = $1 AND language = $2",
        args![kind.code(), language.tag()],
        template_row,
    )
}

/// Every changed template; there are no more than kinds and languages.
pub(crate) fn templates(db: &mut Db<'_>) -> Result<Vec<TemplateRow>> {
    db.query(
        "SELECT id, kind, language, subject, body, changed_at FROM notice_template \
         ORDER BY kind, language LIMIT 200",
        &[],
        template_row,
    )
}

pub(crate) fn put_template(
    tx: &mut Tx<'_>,
    id: Uuid,
    kind: Kind,
    language: Language,
    words: &crate::Template,
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &TEMPLATE,
        "INSERT INTO notice_template (id, kind, language, subject, body, changed_at) \
         VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (id) DO UPDATE SET subject = excluded.subject, \
         body = excluded.body, changed_at = excluded.changed_at",
        args![
            id,
            kind.code(),
            language.tag(),
            words.subject,
            words.body,
            now
        ],
    )?;
    Ok(())
}

pub(crate) fn delete_template(tx: &mut Tx<'_>, id: Uuid) -> Result<()> {
    tx.delete(
        &TEMPLATE,
        "DELETE FROM notice_template WHERE id = $1",
        args![id],
    )?;
    Ok(())
}
