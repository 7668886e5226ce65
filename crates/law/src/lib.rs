//! Working calendars and statutory terms as dated data, and the pure functions over them.
//!
//! Three questions are answered here, with no input or output of any kind:
//! *when is it due* ([`due`], [`target`], [`registered_on`]), *why* (the [`Step`]s that every answer
//! carries, each with its dates and article) and *what if* (the same call with another version of a
//! [`Rule`] or another [`Calendar`]). The words of a step are Fluent messages in `locales/`; a step
//! names its message ([`Step::key`]) and the arguments ([`Step::args`]).
//!
//! ```
//! use jiff::civil::date;
//! use law::{Calendar, Law, due};
//!
//! let registered_on = date(2025, 11, 20);
//! let rule = Law::current().rule("fz59", "answer", registered_on).expect("in force since 2006");
//! let answer = due(rule, Calendar::russia(), registered_on)?;
//!
//! // The thirtieth day is Saturday, 20 December: the term moves to Monday.
//! assert_eq!(answer.due_on, date(2025, 12, 22));
//! assert_eq!(answer.steps.last().map(law::Step::key), Some("law-step-ends"));
//! # Ok::<(), law::DueError>(())
//! ```
//!
//! An administrator's own year or rule is laid over the built-in ones with [`Calendar::with_year`]
//! and [`Law::with_rules`], the days on which a region or an agency differs from the country with
//! [`Calendar::with_exceptions`]; nothing else changes.

mod calendar;
mod changes;
mod collection;
mod count;
mod due;
mod left;
mod registration;
mod rule;
mod step;
mod words;

pub use calendar::{
    Calendar, CalendarError, DayKind, DayOff, DecreeDays, Exception, ExceptionKind, YearSource,
};
pub use changes::{Changes, Extension, Pause};
pub use collection::{Law, LawError};
pub use due::{Due, DueError, RuleRef, due, due_with, target};
pub use left::{DaysLeft, day_in, days_left};
pub use registration::{AgencyHours, Registration, registered_by_hand, registered_on};
pub use rule::{
    Count, Example, ExampleFailure, ExtensionRule, FirstDay, Ground, Intake, OnDayOff, PauseRule,
    Rule, Source, StartsOn, Unit,
};
pub use step::{CountedAs, IntakeReason, Step};
pub use words::{Arg, Words, weekday_token};

/// The words of every step, rule and fault, in Fluent's format, by language tag.
pub const WORDS: &[(&str, &str)] = &[
    ("ru", include_str!("../locales/ru.ftl")),
    ("en", include_str!("../locales/en.ftl")),
];
