//! What finished cases come to, and the figures of units.

use std::collections::HashMap;

use base::id::{AccountId, CaseId, CategoryId, ServiceId, UnitId};
use base::{Moment, Number};
use jiff::civil::Date;

use crate::model::{Outcome, State};

/// A finished case as a line of the journal of services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    pub(super) id: CaseId,
    pub(super) ended_at: Moment,
    /// Number.
    pub number: Number,
    /// Kind of service.
    pub service: ServiceId,
    /// Its subject.
    pub category: Option<CategoryId>,
    /// Who had it.
    pub unit: UnitId,
    /// The day it was received.
    pub received_on: Date,
    /// The day an answer was due.
    pub due_on: Option<Date>,
    /// The day it was answered; none where it ended without an answer.
    pub answered_on: Option<Date>,
    /// The day it ended.
    pub ended_on: Date,
    /// How.
    pub outcome: Option<Outcome>,
    /// Who had it.
    pub assignee: Option<AccountId>,
    /// By when the law let it be forwarded.
    pub forward_by: Option<Date>,
    /// The agency's own aim.
    pub aim_on: Option<Date>,
    /// «Перенесено».
    pub carried_over: bool,
    /// How the applicant rated the work, from 1 to 5.
    pub stars: Option<i64>,
}

impl Finished {
    /// Whether it was answered within its term; none where no term ran or no answer was given.
    pub fn in_term(&self) -> Option<bool> {
        in_term(self.answered_on, self.due_on)
    }

    /// Days from the receipt to the end.
    pub fn days(&self) -> i64 {
        days_between(self.received_on, self.ended_on)
    }

    pub(super) fn forwarded_late(&self) -> bool {
        forwarded_late(self.outcome, self.ended_on, self.forward_by)
    }

    pub(super) fn missed_its_aim(&self) -> bool {
        missed_aim(self.answered_on, self.aim_on)
    }
}

/// Whether an answer was given within its term; none where no term ran or no answer was given.
pub(crate) fn in_term(answered_on: Option<Date>, due_on: Option<Date>) -> Option<bool> {
    let answered = answered_on.zip(due_on);
    answered.map(|(answered, due)| answered <= due)
}

/// Days from the receipt to the end.
pub(crate) fn days_between(received_on: Date, ended_on: Date) -> i64 {
    let span = received_on.until(ended_on).unwrap_or_default();
    i64::from(span.get_days()).max(0)
}

/// Whether a case was forwarded after the day until which the law lets it be.
pub(crate) fn forwarded_late(
    outcome: Option<Outcome>,
    ended_on: Date,
    forward_by: Option<Date>,
) -> bool {
    let by = forward_by.filter(|_| outcome == Some(Outcome::Forwarded));
    by.is_some_and(|by| ended_on > by)
}

/// Whether an answer came after the agency's own aim.
pub(crate) fn missed_aim(answered_on: Option<Date>, aim_on: Option<Date>) -> bool {
    let aim = answered_on.zip(aim_on);
    aim.is_some_and(|(answered, aim)| answered > aim)
}

/// What finished cases come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// All of them.
    pub all: i64,
    /// Answered within the term.
    pub in_term: i64,
    /// Answered after it.
    pub late: i64,
    /// Half of them took at most so many days.
    pub median_days: Option<i64>,
}

impl Totals {
    /// Those of some cases.
    pub fn of<'a>(cases: impl Iterator<Item = &'a Finished>) -> Self {
        let mut totals = Self::default();
        let mut days = Vec::new();
        for case in cases {
            totals.all += 1;
            match case.in_term() {
                Some(true) => totals.in_term += 1,
                Some(false) => totals.late += 1,
                None => {}
            }
            days.push(case.days());
        }
        days.sort_unstable();
        totals.median_days = middle(&days);
        totals
    }

    /// The share of answers within the term, of a hundred.
    pub fn share(&self) -> Option<i64> {
        let answered = self.in_term + self.late;
        (answered > 0).then(|| self.in_term * 100 / answered)
    }
}

/// How long decisions took, by rule and by people apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Speed {
    /// Answers that a rule gave without a person.
    pub by_rule: i64,
    /// Answers that people gave.
    pub by_people: i64,
    /// Half of those by rule took at most so many minutes.
    pub rule_minutes: Option<i64>,
    /// The same of those by people.
    pub people_minutes: Option<i64>,
    /// Of all of them those given within a day of the receipt.
    pub within_day: i64,
}

impl Speed {
    /// Of answers: whether a rule gave it, and seconds from the receipt.
    pub(crate) fn of(answers: impl Iterator<Item = (bool, i64)>) -> Self {
        let (mut rules, mut people, mut within_day) = (Vec::new(), Vec::new(), 0);
        for (by_rule, seconds) in answers {
            within_day += i64::from(seconds < 86_400);
            let minutes = minutes_of(seconds);
            if by_rule {
                rules.push(minutes);
            } else {
                people.push(minutes);
            }
        }
        let count = |all: &[i64]| i64::try_from(all.len()).unwrap_or(i64::MAX);
        rules.sort_unstable();
        people.sort_unstable();
        Self {
            by_rule: count(&rules),
            by_people: count(&people),
            rule_minutes: middle(&rules),
            people_minutes: middle(&people),
            within_day,
        }
    }

