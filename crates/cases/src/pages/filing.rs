//! Filing: each step of a service's form is a page of its own, the draft is kept from the first
//! step on, and going back never loses what was typed.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use axum::routing::get;
use base::id::DraftId;
use base::{Error, FieldError, Moment, Result};
use catalog::pages::map::Pressed;
use catalog::{Answers, CheckContext, Definition, Service, Shown, StepView};
use people::{Permission, Visitor};
use serde::Deserialize;
use serde_json::Value;
use web::{Fields, Page, PageResult};

use super::intake_view::IntakeView;
use super::names::Names;
use super::prefilling::prefilled;
use super::{address, attaching, begun, dropping, feedback, pass_of, reception, review, with_pass};
use crate::Cases;
use crate::model::{Draft, Filed, Intake};
use crate::receiving::{on_behalf, unreachable};

/// Where operators work.
const RECEPTION: &str = "/reception";
/// What the button says that puts a step aside.
pub(super) const LATER: &str = "later";
/// What the button of a card says that goes back: an operator's device keeps nothing of a caller, so
/// that what stands on the page must be kept here.
const BACK: &str = "back";

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/file", get(choose))
        .route("/file/{service}", get(begin).post(create))
        .route("/file/{service}/{draft}", get(resume))
        .route(
            "/file/{service}/{draft}/review",
            get(review::show).post(review::send),
        )
        .route(
            "/file/{service}/{draft}/drop",
            get(dropping::ask).post(dropping::drop),
        )
        .route("/file/{service}/{draft}/{step}", get(show).post(save))
}

#[derive(Template)]
#[template(path = "filing-step.html")]
pub(super) struct FilingStep {
    pub(super) page: Page,
    pub(super) step: StepView,
    pub(super) steps: Vec<String>,
    pub(super) at: usize,
    pub(super) service: String,
    pub(super) action: String,
    /// Where scripts ask what is wrong before the page is sent.
    pub(super) check: String,
    pub(super) back: String,
    pub(super) later: String,
    /// Where it is thrown away; empty while nothing is kept.
    pub(super) drop: String,
    pub(super) saved: Option<Moment>,
    pub(super) guest: bool,
    /// Whether an operator files something of their own, which is easily taken for a card.
    pub(super) is_operators_own: bool,
    /// How it came, when it is written down for somebody.
    pub(super) intake: Option<IntakeView>,
    /// What the service is by law, for those who are signed in.
    pub(super) formal: String,
    /// Whether one may go on to attaching documents, which is no step that everybody passes.
    pub(super) may_attach: bool,
}

/// Where somebody came from to this step.
#[derive(Default, Deserialize)]
pub(super) struct Way {
    from: Option<String>,
    /// Set when what was sent is kept and has mistakes, which the page tells.
    wrong: Option<String>,
    /// Set when something was pressed in the step instead of going on.
    kept: Option<String>,
    /// Where the map stands after a press.
    view: Option<String>,
}

impl Way {
    fn is_from_review(&self) -> bool {
        self.from.as_deref() == Some("review")
    }

    /// What was pressed on the map before this page was asked for.
    fn pressed(&self) -> Option<Pressed> {
        let view = self.view.as_deref()?.parse().ok()?;
        // The point itself is kept with the answers.
        Some(Pressed { view, mark: None })
    }
}

/// A service's form with what it takes to check and show it.
pub(super) struct Filling {
    pub(super) service: Arc<Service>,
    pub(super) names: Names,
    /// The service as an operator fills it in for somebody.
    on_behalf: Option<Definition>,
}

impl Filling {
    pub(super) async fn of(cases: &Cases, visitor: &Visitor, code: &str) -> Result<Self> {
        let names = Names::load(cases, visitor.request.language).await?;
        let service = names.contents().service(code).cloned();
        let Some(service) = service else {
            // Whoever kept the address of a service reads that it is offered no more.
            let known = names.contents().known_service(code);
            return Err(known.map_or(Error::NotFound, |_| Error::Conflict("file-withdrawn")));
        };
        Self::filled(visitor, names, service)
    }

    /// The same for what was begun: it can be finished though the service is offered no more.
    pub(super) async fn of_draft(cases: &Cases, visitor: &Visitor, code: &str) -> Result<Self> {
        let names = Names::load(cases, visitor.request.language).await?;
        let service = names.contents().known_service(code).cloned();
        Self::filled(visitor, names, service.ok_or(Error::NotFound)?)
    }

