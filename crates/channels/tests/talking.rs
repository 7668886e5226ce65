//! Dialogues through the face of the slice, on both databases: the machine that always has a reply, a
//! whole talk on the portal's page and with a voice assistant, what it files and what it forgets, and
//! what messengers bring.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use base::{Clock, Language, Moment, Number};
use cases::Cases;
use catalog::{Catalog, NewCategory, Phrase};
use channels::Channels;
use channels::dialogue::{Effect, Next, Outcome, Reply, Said, Talk, World};
use channels::messengers::{DoorFile, File, Settings, Webhook};
use jiff::tz::TimeZone;
use journal::{Journal, Keys};
use law::AgencyHours;
use mail::{Mail, Sender, Transport};
use people::{NewTerritory, NewUnit, People, UnitKind};
use proptest::prelude::*;
use serde_json::{Value, json};
use store::testing::Fresh;
use store::{Migrations, Store};
use tower::ServiceExt as _;

const MIGRATIONS: [Migrations; 5] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
    channels::MIGRATIONS,
];

/// Friday, 20 November 2026, 12:00 in Moscow.
const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);
const SECRET: &str = "a-secret-of-sixteen-signs";
const TOKEN: &str = "123:secret-token";

struct House {
    store: Store,
    keys: Keys,
    cases: Cases,
    people: People,
    channels: Channels,
    shell: web::Shell,
    clock: Clock,
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
        let journal = Journal::new(store.clone(), keys.clone()).unwrap();
        let mail = Mail::new(
            keys.clone(),
            mail::Settings {
                transport: Transport::None,
                sender: Sender {
                    address: "okno@region.example".into(),
                    name: "Окно".into(),
                },
            },
        );
        let people = People::new(store.clone(), journal.clone(), people::Settings::default());
        let settings = catalog::Settings {
            default_unit: Some("reception".to_owned()),
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
        let law = &[
            (Language::Ru, law::WORDS[0].1),
            (Language::En, law::WORDS[1].1),
        ];
        let words = web::Words::new(&[
            law,
            people::WORDS,
            catalog::WORDS,
            cases::WORDS,
            channels::WORDS,
        ]);
        let settings = web::Settings {
            origin: "https://okno.example".into(),
            zone,
            ..web::Settings::default()
        };
        found(&store, &journal);
        Self {
            shell: web::Shell::new(settings, words.unwrap(), clock.clone(), || true, || None),
            channels: Channels::new(cases.clone(), mail)
                .with_alice(Some(SECRET))
                .with_messengers(&messengers()),
            store,
            keys,
            cases,
            people,
            clock,
            _folder: folder,
            _fresh: fresh,
        }
    }

    /// Its applicant takes a case back.
    async fn end(&self, number: Number) {
        let case = self.cases.status(number).await.unwrap().id;
        let pass = cases::Pass::default().with_case(case);
        let guest = base::Actor::guest(Language::Ru);
        let ended = self.cases.cancel(&guest, &pass, number, "").await;
        ended.unwrap();
    }

    /// Somebody with an account; the token of a new session of theirs.
    async fn anna(&self) -> String {
        let (email, password) = ("anna@example.ru", "три зелёных чайника");
        let new = people::NewUser {
            name: people::PersonName {
                last: "Смирнова".into(),
                first: "Анна".into(),
                middle: None,
            },
            email: email.into(),
            password: password.into(),
            role: base::Role::Applicant,
            unit: None,
        };
        let people = self.people.clone();
        let adding = move || {
            people.add_users_blocking(&base::Actor::system("test"), std::slice::from_ref(&new))
        };
        // Whoever comes the second time is there already.
        drop(tokio::task::spawn_blocking(adding).await.unwrap());
        let client = std::net::Ipv4Addr::LOCALHOST.into();
        let token = self.people.sign_in(email, password, client).await;
        token.unwrap().as_str().to_owned()
    }

