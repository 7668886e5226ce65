//! Work on a case through the face of the slice, on both databases: every action on its way, who
//! may not, in which state not, two at once; and at the end of each story the checker finds nothing.
#![expect(clippy::unwrap_used, reason = "what cannot be set up is a failed test")]

mod answers;
mod begun;
mod desk;
mod house;
mod pauses;
mod people_of;
mod posting;
mod receiving;
mod rules;
mod searching;
mod several;
mod standing;
mod states;
mod tally;
mod templates;
mod terms;
mod together;
mod works;
