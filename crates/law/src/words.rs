//! Words that come with data, and the arguments of the messages in `locales/`.
//!
//! A citation or the name of a ground belongs to the rule that cites it, so it lives in the data file
//! in both languages. Everything else a person reads is a Fluent message; [`Arg`] is what such a
//! message is fed with. A date is passed on as a date: the renderer knows the reader's language.

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

/// A short text in Russian and, where somebody translated it, in English.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// The Russian text: the one that counts.
    pub ru: String,
    /// The English text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Words {
    /// The text in the language asked for; Russian when there is no translation.
    pub fn in_language(&self, language: &str) -> &str {
        match &self.en {
            Some(en) if language.starts_with("en") => en,
            _ => &self.ru,
        }
    }
}

/// One argument of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arg<'a> {
    /// A date, to be written as the reader's language writes dates (message `law-date`).
    Date(Date),
    /// A time of day in the agency's zone.
    Time(Time),
    /// A number, with plurals in the message.
    Number(i64),
    /// A word that the message selects by; never shown as it is.
    Token(&'a str),
    /// A text that came with the data, already in words.
    Words(&'a Words),
}

/// The token of a day of the week, as the messages select by it: `mon` … `sun`.
pub fn weekday_token(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}
