//! An answer as the letter that people get, for programs that keep correspondence.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use base::Error;
use people::Visitor;

use super::case::card;
use super::{Api, latin, number_in};
use crate::pages::papers::{answer_pdf, given};
use web::api::{OfCase, Refused};

/// Read an answer as a letter
///
/// The letter as PDF/A-2 with the agency's head, its outgoing number and the code by which anybody can
/// check it at `/genuine`. For those to whom `inside` of the case is given; others get 404. The same
/// answer in the same language is the same file as long as the template and the log's key are the same.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/answers/{file}",
    operation_id = "read_answer_letter",
    tag = "cases",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        ("number" = String, Path, max_length = 64, description = "Number of the case; 422 when it is mistyped, 404 when there is none",
            example = "A-2026-00000042-5"),
        ("file" = String, Path, max_length = 16, pattern = r"^[0-9]+\.pdf$",
            description = "Place of the answer among the case's delivered ones, from 1", example = "1.pdf"),
        ("X-Return-Code" = inline(Option<String>), Header, nullable = false, max_length = 64,
            description = "The return code of a guest. Wrong codes are refused with 422 and slowed down",
            example = "7K4M-Q2ZT-9XHD-3W6P"),
    ),
    responses(
        (status = 200, description = "The letter", content_type = "application/pdf", body = [u8]),
        OfCase,
    )
)]
pub(super) async fn read_answer_letter(
    visitor: Visitor,
    State(api): State<Api>,
    Path((number, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let number = number_in(&number)?;
    let place = file
        .strip_suffix(".pdf")
        .and_then(|place| place.parse().ok())
        .ok_or(Error::NotFound)?;
    let card = card(&api.cases, &visitor, number, &headers).await?;
    let card = card.ok_or(Error::NotFound)?;
    let pdf = answer_pdf(&api.cases, &visitor, &card, place).await?;
    Ok(given(pdf, &format!("{}-{place}", latin(number))))
}
