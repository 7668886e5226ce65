//! Documents of a case and of a draft: what is asked for and how it stands, sending one, and
//! reading one, whole or in part.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base::Error;
use people::Visitor;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;
use web::api::{Asked, Asking, OfCase, OfDeed, OfEntry, OfRemoval, Refused};

use super::deed::{Done, Own, OwnAddress};
use super::draft_shape::{OpenDraft, OwnDraft};
use super::ranges::part_of;
use super::received::{Received, UploadedBody, not_kept};
use crate::api::desk::cards::ScanForm;
use crate::api::desk::inside::{document, slot};
use crate::api::desk::shapes::{DocumentBody, SlotBody};
use crate::api::shapes::CaseBody;
use crate::api::{Api, examples};
use crate::documents::{Form, NotKept, Opened, kinds, labels};
use crate::pages::documents_view;

/// The documents of a case.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FolderBody {
    /// What is asked for by name, by the service and by requests.
    slots: Vec<SlotBody>,
    /// What was sent, oldest first; at most 200.
    documents: Vec<DocumentBody>,
    /// The kinds that are taken.
    kinds: Vec<&'static str>,
    /// Whether more may be sent now.
    may_send: bool,
}

/// List the documents of a case
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/documents",
    operation_id = "list_case_documents",
    tag = "documents",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(OwnAddress),
    responses((status = 200, description = "The documents", body = FolderBody, example = json!(examples::folder())), OfCase)
)]
pub(in crate::api) async fn list_case_documents(own: Own) -> Result<Json<FolderBody>, Refused> {
    let actor = &own.visitor.actor;
    let folder = own.api.cases.folder(actor, &own.pass, own.number).await?;
    Ok(Json(FolderBody {
        slots: folder.slots.iter().map(slot).collect(),
        documents: folder.documents.iter().map(document).collect(),
        kinds: folder.kinds.iter().map(|kind| kind.label()).collect(),
        may_send: folder.may_add,
    }))
}

/// Send a document
///
/// In one piece as a form, or, when it was uploaded piece by piece before, by naming the upload. When all that
/// was asked for is there, the case goes on.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/documents",
    operation_id = "send_document",
    tag = "documents",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(OwnAddress),
    request_body(content(
        (UploadedBody = "application/json", example = json!(examples::uploaded())),
        (ScanForm = "multipart/form-data"),
    )),
    responses((status = 201, description = "The case then", body = CaseBody, example = json!(examples::case())), OfDeed)
)]
pub(in crate::api) async fn send_document(own: Own, http: Request) -> Done {
    let cases = &own.api.cases;
    let actor = &own.visitor.actor;
    let folder = cases.folder(actor, &own.pass, own.number).await?;
    let received = Received::read(cases, actor, &labels(&folder.kinds), http).await?;
    for upload in &received.files {
        cases.slow_down_uploads(&own.visitor.request)?;
        cases
            .add_document(actor, &own.pass, own.number, &received.slot, upload)
            .await
            .map_err(not_kept)?;
    }
    if let Some(upload) = received.upload {
        cases.drop_upload(actor, upload).await?;
    }
    let mut response = own.after(Ok(())).await?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Read a document
///
/// The file. `form` asks for it without what tells of its author, or for its small picture. A part of it is
/// given when `Range` asks for one range of bytes.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/documents/{document}",
    operation_id = "read_case_document",
    tag = "documents",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        OwnAddress,
        ("document" = String, Path, format = "uuid", description = "Identifier of the document"),
        ("form" = inline(Option<String>), Query, nullable = false, pattern = "^(original|cleaned|thumbnail)$",
            description = "`original` (as it was sent; so when absent), `cleaned` or `thumbnail`", example = "original"),
        ("Range" = inline(Option<String>), Header, nullable = false, max_length = 100, pattern = "^bytes=[0-9-]+$", description = "One range of bytes"),
    ),
    responses(
        (status = 200, description = "The file", content_type = "*/*", body = [u8]),
        (status = 206, description = "The part of the file", content_type = "*/*", body = [u8]),
        (status = 416, description = "The file is not as long as that"),
        OfCase,
    )
)]
pub(in crate::api) async fn read_case_document(
    own: Own,
    asking: Asking,
    headers: HeaderMap,
) -> Done {
    let form = form_in(asking)?;
    let id = own.id("document")?;
    let actor = &own.visitor.actor;
    let opened = own
        .api
        .cases
        .open_document(actor, &own.pass, own.number, id, form)
        .await
        .map_err(not_kept)?;
    given(&headers, opened, form)
}

