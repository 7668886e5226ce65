//! A catalogue behind its operations for administrators, with two units, two subjects, a rule and
//! one past case; and how somebody asks it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use base::{Actor, Clock, Language, Moment, Role};
use catalog::{
    Administration, Catalog, NewCategory, NewRule, Past, PastCase, PastCases, Phrase, Settings,
};
use journal::{Journal, Keys};
use people::{NewUnit, NewUser, People, PersonName, UnitKind};
use serde_json::Value;
use store::testing::Fresh;
use tower::ServiceExt as _;
use utoipa::openapi::{ComponentsBuilder, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;
use web::api::Limits;
use web::{Shell, Words};

/// Friday, 20 November 2026, 12:00 in Moscow.
const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);
const PASSWORD: &str = "три зелёных чайника";

/// One case about snow that the unit `a` has.
struct OneCase(PastCase);

impl PastCases for OneCase {
    fn newest(&self, _: usize) -> Past {
        let case = self.0.clone();
        Box::pin(async move { Ok(vec![case]) })
    }
}

pub(crate) struct House {
    people: People,
    pub(crate) catalog: Catalog,
    router: Router,
    document: Value,
    _fresh: Fresh,
    _keys: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn wrong(&self) -> Vec<&str> {
        assert_eq!(self.status, 422, "{}", self.body);
        let errors = self.body["errors"].as_array().unwrap();
        errors
            .iter()
            .map(|error| error["field"].as_str().unwrap())
            .collect()
    }

    pub(crate) fn codes(&self, name: &str) -> Vec<String> {
        assert_eq!(self.status, 200, "{}", self.body);
        let items = self.body["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item[name].to_string().replace('"', ""))
            .collect()
    }
}

pub(crate) async fn houses() -> Vec<House> {
    let migrations = [journal::MIGRATIONS, people::MIGRATIONS, catalog::MIGRATIONS];
    let mut houses = Vec::new();
    for fresh in Fresh::all_at(&migrations, &Clock::fixed(NOON)) {
        houses.push(house(fresh).await);
    }
    houses
}

async fn house(fresh: Fresh) -> House {
    let store = fresh.store.clone();
    let keys = tempfile::tempdir().unwrap();
    let opened = Keys::open(&keys.path().join("keys"), None, true).unwrap();
    let journal = Journal::new(store.clone(), opened).unwrap();
    let people = People::new(store.clone(), journal.clone(), people::Settings::default());
    let catalog = Catalog::new(store.clone(), journal.clone(), Settings::default());
    catalog.load_services().unwrap();
    let (snow, unit) = furnish(&store, journal);
    let past = OneCase(PastCase {
        number: "А-2026-00000001-1".to_owned(),
        service: catalog.service("complaint").await.unwrap().id,
        category: Some(snow),
        territory: None,
        unit,
    });
    let problem = <web::Problem as utoipa::PartialSchema>::schema();
    let components = ComponentsBuilder::new().schema("Problem", problem).build();
    let document = OpenApiBuilder::new().components(Some(components)).build();
    let administration = Administration::new(catalog.clone(), people.clone(), Arc::new(past));
    let slices = OpenApiRouter::with_openapi(document).merge(catalog::api::routes(administration));
    let interface = people::api::interface(slices, &people, Limits::default()).unwrap();
    let law = &[
        (Language::Ru, include_str!("../../../law/locales/ru.ftl")),
        (Language::En, include_str!("../../../law/locales/en.ftl")),
    ];
    let shell = Shell::new(
        web::Settings::default(),
        Words::new(&[law, catalog::WORDS, people::WORDS]).unwrap(),
        Clock::fixed(NOON),
        || true,
        || None,
    );
    let pages = web::router().merge(interface.router);
    House {
        router: web::layers(people::visitor::layer(pages, people.clone()), &shell),
        people,
        catalog,
        document: interface.document,
        _fresh: fresh,
        _keys: keys,
    }
}

fn furnish(store: &store::Store, journal: Journal) -> (base::id::CategoryId, base::id::UnitId) {
    store
        .change_blocking(&Actor::system("test"), move |tx| {
            let unit = |code: &str| NewUnit {
                parent: None,
                kind: UnitKind::Agency,
                code: code.to_owned(),
                name_ru: format!("Отдел {code}"),
                name_en: format!("Unit {code}"),
                territories: Vec::new(),
            };
            let a = people::units::insert(tx, &journal, &unit("a"))?;
            people::units::insert(tx, &journal, &unit("b"))?;
            let category = |parent, code: &str| NewCategory {
                parent,
                code: code.to_owned(),
                position: 10,
                name: Phrase::new(code, code),
            };
            let roads = catalog::ensure_category(tx, &journal, &category(None, "roads"))?;
            let snow = category(Some(roads), "roads.snow");
            let snow = catalog::ensure_category(tx, &journal, &snow)?;
            let rule = NewRule {
                position: 100,
                category: None,
                territory: None,
                service: None,
                unit: a,
                reason: Phrase::new("Всё разбирает отдел", "The unit sorts everything"),
            };
            catalog::insert_rule(tx, &journal, &rule)?;
            Ok((snow, a))
        })
        .unwrap()
}

impl House {
    /// The cookie of somebody who has signed in.
    pub(crate) async fn somebody(&self, role: Role, unit: Option<&str>) -> String {
        let email = format!("{}@example.org", base::id::new_uuid(NOON));
        let new = NewUser {
            name: PersonName {
                last: "Иванова".to_owned(),
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
        let client = std::net::Ipv4Addr::LOCALHOST.into();
        let token = self.people.sign_in(&email, PASSWORD, client).await.unwrap();
        format!("session={}", token.as_str())
    }

    pub(crate) async fn administrator(&self) -> String {
        self.somebody(Role::Administrator, None).await
    }

    pub(crate) async fn send(&self, request: axum::http::request::Builder, body: String) -> Answer {
        let request = request.header("sec-fetch-site", "same-origin");
        let request = request.body(Body::from(body)).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 4 << 20).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: serde_json::from_slice(&bytes).unwrap_or_default(),
        }
    }

