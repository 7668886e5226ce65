//! Who stands at the window: the extractor that every handler of every slice takes, and the layer
//! that finds out once per request whose session the cookie names, or whose token a program sent.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use base::{Actor, Error, Result, Who};
use web::cookies::SESSION;
use web::{PageError, Viewer, api};

use crate::People;

/// Longer than any session lasts: the table says when one ends, not the browser.
const COOKIE_SECONDS: u32 = 30 * 24 * 3600;

/// Whoever made the request, and the request itself.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who acts; a guest when nobody is signed in.
    pub actor: Actor,
    /// The facts of the request.
    pub request: web::Request,
    /// How the page greets them; none for a guest.
    pub viewer: Option<Viewer>,
}

/// Left in a request whose session was looked up already.
#[derive(Clone, Copy)]
struct Recognised;

impl Visitor {
    /// Refuses guests: on a page they are sent to sign in and come back.
    pub fn require_sign_in(&self) -> Result<()> {
        match self.actor.who {
            Who::Guest => Err(Error::Unauthenticated),
            _ => Ok(()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &S,
    ) -> std::result::Result<Self, PageError> {
        let request = web::Request::from_request_parts(parts, state).await?;
        if parts.extensions.get::<Recognised>().is_none() {
            let people = parts
                .extensions
                .get::<People>()
                .cloned()
                .ok_or_else(|| Error::internal("the router lacks people::visitor::layer"))?;
            let Parts {
                headers,
                extensions,
                ..
            } = parts;
            recognise(&people, &request, headers, extensions).await?;
        }
        Ok(Self {
            actor: request.actor(),
            viewer: request.viewer().cloned(),
            request,
        })
    }
}

/// Puts [`People`] under every route of `router` and finds out for each request who is signed in.
/// Goes around `web::router()` with every slice merged into it, so that pages which are not there
/// know the visitor too, and inside `web::layers`.
pub fn layer(router: Router, people: People) -> Router {
    router
        .layer(from_fn_with_state(people.clone(), look_up))
        .layer(Extension(people))
}

async fn look_up(
    axum::extract::State(people): axum::extract::State<People>,
    request: axum::extract::Request,
    next: Next,
) -> Response {
    // Embedded files are the same for everybody.
    if request.uri().path().starts_with("/assets/") {
        return next.run(request).await;
    }
    let Some(facts) = request.extensions().get::<web::Request>().cloned() else {
        return next.run(request).await;
    };
    let (mut parts, body) = request.into_parts();
    match recognise(&people, &facts, &parts.headers, &mut parts.extensions).await {
        Ok(()) => {
            next.run(axum::extract::Request::from_parts(parts, body))
                .await
        }
        // A program is told what is wrong with its token and how one signs in.
        Err(Error::Unauthenticated) => api::invalid_token(&facts),
        Err(error) => PageError::from(error).into_response(),
    }
}

/// The token that a program sent. Only the interface for programs reads one: a page is for a
/// browser with its session.
fn bearer<'h>(request: &web::Request, headers: &'h HeaderMap) -> Option<&'h str> {
    if !request.path.starts_with("/api/") {
        return None;
    }
    api::bearer(headers)
}

async fn recognise(
    people: &People,
    request: &web::Request,
    headers: &HeaderMap,
    extensions: &mut Extensions,
) -> Result<()> {
    if let Some(text) = bearer(request, headers) {
        let known = people.bearer(text, request.language).await?;
        let known = known.ok_or(Error::Unauthenticated)?;
        let signed_in = known.signed_in;
        web::request::know(extensions, signed_in.actor, Some(signed_in.viewer));
        extensions.insert(known.scopes);
    } else if let Some(token) = request.cookie(SESSION)
        && let Some(known) = people.session(token, request.language).await?
    {
        web::request::know(extensions, known.actor, Some(known.viewer));
    }
    extensions.insert(Recognised);
    Ok(())
}

/// The token that the browser sent.
pub(crate) fn token(request: &web::Request) -> Option<&str> {
    request.cookie(SESSION)
}

/// Gives the browser its token.
pub(crate) fn cookie(request: &web::Request, token: &str) -> HeaderValue {
    web::cookies::set(request.shell(), SESSION, token, COOKIE_SECONDS)
}

/// Makes the browser forget its token.
pub(crate) fn no_cookie(request: &web::Request) -> HeaderValue {
    web::cookies::remove(request.shell(), SESSION)
}
