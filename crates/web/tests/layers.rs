//! What every request passes through, seen from outside: forged requests, headers, problems,
//! panics, bounds, language and look, request ids, assets.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::header::{
    ACCEPT, ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, RETRY_AFTER, SET_COOKIE,
};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::{get, post};
use base::{Actor, Clock, Error, FieldError, Language, Moment};
use serde::Deserialize;
use tower::ServiceExt;
use web::{ApiError, Fields, PageError, PageResult, Settings, Shell, Viewer, Words};

#[derive(Deserialize)]
struct Body2 {
    #[expect(dead_code, reason = "only its shape matters")]
    subject: String,
}

async fn filed(fields: Fields) -> String {
    fields.text("title").to_owned()
}

async fn theirs(_: Fields) -> PageResult {
    Err(Error::NotFound.into())
}

async fn signed_out(_: Fields) -> PageResult {
    Err(Error::Unauthenticated.into())
}

async fn said(request: web::Request) -> PageResult {
    Ok(request.redirect_saying("/cases/\u{410}-1", "web-home"))
}

async fn who(request: web::Request) -> String {
    format!("{} {}", request.client, request.id)
}

async fn api(_: web::Json<Body2>) -> Result<String, ApiError> {
    Err(Error::Invalid(vec![
        FieldError::new("subject", "error-too-long").with("max", 200),
    ])
    .into())
}

async fn panics() -> String {
    panic!("secret detail")
}

async fn slow() -> &'static str {
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    "late"
}

fn site_of(shell: &Shell) -> Router {
    let router = web::router()
        .route("/file", post(filed))
        .route("/said", post(said))
        .route("/theirs", post(theirs))
        .route("/desk/answer", post(theirs))
        .route("/admin/services/new", post(signed_out))
        .route("/reception/card", post(signed_out))
        .route("/file/draft", post(signed_out))
        .route("/admin/routes/new", post(theirs))
        .route("/who", get(who))
        .route("/api/v1/cases", post(api))
        .route("/panics", get(panics))
        .route("/slow", get(slow))
        .route(
            "/number/{n}",
            get(|axum::extract::Path(n): axum::extract::Path<u32>| async move { n.to_string() }),
        )
        .route("/busy", get(|| async { PageError(Error::Busy) }))
        .route("/wait", get(|| async { ApiError(Error::TooMany(7)) }))
        .route("/live", {
            let live = shell.live().clone();
            get(move || async move { live.stream("case:1").map_err(PageError) })
        })
        .route("/mine", get(|| async { PageError(Error::Unauthenticated) }))
        .layer(axum::middleware::from_fn(
            |request: axum::extract::Request, next: axum::middleware::Next| async move {
                if request.headers().contains_key("x-test-user") {
                    let viewer = Viewer {
                        name: "Anna".to_owned(),
                        ..Viewer::default()
                    };
                    web::request::know(
                        request.extensions(),
                        Actor::guest(Language::Ru),
                        Some(viewer),
                    );
                }
                next.run(request).await
            },
        ));
    web::layers(router, shell)
}

fn shell_with(settings: Settings) -> Shell {
    let clock = Clock::fixed(Moment::from_micros(1_795_247_000_000_000));
    Shell::new(settings, Words::new(&[]).unwrap(), clock, || true, || None)
}

fn shell() -> Shell {
    shell_with(Settings {
        origin: "http://127.0.0.1:8090".to_owned(),
        ..Settings::default()
    })
}

fn site() -> Router {
    site_of(&shell())
}

async fn send(router: Router, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 21).await.unwrap();
    (
        parts.status,
        parts.headers,
        String::from_utf8_lossy(&bytes).into_owned(),
    )
}

fn form(path: &str) -> axum::http::request::Builder {
    Request::post(path)
        .header(HOST, "127.0.0.1:8090")
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
}

#[tokio::test]
async fn a_post_from_another_site_is_refused_with_a_page() {
    for (site_header, origin, status) in [
        (Some("cross-site"), None, StatusCode::FORBIDDEN),
        (Some("same-site"), None, StatusCode::FORBIDDEN),
        (None, Some("https://evil.example"), StatusCode::FORBIDDEN),
        (Some("same-origin"), None, StatusCode::OK),
        (None, Some("http://127.0.0.1:8090"), StatusCode::OK),
        (None, None, StatusCode::OK),
    ] {
        let mut request = form("/file").header(COOKIE, "session=x");
        if let Some(value) = site_header {
            request = request.header("sec-fetch-site", value);
        }
        if let Some(value) = origin {
            request = request.header(ORIGIN, value);
        }
        let (found, _, text) = send(site(), request.body(Body::from("title=a")).unwrap()).await;
        assert_eq!(found, status, "{site_header:?} {origin:?}");
        if status == StatusCode::FORBIDDEN {
            assert!(text.contains("Запрос пришёл с другого сайта"), "{text}");
        }
    }
}

