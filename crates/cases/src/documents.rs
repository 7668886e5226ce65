//! Documents: what was attached to a draft or a case, which of the documents asked for are there,
//! and who may open them. Bytes are put away before a row names them; rows of a case are its own,
//! rows of a draft are housekeeping until the filing takes them over.

mod bounds;
mod checking;
mod drafts;
mod originals;
mod rows;
mod slots;
mod types;

use std::sync::Arc;

use base::{Actor, Error, Number, Result};
use catalog::Definition;
use catalog::attachments::Attachments;
use files::{Kind, Vault};
use journal::DataKey;
use uuid::Uuid;

pub(crate) use bounds::{FIELD, MOST_FILES, has_room, kinds, labels, size};
pub(crate) use drafts::Brought;
pub(crate) use rows::{DocumentBody, body_in, body_of, row_of, seal};
pub(crate) use slots::{asked, known_slot, lacking};
pub use types::{Checked, Document, Folder, Form, NotKept, Opened, Slot, Upload};
pub(crate) use types::{Place, PutAway};

use crate::Cases;
use crate::colleagues::call_of_documents;
use crate::model::{Card, CaseRow, Side};
use crate::pass::Pass;
use crate::sql::{self, Beside, DocumentRow};
use rows::{kind_of, opened};

impl Cases {
    /// The place of files.
    pub(crate) fn vault(&self) -> Result<&Vault> {
        let vault = self.0.settings.vault.as_ref();
        vault.ok_or_else(|| Error::internal("this installation was opened without its files"))
    }

    /// Slows down a flood of files from one address.
    pub(crate) fn slow_down_uploads(&self, request: &web::Request) -> Result<()> {
        self.0.uploads.check(&request.client.to_string())
    }

    /// The documents of a case. A reading by staff is written down first.
    pub async fn folder(&self, actor: &Actor, pass: &Pass, number: Number) -> Result<Folder> {
        let card = self.card(actor, pass, number).await?;
        let definition = self.definition_of(&card.case).await;
        let side = card.side;
        let mut documents = self.documents_on(&card).await?;
        call_of_documents(&card, &mut documents);
        Ok(Folder {
            slots: slots::slots(&card, definition.as_deref(), &documents, actor.language),
            may_add: card.actions.contains(&crate::states::Action::Write),
            may_request: card
                .actions
                .contains(&crate::states::Action::RequestDocuments),
            kinds: kinds_in(definition.as_deref()),
            case: card.case,
            side,
            documents,
        })
    }

    /// The kinds of file that the service of a case takes.
    pub(crate) async fn kinds_of(&self, case: &CaseRow) -> Vec<Kind> {
        kinds_in(self.definition_of(case).await.as_deref())
    }

    /// The documents of a case that was opened, oldest first, and what is asked for in it.
    pub async fn papers(
        &self,
        card: &Card,
        language: base::Language,
    ) -> Result<(Vec<Document>, Vec<Slot>)> {
        let definition = self.definition_of(&card.case).await;
        let mut documents = self.documents_on(card).await?;
        call_of_documents(card, &mut documents);
        let slots = slots::slots(card, definition.as_deref(), &documents, language);
        Ok((documents, slots))
    }

    /// The documents of a case that was opened.
    async fn documents_on(&self, card: &Card) -> Result<Vec<Document>> {
        if card.there.has(Beside::Documents) {
            self.documents_of(&card.case).await
        } else {
            Ok(Vec::new())
        }
    }

    pub(crate) async fn documents_of(&self, case: &CaseRow) -> Result<Vec<Document>> {
        let (this, id, data_key) = (self.clone(), case.id, case.data_key);
        self.0
            .journal
            .store()
            .read(move |db| {
                let key = this.0.journal.keys().load(db, data_key)?;
                sql::documents(db, id)?
                    .iter()
                    .map(|row| opened(&key, Some(id), row))
                    .collect()
            })
            .await
    }

    /// Opens a document of a case for whoever may read the case, in the form that is theirs: an
    /// original for whoever sent it. A reading by staff is written down first.
    pub async fn open_document(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        id: Uuid,
        form: Form,
    ) -> std::result::Result<Opened, NotKept> {
        let this = self.clone();
        let (reader, pass) = (actor.clone(), pass.clone());
        let (case, side, key, row, name, form) = self
            .0
            .journal
            .store()
            .read(move |db| {
                let case = Self::row(db, number)?;
                let side = Self::side(&reader, &pass, &case)?;
                let key = this.0.journal.keys().load(db, case.data_key)?;
                let rows = sql::documents(db, case.id)?;
                let row = rows.into_iter().find(|row| row.id == id);
                let row = row.ok_or(Error::NotFound)?;
                let name = opened(&key, Some(case.id), &row)?.name;
                let form = originals::form_for(&reader, &case, side, &row, form)?;
                Ok((case.id, side, key, row, name, form))
            })
            .await?;
        if let (Side::Staff, Some(account)) = (side, actor.account()) {
            self.log_reading(account, case).await?;
        }
        self.open_file(&key, &row, name, form).await
    }

    async fn open_file(
        &self,
        key: &DataKey,
        row: &DocumentRow,
        name: String,
        form: Form,
    ) -> std::result::Result<Opened, NotKept> {
        let address = match form {
            Form::Original | Form::Copy => row.place.original,
            Form::Cleaned => row.place.cleaned,
            Form::Thumbnail => row.place.thumbnail.ok_or(Error::NotFound)?,
        };
        let bytes = self.vault()?.open(key, &address).await?;
        let missing = || Error::internal("a document's bytes are not where its row says");
        Ok(Opened {
            kind: kind_of(row)?,
            name,
            bytes: bytes.ok_or_else(missing)?,
        })
    }

    /// Judges a file and puts it away under `key`.
    pub(crate) async fn put_away(
        &self,
        key: &DataKey,
        upload: &Upload,
        kinds: &[Kind],
    ) -> std::result::Result<PutAway, NotKept> {
        let vault = self.vault()?;
        let inspected = vault
            .inspect(&upload.name, Arc::clone(&upload.bytes), kinds)
            .await?
            .map_err(|refusal| {
                metrics::counter!("okno_files_refused_total", "why" => refusal.key()).increment(1);
                NotKept::Refused(refusal.of_field(FIELD, &upload.name, &labels(kinds)))
            })?;
        let kept = vault.keep(key, &upload.bytes, &inspected).await?;
        Ok(PutAway {
            inspected,
            place: kept.into(),
        })
    }

    /// The service of a case as it was when the case was filed.
    async fn definition_of(&self, case: &CaseRow) -> Option<Arc<Definition>> {
        let version = u32::try_from(case.service_version).ok()?;
        self.0.catalog.version(case.service, version).await.ok()
    }
}

fn kinds_in(definition: Option<&Definition>) -> Vec<Kind> {
    definition.map_or_else(
        || kinds(&Attachments::default()),
        |known| kinds(&known.attachments),
    )
}
