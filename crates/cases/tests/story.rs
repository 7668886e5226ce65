//! The life of a case through the face of the slice, on both databases: filing, routing, work,
//! agreement, answer; who may what; repeated requests; two at once; readings; lists.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use std::sync::Arc;

use base::id::UnitId;
use base::{Actor, Clock, Error, Language, Moment, Number, Role};
use cases::model::{
    AnswerDraft, AnswerState, Filed, Filing, Idempotency, Outcome, PublicState, RegisterFilter,
    Side, Source, State,
};
use cases::states::Action;
use cases::{Cases, FiguresFollower, Pass, QueueFilter, QueueView};
use catalog::{Catalog, NewCategory, NewRule, Phrase};
use jiff::tz::TimeZone;
use journal::{Follower, Journal, Keys, Placer};
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
const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);

struct House {
    store: Store,
    cases: Cases,
    people: People,
    clock: Clock,
    roads: UnitId,
    schools: UnitId,
    tables: Vec<&'static store::Table>,
    _keys: tempfile::TempDir,
    _fresh: Fresh,
}

/// Runs a story on every database there is.
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
        let catalog = Catalog::new(store.clone(), journal.clone(), catalog::Settings::default());
        catalog.load_services().unwrap();
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let hours = AgencyHours::usual(zone);
        let cases = Cases::new(
            journal.clone(),
            people.clone(),
            catalog,
            cases::Settings {
                hours,
                printer: None,
                vault: None,
            },
        );
        let (roads, schools) = store
            .change_blocking(&Actor::system("test"), move |tx| {
                let territory = NewTerritory {
                    parent: None,
                    code: "town".into(),
                    name_ru: "Город".into(),
                    name_en: "Town".into(),
                };
                let town = people::units::ensure_territory(tx, &journal, &territory)?;
                let mut unit = |code: &str, name: &str| {
                    let new = NewUnit {
                        parent: None,
                        kind: UnitKind::Agency,
                        code: code.into(),
                        name_ru: name.into(),
                        name_en: code.into(),
                        territories: vec![town],
                    };
                    people::units::ensure(tx, &journal, &new)
                };
                let (roads, schools) = (unit("roads", "Дороги")?, unit("schools", "Школы")?);
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
                Ok((roads, schools))
            })
            .unwrap();
        Self {
            tables: [people::TABLES, catalog::TABLES, cases::TABLES].concat(),
            store,
            cases,
            people,
            clock,
            roads,
            schools,
            _keys: folder,
            _fresh: fresh,
        }
    }

    /// Somebody with an account, signed in from an address of their own.
    async fn somebody(&self, name: &str, role: Role, unit: Option<&str>) -> Actor {
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
        session.unwrap().unwrap().actor
    }

    async fn specialist(&self) -> Actor {
        self.somebody("Специалистов", Role::Specialist, Some("roads"))
            .await
    }

    async fn head(&self) -> Actor {
        self.somebody("Главный", Role::Head, Some("roads")).await
    }

    async fn file(&self, actor: &Actor) -> Filed {
        self.cases.file(actor, filing()).await.unwrap()
    }

    async fn state(&self, actor: &Actor, number: Number) -> State {
        let card = self
            .cases
            .card(actor, &Pass::default(), number)
            .await
            .unwrap();
        card.case.state
    }
}

fn guest() -> Actor {
    Actor::guest(Language::Ru)
}

