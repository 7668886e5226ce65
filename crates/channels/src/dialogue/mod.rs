//! One dialogue for every channel in which people talk: on the portal, in messengers, aloud. `talk`
//! is the machine, pure and told everything it needs; `asking` walks the form of a service;
//! `hearing` understands words; `saying` puts replies into words; `session` keeps a dialogue
//! between two replies and does what was asked for, through the same faces as pages do.

mod asking;
pub(crate) mod follower;
pub(crate) mod hearing;
pub(crate) mod saying;
pub(crate) mod session;
pub(crate) mod sql;
pub(crate) mod talk;

pub use follower::DialogueFollower;
pub use talk::{Effect, FiledHere, Next, Outcome, Reply, Said, Talk, World};
