//! The few addresses that belong to no slice: embedded files, the choice of language and theme,
//! explanations of problems, and what robots ask for.

use axum::Router;
use axum::extract::Path;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use axum::routing::{get, post};
use base::{Error, Language};
use serde::Deserialize;

use crate::cookies;
use crate::errors::{PageError, PageResult};
use crate::form::Form;
use crate::request::{Request, local_path};

/// Every address that `web` answers by itself, and the page for those that nobody answers. The
/// binary merges the slices into it.
pub fn router() -> Router {
    Router::new()
        .route("/assets/{name}", get(asset))
        .route("/favicon.svg", get(favicon))
        .route("/robots.txt", get(robots))
        .route("/lang/{tag}", get(language))
        .route("/theme", post(theme))
        .merge(crate::access::router())
        .merge(crate::app::router())
        .merge(crate::help::router())
        .merge(crate::glossary::router())
        .fallback(|| async { PageError(Error::NotFound) })
}

async fn asset(request: Request, headers: HeaderMap) -> PageResult {
    let assets = request.shell().assets();
    let found = assets.at(&request.path).ok_or(Error::NotFound)?;
    Ok(found.response(&headers, true).await)
}

async fn favicon(request: Request, headers: HeaderMap) -> PageResult {
    let assets = request.shell().assets();
    let found = assets.named("logo.svg").ok_or(Error::NotFound)?;
    Ok(found.response(&headers, false).await)
}

/// Search engines may read what is public; cabinets, desks and single cases are nobody's index.
async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /cabinet\nDisallow: /desk\nDisallow: /cases/\nDisallow: /sign-in\nDisallow: /lang/\nDisallow: /access\n"
}

async fn language(request: Request, Path(tag): Path<String>) -> PageResult {
    let language = Language::from_tag(&tag).ok_or(Error::NotFound)?;
    let next = axum::extract::Query::<Next>::try_from_uri(
        &format!("/?{}", request.query).parse().unwrap_or_default(),
    )
    .map_or_else(|_| "/".to_owned(), |query| query.0.next);
    let mut response = request.redirect(local_path(&next));
    response.headers_mut().append(
        SET_COOKIE,
        cookies::set(
            request.shell(),
            cookies::LANGUAGE,
            language.tag(),
            cookies::YEAR,
        ),
    );
    Ok(response)
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
struct Choice {
    theme: String,
    #[serde(default)]
    next: String,
}

async fn theme(request: Request, Form(choice): Form<Choice>) -> Response {
    let shell = request.shell();
    let cookie = if ["light", "dark"].contains(&choice.theme.as_str()) {
        cookies::set(shell, cookies::THEME, &choice.theme, cookies::YEAR)
    } else {
        cookies::remove(shell, cookies::THEME)
    };
    let mut response = request.redirect(local_path(&choice.next));
    response.headers_mut().append(SET_COOKIE, cookie);
    response
}
