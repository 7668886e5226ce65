//! Cards: what an operator writes down for somebody before it is registered, with the scan of a
//! letter.

use axum::Json;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, State};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::id::DraftId;
use base::{Error, FieldError, Language};
use catalog::Definition;
use catalog::form::{Answers, CheckContext};
use jiff::civil::Date;
use people::Visitor;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa::openapi::schema::Object;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::api::{OfDeed, OfEntry, OfMaking, OfRemoval, Refused, Sent};

use super::given;
use super::inside::{document, slot};
use super::reception::require_operator;
use super::shapes::{DocumentBody, SlotBody};
use crate::api::case::said;
use crate::api::filing::{Asked, Names};
use crate::api::shapes::{FieldValue, FiledBody, Links, PlaceBody, one_of};
use crate::api::{Api, examples};
use crate::documents::{Checked, Document, FIELD, NotKept, Slot, kinds, labels};
use crate::model::{Draft, Filed, Intake, Source};
use crate::pages::multipart;
use crate::receiving::on_behalf;
use crate::{Cases, Pass};

/// The operations of cards.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(list_cards))
        .routes(routes!(begin_card))
        .routes(routes!(read_card))
        .routes(routes!(fill_card))
        .routes(routes!(register_card))
        .routes(routes!(detach_scan))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(attach_scan))
                .layer(DefaultBodyLimit::disable()),
        )
}

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

/// What somebody asks, as far as it is known. What is sent takes the place of what was there.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct CardAnswers {
    /// Code of the subject, from `/api/v1/categories`.
    #[schema(value_type = String, max_length = 100, nullable = false)]
    #[serde(default, deserialize_with = "given")]
    category: Option<Value>,
    #[schema(value_type = PlaceBody, nullable = false)]
    #[serde(default, deserialize_with = "given")]
    place: Option<Value>,
    #[schema(value_type = CardApplicant, nullable = false)]
    #[serde(default, deserialize_with = "given")]
    applicant: Option<Value>,
    /// Answers to the service's own questions by name.
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    #[serde(default)]
    fields: Map<String, Value>,
}

/// The one who asks, as far as they are known.
#[derive(ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "describes what is read as a value")]
pub(in crate::api) struct CardApplicant {
    #[schema(max_length = 100, nullable = false)]
    last_name: Option<String>,
    #[schema(max_length = 100, nullable = false)]
    first_name: Option<String>,
    #[schema(max_length = 100, nullable = false)]
    middle_name: Option<String>,
    #[schema(max_length = 254, format = "email", nullable = false)]
    email: Option<String>,
    #[schema(max_length = 40, nullable = false)]
    phone: Option<String>,
    #[schema(max_length = 300, nullable = false)]
    postal_address: Option<String>,
}

/// A file with what it is for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a form")]
pub(in crate::api) struct ScanForm {
    /// The bytes, with a file name.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// Code of what it is sent for, from `slots` of the card.
    #[schema(max_length = 100, nullable = false)]
    slot: Option<String>,
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
    #[schema(format = "uuid")]
    id: String,
    #[schema(schema_with = ways)]
    way: &'static str,
    service: String,
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    came_on: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    outgoing: Option<String>,
    others: Vec<String>,
    #[schema(value_type = String, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Value>,
    #[schema(value_type = PlaceBody, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Value>,
    #[schema(value_type = CardApplicant, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant: Option<Value>,
    #[schema(value_type = BTreeMap<String, FieldValue>)]
    fields: Answers,
    /// What may be attached by name.
    slots: Vec<SlotBody>,
    /// What was attached.
    documents: Vec<DocumentBody>,
    #[schema(format = "date-time")]
    saved_at: String,
}

/// A card in the list of those that are begun.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct CardRow {
    #[schema(format = "uuid")]
    id: String,
    #[schema(schema_with = ways)]
    way: &'static str,
    service: String,
    /// The topic, when it is written down already.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    #[schema(format = "date-time")]
    saved_at: String,
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

/// Answers of a form as the interface names them.
#[derive(Default)]
pub(in crate::api) struct AskedApplicant {
    pub(in crate::api) category: Option<Value>,
    pub(in crate::api) place: Option<Value>,
    pub(in crate::api) applicant: Option<Value>,
    pub(in crate::api) fields: Answers,
}

