//! Drafts: appeals that are written step by step, with documents, and filed when they are whole.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use base::{Error, Who};
use catalog::Definition;
use people::Visitor;
use serde::{Deserialize, Serialize};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::{IntoParams, ToSchema};
use web::api::{Asking, OfBareDeed, OfCase, OfChange, OfDeed, OfMaking, OfRemoval, Refused, Sent};

use super::draft_key;
use super::open::{OpenDraft, Writes, whole, with_context};
use super::shapes::{DraftAnswers, NewDraft, WrittenBody, WrittenRow};
use crate::Pass;
use crate::api::deed::{Done, Own};
use crate::api::filing::{Names, filed_as, made_at};
use crate::api::own::documents::{form_in, given};
use crate::api::received::{ScanForm, UploadedBody, not_kept};
use crate::api::shapes::FiledBody;
use crate::api::{Api, examples};
use crate::model::{Draft, Source};

/// Something that is still missing.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct MissingBody {
    /// Its name, as a filing has it.
    #[schema(example = "fields.description")]
    field: String,
    /// What to do.
    message: String,
}

/// A draft.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct OwnDraft {
    #[serde(flatten)]
    written: WrittenBody,
    /// What has to be there before it can be filed.
    missing: Vec<MissingBody>,
    /// Number of the case that was made of it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// For a guest who has just begun it: the only way back to it, to be sent as `X-Draft-Key`.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// A draft by its identifier, and the key of a guest's.
pub(in crate::api) struct DraftAddress;

impl IntoParams for DraftAddress {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)));
        let draft = ParameterBuilder::new()
            .name("draft")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some("Identifier of the draft"))
            .schema(Some(id))
            .build();
        vec![draft, draft_key()]
    }
}

/// Drafts, 50 at the most.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DraftsBody {
    items: Vec<WrittenRow>,
}

/// Consent to a filing.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct FileDraft {
    /// Consent to the processing of personal data; nothing is filed with `false`.
    consent: bool,
}

impl Writes for Own {
    type Body = OwnDraft;
    const NAME: &'static str = "draft";
    const BY_KEY: bool = true;

    fn admits(visitor: &Visitor) -> Result<(), Error> {
        visitor.require_sign_in()
    }

    fn owns(draft: &Draft) -> bool {
        draft.intake.is_none()
    }

    fn definition(of: &Definition) -> Definition {
        of.clone()
    }

    async fn body(open: &OpenDraft<Self>) -> base::Result<OwnDraft> {
        let cases = &open.api.cases;
        let number = match open.draft.filed {
            Some(case) => cases.number_of(case).await?,
            None => None,
        };
        let missing = match number {
            Some(_) => Vec::new(),
            None => missing(open).await?,
        };
        Ok(OwnDraft {
            written: WrittenBody::of(open, cases).await?,
            missing,
            number: number.map(|number| number.to_string()),
            key: None,
        })
    }
}

/// What the form still has against a draft.
async fn missing(open: &OpenDraft<Own>) -> Result<Vec<MissingBody>, Error> {
    let request = &open.visitor.request;
    let form = &open.definition.form;
    let found = with_context(&open.api.cases, |context| {
        form.check(&open.draft.answers, context).err()
    })
    .await?;
    let found = Error::Invalid(found.unwrap_or_default());
    let Error::Invalid(errors) = Names::of(form).said_back(found) else {
        return Ok(Vec::new());
    };
    let told = errors.iter().map(|error| MissingBody {
        field: error.field.clone(),
        message: web::page::sentence(request.shell().words(), request.language, error),
    });
    Ok(told.collect())
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
    let items = drafts.iter().map(WrittenRow::from).collect();
    Ok(Json(DraftsBody { items }))
}

/// Begin a draft
///
/// What is there has to hold; what is not there yet stands in `missing`. A guest is given `key`, the only
/// way back to the draft.
#[utoipa::path(
    post,
    path = "/api/v1/drafts",
    operation_id = "make_draft",
    tag = "drafts",
    security((), ("token" = ["cases:write"]), ("session" = [])),
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
) -> Done {
    let cases = &api.cases;
    let guest = visitor.actor.who == Who::Guest;
    if guest {
        let address = visitor.request.client;
        api.guests.check(&format!("address:{address}"))?;
    }
    let code = body.service.clone();
    let service = cases.catalog().service(&code).await.ok();
    let service = service
        .filter(|service| service.public)
        .ok_or_else(|| Error::field("service", "case-error-no-service"))?;
    let answers = whole(cases, &service.definition, body.asked()).await?;
    let pass = Pass::default();
    let id = cases
        .save_draft(&visitor.actor, &pass, None, &code, answers)
        .await?;
    let key = guest.then(|| cases.draft_key(id));
    let open = OpenDraft::<Own>::open(api, visitor, pass.with_draft(id), id).await?;
    let body = OwnDraft {
        key,
        ..Own::body(&open).await?
    };
    made_at(&format!("/api/v1/drafts/{id}"), &body)
}

