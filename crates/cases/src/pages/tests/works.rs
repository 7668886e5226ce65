//! The pages of works on the ground, for everybody and at the desk.

use base::Language;
use jiff::civil::date;
use web::{Choice, Request};

use super::super::case_view::Link;
use super::super::deed_forms::DeedField;
use super::super::works::samples::{
    CaseWorks, DisputeView, FileField, PhotoView, ProblemDesk, ProblemShow, ProblemView, Problems,
    StageView, TaskLine, TaskShow, Tasks, ViewLink, WorksForm, WorksShow, WorksView,
};
use super::samples::wrong;
use super::{EVIL, NOW, evil, in_request, looked_at};

fn photos() -> Vec<PhotoView> {
    [evil(), String::new()]
        .map(|small| PhotoView {
            href: evil(),
            small,
            label: evil(),
        })
        .to_vec()
}

pub(super) fn task_lines(lines: usize) -> Vec<TaskLine> {
    let line = || TaskLine {
        href: evil(),
        number: 7,
        title: evil(),
        unit: evil(),
        owner: evil(),
        state: evil(),
        due_on: date(2026, 12, 4),
        left: evil(),
        tone: "bad",
    };
    std::iter::repeat_with(line).take(lines).collect()
}

fn works(full: bool) -> WorksView {
    let stage = |state, from_on, done_on| StageView {
        id: evil(),
        title: evil(),
        state,
        from_on,
        until_on: date(2026, 12, 1),
        done_on,
        late: full,
        note: evil(),
        photos: photos(),
    };
    WorksView {
        number: 7,
        href: evil(),
        title: evil(),
        todo: evil(),
        unit: evil(),
        state: evil(),
        tone: if full { "good" } else { "" },
        due_on: full.then(|| date(2026, 12, 4)),
        begun_on: full.then(|| date(2026, 11, 20)),
        done_on: full.then(|| date(2026, 12, 3)),
        said: if full { evil() } else { String::new() },
        said_about: evil(),
        percent: full.then_some(33),
        stages: if full {
            vec![
                stage("done", None, Some(date(2026, 11, 21))),
                stage("now", Some(date(2026, 11, 22)), None),
                stage("ahead", None, None),
            ]
        } else {
            Vec::new()
        },
        before: photos(),
        during: photos(),
        proof: photos(),
        dispute: if full { evil() } else { String::new() },
        disputed: !full,
    }
}

fn problem(full: bool) -> ProblemView {
    let some = || if full { evil() } else { String::new() };
    ProblemView {
        number: 3,
        href: evil(),
        title: evil(),
        about: evil(),
        place: some(),
        category: some(),
        unit: evil(),
        state: evil(),
        tone: "good",
        cases: 12,
        opened_on: date(2026, 11, 1),
        closed_on: full.then(|| date(2026, 12, 1)),
        closing: some(),
        same: evil(),
    }
}

/// What stands beside a case.
pub(super) fn case_works() -> CaseWorks {
    CaseWorks {
        problem: Some(problem(true)),
        works: vec![works(true), works(false)],
        ways: vec![Link {
            href: evil(),
            text: evil(),
        }],
    }
}

fn form(request: &Request, file: bool) -> WorksForm {
    let field = |kind, name| DeedField {
        kind,
        name,
        label: evil(),
        hint: evil(),
        value: evil(),
        options: vec![Choice::new(EVIL, EVIL)],
        max: 200,
        required: file,
    };
    WorksForm {
        page: wrong(request.page(EVIL), "file"),
        title: evil(),
        leads: vec![evil(), String::new()],
        fields: vec![
            field("area", "said"),
            field("select", "unit"),
            field("date", "due_on"),
            field("text", "title"),
        ],
        action: evil(),
        back: evil(),
        back_text: evil(),
        button: evil(),
        file: file.then(|| FileField {
            label: evil(),
            hint: evil(),
            accept: evil(),
            required: file,
        }),
    }
}

