//! Pages that links of letters lead to: confirming an e-mail, a new password, an invitation, a
//! change of e-mail. Opening one changes nothing, so that programs which look into letters use no
//! link up; the button on the page does.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use base::{Error, FieldError};
use serde::Deserialize;
use web::{Form, Page, PageResult, html, html_with};

use super::unstored;
use crate::own::EmailStep;
use crate::passwords::PASSWORD_LEAST;
use crate::{People, Visitor};

pub(super) fn router() -> Router {
    Router::new()
        .route("/confirm/{token}", get(confirm_form).post(confirm))
        .route("/reset", get(reset_form).post(ask_reset))
        .route("/reset/{token}", get(new_password_form).post(new_password))
        .route("/invite/{token}", get(invitation_form).post(invitation))
        .route("/change-email/{token}", get(email_form).post(email))
}

#[derive(Template)]
#[template(path = "people-link.html")]
struct LinkPage {
    page: Page,
    text: String,
    /// What the button says; empty for a link that is good no more.
    action: String,
    /// Where to get another link, when this one is good no more.
    again: &'static str,
}

fn stale(visitor: &Visitor, again: &'static str) -> PageResult {
    let request = &visitor.request;
    html_with(
        StatusCode::NOT_FOUND,
        &LinkPage {
            page: request.page(request.t("people-link-stale-title")),
            text: request.t("people-link-stale").into_owned(),
            action: String::new(),
            again,
        },
    )
    .map(unstored)
}

fn ask(visitor: &Visitor, title: &str, text: &str, action: &str) -> PageResult {
    let request = &visitor.request;
    html(&LinkPage {
        page: request.page(request.t(title)),
        text: request.t(text).into_owned(),
        action: request.t(action).into_owned(),
        again: "",
    })
    .map(unstored)
}

/// Where somebody goes on after a link: into their profile, or to sign in.
fn on(visitor: &Visitor) -> &'static str {
    if visitor.viewer.is_some() {
        "/profile"
    } else {
        "/sign-in"
    }
}

async fn confirm_form(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(token): Path<String>,
) -> PageResult {
    if !people.can_confirm(&token).await? {
        return stale(&visitor, "/profile");
    }
    ask(
        &visitor,
        "people-confirm-title",
        "people-confirm-text",
        "people-confirm-do",
    )
}

async fn confirm(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(token): Path<String>,
) -> PageResult {
    match people.confirm(&visitor.actor, &token).await {
        Ok(()) => Ok(visitor
            .request
            .redirect_saying(on(&visitor), "people-confirmed")),
        Err(Error::NotFound) => stale(&visitor, "/profile"),
        Err(other) => Err(other.into()),
    }
}

async fn email_form(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(token): Path<String>,
) -> PageResult {
    if !people.can_agree_to_email(&token).await? {
        return stale(&visitor, "/profile/email");
    }
    ask(
        &visitor,
        "people-email-title",
        "people-email-agree-text",
        "people-email-agree-do",
    )
}

async fn email(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(token): Path<String>,
) -> PageResult {
    match people.agree_to_email(&visitor.actor, &token).await {
        Ok(EmailStep::Done) => Ok(visitor
            .request
            .redirect_saying("/sign-in", "people-email-changed")),
        Ok(EmailStep::Waits) => Ok(visitor
            .request
            .redirect_saying(on(&visitor), "people-email-waits")),
        Err(Error::NotFound) => stale(&visitor, "/profile/email"),
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "people-reset.html")]
struct ResetPage {
    page: Page,
    email: String,
    sends_letters: bool,
}

async fn reset_form(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    let request = &visitor.request;
    html(&ResetPage {
        page: request.page(request.t("people-reset-title")),
        email: String::new(),
        sends_letters: people.sends_letters(),
    })
    .map(unstored)
}

#[derive(Deserialize)]
struct EmailForm {
    #[serde(default)]
    email: String,
}

async fn ask_reset(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<EmailForm>,
) -> PageResult {
    let request = &visitor.request;
    match people
        .ask_to_reset(&visitor.actor, &form.email, request.client)
        .await
    {
        // One answer, whether or not there is such an account.
        Ok(()) => Ok(request.redirect_saying("/sign-in", "people-reset-asked")),
        Err(Error::Invalid(errors)) => {
            let page = request
                .page(request.t("people-reset-title"))
                .with_errors(errors)
                .with_label("email", request.t("people-email"));
            html_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &ResetPage {
                    page,
                    email: form.email,
                    sends_letters: true,
                },
            )
            .map(unstored)
        }
        Err(other) => Err(other.into()),
    }
}

#[derive(Template)]
#[template(path = "people-new-password.html")]
struct NewPasswordPage {
    page: Page,
    text: String,
}

impl NewPasswordPage {
    fn hint(&self) -> String {
        let least = i64::try_from(PASSWORD_LEAST).unwrap_or(i64::MAX);
        self.page.t1("people-password-hint", "least", least)
    }
}

/// A link for a new password, or an invitation.
#[derive(Clone, Copy)]
enum Door {
    Reset,
    Invitation,
}

impl Door {
    const fn title(self) -> &'static str {
        match self {
            Door::Reset => "people-new-password-title",
            Door::Invitation => "people-invitation-title",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Door::Reset => "people-new-password-text",
            Door::Invitation => "people-invitation-text",
        }
    }
}

fn password_page(visitor: &Visitor, door: Door, errors: Vec<FieldError>) -> PageResult {
    let request = &visitor.request;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = request
        .page(request.t(door.title()))
        .with_errors(errors)
        .with_label("password", request.t("people-new-password"));
    let text = request.t(door.text()).into_owned();
    html_with(status, &NewPasswordPage { page, text }).map(unstored)
}

async fn new_password_form(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(token): Path<String>,
) -> PageResult {
    if people.can_reset(&token).await? {
        password_page(&visitor, Door::Reset, Vec::new())
    } else {
        stale(&visitor, "/reset")
    }
}

async fn invitation_form(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(token): Path<String>,
) -> PageResult {
    if people.can_accept(&token).await? {
        password_page(&visitor, Door::Invitation, Vec::new())
    } else {
        stale(&visitor, "")
    }
}

#[derive(Deserialize)]
struct PasswordForm {
    #[serde(default)]
    password: String,
}

async fn new_password(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(token): Path<String>,
    Form(form): Form<PasswordForm>,
) -> PageResult {
    let set = people.reset(&visitor.actor, &token, &form.password).await;
    password_set(&visitor, Door::Reset, set)
}

async fn invitation(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Path(token): Path<String>,
    Form(form): Form<PasswordForm>,
) -> PageResult {
    let set = people
        .accept_invitation(&visitor.actor, &token, &form.password)
        .await;
    password_set(&visitor, Door::Invitation, set)
}

fn password_set(visitor: &Visitor, door: Door, set: base::Result<()>) -> PageResult {
    match set {
        Ok(()) => {
            let response: Response = visitor
                .request
                .redirect_saying("/sign-in", "people-password-set");
            Ok(response)
        }
        Err(Error::Invalid(errors)) => password_page(visitor, door, errors),
        Err(Error::NotFound) => stale(
            visitor,
            match door {
                Door::Reset => "/reset",
                Door::Invitation => "",
            },
        ),
        Err(other) => Err(other.into()),
    }
}
