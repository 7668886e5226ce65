//! Every template of the slice, rendered in both languages with a script in every text: no word
//! may be missing, no text may come out as markup.

use std::sync::{Arc, Mutex};

use askama::Template;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request as HttpRequest;
use axum::routing::get;
use base::{Clock, FieldError, Language, Moment, Number};
use jiff::civil::date;
use jiff::tz::TimeZone;
use tower::ServiceExt;
use web::{Choice, Page, Request, Settings, Shell, Words};

use super::cabinet::{Cabinet, DraftLine, OwnLine};
use super::case::{CaseShow, History, ProofWait, ReceiptPage, Why};
use super::case_view::{AnswerView, CaseView, HistoryLine, Link, MessageView, Stage};
use super::desk::{Confirm, Desk, TypedWords};
use super::desk_view::{AnswerLine, QueueLine, Tools, ViewTab};
use super::filing::FilingStep;
use super::home::{Home, Tile};
use super::register::{Entry, Register};
use super::register_view::EntryView;
use super::review::{FilingReview, Missing, Part};
use super::status::Status;
use super::term::DueView;
use super::{Line, names, verify, verify_view};
use crate::model::{AnswerState, Figures, Outcome, PublicState, State, Term};

const EVIL: &str = "<script>alert(1)</script>\" onload='x' & <b>";
const NOW: Moment = Moment::from_micros(1_795_254_120_000_000);

fn evil() -> String {
    EVIL.to_owned()
}

fn words() -> Words {
    let law = &[
        (Language::Ru, include_str!("../../../law/locales/ru.ftl")),
        (Language::En, include_str!("../../../law/locales/en.ftl")),
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
    let mut seen = std::collections::HashSet::new();
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

fn line() -> Line {
    Line::new(evil(), evil())
}

fn due() -> DueView {
    DueView {
        on: date(2026, 12, 21),
        left: evil(),
        tone: "warn",
        done: false,
        explained: true,
    }
}

fn answer() -> AnswerView {
    AnswerView {
        outcome: evil(),
        tone: "good",
        text: evil(),
        author: evil(),
        head: evil(),
        delivered_at: Some(NOW),
    }
}

fn case(answered: bool) -> CaseView {
    let stage = |state| Stage {
        state,
        title: evil(),
        note: evil(),
        link: Some(Link {
            href: evil(),
            text: evil(),
        }),
    };
    CaseView {
        number: Number::new(2026, 42).unwrap().to_string(),
        service: evil(),
        category: evil(),
        topic: evil(),
        applicant: evil(),
        state: evil(),
        tone: "calm",
        holder: evil(),
        received_at: NOW,
        received_on: date(2026, 11, 21),
        carried_over: true,
        waits_for_applicant: true,
        can_write: true,
        answer: answered.then(answer),
        stages: ["done", "now", "ahead"].map(stage).to_vec(),
        lines: vec![line(), line()],
        messages: vec![MessageView {
            author: evil(),
            place: evil(),
            text: evil(),
            sent_at: NOW,
            own: true,
        }],
        due: Some(due()),
        facts: vec![line()],
    }
}

fn entry() -> EntryView {
    EntryView {
        number: evil(),
        service: evil(),
        category: evil(),
        unit: evil(),
        state: evil(),
        tone: "good",
        received_on: date(2026, 11, 21),
        due_on: Some(date(2026, 12, 21)),
        answered_on: Some(date(2026, 12, 1)),
        due: evil(),
        carried_over: true,
    }
}

fn wrong(page: Page, field: &str) -> Page {
    page.with_errors(vec![FieldError::new(field, "error-required")])
        .with_label(field, EVIL)
}

#[tokio::test]
async fn home_status_and_cabinet_say_everything_and_let_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            for figures in [
                None,
                Some(Figures::default()),
                Some(Figures {
                    filed: 18_402,
                    answered: 200,
                    in_term: 199,
                    median_days: Some(6),
                }),
            ] {
                let tile = Tile {
                    href: evil(),
                    icon: "",
                    action: evil(),
                    summary: evil(),
                };
                let page = request.page("");
                looked_at(
                    "home",
                    &Home {
                        page,
                        services: vec![tile],
                        figures,
                    },
                );
            }
            for found in [None, Some(entry())] {
                let page = wrong(request.page(EVIL), "number");
                looked_at(
                    "status",
                    &Status {
                        page,
                        number: evil(),
                        found,
                    },
                );
            }
            let draft = || DraftLine {
                href: evil(),
                topic: evil(),
                service: evil(),
                saved_at: NOW,
            };
            let own = || OwnLine {
                number: evil(),
                topic: evil(),
                state: evil(),
                tone: "good",
                due: evil(),
                waits_for_applicant: true,
            };
            for full in [true, false] {
                looked_at(
                    "cabinet",
                    &Cabinet {
                        page: request.page(EVIL),
                        drafts: if full { vec![draft()] } else { Vec::new() },
                        rows: if full { vec![own()] } else { Vec::new() },
                        next: if full { evil() } else { String::new() },
                        first: String::new(),
                    },
                );
            }
        })
        .await;
    }
}

