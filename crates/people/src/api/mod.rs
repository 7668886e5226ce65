//! The interface for programs.

pub mod administration;