#[tokio::test]
async fn programs_without_cookies_may_call_the_api_from_anywhere() {
    let call = |cookie: Option<&str>| {
        let mut request = Request::post("/api/v1/cases")
            .header(HOST, "127.0.0.1:8090")
            .header(CONTENT_TYPE, "application/json")
            .header("sec-fetch-site", "cross-site")
            .header(ORIGIN, "https://partner.example");
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        request.body(Body::from("{\"subject\":\"x\"}")).unwrap()
    };
    let (status, ..) = send(site(), call(None)).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let (status, headers, _) = send(site(), call(Some("session=x"))).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert_eq!(headers[CONTENT_TYPE], "application/problem+json");
}

#[tokio::test]
async fn a_problem_names_its_kind_its_fields_and_the_request() {
    let request = Request::post("/api/v1/cases")
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from("{\"subject\":\"x\"}"))
        .unwrap();
    let (status, headers, text) = send(site(), request).await;
    let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(problem["type"], "/problems/invalid");
    assert_eq!(problem["status"], 422);
    assert_eq!(
        problem["instance"],
        headers["x-request-id"].to_str().unwrap()
    );
    assert_eq!(problem["errors"][0]["field"], "subject");
    assert_eq!(
        problem["errors"][0]["message"],
        "Не больше 200 знаков. Сократите текст"
    );
}

