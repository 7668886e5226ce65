//! One error type for every service method. What a person may read (a word key with its
//! arguments, the field it belongs to) is apart from what only the operator's log may hold.
//!
//! Which to use: a rule of the domain that the person can mend is [`Error::Invalid`] with a
//! [`FieldError`] per field; what they may not do is [`Error::Forbidden`]; what somebody else
//! changed meanwhile is [`Error::Conflict`]; everything that is our fault is [`Error::internal`].

use std::fmt;

use serde::Serialize;

/// The result of a service method.
pub type Result<T> = std::result::Result<T, Error>;

/// One thing wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Name of the field as the form and the API know it; empty for the whole form.
    pub field: String,
    /// Key of the sentence in the word files.
    pub key: &'static str,
    /// Arguments of the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    /// A field error without arguments.
    pub fn new(field: impl Into<String>, key: &'static str) -> Self {
        Self {
            field: field.into(),
            key,
            args: Vec::new(),
        }
    }

    /// Adds an argument of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// Why a request was not carried out.
#[derive(Debug)]
pub enum Error {
    /// What was sent does not hold; each entry names a field. 422.
    Invalid(Vec<FieldError>),
    /// The request itself cannot be read (broken JSON, wrong encoding). The key names a sentence. 400.
    Malformed(&'static str),
    /// There is no such thing, or it is not for this actor to know. 404.
    NotFound,
    /// Sign in first. 401.
    Unauthenticated,
    /// Known, but not allowed. 403.
    Forbidden,
    /// Somebody else changed it meanwhile, or the state does not allow it any more.
    /// The key names a sentence. 409.
    Conflict(&'static str),
    /// Too many requests; seconds to wait. 429.
    TooMany(u32),
    /// More work than can be queued; try again. 503 with Retry-After.
    Busy,
    /// The store takes no changes just now (disk full, standby). 503 with Retry-After.
    ReadOnly,
    /// Our fault. 500; the detail goes to the log and never to the person.
    Internal(Detail),
}

/// What only the operator may read. Its `Display` and `Debug` show that something is held, and
/// [`Detail::for_the_log`] gives it out.
pub struct Detail(String);

impl Detail {
    /// The text for the operator's log.
    pub fn for_the_log(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Detail(..)")
    }
}

impl Error {
    /// Our fault, with what the operator needs to find it.
    pub fn internal(detail: impl fmt::Display) -> Self {
        Self::Internal(Detail(detail.to_string()))
    }

    /// One wrong field.
    pub fn field(field: impl Into<String>, key: &'static str) -> Self {
        Self::Invalid(vec![FieldError::new(field, key)])
    }

    /// HTTP status of the error (RFC 9110 section 15).
    pub const fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) => 422,
            Self::Malformed(_) => 400,
            Self::NotFound => 404,
            Self::Unauthenticated => 401,
            Self::Forbidden => 403,
            Self::Conflict(_) => 409,
            Self::TooMany(_) => 429,
            Self::Busy | Self::ReadOnly => 503,
            Self::Internal(_) => 500,
        }
    }

    /// Stable code of the kind of error, used in problem types and word keys.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "invalid",
            Self::Malformed(_) => "malformed",
            Self::NotFound => "not-found",
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::Conflict(_) => "conflict",
            Self::TooMany(_) => "too-many",
            Self::Busy => "busy",
            Self::ReadOnly => "read-only",
            Self::Internal(_) => "internal",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(fields) => {
                write!(f, "invalid:")?;
                for field in fields {
                    write!(f, " {} ({})", field.field, field.key)?;
                }
                Ok(())
            }
            Self::Malformed(key) | Self::Conflict(key) => write!(f, "{}: {key}", self.code()),
            other => f.write_str(other.code()),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_detail_cannot_be_printed_by_accident() {
        let error = Error::internal("password=hunter2");
        assert!(!format!("{error} {error:?}").contains("hunter2"));
        let Error::Internal(detail) = error else {
            panic!("an internal error");
        };
        assert_eq!(detail.for_the_log(), "password=hunter2");
    }
}
