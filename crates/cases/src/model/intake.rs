//! What an operator takes in for somebody: how it came, when, and who else signed it.

use base::Moment;
use base::id::AccountId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Source;

/// How an appeal came that an operator writes down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// The way: one of [`Source::BY_HAND`].
    pub way: Source,
    /// The day it came, where that is not the day of writing it down: letters.
    pub came_on: Option<Date>,
    /// The number that the sender gave their letter; empty without one.
    #[serde(default)]
    pub outgoing: String,
    /// Who signed it beside the one who is answered.
    #[serde(default)]
    pub others: Vec<String>,
}

/// How a case came that an operator took in, as the case keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenIn {
    /// How it came.
    pub intake: Intake,
    /// The operator.
    pub account: AccountId,
    /// Their name, as it was then.
    pub operator: String,
    /// When it was written down.
    pub at: Moment,
}

/// How the applicant's words reached us, when an operator wrote them down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// By phone or at the reception.
    pub way: Source,
    /// The operator, as they were called then.
    pub operator: String,
    /// What was handed over; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub handed: String,
}

/// A case as the operator who took it in finds it again.
#[derive(Clone, Debug)]
pub struct Received {
    /// The row.
    pub case: super::CaseRow,
    /// What was written down.
    pub content: super::Content,
    /// How it came.
    pub taken: TakenIn,
    /// The code to read out, on the day it was made.
    pub return_code: Option<String>,
}
