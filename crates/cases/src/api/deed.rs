//! A case that an address names, as it lies before whoever asks: who asks, from which side they come
//! to it, and the version that a deed is held to. What every deed answers with stands here, too.

use std::collections::HashMap;
use std::future::Future;
use std::marker::PhantomData;

use axum::Json;
use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::header::CACHE_CONTROL;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base::{Actor, Error, Number};
use people::Visitor;
use serde::Serialize;
use utoipa::IntoParams;
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use uuid::Uuid;
use web::Request;
use web::api::{IfMatch, Refused};

use super::case::{case_body, pass_in};
use super::desk::inside::{desk_case, from_outside};
use super::desk::shapes::DeskCase;
use super::refused::conflict;
use super::shapes::CaseBody;
use super::{Api, number_in};
use crate::model::{Card, Side};
use crate::{Cases, MOVED_ON, Pass};

/// What an operation answers.
pub(super) type Done = Result<Response, Refused>;

/// The side from which somebody comes to a case.
pub(super) trait Scope: Sized + Send + Sync + 'static {
    /// The case as it is told to that side.
    type Body: Serialize + Send;

    /// Whether a guest may come with a return code.
    const BY_CODE: bool;

    /// Whether the case lies open to that side in this way.
    fn sees(card: &Card) -> bool;

    /// The case as it is told; from outside when it does not lie open.
    fn body(
        cases: &Cases,
        request: &Request,
        number: Number,
        card: Option<Card>,
    ) -> impl Future<Output = base::Result<Self::Body>> + Send;
}

/// The applicant's side: by their account, or as a guest with a return code.
pub(super) struct Own;

impl Scope for Own {
    type Body = CaseBody;
    const BY_CODE: bool = true;

    fn sees(_: &Card) -> bool {
        true
    }

    async fn body(
        cases: &Cases,
        request: &Request,
        number: Number,
        card: Option<Card>,
    ) -> base::Result<CaseBody> {
        case_body(cases, request, number, card).await
    }
}

/// Those who work on cases; the applicant of one is answered elsewhere.
pub(super) struct Desk;

impl Scope for Desk {
    type Body = DeskCase;
    const BY_CODE: bool = false;

    fn sees(card: &Card) -> bool {
        card.side == Side::Staff
    }

    async fn body(
        cases: &Cases,
        request: &Request,
        number: Number,
        card: Option<Card>,
    ) -> base::Result<DeskCase> {
        match card {
            Some(card) => desk_case(cases, request, &card).await,
            None => from_outside(cases, request, number).await,
        }
    }
}

/// A case before somebody who comes to it from the side `S`.
pub(super) struct Deed<S> {
    pub(super) visitor: Visitor,
    pub(super) api: Api,
    pub(super) number: Number,
    pub(super) pass: Pass,
    /// The other names of the address.
    names: HashMap<String, String>,
    version: IfMatch,
    side: PhantomData<S>,
}

impl<S: Scope> FromRequestParts<Api> for Deed<S> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Refused> {
        let visitor = Visitor::from_request_parts(parts, api)
            .await
            .map_err(|refused| refused.0)?;
        if !S::BY_CODE {
            visitor.require_sign_in()?;
        }
        let Path(names) = Path::<HashMap<String, String>>::from_request_parts(parts, api)
            .await
            .map_err(|_| Error::Malformed("api-error-query"))?;
        let number = names.get("number").map(String::as_str).unwrap_or_default();
        let number = number_in(number)?;
        let none = HeaderMap::new();
        let code = if S::BY_CODE { &parts.headers } else { &none };
        let pass = pass_in(&api.cases, &visitor, number, code).await?;
        let Ok(version) = IfMatch::from_request_parts(parts, api).await;
        Ok(Self {
            number,
            pass: pass.ok_or(Error::Unauthenticated)?,
            visitor,
            api: Api::from_ref(api),
            names,
            version,
            side: PhantomData,
        })
    }
}

impl<S: Scope> Deed<S> {
    /// Who does it.
    pub(super) fn actor(&self) -> &Actor {
        &self.visitor.actor
    }

    /// What the address names beside the case.
    pub(super) fn text(&self, name: &str) -> &str {
        self.names.get(name).map(String::as_str).unwrap_or_default()
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
        let version = card.version;
        self.version.check(&self.told(Some(card)).await?)?;
        Ok(self.api.cases.at_versions(&[version]))
    }

    /// The case as it lies open to their side.
    pub(super) async fn card(&self) -> Result<Card, Error> {
        let cases = &self.api.cases;
        let card = cases.card(self.actor(), &self.pass, self.number).await?;
        if S::sees(&card) {
            Ok(card)
        } else {
            Err(Error::NotFound)
        }
    }

