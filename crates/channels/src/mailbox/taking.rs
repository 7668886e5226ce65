//! What becomes of a letter: a message in the case that it answers, a case of its own, or nothing
//! before somebody has looked at it. Each letter is taken once: its case or message knows the key of
//! the letter, and the row that says what became of it is committed together with what its sender is
//! told. Whoever has brought the letter puts it by only after that.

use std::time::Duration;

use base::id::CaseId;
use base::{Actor, Error, Result};
use cases::documents::NotKept;
use cases::model::{Draft, Filed, Filing, Idempotency, Source};
use cases::{CaseLetter, LETTER_MOST, Pass};
use catalog::{Answers, Definition};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use web::Shell;

use super::answering;
use super::filling::{answers_of, language_of, passing, said, sentences, upload};
use super::model::{Body, Fate, Reason, RefusedFile};
use super::reading::{self, Bounce, Letter, Mark};
use super::sql::{self, LetterRow, Marks};
use crate::Channels;

/// The service whose cases letters become.
pub(super) const SERVICE: &str = "other";
/// Letters of one sender within a day that are taken.
pub(super) const A_DAY: usize = 20;
/// The largest letter that is kept for somebody to decide about, in bytes.
const KEPT_MOST: usize = 2 * 1024 * 1024;
/// The longest time for reading one letter.
const READING: Duration = Duration::from_secs(20);

/// A letter as it lay in the mailbox.
pub struct Found {
    /// Which mailbox it is, as `user@host/folder`.
    pub mailbox: String,
    /// The mailbox's own count of its beginnings.
    pub uid_validity: u32,
    /// The letter's number there.
    pub uid: u32,
    /// Its bytes; of a letter that is too big the first ones.
    pub bytes: Vec<u8>,
    /// Whether it is too big to be taken.
    pub is_too_big: bool,
}

/// What becomes of a letter, before anything is written.
enum Verdict {
    Aside(Reason),
    Answers(CaseId),
    New,
}

impl Channels {
    /// Takes a letter; none when it was taken before.
    pub async fn take_letter(&self, shell: &Shell, found: Found) -> Result<Option<Fate>> {
        let keys = self.cases.journal().keys().clone();
        let letter = read_apart(&found).await;
        let digest = Sha256::digest(&found.bytes);
        let from = letter.as_ref().map_or("", |letter| letter.from.as_str());
        let id = letter.as_ref().map_or("", |letter| letter.id.as_str());
        let place = format!(
            "{}:{}:{}:{id}",
            found.mailbox, found.uid_validity, found.uid
        );
        let marks = Marks {
            key: keys.blind("mailbox.letter", &place),
            digest: keys.blind("mailbox.digest", &journal::wire::to_base64(&digest)),
            sender: keys.blind("mailbox.sender", &from.to_lowercase()),
        };
        let store = self.cases.journal().store();
        if store.read(move |db| sql::is_known(db, &marks)).await? {
            return Ok(None);
        }
        let verdict = self.judge(&found, letter.as_ref(), &marks).await?;
        let letter = letter.unwrap_or_default();
        let once = Idempotency {
            key: marks.key,
            body: marks.digest,
        };
        let fate = match verdict {
            Verdict::Aside(reason) => {
                self.set_aside(&letter, reason, &marks, &found).await?;
                Fate::Aside
            }
            Verdict::Answers(case) => {
                self.add_or_file(shell, &letter, case, &marks, once, &found)
                    .await?
            }
            Verdict::New => {
                self.file_or_set_aside(shell, &letter, &marks, once, &found)
                    .await?
            }
        };
        metrics::counter!("okno_mailbox_letters_total", "fate" => fate.code()).increment(1);
        Ok(Some(fate))
    }

    async fn judge(
        &self,
        found: &Found,
        letter: Option<&Letter>,
        marks: &Marks,
    ) -> Result<Verdict> {
        let Some(letter) = letter else {
            return Ok(Verdict::Aside(Reason::Unreadable));
        };
        if found.is_too_big {
            return Ok(Verdict::Aside(Reason::TooBig));
        }
        if self.mail.is_own(&letter.from) {
            return Ok(Verdict::Aside(Reason::Own));
        }
        if let Some(mark) = &letter.mark {
            return Ok(Verdict::Aside(Reason::of(mark)));
        }
        if letter.from.is_empty() {
            return Ok(Verdict::Aside(Reason::Nobody));
        }
        if letter.text.is_empty() && letter.files.is_empty() {
            return Ok(Verdict::Aside(Reason::Empty));
        }
        let sender = marks.sender;
        let store = self.cases.journal().store();
        let since = store.now().plus_seconds(-24 * 3600);
        let most = i64::try_from(A_DAY).unwrap_or(i64::MAX);
        let sent = store
            .read(move |db| sql::sent_since(db, &sender, since, most))
            .await?;
        if sent >= A_DAY {
            return Ok(Verdict::Aside(Reason::TooMany));
        }
        Ok(match self.answered_case(letter, &letter.from) {
            Some(case) => Verdict::Answers(case),
            None => Verdict::New,
        })
    }

