//! The desk: what is drawn of it and what is not.

use askama::Template;
use base::Language;
use web::{Choice, Request};

use super::super::checks_view::CheckLine;
use super::super::desk::{Desk, TypedWords};
use super::super::desk_actions::Confirm;
use super::super::desk_view::{AnswerLine, QueueLine, Tools, ViewTab};
use super::super::history_view::HistoryLine;
use super::samples::{answer, case, wrong};
use super::{EVIL, NOW, evil, in_request, looked_at};

pub(super) fn queue_line() -> QueueLine {
    QueueLine {
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
        escalated: true,
        begin: evil(),
        planned: evil(),
        priority: evil(),
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
            vec![queue_line()]
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
        items: choices(),
        colleagues: choices(),
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
            remark: evil(),
        },
        head: true,
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
