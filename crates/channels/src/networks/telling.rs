//! Follows the log for one thing: the case of something that came out of a network has its answer,
//! and whoever wrote it there is to be told so.

use base::Result;
use journal::{Follower, Placed};
use store::Tx;

use super::sql;

/// Follows the log and marks whom the rounds have to tell.
pub struct NetworksFollower;

impl Follower for NetworksFollower {
    fn name(&self) -> &'static str {
        "networks"
    }

    fn apply(&self, tx: &mut Tx<'_>, entries: &[Placed]) -> Result<()> {
        for entry in entries {
            if entry.kind == cases::KIND && entry.action == "case.answered" {
                sql::answer_is_ready(tx, entry.entity)?;
            }
        }
        Ok(())
    }
}
