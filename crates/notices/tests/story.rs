//! Notices through the face of the slice, on both databases: who is told what of the life of a case,
//! once; letters; wishes; templates; what is late.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use std::path::PathBuf;
use std::sync::Arc;

use base::id::UnitId;
use base::{Actor, Clock, Error, Grant, Language, Moment, Role, Scope, Who};
use cases::model::{Filed, Filing, Source};
use cases::{Cases, Marks, Pass, WatchFollower};
use catalog::{Catalog, NewCategory, NewRule, Phrase};
use jiff::tz::TimeZone;
use journal::jobs::{self, Handlers};
use journal::{Follower, Journal, Keys, Placer};
use law::AgencyHours;
use mail::{Mail, Sender, Transport};
use notices::{Channel, Kind, Notice, Notices, NoticesFollower, Template};
use people::{NewTerritory, NewUnit, NewUser, People, PersonName, UnitKind};
use serde_json::json;
use store::testing::Fresh;
use store::{Migrations, Store};

const MIGRATIONS: [Migrations; 5] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
    notices::MIGRATIONS,
];

/// Friday, 20 November 2026, 12:00 in Moscow.
const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);
const DAY: i64 = 24 * 3600;

struct House {
    store: Store,
    cases: Cases,
    people: People,
    notices: Notices,
    follower: Arc<dyn Follower>,
    watcher: Arc<dyn Follower>,
    placer: Placer,
    handlers: Handlers,
    letters: PathBuf,
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

fn words() -> web::Words {
    let law = &[
        (Language::Ru, law::WORDS[0].1),
        (Language::En, law::WORDS[1].1),
    ];
    web::Words::new(&[
        law,
        people::WORDS,
        catalog::WORDS,
        cases::WORDS,
        notices::WORDS,
    ])
    .unwrap()
}

impl House {
    fn of(fresh: Fresh, clock: Clock) -> Self {
        let store = fresh.store.clone();
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
        let journal = Journal::new(store.clone(), keys.clone()).unwrap();
        let letters = folder.path().join("letters");
        let mail = Mail::new(
            keys,
            mail::Settings {
                transport: Transport::Folder(letters.clone()),
                sender: Sender {
                    address: "okno@region.example".into(),
                    name: "Окно".into(),
                },
            },
        );
        let people = People::new(store.clone(), journal.clone(), people::Settings::default());
        let catalog = Catalog::new(store.clone(), journal.clone(), catalog::Settings::default());
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
        let settings = web::Settings {
            origin: "https://okno.example".into(),
            zone: zone.clone(),
            ..web::Settings::default()
        };
        let shell = web::Shell::new(settings, words(), clock.clone(), || true, || None);
        let roads = found(&store, &journal);
        let mut handlers = Handlers::default();
        let sender = mail.clone();
        handlers.on(mail::JOB, move |letter| {
            let mail = sender.clone();
            async move { mail.send(letter, |_| async { Ok(None) }).await }
        });
        Self {
            placer: Placer::new(store.clone()).unwrap(),
            notices: Notices::new(journal, mail.clone()),
            follower: Arc::new(NoticesFollower::new(cases.clone(), mail, shell)),
            watcher: Arc::new(WatchFollower {
                marks: Marks::default(),
                zone,
            }),
            store,
            cases,
            people,
            handlers,
            letters,
            clock,
            roads,
            _folder: folder,
            _fresh: fresh,
        }
    }

    /// Places, follows and sends whatever there is.
    async fn settle(&self) {
        let (store, follower, watcher) = (
            self.store.clone(),
            Arc::clone(&self.follower),
            Arc::clone(&self.watcher),
        );
        tokio::task::block_in_place(|| {
            self.placer.place_all_blocking().unwrap();
            journal::followers::catch_up_blocking(&store, &watcher).unwrap();
            journal::followers::catch_up_blocking(&store, &follower).unwrap();
        });
        while jobs::step(&self.store, &self.handlers).await.unwrap() {}
    }

