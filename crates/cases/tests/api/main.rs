//! The interface for programs as its clients meet it, inside every layer, on both databases.
#![expect(clippy::unwrap_used, reason = "what is missing is a failed test")]

mod applicant;
mod bad_input;
mod desk;
mod desk_lists;
mod desk_refusals;
mod document;
mod filing;
mod guests;
mod house;
mod numbers;
mod reading;
mod reception;
mod standing;
mod templates;
