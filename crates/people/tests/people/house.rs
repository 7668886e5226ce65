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

/// One house on each engine that can be had.
pub(crate) fn houses() -> Vec<House> {
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
