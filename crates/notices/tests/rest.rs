//! The words of letters through the interface for programs, on both databases: read, previewed,
//! changed, put back; and nobody but an administrator gets in.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use base::{Actor, Clock, Language, Moment, Role};
use journal::{Journal, Keys};
use mail::Mail;
use notices::Notices;
use people::{NewUser, People, PersonName};
use serde_json::{Value, json};
use store::testing::Fresh;
use tower::ServiceExt as _;
use utoipa_axum::router::OpenApiRouter;
use web::api::Limits;
use web::{Shell, Words};

const NOON: Moment = Moment::from_micros(1_795_165_200_000_000);
const PASSWORD: &str = "correct horse battery";
const TEMPLATE: &str = "/filed/en";

struct House {
    people: People,
    router: Router,
    _fresh: Fresh,
    _keys: tempfile::TempDir,
}

fn houses() -> Vec<House> {
    let migrations = [
        journal::MIGRATIONS,
        people::MIGRATIONS,
        catalog::MIGRATIONS,
        cases::MIGRATIONS,
        notices::MIGRATIONS,
    ];
    let clock = Clock::fixed(NOON);
    let fresh = Fresh::all_at(&migrations, &clock);
    fresh.into_iter().map(house).collect()
}

fn house(fresh: Fresh) -> House {
    let store = fresh.store.clone();
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
    let journal = Journal::new(store.clone(), keys.clone()).unwrap();
    let people = People::new(store, journal.clone(), people::Settings::default());
    let notices = Notices::new(journal, Mail::new(keys, mail::Settings::default()));
    let slices =
        OpenApiRouter::with_openapi(cases::api::description()).merge(notices::api::routes(notices));
    let interface = people::api::interface(slices, &people, Limits::default()).unwrap();
    let law = &[
        (Language::Ru, law::WORDS[0].1),
        (Language::En, law::WORDS[1].1),
    ];
    let words = [
        law,
        people::WORDS,
        catalog::WORDS,
        cases::WORDS,
        notices::WORDS,
    ];
    let shell = Shell::new(
        web::Settings::default(),
        Words::new(&words).unwrap(),
        Clock::fixed(NOON),
        || true,
        || None,
    );
    let pages = web::router().merge(interface.router);
    House {
        router: web::layers(people::visitor::layer(pages, people.clone()), &shell),
        people,
        _fresh: fresh,
        _keys: folder,
    }
}

impl House {
    async fn somebody(&self, email: &str, role: Role) -> String {
        let new = NewUser {
            name: PersonName {
                last: "Семёнова".to_owned(),
                first: "Анна".to_owned(),
                middle: None,
            },
            email: email.to_owned(),
            password: PASSWORD.to_owned(),
            role,
            unit: None,
        };
        let people = self.people.clone();
        tokio::task::spawn_blocking(move || people.add_user_blocking(&Actor::system("test"), &new))
            .await
            .unwrap()
            .unwrap();
        let client = std::net::Ipv4Addr::LOCALHOST.into();
        let token = self.people.sign_in(email, PASSWORD, client).await.unwrap();
        format!("session={}", token.as_str())
    }

    async fn ask(&self, cookie: &str, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/admin/letter-templates{path}"))
            .header("content-type", "application/json")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", cookie)
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or_default())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_a_letter_are_previewed_changed_and_put_back() {
    for house in houses() {
        let admin = house
            .somebody("galina@example.org", Role::Administrator)
            .await;
        let (status, came) = house.ask(&admin, "GET", TEMPLATE, &json!({})).await;
        assert_eq!(status, 200, "{came}");
        assert!(came.get("changed_at").is_none());
        let needed = came["places"].as_array().unwrap().iter();
        let needed: Vec<&str> = needed
            .filter(|place| place["needed"] == true)
            .map(|place| place["code"].as_str().unwrap())
            .collect();
        let needed = format!("{{{}}}", needed.join("} {"));
        let words =
            json!({ "subject": "Taken: {number}", "body": format!("We have it: {needed}") });
        let previews = format!("{TEMPLATE}/previews");
        let (status, preview) = house.ask(&admin, "POST", &previews, &words).await;
        assert_eq!(status, 200, "{preview}");
        assert!(!preview["subject"].as_str().unwrap().contains('{'));
        assert!(!preview["body"].as_str().unwrap().contains('{'));
        let (_, same) = house.ask(&admin, "GET", TEMPLATE, &json!({})).await;
        assert_eq!(same["subject"], came["subject"], "a preview keeps nothing");
        let (status, changed) = house.ask(&admin, "PUT", TEMPLATE, &words).await;
        assert_eq!(status, 200, "{changed}");
        assert_eq!(changed["subject"], "Taken: {number}");
        assert!(changed["changed_at"].is_string());
        let foreign = json!({ "subject": "{secret}", "body": format!("x{needed}") });
        for (method, path) in [("PUT", TEMPLATE), ("POST", previews.as_str())] {
            let (status, wrong) = house.ask(&admin, method, path, &foreign).await;
            assert_eq!(
                (status, &wrong["errors"][0]["field"]),
                (422, &json!("subject"))
            );
        }
        let nonsense = json!({ "subject": 1, "body": "x" });
        let (status, wrong) = house.ask(&admin, "PUT", TEMPLATE, &nonsense).await;
        assert_eq!(
            (status, &wrong["errors"][0]["field"]),
            (422, &json!("subject"))
        );
        let (status, _) = house.ask(&admin, "DELETE", TEMPLATE, &json!({})).await;
        assert_eq!(status, 204);
        let (_, back) = house.ask(&admin, "GET", TEMPLATE, &json!({})).await;
        assert_eq!(back, came);
        let (status, _) = house.ask(&admin, "GET", "/filed/fr", &json!({})).await;
        assert_eq!(status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_goes_on_by_its_cursor_and_is_for_administrators_alone() {
    for house in houses() {
        let admin = house
            .somebody("galina@example.org", Role::Administrator)
            .await;
        let (_, whole) = house.ask(&admin, "GET", "?limit=100", &json!({})).await;
        let whole = whole["items"].as_array().unwrap().clone();
        assert!(whole.len() > 10);
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page = format!("?limit=7{after}");
            let (_, page) = house.ask(&admin, "GET", &page, &json!({})).await;
            seen.extend(page["items"].as_array().unwrap().clone());
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
            assert!(seen.len() < 1000, "the list does not end");
        }
        assert_eq!(seen.len(), notices::Kind::ALL.len() * 2);
        assert_eq!(seen[..whole.len()], whole);
        let anna = house.somebody("anna@example.org", Role::Applicant).await;
        for (method, path) in [
            ("GET", ""),
            ("GET", TEMPLATE),
            ("PUT", TEMPLATE),
            ("DELETE", TEMPLATE),
            ("POST", "/filed/en/previews"),
        ] {
            let (status, _) = house.ask(&anna, method, path, &json!({})).await;
            assert_eq!(status, 403, "{method} {path}");
            let (status, _) = house.ask("", method, path, &json!({})).await;
            assert_eq!(status, 401, "{method} {path}");
        }
    }
}
