//! The days on which a place differs from the country: a region's own holiday, a governor's decree, a
//! Saturday that a city works instead of another day. Each names its act.
//!
//! Exceptions lie over a calendar without touching it ([`Calendar::with_exceptions`]), so that next
//! year's resolution of the Government can be entered, or corrected, underneath them.
//!
//! ```toml
//! format = 1                      # of this file
//! [[day]]
//! on = "2026-04-21"
//! kind = "day_off"                # or "nonworking", "working", "shortened": see `ExceptionKind`
//! act = { ru = "…", en = "…" }    # `en` may be left out
//! ```

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Calendar, CalendarError, DecreeDays};
use crate::words::Words;

/// One day on which the calendar of a place differs from that of the country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The day.
    pub on: Date,
    /// What it is there.
    pub kind: ExceptionKind,
    /// The act that says so; an explanation names it.
    pub act: Words,
}

/// What a day is in a place that differs from the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExceptionKind {
    /// Off for every term: a holiday by a law of the region, or a day off moved there.
    DayOff,
    /// Declared non-working by a decree; as with the days of the President, whether it is off for a
    /// term is the term's own matter ([`DecreeDays`]).
    Nonworking,
    /// Worked to the usual hour, whatever the country does.
    Working,
    /// Worked an hour less.
    Shortened,
}

