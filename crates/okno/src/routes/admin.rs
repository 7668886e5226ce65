//! What the administration is told by the binary: the sections of every slice, and the settings in
//! force. A setting that holds a secret is shown only as being there.

use std::sync::Arc;

use people::pages::admin::{Frame, Setting, Work};
use store::Engine;
use web::admin::Section;

use crate::house::{DEFAULT_UNIT, House};
use crate::settings::Settings;

/// The sections of every slice, in the order of the home page.
const SECTIONS: &[&[Section]] = &[
    people::pages::admin::SECTIONS,
    catalog::pages::admin::SECTIONS,
    notices::ADMIN,
    channels::ADMIN,
    cases::pages::ADMIN,
];

/// What the pages of the administration need to know.
pub(crate) fn frame(settings: &Settings, house: &House) -> Frame {
    Frame {
        sections: SECTIONS.concat(),
        settings: told(settings, house),
        work: Work(Some(Arc::new(house.cases.clone()))),
    }
}

/// The settings in force.
pub(super) fn told(settings: &Settings, house: &House) -> Vec<Setting> {
    let web = &settings.web;
    let database = match house.store.engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    let transport = match &settings.mail.transport {
        _ if !house.mail.is_configured() => "",
        mail::Transport::Smtp(_) => "smtp",
        mail::Transport::None | mail::Transport::Folder(_) => "folder",
    };
    let proxies: Vec<String> = web.proxies.iter().map(ToString::to_string).collect();
    let numbers = |numbers: &[u32]| {
        let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        texts.join(", ")
    };
    [
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("database", database.to_owned()),
        ("data", settings.data.display().to_string()),
        ("listen", settings.listen.to_string()),
        ("origin", web.origin.clone()),
        ("title", web.title.clone()),
        ("operator", web.operator.clone()),
        ("operator_en", web.operator_en.clone()),
        ("pos_url", web.pos_url.clone()),
        ("log_name", house.journal.keys().origin().to_owned()),
        ("zone", web.zone.iana_name().unwrap_or_default().to_owned()),
        (
            "default_unit",
            settings
                .default_unit
                .clone()
                .unwrap_or_else(|| DEFAULT_UNIT.to_owned()),
        ),
        ("proxies", proxies.join(", ")),
        ("most_requests", web.most_requests.to_string()),
        ("writers", settings.store.writers.to_string()),
        ("readers", settings.store.readers.to_string()),
        (
            "api_burst",
            super::openapi::guests(settings).burst.to_string(),
        ),
        ("keys", settings.keys.display().to_string()),
        (
            "backup",
            settings
                .backup
                .as_ref()
                .map(|plan| format!("{}, {}", plan.folder.display(), plan.at))
                .unwrap_or_default(),
        ),
        ("mail", transport.to_owned()),
        ("mail_from", settings.mail.sender.address.clone()),
        ("mail_name", settings.mail.sender.name.clone()),
        (
            "mailbox_url",
            settings
                .mailbox
                .as_ref()
                .map(channels::mailbox::Settings::told)
                .unwrap_or_default(),
        ),
        ("reminders", numbers(&settings.marks.reminders)),
        ("escalation", numbers(&settings.marks.shares)),
        (
            "staff_second_factor",
            house.people.asks_second_factor().to_string(),
        ),
    ]
    .into_iter()
    .map(|(name, value)| Setting { name, value })
    .collect()
}
