//! What clients send and are given: the types that the document describes.

use std::collections::BTreeMap;

use base::{Language, Number};
use catalog::Contents;
use catalog::form::Answers;
use people::{Unit, Units};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

use super::desk::codes::actions;
use super::desk::shapes::{
    DocumentBody, ExtensionBody, LinkBody, PartyBody, RatingBody, SlotBody, WaitBody,
};
use super::latin;
use crate::model::{
    AnswerKind, AnswerState, NoAnswerItem, Outcome, PartyRole, PublicState, Side, State,
};

/// A filing.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes what is read as a value")]
pub(super) struct FilingBody {
    /// Code of the service, from `/api/v1/services`.
    #[schema(example = "complaint")]
    service: String,
    /// Code of the subject, from `/api/v1/categories`.
    #[schema(example = "roads.snow")]
    category: String,
    /// Answers to the service's own questions by name. Which there are, and what they take, says the schema at
    /// `/api/v1/services/{code}`.
    fields: BTreeMap<String, FieldValue>,
    /// Where it happened; some services need no place.
    #[schema(nullable = false)]
    place: Option<PlaceBody>,
    applicant: ApplicantBody,
    /// Consent to the processing of the personal data above. A program that leaves it out states by filing
    /// that it has the applicant's consent; nothing is filed with `false`.
    #[schema(example = true, default = true, nullable = false)]
    consent: Option<bool>,
}

/// An answer to a question: a text (a choice and a date are texts too), a whole number, a statement, or the
/// named parts of one question.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes what is read as a value")]
pub(super) enum FieldValue {
    Text(String),
    Number(i64),
    Statement(bool),
    Parts(BTreeMap<String, FieldPart>),
}

/// A part of an answer.
#[derive(ToSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes what is read as a value")]
pub(super) enum FieldPart {
    Text(String),
    Number(i64),
    Statement(bool),
}

/// A place.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceBody {
    /// Code of the territory, from `/api/v1/territories`.
    #[schema(example = "ozernoye", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) territory: Option<String>,
    /// Address or landmark in words.
    #[schema(max_length = 300, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) address: Option<String>,
    /// The point on the map, north before east.
    #[schema(
        max_length = 40,
        nullable = false,
        example = "57.69281, 39.63822",
        pattern = "^-?[0-8]?[0-9]\\.[0-9]{1,6}, -?[0-1]?[0-9]?[0-9]\\.[0-9]{1,6}$"
    )]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) point: Option<String>,
}

/// The one who files.
#[derive(Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ApplicantBody {
    #[schema(max_length = 100)]
    pub(super) last_name: String,
    #[schema(max_length = 100)]
    pub(super) first_name: String,
    #[schema(max_length = 100, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) middle_name: Option<String>,
    /// Where the answer goes.
    #[schema(max_length = 254, format = "email", example = "anna@example.org")]
    pub(super) email: String,
    /// 5 to 15 digits.
    #[schema(max_length = 40, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phone: Option<String>,
    #[schema(max_length = 300, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) postal_address: Option<String>,
}

/// The one who filed, as a reader of the case is told: a co-applicant learns their name alone.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseApplicant {
    pub(super) last_name: String,
    pub(super) first_name: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) middle_name: Option<String>,
    /// Where the answer goes.
    #[schema(format = "email", nullable = false, example = "anna@example.org")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) phone: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) postal_address: Option<String>,
}

/// What the sender of a filing is told.
#[derive(Serialize, ToSchema)]
pub(super) struct FiledBody {
    /// Number of the case, with the Cyrillic letter А.
    #[schema(pattern = "^\u{410}-[0-9]{4}-[0-9]{8}-[0-9]$")]
    pub(super) number: String,
    /// State at filing, also when the request is repeated later.
    #[schema(schema_with = states)]
    pub(super) state: &'static str,
    /// The day by which an answer is due.
    #[schema(format = "date", nullable = false, example = "2026-12-22")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due_on: Option<String>,
    /// The signed receipt, a text to keep: with it anybody can show that the case was taken.
    pub(super) receipt: String,
    /// The secret code by which a guest comes back to the case; absent for those who are signed in.
    #[schema(nullable = false, example = "7K4M-Q2ZT-9XHD-3W6P")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) return_code: Option<String>,
    pub(super) links: Links,
}

