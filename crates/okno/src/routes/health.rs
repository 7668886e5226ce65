//! For machines that watch: alive, ready, metrics.

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use journal::Sealed;
use metrics_exporter_prometheus::PrometheusHandle;
use serde_json::json;
use store::{Health, Store};
use tokio::sync::watch;

use crate::house::House;

#[derive(Clone)]
struct Watched {
    store: Store,
    sealed: watch::Receiver<Sealed>,
    metrics: PrometheusHandle,
}

/// The addresses.
pub(crate) fn router(
    house: &House,
    sealed: watch::Receiver<Sealed>,
    metrics: PrometheusHandle,
) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(show_metrics))
        .with_state(Watched {
            store: house.store.clone(),
            sealed,
            metrics,
        })
}

/// Ready to serve: the store answers. A store that takes no changes still serves readers, so it is
/// told and not a failure; so is a log whose sealing stands still.
async fn ready(State(watched): State<Watched>) -> Response {
    let answers = watched.store.read(journal::nothing_recorded).await.is_ok();
    let takes_changes = watched.store.health() == Health::ReadWrite;
    let (size, alarm) = {
        let sealed = watched.sealed.borrow();
        (sealed.size, sealed.alarm)
    };
    let body = json!({
        "store": if answers { "ok" } else { "unreachable" },
        "takes_changes": takes_changes,
        "log_size": size,
        "log_alarm": alarm,
    });
    let status = if answers {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(body)).into_response()
}

async fn show_metrics(State(watched): State<Watched>) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        watched.metrics.render(),
    )
}
