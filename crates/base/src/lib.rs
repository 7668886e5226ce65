//! What every floor of the house shares and nobody owns: identifiers, time, the actor, errors,
//! pages of lists, case numbers, clean text, words of danger. Nothing here does input or output, and nothing here
//! knows what a case is beyond its number.

pub mod actor;
pub mod clock;
pub mod danger;
pub mod error;
pub mod id;
pub mod number;
pub mod page;
pub mod registered;
pub mod text;

pub use actor::{Actor, Grant, Language, Role, Scope, Who};
pub use clock::{Clock, Moment};
pub use error::{Error, FieldError, Result};
pub use number::Number;
pub use page::{Cursor, Page};