impl AskedApplicant {
    pub(in crate::api) fn of(names: &Names<'_>, answers: Answers) -> Self {
        let mut asked = Self::default();
        for (name, value) in answers {
            match names.outside(&name) {
                Some("category") => asked.category = Some(value),
                Some("place") => asked.place = Some(value),
                Some(_) => asked.applicant = Some(value),
                None => {
                    asked.fields.insert(name, value);
                }
            }
        }
        asked
    }
}

/// What a service asks for by name, and how it stands with what was attached.
pub(in crate::api) fn not_kept_yet(
    definition: &Definition,
    attached: &[Document],
    language: Language,
) -> Vec<Slot> {
    let slots = definition.attachments.slots.iter().map(|known| {
        let of_it = |code: Option<&str>| code == Some(&known.code);
        let found = attached.iter().rev().find(|one| of_it(one.slot.as_deref()));
        Slot {
            code: known.code.clone(),
            title: known.title.text(language).to_owned(),
            hint: String::new(),
            required: known.required,
            state: found.map_or(Checked::Required, |found| found.state),
            reason: String::new(),
        }
    });
    slots.collect()
}

/// A card that was opened, with its form as operators fill it in.
struct Card {
    draft: Draft,
    definition: Definition,
}

impl Card {
    async fn open(cases: &Cases, visitor: &Visitor, id: &str) -> Result<Self, Error> {
        require_operator(visitor)?;
        let id: DraftId = id.parse().map_err(|_| Error::NotFound)?;
        let mut draft = cases.draft(&visitor.actor, &Pass::default(), id).await?;
        intake_of(&draft)?;
        let service = cases.catalog().service(&draft.service).await?;
        let definition = on_behalf(&service.definition);
        draft.answers.retain(|_, answer| !answer.is_null());
        definition.form.retain_known(&mut draft.answers);
        Ok(Self { draft, definition })
    }