    fn filled(visitor: &Visitor, names: Names, service: Arc<Service>) -> Result<Self> {
        if service.definition.access == catalog::Access::SignedIn {
            visitor.require_sign_in()?;
        }
        Ok(Self {
            service,
            names,
            on_behalf: None,
        })
    }

    pub(super) fn definition(&self) -> &Definition {
        self.on_behalf.as_ref().unwrap_or(&self.service.definition)
    }

    pub(super) fn context(&self, cases: &Cases) -> CheckContext<'_> {
        CheckContext {
            today: cases.today(),
            categories: self.names.contents().categories(),
            units: self.names.units(),
            officials: self.names.contents().officials(),
        }
    }

    pub(super) fn shown<'a>(&'a self, request: &'a web::Request) -> Shown<'a> {
        Shown {
            language: request.language,
            words: request.shell().words(),
            categories: self.names.contents().categories(),
            units: self.names.units(),
            officials: self.names.contents().officials(),
            map: Some(catalog::form::Drawn {
                map: self.names.contents().map(),
                pressed: None,
            }),
        }
    }

    /// The names of the steps, the review last.
    pub(super) fn steps(&self, request: &web::Request) -> Vec<String> {
        let own = &self.definition().form.steps;
        let named = own
            .iter()
            .map(|step| step.title.text(request.language).to_owned());
        let documents = self.definition().attachments.is_step();
        let documents = documents.then(|| request.t("case-documents-title").into_owned());
        named
            .chain(documents)
            .chain([request.t("file-review-step").into_owned()])
            .collect()
    }

    pub(super) fn address(&self, draft: DraftId, step: &str) -> String {
        format!("/file/{}/{draft}/{step}", self.definition().code)
    }

    /// The first step's answers when only its subject is known. A code that no case can take is
    /// as good as none.
    fn marked(&self, code: &str) -> Answers {
        let field = self.definition().subject_field();
        let subject = self.names.contents().categories().leaf(code);
        let answer = field.zip(subject);
        let answer = answer.map(|(field, subject)| (field.to_owned(), subject.code.clone().into()));
        answer.into_iter().collect()
    }

    /// What the service is by law for those who sign in; empty for what is a plain message from
    /// anybody, such as feedback: signing in makes nothing formal of it.
    pub(super) fn formal(&self, request: &web::Request) -> String {
        if self.definition().regime == catalog::MESSAGE_RULE.0 {
            return String::new();
        }
        catalog::pages::formal(request, self.definition())
    }

    /// The name of the first step.
    pub(super) fn first(&self) -> Result<&str> {
        let first = self.definition().form.steps.first();
        Ok(&first.ok_or(Error::NotFound)?.id)
    }
}

async fn choose(visitor: Visitor) -> PageResult {
    Ok(visitor.request.redirect("/services"))
}

/// The first step; `?category=` marks a subject beforehand.
async fn begin(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(service): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> PageResult {
    let filling = Filling::of(&cases, &visitor, &service).await?;
    if feedback::is_its_page(&filling) {
        return Ok(visitor.request.redirect(feedback::ADDRESS));
    }
    begun::offer_in(&cases, &visitor.request, Some(&service)).await?;
    let step = filling.first()?.to_owned();
    let answers = filling.marked(Fields(query).text("category"));
    draw(
        &cases,
        &visitor,
        &filling,
        &Step::of(&step, &answers),
        Vec::new(),
    )
}

async fn create(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(service): Path<String>,
    fields: Fields,
) -> PageResult {
    let filling = Filling::of(&cases, &visitor, &service).await?;
    let step = filling.first()?.to_owned();
    accept(
        &cases,
        &visitor,
        &filling,
        None,
        &step,
        &Way::default(),
        &fields,
    )
    .await
}

/// Goes on with a draft at its first unanswered step.
async fn resume(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft)): Path<(String, String)>,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = open(&cases, &visitor, &mut filling, &draft).await?;
    let form = &filling.definition().form;
    let context = filling.context(&cases);
    let unanswered = form
        .steps
        .iter()
        .find(|step| form.check_step(&step.id, &draft.answers, &context).is_err());
    let step = unanswered.map_or("review", |step| step.id.as_str());
    Ok(visitor.request.redirect(&filling.address(draft.id, step)))
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft, step)): Path<(String, String, String)>,
    Query(way): Query<Way>,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = open(&cases, &visitor, &mut filling, &draft).await?;
    if let Some(sent) = sent(&cases, &visitor, &draft).await? {
        return Ok(sent);
    }
    // What was just sent stands as it was sent: a field that somebody emptied is not filled again.
    let as_sent = way.wrong.is_some() || way.kept.is_some();
    let answers = match &draft.intake {
        Some(_) => draft.answers.clone(),
        None if as_sent => draft.answers.clone(),
        None => prefilled(&cases, &visitor, &filling, &step, draft.answers.clone()).await,
    };
    let at = Step {
        id: &step,
        answers: &answers,
        draft: Some(&draft),
        from_review: way.is_from_review(),
        pressed: way.pressed(),
    };
    let errors = match way.wrong {
        Some(_) => mistakes(&cases, &filling, &at),
        None => Vec::new(),
    };
    draw(&cases, &visitor, &filling, &at, errors)
}

