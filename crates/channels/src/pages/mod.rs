//! The pages of this slice.

mod dialogue;
mod mailbox;
mod networks;
#[cfg(test)]
mod tests;

use axum::Router;

pub(crate) use mailbox::SECTION as MAILBOX;

use crate::{Channels, messengers, voice};

/// Every page of this slice, and the addresses at which messengers and voice assistants ask.
pub fn router(channels: Channels) -> Router {
    Router::new()
        .merge(dialogue::router())
        .merge(mailbox::router())
        .merge(networks::router())
        .merge(voice::router())
        .merge(messengers::webhook::router())
        .with_state(channels)
}
