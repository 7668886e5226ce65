//! One case: its page, the receipt after filing, why the date and why here, the history, messages,
//! live changes, and the files that prove it.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::{Error, FieldError, Number, Result};
use catalog::Definition;
use jiff::civil::Date;
use law::Law;
use people::Visitor;
use serde::Deserialize;
use web::{Form, Page, PageResult};

use super::case_view::{CaseView, Painter, regime, route};
use super::desk::Place;
use super::documents_view::{SlotLine, slot_line};
use super::history_view::HistoryLine;
use super::names::Names;
use super::works::{self, CaseWorks};
use super::{address, number_in, participation, pass_of, term};
use crate::Cases;
use crate::model::{Card, CaseRow, Side};

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/cases/{number}", get(show))
        .route("/cases/{number}/messages", get(back).post(write))
        .route("/cases/{number}/receipt", get(receipt))
        .route("/cases/{number}/receipt.txt", get(receipt_file))
        .route("/cases/{number}/why", get(why))
        .route("/cases/{number}/history", get(history))
        .route("/cases/{number}/live", get(live))
        .route("/proofs/{file}", get(proof))
}

#[derive(Template)]
#[template(path = "case-show.html")]
pub(super) struct CaseShow {
    pub(super) page: Page,
    pub(super) case: CaseView,
    /// What was typed and not sent.
    pub(super) text: String,
    /// Whether the applicant reads it, not the authority.
    pub(super) own: bool,
    /// Whether what was filed are the reader's own words.
    pub(super) has_filed: bool,
    /// Where the reader leaves the case, who stands beside the one who filed; empty for others.
    pub(super) leaves: String,
    /// What staff have done, the newest first.
    pub(super) acts: Vec<HistoryLine>,
    /// Documents that are asked for, with how each stands.
    pub(super) slots: Vec<SlotLine>,
    /// The names of the documents that are there.
    pub(super) documents: Vec<String>,
    /// The works that came of it.
    pub(super) works: CaseWorks,
}

#[derive(Template)]
#[template(path = "receipt.html")]
pub(super) struct ReceiptPage {
    pub(super) page: Page,
    pub(super) number: String,
    pub(super) due: Option<Date>,
    pub(super) code: Option<String>,
    pub(super) unit: String,
    /// Whether a rule may answer before anybody has read it.
    pub(super) by_rule: bool,
}

#[derive(Template)]
#[template(path = "case-why.html")]
pub(super) struct Why {
    pub(super) page: Page,
    pub(super) number: String,
    pub(super) due: Option<Date>,
    pub(super) steps: Vec<String>,
    pub(super) regime: String,
    pub(super) version: String,
    pub(super) source: String,
    pub(super) unit: String,
    pub(super) route: String,
}

#[derive(Template)]
#[template(path = "case-history.html")]
pub(super) struct History {
    pub(super) page: Page,
    pub(super) number: String,
    pub(super) back: String,
    pub(super) lines: Vec<HistoryLine>,
    /// When a part of it was carried over, when one was.
    pub(super) carried_over: Option<base::Moment>,
}

#[derive(Template)]
#[template(path = "proof-wait.html")]
pub(super) struct ProofWait {
    pub(super) page: Page,
    pub(super) number: String,
}

/// A card that was opened, or the page that a stranger is sent to instead.
pub(super) enum Opened {
    Card(Box<Card>),
    Elsewhere(Response),
}

/// Opens a case. A guest whom the browser's pass does not let in is asked for the return code.
pub(super) async fn open(cases: &Cases, visitor: &Visitor, number: &str) -> Result<Opened> {
    let number = number_in(number)?;
    let pass = pass_of(cases, &visitor.request);
    match cases.card(&visitor.actor, &pass, number).await {
        Ok(card) => Ok(Opened::Card(Box::new(card))),
        Err(Error::NotFound | Error::Unauthenticated) if visitor.viewer.is_none() => {
            let status = address("/status", &[("number", &number.to_string())]);
            Ok(Opened::Elsewhere(visitor.request.redirect(&status)))
        }
        Err(other) => Err(other),
    }
}

