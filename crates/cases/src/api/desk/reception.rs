//! The reception: what an operator took in, how it stands, and what callers add.

use axum::Json;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use base::Error;
use catalog::form::Answers;
use people::{Permission, Visitor};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{Array, ArrayBuilder, Object};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::api::{Asked, Asking, MOST_ROWS, OfCase, OfDeed, OfList, OfMaking, ROWS, Refused, Sent};

use super::figures::day_in;
use super::inside::{desk_applicant, document, taken_in};
use super::queue::{QueueBody, at_after, page};
use super::shapes::{DeskApplicant, DocumentBody, TakenInBody};
use crate::Known;
use crate::api::case::said;
use crate::api::deed::{Address, Deed, Desk};
use crate::api::filing::Names;
use crate::api::received as sent;
use crate::api::shapes::{FieldValue, PlaceBody, PublicCase, one_of};
use crate::api::{Api, examples};
use crate::documents::labels;
use crate::model::{Received, Source};

/// The operations of operators.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_received))
        .routes(routes!(read_received))
        .routes(routes!(hear_caller))
        .routes(routes!(renew_return_code))
        .routes(routes!(find_cases_of_caller))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(add_scan))
                .layer(DefaultBodyLimit::disable()),
        )
}

/// Operators only: a guest signs in first.
pub(in crate::api) fn require_operator(visitor: &Visitor) -> Result<(), Error> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, Permission::FileOnBehalf)
}

/// A case as an operator tells callers of it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ReceptionCase {
    #[serde(flatten)]
    public: PublicCase,
    /// Whether the operator may write down what a caller adds.
    hears: bool,
    /// By which ways; of a case of another unit that others took in, by a visit alone.
    #[schema(schema_with = ways_to_hear)]
    hears_by: Vec<&'static str>,
    /// What was written down, for the operator who did; absent of what others took in.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<OwnBody>,
}

/// What an operator wrote down.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct OwnBody {
    taken_in: TakenInBody,
    applicant: DeskApplicant,
    place: PlaceBody,
    /// Answers to the service's own questions.
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    fields: Answers,
    /// Scans and papers, oldest first.
    documents: Vec<DocumentBody>,
    /// Whether a forgotten one can be added now.
    takes_scans: bool,
    /// The code to read out or to print, on the day it was made.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    return_code: Option<String>,
}

/// A scan that was forgotten.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a form")]
pub(in crate::api) struct ForgottenScan {
    /// The bytes, with a file name.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
}

/// What a caller says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct WordsBody {
    /// By phone or at the reception.
    #[schema(schema_with = heard_ways)]
    way: String,
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    /// What was handed over.
    #[schema(max_length = 300, default = "")]
    #[serde(default)]
    handed: String,
    /// How the operator knew who spoke.
    #[schema(min_length = 3, max_length = 4000)]
    known_by: String,
}

/// Why somebody is given a new code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct RenewalBody {
    /// The e-mail or telephone that who asks says to be in the appeal; their last name where it has
    /// neither. It is held against the appeal.
    #[schema(min_length = 1, max_length = 254)]
    stated: String,
    /// How the operator knew who asks: by a document, by answers about the case.
    #[schema(min_length = 3, max_length = 4000)]
    known_by: String,
}

/// A new return code.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct NewCodeBody {
    /// Number of the case.
    #[schema(pattern = "^\u{410}-[0-9]{4}-[0-9]{8}-[0-9]$")]
    number: String,
    return_code: String,
}

/// Who asks, by the way in which they are reached.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CallerBody {
    /// Their e-mail or their telephone number, however it is typed.
    #[schema(min_length = 3, max_length = 254, example = "+7 900 000-00-00")]
    contact: String,
}

/// Cases of somebody who asks, the newest first.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CallersCases {
    items: Vec<PublicCase>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

fn heard_ways() -> Object {
    one_of([Source::Phone, Source::Visit].map(Source::code))
}

fn ways_to_hear() -> Array {
    let ways = ArrayBuilder::new().items(heard_ways());
    ways.unique_items(true).build()
}