#[tokio::test]
async fn broken_bodies_are_problems_too() {
    for (kind, body, status, code) in [
        ("application/json", "{", 400, "malformed"),
        ("application/json", "{\"subject\":5}", 422, "invalid"),
        ("text/plain", "{}", 400, "malformed"),
    ] {
        let request = Request::post("/api/v1/cases")
            .header(CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        let (found, _, text) = send(site(), request).await;
        let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(found.as_u16(), status, "{body}");
        assert_eq!(problem["type"], format!("/problems/{code}"), "{body}");
    }
}

#[tokio::test]
async fn refusals_of_libraries_become_pages_that_people_understand() {
    for (request, status) in [
        (Request::get("/none").body(Body::empty()).unwrap(), 404),
        (
            Request::get("/number/abc").body(Body::empty()).unwrap(),
            400,
        ),
        (Request::get("/file").body(Body::empty()).unwrap(), 405),
        (
            form("/file").body(Body::from("x".repeat(2 << 20))).unwrap(),
            400,
        ),
        (
            form("/file")
                .header("content-length", (2 << 20).to_string())
                .body(Body::from("x"))
                .unwrap(),
            413,
        ),
    ] {
        let address = request.uri().clone();
        let (found, headers, text) = send(site(), request).await;
        assert_eq!(found.as_u16(), status, "{address}");
        assert_eq!(
            headers[CONTENT_TYPE], "text/html; charset=utf-8",
            "{address}"
        );
        assert!(text.contains("<h1>"), "{address}");
    }
    let asked_as_json = Request::get("/none")
        .header(ACCEPT, "application/json")
        .body(Body::empty())
        .unwrap();
    let (_, headers, _) = send(site(), asked_as_json).await;
    assert_eq!(headers[CONTENT_TYPE], "application/problem+json");
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_caution() {
    for path in ["/", "/who", "/none", "/panics", "/robots.txt"] {
        let (_, headers, _) = send(site(), Request::get(path).body(Body::empty()).unwrap()).await;
        for (name, part) in [
            ("content-security-policy", "default-src 'none'"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("permissions-policy", "camera=()"),
            ("cache-control", "no-"),
            ("x-request-id", "-"),
        ] {
            let value = headers.get(name).map(|value| value.to_str().unwrap());
            assert!(
                value.is_some_and(|value| value.contains(part)),
                "{path} {name} {value:?}"
            );
        }
        assert!(!headers.contains_key("strict-transport-security"));
    }
    let secure = shell_with(Settings {
        secure_cookies: true,
        ..Settings::default()
    });
    let (_, headers, _) = send(
        site_of(&secure),
        Request::get("/who").body(Body::empty()).unwrap(),
    )
    .await;
    assert!(headers.contains_key("strict-transport-security"));
}

#[tokio::test]
async fn pages_of_the_signed_in_are_kept_nowhere() {
    let request = Request::get("/none")
        .header("x-test-user", "anna")
        .body(Body::empty())
        .unwrap();
    let (_, headers, text) = send(site(), request).await;
    assert_eq!(headers["cache-control"], "no-store");
    assert!(!text.contains("/sign-in"), "the layers know who asks");
}

#[tokio::test]
async fn a_panic_is_a_page_without_its_text() {
    let (status, _, text) =
        send(site(), Request::get("/panics").body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(text.contains("<h1>"));
    assert!(!text.contains("secret"));
}

#[tokio::test]
async fn who_must_wait_is_told_how_long() {
    for (path, status, seconds) in [
        ("/busy", StatusCode::SERVICE_UNAVAILABLE, "2"),
        ("/wait", StatusCode::TOO_MANY_REQUESTS, "7"),
    ] {
        let (found, headers, _) =
            send(site(), Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!(found, status);
        assert_eq!(headers[RETRY_AFTER], seconds);
    }
}

#[tokio::test]
async fn too_much_work_at_once_is_refused_and_slow_work_given_up() {
    let shell = shell_with(Settings {
        most_requests: 1,
        timeout_seconds: 1,
        ..Settings::default()
    });
    let site = site_of(&shell);
    let slow = tokio::spawn(send(
        site.clone(),
        Request::get("/slow").body(Body::empty()).unwrap(),
    ));
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let who = Request::get("/who").body(Body::empty()).unwrap();
    let (status, headers, page) = send(site.clone(), who).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(headers.contains_key(RETRY_AFTER));
    assert!(
        page.contains("http-equiv=\"refresh\""),
        "a page opens by itself"
    );
    let form = Request::post("/file").body(Body::empty()).unwrap();
    let (status, _, page) = send(site.clone(), form).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        !page.contains("http-equiv"),
        "what was sent is never sent again by itself"
    );
    let style = page
        .split("href=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let style = Request::get(style.unwrap()).body(Body::empty()).unwrap();
    let (status, ..) = send(site.clone(), style).await;
    assert_eq!(status, StatusCode::OK, "the waiting page has its style");
    let program = Request::get("/who").header(ACCEPT, "application/json");
    let (_, headers, problem) = send(site, program.body(Body::empty()).unwrap()).await;
    assert_eq!(headers[CONTENT_TYPE], "application/problem+json");
    assert!(problem.contains("/problems/busy"), "{problem}");
    let (status, ..) = slow.await.unwrap();
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn each_who_is_turned_away_is_told_in_their_language_under_an_id_of_their_own() {
    let site = site_of(&shell_with(Settings {
        most_requests: 1,
        timeout_seconds: 1,
        ..Settings::default()
    }));
    let slow = Request::get("/slow").body(Body::empty()).unwrap();
    let slow = tokio::spawn(send(site.clone(), slow));
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let mut ids = std::collections::BTreeSet::new();
    for language in ["ru", "en", "ru", "en"] {
        for kind in ["text/html", "application/json"] {
            let asked = Request::get("/who")
                .header(ACCEPT, kind)
                .header(ACCEPT_LANGUAGE, language);
            let asked = asked.body(Body::empty()).unwrap();
            let (status, headers, text) = send(site.clone(), asked).await;
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
            for name in ["retry-after", "content-security-policy", "cache-control"] {
                assert!(headers.contains_key(name), "{name}");
            }
            let id = headers["x-request-id"].to_str().unwrap().to_owned();
            let in_russian = text.chars().any(|c| ('\u{430}'..='\u{44f}').contains(&c));
            assert_eq!(in_russian, language == "ru", "{text}");
            if kind == "application/json" {
                let problem: serde_json::Value = serde_json::from_str(&text).unwrap();
                assert_eq!(
                    problem["instance"], id,
                    "an operator finds it by what it says"
                );
            }
            assert!(ids.insert(id), "an id is given once");
        }
    }
    slow.await.unwrap();
}

#[tokio::test]
async fn who_is_known_gets_in_while_guests_stand_in_a_crowd() {
    let site = site_of(&shell_with(Settings {
        most_requests: 8,
        timeout_seconds: 1,
        ..Settings::default()
    }));
    let known = |path: &str| {
        let request = Request::get(path).header(COOKIE, "session=abc");
        request
            .header("x-test-user", "1")
            .body(Body::empty())
            .unwrap()
    };
    let met = send(site.clone(), known("/who")).await;
    assert_eq!(met.0, StatusCode::OK);
    let crowd: Vec<_> = (0..20)
        .map(|_| {
            let request = Request::get("/slow").body(Body::empty()).unwrap();
            tokio::spawn(send(site.clone(), request))
        })
        .collect();
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    let stranger = Request::get("/who").header(COOKIE, "session=forged");
    let stranger = send(site.clone(), stranger.body(Body::empty()).unwrap()).await;
    assert_eq!(
        stranger.0,
        StatusCode::SERVICE_UNAVAILABLE,
        "a cookie alone opens nothing"
    );
    assert_eq!(send(site, known("/who")).await.0, StatusCode::OK);
    for one in crowd {
        assert_eq!(one.await.unwrap().0, StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[tokio::test]
async fn a_guest_is_led_to_the_sign_in_page_and_back() {
    let (status, headers, _) = send(
        site(),
        Request::get("/mine?a=1").body(Body::empty()).unwrap(),
    )
    .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers[LOCATION], "/sign-in?next=/mine%3Fa%3D1");
    let program = Request::get("/mine")
        .header(ACCEPT, "application/json")
        .body(Body::empty())
        .unwrap();
    let (status, headers, _) = send(site(), program).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(headers["www-authenticate"], "Bearer");
}

#[tokio::test]
async fn what_was_typed_after_the_sign_in_had_ended_is_kept_on_the_page() {
    let typed = "text=%D0%AF%D0%BC%D0%B0+%D0%BD%D0%B0+%D0%B4%D0%BE%D1%80%D0%BE%D0%B3%D0%B5&password=secret-one";
    let ended = form("/theirs").header(COOKIE, "session=gone");
    let (status, _, page) = send(site(), ended.body(Body::from(typed)).unwrap()).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(page.contains("Вход закончился"));
    assert!(page.contains("<blockquote class=\"text\">Яма на дороге</blockquote>"));
    assert!(page.contains("action=\"/theirs\""));
    assert!(page.contains("name=\"text\" value=\"Яма на дороге\""));
    assert!(page.contains("href=\"/sign-in\""));
    assert!(!page.contains("secret-one"), "a password is never shown");
    // Whoever never signed in is told that there is nothing.
    let stranger = form("/theirs").body(Body::from(typed)).unwrap();
    let (status, _, page) = send(site(), stranger).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(!page.contains("Яма"));
    // Whoever has signed out in another tab holds no cookie any more.
    for path in [
        "/desk/answer",
        "/admin/services/new",
        "/reception/card",
        "/file/draft",
    ] {
        let signed_out = form(path).body(Body::from(typed)).unwrap();
        let (status, _, page) = send(site(), signed_out).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(page.contains("name=\"text\" value=\"Яма на дороге\""));
        assert!(page.contains("href=\"/sign-in\""));
    }
    // In the administration a refusal of another kind is told as what it is.
    let refused = form("/admin/routes/new").body(Body::from(typed)).unwrap();
    let (status, _, _) = send(site(), refused).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    // A page that is opened leads to the sign-in and back.
    let opened = Request::get("/nowhere?a=1").header(COOKIE, "session=gone");
    let (status, _, page) = send(site(), opened.body(Body::empty()).unwrap()).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("href=\"/sign-in?next=/nowhere%3Fa%3D1\""));
}

#[tokio::test]
async fn ids_and_addresses_are_believed_only_from_named_proxies() {
    let ask = |proxies: Vec<&str>| {
        let shell = shell_with(Settings {
            proxies: proxies.iter().map(|net| net.parse().unwrap()).collect(),
            ..Settings::default()
        });
        let peer: SocketAddr = "10.0.0.1:4711".parse().unwrap();
        let request = Request::get("/who")
            .header("x-forwarded-for", "198.51.100.1")
            .header("x-request-id", "from-the-proxy")
            .extension(ConnectInfo(peer))
            .body(Body::empty())
            .unwrap();
        send(site_of(&shell), request)
    };
    let (_, _, text) = ask(vec!["10.0.0.0/8"]).await;
    assert_eq!(text, "198.51.100.1 from-the-proxy");
    let (_, _, text) = ask(vec![]).await;
    assert!(text.starts_with("10.0.0.1 ") && !text.contains("from-the-proxy"));
}

#[tokio::test]
async fn a_choice_of_language_and_look_is_remembered_and_stays_on_the_site() {
    let (status, headers, _) = send(
        site(),
        Request::get("/lang/en?next=/register%3Fq%3Dx")
            .body(Body::empty())
            .unwrap(),
    )
    .await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers[LOCATION], "/register?q=x");
    let cookie = headers[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("lang=en;") && cookie.contains("HttpOnly; SameSite=Lax"));

    let body = Body::from("theme=dark&next=//evil.example");
    let (_, headers, _) = send(site(), form("/theme").body(body).unwrap()).await;
    assert_eq!(headers[LOCATION], "/");
    let cookie = headers[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("theme=dark;"), "{cookie}");
}

#[tokio::test]
async fn one_press_of_the_bar_changes_one_thing_and_leads_back() {
    let press = |cookie: &'static str, body: &'static str| async move {
        let request = form("/access")
            .header(COOKIE, cookie)
            .body(Body::from(body))
            .unwrap();
        let (status, headers, _) = send(site(), request).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        let set = headers[SET_COOKIE].to_str().unwrap();
        let (value, _) = set.split_once(';').unwrap();
        (
            value.to_owned(),
            headers[LOCATION].to_str().unwrap().to_owned(),
        )
    };
    let (cookie, back) = press("", "state=on&next=/register?q=x").await;
    assert_eq!(cookie, "access=on.150.bw.normal.normal.sans.shown");
    assert_eq!(back, "/register?q=x");
    let (cookie, _) = press(
        "access=on.150.bw.wide.normal.sans.shown",
        "scheme=yellow&next=/",
    )
    .await;
    assert_eq!(cookie, "access=on.150.yellow.wide.normal.sans.shown");
    let (cookie, back) = press(
        "access=on.200.wb.normal.normal.serif.hidden",
        "state=off&next=//evil.example",
    )
    .await;
    assert_eq!(cookie, "access=off.200.wb.normal.normal.serif.hidden");
    assert_eq!(back, "/");
    // What nobody offers changes nothing.
    let (cookie, _) = press(
        "access=on.200.wb",
        "size=900&scheme=%22%3E%3Cscript%3E&next=/",
    )
    .await;
    assert_eq!(cookie, "access=on.200.wb.normal.normal.sans.shown");
}

#[tokio::test]
async fn what_is_to_be_said_is_said_once() {
    let (_, headers, _) = send(site(), form("/said").body(Body::empty()).unwrap()).await;
    assert_eq!(headers[LOCATION], "/cases/%D0%90-1");
    let cookie = headers[SET_COOKIE].to_str().unwrap();
    let (pair, _) = cookie.split_once(';').unwrap();
    let next = Request::get("/none")
        .header(COOKIE, pair)
        .body(Body::empty())
        .unwrap();
    let (_, headers, text) = send(site(), next).await;
    assert!(text.contains("class=\"banner good\""));
    assert!(
        headers[SET_COOKIE]
            .to_str()
            .unwrap()
            .starts_with("flash=; ")
    );
    assert_eq!(headers["cache-control"], "no-store", "nor is it kept");
}

#[tokio::test]
async fn secure_cookies_carry_their_prefix() {
    let shell = shell_with(Settings {
        secure_cookies: true,
        ..Settings::default()
    });
    let (_, headers, _) = send(
        site_of(&shell),
        Request::get("/lang/en").body(Body::empty()).unwrap(),
    )
    .await;
    let cookie = headers[SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-lang=en;") && cookie.ends_with("; Secure"));
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_their_hash() {
    let shell = shell();
    let address = shell.assets().address("style.css").to_owned();
    let (status, headers, text) = send(
        site_of(&shell),
        Request::get(&address).body(Body::empty()).unwrap(),
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        headers["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    assert_eq!(headers[CONTENT_TYPE], "text/css; charset=utf-8");
    assert!(text.contains("--ink"));
    let (status, ..) = send(
        site(),
        Request::get("/assets/style.00000000.css")
            .body(Body::empty())
            .unwrap(),
    )
    .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_live_page_hears_of_a_change_as_it_comes() {
    use futures_util::StreamExt;
    let shell = shell();
    let request = Request::get("/live")
        .header("accept-encoding", "gzip, br")
        .body(Body::empty())
        .unwrap();
    let response = site_of(&shell).oneshot(request).await.unwrap();
    assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
    assert!(!response.headers().contains_key("content-encoding"));
    let mut events = response.into_body().into_data_stream();
    shell.live().publish("case:1", 42);
    let event = events.next().await.unwrap().unwrap();
    assert_eq!(&event[..], b"event: change\nid: 42\ndata: 42\n\n");
}
