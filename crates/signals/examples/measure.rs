//! How often the detectors are right: precision and recall on planted cases and on labelled ones.
//!
//! ```text
//! python3 crates/signals/measure/plant.py 59 > planted.jsonl
//! cargo run --release -p signals --example measure -- planted.jsonl /path/to/appeals [--wrong]
//! ```
//!
//! The second path is a folder that is not part of the project; without it the labelled ones are
//! skipped, and it says so. `--wrong` names what was got wrong, by number or id alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fs::{self, File};
use std::path::Path;

use flate2::read::GzDecoder;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use signals::alike::{self, Index, Place};
use signals::gaming::{self, Course, Event, Kind, What};
use signals::promises::promises;
use signals::questions::questions;

type Done<T = ()> = Result<T, Box<dyn Error>>;

/// Where the labels lie.
const LABELS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/measure/labels");

/// How often a detector was right, and what it got wrong.
#[derive(Default)]
struct Tally {
    right: usize,
    too_much: Vec<String>,
    missed: Vec<String>,
    quiet: usize,
}

impl Tally {
    fn add(&mut self, name: &str, found: bool, expected: bool) {
        match (found, expected) {
            (true, true) => self.right += 1,
            (true, false) => self.too_much.push(name.to_owned()),
            (false, true) => self.missed.push(name.to_owned()),
            (false, false) => self.quiet += 1,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a share of a few hundred")]
    fn print(&self, what: &str, wrong: bool) {
        let of = |part: usize, all: usize| match all {
            0 => "  n/a".to_owned(),
            _ => format!("{:.3}", part as f64 / all as f64),
        };
        println!(
            "{what:34} precision {}  recall {}  (right {}, too much {}, missed {}, rightly quiet {})",
            of(self.right, self.right + self.too_much.len()),
            of(self.right, self.right + self.missed.len()),
            self.right,
            self.too_much.len(),
            self.missed.len(),
            self.quiet,
        );
        if wrong && !(self.too_much.is_empty() && self.missed.is_empty()) {
            println!("    too much: {}", self.too_much.join(" "));
            println!("    missed:   {}", self.missed.join(" "));
        }
    }
}

fn weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn main() -> Done {
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let wrong = paths.iter().any(|one| one == "--wrong");
    paths.retain(|one| one != "--wrong");
    match paths.first() {
        Some(path) => planted(Path::new(path), wrong)?,
        None => println!("planted: skipped, no file was named"),
    }
    match paths.get(1).map(Path::new).filter(|path| path.is_dir()) {
        Some(folder) => labelled(folder, wrong)?,
        None => println!("labelled: skipped, the folder of the appeals is not there"),
    }
    Ok(())
}

fn text<'of>(value: &'of Value, name: &str) -> &'of str {
    value[name].as_str().unwrap_or_default()
}

fn planted(path: &Path, wrong: bool) -> Done {
    let file = fs::read_to_string(path)?;
    let all: Vec<Value> = file
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    let of = |detector: &str| -> Vec<&Value> {
        all.iter()
            .filter(|one| text(one, "detector") == detector)
            .collect()
    };
    let (mut days, mut answers) = (Tally::default(), Tally::default());
    for (number, one) in of("promises").into_iter().enumerate() {
        let listed = one["due"].as_array().into_iter().flatten();
        let due = listed
            .filter_map(Value::as_str)
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        let answered = text(one, "answered").parse()?;
        let name = number.to_string();
        promised(
            &mut days,
            &mut answers,
            &name,
            text(one, "text"),
            answered,
            &due,
            &[].into(),
        );
    }
    days.print("planted promises, by day", wrong);
    answers.print("planted promises, by answer", wrong);

    let mut tally = Tally::default();
    for (number, one) in of("questions").into_iter().enumerate() {
        let found = questions(text(one, "text")).len() > 1;
        tally.add(&number.to_string(), found, one["several"] == true);
    }
    tally.print("planted questions", wrong);
    planted_alike(&of("alike"), wrong)?;
    planted_gaming(&of("gaming"), wrong)
}

