//! The slice through its face and its pages, on both databases.
#![expect(clippy::unwrap_used, reason = "a test ends where something fails")]

mod accounts;
mod administration;
mod corrections;
mod house;
mod interface;
mod letterheads;
mod letters;
mod pages;
mod rest;
mod second_factor;
mod sessions;
mod tokens;
mod trees;
mod upgrade;
