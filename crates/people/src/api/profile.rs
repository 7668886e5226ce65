//! One's own profile for programs: name and contacts, consents, and where one is signed in. What
//! opens an account (password, e-mail, second factor, tokens) is for people alone.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::{Extension, Json};
use base::{Error, Language};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::api::{IfMatch, OfBareDeed, OfChange, Refused, Sent};

use crate::People;
use crate::confirming::Standing;
use crate::model::{Contacts, Organisation, PersonName, Profile};
use crate::visitor::{self, Visitor};

/// The operations of one's own profile.
pub fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(read_profile, change_profile))
        .routes(routes!(list_consents))
        .routes(routes!(list_sessions, end_sessions))
        .routes(routes!(end_session))
}

fn languages() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(Language::ALL.map(Language::tag)))
        .build()
}

/// One's profile.
#[derive(Serialize, ToSchema)]
struct ProfileBody {
    last_name: String,
    first_name: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    middle_name: Option<String>,
    /// The e-mail that one signs in with.
    email: String,
    /// Whether it was shown to be one's own.
    confirmed: bool,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// The language of letters.
    #[schema(schema_with = languages)]
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    /// The organisation for which one writes, where one does.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<OrganisationBody>,
    /// Roles, by their codes.
    roles: Vec<&'static str>,
}

/// An organisation for which somebody writes.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrganisationBody {
    #[schema(min_length = 1, max_length = 300)]
    name: String,
    /// INN: ten digits.
    #[schema(pattern = "^[0-9]{10}$")]
    inn: String,
    /// OGRN: thirteen digits.
    #[schema(pattern = "^[0-9]{13}$", nullable = false)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ogrn: Option<String>,
    /// What one is there.
    #[schema(max_length = 200, nullable = false)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    post: Option<String>,
}

impl OrganisationBody {
    fn of(known: Organisation) -> Self {
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            name: known.name,
            inn: known.inn,
            ogrn: said(known.ogrn),
            post: said(known.post),
        }
    }

    fn known(self) -> Organisation {
        Organisation {
            name: self.name,
            inn: self.inn,
            ogrn: self.ogrn.unwrap_or_default(),
            post: self.post.unwrap_or_default(),
        }
    }
}

/// Name and contacts anew. What is left out is taken away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ProfileChange {
    #[schema(min_length = 1, max_length = 100)]
    last_name: String,
    #[schema(min_length = 1, max_length = 100)]
    first_name: String,
    #[schema(max_length = 100, nullable = false)]
    middle_name: Option<String>,
    #[schema(max_length = 40, nullable = false)]
    phone: Option<String>,
    #[schema(max_length = 300, nullable = false)]
    address: Option<String>,
    /// The language of letters.
    #[schema(schema_with = languages)]
    language: Option<String>,
    /// The organisation for which one writes.
    #[schema(nullable = false)]
    organisation: Option<OrganisationBody>,
}

/// A consent.
#[derive(Serialize, ToSchema)]
struct ConsentBody {
    #[schema(format = "uuid")]
    id: String,
    /// To what: `personal-data`.
    kind: String,
    version: String,
    /// The text as it was shown.
    text: String,
    #[schema(format = "date-time")]
    given_at: String,
    #[schema(format = "date-time", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_at: Option<String>,
}

/// One's consents, newest first.
#[derive(Serialize, ToSchema)]
struct ConsentsBody {
    items: Vec<ConsentBody>,
}

/// A sign-in.
#[derive(Serialize, ToSchema)]
struct SessionBody {
    id: String,
    #[schema(format = "date-time")]
    since: String,
    /// When it was last used, to within five minutes.
    #[schema(format = "date-time")]
    seen: String,
    /// The network that it came from; may be empty.
    place: String,
    /// Browser and system; may be empty.
    device: String,
    /// Whether it is the one that asks.
    current: bool,
}

/// One's sign-ins, the one used last first; 50 at the most.
#[derive(Serialize, ToSchema)]
struct SessionsBody {
    items: Vec<SessionBody>,
}

async fn body_of(people: &People, visitor: &Visitor) -> Result<ProfileBody, Error> {
    let actor = &visitor.actor;
    let profile = people.profile(actor).await?;
    let mut roles: Vec<&'static str> = Vec::new();
    for grant in actor.grants() {
        if !roles.contains(&grant.role.code()) {
            roles.push(grant.role.code());
        }
    }
    Ok(ProfileBody {
        last_name: profile.name.last,
        first_name: profile.name.first,
        middle_name: profile.name.middle.filter(|text| !text.is_empty()),
        email: profile.contacts.email,
        confirmed: people.standing(actor).await? != Standing::Provisional,
        phone: profile.contacts.phone.filter(|text| !text.is_empty()),
        address: profile.contacts.address.filter(|text| !text.is_empty()),
        language: profile.contacts.language.map(Language::tag),
        organisation: profile.contacts.organisation.map(OrganisationBody::of),
        roles,
    })
}

fn example() -> serde_json::Value {
    json!({
        "last_name": "\u{421}\u{43c}\u{438}\u{440}\u{43d}\u{43e}\u{432}\u{430}",
        "first_name": "\u{410}\u{43d}\u{43d}\u{430}",
        "email": "anna@example.org", "confirmed": true, "phone": "+7 900 000-00-01", "roles": ["applicant"],
    })
}

/// Read one's profile
#[utoipa::path(
    get,
    path = "/api/v1/profile",
    operation_id = "read_profile",
    tag = "profile",
    security(("token" = ["cases:read"]), ("session" = [])),
    responses((status = 200, description = "The profile", body = ProfileBody, example = json!(example())))
)]
async fn read_profile(
    visitor: Visitor,
    Extension(people): Extension<People>,
) -> Result<Json<ProfileBody>, Refused> {
    visitor.require_sign_in()?;
    Ok(Json(body_of(&people, &visitor).await?))
}

