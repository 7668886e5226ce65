//! The house put together: the store with every slice's tables, the keys, the journal, the slices.
//! The server lives in it, and each command opens it beside a running server.

use base::{Clock, Language};
use cases::Cases;
use catalog::Catalog;
use channels::Channels;
use journal::{Journal, Keys};
use mail::Mail;
use notices::Notices;
use people::People;
use store::{Blobs, Store};

use crate::settings::Settings;

/// Every slice's tables, in the order in which they build on each other.
pub(crate) const MIGRATIONS: &[store::Migrations] = &[
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
    notices::MIGRATIONS,
    channels::MIGRATIONS,
];

/// The words of law; the crate itself knows nothing of our languages.
const LAW_WORDS: &[(Language, &str)] = &[
    (Language::Ru, law::WORDS[0].1),
    (Language::En, law::WORDS[1].1),
];

/// Every slice's words.
pub(crate) const WORDS: &[&[(Language, &str)]] = &[
    LAW_WORDS,
    people::WORDS,
    catalog::WORDS,
    files::WORDS,
    cases::WORDS,
    cases::api::WORDS,
    notices::WORDS,
    channels::WORDS,
    OWN_WORDS,
];

const OWN_WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
];

/// Every table that the journal protects.
pub(crate) fn protected_tables() -> Vec<&'static store::Table> {
    [
        people::TABLES,
        catalog::TABLES,
        cases::TABLES,
        notices::TABLES,
        channels::TABLES,
    ]
    .concat()
}

/// The unit that takes what no rule covers, in the demo and after a bare start.
pub(crate) const DEFAULT_UNIT: &str = "reception";

/// The slices over one store.
#[derive(Clone)]
pub(crate) struct House {
    /// The store.
    pub store: Store,
    /// The journal.
    pub journal: Journal,
    /// Files and the published log.
    pub blobs: Blobs,
    /// The way out for letters.
    pub mail: Mail,
    /// People.
    pub people: People,
    /// Services.
    pub catalog: Catalog,
    /// Cases.
    pub cases: Cases,
    /// What people are told.
    pub notices: Notices,
    /// The ways in beside the pages: mailbox, dialogue, networks.
    pub channels: Channels,
    /// Whether the store had nothing in it when it was opened.
    pub fresh: bool,
}

impl House {
    /// The catalogue for whoever administers it: routes are tried on the cases of this house.
    pub(crate) fn administration(&self) -> catalog::Administration {
        let past = std::sync::Arc::new(self.cases.clone());
        catalog::Administration::new(self.catalog.clone(), self.people.clone(), past)
    }

    /// Opens everything. Only a server may make keys for an empty store (`may_found`).
    pub(crate) fn open(settings: &Settings, may_found: bool) -> Result<Self, String> {
        let data = &settings.data;
        // A mistyped folder would be made and then called a store that has lost its keys.
        let in_folder = matches!(settings.store.backend, store::Backend::Sqlite { .. });
        if in_folder && !may_found && !data.exists() {
            return Err(format!(
                "there is no {}: name the folder of the data with --data",
                data.display()
            ));
        }
        std::fs::create_dir_all(data).map_err(|error| format!("{}: {error}", data.display()))?;
        let store = Store::open(&settings.store, Clock::system(), MIGRATIONS)
            .map_err(|error| error.to_string())?;
        let fresh = store
            .read_blocking(journal::nothing_recorded)
            .map_err(told)?;
        let keys = Keys::open(
            &settings.keys,
            settings.log_name.as_deref(),
            fresh && may_found,
        )
        .map_err(|error| error.to_string())?;
        let checked = keys.clone();
        store
            .read_blocking(move |db| checked.check_against(db))
            .map_err(told)?
            .map_err(|error| error.to_string())?;
        let journal = Journal::new(store.clone(), keys).map_err(told)?;
        let blobs = Blobs::folder(&data.join("blobs")).map_err(told)?;
        let documents = match &settings.bucket {
            Some(bucket) => Blobs::bucket(bucket).map_err(told)?,
            None => blobs.clone(),
        };
        let mut way_out = settings.mail.clone();
        if let Some(folder) = crate::demo::letters(settings, fresh && may_found) {
            way_out.transport = mail::Transport::Folder(folder);
        }
        if way_out.sender.name.is_empty() {
            way_out.sender.name = crate::demo::operator(settings, fresh && may_found, Language::Ru);
        }
        let replies = settings.mailbox.as_ref();
        let replies = replies.map(channels::mailbox::Settings::replies);
        let mail = Mail::new(journal.keys().clone(), way_out).answered_at(replies);
        let people = People::new(
            store.clone(),
            journal.clone(),
            people::Settings {
                operator: crate::demo::operator(settings, fresh && may_found, Language::Ru),
                operator_en: crate::demo::operator(settings, fresh && may_found, Language::En),
                origin: settings.web.origin.clone(),
                mail: Some(mail.clone()),
                second_factor: settings.staff_second_factor
                    && !crate::demo::is_demo(settings, fresh && may_found),
                unread: Some(notices::unread),
                ways_back: Some(Cases::ways_back),
            },
        );
        let catalog = Catalog::new(
            store.clone(),
            journal.clone(),
            catalog::Settings {
                default_unit: settings
                    .default_unit
                    .clone()
                    .or_else(|| Some(DEFAULT_UNIT.to_owned())),
            },
        );
        let cases = Cases::new(
            journal.clone(),
            people.clone(),
            catalog.clone(),
            cases::Settings {
                hours: settings.hours.clone(),
                printer: Some(crate::printing::printer()),
                vault: Some(files::Vault::new(documents, files::Limits::default())),
            },
        );
        Ok(Self {
            channels: Channels::new(cases.clone(), mail.clone())
                .with_messengers(&settings.messengers)
                .with_networks(settings.vk.clone())
                .with_alice(settings.alice_secret.as_deref()),
            notices: Notices::new(journal.clone(), mail.clone()),
            store,
            journal,
            blobs,
            mail,
            people,
            catalog,
            cases,
            fresh,
        })
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands in `map_err`, which gives the error away"
)]
/// An error for the operator, with its detail: this goes to a terminal, not to a page.
pub(crate) fn told(error: base::Error) -> String {
    match &error {
        base::Error::Internal(detail) => detail.for_the_log().to_owned(),
        base::Error::Invalid(fields) => {
            let field = |f: &base::FieldError| format!("{}: {}", f.field, f.key);
            fields.iter().map(field).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
