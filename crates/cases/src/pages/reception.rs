//! The reception: an operator writes down what comes by phone, on paper, in person or by e-mail,
//! finds it again, tells callers how their case stands and takes down what they add.

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use base::{Error, FieldError, Moment, Number, Result};
use catalog::{Answers, Shown};
use jiff::civil::Date;
use people::{Permission, Visitor};
use serde::Deserialize;
use web::{Choice, Fields, Form, Page, PageResult, Request};

use super::cabinet::DraftLine;
use super::documents_view::{self, DocumentLine};
use super::intake_view;
use super::names::{self, Names};
use super::register_view::{EntryView, entry};
use super::scans::{self, ScanForm};
use super::telling::{self, ToldView};
use super::{Line, address, number_in, parameter, pass_of, term};
use crate::Cases;
use crate::documents::FIELD;
use crate::model::{Draft, Filed, Intake, QueueRow, Received, Source};
use crate::receiving::is_taken_in;
use crate::work::Scans;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/reception", get(home))
        .route("/reception/new/{way}", get(begin).post(create))
        .route("/reception/{number}", get(show))
        .route("/reception/{number}/words", get(back).post(hear))
        .route(
            "/reception/{number}/documents",
            get(back)
                .post(scans::add)
                .layer(DefaultBodyLimit::disable()),
        )
        .route("/reception/{number}/coupon", get(coupon))
        .route(
            "/reception/{number}/code",
            get(back).post(super::renewing::renew),
        )
        .route("/reception/{number}/answers/{file}", get(telling::answer))
}

/// The way into a new card.
pub(super) struct WayLink {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) hint: String,
}

/// A case that the operator took in, as a line.
pub(super) struct TakenLine {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) topic: String,
    pub(super) applicant: String,
    pub(super) way: String,
    pub(super) at: Moment,
    pub(super) state: String,
    pub(super) tone: &'static str,
    /// Whether an answer waits to go out on paper.
    pub(super) to_print: bool,
    pub(super) due: String,
}

#[derive(Template)]
#[template(path = "reception.html")]
pub(super) struct Reception {
    pub(super) page: Page,
    pub(super) ways: Vec<WayLink>,
    pub(super) number: String,
    pub(super) begun: Vec<DraftLine>,
    pub(super) rows: Vec<TakenLine>,
    /// The one day that is shown; empty for all.
    pub(super) on: String,
    pub(super) today: String,
    /// How many were registered on that day, all and by each way.
    pub(super) totals: Vec<Line>,
    pub(super) next: String,
    pub(super) first: String,
}

#[derive(Template)]
#[template(path = "reception-new.html")]
pub(super) struct NewCard {
    pub(super) page: Page,
    pub(super) way: String,
    pub(super) title: String,
    pub(super) order: String,
    pub(super) letter: bool,
    pub(super) services: Vec<Choice>,
    pub(super) service: String,
    pub(super) came_on: String,
    pub(super) today: String,
    pub(super) outgoing: String,
    pub(super) others: String,
    /// The e-mail or telephone by which the caller was looked for; may be empty.
    pub(super) contact: String,
}

/// What was written down, for the operator who did.
pub(super) struct OwnCard {
    pub(super) came: String,
    pub(super) applicant: String,
    pub(super) lines: Vec<Line>,
    pub(super) documents: Vec<DocumentLine>,
    /// How one more scan is added; none when it is too late for that.
    pub(super) scan: Option<ScanForm>,
}

#[derive(Template)]
#[template(path = "reception-case.html")]
pub(super) struct ReceptionCase {
    pub(super) page: Page,
    pub(super) found: EntryView,
    /// Only of what the operator took in; of others the public state is all there is.
    pub(super) own: Option<OwnCard>,
    /// What its applicant is told of it, when they ask.
    pub(super) told: Option<ToldView>,
    pub(super) hears: bool,
    pub(super) ways: Vec<Choice>,
    pub(super) way: String,
    pub(super) text: String,
    pub(super) handed: String,
    pub(super) known_by: String,
    /// The turn of the return code, where a new one can be given.
    pub(super) code_turn: Option<i64>,
    pub(super) stated: String,
    pub(super) code_known_by: String,
}