    /// The letters that were sent, as one text each, with words readable.
    fn letters(&self) -> Vec<String> {
        let Ok(files) = std::fs::read_dir(&self.letters) else {
            return Vec::new();
        };
        let mut texts: Vec<(String, String)> = files
            .map(|file| {
                let file = file.unwrap();
                let name = file.file_name().to_string_lossy().into_owned();
                (name, std::fs::read_to_string(file.path()).unwrap())
            })
            .collect();
        texts.sort();
        texts.into_iter().map(|(_, text)| text).collect()
    }

    async fn somebody(&self, email: &str, role: Role, unit: Option<&str>) -> Actor {
        let new = NewUser {
            name: PersonName {
                last: "Семёнова".to_owned(),
                first: "Анна".to_owned(),
                middle: None,
            },
            email: email.to_owned(),
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
        let (scope, units) = match unit {
            Some(_) => (Scope::Unit(self.roads), vec![self.roads]),
            None if role == Role::Administrator => (Scope::Installation, Vec::new()),
            None => (Scope::Own, Vec::new()),
        };
        Actor {
            who: Who::Account {
                account,
                person,
                grants: vec![Grant { role, scope }],
                units,
            },
            language: Language::Ru,
        }
    }

    async fn told(&self, actor: &Actor) -> Vec<Notice> {
        self.notices.list(actor, None).await.unwrap().items
    }

    async fn kinds(&self, actor: &Actor) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self
            .told(actor)
            .await
            .into_iter()
            .map(|notice| notice.kind)
            .collect();
        kinds.reverse();
        kinds
    }

    async fn unread(&self, actor: &Actor) -> u32 {
        let person = actor.person().unwrap();
        let read = move |db: &mut store::Db<'_>| notices::unread(db, person);
        self.store.read(read).await.unwrap()
    }

    async fn file(&self, actor: &Actor, email: &str) -> Filed {
        let answers = json!({
            "category": "snow",
            "subject": "Не убран двор",
            "description": "Третий день не убирают снег во дворе дома 12.",
            "happened_on": "2026-11-18",
            "expected": "Очистить двор",
            "place": {"territory": "town", "address": "Лесная, 12"},
            "applicant": {"last_name": "Семёнова", "first_name": "Анна", "email": email},
        });
        let filing = Filing {
            service: "complaint".into(),
            answers: answers.as_object().unwrap().clone(),
            consent: true,
            source: Source::Web,
            draft: None,
            idempotency: None,
        };
        self.cases.file(actor, filing).await.unwrap()
    }
}

fn found(store: &Store, journal: &Journal) -> UnitId {
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
            let mut above = None;
            for (code, name) in [("city", "Администрация"), ("roads", "Дороги")]
            {
                let new = NewUnit {
                    parent: above,
                    kind: UnitKind::Agency,
                    code: code.into(),
                    name_ru: name.into(),
                    name_en: code.into(),
                    territories: vec![town],
                };
                above = Some(people::units::ensure(tx, &journal, &new)?);
            }
            let roads = above.unwrap();
            let category = NewCategory {
                parent: None,
                code: "snow".into(),
                position: 1,
                name: Phrase::new("Снег", "Snow"),
            };
            let snow = catalog::ensure_category(tx, &journal, &category)?;
            let rule = NewRule {
                position: 1,
                category: Some(snow),
                territory: Some(town),
                service: None,
                unit: roads,
                reason: Phrase::new("Снег убирают дороги", "Roads clear snow"),
            };
            catalog::insert_rule(tx, &journal, &rule)?;
            Ok(roads)
        })
        .unwrap()
}

