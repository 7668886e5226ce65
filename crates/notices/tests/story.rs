//! Notices through the face of the slice, on both databases: who is told what of the life of a case,
//! once; letters; wishes; templates; what is late.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use std::path::PathBuf;
use std::sync::Arc;

use base::id::UnitId;
use base::{Actor, Clock, Error, Grant, Language, Moment, Role, Scope, Who};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cases::model::{
    AnswerDraft, Correction, Dispatch, Filed, Filing, NewProblem, NewStage, NewTask, Outcome,
    Source, TaskSource,
};
use cases::{Cases, Marks, NewPart, Pass, WatchFollower};
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
use tower::ServiceExt as _;

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
    shell: web::Shell,
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
        let pages = shell.clone();
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
            shell: pages,
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

    /// The status with which a page answers a guest.
    async fn ask(&self, method: &str, path: &str, form: &str) -> u16 {
        let pages = web::router().merge(notices::pages::router(self.notices.clone()));
        let pages = people::visitor::layer(pages, self.people.clone());
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(form.to_owned()))
            .unwrap();
        let answer = web::layers(pages, &self.shell).oneshot(request).await;
        answer.unwrap().status().as_u16()
    }

    async fn unit(&self, code: &str) -> UnitId {
        let units = self.people.units().await.unwrap();
        units.by_code(code).unwrap().id
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
        self.file_with(actor, email, &[]).await
    }

    /// The same with more said: of the applicant, or of how to answer.
    async fn file_asking(&self, actor: &Actor, said: &[(&str, serde_json::Value)]) -> Filed {
        self.file_saying(actor, "anna@example.org", &[], said).await
    }

    /// The same together with others, each with a name and an e-mail.
    async fn file_with(&self, actor: &Actor, email: &str, beside: &[(&str, &str)]) -> Filed {
        self.file_saying(actor, email, beside, &[]).await
    }

    async fn file_saying(
        &self,
        actor: &Actor,
        email: &str,
        beside: &[(&str, &str)],
        said: &[(&str, serde_json::Value)],
    ) -> Filed {
        let beside = beside.iter();
        let beside = beside.map(|(name, email)| json!({"name": name, "email": email}));
        let mut answers = json!({
            "category": "snow",
            "subject": "Не убран двор",
            "description": "Третий день не убирают снег во дворе дома 12.",
            "happened_on": "2026-11-18",
            "expected": "Очистить двор",
            "place": {"territory": "town", "address": "Лесная, 12"},
            "applicant": {"last_name": "Семёнова", "first_name": "Анна", "email": email},
        });
        let beside: Vec<_> = beside.collect();
        if !beside.is_empty() {
            answers["co_applicants"] = beside.into();
        }
        for (name, value) in said {
            if *name == "answer_by" {
                answers[name] = value.clone();
            } else {
                answers["applicant"][name] = value.clone();
            }
        }
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

/// A letter with its parts decoded, which are in base64 or quoted-printable.
fn readable(letter: &str) -> String {
    let mut parts = letter.split("Content-Transfer-Encoding: base64\r\n\r\n");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (coded, rest) = part.split_once("\r\n\r\n").unwrap_or((part, ""));
        let coded: String = coded
            .lines()
            .take_while(|line| !line.starts_with("--"))
            .collect();
        let plain = STANDARD.decode(coded).unwrap();
        whole.push_str(&String::from_utf8_lossy(&plain).replace('=', "=3D"));
        whole.push_str(rest);
    }
    let whole = whole.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = whole.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = std::str::from_utf8(after.get(..2).unwrap_or_default());
        let code = code.ok().and_then(|code| u8::from_str_radix(code, 16).ok());
        let code = code.filter(|_| first == b'=');
        bytes.push(code.unwrap_or(first));
        rest = code.map_or(after, |_| &after[2..]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_co_applicant_without_an_account_gets_letters_and_can_stop_them() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let anna = Actor {
            language: Language::En,
            ..anna
        };
        let specialist = house
            .somebody("spec@example.org", Role::Specialist, Some("roads"))
            .await;
        let head = house
            .somebody("head@example.org", Role::Head, Some("roads"))
            .await;
        let to_boris = || -> Vec<String> {
            let letters = house.letters().into_iter();
            let letters = letters.filter(|letter| letter.contains("To: boris@example.org"));
            letters.map(|letter| readable(&letter)).collect()
        };
        // The second has the address of who files: one letter to each address is enough.
        let beside = [
            ("Cheap loans", "boris@example.org"),
            ("Anna", "Anna@example.org"),
        ];
        let filed = house.file_with(&anna, "anna@example.org", &beside).await;
        let number = filed.number;
        house.settle().await;
        assert_eq!(house.letters().len(), 2);
        let letters = to_boris();
        let text = &letters[0];
        assert!(text.contains(&number.to_string()), "{text}");
        assert!(text.contains("You were named as a co-applicant"), "{text}");
        assert!(!text.contains("loans"), "{text}");
        let (_, link) = text.split_once("<https://okno.example").unwrap();
        let (link, _) = link.split_once('>').unwrap();
        assert!(link.starts_with("/letters/"), "{link}");

        // What is said between Anna and the office is not for everybody whom Anna has named.
        house.cases.take(&specialist, number).await.unwrap();
        let pass = Pass::default();
        let written = house
            .cases
            .write(&specialist, &pass, number, "Photo?", true);
        written.await.unwrap();
        house.settle().await;
        assert_eq!(to_boris().len(), 1);

        let draft = AnswerDraft::plain(Outcome::Explained, "The yard was cleared on Friday.");
        let answered = house.cases.send_answer(&specialist, number, draft);
        answered.await.unwrap();
        house.cases.agree(&head, number).await.unwrap();
        house.settle().await;
        let letters = to_boris();
        assert_eq!(letters.len(), 2, "{letters:?}");
        assert!(letters.iter().all(|letter| !letter.contains("Friday")));

        // Looking stops nothing, and a link that nobody was sent is none.
        let last = if link.ends_with('0') { '1' } else { '0' };
        let forged = format!("{}{last}", &link[..link.len() - 1]);
        for odd in [&forged, "/letters/a", "/letters/%D1%8B"] {
            assert_eq!(house.ask("POST", odd, "letters=stop").await, 404, "{odd}");
        }
        assert_eq!(house.ask("GET", link, "").await, 200);
        let mut sent = letters.len();
        for (asked, more) in [("", 1), ("letters=stop", 0), ("letters=go", 1)] {
            if !asked.is_empty() {
                assert_eq!(house.ask("POST", link, asked).await, 303);
            }
            // A refusal holds for every appeal in which somebody names them.
            house.file_with(&anna, "anna@example.org", &beside).await;
            house.settle().await;
            sent += more;
            assert_eq!(to_boris().len(), sent, "after {asked:?}");
        }
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
fn a_guest_whose_code_was_replaced_is_told_and_the_letter_bears_no_code() {
    both(async |house: House| {
        let operator = house
            .somebody("operator@example.org", Role::Operator, Some("roads"))
            .await;
        let guest = Actor::guest(Language::Ru);
        let number = house.file(&guest, "guest@example.org").await.number;
        let code = house
            .cases
            .renew_code(
                &operator,
                number,
                0,
                cases::Known {
                    stated: "guest@example.org",
                    by: "показала паспорт",
                },
            )
            .await
            .unwrap();
        house.settle().await;
        let letters: Vec<String> = house.letters().iter().map(|text| readable(text)).collect();
        let told = letters
            .iter()
            .find(|text| text.contains("Прежний код больше не действует"))
            .unwrap();
        assert!(told.contains("guest@example.org"));
        assert!(letters.iter().all(|text| !text.contains(&code)));
    });
}

#[test]
fn an_answer_that_went_out_on_paper_is_told_on_the_page_and_by_letter() {
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
        let mut expected = Vec::new();
        for (dispatch, kind) in [
            (
                Dispatch::Posted {
                    on: jiff::civil::date(2026, 11, 20),
                    to: "644000, Омск".into(),
                    item: "64400092012345".into(),
                },
                Kind::Posted,
            ),
            (
                Dispatch::Ready {
                    place: "Отдел дорог, Лесная, 1".into(),
                    hours: "пн–чт 9:00–18:00".into(),
                },
                Kind::Ready,
            ),
        ] {
            let asked = [
                ("answer_by", json!("paper")),
                ("postal_address", json!("644000, Омск")),
            ];
            let number = house.file_asking(&anna, &asked).await.number;
            house.cases.take(&specialist, number).await.unwrap();
            let draft = AnswerDraft::plain(Outcome::Explained, "Двор очищен двадцатого ноября.");
            let cases = &house.cases;
            cases.send_answer(&specialist, number, draft).await.unwrap();
            cases.agree(&head, number).await.unwrap();
            cases
                .post_answer(&specialist, number, &dispatch)
                .await
                .unwrap();
            house.settle().await;
            expected.push(kind);
            let kinds = house.kinds(&anna).await;
            let told: Vec<Kind> = kinds
                .into_iter()
                .filter(|kind| [Kind::Posted, Kind::Ready].contains(kind))
                .collect();
            assert_eq!(told, expected);
        }
        let letters: Vec<String> = house.letters().iter().map(|text| readable(text)).collect();
        let one = |words: &str| letters.iter().filter(|text| text.contains(words)).count();
        assert_eq!(one("Номер отправления: 64400092012345"), 1);
        assert_eq!(one("его можно забрать: Отдел дорог, Лесная, 1"), 1);
        assert_eq!(one("Когда: пн–чт 9:00–18:00"), 1);
        let told = &house.told(&anna).await[0].facts;
        assert_eq!(told.to, "Отдел дорог, Лесная, 1");
    });
}

