//! How much of a term is left, and which day it is in the agency's zone.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{calendar::Calendar, rule::Rule};

/// What is left of a term on a day. Zero of both is its last day; below zero it is overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaysLeft {
    /// Days after today up to the last day, or, negative, days since it.
    pub calendar_days: i64,
    /// The working ones among them.
    pub working_days: i64,
}

impl DaysLeft {
    /// Whether the last day has passed.
    pub fn is_overdue(self) -> bool {
        self.calendar_days < 0
    }

    /// The message of `locales/`, with the argument `days` ([`DaysLeft::days`]).
    pub fn key(self) -> &'static str {
        if self.is_overdue() {
            "law-days-overdue"
        } else {
            "law-days-left"
        }
    }

    /// How many calendar days are left, or have passed since the last day.
    pub fn days(self) -> i64 {
        self.calendar_days.abs()
    }
}

/// The date of a moment in the agency's zone: deadlines are dates there.
pub fn day_in(zone: &TimeZone, moment: Timestamp) -> Date {
    zone.to_datetime(moment).date()
}

/// How many days are left today of a term that ends on `due_on`; decree days count as the rule says.
pub fn days_left(rule: &Rule, calendar: &Calendar, due_on: Date, today: Date) -> DaysLeft {
    let (from, until, sign) = if today <= due_on {
        (today, due_on, 1)
    } else {
        (due_on, today, -1)
    };
    let mut left = DaysLeft {
        calendar_days: 0,
        working_days: 0,
    };
    let mut day = from;
    while day < until {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        left.calendar_days += sign;
        if !calendar.is_day_off(day, rule.limit.decree_days) {
            left.working_days += sign;
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::collection::Law;

    fn left(due_on: Date, today: Date) -> (i64, i64) {
        let rule = Law::current().rule("fz59", "answer", today).unwrap();
        let left = days_left(rule, Calendar::russia(), due_on, today);
        (left.calendar_days, left.working_days)
    }

    #[test]
    fn last_day_has_nothing_left_and_is_not_overdue() {
        assert_eq!(left(date(2025, 12, 22), date(2025, 12, 22)), (0, 0));
    }

    #[test]
    fn weekend_is_left_but_not_worked() {
        assert_eq!(left(date(2025, 12, 22), date(2025, 12, 19)), (3, 1));
        assert_eq!(left(date(2025, 12, 19), date(2025, 12, 22)), (-3, -1));
    }

    #[test]
    fn day_is_the_agencys_day() {
        let moment: Timestamp = "2026-01-01T22:30:00Z".parse().unwrap();
        assert_eq!(
            day_in(&TimeZone::get("Europe/Moscow").unwrap(), moment),
            date(2026, 1, 2)
        );
        assert_eq!(day_in(&TimeZone::UTC, moment), date(2026, 1, 1));
    }
}
