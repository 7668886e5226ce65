//! Paper: letters, receipts and histories as PDF/A, set by typst from a template and data.
//!
//! A template may be edited by an agency, so it is a program of a stranger: it is run by a child
//! process that can open no file and no socket, with little memory and time ([`work`]). The server
//! talks to it through [`Printer`]. Equal requests give equal bytes, so that a file can be known
//! by its hash.

mod confine;
mod error;
mod fonts;
mod legible;
mod printer;
mod request;
mod setting;
mod templates;
mod worker;

pub use confine::{CPU_SECONDS, MEMORY};
pub use error::{Error, Result};
pub use printer::{Printer, SECONDS};
pub use request::{MOST_PDF, MOST_REQUEST, Mark, Request};
pub use templates::{ANSWER, HISTORY, LETTERHEAD, RECEIPT};
pub use worker::work;