#[tokio::test]
async fn filing_says_everything_and_lets_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            let definition = catalog::Definition::from_toml(catalog::BUILT_IN[0]).unwrap();
            let categories = catalog::Categories::default();
            let units = people::Units::default();
            let shown = catalog::Shown {
                language: request.language,
                words: request.shell().words(),
                categories: &categories,
                units: &units,
            };
            let answers: catalog::Answers = [("subject", EVIL), ("description", EVIL)]
                .map(|(k, v)| (k.to_owned(), v.into()))
                .into_iter()
                .collect();
            for (at, step) in definition.form.steps.iter().enumerate() {
                let view = catalog::StepView::new(
                    &definition.form,
                    step,
                    &answers,
                    date(2026, 11, 21),
                    &shown,
                );
                for guest in [true, false] {
                    let page = view.dress(
                        request.page(EVIL),
                        vec![FieldError::new("subject", "error-required")],
                    );
                    looked_at(
                        &step.id,
                        &FilingStep {
                            page,
                            step: view.clone(),
                            steps: vec![evil(), evil()],
                            at: at + 1,
                            service: evil(),
                            action: evil(),
                            back: evil(),
                            later: if guest { String::new() } else { evil() },
                            saved: (at > 0).then_some(NOW),
                            guest,
                        },
                    );
                }
            }
            for complete in [true, false] {
                let missing = Missing {
                    href: evil(),
                    label: evil(),
                    text: evil(),
                };
                let part = |lines| Part {
                    title: evil(),
                    href: evil(),
                    lines,
                };
                looked_at(
                    "review",
                    &FilingReview {
                        page: wrong(request.page(EVIL), "consent"),
                        steps: vec![evil()],
                        at: 1,
                        service: evil(),
                        back: evil(),
                        later: evil(),
                        action: evil(),
                        action_word: evil(),
                        parts_of_form: vec![part(vec![line()]), part(Vec::new())],
                        missing: if complete { Vec::new() } else { vec![missing] },
                        consent: complete,
                        guest: complete,
                    },
                );
            }
        })
        .await;
    }
}

#[tokio::test]
async fn a_case_says_everything_and_lets_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            for answered in [true, false] {
                let page = wrong(request.page(EVIL), "text");
                looked_at(
                    "case",
                    &CaseShow {
                        page,
                        case: case(answered),
                        text: evil(),
                    },
                );
                looked_at(
                    "receipt",
                    &ReceiptPage {
                        page: request.page(EVIL),
                        number: evil(),
                        due: answered.then(|| date(2026, 12, 21)),
                        code: answered.then(evil),
                        unit: evil(),
                    },
                );
            }
            looked_at(
                "history",
                &History {
                    page: request.page(EVIL),
                    number: evil(),
                    lines: vec![HistoryLine {
                        at: NOW,
                        what: evil(),
                        who: evil(),
                    }],
                },
            );
            let page = request.page(EVIL);
            looked_at(
                "proof",
                &ProofWait {
                    page,
                    number: evil(),
                },
            );
        })
        .await;
    }
}

#[tokio::test]
async fn why_is_told_in_words_for_every_built_in_term() {
    for language in Language::ALL {
        in_request(language, |request| {
            let hours = law::AgencyHours::usual(TimeZone::fixed(jiff::tz::offset(3)));
            for (regime, rule) in [("fz59", "answer"), ("pos", "answer"), ("fz8", "answer")] {
                let (_, term) = crate::term::term(regime, rule, &hours, NOW).unwrap();
                let steps = super::term::steps(request, &term);
                assert!(steps.len() >= 3, "{regime}");
                looked_at("why", &why(request, &term, steps));
            }
        })
        .await;
    }
}

fn why(request: &Request, term: &Term, steps: Vec<String>) -> Why {
    Why {
        page: request.page(EVIL),
        number: evil(),
        due: Some(term.due.due_on),
        steps,
        regime: super::case_view::regime(request, &term.due.rule.regime),
        version: evil(),
        source: evil(),
        unit: evil(),
        route: evil(),
    }
}

#[tokio::test]
async fn the_register_says_everything_and_lets_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            for (rows, filtered) in [
                (vec![entry()], true),
                (Vec::new(), true),
                (Vec::new(), false),
            ] {
                let choices = || vec![Choice::new(EVIL, EVIL)];
                looked_at(
                    "register",
                    &Register {
                        page: request.page(EVIL),
                        categories: choices(),
                        category: evil(),
                        units: choices(),
                        unit: evil(),
                        states: choices(),
                        state: evil(),
                        filtered,
                        rows,
                        next: evil(),
                        first: evil(),
                    },
                );
            }
            let page = request.page(EVIL);
            looked_at(
                "entry",
                &Entry {
                    page,
                    row: entry(),
                    file: evil(),
                },
            );
        })
        .await;
    }
}

