//! What messages and answers hold, sealed under the case's key, with the name of the one who wrote
//! as it was at that time.

use base::id::{AnswerId, CaseId, MessageId};
use base::{Error, Result};
use journal::DataKey;
use serde::{Deserialize, Serialize};

use crate::model::{Answer, AnswerKind, AnswerParts, Heard, Message};
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

/// A message as it is shown.
pub(crate) fn message(key: &DataKey, case: CaseId, row: &MessageRow) -> Result<Message> {
    let json = key.open(&format!("case.message:{case}:{}", row.id), &row.body)?;
    let body: MessageBody = serde_json::from_slice(&json).map_err(Error::internal)?;
    Ok(Message {
        side: row.side,
        author: body.author,
        text: body.text,
        sent_at: row.sent_at,
        heard: body.heard,
    })
}

/// An answer as it is shown.
pub(crate) fn answer(key: &DataKey, case: CaseId, row: &AnswerRow) -> Result<Answer> {
    let body = AnswerBody::open(key, case, row)?;
    Ok(Answer {
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
