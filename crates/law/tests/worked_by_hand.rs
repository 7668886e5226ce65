//! The rows of `docs/terms-59-fz.md`, worked by hand from the calendar, are what the rules say.
//!
//! If this test has just stopped your build, a rule, the calendar or the counting has changed what
//! people are told: work the named row by hand again and write it into the document, or undo the change.

#![expect(
    clippy::unwrap_used,
    reason = "what is missing in a test should fail it at once"
)]

use std::{collections::BTreeSet, fs, path::PathBuf};

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Weekday},
    tz::TimeZone,
};
use law::{
    AgencyHours, Calendar, Changes, Count, DecreeDays, DueError, Exception, ExceptionKind,
    Extension, FirstDay, Law, OnDayOff, Pause, Registration, Rule, StartsOn, Words, due, due_with,
    registered_by_hand, registered_on, target,
};

const COLUMNS: usize = 12;
const ROWS_AT_LEAST: usize = 100;
/// The readings of the law under which a row must say its date whenever that is another one.
const TOLD_ALWAYS: [&str; 3] = ["previous", "stays", "decree-off"];

fn document() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/terms-59-fz.md");
    fs::read_to_string(path).unwrap()
}

/// One row of the document, its cells as they stand.
struct Row {
    number: usize,
    cells: Vec<String>,
}

impl Row {
    /// The rows of all tables that have such columns; other tables and the heads are passed over.
    fn all(document: &str) -> Vec<Row> {
        document
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
            .map(|line| line.split(" | ").map(str::to_owned).collect())
            .filter(|cells: &Vec<String>| cells.len() == COLUMNS)
            .filter_map(|cells| {
                let number = cells[0].parse().ok()?;
                Some(Row { number, cells })
            })
            .collect()
    }

    /// A cell by its column; nothing when it holds a dash.
    fn cell(&self, column: usize) -> Option<&str> {
        Some(&*self.cells[column]).filter(|cell| *cell != "–")
    }

    fn received(&self) -> Option<&str> {
        self.cell(2)
    }

    fn registered(&self) -> Option<Date> {
        self.cell(3).map(|cell| cell.parse().unwrap())
    }

    /// The rule, and whether the agency's own aim is meant.
    fn rule(&self, start: Date) -> (Rule, bool) {
        let (id, aim) = match self.cells[4].split_once(' ') {
            Some((id, "aim")) => (id, true),
            Some((_, other)) => panic!("row {}: «{other}» is no part of a rule", self.number),
            None => (&*self.cells[4], false),
        };
        let (regime, term) = id.split_once('.').unwrap();
        let rule = Law::built_in().rule(regime, term, start);
        let rule = rule.unwrap_or_else(|| panic!("row {}: no rule {id}", self.number));
        (rule.clone(), aim)
    }

    fn disputes(&self) -> BTreeSet<&str> {
        self.cells[10].split(", ").skip(1).collect()
    }

    /// Dates that other readings of the law give, by the name of the reading.
    fn readings(&self) -> Vec<(&str, &str)> {
        let readings = self.cell(11).into_iter().flat_map(|cell| cell.split("; "));
        readings.map(|one| one.split_once(' ').unwrap()).collect()
    }

