//! Letters for operators: the list, one letter, and the two decisions about what was set aside. Each
//! decision is an entry of the log with whoever made it.

use base::{Actor, Cursor, Error, Moment, Number, Page, Result, text};
use cases::model::Idempotency;
use journal::NewEntry;
use people::Permission;
use uuid::Uuid;
use web::Shell;

use super::model::{Body, Fate, LetterLine, OpenLetter, State, masked};
use super::sql::{self, LetterRow};
use super::taking::{letter_context, read_again};
use crate::Channels;

/// Kind of the entity in the journal.
const KIND: &str = "letter";
/// Days for which a letter can be decided about, and is known.
const DAYS_KEPT: i64 = 30;
/// Days for which it is known that a letter was taken.
const DAYS_KNOWN: i64 = 400;
/// The shortest and the longest reason for leaving a letter, in characters.
const WHY: (usize, usize) = (3, 500);
/// Rows of a page.
const ROWS: usize = 30;

impl Channels {
    /// Letters that came, newest first: those about which somebody has to decide, or all.
    pub async fn letters(
        &self,
        actor: &Actor,
        waiting: bool,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<LetterLine>> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let limit = limit.unwrap_or(ROWS).clamp(1, 100);
        let after = after.map(read_cursor).transpose()?;
        let store = self.cases.journal().store();
        let rows = store
            .read(move |db| sql::letters(db, waiting, after, limit + 1))
            .await?;
        let page = Page::of(rows, limit, cursor);
        let lines = page.items.iter().map(|row| self.line(row));
        Ok(Page {
            items: lines.collect::<Result<_>>()?,
            next: page.next,
        })
    }

