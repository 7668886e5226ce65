//! Dates and moments in words. The words themselves stand in the word files; here is only which
//! of them a date needs.

use base::{Language, Moment};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::words::Words;

impl Words {
    /// `12 декабря 2026 года`.
    pub fn date_long(&self, language: Language, date: Date) -> String {
        self.text(
            language,
            "date-long",
            &[
                ("day", date.day().into()),
                ("month", self.month(language, date).into()),
                ("year", date.year().to_string().into()),
            ],
        )
    }

    /// `12 декабря`.
    pub fn date_short(&self, language: Language, date: Date) -> String {
        self.text(
            language,
            "date-short",
            &[
                ("day", date.day().into()),
                ("month", self.month(language, date).into()),
            ],
        )
    }

    /// `пт`.
    pub fn weekday(&self, language: Language, date: Date) -> String {
        const KEYS: [&str; 7] = [
            "date-weekday-1",
            "date-weekday-2",
            "date-weekday-3",
            "date-weekday-4",
            "date-weekday-5",
            "date-weekday-6",
            "date-weekday-7",
        ];
        self.text(language, KEYS[weekday_index(date)], &[])
    }

    /// `до пятницы, 12 декабря`.
    pub fn until(&self, language: Language, date: Date) -> String {
        const KEYS: [&str; 7] = [
            "date-until-1",
            "date-until-2",
            "date-until-3",
            "date-until-4",
            "date-until-5",
            "date-until-6",
            "date-until-7",
        ];
        let date_text = self.date_short(language, date);
        self.text(
            language,
            KEYS[weekday_index(date)],
            &[("date", date_text.into())],
        )
    }

    /// `21 ноября, 10:42` in `zone`; with the year when it is not `this_year`.
    pub fn moment(
        &self,
        language: Language,
        moment: Moment,
        zone: &TimeZone,
        this_year: Option<i16>,
    ) -> String {
        let there = moment.timestamp().to_zoned(zone.clone());
        let time = format!("{:02}:{:02}", there.hour(), there.minute());
        let date = if this_year.is_none_or(|year| year == there.year()) {
            self.date_short(language, there.date())
        } else {
            self.date_long(language, there.date())
        };
        self.text(
            language,
            "date-moment",
            &[("date", date.into()), ("time", time.into())],
        )
    }

    fn month(&self, language: Language, date: Date) -> std::borrow::Cow<'_, str> {
        const KEYS: [&str; 12] = [
            "date-month-1",
            "date-month-2",
            "date-month-3",
            "date-month-4",
            "date-month-5",
            "date-month-6",
            "date-month-7",
            "date-month-8",
            "date-month-9",
            "date-month-10",
            "date-month-11",
            "date-month-12",
        ];
        let index = usize::from(date.month().unsigned_abs()).saturating_sub(1);
        self.plain(language, KEYS[index.min(11)])
    }
}

fn weekday_index(date: Date) -> usize {
    usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()).min(6)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_read_as_people_say_them() {
        let words = Words::new(&[]).unwrap();
        let day = date(2025, 12, 12);
        assert_eq!(
            words.date_long(Language::Ru, day),
            "12\u{a0}декабря 2025\u{a0}года"
        );
        assert_eq!(words.date_long(Language::En, day), "12\u{a0}December 2025");
        assert_eq!(words.weekday(Language::Ru, day), "пт");
        assert_eq!(
            words.until(Language::Ru, day),
            "до пятницы, 12\u{a0}декабря"
        );
        assert_eq!(
            words.until(Language::En, day),
            "by Friday, 12\u{a0}December"
        );
    }

    #[test]
    fn a_moment_is_the_one_of_the_zone_and_names_another_year() {
        let words = Words::new(&[]).unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(3));
        let moment = Moment::from_micros(1_763_760_600_000_000); // 2025-11-21T21:30Z
        assert_eq!(
            words.moment(Language::Ru, moment, &zone, Some(2025)),
            "22\u{a0}ноября, 00:30"
        );
        assert_eq!(
            words.moment(Language::En, moment, &zone, Some(2026)),
            "22\u{a0}November 2025, 00:30"
        );
    }
}
