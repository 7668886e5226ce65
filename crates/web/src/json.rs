//! JSON bodies of the API, read strictly: the right type, within bounds, and every refusal a
//! problem document that names the place.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use base::{Error, FieldError};
use serde::de::DeserializeOwned;

use crate::errors::ApiError;

/// The most bytes of a JSON body.
const MOST_BYTES: usize = 1024 * 1024;

/// A JSON body read into a type.
#[derive(Clone, Copy, Debug, Default)]
pub struct Json<T>(pub T);

impl<T, S> FromRequest<S> for Json<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let is_json = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|kind| kind.split(';').next())
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
        if !is_json {
            return Err(Error::Malformed("error-json-type").into());
        }
        let bytes = to_bytes(request.into_body(), MOST_BYTES)
            .await
            .map_err(|_| Error::Malformed("error-too-large-do"))?;
        match serde_json::from_slice(&bytes) {
            Ok(value) => Ok(Self(value)),
            // The document is JSON, but not the one that the endpoint describes.
            Err(error) if error.is_data() => {
                let wrong = FieldError::new("", "error-json-shape")
                    .with("line", error.line())
                    .with("column", error.column());
                Err(Error::Invalid(vec![wrong]).into())
            }
            Err(_) => Err(Error::Malformed("error-json").into()),
        }
    }
}
