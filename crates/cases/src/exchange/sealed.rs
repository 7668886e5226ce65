//! What is sealed in the rows of people, cases and works: as what, and how a text from elsewhere is held
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
use crate::works::{DisputeBody, document_context};

/// The longest sealed text, in bytes.
const MOST: usize = 4 << 20;

/// Whether a text that stands in the row of something else is sealed under the key of a case.
pub(super) fn is_of_a_case(what: &str) -> bool {
    what == "dispute"
}

/// What a text is sealed as: `what` in the row `id` of the person, case or task `parent`.
pub(super) fn context(what: &str, parent: Uuid, id: Uuid) -> String {
    match what {
        "name" | "contacts" => people::exchange::context(what, parent),
        "content" => content_context(CaseId(parent)),
        "works_document" => document_context(parent, id),
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
        "document" | "works_document" => typed::<DocumentBody>(what, value),
        "dispute" => typed::<DisputeBody>(what, value),
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
