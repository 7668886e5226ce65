//! What is attached to a draft, under a key that the case takes over when the draft is filed.

use base::id::{CaseId, DraftId};
use base::{Error, Result};
use catalog::attachments::Attachments;
use journal::DataKey;
use store::{Db, Tx};
use uuid::Uuid;

use super::bounds::{MOST_BYTES, sum, too_many, too_much};
use super::rows::opened;
use super::{
    Document, Form, NotKept, Opened, Place, Upload, body_in, body_of, kinds, known_slot, row_of,
    seal, size,
};
use crate::Cases;
use crate::model::{Draft, Side};
use crate::sql::{self, DocumentRow};

impl Cases {
    /// What was attached to a draft so far.
    pub async fn draft_documents(&self, draft: &Draft) -> Result<Vec<Document>> {
        self.documents_of_draft(draft.id).await
    }

    pub(crate) async fn documents_of_draft(&self, id: DraftId) -> Result<Vec<Document>> {
        let this = self.clone();
        self.0
            .journal
            .store()
            .read(move |db| {
                let Some(key) = this.key_of_draft(db, id)? else {
                    return Ok(Vec::new());
                };
                sql::draft_documents(db, id)?
                    .iter()
                    .map(|row| opened(&key, None, row))
                    .collect()
            })
            .await
    }

    /// Attaches a file to a draft. The same file sent twice is one document.
    pub async fn attach(
        &self,
        draft: &Draft,
        attachments: &Attachments,
        slot: &str,
        upload: &Upload,
    ) -> std::result::Result<(), NotKept> {
        if draft.filed.is_some() {
            return Err(Error::Conflict("case-error-draft-filed").into());
        }
        let slot = known_slot(
            slot,
            attachments.slots.iter().map(|slot| slot.code.as_str()),
        )?;
        let kinds = kinds(attachments);
        let before = self.draft_documents(draft).await?;
        if before.len() >= attachments.most as usize {
            return Err(too_many(attachments.most as usize));
        }
        if sum(&before) + size(upload) > MOST_BYTES {
            return Err(too_much());
        }
        let key = self.key_for_draft(draft.id).await?;
        let put = self.put_away(&key, upload, &kinds).await?;
        let digest = crate::filing::hex(&put.inspected.sha256);
        if before
            .iter()
            .any(|known| known.sha256 == digest && known.slot == slot)
        {
            return Ok(());
        }
        let (id, most) = (draft.id, attachments.most as usize);
        self.0
            .journal
            .store()
            .housekeeping(move |tx| {
                tx.lock("case_draft", id.0)?;
                let filed = sql::draft(tx, id)?.is_none_or(|draft| draft.case.is_some());
                if filed || sql::draft_documents(tx, id)?.len() >= most {
                    return Err(Error::Conflict("case-error-draft-filed"));
                }
                let mut row = row_of(tx, &put, slot.clone(), Side::Applicant, None);
                let body = body_of(&put.inspected, String::new());
                row.body = seal(&key, None, row.id, &body)?;
                sql::insert_draft_document(tx, id, &row)
            })
            .await?;
        Ok(())
    }

    /// Takes a file off a draft and throws its bytes away.
    pub async fn detach(&self, draft: &Draft, id: Uuid) -> Result<()> {
        let owner = draft.id;
        let gone = self
            .0
            .journal
            .store()
            .housekeeping(move |tx| {
                tx.lock("case_draft", owner.0)?;
                let rows = sql::draft_documents(tx, owner)?;
                let row = rows.iter().find(|row| row.id == id);
                let row = row.ok_or(Error::NotFound)?.clone();
                let is_kept = rows
                    .iter()
                    .any(|other| other.id != id && other.place.original == row.place.original);
                sql::delete_draft_document(tx, owner, id)?;
                Ok((!is_kept).then_some(row.place))
            })
            .await?;
        if let Some(place) = gone {
            self.throw_away(place).await;
        }
        Ok(())
    }

