//! What an applicant keeps of a case: the signed receipt, papers of it, and the public proof.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::response::IntoResponse;
use web::api::OfCase;

use crate::api::deed::{Address, Deed, Done, Own};
use crate::api::{Api, latin, number_in};
use crate::pages::papers::{given, history_pdf, receipt_pdf};

const TEXT: &str = "text/plain; charset=utf-8";

/// Read the receipt of a case
///
/// The signed text that was given at the filing: with it anybody can show that the case was taken.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/receipt",
    operation_id = "read_receipt",
    tag = "cases",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(Address<Own>),
    responses((status = 200, description = "The receipt", content_type = "text/plain", body = String), OfCase)
)]
pub(in crate::api) async fn read_receipt(deed: Deed<Own>) -> Done {
    let actor = deed.actor();
    let text = deed
        .api
        .cases
        .receipt(actor, &deed.pass, deed.number)
        .await?;
    let headers = [(CONTENT_TYPE, TEXT), (CACHE_CONTROL, "private, no-store")];
    Ok((headers, text).into_response())
}

/// Read the receipt of a case as a paper
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/receipt.pdf",
    operation_id = "read_receipt_paper",
    tag = "cases",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(Address<Own>),
    responses((status = 200, description = "The paper", content_type = "application/pdf", body = [u8]), OfCase)
)]
pub(in crate::api) async fn read_receipt_paper(deed: Deed<Own>) -> Done {
    let card = deed.card().await?;
    let pdf = receipt_pdf(&deed.api.cases, &deed.visitor.request, &card).await?;
    Ok(given(pdf, &format!("{}-receipt", latin(deed.number))))
}

/// Read the history of a case as a paper
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/history.pdf",
    operation_id = "read_history_paper",
    tag = "cases",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(Address<Own>),
    responses((status = 200, description = "The paper", content_type = "application/pdf", body = [u8]), OfCase)
)]
pub(in crate::api) async fn read_history_paper(deed: Deed<Own>) -> Done {
    let card = deed.card().await?;
    let pdf = history_pdf(&deed.api.cases, &deed.visitor.request, &card).await?;
    Ok(given(pdf, &format!("{}-history", latin(deed.number))))
}

/// Read the proof of a case
///
/// Every entry of the case with its way to a signed checkpoint, as `okno verify` takes it. It tells
/// what the register tells. Until the newest entry is sealed the answer is 202.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/proof",
    operation_id = "read_proof",
    tag = "journal",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(("number" = String, Path, max_length = 64, description = "Number of the case", example = "A-2026-00000042-5")),
    responses(
        (status = 200, description = "The proof", content_type = "text/plain", body = String),
        (status = 202, description = "Not sealed yet; `Retry-After` says when to ask again"),
        OfCase,
    )
)]
pub(in crate::api) async fn read_proof(State(api): State<Api>, Path(number): Path<String>) -> Done {
    let number = number_in(&number)?;
    match api.cases.proof(number).await? {
        Some(text) => Ok(([(CONTENT_TYPE, TEXT)], text).into_response()),
        None => Ok((StatusCode::ACCEPTED, [(RETRY_AFTER, "1")]).into_response()),
    }
}