    /// The case of a letter of ours that was sent to this address and that this one answers or
    /// tells of.
    fn answered_case(&self, letter: &Letter, address: &str) -> Option<CaseId> {
        let bounced: &[String] = match &letter.mark {
            Some(Mark::Bounce(Bounce { ids, .. })) => ids,
            _ => &[],
        };
        let by_id = letter.refers_to.iter().chain(bounced).filter_map(|id| {
            let (name, _) = id.split_once('@')?;
            name.rsplit_once('.').map(|(_, token)| token)
        });
        let replies = self.mail.replies();
        let by_address = letter
            .sent_to
            .iter()
            .filter_map(|address| replies?.token_in(address));
        by_id
            .chain(by_address)
            .find_map(|token| self.mail.case_of_token(token, address))
            .map(CaseId)
    }

    async fn set_aside(
        &self,
        letter: &Letter,
        reason: Reason,
        marks: &Marks,
        found: &Found,
    ) -> Result<()> {
        let mut body = Body::of(letter);
        if let Some(Mark::Bounce(bounce)) = &letter.mark
            && let Some(case) = self.answered_case(letter, &bounce.to)
        {
            let number = self.cases.number_of(case).await?;
            body.number = number.map(|number| number.to_string());
        }
        let now = self.cases.journal().store().now();
        let id = base::id::new_uuid(now);
        let may_keep = found.bytes.len() <= KEPT_MOST && !found.is_too_big;
        let kept = may_keep.then(|| self.seal(&letter_context(id), &found.bytes));
        self.put_down(
            id,
            Fate::Aside,
            reason.code(),
            &body,
            marks,
            kept.transpose()?,
            None,
        )
        .await
    }

    async fn add_or_file(
        &self,
        shell: &Shell,
        letter: &Letter,
        case: CaseId,
        marks: &Marks,
        once: Idempotency,
        found: &Found,
    ) -> Result<Fate> {
        let language = language_of(shell, letter);
        let in_case = CaseLetter {
            from: letter.from.clone(),
            words: said(shell, language, &letter.text),
            files: letter.files.iter().map(upload).collect(),
            idempotency: once.clone(),
            language,
        };
        let taken = match self.cases.take_letter(case, &in_case).await {
            Ok(taken) => taken,
            // It was closed meanwhile.
            Err(NotKept::Other(Error::Conflict(_))) => None,
            Err(other) => return Err(passing(other)),
        };
        let Some(taken) = taken else {
            return self
                .file_or_set_aside(shell, letter, marks, once, found)
                .await;
        };
        let refused = sentences(shell, language, &taken.refused, letter);
        let mut body = Body::of(letter);
        body.number = Some(taken.number.to_string());
        body.refused.clone_from(&refused);
        let told = (!refused.is_empty() || letter.is_cut).then(|| {
            let told = answering::Added {
                number: taken.number,
                refused: &refused,
                is_cut: letter.is_cut,
            };
            (told.letter(shell, language, &letter.from), case)
        });
        let id = base::id::new_uuid(self.cases.journal().store().now());
        self.put_down(id, Fate::Added, "", &body, marks, None, told)
            .await?;
        Ok(Fate::Added)
    }

    async fn file_or_set_aside(
        &self,
        shell: &Shell,
        letter: &Letter,
        marks: &Marks,
        once: Idempotency,
        found: &Found,
    ) -> Result<Fate> {
        let (filed, refused) = match self.file_as_case(shell, letter, once).await {
            Ok(done) => done,
            Err(Error::Invalid(errors)) => {
                let fields: Vec<_> = errors.iter().map(|error| error.field.as_str()).collect();
                tracing::warn!(?fields, "a letter does not fit the form of its service");
                self.set_aside(letter, Reason::Refused, marks, found)
                    .await?;
                return Ok(Fate::Aside);
            }
            Err(other) => return Err(other),
        };
        let (body, told) = self.acknowledged(shell, letter, &filed, &refused);
        let id = base::id::new_uuid(self.cases.journal().store().now());
        self.put_down(id, Fate::Filed, "", &body, marks, None, told)
            .await?;
        Ok(Fate::Filed)
    }

    /// What is kept of a letter that was filed, and what its sender is told.
    pub(super) fn acknowledged(
        &self,
        shell: &Shell,
        letter: &Letter,
        filed: &Filed,
        refused: &[RefusedFile],
    ) -> (Body, Option<(mail::Letter, CaseId)>) {
        let language = language_of(shell, letter);
        let refused = sentences(shell, language, refused, letter);
        let mut body = Body::of(letter);
        body.number = Some(filed.number.to_string());
        body.refused.clone_from(&refused);
        let told = (!letter.from.is_empty()).then(|| {
            let told = answering::Registered {
                filed,
                today: self.cases.today(),
                refused: &refused,
                is_cut: letter.is_cut,
                is_danger: [&letter.subject, &letter.text]
                    .iter()
                    .any(|said| base::danger::is_told(said)),
            };
            (told.letter(shell, language, &letter.from), filed.id)
        });
        (body, told)
    }