    /// The case as it is told to their side.
    async fn told(&self, card: Option<Card>) -> Result<S::Body, Error> {
        let request = &self.visitor.request;
        S::body(&self.api.cases, request, self.number, card).await
    }

    /// The case as they may see it now, or why the deed was not done.
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

    /// The case as they may see it now: what lies open to others alone by now, from outside.
    async fn answer(&self) -> Done {
        let card = match self.card().await {
            Ok(card) => Some(card),
            Err(Error::NotFound) => None,
            Err(other) => return Err(other.into()),
        };
        let body = self.told(card).await?;
        Ok(([(CACHE_CONTROL, "no-store")], Json(body)).into_response())
    }
}

/// A parameter of an address or a header as the document describes it.
pub(super) fn parameter(
    name: &str,
    place: ParameterIn,
    most: usize,
    said: &str,
) -> ParameterBuilder {
    let mut text = ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(most));
    let required = if matches!(place, ParameterIn::Path) {
        Required::True
    } else {
        text = text.pattern(Some("^[ -~]*$"));
        Required::False
    };
    ParameterBuilder::new()
        .name(name)
        .parameter_in(place)
        .required(required)
        .description(Some(said))
        .schema(Some(text))
}

/// The return code of a guest as the document describes it.
pub(super) fn return_code() -> Parameter {
    let said = "The return code of a guest. Wrong codes are refused with 422 and slowed down";
    parameter("X-Return-Code", ParameterIn::Header, 64, said)
        .example(Some("7K4M-Q2ZT-9XHD-3W6P".into()))
        .build()
}

/// The case that an address names, and the return code of a guest where one opens it.
pub(super) struct Address<S>(PhantomData<S>);

impl<S: Scope> IntoParams for Address<S> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let number = parameter("number", ParameterIn::Path, 64, "Number of the case")
            .example(Some("A-2026-00000042-5".into()))
            .build();
        let code = S::BY_CODE.then(return_code);
        [number].into_iter().chain(code).collect()
    }
}

/// Operations of one side that do one thing to one case and answer the case as it is then. The name
/// of an operation is that of its function.
macro_rules! deeds {
    (Own: $($deeds:tt)*) => {
        $crate::api::deed::deeds! {
            @each Own, "cases", ((), ("token" = ["cases:write"]), ("session" = [])),
            ($crate::api::shapes::CaseBody), case: $($deeds)*
        }
    };
    (Desk: $($deeds:tt)*) => {
        $crate::api::deed::deeds! {
            @each Desk, "deeds", (("token" = ["desk:write"]), ("session" = [])),
            ($crate::api::desk::shapes::DeskCase), desk_case: $($deeds)*
        }
    };
    (@each $side:ident, $tag:literal, $security:tt, $answer:tt, $shown:ident: $(
        $(#[$doc:meta])*
        $method:ident $path:literal $name:ident
        $(($body:ident: $kind:ident as $example:ident))?
        $([$extra:literal: $said:literal])?
        |$deed:ident, $cases:ident| $done:expr;
    )*) => {$(
        $crate::api::deed::deeds! {
            @one $side, $tag, $security, $answer, $shown:
            $(#[$doc])*
            $method $path $name
            $(($body: $kind as $example))?
            $([$extra: $said])?
            |$deed, $cases| $done;
        }
    )*};
    (@one $side:ident, $tag:literal, ($($security:tt)*), ($($answer:tt)*), $shown:ident:
        $(#[$doc:meta])*
        $method:ident $path:literal $name:ident
        $(($body:ident: $kind:ident as $example:ident))?
        $([$extra:literal: $said:literal])?
        |$deed:ident, $cases:ident| $done:expr;
    ) => {
        $(#[$doc])*
        #[utoipa::path(
            $method,
            path = $path,
            tag = $tag,
            security($($security)*),
            params(
                $crate::api::deed::Address<$crate::api::deed::$side>,
                $(($extra = String, Path, format = "uuid", description = $said),)?
            ),
            $(request_body(content = $kind, example = json!($crate::api::examples::$example())),)?
            responses(
                (status = 200, description = "The case as the caller may see it then", body = $($answer)*,
                    example = json!($crate::api::examples::$shown())),
                $crate::api::refused::OfDeedInCase,
            )
        )]
        pub(in crate::api) async fn $name(
            $deed: $crate::api::deed::Deed<$crate::api::deed::$side>,
            $(web::api::Sent($body): web::api::Sent<$kind>,)?
        ) -> $crate::api::deed::Done {
            let $cases = $deed.cases().await?;
            let done = $done.await;
            $deed.after(done).await
        }
    };
}

pub(super) use deeds;
