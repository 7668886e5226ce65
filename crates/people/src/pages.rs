//! Pages of this slice: signing in, signing up and signing out here; the profile, links out of
//! letters and the administration in the files below. What was typed comes back with the mistakes
//! beside the fields; passwords never do.

pub mod admin;
mod code;
mod device;
mod links;
mod profile;
mod safety;
mod tokens;

use askama::Template;
use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Extension, Router};
use base::{Actor, Error, FieldError};
use serde::Deserialize;
use web::request::local_path;
use web::{Form, Page, PageResult, html, html_with};

use crate::model::{PersonName, SignUp};
use crate::passwords::PASSWORD_LEAST;
use crate::visitor::{self, Visitor};
use crate::{Consent, Entry, People};

/// Where an applicant lands after signing in from nowhere in particular.
const CABINET: &str = "/cabinet";

/// The same for staff.
const DESK: &str = "/desk";
const RECEPTION: &str = "/reception";

/// The same for administrators, who work on no cases.
const ADMIN: &str = "/admin";

/// The routes of this slice; they need [`visitor::layer`](crate::visitor::layer) around them,
/// which goes around `web::router()` with every slice merged into it.
pub fn router() -> Router {
    Router::new()
        .route("/sign-in", get(sign_in_form).post(sign_in))
        .route("/sign-up", get(sign_up_form).post(sign_up))
        .route("/sign-out", post(sign_out))
        .merge(code::router())
        .merge(links::router())
        .merge(profile::router())
        .merge(safety::router())
        .merge(tokens::router())
}

#[derive(Default, Deserialize)]
struct Where {
    #[serde(default)]
    next: String,
}

/// The page to go on to, kept to this site; empty when none was named.
fn next_of(asked: Result<Query<Where>, QueryRejection>) -> String {
    stay(&asked.map(|query| query.0.next).unwrap_or_default())
}

fn stay(next: &str) -> String {
    match local_path(next) {
        "/" => String::new(),
        // Coming back to these would only ask again.
        path if path.starts_with("/sign-") => String::new(),
        path => path.to_owned(),
    }
}

#[derive(Template)]
#[template(path = "people-sign-in.html")]
struct SignInPage {
    page: Page,
    email: String,
    next: String,
}

async fn sign_in_form(visitor: Visitor, asked: Result<Query<Where>, QueryRejection>) -> PageResult {
    let next = next_of(asked);
    if visitor.viewer.is_some() {
        return Ok(visitor.request.redirect(landing(&next, &visitor.actor)));
    }
    let page = visitor
        .request
        .page(visitor.request.t("people-sign-in-title"));
    html(&SignInPage {
        page,
        email: String::new(),
        next,
    })
    .map(unstored)
}

fn landing<'n>(next: &'n str, actor: &Actor) -> &'n str {
    match next {
        "" if crate::allows_somewhere(actor, crate::Permission::ReadUnitCases) => DESK,
        "" if crate::allows_somewhere(actor, crate::Permission::FileOnBehalf) => RECEPTION,
        "" if actor.is_staff() => ADMIN,
        "" => CABINET,
        next => next,
    }
}

#[derive(Deserialize)]
struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

async fn sign_in(
    visitor: Visitor,
    Extension(people): Extension<People>,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> PageResult {
    let request = &visitor.request;
    let next = stay(&form.next);
    let from = device::from(request, &headers);
    match people.enter(&form.email, &form.password, from).await {
        Ok(Entry::Signed(token)) => {
            let next = next.as_str();
            let way = async |actor: &Actor| landing(next, actor).to_owned();
            let_in(&visitor, &people, token.as_str(), way).await
        }
        Ok(Entry::Code(token) | Entry::SetUp(token)) => {
            Ok(code::ask(request, token.as_str(), &next))
        }
        Err(Error::Invalid(errors)) => {
            let page = request
                .page(request.t("people-sign-in-title"))
                .with_errors(errors)
                .with_label("email", request.t("people-email"))
                .with_label("password", request.t("people-password"));
            html_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &SignInPage {
                    page,
                    email: form.email,
                    next,
                },
            )
            .map(unstored)
        }
        Err(other) => Err(other.into()),
    }
}

/// Gives the browser its session and sends it on to where `way` says.
async fn let_in(
    visitor: &Visitor,
    people: &People,
    token: &str,
    way: impl AsyncFnOnce(&Actor) -> String,
) -> PageResult {
    let request = &visitor.request;
    // A token is never kept over a sign-in: the old session ends.
    if let Some(old) = visitor::token(request) {
        people.sign_out(old).await?;
    }
    let known = people.session(token, request.language).await?;
    let actor = known.map_or_else(|| visitor.actor.clone(), |known| known.actor);
    let mut response = request.redirect(&way(&actor).await);
    response
        .headers_mut()
        .append(SET_COOKIE, visitor::cookie(request, token));
    // Who chose a language in the profile is met in it, on a new device too.
    if request.cookie(web::cookies::LANGUAGE).is_none()
        && let Ok(profile) = people.profile(&actor).await
        && let Some(language) = profile.contacts.language
    {
        response
            .headers_mut()
            .append(SET_COOKIE, language_cookie(request, language));
    }
    Ok(response)
}

fn language_cookie(request: &web::Request, language: base::Language) -> axum::http::HeaderValue {
    web::cookies::set(
        request.shell(),
        web::cookies::LANGUAGE,
        language.tag(),
        web::cookies::YEAR,
    )
}

