//! Why a paper was not printed. Only the last kinds are our fault; a template that does not hold or
//! that eats too much is its author's.

/// The result of printing.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a paper was not printed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The template or the data does not hold; the text is for the template's author.
    #[error("the template does not hold: {0}")]
    Template(String),
    /// More time was needed than a paper may take.
    #[error("the template needs too much time")]
    TooLong,
    /// More memory was needed than a paper may take.
    #[error("the template needs too much memory")]
    TooMuchMemory,
    /// The request or the paper is larger than one may be.
    #[error("the paper is too large")]
    TooLarge,
    /// More papers wait than can be printed soon.
    #[error("too many papers wait to be printed")]
    Busy,
    /// The printing process could not be started or broke.
    #[error("printing broke: {0}")]
    Broken(String),
}

impl From<Error> for base::Error {
    fn from(error: Error) -> Self {
        match error {
            // What is within its bounds takes too long only where other work takes the machine.
            Error::Busy | Error::TooLong => Self::Busy,
            other => Self::internal(other),
        }
    }
}