#[test]
fn the_applicant_is_told_of_everything_once() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let specialist = house
            .somebody("spec@example.org", Role::Specialist, Some("roads"))
            .await;
        let filed = house.file(&anna, "anna@example.org").await;
        house.settle().await;
        assert_eq!(house.kinds(&anna).await, [Kind::Filed]);
        assert_eq!(house.unread(&anna).await, 1);
        house.cases.take(&specialist, filed.number).await.unwrap();
        house
            .cases
            .write(
                &specialist,
                &Pass::default(),
                filed.number,
                "Пришлите фото",
                true,
            )
            .await
            .unwrap();
        house
            .cases
            .request_documents(
                &specialist,
                filed.number,
                &["Фото двора".to_owned(), "Адрес <b>подъезда</b>".to_owned()],
                "Загрузите на странице обращения",
            )
            .await
            .unwrap();
        house.settle().await;
        // A follower that is run again from the start, as after a restore of its position.
        house
            .store
            .housekeeping(|tx| {
                tx.execute("DELETE FROM follower WHERE name = 'notices'", &[])
                    .map(|_| ())
            })
            .await
            .unwrap();
        house.settle().await;
        assert_eq!(
            house.kinds(&anna).await,
            [Kind::Filed, Kind::Executor, Kind::Message, Kind::Documents]
        );
        let told = house.told(&anna).await;
        assert_eq!(told[0].facts.items, ["Фото двора", "Адрес <b>подъезда</b>"]);
        let letters = house.letters();
        assert_eq!(letters.len(), 4, "one letter each, however often followed");
        assert!(
            letters
                .iter()
                .all(|text| text.contains("To: anna@example.org"))
        );
        assert!(
            letters
                .iter()
                .all(|text| text.contains("List-Unsubscribe:"))
        );

        // Opening one and then all.
        house.notices.open(&anna, told[0].id).await.unwrap();
        assert_eq!(house.unread(&anna).await, 3);
        house.notices.open_all(&anna, told[0].idx).await.unwrap();
        assert_eq!(house.unread(&anna).await, 0);
        assert!(
            matches!(
                house.notices.open(&specialist, told[0].id).await,
                Err(Error::NotFound)
            ),
            "a notice is its addressee's alone"
        );
    });
}

#[test]
fn a_guest_gets_letters_and_nobody_without_an_address_does() {
    both(async |house: House| {
        let guest = Actor::guest(Language::En);
        house.file(&guest, "guest@example.org").await;
        house.settle().await;
        let letters = house.letters();
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("To: guest@example.org"));
        assert!(!letters[0].contains("List-Unsubscribe"));
        let rows = house
            .store
            .read(|db| db.one("SELECT count(*) FROM notice", &[], |row| row.get::<i64>(0)))
            .await
            .unwrap();
        assert_eq!(rows, 1, "a guest has no cabinet");
    });
}

#[test]
fn what_is_turned_down_is_not_sent_and_what_is_owed_is() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let specialist = house
            .somebody("spec@example.org", Role::Specialist, Some("roads"))
            .await;
        let mut wishes = house.notices.wishes(&anna).await.unwrap();
        wishes.refuse(Kind::Filed, Channel::Email);
        wishes.refuse(Kind::Executor, Channel::Email);
        house.notices.wish(&anna, wishes).await.unwrap();
        let filed = house.file(&anna, "anna@example.org").await;
        house.cases.take(&specialist, filed.number).await.unwrap();
        house.settle().await;
        assert_eq!(house.kinds(&anna).await, [Kind::Filed, Kind::Executor]);
        assert_eq!(house.letters().len(), 1, "the receipt is owed");
    });
}

