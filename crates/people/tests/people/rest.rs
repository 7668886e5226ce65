//! Administration through the interface for programs: a day of it, who is refused, what nonsense
//! is answered with, and lists that go on by their cursor.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use base::{Actor, Role};
use journal::jobs::{self, Failure, Handlers};
use people::pages::admin::Setting;
use people::{TokenWish, WORDS};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use utoipa::openapi::{ComponentsBuilder, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;
use web::api::{Limits, TokenScope};
use web::{Shell, Words};

use crate::house::{House, PASSWORD, address, houses};

const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    fn wrong(&self) -> Vec<&str> {
        assert_eq!(self.status, 422, "{}", self.body);
        let errors = self.body["errors"].as_array().unwrap();
        errors
            .iter()
            .map(|error| error["field"].as_str().unwrap())
            .collect()
    }

    fn codes(&self, name: &str) -> Vec<&str> {
        assert_eq!(self.status, 200, "{}", self.body);
        let items = self.body["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| item[name].as_str().unwrap())
            .collect()
    }
}

/// The interface with the operations of this slice, and how somebody signs in to it.
struct Interface {
    router: Router,
    document: Value,
    /// A header and its value; none for a guest.
    way: Option<(&'static str, String)>,
}

impl Interface {
    fn of(house: &House) -> Self {
        let problem = <web::Problem as utoipa::PartialSchema>::schema();
        let components = ComponentsBuilder::new().schema("Problem", problem).build();
        let document = OpenApiBuilder::new().components(Some(components)).build();
        let settings = vec![Setting {
            name: "origin",
            value: "https://okno.example".into(),
        }];
        let slices = OpenApiRouter::with_openapi(document).merge(
            people::api::administration::routes(house.people.clone(), settings),
        );
        let interface = people::api::interface(slices, &house.people, Limits::default()).unwrap();
        let shell = Shell::new(
            web::Settings::default(),
            Words::new(&[WORDS]).unwrap(),
            house.clock.clone(),
            || true,
            || None,
        );
        let pages = web::router().merge(interface.router);
        Self {
            router: web::layers(people::visitor::layer(pages, house.people.clone()), &shell),
            document: interface.document,
            way: None,
        }
    }

    async fn by_session(&mut self, house: &House, email: &str) {
        let token = house.people.sign_in(email, PASSWORD, address(200)).await;
        let token = token.unwrap();
        self.way = Some(("cookie", format!("session={}", token.as_str())));
    }

    async fn by_token(&mut self, house: &House, actor: &Actor, scopes: &[TokenScope]) {
        let wish = TokenWish {
            name: "x".into(),
            scopes: scopes.iter().copied().collect(),
            until: Some("2026-12-01".parse().unwrap()),
        };
        let people = &house.people;
        let token = people.make_token(actor, wish, PASSWORD, address(200)).await;
        let token = token.unwrap();
        self.way = Some(("authorization", format!("Bearer {}", token.as_str())));
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let mut request = request.header("sec-fetch-site", "same-origin");
        if let Some((name, value)) = &self.way {
            request = request.header(*name, value);
        }
        let answer = self.router.clone().oneshot(request.body(body).unwrap());
        let (parts, body) = answer.await.unwrap().into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: serde_json::from_slice(&bytes).unwrap_or_default(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        let path = format!("/api/v1/admin/{path}");
        self.send(Request::get(path), Body::empty()).await
    }

    async fn ask(&self, method: &str, path: &str, body: &Value) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/admin/{path}"))
            .header("content-type", "application/json");
        self.send(request, Body::from(body.to_string())).await
    }

    /// Every operation: its method, an address of it that names nothing, and whether it takes JSON.
    fn operations(&self) -> Vec<(String, String, Value)> {
        let mut all = Vec::new();
        for (path, methods) in self.document["paths"].as_object().unwrap() {
            let path = path
                .split('/')
                .map(|part| match part {
                    "{account}" | "{role}" | "{job}" => NOBODY,
                    part if part.starts_with('{') => "nothing",
                    part => part,
                })
                .collect::<Vec<_>>()
                .join("/");
            for (method, operation) in methods.as_object().unwrap() {
                let body = &operation["requestBody"]["content"]["application/json"]["schema"];
                let reference = body["$ref"].as_str().unwrap_or("#/nowhere");
                let schema = self.document.pointer(&reference[1..]);
                let schema = schema.cloned().unwrap_or_default();
                all.push((method.to_uppercase(), path.clone(), schema));
            }
        }
        assert!(all.len() > 20, "{}", all.len());
        all
    }
}

async fn administered(house: &House) -> Interface {
    house.with_units().await;
    house.add("galina@example.ru", Role::Administrator, None);
    let galina = house.actor("galina@example.ru").await;
    let mut interface = Interface::of(house);
    let scopes = [TokenScope::AdminRead, TokenScope::AdminWrite];
    interface.by_token(house, &galina, &scopes).await;
    interface
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_an_administrator_with_units() {
    for house in houses() {
        let admin = administered(&house).await;
        let place =
            json!({ "parent": "region", "code": "hills", "name_ru": "Холмы", "name_en": "Hills" });
        assert_eq!(admin.ask("POST", "territories", &place).await.status, 201);
        let unit = json!({
            "parent": "roads", "kind": "unit", "code": "bridges", "name_ru": "Мосты", "name_en": "Bridges",
        });
        let made = admin.ask("POST", "units", &unit).await;
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(made.headers["location"], "/api/v1/admin/units/bridges");
        assert_eq!(admin.ask("POST", "units", &unit).await.wrong(), ["code"]);

        let read = admin.get("units/bridges").await;
        let tag = read.headers["etag"].clone();
        let wish = json!({
            "parent": "ministry", "name_ru": "Отдел мостов", "name_en": "Bridges",
            "territories": ["hills"], "phone": "+7 800 000-00-00",
        });
        let held = |tag: &str| {
            Request::put("/api/v1/admin/units/bridges")
                .header("content-type", "application/json")
                .header("if-match", tag)
        };
        let stale = admin.send(held("\"x\""), Body::from(wish.to_string()));
        assert_eq!(stale.await.status, 412);
        let changed = admin.send(held(tag.to_str().unwrap()), Body::from(wish.to_string()));
        let changed = changed.await;
        assert_eq!(changed.status, 200, "{}", changed.body);
        assert_eq!(changed.body["parent"], "ministry");
        assert_eq!(changed.body["territories"], json!(["hills"]));
        assert_eq!(changed.body["phone"], "+7 800 000-00-00");
        let ring = json!({ "parent": "roads", "name_ru": "Орган", "name_en": "Body" });
        assert_eq!(
            admin.ask("PUT", "units/ministry", &ring).await.wrong(),
            ["parent"]
        );
        let closed = admin.ask("POST", "units/bridges/closure", &json!({})).await;
        assert_eq!(closed.body["state"], "closed", "{}", closed.body);
        let again = admin.ask("POST", "units/bridges/closure", &json!({})).await;
        assert_eq!(again.status, 409);
        let open = admin
            .ask("DELETE", "units/bridges/closure", &json!({}))
            .await;
        assert_eq!(open.body["state"], "active");

        let log = admin.get("log?kind=unit").await;
        let mut done = log.codes("action");
        done.sort_unstable();
        assert_eq!(
            done,
            [
                "unit.changed",
                "unit.closed",
                "unit.created",
                "unit.reopened"
            ]
        );
        assert_eq!(log.body["items"][0]["actor"]["last_name"], "Ковалёв");
        assert_eq!(log.body["items"][0]["subject"], "bridges");
        assert_eq!(admin.get("settings").await.codes("name"), ["origin"]);
        assert_eq!(admin.get("dead-letters").await.codes("id").len(), 0);
        assert_eq!(admin.get("log/actors").await.codes("account").len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_of_an_administrator_with_people() {
    for house in houses() {
        let admin = administered(&house).await;
        let boris = json!({
            "last_name": "Ковалёв", "first_name": "Борис", "email": "boris@example.ru",
            "role": "specialist", "unit": "health", "post": "инженер",
        });
        let invited = admin.ask("POST", "staff", &boris).await;
        assert_eq!(invited.status, 201, "{}", invited.body);
        assert_eq!(invited.body["way"], "link", "no letters are sent here");
        assert!(invited.body["link"].as_str().unwrap().contains("/invite/"));
        let path = invited.headers["location"].to_str().unwrap();
        let path = path.strip_prefix("/api/v1/admin/").unwrap();
        let found = json!({ "email": "Boris@Example.ru" });
        let found = admin.ask("POST", "staff/searches", &found).await;
        assert_eq!(found.body["roles"][0]["post"], "инженер");
        let role = json!({ "role": "head", "unit": "roads" });
        let given = admin.ask("POST", &format!("{path}/roles"), &role).await;
        assert_eq!(given.status, 201, "{}", given.body);
        let id = given.body["roles"].as_array().unwrap().iter();
        let mut id = id.filter(|role| role["role"] == "head");
        let given = id.next().unwrap()["id"].as_str().unwrap().to_owned();
        let post = json!({ "post": "начальник" });
        let posted = admin
            .ask("PUT", &format!("{path}/roles/{given}"), &post)
            .await;
        assert!(posted.body.to_string().contains("начальник"));
        let taken = admin
            .ask("DELETE", &format!("{path}/roles/{given}"), &json!({}))
            .await;
        assert_eq!(taken.status, 204);
        let name = json!({ "last_name": "Лесной", "first_name": "Борис" });
        let named = admin.ask("PUT", &format!("{path}/name"), &name).await;
        assert_eq!(named.body["last_name"], "Лесной", "{}", named.body);
        let email = json!({ "email": "lesnoy@example.ru", "current": PASSWORD });
        let corrections = format!("{path}/email-corrections");
        let corrected = admin.ask("POST", &corrections, &email).await;
        assert_eq!(corrected.status, 201, "{}", corrected.body);
        assert_eq!(corrected.body["way"], "link");
        assert_eq!(corrected.body["person"]["email"], "lesnoy@example.ru");
        let again = admin.ask("POST", &corrections, &email).await;
        assert_eq!(again.wrong(), ["email"]);
        let last = admin.get(path).await.body["roles"][0]["id"].clone();
        let last = format!("{path}/roles/{}", last.as_str().unwrap());
        assert_eq!(admin.ask("DELETE", &last, &json!({})).await.status, 204);
        let former = admin.get("former-staff").await;
        assert_eq!(former.codes("name"), ["Лесной Б."]);
        assert_eq!(former.codes("email"), ["l•••@example.ru"]);
        let ended = admin
            .ask("DELETE", &format!("{path}/sessions"), &json!({}))
            .await;
        assert_eq!(ended.body["email"], "l•••@example.ru", "{}", ended.body);
        let nobody = admin.ask("PUT", &format!("{path}/name"), &name).await;
        assert_eq!(nobody.status, 409, "first a role: {}", nobody.body);
        let blocked = admin
            .ask("POST", &format!("{path}/block"), &json!({}))
            .await;
        assert_eq!(blocked.body["state"], "blocked");
        let back = admin
            .ask("DELETE", &format!("{path}/block"), &json!({}))
            .await;
        assert_eq!(back.body["state"], "active");
        let links = format!("{path}/links");
        let wrong = admin
            .ask("POST", &links, &json!({ "current": "не он" }))
            .await;
        assert_eq!(wrong.wrong(), ["current"]);
        let link = admin
            .ask("POST", &links, &json!({ "current": PASSWORD }))
            .await;
        assert_eq!(link.status, 201);

        let people = admin.get("log?kind=person&limit=100").await;
        assert!(people.codes("action").contains(&"person.looked_up"));
        assert!(!people.body.to_string().contains("lesnoy"));
        let people = admin.get("log?kind=person&limit=100").await;
        assert!(people.codes("action").contains(&"person.link_given"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_that_were_given_up_are_listed_and_sent_off_again() {
    for house in houses() {
        let admin = administered(&house).await;
        let mut handlers = Handlers::default();
        handlers.on("letter", |_| async {
            Err::<(), _>(Failure::Final("no such box".to_owned()))
        });
        for _ in 0..3 {
            let queued = house.store.housekeeping(|tx| {
                let now = tx.now();
                jobs::enqueue(tx, "letter", "{}", now).map(drop)
            });
            queued.await.unwrap();
        }
        let waiting = admin.get("jobs").await;
        assert_eq!(waiting.body["items"][0]["count"], 3, "{}", waiting.body);
        while jobs::step(&house.store, &handlers).await.unwrap() {}
        let first = admin.get("dead-letters?limit=2").await;
        assert_eq!(first.body["items"][0]["problem"], "no such box");
        let next = first.body["next"].as_str().unwrap();
        let rest = admin.get(&format!("dead-letters?after={next}")).await;
        let mut all = first.codes("id");
        all.extend(rest.codes("id"));
        all.dedup();
        assert_eq!(all.len(), 3);
        let revival = format!("dead-letters/{}/revival", all[0]);
        let revived = admin.ask("POST", &revival, &json!({})).await;
        assert_eq!(revived.status, 204, "{}", revived.body);
        let again = admin.ask("POST", &revival, &json!({})).await;
        assert_eq!(again.status, 404);
        assert_eq!(admin.get("jobs").await.body["items"][0]["count"], 1);
        let log = admin.get("log?kind=job").await;
        assert_eq!(log.codes("action"), ["job.revived"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_an_administrator_gets_in_anywhere() {
    for house in houses() {
        let mut interface = administered(&house).await;
        let operations = interface.operations();
        for (method, path, schema) in &operations {
            let path = path.strip_prefix("/api/v1/admin/").unwrap();
            let answer = match schema {
                Value::Null => interface.ask(method, path, &json!({})).await,
                _ => interface.ask(method, path, &json!({ "x": 1 })).await,
            };
            assert!(
                ![401, 403, 405].contains(&answer.status) && answer.status < 500,
                "an administrator: {method} {path}: {} {}",
                answer.status,
                answer.body
            );
        }
        house.add("oleg@example.ru", Role::Operator, Some("roads"));
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        house.add("vera@example.ru", Role::Head, Some("roads"));
        house.add("anna@example.ru", Role::Applicant, None);
        let galina = house.actor("galina@example.ru").await;
        for somebody in ["", "oleg", "boris", "vera", "anna", "reader"] {
            let expected = match somebody {
                "" => {
                    interface.way = None;
                    401
                }
                "reader" => {
                    let scopes = [TokenScope::AdminRead];
                    interface.by_token(&house, &galina, &scopes).await;
                    403
                }
                name => {
                    let email = format!("{name}@example.ru");
                    interface.by_session(&house, &email).await;
                    403
                }
            };
            for (method, path, _) in &operations {
                let only_reads = method == "GET" || path.ends_with("/searches");
                if somebody == "reader" && only_reads {
                    continue;
                }
                let path = path.strip_prefix("/api/v1/admin/").unwrap();
                let answer = interface.ask(method, path, &json!({})).await;
                assert_eq!(answer.status, expected, "{somebody}: {method} {path}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_of_a_unit_changes_nothing_beyond_it() {
    for house in houses() {
        let mut interface = administered(&house).await;
        house.add("dina@example.ru", Role::Administrator, Some("roads"));
        interface.by_session(&house, "dina@example.ru").await;
        let unit = |parent: &str| json!({ "parent": parent, "kind": "unit", "code": format!("new-{parent}"), "name_ru": "А", "name_en": "A" });
        assert_eq!(
            interface.ask("POST", "units", &unit("city")).await.status,
            403
        );
        assert_eq!(
            interface.ask("POST", "units", &unit("roads")).await.status,
            201
        );
        let all = interface.get("units?limit=100").await;
        let own: Vec<&Value> = all.body["items"].as_array().unwrap().iter().collect();
        let own = own.iter().filter(|unit| unit["may_change"] == true);
        assert_eq!(own.count(), 2);
        assert_eq!(interface.get("units/city").await.status, 403);
        assert_eq!(interface.get("log").await.status, 403);
        assert_eq!(interface.get("settings").await.status, 403);
        assert_eq!(interface.get("dead-letters").await.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_is_answered_with_the_name_of_the_field() {
    let house = houses().remove(0);
    let interface = administered(&house).await;
    let mut tried = 0;
    for (method, path, schema) in interface.operations() {
        let Some(properties) = schema["properties"].as_object() else {
            continue;
        };
        let path = path.strip_prefix("/api/v1/admin/").unwrap();
        let foreign = interface
            .ask(&method, path, &json!({ "nonsense": 1 }))
            .await;
        assert_eq!(foreign.wrong(), ["nonsense"], "{method} {path}");
        let list = interface.ask(&method, path, &json!([])).await;
        assert_eq!(list.status, 422, "{method} {path}");
        for name in properties.keys() {
            let body = json!({ name: { "nonsense": [1] } });
            let wrong = interface.ask(&method, path, &body).await;
            assert_eq!(wrong.wrong(), [name.as_str()], "{method} {path}");
            tried += 1;
        }
        for name in schema["required"].as_array().unwrap() {
            let mut body = json!({});
            for other in schema["required"].as_array().unwrap() {
                let described = &properties[other.as_str().unwrap()];
                let sample = match described["type"].as_str() {
                    Some("string") => json!("x"),
                    _ => json!("unit"),
                };
                if other != name {
                    body[other.as_str().unwrap()] = sample;
                }
            }
            let wrong = interface.ask(&method, path, &body).await;
            assert_eq!(wrong.status, 422, "{method} {path} {body}");
        }
    }
    assert!(tried > 30, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_go_on_by_their_cursor_and_show_nothing_twice() {
    for house in houses() {
        let admin = administered(&house).await;
        house.add("boris@example.ru", Role::Specialist, Some("roads"));
        house.add("vera@example.ru", Role::Head, Some("city"));
        for code in ["a", "b"] {
            let place = json!({ "code": code, "name_ru": code, "name_en": code });
            assert_eq!(admin.ask("POST", "territories", &place).await.status, 201);
        }
        for (list, key, count) in [
            ("units", "code", 4),
            ("territories", "code", 4),
            ("staff", "account", 3),
            ("rights", "permission", 25),
            // Three accounts were made by command, which stands in the log too.
            ("log", "id", 5),
        ] {
            let whole = admin.get(&format!("{list}?limit=100")).await;
            let whole: Vec<String> = whole.codes(key).into_iter().map(str::to_owned).collect();
            assert_eq!(whole.len(), count, "{list}: {whole:?}");
            let (mut seen, mut after) = (Vec::new(), String::new());
            loop {
                let page = admin.get(&format!("{list}?limit=1{after}")).await;
                seen.extend(page.codes(key).into_iter().map(str::to_owned));
                match page.body["next"].as_str() {
                    Some(next) => after = format!("&after={next}"),
                    None => break,
                }
                assert!(seen.len() <= count, "{list} does not end");
            }
            assert_eq!(seen, whole, "{list}");
            let foreign = admin.get(&format!("{list}?after=nothing-of-ours")).await;
            assert_eq!(foreign.wrong(), ["after"], "{list}");
            let many = admin.get(&format!("{list}?limit=101")).await;
            assert_eq!(many.wrong(), ["limit"], "{list}");
            let other = admin.get(&format!("{list}?sort=up")).await;
            assert_eq!(other.wrong(), ["sort"], "{list}");
            let few = admin.get(&format!("{list}?fields={key}&limit=1")).await;
            let item = few.body["items"][0].as_object().unwrap();
            assert_eq!(item.len(), 1, "{list}: {item:?}");
        }
        assert_eq!(admin.get("log?kind=case").await.wrong(), ["kind"]);
    }
}
