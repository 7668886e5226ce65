//! A small installation behind its API: the built-in services, a few subjects, units and
//! territories, and people who can sign in.

use std::sync::atomic::{AtomicU8, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use base::{Actor, Clock, Language, Moment, Role};
use cases::Cases;
use cases::api::GuestLimit;
use catalog::{Catalog, NewCategory, Phrase};
use files::Vault;
use jiff::tz::TimeZone;
use journal::{Journal, Keys};
use law::AgencyHours;
use people::{NewTerritory, NewUnit, NewUser, People, PersonName, UnitKind, units};
use serde_json::{Value, json};
use store::testing::Fresh;
use store::{Blobs, Migrations, Store};
use tower::ServiceExt as _;
use utoipa_axum::router::OpenApiRouter;
use web::{Shell, Words};

/// 20 November 2026, 09:00 UTC, a Friday.
const START: i64 = 1_795_165_200_000_000;
const PASSWORD: &str = "три зелёных чайника";
const MIGRATIONS: [Migrations; 4] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    cases::MIGRATIONS,
];

pub(crate) struct House {
    pub(crate) cases: Cases,
    pub(crate) clock: Clock,
    pub(crate) document: Value,
    store: Store,
    router: Router,
    callers: AtomicU8,
    _fresh: Fresh,
    _keys: tempfile::TempDir,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The problem, which must be one, of this status and in words.
    pub(crate) fn problem(&self, status: u16) -> Value {
        let problem = self.json();
        assert_eq!(self.status, status, "{problem}");
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{problem}"
        );
        assert_eq!(problem["status"], status);
        let said = problem.to_string();
        assert!(
            !said.contains('«') || !said.contains("-error-"),
            "a word is missing: {said}"
        );
        assert!(!problem["detail"].as_str().unwrap().is_empty());
        problem
    }

    /// The fields that a refusal of what was sent names, in order.
    pub(crate) fn wrong(&self) -> Vec<String> {
        let problem = self.problem(422);
        let errors = problem["errors"].as_array().unwrap();
        let named = errors.iter().map(|error| {
            assert!(!error["message"].as_str().unwrap().is_empty());
            error["field"].as_str().unwrap().to_owned()
        });
        let mut named: Vec<String> = named.collect();
        named.sort();
        named
    }
}

/// One house on each engine that can be had, with nobody slowed down.
pub(crate) async fn houses() -> Vec<House> {
    houses_with(GuestLimit {
        burst: 1_000_000,
        per_second: 1e6,
    })
    .await
}

pub(crate) async fn houses_with(limit: GuestLimit) -> Vec<House> {
    let clock = Clock::fixed(Moment::from_micros(START));
    let mut houses = Vec::new();
    for fresh in Fresh::all_at(&MIGRATIONS, &clock) {
        let keys = tempfile::tempdir().unwrap();
        let opened = Keys::open(&keys.path().join("keys"), None, true).unwrap();
        let journal = Journal::new(fresh.store.clone(), opened).unwrap();
        let people = People::new(
            fresh.store.clone(),
            journal.clone(),
            people::Settings::default(),
        );
        let catalog = Catalog::new(
            fresh.store.clone(),
            journal.clone(),
            catalog::Settings::default(),
        );
        catalog.load_services().unwrap();
        let hours = AgencyHours::usual(TimeZone::get("Europe/Moscow").unwrap());
        let cases = Cases::new(
            journal,
            people.clone(),
            catalog,
            cases::Settings {
                hours,
                printer: None,
                vault: Some(Vault::new(blobs_in(keys.path()), files::Limits::default())),
            },
        );
        let slices = OpenApiRouter::with_openapi(cases::api::description())
            .merge(cases::api::routes(cases.clone(), limit));
        let limits = web::api::Limits {
            guest: 1_000_000,
            account: 1_000_000,
        };
        let interface = people::api::interface(slices, &people, limits).unwrap();
        let document = interface.document;
        let router = people::visitor::layer(web::router().merge(interface.router), people);
        let shell = Shell::new(
            web::Settings::default(),
            words(),
            clock.clone(),
            || true,
            || None,
        );
        let house = House {
            cases,
            clock: clock.clone(),
            document,
            store: fresh.store.clone(),
            router: web::layers(router, &shell),
            callers: AtomicU8::new(1),
            _fresh: fresh,
            _keys: keys,
        };
        house.furnish().await;
        houses.push(house);
    }
    houses
}

fn blobs_in(folder: &std::path::Path) -> Blobs {
    let folder = folder.join("blobs");
    std::fs::create_dir_all(&folder).unwrap();
    Blobs::folder(&folder).unwrap()
}

fn words() -> Words {
    let law = &[
        (Language::Ru, include_str!("../../../law/locales/ru.ftl")),
        (Language::En, include_str!("../../../law/locales/en.ftl")),
    ];
    let mut slices: Vec<&web::words::WordFiles> =
        vec![law, people::WORDS, catalog::WORDS, cases::WORDS];
    // Once they stand among the words of the slice, they must not come twice.
    if !cases::WORDS
        .iter()
        .any(|word| cases::api::WORDS.contains(word))
    {
        slices.push(cases::api::WORDS);
    }
    Words::new(&slices).unwrap()
}

/// What the document itself shows as a filing.
pub(crate) fn filing() -> Value {
    serde_json::from_str(include_str!("../../src/api/examples/filing.json")).unwrap()
}