/// The service as it was when the case was filed; none for what came from elsewhere.
pub(super) async fn definition(cases: &Cases, row: &CaseRow) -> Option<Arc<Definition>> {
    let version = u32::try_from(row.service_version).ok()?;
    cases.catalog().version(row.service, version).await.ok()
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    match open(&cases, &visitor, &number).await {
        Ok(Opened::Card(card)) => {
            web::for_whoever_asked(draw(&cases, &visitor, &card, String::new(), Vec::new()).await)
        }
        Ok(Opened::Elsewhere(response)) => Ok(response),
        // They may have been named in it, and not have answered.
        Err(Error::NotFound) => participation::show(&cases, &visitor, &number).await,
        Err(other) => Err(other.into()),
    }
}

async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    card: &Card,
    text: String,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let painter = Painter {
        request,
        names: &names,
        today: cases.today(),
    };
    let definition = definition(cases, &card.case).await;
    let mut case = painter.case(card, definition.as_deref());
    let (papers, slots) = cases.papers(card, request.language).await?;
    // Staff write at the desk; here they see the case as the applicant does.
    let own = card.side == Side::Applicant;
    case.can_write &= own;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = request
        .page(case.number.clone())
        .with_errors(errors)
        .with_label("text", request.t("case-write-label"));
    web::html_with(
        status,
        &CaseShow {
            page,
            case,
            text,
            own,
            has_filed: own && card.party.is_none(),
            leaves: match card.party {
                Some(_) => format!("/cases/{}/participation", card.case.number),
                None => String::new(),
            },
            acts: painter.acts(card),
            slots: slots.iter().map(|slot| slot_line(request, slot)).collect(),
            documents: papers.into_iter().map(|document| document.name).collect(),
            works: works::beside(cases, visitor, card).await?,
        },
    )
}

/// Whoever comes to the address of a form that was sent, after signing in say, finds the case.
async fn back(visitor: Visitor, Path(number): Path<String>) -> PageResult {
    let number = number_in(&number)?;
    Ok(visitor.request.redirect(&format!("/cases/{number}")))
}

#[derive(Deserialize)]
struct Letter {
    #[serde(default)]
    text: String,
}

async fn write(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Form(letter): Form<Letter>,
) -> PageResult {
    let parsed = number_in(&number)?;
    let pass = pass_of(&cases, &visitor.request);
    let sent = cases
        .write(&visitor.actor, &pass, parsed, &letter.text, false)
        .await;
    let errors = match sent {
        Ok(()) => {
            let page = format!("/cases/{parsed}#talk");
            return Ok(visitor.request.redirect_saying(&page, "case-message-sent"));
        }
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Conflict(key)) => vec![FieldError::new("", key)],
        Err(other) => return Err(other.into()),
    };
    match open(&cases, &visitor, &number).await? {
        Opened::Card(card) => draw(&cases, &visitor, &card, letter.text, errors).await,
        Opened::Elsewhere(response) => Ok(response),
    }
}

async fn receipt(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    let card = match open(&cases, &visitor, &number).await? {
        Opened::Card(card) => card,
        Opened::Elsewhere(response) => return Ok(response),
    };
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let by_guest =
        card.case.person.is_none() && card.side == Side::Applicant && card.party.is_none();
    let code = by_guest.then(|| crate::return_code(cases.journal().keys(), &card.case));
    let page = request.page(request.t("case-receipt-title"));
    let service = definition(&cases, &card.case).await;
    web::html(&ReceiptPage {
        page,
        number: card.case.number.to_string(),
        due: card.case.due_on,
        code,
        unit: names.unit(card.case.unit),
        by_rule: service.is_some_and(|service| service.decision.is_some()),
    })
}

