//! When this process last changed what it keeps a copy of: the copy looks at its stamp in the
//! database then, and not after every commit of anybody.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a change may take from raising its stamp to its commit. Whoever reads in between sees
/// what was before, so that no copy is believed unlooked so soon after.
const UNDER_WAY: Duration = Duration::from_secs(2);

/// How often this process has raised a stamp, and when that was last.
#[derive(Debug, Default)]
pub struct Raised {
    times: AtomicU64,
    last: Mutex<Option<Instant>>,
}

impl Raised {
    /// Nothing has been raised since the start.
    pub const fn new() -> Self {
        Self {
            times: AtomicU64::new(0),
            last: Mutex::new(None),
        }
    }

    /// How often it was raised.
    pub fn times(&self) -> u64 {
        self.times.load(Ordering::SeqCst)
    }

    /// Whether every change that raised it is surely committed.
    pub fn is_settled(&self) -> bool {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_none_or(|last| last.elapsed() >= UNDER_WAY)
    }

    /// A change raises the stamp.
    pub fn raise(&self) {
        self.times.fetch_add(1, Ordering::SeqCst);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_raised_just_now_is_not_settled() {
        let raised = Raised::new();
        assert!(raised.is_settled() && raised.times() == 0);
        raised.raise();
        assert!(!raised.is_settled() && raised.times() == 1);
    }
}
