//! When a term ends: the limit, and the agency's own target before it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::Calendar,
    changes::Changes,
    count::Counting,
    rule::{Count, Rule},
    step::Step,
    words::Arg,
};

/// The rule and version that a date was found under.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RuleRef {
    /// The regime.
    pub regime: String,
    /// The term.
    pub term: String,
    /// The version.
    pub version: u32,
}

/// A date with everything needed to say why: kept with the case as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The rule and version used.
    pub rule: RuleRef,
    /// The calendar used ([`Calendar::version`]).
    pub calendar: String,
    /// The day that started the term.
    pub starts_on: Date,
    /// The last day on which the duty is fulfilled in time.
    pub due_on: Date,
    /// Why this date.
    pub steps: Vec<Step>,
}

/// Why a date could not be found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DueError {
    /// The term would end after the last date there is.
    #[error("the term ends beyond the last date there is")]
    BeyondTime,
    /// The rule knows no pauses.
    #[error("the rule allows no pause")]
    PauseNotAllowed,
    /// A pause ends before it begins.
    #[error("a pause ends on {to}, before it begins on {from}")]
    PauseEndsBeforeItBegins {
        /// Its first day.
        from: Date,
        /// Its last day.
        to: Date,
    },
    /// Two pauses overlap.
    #[error("two pauses overlap on {on}")]
    PausesOverlap {
        /// The first day of both.
        on: Date,
    },
    /// The pauses together are longer than the rule allows.
    #[error("paused for {days} days, {max_days} are allowed")]
    PausedTooLong {
        /// How long they are.
        days: i64,
        /// How long they may be.
        max_days: u32,
    },
    /// The rule knows no extension.
    #[error("the rule allows no extension")]
    ExtensionNotAllowed,
    /// The extensions together are longer than the rule allows.
    #[error("extended by {days} days, {max_days} are allowed")]
    ExtendedTooFar {
        /// How long they are.
        days: u32,
        /// How long they may be.
        max_days: u32,
    },
    /// The extension was decided when the term had ended.
    #[error("extended on {decided_on}, but the term ended on {due_on}")]
    ExtendedTooLate {
        /// The day of the decision.
        decided_on: Date,
        /// The day on which the term ended.
        due_on: Date,
    },
    /// The ground is not among those of the rule.
    #[error("the rule knows no ground «{0}»")]
    UnknownGround(String),
    /// More pauses or extensions than one term can have.
    #[error("more pauses or extensions than one term can have")]
    TooManyChanges,
    /// The rule is asked for a day of registration but is no rule of registration.
    #[error("the rule does not say how to register")]
    NoIntake,
}

impl DueError {
    /// The message of `locales/` for people.
    pub fn key(&self) -> &'static str {
        match self {
            Self::BeyondTime => "law-error-beyond-time",
            Self::PauseNotAllowed => "law-error-pause-not-allowed",
            Self::PauseEndsBeforeItBegins { .. } => "law-error-pause-ends-before-it-begins",
            Self::PausesOverlap { .. } => "law-error-pauses-overlap",
            Self::PausedTooLong { .. } => "law-error-paused-too-long",
            Self::ExtensionNotAllowed => "law-error-extension-not-allowed",
            Self::ExtendedTooFar { .. } => "law-error-extended-too-far",
            Self::ExtendedTooLate { .. } => "law-error-extended-too-late",
            Self::UnknownGround(_) => "law-error-unknown-ground",
            Self::TooManyChanges => "law-error-too-many-changes",
            Self::NoIntake => "law-error-no-intake",
        }
    }

    /// The arguments of that message.
    pub fn args(&self) -> Vec<(&'static str, Arg<'_>)> {
        match self {
            Self::PauseEndsBeforeItBegins { from, to } => {
                vec![("from", Arg::Date(*from)), ("to", Arg::Date(*to))]
            }
            Self::PausesOverlap { on } => vec![("on", Arg::Date(*on))],
            Self::PausedTooLong { days, max_days } => {
                vec![
                    ("days", Arg::Number(*days)),
                    ("max_days", Arg::Number(i64::from(*max_days))),
                ]
            }
            Self::ExtendedTooFar { days, max_days } => {
                vec![
                    ("days", Arg::Number(i64::from(*days))),
                    ("max_days", Arg::Number(i64::from(*max_days))),
                ]
            }
            Self::ExtendedTooLate { decided_on, due_on } => {
                vec![
                    ("decided_on", Arg::Date(*decided_on)),
                    ("due_on", Arg::Date(*due_on)),
                ]
            }
            Self::BeyondTime
            | Self::PauseNotAllowed
            | Self::ExtensionNotAllowed
            | Self::UnknownGround(_)
            | Self::TooManyChanges
            | Self::NoIntake => Vec::new(),
        }
    }
}