/// One answer, by its days and as a whole. Days in `either` count neither way.
fn promised(
    days: &mut Tally,
    answers: &mut Tally,
    name: &str,
    text: &str,
    answered: Date,
    due: &BTreeSet<Date>,
    either: &BTreeSet<Date>,
) {
    let found = promises(text, answered, &weekend);
    let mut found: BTreeSet<Date> = found.into_iter().map(|one| one.due).collect();
    found.retain(|day| !either.contains(day));
    answers.add(name, !found.is_empty(), !due.is_empty());
    if found.is_empty() && due.is_empty() {
        days.quiet += 1;
    }
    for day in found.union(due) {
        let name = format!("{name}:{day}");
        days.add(&name, found.contains(day), due.contains(day));
    }
}

fn moment(local: &str) -> Done<Timestamp> {
    Ok(local
        .parse::<DateTime>()?
        .to_zoned(TimeZone::UTC)?
        .timestamp())
}

fn place(lat: Option<f64>, lon: Option<f64>, address: &str) -> Place {
    match (lat, lon) {
        (Some(lat), Some(lon)) => Place::point(lat, lon),
        _ => Place::unknown(),
    }
    .with_address(address)
}

const MONTH: SignedDuration = SignedDuration::from_hours(24 * 31);

fn planted_alike(pairs: &[&Value], wrong: bool) -> Done {
    let side = |one: &Value| -> Done<(String, Place, Timestamp)> {
        let place = place(
            one["lat"].as_f64(),
            one["lon"].as_f64(),
            text(one, "address"),
        );
        Ok((
            text(one, "text").to_owned(),
            place,
            moment(text(one, "at"))?,
        ))
    };
    let mut index = Index::new(alike::Settings::default());
    for (number, one) in pairs.iter().enumerate() {
        let (text, place, at) = side(&one["a"])?;
        index.insert(number, &text, place, at);
    }
    let mut tally = Tally::default();
    for (number, one) in pairs.iter().enumerate() {
        let (text, place, at) = side(&one["b"])?;
        let found = index.near(&text, &place, at, MONTH);
        tally.add(&number.to_string(), !found.is_empty(), one["same"] == true);
    }
    tally.print("planted alike", wrong);
    Ok(())
}

/// The names of the plant for what the detectors call otherwise.
const KINDS: [(&str, Kind); 8] = [
    ("mass_closing", Kind::MassClosing),
    ("copied", Kind::CopiedAnswer),
    ("late_redirect", Kind::LateRedirect),
    ("ping_pong", Kind::PingPong),
    ("late_pause", Kind::LatePause),
    ("repeated_pauses", Kind::RepeatedPauses),
    ("closed_without_measure", Kind::ClosedWithoutMeasure),
    ("reopened", Kind::ReopenedAfterDone),
];

fn planted_event(event: &Value, start: f64, person: u64) -> Done<Event<'_, u64>> {
    let hours = |value: &Value| -> Done<Timestamp> {
        let seconds = (start + value.as_f64().ok_or("no hours")?) * 3600.0;
        Ok(Timestamp::UNIX_EPOCH + SignedDuration::try_from_secs_f64(seconds)?)
    };
    let number = |at: usize| event[at].as_u64().unwrap_or_default();
    let what = match event[1].as_str().unwrap_or_default() {
        "redirected" => What::Redirected {
            from: number(2),
            to: number(3),
            due: Some(hours(&event[4])?),
            new_due: Some(hours(&event[5])?),
        },
        "asked" => What::AskedForMore {
            due: hours(&event[2])?,
        },
        "measured" => What::Measured,
        "answered" => What::Answered {
            text: event[2].as_str().unwrap_or_default(),
            done: event[3] == true,
        },
        "closed" => What::Closed,
        "reopened" => What::Reopened,
        other => return Err(format!("unknown event {other}").into()),
    };
    Ok(Event {
        at: hours(&event[0])?,
        by: Some(person),
        what,
    })
}

