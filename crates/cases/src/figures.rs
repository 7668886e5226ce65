//! Kept counts for the home page: a follower of the log adds each filing and each answer to its
//! day, so that nothing is counted when somebody looks.

use base::Result;
use base::id::CaseId;
use jiff::tz::TimeZone;
use journal::{Follower, Placed};
use store::Tx;

use crate::control::minutes_of;
use crate::model::Figures;
use crate::{KIND, sql};

const FILED: &str = "filed";
const IN_TERM: &str = "in_term";
const LATE: &str = "late";
/// Answers by rule and by people, with minutes in the place of days.
const BY_RULE: &str = "by_rule";
const BY_PEOPLE: &str = "by_people";

/// Follows the log and keeps the counts.
pub struct FiguresFollower {
    /// The agencies' zone, in which days are counted.
    pub zone: TimeZone,
}

impl Follower for FiguresFollower {
    fn name(&self) -> &'static str {
        "cases.figures"
    }

    fn apply(&self, tx: &mut Tx<'_>, entries: &[Placed]) -> Result<()> {
        // What was carried over happened elsewhere, and is told with a time of then.
        let here = |entry: &&Placed| entry.kind == KIND && entry.occurred_at == entry.recorded_at;
        for entry in entries.iter().filter(here) {
            let day = entry.occurred_at.date(&self.zone);
            match entry.action.as_str() {
                "case.filed" => sql::add_figure(tx, day, FILED, 0, 1)?,
                "case.answered" => {
                    let Some(case) = sql::case_by_id(tx, CaseId(entry.entity))? else {
                        continue;
                    };
                    let days = entry.occurred_at.seconds_since(case.received_at).max(0) / 86_400;
                    let in_term = case.due_on.is_none_or(|due_on| day <= due_on);
                    sql::add_figure(tx, day, if in_term { IN_TERM } else { LATE }, days, 1)?;
                    let ruling = sql::ruling(tx, case.id)?;
                    // Reviewed since or not: this entry is the one by which the rule answered.
                    let by_rule = ruling.is_some_and(|ruling| {
                        ruling.ruled_at == Some(entry.occurred_at)
                            && ruling.state != sql::RulingState::Proposed
                    });
                    let minutes = minutes_of(entry.occurred_at.seconds_since(case.received_at));
                    let what = if by_rule { BY_RULE } else { BY_PEOPLE };
                    sql::add_figure(tx, day, what, rounded(minutes), 1)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// Minutes as they are counted, so that few rows do: hours from an hour on, days from a day on.
const fn rounded(minutes: i64) -> i64 {
    match minutes {
        ..60 => minutes,
        60..1_440 => minutes / 60 * 60,
        _ => minutes / 1_440 * 1_440,
    }
}

/// The figures of rows (what, days, cases).
pub(crate) fn of(rows: &[(String, i64, i64)]) -> Figures {
    let total = |what: &str| {
        rows.iter()
            .filter(|row| row.0 == what)
            .map(|row| row.2)
            .sum::<i64>()
    };
    let answered = total(IN_TERM) + total(LATE);
    let mut by_days: Vec<(i64, i64)> = rows
        .iter()
        .filter(|row| row.0 == IN_TERM || row.0 == LATE)
        .map(|row| (row.1, row.2))
        .collect();
    by_days.sort_unstable();
    let mut counted = 0;
    let median_days = by_days.into_iter().find_map(|(days, cases)| {
        counted += cases;
        (counted * 2 >= answered).then_some(days)
    });
    Figures {
        filed: total(FILED),
        answered,
        in_term: total(IN_TERM),
        median_days,
        rule_minutes: half(rows, BY_RULE),
        people_minutes: half(rows, BY_PEOPLE),
        within_day: {
            let speed = |row: &&(String, i64, i64)| row.0 == BY_RULE || row.0 == BY_PEOPLE;
            let all: i64 = rows.iter().filter(speed).map(|row| row.2).sum();
            let quick = rows.iter().filter(speed).filter(|row| row.1 < 1_440);
            let quick: i64 = quick.map(|row| row.2).sum();
            (all > 0).then(|| quick * 100 / all)
        },
    }
}

/// The value by which half of the cases of a kind of row is reached; rows stand in order.
fn half(rows: &[(String, i64, i64)], what: &str) -> Option<i64> {
    let of = || rows.iter().filter(|row| row.0 == what);
    let all: i64 = of().map(|row| row.2).sum();
    let mut counted = 0;
    of().find_map(|(_, value, cases)| {
        counted += cases;
        (counted * 2 >= all).then_some(*value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_day_by_which_half_was_answered() {
        let row = |what: &str, days, cases| (what.to_owned(), days, cases);
        let figures = of(&[
            row(FILED, 0, 12),
            row(IN_TERM, 1, 2),
            row(IN_TERM, 5, 2),
            row(LATE, 40, 1),
        ]);
        assert_eq!(
            figures,
            Figures {
                filed: 12,
                answered: 5,
                in_term: 4,
                median_days: Some(5),
                ..Figures::default()
            }
        );
        let figures = of(&[
            row(BY_PEOPLE, 1_440, 1),
            row(BY_PEOPLE, 4_320, 2),
            row(BY_RULE, 1, 3),
            row(BY_RULE, 120, 2),
            row(IN_TERM, 0, 5),
        ]);
        assert_eq!(
            (figures.rule_minutes, figures.people_minutes),
            (Some(1), Some(4_320))
        );
        assert_eq!(
            (figures.within_day, figures.median_days),
            (Some(62), Some(0))
        );
        assert_eq!(of(&[]), Figures::default());
    }
}
