//! The counting itself: day after day from the first, into runs of like days.
//!
//! Every day is counted, skipped or paused; neighbours of the same kind become one step, so that thirty
//! calendar days are one line of an explanation and working days name each stretch they jump over.
//!
//! A term that has ended is over: a pause that begins later changes nothing, an extension decided later
//! is refused. Both are judged by what had happened until then.

use jiff::civil::Date;

use crate::{
    calendar::{Calendar, DayKind, DayOff, DecreeDays},
    changes::{AllowedExtension, AllowedPause},
    due::DueError,
    rule::{Count, FirstDay, OnDayOff, Rule, Unit},
    step::{CountedAs, Step},
};

/// One term being counted.
#[derive(Clone, Copy)]
pub(crate) struct Counting<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) count: &'a Count,
    pub(crate) calendar: &'a Calendar,
    pub(crate) pauses: &'a [AllowedPause<'a>],
    pub(crate) extensions: &'a [AllowedExtension<'a>],
    /// Whether the agency's own target is counted rather than the limit.
    pub(crate) target: bool,
}

/// What a day is to the counting.
#[derive(PartialEq)]
enum Fate {
    Counted(CountedAs),
    Skipped(DayOff),
    Paused(usize),
}

/// The days of one fate in a row.
struct Run {
    fate: Fate,
    from: Date,
    to: Date,
    days: u32,
    first_number: u32,
}

