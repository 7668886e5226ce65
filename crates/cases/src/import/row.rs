//! One row of the set: from columns of text to what a case needs, or to the reason why not.

use base::Moment;
use base::text::{clean_line, clean_text, length};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::report::Reason;
use crate::model::State;

/// The columns that are read, in the order in which [`Appeal::read`] takes them.
pub(super) const COLUMNS: [&str; 14] = [
    "id",
    "created",
    "district",
    "municipality",
    "address",
    "lat",
    "lon",
    "object",
    "category",
    "reason",
    "executor",
    "text",
    "answered",
    "final_status",
];

/// The longest text and the longest answer, in characters.
pub(super) const TEXT_MOST: usize = 100_000;

const ADDRESS_MOST: usize = 1_000;
const ID_MOST: usize = 64;
const NAME_MOST: usize = 300;
const SUBJECT_MOST: usize = 100;

/// No system that cases are carried over from is older.
const FIRST_YEAR: i16 = 1990;

/// States of the other system by how their names begin.
const STATUSES: &str = include_str!("statuses.csv");

/// An appeal as the file has it.
#[derive(Debug)]
pub(super) struct Appeal {
    pub(super) id: String,
    pub(super) created: Moment,
    pub(super) created_on: Date,
    pub(super) answered: Option<Moment>,
    pub(super) state: State,
    pub(super) district: String,
    pub(super) municipality: String,
    pub(super) address: String,
    pub(super) point: Option<(f64, f64)>,
    pub(super) object: String,
    pub(super) category: String,
    pub(super) reason: String,
    pub(super) executor: String,
    pub(super) text: String,
}

impl Appeal {
    /// Reads the columns of [`COLUMNS`]; local times are those of `zone`.
    pub(super) fn read(columns: [&str; 14], zone: &TimeZone, now: Moment) -> Result<Self, Reason> {
        let [
            raw_id,
            created,
            district,
            municipality,
            address,
            lat,
            lon,
            object,
            category,
            reason,
            executor,
            text,
            answered,
            status,
        ] = columns;
        if raw_id.trim().is_empty() {
            return Err(Reason::NoId);
        }
        let id = id(raw_id).ok_or(Reason::Id)?;
        let (created, created_on) = moment("created", created, zone, now)?;
        let answered = match answered.trim() {
            "" => None,
            text => Some(moment("answered", text, zone, now)?.0),
        };
        if answered.is_some_and(|answered| answered < created) {
            return Err(Reason::Order);
        }
        let (state, _) = status_of(status).ok_or(Reason::Status)?;
        Ok(Self {
            id,
            created,
            created_on,
            answered,
            state,
            district: name(district),
            municipality: name(municipality),
            address: within("address", clean_line(address), ADDRESS_MOST)?,
            point: point(lat, lon),
            object: name(object),
            category: name(category),
            reason: name(reason),
            executor: name(executor),
            text: within("text", clean_text(text), TEXT_MOST)?,
        })
    }

    /// What it is about, in a line.
    pub(super) fn subject(&self) -> String {
        let path = if self.reason.is_empty() {
            &self.category
        } else {
            &self.reason
        };
        shortened(path, SUBJECT_MOST)
    }
}

/// The identifier without the blanks around it, as the order of a file is told by.
pub(super) fn id_bytes(field: &[u8]) -> &[u8] {
    field.trim_ascii()
}

/// An identifier that can be the outside number of a case.
pub(super) fn id(text: &str) -> Option<String> {
    let text = text.trim_ascii();
    let sound = (1..=ID_MOST).contains(&length(text)) && clean_line(text) == text;
    sound.then(|| text.to_owned())
}

/// A local moment of the files, with its day there.
pub(super) fn moment(
    column: &'static str,
    text: &str,
    zone: &TimeZone,
    now: Moment,
) -> Result<(Moment, Date), Reason> {
    let local: DateTime = text.trim().parse().map_err(|_| Reason::Moment(column))?;
    if local.year() < FIRST_YEAR {
        return Err(Reason::Moment(column));
    }
    let zoned = local
        .to_zoned(zone.clone())
        .map_err(|_| Reason::Moment(column))?;
    let moment = Moment::from(zoned.timestamp());
    if moment > now {
        return Err(Reason::Future(column));
    }
    Ok((moment, local.date()))
}

/// The state that a status of the other system stands for, and what had happened, as a word.
pub(super) fn status_of(status: &str) -> Option<(State, &'static str)> {
    let status = clean_line(status);
    STATUSES
        .lines()
        .skip(1)
        .filter_map(|line| {
            let (begins, rest) = line.split_once(',')?;
            Some((begins, rest.split_once(',')?))
        })
        .find(|(begins, _)| status.starts_with(begins))
        .and_then(|(_, (code, event))| Some((State::from_code(code)?, event)))
}