/// List what was taken in
///
/// What the operator has taken in, newest first; with `on`, on that day.
#[utoipa::path(
    get,
    path = "/api/v1/reception/cases",
    tag = "reception",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("on" = inline(Option<String>), Query, format = "date", nullable = false, description = "Taken in on this day", example = "2026-11-20"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses(
        (status = 200, description = "A page", body = QueueBody, example = json!(examples::queue())),
        OfList,
    )
)]
pub(in crate::api) async fn list_received(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<QueueBody>, Refused> {
    require_operator(&visitor)?;
    let mut asked = Asked::of(asking, &["on", "after", "limit"])?;
    let on = day_in(&mut asked, "on");
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let after = asked.get("after");
    let found = api.cases.taken_in(&visitor.actor, on, after, Some(limit));
    let found = found.await.map_err(at_after)?;
    Ok(Json(page(&api.cases, &visitor, found).await?))
}

/// Find the cases of a caller
///
/// By their e-mail or telephone, in the body, so that neither stands in an address. What the register
/// tells of each; every one is written down as read.
#[utoipa::path(
    post,
    path = "/api/v1/reception/searches",
    tag = "reception",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    request_body(content = CallerBody, example = json!(examples::caller())),
    responses(
        (status = 200, description = "A page", body = CallersCases, example = json!(examples::callers_cases())),
        OfMaking,
    )
)]
pub(in crate::api) async fn find_cases_of_caller(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
    Sent(body): Sent<CallerBody>,
) -> Result<Json<CallersCases>, Refused> {
    require_operator(&visitor)?;
    let mut asked = Asked::of(asking, &["after", "limit"])?;
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let (cases, after) = (&api.cases, asked.get("after"));
    let found = cases
        .cases_of_caller(&visitor.actor, &body.contact, after, Some(limit))
        .await?;
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let language = visitor.request.language;
    let rows = found.items.iter();
    Ok(Json(CallersCases {
        items: rows
            .map(|row| PublicCase::of(row, &contents, &units, language))
            .collect(),
        next: found.next.map(|next| next.as_str().to_owned()),
    }))
}

/// Read a case for a caller
///
/// What the register tells of it; of what the operator took in, also what was written down, and the
/// return code on the same day. Such a reading is written down.
#[utoipa::path(
    get,
    path = "/api/v1/reception/cases/{number}",
    tag = "reception",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(Address<Desk>),
    responses(
        (status = 200, description = "The case", body = ReceptionCase, example = json!(examples::reception_case())),
        OfCase,
    )
)]
pub(in crate::api) async fn read_received(
    deed: Deed<Desk>,
) -> Result<Json<ReceptionCase>, Refused> {
    require_operator(&deed.visitor)?;
    Ok(Json(reception_case(&deed).await?))
}

async fn reception_case(deed: &Deed<Desk>) -> Result<ReceptionCase, Error> {
    let (cases, actor) = (&deed.api.cases, &deed.visitor.actor);
    let row = cases.status(deed.number).await?;
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let own = match cases.received(actor, deed.number).await {
        Ok(received) => Some(own(deed, received).await?),
        Err(Error::NotFound) => None,
        Err(other) => return Err(other),
    };
    let ways = cases.ways_to_hear(actor, deed.number).await?;
    Ok(ReceptionCase {
        public: PublicCase::of(&row, &contents, &units, deed.visitor.request.language),
        hears: !ways.is_empty(),
        hears_by: ways.iter().map(|way| way.code()).collect(),
        own,
    })
}

async fn own(deed: &Deed<Desk>, received: Received) -> Result<OwnBody, Error> {
    let cases = &deed.api.cases;
    let units = cases.people().units().await?;
    let (case, content) = (&received.case, received.content);
    let territory = case.territory.and_then(|id| units.territory(id));
    let version = u32::try_from(case.service_version).map_err(Error::internal)?;
    let definition = cases.catalog().version(case.service, version).await?;
    let names = Names::of(&definition.form);
    let scans = cases.scans(deed.actor(), deed.number).await?;
    let point = content.point().map(str::to_owned);
    let mut fields = content.answers;
    fields.retain(|name, _| names.outside(name).is_none());
    Ok(OwnBody {
        taken_in: taken_in(&received.taken),
        applicant: desk_applicant(&content.applicant),
        place: PlaceBody {
            territory: territory.map(|territory| territory.code.clone()),
            address: said(content.address),
            point,
        },
        fields,
        documents: scans.documents.iter().map(document).collect(),
        takes_scans: scans.taken,
        return_code: received.return_code,
    })
}