    /// Asks a page; its status, its new cookies and what it says.
    async fn ask(
        &self,
        method: &str,
        path: &str,
        kind: &str,
        cookies: &str,
        body: String,
    ) -> (u16, Vec<String>, String) {
        let request = axum::http::Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", kind)
            .header("cookie", cookies)
            .body(axum::body::Body::from(body))
            .unwrap();
        let answer = self.answer(request).await;
        let status = answer.status().as_u16();
        let cookies = answer.headers().get_all("set-cookie").iter();
        let cookies = cookies.map(|value| {
            let value = value.to_str().unwrap();
            value.split(';').next().unwrap().to_owned()
        });
        let cookies = cookies.collect();
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20)
            .await
            .unwrap();
        (
            status,
            cookies,
            String::from_utf8_lossy(&bytes).into_owned(),
        )
    }

    async fn answer(
        &self,
        request: axum::http::Request<axum::body::Body>,
    ) -> axum::response::Response {
        let pages = web::router().merge(channels::pages::router(self.channels.clone()));
        let pages = people::visitor::layer(pages, self.people.clone());
        let answer = web::layers(pages, &self.shell).oneshot(request).await;
        answer.unwrap()
    }

    /// What a messenger brings, with a secret or none; the status of the answer.
    async fn bring(
        &self,
        way: &str,
        secret: Option<&str>,
        body: impl Into<axum::body::Body>,
    ) -> u16 {
        let mut request = axum::http::Request::post(format!("/channels/{way}"))
            .header("content-type", "application/json");
        if let Some(secret) = secret {
            request = request.header(header_of(way), secret);
        }
        let request = request.body(body.into()).unwrap();
        self.answer(request).await.status().as_u16()
    }

    /// The secret that the messenger was told.
    fn secret_of(&self, way: &str) -> String {
        let hash = self
            .keys
            .blind("channels.webhook", &format!("{way}:{TOKEN}"));
        let hex = hash.iter().map(|byte| format!("{byte:02x}"));
        hex.collect()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let counted = self
            .store
            .read(move |db| db.first(sql, &[], |row| row.get(0)));
        counted.await.unwrap().unwrap()
    }

    async fn waiting(&self) -> i64 {
        self.count("SELECT count(*) FROM dialogue_incoming").await
    }
}

/// Messengers that bring what comes, and answer nothing.
fn messengers() -> Settings {
    let door = || DoorFile {
        url: Some("http://127.0.0.1:9".to_owned()),
        webhook: Some(Webhook::Asked(true)),
        ..DoorFile::default()
    };
    let file = File {
        max: door(),
        telegram: door(),
    };
    let token = || Some(TOKEN.to_owned());
    Settings::checked(&file, "http://127.0.0.1:8080", token(), token()).unwrap()
}

fn header_of(way: &str) -> &'static str {
    match way {
        "max" => "X-Max-Bot-Api-Secret",
        _ => "X-Telegram-Bot-Api-Secret-Token",
    }
}

/// Words in a chat of a messenger, the `at`-th that it brings.
fn words(way: &str, at: i64, text: &str) -> String {
    match way {
        "max" => json!({
            "update_type": "message_created", "timestamp": 1_000 + at, "user_locale": "ru",
            "message": {
                "sender": { "user_id": 7, "first_name": "Анна", "is_bot": false },
                "recipient": { "chat_id": 3, "chat_type": "dialog", "user_id": 1 },
                "timestamp": 1_000 + at,
                "body": { "mid": format!("mid.{at}"), "seq": at, "text": text, "attachments": null },
            },
        }),
        _ => json!({
            "update_id": 1_000 + at,
            "message": {
                "message_id": at,
                "from": { "id": 7, "is_bot": false, "first_name": "Анна", "language_code": "ru" },
                "chat": { "id": 7, "type": "private" }, "date": 1, "text": text,
            },
        }),
    }
    .to_string()
}