    /// The share of answers within a day, of a hundred.
    pub fn share_within_day(&self) -> Option<i64> {
        let all = self.by_rule + self.by_people;
        (all > 0).then(|| self.within_day * 100 / all)
    }
}

/// Minutes that were begun.
pub(crate) fn minutes_of(seconds: i64) -> i64 {
    (seconds.max(0) + 59) / 60
}

/// The value by which half of sorted values is reached.
pub(crate) fn middle(sorted: &[i64]) -> Option<i64> {
    let place = sorted.len().checked_sub(1)? / 2;
    sorted.get(place).copied()
}

/// The figures of units over some days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// What is not finished now, by state.
    pub open: Vec<(State, i64)>,
    /// Of these past the day of the answer.
    pub overdue: i64,
    /// What came in, by the state that it is in now.
    pub received: Vec<(State, i64)>,
    /// What was finished.
    pub finished: Totals,
    /// How long decisions by rule and by people took.
    pub speed: Speed,
    /// What each had finished; under `None` what nobody had.
    pub by_person: Vec<(Option<AccountId>, Totals)>,
    /// How applicants rated what was finished.
    pub ratings: Ratings,
    /// The newest of the low ratings among these.
    pub low: Vec<LowRating>,
    /// Unit by unit, where there are several: most overdue first.
    pub by_unit: Vec<UnitFigures>,
}

/// The most low ratings that are named.
pub(crate) const MOST_LOW: usize = 30;
/// Up to how many stars a rating is low.
pub(crate) const LOW: i64 = 2;

/// How applicants rated the work on some cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    /// How many gave 1, 2, 3, 4 and 5.
    pub by_stars: [i64; 5],
}

impl Ratings {
    /// Those of some cases.
    pub(super) fn of<'a>(cases: impl Iterator<Item = &'a Finished>) -> Self {
        let mut ratings = Self::default();
        for stars in cases.filter_map(|case| case.stars) {
            ratings.add(stars);
        }
        ratings
    }

    /// One more that gave so many stars.
    pub(crate) fn add(&mut self, stars: i64) {
        let place = usize::try_from(stars - 1).ok();
        if let Some(count) = place.and_then(|place| self.by_stars.get_mut(place)) {
            *count += 1;
        }
    }

    /// How many there are.
    pub fn all(&self) -> i64 {
        self.by_stars.iter().sum()
    }

    /// The mean in tenths of a star; none without a rating.
    pub fn mean_in_tenths(&self) -> Option<i64> {
        let all = self.all();
        let stars = self.by_stars.iter().zip(1..);
        let sum: i64 = stars.map(|(count, stars)| count * stars).sum();
        (all > 0).then(|| (sum * 10 + all / 2) / all)
    }
}

/// A rating of one or two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowRating {
    /// The case.
    pub number: Number,
    /// Its subject.
    pub category: Option<CategoryId>,
    /// Kind of service.
    pub service: ServiceId,
    /// Who answered.
    pub unit: UnitId,
    /// How many stars.
    pub stars: i64,
    /// What the applicant said; may be empty.
    pub comment: String,
    /// When.
    pub rated_at: Moment,
    /// Whether staff have replied.
    pub replied: bool,
}

/// The figures of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFigures {
    /// The unit.
    pub unit: UnitId,
    /// Cases that are not finished now.
    pub open: i64,
    /// Of these past the day of the answer.
    pub overdue: i64,
    /// What was finished.
    pub finished: Totals,
    /// How applicants rated it.
    pub ratings: Ratings,
}

impl UnitFigures {
    /// Puts units in the order in which they are shown.
    pub(crate) fn most_overdue_first(units: &mut [Self]) {
        units.sort_unstable_by_key(|of| {
            std::cmp::Reverse((of.overdue, of.open, of.finished.all, of.unit))
        });
    }
}

/// The figures of each unit that has anything, the most overdue first.
pub(super) fn by_unit(rows: &[Finished], open: &[(UnitId, i64, i64)]) -> Vec<UnitFigures> {
    let mut finished: HashMap<UnitId, Vec<&Finished>> = HashMap::new();
    for case in rows {
        finished.entry(case.unit).or_default().push(case);
    }
    let mut open: HashMap<UnitId, (i64, i64)> = open
        .iter()
        .map(|(unit, open, overdue)| (*unit, (*open, *overdue)))
        .collect();
    for unit in finished.keys() {
        open.entry(*unit).or_default();
    }
    let mut units: Vec<UnitFigures> = open
        .into_iter()
        .map(|(unit, (open, overdue))| {
            let cases = finished.get(&unit).map(Vec::as_slice).unwrap_or_default();
            UnitFigures {
                unit,
                open,
                overdue,
                finished: Totals::of(cases.iter().copied()),
                ratings: Ratings::of(cases.iter().copied()),
            }
        })
        .collect();
    UnitFigures::most_overdue_first(&mut units);
    units
}

/// States in the order of a case's life.
pub(crate) fn in_order(mut counts: Vec<(State, i64)>) -> Vec<(State, i64)> {
    counts.sort_unstable_by_key(|(state, _)| *state);
    counts
}
