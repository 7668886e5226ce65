//! When something is said of the terms beside the answer's: by when the work begins, until when the
//! applicant sends what is asked for, when a part of the work is due, when the specialist plans to
//! answer. Pure over the days and the calendar.

use jiff::civil::Date;
use uuid::Uuid;

use super::marks::{plus, working_days_before};

/// A term beside the answer's that the clock speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The work begins: somebody of the unit is told, and a step higher when the day has passed.
    WorkStart,
    /// The applicant sends what is asked for, and is reminded of it.
    Documents,
    /// Another unit does a part of the work.
    Part(Uuid),
    /// The specialist answers, as they have planned.
    Plan,
}

/// What is said when a day has passed.
const PASSED: i64 = -1;

/// Something that is said of a clock, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) clock: Clock,
    /// Days that are left, or [`PASSED`].
    pub(crate) left: i64,
    pub(crate) due_on: Date,
}

impl Said {
    /// Whether the day has passed.
    pub(crate) const fn is_passed(self) -> bool {
        self.left == PASSED
    }

    /// The action of its entry.
    pub(crate) const fn action(self) -> &'static str {
        match (self.clock, self.left) {
            (Clock::WorkStart, PASSED) => "case.start_overdue",
            (Clock::WorkStart, _) => "case.start_reminded",
            (Clock::Documents, _) => "case.documents_reminded",
            (Clock::Part(_), PASSED) => "case.part_overdue",
            (Clock::Part(_), _) => "case.part_reminded",
            (Clock::Plan, PASSED) => "case.plan_overdue",
            (Clock::Plan, _) => "case.plan_reminded",
        }
    }
}

/// A clock that runs in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Running {
    pub(crate) clock: Clock,
    /// The day on which it began; nothing is said on it.
    pub(crate) since: Date,
    pub(crate) due_on: Date,
}

impl Clock {
    /// The code in tables.
    pub(crate) fn code(self) -> String {
        match self {
            Clock::WorkStart => "work_start".to_owned(),
            Clock::Documents => "documents".to_owned(),
            // A case has several parts, and two of them may be due on one day.
            Clock::Part(id) => format!("part:{id}"),
            Clock::Plan => "plan".to_owned(),
        }
    }

    /// The field of its entries that names the day.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Clock::WorkStart => "begin_by",
            Clock::Documents => "send_by",
            Clock::Part(_) => "part_due_on",
            Clock::Plan => "planned_on",
        }
    }
}

impl Running {
    /// Each day on which something is said, with what.
    fn days(self) -> Vec<(Date, i64)> {
        let days = match self.clock {
            Clock::WorkStart | Clock::Part(_) | Clock::Plan => [
                (working_days_before(self.due_on, 1), 1),
                (plus(self.due_on, 1), PASSED),
            ],
            Clock::Documents => [(plus(self.due_on, -3), 3), (plus(self.due_on, 0), 0)],
        };
        days.into_iter()
            .filter_map(|(day, left)| Some((day.filter(|day| *day > self.since)?, left)))
            .collect()
    }

    /// What stands on `today`: the last whose day has come. The applicant is reminded of no day that
    /// has passed.
    pub(crate) fn on(self, today: Date) -> Option<Said> {
        if self.clock == Clock::Documents && today > self.due_on {
            return None;
        }
        let come = self.days().into_iter().rev();
        let (_, left) = come.into_iter().find(|(day, _)| *day <= today)?;
        Some(Said {
            clock: self.clock,
            left,
            due_on: self.due_on,
        })
    }

    /// The first day after `today` on which something new is to be said.
    pub(crate) fn next_after(self, today: Date) -> Option<Date> {
        let mut days = self.days().into_iter().map(|(day, _)| day);
        days.find(|day| *day > today)
    }
}

/// The first day after `today` on which something is to be said of a task that is due on a day: a
/// working day before it, and when it has passed.
pub(crate) fn next_for_task(due_on: Date, today: Date) -> Option<Date> {
    let days = [working_days_before(due_on, 1), plus(due_on, 1)];
    days.into_iter().flatten().find(|day| *day > today)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn left(clock: Clock, today: Date) -> Option<i64> {
        let running = Running {
            clock,
            since: date(2026, 11, 20),
            due_on: date(2026, 11, 27),
        };
        running.on(today).map(|said| said.left)
    }

    #[test]
    fn the_start_of_work_is_reminded_of_a_working_day_before_and_then_missed() {
        for (today, expected) in [
            (date(2026, 11, 25), None),
            (date(2026, 11, 26), Some(1)),
            (date(2026, 11, 27), Some(1)),
            (date(2026, 11, 28), Some(PASSED)),
        ] {
            assert_eq!(left(Clock::WorkStart, today), expected, "{today}");
        }
    }

    #[test]
    fn a_part_and_a_plan_are_reminded_of_a_working_day_before_and_the_day_after() {
        for clock in [Clock::Part(Uuid::nil()), Clock::Plan] {
            assert_eq!(left(clock, date(2026, 11, 25)), None);
            assert_eq!(left(clock, date(2026, 11, 26)), Some(1));
            assert_eq!(left(clock, date(2026, 11, 28)), Some(PASSED));
        }
        let said = |left| Said {
            clock: Clock::Plan,
            left,
            due_on: date(2026, 11, 27),
        };
        assert_eq!(said(1).action(), "case.plan_reminded");
        assert_eq!(said(PASSED).action(), "case.plan_overdue");
    }

    #[test]
    fn documents_are_reminded_of_three_days_before_and_on_the_day_and_never_after() {
        for (today, expected) in [
            (date(2026, 11, 23), None),
            (date(2026, 11, 24), Some(3)),
            (date(2026, 11, 27), Some(0)),
            (date(2026, 11, 28), None),
        ] {
            assert_eq!(left(Clock::Documents, today), expected, "{today}");
        }
    }

    #[test]
    fn a_task_is_spoken_of_before_its_day_and_after_it_and_no_more() {
        let due = date(2026, 11, 27);
        for (today, next) in [
            (date(2026, 11, 20), Some(date(2026, 11, 26))),
            (date(2026, 11, 26), Some(date(2026, 11, 28))),
            (date(2026, 11, 27), Some(date(2026, 11, 28))),
            (date(2026, 11, 28), None),
        ] {
            assert_eq!(next_for_task(due, today), next, "{today}");
        }
    }

    #[test]
    fn nothing_is_said_on_the_day_of_the_request_itself() {
        let running = Running {
            clock: Clock::Documents,
            since: date(2026, 11, 25),
            due_on: date(2026, 11, 27),
        };
        assert_eq!(running.on(date(2026, 11, 25)), None);
        assert_eq!(
            running.next_after(date(2026, 11, 25)),
            Some(date(2026, 11, 27))
        );
    }
}