#[test]
fn staff_are_told_what_the_applicant_does_and_the_head_while_nobody_has_the_case() {
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
        let pass = Pass::default();
        let number = house.file(&anna, "anna@example.org").await.number;
        let written = house.cases.write(&anna, &pass, number, "Уже лёд", false);
        written.await.unwrap();
        house.settle().await;
        assert_eq!(house.kinds(&head).await, [Kind::ApplicantWrote]);

        house.cases.take(&specialist, number).await.unwrap();
        let correction = Correction {
            phone: Some("+7 900 000-00-00".to_owned()),
            ..Correction::default()
        };
        let corrected = house.cases.correct(&anna, &pass, number, correction);
        corrected.await.unwrap();
        // What follows within a minute is told with it.
        let again = Correction {
            phone: Some("+7 900 000-00-01".to_owned()),
            ..Correction::default()
        };
        let corrected = house.cases.correct(&anna, &pass, number, again);
        corrected.await.unwrap();
        let cancelled = house.cases.cancel(&anna, &pass, number, "Снег убрали");
        cancelled.await.unwrap();
        house.settle().await;
        let told = house.told(&specialist).await;
        assert_eq!(
            house.kinds(&specialist).await,
            [Kind::Corrected, Kind::Withdrawn]
        );
        assert_eq!(told[0].facts.topic, "Снег");
        assert_eq!(told[0].facts.reason, "Снег убрали");
        // Whoever has the case is told; the head is not told everything twice.
        assert_eq!(house.kinds(&head).await, [Kind::ApplicantWrote]);

        let number = house.file(&anna, "anna@example.org").await.number;
        let cancelled = house.cases.cancel(&anna, &pass, number, "Ошиблась");
        cancelled.await.unwrap();
        house.settle().await;
        assert_eq!(house.kinds(&head).await.last(), Some(&Kind::Withdrawn));
        let mine = house.kinds(&anna).await;
        assert!(!mine.contains(&Kind::Withdrawn), "{mine:?}");
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
        assert_eq!(count(&of_specialist, Kind::Late), 1, "{of_specialist:?}");
        let heads = house.kinds(&head).await;
        assert_eq!(count(&heads, Kind::Escalated), 1);
        assert_eq!(count(&heads, Kind::Late), 1, "the head directly above");
        let mayors = house.kinds(&mayor).await;
        assert_eq!(count(&mayors, Kind::Escalated), 1, "at the whole term");
        assert_eq!(count(&mayors, Kind::Late), 1, "and beyond it");
        let late = house.told(&mayor).await;
        let late = late.iter().find(|notice| notice.kind == Kind::Late);
        assert!(late.unwrap().facts.days > Some(1));
        let letters = house
            .letters()
            .iter()
            .map(|one| readable(one))
            .collect::<Vec<_>>();
        let mine = letters
            .iter()
            .filter(|one| one.contains("To: spec@example.org"));
        assert!(
            mine.clone()
                .any(|one| one.contains("https://okno.example/desk/A-2026-")),
            "an address that can be read: {mine:?}"
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

#[test]
fn whoever_does_a_part_and_whoever_has_planned_are_reminded_before_and_after_the_day() {
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
        let number = house.file(&anna, "anna@example.org").await.number;
        let cases = &house.cases;
        cases.take(&specialist, number).await.unwrap();
        let day = |day| jiff::civil::date(2026, 12, day);
        // Nobody of the city was named, so that its head is reminded.
        let part = NewPart {
            unit: house.unit("city").await,
            account: None,
            task: "Узнать у подрядчика".to_owned(),
            due_on: Some(day(1)),
        };
        cases.add_part(&head, number, part).await.unwrap();
        cases.plan(&specialist, number, day(3)).await.unwrap();
        let done = NewPart {
            unit: house.unit("city").await,
            account: None,
            task: "Узнать ещё раз".to_owned(),
            due_on: Some(day(1)),
        };
        cases.add_part(&head, number, done).await.unwrap();
        let card = cases.card(&specialist, &Pass::default(), number).await;
        let second = card.unwrap().course.parts[1].id;
        cases.withdraw_part(&head, number, second).await.unwrap();
        house.settle().await;
        for _ in 0..16 {
            cases.watch_terms(&Marks::default()).await.unwrap();
            house.settle().await;
            house.clock.advance_seconds(DAY);
        }
        let count = |kinds: &[Kind], kind| kinds.iter().filter(|known| **known == kind).count();
        let mayors = house.kinds(&mayor).await;
        assert_eq!(count(&mayors, Kind::PartGiven), 2, "{mayors:?}");
        assert_eq!(
            count(&mayors, Kind::Part),
            2,
            "before and after: {mayors:?}"
        );
        let of_specialist = house.kinds(&specialist).await;
        assert_eq!(count(&of_specialist, Kind::Plan), 2, "{of_specialist:?}");
        assert_eq!(
            count(&of_specialist, Kind::Part),
            1,
            "whoever answers learns that the part is late"
        );
        let applicants = house.kinds(&anna).await;
        assert_eq!(count(&applicants, Kind::Part), 0, "{applicants:?}");
        let told = house.told(&mayor).await;
        let part = told.iter().find(|notice| notice.kind == Kind::Part);
        assert_eq!(part.unwrap().facts.new_date, Some(day(1)));
    });
}

