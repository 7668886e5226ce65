//! Cards: what an operator writes down for somebody before it is registered, with the scan of a
//! letter.

use axum::Json;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use base::id::DraftId;
use base::{Error, FieldError};
use catalog::Definition;
use jiff::civil::Date;
use people::Visitor;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use web::api::{OfChange, OfDeed, OfEntry, OfMaking, OfRemoval, Refused, Sent};

use super::open::{OpenDraft, Writes};
use super::shapes::{DraftAnswers, WrittenBody, WrittenRow};
use crate::api::case::said;
use crate::api::deed::{Desk, Done};
use crate::api::desk::given;
use crate::api::desk::reception::require_operator;
use crate::api::filing::{Names, filed_at, made_at};
use crate::api::received::{ScanForm, UploadedBody};
use crate::api::shapes::{FiledBody, one_of};
use crate::api::{Api, examples, latin};
use crate::model::{Draft, Filed, Intake, Source};
use crate::receiving::on_behalf;
use crate::{Cases, Pass};

/// How an appeal came.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewCardBody {
    #[schema(schema_with = ways)]
    way: String,
    /// Code of the service, from `/api/v1/services`.
    #[schema(min_length = 1, max_length = 64)]
    service: String,
    /// The day a letter came; letters only.
    #[schema(value_type = String, format = "date", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    came_on: Option<Date>,
    /// The number that the sender gave their letter.
    #[schema(max_length = 60, default = "")]
    #[serde(default)]
    outgoing: String,
    /// Who signed it beside the one who is answered.
    #[schema(max_items = 10, max_length = 300)]
    #[serde(default)]
    others: Vec<String>,
}

/// That the operator has read the card over.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct RegistrationBody {
    /// Nothing is registered with `false`.
    confirmed: bool,
}

/// A card.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CardBody {
    #[serde(flatten)]
    written: WrittenBody,
    #[schema(schema_with = ways)]
    way: &'static str,
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    came_on: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    outgoing: Option<String>,
    others: Vec<String>,
}

/// A card in the list of those that are begun.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CardRow {
    #[serde(flatten)]
    written: WrittenRow,
    #[schema(schema_with = ways)]
    way: &'static str,
}

/// Cards that are begun, 50 at the most.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CardsBody {
    items: Vec<CardRow>,
}

fn ways() -> Object {
    one_of(Source::BY_HAND.map(Source::code))
}

fn intake_of(draft: &Draft) -> Result<&Intake, Error> {
    draft.intake.as_ref().ok_or(Error::NotFound)
}

impl Writes for Desk {
    type Body = CardBody;
    const NAME: &'static str = "card";
    const BY_KEY: bool = false;

    fn admits(visitor: &Visitor) -> Result<(), Error> {
        require_operator(visitor)
    }

    fn owns(draft: &Draft) -> bool {
        draft.intake.is_some()
    }

    fn definition(of: &Definition) -> Definition {
        on_behalf(of)
    }

    async fn body(open: &OpenDraft<Self>) -> base::Result<CardBody> {
        let intake = intake_of(&open.draft)?;
        Ok(CardBody {
            written: WrittenBody::of(open, &open.api.cases).await?,
            way: intake.way.code(),
            came_on: intake.came_on.map(|day| day.to_string()),
            outgoing: said(intake.outgoing.clone()),
            others: intake.others.clone(),
        })
    }
}

/// List cards that are begun
///
/// Of the operator, those that are not registered, newest first.
#[utoipa::path(
    get,
    path = "/api/v1/reception/cards",
    tag = "reception",
    security(("token" = ["desk:read"]), ("session" = [])),
    responses((status = 200, description = "All of them", body = CardsBody, example = json!(examples::cards())))
)]
pub(in crate::api) async fn list_cards(
    visitor: Visitor,
    State(api): State<Api>,
) -> Result<Json<CardsBody>, Refused> {
    require_operator(&visitor)?;
    let begun = api.cases.begun(&visitor.actor).await?;
    let rows = begun.iter().map(|draft| {
        Ok(CardRow {
            written: draft.into(),
            way: intake_of(draft)?.way.code(),
        })
    });
    let items = rows.collect::<Result<_, Error>>()?;
    Ok(Json(CardsBody { items }))
}

/// Begin a card
///
/// With the way the appeal came. What is asked is filled in with `PUT` then, a scan attached, and the
/// card registered.
#[utoipa::path(
    post,
    path = "/api/v1/reception/cards",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    request_body(content = NewCardBody, example = json!(examples::new_card())),
    responses(
        (status = 201, description = "The card", body = CardBody,
            headers(("Location" = String, description = "Where the card can be read")), example = json!(examples::card())),
        OfMaking,
    )
)]
pub(in crate::api) async fn begin_card(
    visitor: Visitor,
    State(api): State<Api>,
    Sent(body): Sent<NewCardBody>,
) -> Done {
    require_operator(&visitor)?;
    let way = Source::BY_HAND
        .into_iter()
        .find(|way| way.code() == body.way);
    let intake = Intake {
        way: way.ok_or_else(|| Error::field("way", "error-choose-one"))?,
        came_on: body.came_on,
        outgoing: body.outgoing,
        others: body.others,
    };
    let id = api
        .cases
        .begin_intake(&visitor.actor, &body.service, &intake)
        .await?;
    let card = OpenDraft::<Desk>::open(api, visitor, Pass::default(), id).await?;
    let location = format!("/api/v1/reception/cards/{id}");
    made_at(&location, &Desk::body(&card).await?)
}