    async fn body(&self, cases: &Cases, visitor: &Visitor) -> Result<CardBody, Error> {
        let intake = intake_of(&self.draft)?;
        let attached = cases.draft_documents(&self.draft).await?;
        let language = visitor.request.language;
        let slots = not_kept_yet(&self.definition, &attached, language);
        let slots = slots.iter().map(slot).collect();
        let names = Names::of(&self.definition.form);
        let asked = AskedApplicant::of(&names, self.draft.answers.clone());
        Ok(CardBody {
            id: self.draft.id.to_string(),
            way: intake.way.code(),
            service: self.draft.service.clone(),
            came_on: intake.came_on.map(|day| day.to_string()),
            outgoing: said(intake.outgoing.clone()),
            others: intake.others.clone(),
            category: asked.category,
            place: asked.place,
            applicant: asked.applicant,
            fields: asked.fields,
            slots,
            documents: attached.iter().map(document).collect(),
            saved_at: self.draft.saved_at.rfc3339(),
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
        let topic = draft.answers.get("subject").and_then(Value::as_str);
        Ok(CardRow {
            id: draft.id.to_string(),
            way: intake_of(draft)?.way.code(),
            service: draft.service.clone(),
            topic: topic.map(str::to_owned),
            saved_at: draft.saved_at.rfc3339(),
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
) -> Result<Response, Refused> {
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
    let cases = &api.cases;
    let id = cases
        .begin_intake(&visitor.actor, &body.service, &intake)
        .await?;
    let card = Card::open(cases, &visitor, &id.to_string()).await?;
    let body = card.body(cases, &visitor).await?;
    let location = format!("/api/v1/reception/cards/{id}");
    let location = HeaderValue::from_str(&location).map_err(Error::internal)?;
    let headers = [
        (LOCATION, location),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
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
pub(in crate::api) async fn read_card(
    visitor: Visitor,
    State(api): State<Api>,
    Path(card): Path<String>,
) -> Result<Json<CardBody>, Refused> {
    let card = Card::open(&api.cases, &visitor, &card).await?;
    Ok(Json(card.body(&api.cases, &visitor).await?))
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
    request_body(content = CardAnswers, example = json!(examples::card_answers())),
    responses(
        (status = 200, description = "The card then", body = CardBody, example = json!(examples::card())),
        OfDeed,
    )
)]
pub(in crate::api) async fn fill_card(
    visitor: Visitor,
    State(api): State<Api>,
    Path(card): Path<String>,
    Sent(body): Sent<CardAnswers>,
) -> Result<Json<CardBody>, Refused> {
    let cases = &api.cases;
    let card = Card::open(cases, &visitor, &card).await?;
    let names = Names::of(&card.definition.form);
    let answers = names.answers(Asked {
        category: body.category,
        place: body.place,
        applicant: body.applicant,
        fields: body.fields,
    })?;
    let contents = cases.catalog().contents().await?;
    let units = cases.people().units().await?;
    let held_against = CheckContext {
        today: cases.today(),
        categories: contents.categories(),
        units: &units,
        officials: contents.officials(),
    };
    let answers = card
        .definition
        .form
        .check_part(&answers, &held_against)
        .map_err(|errors| names.said_back(Error::Invalid(errors)))?;
    // What is not said any more is said as null, so that the card forgets it.
    let known = card.definition.form.fields();
    let whole: Answers = known
        .map(|field| {
            let answer = answers.get(&field.name).cloned();
            (field.name.clone(), answer.unwrap_or(Value::Null))
        })
        .collect();
    let draft = &card.draft;
    let pass = Pass::default();
    cases
        .save_draft(&visitor.actor, &pass, Some(draft.id), &draft.service, whole)
        .await?;
    let card = Card::open(cases, &visitor, &draft.id.to_string()).await?;
    Ok(Json(card.body(cases, &visitor).await?))
}

/// Attach a scan to a card
#[utoipa::path(
    post,
    path = "/api/v1/reception/cards/{card}/documents",
    tag = "reception",
    security(("token" = ["desk:write"]), ("session" = [])),
    params(("card" = String, Path, format = "uuid", description = "Identifier of the card")),
    request_body(content = ScanForm, content_type = "multipart/form-data"),
    responses(
        (status = 201, description = "The card then", body = CardBody, example = json!(examples::card())),
        OfDeed,
    )
)]
pub(in crate::api) async fn attach_scan(
    visitor: Visitor,
    State(api): State<Api>,
    Path(card): Path<String>,
    http: axum::extract::Request,
) -> Result<Response, Refused> {
    let cases = &api.cases;
    let card = Card::open(cases, &visitor, &card).await?;
    let Ok(form) = Multipart::from_request(http, &()).await else {
        return Err(Refused::Status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    };
    let attachments = &card.definition.attachments;
    let formats = labels(&kinds(attachments));
    let form = multipart::read(cases, form, &formats).await?;
    if !form.refused.is_empty() {
        return Err(Error::Invalid(form.refused).into());
    }
    if form.files.is_empty() {
        return Err(Error::field(FIELD, "case-error-no-file").into());
    }
    for upload in &form.files {
        cases.slow_down_uploads(&visitor.request)?;
        cases
            .attach(&card.draft, attachments, form.text("slot"), upload)
            .await
            .map_err(not_kept)?;
    }
    let body = card.body(cases, &visitor).await?;
    Ok((
        StatusCode::CREATED,
        [(CACHE_CONTROL, "no-store")],
        Json(body),
    )
        .into_response())
}

fn not_kept(why: NotKept) -> Error {
    match why {
        NotKept::Refused(error) => Error::Invalid(vec![error]),
        NotKept::Down => Error::Busy,
        NotKept::Other(error) => error,
    }
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
pub(in crate::api) async fn detach_scan(
    visitor: Visitor,
    State(api): State<Api>,
    Path((card, document)): Path<(String, String)>,
) -> Result<StatusCode, Refused> {
    let card = Card::open(&api.cases, &visitor, &card).await?;
    let document = document.parse().map_err(|_| Error::NotFound)?;
    api.cases.detach(&card.draft, document).await?;
    Ok(StatusCode::NO_CONTENT)
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
) -> Result<Response, Refused> {
    let cases = &api.cases;
    let filed = if let Some(filed) = registered(cases, &visitor, &card).await? {
        filed
    } else {
        let card = Card::open(cases, &visitor, &card).await?;
        let names = Names::of(&card.definition.form);
        let filing = card.draft.filing(body.confirmed);
        let filed = cases.file(&visitor.actor, filing).await.map_err(confirmed);
        filed.map_err(|error| names.said_back(error))?
    };
    let links = Links::of(filed.number);
    let location = format!(
        "/api/v1/reception/cases/{}",
        crate::api::latin(filed.number)
    );
    let location = HeaderValue::from_str(&location).map_err(Error::internal)?;
    let body = FiledBody {
        number: filed.number.to_string(),
        state: filed.state.code(),
        due_on: filed.due_on.map(|date| date.to_string()),
        receipt: filed.receipt,
        return_code: filed.return_code,
        links,
    };
    let headers = [
        (LOCATION, location),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::CREATED, headers, Json(body)).into_response())
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
