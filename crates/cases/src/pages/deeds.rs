//! What is done to a case on a page of its own: a form that says what will happen and asks for what
//! it takes. Which deeds there are, for whom and when, is the table of states' to say; a page here
//! is one line of it.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use base::{Error, FieldError, Number, Result};
use catalog::Priority;
use people::unit_changes::UnitDetails;
use people::{Subject, Visitor};
use uuid::Uuid;
use web::{Fields, Page, PageResult, Request};

use super::case_view::{AnswerView, Link, Painter, topic};
use super::colleagues;
use super::deed_forms::{
    DeedField, DeedForm, chosen_category, chosen_unit, day_in, dispatch_in, part_in, party_in,
};
use super::desk::Place;
use super::names::Names;
use super::{number_in, pass_of, with_pass};
use crate::model::{AnswerKind, Card, Correction, Filed, SentBack, Side};
use crate::states::Action;
use crate::{Cases, NewPart, REWRITTEN};

/// What staff do on a page of its own, in the order of the tools.
pub(super) const OF_STAFF: [Action; 23] = [
    Action::StartCheck,
    Action::BeginWork,
    Action::PostAnswer,
    Action::RequestDocuments,
    Action::Resume,
    Action::Sign,
    Action::Approve,
    Action::Recall,
    Action::ReportPart,
    Action::AddPart,
    Action::WithdrawPart,
    Action::Extend,
    Action::ExplainDelay,
    Action::Release,
    Action::Redirect,
    Action::Forward,
    Action::Correct,
    Action::AddParty,
    Action::Reopen,
    Action::ReplyToRating,
    Action::Plan,
    Action::Note,
    Action::Prioritise,
];

/// What the applicant does.
pub(super) const OF_APPLICANT: [Action; 6] = [
    Action::Correct,
    Action::AddParty,
    Action::AskPerson,
    Action::Object,
    Action::Rate,
    Action::Cancel,
];

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route(
            "/cases/{number}/do/{deed}",
            get(ask_applicant).post(applicant),
        )
        .route("/cases/{number}/parties", get(back).post(remove_party))
        .route("/desk/{number}/do/{deed}", get(ask_staff).post(staff))
}

#[derive(Template)]
#[template(path = "case-do.html")]
pub(super) struct Deed {
    pub(super) page: Page,
    pub(super) number: String,
    pub(super) title: String,
    /// What the case is about.
    pub(super) topic: String,
    /// What was asked, for staff: whoever redirects a case gives reasons for it.
    pub(super) question: String,
    pub(super) leads: Vec<String>,
    pub(super) fields: Vec<DeedField>,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) button: String,
    pub(super) answer: Option<AnswerView>,
    /// The mark of that answer; what is signed is what was read.
    pub(super) mark: String,
    /// What a head sent back before it was written anew.
    pub(super) before: Option<SentBack>,
    /// Whether it cannot be done any more: what was typed is shown to be copied.
    pub(super) gone: bool,
}

/// The links to the deeds that the reader of a card may do now.
pub(super) fn links(request: &Request, card: &Card) -> Vec<Link> {
    let (all, place): (&[Action], &str) = match card.side {
        Side::Staff => (&OF_STAFF, "desk"),
        Side::Applicant => (&OF_APPLICANT, "cases"),
    };
    let today = request.now().date(&request.shell().settings().zone);
    all.iter()
        .filter(|action| card.allows(**action))
        // No day can be planned once the last one has passed.
        .filter(|action| {
            **action != Action::Plan || card.case.due_on.is_none_or(|due| due >= today)
        })
        .map(|action| Link {
            href: format!("/{place}/{}/do/{}", card.case.number, action.code()),
            text: request
                .t(&format!("deed-{}-title", key(card.side, *action)))
                .into_owned(),
        })
        .collect()
}

/// How a deed is named in the words: correcting differs by side.
pub(super) fn key(side: Side, action: Action) -> String {
    match (side, action) {
        (Side::Applicant, Action::Correct) => "own-correct".to_owned(),
        (_, action) => action.code().to_owned(),
    }
}

/// Whoever comes to the address of a form that was sent finds the case.
async fn back(visitor: Visitor, Path(number): Path<String>) -> PageResult {
    let number = number_in(&number)?;
    Ok(visitor.request.redirect(&format!("/cases/{number}")))
}

