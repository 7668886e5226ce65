//! The mailbox: letters that come by e-mail become cases, messages in the case that they answer, or
//! are set aside for an operator to decide about. `reading` reads a letter of a stranger, `taking` says
//! what becomes of it, `imap` is the way to the mailbox and `running` goes it; `deciding` is what
//! operators see and do.

mod answering;
mod deciding;
mod filling;
mod imap;
pub mod model;
pub mod reading;
mod running;
mod settings;
mod sql;
mod taking;

pub use settings::{Settings, Written};
pub use taking::Found;
