//! Files as they come in: in one piece as a form, or named by an upload that was sent before.

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use base::{Actor, Error};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::api::{Refused, Sent};

use crate::Cases;
use crate::documents::{FIELD, NotKept, Upload};
use crate::pages::multipart;
use crate::uploads::{Owner, Secret};

/// An upload that is to become a document.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct UploadedBody {
    /// The upload, by the last part of its address. It has to be complete, and is used up.
    #[schema(value_type = String, format = "uuid")]
    upload: Uuid,
    /// Code of what it is sent for, from `slots`.
    #[schema(max_length = 100, nullable = false)]
    slot: Option<String>,
}

/// A file with what it is for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a form")]
pub(in crate::api) struct ScanForm {
    /// The bytes, with a file name.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// Code of what it is sent for, from `slots`.
    #[schema(max_length = 100, nullable = false)]
    slot: Option<String>,
}

/// What was sent.
pub(super) struct Received {
    pub(super) files: Vec<Upload>,
    pub(super) slot: String,
    /// The upload that it came as and whose it is, to be thrown away when it is used up.
    upload: Option<(Owner, Uuid)>,
    /// Holds the memory that was promised to the files.
    _form: Option<multipart::Sent>,
}

impl Received {
    /// Reads whichever of the two it is; `formats` are the kinds taken.
    pub(super) async fn read(
        cases: &Cases,
        actor: &Actor,
        formats: &str,
        http: Request,
    ) -> Result<Self, Refused> {
        let kind = http
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let owner = cases.upload_owner(actor, secret_in(http.headers())?);
            let Sent(body) = Sent::<UploadedBody>::from_request(http, &()).await?;
            let owner = owner?;
            let file = cases.uploaded(owner, body.upload).await?;
            return Ok(Self {
                files: vec![file],
                slot: body.slot.unwrap_or_default(),
                upload: Some((owner, body.upload)),
                _form: None,
            });
        }
        let Ok(form) = Multipart::from_request(http, &()).await else {
            return Err(Refused::Status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        };
        let mut form = multipart::read(cases, form, formats).await?;
        if !form.refused.is_empty() {
            return Err(Error::Invalid(form.refused).into());
        }
        if form.files.is_empty() {
            return Err(Error::field(FIELD, "case-error-no-file").into());
        }
        Ok(Self {
            files: std::mem::take(&mut form.files),
            slot: form.text("slot").to_owned(),
            upload: None,
            _form: Some(form),
        })
    }

    /// Throws the upload away that it came as: it was kept.
    pub(super) async fn used_up(self, cases: &Cases) -> Result<(), Error> {
        match self.upload {
            Some((owner, upload)) => cases.drop_upload(owner, upload).await,
            None => Ok(()),
        }
    }
}

/// By what a guest comes to what they send, as the headers say it.
pub(super) fn secret_in(headers: &HeaderMap) -> Result<Option<Secret<'_>>, Error> {
    let text = |name: &'static str, key| {
        let value = headers.get(name).map(HeaderValue::to_str);
        value.transpose().map_err(|_| Error::field(name, key))
    };
    if let Some(key) = text("X-Draft-Key", "case-error-wrong-draft-key")? {
        return Ok(Some(Secret::DraftKey(key)));
    }
    let code = text("X-Return-Code", "case-error-wrong-code")?;
    Ok(code.map(Secret::ReturnCode))
}

/// Why a file was not kept, as an operation refuses.
pub(super) fn not_kept(why: NotKept) -> Error {
    match why {
        NotKept::Refused(error) => Error::Invalid(vec![error]),
        NotKept::Down => Error::Busy,
        NotKept::Other(error) => error,
    }
}
