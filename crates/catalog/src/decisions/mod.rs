//! Decisions by rule as data: a service's rules in order, each with conditions over the answers of
//! its form, an outcome, the words of the answer and examples. Pure; the first rule that fits
//! decides, and where none fits a person does. What is wrong with a set is found all at once
//! (`faults`), judging explains every condition (`judging`), words are filled in by `wording`.

mod faults;
mod judging;
mod wording;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::form::Answers;
use crate::phrase::Phrase;

pub use faults::{Known, faults};
pub use judging::{Facts, Judged, Tested, Weighed, judge};
pub use wording::{Blank, Spoken, Voice, outline, speak};

/// The version of the format that rules are written in.
pub const FORMAT: u32 = 1;
/// The longest text of a set of rules, in bytes.
pub const MOST_BYTES: usize = 200_000;
/// What an example expects where no rule is to fit.
pub const A_PERSON: &str = "person";
/// The channels that a condition can name, as cases call them.
pub const CHANNELS: [&str; 6] = ["web", "api", "phone", "paper", "visit", "email"];

/// The rules of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// Version of the format.
    pub format: u32,
    /// Whether they decide, or propose to the specialist.
    pub mode: Mode,
    /// The rules in order: the first that fits decides.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Examples that must hold before anybody approves.
    #[serde(default)]
    pub examples: Vec<Example>,
}

/// What rules do with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// They decide it.
    Automatic,
    /// They propose a decision, which a named officer confirms.
    Advisory,
}

impl Mode {
    /// The code in files and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Advisory => "advisory",
        }
    }
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its code, by which entries and pages name it.
    pub code: String,
    /// What it is about, in one line.
    pub title: Phrase,
    /// The conditions; all of them must hold. Without any it fits every case.
    #[serde(default)]
    pub when: Vec<Test>,
    /// How it decides.
    pub outcome: Verdict,
    /// The words of the answer, with placeholders.
    pub answer: Phrase,
    /// The act of law that the decision rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grounds: Option<Grounds>,
    /// After a refusal: what can be put right, and how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_correct: Option<Phrase>,
    /// What to do next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_steps: Option<Phrase>,
}

/// How a rule decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// What was asked for is given.
    Granted,
    /// What was asked is explained.
    Explained,
    /// It is refused, on grounds in the law.
    Refused,
}

impl Verdict {
    /// The code in files and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Explained => "explained",
            Self::Refused => "refused",
        }
    }
}

/// What a decision rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grounds {
    /// The article, in words.
    pub text: Phrase,
    /// Where the act can be read.
    pub link: String,
}

/// A condition. Of what was not answered nothing but `not` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Test {
    /// An answer is this.
    Equals {
        /// The field: `about` or `applicant.email`.
        field: String,
        /// Its value.
        value: String,
    },
    /// An answer is one of these.
    OneOf {
        /// The field.
        field: String,
        /// The values.
        values: Vec<String>,
    },
    /// A statement was made.
    Yes {
        /// The field.
        field: String,
    },
    /// There is an answer.
    Given {
        /// The field.
        field: String,
    },
    /// A number lies within bounds, both included.
    Number {
        /// The field.
        field: String,
        /// The least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<i64>,
        /// The greatest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// A date lies within bounds, both included.
    Date {
        /// The field.
        field: String,
        /// The earliest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        /// The latest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<Date>,
    },
    /// So many whole years have passed from a date to the day of filing.
    Age {
        /// The field.
        field: String,
        /// The least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<i64>,
        /// The greatest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// So many days have passed from a date to the day of filing; of one that lies ahead less than
    /// none.
    Days {
        /// The field.
        field: String,
        /// The least.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<i64>,
        /// The greatest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// The subject is this one or lies below it.
    Category {
        /// Its code.
        within: String,
    },
    /// The place is this territory or lies inside it.
    Territory {
        /// Its code.
        within: String,
    },
    /// It came by one of these ways.
    Channel {
        /// Their codes.
        one_of: Vec<String>,
    },
    /// Whether the applicant is known for certain.
    Identified {
        /// Known, or not known.
        is: bool,
    },
    /// A condition does not hold.
    Not(Box<Test>),
    /// One of some conditions holds.
    Any(Vec<Test>),
}

impl Test {
    /// The field that it looks at.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Equals { field, .. }
            | Self::OneOf { field, .. }
            | Self::Yes { field }
            | Self::Given { field }
            | Self::Number { field, .. }
            | Self::Date { field, .. }
            | Self::Age { field, .. }
            | Self::Days { field, .. } => Some(field),
            _ => None,
        }
    }
}

/// Answers with what must come of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// The answers of the form, subject and place among them.
    #[serde(default)]
    pub answers: Answers,
    /// The way it came.
    #[serde(default = "web")]
    pub channel: String,
    /// Whether the applicant is known for certain.
    #[serde(default)]
    pub identified: bool,
    /// The day of filing; that of looking when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Code of the rule that decides, or `person`.
    pub expected: String,
}

impl Eq for Example {}

fn web() -> String {
    "web".to_owned()
}

impl Decisions {
    /// Reads a set from its text. Only its shape is looked at.
    pub fn from_toml(text: &str) -> Result<Self, Box<toml::de::Error>> {
        toml::from_str(text).map_err(Box::new)
    }

    /// The rule of a code, with its place from 1.
    pub fn rule(&self, code: &str) -> Option<(usize, &Rule)> {
        let at = self.rules.iter().position(|rule| rule.code == code)?;
        Some((at + 1, self.rules.get(at)?))
    }
}

#[cfg(test)]
mod tests;
