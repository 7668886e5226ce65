//! Documents of a case and of a draft: what is asked for and how it stands, sending one, and
//! reading one, whole or in part.

use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use base::Error;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use web::api::{Asked, Asking, OfCase, OfDeed, Refused};

use super::ranges::part_of;
use crate::api::deed::{Address, Deed, Done, Own};
use crate::api::desk::inside::{document, slot};
use crate::api::desk::shapes::{DocumentBody, SlotBody};
use crate::api::examples;
use crate::api::received::{Received, ScanForm, UploadedBody, not_kept};
use crate::api::shapes::CaseBody;
use crate::documents::{Form, Opened, labels};
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
    params(Address<Own>),
    responses((status = 200, description = "The documents", body = FolderBody, example = json!(examples::folder())), OfCase)
)]
pub(in crate::api) async fn list_case_documents(
    deed: Deed<Own>,
) -> Result<Json<FolderBody>, Refused> {
    let actor = deed.actor();
    let folder = deed
        .api
        .cases
        .folder(actor, &deed.pass, deed.number)
        .await?;
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
    params(Address<Own>),
    request_body(content(
        (UploadedBody = "application/json", example = json!(examples::uploaded())),
        (ScanForm = "multipart/form-data"),
    )),
    responses((status = 201, description = "The case then", body = CaseBody, example = json!(examples::case())), OfDeed)
)]
pub(in crate::api) async fn send_document(deed: Deed<Own>, http: Request) -> Done {
    let cases = &deed.api.cases;
    let actor = deed.actor();
    let folder = cases.folder(actor, &deed.pass, deed.number).await?;
    let received = Received::read(cases, actor, &labels(&folder.kinds), http).await?;
    for upload in &received.files {
        cases.slow_down_uploads(&deed.visitor.request)?;
        cases
            .add_document(actor, &deed.pass, deed.number, &received.slot, upload)
            .await
            .map_err(not_kept)?;
    }
    received.used_up(cases).await?;
    let mut response = deed.after(Ok(())).await?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// Read a document
///
/// The file: as it was sent for whoever sent it, for all others a copy without what tells of its author, of the
/// place and the device of a picture. `form` asks for that copy, for the original (403 for others than the
/// sender) or for a small picture. A part of it is given when `Range` asks for one range of bytes.
#[utoipa::path(
    get,
    path = "/api/v1/cases/{number}/documents/{document}",
    operation_id = "read_case_document",
    tag = "documents",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        Address<Own>,
        ("document" = String, Path, format = "uuid", description = "Identifier of the document"),
        ("form" = inline(Option<String>), Query, nullable = false, pattern = "^(original|cleaned|thumbnail)$",
            description = "`original` (as it was sent), `cleaned` or `thumbnail`; the one of the first two that is the reader's when absent", example = "cleaned"),
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
    deed: Deed<Own>,
    asking: Asking,
    headers: HeaderMap,
) -> Done {
    let form = form_in(asking)?;
    let id = deed.id("document")?;
    let actor = deed.actor();
    let opened = deed
        .api
        .cases
        .open_document(actor, &deed.pass, deed.number, id, form)
        .await
        .map_err(not_kept)?;
    given(&headers, opened, form)
}

/// In which form a document is asked for.
pub(in crate::api) fn form_in(asking: Asking) -> Result<Form, Error> {
    let mut asked = Asked::of(asking, &["form"])?;
    let form = asked.known("form", |text| match text {
        "original" => Some(Form::Original),
        "cleaned" => Some(Form::Cleaned),
        "thumbnail" => Some(Form::Thumbnail),
        _ => None,
    });
    asked.refuse()?;
    Ok(form.unwrap_or(Form::Copy))
}

/// The bytes of a document, whole or in part.
pub(in crate::api) fn given(headers: &HeaderMap, opened: Opened, form: Form) -> Done {
    let bytes = opened.bytes.clone();
    let tag = crate::filing::hex(&Sha256::digest(&bytes)[..16]);
    let whole = documents_view::file(opened, form);
    Ok(part_of(headers, whole, &bytes, &tag)?)
}
