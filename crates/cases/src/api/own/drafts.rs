//! Drafts: appeals that are written step by step, with documents, and filed when they are whole.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::Error;
use people::Visitor;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use web::api::{
    IfMatch, OfBareDeed, OfChange, OfDeed, OfEntry, OfMaking, OfRemoval, Refused, Sent,
};

use super::draft_shape::{DraftAnswers, NewDraft, OpenDraft, OwnDraft, whole};
use crate::Pass;
use crate::api::filing::{Asked, Names, filed_body};
use crate::api::shapes::FiledBody;
use crate::api::{Api, examples};

/// A draft in the list.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DraftRow {
    #[schema(format = "uuid")]
    id: String,
    service: String,
    /// The topic, when it is written already.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    #[schema(format = "date-time")]
    saved_at: String,
}

/// Drafts, 50 at the most.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DraftsBody {
    items: Vec<DraftRow>,
}

/// Consent to a filing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct FileDraft {
    /// Consent to the processing of personal data; nothing is filed with `false`.
    consent: bool,
}

/// List one's drafts
///
/// Those that were not filed, newest first. A draft that nobody touches for thirty days is thrown away.
#[utoipa::path(
    get,
    path = "/api/v1/drafts",
    operation_id = "list_drafts",
    tag = "drafts",
    security(("token" = ["cases:read"]), ("session" = [])),
    responses((status = 200, description = "All of them", body = DraftsBody, example = json!(examples::drafts())))
)]
pub(in crate::api) async fn list_drafts(
    visitor: Visitor,
    State(api): State<Api>,
) -> Result<Json<DraftsBody>, Refused> {
    let drafts = api.cases.drafts(&visitor.actor).await?;
    let items = drafts.iter().map(|draft| DraftRow {
        id: draft.id.to_string(),
        service: draft.service.clone(),
        topic: draft
            .answers
            .get("subject")
            .and_then(Value::as_str)
            .map(str::to_owned),
        saved_at: draft.saved_at.rfc3339(),
    });
    Ok(Json(DraftsBody {
        items: items.collect(),
    }))
}

/// Begin a draft
///
/// What is there has to hold; what is not there yet stands in `missing`.
#[utoipa::path(
    post,
    path = "/api/v1/drafts",
    operation_id = "make_draft",
    tag = "drafts",
    security(("token" = ["cases:write"]), ("session" = [])),
    request_body(content = NewDraft, example = json!(examples::new_draft())),
    responses(
        (status = 201, description = "The draft", body = OwnDraft,
            headers(("Location" = String, description = "Where it can be read")), example = json!(examples::own_draft())),
        OfMaking,
    )
)]
pub(in crate::api) async fn make_draft(
    visitor: Visitor,
    State(api): State<Api>,
    Sent(body): Sent<NewDraft>,
) -> Result<Response, Refused> {
    visitor.require_sign_in()?;
    let cases = &api.cases;
    let service = cases.catalog().service(&body.service).await;
    let service = service
        .ok()
        .filter(|service| service.public)
        .ok_or_else(|| Error::field("service", "case-error-no-service"))?;
    let asked = Asked {
        category: body.category,
        place: body.place,
        applicant: body.applicant,
        fields: body.fields,
    };
    let answers = whole(cases, &service.definition, asked).await?;
    let pass = Pass::default();
    let id = cases
        .save_draft(&visitor.actor, &pass, None, &body.service, answers)
        .await?;
    let draft = OpenDraft::open(cases, &visitor, &id.to_string()).await?;
    let body = draft.body(cases, &visitor).await?;
    let location =
        HeaderValue::from_str(&format!("/api/v1/drafts/{id}")).map_err(Error::internal)?;
    let headers = [
        (LOCATION, location),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
}

/// Read a draft
#[utoipa::path(
    get,
    path = "/api/v1/drafts/{draft}",
    operation_id = "read_draft",
    tag = "drafts",
    security(("token" = ["cases:read"]), ("session" = [])),
    params(("draft" = String, Path, format = "uuid", description = "Identifier of the draft")),
    responses((status = 200, description = "The draft", body = OwnDraft, example = json!(examples::own_draft())), OfEntry)
)]
pub(in crate::api) async fn read_draft(
    visitor: Visitor,
    State(api): State<Api>,
    Path(draft): Path<String>,
) -> Result<Json<OwnDraft>, Refused> {
    let draft = OpenDraft::open(&api.cases, &visitor, &draft).await?;
    Ok(Json(draft.body(&api.cases, &visitor).await?))
}