/// A place on Earth; nothing when either half is none.
fn point(lat: &str, lon: &str) -> Option<(f64, f64)> {
    let part = |text: &str, most: f64| {
        let value: f64 = text.trim().parse().ok()?;
        (-most..=most).contains(&value).then_some(value)
    };
    part(lat, 90.0).zip(part(lon, 180.0))
}

/// A name, within bounds.
pub(super) fn name(text: &str) -> String {
    shortened(&clean_line(text), NAME_MOST)
}

fn within(column: &'static str, text: String, most: usize) -> Result<String, Reason> {
    if length(&text) > most {
        Err(Reason::TooLong(column))
    } else {
        Ok(text)
    }
}

/// At most so many characters, cut between words where there are any.
fn shortened(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{}\u{2026}", whole.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Moment = Moment::from_micros(1_795_251_600_000_000);

    fn columns() -> [&'static str; 14] {
        [
            "7",
            "2020-10-18T14:50:40.817676",
            "Озёрный",
            "Заречье",
            "Лесная, 12",
            "59.9",
            "30.1",
            "Дом",
            "Дома",
            "Протечка",
            "ЖКС № 1",
            "Течёт крыша.",
            "2020-10-22T16:33:46",
            "Завершено: Автоматически",
        ]
    }

    fn read(change: impl Fn(&mut [&'static str; 14])) -> Result<Appeal, Reason> {
        let mut columns = columns();
        change(&mut columns);
        Appeal::read(columns, &TimeZone::get("Europe/Moscow").unwrap(), NOW)
    }

    #[test]
    fn local_times_are_those_of_the_zone() {
        let appeal = read(|_| ()).unwrap();
        assert_eq!(appeal.created.rfc3339(), "2020-10-18T11:50:40.817676Z");
        assert_eq!(appeal.created_on.to_string(), "2020-10-18");
        let late = read(|c| c[1] = "2020-10-18T00:30:00").unwrap();
        assert_eq!(late.created_on.to_string(), "2020-10-18");
        assert_eq!(late.created.rfc3339(), "2020-10-17T21:30:00Z");
    }

    #[test]
    fn every_status_has_its_state() {
        for (status, state) in [
            ("Завершено: Автоматически", State::Closed),
            ("Получен ответ", State::Decided),
            ("Промежуточный ответ", State::InWork),
            ("Рассмотрение", State::InWork),
            ("Модерация", State::Registered),
        ] {
            let known = status_of(status).map(|(state, _)| state);
            assert_eq!(known, Some(state), "{status}");
        }
        assert_eq!(status_of("Отозвано"), None);
        let silence = status_of("Завершено: Автоматически");
        assert_eq!(silence, Some((State::Closed, "silence")));
    }

    #[test]
    fn broken_rows_are_refused_with_their_reason() {
        assert_eq!(read(|c| c[0] = " ").unwrap_err(), Reason::NoId);
        assert_eq!(read(|c| c[0] = "7\u{202e}").unwrap_err(), Reason::Id);
        assert_eq!(
            read(|c| c[1] = "вчера").unwrap_err(),
            Reason::Moment("created")
        );
        assert_eq!(
            read(|c| c[1] = "0020-10-18T14:50:40").unwrap_err(),
            Reason::Moment("created")
        );
        assert_eq!(
            read(|c| c[1] = "2099-10-18T14:50:40").unwrap_err(),
            Reason::Future("created")
        );
        assert_eq!(
            read(|c| c[12] = "2020-13-45").unwrap_err(),
            Reason::Moment("answered")
        );
        assert_eq!(read(|c| c[12] = "2020-10-17").unwrap_err(), Reason::Order);
        assert_eq!(read(|c| c[13] = "").unwrap_err(), Reason::Status);
    }

    #[test]
    fn a_place_off_the_earth_is_no_place() {
        assert_eq!(read(|_| ()).unwrap().point, Some((59.9, 30.1)));
        for (lat, lon) in [
            ("91", "30"),
            ("59", "-180.5"),
            ("NaN", "30"),
            ("inf", "1"),
            ("", "30"),
            ("x", "y"),
        ] {
            assert_eq!(super::point(lat, lon), None, "{lat} {lon}");
        }
    }

    #[test]
    fn long_subjects_end_between_words() {
        let long = "очень ".repeat(40);
        let cut = shortened(&long, 100);
        assert!(length(&cut) <= 100 && cut.ends_with("очень\u{2026}"));
        assert_eq!(length(&shortened(&"ы".repeat(200), 100)), 100);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,60}", place in 0usize..14) {
            let mut columns: [&str; 14] = columns();
            columns[place] = &text;
            let _ = Appeal::read(columns, &TimeZone::UTC, NOW).map(|appeal| appeal.subject());
        }
    }
}