fn filing() -> Filing {
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

const TEXT: &str = "Двор очищен 20 ноября, повторная уборка назначена на 25 ноября.";

#[test]
#[expect(clippy::too_many_lines, reason = "one life, told in one go")]
fn an_appeal_lives_from_filing_to_the_answer() {
    both(async |house: House| {
        let anna = house.somebody("Семёнова", Role::Applicant, None).await;
        let (specialist, head) = (house.specialist().await, house.head().await);
        let none = Pass::default();
        let filed = house.file(&anna).await;
        assert_eq!(filed.state, State::Registered);
        assert!(filed.return_code.is_none(), "an account needs no code");
        // 59-ФЗ: registered on Friday within hours; thirty days end on Sunday, 20 December.
        assert_eq!(filed.due_on.unwrap().to_string(), "2026-12-21");
        let card = house.cases.card(&anna, &none, filed.number).await.unwrap();
        assert_eq!(card.case.unit, house.roads);
        assert_eq!(card.side, Side::Applicant);
        let own = [
            Action::Write,
            Action::Correct,
            Action::AddParty,
            Action::Cancel,
        ];
        assert_eq!(card.actions, own);

        house.cases.take(&specialist, filed.number).await.unwrap();
        house
            .cases
            .write(&specialist, &none, filed.number, "Пришлите фото", true)
            .await
            .unwrap();
        let card = house.cases.card(&anna, &none, filed.number).await.unwrap();
        assert_eq!(card.case.waits_for, Some(Side::Applicant));
        house
            .cases
            .write(&anna, &none, filed.number, "Фото нет", false)
            .await
            .unwrap();

        let cases = &house.cases;
        cases
            .draft_answer(
                &specialist,
                filed.number,
                AnswerDraft::plain(Outcome::Satisfied, TEXT),
            )
            .await
            .unwrap();
        let card = cases.card(&anna, &none, filed.number).await.unwrap();
        assert!(card.answers.is_empty(), "a draft is not for the applicant");
        cases
            .send_for_agreement(&specialist, filed.number)
            .await
            .unwrap();
        cases
            .return_answer(&head, filed.number, "Назовите срок")
            .await
            .unwrap();
        assert!(
            matches!(
                cases.send_for_agreement(&specialist, filed.number).await,
                Err(Error::Conflict("case-error-draft-returned"))
            ),
            "a returned draft is changed first"
        );
        cases
            .draft_answer(
                &specialist,
                filed.number,
                AnswerDraft::plain(Outcome::Satisfied, TEXT),
            )
            .await
            .unwrap();
        cases
            .send_for_agreement(&specialist, filed.number)
            .await
            .unwrap();
        cases.agree(&head, filed.number).await.unwrap();

        let card = cases.card(&anna, &none, filed.number).await.unwrap();
        assert_eq!(card.case.state, State::Decided);
        assert_eq!(card.answers.len(), 1);
        assert_eq!(card.answers[0].text, TEXT);
        assert_eq!(card.answers[0].state, AnswerState::Delivered);
        cases.close(&specialist, filed.number).await.unwrap();
        let actions: Vec<String> = cases
            .card(&anna, &none, filed.number)
            .await
            .unwrap()
            .history
            .into_iter()
            .map(|told| told.action)
            .collect();
        assert_eq!(
            actions,
            [
                "case.filed",
                "case.taken",
                "case.staff_wrote",
                "case.applicant_wrote",
                "case.answer_drafted",
                "case.sent_for_agreement",
                "case.answer_returned",
                "case.answer_drafted",
                "case.sent_for_agreement",
                "case.answered",
                "case.closed",
            ]
        );
        let public = cases.status(filed.number).await.unwrap();
        assert_eq!(public.state, PublicState::Finished);
    });
}

#[test]
fn nobody_agrees_to_an_answer_of_their_own() {
    both(async |house: House| {
        let head = house.head().await;
        let filed = house.file(&guest()).await;
        let cases = &house.cases;
        cases.take(&head, filed.number).await.unwrap();
        cases
            .draft_answer(
                &head,
                filed.number,
                AnswerDraft::plain(Outcome::Explained, TEXT),
            )
            .await
            .unwrap();
        cases.send_for_agreement(&head, filed.number).await.unwrap();
        assert!(matches!(
            cases.agree(&head, filed.number).await,
            Err(Error::Conflict("case-error-own-answer"))
        ));
        assert_eq!(house.state(&head, filed.number).await, State::InAgreement);
    });
}

#[test]
fn a_case_is_not_for_strangers() {
    both(async |house: House| {
        let anna = house.somebody("Семёнова", Role::Applicant, None).await;
        let boris = house.somebody("Борисов", Role::Applicant, None).await;
        let teacher = house
            .somebody("Учителев", Role::Specialist, Some("schools"))
            .await;
        let filed = house.file(&anna).await;
        let none = Pass::default();
        for stranger in [&guest(), &boris, &teacher] {
            let seen = house.cases.card(stranger, &none, filed.number).await;
            assert!(matches!(seen, Err(Error::NotFound)), "{stranger:?} saw it");
            let wrote = house
                .cases
                .write(stranger, &none, filed.number, "Я", false)
                .await;
            assert!(wrote.is_err(), "{stranger:?} wrote");
        }
        assert!(matches!(
            house.cases.take(&teacher, filed.number).await,
            Err(Error::Forbidden)
        ));
        assert!(matches!(
            house.cases.take(&anna, filed.number).await,
            Err(Error::Forbidden)
        ));
        assert!(matches!(
            house.cases.queue(&anna, QueueFilter::default(), None).await,
            Err(Error::Forbidden)
        ));
        let queue = QueueFilter {
            view: QueueView::Unit,
            ..QueueFilter::default()
        };
        let schools = house.cases.queue(&teacher, queue, None).await.unwrap();
        assert!(schools.items.is_empty());
    });
}

#[test]
fn a_guest_comes_back_with_the_code_and_files_only_a_message() {
    both(async |house: House| {
        let filed = house.file(&guest()).await;
        let code = filed.return_code.clone().unwrap();
        let client = "192.0.2.1".parse().unwrap();
        let wrong = house
            .cases
            .return_with_code(filed.number, "0000-0000-0000-0000", client)
            .await;
        assert!(matches!(wrong, Err(Error::Invalid(_))));
        let id = house
            .cases
            .return_with_code(filed.number, &code, client)
            .await
            .unwrap();
        let pass = Pass::default().with_opened(&id);
        let card = house
            .cases
            .card(&guest(), &pass, filed.number)
            .await
            .unwrap();
        assert_eq!(card.term.unwrap().due.rule.regime, "pos");
        // Guessing is slowed down.
        let mut refused = false;
        for _ in 0..20 {
            let guess = house
                .cases
                .return_with_code(filed.number, "1", client)
                .await;
            refused |= matches!(guess, Err(Error::TooMany(_)));
        }
        assert!(refused);
    });
}

#[test]
fn the_same_request_makes_one_case_and_another_body_is_refused() {
    both(async |house: House| {
        let keyed = |body: u8| Filing {
            idempotency: Some(Idempotency {
                key: [7; 32],
                body: [body; 32],
            }),
            ..filing()
        };
        let house = Arc::new(house);
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..30 {
            let (house, filing) = (Arc::clone(&house), keyed(1));
            tasks.spawn(async move { house.cases.file(&guest(), filing).await.unwrap() });
        }
        let filed: Vec<Filed> = tasks.join_all().await;
        assert!(
            filed.iter().all(|one| *one == filed[0]),
            "one answer for all"
        );
        let page = house
            .cases
            .register(RegisterFilter::default(), None, 30)
            .await
            .unwrap();
        assert_eq!(page.items.len(), 1);
        let other = house.cases.file(&guest(), keyed(2)).await;
        assert!(matches!(other, Err(Error::Invalid(_))));
    });
}

#[test]
fn two_specialists_at_once_and_one_gets_it() {
    both(async |house: House| {
        let (one, two) = (house.specialist().await, house.specialist().await);
        let filed = house.file(&guest()).await;
        let (a, b) = tokio::join!(
            house.cases.take(&one, filed.number),
            house.cases.take(&two, filed.number)
        );
        assert_eq!(a.is_ok(), b.is_err(), "exactly one");
        let lost = if a.is_ok() { b } else { a };
        assert!(matches!(lost, Err(Error::Conflict(_))));
    });
}

#[test]
fn what_does_not_hold_is_named_field_by_field_and_nothing_is_kept() {
    both(async |house: House| {
        let mut broken = filing();
        broken.consent = false;
        broken
            .answers
            .insert("description".into(), json!("коротко"));
        broken
            .answers
            .insert("happened_on".into(), json!("2026-12-24"));
        broken.answers.insert("category".into(), json!(["snow"]));
        let Err(Error::Invalid(errors)) = house.cases.file(&guest(), broken).await else {
            panic!("it must be refused");
        };
        let mut fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            ["category", "consent", "description", "happened_on"]
        );
        let page = house
            .cases
            .register(RegisterFilter::default(), None, 30)
            .await
            .unwrap();
        assert!(page.items.is_empty());
    });
}

