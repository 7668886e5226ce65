//! One OpenAPI document of every operation, and the operations themselves.

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use cases::api::{GuestLimit, description};
use utoipa_axum::router::OpenApiRouter;
use web::api::Limits;

use crate::house::House;
use crate::settings::Settings;

/// The guide for programs, in the words of its author.
const GUIDE: &str = include_str!("../../../../docs/api.md");
/// A program that shows all of it at work.
const CLIENT: &str = include_str!("../../../../docs/client.py");
/// The verifier of proofs that needs neither this site nor this program, and the rules it goes by.
const VERIFIER: &str = include_str!("../../../../docs/verify.py");
const PROOF_FORMAT: &str = include_str!("../../../../docs/proof-format.md");
const PLAIN: [(axum::http::HeaderName, &str); 1] = [(CONTENT_TYPE, "text/plain; charset=utf-8")];
const JSON: [(axum::http::HeaderName, &str); 1] = [(CONTENT_TYPE, "application/json")];

/// The interface with its document at `/openapi.json`.
pub(crate) fn routes(settings: &Settings, house: &House) -> base::Result<Router> {
    let slices = OpenApiRouter::with_openapi(description())
        .merge(cases::api::routes(house.cases.clone(), guests(settings)))
        .merge(people::api::profile::routes())
        .merge(people::api::administration::routes(
            house.people.clone(),
            super::admin::told(settings, house),
        ))
        .merge(catalog::api::routes(house.administration()))
        .merge(cases::api::letterheads(house.cases.clone()))
        .merge(notices::api::routes(house.notices.clone()))
        .merge(notices::api::own::routes(house.notices.clone()))
        .merge(channels::api::routes(house.channels.clone()))
        .merge(channels::networks::api::routes(
            house.channels.networks().clone(),
        ));
    let interface = people::api::interface(slices, &house.people, limits(settings))?;
    let document = serde_json::to_vec(&interface.document).map_err(base::Error::internal)?;
    let document = Bytes::from(document);
    Ok(interface
        .router
        .route(
            "/openapi.json",
            get(move || async move { (JSON, document) }),
        )
        .route("/docs/api.md", get(|| async { (PLAIN, GUIDE) }))
        .route("/docs/client.py", get(|| async { (PLAIN, CLIENT) }))
        .route("/docs/verify.py", get(|| async { (PLAIN, VERIFIER) }))
        .route(
            "/docs/proof-format.md",
            get(|| async { (PLAIN, PROOF_FORMAT) }),
        )
        .merge(web::reference::router(&interface.document)))
}

pub(super) fn guests(settings: &Settings) -> GuestLimit {
    let usual = GuestLimit::default();
    GuestLimit {
        burst: settings.api_burst.unwrap_or(usual.burst),
        ..usual
    }
}

/// Whoever may file more at once may also ask more.
fn limits(settings: &Settings) -> Limits {
    let usual = Limits::default();
    let more = settings.api_burst.unwrap_or_default();
    Limits {
        guest: usual.guest.max(more),
        account: usual.account.max(more),
    }
}
