//! The day of registration: from the moment of receipt, by the agency's hours or at once.
//!
//! A case has its number at once; its clocks start from the day found here. Something that comes before
//! the agency opens on a working day is registered that same day.

use jiff::{
    RoundMode, SignedDuration, Timestamp, Unit,
    civil::{Date, Time, TimeRound, time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, ExceptionKind},
    count::{local_days_off, missing_year},
    due::{DueError, RuleRef, due},
    left::day_in,
    rule::{Intake, Rule},
    step::{IntakeReason, Step},
};

/// When an agency works on a working day, and in which zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyHours {
    zone: TimeZone,
    opens: Time,
    closes: Time,
}

impl AgencyHours {
    /// Hours in a zone; nothing when the agency would close before it opens.
    pub fn new(zone: TimeZone, opens: Time, closes: Time) -> Option<Self> {
        (opens < closes).then_some(Self {
            zone,
            opens,
            closes,
        })
    }

    /// 09:00–18:00 in the zone.
    pub fn usual(zone: TimeZone) -> Self {
        Self {
            zone,
            opens: time(9, 0, 0, 0),
            closes: time(18, 0, 0, 0),
        }
    }

    /// The zone in which the agency's deadlines are dates.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// When the agency closes on the day: an hour earlier on a short one (art. 95 of the Labour Code).
    pub fn closes_on(&self, calendar: &Calendar, day: Date) -> Time {
        if calendar.is_shortened(day) {
            self.closes
                .saturating_sub(SignedDuration::from_hours(1))
                .max(self.opens)
        } else {
            self.closes
        }
    }
}

/// When a case counts as received and as registered, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The rule and version used.
    pub rule: RuleRef,
    /// The calendar used ([`Calendar::version`]).
    pub calendar: String,
    /// The day of receipt in the agency's zone.
    pub received_on: Date,
    /// The day of registration, which starts the clocks.
    pub registered_on: Date,
    /// The last day on which the law would let it be registered.
    pub latest_on: Date,
    /// Why this date.
    pub steps: Vec<Step>,
}

/// The day on which something received at the moment is registered.
pub fn registered_on(
    rule: &Rule,
    calendar: &Calendar,
    hours: &AgencyHours,
    received_at: Timestamp,
) -> Result<Registration, DueError> {
    let intake = rule.intake.ok_or(DueError::NoIntake)?;
    let received_on = day_in(&hours.zone, received_at);
    let at = hours.zone.to_datetime(received_at).time();
    let limit = due(rule, calendar, received_on)?;
    let (mut day, mut because) = match intake {
        Intake::AtOnce => (received_on, IntakeReason::AtOnce),
        Intake::AgencyHours => by_hours(rule, calendar, hours, received_on, at)?,
    };
    if intake == Intake::AgencyHours && day > limit.due_on {
        (day, because) = (limit.due_on, IntakeReason::Limit);
    }
    let mut steps = vec![Step::Received {
        on: received_on,
        // The minute that had begun: rounding up would tell another time than the moment itself.
        at: at
            .round(
                TimeRound::new()
                    .smallest(Unit::Minute)
                    .mode(RoundMode::Trunc),
            )
            .unwrap_or(at),
    }];
    for seen in [received_on, day] {
        if intake == Intake::AgencyHours {
            steps.extend(missing_year(calendar, seen, &steps));
            steps.extend(local_hours(calendar, seen, &steps));
        }
    }
    let decree_days = rule.limit.decree_days;
    steps.extend(local_days_off(calendar, decree_days, received_on, day));
    steps.push(Step::Registered {
        on: day,
        because,
        article: rule.article.clone(),
    });
    Ok(Registration {
        rule: limit.rule,
        calendar: limit.calendar,
        received_on,
        registered_on: day,
        latest_on: limit.due_on,
        steps,
    })
}

