//! One case: for everybody what the open register tells; for its applicant and for staff in charge
//! also what it says, what was written, and why the answer is due when it is.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use base::{Error, Number, Who};
use catalog::form::{Answers, Form};
use people::{Units, Visitor};
use web::Request;

use super::desk::{self, codes::codes};
use super::filing::Names;
use super::shapes::{
    AnswerBody, CaseApplicant, CaseBody, CourseBody, Inside, InvitationBody, MessageBody,
    PlaceBody, PromiseBody, PublicCase, RuleBody, StepBody, TermBody,
};
use super::{Api, examples, number_in};
use crate::documents::{Document, Slot};
use crate::model::{Answer, Applicant, Card, Message, NoAnswerItem, Term};
use crate::pass::Pass;
use crate::{Cases, steps_in_words};
use web::api::{OfCase, Refused};

/// The header in which a guest sends the code that they were given when they filed.
const CODE: &str = "x-return-code";

/// Read a case
///
/// Anybody is given what the open register tells. `inside` is added for the applicant (signed in, or with
/// `X-Return-Code`) and for signed-in staff who may read the case; such a reading by staff is written down.
/// Who was named beside the applicant is given `invitation` until they agree to stand in the case.
/// The number is read as people type it: either alphabet's letter, any dashes and spaces.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}",
    operation_id = "read_case",
    tag = "cases",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        ("number" = String, Path, max_length = 64, description = "Number of the case; 422 when it is mistyped, 404 when there is none",
            example = "A-2026-00000042-5"),
        ("X-Return-Code" = inline(Option<String>), Header, nullable = false, max_length = 64,
            description = "The return code of a guest. Wrong codes are refused with 422 and slowed down",
            example = "7K4M-Q2ZT-9XHD-3W6P"),
    ),
    responses(
        (status = 200, description = "The case", body = CaseBody, example = json!(examples::case())),
        OfCase,
    )
)]
pub(super) async fn read_case(
    visitor: Visitor,
    State(api): State<Api>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let number = number_in(&number)?;
    let cases = &api.cases;
    let card = card(cases, &visitor, number, &headers).await?;
    let keep = if card.is_some() {
        "no-store"
    } else {
        "no-cache"
    };
    let invitation = match card {
        None if visitor.actor.person().is_some() => invitation(cases, &visitor, number).await?,
        _ => None,
    };
    let keep = if invitation.is_some() {
        "no-store"
    } else {
        keep
    };
    let body = CaseBody {
        invitation,
        ..case_body(cases, &visitor.request, number, card).await?
    };
    let headers = [
        (CACHE_CONTROL, HeaderValue::from_static(keep)),
        (
            VARY,
            HeaderValue::from_static("cookie, x-return-code, accept-language"),
        ),
    ];
    Ok((headers, Json(body)).into_response())
}

/// A case for a reader: from outside, and what lies open before them.
pub(super) async fn case_body(
    cases: &Cases,
    request: &Request,
    number: Number,
    card: Option<Card>,
) -> Result<CaseBody, Error> {
    let row = cases.status(number).await?;
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let public = PublicCase::of(&row, &contents, &units, request.language);
    let inside = match card {
        Some(card) => {
            let version = u32::try_from(card.case.service_version).map_err(Error::internal)?;
            let definition = cases.catalog().version(card.case.service, version).await?;
            let papers = cases.papers(&card, request.language).await?;
            Some(inside(request, card, &definition.form, &units, &papers))
        }
        None => None,
    };
    Ok(CaseBody {
        public,
        inside,
        invitation: None,
    })
}