fn found(store: &Store, journal: &Journal) {
    let journal = journal.clone();
    let actor = base::Actor::system("test");
    store
        .change_blocking(&actor, move |tx| {
            let region = people::units::ensure_territory(
                tx,
                &journal,
                &NewTerritory {
                    code: "region".into(),
                    name_ru: "Область".into(),
                    name_en: "Region".into(),
                    parent: None,
                },
            )?;
            people::units::ensure_territory(
                tx,
                &journal,
                &NewTerritory {
                    code: "severny".into(),
                    name_ru: "Северный район".into(),
                    name_en: "Severny District".into(),
                    parent: Some(region),
                },
            )?;
            people::units::ensure(
                tx,
                &journal,
                &NewUnit {
                    code: "reception".into(),
                    kind: UnitKind::Agency,
                    name_ru: "Приёмная".into(),
                    name_en: "Reception".into(),
                    parent: None,
                    territories: vec![region],
                },
            )?;
            for (code, ru, en) in [
                ("roads", "Дороги", "Roads"),
                ("roads.snow", "Снег и гололёд", "Snow and ice"),
                ("roads.lighting", "Уличное освещение", "Street lighting"),
                ("health", "Медицина", "Health"),
                ("health.medicines", "Лекарства", "Medicines"),
            ] {
                let above = code.split_once('.').map(|(above, _)| above);
                let parent = above.map(|above| catalog::find_category(tx, above));
                let new = NewCategory {
                    parent: parent.transpose()?.flatten(),
                    code: code.into(),
                    position: 1,
                    name: Phrase::new(ru, en),
                };
                catalog::ensure_category(tx, &journal, &new)?;
            }
            Ok(())
        })
        .unwrap();
}

/// Anything that people and programs may send.
fn anything() -> impl Strategy<Value = Said> {
    let codes = prop::sample::select(vec![
        "tell",
        "propose",
        "feedback",
        "status",
        "add",
        "official",
        "menu",
        "go_on",
        "send",
        "edit",
        "review",
        "skip",
        "other",
        "no_code",
        "yes",
        "c:roads.snow",
        "c:nothing",
        "s:roads",
        "s:x",
        "v:mistake",
        "v:x",
        "p:severny",
        "p:x",
        "e:description",
        "e:applicant.email",
        "e:place",
        "e:category",
        "e:",
        "n:x",
        "ы",
        "",
    ]);
    let words = prop::sample::select(vec![
        "Во дворе дома семь на Садовой третий день не убирают снег",
        "Расчистить двор",
        "Северный район, улица Садовая, 7",
        "Подснежникова Клавдия",
        "Иванов",
        "klavdia@example.ru",
        "не почта",
        "да",
        "нет",
        "пропустить",
        "пожар",
        "А-2026-00000042-5",
        "42",
        "сорок два",
        "меню",
        "ABCD-EFGH-JKMN-PQRS",
        "снег",
        "лекарства",
        "2",
        "вчера",
        "01.02.2026",
        "",
        "\u{0}",
    ]);
    prop_oneof![
        6 => words.prop_map(|words| Said::Words(words.to_owned())),
        6 => codes.prop_map(|code| Said::Pressed(code.to_owned())),
        1 => ".{0,40}".prop_map(Said::Words),
        1 => ".{0,10}".prop_map(Said::Pressed),
        1 => (any::<f64>(), any::<f64>()).prop_map(|(north, east)| Said::Point { north, east }),
        1 => Just(Said::Point { north: 57.5, east: 39.5 }),
        1 => Just(Said::Picture("file".to_owned())),
        1 => Just(Said::Begin),
        1 => Just(Said::Unreadable),
    ]
}

fn has_a_way_on(reply: &Reply) {
    assert!(!reply.lines.is_empty(), "{reply:?}");
    let way_out = ["cancel", "tell"];
    let codes: Vec<&str> = reply
        .choices
        .iter()
        .map(|choice| choice.code.as_str())
        .collect();
    assert!(codes.iter().any(|code| way_out.contains(code)), "{reply:?}");
    assert!(
        codes
            .iter()
            .all(|code| !code.is_empty() && code.len() <= 64),
        "{codes:?}"
    );
}

