//! A case out of an exchange: from its line, however short, to rows under a key of its own, with its
//! history as entries of the time of then.

use std::collections::HashMap;

use base::id::CaseId;
use base::text::{clean_line, clean_text};
use base::{Error, Moment, Number};
use catalog::routing::RouteReason;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use journal::{DataKey, Of, PastEntry};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};
use store::Tx;
use store::forms::{Cell, Wrong, moment};
use uuid::Uuid;

use super::kinds::CASE;
use super::past::{self, told_first};
use super::things::{Here, Listed, Reading, nothing_left, read_lists};
use crate::model::{Source, State};
use crate::sql::exchange as sql;
use crate::{Cases, KIND};

/// Bytes of the longest identifier of another system.
const ID_MOST: usize = 64;

/// A case that only waits to be written.
pub(super) struct Ready {
    pub(super) id: Uuid,
    number: Option<Number>,
    year: u16,
    wrapped: Vec<u8>,
    key: DataKey,
    cells: Vec<Cell>,
    lists: Listed,
    /// Cases that it names.
    links: Vec<Uuid>,
    history: Vec<PastEntry>,
}

/// What the reading of every case needs.
pub(super) struct House<'a> {
    pub(super) here: &'a Here,
    pub(super) units: &'a people::Units,
    pub(super) zone: &'a TimeZone,
    pub(super) now: Moment,
    /// The service of cases that name none.
    pub(super) service: &'a str,
    /// SHA-256 of the file.
    pub(super) source: &'a str,
    /// The cases go on here as they stood.
    pub(super) awake: bool,
}

/// The identifier of a line: its own, or one made from that of the other system, so that every run
/// finds it again.
pub(super) fn id_of(kind: &str, row: &Map<String, Json>) -> Result<(Uuid, Option<String>), Wrong> {
    let text = match row.get("id") {
        Some(Json::String(text)) => clean_line(text),
        Some(Json::Number(number)) => number.to_string(),
        _ => return Err(Wrong::new("id", "is missing")),
    };
    if text.is_empty() {
        return Err(Wrong::new("id", "is missing"));
    }
    if text.len() > ID_MOST {
        return Err(Wrong::new("id", format!("is longer than {ID_MOST} bytes")));
    }
    if let Ok(id) = Uuid::try_parse(&text) {
        return Ok((id, None));
    }
    Ok((id_from(kind, &text), Some(text)))
}

/// The identifier that one of another system makes here.
pub(super) fn id_from(kind: &str, text: &str) -> Uuid {
    let digest = Sha256::digest(format!("okno.exchange.{kind}\0{text}").as_bytes());
    let mut half = [0; 16];
    half.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(half).into_uuid()
}

