//! A small installation with a mailbox, on each database that can be had. Its letters go into a
//! folder, where they are read as they went out.

use std::path::PathBuf;

use base::id::CaseId;
use base::{Actor, Clock, Language, Moment, Role};
use cases::Cases;
use catalog::Catalog;
use channels::Channels;
use channels::mailbox::{Found, Settings, Written};
use files::{Limits, Vault};
use jiff::tz::TimeZone;
use journal::jobs::{self, Handlers};
use journal::{Journal, Keys, Placer};
use law::AgencyHours;
use mail::{Letter, Mail, Sender, Transport};
use people::{NewTerritory, NewUnit, NewUser, People, PersonName, UnitKind};
use store::testing::Fresh;
use store::{Blobs, Migrations, Store};

const MIGRATIONS: [Migrations; 5] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
    channels::MIGRATIONS,
];

/// Friday, 20 November 2026, 12:00 in Moscow.
pub(crate) const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);

pub(crate) struct House {
    pub(crate) store: Store,
    pub(crate) cases: Cases,
    pub(crate) channels: Channels,
    pub(crate) clock: Clock,
    shell: web::Shell,
    mail: Mail,
    people: People,
    placer: Placer,
    handlers: Handlers,
    letters: PathBuf,
    uid: std::cell::Cell<u32>,
    _folder: tempfile::TempDir,
    _fresh: Fresh,
}

pub(crate) fn both(story: impl AsyncFn(House)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let clock = Clock::fixed(NOON);
    for fresh in Fresh::all_at(&MIGRATIONS, &clock) {
        clock.advance_seconds(NOON.seconds_since(clock.now()));
        runtime.block_on(story(House::of(fresh, clock.clone())));
    }
}

impl House {
    fn of(fresh: Fresh, clock: Clock) -> Self {
        let store = fresh.store.clone();
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
        let journal = Journal::new(store.clone(), keys.clone()).unwrap();
        let letters = folder.path().join("letters");
        let settings = Settings::read(Written {
            url: "imap://mail%40region.example:secret@127.0.0.1:1143".into(),
            ..Written::default()
        });
        let sender = Sender {
            address: "okno@region.example".into(),
            name: "Окно".into(),
        };
        let transport = Transport::Folder(letters.clone());
        let mail = Mail::new(keys, mail::Settings { transport, sender });
        let mail = mail.answered_at(Some(settings.unwrap().replies()));
        let people = People::new(store.clone(), journal.clone(), people::Settings::default());
        let catalog = catalog::Settings {
            default_unit: Some("roads".into()),
        };
        let catalog = Catalog::new(store.clone(), journal.clone(), catalog);
        catalog.load_services().unwrap();
        found(&store, &journal);
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let blobs = Blobs::folder(&folder.path().join("blobs")).unwrap();
        let cases = Cases::new(
            journal,
            people.clone(),
            catalog,
            cases::Settings {
                hours: AgencyHours::usual(zone.clone()),
                printer: None,
                vault: Some(Vault::new(blobs, Limits::default())),
            },
        );
        let law = &[
            (Language::Ru, law::WORDS[0].1),
            (Language::En, law::WORDS[1].1),
        ];
        let words = web::Words::new(&[
            law,
            people::WORDS,
            catalog::WORDS,
            files::WORDS,
            cases::WORDS,
            channels::WORDS,
        ]);
        let settings = web::Settings {
            origin: "https://okno.example".into(),
            operator: "Администрация".into(),
            zone,
            ..web::Settings::default()
        };
        let shell = web::Shell::new(settings, words.unwrap(), clock.clone(), || true, || None);
        let mut handlers = Handlers::default();
        let sender = mail.clone();
        handlers.on(mail::JOB, move |letter| {
            let mail = sender.clone();
            async move { mail.send(letter, |_| async { Ok(None) }).await }
        });
        Self {
            channels: Channels::new(cases.clone(), mail.clone()),
            mail,
            placer: Placer::new(store.clone()).unwrap(),
            store,
            cases,
            clock,
            shell,
            people,
            handlers,
            letters,
            uid: std::cell::Cell::new(0),
            _folder: folder,
            _fresh: fresh,
        }
    }

    pub(crate) fn shell(&self) -> &web::Shell {
        &self.shell
    }