    fn changes(&self) -> (Changes, Vec<Exception>) {
        let mut changes = Changes::default();
        let mut exceptions = Vec::new();
        for change in self.cell(6).into_iter().flat_map(|cell| cell.split("; ")) {
            let parts: Vec<&str> = change.split(' ').collect();
            match *parts {
                ["pause", days] | ["pause", days, _] => {
                    let (from, to) = days.split_once("..").unwrap();
                    changes.pauses.push(Pause {
                        from: from.parse().unwrap(),
                        to: to.parse().unwrap(),
                        ground: (*parts.get(2).unwrap_or(&"documents")).to_owned(),
                    });
                }
                ["here", kind, on] => exceptions.push(Exception {
                    on: on.parse().unwrap(),
                    kind: match kind {
                        "off" => ExceptionKind::DayOff,
                        "nonworking" => ExceptionKind::Nonworking,
                        "works" => ExceptionKind::Working,
                        "shortened" => ExceptionKind::Shortened,
                        other => panic!("row {}: «{other}» is no exception", self.number),
                    },
                    act: Words {
                        ru: "акт".to_owned(),
                        en: None,
                    },
                }),
                [days, ground, decided_on] if days.starts_with('+') => {
                    changes.extensions.push(Extension {
                        days: days[1..].parse().unwrap(),
                        decided_on: decided_on.parse().unwrap(),
                        ground: ground.to_owned(),
                    });
                }
                _ => panic!("row {}: «{change}» is no change", self.number),
            }
        }
        (changes, exceptions)
    }
}

/// A moment as the document writes it, and the hours of the agency that receives it.
fn moment(text: &str) -> (AgencyHours, Timestamp) {
    let (sent, agency) = match text.split_once(" > ") {
        Some((sent, agency)) => (sent, Some(agency)),
        None => (text, None),
    };
    let (at, sender) = sent.split_once(' ').unwrap();
    let at: DateTime = at.parse().unwrap();
    let zone = |name: &str| TimeZone::get(name).unwrap();
    let moment = zone(sender).to_timestamp(at).unwrap();
    (AgencyHours::usual(zone(agency.unwrap_or(sender))), moment)
}

/// What Okno registers on, if anything was received.
fn registration(row: &Row, calendar: &Calendar) -> Option<Registration> {
    let received = row.received()?;
    let regime = row.cells[4].split('.').next().unwrap();
    let intake = |on| Law::built_in().rule(regime, "registration", on).unwrap();
    if let Some(came_on) = received.strip_suffix(" paper") {
        let came_on: Date = came_on.parse().unwrap();
        let hours = AgencyHours::usual(TimeZone::UTC);
        let noon = row.registered().unwrap().at(12, 0, 0, 0);
        let entered = hours.zone().to_timestamp(noon).unwrap();
        return registered_by_hand(intake(came_on), calendar, &hours, came_on, entered).ok();
    }
    let (hours, moment) = moment(received);
    let on = law::day_in(hours.zone(), moment);
    Some(registered_on(intake(on), calendar, &hours, moment).unwrap())
}

/// A refusal in the words of the document.
fn refusal(error: &DueError) -> String {
    let why = match error {
        DueError::PauseNotAllowed => "no pause",
        DueError::PausesOverlap { .. } => "overlap",
        DueError::PausedTooLong { .. } => "paused too long",
        DueError::ExtensionNotAllowed => "no extension",
        DueError::ExtendedTooFar { .. } => "too far",
        DueError::ExtendedTooLate { .. } => "too late",
        DueError::UnknownGround(_) => "ground",
        other => panic!("{other}"),
    };
    format!("refused: {why}")
}

/// The rule as another reading of the law has it.
fn read_as(rule: &Rule, reading: &str) -> Rule {
    let limit = rule.limit.clone();
    let limit = match reading {
        "previous" => Count {
            on_day_off: OnDayOff::Previous,
            ..limit
        },
        "stays" => Count {
            on_day_off: OnDayOff::None,
            ..limit
        },
        "same-day" => Count {
            first_day: FirstDay::SameDay,
            ..limit
        },
        "decree-off" => Count {
            decree_days: DecreeDays::DayOff,
            ..limit
        },
        other => panic!("«{other}» is no reading"),
    };
    Rule {
        limit,
        ..rule.clone()
    }
}

/// A row with all that it takes to count it.
struct Counted {
    rule: Rule,
    aim: bool,
    calendar: Calendar,
    start: Date,
    changes: Changes,
}

