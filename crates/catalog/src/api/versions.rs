//! Versions of services for programs: their definitions as a tree and as text, a look over what is
//! to be published, publishing, and what differs between two of them.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use base::{Actor, Error, FieldError, Result};
use people::api::administration::{Administrator, Listing, PageOf};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::Request;
use web::api::{Asked, Asking, OfCase, OfDeed, OfEntry, OfList, OfMaking, Refused, Sent};

use super::examples;
use crate::administration::{Administration, Changed, Edition, Fault, Publication, Written};
use crate::model::Definition;

/// A version of a service.
#[derive(Serialize, ToSchema)]
#[schema(as = ServiceEdition)]
pub(super) struct EditionBody {
    version: u32,
    /// The version of the product that it is; absent when it was written here.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    shipped: Option<u32>,
}

impl EditionBody {
    const fn of(edition: Edition) -> Self {
        Self {
            version: edition.version,
            shipped: edition.shipped,
        }
    }
}

/// A version of a service in full.
#[derive(Serialize, ToSchema)]
#[schema(as = ServiceVersion)]
pub(super) struct VersionBody {
    code: String,
    version: u32,
    definition: Definition,
    /// The same as text, TOML.
    text: String,
}

/// A definition to look over. Either `definition` or `text`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ServiceDraft)]
pub(super) struct DraftBody {
    /// Code of the service that it is to be a version of; a new service without one.
    #[schema(max_length = 64)]
    service: Option<String>,
    definition: Option<Definition>,
    /// The definition as text, TOML.
    #[schema(max_length = 200_000)]
    text: Option<String>,
}

/// A definition to put in force. Either `definition` or `text`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewServiceVersion)]
pub(super) struct NewVersionBody {
    /// The version in force that its writer has seen.
    #[schema(minimum = 1)]
    base: u32,
    /// Its own `version` does not count: the next number is given.
    definition: Option<Definition>,
    /// The definition as text, TOML.
    #[schema(max_length = 200_000)]
    text: Option<String>,
}

/// A service to be made. Either `definition` or `text`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewService)]
pub(super) struct NewServiceBody {
    definition: Option<Definition>,
    /// The definition as text, TOML.
    #[schema(max_length = 200_000)]
    text: Option<String>,
}

/// Something wrong with a definition.
#[derive(Serialize, ToSchema)]
#[schema(as = DefinitionFault)]
struct FaultBody {
    /// The place in the tree; absent when a text is no tree.
    #[schema(nullable = false, example = "form.steps[0].fields[2]")]
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// The line of a text, counted from 1.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// What is wrong, in the language of the answer.
    message: String,
}

impl FaultBody {
    fn of(fault: &Fault, request: &Request) -> Self {
        Self {
            place: fault.place.clone(),
            line: fault.said.line,
            message: fault.said.text(request.shell().words(), request.language),
        }
    }
}

/// What a line of a difference is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LineChange)]
enum LineCode {
    /// In both.
    Same,
    /// Only in the first.
    Gone,
    /// Only in the second.
    New,
    /// Unchanged lines that are left out.
    Skipped,
}

/// A line of a difference.
#[derive(Serialize, ToSchema)]
#[schema(as = ChangedLine)]
pub(super) struct ChangeBody {
    line: LineCode,
    text: String,
    /// How many lines are left out.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<usize>,
}

impl ChangeBody {
    pub(super) fn of(changed: Changed) -> Self {
        let (line, text, lines) = match changed {
            Changed::Same(text) => (LineCode::Same, text, None),
            Changed::Gone(text) => (LineCode::Gone, text, None),
            Changed::New(text) => (LineCode::New, text, None),
            Changed::Skipped(lines) => (LineCode::Skipped, String::new(), Some(lines)),
        };
        Self { line, text, lines }
    }
}

/// What was found in a definition.
#[derive(Serialize, ToSchema)]
#[schema(as = LookedOver)]
pub(super) struct LookedBody {
    /// Whether it can be put in force.
    sound: bool,
    faults: Vec<FaultBody>,
    /// What differs from the version in force; empty while something is wrong.
    changes: Vec<ChangeBody>,
}

