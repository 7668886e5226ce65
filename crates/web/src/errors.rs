//! One error type, two faces: [`PageError`] is read by people as a page, [`ApiError`] by programs
//! as problem details (RFC 9457). Handlers of pages return the first, endpoints the second; both
//! come from `base::Error` by `?`. What only the operator may read goes to the log under the
//! request id, and the page shows that id.

use askama::Template;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{Error, FieldError, Language};
use serde::Serialize;
use utoipa::ToSchema;

use crate::page::{Page, html_text, sentence};
use crate::request::{Request, current};

/// The result of a handler that answers with a page.
pub type PageResult = Result<Response, PageError>;

/// An error that people read as a page; a program that asked for JSON reads a problem here too.
#[derive(Debug)]
pub struct PageError(pub Error);

/// An error that programs read as problem details.
#[derive(Debug)]
pub struct ApiError(pub Error);

impl From<Error> for PageError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        Self(Error::internal(error))
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let request = current();
        let as_problem = request.as_ref().is_some_and(|request| request.wants_json);
        Refusal::of(&self.0).respond(request.as_ref(), as_problem)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        Refusal::of(&self.0).respond(current().as_ref(), true)
    }
}

/// Problem details (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The kind of problem, an address under which it is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do.
    pub detail: String,
    /// The request id, by which the operator finds it in the log.
    pub instance: String,
    /// Each wrong field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
}

/// One wrong field of a problem.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// The name of the field; empty for the whole body.
    pub field: String,
    /// What is wrong with it.
    pub message: String,
}

/// Whether a conflict is that somebody else was faster.
fn is_overtaken(key: &str) -> bool {
    ["-meanwhile", "-overtaken", "-moved-on", "-state", "-taken"]
        .iter()
        .any(|end| key.ends_with(end))
}

/// Marks a response whose body already speaks of the error, so that no layer replaces it.
#[derive(Clone, Copy)]
pub(crate) struct Spoken;

/// A refusal before it is put into words.
#[derive(Debug)]
pub(crate) struct Refusal<'a> {
    pub(crate) status: StatusCode,
    /// Names the title `error-<code>` and the sentence `error-<code>-do`.
    pub(crate) code: &'static str,
    /// A sentence of its own instead of `error-<code>-do`.
    pub(crate) key: Option<&'static str>,
    pub(crate) fields: &'a [FieldError],
    pub(crate) retry_after: Option<u32>,
    /// What only the log may hold.
    pub(crate) detail: Option<&'a str>,
}

impl<'a> Refusal<'a> {
    /// A refusal that only its status and code describe.
    pub(crate) const fn plain(status: StatusCode, code: &'static str) -> Self {
        Self {
            status,
            code,
            key: None,
            fields: &[],
            retry_after: None,
            detail: None,
        }
    }

    pub(crate) fn of(error: &'a Error) -> Self {
        let status =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut refusal = Self::plain(status, error.code());
        match error {
            Error::Invalid(fields) => refusal.fields = fields,
            Error::Malformed(key) | Error::Conflict(key) => refusal.key = Some(key),
            Error::TooMany(seconds) => refusal.retry_after = Some(*seconds),
            Error::Busy => refusal.retry_after = Some(2),
            Error::ReadOnly => refusal.retry_after = Some(30),
            Error::Internal(detail) => refusal.detail = Some(detail.for_the_log()),
            Error::NotFound | Error::Unauthenticated | Error::Forbidden => {}
        }
        refusal
    }

    pub(crate) fn respond(&self, request: Option<&Request>, as_problem: bool) -> Response {
        if self.status.is_server_error() && self.status != StatusCode::SERVICE_UNAVAILABLE {
            let id = request.map_or("", |request| request.id.as_str());
            tracing::error!(
                request = id,
                detail = self.detail,
                "a request failed by our fault"
            );
        }
        let mut response = match request {
            Some(request) if as_problem => self.problem(request),
            Some(request) => self.page(request),
            // Outside of the layers there are no words; the status says what there is to say.
            None => self.status.into_response(),
        };
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if response.status() == StatusCode::UNAUTHORIZED {
            let way = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(WWW_AUTHENTICATE, way);
        }
        response.extensions_mut().insert(Spoken);
        response
    }

    fn title_key(&self) -> String {
        format!("error-{}", self.code)
    }

    /// The title of the page. Where a rule forbids it nobody has changed anything: the sentence
    /// says which.
    fn page_title_key(&self) -> String {
        match self.key {
            Some(key) if self.status == StatusCode::CONFLICT && !is_overtaken(key) => {
                "error-conflict-rule".to_owned()
            }
            _ => self.title_key(),
        }
    }

    fn what_to_do(&self, request: &Request) -> String {
        match self.key {
            Some(key) => request.ta(key, &[]),
            None => request.ta(
                &format!("error-{}-do", self.code),
                &[("seconds", self.retry_after.unwrap_or(1).into())],
            ),
        }
    }

