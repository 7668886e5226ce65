//! What counts as a signal: thresholds, with what they are by default and why.

use jiff::SignedDuration;

use crate::alike::CopiedSettings;

/// Thresholds of the signals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Closings are counted within so long: ten minutes by default, too short to read as many cases.
    pub closing_window: SignedDuration,
    /// Fewer closings than these are no mass: 8 by default.
    pub least_closings: usize,
    /// So many times the person's own usual count: 3 by default. Who always closes in rows, after a
    /// day outdoors, is not told from others by one row more.
    pub times_usual: usize,
    /// A redirect with so much of the term left or less is late: 0.2 by default, a fifth.
    pub late_redirect: f64,
    /// So many returns to a unit that had sent the case on are a round: 1 by default.
    pub returns: usize,
    /// Asking for more with so much of the term left or less is late: 0.15 by default, the last
    /// five days of thirty.
    pub late_pause: f64,
    /// So many pauses of one case are many: 3 by default.
    pub pauses: usize,
    /// A case taken up again within so long of «done» was not done: thirty days by default. Later it
    /// may be a new matter.
    pub reopened_within: SignedDuration,
    /// What counts as a copied answer.
    pub copied: CopiedSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            closing_window: SignedDuration::from_mins(10),
            least_closings: 8,
            times_usual: 3,
            late_redirect: 0.2,
            returns: 1,
            late_pause: 0.15,
            pauses: 3,
            reopened_within: SignedDuration::from_hours(24 * 30),
            copied: CopiedSettings::default(),
        }
    }
}
