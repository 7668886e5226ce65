//! The reception: what an operator took in, how it stands, and what callers add.

use axum::Json;
use axum::extract::State;
use base::Error;
use catalog::form::Answers;
use people::{Permission, Visitor};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::api::{Asked, Asking, MOST_ROWS, OfCase, OfDeed, OfList, ROWS, Refused, Sent};

use super::cards;
use super::deed::Deed;
use super::figures::day_in;
use super::inside::{desk_applicant, taken_in};
use super::queue::{QueueBody, at_after, page};
use super::shapes::{DeskApplicant, TakenInBody};
use crate::api::case::said;
use crate::api::filing::Names;
use crate::api::shapes::{FieldValue, PlaceBody, PublicCase, one_of};
use crate::api::{Api, examples};
use crate::model::{Received, Source};

/// The operations of operators.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_received))
        .routes(routes!(read_received))
        .routes(routes!(hear_caller))
        .merge(cards::routes())
}

/// Operators only: a guest signs in first.
pub(super) fn require_operator(visitor: &Visitor) -> Result<(), Error> {
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
    /// The code to read out or to print, on the day it was made.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    return_code: Option<String>,
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
    /// How the operator knew who spoke.
    #[schema(min_length = 3, max_length = 4000)]
    known_by: String,
}

fn heard_ways() -> Object {
    one_of([Source::Phone, Source::Visit].map(Source::code))
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

/// Read a case for a caller
///
/// What the register tells of it; of what the operator took in, also what was written down, and the
/// return code on the same day. Such a reading is written down.
#[utoipa::path(
    get,
    path = "/api/v1/reception/cases/{number}",
    tag = "reception",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(("number" = String, Path, max_length = 64, description = "Number of the case", example = "A-2026-00000042-7")),
    responses(
        (status = 200, description = "The case", body = ReceptionCase, example = json!(examples::reception_case())),
        OfCase,
    )
)]
pub(in crate::api) async fn read_received(deed: Deed) -> Result<Json<ReceptionCase>, Refused> {
    require_operator(&deed.visitor)?;
    Ok(Json(reception_case(&deed).await?))
}

async fn reception_case(deed: &Deed) -> Result<ReceptionCase, Error> {
    let (cases, actor) = (&deed.api.cases, &deed.visitor.actor);
    let row = cases.status(deed.number).await?;
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let own = match cases.received(actor, deed.number).await {
        Ok(received) => Some(own(deed, received).await?),
        Err(Error::NotFound) => None,
        Err(other) => return Err(other),
    };
    Ok(ReceptionCase {
        public: PublicCase::of(&row, &contents, &units, deed.visitor.request.language),
        hears: cases.hears(actor, deed.number).await?,
        own,
    })
}

async fn own(deed: &Deed, received: Received) -> Result<OwnBody, Error> {
    let cases = &deed.api.cases;
    let units = cases.people().units().await?;
    let (case, content) = (&received.case, received.content);
    let territory = case.territory.and_then(|id| units.territory(id));
    let version = u32::try_from(case.service_version).map_err(Error::internal)?;
    let definition = cases.catalog().version(case.service, version).await?;
    let names = Names::of(&definition.form);
    let mut fields = content.answers;
    fields.retain(|name, _| names.outside(name).is_none());
    Ok(OwnBody {
        taken_in: taken_in(&received.taken),
        applicant: desk_applicant(&content.applicant),
        place: PlaceBody {
            territory: territory.map(|territory| territory.code.clone()),
            address: said(content.address),
        },
        fields,
        return_code: received.return_code,
    })
}

/// Write down what a caller says
///
/// It counts as the applicant's message: it ends a wait for them, and the authority is waited for.
#[utoipa::path(
    post,
    path = "/api/v1/reception/cases/{number}/words",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("number" = String, Path, max_length = 64, description = "Number of the case", example = "A-2026-00000042-7")),
    request_body(content = WordsBody, example = json!(examples::words())),
    responses(
        (status = 200, description = "The case then", body = ReceptionCase, example = json!(examples::reception_case())),
        OfDeed,
    )
)]
pub(in crate::api) async fn hear_caller(
    deed: Deed,
    Sent(body): Sent<WordsBody>,
) -> Result<Json<ReceptionCase>, Refused> {
    require_operator(&deed.visitor)?;
    let way = Source::from_code(&body.way);
    let actor = &deed.visitor.actor;
    let cases = &deed.api.cases;
    cases
        .hear(actor, deed.number, way, &body.text, &body.known_by)
        .await?;
    Ok(Json(reception_case(&deed).await?))
}
