//! What messages and answers hold, sealed under the case's key, with the name of the one who wrote
//! as it was at that time.

use base::id::{AccountId, AnswerId, CaseId, MessageId};
use base::{Error, Moment, Result};
use journal::DataKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ByRule;
use crate::filing::hex;
use crate::model::{Answer, AnswerKind, AnswerParts, Heard, Message, SentBack, Side};
use crate::sql::{AnswerRow, MessageRow};

/// The body of a message.
#[derive(Serialize, Deserialize)]
pub(crate) struct MessageBody {
    pub(crate) author: String,
    pub(crate) text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) heard: Option<Heard>,
}

/// The body of an answer.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AnswerBody {
    pub(crate) author: String,
    pub(crate) text: String,
    pub(crate) head: Option<String>,
    pub(crate) remark: String,
    #[serde(default)]
    pub(crate) kind: AnswerKind,
    #[serde(default)]
    pub(crate) parts: AnswerParts,
    #[serde(default)]
    pub(crate) signer: Option<String>,
    /// What the signer was when they signed.
    #[serde(default)]
    pub(crate) post: String,
    /// What a head sent back, until the answer is delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<SentBack>,
    /// Whether the row's outcome says nothing yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) undecided: bool,
    /// By which rule it came about, when one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rule: Option<ByRule>,
}

impl MessageBody {
    pub(crate) fn seal(&self, key: &DataKey, case: CaseId, id: MessageId) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(self).map_err(Error::internal)?;
        key.seal(&format!("case.message:{case}:{id}"), &json)
    }
}

impl AnswerBody {
    pub(crate) fn seal(&self, key: &DataKey, case: CaseId, id: AnswerId) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(self).map_err(Error::internal)?;
        key.seal(&format!("case.answer:{case}:{id}"), &json)
    }

    pub(crate) fn open(key: &DataKey, case: CaseId, row: &AnswerRow) -> Result<Self> {
        let json = key.open(&format!("case.answer:{case}:{}", row.id), &row.body)?;
        serde_json::from_slice(&json).map_err(Error::internal)
    }
}

/// A message as it is shown to `reader`, who may be the one who filed (`is_owner`): what an operator
/// heard from them, and what has no author, is theirs.
pub(crate) fn message(
    key: &DataKey,
    case: CaseId,
    row: &MessageRow,
    reader: Option<AccountId>,
    is_owner: bool,
) -> Result<Message> {
    let json = key.open(&format!("case.message:{case}:{}", row.id), &row.body)?;
    let body: MessageBody = serde_json::from_slice(&json).map_err(Error::internal)?;
    let own = match row.author.filter(|_| body.heard.is_none()) {
        Some(author) => Some(author) == reader,
        None => is_owner && row.side == Side::Applicant,
    };
    Ok(Message {
        own,
        side: row.side,
        author: body.author,
        text: body.text,
        sent_at: row.sent_at,
        heard: body.heard,
    })
}

/// What tells one writing of an answer from the next: its sealed words are never the same twice.
pub(crate) fn mark(row: &AnswerRow) -> String {
    let mut mark = hex(&Sha256::digest(&row.body));
    mark.truncate(16);
    mark
}

/// The mark of an answer that waits for a head: beside it stands when the applicant last wrote, so
/// that nobody signs what does not answer words that came meanwhile.
pub(crate) fn mark_beside(mark: &str, wrote_at: Option<Moment>) -> String {
    match wrote_at {
        Some(moment) => format!("{mark}-{}", moment.micros()),
        None => mark.to_owned(),
    }
}

/// An answer as a reader is shown it.
pub(crate) fn answer(
    key: &DataKey,
    case: CaseId,
    row: &AnswerRow,
    reader: Option<AccountId>,
) -> Result<Answer> {
    let body = AnswerBody::open(key, case, row)?;
    Ok(Answer {
        mark: mark(row),
        own: reader == Some(row.author),
        before: body.before,
        undecided: body.undecided,
        rule: body.rule,
        id: row.id,
        state: row.state,
        kind: body.kind,
        outcome: row.outcome,
        text: body.text,
        parts: body.parts,
        signer: body.signer,
        post: body.post,
        author: body.author,
        head: body.head,
        remark: body.remark,
        written_at: row.written_at,
        delivered_at: row.delivered_at,
    })
}
