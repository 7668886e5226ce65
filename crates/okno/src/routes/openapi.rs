//! One OpenAPI document of every operation, and the operations themselves.

use axum::routing::get;
use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::house::House;
use crate::settings::Settings;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Okno",
        description = "File an appeal, follow it, read the public register and check proofs. \
                       Every error is a problem document (RFC 9457)."
    )
)]
struct Document;

/// The API with its document at `/openapi.json`.
pub fn routes(_settings: &Settings, _house: &House) -> Router {
    let (router, document) = OpenApiRouter::with_openapi(Document::openapi())
        .split_for_parts();
    router.route("/openapi.json", get(move || async move { Json(document.clone()) }))
}
