//! One year of a calendar, and its text format.
//!
//! A year file lists only what differs from «Saturday and Sunday are off». All dates are ISO dates of
//! that year, except `from`, which may lie in another.
//!
//! ```toml
//! format = 1                      # of this file
//! year = 2025
//! version = 1                     # counts the edits of the year
//! source = { ru = "…", en = "…" } # the acts the year follows; `en` may be left out
//! shortened = ["2025-03-07"]      # worked, an hour less; may name a worked weekend too
//! working_weekends = ["2025-11-01"]
//! moved = [{ on = "2025-11-03", from = "2025-11-01" }]  # weekdays that are off by a transfer
//! [[holiday]]                     # `name`: a token of the message `law-holiday`, or the words themselves
//! name = "new_year"
//! days = ["2025-01-01"]
//! [[decree]]                      # weekdays made non-working by the President
//! act = { ru = "…", en = "…" }
//! days = []
//! ```

use std::{collections::BTreeMap, fmt::Write as _};

use jiff::civil::Date;
use serde::Deserialize;

use super::is_weekend;
use crate::words::Words;

/// Why a year was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// The text is no TOML of the format.
    #[error("the year cannot be read: {0}")]
    Unreadable(String),
    /// The format is newer than this program.
    #[error("format {0} of a calendar year is not known")]
    UnknownFormat(u32),
    /// The year is outside 1992–9998.
    #[error("{0} is no year of a working calendar")]
    YearOutOfRange(i16),
    /// A date of another year is listed.
    #[error("{day} does not belong to {year}")]
    OtherYear {
        /// The date.
        day: Date,
        /// The year of the file.
        year: i16,
    },
    /// A date is listed as two different things.
    #[error("{0} is listed twice")]
    ListedTwice(Date),
    /// A weekday is listed as a worked weekend.
    #[error("{0} is a weekday and needs no mark to be worked")]
    NotWeekend(Date),
    /// A Saturday or Sunday is listed as moved day off, decree day, or short day without being worked.
    #[error("{0} is a weekend already")]
    AlreadyWeekend(Date),
    /// An exception does not say which act it follows.
    #[error("no act is named for {0}")]
    NoAct(Date),
}

impl CalendarError {
    /// The message of `locales/` for an administrator.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "law-calendar-unreadable",
            Self::UnknownFormat(_) => "law-calendar-unknown-format",
            Self::YearOutOfRange(_) => "law-calendar-year-out-of-range",
            Self::OtherYear { .. } => "law-calendar-other-year",
            Self::ListedTwice(_) => "law-calendar-listed-twice",
            Self::NotWeekend(_) => "law-calendar-not-weekend",
            Self::AlreadyWeekend(_) => "law-calendar-already-weekend",
            Self::NoAct(_) => "law-calendar-no-act",
        }
    }

    /// The date that the message speaks of, if any (its argument `day`).
    pub fn day(&self) -> Option<Date> {
        match self {
            Self::OtherYear { day, .. }
            | Self::ListedTwice(day)
            | Self::NotWeekend(day)
            | Self::AlreadyWeekend(day)
            | Self::NoAct(day) => Some(*day),
            Self::Unreadable(_) | Self::UnknownFormat(_) | Self::YearOutOfRange(_) => None,
        }
    }
}

/// What is said of one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Shortened,
    WorkingWeekend { shortened: bool },
    Holiday(String),
    Moved(Date),
    Decree(Words),
}

