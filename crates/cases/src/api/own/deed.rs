//! A deed of the applicant's side as it was asked for: who asks, which case, by which right (an
//! account or a return code), and the version that it is held to.

use axum::Json;
use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use base::{Error, Number};
use people::Visitor;
use std::collections::HashMap;
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use uuid::Uuid;
use web::api::{IfMatch, Refused};

use crate::api::case::{case_body, pass_in};
use crate::api::{Api, number_in};
use crate::model::Card;
use crate::{Cases, MOVED_ON, Pass};

/// What an operation answers.
pub(super) type Done = Result<Response, Refused>;

/// A case before somebody of the applicant's side.
pub(in crate::api) struct Own {
    pub(super) visitor: Visitor,
    pub(super) api: Api,
    pub(super) number: Number,
    pub(super) pass: Pass,
    /// The other names of the address.
    names: HashMap<String, String>,
    version: IfMatch,
}

impl FromRequestParts<Api> for Own {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refused> {
        let visitor = Visitor::from_request_parts(parts, api)
            .await
            .map_err(|refused| refused.0)?;
        let Path(names) = Path::<HashMap<String, String>>::from_request_parts(parts, api)
            .await
            .map_err(|_| Error::Malformed("api-error-query"))?;
        let number = names.get("number").map(String::as_str).unwrap_or_default();
        let number = number_in(number)?;
        let pass = pass_in(&api.cases, &visitor, number, &parts.headers).await?;
        let Ok(version) = IfMatch::from_request_parts(parts, api).await;
        Ok(Self {
            number,
            pass: pass.ok_or(Error::Unauthenticated)?,
            visitor,
            api: Api::from_ref(api),
            names,
            version,
        })
    }
}

impl Own {
    /// The identifier that the address names beside the case.
    pub(super) fn id(&self, name: &str) -> Result<Uuid, Error> {
        let text = self.names.get(name).map(String::as_str).unwrap_or_default();
        text.parse().map_err(|_| Error::NotFound)
    }

    /// The case as it lies open before them.
    pub(super) async fn card(&self) -> Result<Card, Error> {
        let actor = &self.visitor.actor;
        self.api.cases.card(actor, &self.pass, self.number).await
    }

    /// The service, held to the version of the case that `If-Match` names, when it names one.
    pub(super) async fn cases(&self) -> Result<Cases, Refused> {
        if !self.version.is_given() {
            return Ok(self.api.cases.clone());
        }
        let card = self.card().await?;
        let version = card.version;
        let request = &self.visitor.request;
        let body = case_body(&self.api.cases, request, self.number, Some(card)).await?;
        self.version.check(&body)?;
        Ok(self.api.cases.at_versions(&[version]))
    }

    /// The case as they may see it after what was done.
    pub(super) async fn after(&self, done: base::Result<()>) -> Done {
        match done {
            Ok(()) => {}
            Err(Error::Conflict(MOVED_ON)) => {
                return Err(Refused::Status(StatusCode::PRECONDITION_FAILED));
            }
            Err(other) => return Err(other.into()),
        }
        let card = match self.card().await {
            Ok(card) => Some(card),
            Err(Error::NotFound) => None,
            Err(other) => return Err(other.into()),
        };
        let request = &self.visitor.request;
        let body = case_body(&self.api.cases, request, self.number, card).await?;
        Ok(([(CACHE_CONTROL, "no-store")], Json(body)).into_response())
    }
}

fn text(most: usize) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(most))
}

/// The case that an address names, and the return code of a guest.
pub(in crate::api) struct OwnAddress;

impl IntoParams for OwnAddress {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let number = ParameterBuilder::new()
            .name("number")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some("Number of the case"))
            .schema(Some(text(64)))
            .example(Some("A-2026-00000042-1".into()))
            .build();
        let code = ParameterBuilder::new()
            .name("X-Return-Code")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "The return code of a guest. Wrong codes are refused with 422 and slowed down",
            ))
            .schema(Some(text(64).pattern(Some("^[ -~]*$"))))
            .example(Some("7K4M-Q2ZT-9XHD-3W6P".into()))
            .build();
        vec![number, code]
    }
}

/// The same with the version that a deed may be held to.
pub(in crate::api) struct OwnDeedAddress;

impl IntoParams for OwnDeedAddress {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let tag = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "The `ETag` with which the case was read; 412 when it has changed since",
            ))
            .schema(Some(text(200).pattern(Some("^[ -~]*$"))))
            .build();
        let mut all = OwnAddress::into_params(place);
        all.push(tag);
        all
    }
}