/// What is wrong with a step as it is kept.
fn mistakes(cases: &Cases, filling: &Filling, at: &Step<'_>) -> Vec<FieldError> {
    let form = &filling.definition().form;
    if let Err(errors) = form.check_step(at.id, at.answers, &filling.context(cases)) {
        return errors;
    }
    let by_hand = at.draft.is_some_and(|draft| draft.intake.is_some());
    let who = form.step(at.id).map(|step| step.fields.iter());
    let asks_who = who.is_some_and(|mut fields| fields.any(|field| field.name == "applicant"));
    if by_hand && asks_who {
        let unreachable = unreachable(filling.definition(), at.answers);
        return unreachable.into_iter().collect();
    }
    Vec::new()
}

async fn save(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((service, draft, step)): Path<(String, String, String)>,
    Query(way): Query<Way>,
    fields: Fields,
) -> PageResult {
    let mut filling = Filling::of_draft(&cases, &visitor, &service).await?;
    let draft = match open(&cases, &visitor, &mut filling, &draft).await {
        // A guest's draft is kept for hours; what they typed meanwhile begins a new one.
        Err(Error::NotFound) if visitor.viewer.is_none() && !visitor.request.has_ended() => {
            return anew(&cases, &visitor, &filling, &step, &fields).await;
        }
        other => other?,
    };
    if let Some(sent) = sent(&cases, &visitor, &draft).await? {
        return Ok(sent);
    }
    accept(
        &cases,
        &visitor,
        &filling,
        Some(&draft),
        &step,
        &way,
        &fields,
    )
    .await
}

/// Takes a step of a guest's draft that this browser may open no more as the first of a new draft.
async fn anew(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    step: &str,
    fields: &Fields,
) -> PageResult {
    let way = Way::default();
    let mut response = accept(cases, visitor, filling, None, step, &way, fields).await?;
    if response.status().is_redirection() {
        let shell = visitor.request.shell();
        let said = web::cookies::set(shell, web::cookies::FLASH, "file-begun-anew", 60);
        response.headers_mut().append(SET_COOKIE, said);
    }
    Ok(response)
}

/// The draft that an address names, when the visitor may open it and it belongs to this service.
/// What is no identifier names no draft. From here on the form is the one that this draft is filled
/// in with.
pub(super) async fn open(
    cases: &Cases,
    visitor: &Visitor,
    filling: &mut Filling,
    id: &str,
) -> Result<Draft> {
    let id: DraftId = id.parse().map_err(|_| Error::NotFound)?;
    let pass = pass_of(cases, &visitor.request);
    let mut draft = cases.draft(&visitor.actor, &pass, id).await?;
    draft.answers.retain(|_, answer| !answer.is_null());
    if draft.intake.is_some() {
        filling.on_behalf = Some(on_behalf(&filling.service.definition));
    }
    // The form may have changed since: what it asks no more is left out, the rest is checked anew.
    filling.definition().form.retain_known(&mut draft.answers);
    if draft.service == filling.definition().code {
        Ok(draft)
    } else {
        Err(Error::NotFound)
    }
}

/// Where a draft that was sent already has gone.
pub(super) async fn sent(
    cases: &Cases,
    visitor: &Visitor,
    draft: &Draft,
) -> Result<Option<Response>> {
    if draft.filed.is_none() {
        return Ok(None);
    }
    // The same draft sent again gives the case that it made the first time.
    let filed = cases.file(&visitor.actor, draft.filing(true)).await?;
    Ok(Some(receipt(cases, visitor, &filed)))
}