#[derive(Template)]
#[template(path = "people-sign-up.html")]
struct SignUpPage {
    page: Page,
    typed: PersonName,
    email: String,
    agreed: bool,
    consent: Consent,
    next: String,
}

impl SignUpPage {
    fn middle(&self) -> &str {
        self.typed.middle.as_deref().unwrap_or_default()
    }

    fn password_hint(&self) -> String {
        let least = i64::try_from(PASSWORD_LEAST).unwrap_or(i64::MAX);
        self.page.t1("people-password-hint", "least", least)
    }
}

async fn sign_up_form(
    visitor: Visitor,
    Extension(people): Extension<People>,
    asked: Result<Query<Where>, QueryRejection>,
) -> PageResult {
    let request = &visitor.request;
    let next = next_of(asked);
    if visitor.viewer.is_some() {
        return Ok(request.redirect(landing(&next, &visitor.actor)));
    }
    html(&SignUpPage {
        page: request.page(request.t("people-sign-up-title")),
        typed: PersonName::default(),
        email: String::new(),
        agreed: false,
        consent: people.consent(request.language)?,
        next,
    })
    .map(unstored)
}

#[derive(Deserialize)]
struct SignUpForm {
    #[serde(default)]
    last_name: String,
    #[serde(default)]
    first_name: String,
    #[serde(default)]
    middle_name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    consent: String,
    #[serde(default)]
    next: String,
}

async fn sign_up(
    visitor: Visitor,
    Extension(people): Extension<People>,
    Form(form): Form<SignUpForm>,
) -> PageResult {
    let request = &visitor.request;
    let next = stay(&form.next);
    let asked = SignUp {
        name: PersonName {
            last: form.last_name,
            first: form.first_name,
            middle: Some(form.middle_name).filter(|text| !text.is_empty()),
        },
        email: form.email,
        password: form.password,
        consent: form.consent == "yes",
    };
    let signed_up = match asked.check() {
        Ok(()) => {
            people.admit_sign_up(request.client)?;
            people.sign_up(&visitor.actor, asked.clone()).await
        }
        Err(wrong) => Err(wrong),
    };
    match signed_up {
        // One answer, whether the e-mail was free or taken.
        Ok(_) => {
            let address = if next.is_empty() {
                "/sign-in".to_owned()
            } else {
                format!("/sign-in?next={}", encoded(&next))
            };
            let said = if people.sends_letters() {
                "people-signed-up-letter"
            } else {
                "people-signed-up"
            };
            Ok(request.redirect_saying(&address, said))
        }
        Err(Error::Invalid(errors)) => {
            let page = labelled(request, errors);
            html_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &SignUpPage {
                    page,
                    typed: asked.name,
                    email: asked.email,
                    agreed: asked.consent,
                    consent: people.consent(request.language)?,
                    next,
                },
            )
            .map(unstored)
        }
        Err(other) => Err(other.into()),
    }
}

fn labelled(request: &web::Request, errors: Vec<FieldError>) -> Page {
    let page = request
        .page(request.t("people-sign-up-title"))
        .with_errors(errors);
    [
        ("last_name", "people-last-name"),
        ("first_name", "people-first-name"),
        ("middle_name", "people-middle-name"),
        ("email", "people-email"),
        ("password", "people-password"),
    ]
    .into_iter()
    .fold(page, |page, (field, key)| {
        page.with_label(field, request.t(key))
    })
}

/// A local path as a value inside a query: what would end the value is escaped.
fn encoded(path: &str) -> String {
    path.replace('%', "%25")
        .replace('&', "%26")
        .replace('#', "%23")
        .replace('+', "%2B")
        .replace('?', "%3F")
}

async fn sign_out(visitor: Visitor, Extension(people): Extension<People>) -> PageResult {
    let request = &visitor.request;
    if let Some(token) = visitor::token(request) {
        people.sign_out(token).await?;
    }
    Ok(signed_out(request, "people-signed-out"))
}

fn signed_out(request: &web::Request, key: &str) -> Response {
    let response = request.redirect_saying("/", key);
    forgotten(request, response)
}

/// Makes the browser forget who it was.
fn forgotten(request: &web::Request, mut response: Response) -> Response {
    for cookie in [
        visitor::no_cookie(request),
        web::cookies::remove(request.shell(), web::cookies::PASS),
        web::cookies::remove(request.shell(), web::cookies::DIALOGUE),
    ] {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// Keeps a page with personal data or a form for a password out of every cache.
fn unstored(mut response: Response) -> Response {
    response.headers_mut().insert(
        CACHE_CONTROL,
        axum::http::HeaderValue::from_static("no-store"),
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_on_stays_on_this_site_and_does_not_go_round() {
        for (asked, kept) in [
            ("/cases/1?x=1&y=2", "/cases/1?x=1&y=2"),
            ("//evil.example", ""),
            ("https://evil.example/", ""),
            ("/sign-in?next=/x", ""),
            ("/", ""),
            ("", ""),
        ] {
            assert_eq!(stay(asked), kept, "{asked}");
        }
    }

    #[test]
    fn the_way_on_survives_being_part_of_an_address() {
        let address = format!("http://x/sign-in?next={}", encoded("/cases/1?x=%D0&y=2#z"));
        let query = Query::<Where>::try_from_uri(&address.parse().unwrap()).unwrap();
        assert_eq!(query.0.next, "/cases/1?x=%D0&y=2#z");
    }
}
