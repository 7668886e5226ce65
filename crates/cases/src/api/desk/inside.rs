//! What staff are given of a case, made of its card: names in the reader's language, codes as they
//! stand in the journal.

use base::{Moment, Number, Result};
use catalog::Contents;
use catalog::form::Answers;
use jiff::civil::Date;
use people::Units;
use web::Request;

use super::codes::codes;
use super::shapes::{
    ChangeBody, CheckBody, ClocksBody, DeskAnswer, DeskApplicant, DeskCase, DeskInside,
    DeskMessage, DocumentBody, ExtendableBody, ExtensionBody, HeardBody, HolderBody, LinkBody,
    NoteBody, PartBody, PartyBody, RatingBody, SlotBody, TakenInBody, TurnBody, WaitBody,
};
use crate::api::case::{answer, message, said, term_of};
use crate::api::filing::Names;
use crate::api::shapes::{Named, PlaceBody, PublicCase};
use crate::documents::{Document, Slot};
use crate::model::{
    Answer, Applicant, Card, CaseRow, Course, Extension, Message, Outcome, Part, Rating,
    RegisterRow, Side, TakenIn, Term, Turn, TurnKind, Wait,
};
use crate::pages::{check_in_words, route_in_words};
use crate::{Cases, ground_in_words};

/// What a case is called by: names of services, subjects, units.
pub(in crate::api) struct Called<'a> {
    pub(in crate::api) request: &'a Request,
    pub(in crate::api) contents: &'a Contents,
    pub(in crate::api) units: &'a Units,
}

impl Called<'_> {
    pub(in crate::api) fn service(&self, id: base::id::ServiceId) -> Named {
        let service = self.contents.service_by_id(id);
        service.map_or_else(Named::nameless, |service| Named {
            code: service.definition.code.clone(),
            name: service.definition.name(self.request.language).to_owned(),
        })
    }

    pub(in crate::api) fn unit(&self, id: base::id::UnitId) -> Named {
        let unit = self.units.unit(id);
        unit.map_or_else(Named::nameless, |unit| {
            Named::unit(unit, self.request.language)
        })
    }
}

/// A case from outside, for somebody who may not work on it any more.
pub(in crate::api) async fn from_outside(
    cases: &Cases,
    request: &Request,
    number: Number,
) -> Result<DeskCase> {
    let row = cases.status(number).await?;
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    Ok(DeskCase {
        public: PublicCase::of(&row, &contents, &units, request.language),
        inside: None,
    })
}

/// A case as it lies open before a member of staff.
pub(in crate::api) async fn desk_case(
    cases: &Cases,
    request: &Request,
    card: &Card,
) -> Result<DeskCase> {
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let called = Called {
        request,
        contents: &contents,
        units: &units,
    };
    let (documents, slots) = cases.papers(card, request.language).await?;
    let version = u32::try_from(card.case.service_version).unwrap_or_default();
    // What came from elsewhere stands under a service that nobody knows here any more.
    let definition = cases.catalog().version(card.case.service, version).await;
    let definition = definition.ok();
    let form = definition.as_deref();
    let fields = fields_of(card, form);
    let check = check_in_words(cases, request, card, form, &slots).await?;
    let check = check.into_iter().map(|line| CheckBody {
        result: line.tone,
        text: line.text,
    });
    let public = PublicCase::of(&row_of(card), &contents, &units, request.language);
    Ok(DeskCase {
        public,
        inside: Some(DeskInside {
            check: check.collect(),
            escalated: card.case.state.is_open() && card.is_escalated(),
            documents: documents.iter().map(document).collect(),
            slots: slots.iter().map(slot).collect(),
            fields,
            ..inside(&called, card)
        }),
    })
}

/// The public line of a case that lies open.
fn row_of(card: &Card) -> RegisterRow {
    row_of_case(&card.case)
}

/// The public line of a case.
pub(in crate::api) fn row_of_case(case: &CaseRow) -> RegisterRow {
    RegisterRow {
        number: case.number,
        service: case.service,
        category: case.category,
        unit: case.unit,
        state: case.state.public(),
        received_at: case.received_at,
        due_on: case.due_on,
        stands_since: case.stands_since,
        begun_on: case.clocks.begun_on,
        answered_at: case.answered_at,
        carried_over: case.is_carried_over(),
        outcome: case.outcome,
        id: case.id,
    }
}

/// Answers to the questions that are the service's own.
fn fields_of(card: &Card, definition: Option<&catalog::Definition>) -> Answers {
    let mut fields = card.content.answers.clone();
    if let Some(definition) = definition {
        let names = Names::of(&definition.form);
        fields.retain(|name, _| names.outside(name).is_none());
    }
    fields
}