impl Counted {
    fn date(&self, rule: &Rule) -> Result<Date, DueError> {
        if self.aim {
            let aim = target(rule, &self.calendar, self.start, &self.changes)?;
            return Ok(aim.unwrap().due_on);
        }
        due_with(rule, &self.calendar, self.start, &self.changes).map(|due| due.due_on)
    }

    /// The date if an extension ran on from the day to which the term had moved.
    fn extended_from_moved(&self) -> Date {
        let moved = due(&self.rule, &self.calendar, self.start).unwrap().due_on;
        let mut longer = self.rule.clone();
        longer.limit.length = self.changes.extensions.iter().map(|one| one.days).sum();
        due(&longer, &self.calendar, moved).unwrap().due_on
    }

    fn read_as(&self, reading: &str) -> Result<Date, DueError> {
        match reading {
            "from-moved" => Ok(self.extended_from_moved()),
            other => self.date(&read_as(&self.rule, other)),
        }
    }
}

/// All that is wrong with a row.
fn faults(row: &Row) -> Vec<String> {
    let mut faults = Vec::new();
    let (changes, exceptions) = row.changes();
    let calendar = Calendar::russia().with_exceptions(&exceptions).unwrap();
    let registration = registration(row, &calendar);
    if let (Some(found), Some(said)) = (&registration, row.registered())
        && found.registered_on != said
    {
        faults.push(format!("registered on {}, not {said}", found.registered_on));
    }
    let received_on = registration.as_ref().map(|found| found.received_on);
    let known = received_on.or(row.registered()).unwrap();
    let (rule, aim) = row.rule(known);
    let start = match rule.starts_on {
        StartsOn::ReceivedAt => known,
        StartsOn::RegisteredOn => row.registered().unwrap(),
    };
    let counted = Counted {
        rule,
        aim,
        calendar,
        start,
        changes,
    };
    if !aim && !counted.rule.article.ru.starts_with(&row.cells[5]) {
        faults.push(format!("the article is {}", counted.rule.article.ru));
    }
    let found = counted.date(&counted.rule);
    let said = found.as_ref().map_or_else(refusal, Date::to_string);
    if row.cells[9] != said {
        faults.push(format!("Okno says {said}, not {}", row.cells[9]));
    }
    if row.cells[10].starts_with("yes") != (row.cells[8] == row.cells[9]) {
        faults.push("whether it agrees is not what the dates say".to_owned());
    }
    faults.extend(faults_of_working(row));
    faults.extend(faults_of_readings(row, &counted, found.ok()));
    faults
}

/// Weekdays written beside dates are theirs, and the working ends on the date by hand.
fn faults_of_working(row: &Row) -> Vec<String> {
    let words: Vec<&str> = row.cells[7]
        .split([' ', ',', ';', ':'])
        .filter(|word| !word.is_empty())
        .collect();
    let mut last = None;
    let mut faults = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let Ok(day) = word.parse::<Date>() else {
            continue;
        };
        last = Some(day);
        let weekday = match day.weekday() {
            Weekday::Monday => "Mon",
            Weekday::Tuesday => "Tue",
            Weekday::Wednesday => "Wed",
            Weekday::Thursday => "Thu",
            Weekday::Friday => "Fri",
            Weekday::Saturday => "Sat",
            Weekday::Sunday => "Sun",
        };
        if words.get(place + 1) != Some(&weekday) {
            faults.push(format!("{day} is a {weekday}"));
        }
    }
    let by_hand = &row.cells[8];
    if !by_hand.starts_with("refused") && last.map(|day| day.to_string()).as_ref() != Some(by_hand)
    {
        faults.push(format!("the working does not end on {by_hand}"));
    }
    faults
}

