//! Notices: what people are told about their cases, where and how they want it.
//!
//! [`NoticesFollower`] reads the log and makes for each entry that concerns somebody one notice a
//! channel: a line on their page of notices, and a letter queued in the same commit as the
//! follower's position, so that none is lost and none is told twice. Letters are written from
//! templates that an administrator can change. [`Notices`] is the face for pages.

pub mod api;
mod facts;
mod following;
mod kinds;
mod letters;
mod listening;
mod marked;
mod named;
pub mod pages;
mod places;
mod reading;
mod sql;
mod templates;
mod whom;
mod wishes;

use std::sync::Arc;

use base::Language;
use journal::Journal;
use mail::Mail;
use people::Permission;
use web::admin::{Group, Section};

pub use following::NoticesFollower;
pub use kinds::{Audience, Channel, Kind};
pub use letters::Template;
pub use listening::{listen, topic};
pub use places::Place;
pub use reading::{Notice, unread};
pub use templates::KnownTemplate;
pub use wishes::Wishes;

/// The tables of this slice.
pub const MIGRATIONS: store::Migrations = store::Migrations {
    slice: "notices",
    files: &[(
        "0001_notices",
        include_str!("../migrations/0001_notices.sql"),
    )],
    small: &["notice_template"],
};

/// The tables of this slice that the journal protects.
pub const TABLES: &[&store::Table] = &[&sql::WISH, &sql::TEMPLATE];

/// The words of this slice.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
];

/// Its part of the administration.
pub const ADMIN: &[Section] = &[Section {
    group: Group::Letters,
    href: "/admin/templates",
    title: "notice-templates-title",
    note: "notice-templates-note",
    shown: |actor| people::allows_somewhere(actor, MANAGE),
}];

/// Who changes the words of letters.
const MANAGE: Permission = Permission::ManageCatalog;

/// The face of the slice. Clones share everything.
#[derive(Clone)]
pub struct Notices(Arc<Inner>);

struct Inner {
    journal: Journal,
    mail: Mail,
}

impl Notices {
    /// Starts the slice over a store whose migrations have run.
    pub fn new(journal: Journal, mail: Mail) -> Self {
        Self(Arc::new(Inner { journal, mail }))
    }

    /// Whether letters are sent at all.
    pub fn sends_letters(&self) -> bool {
        self.0.mail.is_configured()
    }

    fn store(&self) -> &store::Store {
        self.0.journal.store()
    }
}
