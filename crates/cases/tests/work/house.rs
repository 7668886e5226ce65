//! A town with an authority, two units under it, one beside it, and the people of the stories.

use base::id::UnitId;
use base::{Actor, Clock, Error, Language, Moment, Number, Result, Role};
use cases::model::{AnswerDraft, Card, Filed, Filing, Outcome, Source, State};
use cases::states::Action;
use cases::{Cases, Pass};
use catalog::{Catalog, NewCategory, NewRule, Phrase};
use jiff::tz::TimeZone;
use journal::{Journal, Keys, Placer};
use law::AgencyHours;
use people::{NewTerritory, NewUnit, NewUser, People, PersonName, UnitKind};
use serde_json::json;
use store::testing::Fresh;
use store::{Migrations, Store};

const MIGRATIONS: [Migrations; 4] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
];

const PASSWORD: &str = "correct horse battery";

/// Friday, 20 November 2026, 12:00 in Moscow.
pub(crate) const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);

pub(crate) const TEXT: &str = "Двор очищен 20 ноября, повторная уборка назначена на 25 ноября.";
pub(crate) const REASON: &str = "Дорога на балансе другого подразделения.";

pub(crate) struct House {
    pub(crate) cases: Cases,
    pub(crate) clock: Clock,
    pub(crate) city: UnitId,
    pub(crate) roads: UnitId,
    pub(crate) schools: UnitId,
    pub(crate) store: Store,
    pub(crate) people: People,
    blobs: store::Blobs,
    _keys: tempfile::TempDir,
    _fresh: Fresh,
}

/// Runs a story on every database there is; the checker finds nothing afterwards.
#[expect(clippy::needless_pass_by_value, reason = "a story is told in place")]
pub(crate) fn both(story: impl AsyncFn(&House)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for_each(&Clock::fixed(NOON), |house| {
        runtime.block_on(async {
            story(&house).await;
            house.is_sound().await;
        });
    });
}

fn for_each(clock: &Clock, run: impl Fn(House)) {
    for fresh in Fresh::all_at(&MIGRATIONS, clock) {
        clock.advance_seconds(NOON.seconds_since(clock.now()));
        run(House::of(fresh, clock.clone()));
    }
}

pub(crate) fn none() -> Pass {
    Pass::default()
}

pub(crate) fn guest() -> Actor {
    Actor::guest(Language::Ru)
}

/// Whether an act was refused because the state does not allow it.
pub(crate) fn is_conflict<T>(done: &Result<T>, key: &str) -> bool {
    matches!(done, Err(Error::Conflict(found)) if *found == key)
}

