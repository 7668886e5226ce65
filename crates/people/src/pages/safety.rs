//! Password, e-mail and second factor: pages that ask for the password once more before anything
//! is changed.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use base::{Error, FieldError};
use serde::Deserialize;
use web::{Form, Page, PageResult, html, html_with};

use super::unstored;
use crate::codes::SetUp;
use crate::confirming::Standing;
use crate::model::masked_email;
use crate::own::as_new_password;
use crate::passwords::PASSWORD_LEAST;
use crate::visitor::{self, Visitor};
use crate::{People, SecondFactor};

const SECOND_FACTOR: &str = "/profile/second-factor";

pub(super) fn router() -> Router {
    Router::new()
        .route("/profile/password", get(password_form).post(password))
        .route("/profile/email", get(email_form).post(email))
        .route("/profile/second-factor", get(second_factor).post(begin))
        .route("/profile/second-factor/confirm", post(finish))
        .route("/profile/second-factor/off", post(turn_off))
        .route("/profile/second-factor/codes", post(new_codes))
}

fn status_of(page: &Page) -> StatusCode {
    if page.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    }
}

fn page_with(visitor: &Visitor, title: &str, errors: Vec<FieldError>) -> Page {
    let request = &visitor.request;
    request
        .page(request.t(title))
        .with_errors(errors)
        .with_label("current", request.t("people-current-password"))
        .with_label("new_password", request.t("people-new-password"))
        .with_label("email", request.t("people-new-email"))
        .with_label("code", request.t("people-code"))
}

#[derive(Template)]
#[template(path = "people-password.html")]
struct PasswordPage {
    page: Page,
}

impl PasswordPage {
    fn hint(&self) -> String {
        let least = i64::try_from(PASSWORD_LEAST).unwrap_or(i64::MAX);
        self.page.t1("people-password-hint", "least", least)
    }
}

async fn password_form(visitor: Visitor) -> PageResult {
    visitor.require_sign_in()?;
    let page = page_with(&visitor, "people-password-title", Vec::new());
    html(&PasswordPage { page }).map(unstored)
}

#[derive(Deserialize)]
struct PasswordForm {
    #[serde(default)]
    current: String,
    #[serde(default)]
    new_password: String,
}

async fn password(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<PasswordForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let token = visitor::token(request).unwrap_or_default();
    match people
        .change_password(
            &visitor.actor,
            &form.current,
            &form.new_password,
            token,
            request.client,
        )
        .await
    {
        Ok(()) => Ok(request.redirect_saying("/profile", "people-password-changed")),
        Err(Error::Invalid(errors)) => {
            let page = page_with(&visitor, "people-password-title", as_new_password(errors));
            html_with(status_of(&page), &PasswordPage { page }).map(unstored)
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "people-email.html")]
struct EmailPage {
    page: Page,
    present: String,
    email: String,
    sends_letters: bool,
    /// Whether the present address was never confirmed: then the new one is asked alone.
    provisional: bool,
}

async fn email_page(
    visitor: &Visitor,
    people: &People,
    email: String,
    errors: Vec<FieldError>,
) -> PageResult {
    let provisional = people.standing(&visitor.actor).await? == Standing::Provisional;
    let present = people.profile(&visitor.actor).await?.contacts.email;
    // Whoever mistyped their address must be able to see it.
    let present = if provisional {
        present
    } else {
        masked_email(&present)
    };
    let page = page_with(visitor, "people-email-title", errors);
    html_with(
        status_of(&page),
        &EmailPage {
            page,
            present,
            email,
            sends_letters: people.sends_letters(),
            provisional,
        },
    )
    .map(unstored)
}

async fn email_form(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    visitor.require_sign_in()?;
    email_page(&visitor, &people, String::new(), Vec::new()).await
}

#[derive(Deserialize)]
struct EmailForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    current: String,
}

async fn email(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<EmailForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let asked = match people.standing(&visitor.actor).await? {
        Standing::Provisional => "people-email-asked-new",
        Standing::Confirmed => "people-email-asked",
    };
    match people
        .ask_email_change(&visitor.actor, &form.email, &form.current, request.client)
        .await
    {
        Ok(()) => Ok(request.redirect_saying("/profile", asked)),
        Err(Error::Invalid(errors)) => email_page(&visitor, &people, form.email, errors).await,
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "people-second-factor.html")]
struct SecondFactorPage {
    page: Page,
    state: SecondFactor,
    /// While it is being set up.
    set_up: Option<SetUp>,
    token: String,
}

async fn second_factor_page(
    visitor: &Visitor,
    people: &People,
    set_up: Option<(SetUp, String)>,
    errors: Vec<FieldError>,
) -> PageResult {
    let page = page_with(visitor, "people-second-factor-title", errors);
    let state = people.second_factor(&visitor.actor).await?;
    let (set_up, token) = set_up.unzip();
    html_with(
        status_of(&page),
        &SecondFactorPage {
            page,
            state,
            set_up,
            token: token.unwrap_or_default(),
        },
    )
    .map(unstored)
}

async fn second_factor(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    visitor.require_sign_in()?;
    second_factor_page(&visitor, &people, None, Vec::new()).await
}

#[derive(Deserialize)]
struct CurrentForm {
    #[serde(default)]
    current: String,
}

async fn begin(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<CurrentForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let begun = people
        .begin_second_factor(&visitor.actor, &form.current, visitor.request.client)
        .await;
    match begun {
        Ok(set_up) => second_factor_page(&visitor, &people, Some(set_up), Vec::new()).await,
        Err(Error::Invalid(errors)) => second_factor_page(&visitor, &people, None, errors).await,
        Err(other) => Err(other.into()),
    }
}

#[derive(Deserialize)]
struct FinishForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    code: String,
}

async fn finish(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<FinishForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let actor = &visitor.actor;
    match people
        .finish_second_factor(actor, &form.token, &form.code)
        .await
    {
        Ok(codes) => codes_page(&visitor.request, codes.texts(), SECOND_FACTOR.to_owned()),
        Err(Error::Invalid(errors)) => {
            let shown = people.second_factor_begun(actor, &form.token).await?;
            second_factor_page(&visitor, &people, Some((shown, form.token)), errors).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn turn_off(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<CurrentForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    match people
        .end_second_factor(&visitor.actor, &form.current, request.client)
        .await
    {
        Ok(()) => Ok(request.redirect_saying(SECOND_FACTOR, "people-second-factor-ended")),
        Err(Error::Invalid(errors)) => second_factor_page(&visitor, &people, None, errors).await,
        Err(other) => Err(other.into()),
    }
}

async fn new_codes(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<CurrentForm>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    match people
        .renew_recovery_codes(&visitor.actor, &form.current, request.client)
        .await
    {
        Ok(codes) => codes_page(request, codes.texts(), SECOND_FACTOR.to_owned()),
        Err(Error::Invalid(errors)) => second_factor_page(&visitor, &people, None, errors).await,
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "people-codes.html")]
struct CodesPage {
    page: Page,
    codes: Vec<String>,
    on: String,
}

/// Recovery codes, once; `on` is where the way goes on.
pub(super) fn codes_page(
    request: &web::Request,
    codes: &[String],
    on: String,
) -> Result<Response, web::PageError> {
    html(&CodesPage {
        page: request.page(request.t("people-codes-title")),
        codes: codes.to_vec(),
        on,
    })
    .map(unstored)
}