#[test]
fn whoever_had_a_case_hears_that_a_head_took_it_back() {
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
        let number = house.file(&anna, "anna@example.org").await.number;
        let cases = &house.cases;
        cases.take(&specialist, number).await.unwrap();
        cases.release(&specialist, number).await.unwrap();
        house.settle().await;
        assert!(
            house.kinds(&specialist).await.is_empty(),
            "it was theirs to give"
        );
        cases.take(&specialist, number).await.unwrap();
        cases.release(&head, number).await.unwrap();
        house.settle().await;
        assert_eq!(house.kinds(&specialist).await, [Kind::Gone]);
    });
}

#[test]
fn staff_are_told_of_a_case_that_comes_goes_and_is_taken_up_again() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let specialist = house
            .somebody("spec@example.org", Role::Specialist, Some("roads"))
            .await;
        let other = house
            .somebody("other@example.org", Role::Specialist, Some("roads"))
            .await;
        let head = house
            .somebody("head@example.org", Role::Head, Some("roads"))
            .await;
        let mayor = house
            .somebody("mayor@example.org", Role::Head, Some("city"))
            .await;
        let number = house.file(&anna, "anna@example.org").await.number;
        let cases = &house.cases;
        cases.take(&specialist, number).await.unwrap();
        let to = other.account().unwrap();
        cases.assign(&head, number, to).await.unwrap();
        house.settle().await;
        assert_eq!(house.kinds(&specialist).await, [Kind::Gone]);
        assert_eq!(house.kinds(&other).await, [Kind::Assigned]);

        let city = house.unit("city").await;
        let why = "Двор относится к администрации города";
        let redirected = cases.redirect(&other, number, city, why).await;
        redirected.unwrap();
        house.settle().await;
        assert_eq!(house.kinds(&mayor).await, [Kind::Arrived]);
        assert_eq!(house.kinds(&head).await, [Kind::Gone]);
        assert_eq!(
            house.kinds(&other).await,
            [Kind::Assigned],
            "nobody is told what they did themselves"
        );
    });
}