impl Counting<'_> {
    /// Counts from the start; the last day after shifts, and the steps so far.
    pub(crate) fn last_day(&self, start: Date) -> Result<(Date, Vec<Step>), DueError> {
        // The target may pass while the case goes on: only the limit is the end of a term.
        if self.target {
            return self.counted(start);
        }
        let in_time = self.without_late_pauses(start)?;
        in_time.refuse_late_extensions(start)?;
        in_time.counted(start)
    }

    /// The same without the pauses that began when the term had ended.
    fn without_late_pauses(&self, start: Date) -> Result<Self, DueError> {
        let mut in_time = Self {
            pauses: &[],
            ..*self
        };
        for (before, pause) in self.pauses.iter().enumerate() {
            let known = self
                .extensions
                .partition_point(|extension| extension.decided_on <= pause.from);
            let then = Self {
                extensions: &self.extensions[..known],
                ..in_time
            };
            if pause.from > then.counted(start)?.0 {
                break;
            }
            in_time.pauses = &self.pauses[..=before];
        }
        Ok(in_time)
    }

    fn refuse_late_extensions(&self, start: Date) -> Result<(), DueError> {
        for (before, extension) in self.extensions.iter().enumerate() {
            let known = self
                .pauses
                .partition_point(|pause| pause.from < extension.decided_on);
            let then = Self {
                pauses: &self.pauses[..known],
                extensions: &self.extensions[..before],
                ..*self
            };
            let (due_on, _) = then.counted(start)?;
            if extension.decided_on > due_on {
                return Err(DueError::ExtendedTooLate {
                    decided_on: extension.decided_on,
                    due_on,
                });
            }
        }
        Ok(())
    }

    fn counted(&self, start: Date) -> Result<(Date, Vec<Step>), DueError> {
        let mut steps = vec![Step::Starts {
            on: start,
            event: self.rule.starts_on,
            length: self.count.length,
            unit: self.count.unit,
            article: self.rule.article.clone(),
            target: self.target,
        }];
        let mut last = start;
        let mut number = 0;
        if self.count.length > 0 {
            let day_after = self.count.first_day == FirstDay::DayAfter;
            let mut day = if day_after { tomorrow(start)? } else { start };
            steps.push(Step::FirstDay {
                on: day,
                day_after,
                counts: matches!(self.fate(day), Fate::Counted(_)),
                event: self.rule.starts_on,
                article: self.count.first_day_article.clone(),
            });
            last = self.run_days(&mut day, &mut number, self.count.length, &mut steps)?;
            for extension in self.extensions {
                steps.push(Step::Extended {
                    days: extension.days,
                    unit: self.count.unit,
                    decided_on: extension.decided_on,
                    ground: extension.ground.clone(),
                    notice: extension.notice,
                    article: extension.article.clone(),
                });
                if extension.days > 0 {
                    last = self.run_days(&mut day, &mut number, extension.days, &mut steps)?;
                }
            }
        }
        let moved = self.moved(start, last, number, &mut steps)?;
        Ok((moved, steps))
    }

    /// Counts so many days on from `day`; the last day counted.
    fn run_days(
        &self,
        day: &mut Date,
        number: &mut u32,
        length: u32,
        steps: &mut Vec<Step>,
    ) -> Result<Date, DueError> {
        let until = *number + length;
        let mut run: Option<Run> = None;
        loop {
            let today = *day;
            let fate = self.fate(today);
            if matches!(fate, Fate::Counted(_)) {
                *number += 1;
            }
            if self.count.unit == Unit::WorkingDays
                && let Some(missing) = self.missing_year(today, steps)
            {
                self.close(run.take(), steps);
                steps.push(missing);
            }
            match &mut run {
                Some(open) if open.fate == fate => {
                    open.to = today;
                    open.days += 1;
                }
                _ => {
                    self.close(run.take(), steps);
                    run = Some(Run {
                        fate,
                        from: today,
                        to: today,
                        days: 1,
                        first_number: *number,
                    });
                }
            }
            if *number == until {
                self.close(run, steps);
                // The day after may lie beyond the end of time; it matters only if counting goes on.
                *day = today.tomorrow().unwrap_or(today);
                return Ok(today);
            }
            *day = tomorrow(today)?;
        }
    }

    fn close(&self, run: Option<Run>, steps: &mut Vec<Step>) {
        let Some(Run {
            fate,
            from,
            to,
            days,
            first_number,
        }) = run
        else {
            return;
        };
        steps.push(match fate {
            Fate::Counted(counted_as) => Step::Counted {
                from_day: first_number,
                to_day: first_number + days - 1,
                from,
                to,
                unit: self.count.unit,
                counted_as,
            },
            Fate::Skipped(day_off) => Step::Skipped {
                from,
                to,
                days,
                day_off,
            },
            Fate::Paused(index) => {
                let pause = &self.pauses[index];
                Step::Paused {
                    from,
                    to,
                    days,
                    ground: pause.ground.clone(),
                    article: pause.article.clone(),
                }
            }
        });
    }

    fn fate(&self, day: Date) -> Fate {
        if let Some(index) = self
            .pauses
            .iter()
            .position(|pause| pause.from <= day && day <= pause.to)
        {
            return Fate::Paused(index);
        }
        if self.count.unit == Unit::CalendarDays {
            return Fate::Counted(CountedAs::Plain);
        }
        if let Some(day_off) = self.calendar.day_off(day, self.count.decree_days) {
            return Fate::Skipped(day_off);
        }
        if let Some(own) = self.calendar.worked_by(day) {
            let act = own.act.clone();
            return Fate::Counted(CountedAs::Local { act });
        }
        Fate::Counted(match (self.calendar.kind(day), self.calendar.decree(day)) {
            (DayKind::WorkingWeekend, _) => CountedAs::WorkingWeekend,
            (_, Some(act)) => CountedAs::DecreeDay { act: act.clone() },
            _ => CountedAs::Plain,
        })
    }

    /// The last day after the rule for days off.
    fn moved(
        &self,
        start: Date,
        last: Date,
        number: u32,
        steps: &mut Vec<Step>,
    ) -> Result<Date, DueError> {
        if self.count.on_day_off == OnDayOff::None {
            return Ok(last);
        }
        if let Some(missing) = self.missing_year(last, steps) {
            steps.push(missing);
        }
        let decree_days = self.count.decree_days;
        let Some(day_off) = self.calendar.day_off(last, decree_days) else {
            // Working days have been told of as they were counted; a term of no length counts none.
            if self.count.unit == Unit::CalendarDays || number == 0 {
                steps.extend(self.why_worked(last));
            }
            return Ok(last);
        };
        let to = self.day_to_move_to(start, last)?;
        if let Some(missing) = self.missing_year(to, steps) {
            steps.push(missing);
        }
        steps.extend(self.pauses_between(last, to));
        steps.extend(self.local_days_passed(last, to));
        steps.extend(local_day(self.calendar, to));
        let article = self.count.on_day_off_article.clone();
        steps.push(Step::Shifted {
            day: number,
            from: last,
            day_off,
            to,
            article,
        });
        Ok(to)
    }

    /// The working day to which a last day that is off moves. No duty ends while the term stands still.
    fn day_to_move_to(&self, start: Date, last: Date) -> Result<Date, DueError> {
        let decree_days = self.count.decree_days;
        let paused = |day: Date| {
            self.pauses
                .iter()
                .find(|pause| pause.from <= day && day <= pause.to)
        };
        if self.count.on_day_off == OnDayOff::Previous
            && let Some(before) = self.calendar.working_day_until(last, decree_days)
            && before >= start
            && paused(before).is_none()
        {
            return Ok(before);
        }
        let mut day = last;
        loop {
            day = self
                .calendar
                .working_day_from(day, decree_days)
                .ok_or(DueError::BeyondTime)?;
            match paused(day) {
                Some(pause) => day = tomorrow(pause.to)?,
                None => return Ok(day),
            }
        }
    }

    /// The pauses that a move jumps over; those before the last day have been told already.
    fn pauses_between(&self, last: Date, to: Date) -> impl Iterator<Item = Step> {
        self.pauses
            .iter()
            .filter(move |pause| last < pause.from && pause.to < to)
            .map(|pause| Step::Paused {
                from: pause.from,
                to: pause.to,
                days: u32::try_from((pause.to - pause.from).get_days() + 1).unwrap_or(u32::MAX),
                ground: pause.ground.clone(),
                article: pause.article.clone(),
            })
    }

    /// The local days off that a move passes over; on its way back it may have passed more than it
    /// then jumped.
    fn local_days_passed(&self, last: Date, to: Date) -> Vec<Step> {
        let decree_days = self.count.decree_days;
        let reached = match self.count.on_day_off {
            OnDayOff::Previous => self.calendar.working_day_until(last, decree_days),
            OnDayOff::Next | OnDayOff::None => None,
        };
        let first = reached.unwrap_or(last).min(to);
        let mut passed = local_days_off(self.calendar, decree_days, first, last);
        passed.extend(local_days_off(self.calendar, decree_days, last, to));
        passed
    }

    /// Why a last day is worked that elsewhere, or for another term, would be off.
    fn why_worked(&self, last: Date) -> Option<Step> {
        let by_decree = self.count.decree_days == DecreeDays::Working;
        match self.calendar.decree(last).filter(|_| by_decree) {
            Some(act) => Some(Step::DecreeDayCounts {
                on: last,
                act: act.clone(),
            }),
            None => local_day(self.calendar, last),
        }
    }

    /// The step to say, once, that the year of the day has no calendar.
    fn missing_year(&self, day: Date, steps: &[Step]) -> Option<Step> {
        missing_year(self.calendar, day, steps)
    }
}

