//! A term as data: what starts it, how it is counted, what may change it, and where it comes from.
//!
//! Rules are read from TOML (`data/terms/*.toml`, or an administrator's own text). A rule carries worked
//! examples; [`Rule::check_examples`] runs them, and a test does so for every built-in rule.

mod example;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    calendar::DecreeDays,
    words::{Arg, Words},
};
pub use example::{Example, ExampleFailure};

/// The longest term, extension or pause a rule may name, in days.
pub(crate) const LONGEST: u32 = 3660;

/// One version of one term of one regime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The regime, a token: `fz59`, `pos`, `signal`…
    pub regime: String,
    /// The term within the regime, a token: `answer`, `forward`…
    pub term: String,
    /// The version; a case keeps it.
    pub version: u32,
    /// The first day on which a term may start under this version.
    pub valid_from: Date,
    /// The last such day; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// The name of the term, for people.
    pub title: Words,
    /// The article that sets the term.
    pub article: Words,
    /// Whether the source has been seen, or the numbers are only a setting of this installation.
    pub source: Source,
    /// What an administrator should know of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Words>,
    /// The moment that starts the term.
    pub starts_on: StartsOn,
    /// The limit: the last day on which the duty is fulfilled in time.
    pub limit: Count,
    /// The agency's own earlier aim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Count>,
    /// How the day of registration is found; only in the rules of registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intake: Option<Intake>,
    /// Whether and how the term may be extended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<ExtensionRule>,
    /// Whether and how the term may be paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<PauseRule>,
    /// Worked examples, run as tests.
    #[serde(default, rename = "example", skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

impl Rule {
    /// `regime.term`, the same for all versions.
    pub fn id(&self) -> String {
        format!("{}.{}", self.regime, self.term)
    }

    /// Whether a term may start under this version on the date.
    pub fn is_valid_on(&self, date: Date) -> bool {
        self.valid_from <= date && self.valid_until.is_none_or(|until| date <= until)
    }
}

/// How far a source has been confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The text of the article has been seen.
    Confirmed,
    /// The numbers are a setting: the agency's own rule, or a text not yet confirmed.
    Setting,
}

impl Count {
    /// The arguments of the message `law-length`, which says how long the term is.
    pub fn length_args(&self) -> Vec<(&'static str, Arg<'_>)> {
        vec![
            ("length", Arg::Number(i64::from(self.length))),
            ("unit", Arg::Token(self.unit.token())),
        ]
    }
}

impl Source {
    /// The message of `locales/` that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Confirmed => "law-source-confirmed",
            Self::Setting => "law-source-setting",
        }
    }
}

/// What starts a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StartsOn {
    /// The day on which the case arrived.
    ReceivedAt,
    /// The day on which it was registered.
    RegisteredOn,
}

/// How days are counted to a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// How many days; 0 means the day of the start itself.
    pub length: u32,
    /// Which days.
    pub unit: Unit,
    /// Whether the day of the start is day 1.
    pub first_day: FirstDay,
    /// Where that comes from.
    pub first_day_article: Words,
    /// What happens when the last day is off.
    pub on_day_off: OnDayOff,
    /// Where that comes from.
    pub on_day_off_article: Words,
    /// Whether days non-working by decree are days off here.
    pub decree_days: DecreeDays,
}

/// The unit of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Every day counts.
    CalendarDays,
    /// Only working days count.
    WorkingDays,
}

/// Which day is day 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstDay {
    /// The day after the start.
    DayAfter,
    /// The day of the start.
    SameDay,
}

/// What happens to a last day that is off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDayOff {
    /// It moves to the next working day.
    Next,
    /// It moves to the working day before, but never before the start.
    Previous,
    /// It stays.
    None,
}

/// How the day of registration follows from the moment of receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intake {
    /// At once, at any hour.
    AtOnce,
    /// The same day within the agency's hours, otherwise the next working day, within the limit.
    AgencyHours,
}

/// How a term may be extended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRule {
    /// The most that all extensions together may add, in the unit of the term.
    pub max_days: u32,
    /// Whether the applicant must be told.
    pub notice: bool,
    /// The article that allows it.
    pub article: Words,
    /// The grounds; one of them is named in the decision.
    pub grounds: Vec<Ground>,
}

/// How a term may be paused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PauseRule {
    /// The most calendar days that all pauses together may last.
    pub max_days: u32,
    /// The article that allows it.
    pub article: Words,
    /// The grounds; one of them is named.
    pub grounds: Vec<Ground>,
}

/// A named ground of an extension or a pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The token by which a decision names it.
    pub id: String,
    /// In words.
    pub title: Words,
}
