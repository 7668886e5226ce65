//! Letterheads through the interface for programs: words, a mark that is drawn anew, whose
//! letterhead a unit writes on, and who may not touch them.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use base::{Actor, Language, Role};
use people::TokenWish;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use utoipa_axum::router::OpenApiRouter;
use web::api::{Limits, TokenScope};
use web::{Shell, Words};

use crate::house::{House, PASSWORD, both};

/// A square of one colour.
const PNG: &[u8] = b"\
      \x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x08\x00\x00\
      \x00\x08\x08\x06\x00\x00\x00\xc4\x0f\xbe\x8b\x00\x00\x00\x12\x49\x44\x41\x54\x78\xda\x63\
      \x38\x21\x27\xf7\x1f\x1f\x66\x18\x19\x0a\x00\x53\x46\x80\xc1\x2e\xed\x74\x0a\x00\x00\x00\
      \x00\x49\x45\x4e\x44\xae\x42\x60\x82";

fn interface(house: &House) -> Router {
    let slices = OpenApiRouter::with_openapi(cases::api::description())
        .merge(cases::api::letterheads(house.cases.clone()));
    let people = house.cases.people();
    let interface = people::api::interface(slices, people, Limits::default()).unwrap();
    let law = &[
        (Language::Ru, law::WORDS[0].1),
        (Language::En, law::WORDS[1].1),
    ];
    let words = [
        law,
        people::WORDS,
        catalog::WORDS,
        files::WORDS,
        cases::WORDS,
        cases::api::WORDS,
    ];
    let shell = Shell::new(
        web::Settings::default(),
        Words::new(&words).unwrap(),
        house.clock.clone(),
        || true,
        || None,
    );
    let pages = web::router().merge(interface.router);
    web::layers(people::visitor::layer(pages, people.clone()), &shell)
}

async fn token(house: &House, actor: &Actor, scopes: &[TokenScope]) -> String {
    let wish = TokenWish {
        name: "x".into(),
        scopes: scopes.iter().copied().collect(),
        until: Some("2026-12-01".parse().unwrap()),
    };
    let client = std::net::Ipv4Addr::new(198, 51, 100, 1).into();
    let people = house.cases.people();
    let token = people.make_token(actor, wish, PASSWORD, client).await;
    format!("Bearer {}", token.unwrap().as_str())
}

async fn ask(
    router: &Router,
    bearer: &str,
    (method, path): (&str, &str),
    (kind, body): (&str, Vec<u8>),
) -> (StatusCode, Vec<u8>) {
    let request = Request::builder()
        .method(method)
        .uri(format!("/api/v1/admin/letterheads{path}"))
        .header("authorization", bearer)
        .header("content-type", kind)
        .body(Body::from(body))
        .unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let status = answer.status();
    let body = to_bytes(answer.into_body(), 4 << 20).await.unwrap();
    (status, body.to_vec())
}

fn read(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

#[test]
fn a_letterhead_is_written_given_a_mark_and_taken_away() {
    both(async |house: House| {
        let router = interface(&house);
        let galina = house.somebody("Галина", Role::Administrator, None).await;
        let galina = token(
            &house,
            &galina,
            &[TokenScope::AdminRead, TokenScope::AdminWrite],
        )
        .await;
        let words = json!({ "head_ru": "Министерство\nдорог", "foot_ru": "ИНН 4800000000" });
        let words = ("application/json", words.to_string().into_bytes());
        let nothing = || ("application/json", Vec::new());
        let (status, body) = ask(&router, &galina, ("PUT", "/roads"), words.clone()).await;
        let text = String::from_utf8_lossy(&body).into_owned();
        assert_eq!(status, StatusCode::OK, "{text}");
        assert_eq!(read(&body)["uses"], "roads");

        let png = ("application/octet-stream", PNG.to_vec());
        let (status, body) = ask(&router, &galina, ("PUT", "/roads/mark"), png.clone()).await;
        let text = String::from_utf8_lossy(&body).into_owned();
        assert_eq!(status, StatusCode::OK, "{text}");
        assert_eq!(read(&body)["mark"], true);
        let (_, mark) = ask(&router, &galina, ("GET", "/roads/mark"), nothing()).await;
        assert!(!mark.is_empty() && mark != PNG, "it is drawn anew");
        let script = ("image/png", b"<svg onload=alert(1)>".to_vec());
        let (status, body) = ask(&router, &galina, ("PUT", "/roads/mark"), script).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(read(&body)["errors"][0]["field"], "mark");

        // New words leave the mark, and the other way round.
        let (_, body) = ask(&router, &galina, ("PUT", "/roads"), words.clone()).await;
        assert_eq!(read(&body)["mark"], true);
        let (_, body) = ask(&router, &galina, ("DELETE", "/roads/mark"), nothing()).await;
        assert_eq!(read(&body)["mark"], false);
        assert_eq!(read(&body)["foot_ru"], "ИНН 4800000000");
        let (_, body) = ask(&router, &galina, ("GET", "?limit=100"), nothing()).await;
        let all = read(&body);
        let mut all = all["items"].as_array().unwrap().iter();
        let roads = all.find(|unit| unit["unit"] == "roads").unwrap();
        assert_eq!(roads["uses"], "roads");
        let (_, body) = ask(&router, &galina, ("DELETE", "/roads"), nothing()).await;
        assert!(read(&body).get("uses").is_none());
        let (status, _) = ask(&router, &galina, ("GET", "/nowhere"), nothing()).await;
        assert_eq!(status, StatusCode::NOT_FOUND);

        let boris = house.specialist().await;
        let boris = token(
            &house,
            &boris,
            &[TokenScope::DeskRead, TokenScope::DeskWrite],
        )
        .await;
        for (method, path) in [
            ("GET", ""),
            ("GET", "/roads"),
            ("PUT", "/roads"),
            ("DELETE", "/roads"),
            ("GET", "/roads/mark"),
            ("PUT", "/roads/mark"),
            ("DELETE", "/roads/mark"),
            ("GET", "/roads/sample.pdf"),
        ] {
            let (status, _) = ask(&router, &boris, (method, path), words.clone()).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{method} {path}");
        }
    });
}
