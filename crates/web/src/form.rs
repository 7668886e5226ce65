//! Bodies of HTML forms, read within bounds. A body that cannot be read is answered with a page;
//! what its fields may hold is for the slices to judge.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use base::Error;
use serde::de::DeserializeOwned;

use crate::errors::PageError;

/// The most bytes of a form.
const MOST_BYTES: usize = 1024 * 1024;
/// The most fields of a form.
const MOST_FIELDS: usize = 1000;

/// Fields that are never shown again.
const SECRET: [&str; 5] = ["password", "current", "new_password", "code", "token"];

/// One thing that can be chosen in a list of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub label: String,
    /// A line under it; may be empty.
    pub hint: String,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: String::new(),
        }
    }

    /// Adds a line under it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// Whether `chosen` is this one.
    pub fn is(&self, chosen: impl AsRef<str>) -> bool {
        self.value == chosen.as_ref()
    }
}

/// A form read into a type.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<T>(pub T);

impl<T, S> FromRequest<S> for Form<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = PageError;

    async fn from_request(request: Request, _: &S) -> Result<Self, PageError> {
        let form = urlencoded(request).await?;
        let axum::Form(value) = axum::Form::<T>::from_request(form, &())
            .await
            .map_err(|_| Error::Malformed("error-malformed-do"))?;
        Ok(Self(value))
    }
}

/// Every pair of a form, in order; for forms whose fields are known only at run time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The first value of `name`.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// Every value of `name`.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of `name`, or nothing.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, state).await?;
        if fields.len() > MOST_FIELDS {
            return Err(Error::Malformed("error-malformed-do").into());
        }
        Ok(Self(fields))
    }
}

/// The request with its body read, when it is a form of bearable size.
async fn urlencoded(request: Request) -> Result<Request, Error> {
    let is_form = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let (parts, body) = request.into_parts();
    let bytes: Bytes = to_bytes(body, MOST_BYTES)
        .await
        .map_err(|_| Error::Malformed("error-too-large-do"))?;
    if !is_form && !bytes.is_empty() {
        return Err(Error::Malformed("error-media-do"));
    }
    if let Some(facts) = parts.extensions.get::<crate::Request>()
        && facts.viewer().is_none()
    {
        facts.keep_typed(typed(bytes.clone()).await);
    }
    let mut request = Request::from_parts(parts, Body::from(bytes));
    // A form without fields may come without a type; it reads as an empty form.
    request.headers_mut().insert(
        CONTENT_TYPE,
        axum::http::HeaderValue::from_static("application/x-www-form-urlencoded"),
    );
    *request.method_mut() = axum::http::Method::POST;
    Ok(request)
}

/// What was typed into a form, without what nobody else may read on the screen.
async fn typed(bytes: Bytes) -> Vec<(String, String)> {
    let form = Request::post("/")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(bytes));
    let Ok(form) = form else {
        return Vec::new();
    };
    let Ok(axum::Form(mut fields)) =
        axum::Form::<Vec<(String, String)>>::from_request(form, &()).await
    else {
        return Vec::new();
    };
    fields.retain(|(name, _)| !SECRET.contains(&name.as_str()));
    fields.truncate(MOST_FIELDS);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(kind: &str, body: impl Into<Body>) -> Request {
        axum::http::Request::post("/")
            .header(CONTENT_TYPE, kind)
            .body(body.into())
            .unwrap()
    }

    const FORM: &str = "application/x-www-form-urlencoded";

    #[tokio::test]
    async fn fields_keep_their_order_and_repetition() {
        let body = "a=1&b=%D0%B4%D0%B0&a=2";
        let fields = Fields::from_request(request(FORM, body), &())
            .await
            .unwrap();
        assert_eq!(fields.all("a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(fields.text("b"), "да");
        assert_eq!(fields.get("c"), None);
    }

    #[tokio::test]
    async fn what_is_no_form_or_too_large_is_refused() {
        for (kind, body) in [
            ("application/json", "{}".to_owned()),
            (FORM, "x".repeat(MOST_BYTES + 1)),
            (FORM, "a=1&".repeat(MOST_FIELDS + 1)),
        ] {
            let refused = Fields::from_request(request(kind, body), &()).await;
            assert!(matches!(refused, Err(PageError(Error::Malformed(_)))));
        }
    }
}
