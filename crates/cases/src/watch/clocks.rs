//! When something is said of the terms beside the answer's: by when the work begins, until when the
//! applicant sends what is asked for. Pure over the days and the calendar.

use jiff::civil::Date;

use super::marks::{plus, working_days_before};

/// A term beside the answer's that the clock speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The work begins: somebody of the unit is told, and a step higher when the day has passed.
    WorkStart,
    /// The applicant sends what is asked for, and is reminded of it.
    Documents,
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
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Clock::WorkStart => "work_start",
            Clock::Documents => "documents",
        }
    }

    /// The field of its entries that names the day.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Clock::WorkStart => "begin_by",
            Clock::Documents => "send_by",
        }
    }
}

impl Running {
    /// Each day on which something is said, with what.
    fn days(self) -> Vec<(Date, i64)> {
        let days = match self.clock {
            Clock::WorkStart => [
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
