//! The desk: what is drawn of it and what is not.

use askama::Template;
use base::Language;
use web::{Choice, Request};

use super::super::case_view::Link;
use super::super::checks_view::CheckLine;
use super::super::colleagues::Colleagues;
use super::super::deciding::{Deciding, WaitingAnswer};
use super::super::desk::{Desk, Following, Marks, Narrowing, TypedWords};
use super::super::desk_actions::{Asked, Confirm};
use super::super::desk_view::{AnswerLine, QueueLine, Tools, ViewTab};
use super::super::history_view::HistoryLine;
use super::samples::{answer, case, sent_back, wrong};
use super::works::case_works;
use super::{EVIL, NOW, evil, in_request, looked_at};

fn asked() -> Asked {
    Asked {
        by: evil(),
        wish: evil(),
        parts: true,
    }
}

pub(super) fn queue_line() -> QueueLine {
    QueueLine {
        href: evil(),
        here: true,
        number: evil(),
        topic: evil(),
        service: evil(),
        applicant: evil(),
        place: evil(),
        state: evil(),
        holder: evil(),
        unit: evil(),
        waits_for_us: true,
        waits_for_them: true,
        carried_over: true,
        left: evil(),
        tone: "bad",
        share: Some(96),
        escalated: true,
        danger: true,
        begin: evil(),
        begin_late: true,
        planned: evil(),
        priority: evil(),
    }
}

fn choices() -> Vec<Choice> {
    vec![Choice::new(EVIL, EVIL)]
}

fn narrowing(with_case: bool) -> Narrowing {
    Narrowing {
        categories: choices(),
        category: evil(),
        services: choices(),
        service: evil(),
        units: choices(),
        unit: evil(),
        states: choices(),
        state: evil(),
        free: true,
        for_us: true,
        newest: with_case,
        any: with_case,
    }
}

fn desk(request: &Request, with_case: bool, can: Tools) -> Desk {
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
            vec![queue_line()]
        } else {
            Vec::new()
        },
        next: evil(),
        first: evil(),
        query: evil(),
        narrowing: narrowing(with_case),
        case: with_case.then(|| case(false)),
        can,
        answers: vec![AnswerLine {
            state: evil(),
            author: evil(),
            written_at: NOW,
            remark: evil(),
            before: Some(sent_back()),
            in_form: false,
            shown: answer(),
        }],
        outcomes: choices(),
        templates: choices(),
        items: choices(),
        colleagues: Colleagues {
            choices: choices(),
            many: with_case,
        },
        history: vec![HistoryLine {
            written: None,
            at: NOW,
            what: evil(),
            detail: evil(),
            who: evil(),
            service: evil(),
        }],
        checks: vec![CheckLine {
            tone: "warn",
            state: evil(),
            text: evil(),
        }],
        notes: vec![crate::model::Note {
            author: evil(),
            written_at: NOW,
            text: evil(),
        }],
        works: case_works(),
        papers: vec![super::reception::document_line()],
        typed: TypedWords {
            message: evil(),
            expects_reply: true,
            outcome: evil(),
            answer: evil(),
            interim: true,
            grounds: evil(),
            measures: evil(),
            next_steps: evil(),
            to_correct: evil(),
            promises: evil(),
            item: evil(),
            who: evil(),
            remark: evil(),
            aside: evil(),
            done: "desk-answer-saved",
            taken: true,
        },
        head: true,
        mark: evil(),
        wrong_parts: true,
        lost: vec![evil()],
        to_agree: can.agree || can.return_answer,
        marks: Marks {
            to_sign: can.return_answer,
            own_answer: can.return_answer,
        },
        following: with_case.then(|| Following {
            href: evil(),
            topic: evil(),
        }),
        pressing: vec![Link {
            href: evil(),
            text: evil(),
        }],
        gone: if with_case { String::new() } else { evil() },
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
                "/template",
                "/agree",
                "/return",
                "/close",
                "/do/sign",
            ];
            for action in actions {
                assert!(!html.contains(&format!("{action}?")), "{action} is drawn");
                assert!(!html.contains(&format!("{action}\"")), "{action} is drawn");
            }
            for some in [true, false] {
                let one = |ticked| WaitingAnswer {
                    number: evil(),
                    topic: evil(),
                    question: evil(),
                    asked: asked(),
                    wrote: Some(NOW),
                    before: Some(sent_back()),
                    answer: answer(),
                    paper: evil(),
                    mark: evil(),
                    ticked,
                };
                let answers = if some {
                    vec![one(true), one(false)]
                } else {
                    Vec::new()
                };
                let deciding = Deciding {
                    page: wrong(request.page(EVIL), "remark"),
                    answers,
                    others: vec![evil()],
                    remark: evil(),
                    back: evil(),
                };
                let html = deciding.render().unwrap();
                assert_eq!(html.matches(" checked").count(), usize::from(some));
                // Each has the parts of an answer, so that ids stand once.
                looked_at("several answers", &deciding);
            }
            for name in ["agree", "close"] {
                looked_at(
                    name,
                    &Confirm {
                        page: request.page(EVIL).dense(),
                        number: evil(),
                        title: request.t(&format!("desk-{name}-title")).into_owned(),
                        topic: evil(),
                        text: request.t(&format!("desk-{name}-text")).into_owned(),
                        paper: evil(),
                        question: evil(),
                        asked: asked(),
                        wrote: Some(NOW),
                        action: evil(),
                        back: evil(),
                        button: request.t(&format!("desk-{name}-do")).into_owned(),
                        answer: Some(answer()),
                        mark: evil(),
                        before: Some(sent_back()),
                    },
                );
            }
        })
        .await;
    }
}
