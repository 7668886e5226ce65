//! What is sealed in the rows of people and cases: as what, and how a text from elsewhere is held
//! against it before it is sealed here.

use base::id::CaseId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::answers::{AnswerBody, MessageBody};
use crate::content_context;
use crate::course::{NoteBody, PartBody, PartyBody, RatingBody, ReasonBody, TurnBody, WaitBody};
use crate::documents::DocumentBody;
use crate::model::Content;
use crate::receiving::IntakeBody;

/// The longest sealed text, in bytes.
const MOST: usize = 4 << 20;

/// What a text is sealed as: `what` in the row `id` of the person or case `parent`.
pub(super) fn context(what: &str, parent: Uuid, id: Uuid) -> String {
    match what {
        "name" | "contacts" => people::exchange::context(what, parent),
        "content" => content_context(CaseId(parent)),
        // These have the key of their case.
        "rating" | "intake" => format!("case.{what}:{parent}:{parent}"),
        _ => format!("case.{what}:{parent}:{id}"),
    }
}

/// The bytes to be sealed, or what is wrong with them.
pub(super) fn checked(what: &str, value: Json) -> Result<Vec<u8>, String> {
    let bytes = match what {
        "name" | "contacts" => people::exchange::checked(what, value),
        "content" => typed::<Content>(what, value),
        "message" => typed::<MessageBody>(what, value),
        "answer" => typed::<AnswerBody>(what, value),
        "wait" => typed::<WaitBody>(what, value),
        "extension" => typed::<ReasonBody>(what, value),
        "part" => typed::<PartBody>(what, value),
        "party" => typed::<PartyBody>(what, value),
        "turn" => typed::<TurnBody>(what, value),
        "note" => typed::<NoteBody>(what, value),
        "rating" => typed::<RatingBody>(what, value),
        "document" => typed::<DocumentBody>(what, value),
        "intake" => typed::<IntakeBody>(what, value),
        _ => Err("is not known".to_owned()),
    }?;
    if bytes.len() > MOST {
        return Err(format!("is longer than {MOST} bytes"));
    }
    Ok(bytes)
}

fn typed<T: DeserializeOwned + Serialize>(what: &str, value: Json) -> Result<Vec<u8>, String> {
    // The parser's own words could repeat what somebody wrote.
    let typed: T =
        serde_json::from_value(value).map_err(|_| format!("is not what a {what} holds"))?;
    serde_json::to_vec(&typed).map_err(|_| format!("is not what a {what} holds"))
}
