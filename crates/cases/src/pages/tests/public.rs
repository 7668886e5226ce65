//! Home, status, the cabinet, the register, verification, and the words for every code.

use askama::Template;
use base::Language;
use web::Choice;

use super::super::Line;
use super::super::cabinet::{Cabinet, DraftLine, OwnLine};
use super::super::home::{Home, Tile};
use super::super::participation::{CaseNamed, NamedView};
use super::super::register::{Entry, Offered, PlaceLine, Places, Register};
use super::super::register_files::{Feed, FeedEntry};
use super::super::register_filter::Chosen;
use super::super::search::{DeskSearch, FindPage, FoundLine, Offer, ToldLine};
use super::super::status::Status;
use super::super::{names, term, verify, verify_view};
use super::desk;
use super::samples::{entry, wrong};
use super::{EVIL, NOW, evil, in_request, looked_at};
use crate::model::{AnswerState, Figures, Outcome, PublicState, State};
use crate::searching::Piece;

fn named() -> NamedView {
    NamedView {
        number: evil(),
        title: evil(),
        by: evil(),
        topic: evil(),
        action: evil(),
    }
}

#[tokio::test]
async fn a_case_in_which_somebody_was_named_says_everything_and_lets_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            let template = CaseNamed {
                page: request.page(EVIL),
                named: named(),
                received_at: NOW,
                then: evil(),
                lines: vec![Line::new(evil(), evil())],
            };
            looked_at("named", &template);
        })
        .await;
    }
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
                    rule_minutes: Some(1),
                    people_minutes: Some(4_000),
                    within_day: Some(50),
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
                        by_rule: figures.map(|_| evil()),
                        by_people: figures.map(|_| evil()),
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
                        code: evil(),
                        own: found.is_some(),
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
                service: evil(),
                state: evil(),
                tone: "good",
                due: evil(),
                waits_for_applicant: true,
                beside: true,
                answer: evil(),
            };
            for full in [true, false] {
                looked_at(
                    "cabinet",
                    &Cabinet {
                        page: request.page(EVIL),
                        unconfirmed: full,
                        drafts: if full { vec![draft()] } else { Vec::new() },
                        named: if full { vec![named()] } else { Vec::new() },
                        rows: if full { vec![own()] } else { Vec::new() },
                        next: if full { evil() } else { String::new() },
                        first: String::new(),
                        live: evil(),
                        here: evil(),
                    },
                );
            }
        })
        .await;
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
                        offered: Offered {
                            categories: choices(),
                            units: choices(),
                            states: choices(),
                            services: choices(),
                            outcomes: choices(),
                        },
                        chosen: Chosen {
                            category: if filtered { evil() } else { String::new() },
                            from: if filtered { evil() } else { String::new() },
                            ..Chosen::default()
                        },
                        rows,
                        next: evil(),
                        first: evil(),
                        csv: evil(),
                        atom: evil(),
                        json: evil(),
                    },
                );
            }
            let line = PlaceLine {
                name: evil(),
                inside: String::new(),
                all: evil(),
                finished: evil(),
            };
            for places in [Vec::new(), vec![line]] {
                let page = request.page(EVIL);
                looked_at("places", &Places { page, places });
            }
            let feed = Feed {
                page: request.page(EVIL),
                own: evil(),
                list: evil(),
                updated: evil(),
                entries: vec![FeedEntry {
                    href: evil(),
                    title: evil(),
                    summary: evil(),
                    received: evil(),
                    updated: evil(),
                }],
            };
            assert!(!feed.render().unwrap().contains("<script>"));
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

#[test]
fn the_catalogue_tells_guests_the_rule_that_filing_applies() {
    let definition = catalog::Definition::from_toml(catalog::BUILT_IN[0]).unwrap();
    assert_eq!(
        crate::term::answer_rule(&definition, false),
        catalog::MESSAGE_RULE
    );
}

#[tokio::test]
async fn a_proof_is_told_in_words_and_leaves_only_foreign_codes() {
    in_request(Language::Ru, |request| {
        let told = [
            ("number", "А-2026-00000042-7", "А-2026-00000042-7", false),
            ("state", "in_work", "В работе", false),
            ("outcome", "partly", "Удовлетворено частично", false),
            ("service", "complaint", "Жалоба", false),
            ("source", "web", "С этого сайта", false),
            ("regime", "pos", "сообщение платформы обратной связи", false),
            (
                "due_on",
                "2026-12-22",
                "22\u{a0}декабря 2026\u{a0}года",
                false,
            ),
            ("due_on", "2026-99-99", "2026-99-99", true),
            ("category", "roads.snow", "roads.snow", true),
            ("state", EVIL, EVIL, true),
        ];
        for (name, value, expected, is_code) in told {
            let fact = verify_view::fact(request, name, value);
            assert_eq!((fact.value.as_str(), fact.is_code), (expected, is_code));
            assert!(!fact.label.contains('_'), "{}", fact.label);
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_found_is_shown_without_markup() {
    for language in Language::ALL {
        in_request(language, |request| {
            let offer = || Offer {
                href: evil(),
                name: evil(),
                about: evil(),
            };
            let told = ToldLine {
                href: evil(),
                title: evil(),
                short: evil(),
            };
            let empty = FindPage {
                page: request.page(EVIL),
                typed: evil(),
                meant: None,
                topics: Vec::new(),
                services: Vec::new(),
                similar: Vec::new(),
                similar_all: String::new(),
                told: Vec::new(),
                write: "/file",
            };
            looked_at("nothing found", &empty);
            let full = FindPage {
                page: request.page(EVIL),
                typed: evil(),
                meant: Some((evil(), evil())),
                topics: vec![offer()],
                services: vec![offer()],
                similar: vec![entry()],
                similar_all: evil(),
                told: vec![told],
                write: "/file/other",
            };
            looked_at("found", &full);
            let piece = |matched| Piece {
                text: evil(),
                matched,
            };
            let found = FoundLine {
                line: desk::queue_line(),
                topic: vec![piece(false), piece(true)],
                state: evil(),
                tone: "good",
            };
            for (rows, readying) in [(Vec::new(), true), (vec![found], false)] {
                let search = DeskSearch {
                    page: request.page(EVIL),
                    typed: evil(),
                    meant: Some((evil(), evil())),
                    rows,
                    next: evil(),
                    first: evil(),
                    readying,
                };
                looked_at("staff's search", &search);
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
            said.push(term::stands(request));
            for days in [-3, 0, 1, 2, 5] {
                said.push(term::short(request, days));
                said.push(term::left(request, days));
            }
            for said in said {
                assert!(!said.starts_with('\u{ab}'), "{said}");
            }
        })
        .await;
    }
}
