//! What every operation of the interface passes: scopes of tokens, keys of repeats, tags, fields
//! and limits, tried on a small interface of two operations.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::{Json, Router};
use base::{Actor, Language};
use people::{TokenWish, Visitor, WORDS};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::RwLock;
use tower::ServiceExt as _;
use utoipa::ToSchema;
use utoipa::openapi::{ComponentsBuilder, OpenApiBuilder};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::api::{Limits, OfList, OfMaking, Refused, Sent, TokenScope};
use web::{Shell, Words};

use crate::house::{House, PASSWORD, address, guest, houses, sign_up};

#[derive(Serialize, ToSchema)]
struct Mark {
    number: u32,
    text: String,
}

#[derive(Serialize, ToSchema)]
struct Marks {
    items: Vec<Mark>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMark {
    text: String,
    #[serde(default)]
    heavy: Option<bool>,
}

/// What the operations work on: how many marks there are, and a gate at which making one waits while
/// a test holds it.
#[derive(Default)]
struct Making {
    made: AtomicU32,
    gate: RwLock<()>,
}

#[utoipa::path(
    get, path = "/api/v1/marks", operation_id = "list_marks", tag = "marks",
    security((), ("token" = ["cases:read"])),
    responses((status = 200, description = "All", body = Marks), OfList)
)]
async fn list_marks(State(making): State<Arc<Making>>) -> Json<Marks> {
    let items = (0..making.made.load(Ordering::Relaxed))
        .map(|number| Mark {
            number,
            text: "x".into(),
        })
        .collect();
    Json(Marks { items })
}

#[utoipa::path(
    post, path = "/api/v1/marks", operation_id = "make_mark", tag = "marks",
    security((), ("token" = ["cases:write"])),
    request_body = NewMark,
    responses((status = 201, description = "Made", body = Mark), OfMaking)
)]
async fn make_mark(
    visitor: Visitor,
    State(making): State<Arc<Making>>,
    Sent(new): Sent<NewMark>,
) -> Result<(StatusCode, Json<Mark>), Refused> {
    if new.heavy == Some(true) {
        visitor.require_sign_in()?;
    }
    let number = making.made.fetch_add(1, Ordering::Relaxed);
    drop(making.gate.read().await);
    let text = new.text;
    Ok((StatusCode::CREATED, Json(Mark { number, text })))
}

struct Marked {
    router: Router,
    document: Value,
    making: Arc<Making>,
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Marked {
    fn of(house: &House, limits: Limits) -> Self {
        let making = Arc::<Making>::default();
        let components = ComponentsBuilder::new()
            .schema("Problem", <web::Problem as utoipa::PartialSchema>::schema())
            .build();
        let document = OpenApiBuilder::new().components(Some(components)).build();
        let slices = OpenApiRouter::with_openapi(document).merge(
            OpenApiRouter::new()
                .routes(routes!(list_marks, make_mark))
                .with_state(Arc::clone(&making)),
        );
        let interface = people::api::interface(slices, &house.people, limits).unwrap();
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
            making,
        }
    }

    async fn ask(
        &self,
        method: &str,
        address: &str,
        headers: &[(&str, &str)],
        body: Option<&str>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Body::empty, |text| Body::from(text.to_owned()));
        let answer = self
            .router
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    async fn make(&self, headers: &[(&str, &str)], text: &str) -> Answer {
        let body = json!({ "text": text }).to_string();
        let mut all = vec![("content-type", "application/json")];
        all.extend(headers);
        self.ask("POST", "/api/v1/marks", &all, Some(&body)).await
    }

    fn made(&self) -> u32 {
        self.making.made.load(Ordering::Relaxed)
    }
}

