//! When something is said of a running term: pure over its first and last day and the calendar.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use law::{Calendar, DecreeDays};

/// Something that the clock says of a case, once for each term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// So many working days are left.
    Reminded(u32),
    /// So many percent of the term are gone, and a head is told.
    Escalated(u32),
    /// The last day has passed without an answer.
    Overdue,
}

impl Mark {
    /// The kind in tables.
    pub const fn kind(self) -> &'static str {
        match self {
            Mark::Reminded(_) => "reminded",
            Mark::Escalated(_) => "escalated",
            Mark::Overdue => "overdue",
        }
    }

    /// The number in tables.
    pub const fn number(self) -> i64 {
        match self {
            Mark::Reminded(number) | Mark::Escalated(number) => number as i64,
            Mark::Overdue => 0,
        }
    }

    /// The action of its entry.
    pub const fn action(self) -> &'static str {
        match self {
            Mark::Reminded(_) => "case.reminded",
            Mark::Escalated(_) => "case.escalated",
            Mark::Overdue => "case.overdue",
        }
    }
}

/// What an installation has said, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Working days before the last one at which the specialist is reminded.
    pub reminders: Vec<u32>,
    /// Percent of the term at which heads are told: the first at the unit's own, each further one
    /// step higher.
    pub shares: Vec<u32>,
}

impl Default for Marks {
    fn default() -> Self {
        Self {
            reminders: vec![7, 3, 1],
            shares: vec![80, 100, 120],
        }
    }
}

impl Marks {
    /// These marks in their order, or what is wrong with them.
    pub fn new(mut reminders: Vec<u32>, mut shares: Vec<u32>) -> Result<Self, &'static str> {
        reminders.sort_unstable_by(|a, b| b.cmp(a));
        reminders.dedup();
        shares.sort_unstable();
        shares.dedup();
        let sound = reminders.len() <= 10
            && shares.len() <= 10
            && reminders.iter().all(|days| (1..=60).contains(days))
            && shares.iter().all(|share| (1..=1000).contains(share));
        if sound {
            Ok(Self { reminders, shares })
        } else {
            Err(
                "`reminders` are 1 to 60 working days, `escalation` 1 to 1000 percent, ten of each at most",
            )
        }
    }

    /// How many steps up the tree the heads of a share stand.
    pub fn level(&self, share: u32) -> usize {
        self.shares
            .iter()
            .position(|known| *known == share)
            .unwrap_or(0)
    }

    /// Every mark of a term with its day, in the order of days.
    fn days(&self, starts_on: Date, due_on: Date) -> Vec<(Date, Mark)> {
        let mut days: Vec<(Date, Mark)> = Vec::new();
        for before in &self.reminders {
            // A term shorter than the reminder has none of it.
            if let Some(day) = working_days_before(due_on, *before).filter(|day| *day > starts_on) {
                days.push((day, Mark::Reminded(*before)));
            }
        }
        let length = i64::from((due_on - starts_on).get_days()).max(0);
        for share in &self.shares {
            let gone = length * i64::from(*share) / 100;
            if let Some(day) = plus(starts_on, gone) {
                days.push((day, Mark::Escalated(*share)));
            }
        }
        days.extend(plus(due_on, 1).map(|day| (day, Mark::Overdue)));
        days.sort_by_key(|(day, mark)| (*day, mark.kind(), mark.number()));
        days
    }

    /// What stands on `today`: of each kind the last whose day has come. A reminder is no use once
    /// the term is over.
    pub fn on(&self, starts_on: Date, due_on: Date, today: Date) -> Vec<Mark> {
        let mut found: Vec<Mark> = Vec::new();
        let come = self.days(starts_on, due_on).into_iter();
        for (_, mark) in come.filter(|(day, _)| *day <= today) {
            if matches!(mark, Mark::Reminded(_)) && today > due_on {
                continue;
            }
            // Reminders count down and shares up; the later day is the later mark of both.
            found.retain(|known| known.kind() != mark.kind());
            found.push(mark);
        }
        found
    }

    /// The first day after `today` on which something new is to be said.
    pub fn next_after(&self, starts_on: Date, due_on: Date, today: Date) -> Option<Date> {
        self.days(starts_on, due_on)
            .into_iter()
            .map(|(day, _)| day)
            .find(|day| *day > today)
    }
}

pub(super) fn plus(day: Date, days: i64) -> Option<Date> {
    let span: Span = Span::new().try_days(days).ok()?;
    day.checked_add(span).ok()
}

/// The last working day that has so many working days after it up to `due_on`: what is said on a
/// Sunday of a term that ends on Monday is read on Monday.
pub(super) fn working_days_before(due_on: Date, days: u32) -> Option<Date> {
    let calendar = Calendar::russia();
    let mut day = due_on;
    let mut counted = 0;
    loop {
        if !calendar.is_day_off(day, DecreeDays::Working) {
            if counted == days {
                return Some(day);
            }
            counted += 1;
        }
        day = day.checked_sub(1.day()).ok()?;
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Registered on Friday, 20 November 2026, due on Monday, 21 December.
    fn on(today: Date) -> Vec<Mark> {
        Marks::default().on(date(2026, 11, 20), date(2026, 12, 21), today)
    }

    #[test]
    fn a_term_of_thirty_days_is_told_of_in_order() {
        for (today, expected) in [
            (date(2026, 12, 9), vec![]),
            // Seven working days before Monday 21: 21, 18, 17, 16, 15, 14, 11.
            (date(2026, 12, 10), vec![Mark::Reminded(7)]),
            (
                date(2026, 12, 14),
                vec![Mark::Reminded(7), Mark::Escalated(80)],
            ),
            (
                date(2026, 12, 16),
                vec![Mark::Escalated(80), Mark::Reminded(3)],
            ),
            (
                date(2026, 12, 17),
                vec![Mark::Escalated(80), Mark::Reminded(3)],
            ),
            (
                // A Friday: the term ends on Monday.
                date(2026, 12, 18),
                vec![Mark::Escalated(80), Mark::Reminded(1)],
            ),
            (
                date(2026, 12, 21),
                vec![Mark::Reminded(1), Mark::Escalated(100)],
            ),
            (
                date(2026, 12, 22),
                vec![Mark::Escalated(100), Mark::Overdue],
            ),
            (
                date(2026, 12, 27),
                vec![Mark::Overdue, Mark::Escalated(120)],
            ),
        ] {
            assert_eq!(on(today), expected, "{today}");
        }
    }

    #[test]
    fn the_next_day_is_always_later_and_ends() {
        let marks = Marks::default();
        let (starts, due) = (date(2026, 11, 20), date(2026, 12, 21));
        let mut today = starts;
        let mut days = 0;
        while let Some(next) = marks.next_after(starts, due, today) {
            assert!(next > today);
            today = next;
            days += 1;
        }
        assert!((5..=8).contains(&days), "{days}");
    }

    #[test]
    fn a_short_term_has_no_reminder_from_before_it_began() {
        let marks = Marks::default();
        let found = marks.on(date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 20));
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn settings_are_put_in_order_or_refused() {
        let marks = Marks::new(vec![1, 5, 5], vec![100, 50]).unwrap();
        assert_eq!((marks.reminders, marks.shares), (vec![5, 1], vec![50, 100]));
        assert!(Marks::new(vec![0], vec![]).is_err());
        assert!(Marks::new(vec![], vec![5000]).is_err());
    }
}
