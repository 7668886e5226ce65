//! Documents added to an open case by either side, and their check by a specialist.

use base::{Actor, Error, Number, Result};
use journal::DataKey;
use store::Tx;
use uuid::Uuid;

use super::{MESSAGE_MOST, Told, checked};
use crate::Cases;
use crate::course::{self, WaitBody};
use crate::documents::{
    Checked, Document, NotKept, Upload, asked, body_in, body_of, has_room, kinds, known_slot,
    row_of, seal, size,
};
use crate::model::{CaseRow, Side, State};
use crate::pass::Pass;
use crate::sql::{self, Moved};
use crate::states::Action;

impl Cases {
    /// Adds a document to an open case, for something that was asked for or unasked. When the
    /// applicant has sent everything that a request names, the case goes on.
    pub async fn add_document(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        slot: &str,
        upload: &Upload,
    ) -> std::result::Result<(), NotKept> {
        // Whoever may not add, and what would not fit, is told before anything is put away.
        let folder = self.folder(actor, pass, number).await?;
        if !folder.may_add {
            return Err(Error::Conflict("case-error-state").into());
        }
        let slot = known_slot(slot, folder.slots.iter().map(|slot| slot.code.as_str()))?;
        let this = self.clone();
        let (case, data_key) = (folder.case.id, folder.case.data_key);
        let (key, rows) = self
            .0
            .journal
            .store()
            .read(move |db| {
                let key = this.0.journal.keys().load(db, data_key)?;
                Ok((key, sql::documents(db, case)?))
            })
            .await?;
        has_room(&rows, folder.side, size(upload))?;
        let put = self.put_away(&key, upload, &folder.kinds).await?;
        self.act_either(actor, pass, number, Action::Write, move |tx, at| {
            let author = match at.side {
                Side::Staff => at.name.clone(),
                Side::Applicant => String::new(),
            };
            let mut row = row_of(tx, &put, slot.clone(), at.side, at.account);
            let body = body_of(&put.inspected, author);
            row.body = seal(&at.key, Some(at.row.id), row.id, &body)?;
            sql::insert_document(tx, at.row.id, &row)?;
            let mut moved = Moved {
                state: at.row.state,
                ..at.moved()
            };
            if at.side == Side::Applicant {
                if at.row.state == State::Waiting && all_is_there(tx, at)? {
                    moved.state = at.cases.end_waiting(tx, &at.row)?;
                }
                moved = moved.spoken(tx.now());
            }
            let action = match at.side {
                Side::Applicant => "case.document_sent",
                Side::Staff => "case.document_added",
            };
            let told = Told::new(action)
                .with("document", row.id.to_string())
                .with("items", body.name)
                .with("kind", row.kind)
                .with("size", row.size.to_string())
                .with("sha256", body.sha256)
                .with("slot", slot.clone().unwrap_or_default());
            Ok((moved, told))
        })
        .await?;
        Ok(())
    }

    /// A specialist looks at a document: it is in order, or `fault` says what is wrong.
    pub async fn check_document(
        &self,
        actor: &Actor,
        number: Number,
        id: Uuid,
        fault: Option<&str>,
    ) -> Result<()> {
        let fault = fault
            .map(|fault| checked("reason", fault, 3, MESSAGE_MOST))
            .transpose()?;
        self.act(actor, number, Action::Write, move |tx, at| {
            let rows = sql::documents(tx, at.row.id)?;
            let row = rows.iter().find(|row| row.id == id);
            let row = row.ok_or(Error::NotFound)?;
            if row.side == Side::Staff {
                return Err(Error::Conflict("case-error-own-document"));
            }
            let mut body = body_in(&at.key, Some(at.row.id), row)?;
            body.checked_by.clone_from(&at.name);
            body.reason = fault.clone().unwrap_or_default();
            let state = match fault {
                Some(_) => Checked::Faulty,
                None => Checked::Good,
            };
            let sealed = seal(&at.key, Some(at.row.id), id, &body)?;
            sql::check_document(tx, id, state, &sealed)?;
            let moved = Moved {
                state: at.row.state,
                ..at.moved()
            }
            .heeded();
            let action = match fault {
                Some(_) => "case.document_faulty",
                None => "case.document_checked",
            };
            let told = Told::new(action)
                .with("document", id.to_string())
                .with("items", body.name)
                .with("sha256", body.sha256)
                .with("reason", body.reason);
            Ok((moved, told))
        })
        .await
    }

    /// Tells that a member of staff was given an original, and what for.
    pub(crate) fn tell_original(
        &self,
        tx: &mut Tx<'_>,
        case: &CaseRow,
        key: DataKey,
        document: &Document,
        by: &str,
        purpose: &str,
    ) -> Result<()> {
        let told = Told::new("case.original_opened")
            .with("document", document.id.to_string())
            .with("items", &document.name)
            .with("sha256", &document.sha256)
            .with("reason", purpose)
            .with("by", by);
        self.tell(tx, case, case.state, key, told)
    }

    /// The kinds of file that a service takes, as people know them.
    pub fn kinds_taken(attachments: &catalog::attachments::Attachments) -> String {
        crate::documents::labels(&kinds(attachments))
    }
}

/// Whether everything that the open request names was sent and found no fault with.
fn all_is_there(tx: &mut Tx<'_>, at: &super::At<'_>) -> Result<bool> {
    let waits = sql::waits(tx, at.row.id)?;
    let Some(wait) = waits.iter().rev().find(|wait| wait.ended_at.is_none()) else {
        return Ok(false);
    };
    let body: WaitBody = course::open(&at.key, at.row.id, "wait", wait.id, &wait.body)?;
    let documents = sql::documents(tx, at.row.id)?;
    Ok((0..body.items.len()).all(|line| {
        let slot = asked(wait.id, line);
        documents
            .iter()
            .rev()
            .find(|row| row.slot.as_deref() == Some(&slot))
            .is_some_and(|row| row.state != Checked::Faulty)
    }))
}