#[test]
fn the_register_is_walked_without_a_gap_or_a_repeat() {
    both(async |house: House| {
        let mut numbers = Vec::new();
        for _ in 0..7 {
            numbers.push(house.file(&guest()).await.number);
            house.clock.advance_seconds(60);
        }
        numbers.reverse();
        let mut walked = Vec::new();
        let mut after: Option<String> = None;
        loop {
            let page = house
                .cases
                .register(RegisterFilter::default(), after.as_deref(), 3)
                .await
                .unwrap();
            walked.extend(page.items.iter().map(|row| row.number));
            match page.next {
                Some(next) => after = Some(next.as_str().to_owned()),
                None => break,
            }
        }
        assert_eq!(walked, numbers);
        let elsewhere = RegisterFilter {
            unit: Some(house.schools),
            ..RegisterFilter::default()
        };
        let page = house.cases.register(elsewhere, None, 30).await.unwrap();
        assert!(
            page.items.is_empty(),
            "a filter that matches nothing finds nothing"
        );
        let rubbish = house
            .cases
            .register(RegisterFilter::default(), Some("%%"), 3)
            .await;
        assert!(matches!(rubbish, Err(Error::Malformed(_))));
    });
}

#[test]
fn a_reading_by_staff_is_written_down_and_committed_to() {
    both(async |house: House| {
        let specialist = house.specialist().await;
        let filed = house.file(&guest()).await;
        let none = Pass::default();
        assert_eq!(house.cases.seal_readings().await.unwrap(), 0);
        house
            .cases
            .card(&specialist, &none, filed.number)
            .await
            .unwrap();
        house
            .cases
            .card(&specialist, &none, filed.number)
            .await
            .unwrap();
        assert_eq!(
            house.cases.seal_readings().await.unwrap(),
            0,
            "the hour is not over"
        );
        house.clock.advance_seconds(3600);
        assert_eq!(
            house.cases.seal_readings().await.unwrap(),
            0,
            "what began within the hour may still be under way"
        );
        house.clock.advance_seconds(900);
        assert_eq!(house.cases.seal_readings().await.unwrap(), 1);
        assert_eq!(
            house.cases.seal_readings().await.unwrap(),
            0,
            "once is enough"
        );
    });
}

