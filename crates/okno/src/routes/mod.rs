//! The server's addresses: each slice brings its own, and here they become one.

mod admin;
mod health;
mod log;
mod openapi;

use axum::Router;
use journal::Sealed;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;
use web::Shell;

use crate::house::House;
use crate::settings::Settings;

/// Everything that the server answers, inside the layers that every request passes.
pub(crate) fn app(
    settings: &Settings,
    house: &House,
    shell: &Shell,
    sealed: watch::Receiver<Sealed>,
    metrics: PrometheusHandle,
) -> base::Result<Router> {
    let api = openapi::routes(settings, house)?;
    let pages = web::router()
        .merge(people::pages::router())
        .merge(people::pages::admin::router(admin::frame(settings, house)))
        .merge(catalog::pages::router(house.catalog.clone()))
        .merge(catalog::pages::admin::router(house.administration()))
        .merge(cases::pages::router(house.cases.clone()))
        .merge(notices::pages::router(house.notices.clone()))
        .merge(channels::pages::router(house.channels.clone()))
        .merge(log::router(house, sealed.clone()))
        .merge(health::router(house, sealed, metrics))
        .merge(api);
    let pages = notices::pages::seen(pages, house.notices.clone());
    let pages = cases::pages::begun(pages, house.cases.clone());
    let known = people::visitor::layer(pages, house.people.clone());
    let store = house.store.clone();
    let app = web::layers(known, shell);
    Ok(web::kept::layer(app, shell, move || {
        store.physical_commits()
    }))
}