impl House {
    async fn furnish(&self) {
        let journal = self.cases.journal().clone();
        self.store
            .change(&Actor::system("demo"), move |tx| {
                let mut region = None;
                for (code, parent) in [("region", None), ("ozernoye", Some("region"))] {
                    let new = NewTerritory {
                        parent: parent.and(region),
                        code: code.into(),
                        name_ru: format!("Место {code}"),
                        name_en: format!("Place {code}"),
                    };
                    region = Some(units::ensure_territory(tx, &journal, &new)?);
                }
                for code in ["roads", "health"] {
                    let new = NewUnit {
                        parent: None,
                        kind: UnitKind::Agency,
                        code: code.into(),
                        name_ru: format!("Орган {code}"),
                        name_en: format!("Body {code}"),
                        territories: Vec::new(),
                    };
                    let unit = units::ensure(tx, &journal, &new)?;
                    let mut above = None;
                    for below in ["", ".snow"] {
                        let new = NewCategory {
                            parent: above,
                            code: format!("{code}{below}"),
                            position: 1,
                            name: Phrase::new(
                                format!("Тема {code}{below}"),
                                format!("Subject {code}{below}"),
                            ),
                        };
                        above = Some(catalog::ensure_category(tx, &journal, &new)?);
                    }
                    let rule = catalog::NewRule {
                        position: 1,
                        category: catalog::find_category(tx, code)?,
                        territory: None,
                        service: None,
                        unit,
                        reason: Phrase::new("По теме", "By subject"),
                    };
                    catalog::insert_rule(tx, &journal, &rule)?;
                }
                Ok(())
            })
            .await
            .unwrap();
    }

    pub(crate) async fn send(
        &self,
        request: axum::http::request::Builder,
        body: impl Into<Body>,
    ) -> Answer {
        let mut request = request.body(body.into()).unwrap();
        let caller = ([192, 0, 2, 1], 4711);
        request
            .extensions_mut()
            .insert(ConnectInfo(std::net::SocketAddr::from(caller)));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, 10_000_000).await.unwrap().to_vec(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers
            .iter()
            .fold(Request::get(path), |request, (name, value)| {
                request.header(*name, *value)
            });
        self.send(request, Body::empty()).await
    }

    /// Asks for something with a session and, where there is one, a body.
    pub(crate) async fn ask(
        &self,
        session: &str,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Answer {
        self.ask_with(session, method, path, body, &[]).await
    }

    pub(crate) async fn ask_with(
        &self,
        session: &str,
        method: &str,
        path: &str,
        body: Option<&Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !session.is_empty() {
            request = request.header("cookie", session);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        match body {
            Some(body) => {
                let request = request.header("content-type", "application/json");
                self.send(request, body.to_string()).await
            }
            None => self.send(request, Body::empty()).await,
        }
    }

    /// The actor behind a cookie.
    pub(crate) async fn actor(&self, session: &str) -> Actor {
        let token = session.strip_prefix("session=").unwrap();
        let known = self.cases.people().session(token, Language::Ru).await;
        known.unwrap().unwrap().actor
    }

    pub(crate) async fn file(&self, body: &Value) -> Answer {
        self.file_with(body, &[]).await
    }

    pub(crate) async fn file_with(&self, body: &Value, headers: &[(&str, &str)]) -> Answer {
        let request = Request::post("/api/v1/cases").header("content-type", "application/json");
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        self.send(request, body.to_string()).await
    }

    /// A guest's case: its address, its number and its return code.
    pub(crate) async fn filed(&self, body: &Value) -> (String, String, String) {
        let answer = self.file(body).await;
        let filed = answer.json();
        assert_eq!(answer.status, StatusCode::CREATED, "{filed}");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (
            text(&filed["links"]["self"]),
            text(&filed["number"]),
            text(&filed["return_code"]),
        )
    }

    /// Signs somebody new in; gives the cookie.
    pub(crate) async fn signed_in(&self, role: Role, unit: Option<&str>) -> String {
        let caller = self.callers.fetch_add(1, Ordering::Relaxed);
        let email = format!("somebody{caller}@example.org");
        let new = NewUser {
            name: PersonName {
                last: "Ковалёв".into(),
                first: "Борис".into(),
                middle: None,
            },
            email: email.clone(),
            password: PASSWORD.into(),
            role,
            unit: unit.map(str::to_owned),
        };
        let people = self.cases.people().clone();
        let adding = people.clone();
        tokio::task::spawn_blocking(move || adding.add_user_blocking(&Actor::system("demo"), &new))
            .await
            .unwrap()
            .unwrap();
        let address = std::net::IpAddr::from([198, 51, 100, caller]);
        let token = people.sign_in(&email, PASSWORD, address).await.unwrap();
        format!("session={}", token.as_str())
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

    pub(crate) async fn message_from_staff(&self, number: &str, session: &str, text: &str) {
        let token = session.strip_prefix("session=").unwrap();
        let signed_in = self
            .cases
            .people()
            .session(token, Language::Ru)
            .await
            .unwrap()
            .unwrap();
        let number = number.parse().unwrap();
        self.cases.take(&signed_in.actor, number).await.unwrap();
        self.cases
            .write(
                &signed_in.actor,
                &cases::Pass::default(),
                number,
                text,
                true,
            )
            .await
            .unwrap();
    }
}

/// `body` with the value at `pointer` replaced; the parent must be there.
pub(crate) fn with(mut body: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    parent.insert(name.to_owned(), value);
    body
}

/// `body` without the value at `pointer`.
pub(crate) fn without(body: Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let mut body = with(body, pointer, json!(null));
    body.pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(name);
    body
}
