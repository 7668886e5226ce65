//! What an applicant does with a case of theirs: writes, takes it back, puts data right, rates the
//! work, does not agree with the answer, names who acts beside them. Each answers the case as it
//! is then.

use axum::Json;
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse;
use base::Error;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use web::api::{OfChange, Sent};

use super::deed::{Done, Own, OwnAddress, OwnDeedAddress};
use crate::api::examples;
use crate::api::filing::filed_body;
use crate::api::shapes::{CaseBody, FiledBody, one_of};
use crate::model::{Correction, PartyRole};
use crate::work::NewParty;

/// A message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewMessage {
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// Why something is done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Withdrawal {
    /// Why, for those who worked on it.
    #[schema(min_length = 3, max_length = 4000)]
    reason: String,
}

/// What is put right; names that are left out stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CorrectionBody {
    #[schema(max_length = 254, format = "email", nullable = false)]
    email: Option<String>,
    #[schema(max_length = 40, nullable = false)]
    phone: Option<String>,
    #[schema(max_length = 300, nullable = false)]
    postal_address: Option<String>,
    /// Address or landmark of the place that the case is about.
    #[schema(max_length = 300, nullable = false)]
    address: Option<String>,
    /// What is added to what was written.
    #[schema(max_length = 4000, nullable = false)]
    addition: Option<String>,
}

/// What the applicant thinks of the work.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewRating {
    #[schema(minimum = 1, maximum = 5)]
    stars: u8,
    #[schema(max_length = 4000, nullable = false)]
    comment: Option<String>,
}

/// Why the applicant does not agree.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct Objection {
    #[schema(min_length = 20, max_length = 4000)]
    reasons: String,
}

/// Somebody beside the applicant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewCaseParty {
    /// What they are in the case.
    #[schema(schema_with = roles)]
    role: String,
    #[schema(min_length = 3, max_length = 300)]
    name: String,
    /// The e-mail of their account; it opens the case to them, and whether there is such an account
    /// is not told.
    #[schema(max_length = 254, format = "email", nullable = false)]
    email: Option<String>,
    /// The paper that they act by, say.
    #[schema(max_length = 4000, nullable = false)]
    note: Option<String>,
}

fn roles() -> Object {
    one_of(PartyRole::ALL.map(PartyRole::code))
}

/// Write a message
///
/// Either side of the case may. What the applicant writes answers a request for documents too: also that
/// something cannot be sent, and why.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/messages",
    operation_id = "write_message",
    tag = "cases",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(OwnDeedAddress),
    request_body(content = NewMessage, example = json!(examples::new_message())),
    responses((status = 200, description = "The case then", body = CaseBody, example = json!(examples::case())), OfChange)
)]
pub(in crate::api) async fn write_message(own: Own, Sent(body): Sent<NewMessage>) -> Done {
    let cases = own.cases().await?;
    let actor = &own.visitor.actor;
    let done = cases.write(actor, &own.pass, own.number, &body.text, false);
    own.after(done.await).await
}

/// Withdraw a case
///
/// While it is open. The case is closed without an answer and stays in the register.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/withdrawal",
    operation_id = "withdraw_case",
    tag = "cases",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(OwnDeedAddress),
    request_body(content = Withdrawal, example = json!(examples::withdrawal())),
    responses((status = 200, description = "The case then", body = CaseBody, example = json!(examples::case())), OfChange)
)]
pub(in crate::api) async fn withdraw_case(own: Own, Sent(body): Sent<Withdrawal>) -> Done {
    let cases = own.cases().await?;
    let actor = &own.visitor.actor;
    let done = cases.cancel(actor, &own.pass, own.number, &body.reason);
    own.after(done.await).await
}

/// Put data of a case right
///
/// While it is open. What it said before stays in the history.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/corrections",
    operation_id = "correct_case",
    tag = "cases",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(OwnDeedAddress),
    request_body(content = CorrectionBody, example = json!(examples::correction())),
    responses((status = 200, description = "The case then", body = CaseBody, example = json!(examples::case())), OfChange)
)]
pub(in crate::api) async fn correct_case(own: Own, Sent(body): Sent<CorrectionBody>) -> Done {
    let cases = own.cases().await?;
    let correction = Correction {
        email: body.email,
        phone: body.phone,
        postal_address: body.postal_address,
        address: body.address,
        addition: body.addition,
    };
    let actor = &own.visitor.actor;
    let done = cases.correct(actor, &own.pass, own.number, correction);
    own.after(done.await).await
}

/// Rate the work
///
/// Once, after the answer.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/rating",
    operation_id = "rate_case",
    tag = "cases",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(OwnDeedAddress),
    request_body(content = NewRating, example = json!(examples::new_rating())),
    responses((status = 200, description = "The case then", body = CaseBody, example = json!(examples::case())), OfChange)
)]
pub(in crate::api) async fn rate_case(own: Own, Sent(body): Sent<NewRating>) -> Done {
    let cases = own.cases().await?;
    let comment = body.comment.unwrap_or_default();
    let actor = &own.visitor.actor;
    let done = cases.rate(actor, &own.pass, own.number, body.stars, &comment);
    own.after(done.await).await
}

/// Object to an answer
///
/// A new case opens with the unit above the one that answered; it is answered as a filing is.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/objection",
    operation_id = "object_to_answer",
    tag = "cases",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(OwnAddress),
    request_body(content = Objection, example = json!(examples::objection())),
    responses(
        (status = 201, description = "The new case", body = FiledBody,
            headers(("Location" = String, description = "Where it can be read")),
            example = json!(examples::filed())),
        OfChange,
    )
)]
pub(in crate::api) async fn object_to_answer(own: Own, Sent(body): Sent<Objection>) -> Done {
    let actor = &own.visitor.actor;
    let cases = &own.api.cases;
    let filed = cases
        .object(actor, &own.pass, own.number, &body.reasons)
        .await?;
    let body = filed_body(filed);
    let location = HeaderValue::from_str(&body.links.this).map_err(Error::internal)?;
    let headers = [
        (LOCATION, location),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
}

/// Name somebody beside the applicant
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/parties",
    operation_id = "add_case_party",
    tag = "cases",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(OwnDeedAddress),
    request_body(content = NewCaseParty, example = json!(examples::new_party())),
    responses((status = 200, description = "The case then", body = CaseBody, example = json!(examples::case())), OfChange)
)]
pub(in crate::api) async fn add_case_party(own: Own, Sent(body): Sent<NewCaseParty>) -> Done {
    let cases = own.cases().await?;
    let role = PartyRole::from_code(&body.role)
        .ok_or_else(|| Error::field("role", "error-unknown-value"))?;
    let party = NewParty {
        role,
        name: body.name,
        email: body.email.unwrap_or_default(),
        note: body.note.unwrap_or_default(),
    };
    let actor = &own.visitor.actor;
    let done = cases.add_party(actor, &own.pass, own.number, party);
    own.after(done.await).await
}

/// Take a party off a case
#[utoipa::path(
    delete,
    path = "/api/v1/cases/{number}/parties/{party}",
    operation_id = "remove_case_party",
    tag = "cases",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(
        OwnDeedAddress,
        ("party" = String, Path, format = "uuid", description = "The party, by its `id`"),
    ),
    responses((status = 200, description = "The case then", body = CaseBody, example = json!(examples::case())), OfChange)
)]
pub(in crate::api) async fn remove_case_party(own: Own) -> Done {
    let party = own.id("party")?;
    let cases = own.cases().await?;
    let actor = &own.visitor.actor;
    let done = cases.remove_party(actor, &own.pass, own.number, party);
    own.after(done.await).await
}