/// When the term ends that started on the date, and why.
///
/// The start is the day of the rule's event ([`Rule::starts_on`]); whether the rule is in force on that day
/// is the caller's choice, so that *what if* can be asked of any version.
pub fn due(rule: &Rule, calendar: &Calendar, start: Date) -> Result<Due, DueError> {
    due_with(rule, calendar, start, &Changes::default())
}

/// The same for a term that was paused or extended.
pub fn due_with(
    rule: &Rule,
    calendar: &Calendar,
    start: Date,
    changes: &Changes,
) -> Result<Due, DueError> {
    let (due_on, mut steps) = count(rule, Aim::Limit, calendar, start, changes)?;
    steps.push(Step::Ends {
        on: due_on,
        target: false,
    });
    Ok(found(rule, calendar, start, due_on, steps))
}

/// The agency's own target, never later than the limit; nothing when the rule has none.
pub fn target(
    rule: &Rule,
    calendar: &Calendar,
    start: Date,
    changes: &Changes,
) -> Result<Option<Due>, DueError> {
    let Some(aim) = &rule.target else {
        return Ok(None);
    };
    let (limit, _) = count(rule, Aim::Limit, calendar, start, changes)?;
    let (mut target_on, mut steps) = count(rule, Aim::Target(aim), calendar, start, changes)?;
    if target_on > limit {
        target_on = limit;
        steps.push(Step::Capped { on: limit });
    }
    steps.push(Step::Ends {
        on: target_on,
        target: true,
    });
    Ok(Some(found(rule, calendar, start, target_on, steps)))
}

/// Which of a rule's two counts is meant.
#[derive(Clone, Copy)]
enum Aim<'a> {
    Limit,
    Target(&'a Count),
}

fn count(
    rule: &Rule,
    aim: Aim<'_>,
    calendar: &Calendar,
    start: Date,
    changes: &Changes,
) -> Result<(Date, Vec<Step>), DueError> {
    let pauses = changes.allowed_pauses(rule)?;
    let extensions = changes.allowed_extensions(rule)?;
    let (count, target) = match aim {
        Aim::Limit => (&rule.limit, false),
        Aim::Target(count) => (count, true),
    };
    Counting {
        rule,
        count,
        calendar,
        pauses: &pauses,
        extensions: &extensions,
        target,
    }
    .last_day(start)
}

