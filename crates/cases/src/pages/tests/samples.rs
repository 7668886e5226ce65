//! Samples with a script wherever somebody could have written something.

use base::{FieldError, Number};
use jiff::civil::date;
use web::Page;

use super::super::Line;
use super::super::case_view::{
    AnswerView, CaseView, Link, MessageView, PostingView, Stage, WhyLine,
};
use super::super::course_view::{
    AskedView, ChangeView, CourseView, NoteView, PartView, PartyView, RatingView,
};
use super::super::register_view::EntryView;
use super::super::term::DueView;
use super::{EVIL, NOW, evil};
use crate::model::SentBack;

pub(super) fn line() -> Line {
    Line {
        map: evil(),
        ..Line::new(evil(), evil())
    }
}

pub(super) fn due() -> DueView {
    DueView {
        on: date(2026, 12, 21),
        left: evil(),
        tone: "warn",
        done: false,
        explained: true,
        planned: Some(date(2026, 12, 12)),
    }
}

pub(super) fn sent_back() -> SentBack {
    SentBack {
        remark: evil(),
        head: evil(),
        text: evil(),
    }
}

pub(super) fn answer() -> AnswerView {
    AnswerView {
        outcome: evil(),
        tone: "good",
        text: evil(),
        author: evil(),
        head: evil(),
        signer: evil(),
        parts: vec![line()],
        delivered_at: Some(NOW),
        paper: evil(),
        by_rule: evil(),
        why: vec![
            WhyLine {
                text: evil(),
                holds: true,
                rule: true,
            },
            WhyLine {
                text: evil(),
                holds: false,
                rule: false,
            },
        ],
    }
}

pub(super) fn case(answered: bool) -> CaseView {
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
        news: evil(),
        reply_by: evil(),
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
        course: course(),
        deeds: vec![Link {
            href: evil(),
            text: evil(),
        }],
        posting: Some(PostingView {
            text: evil(),
            paper: evil(),
            deed: evil(),
        }),
    }
}

/// A course with one of everything.
fn course() -> CourseView {
    CourseView {
        asked: Some(AskedView {
            title: evil(),
            items: vec![evil()],
            instructions: evil(),
            author: evil(),
            term: evil(),
            until: evil(),
            at: NOW,
        }),
        notes: vec![NoteView {
            tone: "warn",
            title: evil(),
            text: evil(),
            reason: evil(),
            at: NOW,
        }],
        interim: vec![answer()],
        earlier: vec![answer()],
        parts: vec![PartView {
            unit: evil(),
            executor: evil(),
            task: evil(),
            state: evil(),
            tone: "good",
            due: evil(),
            result: evil(),
        }],
        parties: vec![PartyView {
            id: uuid::Uuid::nil(),
            role: evil(),
            name: evil(),
            note: evil(),
            agreed: evil(),
            removal: evil(),
        }],
        changes: [evil(), String::new()]
            .map(|before| ChangeView {
                field: evil(),
                before,
                after: evil(),
                author: evil(),
                at: NOW,
            })
            .to_vec(),
        links: vec![Link {
            href: evil(),
            text: evil(),
        }],
        rating: Some(RatingView {
            stars: evil(),
            comment: evil(),
            reply: evil(),
            replied_by: evil(),
        }),
    }
}

pub(super) fn entry() -> EntryView {
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
        begun_on: Some(date(2026, 11, 23)),
        due: evil(),
        carried_over: true,
        outcome: evil(),
    }
}

pub(super) fn wrong(page: Page, field: &str) -> Page {
    page.with_errors(vec![FieldError::new(field, "error-required")])
        .with_label(field, EVIL)
}