#[test]
fn what_the_applicant_thinks_of_the_answer_is_told_in_words_of_its_own() {
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
        let pass = Pass::default();
        let number = house.file(&anna, "anna@example.org").await.number;
        let cases = &house.cases;
        cases.take(&specialist, number).await.unwrap();
        let draft = AnswerDraft::plain(Outcome::Explained, "The yard was cleared on Friday.");
        let answered = cases.send_answer(&specialist, number, draft);
        answered.await.unwrap();
        cases.agree(&head, number).await.unwrap();
        cases
            .rate(&anna, &pass, number, 1, "Не убрали")
            .await
            .unwrap();
        house.settle().await;
        assert_eq!(house.kinds(&specialist).await, [Kind::Rated]);
        assert_eq!(
            house.kinds(&head).await.last(),
            Some(&Kind::Rated),
            "a head learns of a bad rating"
        );
        let told = house.told(&specialist).await;
        assert_eq!(told[0].facts.stars, "1");
        let letters: Vec<String> = house.letters().iter().map(|one| readable(one)).collect();
        let to_staff = letters
            .iter()
            .filter(|one| one.contains("To: spec@example.org"));
        assert!(to_staff.clone().any(|one| one.contains(": 1 из 5.")));
    });
}

#[test]
fn somebody_with_an_account_learns_that_they_were_named() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let boris = house
            .somebody("boris@example.org", Role::Applicant, None)
            .await;
        let beside = [("Борис", "boris@example.org")];
        house.file_with(&anna, "another@example.org", &beside).await;
        house.settle().await;
        assert_eq!(house.kinds(&anna).await, [Kind::Filed]);
        assert_eq!(house.kinds(&boris).await, [Kind::Named]);
        assert_eq!(house.told(&boris).await[0].facts.applicant, "Анна");
        let letters = house.letters();
        assert_eq!(letters.len(), 2);
        assert!(
            letters
                .iter()
                .any(|one| one.contains("To: another@example.org")),
            "who names an address in the appeal is told there"
        );
    });
}