/// The same for what came on a day and was entered by hand at a moment, as a letter on paper is: it
/// is registered on the day of entering, whatever the hour, and the days that the law gives for that
/// run from the day it came.
pub fn registered_by_hand(
    rule: &Rule,
    calendar: &Calendar,
    hours: &AgencyHours,
    came_on: Date,
    entered_at: Timestamp,
) -> Result<Registration, DueError> {
    let limit = due(rule, calendar, came_on)?;
    let day = day_in(&hours.zone, entered_at);
    let steps = vec![
        Step::Brought {
            on: came_on,
            latest_on: limit.due_on,
            article: rule.article.clone(),
        },
        Step::Registered {
            on: day,
            because: IntakeReason::ByHand,
            article: rule.article.clone(),
        },
    ];
    Ok(Registration {
        rule: limit.rule,
        calendar: limit.calendar,
        received_on: came_on,
        registered_on: day,
        latest_on: limit.due_on,
        steps,
    })
}

/// The step to say, once, that the hours of the day are those of this place alone.
fn local_hours(calendar: &Calendar, day: Date, steps: &[Step]) -> Option<Step> {
    let said = |own: Date| {
        steps
            .iter()
            .any(|step| matches!(step, Step::LocalDay { on, .. } if *on == own))
    };
    calendar
        .exception(day)
        .filter(|own| matches!(own.kind, ExceptionKind::Working | ExceptionKind::Shortened))
        .filter(|own| !said(own.on))
        .map(|own| Step::LocalDay {
            on: own.on,
            kind: own.kind,
            act: own.act.clone(),
        })
}

