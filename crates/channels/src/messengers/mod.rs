//! Messengers: what comes is taken down first, asked for by long polling (`bringing`) or brought to our
//! address (`webhook`), and then heard by the one dialogue on one node under a lease (`listening`).
//! `max` and `telegram` speak the two protocols, `http` carries them, `outgoing` sends replies by a
//! job, so that a kill loses none.

mod bringing;
mod http;
mod listening;
mod max;
mod outgoing;
mod settings;
mod telegram;
pub(crate) mod webhook;

use std::sync::Arc;

use base::Language;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::Notify;

use crate::dialogue::session::Way;
use crate::dialogue::talk::Said;

pub use listening::Listener;
pub use outgoing::JOB;
pub(crate) use outgoing::Outgoing;
pub use settings::{DoorFile, File, Settings, Webhook};

/// Why a messenger did not do what was asked; told to the operator, so it names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// It does not answer, or something broke there.
    Away(String),
    /// It asks to be left alone for so many seconds.
    Wait(u32),
    /// It refuses, and will again.
    Refused(String),
}

/// Something that came in a messenger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Update {
    /// What names it among all of the messenger.
    pub(crate) mark: String,
    /// Its place among them, where the messenger says so: what was said before has a lower one.
    pub(crate) place: i64,
    /// Where it came from and where a reply goes.
    pub(crate) chat: String,
    pub(crate) said: Said,
    /// The language of the person's program, where it says so.
    pub(crate) language: Option<Language>,
    /// The press of a button that waits for a sign.
    pub(crate) callback: Option<String>,
}

/// What came at once, and from where to read on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Batch {
    pub(crate) updates: Vec<Update>,
    pub(crate) position: Option<String>,
}

/// Where a messenger brings what comes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Webhooks {
    pub(crate) addresses: Vec<String>,
    /// What went wrong last, and when; where it is told.
    pub(crate) problem: Option<(i64, String)>,
}

/// The protocol that is spoken.
#[derive(Clone)]
enum Line {
    Max(max::Max),
    Telegram(telegram::Telegram),
}

/// A messenger.
#[derive(Clone)]
pub(crate) struct Door {
    line: Line,
    /// The bot's token; the secret of the webhook is made from it.
    token: Arc<str>,
    /// Our address, where messages are brought; they are asked for without one.
    webhook: Option<Arc<str>>,
    /// Told when something was taken down.
    came: Arc<Notify>,
}

impl Door {
    pub(crate) const fn way(&self) -> Way {
        match self.line {
            Line::Max(_) => Way::Max,
            Line::Telegram(_) => Way::Telegram,
        }
    }

    /// The header that brings the secret of the webhook.
    const fn secret_header(&self) -> &'static str {
        match self.line {
            Line::Max(_) => max::SECRET,
            Line::Telegram(_) => telegram::SECRET,
        }
    }

    /// What an update that was brought says.
    fn read(&self, update: &Value) -> Vec<Update> {
        match self.line {
            Line::Max(_) => max::update(update).into_iter().collect(),
            Line::Telegram(_) => telegram::update(update),
        }
    }

    async fn updates(&self, position: Option<&str>) -> Result<Batch, Trouble> {
        match &self.line {
            Line::Max(max) => max.updates(position).await,
            Line::Telegram(telegram) => telegram.updates(position).await,
        }
    }

    async fn webhooks(&self) -> Result<Webhooks, Trouble> {
        match &self.line {
            Line::Max(max) => max.webhooks().await,
            Line::Telegram(telegram) => telegram.webhooks().await,
        }
    }

    async fn subscribe(&self, address: &str, secret: &str) -> Result<(), Trouble> {
        match &self.line {
            Line::Max(max) => max.subscribe(address, secret).await,
            Line::Telegram(telegram) => telegram.subscribe(address, secret).await,
        }
    }

    async fn unsubscribe(&self, address: &str) -> Result<(), Trouble> {
        match &self.line {
            Line::Max(max) => max.unsubscribe(address).await,
            Line::Telegram(telegram) => telegram.unsubscribe(address).await,
        }
    }

    /// The bytes of a picture that was sent there.
    pub(crate) async fn fetch(&self, picture: &str) -> Result<Vec<u8>, Trouble> {
        match &self.line {
            Line::Max(max) => max.fetch(picture).await,
            Line::Telegram(telegram) => telegram.fetch(picture).await,
        }
    }

    async fn send(&self, out: &Outgoing) -> Result<(), Trouble> {
        match &self.line {
            Line::Max(max) => max.send(out).await,
            Line::Telegram(telegram) => telegram.send(out).await,
        }
    }
}

/// A text of at most `most` characters; what is cut off is marked.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(most.saturating_sub(1)).collect();
    cut.push('\u{2026}');
    cut
}
