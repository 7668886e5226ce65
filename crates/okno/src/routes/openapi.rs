//! One OpenAPI document of every operation, and the operations themselves.

use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use axum::{Json, Router};
use cases::api::{GuestLimit, description};
use utoipa_axum::router::OpenApiRouter;

use crate::house::House;
use crate::settings::Settings;

/// The guide for programs, in the words of its author.
const GUIDE: &str = include_str!("../../../../docs/api.md");
const PLAIN: [(axum::http::HeaderName, &str); 1] = [(CONTENT_TYPE, "text/plain; charset=utf-8")];

/// The API with its document at `/openapi.json`.
pub(crate) fn routes(settings: &Settings, house: &House) -> Router {
    let (router, document) = OpenApiRouter::with_openapi(description())
        .merge(cases::api::routes(house.cases.clone(), guests(settings)))
        .split_for_parts();
    router
        .route(
            "/openapi.json",
            get(move || async move { Json(document.clone()) }),
        )
        .route("/docs/api", get(|| async { (PLAIN, GUIDE) }))
}

fn guests(settings: &Settings) -> GuestLimit {
    let usual = GuestLimit::default();
    GuestLimit {
        burst: settings.api_burst.unwrap_or(usual.burst),
        ..usual
    }
}
