//! Control of terms of every kind, the journal of finished cases and the figures of units: for
//! those who work in them and those who answer for the work.

mod figures;

use std::collections::HashMap;

use base::id::{CaseId, ServiceId, UnitId};
use base::{Actor, Cursor, Error, Moment, Page, Result};
use jiff::Span;
use jiff::civil::Date;
use people::{Permission, Subject};
use store::Db;
use uuid::Uuid;

use crate::Cases;
use crate::course::{self, RatingBody};
use crate::model::{QueueRow, Source};
use crate::reading::{limit_of, moment_cursor, read_moment_cursor};
use crate::sql::{self, FinishedRow};
use crate::tally::Asked;

use figures::by_unit;
pub(crate) use figures::minutes_of;
pub use figures::{Finished, LowRating, Ratings, Speed, Statistics, Totals, UnitFigures};
pub(crate) use figures::{
    LOW, MOST_LOW, days_between, forwarded_late, in_order, in_term, middle, missed_aim,
};

/// Days within which a term counts as running out.
const SOON: i64 = 3;
/// Days back that breaches are counted over.
pub const LOOKED_BACK: i64 = 30;
/// The most finished cases that figures are made of.
const MOST_COUNTED: usize = 100_000;

/// A kind of term that a case has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// The answer, by law.
    Answer,
    /// The beginning of the work.
    WorkStart,
    /// Forwarding to another body, while nobody has begun.
    Forward,
    /// A part of the work with another unit.
    Part,
    /// What the applicant is asked to send.
    Documents,
    /// The agency's own aim for the answer.
    Aim,
    /// What the specialist plans.
    Plan,
}

impl TermKind {
    /// Every kind, the law's first.
    pub const ALL: [TermKind; 7] = [
        TermKind::Answer,
        TermKind::WorkStart,
        TermKind::Forward,
        TermKind::Part,
        TermKind::Documents,
        TermKind::Aim,
        TermKind::Plan,
    ];

    /// The code in addresses and word keys.
    pub const fn code(self) -> &'static str {
        match self {
            TermKind::Answer => "answer",
            TermKind::WorkStart => "work_start",
            TermKind::Forward => "forward",
            TermKind::Part => "part",
            TermKind::Documents => "documents",
            TermKind::Aim => "aim",
            TermKind::Plan => "plan",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it stands still with the term of the answer: the days by which that is given do.
    pub const fn may_stand(self) -> bool {
        matches!(self, TermKind::Answer | TermKind::Aim | TermKind::Plan)
    }
}

/// How the terms of a kind stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCount {
    /// The kind.
    pub kind: TermKind,
    /// Terms that run, those that stand still among them.
    pub running: i64,
    /// Of these passed; one that stands still has not.
    pub overdue: i64,
    /// Of these ending within three days, those that stand still left out.
    pub soon: i64,
    /// Terms broken within the last thirty days; none where nothing is counted.
    pub broken: Option<i64>,
}

/// How the tasks of some units stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TasksCount {
    /// Tasks whose works are still to be done.
    pub running: i64,
    /// Of these past their day.
    pub overdue: i64,
    /// Of these due within three days.
    pub soon: i64,
    /// Tasks told as done, which a head has to look at.
    pub to_confirm: i64,
    /// Tasks confirmed within the last thirty days that were done after their day.
    pub broken: i64,
}

/// How the terms of some units stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Control {
    /// Kind by kind.
    pub kinds: Vec<KindCount>,
    /// Works on the ground.
    pub tasks: TasksCount,
    /// Cases received within the last thirty days.
    pub received: i64,
    /// Of these registered later than the law allows.
    pub registered_late: i64,
}

/// A term that runs.
#[derive(Clone, Debug)]
pub struct RunningTerm {
    /// The case.
    pub row: QueueRow,
    /// Its last day.
    pub day: Date,
}

/// Which finished cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FinishedFilter {
    /// A unit with those below it; all of the actor's without one.
    pub unit: Option<UnitId>,
    /// Kind of service.
    pub service: Option<ServiceId>,
    /// Finished on this day or later.
    pub from: Date,
    /// Finished on this day or before.
    pub until: Date,
}

