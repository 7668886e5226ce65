//! The history of a case, a problem or a task out of an exchange: entries of the time of then.

use std::collections::HashMap;

use base::Moment;
use journal::PastEntry;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use store::forms::{Wrong, moment};

use super::things::nothing_left;
use crate::filing::hex;

/// The most entries of one history.
const HISTORY_MOST: usize = 5_000;
/// The most fields of one entry.
const FIELDS_MOST: usize = 100;
/// The longest value of a field, in bytes.
const VALUE_MOST: usize = 100_000;
/// The field by which an entry says how it came here.
const SOURCE_FIELD: &str = "source_sha256";

/// An entry of a history.
fn past(entry: Json, of: &str, now: Moment) -> Result<PastEntry, Wrong> {
    let Json::Object(mut entry) = entry else {
        return Err(Wrong::new("", "is no JSON object"));
    };
    // Where and when it was written down elsewhere says nothing of the log here.
    for field in ["recorded_at", "entry", "place"] {
        entry.remove(field);
    }
    let Some(Json::String(action)) = entry.remove("action") else {
        return Err(Wrong::new("action", "is missing"));
    };
    let told = action.strip_prefix(of);
    let known = told
        .and_then(|told| told.strip_prefix('.'))
        .is_some_and(|name| {
            (1..=40).contains(&name.len())
                && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        });
    if !known {
        let why = format!("is nothing that happens to a {of}");
        return Err(Wrong::new("action", why));
    }
    let occurred_at = match entry.remove("occurred_at") {
        Some(Json::String(text)) => {
            moment(&text, now).map_err(|why| Wrong::new("occurred_at", why))?
        }
        _ => return Err(Wrong::new("occurred_at", "is missing")),
    };
    let fields = match entry.remove("fields") {
        None => Map::new(),
        Some(Json::Object(fields)) if fields.len() <= FIELDS_MOST => fields,
        Some(_) => {
            let why = format!("is no object of at most {FIELDS_MOST} fields");
            return Err(Wrong::new("fields", why));
        }
    };
    nothing_left(&entry)?;
    let fields = fields
        .into_iter()
        .map(|(name, value)| {
            let plain = (1..=60).contains(&name.len())
                && name
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            match value {
                Json::String(value) if plain && value.len() <= VALUE_MOST => Ok((name, value)),
                _ => Err(Wrong::new(
                    "fields",
                    "holds what is no short text under a plain name",
                )),
            }
        })
        .collect::<Result<_, _>>()?;
    Ok(PastEntry {
        action,
        fields,
        occurred_at,
    })
}

/// The history with its first entry as it must be: that the case was carried over when nothing else
/// is told, and out of which file.
pub(super) fn told_first(
    mut history: Vec<PastEntry>,
    told: &HashMap<&'static str, String>,
    content: &str,
    received_at: Moment,
    source: &str,
) -> Vec<PastEntry> {
    if history.is_empty() {
        let mut fields: Vec<(String, String)> = vec![("number".to_owned(), String::new())];
        for name in [
            "service",
            "category",
            "unit",
            "state",
            "registered_on",
            "due_on",
            "outcome",
            "source",
            "outside_number",
        ] {
            if let Some(value) = told.get(name) {
                fields.push((name.to_owned(), value.clone()));
            }
        }
        fields.push((
            "content_sha256".to_owned(),
            hex(&Sha256::digest(content.as_bytes())),
        ));
        history.push(PastEntry {
            action: "case.carried_over".to_owned(),
            fields,
            occurred_at: received_at,
        });
    }
    out_of(&mut history, source);
    history
}

/// The history of a problem or a task with its first entry as it must be.
pub(super) fn works_told_first(
    mut history: Vec<PastEntry>,
    of: &str,
    began_at: Moment,
    source: &str,
) -> Vec<PastEntry> {
    if history.is_empty() {
        history.push(PastEntry {
            action: format!("{of}.carried_over"),
            fields: Vec::new(),
            occurred_at: began_at,
        });
    }
    out_of(&mut history, source);
    history
}

/// The first entry names the file that it came out of.
fn out_of(history: &mut [PastEntry], source: &str) {
    if let Some(first) = history.first_mut()
        && !first.fields.iter().any(|(name, _)| name == SOURCE_FIELD)
    {
        let field = (SOURCE_FIELD.to_owned(), source.to_owned());
        first.fields.push(field);
    }
}

/// The entries of a history, as long as it is a list that is not too long.
pub(super) fn history(told: Option<Json>, of: &str, now: Moment) -> Result<Vec<PastEntry>, Wrong> {
    match told {
        None | Some(Json::Null) => Ok(Vec::new()),
        Some(Json::Array(entries)) if entries.len() <= HISTORY_MOST => entries
            .into_iter()
            .enumerate()
            .map(|(place, entry)| {
                past(entry, of, now).map_err(|wrong| wrong.inside("history", place))
            })
            .collect(),
        Some(_) => {
            let why = format!("is no list of at most {HISTORY_MOST} entries");
            Err(Wrong::new("history", why))
        }
    }
}
