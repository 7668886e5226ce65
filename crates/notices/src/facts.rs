//! What a notice says, as it is kept: sealed under the key of its case, so that it goes with it.

use base::{Error, Result};
use jiff::civil::Date;
use journal::DataKey;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The facts of a notice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Number of the case.
    pub number: String,
    /// State after the entry, by its code.
    pub state: String,
    /// Outcome, by its code.
    pub outcome: String,
    /// The day an answer is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// A new day that was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_date: Option<Date>,
    /// Who works on it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub executor: String,
    /// Documents that are asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<String>,
    /// How to send them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instructions: String,
    /// Why.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The body that has it now.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Working days that are left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
}

impl Facts {
    pub(crate) fn seal(&self, key: &DataKey, notice: Uuid) -> Result<Vec<u8>> {
        let json = serde_json::to_vec(self).map_err(Error::internal)?;
        key.seal(&context(notice), &json)
    }

    pub(crate) fn open(key: &DataKey, notice: Uuid, sealed: &[u8]) -> Result<Self> {
        let json = key.open(&context(notice), sealed)?;
        serde_json::from_slice(&json).map_err(|_| Error::internal("a notice is not its JSON"))
    }
}

fn context(notice: Uuid) -> String {
    format!("notice:{notice}")
}