/// Write a draft anew
///
/// What is sent takes the place of all that was there; documents stay. What is there has to hold.
#[utoipa::path(
    put,
    path = "/api/v1/drafts/{draft}",
    operation_id = "change_draft",
    tag = "drafts",
    security(("token" = ["cases:write"]), ("session" = [])),
    params(
        ("draft" = String, Path, format = "uuid", description = "Identifier of the draft"),
        ("If-Match" = inline(Option<String>), Header, nullable = false, max_length = 200, pattern = "^[ -~]*$",
            description = "The `ETag` with which the draft was read; 412 when it has changed since"),
    ),
    request_body(content = DraftAnswers, example = json!(examples::draft_answers())),
    responses((status = 200, description = "The draft then", body = OwnDraft, example = json!(examples::own_draft())), OfChange)
)]
pub(in crate::api) async fn change_draft(
    visitor: Visitor,
    State(api): State<Api>,
    Path(draft): Path<String>,
    version: IfMatch,
    Sent(body): Sent<DraftAnswers>,
) -> Result<Json<OwnDraft>, Refused> {
    let cases = &api.cases;
    let draft = OpenDraft::open(cases, &visitor, &draft).await?;
    if version.is_given() {
        version.check(&draft.body(cases, &visitor).await?)?;
    }
    let asked = Asked {
        category: body.category,
        place: body.place,
        applicant: body.applicant,
        fields: body.fields,
    };
    let answers = whole(cases, &draft.definition, asked).await?;
    let (id, service) = (draft.draft.id, draft.draft.service);
    cases
        .save_draft(
            &visitor.actor,
            &Pass::default(),
            Some(id),
            &service,
            answers,
        )
        .await?;
    let draft = OpenDraft::open(cases, &visitor, &id.to_string()).await?;
    Ok(Json(draft.body(cases, &visitor).await?))
}

/// Throw a draft away
///
/// With its documents. One that was filed cannot be thrown away.
#[utoipa::path(
    delete,
    path = "/api/v1/drafts/{draft}",
    operation_id = "drop_draft",
    tag = "drafts",
    security(("token" = ["cases:write"]), ("session" = [])),
    params(
        ("draft" = String, Path, format = "uuid", description = "Identifier of the draft"),
        ("If-Match" = inline(Option<String>), Header, nullable = false, max_length = 200, pattern = "^[ -~]*$",
            description = "The `ETag` with which the draft was read; 412 when it has changed since"),
    ),
    responses((status = 204, description = "It is gone"), OfRemoval)
)]
pub(in crate::api) async fn drop_draft(
    visitor: Visitor,
    State(api): State<Api>,
    Path(draft): Path<String>,
    version: IfMatch,
) -> Result<StatusCode, Refused> {
    let cases = &api.cases;
    let draft = OpenDraft::open(cases, &visitor, &draft).await?;
    if version.is_given() {
        version.check(&draft.body(cases, &visitor).await?)?;
    }
    cases.drop_draft(&draft.draft).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// File a draft
///
/// It becomes a case with a number, a unit and a term; what is still missing is named. Sent again, it
/// answers the case that it made.
#[utoipa::path(
    post,
    path = "/api/v1/drafts/{draft}/filing",
    operation_id = "file_draft",
    tag = "drafts",
    security(("token" = ["cases:write"]), ("session" = [])),
    params(("draft" = String, Path, format = "uuid", description = "Identifier of the draft")),
    request_body(content = FileDraft, example = json!(examples::file_draft())),
    responses(
        (status = 201, description = "Filed", body = FiledBody,
            headers(("Location" = String, description = "Where the case can be read")), example = json!(examples::filed())),
        OfDeed,
        OfBareDeed,
    )
)]
pub(in crate::api) async fn file_draft(
    visitor: Visitor,
    State(api): State<Api>,
    Path(draft): Path<String>,
    Sent(body): Sent<FileDraft>,
) -> Result<Response, Refused> {
    let cases = &api.cases;
    let draft = OpenDraft::open(cases, &visitor, &draft).await?;
    let names = Names::of(&draft.definition.form);
    let mut filing = draft.draft.filing(body.consent);
    filing.source = crate::model::Source::Api;
    let filed = cases.file(&visitor.actor, filing).await;
    let filed = filed.map_err(|error| names.said_back(error))?;
    let body = filed_body(filed);
    let location = HeaderValue::from_str(&body.links.this).map_err(Error::internal)?;
    let headers = [
        (LOCATION, location),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
}
