//! What the whole installation shares with every page: words, assets, settings, the clock, live
//! topics, and two questions that `web` may not answer by itself (does the store take changes,
//! how far is the journal sealed), asked through callbacks.

use std::sync::Arc;

use base::{Clock, Language, Moment};
use ipnet::IpNet;
use jiff::tz::TimeZone;

use crate::assets::Assets;
use crate::live::Live;
use crate::words::Words;

/// How the installation looks from outside.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the product in titles; `Окно` by the word files when empty.
    pub title: String,
    /// Who runs the installation, shown under the brand.
    pub operator: String,
    /// The same in English; the first stands when it is empty.
    pub operator_en: String,
    /// Address of the national platform of feedback; nothing leads there when it is empty.
    pub pos_url: String,
    /// The public address without a slash at the end, `https://okno.example`.
    pub origin: String,
    /// The language of those who ask for none that we have.
    pub language: Language,
    /// The zone in which dates and hours are said.
    pub zone: TimeZone,
    /// Proxies whose `X-Forwarded-For` and `X-Request-Id` are believed.
    pub proxies: Vec<IpNet>,
    /// Whether cookies travel over TLS only and carry the `__Host-` prefix.
    pub secure_cookies: bool,
    /// The most requests in work at once; one more is answered 503.
    pub most_requests: usize,
    /// The most bytes of a request body, where a route takes no files.
    pub most_body: usize,
    /// The most bytes of a request body where it does.
    pub most_upload: usize,
    /// Seconds after which a form with files is given up.
    pub upload_seconds: u64,
    /// Seconds after which a request without an answer is given up.
    pub timeout_seconds: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: String::new(),
            operator: String::new(),
            operator_en: String::new(),
            pos_url: String::new(),
            origin: "http://127.0.0.1:8080".to_owned(),
            language: Language::Ru,
            zone: TimeZone::UTC,
            proxies: Vec::new(),
            secure_cookies: false,
            most_requests: 512,
            most_body: 1024 * 1024,
            most_upload: 110 * 1024 * 1024,
            upload_seconds: 900,
            timeout_seconds: 30,
        }
    }
}

impl Settings {
    /// Who runs the installation, in `language`.
    pub fn operator_in(&self, language: Language) -> &str {
        match language {
            Language::En if !self.operator_en.is_empty() => &self.operator_en,
            _ => &self.operator,
        }
    }
}

/// What the footer tells of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FooterFacts {
    /// Entries sealed.
    pub size: u64,
    /// When the newest checkpoint was signed.
    pub sealed: Moment,
    /// The first and last characters of the root, `9f3c…e1`.
    pub checkpoint: String,
}

type Health = dyn Fn() -> bool + Send + Sync;
type Footer = dyn Fn() -> Option<FooterFacts> + Send + Sync;

/// Shared by every request; cloning costs a counter.
#[derive(Clone)]
pub struct Shell(Arc<Inner>);

struct Inner {
    words: Words,
    assets: Assets,
    settings: Settings,
    clock: Clock,
    live: Live,
    health: Box<Health>,
    footer: Box<Footer>,
}

impl std::fmt::Debug for Shell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Shell").field(&self.0.settings).finish()
    }
}

impl Shell {
    /// Makes the shell. `health` says whether the store takes changes just now; `footer` gives the
    /// journal's last facts. Both are asked on every page and must answer from memory.
    pub fn new(
        settings: Settings,
        words: Words,
        clock: Clock,
        health: impl Fn() -> bool + Send + Sync + 'static,
        footer: impl Fn() -> Option<FooterFacts> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            words,
            assets: Assets::embedded(),
            settings,
            clock,
            live: Live::default(),
            health: Box::new(health),
            footer: Box::new(footer),
        }))
    }

    /// The words of every slice.
    pub fn words(&self) -> &Words {
        &self.0.words
    }

    /// The embedded files.
    pub fn assets(&self) -> &Assets {
        &self.0.assets
    }

    /// How the installation looks from outside.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The one clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The topics that pages listen to.
    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// Whether the store takes changes just now.
    pub fn takes_changes(&self) -> bool {
        (self.0.health)()
    }

    /// The journal's last facts.
    pub fn footer(&self) -> Option<FooterFacts> {
        (self.0.footer)()
    }
}
