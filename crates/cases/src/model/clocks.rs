//! The terms of a case beside that of the answer, and how urgent it is.

use base::Moment;
use catalog::Priority;
use jiff::civil::Date;

/// The days of a case beside the one on which an answer is due; none where no rule says so, and in
/// cases from before these were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clocks {
    /// By when it had to be registered.
    pub register_by: Option<Date>,
    /// By when the work begins.
    pub begin_by: Option<Date>,
    /// By when the law lets it be forwarded to another body.
    pub forward_by: Option<Date>,
    /// The agency's own aim for the answer.
    pub aim_on: Option<Date>,
    /// When the specialist plans to answer.
    pub planned_on: Option<Date>,
    /// When the work began.
    pub begun_on: Option<Date>,
    /// How urgent it is: as its subject said when it was filed, or as a head has set since.
    pub priority: Option<Priority>,
}

impl Clocks {
    /// By when the work begins, while it has not.
    pub fn waits_to_begin(&self) -> Option<Date> {
        self.begin_by.filter(|_| self.begun_on.is_none())
    }
}

/// A note among colleagues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Who wrote it, as they were called then.
    pub author: String,
    /// When.
    pub written_at: Moment,
    /// The words.
    pub text: String,
}