async fn ask_applicant(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, deed)): Path<(String, String)>,
) -> PageResult {
    let asked = Asked::of(&visitor, &number, &deed, Side::Applicant)?;
    asked.show(&cases, &visitor, None, Vec::new()).await
}

async fn ask_staff(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, deed)): Path<(String, String)>,
    Query(place): Query<Place>,
) -> PageResult {
    let asked = Asked {
        place,
        ..Asked::of(&visitor, &number, &deed, Side::Staff)?
    };
    asked.show(&cases, &visitor, None, Vec::new()).await
}

async fn applicant(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, deed)): Path<(String, String)>,
    fields: Fields,
) -> PageResult {
    let asked = Asked::of(&visitor, &number, &deed, Side::Applicant)?;
    asked.carry_out(&cases, &visitor, &fields).await
}

async fn staff(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, deed)): Path<(String, String)>,
    Query(place): Query<Place>,
    fields: Fields,
) -> PageResult {
    let asked = Asked {
        place,
        ..Asked::of(&visitor, &number, &deed, Side::Staff)?
    };
    asked.carry_out(&cases, &visitor, &fields).await
}

async fn remove_party(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    fields: Fields,
) -> PageResult {
    let number = number_in(&number)?;
    let pass = pass_of(&cases, &visitor.request);
    let party: Uuid = fields.text("party").parse().map_err(|_| Error::NotFound)?;
    cases
        .remove_party(&visitor.actor, &pass, number, party)
        .await?;
    let back = format!("/cases/{number}");
    Ok(visitor.request.redirect_saying(&back, "deed-party-removed"))
}

/// A deed that an address names.
struct Asked {
    number: Number,
    action: Action,
    side: Side,
    /// The place in the queue, to come back to it.
    place: Place,
}

impl Asked {
    fn of(visitor: &Visitor, number: &str, deed: &str, side: Side) -> Result<Self> {
        if side == Side::Staff {
            visitor.require_sign_in()?;
        }
        let all: &[Action] = match side {
            Side::Staff => &OF_STAFF,
            Side::Applicant => &OF_APPLICANT,
        };
        let action = Action::from_code(deed)
            .filter(|action| all.contains(action))
            .ok_or(Error::NotFound)?;
        Ok(Self {
            number: number_in(number)?,
            action,
            side,
            place: Place::default(),
        })
    }

    /// Where the form is sent.
    fn form(&self) -> String {
        let (number, deed) = (self.number, self.action.code());
        match self.side {
            Side::Staff => self.place.kept(&format!("/desk/{number}/do/{deed}")),
            Side::Applicant => format!("/cases/{number}/do/{deed}"),
        }
    }

    fn case_page(&self) -> String {
        match self.side {
            Side::Staff => self.place.kept(&format!("/desk/{}", self.number)),
            Side::Applicant => format!("/cases/{}", self.number),
        }
    }

    /// What its first sentence is kept under; `interim` when an answer that decides nothing is signed.
    fn lead(&self, key: &str, interim: bool) -> String {
        match (self.side, self.action) {
            (_, Action::Sign) if interim => "deed-sign-interim-lead".to_owned(),
            (Side::Staff, Action::AddParty) => "deed-add_party-staff-lead".to_owned(),
            _ => format!("deed-{key}-lead"),
        }
    }