fn desk(request: &Request, full: bool) {
    let name = if full { "full" } else { "empty" };
    let tasks = Tasks {
        page: request.page(EVIL),
        views: vec![ViewLink {
            href: evil(),
            name: evil(),
            here: full,
        }],
        rows: task_lines(if full { 2 } else { 0 }),
        next: evil(),
        first: evil(),
    };
    looked_at(&format!("tasks, {name}"), &tasks);
    let link = || Link {
        href: evil(),
        text: evil(),
    };
    let task = TaskShow {
        page: wrong(request.page(EVIL), "said"),
        works: works(full),
        source: evil(),
        from: if full { evil() } else { String::new() },
        owner: if full { evil() } else { String::new() },
        left: evil(),
        left_tone: "warn",
        disputes: vec![DisputeView {
            text: evil(),
            case: evil(),
            document: if full { evil() } else { String::new() },
            at: NOW,
            looked: full,
        }],
        at_once: vec![link()],
        chief: full.then(link),
        deeds: if full { vec![link()] } else { Vec::new() },
        finishes: full,
        plans: true,
    };
    looked_at(&format!("a task, {name}"), &task);
    looked_at(&format!("a form, {name}"), &form(request, full));
    let joined = ProblemDesk {
        page: request.page(EVIL),
        problem: problem(full),
        works: if full { vec![works(true)] } else { Vec::new() },
        numbers: vec![evil()],
        may: true,
        may_close: full,
    };
    looked_at(&format!("a problem at the desk, {name}"), &joined);
}

#[tokio::test]
async fn works_say_everything_and_let_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            for full in [true, false] {
                desk(request, full);
                let choices = || vec![Choice::new(EVIL, EVIL)];
                let some = || if full { evil() } else { String::new() };
                let list = Problems {
                    page: request.page(EVIL),
                    categories: choices(),
                    units: choices(),
                    states: choices(),
                    category: some(),
                    unit: some(),
                    state: some(),
                    rows: if full {
                        vec![problem(true), problem(false)]
                    } else {
                        Vec::new()
                    },
                    next: evil(),
                    first: evil(),
                };
                looked_at("problems", &list);
                let one = ProblemShow {
                    page: request.page(EVIL),
                    problem: problem(full),
                    works: if full { vec![works(true)] } else { Vec::new() },
                    desk: some(),
                };
                looked_at("a problem", &one);
                let shown = WorksShow {
                    page: request.page(EVIL),
                    works: works(full),
                    problem: some(),
                    desk: some(),
                };
                looked_at("works", &shown);
            }
        })
        .await;
    }
}

#[tokio::test]
async fn every_code_of_works_has_its_words() {
    use crate::model::{ProblemState, Shows, TaskSource, TaskState, TasksView};
    for language in Language::ALL {
        in_request(language, |request| {
            let codes = [
                (
                    "works-state",
                    TaskState::ALL
                        .iter()
                        .map(|one| one.code())
                        .collect::<Vec<_>>(),
                ),
                (
                    "works-source",
                    TaskSource::ALL.iter().map(|one| one.code()).collect(),
                ),
                (
                    "works-shows",
                    Shows::ALL.iter().map(|one| one.code()).collect(),
                ),
                (
                    "works-showing",
                    Shows::ALL.iter().map(|one| one.code()).collect(),
                ),
                (
                    "problem-state",
                    ProblemState::ALL.iter().map(|one| one.code()).collect(),
                ),
                (
                    "desk-tasks",
                    TasksView::ALL.iter().map(|one| one.code()).collect(),
                ),
                (
                    "works-do",
                    crate::works::MOVES
                        .iter()
                        .map(|line| line.action.code())
                        .collect(),
                ),
            ];
            for (key, codes) in codes {
                for code in codes {
                    let key = format!("{key}-{code}");
                    assert!(request.knows(&key), "{key}");
                }
            }
        })
        .await;
    }
}
