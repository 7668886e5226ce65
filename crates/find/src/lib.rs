//! Find: full-text search in Russian and English, in an index that can be thrown away.
//!
//! An [`Index`] is fed with [`Document`]s and asked [`Question`]s. It keeps no text: only which
//! words stand in which document, so that whoever asks brings the text of what was found from where
//! it lies and has it marked by [`mark`]. Personal texts go into an index in memory alone; one in a
//! folder holds what anybody may read. Nothing that a person types is an error.

mod index;
mod mark;
mod open;
mod question;
mod suggest;
mod words;
mod writer;

pub use index::{Document, Hit, Index};
pub use mark::{Piece, mark};
pub use question::{Filters, MOST_FOUND, MOST_TYPED, Need, Question};
