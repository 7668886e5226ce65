//! Signals: what a person should look at, found in texts and in the courses of cases.
//!
//! Nothing here decides, and nothing here reads or writes: every detector is a function of what it is
//! given, and what it gives back carries its evidence, [`Span`]s of the text, days, numbers, other
//! cases, so that a screen can show why. Four subjects: [`alike`] (one matter told twice, an answer
//! copied), [`questions`] (several in one letter), [`promises`] (what an answer says will be done and by
//! which day) and [`gaming`] (courses of cases that serve the clock rather than the applicant).
//!
//! Words of the language stand in `data/`, thresholds in settings with defaults. How often the
//! detectors are right is measured in `measure/`, on planted and on labelled texts.

pub mod alike;
pub mod gaming;
pub mod promises;
pub mod questions;

mod lists;
mod sentences;
mod text;

pub use text::Span;