/// Read a draft
#[utoipa::path(
    get,
    path = "/api/v1/drafts/{draft}",
    operation_id = "read_draft",
    tag = "drafts",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(DraftAddress),
    responses((status = 200, description = "The draft", body = OwnDraft, example = json!(examples::own_draft())), OfCase)
)]
pub(in crate::api) async fn read_draft(open: OpenDraft<Own>) -> Result<Json<OwnDraft>, Refused> {
    Ok(Json(Own::body(&open).await?))
}

/// Write a draft anew
///
/// What is sent takes the place of all that was there; documents stay. What is there has to hold.
#[utoipa::path(
    put,
    path = "/api/v1/drafts/{draft}",
    operation_id = "change_draft",
    tag = "drafts",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(DraftAddress),
    request_body(content = DraftAnswers, example = json!(examples::draft_answers())),
    responses((status = 200, description = "The draft then", body = OwnDraft, example = json!(examples::own_draft())), OfChange)
)]
pub(in crate::api) async fn change_draft(
    open: OpenDraft<Own>,
    Sent(body): Sent<DraftAnswers>,
) -> Result<Json<OwnDraft>, Refused> {
    open.written(body.asked()).await
}

/// Throw a draft away
///
/// With its documents. One that was filed cannot be thrown away.
#[utoipa::path(
    delete,
    path = "/api/v1/drafts/{draft}",
    operation_id = "drop_draft",
    tag = "drafts",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(DraftAddress),
    responses((status = 204, description = "It is gone"), OfRemoval, OfCase)
)]
pub(in crate::api) async fn drop_draft(open: OpenDraft<Own>) -> Result<StatusCode, Refused> {
    open.held().await?;
    open.api.cases.drop_draft(&open.draft).await?;
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
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(DraftAddress),
    request_body(content = FileDraft, example = json!(examples::file_draft())),
    responses(
        (status = 201, description = "Filed", body = FiledBody,
            headers(("Location" = String, description = "Where the case can be read")), example = json!(examples::filed())),
        OfDeed,
        OfBareDeed,
    )
)]
pub(in crate::api) async fn file_draft(open: OpenDraft<Own>, Sent(body): Sent<FileDraft>) -> Done {
    let names = Names::of(&open.definition.form);
    let mut filing = open.draft.filing(body.consent);
    filing.source = Source::Api;
    let filed = open.api.cases.file(&open.visitor.actor, filing).await;
    filed_as(filed.map_err(|error| names.said_back(error))?)
}

/// Attach a document to a draft
///
/// In one piece as a form, or, when it was uploaded piece by piece before, by naming the upload.
#[utoipa::path(
    post,
    path = "/api/v1/drafts/{draft}/documents",
    operation_id = "attach_to_draft",
    tag = "drafts",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(DraftAddress),
    request_body(content(
        (UploadedBody = "application/json", example = json!(examples::uploaded())),
        (ScanForm = "multipart/form-data"),
    )),
    responses((status = 201, description = "The draft then", body = OwnDraft, example = json!(examples::own_draft())), OfDeed)
)]
pub(in crate::api) async fn attach_to_draft(open: OpenDraft<Own>, http: Request) -> Done {
    open.attached(http).await
}

/// Read a document of a draft
#[utoipa::path(
    get,
    path = "/api/v1/drafts/{draft}/documents/{document}",
    operation_id = "read_draft_document",
    tag = "drafts",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        DraftAddress,
        ("document" = String, Path, format = "uuid", description = "Identifier of the document"),
        ("form" = inline(Option<String>), Query, nullable = false, pattern = "^(original|cleaned|thumbnail)$",
            description = "`original` (as it was sent; so when absent), `cleaned` or `thumbnail`", example = "original"),
    ),
    responses(
        (status = 200, description = "The file", content_type = "*/*", body = [u8]),
        OfCase,
    )
)]
pub(in crate::api) async fn read_draft_document(open: OpenDraft<Own>, asking: Asking) -> Done {
    let form = form_in(asking)?;
    let id = open.id("document")?;
    let opened = open.api.cases.open_attached(&open.draft, id, form).await;
    given(&HeaderMap::new(), opened.map_err(not_kept)?, form)
}

/// Take a document off a draft
#[utoipa::path(
    delete,
    path = "/api/v1/drafts/{draft}/documents/{document}",
    operation_id = "detach_from_draft",
    tag = "drafts",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(
        DraftAddress,
        ("document" = String, Path, format = "uuid", description = "Identifier of the document"),
    ),
    responses((status = 204, description = "It is gone"), OfRemoval, OfCase)
)]
pub(in crate::api) async fn detach_from_draft(open: OpenDraft<Own>) -> Result<StatusCode, Refused> {
    open.detached().await
}
