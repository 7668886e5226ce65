//! The profile: name and contacts, where one is signed in, and what one agreed to.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::routing::{get, post};
use axum::{Extension, Router};
use base::{Error, FieldError, Language};
use serde::Deserialize;
use uuid::Uuid;
use web::{Choice, Form, Page, PageResult, html, html_with};

use super::{forgotten, language_cookie, signed_out, unstored};
use crate::confirming::Standing;
use crate::model::{Contacts, Organisation, PersonName, Profile, masked_email};
use crate::sessions::OpenSession;
use crate::visitor::{self, Visitor};
use crate::{GivenConsent, People, SecondFactor, WayBack};

pub(super) fn router() -> Router {
    Router::new()
        .route("/profile", get(profile).post(save))
        .route("/profile/sign-out-everywhere", post(sign_out_everywhere))
        .route("/profile/sessions/end", post(end_session))
        .route("/profile/sessions/others", post(sign_out_elsewhere))
        .route("/profile/confirm", post(ask_to_confirm))
        .route("/profile/consents", get(consents).post(withdraw))
}

#[derive(Template)]
#[template(path = "people-profile.html")]
struct ProfilePage {
    page: Page,
    email: String,
    called: PersonName,
    phone: String,
    address: String,
    organisation: Organisation,
    language: String,
    languages: Vec<Choice>,
    sessions: Vec<OpenSession>,
    provisional: bool,
    second_factor: SecondFactor,
}

impl ProfilePage {
    fn middle(&self) -> &str {
        self.called.middle.as_deref().unwrap_or_default()
    }
}

async fn page_of(
    visitor: &Visitor,
    people: &People,
    shown: &Profile,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let token = visitor::token(request).unwrap_or_default();
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = [
        ("last_name", "people-last-name"),
        ("first_name", "people-first-name"),
        ("middle_name", "people-middle-name"),
        ("phone", "people-phone"),
        ("address", "people-address"),
        ("organisation_name", "people-organisation-name"),
        ("organisation_inn", "people-organisation-inn"),
        ("organisation_ogrn", "people-organisation-ogrn"),
        ("organisation_post", "people-organisation-post"),
    ]
    .into_iter()
    .fold(
        request
            .page(request.t("people-profile-title"))
            .with_errors(errors),
        |page, (field, key)| page.with_label(field, request.t(key)),
    );
    let contacts = &shown.contacts;
    html_with(
        status,
        &ProfilePage {
            page,
            email: masked_email(&contacts.email),
            called: shown.name.clone(),
            phone: contacts.phone.clone().unwrap_or_default(),
            address: contacts.address.clone().unwrap_or_default(),
            organisation: contacts.organisation.clone().unwrap_or_default(),
            language: contacts
                .language
                .map(Language::tag)
                .unwrap_or_default()
                .to_owned(),
            languages: vec![
                Choice::new(Language::Ru.tag(), request.t("people-language-ru")),
                Choice::new(Language::En.tag(), request.t("people-language-en")),
            ],
            sessions: people.open_sessions(&visitor.actor, token).await?,
            provisional: people.standing(&visitor.actor).await? == Standing::Provisional,
            second_factor: people.second_factor(&visitor.actor).await?,
        },
    )
    .map(unstored)
}

async fn profile(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    visitor.require_sign_in()?;
    let profile = people.profile(&visitor.actor).await?;
    page_of(&visitor, &people, &profile, Vec::new()).await
}

#[derive(Deserialize)]
struct ProfileForm {
    #[serde(default)]
    last_name: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    middle_name: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    address: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    organisation_name: String,
    #[serde(default)]
    organisation_inn: String,
    #[serde(default)]
    organisation_ogrn: String,
    #[serde(default)]
    organisation_post: String,
}