fn planted_gaming(planted: &[&Value], wrong: bool) -> Done {
    let mut courses = Vec::new();
    for one in planted {
        let start = one["start"].as_f64().unwrap_or_default();
        let person = one["person"].as_u64().unwrap_or_default();
        let events = one["events"].as_array().into_iter().flatten();
        courses.push(Course {
            case: one["case"].as_u64().unwrap_or_default(),
            unit: Some(1),
            begun: Timestamp::UNIX_EPOCH + SignedDuration::try_from_secs_f64(start * 3600.0)?,
            events: events
                .map(|event| planted_event(event, start, person))
                .collect::<Done<_>>()?,
        });
    }
    let found = said(&courses);
    let mut all = Tally::default();
    for (name, kind) in KINDS {
        let mut tally = Tally::default();
        for one in planted {
            let case = one["case"].as_u64().unwrap_or_default();
            let listed = one["expected"].as_array();
            let expected = listed.is_some_and(|all| all.iter().any(|one| one == name));
            let found = found.contains(&(kind, case));
            tally.add(&case.to_string(), found, expected);
            all.add(&format!("{name}:{case}"), found, expected);
        }
        tally.print(&format!("planted gaming, {name}"), wrong);
    }
    all.print("planted gaming, all", false);
    Ok(())
}

