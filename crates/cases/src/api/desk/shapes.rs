//! A case as those who work on it are given it, and the rows of their lists.

use catalog::form::Answers;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::shapes::{
    AnswerBody, FieldValue, MessageBody, Named, PlaceBody, PublicCase, TermBody, outcomes, sides,
    states,
};
use super::codes::{checked, deeds, part_states, priorities, roles, sources, tones, turn_kinds};

/// A case at the desk. `inside` is absent when the reader may not work on it: what went to another
/// unit, say.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DeskCase {
    #[serde(flatten)]
    pub(in crate::api) public: PublicCase,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::api) inside: Option<DeskInside>,
}

/// What staff see of a case and may do with it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DeskInside {
    /// How often the case was changed; each change makes it greater.
    #[schema(minimum = 0)]
    pub(super) version: i64,
    /// State.
    #[schema(schema_with = states)]
    pub(super) state: &'static str,
    /// What the reader may do with the case now: the very list by which buttons are drawn.
    #[schema(schema_with = deeds)]
    pub(super) allowed: Vec<&'static str>,
    /// How it ended.
    #[schema(schema_with = outcomes)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) outcome: Option<&'static str>,
    /// How it came.
    #[schema(schema_with = sources)]
    pub(super) source: &'static str,
    /// The number that it had in another system.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) outside_number: Option<String>,
    /// The specialist who has it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) assignee: Option<HolderBody>,
    /// Who is waited for.
    #[schema(schema_with = sides)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) waits_for: Option<&'static str>,
    /// The topic in the applicant's words.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) topic: Option<String>,
    /// Answers to the service's own questions, cleaned.
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    pub(super) fields: Answers,
    pub(super) place: PlaceBody,
    pub(super) applicant: DeskApplicant,
    /// How an operator took it in, when one did.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) taken_in: Option<TakenInBody>,
    /// Why it is with this unit.
    pub(super) route: String,
    /// How urgent it is.
    #[schema(schema_with = priorities)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) priority: Option<&'static str>,
    /// Whether heads were told that its term is in danger.
    pub(super) escalated: bool,
    pub(super) clocks: ClocksBody,
    /// The term with every step of its explanation; absent when no term runs.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) term: Option<TermBody>,
    /// What the law lets the term be lengthened by; absent when it does not.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) extendable: Option<ExtendableBody>,
    /// The check against what the service asks for, while an answer is owed.
    pub(super) check: Vec<CheckBody>,
    /// What is asked for by name, by the service and by requests.
    pub(super) slots: Vec<SlotBody>,
    /// Documents, oldest first.
    pub(super) documents: Vec<DocumentBody>,
    /// Requests for documents, oldest first.
    pub(super) document_requests: Vec<WaitBody>,
    /// Messages, oldest first.
    pub(super) messages: Vec<DeskMessage>,
    /// Answers, oldest first: drafts and delivered ones.
    pub(super) answers: Vec<DeskAnswer>,
    /// The answer of the system that the case was carried over from.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) carried_answer: Option<String>,
    /// Parts of the work with other units, oldest first.
    pub(super) parts: Vec<PartBody>,
    /// Parties beside the applicant.
    pub(super) parties: Vec<PartyBody>,
    /// Extensions of the term, oldest first.
    pub(super) extensions: Vec<ExtensionBody>,
    /// Turns that the case took, oldest first.
    pub(super) turns: Vec<TurnBody>,
    /// Notes among colleagues, oldest first.
    pub(super) notes: Vec<NoteBody>,
    /// What the applicant thinks of the work.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rating: Option<RatingBody>,
    /// Cases that belong to this one.
    pub(super) linked: Vec<LinkBody>,
}

/// The one who asks. Somebody who called or wrote on paper may have no e-mail.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DeskApplicant {
    pub(super) last_name: String,
    pub(super) first_name: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) middle_name: Option<String>,
    #[schema(format = "email", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phone: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) postal_address: Option<String>,
    /// The organisation for which they file.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) organisation: Option<String>,
}

/// A specialist.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct HolderBody {
    /// Identifier of the account, as an assignment names it.
    #[schema(format = "uuid")]
    pub(super) account: String,
    pub(super) name: String,
}

/// How an operator took a case in.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TakenInBody {
    /// The way it came.
    #[schema(schema_with = sources)]
    pub(in crate::api) way: &'static str,
    /// The operator, as they were called then.
    pub(in crate::api) operator: String,
    #[schema(format = "date-time")]
    pub(in crate::api) at: String,
    /// The day a letter came.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::api) came_on: Option<String>,
    /// The number that the sender gave their letter.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::api) outgoing: Option<String>,
    /// Who signed it beside the one who is answered.
    pub(in crate::api) others: Vec<String>,
}

/// The days of a case beside the one on which an answer is due.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ClocksBody {
    #[schema(format = "date")]
    pub(super) registered_on: String,
    /// By when the work begins, while it has not.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) begin_by: Option<String>,
    /// When the work began.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) begun_on: Option<String>,
    /// By when the law lets it be forwarded to another body.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) forward_by: Option<String>,
    /// The agency's own aim for the answer.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) aim_on: Option<String>,
    /// When the specialist plans to answer.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) planned_on: Option<String>,
}

/// What a term may be lengthened by.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ExtendableBody {
    /// Days at the most.
    pub(super) most_days: u32,
    /// Grounds that the law names.
    pub(super) grounds: Vec<Named>,
    /// The article.
    pub(super) article: String,
}

/// A line of the check.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CheckBody {
    #[schema(schema_with = tones)]
    pub(super) result: &'static str,
    /// What was found, in words.
    pub(super) text: String,
}

