//! Control of terms of every kind, the journal of finished cases and the figures of units: for
//! those who work in them and those who answer for the work.

use base::id::{AccountId, CaseId, ServiceId, UnitId};
use base::{Actor, Cursor, Error, Moment, Number, Page, Result};
use jiff::Span;
use jiff::civil::Date;
use people::{Permission, Subject};
use uuid::Uuid;

use crate::Cases;
use crate::model::{Outcome, QueueRow, Source, State};
use crate::reading::{limit_of, moment_cursor, read_moment_cursor};
use crate::sql::{self, FinishedRow};

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
}

/// How the terms of a kind stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCount {
    /// The kind.
    pub kind: TermKind,
    /// Terms that run.
    pub running: i64,
    /// Of these passed.
    pub overdue: i64,
    /// Of these ending within three days.
    pub soon: i64,
    /// Terms broken within the last thirty days; none where nothing is counted.
    pub broken: Option<i64>,
}

/// How the terms of some units stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Control {
    /// Kind by kind.
    pub kinds: Vec<KindCount>,
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

/// A finished case as a line of the journal of services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finished {
    id: CaseId,
    ended_at: Moment,
    /// Number.
    pub number: Number,
    /// Kind of service.
    pub service: ServiceId,
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
}

impl Finished {
    /// Whether it was answered within its term; none where no term ran or no answer was given.
    pub fn in_term(&self) -> Option<bool> {
        self.answered_on
            .zip(self.due_on)
            .map(|(answered, due)| answered <= due)
    }

    /// Days from the receipt to the end.
    pub fn days(&self) -> i64 {
        let span = self.received_on.until(self.ended_on).unwrap_or_default();
        i64::from(span.get_days()).max(0)
    }
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
    /// What came in, by the state that it is in now.
    pub received: Vec<(State, i64)>,
    /// What was finished.
    pub finished: Totals,
    /// What each had finished; under `None` what nobody had.
    pub by_person: Vec<(Option<AccountId>, Totals)>,
}

impl Cases {
    /// How the terms of every kind stand in the actor's units.
    pub async fn control(&self, actor: &Actor) -> Result<Control> {
        let units = Self::units_read(actor)?;
        let today = self.today();
        let soon = today.saturating_add(Span::new().days(SOON));
        let first = today.saturating_sub(Span::new().days(LOOKED_BACK));
        let since = self.begins(first);
        let within = (
            since,
            self.begins(today.saturating_add(Span::new().days(1))),
        );
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
        let store = self.journal().store();
        let rows = store
            .read(move |db| sql::running_terms(db, kind, &units, after.as_ref(), limit + 1))
            .await?;
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

    /// What the journal comes to under a filter: of a hundred thousand cases at the most.
    pub async fn totals(&self, actor: &Actor, filter: FinishedFilter) -> Result<Totals> {
        let units = self.units_of(actor, filter.unit).await?;
        let within = self.within(&filter);
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
        let store = self.journal().store();
        store
            .read(move |db| {
                let rows = sql::finished(db, &units, within, None, None, MOST_COUNTED)?;
                let rows: Vec<Finished> = rows.into_iter().map(|row| this.shown(&row)).collect();
                let mut persons: Vec<_> = rows.iter().map(|case| case.assignee).collect();
                persons.retain(|person| all || (person.is_some() && *person == own));
                persons.sort_unstable();
                persons.dedup();
                let of = |person| Totals::of(rows.iter().filter(|case| case.assignee == person));
                Ok(Statistics {
                    open: in_order(sql::by_state(db, &units, None)?),
                    received: in_order(sql::by_state(db, &units, Some(within.0))?),
                    finished: Totals::of(rows.iter()),
                    by_person: persons
                        .into_iter()
                        .map(|person| (person, of(person)))
                        .collect(),
                })
            })
            .await
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
        }
    }
}

impl Finished {
    fn forwarded_late(&self) -> bool {
        let by = self
            .forward_by
            .filter(|_| self.outcome == Some(Outcome::Forwarded));
        by.is_some_and(|by| self.ended_on > by)
    }

    fn missed_its_aim(&self) -> bool {
        let aim = self.answered_on.zip(self.aim_on);
        aim.is_some_and(|(answered, aim)| answered > aim)
    }
}

/// States in the order of a case's life.
fn in_order(mut counts: Vec<(State, i64)>) -> Vec<(State, i64)> {
    counts.sort_unstable_by_key(|(state, _)| *state);
    counts
}