    /// A letter that has just come to lie in the mailbox.
    pub(crate) fn lying(&self, letter: &[u8]) -> Found {
        self.uid.set(self.uid.get() + 1);
        self.clock.advance_seconds(1);
        Found {
            mailbox: "mail@host/INBOX".into(),
            uid_validity: 7,
            uid: self.uid.get(),
            bytes: letter.to_vec(),
            is_too_big: false,
        }
    }

    /// What became of a letter.
    pub(crate) async fn take(&self, letter: &str) -> &'static str {
        let found = self.lying(letter.as_bytes());
        let taken = self.channels.take_letter(&self.shell, found).await;
        taken.unwrap().map_or("known", |fate| fate.code())
    }

    /// Sends somebody a letter about a case.
    pub(crate) async fn tell(&self, to: &str, case: CaseId) {
        let letter = Letter {
            to: to.into(),
            subject: "Обращение рассмотрено".into(),
            text: "Ответ готов.".into(),
            id: base::id::new_uuid(NOON),
            automatic: true,
            ..Letter::default()
        };
        let mail = self.mail.clone();
        let queued = self
            .store
            .housekeeping(move |tx| mail.queue_about(tx, &letter, case.0));
        queued.await.unwrap();
    }

    /// The letters that went out, in their order, readable.
    pub(crate) async fn sent(&self) -> Vec<Sent> {
        while jobs::step(&self.store, &self.handlers).await.unwrap() {}
        let Ok(files) = std::fs::read_dir(&self.letters) else {
            return Vec::new();
        };
        let mut names: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        names.sort();
        names
            .into_iter()
            .map(|name| Sent::read(&std::fs::read(name).unwrap()))
            .collect()
    }

    /// Places what was recorded, so that it stands in the log.
    pub(crate) fn place(&self) {
        tokio::task::block_in_place(|| self.placer.place_all_blocking().unwrap());
    }

    pub(crate) async fn findings(&self) -> Vec<String> {
        let tables = [people::TABLES, catalog::TABLES, cases::TABLES].concat();
        let report = journal::fsck::check_store(self.cases.journal(), tables).await;
        report.unwrap().faults.clone()
    }

    pub(crate) async fn somebody(&self, role: Role) -> Actor {
        let email = format!("{}@example.org", base::id::new_uuid(NOON));
        let new = NewUser {
            name: PersonName {
                last: "Семёнова".to_owned(),
                first: "Анна".to_owned(),
                middle: None,
            },
            email: email.clone(),
            password: "correct horse battery".to_owned(),
            role,
            unit: Some("roads".to_owned()),
        };
        let people = self.people.clone();
        tokio::task::spawn_blocking(move || people.add_user_blocking(&Actor::system("test"), &new))
            .await
            .unwrap()
            .unwrap();
        let [a, b] = base::id::random();
        let client = std::net::Ipv4Addr::new(192, 0, a, b).into();
        let signed_in = self.people.sign_in(&email, "correct horse battery", client);
        let token = signed_in.await.unwrap();
        let session = self.people.session(token.as_str(), Language::Ru).await;
        session.unwrap().unwrap().actor
    }
}

/// A letter that went out.
#[derive(Debug)]
pub(crate) struct Sent {
    pub(crate) id: String,
    pub(crate) to: String,
    pub(crate) reply_to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

impl Sent {
    fn read(bytes: &[u8]) -> Self {
        let letter = channels::mailbox::reading::read(bytes, 100_000).unwrap();
        let text = String::from_utf8_lossy(bytes).into_owned();
        let reply_to = text
            .lines()
            .find_map(|line| line.strip_prefix("Reply-To: "));
        Self {
            id: letter.id,
            to: letter.sent_to.join(","),
            reply_to: reply_to.unwrap_or_default().to_owned(),
            subject: letter.subject,
            text: letter.text,
        }
    }
}

/// One town, one authority.
fn found(store: &Store, journal: &Journal) {
    let journal = journal.clone();
    store
        .change_blocking(&Actor::system("test"), move |tx| {
            let territory = NewTerritory {
                parent: None,
                code: "town".into(),
                name_ru: "Город".into(),
                name_en: "Town".into(),
            };
            let town = people::units::ensure_territory(tx, &journal, &territory)?;
            let new = NewUnit {
                parent: None,
                kind: UnitKind::Agency,
                code: "roads".into(),
                name_ru: "Дороги".into(),
                name_en: "Roads".into(),
                territories: vec![town],
            };
            people::units::ensure(tx, &journal, &new)
        })
        .unwrap();
}
