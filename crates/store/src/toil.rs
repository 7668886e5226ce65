//! What a statement of SQLite went through for its rows. One that walks a whole table is quick while
//! the table is small and slow when the city has used it for a year, so the log says it early: at
//! `debug` under the target `store::toil`, at `warn` when people feel it. The texts of statements
//! have placeholders, never values.

use rusqlite::{Statement, StatementStatus};

/// Rows walked without an index that are worth a line to whoever asks for them.
const WALKED: i32 = 300;

/// Rows walked without an index that people feel: some 10 ms.
const FELT: i32 = 100_000;

/// Steps of the engine that are worth a line: rows that an index led to and a condition refused
/// count here, and so does sorting.
const STEPS: i32 = 100_000;

/// The work behind one execution of a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Toil {
    /// Rows walked in tables or indexes that nothing bounded.
    walked: i32,
    /// Steps of SQLite's machine.
    steps: i32,
    /// Rows put into an index made for this execution alone.
    indexed: i32,
}

impl Toil {
    /// What `statement` went through since it was asked last.
    pub(crate) fn of(statement: &Statement<'_>) -> Self {
        Self {
            walked: statement.reset_status(StatementStatus::FullscanStep),
            steps: statement.reset_status(StatementStatus::VmStep),
            indexed: statement.reset_status(StatementStatus::AutoIndex),
        }
    }

    /// Tells the log of a statement that went through much.
    pub(crate) fn tell(self, text: &str) {
        let Self {
            walked,
            steps,
            indexed,
        } = self;
        if walked >= FELT {
            tracing::warn!(target: "store::toil", walked, steps, indexed, text, "a statement walked a table");
        } else if walked >= WALKED || steps >= STEPS || indexed >= WALKED {
            tracing::debug!(target: "store::toil", walked, steps, indexed, text, "a statement walked far");
        }
    }
}