/// Sends the visitor to the receipt; a guest is given the way back in.
pub(super) fn receipt(cases: &Cases, visitor: &Visitor, filed: &Filed) -> Response {
    let request = &visitor.request;
    let response = request.redirect(&format!("/cases/{}/receipt", filed.number));
    if filed.source.is_by_hand() {
        return reception::registered(request, filed);
    }
    if visitor.viewer.is_some() {
        return response;
    }
    let pass = pass_of(cases, request).with_case(filed.id);
    with_pass(response, cases, request, &pass)
}

/// Takes what was posted for a step: keeps it and goes on, or shows the page with its mistakes.
async fn accept(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    draft: Option<&Draft>,
    step: &str,
    way: &Way,
    fields: &Fields,
) -> PageResult {
    let form = &filling.definition().form;
    let asked = form.step(step).ok_or(Error::NotFound)?;
    let posted = form.read_urlencoded(step, &fields.0);
    let mut answers = draft.map(|draft| draft.answers.clone()).unwrap_or_default();
    for field in &asked.fields {
        answers.remove(&field.name);
    }
    answers.extend(posted);
    let contents = filling.names.contents();
    let pressed =
        catalog::pages::map::press(asked, fields, contents, filling.names.units(), &mut answers);
    let reshaped = catalog::form::companions::press(asked, &fields.0, &mut answers);
    let at = Step {
        id: step,
        answers: &answers,
        draft,
        from_review: way.is_from_review(),
        pressed,
    };
    if at.pressed.is_some() || reshaped {
        return half_done(cases, visitor, filling, &at, Vec::new()).await;
    }
    // Put aside half done: what stands there is kept as it is and checked when it is gone on with.
    let by_hand = draft.is_some_and(|draft| draft.intake.is_some());
    let aside = later(visitor, draft.and_then(|draft| draft.intake.as_ref()));
    let goes_back = by_hand && fields.text("to") == BACK;
    let is_put_aside = goes_back || (fields.text("to") == LATER && !aside.is_empty());
    let clean = match form.check_step(step, &answers, &filling.context(cases)) {
        Ok(clean) => clean,
        Err(_) if is_put_aside => answers.clone(),
        Err(errors) => return half_done(cases, visitor, filling, &at, errors).await,
    };
    let asks_who = asked.fields.iter().any(|field| field.name == "applicant");
    if let Some(error) =
        unreachable(filling.definition(), &answers).filter(|_| by_hand && asks_who && !is_put_aside)
    {
        return half_done(cases, visitor, filling, &at, vec![error]).await;
    }
    let id = keep(cases, visitor, filling, &at, &clean).await?;
    if goes_back {
        return Ok(visitor.request.redirect(&before(filling, &at)));
    }
    if is_put_aside {
        return Ok(visitor.request.redirect(&aside));
    }
    let attachments = &filling.definition().attachments;
    let next = match form.step_after(step) {
        _ if fields.text("to") == attaching::STEP && attachments.are_taken() => attaching::STEP,
        Some(next) if !at.from_review => next.id.as_str(),
        None if !at.from_review && attachments.is_step() => attaching::STEP,
        _ => "review",
    };
    let response = visitor.request.redirect(&filling.address(id, next));
    Ok(opening(response, cases, visitor, id))
}

/// Keeps the answers of a step in its draft, a new one where there is none.
async fn keep(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    at: &Step<'_>,
    answers: &Answers,
) -> Result<DraftId> {
    let step = filling.definition().form.step(at.id);
    // What a step has no answer for any more is said as null, so that the draft forgets it.
    let whole: Answers = step
        .ok_or(Error::NotFound)?
        .fields
        .iter()
        .map(|field| {
            let answer = answers.get(&field.name).cloned();
            (field.name.clone(), answer.unwrap_or(Value::Null))
        })
        .collect();
    let pass = pass_of(cases, &visitor.request);
    let draft = at.draft.map(|draft| draft.id);
    let code = &filling.definition().code;
    cases
        .save_draft(&visitor.actor, &pass, draft, code, whole)
        .await
}

/// Lets the browser of a guest into the draft.
pub(super) fn opening(
    response: Response,
    cases: &Cases,
    visitor: &Visitor,
    draft: DraftId,
) -> Response {
    if visitor.viewer.is_some() {
        return response;
    }
    let pass = pass_of(cases, &visitor.request).with_draft(draft);
    with_pass(response, cases, &visitor.request, &pass)
}