#[test]
fn a_message_says_until_when_a_reply_is_awaited_and_letters_name_the_subject() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let specialist = house
            .somebody("spec@example.org", Role::Specialist, Some("roads"))
            .await;
        let pass = Pass::default();
        let number = house.file(&anna, "anna@example.org").await.number;
        house.cases.take(&specialist, number).await.unwrap();
        for (words, awaited) in [("Какой подъезд?", true), ("Спасибо", false)] {
            let written = house
                .cases
                .write(&specialist, &pass, number, words, awaited);
            written.await.unwrap();
            house.settle().await;
            let told = house.told(&anna).await;
            assert_eq!(told[0].kind, Kind::Message);
            assert_eq!(told[0].facts.new_date.is_some(), awaited, "{words}");
        }
        let letters: Vec<String> = house.letters().iter().map(|one| readable(one)).collect();
        let said = |letter: &&String| letter.contains("Ждём вашего ответа до ");
        assert_eq!(letters.iter().filter(said).count(), 1, "{letters:?}");
        let named = |letter: &&String| letter.contains("Снег");
        assert_eq!(letters.iter().filter(named).count(), letters.len());
    });
}

#[test]
fn who_is_named_later_is_asked_and_a_no_is_told_to_both_sides() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let boris = house
            .somebody("boris@example.org", Role::Applicant, None)
            .await;
        let specialist = house
            .somebody("spec@example.org", Role::Specialist, Some("roads"))
            .await;
        let pass = Pass::default();
        let number = house.file(&anna, "anna@example.org").await.number;
        house.cases.take(&specialist, number).await.unwrap();
        house.settle().await;
        let lawyer = cases::NewParty {
            role: cases::model::PartyRole::Representative,
            name: "Борисов".to_owned(),
            email: "boris@example.org".to_owned(),
            note: String::new(),
        };
        let added = house.cases.add_party(&anna, &pass, number, lawyer);
        added.await.unwrap();
        house.settle().await;
        assert_eq!(house.kinds(&boris).await, [Kind::NamedFor]);
        let letters = house.letters();
        let letter = letters
            .iter()
            .find(|letter| letter.contains("To: boris@example.org"));
        let letter = readable(letter.unwrap());
        assert!(letter.contains("Заявитель: Анна"), "{letter}");
        assert!(letter.contains("откажитесь"), "{letter}");

        // Until they answer nothing more is told to them.
        let written = house
            .cases
            .write(&specialist, &pass, number, "Пришлите снимок", true);
        written.await.unwrap();
        house.settle().await;
        assert_eq!(house.kinds(&boris).await, [Kind::NamedFor]);

        house.cases.decline_to_stand(&boris, number).await.unwrap();
        house.settle().await;
        let told = house.told(&anna).await;
        assert_eq!(told[0].kind, Kind::Declined);
        assert!(!told[0].facts.executor.is_empty(), "who it was is said");
        assert_eq!(house.told(&specialist).await[0].kind, Kind::PartyLeft);
        assert_eq!(house.kinds(&boris).await, [Kind::NamedFor]);
    });
}

