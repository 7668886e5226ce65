//! Papers to take along: an answer, the receipt, the history. They are printed when they are asked
//! for, for those who may read the case.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base::{Actor, Error, Result};
use people::Visitor;
use web::{PageResult, Request, Shell};

use super::case::{Opened, latin, open};
use super::case_view::Painter;
use super::names::Names;
use super::paper_view::Clerk;
use crate::Cases;
use crate::model::{AnswerState, Card, Side};
use crate::printing::LetterPaper;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/cases/{number}/answers/{file}", get(answer))
        .route("/cases/{number}/receipt.pdf", get(receipt))
        .route("/cases/{number}/history.pdf", get(history))
}

async fn answer(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((number, file)): Path<(String, String)>,
) -> PageResult {
    let place = file.strip_suffix(".pdf").ok_or(Error::NotFound)?;
    let place: usize = place.parse().map_err(|_| Error::NotFound)?;
    match open(&cases, &visitor, &number).await? {
        Opened::Card(card) => {
            let pdf = answer_pdf(&cases, &visitor, &card, place).await?;
            Ok(given(pdf, &format!("{}-{place}", latin(card.case.number))))
        }
        Opened::Elsewhere(response) => Ok(response),
    }
}

/// The `place`th answer that was delivered in a case, from 1, as a letter.
pub(crate) async fn answer_pdf(
    cases: &Cases,
    visitor: &Visitor,
    card: &Card,
    place: usize,
) -> Result<Vec<u8>> {
    print(cases, &visitor.request, &visitor.actor, card, place).await
}

/// The paper that goes to an applicant with the letter about their answer: the very file that they
/// could take from the page of the case.
pub async fn answer_for_letter(
    cases: &Cases,
    shell: &Shell,
    paper: &LetterPaper,
) -> Result<Vec<u8>> {
    let actor = Actor::system("letters");
    let card = cases.card_for_letter(&actor, paper.case).await?;
    let request = Request::apart(shell, paper.language);
    print(cases, &request, &actor, &card, paper.place).await
}

async fn print(
    cases: &Cases,
    request: &Request,
    actor: &Actor,
    card: &Card,
    place: usize,
) -> Result<Vec<u8>> {
    let answer = card
        .answers
        .iter()
        .filter(|answer| answer.state == AnswerState::Delivered)
        .nth(place.checked_sub(1).ok_or(Error::NotFound)?)
        .ok_or(Error::NotFound)?;
    let names = Names::load(cases, request.language).await?;
    let clerk = Clerk {
        request,
        names: &names,
        cases,
        letterhead: cases.people().letterhead_in_use(card.case.unit).await?,
    };
    let paper = clerk.answer(card, answer, place)?;
    let number = card.case.number;
    cases
        .print_answer(actor, card.side, number, (place, answer.id), paper)
        .await
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
    let pdf = receipt_pdf(&cases, &visitor.request, &card).await?;
    Ok(given(pdf, &format!("{}-receipt", latin(card.case.number))))
}

async fn history(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    let card = match open(&cases, &visitor, &number).await? {
        Opened::Card(card) => card,
        Opened::Elsewhere(response) => return Ok(response),
    };
    let pdf = history_pdf(&cases, &visitor.request, &card).await?;
    Ok(given(pdf, &format!("{}-history", latin(card.case.number))))
}

/// The receipt as a paper.
pub(crate) async fn receipt_pdf(cases: &Cases, request: &Request, card: &Card) -> Result<Vec<u8>> {
    let names = Names::load(cases, request.language).await?;
    let by_guest =
        card.case.person.is_none() && card.side == Side::Applicant && card.party.is_none();
    let code = by_guest.then(|| crate::return_code(cases.journal().keys(), &card.case));
    let clerk = Clerk {
        request,
        names: &names,
        cases,
        letterhead: cases.people().letterhead_in_use(card.case.unit).await?,
    };
    cases.print(clerk.receipt(card, code)?).await
}

/// The history as a paper.
pub(crate) async fn history_pdf(cases: &Cases, request: &Request, card: &Card) -> Result<Vec<u8>> {
    let names = Names::load(cases, request.language).await?;
    let painter = Painter {
        request,
        names: &names,
        today: cases.today(),
    };
    let clerk = Clerk {
        request,
        names: &names,
        cases,
        letterhead: cases.people().letterhead_in_use(card.case.unit).await?,
    };
    let told = painter.history(card);
    cases.print(clerk.history(card, &told)?).await
}

/// A PDF that the browser shows; a link with `download` keeps it as a file.
pub(crate) fn given(pdf: Vec<u8>, name: &str) -> Response {
    let shown = format!("inline; filename=\"{name}.pdf\"");
    let disposition = HeaderValue::from_str(&shown).unwrap_or(HeaderValue::from_static("inline"));
    (
        [
            (CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
            (CONTENT_DISPOSITION, disposition),
            (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        ],
        pdf,
    )
        .into_response()
}