/// A year, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Year {
    pub(super) number: i16,
    pub(super) version: u32,
    pub(super) source: Words,
    pub(super) days: BTreeMap<Date, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearText {
    format: u32,
    year: i16,
    version: u32,
    source: Words,
    #[serde(default)]
    shortened: Vec<Date>,
    #[serde(default)]
    working_weekends: Vec<Date>,
    #[serde(default)]
    moved: Vec<MovedText>,
    #[serde(default)]
    holiday: Vec<HolidayText>,
    #[serde(default)]
    decree: Vec<DecreeText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MovedText {
    on: Date,
    from: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayText {
    name: String,
    days: Vec<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecreeText {
    act: Words,
    days: Vec<Date>,
}

impl Year {
    pub(super) fn parse(text: &str) -> Result<Self, CalendarError> {
        let text: YearText = toml::from_str(text)
            .map_err(|error| CalendarError::Unreadable(error.message().to_owned()))?;
        if text.format != 1 {
            return Err(CalendarError::UnknownFormat(text.format));
        }
        if !(1992..=9998).contains(&text.year) {
            return Err(CalendarError::YearOutOfRange(text.year));
        }
        let mut year = Self {
            number: text.year,
            version: text.version,
            source: text.source,
            days: BTreeMap::new(),
        };
        for day in text.working_weekends {
            if !is_weekend(day) {
                return Err(CalendarError::NotWeekend(day));
            }
            year.put(day, Entry::WorkingWeekend { shortened: false })?;
        }
        for day in text.shortened {
            match year.days.get_mut(&day) {
                Some(Entry::WorkingWeekend { shortened }) if !*shortened => *shortened = true,
                _ => year.put_weekday(day, Entry::Shortened)?,
            }
        }
        for moved in text.moved {
            year.put_weekday(moved.on, Entry::Moved(moved.from))?;
        }
        for holiday in text.holiday {
            for day in holiday.days {
                year.put(day, Entry::Holiday(holiday.name.clone()))?;
            }
        }
        for decree in text.decree {
            for day in decree.days {
                year.put_weekday(day, Entry::Decree(decree.act.clone()))?;
            }
        }
        Ok(year)
    }

    fn put_weekday(&mut self, day: Date, entry: Entry) -> Result<(), CalendarError> {
        if is_weekend(day) {
            return Err(CalendarError::AlreadyWeekend(day));
        }
        self.put(day, entry)
    }

    fn put(&mut self, day: Date, entry: Entry) -> Result<(), CalendarError> {
        if day.year() != self.number {
            return Err(CalendarError::OtherYear {
                day,
                year: self.number,
            });
        }
        match self.days.insert(day, entry) {
            None => Ok(()),
            Some(_) => Err(CalendarError::ListedTwice(day)),
        }
    }

    /// The content as one text that does not depend on how the file was laid out.
    pub(super) fn canonical(&self) -> String {
        let mut text = format!("{} {} {}\n", self.number, self.version, self.source.ru);
        for (day, entry) in &self.days {
            let _ = match entry {
                Entry::Shortened => writeln!(text, "{day} shortened"),
                Entry::WorkingWeekend { shortened } => writeln!(text, "{day} worked {shortened}"),
                Entry::Holiday(name) => writeln!(text, "{day} holiday {name}"),
                Entry::Moved(from) => writeln!(text, "{day} moved {from}"),
                Entry::Decree(act) => writeln!(text, "{day} decree {}", act.ru),
            };
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn year(lines: &str) -> Result<Year, CalendarError> {
        Year::parse(&format!(
            "format = 1\nyear = 2027\nversion = 1\nsource = {{ ru = \"ст. 112 ТК РФ\" }}\n{lines}"
        ))
    }

    #[test]
    fn mistakes_of_an_editor_have_names() {
        let day = date(2027, 3, 6);
        for (lines, error) in [
            (
                "shortened = [\"2026-03-06\"]",
                CalendarError::OtherYear {
                    day: date(2026, 3, 6),
                    year: 2027,
                },
            ),
            (
                "shortened = [\"2027-03-06\"]",
                CalendarError::AlreadyWeekend(day),
            ),
            (
                "moved = [{ on = \"2027-03-06\", from = \"2027-01-02\" }]",
                CalendarError::AlreadyWeekend(day),
            ),
            (
                "working_weekends = [\"2027-03-05\"]",
                CalendarError::NotWeekend(date(2027, 3, 5)),
            ),
            (
                "working_weekends = [\"2027-03-06\", \"2027-03-06\"]",
                CalendarError::ListedTwice(day),
            ),
            (
                "working_weekends = [\"2027-03-06\"]\n[[holiday]]\nname = \"women\"\ndays = [\"2027-03-06\"]",
                CalendarError::ListedTwice(day),
            ),
        ] {
            assert_eq!(year(lines), Err(error), "{lines}");
        }
        assert!(matches!(
            year("weekends = []"),
            Err(CalendarError::Unreadable(_))
        ));
        assert!(matches!(
            Year::parse("плохо"),
            Err(CalendarError::Unreadable(_))
        ));
    }

    #[test]
    fn layout_of_the_file_does_not_change_the_content() {
        let one = year("shortened = [\"2027-03-05\", \"2027-04-30\"]").unwrap();
        let two = year("# весна\nshortened = [\n  \"2027-04-30\",\n  \"2027-03-05\",\n]").unwrap();
        assert_eq!(one.canonical(), two.canonical());
    }
}
