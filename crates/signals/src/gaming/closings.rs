//! Mass closings: many cases ended by one person within minutes, against their own usual rate.

use std::collections::BTreeMap;
use std::hash::Hash;

use jiff::Timestamp;

use super::{Course, Evidence, Kind, Settings, Signal, What};

/// A closing: when, of which case, of which unit.
type Closing<Id> = (Timestamp, Id, Option<Id>);

/// Rows of closings by one person, each longest row once.
pub(super) fn mass<Id: Copy + Eq + Hash + Ord>(
    courses: &[Course<'_, Id>],
    settings: &Settings,
) -> Vec<Signal<Id>> {
    let mut by_person: BTreeMap<Id, Vec<Closing<Id>>> = BTreeMap::new();
    for course in courses {
        for event in &course.events {
            if let (What::Closed, Some(person)) = (event.what, event.by) {
                let closing = (event.at, course.case, course.unit);
                by_person.entry(person).or_default().push(closing);
            }
        }
    }
    let mut found = Vec::new();
    for (person, mut closings) in by_person {
        closings.sort_unstable();
        let rows = rows(&closings, settings);
        for (at, row) in rows.iter().enumerate() {
            let usual = usual(&rows, at);
            let most = settings.least_closings.max(usual * settings.times_usual);
            let (Some(first), Some(last)) = (row.first(), row.last()) else {
                continue;
            };
            if row.len() < most {
                continue;
            }
            found.push(Signal {
                kind: Kind::MassClosing,
                cases: row.iter().map(|(_, case, _)| *case).collect(),
                person: Some(person),
                unit: first.2,
                evidence: Evidence::Closings {
                    closed: row.len(),
                    from: first.0,
                    to: last.0,
                    usual,
                },
            });
        }
    }
    found
}

/// Closings cut into rows, each no longer than the window. A row begins where it holds the most.
fn rows<'of, Id>(closings: &'of [Closing<Id>], settings: &Settings) -> Vec<&'of [Closing<Id>]> {
    let reach = |from: usize| {
        let begun = closings[from].0;
        closings[from..]
            .partition_point(|(at, ..)| at.duration_since(begun) <= settings.closing_window)
    };
    let mut rows = Vec::new();
    let mut from = 0;
    while from < closings.len() {
        // A lone closing just before a row must not cut the row in two.
        let best = (from..from + reach(from))
            .max_by_key(|at| (reach(*at), std::cmp::Reverse(*at)))
            .unwrap_or(from);
        if best > from {
            rows.push(&closings[from..best]);
        }
        let behind = best + reach(best).max(1);
        rows.push(&closings[best..behind]);
        from = behind;
    }
    rows
}

/// The middle count of the person's other rows; one where there is no other.
fn usual<Id>(rows: &[&[Closing<Id>]], but: usize) -> usize {
    let others = rows.iter().enumerate().filter(|(at, _)| *at != but);
    let mut counts: Vec<usize> = others.map(|(_, row)| row.len()).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::super::Event;
    use super::*;
    use jiff::SignedDuration;

    fn closed(at_minutes: &[i64]) -> Vec<Course<'static, u32>> {
        let course = |(case, minutes): (u32, &i64)| {
            let at = Timestamp::UNIX_EPOCH + SignedDuration::from_mins(*minutes);
            Course {
                case,
                unit: Some(1),
                begun: Timestamp::UNIX_EPOCH,
                events: vec![Event {
                    at,
                    by: Some(7),
                    what: What::Closed,
                }],
            }
        };
        (0..).zip(at_minutes).map(course).collect()
    }

    #[test]
    fn a_row_far_above_the_usual_is_a_signal_and_a_usual_one_is_not() {
        let mut minutes: Vec<i64> = (0..20).map(|day| day * 500).collect();
        minutes.extend((0..9).map(|one| 20_000 + one));
        let found = mass(&closed(&minutes), &Settings::default());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].cases.len(), 9);
        assert!(matches!(
            found[0].evidence,
            Evidence::Closings {
                closed: 9,
                usual: 1,
                ..
            }
        ));

        let in_rows: Vec<i64> = (0..60).map(|one| (one / 10) * 1000 + one % 10).collect();
        assert_eq!(mass(&closed(&in_rows), &Settings::default()), []);
    }

    #[test]
    fn a_lone_closing_before_a_row_does_not_cut_it() {
        let minutes = [0, 9, 10, 11, 12, 13, 14, 15, 16, 17];
        let found = mass(&closed(&minutes), &Settings::default());
        assert_eq!(found[0].cases.len(), 9);
    }
}