/// What could come of an effect.
fn outcome(effect: &Effect, dice: u8) -> Outcome {
    let number = Number::new(2026, u32::from(dice)).unwrap();
    let filed = || channels::dialogue::FiledHere {
        number,
        case: base::id::CaseId::new(NOON),
        turn: 0,
    };
    match (effect, dice % 4) {
        (_, 3) => Outcome::Later,
        (Effect::File { .. }, 0) => Outcome::Wrong(vec![base::FieldError::new(
            "applicant.email",
            "error-email",
        )]),
        (Effect::File { .. }, 1) => {
            Outcome::Wrong(vec![base::FieldError::new("nothing", "error-email")])
        }
        (Effect::File { .. }, _) => Outcome::Filed {
            filed: filed(),
            due_on: None,
            code: Some("CODE".to_owned()),
        },
        (Effect::Status { .. }, 0) => Outcome::Unknown,
        (Effect::Status { .. }, 1) => {
            Outcome::Wrong(vec![base::FieldError::new("code", "case-error-wrong-code")])
        }
        (Effect::Status { number, .. }, _) => Outcome::Standing {
            number: *number,
            state: "register-state-accepted".to_owned(),
            due_on: None,
            answered: dice.is_multiple_of(2),
            opened: Some(filed()),
        },
        (Effect::Add { filed, .. }, _) => Outcome::Added(filed.number),
        (Effect::Attach { filed, .. }, _) => Outcome::Attached(filed.number),
    }
}

#[test]
fn whatever_is_said_there_is_a_reply_with_a_way_on() {
    both(async |house| {
        let contents = house.cases.catalog().contents().await.unwrap();
        let units = house.people.units().await.unwrap();
        let today = house.cases.today();
        let known = catalog::Answers::new();
        let talks = prop::collection::vec((anything(), any::<u8>()), 1..60);
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(300));
        runner
            .run(&(talks, any::<bool>()), |(talk, aloud)| {
                let world = World {
                    contents: &contents,
                    units: &units,
                    today,
                    aloud,
                    points: !aloud,
                    signed_in: false,
                    known: &known,
                    mark: "m",
                };
                let mut machine = Talk::default();
                for (said, dice) in &talk {
                    let reply = match machine.hear(said, &world) {
                        Next::Say(reply) => reply,
                        Next::Do(effect) => machine.done(outcome(&effect, *dice), &world),
                    };
                    has_a_way_on(&reply);
                    // What is kept of it comes back as it was.
                    let kept = serde_json::to_string(&machine).unwrap();
                    let back: Talk = serde_json::from_str(&kept).unwrap();
                    assert_eq!(back, machine);
                }
                // «Cancel» is the way out from everywhere.
                let cancelled = machine.hear(&Said::Pressed("cancel".to_owned()), &world);
                let Next::Say(reply) = cancelled else {
                    panic!("nothing is to be done")
                };
                assert!(reply.choices.iter().any(|choice| choice.code == "tell"));
                Ok(())
            })
            .unwrap();
    });
}

fn digit(half: u8) -> char {
    char::from_digit(half.into(), 16).unwrap()
}

/// A form posted by a browser.
async fn say(house: &House, jar: &mut String, field: &str, value: &str) -> String {
    let (status, _, page) = house.ask("GET", "/dialogue", "", jar, String::new()).await;
    assert_eq!(status, 200, "{page}");
    let turn = page.split("name=\"turn\" value=\"").nth(1).unwrap();
    let turn = turn.split('"').next().unwrap();
    let mut body = format!("turn={turn}&{field}=");
    for byte in value.bytes() {
        body.extend(['%', digit(byte >> 4), digit(byte & 15)]);
    }
    let kind = "application/x-www-form-urlencoded";
    let (status, cookies, page) = house.ask("POST", "/dialogue", kind, jar, body).await;
    assert_eq!(status, 303, "{page}");
    for cookie in cookies {
        let name = cookie.split('=').next().unwrap().to_owned();
        let others = jar
            .split("; ")
            .filter(|known| !known.starts_with(&format!("{name}=")));
        let mut kept: Vec<String> = others
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect();
        kept.push(cookie);
        *jar = kept.join("; ");
    }
    house
        .ask("GET", "/dialogue", "", jar, String::new())
        .await
        .2
}