fn found(rule: &Rule, calendar: &Calendar, start: Date, due_on: Date, steps: Vec<Step>) -> Due {
    let rule = RuleRef {
        regime: rule.regime.clone(),
        term: rule.term.clone(),
        version: rule.version,
    };
    Due {
        rule,
        calendar: calendar.version().to_owned(),
        starts_on: start,
        due_on,
        steps,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        changes::{Extension, Pause},
        collection::Law,
    };

    const NOVEMBER_20: Date = date(2025, 11, 20);

    fn rule(regime: &str, term: &str) -> &'static Rule {
        Law::current().rule(regime, term, NOVEMBER_20).unwrap()
    }

    fn extended(extensions: &[(u32, Date, &str)]) -> Changes {
        let extensions = extensions
            .iter()
            .map(|(days, decided_on, ground)| Extension {
                days: *days,
                decided_on: *decided_on,
                ground: (*ground).to_owned(),
            })
            .collect();
        Changes {
            pauses: Vec::new(),
            extensions,
        }
    }

    fn paused(pauses: &[(Date, Date)]) -> Changes {
        let ground = "documents".to_owned();
        let pauses = pauses
            .iter()
            .map(|(from, to)| Pause {
                from: *from,
                to: *to,
                ground: ground.clone(),
            })
            .collect();
        Changes {
            pauses,
            extensions: Vec::new(),
        }
    }

    fn answer(changes: &Changes) -> Result<Date, DueError> {
        due_with(
            rule("fz59", "answer"),
            Calendar::russia(),
            NOVEMBER_20,
            changes,
        )
        .map(|due| due.due_on)
    }

    fn certificate(changes: &Changes) -> Result<Date, DueError> {
        due_with(
            rule("service", "certificate"),
            Calendar::russia(),
            NOVEMBER_20,
            changes,
        )
        .map(|due| due.due_on)
    }

    #[test]
    fn appeal_is_extended_by_thirty_days_at_most_and_only_while_it_runs() {
        // The term runs until Monday, 22 December, because the thirtieth day is a Saturday.
        let last = date(2025, 12, 22);
        assert_eq!(
            answer(&extended(&[(30, last, "request")])),
            Ok(date(2026, 1, 19))
        );
        assert_eq!(
            answer(&extended(&[
                (10, last, "request"),
                (20, last, "exceptional")
            ])),
            Ok(date(2026, 1, 19))
        );
        assert_eq!(
            answer(&extended(&[(31, last, "request")])),
            Err(DueError::ExtendedTooFar {
                days: 31,
                max_days: 30
            })
        );
        let late = date(2025, 12, 23);
        assert_eq!(
            answer(&extended(&[(30, late, "request")])),
            Err(DueError::ExtendedTooLate {
                decided_on: late,
                due_on: last
            })
        );
        assert_eq!(
            answer(&extended(&[(30, last, "busy")])),
            Err(DueError::UnknownGround("busy".to_owned()))
        );
        assert_eq!(
            certificate(&extended(&[(1, NOVEMBER_20, "request")])),
            Err(DueError::ExtensionNotAllowed)
        );
    }

    #[test]
    fn target_follows_an_extension_decided_after_the_target_had_passed() {
        let changes = extended(&[(30, date(2025, 12, 19), "request")]);
        let aim = target(
            rule("fz59", "answer"),
            Calendar::russia(),
            NOVEMBER_20,
            &changes,
        )
        .unwrap()
        .unwrap();
        assert_eq!(aim.due_on, date(2026, 1, 14));
    }

    #[test]
    fn pauses_touch_but_do_not_overlap() {
        let (first, second, third) = (date(2025, 11, 21), date(2025, 11, 25), date(2025, 11, 28));
        let next = second.tomorrow().unwrap();
        assert_eq!(
            certificate(&paused(&[(next, third), (first, second)])),
            Ok(date(2025, 12, 3))
        );
        assert_eq!(
            certificate(&paused(&[(second, third), (first, second)])),
            Err(DueError::PausesOverlap { on: second })
        );
        assert_eq!(
            certificate(&paused(&[(third, first)])),
            Err(DueError::PauseEndsBeforeItBegins {
                from: third,
                to: first
            })
        );
        assert_eq!(
            certificate(&paused(&[(first, date(2026, 2, 19))])),
            Err(DueError::PausedTooLong {
                days: 91,
                max_days: 90
            })
        );
        assert_eq!(
            certificate(&paused(&vec![(first, first); 101])),
            Err(DueError::TooManyChanges)
        );
        assert_eq!(
            answer(&paused(&[(first, second)])),
            Err(DueError::PauseNotAllowed)
        );
    }

    #[test]
    fn what_if_the_decree_days_of_2020_were_days_off() {
        let start = date(2020, 3, 2);
        let rule = rule("fz59", "answer");
        let mut other = rule.clone();
        other.limit.decree_days = crate::calendar::DecreeDays::DayOff;
        let as_it_is = due(rule, Calendar::russia(), start).unwrap();
        let what_if = due(&other, Calendar::russia(), start).unwrap();
        assert_eq!(
            (as_it_is.due_on, what_if.due_on),
            (date(2020, 4, 1), date(2020, 5, 12))
        );
    }
}
