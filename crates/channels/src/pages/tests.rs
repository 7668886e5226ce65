//! Every template of the slice, rendered in both languages with a script in every text: no word may
//! be missing, no text may come out as markup.

use std::sync::{Arc, Mutex};

use askama::Template;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request as HttpRequest;
use axum::routing::get;
use base::{Clock, Language, Moment};
use tower::ServiceExt;
use uuid::Uuid;
use web::{Request, Settings, Shell, Words};

use super::mailbox;
use crate::mailbox::model::{Fate, LetterLine, OpenLetter, Reason, State};

const EVIL: &str = "<script>alert(1)</script>\" onload='x' & <b>";
const NOW: Moment = Moment::from_micros(1_795_254_120_000_000);

fn shell() -> Shell {
    let law = &[
        (Language::Ru, law::WORDS[0].1),
        (Language::En, law::WORDS[1].1),
    ];
    let words = Words::new(&[
        law,
        people::WORDS,
        catalog::WORDS,
        cases::WORDS,
        crate::WORDS,
    ]);
    let settings = Settings {
        operator: EVIL.into(),
        ..Settings::default()
    };
    Shell::new(
        settings,
        words.unwrap(),
        Clock::fixed(NOW),
        || true,
        || None,
    )
}

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
    assert!(!html.contains("<script>"), "{name} lets a script through");
    assert!(
        !html.contains("onload='x'"),
        "{name} lets an attribute through"
    );
    for (at, _) in html.match_indices('\u{ab}') {
        let after = html[at..].chars().skip(1).take(40);
        let key: String = after.take_while(|c| *c != '\u{bb}').collect();
        let is_key = key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        assert!(!is_key, "{name} lacks a word: {key}");
    }
    assert_eq!(html.matches("<h1").count(), 1, "{name}");
}

fn letter(fate: Fate, reason: &str) -> LetterLine {
    let number = base::Number::new(2026, 42);
    LetterLine {
        id: Uuid::from_u128(7),
        came_at: NOW,
        from: EVIL.into(),
        subject: EVIL.into(),
        fate,
        reason: reason.into(),
        case: number,
        named: base::Number::new(2026, 43),
        refused: vec![EVIL.into()],
        undelivered_to: EVIL.into(),
        left_because: EVIL.into(),
        decided_at: Some(NOW),
        is_kept: true,
    }
}

#[tokio::test]
async fn pages_of_letters_lack_no_word_and_show_no_markup_of_strangers() {
    for language in Language::ALL {
        in_request(language, |request| {
            let mut all: Vec<LetterLine> =
                Fate::ALL.map(|fate| letter(fate, "")).into_iter().collect();
            all.extend(Reason::ALL.map(|reason| letter(Fate::Aside, reason.code())));
            looked_at("letters", &mailbox::letters_page(request, true, &all));
            looked_at("no letters", &mailbox::letters_page(request, false, &[]));
            for line in all {
                for is_kept in [true, false] {
                    let open = OpenLetter {
                        line: LetterLine {
                            is_kept,
                            ..line.clone()
                        },
                        sender: EVIL.into(),
                        text: format!("{EVIL}\n{EVIL}"),
                        files: vec![EVIL.into()],
                    };
                    let errors = vec![base::FieldError::new("reason", "error-required")];
                    looked_at("letter", &mailbox::one(request, &open, EVIL, errors));
                }
            }
            let codes = [
                "",
                "unreachable",
                "unprotected",
                "refused",
                "no_folder",
                "slow",
                "broken",
                "stays",
                "ours",
            ];
            for problem in codes {
                let state = State {
                    read_at: Some(NOW),
                    failed_at: None,
                    failures: 3,
                    problem: problem.into(),
                };
                looked_at("state", &mailbox::standing(request, EVIL, &state));
            }
            looked_at(
                "no mailbox",
                &mailbox::standing(request, "", &State::default()),
            );
        })
        .await;
    }
}
