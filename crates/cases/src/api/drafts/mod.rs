//! What is written down before it is filed: an applicant's draft and an operator's card. Both are
//! drafts of a service, filled in, given documents and made a case of; they differ in who opens
//! them and in what is told beside.

pub(super) mod cards;
mod open;
pub(super) mod own;
pub(super) mod shapes;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use utoipa::openapi::path::{Parameter, ParameterIn};

use super::Api;
use super::deed::parameter;

/// The key of a guest's draft as the document describes it.
pub(super) fn draft_key() -> Parameter {
    let said = "The key of a draft that was begun as a guest; the answer to its beginning gave it";
    parameter("X-Draft-Key", ParameterIn::Header, 64, said)
        .example(Some("AZOh9HweelqdOS9sGg5Ldw3KyN0b7mJkQ5sT1uV2wXY".into()))
        .build()
}

/// The operations of applicants and those of operators.
pub(super) fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(own::list_drafts, own::make_draft))
        .routes(routes!(own::read_draft, own::change_draft, own::drop_draft))
        .routes(routes!(own::file_draft))
        .routes(routes!(own::read_draft_document, own::detach_from_draft))
        .routes(routes!(cards::list_cards, cards::begin_card))
        .routes(routes!(cards::read_card, cards::fill_card))
        .routes(routes!(cards::register_card))
        .routes(routes!(cards::detach_scan))
        .merge(attaching())
}

/// What takes whole files in, which are bounded where they are read.
fn attaching() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(own::attach_to_draft))
        .routes(routes!(cards::attach_scan))
        .layer(DefaultBodyLimit::disable())
}
