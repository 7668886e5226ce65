//! Okno as a process: the real binary is started, loaded, killed, lied to and looked at from
//! outside, over SQLite and, when `OKNO_TEST_POSTGRES` names a cluster, over PostgreSQL.
//!
//! `OKNO_LONG=1` runs the full counts. Each module is one promise; `support` is what they share.
#![expect(
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "what a test stands on must be there, and its texts are short"
)]

mod bad_input;
mod exchanging;
mod help;
mod hostile;
mod importing;
mod interface;
mod kill;
mod living;
mod lossy;
mod mail;
mod outage;
mod pages;
mod plans;
mod printing;
mod restart;
mod restore;
mod start;
mod support;
mod talking;
mod tamper;
mod together;
mod upgrade;
mod verifying;
mod workload;
