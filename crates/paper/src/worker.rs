//! The printing process: one request on standard input, one paper on standard output. It ends with
//! 0 and the paper, or with a code of [`Ending`] and a complaint on standard error.

use std::io::{Read, Write};
use std::process::ExitCode;

use crate::confine::confine;
use crate::request::{MOST_REQUEST, Request};
use crate::setting::set;
use crate::{Error, Result};

/// How the process ends when there is no paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The template does not hold.
    Template = 10,
    /// Request or paper too large.
    TooLarge = 11,
    /// Anything else.
    Broken = 12,
}

impl Ending {
    /// The ending of a code that a process ended with.
    pub(crate) fn of(code: i32) -> Self {
        match code {
            10 => Self::Template,
            11 => Self::TooLarge,
            _ => Self::Broken,
        }
    }
}

/// Prints one paper and is to be the whole life of the process.
pub fn work() -> ExitCode {
    let error = match confine().map_err(Error::Broken).and_then(|_| print()) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(error) => error,
    };
    let (ending, complaint) = match error {
        Error::Template(complaint) => (Ending::Template, complaint),
        Error::TooLarge => (Ending::TooLarge, String::new()),
        other => (Ending::Broken, other.to_string()),
    };
    let _ = std::io::stderr().write_all(complaint.as_bytes());
    ExitCode::from(ending as u8)
}

fn print() -> Result<()> {
    let broken = |error: std::io::Error| Error::Broken(error.to_string());
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(MOST_REQUEST as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(broken)?;
    if bytes.len() > MOST_REQUEST {
        return Err(Error::TooLarge);
    }
    let request: Request =
        serde_json::from_slice(&bytes).map_err(|error| Error::Broken(error.to_string()))?;
    let paper = set(request)?;
    let mut out = std::io::stdout().lock();
    out.write_all(&paper).map_err(broken)?;
    out.flush().map_err(broken)
}