/// Each reading gives the date that is said of it, names its dispute, and none is passed over.
fn faults_of_readings(row: &Row, counted: &Counted, found: Option<Date>) -> Vec<String> {
    let mut faults = Vec::new();
    let said = row.readings();
    for (reading, date) in &said {
        let other = counted.read_as(reading).map(|date| date.to_string());
        if other.as_deref() != Ok(date) {
            faults.push(format!("{reading} gives {other:?}, not {date}"));
        }
        let disputes: &[&str] = match *reading {
            "previous" | "stays" => &["D1"],
            "same-day" => &["D2"],
            "decree-off" => &["D3", "D7"],
            _ => &["D5"],
        };
        if !disputes.iter().any(|one| row.disputes().contains(one)) {
            faults.push(format!("{reading} belongs to {disputes:?}"));
        }
    }
    // What is done at once has no last day to move.
    let at_once = counted.rule.limit.length == 0;
    let Some(found) = found.filter(|_| !counted.aim && !at_once) else {
        return faults;
    };
    for reading in TOLD_ALWAYS {
        let told = said.iter().any(|(name, _)| *name == reading);
        match counted.read_as(reading) {
            Ok(other) if other != found && !told => {
                faults.push(format!("{reading} would give {other}"));
            }
            _ => {}
        }
    }
    faults
}

#[test]
fn every_row_worked_by_hand_is_what_the_rules_say() {
    let rows = Row::all(&document());
    let faults: Vec<String> = rows
        .iter()
        .flat_map(|row| {
            let number = row.number;
            faults(row)
                .into_iter()
                .map(move |fault| format!("row {number}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn rows_are_many_numbered_in_order_and_speak_of_known_disputes() {
    let document = document();
    let rows = Row::all(&document);
    assert!(rows.len() >= ROWS_AT_LEAST, "{} rows", rows.len());
    let numbers: Vec<usize> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=rows.len()).collect::<Vec<_>>());
    for row in &rows {
        for dispute in row.disputes() {
            let explained = document.contains(&format!("\n| {dispute} | "));
            assert!(explained, "row {}: {dispute} is not explained", row.number);
        }
    }
}

#[test]
fn every_term_of_the_law_on_appeals_has_a_row() {
    let rows = Row::all(&document());
    for rule in Law::built_in().rules() {
        let is_there = rows.iter().any(|row| row.cells[4] == rule.id());
        let asked = ["fz59", "fz59_proposal"].contains(&&*rule.regime);
        assert!(is_there || !asked, "{} has no row", rule.id());
    }
}

#[test]
fn a_row_that_is_wrong_is_found() {
    let row = "| 1 | Saturday | – | 2025-11-20 | fz59.answer | ч. 1 ст. 12 59-ФЗ | – | Nov 21–30: 10; Dec 1–20: 20 = \
               2025-12-20 Sat → 2025-12-22 Mon | 2025-12-22 | 2025-12-22 | yes, D1 | previous 2025-12-19; stays \
               2025-12-20 |";
    let faults_with = |from: &str, to: &str| {
        assert!(row.contains(from), "{from}");
        let rows = Row::all(&row.replace(from, to));
        assert_eq!(rows.len(), 1, "{to}");
        faults(&rows[0])
    };
    assert_eq!(faults_with("", ""), Vec::<String>::new());
    for (from, to) in [
        ("| 2025-12-22 | 2025-12-22 |", "| 2025-12-22 | 2025-12-23 |"),
        ("| 2025-12-22 | 2025-12-22 |", "| 2025-12-23 | 2025-12-23 |"),
        ("2025-11-20", "2025-11-21"),
        ("ч. 1 ст. 12", "ч. 2 ст. 12"),
        ("2025-12-20 Sat", "2025-12-20 Sun"),
        ("previous 2025-12-19; ", ""),
        ("previous 2025-12-19", "previous 2025-12-18"),
        ("yes, D1", "yes"),
        ("yes, D1", "no, D1"),
        ("| – | Nov", "| +30 request 2025-12-23 | Nov"),
    ] {
        assert!(!faults_with(from, to).is_empty(), "{from} → {to}");
    }
}
