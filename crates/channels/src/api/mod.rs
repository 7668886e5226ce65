//! The interface for programs of this slice.

mod mailbox;

use utoipa_axum::router::OpenApiRouter;

use crate::Channels;

/// The operations with their descriptions. They go inside `people::visitor::layer` and
/// `web::layers`.
pub fn routes(channels: Channels) -> OpenApiRouter {
    OpenApiRouter::new()
        .merge(mailbox::routes())
        .with_state(channels)
}

/// An example of the document.
fn example(name: &str) -> serde_json::Value {
    web::api::example(include_str!("examples.json"), name)
}