fn number_in(page: &str) -> Number {
    let at = page.find("А-2026-").unwrap();
    page[at..]
        .chars()
        .take(17)
        .collect::<String>()
        .parse()
        .unwrap()
}

#[test]
fn a_talk_on_the_page_files_an_ordinary_case_once() {
    both(async |house| {
        let jar = &mut "lang=ru".to_owned();
        // People tell in pieces: what is too short for the form is gone on with, not told anew.
        let page = say(&house, jar, "words", "Не убирают снег").await;
        assert!(page.contains("Напишите подробнее"), "{page}");
        let story = "Во дворе дома семь третий день, с коляской не пройти.";
        let page = say(&house, jar, "words", story).await;
        assert!(page.contains("c:roads.snow"), "{page}");
        say(&house, jar, "code", "c:roads.snow").await;
        let page = say(&house, jar, "words", "Расчистить двор").await;
        assert!(
            page.contains("Где это?") && !page.contains("на карте"),
            "a page has no map to send: {page}"
        );
        let page = say(&house, jar, "words", "Северный район, Садовая улица, 7").await;
        assert!(page.contains("Как вас зовут"), "{page}");
        say(&house, jar, "words", "Подснежникова Клавдия").await;
        let page = say(&house, jar, "words", "это не почта").await;
        assert!(!page.contains("Согласен, отправить"), "{page}");
        let page = say(&house, jar, "words", "klavdia@example.ru").await;
        assert!(
            page.contains("Согласен, отправить") && page.contains("Северный район"),
            "{page}"
        );
        let page = say(&house, jar, "code", "send").await;
        assert!(page.contains("Принято"), "{page}");
        let whole = "Не убирают снег. Во дворе дома семь третий день";
        assert!(
            page.contains(whole),
            "what was said stands together: {page}"
        );
        let number = number_in(&page);
        let row = house.cases.status(number).await.unwrap();
        let contents = house.cases.catalog().contents().await.unwrap();
        let subject = contents.categories().by_code("roads.snow").unwrap().id;
        assert_eq!(row.category, Some(subject));
        assert!(
            jar.contains("pass="),
            "the browser is let into its case: {jar}"
        );

        // Words to it, and its state.
        say(&house, jar, "code", "add").await;
        let page = say(&house, jar, "words", "Сегодня снова засыпало").await;
        assert!(page.contains("Добавлено"), "{page}");
        say(&house, jar, "code", "status").await;
        let page = say(&house, jar, "words", &number.to_string()).await;
        assert!(page.contains(&format!("{number}: Принято")), "{page}");

        // The browser opens the case itself, not only what everybody may know of its number.
        assert!(
            page.contains(&format!("href=\"/cases/{number}\"")),
            "{page}"
        );

        // A case that has ended takes no words, and to wait would not help: that is what is said.
        house.end(number).await;
        say(&house, jar, "code", "add").await;
        let page = say(&house, jar, "words", "И сегодня").await;
        assert!(page.contains("завершено: добавить"), "{page}");

        // A day later nothing of it is kept.
        house.clock.advance_seconds(25 * 3600);
        assert!(house.channels.drop_old_dialogues().await.unwrap() > 0);
        let (_, _, page) = house.ask("GET", "/dialogue", "", jar, String::new()).await;
        assert!(page.contains("Здравствуйте") && !page.contains("засыпало"));
    });
}