#[derive(Template)]
#[template(path = "reception-coupon.html")]
pub(super) struct Coupon {
    pub(super) page: Page,
    pub(super) number: String,
    pub(super) service: String,
    pub(super) applicant: String,
    pub(super) came: String,
    pub(super) unit: String,
    pub(super) registered: Date,
    pub(super) due: Option<Date>,
    /// Whether the answer is there already, as a rule gives it within seconds.
    pub(super) answered: bool,
    pub(super) code: Option<String>,
    /// Where its state can be asked for.
    pub(super) site: String,
    /// A new card that comes the same way.
    pub(super) again: String,
}

/// Operators only: a guest signs in first.
pub(super) fn require_operator(visitor: &Visitor) -> Result<()> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, Permission::FileOnBehalf)
}

/// Where an operator goes once a card is registered.
pub(super) fn registered(request: &Request, filed: &Filed) -> Response {
    request.redirect(&format!("/reception/{}/coupon", filed.number))
}

#[derive(Default, Deserialize)]
struct Place {
    number: Option<String>,
    on: Option<String>,
    after: Option<String>,
}

async fn home(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(place): Query<Place>,
) -> PageResult {
    require_operator(&visitor)?;
    let request = &visitor.request;
    let number = parameter(place.number.as_deref());
    let mut errors = Vec::new();
    if !number.is_empty() {
        match number_typed(&number, cases.today()) {
            None => {
                // Nearly a whole number is one with a slip; a surname is none.
                let digits = number.chars().filter(char::is_ascii_digit).count();
                let key = match digits {
                    10 | 11 => "reception-error-telephone",
                    9 | 12.. => "error-number",
                    _ => "reception-error-find",
                };
                errors.push(FieldError::new("number", key));
            }
            Some(parsed) => match cases.status(parsed).await {
                Ok(_) => return Ok(request.redirect(&format!("/reception/{parsed}"))),
                Err(Error::NotFound) => {
                    errors.push(FieldError::new("number", "case-status-unknown"));
                }
                Err(other) => return Err(other.into()),
            },
        }
    }
    let names = Names::load(&cases, request.language).await?;
    let after = place.after.as_deref().filter(|after| !after.is_empty());
    let today = cases.today();
    let on = parameter(place.on.as_deref());
    let day: Option<Date> = on.parse().ok();
    if day.is_none() && !on.is_empty() {
        errors.push(FieldError::new("on", "reception-error-on"));
    }
    let taken = cases.taken_in(&visitor.actor, day, after, None).await?;
    let totals = match day {
        Some(day) => totals(request, &cases.taken_in_by_way(&visitor.actor, day).await?),
        None => Vec::new(),
    };
    let begun = match (after, day) {
        (None, None) => cases.begun(&visitor.actor).await?,
        _ => Vec::new(),
    };
    let here: Vec<(&str, &str)> = day.map(|_| ("on", on.as_str())).into_iter().collect();
    let next = taken.next.as_ref().map(|next| {
        let further = here.iter().copied().chain([("after", next.as_str())]);
        address("/reception", &further.collect::<Vec<_>>())
    });
    let status = status_for(&errors);
    let page = request
        .page(request.t("reception-title"))
        .dense()
        .with_errors(errors)
        .with_label("number", request.t("reception-find"))
        .with_label("on", request.t("reception-on"));
    web::html_with(
        status,
        &Reception {
            page,
            ways: Source::BY_HAND
                .map(|way| WayLink {
                    href: format!("/reception/new/{}", way.code()),
                    name: intake_view::way(request, way),
                    hint: hint(request, way),
                })
                .into(),
            number,
            begun: begun
                .iter()
                .map(|draft| begun_line(request, &names, draft))
                .collect(),
            rows: taken
                .items
                .iter()
                .map(|row| taken_line(request, &names, row, today))
                .collect(),
            totals,
            today: today.to_string(),
            next: next.unwrap_or_default(),
            first: after
                .map(|_| address("/reception", &here))
                .unwrap_or_default(),
            on,
        },
    )
}