/// What differs between two versions.
#[derive(Serialize, ToSchema)]
#[schema(as = ServiceDifference)]
pub(super) struct DifferenceBody {
    from: u32,
    to: u32,
    changes: Vec<ChangeBody>,
}

/// A version that was put in force.
#[derive(Serialize, ToSchema)]
#[schema(as = ServicePublished)]
pub(super) struct PublishedBody {
    code: String,
    /// The version in force now.
    version: u32,
    /// Whether anything differed; nothing is changed otherwise.
    changed: bool,
}

fn written(definition: Option<Definition>, text: Option<String>) -> Result<Written> {
    match (definition, text) {
        (Some(definition), None) => Ok(Written::Tree(Box::new(definition))),
        (None, Some(text)) => Ok(Written::Text(text.replace("\r\n", "\n"))),
        (None, None) => Err(Error::field("definition", "error-required")),
        (Some(_), Some(_)) => Err(Error::field("text", "catalog-error-both")),
    }
}

async fn published(
    admin: &Administration,
    actor: &Actor,
    code: Option<&str>,
    written: &Written,
    base: Option<u32>,
) -> Result<PublishedBody> {
    let done = admin.publish_written(actor, code, written, base).await?;
    Ok(match done {
        (code, Publication::Published(version)) => PublishedBody {
            code,
            version,
            changed: true,
        },
        (code, Publication::Same) => PublishedBody {
            version: admin.service(actor, &code).await?.definition.version,
            code,
            changed: false,
        },
    })
}

/// Look a definition over
///
/// Finds everything that is wrong with it, each with its place, and what it would change. Nothing is kept.
#[utoipa::path(
    post,
    path = "/api/v1/admin/services/checks",
    operation_id = "check_service",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    request_body(content = DraftBody, example = json!(examples::check())),
    responses((status = 200, description = "What was found", body = LookedBody), OfDeed)
)]
pub(super) async fn check_service(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Sent(body): Sent<DraftBody>,
) -> std::result::Result<Json<LookedBody>, Refused> {
    let written = written(body.definition, body.text)?;
    let found = admin
        .look_over(&visitor.actor, body.service.as_deref(), &written)
        .await?;
    let faults = found.faults.iter();
    Ok(Json(LookedBody {
        sound: found.faults.is_empty(),
        faults: faults
            .map(|fault| FaultBody::of(fault, &visitor.request))
            .collect(),
        changes: found.changes.into_iter().map(ChangeBody::of).collect(),
    }))
}

/// Make a service
///
/// It is offered at once. 422 names every fault by its place in `definition`.
#[utoipa::path(
    post,
    path = "/api/v1/admin/services",
    operation_id = "add_service",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    request_body(content = NewServiceBody, example = json!(examples::service())),
    responses(
        (status = 201, description = "In force", body = PublishedBody, headers(("Location" = String, description = "Its address"))),
        OfMaking,
    )
)]
pub(super) async fn add_service(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Sent(body): Sent<NewServiceBody>,
) -> std::result::Result<Response, Refused> {
    let written = written(body.definition, body.text)?;
    let done = published(&admin, &visitor.actor, None, &written, None).await?;
    let place = [(LOCATION, format!("/api/v1/admin/services/{}", done.code))];
    Ok((StatusCode::CREATED, place, Json(done)).into_response())
}

/// List the versions of a service
///
/// The newest first.
#[utoipa::path(
    get,
    path = "/api/v1/admin/services/{code}/versions",
    operation_id = "list_service_versions",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 200, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = PageOf<EditionBody>), OfEntry, OfList)
)]
pub(super) async fn list_versions(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    asking: Asking,
) -> std::result::Result<Json<PageOf<EditionBody>>, Refused> {
    let mut listing = Listing::of(asking, &[])?;
    let (limit, before) = listing.place(str::parse::<u32>)?;
    let mut editions = admin
        .editions(&visitor.actor, &code, before, limit + 1)
        .await?;
    let more = editions.len() > limit;
    editions.truncate(limit);
    let last = editions.last().filter(|_| more);
    Ok(Json(PageOf {
        next: last.map(|edition| edition.version.to_string()),
        items: editions.into_iter().map(EditionBody::of).collect(),
    }))
}