/// Write down what a caller says
///
/// It counts as the applicant's message: it ends a wait for them, and the authority is waited for. A
/// visit is tied to any case by its number, whoever took the case in.
#[utoipa::path(
    post,
    path = "/api/v1/reception/cases/{number}/words",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(Address<Desk>),
    request_body(content = WordsBody, example = json!(examples::words())),
    responses(
        (status = 200, description = "The case then", body = ReceptionCase, example = json!(examples::reception_case())),
        OfDeed,
    )
)]
pub(in crate::api) async fn hear_caller(
    deed: Deed<Desk>,
    Sent(body): Sent<WordsBody>,
) -> Result<Json<ReceptionCase>, Refused> {
    require_operator(&deed.visitor)?;
    let way = Source::from_code(&body.way);
    let actor = &deed.visitor.actor;
    let cases = &deed.api.cases;
    let (text, handed) = (&body.text, &body.handed);
    cases
        .hear_and_take(actor, deed.number, way, text, handed, &body.known_by)
        .await?;
    Ok(Json(reception_case(&deed).await?))
}

/// Give a new return code
///
/// To somebody who filed without an account and has lost theirs, in a case of the operator's unit or
/// one that they took in. The old one opens nothing any more; the applicant is told by e-mail where
/// there is one. 409 when the way back is an account, or when a new code was given meanwhile.
#[utoipa::path(
    post,
    path = "/api/v1/reception/cases/{number}/return-code",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(Address<Desk>),
    request_body(content = RenewalBody, example = json!(examples::renewal())),
    responses(
        (status = 200, description = "The new code, told this once", body = NewCodeBody, example = json!(examples::new_code())),
        OfDeed,
    )
)]
pub(in crate::api) async fn renew_return_code(
    deed: Deed<Desk>,
    Sent(body): Sent<RenewalBody>,
) -> Result<Response, Refused> {
    require_operator(&deed.visitor)?;
    let (cases, actor) = (&deed.api.cases, &deed.visitor.actor);
    let turn = cases.code_to_renew(actor, deed.number).await?;
    // Whoever may not is told why by the deed itself.
    let turn = turn.unwrap_or_default();
    let known = Known {
        stated: &body.stated,
        by: &body.known_by,
    };
    let return_code = cases.renew_code(actor, deed.number, turn, known).await?;
    let body = NewCodeBody {
        number: deed.number.to_string(),
        return_code,
    };
    Ok(([(CACHE_CONTROL, "no-store")], Json(body)).into_response())
}

/// Add a forgotten scan
///
/// To a case that the operator took in, while it is open and for thirty days. It is the applicant's document;
/// the history says who added it. 409 when it is too late.
#[utoipa::path(
    post,
    path = "/api/v1/reception/cases/{number}/documents",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(Address<Desk>),
    request_body(content = ForgottenScan, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The case then", body = ReceptionCase, example = json!(examples::reception_case())),
        OfDeed,
    )
)]
pub(in crate::api) async fn add_scan(deed: Deed<Desk>, http: Request) -> Result<Response, Refused> {
    require_operator(&deed.visitor)?;
    let (cases, actor) = (&deed.api.cases, &deed.visitor.actor);
    let scans = cases.scans(actor, deed.number).await?;
    let sent = sent::Received::read(cases, actor, &labels(&scans.kinds), http).await?;
    for upload in &sent.files {
        cases.slow_down_uploads(&deed.visitor.request)?;
        let added = cases.add_scan(actor, deed.number, upload).await;
        added.map_err(sent::not_kept)?;
    }
    sent.used_up(cases).await?;
    let body = reception_case(&deed).await?;
    Ok((
        StatusCode::CREATED,
        [(CACHE_CONTROL, "no-store")],
        Json(body),
    )
        .into_response())
}
