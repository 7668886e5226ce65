//! The working calendar: which day is worked, which is off, and why.
//!
//! A calendar is a set of years, each read from a small TOML text (format: `calendar/year.rs`). A year
//! nobody has entered yet falls back to Saturdays, Sundays and the fixed holidays of art. 112 of the
//! Labour Code, and [`Calendar::covers`] says so, because an explanation must not hide it.
//! What a region or an agency has decided otherwise lies over it, day by day (`calendar/exception.rs`).

mod exception;
mod year;

use std::{collections::BTreeMap, sync::LazyLock};

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::words::Words;
pub use exception::{Exception, ExceptionKind};
pub use year::CalendarError;
use year::{Entry, Year};

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A plain working day.
    Working,
    /// A working day that ends an hour earlier.
    Shortened,
    /// A Saturday or Sunday that is worked, its day off having been moved.
    WorkingWeekend,
    /// A Saturday or Sunday.
    Weekend,
    /// A public holiday.
    Holiday,
    /// A weekday that is off because a day off was moved to it.
    MovedDayOff,
    /// A weekday declared non-working by the President (2020–21) or by a decree of the place; whether it is a
    /// day off for a term is the term's own matter, see [`DecreeDays`].
    NonworkingByDecree,
    /// Off in this place alone ([`Exception`]).
    LocalDayOff,
    /// Worked in this place, whatever the country does ([`Exception`]).
    LocalWorkingDay,
}

impl DayKind {
    /// The message of `locales/` that names the kind.
    pub fn key(self) -> &'static str {
        match self {
            Self::Working => "law-day-working",
            Self::Shortened => "law-day-shortened",
            Self::WorkingWeekend => "law-day-working-weekend",
            Self::Weekend => "law-day-weekend",
            Self::Holiday => "law-day-holiday",
            Self::MovedDayOff => "law-day-moved-day-off",
            Self::NonworkingByDecree => "law-day-nonworking-by-decree",
            Self::LocalDayOff => "law-day-local-day-off",
            Self::LocalWorkingDay => "law-day-local-working-day",
        }
    }
}

/// Whether the days that a presidential decree made non-working are days off for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecreeDays {
    /// They are counted and a term may end on them.
    Working,
    /// They are days off like any other.
    DayOff,
}

/// Why a day is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum DayOff {
    /// A Saturday or Sunday.
    Weekend,
    /// A public holiday; the name is a token of the message `law-holiday`, or the words themselves.
    Holiday {
        /// The token or the name.
        name: String,
    },
    /// A day off moved from another date.
    Moved {
        /// Where the day off was taken from.
        from: Date,
    },
    /// Non-working by decree.
    Decree {
        /// The decree.
        act: Words,
    },
    /// Off in this place alone.
    Local {
        /// The act that says so.
        act: Words,
    },
}

/// Where a year of a calendar comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearSource {
    /// The year.
    pub year: i16,
    /// The version that its editor gave it.
    pub version: u32,
    /// The acts that it follows.
    pub source: Words,
}

/// A calendar: years of days, and a digest that names exactly this content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, Year>,
    exceptions: BTreeMap<Date, Exception>,
    version: String,
}

const EMBEDDED: [&str; 9] = [
    include_str!("../data/calendars/2018.toml"),
    include_str!("../data/calendars/2019.toml"),
    include_str!("../data/calendars/2020.toml"),
    include_str!("../data/calendars/2021.toml"),
    include_str!("../data/calendars/2022.toml"),
    include_str!("../data/calendars/2023.toml"),
    include_str!("../data/calendars/2024.toml"),
    include_str!("../data/calendars/2025.toml"),
    include_str!("../data/calendars/2026.toml"),
];

static RUSSIA: LazyLock<Calendar> = LazyLock::new(|| {
    let years = EMBEDDED
        .iter()
        .map(|text| Year::parse(text).expect("the built-in years are read by a test of this crate"))
        .map(|year| (year.number, year))
        .collect();
    Calendar::of_years(years, BTreeMap::new())
});

