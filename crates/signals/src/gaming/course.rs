//! Courses: what happened to a case, as far as the detectors ask. Whoever keeps cases makes these of
//! their own entries.

use jiff::Timestamp;

/// What happened to a case, in the order of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course<'of, Id> {
    /// Which case.
    pub case: Id,
    /// The unit that has it, or had it last.
    pub unit: Option<Id>,
    /// When its term began.
    pub begun: Timestamp,
    /// What happened since, the earliest first.
    pub events: Vec<Event<'of, Id>>,
}

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event<'of, Id> {
    /// When.
    pub at: Timestamp,
    /// Who did it; nothing for the system itself.
    pub by: Option<Id>,
    /// What it was.
    pub what: What<'of, Id>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What<'of, Id> {
    /// Sent on to another unit.
    Redirected {
        /// From which.
        from: Id,
        /// To which.
        to: Id,
        /// The term before.
        due: Option<Timestamp>,
        /// The term after.
        new_due: Option<Timestamp>,
    },
    /// The applicant was asked for more, and the clock stood.
    AskedForMore {
        /// The term as it was then.
        due: Timestamp,
    },
    /// A visit, a photograph, works: anything done about the matter itself.
    Measured,
    /// An answer was given.
    Answered {
        /// Its text.
        text: &'of str,
        /// Whether it says that the matter is put right.
        done: bool,
    },
    /// Ended.
    Closed,
    /// Taken up again.
    Reopened,
}