impl ExceptionKind {
    /// The token by which the message `law-step-local-day` selects; days off have messages of their own.
    pub(crate) fn token(self) -> &'static str {
        match self {
            Self::DayOff => "day_off",
            Self::Nonworking => "nonworking",
            Self::Working => "working",
            Self::Shortened => "shortened",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExceptionsText {
    format: u32,
    #[serde(default)]
    day: Vec<Exception>,
}

impl Exception {
    /// Reads exceptions from a TOML text; [`Calendar::with_exceptions`] checks them.
    pub fn read(text: &str) -> Result<Vec<Self>, CalendarError> {
        let text: ExceptionsText = toml::from_str(text)
            .map_err(|error| CalendarError::Unreadable(error.message().to_owned()))?;
        if text.format != 1 {
            return Err(CalendarError::UnknownFormat(text.format));
        }
        Ok(text.day)
    }
}

/// The exceptions by day, over those that were there before; each checked.
pub(super) fn laid_over(
    before: &BTreeMap<Date, Exception>,
    added: &[Exception],
) -> Result<BTreeMap<Date, Exception>, CalendarError> {
    let mut own = BTreeMap::new();
    for exception in added {
        let day = exception.on;
        if !(1992..=9998).contains(&day.year()) {
            return Err(CalendarError::YearOutOfRange(day.year()));
        }
        if exception.act.ru.trim().is_empty() {
            return Err(CalendarError::NoAct(day));
        }
        if own.insert(day, exception.clone()).is_some() {
            return Err(CalendarError::ListedTwice(day));
        }
    }
    let mut all = before.clone();
    all.append(&mut own);
    Ok(all)
}

impl Calendar {
    /// A calendar in which single days are what a place says they are. A day laid over before is
    /// replaced, so that an agency's own days may lie over those of its region.
    ///
    /// A day off that the country has anyway stays the country's, with the country's reason.
    pub fn with_exceptions(&self, days: &[Exception]) -> Result<Calendar, CalendarError> {
        let exceptions = laid_over(&self.exceptions, days)?;
        Ok(Self::of_years(self.years.clone(), exceptions))
    }

    /// All exceptions that were laid over, by date.
    pub fn exceptions(&self) -> impl Iterator<Item = &Exception> {
        self.exceptions.values()
    }

    /// The exceptions in force on days between two, both left out.
    pub(crate) fn exceptions_between(
        &self,
        after: Date,
        before: Date,
    ) -> impl Iterator<Item = &Exception> {
        self.exceptions
            .keys()
            .filter(move |day| after < **day && **day < before)
            .filter_map(|day| self.exception(*day))
    }

    /// The exception that makes the day another one than in the country, if any.
    pub fn exception(&self, date: Date) -> Option<&Exception> {
        let own = self.exceptions.get(&date)?;
        let is_off = |decree_days| self.country_day_off(date, decree_days).is_some();
        let differs = match own.kind {
            ExceptionKind::DayOff => !is_off(DecreeDays::Working),
            ExceptionKind::Nonworking => !is_off(DecreeDays::DayOff),
            ExceptionKind::Working | ExceptionKind::Shortened => true,
        };
        differs.then_some(own)
    }

    /// The exception by which the day is worked though the country rests.
    pub fn worked_by(&self, date: Date) -> Option<&Exception> {
        self.exception(date).filter(|own| {
            matches!(own.kind, ExceptionKind::Working | ExceptionKind::Shortened)
                && self.country_day_off(date, DecreeDays::DayOff).is_some()
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{DayKind, DayOff};
    use super::*;

    fn words(ru: &str) -> Words {
        Words {
            ru: ru.to_owned(),
            en: None,
        }
    }

    fn exception(on: Date, kind: ExceptionKind) -> Exception {
        Exception {
            on,
            kind,
            act: words("закон области от 01.02.2025 № 7-ОЗ"),
        }
    }

    fn with(days: &[(Date, ExceptionKind)]) -> Calendar {
        let days: Vec<Exception> = days
            .iter()
            .map(|(on, kind)| exception(*on, *kind))
            .collect();
        Calendar::russia().with_exceptions(&days).unwrap()
    }

    #[test]
    fn each_kind_of_exception_makes_its_day_and_no_other() {
        let tuesday = date(2026, 4, 21);
        let saturday = date(2026, 4, 25);
        for (on, kind, becomes, off, by_decree) in [
            (
                tuesday,
                ExceptionKind::DayOff,
                DayKind::LocalDayOff,
                true,
                true,
            ),
            (
                tuesday,
                ExceptionKind::Nonworking,
                DayKind::NonworkingByDecree,
                false,
                true,
            ),
            (
                tuesday,
                ExceptionKind::Shortened,
                DayKind::Shortened,
                false,
                false,
            ),
            (
                saturday,
                ExceptionKind::Working,
                DayKind::LocalWorkingDay,
                false,
                false,
            ),
            (
                saturday,
                ExceptionKind::Shortened,
                DayKind::Shortened,
                false,
                false,
            ),
        ] {
            let calendar = with(&[(on, kind)]);
            assert_eq!(calendar.kind(on), becomes, "{on} {kind:?}");
            assert_eq!(calendar.is_day_off(on, DecreeDays::Working), off);
            assert_eq!(calendar.is_day_off(on, DecreeDays::DayOff), by_decree);
            assert_eq!(calendar.day_off(on, DecreeDays::Working).is_some(), off);
            assert_eq!(
                calendar.day_off(on, DecreeDays::DayOff).is_some(),
                by_decree
            );
            assert_eq!(
                calendar.is_shortened(on),
                kind == ExceptionKind::Shortened,
                "{on} {kind:?}"
            );
            for other in [on.tomorrow().unwrap(), on.yesterday().unwrap()] {
                assert_eq!(calendar.kind(other), Calendar::russia().kind(other));
            }
        }
    }

    #[test]
    fn a_day_off_of_the_country_stays_the_countrys() {
        let (sunday, holiday) = (date(2026, 4, 12), date(2026, 6, 12));
        for kind in [ExceptionKind::DayOff, ExceptionKind::Nonworking] {
            let calendar = with(&[(sunday, kind), (holiday, kind)]);
            assert_eq!(calendar.kind(sunday), DayKind::Weekend);
            assert_eq!(
                calendar.day_off(sunday, DecreeDays::Working),
                Some(DayOff::Weekend)
            );
            assert_eq!(calendar.kind(holiday), DayKind::Holiday);
            assert_eq!(calendar.decree(sunday), None);
        }
    }

    #[test]
    fn a_regions_law_makes_off_what_the_president_left_to_each_term() {
        let day = date(2020, 4, 1);
        let calendar = with(&[(day, ExceptionKind::DayOff)]);
        assert!(calendar.is_day_off(day, DecreeDays::Working));
        assert_eq!(calendar.decree(day), None);
    }

    #[test]
    fn a_city_works_a_saturday_instead_of_new_years_eve() {
        // St Petersburg in 2020: its appeals were counted so (docs/reroutes.md).
        let (saturday, eve) = (date(2020, 12, 26), date(2020, 12, 31));
        let calendar = with(&[
            (saturday, ExceptionKind::Working),
            (eve, ExceptionKind::DayOff),
        ]);
        assert_eq!(
            calendar.working_day_from(saturday, DecreeDays::Working),
            Some(saturday)
        );
        assert_eq!(
            calendar.working_day_from(eve, DecreeDays::Working),
            Some(date(2021, 1, 11))
        );
        assert!(calendar.worked_by(saturday).is_some());
        assert!(calendar.worked_by(date(2020, 12, 28)).is_none());
    }

    #[test]
    fn what_is_laid_over_renames_the_calendar_and_outlives_a_new_year_underneath() {
        let day = date(2027, 4, 20);
        let own = with(&[(day, ExceptionKind::DayOff)]);
        assert_ne!(own.version(), Calendar::russia().version());
        assert!(!own.covers(2027), "an exception is no calendar of a year");
        assert_eq!(
            Calendar::russia().with_exceptions(&[]).unwrap().version(),
            Calendar::russia().version()
        );
        let year = "format = 1\nyear = 2027\nversion = 1\nsource = { ru = \"постановление\" }\n";
        let entered = own.with_year(year).unwrap();
        assert_eq!(entered.kind(day), DayKind::LocalDayOff);
        assert_eq!(entered.exceptions().count(), 1);
    }

    #[test]
    fn an_agencys_own_days_lie_over_those_of_its_region() {
        let day = date(2026, 4, 21);
        let region = with(&[(day, ExceptionKind::DayOff)]);
        let agency = region
            .with_exceptions(&[exception(day, ExceptionKind::Working)])
            .unwrap();
        assert!(!agency.is_day_off(day, DecreeDays::DayOff));
        assert_eq!(agency.exceptions().count(), 1);
    }

    #[test]
    fn mistakes_of_an_editor_have_names() {
        let day = date(2026, 4, 21);
        let own = exception(day, ExceptionKind::DayOff);
        let nameless = Exception {
            act: words(" "),
            ..own.clone()
        };
        let early = Exception {
            on: date(1991, 4, 21),
            ..own.clone()
        };
        for (days, error) in [
            (
                vec![own.clone(), own.clone()],
                CalendarError::ListedTwice(day),
            ),
            (vec![nameless], CalendarError::NoAct(day)),
            (vec![early], CalendarError::YearOutOfRange(1991)),
        ] {
            assert_eq!(Calendar::russia().with_exceptions(&days), Err(error));
        }
    }

    #[test]
    fn exceptions_are_read_from_a_text() {
        let text = "format = 1\n[[day]]\non = \"2026-04-21\"\nkind = \"day_off\"\nact = { ru = \"закон области от 01.02.2025 № 7-ОЗ\" }\n";
        let own = exception(date(2026, 4, 21), ExceptionKind::DayOff);
        assert_eq!(Exception::read(text), Ok(vec![own]));
        assert_eq!(
            Exception::read("format = 2"),
            Err(CalendarError::UnknownFormat(2))
        );
        assert!(matches!(
            Exception::read(&text.replace("day_off", "holiday")),
            Err(CalendarError::Unreadable(_))
        ));
    }
}