    fn problem(&self, request: &Request) -> Response {
        let problem = Problem {
            kind: format!("/problems/{}", self.code),
            title: request.ta(&self.title_key(), &[]),
            status: self.status.as_u16(),
            detail: self.what_to_do(request),
            instance: request.id.clone(),
            errors: self
                .said_fields(request)
                .into_iter()
                .map(|(field, message)| ProblemField { field, message })
                .collect(),
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        (self.status, [(CONTENT_TYPE, kind)], body).into_response()
    }

    fn page(&self, request: &Request) -> Response {
        if self.status == StatusCode::UNAUTHORIZED && !self.keeps_typed(request) {
            // A redirect: the browser has no header to answer with.
            return to_sign_in(request);
        }
        if self.keeps_typed(request) {
            return ended(request);
        }
        let title = request.ta(&self.page_title_key(), &[]);
        let page = ErrorPage {
            what_to_do: self.what_to_do(request),
            fields: self.said_fields(request),
            incident: self.status.is_server_error(),
            missing: self.status == StatusCode::NOT_FOUND,
            ended: self.is_for_somebody() && request.has_ended(),
            page: request.page(title),
        };
        match page.render() {
            Ok(text) => {
                let mut response = html_text(self.status, text);
                response
                    .headers_mut()
                    .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
                response
            }
            Err(error) => {
                tracing::error!(request = request.id, %error, "the error page cannot be rendered");
                self.status.into_response()
            }
        }
    }

    /// Whether something was typed that would be lost because a sign-in, or a guest's way into a
    /// case, has ended. Signing out in another tab takes the cookie along: nobody but staff has
    /// texts to send to the desk, the reception and the administration, and whoever fills in a form
    /// has begun it, so that these are kept without it. Whoever is let in and may not do it there is
    /// told that, not that the sign-in ended.
    fn keeps_typed(&self, request: &Request) -> bool {
        let typed = request.typed();
        let worked_on: &[&str] = if self.status == StatusCode::UNAUTHORIZED {
            &["/desk/", "/admin/", "/reception/", "/file/"]
        } else {
            &["/desk/"]
        };
        let is_work = worked_on
            .iter()
            .any(|start| request.path.starts_with(start))
            && typed.iter().any(|(_, value)| EndedPage::is_text(value));
        let was_let_in = request.has_ended() || request.path.starts_with("/cases/") || is_work;
        was_let_in && self.is_for_somebody() && !typed.is_empty()
    }

    /// Whether it may be because of who asks that there is nothing to see.
    fn is_for_somebody(&self) -> bool {
        [
            StatusCode::UNAUTHORIZED,
            StatusCode::FORBIDDEN,
            StatusCode::NOT_FOUND,
        ]
        .contains(&self.status)
    }

    fn said_fields(&self, request: &Request) -> Vec<(String, String)> {
        let words = request.shell().words();
        self.fields
            .iter()
            .map(|error| {
                (
                    error.field.clone(),
                    sentence(words, request.language, error),
                )
            })
            .collect()
    }
}

/// A guest who needs an account goes to the sign-in page and comes back afterwards.
fn to_sign_in(request: &Request) -> Response {
    let page = Page::new(request.clone(), String::new());
    let address = format!("/sign-in?next={}", page.here_encoded());
    let location =
        HeaderValue::from_str(&address).unwrap_or_else(|_| HeaderValue::from_static("/sign-in"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    what_to_do: String,
    fields: Vec<(String, String)>,
    incident: bool,
    missing: bool,
    /// Whether the visitor was signed in until a while ago.
    ended: bool,
}

/// What somebody sent whose sign-in had ended: it is shown and can be sent again after signing in.
#[derive(Template)]
#[template(path = "ended.html")]
struct EndedPage {
    page: Page,
    /// Where it was to go.
    action: String,
    /// Whether it was a guest with a return code, who never signed in.
    by_code: bool,
    typed: Vec<(String, String)>,
}

impl EndedPage {
    /// Whether a text is long enough to be worth showing: choices and marks are only sent again.
    fn is_text(value: &str) -> bool {
        value.chars().count() > 20 || value.contains(char::is_whitespace)
    }
}

/// Says that the sign-in has ended, with everything that was typed.
fn ended(request: &Request) -> Response {
    let page = EndedPage {
        action: request.page("").here(),
        by_code: !request.has_ended() && request.path.starts_with("/cases/"),
        typed: request.typed().to_vec(),
        page: request.page(request.ta("error-ended", &[])),
    };
    match page.render() {
        Ok(text) => {
            let mut response = html_text(StatusCode::UNAUTHORIZED, text);
            response
                .headers_mut()
                .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
        Err(error) => {
            tracing::error!(request = request.id, %error, "the error page cannot be rendered");
            StatusCode::UNAUTHORIZED.into_response()
        }
    }
}

/// The page that explains a kind of problem.
pub fn explain(request: &Request, code: &str) -> PageResult {
    let key = format!("error-{code}");
    let known = !code.ends_with("-do")
        && request
            .shell()
            .words()
            .has(Language::default(), &format!("{key}-do"));
    if !known {
        return Err(Error::NotFound.into());
    }
    crate::page::html(&ErrorPage {
        what_to_do: request.ta(&format!("{key}-do"), &[("seconds", 1.into())]),
        fields: Vec::new(),
        incident: false,
        missing: false,
        ended: false,
        page: request.page(request.ta(&key, &[])),
    })
}