#[test]
fn an_administrator_changes_the_words_and_gets_the_old_ones_back() {
    both(async |house: House| {
        let admin = house
            .somebody("admin@example.org", Role::Administrator, None)
            .await;
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let notices = &house.notices;
        let words = Template {
            subject: "Glad you wrote, {number}".into(),
            body: "{greeting} {link}".into(),
        };
        let change = |actor: Actor, words: Option<Template>| async move {
            notices
                .change_template(&actor, Kind::Filed, Language::En, words)
                .await
        };
        assert!(matches!(
            change(anna.clone(), Some(words.clone())).await,
            Err(Error::Forbidden)
        ));
        let wrong = Template {
            subject: "{number}".into(),
            body: "{link} {password}".into(),
        };
        assert!(matches!(
            change(admin.clone(), Some(wrong)).await,
            Err(Error::Invalid(_))
        ));
        change(admin.clone(), Some(words)).await.unwrap();
        house
            .file(&Actor::guest(Language::En), "guest@example.org")
            .await;
        house.settle().await;
        assert!(house.letters()[0].contains("Glad you wrote"));
        change(admin.clone(), None).await.unwrap();
        let known = notices
            .template(&admin, Kind::Filed, Language::En)
            .await
            .unwrap();
        assert_eq!(known.changed_at, None);
        assert_eq!(
            known.words,
            Template::built_in(Kind::Filed, Language::En).unwrap()
        );
    });
}

#[test]
fn a_late_case_is_told_to_the_specialist_the_heads_and_the_applicant() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let specialist = house
            .somebody("spec@example.org", Role::Specialist, Some("roads"))
            .await;
        let head = house
            .somebody("head@example.org", Role::Head, Some("roads"))
            .await;
        let mayor = house
            .somebody("mayor@example.org", Role::Head, Some("city"))
            .await;
        let filed = house.file(&anna, "anna@example.org").await;
        house.cases.take(&specialist, filed.number).await.unwrap();
        house.settle().await;
        for _ in 0..40 {
            house.cases.watch_terms(&Marks::default()).await.unwrap();
            house.settle().await;
            house.clock.advance_seconds(DAY);
        }
        let count = |kinds: &[Kind], kind| kinds.iter().filter(|known| **known == kind).count();
        let of_specialist = house.kinds(&specialist).await;
        assert_eq!(
            count(&of_specialist, Kind::Reminder),
            3,
            "{of_specialist:?}"
        );
        assert_eq!(count(&house.kinds(&head).await, Kind::Escalated), 1);
        assert_eq!(
            count(&house.kinds(&mayor).await, Kind::Escalated),
            2,
            "at the whole term and beyond"
        );
        assert_eq!(count(&house.kinds(&anna).await, Kind::Overdue), 1);
    });
}

#[test]
fn heads_are_called_to_begin_and_applicants_to_send_what_is_missing() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let specialist = house
            .somebody("spec@example.org", Role::Specialist, Some("roads"))
            .await;
        let head = house
            .somebody("head@example.org", Role::Head, Some("roads"))
            .await;
        let mayor = house
            .somebody("mayor@example.org", Role::Head, Some("city"))
            .await;
        let asked = house.file(&anna, "anna@example.org").await;
        house.cases.take(&specialist, asked.number).await.unwrap();
        let items = ["Фотография двора".to_owned()];
        house
            .cases
            .request_documents(&specialist, asked.number, &items, "")
            .await
            .unwrap();
        house.file(&anna, "anna@example.org").await;
        house.settle().await;
        for _ in 0..20 {
            house.cases.watch_terms(&Marks::default()).await.unwrap();
            house.settle().await;
            house.clock.advance_seconds(DAY);
        }
        let count = |kinds: &[Kind], kind| kinds.iter().filter(|known| **known == kind).count();
        assert_eq!(
            count(&house.kinds(&anna).await, Kind::DocumentsAgain),
            2,
            "three days before and on the day"
        );
        assert_eq!(count(&house.kinds(&head).await, Kind::Begin), 1);
        assert_eq!(
            count(&house.kinds(&mayor).await, Kind::Begin),
            1,
            "what its own head let pass goes a step higher"
        );
        let told = house.told(&anna).await;
        let again = told
            .iter()
            .find(|notice| notice.kind == Kind::DocumentsAgain)
            .unwrap();
        assert_eq!(again.facts.items, items);
        let day = again.facts.new_date.map(|day| day.to_string());
        assert_eq!(day.as_deref(), Some("2026-12-04"));
    });
}
