//! Every template of the slice, rendered in both languages with a script in every text: no word
//! may be missing, no text may come out as markup. Here stands what a rendered page is held to.

mod cases;
mod control;
mod deeds;
mod desk;
mod filing;
mod history;
mod house;
mod papers;
mod public;
mod reception;
mod samples;
mod templates;
mod works;

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use askama::Template;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request as HttpRequest;
use axum::routing::get;
use base::{Clock, Language, Moment};
use jiff::tz::TimeZone;
use tower::ServiceExt;
use web::{Request, Settings, Shell, Words};

const EVIL: &str = "<script>alert(1)</script>\" onload='x' & <b>";
const NOW: Moment = Moment::from_micros(1_795_254_120_000_000);

fn evil() -> String {
    EVIL.to_owned()
}

fn words() -> Words {
    let law = &[
        (Language::Ru, include_str!("../../../../law/locales/ru.ftl")),
        (Language::En, include_str!("../../../../law/locales/en.ftl")),
    ];
    Words::new(&[law, people::WORDS, catalog::WORDS, crate::WORDS]).unwrap()
}

fn shell() -> Shell {
    let settings = Settings {
        operator: evil(),
        zone: TimeZone::fixed(jiff::tz::offset(3)),
        ..Settings::default()
    };
    Shell::new(settings, words(), Clock::fixed(NOW), || true, || None)
}

/// Runs `work` with a request as the layers make it.
async fn in_request(language: Language, work: impl FnOnce(&Request) + Send + 'static) {
    let once = Arc::new(Mutex::new(Some(work)));
    let handler = move |request: Request| {
        let once = Arc::clone(&once);
        async move {
            let work = once.lock().unwrap().take().unwrap();
            work(&request);
            "done"
        }
    };
    let app = web::layers(Router::new().route("/", get(handler)), &shell());
    let asked = HttpRequest::get("/")
        .header("accept-language", language.tag())
        .body(Body::empty())
        .unwrap();
    let answer = app.oneshot(asked).await.unwrap();
    let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    assert_eq!(&body[..], b"done", "{}", String::from_utf8_lossy(&body));
}

fn looked_at(name: &str, page: &impl Template) {
    let html = page.render().unwrap();
    // The operator of the sample is a script too, so every page has something to escape.
    assert!(
        !html.contains("<script>"),
        "{name} lets a script through:\n{html}"
    );
    assert!(
        !html.contains("onload='x'"),
        "{name} lets an attribute through:\n{html}"
    );
    for (at, _) in html.match_indices('\u{ab}') {
        let after: String = html[at..].chars().skip(1).take(40).collect();
        let key: String = after.chars().take_while(|c| *c != '\u{bb}').collect();
        assert!(
            !key.chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)),
            "{name} lacks a word: {key}"
        );
    }
    for unwanted in [" style=\"", "<style", " onclick=", "javascript:"] {
        assert!(!html.contains(unwanted), "{name} holds {unwanted}");
    }
    assert_eq!(
        html.matches("<h1").count(),
        1,
        "{name} has one main heading"
    );
    headings_are_in_order(name, &html);
    ids_are_single(name, &html);
    labels_name_fields(name, &html);
}

fn headings_are_in_order(name: &str, html: &str) {
    let mut last = 1;
    for (at, _) in html.match_indices("<h") {
        let Some(level) = html[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else {
            continue;
        };
        assert!(level <= last + 1, "{name}: h{level} follows h{last}");
        last = level;
    }
}

fn ids_are_single(name: &str, html: &str) {
    let mut seen = HashSet::new();
    for (at, _) in html.match_indices(" id=\"") {
        let id: String = html[at + 5..].chars().take_while(|c| *c != '"').collect();
        assert!(seen.insert(id.clone()), "{name}: id {id} stands twice");
    }
    for attribute in [" aria-labelledby=\"", " for=\""] {
        for (at, _) in html.match_indices(attribute) {
            let id: String = html[at + attribute.len()..]
                .chars()
                .take_while(|c| *c != '"')
                .collect();
            assert!(seen.contains(&id), "{name}:{attribute}{id}\" names nothing");
        }
    }
}

fn labels_name_fields(name: &str, html: &str) {
    for kind in ["<input ", "<textarea ", "<select "] {
        for (at, _) in html.match_indices(kind) {
            let tag: String = html[at..].chars().take_while(|c| *c != '>').collect();
            let hidden = tag.contains("type=\"hidden\"");
            let boxed = tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\"");
            let id = tag
                .split(" id=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            let named = id.is_some_and(|id| html.contains(&format!("for=\"{id}\"")));
            assert!(
                hidden || boxed || named || tag.contains("aria-label="),
                "{name}: a field without a label: {tag}"
            );
        }
    }
}