/// Addresses of a case on this installation.
#[derive(Serialize, ToSchema)]
pub(super) struct Links {
    /// The case for programs.
    #[serde(rename = "self")]
    #[schema(example = "/api/v1/cases/A-2026-00000042-5")]
    pub(super) this: String,
    /// The page of the case, for its applicant and for staff.
    pub(super) page: String,
    /// The page in the open register.
    pub(super) register: String,
    /// The public proof; 202 with `Retry-After` until the newest entry is sealed.
    pub(super) proof: String,
}

impl Links {
    pub(super) fn of(number: Number) -> Self {
        let number = latin(number);
        Self {
            this: format!("/api/v1/cases/{number}"),
            page: format!("/cases/{number}"),
            register: format!("/register/{number}"),
            proof: format!("/proofs/{number}.tlog-proof"),
        }
    }
}

/// A code with its name in the language of the answer.
#[derive(Serialize, ToSchema)]
pub(super) struct Named {
    #[schema(example = "roads")]
    pub(super) code: String,
    #[schema(example = "Roads")]
    pub(super) name: String,
}

impl Named {
    /// What is not known any more.
    pub(super) fn nameless() -> Self {
        Self {
            code: String::new(),
            name: String::new(),
        }
    }

    pub(super) fn unit(unit: &Unit, language: Language) -> Self {
        Self {
            code: unit.code.clone(),
            name: unit.name(language).to_owned(),
        }
    }
}

/// What anybody may know of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct PublicCase {
    /// Number of the case.
    #[schema(pattern = "^\u{410}-[0-9]{4}-[0-9]{8}-[0-9]$")]
    pub(super) number: String,
    /// The service under which it was filed.
    pub(super) service: Named,
    /// The kind of appeal.
    #[schema(schema_with = kinds)]
    pub(super) kind: &'static str,
    /// The subject.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) category: Option<Named>,
    /// The unit that answers.
    pub(super) unit: Named,
    /// The authority that the unit is a part of.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) agency: Option<Named>,
    /// State for the public.
    #[schema(schema_with = public_states)]
    pub(super) state: &'static str,
    /// When it was received.
    #[schema(format = "date-time")]
    pub(super) received_at: String,
    /// The day by which an answer is due.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) due_on: Option<String>,
    /// When the answer was given.
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) answered_at: Option<String>,
    /// Whether it was carried over from another system.
    pub(super) carried_over: bool,
    pub(super) links: Links,
}

impl PublicCase {
    pub(super) fn of(
        row: &crate::model::RegisterRow,
        contents: &Contents,
        units: &Units,
        language: Language,
    ) -> Self {
        let service = contents
            .service_by_id(row.service)
            .map(|service| &service.definition);
        let unit = units.unit(row.unit);
        Self {
            number: row.number.to_string(),
            kind: service.map_or("complaint", |service| service.kind.code()),
            service: service.map_or_else(Named::nameless, |service| Named {
                code: service.code.clone(),
                name: service.name(language).to_owned(),
            }),
            category: row
                .category
                .and_then(|id| contents.categories().by_id(id))
                .map(|category| Named {
                    code: category.code.clone(),
                    name: contents.categories().path(category.id, language),
                }),
            unit: unit.map_or_else(Named::nameless, |unit| Named::unit(unit, language)),
            agency: units
                .agency_of(row.unit)
                .map(|unit| Named::unit(unit, language)),
            state: row.state.code(),
            received_at: row.received_at.rfc3339(),
            due_on: row.due_on.map(|date| date.to_string()),
            answered_at: row.answered_at.map(base::Moment::rfc3339),
            carried_over: row.carried_over,
            links: Links::of(row.number),
        }
    }
}

