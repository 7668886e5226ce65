//! The gallery in both languages: every component renders, no word is missing, nothing stands
//! inline that the content security policy would refuse, and the weight stays within its budget.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

#[path = "../examples/gallery/page.rs"]
mod page;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Path;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};
use axum::http::{Request, StatusCode};
use axum::routing::get;
use base::Language;
use tower::ServiceExt;
use web::Words;

fn gallery() -> Router {
    let router = web::router()
        .route("/", get(page::citizen))
        .route("/desk", get(page::desk))
        .route("/broken", get(page::broken))
        .route("/problems/{code}", get(explained));
    web::layers(router, &page::shell())
}

async fn explained(request: web::Request, Path(code): Path<String>) -> web::PageResult {
    web::explain(&request, &code)
}

async fn fetch(path: &str, language: &str, cookies: &str) -> (StatusCode, String) {
    let request = Request::get(path)
        .header(ACCEPT_LANGUAGE, language)
        .header(COOKIE, cookies)
        .body(Body::empty())
        .unwrap();
    let response = gallery().oneshot(request).await.unwrap();
    let status = response.status();
    let bytes = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

#[tokio::test]
async fn every_component_speaks_both_languages() {
    for (path, status) in [
        ("/", StatusCode::OK),
        ("/desk", StatusCode::OK),
        ("/nothing", StatusCode::NOT_FOUND),
        ("/broken", StatusCode::INTERNAL_SERVER_ERROR),
        ("/problems/too-many", StatusCode::OK),
    ] {
        for language in ["ru", "en"] {
            let (found, text) = fetch(path, language, "").await;
            assert_eq!(found, status, "{path}");
            assert!(
                text.contains(&format!("<html lang=\"{language}\"")),
                "{path}"
            );
            for prefix in ["\u{ab}web-", "\u{ab}error-", "\u{ab}date-"] {
                assert!(!text.contains(prefix), "{path} lacks a word in {language}");
            }
            assert!(!text.contains("{{"), "{path}");
        }
    }
}

#[tokio::test]
async fn nothing_stands_inline_that_the_policy_refuses() {
    for path in ["/", "/desk", "/nothing"] {
        let (_, text) = fetch(path, "ru", "").await;
        assert!(!text.contains("style=\""), "{path}");
        assert!(!text.contains("<style"), "{path}");
        assert!(!text.contains(" onclick="), "{path}");
        let ours = text.matches("<script src=\"/assets/").count();
        assert_eq!(text.matches("<script").count(), ours, "{path}");
        assert!(text.contains("<script src=\"/assets/okno."), "{path}");
    }
}

#[tokio::test]
async fn errors_are_tied_to_their_fields() {
    let (_, text) = fetch("/", "ru", "").await;
    assert!(text.contains("href=\"#f-title\""));
    assert!(text.contains("id=\"f-title-wrong\""));
    assert!(text.contains("aria-invalid=\"true\""));
    let (_, clean) = fetch("/?clean", "ru", "").await;
    assert!(!clean.contains("id=\"errors\""));
    assert!(!clean.contains("aria-invalid"));
}

#[tokio::test]
async fn the_chosen_look_and_theme_stand_in_the_root() {
    let (_, text) = fetch("/desk", "ru", "access=on.200.wb; theme=dark").await;
    assert!(text.contains("data-look=\"large\" data-size=\"200\" data-scheme=\"wb\""));
    assert!(text.contains("data-theme=\"dark\""));
    let (_, text) = fetch("/desk", "ru", "access=on.\"><script>; theme=evil").await;
    assert!(text.contains("data-look=\"large\" data-size=\"150\" data-scheme=\"bw\""));
    assert!(!text.contains("data-theme="));
    let (_, text) = fetch("/desk", "ru", "access=off.200.wb").await;
    assert!(!text.contains("data-look"));
    assert!(!text.contains("data-size"));
}

#[tokio::test]
async fn the_bar_of_large_print_stands_on_every_page_while_it_is_on() {
    for path in ["/", "/desk", "/nothing", "/help", "/glossary"] {
        let (_, with) = fetch(path, "ru", "access=on.200.yellow").await;
        assert_eq!(
            with.matches("<section class=\"access\"").count(),
            1,
            "{path}"
        );
        assert_eq!(with.matches("aria-pressed=\"true\"").count(), 2, "{path}");
        assert!(with.contains("Обычная версия"), "{path}");
        let (_, without) = fetch(path, "ru", "").await;
        assert!(!without.contains("<section class=\"access\""), "{path}");
        assert!(without.contains("Для слабовидящих"), "{path}");
    }
}

#[tokio::test]
async fn the_page_of_settings_shows_what_is_set_and_the_way_back() {
    let (status, text) = fetch(
        "/access?next=/register%3Fq=a%26b=c",
        "ru",
        "access=on.200.blue",
    )
    .await;
    assert_eq!(status, StatusCode::OK);
    for chosen in ["200", "blue", "normal", "sans", "shown"] {
        assert!(
            text.contains(&format!("value=\"{chosen}\" checked")),
            "{chosen}"
        );
    }
    assert!(text.contains("href=\"/register?q=a&#38;b=c\""), "{text}");
    let (_, text) = fetch("/access?next=//evil.example", "ru", "").await;
    assert!(!text.contains("href=\"//evil"));
}

#[tokio::test]
async fn help_and_glossary_open_in_both_languages() {
    let topics = web::help::TOPICS
        .iter()
        .map(|topic| format!("/help/{}", topic.name));
    let pages = ["/help", "/glossary", "/pos", "/access"].map(str::to_owned);
    for path in topics.chain(pages) {
        for language in ["ru", "en"] {
            let (status, text) = fetch(&path, language, "").await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(
                !text.contains('\u{ab}') || !text.contains("\u{ab}help-"),
                "{path}"
            );
            assert!(text.contains("<details><summary>"), "{path} offers no help");
        }
    }
    let (status, _) = fetch("/help/nothing", "ru", "").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_national_platform_is_named_only_where_its_address_is_set() {
    let (_, text) = fetch("/pos", "ru", "").await;
    assert!(!text.contains("ПОС на Госуслугах"));
}

#[tokio::test]
async fn the_address_of_the_page_cannot_break_out_of_its_links() {
    let (_, text) = fetch("/nothing\"onclick=\"x()", "ru", "").await;
    assert!(!text.contains("nothing\"onclick"));
    assert!(text.contains("nothing&#34;onclick"));
}

#[tokio::test]
async fn what_a_failure_is_made_of_stays_in_the_log() {
    let (_, text) = fetch("/broken", "ru", "").await;
    assert!(!text.contains("the gallery shows"));
    assert!(text.contains("У нас что-то сломалось"));
}

#[test]
fn every_key_that_a_template_names_has_its_words() {
    let words = Words::new(&[]).unwrap();
    let mut found = 0;
    for template in [
        include_str!("../templates/layout.html"),
        include_str!("../templates/error.html"),
        include_str!("../templates/parts.html"),
    ] {
        for key in web::words::keys_in_template(template) {
            found += 1;
            for language in Language::ALL {
                assert!(words.has(language, key), "{key}");
            }
        }
    }
    assert!(found > 25, "{found} keys");
}