/// A number as it is dictated: whole, without its letter, the end of it after the year, or the
/// running number of this year alone.
pub(super) fn number_typed(text: &str, today: Date) -> Option<Number> {
    let year = today.year().unsigned_abs();
    let short = text.trim_start_matches('0');
    if !short.is_empty() && short.len() <= 8 && short.bytes().all(|b| b.is_ascii_digit()) {
        return Number::new(year, short.parse().ok()?);
    }
    text.parse()
        .or_else(|_| format!("A-{text}").parse())
        .or_else(|_| format!("A-{year}-{text}").parse())
        .ok()
}

/// How many were taken in, all together and by each way.
fn totals(request: &Request, counted: &[(Source, u64)]) -> Vec<Line> {
    let all: u64 = counted.iter().map(|(_, count)| count).sum();
    let ways = counted
        .iter()
        .map(|(way, count)| Line::new(intake_view::way(request, *way), count.to_string()));
    std::iter::once(Line::new(request.t("reception-total"), all.to_string()))
        .chain(ways)
        .collect()
}

fn hint(request: &Request, way: Source) -> String {
    let key = format!("reception-hint-{}", way.code());
    request.t(&key).into_owned()
}

/// What a page with these faults is answered with.
pub(super) fn status_for(errors: &[FieldError]) -> StatusCode {
    if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    }
}

fn begun_line(request: &Request, names: &Names, draft: &Draft) -> DraftLine {
    let service = names.contents().service(&draft.service);
    let service = service.map(|service| service.definition.name(request.language).to_owned());
    let service = service.unwrap_or_default();
    let subject = draft.answers.get("subject").and_then(|said| said.as_str());
    let came = draft.intake.as_ref();
    let came = came.map(|intake| intake_view::came(request, intake));
    DraftLine {
        href: format!("/file/{}/{}", draft.service, draft.id),
        topic: subject.map_or_else(|| service.clone(), str::to_owned),
        service: who(draft)
            .into_iter()
            .chain([came.unwrap_or(service)])
            .collect::<Vec<_>>()
            .join(" \u{b7} "),
        saved_at: draft.saved_at,
    }
}

