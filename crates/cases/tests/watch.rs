//! The watch over terms through the face of the slice, on both databases, with a clock that a test
//! moves: each thing is said once, on its day, and not while the applicant is waited for.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use std::sync::Arc;

use base::id::UnitId;
use base::{Actor, Clock, Grant, Language, Moment, Number, Role, Scope, Who};
use cases::model::{Filing, Source};
use cases::{Cases, Marks, Pass, WatchFollower};
use catalog::{Catalog, Phrase};
use jiff::tz::TimeZone;
use journal::{Follower, Journal, Keys, Placer};
use law::AgencyHours;
use people::{NewUnit, NewUser, People, PersonName, UnitKind};
use serde_json::json;
use store::testing::Fresh;
use store::{Migrations, Store};

const MIGRATIONS: [Migrations; 4] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
];

/// Friday, 20 November 2026, 12:00 in Moscow.
const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);
const DAY: i64 = 24 * 3600;

struct House {
    store: Store,
    cases: Cases,
    people: People,
    watcher: Arc<dyn Follower>,
    placer: Placer,
    clock: Clock,
    roads: UnitId,
    _folder: tempfile::TempDir,
    _fresh: Fresh,
}

fn both(story: impl AsyncFn(House)) {
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
        let journal = Journal::new(store.clone(), keys).unwrap();
        let people = People::new(store.clone(), journal.clone(), people::Settings::default());
        let settings = catalog::Settings {
            default_unit: Some("roads".into()),
        };
        let catalog = Catalog::new(store.clone(), journal.clone(), settings);
        catalog.load_services().unwrap();
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let cases = Cases::new(
            journal.clone(),
            people.clone(),
            catalog,
            cases::Settings {
                hours: AgencyHours::usual(zone.clone()),
                printer: None,
                vault: None,
            },
        );
        let roads = store
            .change_blocking(&Actor::system("test"), move |tx| {
                let category = catalog::NewCategory {
                    parent: None,
                    code: "snow".into(),
                    position: 1,
                    name: Phrase::new("Снег", "Snow"),
                };
                catalog::ensure_category(tx, &journal, &category)?;
                let territory = people::NewTerritory {
                    parent: None,
                    code: "town".into(),
                    name_ru: "Город".into(),
                    name_en: "Town".into(),
                };
                people::units::ensure_territory(tx, &journal, &territory)?;
                let new = NewUnit {
                    parent: None,
                    kind: UnitKind::Agency,
                    code: "roads".into(),
                    name_ru: "Дороги".into(),
                    name_en: "Roads".into(),
                    territories: Vec::new(),
                };
                people::units::ensure(tx, &journal, &new)
            })
            .unwrap();
        Self {
            placer: Placer::new(store.clone()).unwrap(),
            watcher: Arc::new(WatchFollower {
                marks: Marks::default(),
                zone,
            }),
            store,
            cases,
            people,
            clock,
            roads,
            _folder: folder,
            _fresh: fresh,
        }
    }

    async fn staff(&self, role: Role) -> Actor {
        self.somebody(role, Some("roads")).await
    }

    async fn somebody(&self, role: Role, unit: Option<&str>) -> Actor {
        let new = NewUser {
            name: PersonName {
                last: "Петров".to_owned(),
                first: "Пётр".to_owned(),
                middle: None,
            },
            email: format!("{}@example.org", role.code()),
            password: "correct horse battery".to_owned(),
            role,
            unit: unit.map(str::to_owned),
        };
        let people = self.people.clone();
        let account = tokio::task::spawn_blocking(move || {
            people.add_user_blocking(&Actor::system("test"), &new)
        })
        .await
        .unwrap()
        .unwrap();
        let person = self
            .store
            .read(move |db| People::person_of(db, account))
            .await
            .unwrap()
            .unwrap();
        Actor {
            who: Who::Account {
                account,
                person,
                grants: vec![Grant {
                    role,
                    scope: unit.map_or(Scope::Own, |_| Scope::Unit(self.roads)),
                }],
                units: unit.map(|_| self.roads).into_iter().collect(),
            },
            language: Language::Ru,
        }
    }

    async fn file(&self) -> Number {
        let answers = json!({
            "category": "snow",
            "subject": "Не убран двор",
            "description": "Третий день не убирают снег во дворе дома 12.",
            "happened_on": "2026-11-18",
            "expected": "Очистить двор",
            "place": {"territory": "town", "address": "Лесная, 12"},
            "applicant": {"last_name": "Семёнова", "first_name": "Анна", "email": "a@example.org"},
        });
        let filing = Filing {
            service: "complaint".into(),
            answers: answers.as_object().unwrap().clone(),
            consent: true,
            source: Source::Web,
            draft: None,
            idempotency: None,
        };
        // Somebody with an account: their appeal goes by 59-ФЗ and has thirty days.
        let applicant = self.somebody(Role::Applicant, None).await;
        self.cases.file(&applicant, filing).await.unwrap().number
    }

    fn follow(&self) {
        tokio::task::block_in_place(|| {
            self.placer.place_all_blocking().unwrap();
            journal::followers::catch_up_blocking(&self.store, &self.watcher).unwrap();
        });
    }

    /// Lets the days go by; the clock comes twice a day.
    async fn days(&self, days: usize) {
        for _ in 0..days {
            for _ in 0..2 {
                self.follow();
                self.cases.watch_terms(&Marks::default()).await.unwrap();
            }
            self.clock.advance_seconds(DAY);
        }
        self.follow();
    }

    /// What the clock has said of a case: action and its number.
    async fn said(&self, reader: &Actor, number: Number) -> Vec<(String, String)> {
        let card = self
            .cases
            .card(reader, &Pass::default(), number)
            .await
            .unwrap();
        card.history
            .iter()
            .filter(|told| {
                ["case.reminded", "case.escalated", "case.overdue"].contains(&told.action.as_str())
            })
            .map(|told| {
                let number = told
                    .field("days")
                    .or(told.field("mark"))
                    .unwrap_or_default();
                (told.action.clone(), number.to_owned())
            })
            .collect()
    }
}

