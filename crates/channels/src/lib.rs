//! Channels: the ways in beside the pages and the interface for programs. Each turns what an outside
//! system brings into the same filings, messages and documents that everybody makes, through
//! `cases`; nothing of a case is written here. Beside a channel stands only what it must remember:
//! how far it has read, what became of each thing that came, and whom to answer where.

pub mod api;
pub mod dialogue;
pub mod mailbox;
pub mod messengers;
pub mod networks;
pub mod pages;
mod voice;

use std::sync::Arc;

use base::Language;
use cases::Cases;
use mail::Mail;
use networks::Networks;
use web::admin::{Group, Section};

use dialogue::session::{Limits, Way};
use messengers::{Door, Listener};

/// The tables of this slice.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    slice: "channels",
    files: &[
        (
            "0001_mailbox",
            include_str!("../migrations/0001_mailbox.sql"),
        ),
        (
            "0002_dialogue",
            include_str!("../migrations/0002_dialogue.sql"),
        ),
        (
            "0003_networks",
            include_str!("../migrations/0003_networks.sql"),
        ),
        (
            "0004_incoming",
            include_str!("../migrations/0004_incoming.sql"),
        ),
    ],
    small: &[
        "dialogue_position",
        "dialogue_webhook",
        "mailbox_state",
        "network_look",
    ],
};

/// The tables of this slice that the journal protects.
pub const TABLES: &[&store::Table] = &[&networks::POST];

/// The words of this slice.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
];

/// Its part of the administration.
pub const ADMIN: &[Section] = &[
    pages::MAILBOX,
    Section {
        group: Group::Services,
        href: "/admin/networks",
        title: "network-posts-title",
        note: "network-posts-note",
        shown: |actor| people::allows_somewhere(actor, networks::PUBLISH),
    },
];

/// The face of the slice. Clones share everything.
#[derive(Clone)]
pub struct Channels {
    pub(crate) cases: Cases,
    pub(crate) mail: Mail,
    pub(crate) limits: Limits,
    /// The messengers that are listened to.
    pub(crate) doors: Arc<[Door]>,
    /// What Alice has to know to be answered.
    alice: Option<Arc<str>>,
    networks: Networks,
}

impl Channels {
    /// Channels into these cases; what they answer goes out by `mail` where it is a letter.
    pub fn new(cases: Cases, mail: Mail) -> Self {
        let networks = Networks::new(cases.clone(), None);
        let limits = Limits::new(cases.journal().store().clock());
        Self {
            cases,
            mail,
            limits,
            doors: Arc::default(),
            alice: None,
            networks,
        }
    }

    /// The same with messengers that are listened to and answered in.
    #[must_use]
    pub fn with_messengers(mut self, settings: &messengers::Settings) -> Self {
        self.doors = settings.doors.clone().into();
        self
    }

    /// The same with a voice assistant that knows this secret; none is answered without one.
    #[must_use]
    pub fn with_alice(mut self, secret: Option<&str>) -> Self {
        self.alice = secret.filter(|secret| !secret.is_empty()).map(Into::into);
        self
    }

    /// Whether this is the secret of the voice assistant. Keyed hashes are compared, so that the
    /// time of the comparison tells nothing.
    pub(crate) fn knows_alice(&self, secret: &str) -> bool {
        let keys = self.cases.journal().keys();
        let blurred = |secret: &str| keys.blind("channels.alice", secret);
        self.alice
            .as_deref()
            .is_some_and(|known| blurred(known) == blurred(secret))
    }

    /// One listener for each messenger that is set up.
    pub fn listeners(&self) -> Vec<Listener> {
        let doors = self.doors.iter();
        doors
            .map(|door| Listener::new(self.clone(), door.clone()))
            .collect()
    }

    /// The messenger of this name, when one is set up.
    pub(crate) fn door(&self, way: Way) -> Option<&Door> {
        self.doors.iter().find(|door| door.way() == way)
    }

    /// Whether anybody is answered in a messenger.
    pub fn has_messengers(&self) -> bool {
        !self.doors.is_empty()
    }

    /// The same with the community that the settings name.
    #[must_use]
    pub fn with_networks(mut self, settings: Option<networks::Settings>) -> Self {
        self.networks = Networks::new(self.cases.clone(), settings);
        self
    }

    /// Social networks.
    pub const fn networks(&self) -> &Networks {
        &self.networks
    }
}