/// Put a new version of a service in force
///
/// Cases that were filed before keep their version. 422 names every fault by its place in `definition`; 409 when
/// another version has come between. A definition that changes nothing makes no version (200).
#[utoipa::path(
    post,
    path = "/api/v1/admin/services/{code}/versions",
    operation_id = "add_service_version",
    tag = "administration",
    security(("token" = ["admin:write"]), ("session" = [])),
    params(("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint")),
    request_body(content = NewVersionBody, example = json!(examples::version())),
    responses(
        (status = 200, description = "Nothing differed", body = PublishedBody),
        (status = 201, description = "In force", body = PublishedBody, headers(("Location" = String, description = "Its address"))),
        OfDeed,
    )
)]
pub(super) async fn add_version(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    Sent(body): Sent<NewVersionBody>,
) -> std::result::Result<Response, Refused> {
    let written = written(body.definition, body.text)?;
    let done = published(
        &admin,
        &visitor.actor,
        Some(&code),
        &written,
        Some(body.base),
    )
    .await?;
    if !done.changed {
        return Ok(Json(done).into_response());
    }
    let address = format!("/api/v1/admin/services/{code}/versions/{}", done.version);
    Ok((StatusCode::CREATED, [(LOCATION, address)], Json(done)).into_response())
}

/// Read a version of a service
///
/// Its definition as a tree, and as the text that the editor shows.
#[utoipa::path(
    get,
    path = "/api/v1/admin/services/{code}/versions/{version}",
    operation_id = "read_service_version",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint"),
        ("version" = String, Path, max_length = 10, pattern = "^([0-9]+|current)$",
            description = "Number of the version, or `current` for the one in force", example = "current"),
    ),
    responses((status = 200, description = "The version", body = VersionBody), OfEntry)
)]
pub(super) async fn read_version(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path((code, version)): Path<(String, String)>,
) -> std::result::Result<Json<VersionBody>, Refused> {
    let version = match version.as_str() {
        "current" => {
            admin
                .service(&visitor.actor, &code)
                .await?
                .definition
                .version
        }
        number => number.parse().map_err(|_| Error::NotFound)?,
    };
    let definition = admin.version(&visitor.actor, &code, version).await?;
    Ok(Json(VersionBody {
        code,
        version,
        definition: (*definition).clone(),
        text: definition.to_toml(),
    }))
}

/// Compare two versions of a service
///
/// Line by line of their texts, with a few lines around each change.
#[utoipa::path(
    get,
    path = "/api/v1/admin/services/{code}/difference",
    operation_id = "read_service_difference",
    tag = "administration",
    security(("token" = ["admin:read"]), ("session" = [])),
    params(
        ("code" = String, Path, max_length = 64, description = "Code of the service", example = "complaint"),
        ("from" = u32, Query, minimum = 1, description = "A version", example = 1),
        ("to" = u32, Query, minimum = 1, description = "Another version", example = 2),
    ),
    responses((status = 200, description = "What differs", body = DifferenceBody), OfCase)
)]
pub(super) async fn read_difference(
    Administrator(visitor): Administrator,
    State(admin): State<Administration>,
    Path(code): Path<String>,
    asking: Asking,
) -> std::result::Result<Json<DifferenceBody>, Refused> {
    let mut asked = Asked::of(asking, &["from", "to"])?;
    let mut number = |name: &'static str| asked.known(name, |text| text.parse::<u32>().ok());
    let (from, to) = (number("from"), number("to"));
    asked.refuse()?;
    let (Some(from), Some(to)) = (from, to) else {
        let names = [("from", from), ("to", to)].into_iter();
        let missing = names.filter(|(_, number)| number.is_none());
        let missing = missing.map(|(name, _)| FieldError::new(name, "error-required"));
        return Err(Error::Invalid(missing.collect()).into());
    };
    let changes = admin.difference(&visitor.actor, &code, from, to).await?;
    Ok(Json(DifferenceBody {
        from,
        to,
        changes: changes.into_iter().map(ChangeBody::of).collect(),
    }))
}