/// Whose unfinished card it is, and how they are reached: as far as was written down.
fn who(draft: &Draft) -> Option<String> {
    let applicant = draft.answers.get("applicant")?;
    let said = ["last_name", "first_name", "phone"];
    let said = said.iter().filter_map(|name| applicant.get(name)?.as_str());
    let said: Vec<&str> = said.filter(|text| !text.is_empty()).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn taken_line(request: &Request, names: &Names, row: &QueueRow, today: Date) -> TakenLine {
    let case = &row.case;
    TakenLine {
        href: format!("/reception/{}", case.number),
        number: case.number.to_string(),
        topic: names.topic(case, &row.topic, &row.answers),
        applicant: row.applicant.clone(),
        way: intake_view::way(request, case.source),
        at: case.received_at,
        // As on its page: an operator has one name for a state.
        state: names::public_state(request, case.state.public()),
        tone: names::public_tone(case.state.public()),
        to_print: case.to_post,
        due: term::line(request, case, today),
    }
}

/// The way that an address names.
fn way_in(code: &str) -> Result<Source> {
    let mut ways = Source::BY_HAND.into_iter();
    let found = ways.find(|way| way.code() == code);
    found.ok_or(Error::NotFound)
}

async fn begin(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(way): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
) -> PageResult {
    require_operator(&visitor)?;
    let way = way_in(&way)?;
    let last = query.into_iter();
    let last = last.filter(|(name, _)| matches!(name.as_str(), "service" | "came_on"));
    draw_new(&cases, &visitor, way, &Fields(last.collect()), Vec::new()).await
}

/// A new card of the kind and the day of the last: letters are entered by the heap.
fn one_more(names: &Names, received: &Received) -> String {
    let case = &received.case;
    let service = names.contents().service_by_id(case.service);
    let service = service.map_or("", |service| service.definition.code.as_str());
    let came_on = received.taken.intake.came_on;
    let came_on = came_on.map(|day| day.to_string()).unwrap_or_default();
    let new = format!("/reception/new/{}", case.source.code());
    address(&new, &[("service", service), ("came_on", &came_on)])
}

async fn create(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(way): Path<String>,
    fields: Fields,
) -> PageResult {
    require_operator(&visitor)?;
    let way = way_in(&way)?;
    let came_on = parameter(fields.get("came_on"));
    let intake = Intake {
        way,
        came_on: came_on.parse().ok(),
        outgoing: fields.text("outgoing").to_owned(),
        others: fields.text("others").lines().map(str::to_owned).collect(),
    };
    let service = parameter(fields.get("service"));
    match cases.begin_intake(&visitor.actor, &service, &intake).await {
        Ok(draft) => {
            if let Some(known) = reached_by(&parameter(fields.get("contact"))) {
                let pass = pass_of(&cases, &visitor.request);
                let actor = &visitor.actor;
                cases
                    .save_draft(actor, &pass, Some(draft), &service, known)
                    .await?;
            }
            let form = format!("/file/{service}/{draft}");
            Ok(visitor.request.redirect(&form))
        }
        Err(Error::Invalid(errors)) => draw_new(&cases, &visitor, way, &fields, errors).await,
        Err(other) => Err(other.into()),
    }
}

/// What a new card knows of a caller who was looked for before by their e-mail or telephone.
fn reached_by(contact: &str) -> Option<Answers> {
    let way = if contact.contains('@') {
        "email"
    } else {
        "phone"
    };
    let known = serde_json::json!({ "applicant": { way: contact } });
    known.as_object().filter(|_| !contact.is_empty()).cloned()
}

/// What can be taken in this way.
pub(super) fn services(request: &Request, names: &Names, way: Source) -> Vec<Choice> {
    names
        .services()
        .filter(|service| is_taken_in(service, way))
        .map(|service| {
            let definition = &service.definition;
            Choice::new(&definition.code, definition.name(request.language))
                .with_hint(definition.summary.text(request.language))
        })
        .collect()
}

async fn draw_new(
    cases: &Cases,
    visitor: &Visitor,
    way: Source,
    typed: &Fields,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let title = intake_view::way(request, way);
    let order = format!("reception-order-{}", way.code());
    let status = status_for(&errors);
    let labels = [
        ("service", "reception-service"),
        ("came_on", "reception-came-on-label"),
        ("outgoing", "reception-outgoing"),
        ("others", "reception-others"),
    ];
    let page = request.page(title.clone()).dense().with_errors(errors);
    let page = labels.into_iter().fold(page, |page, (field, key)| {
        page.with_label(field, request.t(key))
    });
    web::html_with(
        status,
        &NewCard {
            page,
            way: way.code().to_owned(),
            title,
            order: request.t(&order).into_owned(),
            letter: way.is_letter(),
            services: services(request, &names, way),
            service: typed.text("service").to_owned(),
            came_on: typed.text("came_on").to_owned(),
            today: cases.today().to_string(),
            outgoing: typed.text("outgoing").to_owned(),
            others: typed.text("others").to_owned(),
            contact: parameter(typed.get("contact")),
        },
    )
}

#[derive(Default, Deserialize)]
pub(super) struct Said {
    #[serde(default)]
    way: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    handed: String,
    #[serde(default)]
    known_by: String,
    /// What whoever asks for a new code said of themselves, and how they were known.
    #[serde(skip)]
    stated: String,
    #[serde(skip)]
    code_known_by: String,
}

impl Said {
    /// What was typed for a new code.
    pub(super) fn of_code(stated: String, code_known_by: String) -> Self {
        Self {
            stated,
            code_known_by,
            ..Self::default()
        }
    }
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    require_operator(&visitor)?;
    let number = number_in(&number)?;
    draw_case(&cases, &visitor, number, Said::default(), Vec::new()).await
}

/// Whoever comes to the address of the form, after signing in say, finds the case.
async fn back(visitor: Visitor, Path(number): Path<String>) -> PageResult {
    let number = number_in(&number)?;
    Ok(visitor.request.redirect(&format!("/reception/{number}")))
}

async fn hear(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Form(said): Form<Said>,
) -> PageResult {
    require_operator(&visitor)?;
    let number = number_in(&number)?;
    let way = Source::from_code(&said.way);
    let actor = &visitor.actor;
    let (text, handed) = (&said.text, &said.handed);
    let done = cases.hear_and_take(actor, number, way, text, handed, &said.known_by);
    let errors = match done.await {
        Ok(()) => {
            let page = format!("/reception/{number}");
            return Ok(visitor.request.redirect_saying(&page, "reception-heard"));
        }
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(key)) => vec![FieldError::new("", key)],
        Err(other) => return Err(other.into()),
    };
    draw_case(&cases, &visitor, number, said, errors).await
}