#[test]
fn who_has_signed_in_is_not_asked_for_what_the_profile_knows() {
    both(async |house| {
        let jar = &mut format!("lang=ru; session={}", house.anna().await);
        let story = "Во дворе дома семь третий день не убирают снег, с коляской не пройти.";
        say(&house, jar, "words", story).await;
        say(&house, jar, "code", "c:roads.snow").await;
        say(&house, jar, "words", "Расчистить двор").await;
        let page = say(&house, jar, "words", "Северный район, Садовая улица, 7").await;
        assert!(
            page.contains("Согласен, отправить") && page.contains("anna@example.ru"),
            "{page}"
        );
        let number = number_in(&say(&house, jar, "code", "send").await);

        // In another dialogue: no code is needed for what is theirs, and there is none to give.
        *jar = format!("lang=ru; session={}", house.anna().await);
        say(&house, jar, "code", "status").await;
        let page = say(&house, jar, "words", &number.to_string()).await;
        assert!(page.contains(&format!("{number}: Принято")), "{page}");
        assert!(page.contains("Дополнить обращение"), "{page}");
        assert!(
            page.contains(&format!("href=\"/cases/{number}\"")),
            "{page}"
        );
    });
}

#[test]
fn words_of_an_older_page_are_given_back_and_a_dialogue_can_be_thrown_away() {
    both(async |house| {
        let jar = &mut "lang=ru".to_owned();
        say(&house, jar, "code", "tell").await;
        let kind = "application/x-www-form-urlencoded";
        let post = async |turn: u32, words: &str| {
            let body = format!("turn={turn}&words={words}");
            house.ask("POST", "/dialogue", kind, jar, body).await
        };
        let first = post(1, "In+the+yard+nobody+has+cleared+the+snow").await;
        assert_eq!(first.0, 303, "{}", first.2);
        // Pressed twice: the same words are taken once, and nothing is complained of.
        let twice = post(1, "In+the+yard+nobody+has+cleared+the+snow").await;
        assert_eq!(twice.0, 303, "{}", twice.2);
        let (status, _, page) = post(1, "no,+behind+the+school").await;
        assert_eq!(status, 200);
        assert!(
            page.contains("устарела") && page.contains("no, behind the school</textarea>"),
            "{page}"
        );

        let page = say(&house, jar, "code", "forget").await;
        assert!(
            page.contains("Здравствуйте") && !page.contains("cleared"),
            "{page}"
        );
        let kept = house.store.read(|db| {
            db.query("SELECT kept FROM dialogue LIMIT 9", &[], |row| {
                row.get::<Vec<u8>>(0)
            })
        });
        assert!(kept.await.unwrap().is_empty());
    });
}

/// Alice's request.
fn alice(message: i64, words: &str) -> String {
    json!({
        "meta": { "locale": "ru-RU", "interfaces": {} },
        "session": { "new": message == 0, "message_id": message, "session_id": "s-1", "skill_id": "k" },
        "request": { "command": words.to_lowercase(), "original_utterance": words, "type": "SimpleUtterance" },
        "version": "1.0",
    })
    .to_string()
}

async fn aloud(house: &House, message: i64, words: &str) -> Value {
    let path = format!("/channels/alice/{SECRET}");
    let body = alice(message, words);
    let (status, _, text) = house.ask("POST", &path, "application/json", "", body).await;
    assert_eq!(status, 200, "{text}");
    let told: Value = serde_json::from_str(&text).unwrap();
    told["response"].clone()
}

fn text(response: &Value) -> &str {
    response["text"].as_str().unwrap()
}

