//! How long cases stay in each stage: by unit, and case by case. For those who answer for the work.

use std::collections::HashMap;

use base::id::{CaseId, UnitId};
use base::{Actor, Moment, Page, Result};
use jiff::Span;
use people::Permission;

use crate::Cases;
use crate::control::middle;
use crate::model::{CaseRow, State};
use crate::reading::{limit_of, moment_cursor, read_moment_cursor};
use crate::sql;

/// Days back that middle values are made of.
pub const LOOKED_BACK: i64 = 90;
/// The most stages that they are made of.
const MOST_COUNTED: i64 = 50_000;

/// A unit with the middle time that its cases spend in each state, in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitStages {
    /// The unit.
    pub unit: UnitId,
    /// State, middle time, how many cases left it.
    pub stages: Vec<(State, i64, usize)>,
}

/// A case with the time that it has spent in each state so far, in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseStages {
    /// The case.
    pub case: CaseRow,
    /// State and time, in the order of a case's life.
    pub stages: Vec<(State, i64)>,
}

impl Cases {
    /// The middle time in each state by unit, over the stages left within ninety days.
    pub async fn stages_by_unit(&self, actor: &Actor) -> Result<Vec<UnitStages>> {
        people::require_somewhere(actor, Permission::AssignCase)?;
        let units = self.units_of(actor, None).await?;
        let since = self.begins(self.today().saturating_sub(Span::new().days(LOOKED_BACK)));
        let store = self.journal().store();
        let rows = store
            .read(move |db| sql::stages_since(db, &units, since, MOST_COUNTED))
            .await?;
        let mut times: HashMap<UnitId, HashMap<State, Vec<i64>>> = HashMap::new();
        for row in rows {
            let time = row.left_at.seconds_since(row.entered_at).max(0);
            let of_unit = times.entry(row.unit).or_default();
            of_unit.entry(row.state).or_default().push(time);
        }
        Ok(times
            .into_iter()
            .map(|(unit, states)| {
                let mut stages: Vec<_> = states
                    .into_iter()
                    .filter_map(|(state, mut times)| {
                        times.sort_unstable();
                        Some((state, middle(&times)?, times.len()))
                    })
                    .collect();
                stages.sort_unstable_by_key(|(state, ..)| *state);
                UnitStages { unit, stages }
            })
            .collect())
    }

    /// The cases of a unit and those below it, as they came in, each with the time in each state.
    pub async fn stages_by_case(
        &self,
        actor: &Actor,
        unit: Option<UnitId>,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<CaseStages>> {
        let limit = limit_of(limit);
        people::require_somewhere(actor, Permission::AssignCase)?;
        let units = self.units_of(actor, unit).await?;
        let after = after.map(read_moment_cursor).transpose()?;
        let now = self.journal().store().now();
        let store = self.journal().store();
        let (rows, left) = store
            .read(move |db| {
                let rows = sql::received(db, &units, after, limit + 1)?;
                let ids: Vec<CaseId> = rows.iter().map(|row| row.id).collect();
                let left = sql::stages_of(db, &ids)?;
                Ok((rows, left))
            })
            .await?;
        let mut of_cases: HashMap<CaseId, Vec<(State, Moment, Moment)>> = HashMap::new();
        for row in left {
            let stage = (row.state, row.entered_at, row.left_at);
            of_cases.entry(row.case).or_default().push(stage);
        }
        let rows = rows
            .into_iter()
            .map(|case| {
                let left = of_cases.remove(&case.id).unwrap_or_default();
                CaseStages {
                    stages: times(&case, &left, now),
                    case,
                }
            })
            .collect();
        Ok(Page::of(rows, limit, |row: &CaseStages| {
            moment_cursor(row.case.received_at, row.case.id)
        }))
    }
}

/// The time in each state: what was left, and for an open case the state that it is in now.
fn times(case: &CaseRow, left: &[(State, Moment, Moment)], now: Moment) -> Vec<(State, i64)> {
    let mut times: Vec<(State, i64)> = Vec::new();
    let mut add = |state, time: i64| match times.iter_mut().find(|(known, _)| *known == state) {
        Some((_, sum)) => *sum += time.max(0),
        None => times.push((state, time.max(0))),
    };
    for (state, entered_at, left_at) in left {
        add(*state, left_at.seconds_since(*entered_at));
    }
    if case.state.is_open() {
        let since = left
            .last()
            .map_or(case.received_at, |(_, _, left_at)| *left_at);
        add(case.state, now.seconds_since(since));
    }
    times.sort_unstable_by_key(|(state, _)| *state);
    times
}