/// A case. Everybody is given the first part; `inside` is for its applicant and for staff who may read it.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseBody {
    #[serde(flatten)]
    pub(super) public: PublicCase,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) inside: Option<Inside>,
    /// For somebody who was named beside the applicant and has not answered.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) invitation: Option<InvitationBody>,
}

/// A case in which the reader was named beside the applicant: until they agree to stand in it, they are told the
/// words of the appeal and nothing else.
#[derive(Serialize, ToSchema)]
pub(super) struct InvitationBody {
    /// What they were named as.
    #[schema(schema_with = reading_roles)]
    pub(super) role: &'static str,
    /// Who named them.
    pub(super) by: String,
    /// The subject, what happened and what is asked.
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    pub(super) fields: Answers,
}

fn reading_roles() -> Object {
    one_of([PartyRole::CoApplicant, PartyRole::Representative].map(PartyRole::code))
}

/// What the applicant and the staff see of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct Inside {
    /// Which side the reader is on.
    #[schema(schema_with = sides)]
    pub(super) side: &'static str,
    /// State.
    #[schema(schema_with = states)]
    pub(super) state: &'static str,
    /// How it ended.
    #[schema(schema_with = outcomes)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) outcome: Option<&'static str>,
    /// The day of registration.
    #[schema(format = "date")]
    pub(super) registered_on: String,
    /// Who is waited for.
    #[schema(schema_with = sides)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) waits_for: Option<&'static str>,
    /// Answers to the service's own questions, cleaned.
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    pub(super) fields: Answers,
    pub(super) place: PlaceBody,
    pub(super) applicant: CaseApplicant,
    /// The term with every step of its explanation; absent when no term runs.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) term: Option<TermBody>,
    /// What the reader may do with the case now.
    #[schema(schema_with = actions)]
    pub(super) allowed: Vec<&'static str>,
    /// What is asked for by name, by the service and by requests.
    pub(super) slots: Vec<SlotBody>,
    /// Documents, oldest first.
    pub(super) documents: Vec<DocumentBody>,
    #[serde(flatten)]
    pub(super) course: CourseBody,
    /// Messages, oldest first.
    pub(super) messages: Vec<MessageBody>,
    /// Answers, oldest first; applicants are given delivered ones only.
    pub(super) answers: Vec<AnswerBody>,
    /// The answer of the system that the case was carried over from.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) carried_answer: Option<String>,
}

/// What happened to a case beside letters.
#[derive(Serialize, ToSchema)]
pub(super) struct CourseBody {
    /// Requests for documents, oldest first.
    pub(super) document_requests: Vec<WaitBody>,
    /// Extensions of the term, oldest first.
    pub(super) extensions: Vec<ExtensionBody>,
    /// Parties beside the applicant.
    pub(super) parties: Vec<PartyBody>,
    /// What the applicant thinks of the work.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rating: Option<RatingBody>,
    /// Cases that belong to this one.
    pub(super) linked: Vec<LinkBody>,
}

/// The term of the answer.
#[derive(Serialize, ToSchema)]
pub(super) struct TermBody {
    /// The order by law.
    #[schema(example = "fz59")]
    pub(super) regime: String,
    /// The term of that order.
    #[schema(example = "answer")]
    pub(super) term: String,
    /// Version of the rule.
    pub(super) version: u32,
    /// Version of the working calendar.
    pub(super) calendar: String,
    /// The day that starts the term.
    #[schema(format = "date")]
    pub(super) starts_on: String,
    /// The last day of the term.
    #[schema(format = "date")]
    pub(super) due_on: String,
    /// Why it is that day, step by step.
    pub(super) steps: Vec<StepBody>,
}

