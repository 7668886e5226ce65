//! A small installation for the tests: a fresh store, its keys, a clock that a test moves.

use std::net::IpAddr;

use base::{Actor, Clock, Language, Moment, Role};
use journal::{Journal, Keys};
use people::{NewTerritory, NewUnit, NewUser, People, PersonName, SignUp, UnitKind, units};
use store::testing::Fresh;
use store::{Migrations, Store};

/// 21 November 2026, 09:00 UTC.
pub(crate) const START: i64 = 1_795_251_600_000_000;

pub(crate) const PASSWORD: &str = "три зелёных чайника";

pub(crate) const MIGRATIONS: [Migrations; 2] = [journal::MIGRATIONS, people::MIGRATIONS];

pub(crate) struct House {
    pub(crate) people: People,
    pub(crate) store: Store,
    pub(crate) journal: Journal,
    pub(crate) clock: Clock,
    _fresh: Fresh,
    _keys: tempfile::TempDir,
}

/// One house on each engine that can be had; no letters are sent.
pub(crate) fn houses() -> Vec<House> {
    houses_with(|_, _| people::Settings::default())
}

/// The same, with a way out for letters.
pub(crate) fn houses_with_mail() -> Vec<House> {
    houses_with(|keys, folder| people::Settings {
        mail: Some(mail_into(keys, folder)),
        ..people::Settings::default()
    })
}

/// The same, and staff need a second factor.
pub(crate) fn houses_with_second_factor() -> Vec<House> {
    houses_with(|keys, folder| people::Settings {
        mail: Some(mail_into(keys, folder)),
        second_factor: true,
        ..people::Settings::default()
    })
}

fn mail_into(keys: &Keys, folder: &std::path::Path) -> mail::Mail {
    let settings = mail::Settings {
        transport: mail::Transport::Folder(folder.to_owned()),
        ..mail::Settings::default()
    };
    mail::Mail::new(keys.clone(), settings)
}

/// A letter that waits to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) to: String,
    pub(crate) text: String,
}

impl Letter {
    /// What stands in its link after `page`.
    pub(crate) fn token(&self, page: &str) -> String {
        let start = format!("https://okno.example{page}");
        let rest = self.text.split(&start).nth(1).unwrap_or_default();
        rest.split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    }
}

fn houses_with(settings: impl Fn(&Keys, &std::path::Path) -> people::Settings) -> Vec<House> {
    let clock = Clock::fixed(Moment::from_micros(START));
    let mut fresh = vec![Fresh::sqlite_at(&MIGRATIONS, clock.clone())];
    fresh.extend(Fresh::postgres_at(&MIGRATIONS, clock.clone()));
    fresh
        .into_iter()
        .map(|fresh| {
            let folder = tempfile::tempdir().unwrap();
            let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
            let journal = Journal::new(fresh.store.clone(), keys).unwrap();
            let settings = people::Settings {
                operator: "Приёмная Приозёрской области".into(),
                origin: "https://okno.example".into(),
                ..settings(journal.keys(), folder.path())
            };
            House {
                people: People::new(fresh.store.clone(), journal.clone(), settings),
                store: fresh.store.clone(),
                journal,
                clock: clock.clone(),
                _fresh: fresh,
                _keys: folder,
            }
        })
        .collect()
}

pub(crate) fn guest() -> Actor {
    Actor::guest(Language::Ru)
}

pub(crate) fn address(n: u8) -> IpAddr {
    IpAddr::from([192, 0, 2, n])
}

pub(crate) fn name(last: &str, first: &str) -> PersonName {
    PersonName {
        last: last.into(),
        first: first.into(),
        middle: None,
    }
}

pub(crate) fn sign_up(email: &str) -> SignUp {
    SignUp {
        name: name("Смирнова", "Анна"),
        email: email.into(),
        password: PASSWORD.into(),
        consent: true,
    }
}

pub(crate) fn user(email: &str, role: Role, unit: Option<&str>) -> NewUser {
    NewUser {
        name: name("Ковалёв", "Борис"),
        email: email.into(),
        password: PASSWORD.into(),
        role,
        unit: unit.map(str::to_owned),
    }
}

impl House {
    /// `ministry` → `roads`, `health`; `city` stands alone. Ministry covers the region, roads the
    /// lake district inside it.
    pub(crate) async fn with_units(&self) {
        let journal = self.journal.clone();
        self.store
            .change(&Actor::system("demo"), move |tx| {
                let place = |code: &str, parent| NewTerritory {
                    parent,
                    code: code.into(),
                    name_ru: format!("Территория {code}"),
                    name_en: format!("Territory {code}"),
                };
                let unit = |code: &str, parent, kind, territories| NewUnit {
                    parent,
                    kind,
                    code: code.into(),
                    name_ru: format!("Орган {code}"),
                    name_en: format!("Body {code}"),
                    territories,
                };
                let region = units::ensure_territory(tx, &journal, &place("region", None))?;
                let lakes = units::ensure_territory(tx, &journal, &place("lakes", Some(region)))?;
                let ministry = units::ensure(
                    tx,
                    &journal,
                    &unit("ministry", None, UnitKind::Agency, vec![region]),
                )?;
                for (code, territories) in [("roads", vec![lakes]), ("health", vec![])] {
                    let below = unit(code, Some(ministry), UnitKind::Unit, territories);
                    units::ensure(tx, &journal, &below)?;
                }
                units::ensure(tx, &journal, &unit("city", None, UnitKind::Agency, vec![]))?;
                Ok(())
            })
            .await
            .unwrap();
    }

    /// Letters that wait to be sent, oldest first.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let payloads: Vec<String> = self
            .store
            .read(|db| {
                db.query(
                    "SELECT CAST(payload AS TEXT) FROM job WHERE kind = 'mail.send' ORDER BY created_at, id",
                    &[],
                    |row| row.get(0),
                )
            })
            .await
            .unwrap();
        let key = self.journal.keys().installation();
        payloads
            .iter()
            .map(|payload| {
                let payload: serde_json::Value = serde_json::from_str(payload).unwrap();
                let sealed = payload["letter"].as_str().unwrap();
                let sealed = journal::wire::from_base64(sealed).unwrap();
                let plain = key.open("mail.letter", &sealed).unwrap();
                let letter: serde_json::Value = serde_json::from_slice(&plain).unwrap();
                Letter {
                    to: letter["to"].as_str().unwrap().to_owned(),
                    text: letter["text"].as_str().unwrap().to_owned(),
                }
            })
            .collect()
    }

    /// The newest letter to an address.
    pub(crate) async fn letter_to(&self, to: &str) -> Letter {
        let letters = self.letters().await;
        letters
            .into_iter()
            .rev()
            .find(|letter| letter.to == to)
            .unwrap()
    }

    /// Somebody who is signed in with the password of the tests.
    pub(crate) async fn actor(&self, email: &str) -> Actor {
        let token = self
            .people
            .sign_in(email, PASSWORD, address(250))
            .await
            .unwrap();
        let known = self.people.session(token.as_str(), Language::Ru).await;
        known.unwrap().unwrap().actor
    }

    /// A user added by the operator.
    pub(crate) fn add(&self, email: &str, role: Role, unit: Option<&str>) {
        self.people
            .add_user_blocking(&Actor::system("user add"), &user(email, role, unit))
            .unwrap();
    }

    pub(crate) async fn count(&self, table: &'static str) -> i64 {
        self.store
            .read(move |db| {
                db.one(&format!("SELECT COUNT(*) FROM {table}"), &[], |row| {
                    row.get(0)
                })
            })
            .await
            .unwrap()
    }
}
