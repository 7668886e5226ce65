//! The term of a case in words: how much of it is left, how much has passed, and each step of the
//! explanation with its article.

use base::Moment;
use jiff::civil::Date;
use law::{Calendar, Law};
use web::Request;

use crate::explanation::steps_in_words;
use crate::model::{CaseRow, Term};

/// Days left from which on a term is shown as running out.
const SOON: i64 = 5;

/// The term of a case as pages show it.
#[derive(Clone, Debug)]
pub(super) struct DueView {
    pub(super) on: Date,
    pub(super) left: String,
    pub(super) tone: &'static str,
    pub(super) done: bool,
    pub(super) explained: bool,
    /// When the specialist plans to answer.
    pub(super) planned: Option<Date>,
}

/// Days from `today` to `due`; negative when it has passed.
pub(super) fn days_until(today: Date, due: Date) -> i64 {
    let days = today
        .until(due)
        .map(|span| span.get_days())
        .unwrap_or_default();
    i64::from(days)
}

/// «Остался 1 день», «Сегодня последний день», «Просрочено на 3 дня».
pub(super) fn left(request: &Request, days: i64) -> String {
    let key = if days < 0 {
        "law-days-overdue"
    } else {
        "law-days-left"
    };
    request.ta(key, &[("days", days.abs().into())])
}

/// The same for a narrow column: «2 дня», «сегодня», «−3 дня».
pub(super) fn short(request: &Request, days: i64) -> String {
    let key = if days < 0 {
        "desk-days-over"
    } else {
        "desk-days"
    };
    request.ta(key, &[("days", days.abs().into())])
}

/// So much time in words: «меньше часа», «5 ч», «3 дня».
pub(super) fn duration(request: &Request, seconds: i64) -> String {
    const HOUR: i64 = 3_600;
    const DAY: i64 = 24 * HOUR;
    match seconds {
        ..HOUR => request.t("desk-time-short").into_owned(),
        HOUR..DAY => request.ta("desk-time-hours", &[("hours", (seconds / HOUR).into())]),
        _ => request.ta("desk-time-days", &[("days", (seconds / DAY).into())]),
    }
}

/// The day to count what is left of a term from: today, or the day on which it came to stand still.
pub(super) fn counted_from(request: &Request, stands_since: Option<Moment>, today: Date) -> Date {
    let zone = &request.shell().settings().zone;
    stands_since.map_or(today, |since| since.date(zone))
}

/// «Срок стоит», of a term that does.
pub(super) fn stands(request: &Request) -> String {
    request.t("case-term-stands").into_owned()
}

/// The same with the day since when: «Срок стоит с 3 декабря 2026 года…».
fn stands_since(request: &Request, since: Moment) -> String {
    let zone = &request.shell().settings().zone;
    let words = request.shell().words();
    let date = words.date_long(request.language, since.date(zone));
    request.ta("case-term-stands-since", &[("date", date.into())])
}

/// How a term with so many days left is coloured.
pub(super) const fn tone(days: i64) -> &'static str {
    match days {
        ..=0 => "bad",
        1..=SOON => "warn",
        _ => "good",
    }
}

/// How much of the term has passed, of a hundred.
pub(super) fn share(case: &CaseRow, due: Date, today: Date) -> i64 {
    let whole = days_until(case.registered_on, due).max(1);
    let passed = days_until(case.registered_on, today);
    (passed * 100 / whole).clamp(0, 100)
}

/// The term of `case`; none when no term runs.
pub(super) fn view(
    request: &Request,
    case: &CaseRow,
    term: Option<&Term>,
    today: Date,
) -> Option<DueView> {
    let on = case.due_on?;
    let zone = &request.shell().settings().zone;
    let days = days_until(today, on);
    let (left, tone, done) = match case.answered_at.map(|moment| moment.date(zone)) {
        Some(day) => {
            let key = if day <= on {
                "case-answered-in-term"
            } else {
                "case-answered-late"
            };
            let date = request.shell().words().date_long(request.language, day);
            let tone = if day <= on { "good" } else { "bad" };
            (request.ta(key, &[("date", date.into())]), tone, true)
        }
        None if case.state.is_open() => match case.stands_since {
            Some(since) => (stands_since(request, since), "calm", false),
            None => (
                left_with_working(request, term, on, days, today),
                tone(days),
                false,
            ),
        },
        None => (String::new(), "calm", true),
    };
    Some(DueView {
        on,
        left,
        tone,
        done,
        explained: term.is_some(),
        planned: case.clocks.planned_on.filter(|_| !done),
    })
}

/// What is left in calendar days and, where the rule is known, in working days.
fn left_with_working(
    request: &Request,
    term: Option<&Term>,
    on: Date,
    days: i64,
    today: Date,
) -> String {
    let plain = left(request, days);
    let rule = term.and_then(|term| {
        let rule = &term.due.rule;
        Law::current().version(&rule.regime, &rule.term, rule.version)
    });
    match rule.map(|rule| law::days_left(rule, Calendar::russia(), on, today)) {
        Some(left) if left.working_days > 0 => {
            let working = request.ta("case-left-working", &[("days", left.working_days.into())]);
            format!("{plain}, {working}")
        }
        _ => plain,
    }
}

/// Every step of the explanation, in words.
pub(super) fn steps(request: &Request, term: &Term) -> Vec<String> {
    let steps = steps_in_words(request.shell().words(), request.language, term);
    steps.into_iter().map(|(_, text)| text).collect()
}

/// The term in one line: until when while an answer is owed, when it was given afterwards.
pub(super) fn line(request: &Request, case: &CaseRow, today: Date) -> String {
    let words = request.shell().words();
    let zone = &request.shell().settings().zone;
    match (case.answered_at, case.due_on) {
        (Some(moment), _) => {
            let date = words.date_long(request.language, moment.date(zone));
            request.ta("register-answered-on", &[("date", date.into())])
        }
        (None, Some(due)) if case.state.is_open() => {
            let until = words.until(request.language, due);
            let left = match case.stands_since {
                Some(_) => stands(request),
                None => left(request, days_until(today, due)),
            };
            format!("{until} ({})", left.to_lowercase())
        }
        _ => String::new(),
    }
}