/// The step to say, once, that the year of the day has no calendar.
pub(crate) fn missing_year(calendar: &Calendar, day: Date, steps: &[Step]) -> Option<Step> {
    let missing = day.year();
    let said = || {
        steps
            .iter()
            .any(|step| matches!(step, Step::NoCalendar { year, .. } if *year == missing))
    };
    (!calendar.covers(missing) && !said()).then(|| Step::NoCalendar {
        year: missing,
        ahead: calendar.is_ahead(missing),
    })
}

/// The steps to say that days between two, both left out, are off in this place alone: a date that
/// an act of the place has moved names the act.
pub(crate) fn local_days_off(
    calendar: &Calendar,
    decree_days: DecreeDays,
    after: Date,
    before: Date,
) -> Vec<Step> {
    calendar
        .exceptions_between(after, before)
        .filter_map(|own| {
            Some(Step::Skipped {
                from: own.on,
                to: own.on,
                days: 1,
                day_off: calendar.day_off(own.on, decree_days)?,
            })
        })
        .collect()
}

/// The step to say that the day is worked in this place though the country rests.
fn local_day(calendar: &Calendar, day: Date) -> Option<Step> {
    calendar.worked_by(day).map(|own| Step::LocalDay {
        on: own.on,
        kind: own.kind,
        act: own.act.clone(),
    })
}

fn tomorrow(day: Date) -> Result<Date, DueError> {
    day.tomorrow().map_err(|_| DueError::BeyondTime)
}