fn said(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(action, number)| (format!("case.{action}"), (*number).to_owned()))
        .collect()
}

#[test]
fn everything_is_said_once_and_in_order() {
    both(async |house: House| {
        let specialist = house.staff(Role::Specialist).await;
        house.staff(Role::Head).await;
        let number = house.file().await;
        house.cases.take(&specialist, number).await.unwrap();
        house.days(45).await;
        assert_eq!(
            house.said(&specialist, number).await,
            said(&[
                ("reminded", "7"),
                ("escalated", "80"),
                ("reminded", "3"),
                ("reminded", "1"),
                ("escalated", "100"),
                ("overdue", ""),
                ("escalated", "120"),
            ])
        );
        let left = house
            .store
            .read(|db| {
                db.one("SELECT count(*) FROM case_watch", &[], |row| {
                    row.get::<i64>(0)
                })
            })
            .await
            .unwrap();
        assert_eq!(
            left, 0,
            "nothing more is to be said, so nothing is looked at"
        );
    });
}

#[test]
fn after_a_long_silence_only_the_last_of_each_kind_is_said() {
    both(async |house: House| {
        let specialist = house.staff(Role::Specialist).await;
        let number = house.file().await;
        house.follow();
        house.clock.advance_seconds(40 * DAY);
        house.cases.watch_terms(&Marks::default()).await.unwrap();
        assert_eq!(
            house.said(&specialist, number).await,
            said(&[("overdue", ""), ("escalated", "120")])
        );
    });
}

#[test]
fn nothing_is_said_while_the_applicant_is_waited_for() {
    both(async |house: House| {
        let specialist = house.staff(Role::Specialist).await;
        let number = house.file().await;
        let cases = &house.cases;
        cases.take(&specialist, number).await.unwrap();
        cases
            .request_documents(&specialist, number, &["Фото".to_owned()], "")
            .await
            .unwrap();
        house.days(30).await;
        assert_eq!(house.said(&specialist, number).await, said(&[]));
        cases.resume(&specialist, number).await.unwrap();
        house.days(1).await;
        assert!(!house.said(&specialist, number).await.is_empty());
    });
}

#[test]
fn two_nodes_at_once_say_it_once() {
    both(async |house: House| {
        let specialist = house.staff(Role::Specialist).await;
        let number = house.file().await;
        house.follow();
        house.clock.advance_seconds(40 * DAY);
        let marks = Marks::default();
        let (one, other) = tokio::join!(
            house.cases.watch_terms(&marks),
            house.cases.watch_terms(&marks)
        );
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        assert_eq!(house.said(&specialist, number).await.len(), 2);
    });
}

/// What the clock has said of the terms beside the answer's.
async fn said_beside(house: &House, reader: &Actor, number: Number) -> Vec<(String, String)> {
    let card = house
        .cases
        .card(reader, &Pass::default(), number)
        .await
        .unwrap();
    let named = |told: &journal::Told| {
        let day = told.field("begin_by").or(told.field("send_by"))?;
        let action = told.action.strip_prefix("case.")?;
        (action.starts_with("start_") || action == "documents_reminded")
            .then(|| (action.to_owned(), day.to_owned()))
    };
    card.history.iter().filter_map(named).collect()
}

#[test]
fn the_start_of_work_is_called_for_once_and_then_missed() {
    both(async |house: House| {
        let specialist = house.staff(Role::Specialist).await;
        let number = house.file().await;
        house.days(6).await;
        assert_eq!(said_beside(&house, &specialist, number).await, []);
        // Thursday, a working day before; the day itself says nothing new.
        house.days(2).await;
        let reminded = ("start_reminded".to_owned(), "2026-11-27".to_owned());
        assert_eq!(
            said_beside(&house, &specialist, number).await,
            std::slice::from_ref(&reminded)
        );
        house.days(5).await;
        let missed = ("start_overdue".to_owned(), "2026-11-27".to_owned());
        assert_eq!(
            said_beside(&house, &specialist, number).await,
            [reminded, missed]
        );
    });
}

#[test]
fn nothing_is_said_of_work_that_has_begun() {
    both(async |house: House| {
        let specialist = house.staff(Role::Specialist).await;
        let number = house.file().await;
        house.cases.take(&specialist, number).await.unwrap();
        house.days(12).await;
        assert_eq!(said_beside(&house, &specialist, number).await, []);
    });
}

#[test]
fn documents_are_asked_for_again_before_their_day_and_on_it() {
    both(async |house: House| {
        let specialist = house.staff(Role::Specialist).await;
        let number = house.file().await;
        let cases = &house.cases;
        cases.take(&specialist, number).await.unwrap();
        let items = ["Фото".to_owned()];
        cases
            .request_documents(&specialist, number, &items, "")
            .await
            .unwrap();
        // Ten working days from Friday, 20 November: Friday, 4 December.
        let again = ("documents_reminded".to_owned(), "2026-12-04".to_owned());
        house.days(11).await;
        assert_eq!(said_beside(&house, &specialist, number).await, []);
        house.days(2).await;
        assert_eq!(
            said_beside(&house, &specialist, number).await,
            std::slice::from_ref(&again)
        );
        house.days(20).await;
        assert_eq!(
            said_beside(&house, &specialist, number).await,
            [again.clone(), again]
        );
    });
}