/// Which cases signals are about: all of a row of closings, the first one else.
fn said<Id: Copy + Ord + std::hash::Hash>(courses: &[Course<'_, Id>]) -> BTreeSet<(Kind, Id)> {
    let found = gaming::signals(courses, &gaming::Settings::default());
    let about = found.into_iter().flat_map(|one| {
        let most = if one.kind == Kind::MassClosing {
            usize::MAX
        } else {
            1
        };
        let kind = one.kind;
        one.cases
            .into_iter()
            .take(most)
            .map(move |case| (kind, case))
    });
    about.collect()
}

type Row = HashMap<String, String>;

fn table(reader: impl std::io::Read) -> Done<Vec<Row>> {
    let mut reader = csv::Reader::from_reader(reader);
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

fn labels(name: &str) -> Done<Vec<Row>> {
    table(File::open(Path::new(LABELS).join(name))?)
}

fn appeals(folder: &Path, name: &str) -> Done<Vec<Row>> {
    table(GzDecoder::new(File::open(folder.join(name))?))
}

fn by_id(rows: Vec<Row>) -> HashMap<String, Row> {
    rows.into_iter()
        .map(|row| (row["id"].clone(), row))
        .collect()
}

fn labelled(folder: &Path, wrong: bool) -> Done {
    let answers = by_id(appeals(folder, "answers.csv.gz")?);
    let (mut days, mut whole) = (Tally::default(), Tally::default());
    for label in labels("promises.csv")? {
        let dates = |name: &str| -> Done<BTreeSet<Date>> {
            Ok(label[name]
                .split_whitespace()
                .map(str::parse)
                .collect::<Result<_, _>>()?)
        };
        let text = &answers[&label["id"]]["answer"];
        let answered = label["answered"].parse()?;
        promised(
            &mut days,
            &mut whole,
            &label["id"],
            text,
            answered,
            &dates("due")?,
            &dates("either")?,
        );
    }
    days.print("labelled promises, by day", wrong);
    whole.print("labelled promises, by answer", wrong);

    let letters = by_id(appeals(folder, "appeals.csv.gz")?);
    let mut tally = Tally::default();
    for label in labels("questions.csv")? {
        let found = questions(&letters[&label["id"]]["text"]).len() > 1;
        if label["label"] != "either" {
            tally.add(&label["id"], found, label["label"] == "several");
        }
    }
    tally.print("labelled questions", wrong);
    labelled_alike(&letters, wrong)?;
    labelled_gaming(folder, wrong)
}

/// All letters go into the index, as they would in life; a pair is found when one asks and gets the
/// other.
fn labelled_alike(letters: &HashMap<String, Row>, wrong: bool) -> Done {
    let side = |row: &Row| -> Done<(Place, Timestamp)> {
        let place = place(
            row["lat"].parse().ok(),
            row["lon"].parse().ok(),
            &row["address"],
        );
        Ok((place, moment(&row["created"])?))
    };
    let mut order: Vec<(u32, &Row)> = letters
        .values()
        .map(|row| Ok((row["id"].parse()?, row)))
        .collect::<Done<_>>()?;
    order.sort_unstable_by_key(|(id, _)| *id);
    let mut index = Index::new(alike::Settings::default());
    for (id, row) in order {
        let (place, at) = side(row)?;
        index.insert(id, &row["text"], place, at);
    }
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let mut either = (0, 0);
    for label in labels("alike.csv")? {
        let (row, other) = (&letters[&label["b"]], label["a"].parse::<u32>()?);
        let (place, at) = side(row)?;
        let found = index.near(&row["text"], &place, at, MONTH);
        let found = found.iter().any(|one| one.id == other);
        if label["label"] == "either" {
            either = (either.0 + usize::from(found), either.1 + 1);
            continue;
        }
        let name = format!("{}+{}", label["a"], label["b"]);
        for group in [&label["stratum"], "all"] {
            let tally = tallies.entry(group.to_owned()).or_default();
            tally.add(&name, found, label["label"] == "same");
        }
    }
    for (group, tally) in tallies {
        tally.print(&format!("labelled alike, {group}"), wrong && group == "all");
    }
    println!(
        "labelled alike: {} of {} that the text cannot tell were shown",
        either.0, either.1
    );
    Ok(())
}

fn deadline(written: &str) -> Option<Timestamp> {
    let day = Date::strptime("%d.%m.%Y", written).ok()?;
    let end = day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok()?;
    Some(end.timestamp())
}

fn labelled_gaming(folder: &Path, wrong: bool) -> Done {
    let labels = labels("gaming.csv")?;
    let ids: BTreeSet<&String> = labels.iter().map(|label| &label["id"]).collect();
    let mut bodies: HashMap<String, u32> = HashMap::new();
    let mut body = |names: &str| {
        let first = names.split(" | ").next().unwrap_or_default().to_owned();
        let next = u32::try_from(bodies.len()).unwrap_or(u32::MAX);
        *bodies.entry(first).or_insert(next)
    };
    let mut events: HashMap<String, Vec<Event<'_, u32>>> = HashMap::new();
    for row in appeals(folder, "reroutes.csv.gz")? {
        if ids.contains(&row["id"]) {
            let what = What::Redirected {
                from: body(&row["from"]),
                to: body(&row["to"]),
                due: deadline(&row["old_deadline"]),
                new_due: deadline(&row["new_deadline"]),
            };
            let at = moment(&row["at"])?;
            events
                .entry(row["id"].clone())
                .or_default()
                .push(Event { at, by: None, what });
        }
    }
    let mut begun: HashMap<String, Timestamp> = HashMap::new();
    for row in appeals(folder, "timeline.csv.gz")? {
        if !ids.contains(&row["id"]) {
            continue;
        }
        let at = moment(&row["at"])?;
        let what = match row["status"].as_str() {
            "Рассмотрение" if begun.contains_key(&row["id"]) => What::Reopened,
            "Рассмотрение" => {
                begun.insert(row["id"].clone(), at);
                continue;
            }
            "Получен ответ" => What::Answered {
                text: "",
                done: true,
            },
            _ => continue,
        };
        events
            .entry(row["id"].clone())
            .or_default()
            .push(Event { at, by: None, what });
    }
    let mut courses = Vec::new();
    for (id, begun) in begun {
        let mut events = events.remove(&id).unwrap_or_default();
        events.sort_by_key(|event| event.at);
        let case = id.parse::<u32>()?;
        courses.push(Course {
            case,
            unit: None,
            begun,
            events,
        });
    }
    let found = said(&courses);
    for (name, kind) in [
        ("late", Kind::LateRedirect),
        ("round", Kind::PingPong),
        ("reopened", Kind::ReopenedAfterDone),
    ] {
        let mut tally = Tally::default();
        for label in labels.iter().filter(|label| label[name] != "either") {
            let found = found.contains(&(kind, label["id"].parse()?));
            tally.add(&label["id"], found, label[name] == "yes");
        }
        tally.print(&format!("labelled gaming, {name}"), wrong);
    }
    Ok(())
}