/// Read a card
#[utoipa::path(
    get,
    path = "/api/v1/reception/cards/{card}",
    tag = "reception",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(("card" = String, Path, format = "uuid", description = "Identifier of the card")),
    responses(
        (status = 200, description = "The card", body = CardBody, example = json!(examples::card())),
        OfEntry,
    )
)]
pub(in crate::api) async fn read_card(card: OpenDraft<Desk>) -> Result<Json<CardBody>, Refused> {
    Ok(Json(Desk::body(&card).await?))
}

/// Fill a card in
///
/// What is not known yet is left out; what is there has to hold. Which questions there are stands at
/// `GET /api/v1/services/{code}`; on a card only the topic, the text, the place, the name and one way
/// to reach the applicant are necessary.
#[utoipa::path(
    put,
    path = "/api/v1/reception/cards/{card}",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("card" = String, Path, format = "uuid", description = "Identifier of the card")),
    request_body(content = DraftAnswers, example = json!(examples::card_answers())),
    responses(
        (status = 200, description = "The card then", body = CardBody, example = json!(examples::card())),
        OfChange,
    )
)]
pub(in crate::api) async fn fill_card(
    card: OpenDraft<Desk>,
    Sent(body): Sent<DraftAnswers>,
) -> Result<Json<CardBody>, Refused> {
    card.written(body.asked()).await
}

/// Attach a scan to a card
#[utoipa::path(
    post,
    path = "/api/v1/reception/cards/{card}/documents",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("card" = String, Path, format = "uuid", description = "Identifier of the card")),
    request_body(content(
        (UploadedBody = "application/json", example = json!(examples::uploaded())),
        (ScanForm = "multipart/form-data"),
    )),
    responses(
        (status = 201, description = "The card then", body = CardBody, example = json!(examples::card())),
        OfDeed,
    )
)]
pub(in crate::api) async fn attach_scan(card: OpenDraft<Desk>, http: Request) -> Done {
    card.attached(http).await
}

/// Take a scan off a card
#[utoipa::path(
    delete,
    path = "/api/v1/reception/cards/{card}/documents/{document}",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(
        ("card" = String, Path, format = "uuid", description = "Identifier of the card"),
        ("document" = String, Path, format = "uuid", description = "Identifier of the document"),
    ),
    responses((status = 204, description = "It is gone"), OfRemoval)
)]
pub(in crate::api) async fn detach_scan(card: OpenDraft<Desk>) -> Result<StatusCode, Refused> {
    card.detached().await
}

/// Register a card
///
/// It becomes a case with a number, a unit and a term; what is still missing is named. Sent again, it
/// answers the case that it made.
#[utoipa::path(
    post,
    path = "/api/v1/reception/cards/{card}/registration",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("card" = String, Path, format = "uuid", description = "Identifier of the card")),
    request_body(content = RegistrationBody, example = json!(examples::registration())),
    responses(
        (status = 201, description = "The case", body = FiledBody,
            headers(("Location" = String, description = "Where the operator can read the case")), example = json!(examples::filed())),
        OfDeed,
    )
)]
pub(in crate::api) async fn register_card(
    visitor: Visitor,
    State(api): State<Api>,
    Path(card): Path<String>,
    Sent(body): Sent<RegistrationBody>,
) -> Done {
    let filed = if let Some(filed) = registered(&api.cases, &visitor, &card).await? {
        filed
    } else {
        let id = card.parse().map_err(|_| Error::NotFound)?;
        let card = OpenDraft::<Desk>::open(api, visitor, Pass::default(), id).await?;
        let names = Names::of(&card.definition.form);
        let filing = card.draft.filing(body.confirmed);
        let filed = card.api.cases.file(&card.visitor.actor, filing).await;
        filed.map_err(|error| names.said_back(confirmed(error)))?
    };
    let location = format!("/api/v1/reception/cases/{}", latin(filed.number));
    filed_at(&location, filed)
}

/// The case that a card became already: what it was taken in by stands with the case since.
async fn registered(cases: &Cases, visitor: &Visitor, card: &str) -> Result<Option<Filed>, Error> {
    require_operator(visitor)?;
    let id: DraftId = card.parse().map_err(|_| Error::NotFound)?;
    let draft = cases.draft(&visitor.actor, &Pass::default(), id).await?;
    if draft.filed.is_none() {
        return Ok(None);
    }
    let filed = cases.file(&visitor.actor, draft.filing(true)).await?;
    Ok(Some(filed).filter(|filed| filed.source.is_by_hand()))
}

/// What a filing calls consent is the operator's confirmation here.
fn confirmed(error: Error) -> Error {
    match error {
        Error::Invalid(errors) => {
            let renamed = errors.into_iter().map(|error| match &*error.field {
                "consent" => FieldError {
                    field: "confirmed".to_owned(),
                    ..error
                },
                _ => error,
            });
            Error::Invalid(renamed.collect())
        }
        other => other,
    }
}