/// Something asked for by name.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct SlotBody {
    /// How documents name it.
    pub(super) code: String,
    pub(super) title: String,
    /// Whether the case cannot go on without it.
    pub(super) required: bool,
    #[schema(schema_with = checked)]
    pub(super) state: &'static str,
    /// What is wrong with what was sent.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
}

/// A document.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DocumentBody {
    #[schema(format = "uuid")]
    pub(in crate::api) id: String,
    pub(in crate::api) name: String,
    /// What it is, like `PDF`.
    pub(in crate::api) kind: &'static str,
    /// Bytes.
    pub(in crate::api) size: u64,
    /// SHA-256 of the original, in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub(in crate::api) sha256: String,
    /// What it was sent for.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::api) slot: Option<String>,
    /// Who added it.
    #[schema(schema_with = sides)]
    pub(in crate::api) side: &'static str,
    #[schema(format = "date-time")]
    pub(in crate::api) added_at: String,
    #[schema(schema_with = checked)]
    pub(in crate::api) state: &'static str,
    /// Why it is faulty.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::api) reason: Option<String>,
}

/// A request for documents.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct WaitBody {
    #[schema(format = "uuid")]
    pub(super) id: String,
    #[schema(format = "date-time")]
    pub(super) asked_at: String,
    pub(super) author: String,
    /// What is asked, thing by thing.
    pub(super) items: Vec<String>,
    /// How to send it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) instructions: Option<String>,
    /// Until when it is asked to be sent.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) send_by: Option<String>,
    /// Whether the term stands still meanwhile.
    pub(super) pauses: bool,
    /// When the applicant replied, or staff went on without a reply.
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ended_at: Option<String>,
}

/// A message at the desk.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DeskMessage {
    #[serde(flatten)]
    pub(super) message: MessageBody,
    /// How an operator heard it, when the applicant did not write themselves.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) heard: Option<HeardBody>,
}

/// How the applicant's words reached us.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct HeardBody {
    #[schema(schema_with = sources)]
    pub(super) way: &'static str,
    /// The operator, as they were called then.
    pub(super) operator: String,
    /// What was handed over.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) handed: Option<String>,
}

/// An answer at the desk.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DeskAnswer {
    #[serde(flatten)]
    pub(super) answer: AnswerBody,
    /// Who agreed to it or returned it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) head: Option<String>,
    /// Why it was returned.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) remark: Option<String>,
    /// Who signed it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) signer: Option<String>,
    /// What the signer was then.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) post: Option<String>,
}

/// A part of the work.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct PartBody {
    #[schema(format = "uuid")]
    pub(super) id: String,
    /// Who does it.
    pub(super) unit: Named,
    /// The person, where one was named or has done it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) executor: Option<String>,
    #[schema(format = "date-time")]
    pub(super) asked_at: String,
    /// Who gave it.
    pub(super) author: String,
    pub(super) task: String,
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due_on: Option<String>,
    #[schema(schema_with = part_states)]
    pub(super) state: &'static str,
    /// What came of it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) result: Option<String>,
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ended_at: Option<String>,
}

/// Somebody beside the one who filed.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct PartyBody {
    #[schema(format = "uuid")]
    pub(super) id: String,
    #[schema(schema_with = roles)]
    pub(super) role: &'static str,
    pub(super) name: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) note: Option<String>,
    #[schema(format = "date-time")]
    pub(super) added_at: String,
    /// Since when they agree to stand in the case, who have an account.
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agreed_at: Option<String>,
}

/// A term that was lengthened.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ExtensionBody {
    #[schema(format = "date")]
    pub(super) decided_on: String,
    pub(super) days: u32,
    pub(super) ground: Named,
    #[schema(format = "date")]
    pub(super) due_before: String,
    #[schema(format = "date")]
    pub(super) due_on: String,
    /// Who decided.
    pub(super) author: String,
    pub(super) reason: String,
}

/// A turn that a case took.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TurnBody {
    #[schema(schema_with = turn_kinds)]
    pub(super) kind: &'static str,
    #[schema(format = "date-time")]
    pub(super) made_at: String,
    /// Which side made it.
    #[schema(schema_with = sides)]
    pub(super) side: &'static str,
    pub(super) author: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    /// The unit that it went to, when it was redirected.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<Named>,
    /// The body that it went to, when it was forwarded; where an answer was posted to, or lies.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<String>,
    /// When the answer is expected, when it will be late.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expected_on: Option<String>,
    /// The day on which an answer was posted.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) posted_on: Option<String>,
    /// The number of the post item.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) post_item: Option<String>,
    /// When an answer can be collected.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hours: Option<String>,
    /// What was put right, name by name.
    pub(super) changes: Vec<ChangeBody>,
}

/// A thing that was put right.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ChangeBody {
    pub(super) field: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// A note among colleagues.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct NoteBody {
    pub(super) author: String,
    pub(super) text: String,
    #[schema(format = "date-time")]
    pub(super) written_at: String,
}

/// What the applicant thinks of the work.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct RatingBody {
    #[schema(minimum = 1, maximum = 5)]
    pub(super) stars: u8,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) comment: Option<String>,
    #[schema(format = "date-time")]
    pub(super) rated_at: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reply: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) replied_by: Option<String>,
}

/// A case that belongs to this one.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct LinkBody {
    pub(super) number: String,
    /// Whether it is an objection against the answer to this one; otherwise this one is an objection
    /// against the answer to it.
    pub(super) objects_to_this: bool,
}
