//! The steps of an explanation: each one thing that the counting did, with its dates and article.
//!
//! A step is a value, kept with the case as JSON. [`Step::key`] names the message that says it in words
//! and [`Step::args`] (`step/args.rs`) gives the arguments; the messages are in `locales/*.ftl`.

mod args;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{DayOff, ExceptionKind},
    rule::{StartsOn, Unit},
    words::Words,
};

/// One step of an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// What was received, and when by the agency's clock.
    Received {
        /// The day.
        on: Date,
        /// The time.
        at: Time,
    },
    /// What came on paper or was said at the window, before somebody entered it by hand.
    Brought {
        /// The day it came.
        on: Date,
        /// The last day on which the law lets it be registered.
        latest_on: Date,
        /// The article of the rule.
        article: Words,
    },
    /// The day of registration and why it is that day.
    Registered {
        /// The day.
        on: Date,
        /// Why.
        because: IntakeReason,
        /// The article of the rule.
        article: Words,
    },
    /// The term and the event that starts it.
    Starts {
        /// The day of the event.
        on: Date,
        /// The event.
        event: StartsOn,
        /// The length of the term.
        length: u32,
        /// Its unit.
        unit: Unit,
        /// The article of the rule.
        article: Words,
        /// Whether this is the agency's own target, which no article sets.
        target: bool,
    },
    /// The day from which days are counted.
    FirstDay {
        /// The day.
        on: Date,
        /// Whether it is the day after the start.
        day_after: bool,
        /// Whether the day is counted itself; a day off is not when working days are counted.
        counts: bool,
        /// The event after which it comes.
        event: StartsOn,
        /// Where the way of counting comes from.
        article: Words,
    },
    /// A run of counted days.
    Counted {
        /// The number of the first of them.
        from_day: u32,
        /// The number of the last of them.
        to_day: u32,
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
        /// The unit counted.
        unit: Unit,
        /// What is worth saying of them.
        counted_as: CountedAs,
    },
    /// A run of days off that working days jump over.
    Skipped {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
        /// How many days.
        days: u32,
        /// Why they are off.
        day_off: DayOff,
    },
    /// A run of days that do not count because the term stood still.
    Paused {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
        /// How many days.
        days: u32,
        /// On which ground.
        ground: Words,
        /// The article that allows it.
        article: Words,
    },
    /// The term was made longer.
    Extended {
        /// By how many days.
        days: u32,
        /// Their unit.
        unit: Unit,
        /// The day of the decision.
        decided_on: Date,
        /// On which ground.
        ground: Words,
        /// Whether the applicant must be told.
        notice: bool,
        /// The article that allows it.
        article: Words,
    },
    /// The last day is off, and the term moves.
    Shifted {
        /// The number of the last day.
        day: u32,
        /// The last day.
        from: Date,
        /// Why it is off.
        day_off: DayOff,
        /// The working day to which it moves.
        to: Date,
        /// Where the move comes from.
        article: Words,
    },
    /// The last day is non-working by decree, and that is no day off for this term.
    DecreeDayCounts {
        /// The last day.
        on: Date,
        /// The decree.
        act: Words,
    },
    /// A day that matters is worked in this place by an act of its own.
    LocalDay {
        /// The day.
        on: Date,
        /// Whether it is a full or a short one.
        kind: ExceptionKind,
        /// The act.
        act: Words,
    },
    /// The target would lie beyond the limit and is drawn back to it.
    Capped {
        /// The limit.
        on: Date,
    },
    /// A year without a calendar was met: weekends and fixed holidays stand in.
    NoCalendar {
        /// The year.
        year: i16,
        /// Whether it lies ahead of all the years entered.
        ahead: bool,
    },
    /// The result.
    Ends {
        /// The last day of the term.
        on: Date,
        /// Whether this is the agency's own target rather than the limit.
        target: bool,
    },
}

/// What is worth saying of counted days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum CountedAs {
    /// Nothing.
    Plain,
    /// A Saturday or Sunday that is worked because its day off was moved.
    WorkingWeekend,
    /// Non-working by a decree, but no day off for this term.
    DecreeDay {
        /// The decree.
        act: Words,
    },
    /// Worked in this place though the country rests.
    Local {
        /// The act.
        act: Words,
    },
}

/// Why a case is registered on that day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum IntakeReason {
    /// Such cases are registered at once.
    AtOnce,
    /// It came within the agency's hours, or before they began.
    SameDay,
    /// It came after the agency's hours.
    AfterHours {
        /// When the agency closed that day.
        closed_at: Time,
    },
    /// It came on a day off.
    OnDayOff {
        /// Why the day is off.
        day_off: DayOff,
    },
    /// The next working day would be later than the law allows.
    Limit,
    /// Somebody entered it by hand on that day.
    ByHand,
}

impl Step {
    /// The message of `locales/` that says this step in words.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Received { .. } => "law-step-received",
            Self::Brought { .. } => "law-step-brought",
            Self::Registered { .. } => "law-step-registered",
            Self::Starts { .. } => "law-step-starts",
            Self::FirstDay { .. } => "law-step-first-day",
            Self::Counted { .. } => "law-step-counted",
            Self::Skipped { .. } => "law-step-skipped",
            Self::Paused { .. } => "law-step-paused",
            Self::Extended { .. } => "law-step-extended",
            Self::Shifted { .. } => "law-step-shifted",
            Self::DecreeDayCounts { .. } => "law-step-decree-day-counts",
            Self::LocalDay { .. } => "law-step-local-day",
            Self::Capped { .. } => "law-step-capped",
            Self::NoCalendar { .. } => "law-step-no-calendar",
            Self::Ends { .. } => "law-step-ends",
        }
    }
}