/// The hashes of the documents that a line names.
pub(super) fn files_of(row: &Map<String, Json>) -> Vec<String> {
    let documents = row.get("documents").and_then(Json::as_array);
    let fields = ["original", "cleaned", "thumbnail"];
    let mut hashes: Vec<String> = documents
        .into_iter()
        .flatten()
        .flat_map(|document| fields.map(|field| document.get(field).and_then(Json::as_str)))
        .flatten()
        .map(str::to_owned)
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Reads a line. `files` are the addresses of its documents, which are put away under `key`.
pub(super) fn read(
    mut row: Map<String, Json>,
    house: &House<'_>,
    (key, wrapped): (DataKey, Vec<u8>),
    files: HashMap<String, Vec<u8>>,
) -> Result<Ready, Wrong> {
    let (id, foreign) = id_of(KIND, &row)?;
    let history = row.remove("history");
    complete(&mut row, id, foreign.as_deref(), house)?;
    let state = row.get("state").and_then(Json::as_str);
    let state = state.and_then(State::from_code);
    let state = state.ok_or_else(|| {
        let codes = State::ALL.map(State::code).join(", ");
        let why = if row.contains_key("state") {
            format!("is none of: {codes}")
        } else {
            "is missing".to_owned()
        };
        Wrong::new("state", why)
    })?;
    let number = match row.get("number") {
        None | Some(Json::Null) => None,
        Some(Json::String(text)) => Some(
            text.parse::<Number>()
                .map_err(|_| Wrong::new("number", "is no number of a case here"))?,
        ),
        Some(_) => return Err(Wrong::new("number", "is no number of a case here")),
    };
    let told = facts(&row);
    let content = row.get("content").map(Json::to_string).unwrap_or_default();
    let links = links(&row);
    check_documents(&row)?;
    let carried = if house.awake {
        Cell::Null
    } else {
        Cell::Int(house.now.micros())
    };
    let reading = Reading {
        here: house.here,
        now: house.now,
        parent: id,
        own: HashMap::from([
            ("case_id", Cell::Id(id)),
            ("data_key_id", Cell::Id(key.id())),
            ("public_state", Cell::Text(state.public().code().to_owned())),
            ("carried_at", carried),
        ]),
        key: Some(&key),
        files,
        of_cases: HashMap::new(),
    };
    let cells = CASE.form.read(&mut row, &reading)?;
    let lists = read_lists(&CASE, &mut row, &reading)?;
    nothing_left(&row)?;
    check_version(&told, house)?;
    let registered_on = told.get("registered_on").cloned().unwrap_or_default();
    let year = registered_on.get(..4).and_then(|year| year.parse().ok());
    let received_at = told.get("received_at").map_or("", String::as_str);
    let received_at =
        moment(received_at, house.now).map_err(|why| Wrong::new("received_at", why))?;
    let history = past::history(history, KIND, house.now)?;
    Ok(Ready {
        id,
        number,
        year: year.unwrap_or(1970),
        wrapped,
        cells,
        lists,
        links,
        history: told_first(history, &told, &content, received_at, house.source),
        key,
    })
}

/// What a line leaves out: texts at its top make the content, and what follows from the rest is
/// filled in.
fn complete(
    row: &mut Map<String, Json>,
    id: Uuid,
    foreign: Option<&str>,
    house: &House<'_>,
) -> Result<(), Wrong> {
    row.insert("id".to_owned(), id.to_string().into());
    for field in ["received_at", "answered_at", "closed_at"] {
        if let Some(Json::String(text)) = row.get(field)
            && let Some(moment) = local(text, house.zone)
        {
            row.insert(field.to_owned(), moment.rfc3339().into());
        }
    }
    let received_at = match row.get("received_at") {
        Some(Json::String(text)) => moment(text, house.now),
        _ => Err("is missing".to_owned()),
    };
    let received_at = received_at.map_err(|why| Wrong::new("received_at", why))?;
    if !row.contains_key("registered_on") {
        let day = received_at.date(house.zone).to_string();
        row.insert("registered_on".to_owned(), day.into());
    }
    if let Some(foreign) = foreign {
        row.entry("outside_number")
            .or_insert_with(|| foreign.into());
    }
    row.entry("source")
        .or_insert_with(|| Source::Import.code().into());
    row.entry("service").or_insert_with(|| house.service.into());
    if !row.contains_key("service_version") {
        let code = row.get("service").and_then(Json::as_str);
        let service = code.and_then(|code| house.here.id("service", code));
        if let Some(version) = service.and_then(|id| house.here.newest_version(id)) {
            row.insert("service_version".to_owned(), version.into());
        }
    }
    content(row)?;
    if !row.contains_key("route") {
        let code = row.get("unit").and_then(Json::as_str).unwrap_or_default();
        let unit = house.units.by_code(code);
        let name = |language| unit.map_or_else(String::new, |unit| unit.name(language).to_owned());
        let outside = row.get("outside_number").and_then(Json::as_str);
        let route = RouteReason {
            rule: None,
            key: "case-route-carried-over".to_owned(),
            args: vec![
                ("unit_ru".to_owned(), name(base::Language::Ru)),
                ("unit_en".to_owned(), name(base::Language::En)),
                (
                    "outside_number".to_owned(),
                    outside.unwrap_or_default().to_owned(),
                ),
            ],
        };
        let route =
            serde_json::to_value(&route).map_err(|_| Wrong::new("route", "cannot be made"))?;
        row.insert("route".to_owned(), route);
    }
    Ok(())
}

/// `subject`, `text`, `address` and `answer` at the top of a line are its content.
fn content(row: &mut Map<String, Json>) -> Result<(), Wrong> {
    let mut top = HashMap::new();
    for field in ["subject", "text", "address", "answer"] {
        match row.remove(field) {
            None | Some(Json::Null) => {}
            Some(Json::String(text)) => {
                top.insert(field, text);
            }
            Some(_) => return Err(Wrong::new(field, "is no text")),
        }
    }
    if row.contains_key("content") {
        return match top.keys().next() {
            Some(field) => Err(Wrong::new(
                *field,
                "stands beside the content, which says it",
            )),
            None => Ok(()),
        };
    }
    let mut answers = Map::new();
    if let Some(subject) = top.get("subject") {
        answers.insert("subject".to_owned(), clean_line(subject).into());
    }
    if let Some(text) = top.get("text") {
        answers.insert("description".to_owned(), clean_text(text).into());
    }
    if let Some(code) = row.get("category") {
        answers.insert("category".to_owned(), code.clone());
    }
    let address = top.get("address").map(|text| clean_line(text));
    let mut content = json!({
        "answers": answers,
        "applicant": {},
        "address": address.unwrap_or_default(),
    });
    if let (Some(answer), Some(content)) = (top.get("answer"), content.as_object_mut()) {
        content.insert("carried_answer".to_owned(), clean_text(answer).into());
    }
    row.insert("content".to_owned(), content);
    Ok(())
}

/// A moment without an offset, or a day, as the agencies' clocks show it.
fn local(text: &str, zone: &TimeZone) -> Option<Moment> {
    if text.parse::<jiff::Timestamp>().is_ok() {
        return None;
    }
    let local: DateTime = text.trim().parse().ok()?;
    Some(Moment::from(local.to_zoned(zone.clone()).ok()?.timestamp()))
}

/// The facts of a line that its first entry tells.
fn facts(row: &Map<String, Json>) -> HashMap<&'static str, String> {
    [
        "service",
        "service_version",
        "category",
        "unit",
        "state",
        "registered_on",
        "received_at",
        "due_on",
        "outcome",
        "source",
        "outside_number",
    ]
    .into_iter()
    .filter_map(|field| {
        let value = match row.get(field)? {
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        Some((field, value))
    })
    .collect()
}

/// A case is read under the version of the service that it was filed under.
fn check_version(told: &HashMap<&'static str, String>, house: &House<'_>) -> Result<(), Wrong> {
    let service = told
        .get("service")
        .and_then(|code| house.here.id("service", code));
    let version = told
        .get("service_version")
        .and_then(|version| version.parse().ok());
    let known = service
        .zip(version)
        .is_some_and(|found| house.here.versions.contains(&found));
    if known {
        Ok(())
    } else {
        Err(Wrong::new("service_version", "is no version that is here"))
    }
}

fn links(row: &Map<String, Json>) -> Vec<Uuid> {
    let links = row.get("links").and_then(Json::as_array);
    let others = links.into_iter().flatten();
    others
        .filter_map(|link| link.get("other").and_then(Json::as_str))
        .filter_map(|text| Uuid::try_parse(text).ok())
        .collect()
}

fn check_documents(row: &Map<String, Json>) -> Result<(), Wrong> {
    let documents = row.get("documents").and_then(Json::as_array);
    for (place, document) in documents.into_iter().flatten().enumerate() {
        let text = |field: &str| document.get(field).and_then(Json::as_str);
        if text("kind").and_then(files::Kind::from_code).is_none() {
            return Err(Wrong::new("kind", "is no kind of file").inside("documents", place));
        }
        let states = ["required", "received", "checked", "faulty"];
        if !text("state").is_some_and(|state| states.contains(&state)) {
            let why = format!("is none of: {}", states.join(", "));
            return Err(Wrong::new("state", why).inside("documents", place));
        }
    }
    Ok(())
}

/// What became of a case inside the change.
pub(super) enum Written {
    /// It is there now.
    Done,
    /// It was there.
    AlreadyThere,
    /// It names a case that is not here.
    NoLink,
}

/// Writes a case with its key, its number, its lists and its entries.
pub(super) fn write(tx: &mut Tx<'_>, cases: &Cases, ready: &Ready) -> base::Result<Written> {
    let id = CaseId(ready.id);
    if sql::case_is_there(tx, id)? {
        return Ok(Written::AlreadyThere);
    }
    for other in &ready.links {
        if *other != ready.id && !sql::case_is_there(tx, CaseId(*other))? {
            return Ok(Written::NoLink);
        }
    }
    let mut cells = ready.cells.clone();
    let number = match ready.number {
        Some(number) if !sql::number_is_taken(tx, number)? => number,
        other => {
            let number = loop {
                let sequence = tx.next_in_sequence("case")?;
                let number = u32::try_from(sequence)
                    .ok()
                    .and_then(|sequence| Number::new(ready.year, sequence))
                    .ok_or_else(|| Error::internal("the numbers of cases are used up"))?;
                if !sql::number_is_taken(tx, number)? {
                    break number;
                }
            };
            // A number that belongs to somebody else here is the case's number of before.
            if let (Some(taken), Some(cell @ Cell::Null)) =
                (other, cells.get_mut(sql::OUTSIDE_PLACE))
            {
                *cell = Cell::Text(taken.to_string());
            }
            number
        }
    };
    if let Some(cell) = cells.get_mut(sql::NUMBER_PLACE) {
        *cell = Cell::Text(number.to_string());
    }
    let journal = cases.journal();
    let prepared = (ready.key.id(), ready.wrapped.as_slice());
    let key = journal.keys().adopt(tx, KIND, ready.id, prepared)?;
    CASE.form.insert(tx, &cells)?;
    for (form, cells) in &ready.lists {
        form.insert(tx, cells)?;
    }
    let mut history = ready.history.clone();
    if let Some(first) = history.first_mut() {
        for (name, value) in &mut first.fields {
            if name == "number" {
                *value = number.to_string();
            }
        }
    }
    let of = Of {
        kind: KIND,
        id: ready.id,
        key: &key,
    };
    journal.record_history(tx, &of, history)?;
    Ok(Written::Done)
}

impl Ready {
    /// The number in the sequence of this house that it brings along; 0 for none.
    pub(super) fn sequence(&self) -> i64 {
        self.number.map_or(0, |number| i64::from(number.sequence()))
    }
}
