//! The templates that come with the house. Each body imports `letterhead.typ` and takes its words
//! from the data.

/// The letterhead: sizes of the page, the agency's name, the line of verification.
pub const LETTERHEAD: &str = include_str!("../templates/letterhead.typ");
/// The letter with an answer.
pub const ANSWER: &str = include_str!("../templates/answer.typ");
/// The receipt of a filing.
pub const RECEIPT: &str = include_str!("../templates/receipt.typ");
/// What happened in a case.
pub const HISTORY: &str = include_str!("../templates/history.typ");