    /// The page of the deed: with what was typed and what is wrong with it, when it was sent.
    async fn show(
        &self,
        cases: &Cases,
        visitor: &Visitor,
        typed: Option<&Fields>,
        errors: Vec<FieldError>,
    ) -> PageResult {
        let request = &visitor.request;
        let pass = pass_of(cases, request);
        let card = match cases.card(&visitor.actor, &pass, self.number).await {
            Ok(card) if card.side == self.side => card,
            Ok(_) => return Err(Error::NotFound.into()),
            Err(Error::NotFound) if visitor.viewer.is_none() => {
                return Ok(request.redirect(&self.case_page()));
            }
            Err(other) => return Err(other.into()),
        };
        let gone = !card.allows(self.action);
        let mut errors = errors;
        if gone {
            // Whoever may never do it is told so; for others the case has moved on.
            if let (Side::Staff, Some(permission)) = (self.side, self.action.permission()) {
                let subject = Subject::in_unit(card.case.unit);
                people::require(&visitor.actor, permission, &subject)?;
            }
            if typed.is_none() {
                return Ok(request.redirect_saying(&self.case_page(), "case-error-state"));
            }
            if errors.is_empty() {
                errors.push(FieldError::new("", "case-error-state"));
            }
        }
        let names = Names::load(cases, request.language).await?;
        let painter = Painter {
            request,
            names: &names,
            today: cases.today(),
        };
        let form = DeedForm {
            painter: &painter,
            card: &card,
            typed,
            colleagues: match self.action {
                Action::AddPart => cases.people().staff(&visitor.actor).await?,
                _ => Vec::new(),
            },
            contacts: match self.action {
                Action::PostAnswer => cases.people().unit_details(card.case.unit).await?,
                _ => UnitDetails::default(),
            },
        };
        let key = key(self.side, self.action);
        let waiting = matches!(self.action, Action::Sign | Action::Approve)
            .then(|| card.open_answer())
            .flatten();
        let interim = waiting.is_some_and(|answer| answer.kind == AnswerKind::Interim);
        let mut leads = vec![request.t(&self.lead(&key, interim)).into_owned()];
        leads.extend(form.more_leads(self.action));
        let fields = form.fields(self.action, self.side);
        let status = if errors.is_empty() {
            StatusCode::OK
        } else if errors.iter().any(|error| error.key == REWRITTEN) {
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let title = request.t(&format!("deed-{key}-title")).into_owned();
        let page = request.page(title.clone()).with_errors(errors);
        let page = if self.side == Side::Staff {
            page.dense()
        } else {
            page
        };
        let page = fields.iter().fold(page, |page, field| {
            page.with_label(field.name, field.label.clone())
        });
        web::html_with(
            status,
            &Deed {
                page,
                number: card.case.number.to_string(),
                title,
                topic: topic(&card, &names, request),
                question: match self.side {
                    Side::Staff => Painter::question(&card),
                    Side::Applicant => String::new(),
                },
                leads,
                fields,
                action: self.form(),
                back: self.case_page(),
                button: request.t(&format!("deed-{key}-do")).into_owned(),
                mark: waiting
                    .map(|answer| answer.mark.clone())
                    .unwrap_or_default(),
                before: waiting.and_then(|answer| answer.before.clone()),
                answer: waiting.map(|answer| painter.answer(answer)),
                gone,
            },
        )
    }

    /// Does it and comes back to the case, or shows the form with its mistakes.
    async fn carry_out(&self, cases: &Cases, visitor: &Visitor, fields: &Fields) -> PageResult {
        let done = match self.side {
            Side::Staff => self.by_staff(cases, visitor, fields).await.map(|()| None),
            Side::Applicant => self.by_applicant(cases, visitor, fields).await,
        };
        let errors = match done {
            Ok(objection) => return Ok(self.after(cases, visitor, objection.as_ref())),
            Err(Error::Invalid(errors)) => errors,
            Err(Error::Conflict(key)) => vec![FieldError::new("", key)],
            Err(other) => return Err(other.into()),
        };
        self.show(cases, visitor, Some(fields), errors).await
    }

    fn after(&self, cases: &Cases, visitor: &Visitor, objection: Option<&Filed>) -> Response {
        let request = &visitor.request;
        let said = format!("deed-{}-said", key(self.side, self.action));
        if let Some(filed) = objection {
            let page = format!("/cases/{}/receipt", filed.number);
            let response = request.redirect_saying(&page, &said);
            if filed.return_code.is_none() {
                return response;
            }
            let pass = pass_of(cases, request).with_case(filed.id);
            return with_pass(response, cases, request, &pass);
        }
        // What went to another unit may not be open to this one any more.
        let page = match (self.side, self.action) {
            (Side::Staff, Action::Redirect) => self.place.kept("/desk"),
            _ => self.case_page(),
        };
        request.redirect_saying(&page, &said)
    }

    async fn by_staff(&self, cases: &Cases, visitor: &Visitor, fields: &Fields) -> Result<()> {
        let (actor, number) = (&visitor.actor, self.number);
        let text = |name: &str| fields.text(name);
        match self.action {
            Action::StartCheck => cases.start_check(actor, number).await,
            Action::BeginWork => cases.begin_work(actor, number).await,
            Action::Release => cases.release(actor, number).await,
            Action::RequestDocuments => {
                let items: Vec<String> = text("items").lines().map(str::to_owned).collect();
                let send_by = day_in("send_by", text("send_by"))?;
                let how = text("instructions");
                cases
                    .request_documents_by(actor, number, &items, how, send_by)
                    .await
            }
            Action::Resume => cases.resume(actor, number).await,
            Action::Recall => cases.recall_answer(actor, number).await,
            Action::PostAnswer => {
                let dispatch = dispatch_in(fields)?;
                cases.post_answer(actor, number, &dispatch).await
            }
            Action::Sign => {
                let read = cases.at_answer(fields.get("mark"));
                read.sign(actor, number).await
            }
            Action::Approve => {
                let read = cases.at_answer(fields.get("mark"));
                read.approve(actor, number).await
            }
            Action::Redirect => {
                let unit = chosen_unit(cases, text("unit")).await?;
                cases.redirect(actor, number, unit, text("reason")).await
            }
            Action::Forward => {
                cases
                    .forward(actor, number, text("to"), text("about"), text("reason"))
                    .await
            }
            Action::Extend => {
                let days = match text("days").trim() {
                    "" => 0,
                    days => days
                        .parse()
                        .map_err(|_| Error::field("days", "deed-extend-days-error"))?,
                };
                cases
                    .extend(actor, number, days, text("ground"), text("reason"))
                    .await
            }
            Action::ExplainDelay => {
                let day = day_in("expected_on", text("expected_on"))?
                    .ok_or_else(|| Error::field("expected_on", "error-required"))?;
                cases
                    .explain_delay(actor, number, day, text("reason"))
                    .await
            }
            Action::Correct => {
                let category = chosen_category(cases, text("category")).await?;
                cases
                    .correct_category(actor, number, category, text("reason"))
                    .await
            }
            Action::AddPart => {
                let part = NewPart {
                    unit: chosen_unit(cases, text("unit")).await?,
                    account: colleagues::named(cases, visitor, fields).await?,
                    task: text("task").to_owned(),
                    due_on: day_in("due_on", text("due_on"))?,
                };
                cases.add_part(actor, number, part).await
            }
            Action::ReportPart => {
                cases
                    .report_part(actor, number, part_in(fields)?, text("result"))
                    .await
            }
            Action::WithdrawPart => cases.withdraw_part(actor, number, part_in(fields)?).await,
            Action::AddParty => {
                cases
                    .add_party_as_staff(actor, number, party_in(fields)?)
                    .await
            }
            Action::Note => cases.note(actor, number, text("text")).await,
            Action::Plan => {
                let day = day_in("planned_on", text("planned_on"))?
                    .ok_or_else(|| Error::field("planned_on", "error-required"))?;
                cases.plan(actor, number, day).await
            }
            Action::Prioritise => {
                let priority = Priority::from_code(text("priority"))
                    .ok_or_else(|| Error::field("priority", "error-choose-one"))?;
                cases.prioritise(actor, number, priority).await
            }
            Action::Reopen => cases.reopen(actor, number, text("reason")).await,
            Action::ReplyToRating => cases.reply_to_rating(actor, number, text("text")).await,
            _ => Err(Error::NotFound),
        }
    }

    async fn by_applicant(
        &self,
        cases: &Cases,
        visitor: &Visitor,
        fields: &Fields,
    ) -> Result<Option<Filed>> {
        let (actor, number) = (&visitor.actor, self.number);
        let pass = pass_of(cases, &visitor.request);
        let text = |name: &str| fields.text(name);
        let done = match self.action {
            Action::Correct => {
                let given = |name: &str| fields.get(name).map(str::to_owned);
                let correction = Correction {
                    email: given("email"),
                    phone: given("phone"),
                    postal_address: given("postal_address"),
                    address: given("address"),
                    addition: given("addition"),
                };
                cases.correct(actor, &pass, number, correction).await
            }
            Action::AddParty => {
                cases
                    .add_party(actor, &pass, number, party_in(fields)?)
                    .await
            }
            Action::Cancel => cases.cancel(actor, &pass, number, text("reason")).await,
            Action::AskPerson => {
                let reason = text("reason");
                cases.ask_person(actor, &pass, number, reason).await
            }
            Action::Rate => {
                let stars = text("stars").parse().unwrap_or(0);
                cases
                    .rate(actor, &pass, number, stars, text("comment"))
                    .await
            }
            Action::Object => {
                let filed = cases.object(actor, &pass, number, text("reasons")).await?;
                return Ok(Some(filed));
            }
            _ => Err(Error::NotFound),
        };
        done.map(|()| None)
    }
}