fn by_hours(
    rule: &Rule,
    calendar: &Calendar,
    hours: &AgencyHours,
    received_on: Date,
    at: Time,
) -> Result<(Date, IntakeReason), DueError> {
    let decree_days = rule.limit.decree_days;
    let because = if let Some(day_off) = calendar.day_off(received_on, decree_days) {
        IntakeReason::OnDayOff { day_off }
    } else {
        let closed_at = hours.closes_on(calendar, received_on);
        if at < closed_at {
            return Ok((received_on, IntakeReason::SameDay));
        }
        IntakeReason::AfterHours { closed_at }
    };
    let next = received_on
        .tomorrow()
        .ok()
        .and_then(|day| calendar.working_day_from(day, decree_days));
    Ok((next.ok_or(DueError::BeyondTime)?, because))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{DateTime, date, datetime};

    use super::*;
    use crate::collection::Law;

    fn moscow() -> AgencyHours {
        AgencyHours::usual(TimeZone::get("Europe/Moscow").unwrap())
    }

    fn register(regime: &str, received: DateTime) -> Registration {
        let rule = Law::current()
            .rule(regime, "registration", received.date())
            .unwrap();
        let hours = moscow();
        let moment = hours.zone().to_timestamp(received).unwrap();
        registered_on(rule, Calendar::russia(), &hours, moment).unwrap()
    }

    #[test]
    fn appeal_within_hours_is_registered_the_same_day() {
        let registration = register("fz59", datetime(2025, 11, 20, 17, 59, 59, 0));
        assert_eq!(registration.registered_on, date(2025, 11, 20));
        assert_eq!(registration.latest_on, date(2025, 11, 24));
    }

    #[test]
    fn a_letter_entered_by_hand_is_registered_that_evening_and_its_days_run_from_receipt() {
        let rule = Law::current()
            .rule("fz59", "registration", date(2025, 11, 18))
            .unwrap();
        let hours = moscow();
        let evening = datetime(2025, 11, 20, 20, 30, 0, 0);
        let entered = hours.zone().to_timestamp(evening).unwrap();
        let registration = registered_by_hand(
            rule,
            Calendar::russia(),
            &hours,
            date(2025, 11, 18),
            entered,
        )
        .unwrap();
        assert_eq!(registration.registered_on, date(2025, 11, 20));
        assert_eq!(registration.received_on, date(2025, 11, 18));
        assert_eq!(registration.latest_on, date(2025, 11, 21));
    }

    #[test]
    fn the_moment_of_receipt_is_told_in_the_minute_that_it_came_in() {
        for (second, minute) in [(59, 59), (29, 59), (0, 59)] {
            let registration = register("fz59", datetime(2025, 11, 20, 23, 59, second, 0));
            assert_eq!(
                registration.steps[0],
                Step::Received {
                    on: date(2025, 11, 20),
                    at: time(23, minute, 0, 0),
                }
            );
        }
    }

    #[test]
    fn appeal_before_opening_is_registered_the_same_day() {
        assert_eq!(
            register("fz59", datetime(2025, 11, 20, 6, 0, 0, 0)).registered_on,
            date(2025, 11, 20)
        );
    }

    #[test]
    fn appeal_of_friday_evening_waits_for_monday() {
        let registration = register("fz59", datetime(2025, 11, 21, 18, 0, 0, 0));
        assert_eq!(registration.registered_on, date(2025, 11, 24));
        assert!(registration.steps.iter().any(|step| matches!(
            step,
            Step::Registered {
                because: IntakeReason::AfterHours { .. },
                ..
            }
        )));
    }

    #[test]
    fn short_day_closes_an_hour_earlier() {
        assert_eq!(
            register("fz59", datetime(2025, 4, 30, 16, 59, 0, 0)).registered_on,
            date(2025, 4, 30)
        );
        assert_eq!(
            register("fz59", datetime(2025, 4, 30, 17, 0, 0, 0)).registered_on,
            date(2025, 5, 5)
        );
    }

    #[test]
    fn message_is_registered_at_once_even_at_night_on_a_holiday() {
        let registration = register("pos", datetime(2025, 1, 2, 3, 0, 0, 0));
        assert_eq!(registration.registered_on, date(2025, 1, 2));
        assert_eq!(registration.latest_on, date(2025, 1, 2));
    }

    #[test]
    fn limit_of_the_law_beats_the_next_working_day() {
        let mut rule = Law::current()
            .rule("fz59", "registration", date(2025, 1, 1))
            .unwrap()
            .clone();
        rule.limit.on_day_off = crate::rule::OnDayOff::None;
        let hours = moscow();
        let moment = hours
            .zone()
            .to_timestamp(datetime(2025, 1, 1, 12, 0, 0, 0))
            .unwrap();
        let registration = registered_on(&rule, Calendar::russia(), &hours, moment).unwrap();
        assert_eq!(registration.registered_on, date(2025, 1, 4));
        assert!(registration.steps.iter().any(|step| matches!(
            step,
            Step::Registered {
                because: IntakeReason::Limit,
                ..
            }
        )));
    }

    #[test]
    fn the_day_is_found_in_the_agencys_zone() {
        // 22:30 UTC on Thursday is Friday morning in Vladivostok...
        let moment: Timestamp = "2025-11-20T22:30:00Z".parse().unwrap();
        let rule = Law::current()
            .rule("fz59", "registration", date(2025, 11, 20))
            .unwrap();
        let far_east = AgencyHours::usual(TimeZone::get("Asia/Vladivostok").unwrap());
        let found = registered_on(rule, Calendar::russia(), &far_east, moment).unwrap();
        assert_eq!(found.registered_on, date(2025, 11, 21));
        // ...and still Thursday, 22:30, in London: after hours, so Friday too, but received a day earlier.
        let london = AgencyHours::usual(TimeZone::get("Europe/London").unwrap());
        let found = registered_on(rule, Calendar::russia(), &london, moment).unwrap();
        assert_eq!(
            (found.received_on, found.registered_on),
            (date(2025, 11, 20), date(2025, 11, 21))
        );
    }

    #[test]
    fn rule_of_an_answer_cannot_register() {
        let rule = Law::current()
            .rule("fz59", "answer", date(2025, 11, 20))
            .unwrap();
        let found = registered_on(rule, Calendar::russia(), &moscow(), Timestamp::UNIX_EPOCH);
        assert_eq!(found, Err(DueError::NoIntake));
    }
}