#[test]
fn figures_are_kept_by_the_follower_and_the_checker_finds_nothing() {
    both(async |house: House| {
        let (specialist, head) = (house.specialist().await, house.head().await);
        let filed = house.file(&guest()).await;
        house.file(&guest()).await;
        let cases = &house.cases;
        cases.take(&specialist, filed.number).await.unwrap();
        cases
            .draft_answer(
                &specialist,
                filed.number,
                AnswerDraft::plain(Outcome::Explained, TEXT),
            )
            .await
            .unwrap();
        cases
            .send_for_agreement(&specialist, filed.number)
            .await
            .unwrap();
        house.clock.advance_seconds(3 * 86_400);
        cases.agree(&head, filed.number).await.unwrap();
        let store = house.store.clone();
        let placer = Placer::new(store.clone()).unwrap();
        let zone = TimeZone::get("Europe/Moscow").unwrap();
        let follower: Arc<dyn Follower> = Arc::new(FiguresFollower { zone });
        tokio::task::spawn_blocking(move || {
            placer.place_all_blocking().unwrap();
            journal::followers::catch_up_blocking(&store, &follower).unwrap();
            journal::followers::catch_up_blocking(&store, &follower).unwrap();
        })
        .await
        .unwrap();
        let figures = cases.figures().await.unwrap();
        assert_eq!(
            (figures.filed, figures.answered, figures.in_term),
            (2, 1, 1)
        );
        assert_eq!(figures.median_days, Some(3));

        let folder = tempfile::tempdir().unwrap();
        let blobs = store::Blobs::folder(folder.path()).unwrap();
        let report = journal::fsck::check(cases.journal(), &blobs, house.tables.clone())
            .await
            .unwrap();
        assert_eq!(report.faults, Vec::<String>::new());
        assert!(report.entries > 6);
    });
}

#[test]
fn a_draft_is_for_its_owner_and_makes_one_case() {
    both(async |house: House| {
        let anna = house.somebody("Семёнова", Role::Applicant, None).await;
        let boris = house.somebody("Борисов", Role::Applicant, None).await;
        let none = Pass::default();
        let answers = filing().answers;
        let id = house
            .cases
            .save_draft(&anna, &none, None, "complaint", answers)
            .await
            .unwrap();
        assert!(matches!(
            house.cases.draft(&boris, &none, id).await,
            Err(Error::NotFound)
        ));
        assert_eq!(house.cases.drafts(&anna).await.unwrap().len(), 1);
        let from_draft = Filing {
            draft: Some(id),
            ..filing()
        };
        let first = house.cases.file(&anna, from_draft.clone()).await.unwrap();
        let again = house.cases.file(&anna, from_draft).await.unwrap();
        assert_eq!(first, again);
        assert!(house.cases.drafts(&anna).await.unwrap().is_empty());
        house.clock.advance_seconds(31 * 86_400);
        assert_eq!(house.cases.drop_old_drafts().await.unwrap(), 1);
    });
}
