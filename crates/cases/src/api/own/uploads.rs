//! Uploads that can be gone on with, by the protocol tus 1.0.0 (core, creation, termination,
//! expiration). A whole upload is attached to a draft or a case by naming it there.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{Error, Moment};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt as _;
use people::Visitor;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::{IntoParams, openapi};
use uuid::Uuid;
use web::api::{Asked, Asking, OfList, Refused};

use crate::api::deed::{Done, return_code};
use crate::api::drafts::draft_key;
use crate::api::received::secret_in;
use crate::api::{Api, number_in};
use crate::uploads::{PIECE_MOST, UploadStanding};

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
const EXTENSIONS: HeaderName = HeaderName::from_static("tus-extension");
const MOST_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");

const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const KIND: &str = "application/offset+octet-stream";

/// The version of the protocol that a client speaks, and what a guest holds.
pub(in crate::api) struct Tus;

impl IntoParams for Tus {
    fn into_params(
        _: impl Fn() -> Option<openapi::path::ParameterIn>,
    ) -> Vec<openapi::path::Parameter> {
        let version = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(["1.0.0"]));
        let version = openapi::path::ParameterBuilder::new()
            .name("Tus-Resumable")
            .parameter_in(openapi::path::ParameterIn::Header)
            .required(openapi::Required::True)
            .description(Some("The version of the protocol; 412 for another"))
            .schema(Some(version))
            .build();
        vec![version, draft_key(), return_code()]
    }
}

/// Refuses whoever speaks another version.
fn speaks(headers: &HeaderMap) -> Result<(), Refused> {
    if headers.get(RESUMABLE) == Some(&VERSION) {
        Ok(())
    } else {
        Err(Refused::Status(StatusCode::PRECONDITION_FAILED))
    }
}

/// Every answer names the version, a refusal too.
fn tus(done: Done) -> Response {
    let mut response = done.unwrap_or_else(IntoResponse::into_response);
    let headers = response.headers_mut();
    headers.insert(RESUMABLE, VERSION);
    headers.insert(VERSIONS, VERSION);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

fn id_in(text: &str) -> Result<Uuid, Error> {
    text.parse().map_err(|_| Error::NotFound)
}

/// When an upload runs out, as HTTP writes moments.
fn http_date(moment: Moment) -> String {
    let seconds = moment.micros().div_euclid(1_000_000);
    jiff::Timestamp::from_second(seconds).map_or_else(
        |_| String::new(),
        |stamp| stamp.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string(),
    )
}

fn told(status: StatusCode, standing: UploadStanding) -> Response {
    let mut response = status.into_response();
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(standing.reached));
    headers.insert(LENGTH, HeaderValue::from(standing.length));
    if let Ok(date) = HeaderValue::from_str(&http_date(standing.expires_at)) {
        headers.insert(EXPIRES, date);
    }
    response
}

/// The name of the file in `Upload-Metadata`: pairs of a key and its value in Base64.
fn name_in(headers: &HeaderMap) -> Result<String, Error> {
    let Some(text) = headers.get(METADATA) else {
        return Ok(String::new());
    };
    let wrong = || Error::Malformed("case-error-upload-metadata");
    let text = text.to_str().map_err(|_| wrong())?;
    let named = text.split(',').find_map(|pair| {
        let (key, value) = pair.trim().split_once(' ')?;
        (key == "filename").then_some(value)
    });
    let Some(value) = named else {
        return Ok(String::new());
    };
    let bytes = STANDARD.decode(value.trim()).map_err(|_| wrong())?;
    String::from_utf8(bytes).map_err(|_| wrong())
}

/// Ask what uploads can do
#[utoipa::path(
    options,
    path = "/api/v1/uploads",
    operation_id = "describe_uploads",
    tag = "uploads",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    responses((status = 204, description = "`Tus-Version`, `Tus-Extension` and `Tus-Max-Size` say it",
        headers(("Tus-Max-Size" = u64, description = "The most bytes of a file"))))
)]
pub(in crate::api) async fn describe_uploads(State(api): State<Api>) -> Response {
    let largest = api.cases.largest_file();
    let done = largest.map_err(Refused::from).map(|largest| {
        let mut response = StatusCode::NO_CONTENT.into_response();
        let headers = response.headers_mut();
        let can = HeaderValue::from_static("creation,termination,expiration");
        headers.insert(EXTENSIONS, can);
        headers.insert(MOST_SIZE, HeaderValue::from(largest));
        response
    });
    tus(done)
}