/// What lies before somebody who was named in a case and has not answered.
async fn invitation(
    cases: &Cases,
    visitor: &Visitor,
    number: Number,
) -> Result<Option<InvitationBody>, Error> {
    match cases.invitation(&visitor.actor, number).await {
        Ok(invitation) => Ok(Some(InvitationBody {
            role: invitation.role.code(),
            by: invitation.by,
            fields: invitation.answers,
        })),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// The case as it lies open before this reader; none when it does not.
pub(super) async fn card(
    cases: &Cases,
    visitor: &Visitor,
    number: Number,
    headers: &HeaderMap,
) -> Result<Option<Card>, Error> {
    let Some(pass) = pass_in(cases, visitor, number, headers).await? else {
        return Ok(None);
    };
    match cases.card(&visitor.actor, &pass, number).await {
        Ok(card) => Ok(Some(card)),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// By which right somebody comes to a case: their account's, or that of a return code; none for a
/// guest without one.
pub(super) async fn pass_in(
    cases: &Cases,
    visitor: &Visitor,
    number: Number,
    headers: &HeaderMap,
) -> Result<Option<Pass>, Error> {
    let wrong = || Error::field("X-Return-Code", "case-error-wrong-code");
    Ok(Some(match headers.get(CODE) {
        Some(code) => {
            let code = code.to_str().map_err(|_| wrong())?;
            let opened = cases
                .return_with_code(number, code, visitor.request.client)
                .await;
            match opened {
                Ok(opened) => Pass::default().with_opened(&opened),
                Err(Error::Invalid(_)) => return Err(wrong()),
                Err(other) => return Err(other),
            }
        }
        None if visitor.actor.who == Who::Guest => return Ok(None),
        None => Pass::default(),
    }))
}

fn inside(
    request: &Request,
    card: Card,
    form: &Form,
    units: &Units,
    (documents, slots): &(Vec<Document>, Vec<Slot>),
) -> Inside {
    let course = course_of(request, &card);
    let allowed = codes(&card.deeds());
    let names = Names::of(form);
    let territory = card.case.territory.and_then(|id| units.territory(id));
    let point = card.content.point().map(str::to_owned);
    let fields: Answers = card
        .content
        .answers
        .into_iter()
        .filter(|(name, _)| names.outside(name).is_none())
        .collect();
    Inside {
        allowed,
        documents: documents.iter().map(desk::inside::document).collect(),
        slots: slots.iter().map(desk::inside::slot).collect(),
        course,
        side: card.side.code(),
        state: card.case.state.code(),
        outcome: card.case.outcome.map(crate::model::Outcome::code),
        registered_on: card.case.registered_on.to_string(),
        waits_for: card.case.waits_for.map(crate::model::Side::code),
        fields,
        place: PlaceBody {
            territory: territory.map(|territory| territory.code.clone()),
            address: said(card.content.address),
            point,
        },
        applicant: applicant(card.content.applicant),
        term: card.term.map(|term| term_of(request, term)),
        messages: card.messages.into_iter().map(message).collect(),
        answers: card.answers.into_iter().map(answer).collect(),
        carried_answer: card.content.carried_answer,
    }
}

/// What happened beside letters, without what is for colleagues alone.
fn course_of(request: &Request, card: &Card) -> CourseBody {
    let course = &card.course;
    let extensions = course.extensions.iter();
    CourseBody {
        document_requests: course.waits.iter().map(desk::inside::wait).collect(),
        extensions: extensions
            .map(|one| desk::inside::extension(request, card.term.as_ref(), one))
            .collect(),
        parties: desk::inside::parties(course),
        rating: course.rating.as_ref().map(desk::inside::rating),
        linked: desk::inside::linked(course),
    }
}

/// A text that says something.
pub(super) fn said(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

pub(super) fn applicant(applicant: Applicant) -> CaseApplicant {
    CaseApplicant {
        last_name: applicant.last_name,
        first_name: applicant.first_name,
        middle_name: said(applicant.middle_name),
        email: said(applicant.email),
        phone: said(applicant.phone),
        postal_address: said(applicant.postal_address),
    }
}

pub(super) fn message(message: Message) -> MessageBody {
    MessageBody {
        side: message.side.code(),
        author: message.author,
        text: message.text,
        sent_at: message.sent_at.rfc3339(),
    }
}

pub(super) fn answer(answer: Answer) -> AnswerBody {
    AnswerBody {
        state: answer.state.code(),
        kind: answer.kind.code(),
        outcome: answer.outcome.code(),
        text: answer.text,
        grounds: said(answer.parts.grounds),
        measures: said(answer.parts.measures),
        next_steps: said(answer.parts.next_steps),
        to_correct: said(answer.parts.to_correct),
        promises: answer
            .parts
            .promises
            .into_iter()
            .map(|promise| PromiseBody {
                text: promise.text,
                on: promise.on.to_string(),
            })
            .collect(),
        item: answer.parts.item.map(NoAnswerItem::code),
        author: answer.author,
        rule: answer.rule.map(|rule| RuleBody {
            version: rule.version,
            place: rule.place,
            code: rule.code,
            approved_by: rule.approved_by,
            approved_on: rule.approved_on.to_string(),
            decided: rule.decided,
        }),
        written_at: answer.written_at.rfc3339(),
        delivered_at: answer.delivered_at.map(base::Moment::rfc3339),
    }
}

pub(super) fn term_of(request: &Request, term: Term) -> TermBody {
    let steps = steps_in_words(request.shell().words(), request.language, &term).into_iter();
    let steps = steps.map(|(code, text)| StepBody {
        code: code.to_owned(),
        text,
    });
    TermBody {
        steps: steps.collect(),
        regime: term.due.rule.regime,
        term: term.due.rule.term,
        version: term.due.rule.version,
        calendar: term.due.calendar,
        starts_on: term.due.starts_on.to_string(),
        due_on: term.due.due_on.to_string(),
    }
}