async fn receipt_file(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    let number = number_in(&number)?;
    let pass = pass_of(&cases, &visitor.request);
    let text = cases.receipt(&visitor.actor, &pass, number).await?;
    Ok(file(
        text,
        &format!("{}.receipt.txt", latin(number)),
        "private, no-store",
    ))
}

async fn why(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    let card = match open(&cases, &visitor, &number).await? {
        Opened::Card(card) => card,
        Opened::Elsewhere(response) => return Ok(response),
    };
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let term = card.term.as_ref();
    let rule = term.map(|term| &term.due.rule);
    let known =
        rule.and_then(|rule| Law::current().version(&rule.regime, &rule.term, rule.version));
    let page = request.page(request.t("case-why-title"));
    web::html(&Why {
        page,
        number: card.case.number.to_string(),
        due: card.case.due_on,
        steps: term
            .map(|term| term::steps(request, term))
            .unwrap_or_default(),
        regime: rule
            .map(|rule| regime(request, &rule.regime))
            .unwrap_or_default(),
        version: rule
            .map(|rule| format!("{}/{}, {}", rule.regime, rule.term, rule.version))
            .unwrap_or_default(),
        source: known
            .map(|rule| request.t(rule.source.key()).into_owned())
            .unwrap_or_default(),
        unit: names.unit(card.case.unit),
        route: route(request, &card.route),
    })
}

async fn history(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(place): Query<Place>,
) -> PageResult {
    let card = match open(&cases, &visitor, &number).await? {
        Opened::Card(card) => card,
        Opened::Elsewhere(response) => return Ok(response),
    };
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let painter = Painter {
        request,
        names: &names,
        today: cases.today(),
    };
    let page = request.page(request.t("case-history"));
    let lines = painter.history(&card);
    web::html(&History {
        page,
        back: match card.side {
            Side::Staff => place.kept(&format!("/desk/{}", card.case.number)),
            Side::Applicant => format!("/cases/{}", card.case.number),
        },
        number: card.case.number.to_string(),
        carried_over: lines.iter().find_map(|line| line.written),
        lines,
    })
}

/// Tells the page when something changed; what changed stays with the page itself.
async fn live(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    let number = number_in(&number)?;
    let pass = pass_of(&cases, &visitor.request);
    let card = cases.card(&visitor.actor, &pass, number).await?;
    let topic = format!("case:{}", card.case.id);
    Ok(visitor.request.shell().live().stream(&topic)?)
}

async fn proof(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(name): Path<String>,
) -> PageResult {
    let number = number_in(name.strip_suffix(".tlog-proof").ok_or(Error::NotFound)?)?;
    if let Some(text) = cases.proof(number).await? {
        let name = format!("{}.tlog-proof", latin(number));
        return Ok(file(text, &name, "public, no-cache"));
    }
    let request = &visitor.request;
    let page = request.page(request.t("case-proof-wait-title"));
    let mut response = web::html_with(
        StatusCode::ACCEPTED,
        &ProofWait {
            page,
            number: number.to_string(),
        },
    )?;
    response
        .headers_mut()
        .insert(RETRY_AFTER, HeaderValue::from_static("2"));
    Ok(response)
}

/// A number as a file's name: with the Latin letter that looks the same.
pub(super) fn latin(number: Number) -> String {
    number.to_string().replacen('\u{410}', "A", 1)
}

/// A text that the browser keeps as a file.
fn file(text: String, name: &str, cache: &'static str) -> Response {
    let shown = format!("attachment; filename=\"{name}\"");
    let disposition =
        HeaderValue::from_str(&shown).unwrap_or(HeaderValue::from_static("attachment"));
    (
        [
            (
                CONTENT_TYPE,
                HeaderValue::from_static("text/plain; charset=utf-8"),
            ),
            (CONTENT_DISPOSITION, disposition),
            (CACHE_CONTROL, HeaderValue::from_static(cache)),
        ],
        text,
    )
        .into_response()
}
