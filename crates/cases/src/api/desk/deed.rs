//! A deed as it was asked for: who asks, which case, and the version that it is held to. What every
//! deed answers with stands here, too.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use base::{Actor, Error, Number};
use people::Visitor;
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use uuid::Uuid;
use web::api::{IfMatch, Refused};

use super::inside::desk_case;
use super::refused::conflict;
use crate::api::{Api, number_in};
use crate::model::{Card, Side};
use crate::{Cases, MOVED_ON, Pass};

/// What a deed answers.
pub(super) type Done = Result<Response, Refused>;

/// A deed of somebody who is signed in.
pub(in crate::api) struct Deed {
    pub(in crate::api) visitor: Visitor,
    pub(in crate::api) api: Api,
    pub(in crate::api) number: Number,
    /// The other names of the address.
    names: HashMap<String, String>,
    version: IfMatch,
}

impl FromRequestParts<Api> for Deed {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refused> {
        let visitor = Visitor::from_request_parts(parts, api)
            .await
            .map_err(|refused| refused.0)?;
        visitor.require_sign_in()?;
        let Path(names) = Path::<HashMap<String, String>>::from_request_parts(parts, api)
            .await
            .map_err(|_| Error::Malformed("api-error-query"))?;
        let number = names.get("number").map(String::as_str).unwrap_or_default();
        let Ok(version) = IfMatch::from_request_parts(parts, api).await;
        Ok(Self {
            number: number_in(number)?,
            visitor,
            api: Api::from_ref(api),
            names,
            version,
        })
    }
}

impl Deed {
    /// Who does it.
    pub(super) fn actor(&self) -> &Actor {
        &self.visitor.actor
    }

    /// The identifier that the address names beside the case.
    pub(super) fn id(&self, name: &str) -> Result<Uuid, Error> {
        let text = self.names.get(name).map(String::as_str).unwrap_or_default();
        text.parse().map_err(|_| Error::NotFound)
    }

    /// The service, held to the version of the case that `If-Match` names, when it names one: the
    /// deed is not done when somebody goes on with the case meanwhile.
    pub(super) async fn cases(&self) -> Result<Cases, Refused> {
        if !self.version.is_given() {
            return Ok(self.api.cases.clone());
        }
        let card = self.card().await?;
        let body = desk_case(&self.api.cases, &self.visitor.request, &card).await?;
        self.version.check(&body)?;
        Ok(self.api.cases.at_versions(&[card.version]))
    }

    /// The case, for those who work on it; its applicant is answered elsewhere.
    pub(super) async fn card(&self) -> Result<Card, Error> {
        let pass = Pass::default();
        let card = self
            .api
            .cases
            .card(self.actor(), &pass, self.number)
            .await?;
        match card.side {
            Side::Staff => Ok(card),
            Side::Applicant => Err(Error::NotFound),
        }
    }

    /// The case as the actor may see it now, or why the deed was not done.
    pub(super) async fn after(&self, done: base::Result<()>) -> Done {
        match done {
            Ok(()) => self.answer().await,
            Err(Error::Conflict(MOVED_ON)) => Err(Refused::Status(StatusCode::PRECONDITION_FAILED)),
            Err(Error::Conflict(key)) => match self.card().await {
                Ok(card) => Ok(conflict(&self.visitor.request, key, &card)),
                Err(_) => Err(Error::Conflict(key).into()),
            },
            Err(other) => Err(other.into()),
        }
    }

    /// The case as the actor may see it now: what is with another unit by now from outside.
    pub(super) async fn answer(&self) -> Done {
        let (cases, request) = (&self.api.cases, &self.visitor.request);
        let body = match self.card().await {
            Ok(card) => desk_case(cases, request, &card).await?,
            Err(Error::NotFound) => {
                super::inside::from_outside(cases, request, self.number).await?
            }
            Err(other) => return Err(other.into()),
        };
        Ok(([(CACHE_CONTROL, "no-store")], Json(body)).into_response())
    }
}

/// Where a deed is done: the case, and the version that it is held to.
pub(in crate::api) struct DeedAddress;

impl IntoParams for DeedAddress {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = |most| {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .max_length(Some(most))
        };
        let number = ParameterBuilder::new()
            .name("number")
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .description(Some("Number of the case"))
            .schema(Some(text(64)))
            .example(Some("A-2026-00000042-7".into()))
            .build();
        let tag = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "The `ETag` with which the case was read; 412 when it has changed since",
            ))
            .schema(Some(text(200).pattern(Some("^[ -~]*$"))))
            .build();
        vec![number, tag]
    }
}

/// Operations that do one thing to one case and answer the case as it is then. The name of an
/// operation is that of its function.
macro_rules! deeds {
    ($(
        $(#[$doc:meta])*
        $method:ident $path:literal $name:ident
        $(($body:ident: $kind:ident as $example:ident))?
        $([$extra:literal: $said:literal])?
        |$deed:ident, $cases:ident| $done:expr;
    )*) => {$(
        $(#[$doc])*
        #[utoipa::path(
            $method,
            path = $path,
            tag = "deeds",
            security(("token" = ["desk:write"]), ("session" = [])),
            params(
                DeedAddress,
                $(($extra = String, Path, format = "uuid", description = $said),)?
            ),
            $(request_body(content = $kind, example = json!($crate::api::examples::$example())),)?
            responses(
                (status = 200, description = "The case as the actor may see it then", body = DeskCase,
                    example = json!($crate::api::examples::desk_case())),
                OfStaff,
            )
        )]
        pub(in crate::api) async fn $name(
            $deed: Deed,
            $(web::api::Sent($body): web::api::Sent<$kind>,)?
        ) -> Done {
            let $cases = $deed.cases().await?;
            let done = $done.await;
            $deed.after(done).await
        }
    )*};
}

pub(super) use deeds;
