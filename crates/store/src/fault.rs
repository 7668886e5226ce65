//! What went wrong in a database, told alike for both engines.

use base::Error;

/// A failure of a statement or of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A unique key is taken.
    Unique,
    /// Somebody else holds what is needed.
    Busy,
    /// Serialization failure or deadlock: the same closure may succeed when run again.
    Again(String),
    /// Nothing can be written: disk full, I/O error, standby.
    Full(String),
    /// The connection is gone.
    Lost(String),
    /// Anything else: a mistake in a statement, a broken reference.
    Other(String),
}

impl Fault {
    /// The error that the caller gets.
    pub(crate) fn error(&self) -> Error {
        match self {
            Fault::Unique => Error::Conflict("error-already-exists"),
            Fault::Busy => Error::Busy,
            Fault::Full(_) => Error::ReadOnly,
            Fault::Again(detail) | Fault::Lost(detail) | Fault::Other(detail) => {
                Error::internal(detail)
            }
        }
    }

    /// The words for the operator.
    pub(crate) fn detail(&self) -> &str {
        match self {
            Fault::Unique => "a unique key is taken",
            Fault::Busy => "another process holds the database",
            Fault::Again(detail)
            | Fault::Full(detail)
            | Fault::Lost(detail)
            | Fault::Other(detail) => detail,
        }
    }
}