/// Keeps a step as it was sent and leads back to it: with its mistakes, or with what was pressed in
/// it. A page that answers a form itself is one that the browser cannot go back to.
async fn half_done(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    at: &Step<'_>,
    errors: Vec<FieldError>,
) -> PageResult {
    let id = match keep(cases, visitor, filling, at, at.answers).await {
        Ok(id) => id,
        // What is too much to be kept is told at once.
        Err(Error::Invalid(more)) => {
            let errors = errors.into_iter().chain(more).collect();
            return draw(cases, visitor, filling, at, errors);
        }
        Err(other) => return Err(other.into()),
    };
    let view = at.pressed.map(|pressed| pressed.view.to_string());
    let query: Vec<(&str, &str)> = [
        ("from", at.from_review.then_some("review")),
        ("wrong", (!errors.is_empty()).then_some("1")),
        ("kept", errors.is_empty().then_some("1")),
        ("view", view.as_deref()),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.map(|value| (name, value)))
    .collect();
    let page = address(&filling.address(id, at.id), &query);
    Ok(opening(visitor.request.redirect(&page), cases, visitor, id))
}

/// What a page of a step shows.
struct Step<'a> {
    id: &'a str,
    answers: &'a Answers,
    draft: Option<&'a Draft>,
    from_review: bool,
    /// What was pressed on its map, instead of going on.
    pressed: Option<Pressed>,
}

impl<'a> Step<'a> {
    /// A step of which nothing is kept yet.
    const fn of(id: &'a str, answers: &'a Answers) -> Self {
        Self {
            id,
            answers,
            draft: None,
            from_review: false,
            pressed: None,
        }
    }
}

fn draw(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    at: &Step<'_>,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let definition = filling.definition();
    let form = &definition.form;
    let step = form.step(at.id).ok_or(Error::NotFound)?;
    let place = form.steps.iter().position(|known| known.id == step.id);
    let mut shown = filling.shown(request);
    if let Some(drawn) = &mut shown.map {
        drawn.pressed = at.pressed;
    }
    let mut view = StepView::new(form, step, at.answers, cases.today(), &shown);
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let intake = at.draft.and_then(|draft| draft.intake.as_ref());
    if intake.is_some() {
        // What stands there is said to applicants; an operator asks somebody else.
        let asks_who = step.fields.iter().any(|field| field.name == "applicant");
        view.hint = if asks_who {
            request.t("reception-who-hint").into_owned()
        } else {
            String::new()
        };
    }
    let action = match at.draft {
        Some(draft) if at.from_review => {
            format!("{}?from=review", filling.address(draft.id, at.id))
        }
        Some(draft) => filling.address(draft.id, at.id),
        None => format!("/file/{}", definition.code),
    };
    let page = view.dress(request.page(view.title.clone()), errors);
    web::html_with(
        status,
        &FilingStep {
            page,
            step: view,
            steps: filling.steps(request),
            at: place.unwrap_or_default() + 1,
            service: definition.name(request.language).to_owned(),
            action,
            // The live checks know the form of applicants alone.
            check: match intake {
                Some(_) => String::new(),
                None => format!("/services/{}/check/{}", definition.code, at.id),
            },
            intake: intake.map(|intake| IntakeView::of(request, intake)),
            back: before(filling, at),
            later: later(visitor, intake),
            drop: at
                .draft
                .map(|draft| filling.address(draft.id, dropping::STEP))
                .unwrap_or_default(),
            saved: at.draft.map(|draft| draft.saved_at),
            guest: visitor.viewer.is_none(),
            is_operators_own: intake.is_none()
                && people::allows_somewhere(&visitor.actor, Permission::FileOnBehalf),
            formal: filling.formal(request),
            may_attach: form.step_after(at.id).is_none()
                && definition.attachments.are_taken()
                && !definition.attachments.is_step(),
        },
    )
}

/// Where a step leads back to.
fn before(filling: &Filling, at: &Step<'_>) -> String {
    let definition = filling.definition();
    let service_page = format!("/services/{}", definition.code);
    let Some(draft) = at.draft else {
        return service_page;
    };
    if at.from_review {
        return filling.address(draft.id, "review");
    }
    match definition.form.step_before(at.id) {
        Some(step) => filling.address(draft.id, &step.id),
        None if draft.intake.is_some() => RECEPTION.to_owned(),
        None => service_page,
    }
}

/// Where a draft waits for its owner; a guest has no such place.
pub(super) fn later(visitor: &Visitor, intake: Option<&Intake>) -> String {
    match (&visitor.viewer, intake) {
        (_, Some(_)) => RECEPTION.to_owned(),
        (Some(_), None) => "/cabinet".to_owned(),
        (None, None) => String::new(),
    }
}
