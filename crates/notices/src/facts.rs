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
    /// Working days that are left, or days that have passed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<i64>,
    /// The name of the case's subject, in the reader's language.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub topic: String,
    /// Who filed, for those whom they have named.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub applicant: String,
    /// How the applicant rated the work.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stars: String,
    /// The number of a post item.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub post_item: String,
    /// When an answer can be collected.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hours: String,
    /// What works, a task or a problem are called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub works: String,
    /// A stage of works.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stage: String,
    /// The number of a task.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub task: String,
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