async fn token(house: &House, scopes: &[TokenScope]) -> (Actor, String) {
    let people = &house.people;
    people
        .sign_up(&guest(), sign_up("anna@example.ru"))
        .await
        .unwrap();
    let session = people
        .sign_in("anna@example.ru", PASSWORD, address(1))
        .await
        .unwrap();
    let known = people
        .session(session.as_str(), Language::Ru)
        .await
        .unwrap();
    let actor = known.unwrap().actor;
    let wish = TokenWish {
        name: "x".into(),
        scopes: scopes.iter().copied().collect(),
        until: Some("2026-12-01".parse().unwrap()),
    };
    let text = people
        .make_token(&actor, wish, PASSWORD, address(1))
        .await
        .unwrap();
    (actor, format!("Bearer {}", text.as_str()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_opens_what_its_scopes_name_and_nothing_else() {
    for house in houses() {
        let marked = Marked::of(&house, Limits::default());
        let (_, bearer) = token(&house, &[TokenScope::CasesRead]).await;
        let with = [("authorization", bearer.as_str())];
        let list = marked.ask("GET", "/api/v1/marks", &with, None).await;
        assert_eq!(list.status, 200, "{}", list.body);
        let refused = marked.make(&with, "a").await;
        assert_eq!(refused.status, 403);
        assert_eq!(
            refused.header("www-authenticate"),
            "Bearer error=\"insufficient_scope\", scope=\"cases:write\""
        );
        assert_eq!(refused.json()["type"], "/problems/scope");
        assert_eq!(marked.made(), 0);

        let foreign = [("authorization", "Bearer okno_nonsense")];
        let refused = marked.ask("GET", "/api/v1/marks", &foreign, None).await;
        assert_eq!(refused.status, 401);
        assert_eq!(
            refused.header("www-authenticate"),
            "Bearer error=\"invalid_token\""
        );
        assert_eq!(marked.make(&[], "a").await.status, 201, "a guest may");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_needs_no_origin_and_a_cookie_beside_it_is_not_read() {
    for house in houses() {
        let marked = Marked::of(&house, Limits::default());
        let (_, bearer) = token(&house, &[TokenScope::CasesWrite]).await;
        let foreign = [
            ("origin", "https://elsewhere.example"),
            ("sec-fetch-site", "cross-site"),
            ("cookie", "session=x"),
        ];
        assert_eq!(marked.make(&foreign, "a").await.status, 403);
        let mut with = foreign.to_vec();
        with.push(("authorization", &bearer));
        assert_eq!(marked.make(&with, "a").await.status, 201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_is_answered_with_the_same_bytes_and_does_nothing_more() {
    for house in houses() {
        let marked = Marked::of(&house, Limits::default());
        let key = [("idempotency-key", "k-1")];
        let first = marked.make(&key, "a").await;
        assert_eq!(first.status, 201);
        let again = marked.make(&key, "a").await;
        assert_eq!((again.status, &again.body), (201, &first.body));
        assert_eq!(again.header("content-type"), first.header("content-type"));
        assert_eq!(again.header("idempotency-replayed"), "true");
        assert_eq!(marked.made(), 1);
        let other = marked.make(&key, "b").await;
        assert_eq!(other.status, 422);
        assert_eq!(other.json()["errors"][0]["field"], "Idempotency-Key");

        // Somebody else's key of the same name is another key.
        let (_, bearer) = token(&house, &[TokenScope::CasesWrite]).await;
        let theirs = [key[0], ("authorization", bearer.as_str())];
        assert_eq!(marked.make(&theirs, "b").await.status, 201);
        assert_eq!(marked.made(), 2);

        house.clock.advance_seconds(24 * 3600 + 1);
        assert_eq!(marked.make(&key, "b").await.status, 201, "after a day");
        house.clock.advance_seconds(-24 * 3600 - 1);
        let bad = marked.make(&[("idempotency-key", "a b")], "a").await;
        assert_eq!(bad.status, 422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_works_and_a_refusal_gives_the_key_back() {
    for house in houses() {
        let marked = Marked::of(&house, Limits::default());
        let key = [("idempotency-key", "k-1")];
        let held = marked.making.gate.write().await;
        let second = async {
            while marked.made() == 0 {
                tokio::task::yield_now().await;
            }
            let second = marked.make(&key, "a").await;
            drop(held);
            second
        };
        let (one, two) = tokio::join!(marked.make(&key, "a"), second);
        assert_eq!((one.status, two.status), (201, 409));
        assert_eq!(marked.made(), 1);

        let key = [
            ("content-type", "application/json"),
            ("idempotency-key", "k-2"),
        ];
        let heavy = r#"{"text":"a","heavy":true}"#;
        let refused = marked.ask("POST", "/api/v1/marks", &key, Some(heavy)).await;
        assert_eq!(refused.status, 401);
        assert_eq!(marked.make(&key[1..], "a").await.status, 201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_has_a_tag_and_only_the_fields_that_were_asked_for() {
    for house in houses() {
        let marked = Marked::of(&house, Limits::default());
        marked.make(&[], "a").await;
        let list = "/api/v1/marks";
        let whole = marked.ask("GET", list, &[], None).await;
        let tag = whole.header("etag").to_owned();
        assert!(tag.starts_with('"'));
        let same = marked
            .ask("GET", list, &[("if-none-match", &tag)], None)
            .await;
        assert_eq!((same.status, same.body.as_str()), (304, ""));
        let sparse = marked
            .ask("GET", "/api/v1/marks?fields=text", &[], None)
            .await;
        assert_eq!(sparse.json(), json!({"items": [{"text": "x"}]}));
        assert_ne!(sparse.header("etag"), tag);
        let foreign = marked.ask("GET", "/api/v1/marks?fields=x", &[], None).await;
        assert_eq!(foreign.status, 422);
        assert_eq!(foreign.json()["errors"][0]["field"], "fields");
        marked.make(&[], "b").await;
        let newer = marked
            .ask("GET", list, &[("if-none-match", &tag)], None)
            .await;
        assert_eq!(newer.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_asks_too_much_is_told_when_to_go_on() {
    for house in houses() {
        let limits = Limits {
            guest: 2,
            account: 3,
        };
        let marked = Marked::of(&house, limits);
        let (_, bearer) = token(&house, &[TokenScope::CasesRead]).await;
        let list = "/api/v1/marks";
        let first = marked.ask("GET", list, &[], None).await;
        assert_eq!(first.header("ratelimit-policy"), "\"address\";q=2;w=60");
        assert_eq!(first.header("ratelimit"), "\"address\";r=1;t=30");
        marked.ask("GET", list, &[], None).await;
        let refused = marked.ask("GET", list, &[], None).await;
        assert_eq!(refused.status, 429);
        assert_eq!(refused.header("retry-after"), "30");
        assert_eq!(refused.header("ratelimit"), "\"address\";r=0;t=30");
        let with = [("authorization", bearer.as_str())];
        let own = marked.ask("GET", list, &with, None).await;
        assert_eq!(own.header("ratelimit"), "\"account\";r=2;t=20");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_fit_names_what_is_wrong() {
    let house = houses().remove(0);
    let marked = Marked::of(&house, Limits::default());
    let json_type = [("content-type", "application/json")];
    for (body, status, field) in [
        (r#"{"text":"a","colour":1}"#, 422, "colour"),
        (r#"{"heavy":true}"#, 422, "text"),
        (r#"{"text":1}"#, 422, "text"),
        (r#"{"text":"a","heavy":"yes"}"#, 422, "heavy"),
        (r#"{"text":"a","text":"b"}"#, 422, "text"),
        ("[]", 422, ""),
    ] {
        let answer = marked
            .ask("POST", "/api/v1/marks", &json_type, Some(body))
            .await;
        assert_eq!(answer.status, status, "{body}");
        assert_eq!(answer.json()["errors"][0]["field"], field, "{body}");
    }
    let broken = marked
        .ask("POST", "/api/v1/marks", &json_type, Some("{"))
        .await;
    assert_eq!(broken.status, 400);
    let plain = [("content-type", "text/plain")];
    let media = marked
        .ask("POST", "/api/v1/marks", &plain, Some("{}"))
        .await;
    assert_eq!(media.status, 415);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_says_what_holds_for_every_operation() {
    let house = houses().remove(0);
    let marked = Marked::of(&house, Limits::default());
    let get = &marked.document["paths"]["/api/v1/marks"]["get"];
    assert_eq!(get["parameters"][0]["name"], "fields");
    for status in ["304", "401", "403", "429", "503"] {
        assert!(get["responses"][status].is_object(), "{status}");
    }
    assert!(marked.document["components"]["securitySchemes"]["token"].is_object());
}