impl Calendar {
    /// The built-in calendar of Russia, 2018–2026; read once.
    pub fn russia() -> &'static Calendar {
        &RUSSIA
    }

    /// A calendar in which the given year (a TOML text) is added or replaced; every other year stays as it is.
    pub fn with_year(&self, year_toml: &str) -> Result<Calendar, CalendarError> {
        let year = Year::parse(year_toml)?;
        let mut years = self.years.clone();
        years.insert(year.number, year);
        Ok(Self::of_years(years, self.exceptions.clone()))
    }

    fn of_years(years: BTreeMap<i16, Year>, exceptions: BTreeMap<Date, Exception>) -> Self {
        let mut hash = Sha256::new();
        for year in years.values() {
            hash.update(year.canonical());
        }
        for own in exceptions.values() {
            hash.update(format!(
                "{} here {} {}\n",
                own.on,
                own.kind.token(),
                own.act.ru
            ));
        }
        let first_bytes = hash
            .finalize()
            .iter()
            .take(6)
            .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        let span = |year: Option<&i16>| year.map_or_else(|| "0".to_owned(), ToString::to_string);
        let version = format!(
            "{}-{}-{first_bytes:012x}",
            span(years.keys().next()),
            span(years.keys().next_back())
        );
        Self {
            years,
            exceptions,
            version,
        }
    }

    /// The name of this content: first and last year and a digest of all days, e.g. `2018-2026-1f0c…`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The years entered, with the acts they follow.
    pub fn years(&self) -> impl Iterator<Item = YearSource> {
        self.years.values().map(|year| YearSource {
            year: year.number,
            version: year.version,
            source: year.source.clone(),
        })
    }

    /// Whether the year has been entered; if not, weekends and the fixed holidays stand in.
    pub fn covers(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// Whether the year lies after all the years entered.
    pub fn is_ahead(&self, year: i16) -> bool {
        self.years
            .keys()
            .next_back()
            .is_none_or(|last| year > *last)
    }

    /// What the day is.
    pub fn kind(&self, date: Date) -> DayKind {
        match self.exception(date).map(|own| own.kind) {
            Some(ExceptionKind::DayOff) => DayKind::LocalDayOff,
            Some(ExceptionKind::Nonworking) => DayKind::NonworkingByDecree,
            Some(ExceptionKind::Working) => DayKind::LocalWorkingDay,
            Some(ExceptionKind::Shortened) => DayKind::Shortened,
            None => self.country_kind(date),
        }
    }

    fn country_kind(&self, date: Date) -> DayKind {
        match self.entry(date) {
            Some(Entry::Shortened) => DayKind::Shortened,
            Some(Entry::WorkingWeekend { .. }) => DayKind::WorkingWeekend,
            Some(Entry::Holiday(_)) => DayKind::Holiday,
            Some(Entry::Moved(_)) => DayKind::MovedDayOff,
            Some(Entry::Decree(_)) => DayKind::NonworkingByDecree,
            None if self.fixed_holiday(date).is_some() => DayKind::Holiday,
            None if is_weekend(date) => DayKind::Weekend,
            None => DayKind::Working,
        }
    }

    /// Whether the working day ends an hour earlier; a worked Saturday may be short too.
    pub fn is_shortened(&self, date: Date) -> bool {
        if let Some(own) = self.exception(date) {
            return own.kind == ExceptionKind::Shortened;
        }
        matches!(
            self.entry(date),
            Some(Entry::Shortened | Entry::WorkingWeekend { shortened: true })
        )
    }

    /// Why the day is off, or nothing when it is worked.
    pub fn day_off(&self, date: Date, decree_days: DecreeDays) -> Option<DayOff> {
        let Some(own) = self.exception(date) else {
            return self.country_day_off(date, decree_days);
        };
        let act = || own.act.clone();
        match (own.kind, decree_days) {
            (ExceptionKind::DayOff, _) => Some(DayOff::Local { act: act() }),
            (ExceptionKind::Nonworking, DecreeDays::DayOff) => Some(DayOff::Decree { act: act() }),
            (ExceptionKind::Nonworking, DecreeDays::Working)
            | (ExceptionKind::Working | ExceptionKind::Shortened, _) => None,
        }
    }

    fn country_day_off(&self, date: Date, decree_days: DecreeDays) -> Option<DayOff> {
        match self.entry(date) {
            Some(Entry::Shortened | Entry::WorkingWeekend { .. }) => None,
            Some(Entry::Holiday(name)) => Some(DayOff::Holiday { name: name.clone() }),
            Some(Entry::Moved(from)) => Some(DayOff::Moved { from: *from }),
            Some(Entry::Decree(act)) => match decree_days {
                DecreeDays::DayOff => Some(DayOff::Decree { act: act.clone() }),
                DecreeDays::Working => None,
            },
            None => match self.fixed_holiday(date) {
                Some(name) => Some(DayOff::Holiday {
                    name: name.to_owned(),
                }),
                None => is_weekend(date).then_some(DayOff::Weekend),
            },
        }
    }

    /// Whether the day is off.
    pub fn is_day_off(&self, date: Date, decree_days: DecreeDays) -> bool {
        match self.kind(date) {
            DayKind::Working
            | DayKind::Shortened
            | DayKind::WorkingWeekend
            | DayKind::LocalWorkingDay => false,
            DayKind::NonworkingByDecree => decree_days == DecreeDays::DayOff,
            DayKind::Weekend | DayKind::Holiday | DayKind::MovedDayOff | DayKind::LocalDayOff => {
                true
            }
        }
    }

    /// The decree that made the day non-working.
    pub fn decree(&self, date: Date) -> Option<&Words> {
        if let Some(own) = self.exception(date) {
            return (own.kind == ExceptionKind::Nonworking).then_some(&own.act);
        }
        match self.entry(date) {
            Some(Entry::Decree(act)) => Some(act),
            _ => None,
        }
    }

    /// The first working day on or after the date; nothing at the end of time.
    pub fn working_day_from(&self, date: Date, decree_days: DecreeDays) -> Option<Date> {
        let mut day = date;
        while self.is_day_off(day, decree_days) {
            day = day.tomorrow().ok()?;
        }
        Some(day)
    }

    /// The last working day on or before the date; nothing at the beginning of time.
    pub fn working_day_until(&self, date: Date, decree_days: DecreeDays) -> Option<Date> {
        let mut day = date;
        while self.is_day_off(day, decree_days) {
            day = day.yesterday().ok()?;
        }
        Some(day)
    }

    fn entry(&self, date: Date) -> Option<&Entry> {
        self.years.get(&date.year())?.days.get(&date)
    }

    /// Art. 112 of the Labour Code, for years that have not been entered.
    fn fixed_holiday(&self, date: Date) -> Option<&'static str> {
        if self.covers(date.year()) {
            return None;
        }
        match (date.month(), date.day()) {
            (1, 1..=8) => Some("new_year"),
            (2, 23) => Some("defender"),
            (3, 8) => Some("women"),
            (5, 1) => Some("labour"),
            (5, 9) => Some("victory"),
            (6, 12) => Some("russia"),
            (11, 4) => Some("unity"),
            _ => None,
        }
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn built_in_years_are_read() {
        let years: Vec<i16> = Calendar::russia().years().map(|year| year.year).collect();
        assert_eq!(years, (2018..=2026).collect::<Vec<_>>());
        assert!(Calendar::russia().version().starts_with("2018-2026-"));
    }

    #[test]
    fn every_kind_of_day_is_told_apart() {
        let calendar = Calendar::russia();
        for (day, kind) in [
            (date(2025, 11, 20), DayKind::Working),
            (date(2025, 4, 30), DayKind::Shortened),
            (date(2025, 11, 1), DayKind::WorkingWeekend),
            (date(2025, 12, 20), DayKind::Weekend),
            (date(2025, 1, 7), DayKind::Holiday),
            (date(2025, 5, 8), DayKind::MovedDayOff),
            (date(2020, 4, 1), DayKind::NonworkingByDecree),
            (date(2020, 4, 4), DayKind::Weekend),
        ] {
            assert_eq!(calendar.kind(day), kind, "{day}");
        }
        assert!(calendar.is_shortened(date(2025, 11, 1)));
        assert!(!calendar.is_shortened(date(2024, 12, 28)));
    }

    #[test]
    fn decree_day_is_off_only_for_those_who_say_so() {
        let calendar = Calendar::russia();
        let day = date(2020, 4, 1);
        assert!(!calendar.is_day_off(day, DecreeDays::Working));
        assert!(calendar.is_day_off(day, DecreeDays::DayOff));
        assert!(calendar.decree(day).is_some());
    }

    #[test]
    fn year_not_entered_has_weekends_and_fixed_holidays() {
        let calendar = Calendar::russia();
        assert!(!calendar.covers(2027));
        assert!(calendar.is_ahead(2027));
        assert!(!calendar.is_ahead(2017));
        assert_eq!(calendar.kind(date(2027, 1, 8)), DayKind::Holiday);
        assert_eq!(calendar.kind(date(2027, 1, 9)), DayKind::Weekend);
        assert_eq!(calendar.kind(date(2027, 1, 11)), DayKind::Working);
    }

    #[test]
    fn edited_year_replaces_itself_alone_and_renames_the_calendar() {
        let text = include_str!("../data/calendars/2026.toml")
            .replace("\"2026-12-31\", from", "\"2026-12-30\", from");
        let edited = Calendar::russia().with_year(&text).unwrap();
        assert_ne!(edited.version(), Calendar::russia().version());
        assert_eq!(edited.kind(date(2026, 12, 30)), DayKind::MovedDayOff);
        assert_eq!(edited.kind(date(2026, 12, 31)), DayKind::Working);
        assert_eq!(edited.kind(date(2025, 12, 31)), DayKind::MovedDayOff);
    }

    #[test]
    fn the_end_of_time_has_no_next_working_day() {
        let calendar = Calendar::russia();
        assert!(
            calendar
                .working_day_from(Date::MAX, DecreeDays::Working)
                .is_some(),
            "31.12.9999 is a Friday"
        );
        assert!(
            calendar
                .working_day_until(Date::MIN, DecreeDays::Working)
                .is_some()
                || calendar.is_day_off(Date::MIN, DecreeDays::Working)
        );
    }
}
