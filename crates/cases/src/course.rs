//! What the course of a case holds, sealed under the case's key, with the names of those who acted
//! as they were called then; and how it is opened for a reader.

use base::id::CaseId;
use base::{Error, Result};
use journal::DataKey;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::Db;

use crate::model::{
    Course, Extension, Link, Note, Part, Party, Rating, Side, Turn, TurnKind, Wait,
};
use crate::sql::{self, Beside, There};

#[derive(Serialize, Deserialize)]
pub(crate) struct WaitBody {
    pub(crate) author: String,
    pub(crate) items: Vec<String>,
    pub(crate) instructions: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct ReasonBody {
    pub(crate) author: String,
    pub(crate) reason: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct PartBody {
    pub(crate) author: String,
    pub(crate) executor: String,
    pub(crate) task: String,
    pub(crate) result: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct PartyBody {
    pub(crate) name: String,
    pub(crate) note: String,
    /// Where letters go to somebody who has no account; given by the applicant's side only.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) email: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct TurnBody {
    pub(crate) author: String,
    pub(crate) reason: String,
    pub(crate) what: TurnKind,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct NoteBody {
    pub(crate) author: String,
    pub(crate) text: String,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct RatingBody {
    pub(crate) comment: String,
    pub(crate) reply: String,
    pub(crate) replied_by: String,
}

/// Seals a body: `what` and `id` say which place it belongs to.
pub(crate) fn seal<T: Serialize>(
    key: &DataKey,
    case: CaseId,
    what: &str,
    id: uuid::Uuid,
    body: &T,
) -> Result<Vec<u8>> {
    let json = serde_json::to_vec(body).map_err(Error::internal)?;
    key.seal(&format!("case.{what}:{case}:{id}"), &json)
}

/// Opens what [`seal`] has sealed for the same place.
pub(crate) fn open<T: DeserializeOwned>(
    key: &DataKey,
    case: CaseId,
    what: &str,
    id: uuid::Uuid,
    sealed: &[u8],
) -> Result<T> {
    let json = key.open(&format!("case.{what}:{case}:{id}"), sealed)?;
    serde_json::from_slice(&json).map_err(Error::internal)
}

/// The course of a case for a reader: applicants are not told how the work is parted, nor what
/// colleagues note.
pub(crate) fn course(
    db: &mut Db<'_>,
    key: &DataKey,
    case: CaseId,
    side: Side,
    there: There,
) -> Result<Course> {
    let (parts, notes) = match side {
        Side::Staff => (
            there.read(Beside::Parts, || sql::parts(db, case))?,
            there.read(Beside::Notes, || sql::notes(db, case))?,
        ),
        Side::Applicant => (Vec::new(), Vec::new()),
    };
    Ok(Course {
        waits: each(there.read(Beside::Waits, || sql::waits(db, case))?, |row| {
            let body: WaitBody = open(key, case, "wait", row.id, &row.body)?;
            Ok(Wait {
                id: row.id,
                asked_at: row.asked_at,
                author: body.author,
                items: body.items,
                instructions: body.instructions,
                returns_to: row.returns_to,
                ground: row.ground,
                ended_at: row.ended_at,
                send_by: row.send_by,
            })
        })?,
        extensions: each(
            there.read(Beside::Extensions, || sql::extensions(db, case))?,
            |row| {
                let body: ReasonBody = open(key, case, "extension", row.id, &row.body)?;
                Ok(Extension {
                    decided_at: row.decided_at,
                    decided_on: row.decided_on,
                    days: u32::try_from(row.days).map_err(Error::internal)?,
                    ground: row.ground,
                    due_before: row.due_before,
                    due_on: row.due_on,
                    author: body.author,
                    reason: body.reason,
                })
            },
        )?,
        parts: each(parts, |row| {
            let body: PartBody = open(key, case, "part", row.id, &row.body)?;
            Ok(Part {
                id: row.id,
                unit: row.unit,
                account: row.account,
                executor: body.executor,
                asked_at: row.asked_at,
                author: body.author,
                task: body.task,
                due_on: row.due_on,
                state: row.state,
                result: body.result,
                ended_at: row.ended_at,
            })
        })?,
        parties: each(
            there.read(Beside::Parties, || sql::parties(db, case))?,
            |row| {
                let body: PartyBody = open(key, case, "party", row.id, &row.body)?;
                Ok(Party {
                    id: row.id,
                    role: row.role,
                    person: row.person,
                    name: body.name,
                    note: body.note,
                    added_at: row.added_at,
                    agreed_at: row.agreed_at,
                })
            },
        )?,
        turns: each(there.read(Beside::Turns, || sql::turns(db, case))?, |row| {
            let body: TurnBody = open(key, case, "turn", row.id, &row.body)?;
            Ok(Turn {
                made_at: row.made_at,
                side: row.side,
                author: body.author,
                reason: body.reason,
                what: body.what,
            })
        })?,
        rating: (there.read(Beside::Rating, || sql::rating(db, case))?)
            .map(|row| rating(key, case, &row))
            .transpose()?,
        links: each(there.read(Beside::Links, || sql::links(db, case))?, |row| {
            Ok(Link {
                case: row.case,
                number: row.number,
                objects_to_this: row.objects_to_this,
            })
        })?,
        notes: each(notes, |row| {
            let body: NoteBody = open(key, case, "note", row.id, &row.body)?;
            Ok(Note {
                author: body.author,
                written_at: row.written_at,
                text: body.text,
            })
        })?,
    })
}

fn rating(key: &DataKey, case: CaseId, row: &sql::RatingRow) -> Result<Rating> {
    let body: RatingBody = open(key, case, "rating", case.0, &row.body)?;
    Ok(Rating {
        stars: u8::try_from(row.stars).map_err(Error::internal)?,
        comment: body.comment,
        rated_at: row.rated_at,
        reply: body.reply,
        replied_by: body.replied_by,
        replied_at: row.replied_at,
    })
}

fn each<Row, T>(rows: Vec<Row>, of: impl Fn(Row) -> Result<T>) -> Result<Vec<T>> {
    rows.into_iter().map(of).collect()
}
