//! Every page of the slice with a script in every text, in both languages: no word may be missing, no
//! text may come out as markup.

use std::sync::{Arc, Mutex};

use askama::Template;
use axum::Router;
use axum::body::Body;
use axum::http::Request as HttpRequest;
use axum::routing::get;
use base::{Clock, Language, Moment};
use jiff::civil::date;
use tower::ServiceExt;
use web::{Request, Settings, Shell, Words};

use super::{cabinet, named, settings, templates};
use crate::facts::Facts;
use crate::{Kind, KnownTemplate, Notice, Wishes};

const EVIL: &str = "<script>alert(1)</script>\" onload='x' & <b>";
const NOW: Moment = Moment::from_micros(1_795_254_120_000_000);

/// The same on every page: the words of law and of the slices below are there too.
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
        operator: EVIL.to_owned(),
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

/// Runs `work` with a request as the layers make it, in both languages.
fn in_request(work: impl Fn(&Request) + Send + Sync + 'static) {
    let work = Arc::new(work);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for language in Language::ALL {
        let done = Arc::new(Mutex::new(false));
        let (work, seen) = (Arc::clone(&work), Arc::clone(&done));
        let handler = move |request: Request| {
            let (work, seen) = (Arc::clone(&work), Arc::clone(&seen));
            async move {
                work(&request);
                *seen.lock().unwrap() = true;
            }
        };
        let app = web::layers(Router::new().route("/", get(handler)), &shell());
        let asked = HttpRequest::get("/")
            .header("accept-language", language.tag())
            .body(Body::empty())
            .unwrap();
        runtime.block_on(app.oneshot(asked)).unwrap();
        assert!(*done.lock().unwrap(), "the page was not made");
    }
}

fn looked_at(name: &str, page: &impl Template) {
    let html = page.render().unwrap();
    assert!(!html.contains("<script>"), "{name} lets a script through");
    assert!(
        !html.contains("onload='x'"),
        "{name} lets an attribute through"
    );
    for (at, _) in html.match_indices('\u{ab}') {
        let key: String = html[at..]
            .chars()
            .skip(1)
            .take_while(|c| *c != '\u{bb}')
            .take(60)
            .collect();
        assert!(
            !key.chars()
                .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)),
            "{name} lacks a word: {key}"
        );
    }
    assert_eq!(
        html.matches("<h1").count(),
        1,
        "{name} has one main heading"
    );
}

fn notice(kind: Kind) -> Notice {
    Notice {
        id: uuid::Uuid::from_u128(7),
        idx: 7,
        kind,
        facts: Facts {
            number: EVIL.into(),
            state: "in_work".into(),
            outcome: "satisfied".into(),
            due_on: Some(date(2026, 12, 21)),
            new_date: Some(date(2027, 1, 20)),
            executor: EVIL.into(),
            items: vec![EVIL.into()],
            instructions: EVIL.into(),
            reason: EVIL.into(),
            to: EVIL.into(),
            days: Some(3),
            topic: EVIL.into(),
            applicant: EVIL.into(),
            stars: "2".into(),
            post_item: EVIL.to_owned(),
            hours: EVIL.to_owned(),
            works: EVIL.to_owned(),
            stage: EVIL.to_owned(),
            task: "7".to_owned(),
        },
        made_at: NOW,
        read: false,
    }
}

#[test]
fn every_kind_of_notice_is_shown_in_words() {
    in_request(|request| {
        let lines: Vec<_> = Kind::ALL
            .into_iter()
            .map(|kind| cabinet::line(request, &notice(kind)))
            .collect();
        assert!(lines.iter().all(|line| !line.title.is_empty()));
        looked_at(
            "notices",
            &cabinet::Listed {
                page: request.page(request.t("notice-title")),
                newest: "7".into(),
                has_unread: true,
                lines,
                next: "/cabinet/notices?after=1".into(),
                first: String::new(),
            },
        );
    });
}

#[test]
fn letters_to_the_named_can_be_stopped_and_asked_for_again() {
    in_request(|request| {
        for go in [true, false] {
            let page = request.page(request.t("notice-named-title"));
            looked_at("letters-named", &named::Letters { page, go });
        }
    });
}

#[test]
fn settings_name_every_kind() {
    in_request(|request| {
        for sends_letters in [true, false] {
            looked_at(
                "settings",
                &settings::Settings {
                    page: request.page(request.t("notice-settings-title")),
                    rows: settings::rows(request, &Wishes::default(), true),
                    sends_letters,
                },
            );
        }
    });
}

#[test]
fn templates_of_every_kind_are_shown_with_their_preview() {
    in_request(|request| {
        for kind in Kind::ALL {
            for language in Language::ALL {
                let known = KnownTemplate {
                    kind,
                    language,
                    words: crate::Template {
                        subject: format!("{EVIL} {{number}}"),
                        body: crate::Template::built_in(kind, language).unwrap().body + EVIL,
                    },
                    changed_at: Some(NOW),
                };
                let page = request.page(EVIL);
                let shown = templates::shown(request, page, &known);
                let mut quoted = shown.preview_body.split('\u{ab}').skip(1);
                assert!(
                    quoted.all(|words| !words.starts_with(|c: char| c.is_ascii_lowercase())),
                    "a sentence is missing: {}",
                    shown.preview_body
                );
                looked_at(kind.code(), &shown);
            }
        }
        looked_at(
            "templates",
            &templates::Listed {
                page: request.page(request.t("notice-templates-title")),
                lines: vec![templates::Line {
                    subject: EVIL.into(),
                    ..templates::Line::default()
                }],
                sends_letters: false,
            },
        );
    });
}
