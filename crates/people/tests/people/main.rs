//! The slice through its face and its pages, on both databases.
#![expect(clippy::unwrap_used, reason = "a test ends where something fails")]

mod accounts;
mod house;
mod pages;
mod sessions;
mod trees;
