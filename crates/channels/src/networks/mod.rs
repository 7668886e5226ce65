//! Social networks: notices about services go to the wall of a community of `VKontakte`, and what
//! people write under them comes back. What says something becomes a case of feedback; the rest is
//! listed and counted. The network brings events by itself, and once in a while it is asked, so
//! that nothing is lost when it could not reach us.

pub mod api;
mod items;
mod judging;
mod posts;
mod rounds;
mod sql;
mod telling;
#[cfg(test)]
mod tests;
mod vk;

use std::fmt;
use std::sync::Arc;

use cases::Cases;
use people::Permission;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

pub use items::{Item, ItemState};
pub use judging::Verdict;
pub use posts::{Draft, MOST_WORDS, Post, PostState};
pub(crate) use sql::POST;
pub use telling::NetworksFollower;
pub(crate) use vk::Event;

/// Who writes notices: whoever looks after the services they are about.
pub const PUBLISH: Permission = Permission::ManageCatalog;
/// Who decides what becomes of what came: whoever registers what comes by other ways.
pub const MODERATE: Permission = Permission::FileOnBehalf;

/// Where the community is and how it is spoken to.
#[derive(Clone)]
pub struct Settings {
    /// Address of the API, `https://api.vk.com`.
    pub url: String,
    /// Number of the community.
    pub group: i64,
    /// The key to it.
    pub token: String,
    /// What events carry to show where they come from.
    pub secret: String,
    /// What is answered when the address of events is confirmed.
    pub confirmation: String,
    /// Seconds between two looks at what may have been missed.
    pub poll_seconds: u32,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("url", &self.url)
            .field("group", &self.group)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// The same when it can be used.
    ///
    /// # Errors
    /// What is wrong, in words for the operator.
    pub fn checked(mut self) -> Result<Self, String> {
        self.url.truncate(self.url.trim_end_matches('/').len());
        if !is_safe(&self.url) {
            return Err("`vk.url` must begin with https://".to_owned());
        }
        if self.group <= 0 {
            return Err("`vk.group` must be the number of the community".to_owned());
        }
        if self.token.is_empty() || self.secret.is_empty() {
            return Err("`vk.token` and `vk.secret` go together".to_owned());
        }
        self.poll_seconds = self.poll_seconds.max(1);
        Ok(self)
    }
}

/// Whether nobody on the way reads what is sent there: TLS, or this very machine.
fn is_safe(url: &str) -> bool {
    if url.contains(['@', ' ', '?', '#']) {
        return false;
    }
    if let Some(host) = url.strip_prefix("https://") {
        return !host.is_empty();
    }
    let Some(rest) = url.strip_prefix("http://") else {
        return false;
    };
    let host = rest.split('/').next().unwrap_or_default();
    let name = if host.starts_with('[') {
        host.split(']').next().unwrap_or_default()
    } else {
        host.split(':').next().unwrap_or_default()
    };
    ["127.0.0.1", "localhost", "[::1"].contains(&name)
}

/// What kind of thing came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A comment under a post of ours.
    Comment,
    /// A post on our wall by somebody else.
    Post,
    /// A post of ours passed on.
    Repost,
    /// A message to the community.
    Message,
}

impl Kind {
    /// Its name in the database and the interface.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Post => "post",
            Self::Repost => "repost",
            Self::Message => "message",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Comment, Self::Post, Self::Repost, Self::Message]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// Something that came, as the network tells it. Kept sealed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Heard {
    pub(crate) kind: Kind,
    /// Whose wall or conversation it stands in.
    pub(crate) owner: i64,
    /// The post it belongs to.
    pub(crate) post: i64,
    /// Its own number there.
    pub(crate) item: i64,
    pub(crate) author: i64,
    /// The author's name; empty while nobody told it.
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Heard {
    /// What it is, for a hash that knows it again.
    fn place(&self) -> String {
        format!(
            "{}/{}/{}/{}",
            self.kind.code(),
            self.owner,
            self.post,
            self.item
        )
    }
}

/// The face of the room. Clones share everything.
#[derive(Clone)]
pub struct Networks(Arc<Inner>);

struct Inner {
    cases: Cases,
    settings: Option<Settings>,
    vk: Option<vk::Vk>,
    /// Something is there to be done at once.
    woken: Notify,
}

impl Networks {
    /// The room over these cases; without settings nothing is published and nothing comes.
    pub fn new(cases: Cases, settings: Option<Settings>) -> Self {
        let vk = settings.as_ref().and_then(|settings| {
            vk::Vk::new(settings)
                .inspect_err(|error| tracing::error!(%error, "the network cannot be called"))
                .ok()
        });
        Self(Arc::new(Inner {
            cases,
            settings,
            vk,
            woken: Notify::new(),
        }))
    }

    /// Whether a community is set.
    pub fn is_configured(&self) -> bool {
        self.0.vk.is_some()
    }

    /// The number of the community.
    pub fn group(&self) -> Option<i64> {
        self.0.settings.as_ref().map(|settings| settings.group)
    }

    pub(crate) fn settings(&self) -> Option<&Settings> {
        self.0.settings.as_ref()
    }

    pub(crate) fn cases(&self) -> &Cases {
        &self.0.cases
    }

    fn store(&self) -> &store::Store {
        self.0.cases.journal().store()
    }
}