async fn save(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<ProfileForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let email = people.profile(&visitor.actor).await?.contacts.email;
    let shown = Profile {
        name: PersonName {
            last: form.last_name,
            first: form.first_name,
            middle: Some(form.middle_name),
        },
        contacts: Contacts {
            email,
            phone: Some(form.phone),
            address: Some(form.address),
            language: Language::from_tag(&form.language),
            organisation: Some(Organisation {
                name: form.organisation_name,
                inn: form.organisation_inn,
                ogrn: form.organisation_ogrn,
                post: form.organisation_post,
            }),
        },
    };
    match people
        .save_profile(&visitor.actor, &shown.name, &shown.contacts)
        .await
    {
        Ok(()) => {
            let request = &visitor.request;
            let mut response = request.redirect_saying("/profile", "people-profile-saved");
            if let Some(language) = shown.contacts.language {
                response
                    .headers_mut()
                    .append(SET_COOKIE, language_cookie(request, language));
            }
            Ok(response)
        }
        Err(Error::Invalid(errors)) => page_of(&visitor, &people, &shown, errors).await,
        Err(other) => Err(other.into()),
    }
}

async fn sign_out_everywhere(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    people.sign_out_everywhere(&visitor.actor).await?;
    Ok(signed_out(&visitor.request, "people-signed-out-everywhere"))
}

async fn sign_out_elsewhere(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    let token = visitor::token(&visitor.request).ok_or(Error::Unauthenticated)?;
    people.sign_out_elsewhere(&visitor.actor, token).await?;
    Ok(visitor
        .request
        .redirect_saying("/profile", "people-signed-out-elsewhere"))
}

#[derive(Deserialize)]
struct SessionForm {
    #[serde(default)]
    session: String,
}

async fn end_session(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<SessionForm>,
) -> PageResult {
    people.end_session(&visitor.actor, &form.session).await?;
    Ok(visitor
        .request
        .redirect_saying("/profile", "people-session-ended"))
}

async fn ask_to_confirm(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    people
        .ask_to_confirm(&visitor.actor, visitor.request.client)
        .await?;
    Ok(visitor
        .request
        .redirect_saying("/profile", "people-confirm-sent"))
}

#[derive(Template)]
#[template(path = "people-consents.html")]
struct ConsentsPage {
    page: Page,
    consents: Vec<GivenConsent>,
    may_withdraw: bool,
}

async fn consents(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    visitor.require_sign_in()?;
    consents_page(&visitor, &people, Vec::new()).await
}

async fn consents_page(visitor: &Visitor, people: &People, errors: Vec<FieldError>) -> PageResult {
    let request = &visitor.request;
    let consents = people.consents(&visitor.actor).await?;
    let page = request
        .page(request.t("people-consents-title"))
        .with_errors(errors)
        .with_label("current", request.t("people-current-password"));
    let shown = ConsentsPage {
        page,
        consents,
        may_withdraw: !visitor.actor.is_staff(),
    };
    if shown.page.has_errors() {
        html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown).map(unstored)
    } else {
        html(&shown).map(unstored)
    }
}

/// What somebody takes along who has just closed their account.
#[derive(Template)]
#[template(path = "people-left.html")]
struct LeftPage {
    page: Page,
    ways: Vec<WayBack>,
    /// Whether the same went by letter.
    letter: bool,
}

#[derive(Deserialize)]
struct WithdrawForm {
    #[serde(default)]
    consent: Uuid,
    #[serde(default)]
    current: String,
}

async fn withdraw(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<WithdrawForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    match people
        .withdraw_consent(&visitor.actor, form.consent, &form.current, request.client)
        .await
    {
        Ok(ways) if ways.is_empty() => Ok(signed_out(request, "people-consent-withdrawn")),
        Ok(ways) => {
            let page = request.page(request.t("people-left-title"));
            let letter = people.sends_letters();
            let left = LeftPage { page, ways, letter };
            let shown = html(&left).map(unstored)?;
            Ok(forgotten(request, shown))
        }
        Err(Error::Invalid(errors)) => consents_page(&visitor, &people, errors).await,
        Err(other) => Err(other.into()),
    }
}