#[test]
fn a_request_begins_aloud_with_a_name_and_a_telephone_read_back() {
    both(async |house| {
        let body = alice(0, "");
        let wrong = house
            .ask(
                "POST",
                "/channels/alice/wrong",
                "application/json",
                "",
                body,
            )
            .await;
        assert_eq!(wrong.0, 404);
        let hello = aloud(&house, 0, "").await;
        assert!(text(&hello).contains("Здравствуйте"), "{hello}");
        let subject = aloud(
            &house,
            1,
            "во дворе дома семь третий день не убирают снег совсем",
        )
        .await;
        assert!(
            subject["tts"].as_str().unwrap().contains("Снег и гололёд"),
            "{subject}"
        );
        aloud(&house, 2, "снег и гололёд").await;
        let name = aloud(&house, 3, "северный район улица садовая дом семь").await;
        assert!(text(&name).contains("Как вас зовут"), "{name}");
        aloud(&house, 4, "подснежникова клавдия").await;
        let review = aloud(
            &house,
            5,
            "восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять",
        )
        .await;
        let tts = review["tts"].as_str().unwrap();
        assert!(
            tts.contains("Подснежникова") && tts.contains("912"),
            "{review}"
        );
        assert!(!tts.contains("http"), "{tts}");
        let filed = aloud(&house, 6, "да").await;
        assert!(text(&filed).contains("Принято"), "{filed}");
        // The same request once more gets the same answer and files nothing.
        let again = aloud(&house, 6, "да").await;
        assert_eq!(again, filed);
        let number = number_in(text(&filed));
        let sequence = number.sequence().to_string();
        aloud(&house, 7, "узнать статус").await;
        let standing = aloud(&house, 8, &sequence).await;
        assert!(
            text(&standing).contains(&format!("{number}: Принято")),
            "{standing}"
        );
        let next = Number::new(number.year(), number.sequence() + 1).unwrap();
        assert!(
            house.cases.status(next).await.is_err(),
            "one case was filed"
        );
    });
}

#[test]
fn danger_comes_first_and_a_ping_is_answered() {
    both(async |house| {
        let danger = aloud(&house, 0, "помогите у нас пожар в подъезде").await;
        assert!(
            danger["tts"].as_str().unwrap().contains("сто двенадцать"),
            "{danger}"
        );
        let pong = aloud(&house, 1, "ping").await;
        assert_eq!(text(&pong), "pong");
        for broken in ["", "[]", "{}", "{\"session\":{\"session_id\":7}}"] {
            let path = format!("/channels/alice/{SECRET}");
            let answer = house
                .ask("POST", &path, "application/json", "", broken.to_owned())
                .await;
            assert_eq!(answer.0, 400, "{broken}: {}", answer.2);
        }
        let kept = house
            .store
            .read(|db| {
                db.query("SELECT kept FROM dialogue LIMIT 9", &[], |row| {
                    row.get::<Vec<u8>>(0)
                })
            })
            .await
            .unwrap();
        assert!(!kept.is_empty());
        let shown = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).contains("пожар");
        assert!(!kept.iter().any(shown), "what was said is sealed");
    });
}

