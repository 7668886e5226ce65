//! Pages that are kept: given out again while nothing is written, those of everybody to everybody,
//! those of somebody's own to the same cookies alone, never when the handler has not said so.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_ENCODING, COOKIE, SET_COOKIE,
};
use axum::http::{HeaderName, Request};
use axum::response::IntoResponse;
use axum::routing::get;
use base::{Clock, Moment};
use tower::ServiceExt;
use web::{PageResult, Settings, Shell, Words, for_everybody, for_whoever_asked};

/// How long the slow page takes.
const SLOW: std::time::Duration = std::time::Duration::from_millis(300);

#[derive(Clone)]
struct Site {
    router: Router,
    commits: Arc<AtomicU64>,
}

/// A page for everybody at `/`, one of somebody's own at `/own`, one that says nothing of itself at
/// `/mine`, a long one at `/long`, one that takes a while at `/slow`, one that gives a cookie at `/said`; each tells how often pages were made, so that one that was kept can be told from a new one.
fn site() -> Site {
    let made = Arc::new(AtomicU64::new(0));
    let commits = Arc::new(AtomicU64::new(0));
    let page = move |length: usize| {
        let made = made.clone();
        move || async move {
            let number = made.fetch_add(1, SeqCst);
            format!("page {number}{}", " ".repeat(length)).into_response()
        }
    };
    let router = Router::new()
        .route(
            "/",
            get({
                let page = page(2_000);
                move || async move { for_everybody(PageResult::Ok(page().await)) }
            }),
        )
        .route(
            "/long",
            get({
                let page = page(200_000);
                move || async move { for_everybody(PageResult::Ok(page().await)) }
            }),
        )
        .route(
            "/slow",
            get({
                let page = page(0);
                move || async move {
                    let page = page().await;
                    tokio::time::sleep(SLOW).await;
                    for_everybody(PageResult::Ok(page))
                }
            }),
        )
        .route(
            "/own",
            get({
                let page = page(0);
                move || async move { for_whoever_asked(PageResult::Ok(page().await)) }
            }),
        )
        .route(
            "/said",
            get({
                let page = page(0);
                move || async move {
                    let cookie = [(SET_COOKIE, "flash=; Max-Age=0")];
                    for_whoever_asked(PageResult::Ok((cookie, page().await).into_response()))
                }
            }),
        )
        .route("/mine", get(page(0)));
    let clock = Clock::fixed(Moment::from_micros(1_795_247_000_000_000));
    let words = Words::new(&[]).unwrap();
    let shell = Shell::new(Settings::default(), words, clock, || true, || None);
    let generation = commits.clone();
    let router = web::kept::layer(web::layers(router, &shell), &shell, move || {
        generation.load(SeqCst)
    });
    Site { router, commits }
}

impl Site {
    async fn read(
        &self,
        path: &str,
        headers: &[(HeaderName, &str)],
    ) -> (String, axum::http::HeaderMap) {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let request = request.body(Body::empty()).unwrap();
        let (parts, body) = self
            .router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8_lossy(&body).trim_end().to_owned();
        (text, parts.headers)
    }

    async fn text(&self, path: &str, headers: &[(HeaderName, &str)]) -> String {
        self.read(path, headers).await.0
    }
}

#[tokio::test]
async fn a_page_is_given_again_until_something_is_written() {
    let site = site();
    let (first, headers) = site.read("/", &[]).await;
    let (again, headers_again) = site.read("/", &[]).await;
    assert_eq!((first.as_str(), again.as_str()), ("page 0", "page 0"));
    assert_eq!(
        headers["content-security-policy"],
        headers_again["content-security-policy"]
    );
    assert_ne!(
        headers["x-request-id"], headers_again["x-request-id"],
        "each answer has a number of its own"
    );
    site.commits.fetch_add(1, SeqCst);
    assert_eq!(site.text("/", &[]).await, "page 1");
}

#[tokio::test]
async fn a_page_is_as_old_as_two_seconds_at_most() {
    let site = site();
    assert_eq!(site.text("/", &[]).await, "page 0");
    tokio::time::sleep(std::time::Duration::from_millis(2_100)).await;
    assert_eq!(site.text("/", &[]).await, "page 1");
}