pub(super) async fn draw_case(
    cases: &Cases,
    visitor: &Visitor,
    number: Number,
    typed: Said,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let row = cases.status(number).await?;
    let found = entry(request, &names, &row, cases.today());
    let own = match cases.received(&visitor.actor, number).await {
        Ok(received) => {
            let scans = cases.scans(&visitor.actor, number).await?;
            Some(own_card(cases, request, &names, &received, &scans).await)
        }
        Err(Error::NotFound) => None,
        Err(other) => return Err(other.into()),
    };
    let told = match own {
        Some(_) => Some(telling::told(cases, visitor, &names, number).await?),
        None => None,
    };
    let ways = cases.ways_to_hear(&visitor.actor, number).await?;
    let status = status_for(&errors);
    let labels = [
        ("way", "reception-heard-way"),
        ("text", "reception-heard-text"),
        ("handed", "reception-handed"),
        ("stated", "reception-code-stated"),
        ("code_known_by", "reception-code-known-by"),
        ("known_by", "reception-known-by"),
        (FIELD, "case-documents-files"),
    ];
    let page = request.page(number.to_string()).dense().with_errors(errors);
    let page = labels.into_iter().fold(page, |page, (field, key)| {
        page.with_label(field, request.t(key))
    });
    let way = Some(typed.way).filter(|way| !way.is_empty());
    web::html_with(
        status,
        &ReceptionCase {
            page,
            found,
            own,
            told,
            hears: !ways.is_empty(),
            way: way
                .or_else(|| ways.first().map(|way| way.code().to_owned()))
                .unwrap_or_default(),
            ways: intake_view::heard_by(request, &ways),
            text: typed.text,
            handed: typed.handed,
            known_by: typed.known_by,
            code_turn: cases.code_to_renew(&visitor.actor, number).await?,
            stated: typed.stated,
            code_known_by: typed.code_known_by,
        },
    )
}

async fn own_card(
    cases: &Cases,
    request: &Request,
    names: &Names,
    received: &Received,
    scans: &Scans,
) -> OwnCard {
    let shown = Shown {
        language: request.language,
        words: request.shell().words(),
        categories: names.contents().categories(),
        units: names.units(),
        officials: names.contents().officials(),
        map: None,
    };
    let definition = super::case::definition(cases, &received.case).await;
    let lines = definition
        .map(|definition| definition.form.summary(&received.content.answers, &shown))
        .unwrap_or_default();
    OwnCard {
        came: intake_view::taken(request, &received.taken),
        applicant: received.content.applicant.title(),
        lines: lines
            .into_iter()
            .map(|line| Line::new(line.label, line.value))
            .collect(),
        documents: scans
            .documents
            .iter()
            .map(|document| documents_view::line(request, "", document, &[], false))
            .collect(),
        scan: ScanForm::of(cases, scans),
    }
}

/// What is read out or given to the one who called or came; it prints on one sheet.
async fn coupon(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    require_operator(&visitor)?;
    let number = number_in(&number)?;
    let received = cases.received(&visitor.actor, number).await?;
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let case = &received.case;
    let page = request.page(request.t("reception-coupon-title"));
    let again = one_more(&names, &received);
    web::html(&Coupon {
        page,
        number: case.number.to_string(),
        service: names.service(case.service),
        applicant: received.content.applicant.title(),
        came: intake_view::taken(request, &received.taken),
        unit: names.unit(case.unit),
        registered: case.registered_on,
        due: case.due_on,
        answered: case.answered_at.is_some(),
        code: received.return_code,
        site: format!("{}/status", request.shell().settings().origin),
        again,
    })
}
