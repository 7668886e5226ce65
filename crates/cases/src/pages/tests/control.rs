//! The pages of control: terms, the journal of services, figures, stages.

use base::Language;
use jiff::civil::date;
use web::{Choice, Request};

use super::super::control::{KindLine, TermLine, Terms};
use super::super::finished::{Chosen, FinishedLine, Journal};
use super::super::stages::{CaseLine, Stages, TimeLine, UnitLine};
use super::super::statistics::{Figures, LowLine, PersonLine, StarsLine, StateLine, UnitRow};
use super::desk::queue_line;
use super::samples::line;
use super::{EVIL, NOW, evil, in_request, looked_at};

fn times() -> Vec<TimeLine> {
    vec![TimeLine {
        state: evil(),
        time: evil(),
    }]
}

fn terms(request: &Request, full: bool) -> Terms {
    let some = |lines: usize| if full { lines } else { 0 };
    Terms {
        page: request.page(EVIL),
        days: 30,
        kinds: vec![KindLine {
            href: evil(),
            here: full,
            name: evil(),
            running: evil(),
            soon: evil(),
            overdue: evil(),
            is_overdue: full,
            broken: evil(),
        }],
        registration: evil(),
        chosen: evil(),
        rows: std::iter::repeat_with(|| TermLine {
            case: queue_line(),
            unit: evil(),
            day: date(2026, 12, 1),
            left: evil(),
            tone: "bad",
        })
        .take(some(2))
        .collect(),
        csv: evil(),
        tasks: super::works::task_lines(some(2)),
        to_confirm: if full { evil() } else { String::new() },
        next: evil(),
        first: evil(),
    }
}

fn journal(request: &Request, full: bool) -> Journal {
    let some = |lines: usize| if full { lines } else { 0 };
    Journal {
        page: request.page(EVIL),
        chosen: Chosen::sample(EVIL),
        units: vec![Choice::new(EVIL, EVIL)],
        services: vec![Choice::new(EVIL, EVIL)],
        totals: vec![line()],
        rows: std::iter::repeat_with(|| FinishedLine {
            number: evil(),
            service: evil(),
            category: evil(),
            unit: evil(),
            received_on: date(2026, 11, 1),
            due_on: full.then(|| date(2026, 12, 1)),
            ended_on: date(2026, 11, 20),
            outcome: evil(),
            kept: evil(),
            tone: "good",
            carried_over: full,
        })
        .take(some(2))
        .collect(),
        next: evil(),
        first: evil(),
        csv: evil(),
    }
}

fn figures(request: &Request, full: bool) -> Figures {
    let some = |lines: usize| if full { lines } else { 0 };
    Figures {
        page: request.page(EVIL),
        units: vec![Choice::new(EVIL, EVIL)],
        unit: evil(),
        periods: vec![Choice::new("30", EVIL)],
        days: "30".to_owned(),
        chosen: evil(),
        states: std::iter::repeat_with(|| StateLine {
            name: evil(),
            open: evil(),
            received: evil(),
        })
        .take(some(2))
        .collect(),
        totals: vec![line()],
        persons: std::iter::repeat_with(|| PersonLine {
            name: evil(),
            all: evil(),
            late: evil(),
            median: evil(),
        })
        .take(some(2))
        .collect(),
        head: full,
        rating: evil(),
        stars: std::iter::repeat_with(|| StarsLine {
            name: evil(),
            count: evil(),
            share: 50,
        })
        .take(some(5))
        .collect(),
        low: [true, false]
            .map(|replied| LowLine {
                href: evil(),
                number: evil(),
                topic: evil(),
                unit: evil(),
                stars: evil(),
                comment: evil(),
                at: NOW,
                replied,
            })
            .into_iter()
            .take(some(2))
            .collect(),
        by_unit: [true, false]
            .map(|late| UnitRow {
                href: evil(),
                name: evil(),
                open: evil(),
                overdue: evil(),
                late,
                share: evil(),
                median: evil(),
                rating: if late { evil() } else { String::new() },
            })
            .into_iter()
            .take(some(2))
            .collect(),
    }
}

fn stages(request: &Request, full: bool) -> Stages {
    let some = |lines: usize| if full { lines } else { 0 };
    Stages {
        page: request.page(EVIL),
        days: 90,
        units: std::iter::repeat_with(|| UnitLine {
            href: evil(),
            name: evil(),
            times: times(),
        })
        .take(some(2))
        .collect(),
        chosen: if full { evil() } else { String::new() },
        cases: std::iter::repeat_with(|| CaseLine {
            number: evil(),
            service: evil(),
            state: evil(),
            tone: "calm",
            times: times(),
        })
        .take(some(2))
        .collect(),
        next: evil(),
        first: evil(),
    }
}

#[tokio::test]
async fn the_pages_of_control_say_everything_and_let_no_markup_through() {
    for language in Language::ALL {
        in_request(language, |request| {
            for full in [true, false] {
                looked_at("control of terms", &terms(request, full));
                let mut of_cases = terms(request, full);
                of_cases.tasks.clear();
                looked_at("control of terms of cases", &of_cases);
                looked_at("journal of services", &journal(request, full));
                looked_at("figures", &figures(request, full));
                looked_at("stages", &stages(request, full));
            }
        })
        .await;
    }
}
