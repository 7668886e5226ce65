//! Files good and hostile, made on the spot, and what becomes of them.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

mod corpus;
mod inspection;
mod vault;
