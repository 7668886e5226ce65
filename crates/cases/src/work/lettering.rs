//! A letter of the applicant about a case that there is, which came to the mailbox: their message
//! with its documents, once, when it comes from the address that the case is answered to. Whoever
//! brings it has held its token against the key before.

use base::id::{CaseId, MessageId};
use base::{Actor, Error, FieldError, Language, Number, Result};
use sha2::{Digest, Sha256};
use store::{Db, Tx};

use super::{At, Done, Told, checked};
use crate::Cases;
use crate::answers::MessageBody;
use crate::documents::{NotKept, PutAway, Upload, body_of, has_room, row_of, seal, size};
use crate::filing::hex;
use crate::model::{CaseRow, Idempotency, Side, Source, State};
use crate::pass::{Opened, Pass};
use crate::receiving::LETTER_MOST;
use crate::sql::{self, Moved};
use crate::states::{Action, transition};

/// A letter about a case.
#[derive(Clone)]
pub struct CaseLetter {
    /// The address that it comes from.
    pub from: String,
    /// What it says.
    pub words: String,
    /// What is enclosed.
    pub files: Vec<Upload>,
    /// What makes a letter that is brought twice one message.
    pub idempotency: Idempotency,
    /// In which language its sender is spoken to.
    pub language: Language,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenLetter {
    /// The number of the case.
    pub number: Number,
    /// What was not kept: its name and why.
    pub refused: Vec<(String, FieldError)>,
}

impl Cases {
    /// Takes a letter into its case; none when the case takes no more words of its applicant, or
    /// when it is answered to another address.
    pub async fn take_letter(
        &self,
        case: CaseId,
        letter: &CaseLetter,
    ) -> std::result::Result<Option<TakenLetter>, NotKept> {
        let words = checked("text", &letter.words, 0, LETTER_MOST as usize)?;
        let this = self.clone();
        let (from, request) = (letter.from.clone(), letter.idempotency.clone());
        let store = self.0.journal.store();
        let found = store
            .read(move |db| {
                let Some(row) = sql::case_by_id(db, case)? else {
                    return Ok(None);
                };
                let row = Self::row(db, row.number)?;
                let known = sql::known_request(db, &request.key)?.is_some();
                if !known && !this.hears_by_letter(db, &row, &from)? {
                    return Ok(None);
                }
                let key = this.0.journal.keys().load(db, row.data_key)?;
                Ok(Some((row, key, sql::documents(db, case)?, known)))
            })
            .await?;
        let Some((row, key, documents, known)) = found else {
            return Ok(None);
        };
        let number = row.number;
        let mut taken = TakenLetter {
            number,
            refused: Vec::new(),
        };
        let kinds = self.kinds_of(&row).await;
        let mut put = Vec::new();
        let mut together = 0;
        for upload in &letter.files {
            let away = match has_room(&documents, Side::Applicant, together + size(upload)) {
                Ok(()) => self.put_away(&key, upload, &kinds).await,
                Err(full) => Err(full),
            };
            match away {
                Ok(away) => {
                    together += size(upload);
                    put.push(away);
                }
                Err(NotKept::Refused(error)) => taken.refused.push((upload.name.clone(), error)),
                Err(other) => return Err(other),
            }
        }
        if known {
            return Ok(Some(taken));
        }
        self.add_letter(&row, letter, words, put).await?;
        Ok(Some(taken))
    }

    async fn add_letter(
        &self,
        row: &CaseRow,
        letter: &CaseLetter,
        words: String,
        put: Vec<PutAway>,
    ) -> Result<()> {
        let actor = Actor::guest(letter.language);
        // Whoever has been sent the letter that this one answers stands where the code leads.
        let pass = Pass::default().with_opened(&Opened {
            case: row.id,
            turn: row.code_turn,
        });
        let (from, request) = (letter.from.clone(), letter.idempotency.clone());
        let work = move |tx: &mut Tx<'_>, at: &At<'_>| -> Result<Option<Done>> {
            if sql::known_request(tx, &request.key)?.is_some() {
                return Ok(None);
            }
            if !at.cases.hears_by_letter(tx, &at.row, &from)? {
                return Err(Error::Conflict("case-error-state"));
            }
            sql::remember_request(tx, &request.key, &request.body, at.row.id)?;
            for away in &put {
                add_document(tx, at, away)?;
            }
            let id = MessageId::new(tx.now());
            let body = MessageBody {
                author: at.name.clone(),
                text: words.clone(),
                heard: None,
            };
            let sealed = body.seal(&at.key, at.row.id, id)?;
            sql::insert_message(tx, id, at.row.id, at.side, at.account, &sealed)?;
            let state = match at.row.state {
                State::Waiting => at.cases.end_waiting(tx, &at.row)?,
                _ => at.to,
            };
            let moved = Moved {
                state,
                ..at.moved()
            }
            .spoken(tx.now());
            let told = Told::new("case.applicant_wrote")
                .with("source", Source::Mailbox.code())
                .with("text_sha256", hex(&Sha256::digest(words.as_bytes())));
            Ok(Some((moved, told)))
        };
        self.act_on(&actor, Some(&pass), row.number, Action::Write, work)
            .await
    }

    /// Whether a case takes words of its applicant now, and this is the address that it is answered
    /// to: the one that it names, or that of its owner's account.
    fn hears_by_letter(&self, db: &mut Db<'_>, row: &CaseRow, from: &str) -> Result<bool> {
        let speaks = transition(row.state, Action::Write, Side::Applicant).is_some();
        if !speaks || self.rests(db, row)? {
            return Ok(false);
        }
        let key = self.0.journal.keys().load(db, row.data_key)?;
        let content = Self::open_content(&key, row.id, &sql::inside(db, row.id)?.content)?;
        let same =
            |address: &str| !address.is_empty() && address.to_lowercase() == from.to_lowercase();
        if same(&content.applicant.email) {
            return Ok(true);
        }
        match row.person {
            None => Ok(false),
            Some(person) => match self.people().profile_of(db, person) {
                Ok(profile) => Ok(same(&profile.contacts.email)),
                Err(Error::NotFound) => Ok(false),
                Err(other) => Err(other),
            },
        }
    }
}

/// One more document of the applicant, with an entry of its own, as every other.
fn add_document(tx: &mut Tx<'_>, at: &At<'_>, away: &PutAway) -> Result<()> {
    let mut row = row_of(tx, away, None, Side::Applicant, None);
    let body = body_of(&away.inspected, String::new());
    row.body = seal(&at.key, Some(at.row.id), row.id, &body)?;
    sql::insert_document(tx, at.row.id, &row)?;
    let told = Told::new("case.document_sent")
        .with("document", row.id.to_string())
        .with("items", body.name)
        .with("kind", row.kind)
        .with("size", row.size.to_string())
        .with("sha256", body.sha256)
        .with("slot", "");
    at.cases
        .tell(tx, &at.row, at.row.state, at.key.clone(), told)
}