/// One step of the explanation.
#[derive(Serialize, ToSchema)]
pub(super) struct StepBody {
    /// What the step is, the same in every language.
    pub(super) code: String,
    /// The step in words, with its article.
    pub(super) text: String,
}

/// A message.
#[derive(Serialize, ToSchema)]
pub(super) struct MessageBody {
    /// Who speaks.
    #[schema(schema_with = sides)]
    pub(super) side: &'static str,
    pub(super) author: String,
    pub(super) text: String,
    #[schema(format = "date-time")]
    pub(super) sent_at: String,
}

/// An answer.
#[derive(Serialize, ToSchema)]
pub(super) struct AnswerBody {
    #[schema(schema_with = answer_states)]
    pub(super) state: &'static str,
    #[schema(schema_with = answer_kinds)]
    pub(super) kind: &'static str,
    #[schema(schema_with = outcomes)]
    pub(super) outcome: &'static str,
    pub(super) text: String,
    /// Facts and acts of law that the decision rests on.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) grounds: Option<String>,
    /// What has been done.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) measures: Option<String>,
    /// What the applicant is advised to do next.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_steps: Option<String>,
    /// After a refusal: what can be put right, and how.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) to_correct: Option<String>,
    /// What will be done, each with its day.
    pub(super) promises: Vec<PromiseBody>,
    /// The item of article 11 (or 8) of Law 59-FZ by which no answer on the merits is due.
    #[schema(schema_with = no_answer_items)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) item: Option<&'static str>,
    pub(super) author: String,
    /// The rule by which it came about, when one decided or proposed it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule: Option<RuleBody>,
    #[schema(format = "date-time")]
    pub(super) written_at: String,
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) delivered_at: Option<String>,
}

/// The rule by which an answer came about.
#[derive(Serialize, ToSchema)]
#[schema(as = AnswerRule)]
pub(super) struct RuleBody {
    /// Version of the service's rules.
    pub(super) version: u32,
    /// Place of the rule among them, from 1.
    pub(super) place: usize,
    /// Its code.
    pub(super) code: String,
    /// The officer who approved the version.
    pub(super) approved_by: String,
    #[schema(format = "date")]
    pub(super) approved_on: String,
    /// Whether the rule decided; otherwise it proposed, and a person confirmed.
    pub(super) decided: bool,
}

/// What an answer promises.
#[derive(Serialize, ToSchema)]
pub(super) struct PromiseBody {
    pub(super) text: String,
    #[schema(format = "date")]
    pub(super) on: String,
}

/// A page of the open register, newest first.
#[derive(Serialize, ToSchema)]
pub(super) struct RegisterBody {
    pub(super) items: Vec<PublicCase>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

pub(super) fn one_of<'a>(codes: impl IntoIterator<Item = &'a str>) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(codes.into_iter().collect::<Vec<_>>()))
        .build()
}

pub(super) fn kinds() -> Object {
    one_of(catalog::Kind::ALL.map(catalog::Kind::code))
}

pub(super) fn states() -> Object {
    one_of(State::ALL.map(State::code))
}

fn public_states() -> Object {
    one_of(PublicState::ALL.map(PublicState::code))
}

pub(super) fn sides() -> Object {
    one_of([Side::Applicant, Side::Staff].map(Side::code))
}

pub(super) fn outcomes() -> Object {
    one_of(Outcome::ALL.map(Outcome::code))
}

pub(super) fn answer_kinds() -> Object {
    one_of([AnswerKind::Final, AnswerKind::Interim].map(AnswerKind::code))
}

pub(super) fn no_answer_items() -> Object {
    one_of(NoAnswerItem::ALL.map(NoAnswerItem::code))
}

fn answer_states() -> Object {
    use AnswerState::{Agreed, Delivered, Draft, InAgreement, Returned};
    one_of([Draft, InAgreement, Returned, Agreed, Delivered].map(AnswerState::code))
}
