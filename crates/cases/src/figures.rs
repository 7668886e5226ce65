//! Kept counts for the home page: a follower of the log adds each filing and each answer to its
//! day, so that nothing is counted when somebody looks.

use base::Result;
use base::id::CaseId;
use jiff::tz::TimeZone;
use journal::{Follower, Placed};
use store::Tx;

use crate::model::Figures;
use crate::{KIND, sql};

const FILED: &str = "filed";
const IN_TERM: &str = "in_term";
const LATE: &str = "late";

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
                }
                _ => {}
            }
        }
        Ok(())
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
        .filter(|row| row.0 != FILED)
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
    }
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
                median_days: Some(5)
            }
        );
        assert_eq!(of(&[]), Figures::default());
    }
}