/// Begin an upload
///
/// Its pieces are sent to the address in `Location`. What is not used up within a day is thrown away.
/// A guest sends the key of the draft that it is for, or the return code of a case and its number as
/// `case`, and the same with each piece.
#[utoipa::path(
    post,
    path = "/api/v1/uploads",
    operation_id = "begin_upload",
    tag = "uploads",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(
        Tus,
        ("Upload-Length" = u64, Header, minimum = 1, maximum = 1_000_000_000_000_u64, description = "Bytes of the whole file", example = 482_113),
        ("case" = inline(Option<String>), Query, nullable = false, max_length = 64,
            description = "Number of the case that a return code is of", example = "A-2026-00000042-5"),
        ("Upload-Metadata" = inline(Option<String>), Header, nullable = false, max_length = 2000, pattern = "^[ -~]*$",
            description = "`filename` with its value in Base64", example = "filename 0LDQutGCLnBkZg=="),
    ),
    responses(
        (status = 201, description = "Begun", headers(
            ("Location" = String, description = "Where its pieces go"),
            ("Upload-Expires" = String, description = "Until when it may go on"),
        )),
        (status = 412, description = "Another version of the protocol", body = web::Problem, content_type = "application/problem+json"),
        (status = 413, description = "The file is larger than `Tus-Max-Size`", body = web::Problem, content_type = "application/problem+json"),
        OfList,
    )
)]
pub(in crate::api) async fn begin_upload(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
    headers: HeaderMap,
) -> Response {
    tus(begun(&visitor, &api, asking, &headers).await)
}

async fn begun(visitor: &Visitor, api: &Api, asking: Asking, headers: &HeaderMap) -> Done {
    speaks(headers)?;
    let (cases, actor) = (&api.cases, &visitor.actor);
    let secret = secret_in(headers)?;
    let owner = cases.upload_owner(actor, secret)?;
    let mut asked = Asked::of(asking, &["case"])?;
    let case = asked.get("case").map(number_in).transpose();
    asked.refuse()?;
    let case = case.map_err(|_| Error::field("case", "error-number"))?;
    let client = visitor.request.client;
    cases.admit_uploads(actor, secret, case, client).await?;
    let length = number(headers, &LENGTH)
        .filter(|length| *length > 0)
        .ok_or(Error::Malformed("case-error-upload-length"))?;
    if length > cases.largest_file()? {
        return Err(Refused::Status(StatusCode::PAYLOAD_TOO_LARGE));
    }
    let name = name_in(headers)?;
    cases.slow_down_uploads(&visitor.request)?;
    let (id, standing) = cases.begin_upload(owner, length, &name).await?;
    let mut response = told(StatusCode::CREATED, standing);
    let location =
        HeaderValue::from_str(&format!("/api/v1/uploads/{id}")).map_err(Error::internal)?;
    response.headers_mut().insert(LOCATION, location);
    Ok(response)
}

/// Ask how far an upload has come
#[utoipa::path(
    head,
    path = "/api/v1/uploads/{upload}",
    operation_id = "read_upload",
    tag = "uploads",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(Tus, ("upload" = String, Path, format = "uuid", description = "The upload")),
    responses(
        (status = 200, description = "`Upload-Offset` says it", headers(
            ("Upload-Offset" = u64, description = "Bytes that have come"),
            ("Upload-Length" = u64, description = "Bytes of the whole file"),
            ("Upload-Expires" = String, description = "Until when it may go on"),
        )),
        (status = 404, description = "There is no such upload"),
        (status = 422, description = "`X-Draft-Key` or `X-Return-Code` cannot be read"),
        (status = 412, description = "Another version of the protocol"),
    )
)]
pub(in crate::api) async fn read_upload(
    visitor: Visitor,
    State(api): State<Api>,
    Path(upload): Path<String>,
    headers: HeaderMap,
) -> Response {
    let standing = async {
        speaks(&headers)?;
        let owner = api
            .cases
            .upload_owner(&visitor.actor, secret_in(&headers)?)?;
        let standing = api.cases.upload_standing(owner, id_in(&upload)?);
        Ok(told(StatusCode::OK, standing.await?))
    };
    tus(standing.await)
}

