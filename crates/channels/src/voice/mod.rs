//! Voice assistants: what is said to one comes as a request to our address, and the answer is said by
//! it. The dialogue is the same as everywhere.

mod alice;

use axum::Router;
use axum::routing::post;

use crate::Channels;

/// Where assistants ask.
pub(crate) fn router() -> Router<Channels> {
    Router::new()
        .route("/channels/alice", post(alice::answer))
        .route("/channels/alice/{secret}", post(alice::answer_at))
}