#[tokio::test]
async fn language_look_coding_and_address_have_pages_of_their_own() {
    let site = site();
    let asked: [(&str, &[(HeaderName, &str)]); 6] = [
        ("/", &[]),
        ("/?a=1", &[]),
        ("/", &[(ACCEPT_LANGUAGE, "en")]),
        ("/", &[(COOKIE, "lang=en")]),
        (
            "/",
            &[(
                COOKIE,
                "theme=dark; access=on.150.bw.normal.normal.sans.shown",
            )],
        ),
        ("/", &[(ACCEPT_ENCODING, "gzip")]),
    ];
    for _ in 0..2 {
        for (number, (path, headers)) in asked.iter().enumerate().take(5) {
            assert_eq!(site.text(path, headers).await, format!("page {number}"));
        }
        let (_, headers) = site.read(asked[5].0, asked[5].1).await;
        assert_eq!(headers[CONTENT_ENCODING], "gzip");
    }
    assert_eq!(
        site.text("/?new", &[]).await,
        "page 6",
        "six were made for twelve asked"
    );
}

#[tokio::test]
async fn a_page_of_somebodys_own_is_given_to_the_same_cookies_alone() {
    let site = site();
    for path in ["/", "/own"] {
        let of_anna = site.text(path, &[(COOKIE, "session=anna")]).await;
        let others: [&[(HeaderName, &str)]; 6] = [
            &[],
            &[(COOKIE, "session=boris")],
            &[(COOKIE, "session=anna; lang=en")],
            &[(COOKIE, "session=anna; pass=1")],
            &[(COOKIE, "session=anna"), (ACCEPT_LANGUAGE, "en")],
            &[(COOKIE, "session=anna"), (AUTHORIZATION, "Bearer okno_x")],
        ];
        for headers in others {
            assert_ne!(site.text(path, headers).await, of_anna, "{headers:?}");
        }
        let again = site.text(path, &[(COOKIE, "session=anna")]).await;
        assert_eq!(again, of_anna, "{path}");
        site.commits.fetch_add(1, SeqCst);
        let after = site.text(path, &[(COOKIE, "session=anna")]).await;
        assert_ne!(after, of_anna, "a session may have ended: {path}");
    }
}

#[tokio::test]
async fn a_page_of_somebodys_own_is_never_kept_for_guests() {
    let site = site();
    let first = site.text("/own", &[]).await;
    assert_ne!(site.text("/own", &[]).await, first);
}

#[tokio::test]
async fn a_page_that_gives_a_cookie_is_made_each_time() {
    let site = site();
    let session = [(COOKIE, "session=anna")];
    let first = site.text("/said", &session).await;
    assert_ne!(site.text("/said", &session).await, first);
}

#[tokio::test]
async fn one_makes_what_many_want_at_once() {
    let site = site();
    assert_eq!(site.text("/slow", &[]).await, "page 0");
    site.commits.fetch_add(1, SeqCst);
    let crowd = |many: usize| -> Vec<_> {
        (0..many)
            .map(|_| {
                let site = site.clone();
                tokio::spawn(async move { site.text("/slow", &[]).await })
            })
            .collect()
    };
    let first = crowd(20);
    tokio::time::sleep(SLOW / 3).await;
    // Something is written while the page is being made: whoever comes now must not get it.
    site.commits.fetch_add(1, SeqCst);
    let second = crowd(20);
    for asked in first {
        assert_eq!(asked.await.unwrap(), "page 1");
    }
    for asked in second {
        assert_eq!(asked.await.unwrap(), "page 2");
    }
}

#[tokio::test]
async fn pages_of_before_a_commit_leave_room_for_those_after_it() {
    let site = site();
    for generation in 0..3 {
        for number in 0..300 {
            site.text(&format!("/?{generation}-{number}"), &[]).await;
        }
        let path = format!("/?{generation}-0");
        let first = site.text(&path, &[]).await;
        assert_eq!(site.text(&path, &[]).await, first);
        site.commits.fetch_add(1, SeqCst);
    }
}

#[tokio::test]
async fn who_says_more_of_themselves_is_never_given_the_page_of_everybody() {
    let site = site();
    assert_eq!(site.text("/", &[]).await, "page 0");
    for headers in [
        [(COOKIE, "session=abc")],
        [(COOKIE, "lang=en; pass=abc")],
        [(COOKIE, "flash=people-saved")],
        [(COOKIE, "nonsense")],
        [(AUTHORIZATION, "Bearer okno_x")],
    ] {
        assert_ne!(site.text("/", &headers).await, "page 0", "{headers:?}");
    }
    assert_eq!(
        site.text("/", &[]).await,
        "page 0",
        "and leaves nothing behind for others"
    );
}

#[tokio::test]
async fn what_says_nothing_of_itself_or_is_long_is_made_each_time() {
    let site = site();
    for path in ["/mine", "/long"] {
        let first = site.text(path, &[]).await;
        assert_ne!(site.text(path, &[]).await, first, "{path}");
    }
}
