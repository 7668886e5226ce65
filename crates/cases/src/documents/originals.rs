//! Who gets which copy of a document. A file as it was sent tells where and when a picture was taken
//! and by whom a text was written: it goes back to whoever sent it. All others are given the cleaned
//! copy; staff who need the original say what for, and that is an entry of the case.

use base::{Actor, Error, Number, Result};
use people::{People, Permission};
use uuid::Uuid;

use super::rows::opened;
use super::{Document, Form, NotKept, Opened};
use crate::Cases;
use crate::model::{CaseRow, Side};
use crate::pass::Pass;
use crate::sql::{self, DocumentRow};
use crate::work::{MESSAGE_MOST, checked};

impl Document {
    /// Whether somebody of the side of staff has to ask for the original of it: they are given a
    /// copy that is not what was sent.
    pub(crate) fn is_copied_for(&self, actor: &Actor, side: Side) -> bool {
        let own = self.account.is_some() && self.account == actor.account();
        side == Side::Staff && !own && is_cleaned(self.side, self.kind)
    }
}

/// Whether others than the sender get a cleaned copy: of every picture, and of what an applicant has
/// sent. A paper of the authority stays as it is, or its signature inside would not hold.
fn is_cleaned(side: Side, kind: files::Kind) -> bool {
    side == Side::Applicant || kind.is_image()
}

/// Which bytes somebody is given who asks for `form` of a document; [`Error::Forbidden`] for an
/// original that is not theirs.
pub(super) fn form_for(
    actor: &Actor,
    case: &CaseRow,
    side: Side,
    row: &DocumentRow,
    form: Form,
) -> Result<Form> {
    let is_sender = if row.author.is_some() {
        actor.account() == row.author
    } else {
        // What came with the filing, and what a guest sends, is of the one who filed.
        let own = side == Side::Applicant && row.side == Side::Applicant;
        own && Cases::has_filed(actor, case)
    };
    let is_open = is_sender || !is_cleaned(row.side, super::rows::kind_of(row)?);
    match form {
        Form::Copy if is_open => Ok(Form::Original),
        Form::Copy => Ok(Form::Cleaned),
        Form::Original if !is_open => Err(Error::Forbidden),
        other => Ok(other),
    }
}

impl Cases {
    /// Gives a member of staff the original of a document. What they need it for is written down as
    /// an entry of the case before it is given out.
    pub async fn open_original(
        &self,
        actor: &Actor,
        number: Number,
        id: Uuid,
        purpose: &str,
    ) -> std::result::Result<Opened, NotKept> {
        let purpose = checked("purpose", purpose, 3, MESSAGE_MOST)?;
        let this = self.clone();
        let (key, row, name) = self
            .0
            .journal
            .store()
            .change(actor, move |tx| {
                let case = Self::locked(tx, number)?;
                let reader = tx.actor().clone();
                if Self::side(&reader, &Pass::default(), &case)? != Side::Staff {
                    return Err(Error::Forbidden);
                }
                people::require_somewhere(&reader, Permission::MessageAsStaff)?;
                this.expect(tx, &case)?;
                let key = this.0.journal.keys().load(tx, case.data_key)?;
                let rows = sql::documents(tx, case.id)?;
                let row = rows.into_iter().find(|row| row.id == id);
                let row = row.ok_or(Error::NotFound)?;
                let document = opened(&key, Some(case.id), &row)?;
                let person = reader.person().ok_or(Error::Unauthenticated)?;
                let by = People::name_of(tx, &this.0.journal, person)?.short();
                this.tell_original(tx, &case, key.clone(), &document, &by, &purpose)?;
                Ok((key, row, document.name))
            })
            .await?;
        self.open_file(&key, &row, name, Form::Original).await
    }
}
