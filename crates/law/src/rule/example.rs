//! Worked examples of a rule: small stories with known dates, run against a calendar.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::{
    calendar::Calendar,
    changes::{Changes, Extension, Pause},
    due::{DueError, due_with, target},
    registration::{AgencyHours, registered_on},
};

/// One worked example. Either `start` with `due`, or `received_at` with `registered_on`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What the example shows.
    pub title: String,
    /// The day that starts the term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// The day by which the duty must be fulfilled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The day of the internal target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Date>,
    /// The moment of receipt by the agency's clock (09:00–18:00, an hour less on short days).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<DateTime>,
    /// The day of registration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_on: Option<Date>,
    /// Extensions of the term.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Extension>,
    /// Pauses of the term.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
}

/// An example that does not come out as written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{rule} version {version}, «{example}»: {fault}")]
pub struct ExampleFailure {
    /// The rule's id.
    pub rule: String,
    /// The rule's version.
    pub version: u32,
    /// The title of the example.
    pub example: String,
    /// What came out instead.
    pub fault: String,
}

impl Rule {
    /// Runs the worked examples of the rule; how many there were, or the first that fails.
    pub fn check_examples(&self, calendar: &Calendar) -> Result<usize, ExampleFailure> {
        for example in &self.examples {
            example
                .check(self, calendar)
                .map_err(|fault| ExampleFailure {
                    rule: self.id(),
                    version: self.version,
                    example: example.title.clone(),
                    fault,
                })?;
        }
        Ok(self.examples.len())
    }
}

impl Example {
    fn check(&self, rule: &Rule, calendar: &Calendar) -> Result<(), String> {
        let in_words = |error: DueError| error.to_string();
        let mut checked = false;
        if let Some(start) = self.start {
            let changes = Changes {
                pauses: self.pauses.clone(),
                extensions: self.extensions.clone(),
            };
            if let Some(expected) = self.due {
                let found = due_with(rule, calendar, start, &changes)
                    .map_err(in_words)?
                    .due_on;
                compare("due", expected, found)?;
                checked = true;
            }
            if let Some(expected) = self.target {
                let found = target(rule, calendar, start, &changes).map_err(in_words)?;
                let found = found
                    .ok_or_else(|| "the rule has no target".to_owned())?
                    .due_on;
                compare("target", expected, found)?;
                checked = true;
            }
        }
        if let (Some(received_at), Some(expected)) = (self.received_at, self.registered_on) {
            let hours = AgencyHours::usual(jiff::tz::TimeZone::UTC);
            let moment = hours
                .zone()
                .to_timestamp(received_at)
                .map_err(|error| error.to_string())?;
            let found = registered_on(rule, calendar, &hours, moment)
                .map_err(in_words)?
                .registered_on;
            compare("registered", expected, found)?;
            checked = true;
        }
        if checked {
            Ok(())
        } else {
            Err("the example checks nothing".to_owned())
        }
    }
}

fn compare(what: &str, expected: Date, found: Date) -> Result<(), String> {
    if expected == found {
        Ok(())
    } else {
        Err(format!("{what} on {found}, not on {expected}"))
    }
}