#[test]
fn what_a_messenger_brings_is_taken_down_once_and_from_nobody_else() {
    both(async |house| {
        for way in ["max", "telegram"] {
            let secret = house.secret_of(way);
            let other = house.secret_of(if way == "max" { "telegram" } else { "max" });
            let begin = words(way, 1, "/start");
            for wrong in [
                None,
                Some(""),
                Some("wrong"),
                Some(TOKEN),
                Some(other.as_str()),
                Some(&secret[..secret.len() - 1]),
            ] {
                let status = house.bring(way, wrong, begin.clone()).await;
                assert_eq!(status, 403, "{way} {wrong:?}");
            }
            // Nothing of what a stranger sends is read: a body that never ends is refused as soon.
            let endless =
                futures_util::stream::pending::<std::result::Result<Vec<u8>, std::io::Error>>();
            let endless = axum::body::Body::from_stream(endless);
            assert_eq!(house.bring(way, Some("wrong"), endless).await, 403);
            assert_eq!(house.waiting().await, 0);

            let secret = Some(secret.as_str());
            for broken in ["", "{", "\u{0}"] {
                assert_eq!(
                    house.bring(way, secret, broken.to_owned()).await,
                    400,
                    "{broken}"
                );
            }
            let long = words(way, 2, &"ы".repeat(200 * 1024));
            assert_eq!(house.bring(way, secret, long).await, 400);
            // What says nothing to us is nothing that has to come again.
            for strange in [
                "[]",
                "{}",
                "7",
                r#"{"update_type":"message_removed","update_id":3}"#,
            ] {
                assert_eq!(
                    house.bring(way, secret, strange.to_owned()).await,
                    200,
                    "{strange}"
                );
            }
            assert_eq!(house.waiting().await, 0);

            assert_eq!(house.bring(way, secret, begin.clone()).await, 200);
            assert_eq!(house.bring(way, secret, begin.clone()).await, 200);
            assert_eq!(house.waiting().await, 1, "{way}: it came twice and is one");
            let shown = house.count("SELECT count(*) FROM dialogue").await;
            assert_eq!(shown, 0, "it is heard by a listener and nobody else");
            let sealed = house
                .store
                .read(|db| {
                    let sql = "SELECT said FROM dialogue_incoming LIMIT 1";
                    db.first(sql, &[], |row| row.get::<Vec<u8>>(0))
                })
                .await
                .unwrap()
                .unwrap();
            let sealed = String::from_utf8_lossy(&sealed);
            assert!(!sealed.contains("start"), "what was said is sealed");
            // A week later nobody wants to hear it.
            house.clock.advance_seconds(8 * 24 * 3600);
            assert!(house.channels.drop_old_dialogues().await.unwrap() > 0);
            assert_eq!(house.waiting().await, 0);
        }
    });
}

#[test]
fn what_was_brought_is_heard_once_in_the_order_in_which_it_was_said() {
    both(async |house| {
        for way in ["max", "telegram"] {
            let secret = house.secret_of(way);
            let filed = "SELECT count(*) FROM case_file";
            let before = house.count(filed).await;
            // A whole talk, brought the last first, and each of it twice.
            let talk = [
                "Во дворе дома семь третий день не убирают снег, с коляской не пройти.",
                "снег и гололёд",
                "Расчистить двор",
                "Северный район, Садовая улица, 7",
                "Подснежникова Клавдия",
                "klavdia@example.ru",
                "да",
            ];
            for (at, said) in talk.iter().enumerate().rev() {
                let body = words(way, i64::try_from(at).unwrap(), said);
                for _ in 0..2 {
                    assert_eq!(house.bring(way, Some(&secret), body.clone()).await, 200);
                }
            }
            assert_eq!(house.waiting().await, 7);
            let (stop, stopping) = tokio::sync::watch::channel(false);
            // Two nodes listen, and the messenger itself answers neither of them.
            let mut nodes = tokio::task::JoinSet::new();
            for _ in 0..2 {
                for listener in house.channels.listeners() {
                    nodes.spawn(listener.run(house.shell.clone(), stopping.clone()));
                }
            }
            let mut left = 600;
            while house.waiting().await > 0 && left > 0 {
                left -= 1;
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            assert_eq!(house.waiting().await, 0);
            assert_eq!(
                house.count(filed).await,
                before + 1,
                "{way}: one case of one talk"
            );
            // The whole of it once more: it is known, and nothing comes of it.
            let replies = "SELECT count(*) FROM job WHERE kind = 'channels.say'";
            let said = house.count(replies).await;
            assert_eq!(said % 7, 0, "a reply to each: {said}");
            for (at, words_said) in talk.iter().enumerate() {
                let body = words(way, i64::try_from(at).unwrap(), words_said);
                assert_eq!(house.bring(way, Some(&secret), body).await, 200);
            }
            assert_eq!(house.waiting().await, 0);
            stop.send(true).unwrap();
            while nodes.join_next().await.is_some() {}
            assert_eq!(house.count(replies).await, said);
            assert_eq!(house.count(filed).await, before + 1);
        }
    });
}