/// What the card itself knows.
fn inside(called: &Called<'_>, card: &Card) -> DeskInside {
    let (case, content, course) = (&card.case, &card.content, &card.course);
    let territory = case.territory.and_then(|id| called.units.territory(id));
    let request = called.request;
    let assignee = case.assignee.map(|account| HolderBody {
        account: account.to_string(),
        name: card.specialist().unwrap_or_default().to_owned(),
    });
    DeskInside {
        version: card.version,
        state: case.state.code(),
        allowed: codes(&card.deeds()),
        outcome: case.outcome.map(Outcome::code),
        source: case.source.code(),
        outside_number: case.outside_number.clone(),
        assignee,
        waits_for: case.waits_for.map(Side::code),
        topic: said(content.text("subject").to_owned()),
        fields: Answers::new(),
        place: PlaceBody {
            territory: territory.map(|territory| territory.code.clone()),
            address: said(content.address.clone()),
            point: content.point().map(str::to_owned),
        },
        applicant: desk_applicant(&content.applicant),
        taken_in: card.taken.as_ref().map(taken_in),
        route: route_in_words(request, &card.route),
        priority: case.clocks.priority.map(catalog::Priority::code),
        escalated: false,
        clocks: clocks(card),
        term: card.term.clone().map(|term| term_of(request, term)),
        extendable: card
            .term
            .as_ref()
            .and_then(|term| extendable(request, term)),
        check: Vec::new(),
        slots: Vec::new(),
        documents: Vec::new(),
        document_requests: course.waits.iter().map(wait).collect(),
        messages: card.messages.iter().map(desk_message).collect(),
        answers: card.answers.iter().map(desk_answer).collect(),
        carried_answer: content.carried_answer.clone(),
        parts: course.parts.iter().map(|one| part(called, one)).collect(),
        parties: parties(course),
        extensions: course
            .extensions
            .iter()
            .map(|one| extension(request, card.term.as_ref(), one))
            .collect(),
        turns: course.turns.iter().map(|one| turn(called, one)).collect(),
        notes: notes(course),
        rating: course.rating.as_ref().map(rating),
        linked: linked(course),
    }
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn clocks(card: &Card) -> ClocksBody {
    let clocks = &card.case.clocks;
    ClocksBody {
        registered_on: card.case.registered_on.to_string(),
        begin_by: day(clocks.waits_to_begin()),
        begun_on: day(clocks.begun_on),
        forward_by: day(clocks.forward_by),
        aim_on: day(clocks.aim_on),
        planned_on: day(clocks.planned_on),
    }
}

/// The one who asks, as staff are given them.
pub(in crate::api) fn desk_applicant(applicant: &Applicant) -> DeskApplicant {
    DeskApplicant {
        last_name: applicant.last_name.clone(),
        first_name: applicant.first_name.clone(),
        middle_name: said(applicant.middle_name.clone()),
        email: said(applicant.email.clone()),
        phone: said(applicant.phone.clone()),
        postal_address: said(applicant.postal_address.clone()),
        organisation: said(applicant.organisation.clone()),
    }
}

fn extendable(request: &Request, term: &Term) -> Option<ExtendableBody> {
    let allowed = Cases::rule_of(term)?.extension.as_ref()?;
    let tag = request.language.tag();
    let grounds = allowed.grounds.iter().map(|ground| Named {
        code: ground.id.clone(),
        name: ground.title.in_language(tag).to_owned(),
    });
    Some(ExtendableBody {
        most_days: allowed.max_days,
        grounds: grounds.collect(),
        article: allowed.article.in_language(tag).to_owned(),
    })
}

pub(in crate::api) fn taken_in(taken: &TakenIn) -> TakenInBody {
    TakenInBody {
        way: taken.intake.way.code(),
        operator: taken.operator.clone(),
        at: taken.at.rfc3339(),
        came_on: day(taken.intake.came_on),
        outgoing: said(taken.intake.outgoing.clone()),
        others: taken.intake.others.clone(),
    }
}

pub(in crate::api) fn document(document: &Document) -> DocumentBody {
    DocumentBody {
        id: document.id.to_string(),
        name: document.name.clone(),
        kind: document.kind.label(),
        size: document.size,
        sha256: document.sha256.clone(),
        slot: document.slot.clone(),
        side: document.side.code(),
        added_at: document.added_at.rfc3339(),
        state: document.state.code(),
        reason: said(document.reason.clone()),
    }
}

pub(in crate::api) fn slot(slot: &Slot) -> SlotBody {
    SlotBody {
        code: slot.code.clone(),
        title: slot.title.clone(),
        required: slot.required,
        state: slot.state.code(),
        reason: said(slot.reason.clone()),
    }
}

pub(in crate::api) fn wait(wait: &Wait) -> WaitBody {
    WaitBody {
        id: wait.id.to_string(),
        asked_at: wait.asked_at.rfc3339(),
        author: wait.author.clone(),
        items: wait.items.clone(),
        instructions: said(wait.instructions.clone()),
        send_by: day(wait.send_by),
        pauses: wait.ground.is_some(),
        ended_at: wait.ended_at.map(Moment::rfc3339),
    }
}

fn desk_message(one: &Message) -> DeskMessage {
    DeskMessage {
        heard: one.heard.as_ref().map(|heard| HeardBody {
            way: heard.way.code(),
            operator: heard.operator.clone(),
            handed: said(heard.handed.clone()),
        }),
        message: message(one.clone()),
    }
}

fn desk_answer(one: &Answer) -> DeskAnswer {
    DeskAnswer {
        head: one.head.clone().and_then(said),
        remark: said(one.remark.clone()),
        signer: one.signer.clone().and_then(said),
        post: said(one.post.clone()),
        answer: answer(one.clone()),
    }
}

fn part(called: &Called<'_>, part: &Part) -> PartBody {
    PartBody {
        id: part.id.to_string(),
        unit: called.unit(part.unit),
        executor: said(part.executor.clone()),
        asked_at: part.asked_at.rfc3339(),
        author: part.author.clone(),
        task: part.task.clone(),
        due_on: day(part.due_on),
        state: part.state.code(),
        result: said(part.result.clone()),
        ended_at: part.ended_at.map(Moment::rfc3339),
    }
}

pub(in crate::api) fn parties(course: &Course) -> Vec<PartyBody> {
    let all = course.parties.iter().map(|party| PartyBody {
        id: party.id.to_string(),
        role: party.role.code(),
        name: party.name.clone(),
        note: said(party.note.clone()),
        added_at: party.added_at.rfc3339(),
        agreed_at: party.agreed_at.map(Moment::rfc3339),
    });
    all.collect()
}

pub(in crate::api) fn extension(
    request: &Request,
    term: Option<&Term>,
    extension: &Extension,
) -> ExtensionBody {
    let name = term.map(|term| ground_in_words(term, extension, request.language));
    ExtensionBody {
        decided_on: extension.decided_on.to_string(),
        days: extension.days,
        ground: Named {
            code: extension.ground.clone(),
            name: name.unwrap_or_default(),
        },
        due_before: extension.due_before.to_string(),
        due_on: extension.due_on.to_string(),
        author: extension.author.clone(),
        reason: extension.reason.clone(),
    }
}

fn turn(called: &Called<'_>, turn: &Turn) -> TurnBody {
    let (mut unit, mut to, mut expected_on, mut changes) = (None, None, None, Vec::new());
    let (mut posted_on, mut post_item, mut collected) = (None, None, None);
    match &turn.what {
        TurnKind::Redirected { to, .. } => unit = Some(called.unit(*to)),
        TurnKind::Forwarded { to: body, .. } => to = Some(body.clone()),
        TurnKind::Delayed { expected_on: day } => expected_on = Some(day.to_string()),
        TurnKind::Corrected { changes: known } => {
            changes.extend(known.iter().map(|change| ChangeBody {
                field: change.field.clone(),
                before: change.before.clone(),
                after: change.after.clone(),
            }));
        }
        TurnKind::Posted {
            on,
            to: address,
            item,
        } => {
            posted_on = Some(on.to_string());
            to = Some(address.clone());
            post_item = said(item.clone());
        }
        TurnKind::Ready { place, hours } => {
            to = Some(place.clone());
            collected = said(hours.clone());
        }
        TurnKind::Cancelled | TurnKind::Reopened => {}
    }
    TurnBody {
        posted_on,
        post_item,
        hours: collected,
        kind: turn.what.code(),
        made_at: turn.made_at.rfc3339(),
        side: turn.side.code(),
        author: turn.author.clone(),
        reason: said(turn.reason.clone()),
        unit,
        to,
        expected_on,
        changes,
    }
}

fn notes(course: &Course) -> Vec<NoteBody> {
    let all = course.notes.iter().map(|note| NoteBody {
        author: note.author.clone(),
        text: note.text.clone(),
        written_at: note.written_at.rfc3339(),
    });
    all.collect()
}

pub(in crate::api) fn rating(rating: &Rating) -> RatingBody {
    RatingBody {
        stars: rating.stars,
        comment: said(rating.comment.clone()),
        rated_at: rating.rated_at.rfc3339(),
        reply: said(rating.reply.clone()),
        replied_by: said(rating.replied_by.clone()),
    }
}

pub(in crate::api) fn linked(course: &Course) -> Vec<LinkBody> {
    let all = course.links.iter().map(|link| LinkBody {
        number: link.number.to_string(),
        objects_to_this: link.objects_to_this,
    });
    all.collect()
}