#[tokio::test]
async fn verification_says_everything_and_lets_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            let samples: [&[u8]; 4] = [
                b"",
                EVIL.as_bytes(),
                b"okno.receipt.v1\nrubbish\n",
                b"c2sp.org/tlog-proof@v1\n",
            ];
            for sample in samples {
                let found = journal::verify::verify_with_vkey(sample, None);
                let result = verify_view::view(request, &found);
                let page = request.page(EVIL);
                // The page's own module is the one script that is wanted.
                let html = verify::draw(request, page, evil(), Some(result))
                    .render()
                    .unwrap();
                assert!(!html.contains("<script>"));
            }
            let page = request.page(EVIL);
            looked_at("verify", &verify::draw(request, page, evil(), None));
        })
        .await;
    }
}

fn desk(request: &Request, with_case: bool, can: Tools) -> Desk {
    let choices = || vec![Choice::new(EVIL, EVIL)];
    Desk {
        page: wrong(request.page(EVIL).dense(), "answer"),
        views: vec![ViewTab {
            code: "mine",
            name: evil(),
            count: evil(),
            here: true,
        }],
        view: "mine",
        search: if with_case { evil() } else { String::new() },
        rows: if with_case {
            vec![QueueLine {
                href: evil(),
                here: true,
                number: evil(),
                topic: evil(),
                service: evil(),
                applicant: evil(),
                waits_for_us: true,
                carried_over: true,
                left: evil(),
                tone: "bad",
                share: Some(96),
            }]
        } else {
            Vec::new()
        },
        next: evil(),
        first: evil(),
        query: evil(),
        case: with_case.then(|| case(false)),
        can,
        answers: vec![AnswerLine {
            state: evil(),
            author: evil(),
            written_at: NOW,
            remark: evil(),
            shown: answer(),
        }],
        outcomes: choices(),
        colleagues: choices(),
        history: vec![HistoryLine {
            at: NOW,
            what: evil(),
            who: evil(),
        }],
        typed: TypedWords {
            message: evil(),
            expects_reply: true,
            outcome: evil(),
            answer: evil(),
            remark: evil(),
        },
    }
}

#[tokio::test]
async fn the_desk_says_everything_and_draws_only_what_may_be_done() {
    for language in Language::ALL {
        in_request(language, |request| {
            let all = Tools {
                take: true,
                assign: true,
                write: true,
                draft_answer: true,
                send_for_agreement: true,
                agree: true,
                return_answer: true,
                close: true,
            };
            looked_at("desk", &desk(request, true, all));
            looked_at(
                "desk without a case",
                &desk(request, false, Tools::default()),
            );
            let idle = desk(request, true, Tools::default());
            looked_at("desk without tools", &idle);
            let html = idle.render().unwrap();
            let actions = [
                "/take",
                "/assign",
                "/messages",
                "/answer",
                "/agree",
                "/return",
                "/close",
            ];
            for action in actions {
                assert!(!html.contains(&format!("{action}?")), "{action} is drawn");
                assert!(!html.contains(&format!("{action}\"")), "{action} is drawn");
            }
            for name in ["agree", "close"] {
                looked_at(
                    name,
                    &Confirm {
                        page: request.page(EVIL).dense(),
                        number: evil(),
                        title: request.t(&format!("desk-{name}-title")).into_owned(),
                        text: request.t(&format!("desk-{name}-text")).into_owned(),
                        action: evil(),
                        button: request.t(&format!("desk-{name}-do")).into_owned(),
                        answer: Some(answer()),
                    },
                );
            }
        })
        .await;
    }
}

#[tokio::test]
async fn every_code_has_its_word() {
    for language in Language::ALL {
        in_request(language, |request| {
            let mut said = Vec::new();
            said.extend(State::ALL.map(|state| names::state(request, state)));
            said.extend(PublicState::ALL.map(|state| names::public_state(request, state)));
            said.extend(Outcome::ALL.map(|outcome| names::outcome(request, outcome)));
            said.extend(
                [
                    AnswerState::Draft,
                    AnswerState::InAgreement,
                    AnswerState::Returned,
                    AnswerState::Delivered,
                ]
                .map(|state| names::answer_state(request, state)),
            );
            said.extend(
                verify_view::words(request)
                    .into_iter()
                    .map(|line| line.value),
            );
            for action in verify_view::ACTIONS {
                said.push(
                    request
                        .t(&format!("case-did-{}", action.replace('.', "-")))
                        .into_owned(),
                );
            }
            for stage in [
                "registered",
                "routed",
                "in_work",
                "in_agreement",
                "decided",
                "closed",
            ] {
                said.push(request.t(&format!("case-stage-{stage}")).into_owned());
            }
            for days in [-3, 0, 1, 2, 5] {
                said.push(super::term::short(request, days));
                said.push(super::term::left(request, days));
            }
            for said in said {
                assert!(!said.starts_with('\u{ab}'), "{said}");
            }
        })
        .await;
    }
}