/// The fields that an act found wrong.
pub(crate) fn wrong<T>(done: Result<T>) -> Vec<String> {
    match done {
        Err(Error::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
        Err(other) => panic!("not refused for a field: {other:?}"),
        Ok(_) => panic!("it was done"),
    }
}

impl House {
    fn of(fresh: Fresh, clock: Clock) -> Self {
        let store = fresh.store.clone();
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
        let journal = Journal::new(store.clone(), keys).unwrap();
        let people = People::new(store.clone(), journal.clone(), people::Settings::default());
        let catalog = Catalog::new(store.clone(), journal.clone(), catalog::Settings::default());
        catalog.load_services().unwrap();
        let blobs = store::Blobs::folder(&folder.path().join("blobs")).unwrap();
        let cases = face(&journal, &people, catalog, blobs.clone());
        let (city, roads, schools) = store
            .change_blocking(&Actor::system("test"), move |tx| {
                let territory = NewTerritory {
                    parent: None,
                    code: "town".into(),
                    name_ru: "Город".into(),
                    name_en: "Town".into(),
                };
                let town = people::units::ensure_territory(tx, &journal, &territory)?;
                let mut unit = |parent, code: &str, name: &str| {
                    let new = NewUnit {
                        parent,
                        kind: UnitKind::Agency,
                        code: code.into(),
                        name_ru: name.into(),
                        name_en: code.into(),
                        territories: vec![town],
                    };
                    people::units::ensure(tx, &journal, &new)
                };
                let city = unit(None, "city", "Администрация")?;
                let roads = unit(Some(city), "roads", "Дороги")?;
                let schools = unit(Some(city), "schools", "Школы")?;
                for (position, code, name) in [(1, "snow", "Снег"), (2, "pits", "Ямы")] {
                    let category = NewCategory {
                        parent: None,
                        code: code.into(),
                        position,
                        name: Phrase::new(name, code),
                    };
                    catalog::ensure_category(tx, &journal, &category)?;
                }
                let rule = NewRule {
                    position: 1,
                    category: None,
                    territory: Some(town),
                    service: None,
                    unit: roads,
                    reason: Phrase::new("Этим заняты дороги", "Roads do this"),
                };
                catalog::insert_rule(tx, &journal, &rule)?;
                Ok((city, roads, schools))
            })
            .unwrap();
        Self {
            cases,
            clock,
            city,
            roads,
            schools,
            store,
            people,
            blobs,
            _keys: folder,
            _fresh: fresh,
        }
    }

    /// The slice as another node of the installation has it.
    pub(crate) fn node(&self) -> Cases {
        face(
            self.cases.journal(),
            &self.people,
            self.cases.catalog().clone(),
            self.blobs.clone(),
        )
    }

    /// Somebody with an account, signed in from an address of their own, with their e-mail.
    pub(crate) async fn somebody(
        &self,
        name: &str,
        role: Role,
        unit: Option<&str>,
    ) -> (Actor, String) {
        let email = format!("{}@example.org", base::id::new_uuid(NOON));
        let new = NewUser {
            name: PersonName {
                last: name.to_owned(),
                first: "Анна".to_owned(),
                middle: None,
            },
            email: email.clone(),
            password: PASSWORD.to_owned(),
            role,
            unit: unit.map(str::to_owned),
        };
        let people = self.people.clone();
        tokio::task::spawn_blocking(move || people.add_user_blocking(&Actor::system("test"), &new))
            .await
            .unwrap()
            .unwrap();
        let [a, b] = base::id::random();
        let client = std::net::Ipv4Addr::new(192, 0, a, b).into();
        let token = self.people.sign_in(&email, PASSWORD, client).await.unwrap();
        let session = self.people.session(token.as_str(), Language::Ru).await;
        (session.unwrap().unwrap().actor, email)
    }

    pub(crate) async fn anna(&self) -> Actor {
        self.somebody("Семёнова", Role::Applicant, None).await.0
    }

    pub(crate) async fn specialist(&self, unit: &str) -> Actor {
        let somebody = self.somebody("Специалистов", Role::Specialist, Some(unit));
        somebody.await.0
    }

    pub(crate) async fn head(&self, unit: &str) -> Actor {
        self.somebody("Главный", Role::Head, Some(unit)).await.0
    }

    pub(crate) async fn file(&self, actor: &Actor) -> Filed {
        self.cases.file(actor, filing()).await.unwrap()
    }

    /// A case of Anna's that a specialist of the roads has taken.
    pub(crate) async fn taken(&self, anna: &Actor, specialist: &Actor) -> Number {
        let number = self.file(anna).await.number;
        self.cases.take(specialist, number).await.unwrap();
        number
    }

    /// The same, answered and signed by the head.
    pub(crate) async fn answered(&self, anna: &Actor, specialist: &Actor, head: &Actor) -> Number {
        let number = self.taken(anna, specialist).await;
        let draft = AnswerDraft::plain(Outcome::Explained, TEXT);
        self.cases
            .send_answer(specialist, number, draft)
            .await
            .unwrap();
        self.cases.agree(head, number).await.unwrap();
        number
    }

    pub(crate) async fn card(&self, actor: &Actor, number: Number) -> Card {
        self.cases.card(actor, &none(), number).await.unwrap()
    }

    pub(crate) async fn state(&self, actor: &Actor, number: Number) -> State {
        self.card(actor, number).await.case.state
    }

    pub(crate) async fn may(&self, actor: &Actor, number: Number, action: Action) -> bool {
        self.card(actor, number).await.actions.contains(&action)
    }

    /// The newest entry of a case.
    pub(crate) async fn last(&self, actor: &Actor, number: Number) -> journal::Told {
        self.card(actor, number).await.history.pop().unwrap()
    }

    /// Places what waits and lets the checker look at every row and entry.
    async fn is_sound(&self) {
        let placer = Placer::new(self.store.clone()).unwrap();
        tokio::task::spawn_blocking(move || placer.place_all_blocking())
            .await
            .unwrap()
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let blobs = store::Blobs::folder(folder.path()).unwrap();
        let tables = [people::TABLES, catalog::TABLES, cases::TABLES].concat();
        let report = journal::fsck::check(self.cases.journal(), &blobs, tables)
            .await
            .unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
    }
}

fn face(journal: &Journal, people: &People, catalog: Catalog, blobs: store::Blobs) -> Cases {
    let settings = cases::Settings {
        hours: AgencyHours::usual(TimeZone::get("Europe/Moscow").unwrap()),
        printer: None,
        vault: Some(files::Vault::new(blobs, files::Limits::default())),
    };
    Cases::new(journal.clone(), people.clone(), catalog, settings)
}

pub(crate) fn filing() -> Filing {
    let answers = json!({
        "category": "snow",
        "subject": "Не убран двор",
        "description": "Третий день не убирают снег во дворе дома 12.",
        "happened_on": "2026-11-18",
        "expected": "Очистить двор",
        "place": {"territory": "town", "address": "Лесная, 12"},
        "applicant": {"last_name": "Семёнова", "first_name": "Анна", "email": "anna@example.org"},
    });
    Filing {
        service: "complaint".into(),
        answers: answers.as_object().unwrap().clone(),
        consent: true,
        source: Source::Web,
        draft: None,
        idempotency: None,
    }
}

/// Two acts at once: exactly one is done, the other is told that the case has moved on.
pub(crate) fn one_of_two(a: &Result<()>, b: &Result<()>) {
    assert_eq!(a.is_ok(), b.is_err(), "exactly one: {a:?}, {b:?}");
    let lost = if a.is_ok() { b } else { a };
    assert!(matches!(lost, Err(Error::Conflict(_))), "{lost:?}");
}
