//! Files that come piece by piece over a line that breaks: begun with a length and a name, gone on
//! with where they stopped, and used up by a draft or a case. Nothing of them is looked at before
//! they are whole; then they are judged as every other file.

use base::{Actor, Error, Moment, Result};
use uuid::Uuid;

use crate::Cases;
use crate::documents::Upload;
use crate::sql::{self, UploadRow};

/// For how many seconds an upload may go on.
const SECONDS: i64 = 24 * 3600;

/// The most uploads that an account has under way.
const MOST: usize = 10;

/// The most bytes that are kept as one piece.
pub(crate) const PIECE_MOST: usize = 1024 * 1024;

/// The most bytes of a file's name.
const NAME_MOST: usize = 400;

/// How far an upload has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UploadStanding {
    /// The whole file, in bytes.
    pub length: u64,
    /// What has come of it.
    pub reached: u64,
    /// Until when it may go on.
    pub expires_at: Moment,
}

impl UploadStanding {
    fn of(row: &UploadRow) -> Self {
        let bytes = |number: i64| u64::try_from(number).unwrap_or_default();
        Self {
            length: bytes(row.length),
            reached: bytes(row.reached),
            expires_at: row.expires_at,
        }
    }
}

fn name_context(id: Uuid) -> String {
    format!("case.upload.name:{id}")
}

fn piece_context(id: Uuid, starts_at: i64) -> String {
    format!("case.upload.piece:{id}:{starts_at}")
}

impl Cases {
    /// The most bytes of one file.
    pub fn largest_file(&self) -> Result<u64> {
        Ok(u64::try_from(self.vault()?.limits().bytes).unwrap_or(u64::MAX))
    }

    /// Begins an upload of `length` bytes, which is known not to be too long.
    pub async fn begin_upload(
        &self,
        actor: &Actor,
        length: u64,
        name: &str,
    ) -> Result<(Uuid, UploadStanding)> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let name: String = name.chars().take(NAME_MOST).collect();
        let store = self.0.journal.store();
        let now = store.now();
        let id = base::id::new_uuid(now);
        let key = self.0.journal.keys().installation();
        let row = UploadRow {
            name: key.seal(&name_context(id), name.as_bytes())?,
            length: i64::try_from(length).map_err(Error::internal)?,
            reached: 0,
            expires_at: now.plus_seconds(SECONDS),
        };
        let standing = UploadStanding::of(&row);
        store
            .housekeeping(move |tx| {
                sql::sweep_uploads(tx)?;
                let most = i64::try_from(MOST).unwrap_or(i64::MAX);
                if sql::uploads_of(tx, account, now, most)? >= MOST {
                    return Err(Error::Conflict("case-error-many-uploads"));
                }
                sql::insert_upload(tx, id, account, &row)
            })
            .await?;
        Ok((id, standing))
    }

    /// How far an upload of the actor's own has come.
    pub async fn upload_standing(&self, actor: &Actor, id: Uuid) -> Result<UploadStanding> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let store = self.0.journal.store();
        let now = store.now();
        let row = store
            .read(move |db| sql::upload(db, id, account, now))
            .await?;
        row.map(|row| UploadStanding::of(&row))
            .ok_or(Error::NotFound)
    }

    /// Keeps one more piece, which begins where the upload stopped.
    pub async fn continue_upload(
        &self,
        actor: &Actor,
        id: Uuid,
        starts_at: u64,
        bytes: &[u8],
    ) -> Result<UploadStanding> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let starts_at = i64::try_from(starts_at).map_err(Error::internal)?;
        let length = i64::try_from(bytes.len()).map_err(Error::internal)?;
        let key = self.0.journal.keys().installation();
        let sealed = key.seal(&piece_context(id, starts_at), bytes)?;
        let store = self.0.journal.store();
        let now = store.now();
        store
            .housekeeping(move |tx| {
                tx.lock("case_upload", id)?;
                let mut row = sql::upload(tx, id, account, now)?.ok_or(Error::NotFound)?;
                if row.reached != starts_at {
                    return Err(Error::Conflict("case-error-upload-offset"));
                }
                if row.reached + length > row.length {
                    return Err(Error::Malformed("case-error-upload-long"));
                }
                row.reached += length;
                sql::insert_piece(tx, id, starts_at, &sealed, row.reached)?;
                Ok(UploadStanding::of(&row))
            })
            .await
    }

    /// An upload that is whole, as the file that it is.
    pub async fn uploaded(&self, actor: &Actor, id: Uuid) -> Result<Upload> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let store = self.0.journal.store();
        let now = store.now();
        let key = self.0.journal.keys().installation();
        store
            .read(move |db| {
                let unknown = || Error::field("upload", "case-error-no-upload");
                let row = sql::upload(db, id, account, now)?.ok_or_else(unknown)?;
                if row.reached < row.length {
                    return Err(Error::field("upload", "case-error-upload-part"));
                }
                let mut bytes = Vec::with_capacity(usize::try_from(row.length).unwrap_or(0));
                for (starts_at, sealed) in sql::pieces(db, id)? {
                    bytes.extend(key.open(&piece_context(id, starts_at), &sealed)?);
                }
                let name = key.open(&name_context(id), &row.name)?;
                Ok(Upload {
                    name: String::from_utf8(name).map_err(Error::internal)?,
                    bytes: bytes.into(),
                })
            })
            .await
    }

    /// Throws an upload of the actor's own away.
    pub async fn drop_upload(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let gone = self
            .0
            .journal
            .store()
            .housekeeping(move |tx| sql::delete_upload(tx, id, account))
            .await?;
        if gone > 0 {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    }

    /// Throws away uploads that have run out.
    pub(crate) async fn drop_old_uploads(&self) -> Result<()> {
        self.0
            .journal
            .store()
            .housekeeping(sql::sweep_uploads)
            .await
    }
}