/// Send a piece of an upload
///
/// From `Upload-Offset` on, as many bytes as there are; what has come when the line breaks is kept.
#[utoipa::path(
    patch,
    path = "/api/v1/uploads/{upload}",
    operation_id = "continue_upload",
    tag = "uploads",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(
        Tus,
        ("upload" = String, Path, format = "uuid", description = "The upload"),
        ("Upload-Offset" = u64, Header, minimum = 0, maximum = 1_000_000_000_000_u64, description = "Where the piece begins: what has come so far"),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream", description = "The bytes"),
    responses(
        (status = 204, description = "Kept; `Upload-Offset` says how far it has come", headers(
            ("Upload-Offset" = u64, description = "Bytes that have come"),
        )),
        (status = 400, description = "`Upload-Offset` cannot be read, or there is more than was promised", body = web::Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such upload", body = web::Problem, content_type = "application/problem+json"),
        (status = 422, description = "`X-Draft-Key` or `X-Return-Code` cannot be read", body = web::Problem, content_type = "application/problem+json"),
        (status = 409, description = "The upload stands elsewhere", body = web::Problem, content_type = "application/problem+json"),
        (status = 412, description = "Another version of the protocol", body = web::Problem, content_type = "application/problem+json"),
        (status = 413, description = "The piece is larger than any file may be", body = web::Problem, content_type = "application/problem+json"),
        (status = 415, description = "The body is no `application/offset+octet-stream`", body = web::Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn continue_upload(
    visitor: Visitor,
    State(api): State<Api>,
    Path(upload): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    tus(continued(&visitor, &api, &upload, &headers, body).await)
}

async fn continued(
    visitor: &Visitor,
    api: &Api,
    upload: &str,
    headers: &HeaderMap,
    body: Body,
) -> Done {
    speaks(headers)?;
    let id = id_in(upload)?;
    let is_piece = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().eq_ignore_ascii_case(KIND.as_bytes()));
    if !is_piece {
        return Err(Refused::Status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let mut at =
        number(headers, &OFFSET).ok_or(Error::Malformed("case-error-upload-offset-text"))?;
    let cases = &api.cases;
    let owner = cases.upload_owner(&visitor.actor, secret_in(headers)?)?;
    let mut standing = cases.upload_standing(owner, id).await?;
    if standing.reached != at {
        return Err(Error::Conflict("case-error-upload-offset").into());
    }
    let mut held: Vec<u8> = Vec::new();
    let mut stream = body.into_data_stream();
    loop {
        let part = stream.next().await;
        let ended = !matches!(part, Some(Ok(_)));
        if let Some(Ok(part)) = &part {
            held.extend_from_slice(part);
        }
        if held.len() >= PIECE_MOST || (ended && !held.is_empty()) {
            let piece = std::mem::take(&mut held);
            standing = cases.continue_upload(owner, id, at, &piece).await?;
            at = standing.reached;
        }
        match part {
            Some(Ok(_)) => {}
            // The line broke, or it was too much: what came is kept.
            Some(Err(_)) => return Err(Refused::Status(StatusCode::PAYLOAD_TOO_LARGE)),
            None => break,
        }
    }
    Ok(told(StatusCode::NO_CONTENT, standing))
}

/// Throw an upload away
#[utoipa::path(
    delete,
    path = "/api/v1/uploads/{upload}",
    operation_id = "drop_upload",
    tag = "uploads",
    security((), ("token" = ["cases:write"]), ("session" = [])),
    params(Tus, ("upload" = String, Path, format = "uuid", description = "The upload")),
    responses(
        (status = 204, description = "It is gone"),
        (status = 404, description = "There is no such upload", body = web::Problem, content_type = "application/problem+json"),
        (status = 422, description = "`X-Draft-Key` or `X-Return-Code` cannot be read", body = web::Problem, content_type = "application/problem+json"),
        (status = 412, description = "Another version of the protocol", body = web::Problem, content_type = "application/problem+json"),
    )
)]
pub(in crate::api) async fn drop_upload(
    visitor: Visitor,
    State(api): State<Api>,
    Path(upload): Path<String>,
    headers: HeaderMap,
) -> Response {
    let dropped = async {
        speaks(&headers)?;
        let id = id_in(&upload)?;
        let owner = api
            .cases
            .upload_owner(&visitor.actor, secret_in(&headers)?)?;
        api.cases.drop_upload(owner, id).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    tus(dropped.await)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_in_the_metadata() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(METADATA, HeaderValue::from_static(text));
            name_in(&headers)
        };
        assert_eq!(
            of("kind cGRm, filename 0LDQutGCLnBkZg==").unwrap(),
            "акт.pdf"
        );
        assert_eq!(of("kind cGRm").unwrap(), "");
        assert!(matches!(of("filename ???"), Err(Error::Malformed(_))));
    }

    #[test]
    fn a_moment_is_written_as_http_wants_it() {
        let moment = Moment::from_micros(1_795_165_200_000_000);
        assert_eq!(http_date(moment), "Fri, 20 Nov 2026 09:00:00 GMT");
    }
}