impl Cases {
    /// How the terms of every kind stand in the actor's units.
    pub async fn control(&self, actor: &Actor) -> Result<Control> {
        let units = Self::units_read(actor)?;
        let today = self.today();
        let soon = today.saturating_add(Span::new().days(SOON));
        let first = today.saturating_sub(Span::new().days(LOOKED_BACK));
        let since = self.begins(first);
        let tasks = self.count_tasks(actor).await?;
        let control = self.control_of_cases(units, today, soon, since).await?;
        Ok(Control { tasks, ..control })
    }

    /// How the tasks of the actor's units stand; of ten thousand open ones at the most, those that
    /// press most.
    pub async fn count_tasks(&self, actor: &Actor) -> Result<TasksCount> {
        let units = Self::units_read(actor)?;
        let today = self.today();
        let soon = today.saturating_add(Span::new().days(SOON));
        let since = self.begins(today.saturating_sub(Span::new().days(LOOKED_BACK)));
        let store = self.journal().store();
        store
            .read(move |db| sql::count_tasks(db, &units, today, soon, since))
            .await
    }

    /// How many answers of the actor's units have passed their day, and how many have it today.
    pub async fn count_due(&self, actor: &Actor) -> Result<(i64, i64)> {
        let units = Self::units_read(actor)?;
        let today = self.today();
        let tomorrow = today.saturating_add(Span::new().days(1));
        let asked = Asked {
            units: units.clone(),
            within: (self.begins(today), self.begins(tomorrow)),
        };
        if let Some(control) = self.tallied_control(asked, today, today).await? {
            let mut kinds = control.kinds.iter();
            let answers = kinds.find(|count| count.kind == TermKind::Answer);
            return Ok(answers.map_or((0, 0), |count| (count.overdue, count.soon)));
        }
        let store = self.journal().store();
        let (_, overdue, ending) = store
            .read(move |db| sql::count_terms(db, TermKind::Answer, &units, today, today))
            .await?;
        Ok((overdue, ending))
    }

    /// How the terms of cases stand, without the tasks.
    async fn control_of_cases(
        &self,
        units: Vec<UnitId>,
        today: Date,
        soon: Date,
        since: Moment,
    ) -> Result<Control> {
        let within = (
            since,
            self.begins(today.saturating_add(Span::new().days(1))),
        );
        let asked = Asked {
            units: units.clone(),
            within,
        };
        if let Some(control) = self.tallied_control(asked, today, soon).await? {
            return Ok(control);
        }
        let this = self.clone();
        let store = self.journal().store();
        store
            .read(move |db| {
                let (received, registered_late, _, begun_late) =
                    sql::breaches(db, &units, since, today)?;
                let finished = sql::finished(db, &units, within, None, None, MOST_COUNTED)?;
                let finished: Vec<Finished> =
                    finished.into_iter().map(|row| this.shown(&row)).collect();
                let broken = |is: fn(&Finished) -> bool| {
                    i64::try_from(finished.iter().filter(|case| is(case)).count()).ok()
                };
                let mut kinds = Vec::new();
                for kind in TermKind::ALL {
                    let (running, overdue, soon) = sql::count_terms(db, kind, &units, today, soon)?;
                    kinds.push(KindCount {
                        kind,
                        running,
                        overdue,
                        soon,
                        broken: match kind {
                            TermKind::Answer => broken(|case| case.in_term() == Some(false)),
                            TermKind::WorkStart => Some(begun_late),
                            TermKind::Forward => broken(Finished::forwarded_late),
                            TermKind::Aim => broken(Finished::missed_its_aim),
                            TermKind::Part | TermKind::Documents | TermKind::Plan => None,
                        },
                    });
                }
                Ok(Control {
                    kinds,
                    tasks: TasksCount::default(),
                    received,
                    registered_late,
                })
            })
            .await
    }