    /// Files a letter as a guest's message; its files that will not do are named.
    pub(super) async fn file_as_case(
        &self,
        shell: &Shell,
        letter: &Letter,
        once: Idempotency,
    ) -> Result<(Filed, Vec<RefusedFile>)> {
        let language = language_of(shell, letter);
        let actor = Actor::guest(language);
        let contents = self.cases.catalog().contents().await?;
        let service = contents
            .known_service(SERVICE)
            .ok_or_else(|| Error::field("service", "case-error-no-service"))?;
        let definition = &service.definition;
        let answers = answers_of(definition, shell, language, letter);
        let draft = self
            .cases
            .save_draft(&actor, &Pass::default(), None, SERVICE, answers.clone())
            .await?;
        let pass = Pass::default().with_draft(draft);
        let opened = self.cases.draft(&actor, &pass, draft).await?;
        let done = self
            .filled(&actor, definition, letter, (&opened, answers), once)
            .await;
        // A draft that became no case is nobody's: it failed, or the letter was filed before.
        let left = self.cases.draft(&actor, &pass, draft).await?;
        if left.filed.is_none() {
            self.cases.drop_draft(&left).await?;
        }
        done
    }

    /// Fills a draft with what the letter brings, and files it.
    async fn filled(
        &self,
        actor: &Actor,
        definition: &Definition,
        letter: &Letter,
        (draft, answers): (&Draft, Answers),
        once: Idempotency,
    ) -> Result<(Filed, Vec<RefusedFile>)> {
        let mut refused = Vec::new();
        for file in &letter.files {
            let attachments = &definition.attachments;
            let sent = upload(file);
            match self.cases.attach(draft, attachments, "", &sent).await {
                Ok(()) => {}
                Err(NotKept::Refused(error)) => refused.push((file.name.clone(), error)),
                Err(other) => return Err(passing(other)),
            }
        }
        let filing = Filing {
            service: SERVICE.to_owned(),
            answers,
            // Nobody is asked for consent who writes of their own accord; the entry says so.
            consent: true,
            source: Source::Mailbox,
            draft: Some(draft.id),
            idempotency: Some(once),
        };
        Ok((self.cases.file(actor, filing).await?, refused))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "each is a column, or goes with them"
    )]
    async fn put_down(
        &self,
        id: Uuid,
        fate: Fate,
        reason: &str,
        body: &Body,
        marks: &Marks,
        kept: Option<Vec<u8>>,
        told: Option<(mail::Letter, CaseId)>,
    ) -> Result<()> {
        let store = self.cases.journal().store();
        let row = LetterRow {
            id,
            came_at: store.now(),
            fate,
            reason: reason.to_owned(),
            decided_at: None,
            body: self.seal_body(id, body)?,
            keeps_letter: kept.is_some(),
        };
        let (mail, marks) = (self.mail.clone(), *marks);
        store
            .housekeeping(move |tx| {
                let is_new = sql::insert_letter(tx, &row, &marks, kept.as_deref())?;
                if let Some((letter, case)) = told.as_ref().filter(|_| is_new) {
                    mail.queue_about(tx, letter, case.0)?;
                }
                Ok(())
            })
            .await
    }

    pub(super) fn seal_body(&self, id: Uuid, body: &Body) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(body).map_err(Error::internal)?;
        self.seal(&body_context(id), &json)
    }

    pub(super) fn open_body(&self, row: &LetterRow) -> Result<Body> {
        let key = self.cases.journal().keys().installation();
        let json = key.open(&body_context(row.id), &row.body)?;
        serde_json::from_slice(&json).map_err(Error::internal)
    }

    fn seal(&self, context: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        let key = self.cases.journal().keys().installation();
        key.seal(context, bytes)
    }
}

pub(super) fn letter_context(id: Uuid) -> String {
    format!("mailbox.letter:{id}")
}

fn body_context(id: Uuid) -> String {
    format!("mailbox.body:{id}")
}

/// Reads a letter apart from everything else: a parser that breaks down or takes too long has not
/// read it, and that is all.
async fn read_apart(found: &Found) -> Option<Letter> {
    let (bytes, head_alone) = (found.bytes.clone(), found.is_too_big);
    let read = tokio::task::spawn_blocking(move || {
        if head_alone {
            reading::read_head(&bytes)
        } else {
            reading::read(&bytes, LETTER_MOST as usize)
        }
    });
    tokio::time::timeout(READING, read).await.ok()?.ok()?
}

/// The same for a letter that was kept.
pub(super) async fn read_again(bytes: Vec<u8>) -> Option<Letter> {
    let found = Found {
        mailbox: String::new(),
        uid_validity: 0,
        uid: 0,
        bytes,
        is_too_big: false,
    };
    read_apart(&found).await
}