fn form_in(asking: Asking) -> Result<Form, Error> {
    let mut asked = Asked::of(asking, &["form"])?;
    let form = asked.known("form", |text| match text {
        "original" => Some(Form::Original),
        "cleaned" => Some(Form::Cleaned),
        "thumbnail" => Some(Form::Thumbnail),
        _ => None,
    });
    asked.refuse()?;
    Ok(form.unwrap_or(Form::Original))
}

fn given(headers: &HeaderMap, opened: Opened, form: Form) -> Done {
    let bytes = opened.bytes.clone();
    let tag = crate::filing::hex(&Sha256::digest(&bytes)[..16]);
    let whole = documents_view::file(opened, form);
    Ok(part_of(headers, whole, &bytes, &tag)?)
}

/// Attach a document to a draft
///
/// In one piece as a form, or, when it was uploaded piece by piece before, by naming the upload.
#[utoipa::path(
    post,
    path = "/api/v1/drafts/{draft}/documents",
    operation_id = "attach_to_draft",
    tag = "drafts",
    security(("token" = ["cases:write"]), ("session" = [])),
    params(("draft" = String, Path, format = "uuid", description = "Identifier of the draft")),
    request_body(content(
        (UploadedBody = "application/json", example = json!(examples::uploaded())),
        (ScanForm = "multipart/form-data"),
    )),
    responses((status = 201, description = "The draft then", body = OwnDraft, example = json!(examples::own_draft())), OfDeed)
)]
pub(in crate::api) async fn attach_to_draft(
    visitor: Visitor,
    State(api): State<Api>,
    Path(draft): Path<String>,
    http: Request,
) -> Result<Response, Refused> {
    let cases = &api.cases;
    let actor = &visitor.actor;
    let draft = OpenDraft::open(cases, &visitor, &draft).await?;
    let attachments = &draft.definition.attachments;
    let received = Received::read(cases, actor, &labels(&kinds(attachments)), http).await?;
    for upload in &received.files {
        cases.slow_down_uploads(&visitor.request)?;
        cases
            .attach(&draft.draft, attachments, &received.slot, upload)
            .await
            .map_err(not_kept)?;
    }
    if let Some(upload) = received.upload {
        cases.drop_upload(actor, upload).await?;
    }
    let body = draft.body(cases, &visitor).await?;
    let headers = [(CACHE_CONTROL, "no-store")];
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
}

/// Read a document of a draft
#[utoipa::path(
    get,
    path = "/api/v1/drafts/{draft}/documents/{document}",
    operation_id = "read_draft_document",
    tag = "drafts",
    security(("token" = ["cases:read"]), ("session" = [])),
    params(
        ("draft" = String, Path, format = "uuid", description = "Identifier of the draft"),
        ("document" = String, Path, format = "uuid", description = "Identifier of the document"),
        ("form" = inline(Option<String>), Query, nullable = false, pattern = "^(original|cleaned|thumbnail)$",
            description = "`original` (as it was sent; so when absent), `cleaned` or `thumbnail`", example = "original"),
    ),
    responses(
        (status = 200, description = "The file", content_type = "*/*", body = [u8]),
        OfCase,
    )
)]
pub(in crate::api) async fn read_draft_document(
    visitor: Visitor,
    State(api): State<Api>,
    Path((draft, document)): Path<(String, String)>,
    asking: Asking,
) -> Done {
    let form = form_in(asking)?;
    let draft = OpenDraft::open(&api.cases, &visitor, &draft).await?;
    let id: Uuid = document.parse().map_err(|_| Error::NotFound)?;
    let opened: Result<Opened, NotKept> = api.cases.open_attached(&draft.draft, id, form).await;
    given(&HeaderMap::new(), opened.map_err(not_kept)?, form)
}

/// Take a document off a draft
#[utoipa::path(
    delete,
    path = "/api/v1/drafts/{draft}/documents/{document}",
    operation_id = "detach_from_draft",
    tag = "drafts",
    security(("token" = ["cases:write"]), ("session" = [])),
    params(
        ("draft" = String, Path, format = "uuid", description = "Identifier of the draft"),
        ("document" = String, Path, format = "uuid", description = "Identifier of the document"),
    ),
    responses((status = 204, description = "It is gone"), OfRemoval, OfEntry)
)]
pub(in crate::api) async fn detach_from_draft(
    visitor: Visitor,
    State(api): State<Api>,
    Path((draft, document)): Path<(String, String)>,
) -> Result<StatusCode, Refused> {
    let draft = OpenDraft::open(&api.cases, &visitor, &draft).await?;
    let id: Uuid = document.parse().map_err(|_| Error::NotFound)?;
    api.cases.detach(&draft.draft, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