    /// The terms of a kind that run in the actor's units, what runs out first comes first.
    pub async fn running_terms(
        &self,
        actor: &Actor,
        kind: TermKind,
        after: Option<&str>,
        limit: Option<usize>,
    ) -> Result<Page<RunningTerm>> {
        let units = Self::units_read(actor)?;
        let limit = limit_of(limit);
        let after = after
            .map(|cursor| {
                let wrong = || Error::Malformed("error-cursor");
                let parts = Cursor::read(cursor, 2).ok_or_else(wrong)?;
                let day: Date = parts[0].parse().map_err(|_| wrong())?;
                let key: Uuid = parts[1].parse().map_err(|_| wrong())?;
                Ok::<_, Error>((day, key))
            })
            .transpose()?;
        let tallied = self.tallied_terms(kind, &units, after, limit + 1);
        let rows = if let Some(rows) = tallied.await? {
            rows
        } else {
            let store = self.journal().store();
            let read = move |db: &mut Db<'_>| {
                sql::running_terms(db, kind, &units, after.as_ref(), limit + 1)
            };
            store.read(read).await?
        };
        let page = Page::of(rows, limit, |row| {
            Cursor::of(&[&row.day.to_string(), &row.key.to_string()])
        });
        let (days, listed): (Vec<_>, Vec<_>) = page
            .items
            .into_iter()
            .map(|row| (row.day, row.listed))
            .unzip();
        let listed = self.listed(Page {
            items: listed,
            next: page.next,
        })?;
        Ok(Page {
            items: listed
                .items
                .into_iter()
                .zip(days)
                .map(|(row, day)| RunningTerm { row, day })
                .collect(),
            next: listed.next,
        })
    }

    /// The journal of services: what was finished in the actor's units, the newest first.
    pub async fn finished(
        &self,
        actor: &Actor,
        filter: FinishedFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Finished>> {
        let units = self.units_of(actor, filter.unit).await?;
        let after = after.map(read_moment_cursor).transpose()?;
        let within = self.within(&filter);
        let limit = limit.clamp(1, base::page::MOST);
        let this = self.clone();
        let store = self.journal().store();
        let rows = store
            .read(move |db| {
                let rows = sql::finished(db, &units, within, filter.service, after, limit + 1)?;
                Ok(rows.into_iter().map(|row| this.shown(&row)).collect())
            })
            .await?;
        Ok(Page::of(rows, limit, |row: &Finished| {
            moment_cursor(row.ended_at, row.id)
        }))
    }

    /// What the journal comes to under a filter. Of what lies more than a year back, a hundred
    /// thousand cases at the most.
    pub async fn totals(&self, actor: &Actor, filter: FinishedFilter) -> Result<Totals> {
        let units = self.units_of(actor, filter.unit).await?;
        let within = self.within(&filter);
        let asked = Asked {
            units: units.clone(),
            within,
        };
        if let Some(totals) = self.tallied_totals(asked, filter.service).await? {
            return Ok(totals);
        }
        let this = self.clone();
        let store = self.journal().store();
        store
            .read(move |db| {
                let service = filter.service;
                let rows = sql::finished(db, &units, within, service, None, MOST_COUNTED)?;
                let rows: Vec<Finished> = rows.into_iter().map(|row| this.shown(&row)).collect();
                Ok(Totals::of(rows.iter()))
            })
            .await
    }

    /// The figures of the actor's units since a day. Those who give out work are shown what everybody
    /// has finished, a specialist what they have themselves.
    pub async fn statistics(
        &self,
        actor: &Actor,
        unit: Option<UnitId>,
        since: Date,
    ) -> Result<Statistics> {
        let units = self.units_of(actor, unit).await?;
        let within = self.within(&FinishedFilter {
            unit,
            service: None,
            from: since,
            until: self.today(),
        });
        let this = self.clone();
        let own = actor.account();
        let all = people::allows_somewhere(actor, Permission::AssignCase);
        let today = self.today();
        let asked = Asked {
            units: units.clone(),
            within,
        };
        if let Some(figures) = self.tallied_statistics(asked, today, all, own).await? {
            return Ok(figures);
        }
        let store = self.journal().store();
        store
            .read(move |db| {
                let rows = sql::finished(db, &units, within, None, None, MOST_COUNTED)?;
                let answers = rows.iter().filter_map(|row| {
                    let at = row.answered_at?;
                    Some((row.by_rule, at.seconds_since(row.received_at)))
                });
                let speed = Speed::of(answers);
                let rows: Vec<Finished> = rows.into_iter().map(|row| this.shown(&row)).collect();
                let mut persons: Vec<_> = rows.iter().map(|case| case.assignee).collect();
                persons.retain(|person| all || (person.is_some() && *person == own));
                persons.sort_unstable();
                persons.dedup();
                let of = |person| Totals::of(rows.iter().filter(|case| case.assignee == person));
                let (_, overdue, _) = sql::count_terms(db, TermKind::Answer, &units, today, today)?;
                let by_unit = if units.len() > 1 {
                    by_unit(&rows, &sql::open_by_unit(db, &units, today)?)
                } else {
                    Vec::new()
                };
                Ok(Statistics {
                    ratings: Ratings::of(rows.iter()),
                    low: this.low_ratings(db, &rows)?,
                    by_unit,
                    overdue,
                    open: in_order(sql::by_state(db, &units, None)?),
                    received: in_order(sql::by_state(db, &units, Some(within.0))?),
                    finished: Totals::of(rows.iter()),
                    speed,
                    by_person: persons
                        .into_iter()
                        .map(|person| (person, of(person)))
                        .collect(),
                })
            })
            .await
    }

    /// The low ratings of these cases, of those that are still finished in some units.
    pub(crate) fn low_ratings_among(
        &self,
        db: &mut Db<'_>,
        cases: &[CaseId],
        units: &[UnitId],
    ) -> Result<Vec<LowRating>> {
        let mut rows = sql::finished_among(db, cases)?;
        rows.retain(|row| units.contains(&row.unit));
        let rows: Vec<Finished> = rows.iter().map(|row| self.shown(row)).collect();
        self.low_ratings(db, &rows)
    }

    /// The newest of the low ratings of these cases, with their words.
    fn low_ratings(&self, db: &mut Db<'_>, rows: &[Finished]) -> Result<Vec<LowRating>> {
        let low = rows
            .iter()
            .filter(|case| case.stars.is_some_and(|stars| stars <= LOW));
        let known: HashMap<CaseId, &Finished> =
            low.take(MOST_LOW).map(|case| (case.id, case)).collect();
        let cases: Vec<CaseId> = known.keys().copied().collect();
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let mut ratings = Vec::new();
        for rated in sql::ratings_of(db, &cases)? {
            let Some(case) = known.get(&rated.case) else {
                continue;
            };
            // Of a case whose key was destroyed nothing is left but the number of stars.
            let comment = match &rated.wrapped {
                Some(wrapped) => {
                    let key = self
                        .0
                        .journal
                        .keys()
                        .open_wrapped(rated.data_key, wrapped)?;
                    let body: RatingBody =
                        course::open(&key, rated.case, "rating", rated.case.0, &rated.body)?;
                    body.comment
                }
                None => String::new(),
            };
            ratings.push(LowRating {
                number: case.number,
                category: case.category,
                service: case.service,
                unit: case.unit,
                stars: rated.stars,
                comment,
                rated_at: rated.rated_at,
                replied: rated.replied_at.is_some(),
            });
        }
        Ok(ratings)
    }

    /// The units whose cases the actor reads.
    fn units_read(actor: &Actor) -> Result<Vec<UnitId>> {
        people::require_somewhere(actor, Permission::ReadUnitCases)?;
        let reads = |unit: &UnitId| {
            people::allows(actor, Permission::ReadUnitCases, &Subject::in_unit(*unit))
        };
        Ok(actor.units().iter().copied().filter(reads).collect())
    }

    /// Those of them that are a unit or below it; all of them without one.
    pub(crate) async fn units_of(
        &self,
        actor: &Actor,
        unit: Option<UnitId>,
    ) -> Result<Vec<UnitId>> {
        let mut units = Self::units_read(actor)?;
        if let Some(unit) = unit {
            let below = self.people().units().await?.within(unit);
            units.retain(|unit| below.contains(unit));
        }
        Ok(units)
    }

    /// When a day begins where the agencies are.
    pub(crate) fn begins(&self, day: Date) -> Moment {
        let start = day.to_zoned(self.hours().zone().clone());
        start.map_or(Moment::from_micros(0), |start| {
            Moment::from_micros(start.timestamp().as_microsecond())
        })
    }

    /// The moments between which the days of a filter lie; the last day counts whole.
    fn within(&self, filter: &FinishedFilter) -> (Moment, Moment) {
        let end = filter.until.saturating_add(Span::new().days(1));
        (self.begins(filter.from), self.begins(end))
    }

    fn shown(&self, row: &FinishedRow) -> Finished {
        let day = |moment: Moment| moment.date(self.hours().zone());
        Finished {
            id: row.id,
            ended_at: row.ended_at,
            number: row.number,
            service: row.service,
            category: row.category,
            unit: row.unit,
            received_on: day(row.received_at),
            due_on: row.due_on,
            answered_on: row.answered_at.map(day),
            ended_on: day(row.ended_at),
            outcome: row.outcome,
            assignee: row.assignee,
            forward_by: row.forward_by,
            aim_on: row.aim_on,
            carried_over: row.source == Source::Import,
            stars: row.stars,
        }
    }
}