/// Write one's name and contacts anew
///
/// The e-mail is changed on the page of the profile, with letters to both addresses.
#[utoipa::path(
    put,
    path = "/api/v1/profile",
    operation_id = "change_profile",
    tag = "profile",
    security(("token" = ["cases:write"]), ("session" = [])),
    request_body(content = ProfileChange, example = json!({"last_name": "Smirnova", "first_name": "Anna", "phone": "+7 900 000-00-01", "language": "en"})),
    responses((status = 200, description = "The profile then", body = ProfileBody, example = json!(example())), OfChange)
)]
async fn change_profile(
    visitor: Visitor,
    Extension(people): Extension<People>,
    version: IfMatch,
    Sent(body): Sent<ProfileChange>,
) -> Result<Json<ProfileBody>, Refused> {
    visitor.require_sign_in()?;
    if version.is_given() {
        version.check(&body_of(&people, &visitor).await?)?;
    }
    let language = match body.language.as_deref() {
        None => None,
        Some(tag) => Some(
            Language::ALL
                .into_iter()
                .find(|language| language.tag() == tag)
                .ok_or_else(|| Error::field("language", "error-unknown-value"))?,
        ),
    };
    let shown = Profile {
        name: PersonName {
            last: body.last_name,
            first: body.first_name,
            middle: body.middle_name,
        },
        contacts: Contacts {
            email: people.profile(&visitor.actor).await?.contacts.email,
            phone: body.phone,
            address: body.address,
            language,
            organisation: body.organisation.map(OrganisationBody::known),
        },
    };
    people
        .save_profile(&visitor.actor, &shown.name, &shown.contacts)
        .await?;
    Ok(Json(body_of(&people, &visitor).await?))
}

/// List one's consents
///
/// With the texts as they were shown. A consent is withdrawn on the page of the profile, with the password.
#[utoipa::path(
    get,
    path = "/api/v1/profile/consents",
    operation_id = "list_consents",
    tag = "profile",
    security(("token" = ["cases:read"]), ("session" = [])),
    responses((status = 200, description = "All of them", body = ConsentsBody, example = json!({"items": [{
        "id": "0193a1f4-7c1e-7b5a-9d39-2f6c1a0e4b77", "kind": "personal-data", "version": "1",
        "text": "I agree …", "given_at": "2026-11-20T09:00:00Z",
    }]})))
)]
async fn list_consents(
    visitor: Visitor,
    Extension(people): Extension<People>,
) -> Result<Json<ConsentsBody>, Refused> {
    let consents = people.consents(&visitor.actor).await?;
    let items = consents.into_iter().map(|consent| ConsentBody {
        id: consent.id.to_string(),
        kind: consent.kind,
        version: consent.version,
        text: consent.text,
        given_at: consent.given_at.rfc3339(),
        withdrawn_at: consent.withdrawn_at.map(base::Moment::rfc3339),
    });
    Ok(Json(ConsentsBody {
        items: items.collect(),
    }))
}

/// List one's sign-ins
#[utoipa::path(
    get,
    path = "/api/v1/profile/sessions",
    operation_id = "list_sessions",
    tag = "profile",
    security(("token" = ["cases:read"]), ("session" = [])),
    responses((status = 200, description = "All of them", body = SessionsBody, example = json!({"items": [{
        "id": "q83vASNFZ4mrze8BI0VniQ", "since": "2026-11-20T09:00:00Z", "seen": "2026-11-20T09:30:00Z",
        "place": "192.0.2.0/24", "device": "Firefox, Linux", "current": false,
    }]})))
)]
async fn list_sessions(
    visitor: Visitor,
    Extension(people): Extension<People>,
) -> Result<Json<SessionsBody>, Refused> {
    let token = visitor::token(&visitor.request).unwrap_or_default();
    let sessions = people.open_sessions(&visitor.actor, token).await?;
    let items = sessions.into_iter().map(|session| SessionBody {
        id: session.id,
        since: session.since.rfc3339(),
        seen: session.seen.rfc3339(),
        place: session.place,
        device: session.device,
        current: session.current,
    });
    Ok(Json(SessionsBody {
        items: items.collect(),
    }))
}

/// End every sign-in but the one that asks
///
/// A token is no sign-in: with a token all of them end, and the token stays good.
#[utoipa::path(
    delete,
    path = "/api/v1/profile/sessions",
    operation_id = "end_sessions",
    tag = "profile",
    security(("token" = ["cases:write"]), ("session" = [])),
    responses((status = 204, description = "They have ended"))
)]
async fn end_sessions(
    visitor: Visitor,
    Extension(people): Extension<People>,
) -> Result<StatusCode, Refused> {
    match visitor::token(&visitor.request) {
        Some(token) => people.sign_out_elsewhere(&visitor.actor, token).await?,
        None => people.sign_out_everywhere(&visitor.actor).await?,
    }
    Ok(StatusCode::NO_CONTENT)
}

/// End a sign-in
#[utoipa::path(
    delete,
    path = "/api/v1/profile/sessions/{session}",
    operation_id = "end_session",
    tag = "profile",
    security(("token" = ["cases:write"]), ("session" = [])),
    params(("session" = String, Path, max_length = 64, description = "The sign-in, by its `id`")),
    responses((status = 204, description = "It has ended"), OfBareDeed)
)]
async fn end_session(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(session): Path<String>,
) -> Result<StatusCode, Refused> {
    people.end_session(&visitor.actor, &session).await?;
    Ok(StatusCode::NO_CONTENT)
}
