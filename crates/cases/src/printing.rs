//! Papers: an answer as a letter, the receipt, the history. The slice says what a paper tells;
//! setting it is the printer's, which the binary brings.
//!
//! A printed answer is known by its hash: the first time that a file of these bytes is given out it
//! is written down in the case, and `genuine` tells anybody who has the file, or the short code on
//! it, by whom and when it was issued.

use std::net::IpAddr;
use std::pin::Pin;

use base::id::{AnswerId, CaseId, UnitId};
use base::{Actor, Error, Language, Moment, Number, Result};
use jiff::civil::Date;
use journal::{Keys, NewEntry};
use people::People;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::Db;

use crate::answers::AnswerBody;
use crate::colleagues::COLLEAGUE;
use crate::filing::hex;
use crate::model::{AnswerKind, AnswerState, CaseRow, Outcome, Side};
use crate::sql::{self, AnswerRow};
use crate::{Cases, KIND, pass};

/// Signs of the code on an answer.
const CODE_SIGNS: usize = 8;
const MOST_ANSWERS: i64 = 200;

/// What comes of printing.
pub type Printed<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>>> + Send + 'a>>;

/// Who sets papers.
pub trait Printer: std::fmt::Debug + Send + Sync {
    /// Sets one paper as a PDF; equal papers give equal bytes.
    fn print(&self, paper: Paper) -> Printed<'_>;
}

/// Which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The letter with an answer.
    Answer,
    /// The receipt of a filing.
    Receipt,
    /// What happened in a case.
    History,
}

/// One paper: every word on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Which template.
    pub kind: Kind,
    /// What the template shows.
    pub data: serde_json::Value,
    /// The address in the square code.
    pub code: String,
    /// The mark on the letterhead: a small PNG or JPEG.
    pub mark: Option<Vec<u8>>,
    /// The day that the paper carries.
    pub date: Date,
}

/// An answer that goes with a letter: named when the letter is queued, printed when it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPaper {
    /// The case.
    pub case: CaseId,
    /// Which of its delivered answers, from 1.
    pub place: usize,
    /// In which language.
    pub language: Language,
}

/// What anybody may know of an answer that was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The case.
    pub number: Number,
    /// Which of the case's answers, from 1.
    pub place: usize,
    /// Who answered.
    pub unit: UnitId,
    /// When.
    pub delivered_at: Moment,
    /// How it decides.
    pub outcome: Outcome,
    /// Interim or final.
    pub kind: AnswerKind,
    /// Whether a later answer of the case was issued.
    pub is_followed: bool,
}

/// The short code that is printed on an answer.
pub fn answer_code(keys: &Keys, answer: AnswerId) -> String {
    pass::signs(
        &keys.blind("cases.answer-code", &answer.to_string()),
        CODE_SIGNS,
    )
}

impl Cases {
    /// Sets a paper.
    pub(crate) async fn print(&self, paper: Paper) -> Result<Vec<u8>> {
        let printer = self.0.settings.printer.as_ref();
        printer
            .ok_or_else(|| Error::internal("nobody prints here"))?
            .print(paper)
            .await
    }

    /// Sets an answer and writes its hash down, once for each file.
    pub(crate) async fn print_answer(
        &self,
        actor: &Actor,
        side: Side,
        number: Number,
        (place, answer): (usize, AnswerId),
        paper: Paper,
    ) -> Result<Vec<u8>> {
        let pdf = self.print(paper).await?;
        let hash: [u8; 32] = Sha256::digest(&pdf).into();
        let store = self.0.journal.store();
        let known = store
            .read(move |db| sql::paper_of_hash(db, &hash).map(|known| known.is_some()))
            .await?;
        if !known {
            let this = self.clone();
            store
                .change(actor, move |tx| {
                    let row = Self::locked(tx, number)?;
                    if sql::paper_of_hash(tx, &hash)?.is_some() {
                        return Ok(());
                    }
                    sql::insert_paper(tx, &hash, row.id, answer)?;
                    let key = this.0.journal.keys().load(tx, row.data_key)?;
                    let mut fields = vec![
                        ("outgoing", outgoing(number, place)),
                        ("paper_sha256", hex(&hash)),
                        ("state", row.state.code().to_owned()),
                    ];
                    if side == Side::Staff {
                        let person = tx.actor().person().ok_or(Error::Unauthenticated)?;
                        let name = People::name_of(tx, &this.0.journal, person)?;
                        fields.push(("by", name.short()));
                        fields.push((COLLEAGUE, name.initials()));
                    }
                    this.0.journal.record(
                        tx,
                        NewEntry {
                            action: "case.answer_printed",
                            kind: KIND,
                            id: row.id.0,
                            fields,
                            occurred_at: None,
                            key,
                            first: false,
                        },
                    )?;
                    Ok(())
                })
                .await?;
        }
        Ok(pdf)
    }

    /// Whether an answer with this code was issued in this case. Guessing is slowed down.
    pub async fn genuine_by_code(
        &self,
        number: Number,
        code: &str,
        client: IpAddr,
    ) -> Result<Option<Issued>> {
        self.0.checks.check(&client.to_string())?;
        let this = self.clone();
        let code = code.to_owned();
        self.0
            .journal
            .store()
            .read(move |db| {
                let Some(row) = sql::case_by_number(db, number)? else {
                    return Ok(None);
                };
                let keys = this.0.journal.keys();
                Self::issued(keys, db, &row, |answer| {
                    pass::is_typed(keys, &answer_code(keys, answer.id), &code)
                })
            })
            .await
    }

    /// Whether a file of this hash was given out as an answer.
    pub async fn genuine_by_hash(&self, hash: [u8; 32], client: IpAddr) -> Result<Option<Issued>> {
        self.0.checks.check(&client.to_string())?;
        let this = self.clone();
        self.0
            .journal
            .store()
            .read(move |db| {
                let Some((case, answer)) = sql::paper_of_hash(db, &hash)? else {
                    return Ok(None);
                };
                let Some(row) = sql::case_by_id(db, case)? else {
                    return Ok(None);
                };
                Self::issued(this.0.journal.keys(), db, &row, |known| known.id == answer)
            })
            .await
    }

    fn issued(
        keys: &Keys,
        db: &mut Db<'_>,
        row: &CaseRow,
        is_it: impl Fn(&AnswerRow) -> bool,
    ) -> Result<Option<Issued>> {
        let answers = sql::answers(db, row.id, MOST_ANSWERS)?;
        let delivered: Vec<_> = answers
            .iter()
            .filter(|answer| answer.state == AnswerState::Delivered)
            .collect();
        let Some(at) = delivered.iter().position(|answer| is_it(answer)) else {
            return Ok(None);
        };
        let answer = delivered[at];
        // A case whose key was destroyed tells no more whether its answer was an interim one.
        let kind = keys
            .load(db, row.data_key)
            .and_then(|key| AnswerBody::open(&key, row.id, answer))
            .map_or(AnswerKind::Final, |body| body.kind);
        Ok(answer.delivered_at.map(|delivered_at| Issued {
            number: row.number,
            place: at + 1,
            unit: row.unit,
            delivered_at,
            outcome: answer.outcome,
            kind,
            is_followed: at + 1 < delivered.len(),
        }))
    }
}

/// The file of an answer, with the Latin letter that looks the same.
pub fn file_name(number: Number, place: usize) -> String {
    let number = number.to_string().replacen('\u{410}', "A", 1);
    format!("{number}-{place}.pdf")
}

/// The number that goes out with an answer.
pub(crate) fn outgoing(number: Number, place: usize) -> String {
    format!("{number}/{place}")
}
