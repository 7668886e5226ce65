//! The interface for programs as one router: what its slices bring is held to the document that
//! they make together, by the layers of `web::api` and the keeping of repeated requests.

pub mod administration;
pub mod profile;

use std::sync::Arc;

use axum::Router;
use serde_json::Value;
use utoipa_axum::router::OpenApiRouter;
use web::api::{Limits, Operations};

use crate::{People, repeats};

/// The interface with its document.
pub struct Interface {
    /// Its routes; they go inside [`visitor::layer`](crate::visitor::layer) and `web::layers`.
    pub router: Router,
    /// The document of every operation, OpenAPI 3.1.
    pub document: Value,
    /// The table that the layers go by.
    pub operations: Arc<Operations>,
}

/// Makes one interface of the operations of all slices.
///
/// # Errors
/// A document that cannot be written as JSON.
pub fn interface(
    slices: OpenApiRouter,
    people: &People,
    limits: Limits,
) -> base::Result<Interface> {
    let (router, document) = slices.split_for_parts();
    let mut document = serde_json::to_value(document).map_err(base::Error::internal)?;
    web::api::describe(&mut document);
    let operations = Arc::new(Operations::of(&document));
    let router = repeats::layer(router, people, &operations);
    let router = web::api::layer(router, &operations, people.0.store.clock(), limits);
    Ok(Interface {
        router,
        document,
        operations,
    })
}