    /// Opens what was attached to a draft.
    pub async fn open_attached(
        &self,
        draft: &Draft,
        id: Uuid,
        form: Form,
    ) -> std::result::Result<Opened, NotKept> {
        let (this, owner) = (self.clone(), draft.id);
        let (key, row, name) = self
            .0
            .journal
            .store()
            .read(move |db| {
                let key = this.key_of_draft(db, owner)?.ok_or(Error::NotFound)?;
                let rows = sql::draft_documents(db, owner)?;
                let row = rows.into_iter().find(|row| row.id == id);
                let row = row.ok_or(Error::NotFound)?;
                let name = opened(&key, None, &row)?.name;
                Ok((key, row, name))
            })
            .await?;
        self.open_file(&key, &row, name, form).await
    }

    /// Throws away documents of drafts that are no more; 50 drafts at the most.
    pub async fn drop_forgotten_documents(&self) -> Result<()> {
        let store = self.0.journal.store();
        let drafts = store.read(sql::forgotten_drafts).await?;
        for draft in drafts {
            let rows = store
                .read(move |db| sql::draft_documents(db, draft))
                .await?;
            for row in rows {
                self.throw_away(row.place).await;
            }
            store
                .housekeeping(move |tx| sql::empty_draft(tx, draft))
                .await?;
        }
        Ok(())
    }

    /// Bytes that nothing names any more; one that cannot be thrown away now stays, sealed under a
    /// key that is gone.
    async fn throw_away(&self, place: Place) {
        let Ok(vault) = self.vault() else { return };
        let all = [Some(place.original), Some(place.cleaned), place.thumbnail];
        for address in all.into_iter().flatten() {
            if let Err(error) = vault.forget(&address).await {
                tracing::warn!(%error, "an object could not be thrown away");
            }
        }
    }

    fn key_of_draft(&self, db: &mut Db<'_>, draft: DraftId) -> Result<Option<DataKey>> {
        let kept = sql::draft_key(db, draft)?;
        kept.map(|(id, wrapped)| self.0.journal.keys().open_wrapped(id, &wrapped))
            .transpose()
    }

    /// The key of a draft's documents, made with the first of them.
    async fn key_for_draft(&self, draft: DraftId) -> Result<DataKey> {
        let this = self.clone();
        let store = self.0.journal.store();
        if let Some(key) = store
            .read({
                let this = self.clone();
                move |db| this.key_of_draft(db, draft)
            })
            .await?
        {
            return Ok(key);
        }
        let (key, wrapped) = self.0.journal.keys().prepare(store.now())?;
        let id = key.id();
        store
            .housekeeping(move |tx| {
                sql::put_draft_key(tx, draft, id, &wrapped)?;
                // Another request may have been first.
                this.key_of_draft(tx, draft)?.ok_or(Error::NotFound)
            })
            .await
    }
}

/// What a draft brings to its case.
pub(crate) struct Brought {
    pub(crate) key: (Uuid, Vec<u8>),
    rows: Vec<DocumentRow>,
}

impl Brought {
    /// What was attached to a draft; none when nothing was.
    pub(crate) fn from(db: &mut Db<'_>, draft: DraftId) -> Result<Option<Self>> {
        let Some(key) = sql::draft_key(db, draft)? else {
            return Ok(None);
        };
        let rows = sql::draft_documents(db, draft)?;
        Ok(Some(Self { key, rows }))
    }

    /// Makes them documents of the case; the fields that the case's entry names them by.
    pub(crate) fn hand_over(
        &self,
        tx: &mut Tx<'_>,
        key: &DataKey,
        case: CaseId,
    ) -> Result<Vec<(&'static str, String)>> {
        let mut named = Vec::new();
        for row in &self.rows {
            let body = body_in(key, None, row)?;
            named.push(format!("{} {} {}", body.sha256, row.kind, row.size));
            let mut row = row.clone();
            row.body = seal(key, Some(case), row.id, &body)?;
            row.added_at = tx.now();
            sql::insert_document(tx, case, &row)?;
        }
        if named.is_empty() {
            return Ok(Vec::new());
        }
        Ok(vec![("documents", named.join("\n"))])
    }
}
