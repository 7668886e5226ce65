//! The built-in calendars agree, day by day, with two public collections, where these are at hand.
//!
//! The collections lie outside the project (`../shared/data/calendar` from its root). Without them the
//! tests say so and pass.

#![expect(
    clippy::unwrap_used,
    reason = "what is missing in a test should fail it at once"
)]

use std::{collections::BTreeMap, fs, path::PathBuf};

use jiff::civil::{Date, Weekday, date};
use law::{Calendar, DayKind, DecreeDays};

fn collection(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/calendar")
        .join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the calendar collection {name} is not here");
    None
}

fn days_of(year: i16) -> impl Iterator<Item = Date> {
    let mut next = Some(date(year, 1, 1));
    std::iter::from_fn(move || {
        let day = next.filter(|day| day.year() == year)?;
        next = day.tomorrow().ok();
        Some(day)
    })
}

/// The value of an attribute of an XML element.
fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    element
        .split_once(&format!(" {name}=\""))?
        .1
        .split_once('"')
        .map(|(value, _)| value)
}

/// What the XML collection says of a day: 1 off, 2 short, 3 worked weekend; and whether it is off by decree.
struct Said {
    kind: u8,
    by_decree: bool,
    moved_from: Option<Date>,
}

fn xml_year(text: &str, year: i16) -> BTreeMap<Date, Said> {
    let month_day = |value: &str| {
        let (month, day) = value.split_once('.').expect("MM.DD");
        date(year, month.parse().unwrap(), day.parse().unwrap())
    };
    let decrees: Vec<&str> = text
        .split("<holiday ")
        .skip(1)
        .map(|element| element.split('>').next().unwrap())
        .filter(|element| {
            element.contains("title=\"Нерабоч") && element.contains("Указ Президента")
        })
        .map(|element| element.split('"').nth(1).unwrap())
        .collect();
    text.split("<day")
        .skip(1)
        .filter(|element| element.starts_with(" d="))
        .map(|element| {
            let element = element.split('>').next().unwrap();
            let said = Said {
                kind: attribute(element, "t").unwrap().parse().unwrap(),
                by_decree: attribute(element, "h").is_some_and(|id| decrees.contains(&id)),
                moved_from: attribute(element, "f").map(month_day),
            };
            (month_day(attribute(element, "d").unwrap()), said)
        })
        .collect()
}

#[test]
fn all_years_agree_with_the_xml_collection() {
    let Some(folder) = collection("xmlcalendar") else {
        return;
    };
    let calendar = Calendar::russia();
    for year in 2018..=2026 {
        let text = fs::read_to_string(folder.join(format!("{year}.xml"))).unwrap();
        let said = xml_year(&text, year);
        assert!(said.len() > 15, "{year} was not read");
        for day in days_of(year) {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            let said = said.get(&day);
            let off = match said.map(|said| said.kind) {
                Some(1) => true,
                Some(2 | 3) => false,
                Some(other) => panic!("{day}: {other}"),
                None => weekend,
            };
            assert_eq!(calendar.is_day_off(day, DecreeDays::DayOff), off, "{day}");
            assert_eq!(
                calendar.is_shortened(day),
                said.is_some_and(|said| said.kind == 2),
                "{day} short"
            );
            assert_eq!(
                calendar.kind(day) == DayKind::WorkingWeekend,
                weekend && !off,
                "{day} worked"
            );
            // The collection also marks weekends that lie inside a stretch of decree days.
            let by_decree = said.is_some_and(|said| said.by_decree) && !weekend;
            assert_eq!(
                calendar.kind(day) == DayKind::NonworkingByDecree,
                by_decree,
                "{day} by decree"
            );
            if let (Some(from), DayKind::MovedDayOff) =
                (said.and_then(|said| said.moved_from), calendar.kind(day))
            {
                let ours = calendar.day_off(day, DecreeDays::Working);
                assert_eq!(ours, Some(law::DayOff::Moved { from }), "{day} moved");
            }
        }
    }
}

/// The dates of one array of the JSON collection.
fn json_dates(text: &str, array: &str) -> Vec<Date> {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    let dates = value
        .get(array)
        .and_then(|dates| dates.as_array())
        .cloned()
        .unwrap_or_default();
    dates
        .iter()
        .map(|date| date.as_str().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn years_agree_with_the_json_collection_and_decree_days_are_told_apart() {
    let Some(folder) = collection("d10xa") else {
        return;
    };
    let calendar = Calendar::russia();
    for year in 2018..=2025 {
        let text = fs::read_to_string(folder.join(format!("{year}.json"))).unwrap();
        let [off, short, by_decree] =
            ["holidays", "preholidays", "nowork"].map(|array| json_dates(&text, array));
        assert!(off.len() > 100, "{year} was not read");
        assert_eq!(by_decree.is_empty(), !matches!(year, 2020 | 2021), "{year}");
        for day in days_of(year) {
            assert_eq!(
                calendar.is_day_off(day, DecreeDays::Working),
                off.contains(&day),
                "{day}"
            );
            assert_eq!(
                calendar.kind(day) == DayKind::NonworkingByDecree,
                by_decree.contains(&day),
                "{day} by decree"
            );
            // A short day that a decree made non-working is no short day any more.
            let short = short.contains(&day) && !by_decree.contains(&day);
            assert_eq!(calendar.is_shortened(day), short, "{day} short");
        }
    }
}