/// Whoever filed was told of each turn of the works, here and by a letter, and of no task's day.
async fn works_were_told(house: &House, somebody: &Actor, email: &str) {
    let works = [
        Kind::TaskSet,
        Kind::WorksBegun,
        Kind::WorksStage,
        Kind::WorksPutOff,
        Kind::WorksDropped,
    ];
    let mut kinds = house.kinds(somebody).await;
    kinds.retain(|kind| works.contains(kind) || *kind == Kind::TaskDay);
    assert_eq!(kinds, works, "{email}");
    let told = house.told(somebody).await;
    let off = told.iter().find(|notice| notice.kind == Kind::WorksPutOff);
    let facts = &off.unwrap().facts;
    assert_eq!(facts.new_date, Some(jiff::civil::date(2026, 11, 30)));
    assert_eq!(facts.reason, "Снегопад: техника на дорогах.");
    let letters: Vec<String> = house.letters().iter().map(|text| readable(text)).collect();
    let to = format!("To: {email}");
    let of_works = |text: &&String| text.contains(&to) && text.contains("Вывоз снега");
    assert_eq!(
        letters.iter().filter(of_works).count(),
        works.len(),
        "{letters:#?}"
    );
}

#[test]
fn works_are_told_to_everybody_who_filed_and_their_day_to_whoever_does_them() {
    both(async |house: House| {
        let anna = house
            .somebody("anna@example.org", Role::Applicant, None)
            .await;
        let boris = house
            .somebody("boris@example.org", Role::Applicant, None)
            .await;
        let specialist = house
            .somebody("spec@example.org", Role::Specialist, Some("roads"))
            .await;
        let head = house
            .somebody("head@example.org", Role::Head, Some("roads"))
            .await;
        let cases = &house.cases;
        let joined = vec![
            house.file(&anna, "anna@example.org").await.number,
            house.file(&boris, "boris@example.org").await.number,
        ];
        let new = NewProblem {
            title: "Снег на Лесной".to_owned(),
            about: "Дворы на Лесной улице не убраны третий день.".to_owned(),
            place: String::new(),
            cases: joined,
        };
        let problem = cases.open_problem(&head, new).await.unwrap();
        let day = |day| jiff::civil::date(2026, 11, day);
        let new = NewTask {
            source: TaskSource::Problem,
            problem: Some(problem),
            case: None,
            title: "Вывоз снега".to_owned(),
            todo: "Вывезти снег из дворов Лесной улицы.".to_owned(),
            unit: house.roads,
            owner: specialist.account(),
            due_on: day(24),
        };
        let task = cases.set_task(&head, new).await.unwrap();
        cases.begin_works(&specialist, task).await.unwrap();
        let stage = NewStage {
            title: "Дома 1–10".to_owned(),
            from_on: None,
            until_on: day(23),
        };
        cases
            .plan_stage(&specialist, task, None, stage)
            .await
            .unwrap();
        let stage = cases.task(&specialist, task).await.unwrap().works.stages[0].id;
        cases
            .finish_stage(&specialist, task, stage, day(20), "")
            .await
            .unwrap();
        // Four days: the working day before the day, and the day after it.
        for _ in 0..6 {
            cases.watch_terms(&Marks::default()).await.unwrap();
            house.settle().await;
            house.clock.advance_seconds(DAY);
        }
        cases
            .put_works_off(&head, task, day(30), "Снегопад: техника на дорогах.")
            .await
            .unwrap();
        for _ in 0..2 {
            cases.watch_terms(&Marks::default()).await.unwrap();
            house.settle().await;
            house.clock.advance_seconds(DAY);
        }
        let dropped = cases.drop_works(&head, task, "Снег растаял сам.").await;
        dropped.unwrap();
        house.settle().await;
        for (somebody, email) in [(&anna, "anna@example.org"), (&boris, "boris@example.org")] {
            works_were_told(&house, somebody, email).await;
        }
        let days = |kinds: Vec<Kind>| kinds.iter().filter(|kind| **kind == Kind::TaskDay).count();
        assert_eq!(
            days(house.kinds(&specialist).await),
            3,
            "before the day and after it, and before the new one"
        );
        assert_eq!(days(house.kinds(&head).await), 1, "when it has passed");
    });
}