    /// One letter as a line.
    pub async fn letter_line(&self, actor: &Actor, id: Uuid) -> Result<LetterLine> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        self.line(&self.row(id).await?)
    }

    /// One letter, with what it says while that is kept.
    pub async fn letter(&self, actor: &Actor, id: Uuid) -> Result<OpenLetter> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let row = self.row(id).await?;
        let body = self.open_body(&row)?;
        let read = match self.kept_letter(id).await? {
            Some(bytes) => read_again(bytes).await,
            None => None,
        };
        let read = read.unwrap_or_default();
        let sender = [body.name.as_str(), body.from.as_str()];
        let sender: Vec<&str> = sender.into_iter().filter(|part| !part.is_empty()).collect();
        Ok(OpenLetter {
            line: self.line(&row)?,
            sender: sender.join(", "),
            text: read.text,
            files: read.files.into_iter().map(|file| file.name).collect(),
        })
    }

    /// Files a letter after all; the same number when somebody was faster.
    pub async fn file_letter(&self, actor: &Actor, shell: &Shell, id: Uuid) -> Result<Number> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let row = self.row(id).await?;
        if row.fate != Fate::Aside {
            return Err(Error::Conflict("mailbox-error-decided"));
        }
        let bytes = self.kept_letter(id).await?;
        let letter = match bytes {
            Some(bytes) => read_again(bytes).await,
            None => None,
        };
        let letter = letter.ok_or(Error::Conflict("mailbox-error-gone"))?;
        let key = self
            .cases
            .journal()
            .keys()
            .blind("mailbox.filed", &id.to_string());
        let once = Idempotency { key, body: key };
        let (filed, refused) = self.file_as_case(shell, &letter, once).await?;
        let (body, told) = self.acknowledged(shell, &letter, &filed, &refused);
        // Whoever asks for no answer is sent none, whoever decides about the letter.
        let told = told.filter(|_| letter.mark.is_none() && !self.mail.is_own(&letter.from));
        let body = self.seal_body(id, &body)?;
        let number = filed.number;
        let (journal, mail) = (self.cases.journal().clone(), self.mail.clone());
        let store = self.cases.journal().store();
        store
            .change(actor, move |tx| {
                if !sql::decide(tx, id, Fate::Filed, &body)? {
                    return Err(Error::Conflict("mailbox-error-decided"));
                }
                if let Some((letter, case)) = &told {
                    mail.queue_about(tx, letter, case.0)?;
                }
                let fields = vec![("number", number.to_string())];
                let entry = entry(&journal, tx, "letter.filed", id, fields)?;
                journal.record(tx, entry)?;
                Ok(())
            })
            .await?;
        Ok(number)
    }

    /// Leaves a letter without an answer.
    pub async fn leave_letter(&self, actor: &Actor, id: Uuid, why: &str) -> Result<()> {
        people::require_somewhere(actor, Permission::FileOnBehalf)?;
        let why = text::clean_line(why);
        let (least, most) = WHY;
        match text::length(&why) {
            0 => return Err(Error::field("reason", "error-required")),
            length if length < least => {
                let error = base::FieldError::new("reason", "error-too-short");
                return Err(Error::Invalid(vec![error.with("min", least)]));
            }
            length if length > most => {
                let error = base::FieldError::new("reason", "error-too-long");
                return Err(Error::Invalid(vec![error.with("max", most)]));
            }
            _ => {}
        }
        let row = self.row(id).await?;
        let body = Body {
            left_because: why.clone(),
            ..self.open_body(&row)?
        };
        let body = self.seal_body(id, &body)?;
        let journal = self.cases.journal().clone();
        let store = self.cases.journal().store();
        store
            .change(actor, move |tx| {
                if !sql::decide(tx, id, Fate::Left, &body)? {
                    return Err(Error::Conflict("mailbox-error-decided"));
                }
                let fields = vec![("reason", why.clone())];
                let entry = entry(&journal, tx, "letter.left", id, fields)?;
                journal.record(tx, entry)?;
                Ok(())
            })
            .await
    }

    /// The address of the mailbox that is read; none when none is.
    pub fn mailbox_address(&self) -> Option<&str> {
        self.mail.replies().map(|replies| replies.address.as_str())
    }

    /// How the reading of the mailbox stands.
    pub async fn mailbox_state(&self) -> Result<State> {
        self.cases.journal().store().read(sql::state).await
    }

    /// Throws away what letters say that came thirty days ago; by the clock.
    pub async fn drop_old_letters(&self) -> Result<()> {
        let store = self.cases.journal().store();
        let days = |days: i64| store.now().plus_seconds(-days * 24 * 3600);
        let (empty, gone) = (days(DAYS_KEPT), days(DAYS_KNOWN));
        store
            .housekeeping(move |tx| sql::throw_away(tx, empty, gone))
            .await?;
        Ok(())
    }

    async fn row(&self, id: Uuid) -> Result<LetterRow> {
        let store = self.cases.journal().store();
        let row = store.read(move |db| sql::letter(db, id)).await?;
        row.ok_or(Error::NotFound)
    }

    async fn kept_letter(&self, id: Uuid) -> Result<Option<Vec<u8>>> {
        let journal = self.cases.journal();
        let sealed = journal.store().read(move |db| sql::sealed_letter(db, id));
        let key = journal.keys().installation();
        let sealed = sealed.await?;
        sealed
            .map(|sealed| key.open(&letter_context(id), &sealed))
            .transpose()
    }

    fn line(&self, row: &LetterRow) -> Result<LetterLine> {
        let body = self.open_body(row)?;
        let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
        let case: Option<Number> = number(&body.number);
        Ok(LetterLine {
            id: row.id,
            came_at: row.came_at,
            from: masked(&body.from),
            subject: body.subject,
            fate: row.fate,
            reason: row.reason.clone(),
            named: number(&body.named).filter(|named| Some(*named) != case),
            case,
            refused: body.refused,
            undelivered_to: masked(&body.undelivered_to),
            left_because: body.left_because,
            decided_at: row.decided_at,
            is_kept: row.keeps_letter,
        })
    }
}

/// The entry of a decision; each letter has one at the most.
fn entry(
    journal: &journal::Journal,
    tx: &mut store::Tx<'_>,
    action: &'static str,
    id: Uuid,
    fields: Vec<(&'static str, String)>,
) -> Result<NewEntry> {
    Ok(NewEntry {
        action,
        kind: KIND,
        id,
        fields,
        occurred_at: None,
        key: journal.keys().create(tx, KIND, id)?,
        first: true,
    })
}

fn cursor(row: &LetterRow) -> Cursor {
    Cursor::of(&[&row.came_at.micros().to_string(), &row.id.to_string()])
}

fn read_cursor(text: &str) -> Result<(Moment, Uuid)> {
    let wrong = || Error::Malformed("error-cursor");
    let parts = Cursor::read(text, 2).ok_or_else(wrong)?;
    let micros = parts[0].parse().map_err(|_| wrong())?;
    let id = parts[1].parse().map_err(|_| wrong())?;
    Ok((Moment::from_micros(micros), id))
}
