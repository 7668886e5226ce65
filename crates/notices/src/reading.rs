//! A person's page of notices: the list, the count of what is unread, and marking it read.

use base::id::PersonId;
use base::page::Page;
use base::{Actor, Cursor, Error, Moment, Result};
use journal::Journal;
use store::Db;
use uuid::Uuid;

use crate::facts::Facts;
use crate::kinds::Kind;
use crate::sql::{self, NoticeRow};
use crate::{Notices, topic};

/// Rows of a page.
const ROWS: usize = 30;
/// Up to here the unread are counted.
const COUNTED: i64 = 100;

/// A notice as its addressee sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Which.
    pub id: Uuid,
    /// Place of its entry in the log.
    pub idx: i64,
    /// What it is about.
    pub kind: Kind,
    /// What it says.
    pub facts: Facts,
    /// When it was made.
    pub made_at: Moment,
    /// Whether it was read.
    pub read: bool,
}

/// How many notices somebody has not read, counted up to a hundred; for the head of every page.
pub fn unread(db: &mut Db<'_>, person: PersonId) -> Result<u32> {
    let count = sql::unread(db, person, COUNTED)?;
    Ok(u32::try_from(count).unwrap_or(0))
}

impl Notices {
    /// A page of the actor's notices, newest first.
    pub async fn list(&self, actor: &Actor, after: Option<&str>) -> Result<Page<Notice>> {
        self.list_some(actor, after, ROWS).await
    }

    /// The same, of so many rows.
    pub async fn list_some(
        &self,
        actor: &Actor,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Notice>> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let after = after
            .map(|cursor| {
                let wrong = || Error::Malformed("error-cursor");
                let parts = Cursor::read(cursor, 2).ok_or_else(wrong)?;
                let idx: i64 = parts[0].parse().map_err(|_| wrong())?;
                let id: Uuid = parts[1].parse().map_err(|_| wrong())?;
                Ok::<_, Error>((idx, id))
            })
            .transpose()?;
        let journal = self.0.journal.clone();
        let notices = self
            .store()
            .read(move |db| {
                let rows = sql::page(db, person, after, limit + 1)?;
                let mut notices = Vec::with_capacity(rows.len());
                for row in rows {
                    notices.extend(opened(db, &journal, &row)?);
                }
                Ok(notices)
            })
            .await?;
        Ok(Page::of(notices, limit, |notice| {
            Cursor::of(&[&notice.idx.to_string(), &notice.id.to_string()])
        }))
    }

    /// Marks a notice as read; the notice, so that the page can lead to what it is about.
    pub async fn open(&self, actor: &Actor, id: Uuid) -> Result<Notice> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        let journal = self.0.journal.clone();
        self.store()
            .housekeeping(move |tx| {
                let row = sql::mark_read(tx, person, id)?.ok_or(Error::NotFound)?;
                opened(tx, &journal, &row)?.ok_or(Error::NotFound)
            })
            .await
    }

    /// Marks everything up to the newest that the actor was shown as read.
    pub async fn open_all(&self, actor: &Actor, newest: i64) -> Result<()> {
        let person = actor.person().ok_or(Error::Unauthenticated)?;
        self.store()
            .housekeeping(move |tx| {
                while sql::mark_all_read(tx, person, newest)? == 1_000 {}
                Ok(())
            })
            .await
    }

    /// The topic that the actor's page listens to.
    pub fn topic(&self, actor: &Actor) -> Result<String> {
        Ok(topic(actor.person().ok_or(Error::Unauthenticated)?.0))
    }
}

/// A notice with its words; none when its kind is no more known. A destroyed key leaves the notice
/// without words.
fn opened(db: &mut Db<'_>, journal: &Journal, row: &NoticeRow) -> Result<Option<Notice>> {
    let Some(kind) = Kind::from_code(&row.kind) else {
        return Ok(None);
    };
    let facts = match journal.keys().load(db, row.data_key) {
        Ok(key) => Facts::open(&key, row.id, &row.body)?,
        Err(Error::NotFound) => Facts::default(),
        Err(other) => return Err(other),
    };
    Ok(Some(Notice {
        id: row.id,
        idx: row.idx,
        kind,
        facts,
        made_at: row.made_at,
        read: row.read_at.is_some(),
    }))
}
