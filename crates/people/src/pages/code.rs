//! The page after the password: the code of the second factor, or setting it up where it has to be
//! had and is not there yet.

use askama::Template;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use base::{Actor, Error, FieldError};
use serde::Deserialize;
use web::{Form, Page, PageResult, cookies, html_with};

use super::{device, landing, let_in, stay, unstored};
use crate::codes::SetUp;
use crate::{People, Visitor};

/// Name of the cookie that somebody has between password and code.
const PENDING: &str = "pending";

/// For how many seconds the browser keeps it.
const PENDING_SECONDS: u32 = 600;

const HERE: &str = "/sign-in/code";

pub(super) fn router() -> Router {
    Router::new().route("/sign-in/code", get(code_form).post(enter_code))
}

/// Sends the browser on to type a code.
pub(super) fn ask(request: &web::Request, token: &str, next: &str) -> Response {
    let address = if next.is_empty() {
        HERE.to_owned()
    } else {
        format!("{HERE}?next={}", super::encoded(next))
    };
    let mut response = request.redirect(&address);
    let cookie = cookies::set(request.shell(), PENDING, token, PENDING_SECONDS);
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

#[derive(Template)]
#[template(path = "people-code.html")]
struct CodePage {
    page: Page,
    set_up: Option<SetUp>,
    next: String,
}

async fn page_of(
    visitor: &Visitor,
    people: &People,
    token: &str,
    next: String,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let set_up = people.awaited(token).await?;
    let title = if set_up.is_some() {
        "people-set-up-title"
    } else {
        "people-code-title"
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = request
        .page(request.t(title))
        .with_errors(errors)
        .with_label("code", request.t("people-code"));
    html_with(status, &CodePage { page, set_up, next }).map(unstored)
}

/// Whoever has no such cookie, or one that is good no more, begins anew.
fn anew(request: &web::Request, next: &str) -> Response {
    let address = if next.is_empty() {
        "/sign-in".to_owned()
    } else {
        format!("/sign-in?next={}", super::encoded(next))
    };
    let mut response = request.redirect_saying(&address, "people-code-anew");
    let cookie = cookies::remove(request.shell(), PENDING);
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}

async fn code_form(
    visitor: Visitor,
    Extension(people): Extension<People>,
    asked: Result<axum::extract::Query<super::Where>, axum::extract::rejection::QueryRejection>,
) -> PageResult {
    let next = super::next_of(asked);
    let Some(token) = visitor.request.cookie(PENDING) else {
        return Ok(anew(&visitor.request, &next));
    };
    match page_of(&visitor, &people, token, next.clone(), Vec::new()).await {
        Err(web::PageError(Error::NotFound)) => Ok(anew(&visitor.request, &next)),
        other => other,
    }
}

#[derive(Deserialize)]
struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

async fn enter_code(
    visitor: Visitor,
    Extension(people): Extension<People>,
    headers: HeaderMap,
    Form(form): Form<CodeForm>,
) -> PageResult {
    let request = &visitor.request;
    let next = stay(&form.next);
    let Some(token) = request.cookie(PENDING) else {
        return Ok(anew(request, &next));
    };
    let from = device::from(request, &headers);
    match people.enter_code(token, &form.code, from).await {
        Ok(entered) => {
            let way = async |actor: &Actor| landing(&next, actor).to_owned();
            let mut response = let_in(&visitor, &people, entered.token.as_str(), way).await?;
            let gone = cookies::remove(request.shell(), PENDING);
            if let Some(codes) = entered.codes {
                // The codes are shown once, before the way goes on.
                let on = response
                    .headers()
                    .get(axum::http::header::LOCATION)
                    .and_then(|value| value.to_str().ok())
                    .unwrap_or("/")
                    .to_owned();
                let mut shown = super::safety::codes_page(request, codes.texts(), on)?;
                for cookie in response.headers().get_all(SET_COOKIE) {
                    shown.headers_mut().append(SET_COOKIE, cookie.clone());
                }
                response = shown;
            }
            response.headers_mut().append(SET_COOKIE, gone);
            Ok(response)
        }
        Err(Error::NotFound) => Ok(anew(request, &next)),
        Err(Error::Invalid(errors)) => page_of(&visitor, &people, token, next, errors).await,
        Err(other) => Err(other.into()),
    }
}
