//! Files that come piece by piece over a line that breaks: begun with a length and a name, gone on
//! with where they stopped, and used up by a draft or a case. Nothing of them is looked at before
//! they are whole; then they are judged as every other file.

use base::{Actor, Error, Moment, Number, Result};
use uuid::Uuid;

use crate::Cases;
use crate::documents::Upload;
use crate::pass;
use crate::sql::{self, UploadRow};

/// For how many seconds an upload may go on.
const SECONDS: i64 = 24 * 3600;

/// The most uploads that an owner has under way.
const MOST: usize = 10;

/// The most bytes that are kept as one piece.
pub(crate) const PIECE_MOST: usize = 1024 * 1024;

/// The most bytes of a file's name.
const NAME_MOST: usize = 400;

/// Whose an upload is: an account's, or a guest's who holds the key of a draft or the return code of
/// a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner(pub(crate) Uuid);

/// By what a guest comes to their uploads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Secret<'a> {
    /// The key of a draft.
    DraftKey(&'a str),
    /// The return code of a case.
    ReturnCode(&'a str),
}

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

    /// Whose the uploads of an actor are; those of guests hang on what they hold.
    pub(crate) fn upload_owner(&self, actor: &Actor, secret: Option<Secret<'_>>) -> Result<Owner> {
        let keys = self.0.journal.keys();
        match (actor.account(), secret) {
            (Some(account), _) => Ok(Owner(account.0)),
            (None, Some(Secret::DraftKey(key))) => Ok(Owner(pass::owner_by(keys, key))),
            (None, Some(Secret::ReturnCode(code))) => Ok(Owner(pass::owner_by(keys, code))),
            (None, None) => Err(Error::Unauthenticated),
        }
    }

    /// Refuses a guest who holds nothing that opens anything: `number` is the case that a return
    /// code is of.
    pub(crate) async fn admit_uploads(
        &self,
        actor: &Actor,
        secret: Option<Secret<'_>>,
        number: Option<Number>,
        client: std::net::IpAddr,
    ) -> Result<()> {
        if actor.account().is_some() {
            return Ok(());
        }
        match secret {
            Some(Secret::DraftKey(key)) => self.pass_of_draft_key(key).map(drop),
            Some(Secret::ReturnCode(code)) => {
                let number = number.ok_or_else(|| Error::field("case", "error-required"))?;
                self.return_with_code(number, code, client).await.map(drop)
            }
            None => Err(Error::Unauthenticated),
        }
    }

    /// Begins an upload of `length` bytes, which is known not to be too long.
    pub async fn begin_upload(
        &self,
        owner: Owner,
        length: u64,
        name: &str,
    ) -> Result<(Uuid, UploadStanding)> {
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
                if sql::uploads_of(tx, owner, now, most)? >= MOST {
                    return Err(Error::Conflict("case-error-many-uploads"));
                }
                sql::insert_upload(tx, id, owner, &row)
            })
            .await?;
        Ok((id, standing))
    }

    /// How far an upload of the actor's own has come.
    pub async fn upload_standing(&self, owner: Owner, id: Uuid) -> Result<UploadStanding> {
        let store = self.0.journal.store();
        let now = store.now();
        let row = store
            .read(move |db| sql::upload(db, id, owner, now))
            .await?;
        row.map(|row| UploadStanding::of(&row))
            .ok_or(Error::NotFound)
    }

    /// Keeps one more piece, which begins where the upload stopped.
    pub async fn continue_upload(
        &self,
        owner: Owner,
        id: Uuid,
        starts_at: u64,
        bytes: &[u8],
    ) -> Result<UploadStanding> {
        let starts_at = i64::try_from(starts_at).map_err(Error::internal)?;
        let length = i64::try_from(bytes.len()).map_err(Error::internal)?;
        let key = self.0.journal.keys().installation();
        let sealed = key.seal(&piece_context(id, starts_at), bytes)?;
        let store = self.0.journal.store();
        let now = store.now();
        store
            .housekeeping(move |tx| {
                tx.lock("case_upload", id)?;
                let mut row = sql::upload(tx, id, owner, now)?.ok_or(Error::NotFound)?;
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
    pub async fn uploaded(&self, owner: Owner, id: Uuid) -> Result<Upload> {
        let store = self.0.journal.store();
        let now = store.now();
        let key = self.0.journal.keys().installation();
        store
            .read(move |db| {
                let unknown = || Error::field("upload", "case-error-no-upload");
                let row = sql::upload(db, id, owner, now)?.ok_or_else(unknown)?;
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
    pub async fn drop_upload(&self, owner: Owner, id: Uuid) -> Result<()> {
        let gone = self
            .0
            .journal
            .store()
            .housekeeping(move |tx| sql::delete_upload(tx, id, owner))
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
