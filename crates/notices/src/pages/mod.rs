//! The pages of the slice: a person's notices, what they want to be told, and the words of letters
//! for the administrator.

pub(crate) mod cabinet;
mod named;
mod seen;
pub(crate) mod settings;
mod templates;

#[cfg(test)]
mod tests;

use axum::Router;

use crate::Notices;

pub use seen::seen;
pub(crate) use templates::sample;

/// Every page of the slice.
pub fn router(notices: Notices) -> Router {
    Router::new()
        .merge(cabinet::router())
        .merge(settings::router())
        .merge(named::router())
        .merge(templates::router())
        .with_state(notices)
}