    pub(crate) async fn ask(&self, cookie: &str, method: &str, path: &str, body: &Value) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/admin/{path}"))
            .header("content-type", "application/json")
            .header("accept-language", "ru")
            .header("cookie", cookie);
        let body = if method == "GET" {
            String::new()
        } else {
            body.to_string()
        };
        self.send(request, body).await
    }

    pub(crate) async fn get(&self, cookie: &str, path: &str) -> Answer {
        self.ask(cookie, "GET", path, &Value::Null).await
    }

    /// Every operation: its method, an address of it that names nothing, and what it takes.
    pub(crate) fn operations(&self) -> Vec<(String, String, Value)> {
        let mut all = Vec::new();
        for (path, methods) in self.document["paths"].as_object().unwrap() {
            let path = path.replace("{code}", "nothing").replace("{version}", "1");
            let path = path.replace("{rule}", "00000000-0000-0000-0000-000000000000");
            // What officers do with rules is no administration, and has its tests in `cases`.
            let Some(path) = path.strip_prefix("/api/v1/admin/") else {
                assert!(path.starts_with("/api/v1/desk/rules"), "{path}");
                continue;
            };
            for (method, operation) in methods.as_object().unwrap() {
                let body = &operation["requestBody"]["content"]["application/json"]["schema"];
                let reference = body["$ref"].as_str().unwrap_or("#/nowhere");
                let schema = self.document.pointer(&reference[1..]);
                let schema = schema.cloned().unwrap_or_default();
                all.push((method.to_uppercase(), path.to_owned(), schema));
            }
        }
        assert!(all.len() > 20, "{}", all.len());
        all
    }
}
