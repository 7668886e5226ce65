//! Messengers: each is read by long polling on one node under a lease, and what comes is heard by the
//! one dialogue. `max` and `telegram` speak the two protocols, `http` carries them, `listening` takes
//! each message once, `outgoing` sends replies by a job, so that a kill loses none.

mod http;
mod listening;
mod max;
mod outgoing;
mod settings;
mod telegram;

use base::Language;

use crate::dialogue::session::Way;
use crate::dialogue::talk::Said;

pub use listening::Listener;
pub use outgoing::JOB;
pub(crate) use outgoing::Outgoing;
pub use settings::{DoorFile, File, Settings};

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
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Update {
    /// What names it among all of the messenger.
    pub(crate) mark: String,
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

/// A messenger.
#[derive(Clone)]
pub(crate) enum Door {
    Max(max::Max),
    Telegram(telegram::Telegram),
}

impl Door {
    pub(crate) const fn way(&self) -> Way {
        match self {
            Self::Max(_) => Way::Max,
            Self::Telegram(_) => Way::Telegram,
        }
    }

    async fn updates(&self, position: Option<&str>) -> Result<Batch, Trouble> {
        match self {
            Self::Max(max) => max.updates(position).await,
            Self::Telegram(telegram) => telegram.updates(position).await,
        }
    }

    /// The bytes of a picture that was sent there.
    pub(crate) async fn fetch(&self, picture: &str) -> Result<Vec<u8>, Trouble> {
        match self {
            Self::Max(max) => max.fetch(picture).await,
            Self::Telegram(telegram) => telegram.fetch(picture).await,
        }
    }

    async fn send(&self, out: &Outgoing) -> Result<(), Trouble> {
        match self {
            Self::Max(max) => max.send(out).await,
            Self::Telegram(telegram) => telegram.send(out).await,
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
