//! Rows of the kinds that people and cases name: territories, units, services, subjects, routes,
//! posts, texts of consent. What has a code that is here already is left as it is here.

use std::collections::{HashMap, HashSet};

use base::Moment;
use journal::{Journal, Of, PastEntry};
use serde_json::{Map, Value as Json, json};
use store::forms::{Cell, Form, Reader, Wrong};
use store::{Db, Tx};
use uuid::Uuid;

use super::kinds::{Kind, RULES};
use super::sealed;
use crate::sql::exchange as sql;

/// What is here, by which rows name each other.
#[derive(Clone, Default)]
pub(super) struct Here {
    ids: HashMap<(String, String), Uuid>,
    /// Versions of services.
    pub(super) versions: HashSet<(Uuid, i64)>,
    /// Texts of consent.
    pub(super) consents: HashSet<Uuid>,
}

impl Here {
    /// What the store has.
    pub(super) fn load(db: &mut Db<'_>) -> base::Result<Self> {
        let mut here = Self::default();
        sql::each_code(db, |kind, id, code| {
            here.ids.insert((kind.to_owned(), code), id);
        })?;
        here.versions = sql::service_versions(db)?.into_iter().collect();
        let texts = &people::exchange::CONSENT_TEXTS;
        let mut after = None;
        loop {
            let some = texts.keys_after(db, after, 500)?;
            after = some.last().copied();
            if some.is_empty() {
                break;
            }
            here.consents.extend(some);
        }
        Ok(here)
    }

    /// The identifier behind a code.
    pub(super) fn id(&self, kind: &str, code: &str) -> Option<Uuid> {
        self.ids.get(&(kind.to_owned(), code.to_owned())).copied()
    }

    /// Remembers what was made.
    pub(super) fn remember(&mut self, kind: &str, code: &str, id: Uuid) {
        self.ids.insert((kind.to_owned(), code.to_owned()), id);
    }

    /// The newest version of a service.
    pub(super) fn newest_version(&self, service: Uuid) -> Option<i64> {
        let own = self.versions.iter().filter(|(id, _)| *id == service);
        own.map(|(_, version)| *version).max()
    }
}

/// A reader of rows: what it knows of the house, and of the row that is being read.
pub(super) struct Reading<'a> {
    pub(super) here: &'a Here,
    pub(super) now: Moment,
    /// The person, case or other thing whose row or list is read.
    pub(super) parent: Uuid,
    /// What it supplies, by column.
    pub(super) own: HashMap<&'static str, Cell>,
    /// The key under which it is sealed.
    pub(super) key: Option<&'a journal::DataKey>,
    /// Addresses of documents by their hashes.
    pub(super) files: HashMap<String, Vec<u8>>,
    /// Rows of lists that are sealed under the key of a case, and which.
    pub(super) of_cases: HashMap<Uuid, (Uuid, journal::DataKey)>,
}

impl Reader for Reading<'_> {
    fn now(&self) -> Moment {
        self.now
    }

    fn id(&self, kind: &str, code: &str) -> Option<Uuid> {
        self.here.id(kind, code)
    }

    fn seal(&self, what: &str, id: Uuid, value: Json) -> Result<Vec<u8>, String> {
        let bytes = sealed::checked(what, value)?;
        let (parent, key) = if sealed::is_of_a_case(what) {
            let known = self.of_cases.get(&id).map(|(case, key)| (*case, key));
            known.ok_or_else(|| "is of no case that is here".to_owned())?
        } else {
            let key = self.key.ok_or_else(|| "cannot be sealed".to_owned())?;
            (self.parent, key)
        };
        key.seal(&sealed::context(what, parent, id), &bytes)
            .map_err(|_| "cannot be sealed".to_owned())
    }

    fn own(&self, column: &str) -> Cell {
        self.own.get(column).cloned().unwrap_or(Cell::Null)
    }

    fn address(&self, hash: &str) -> Option<Vec<u8>> {
        self.files.get(hash).cloned()
    }
}

/// Rows of the lists inside a thing, each with its form.
pub(super) type Listed = Vec<(&'static Form, Vec<Cell>)>;

/// A thing that only waits to be written.
#[derive(Clone)]
pub(super) struct Thing {
    pub(super) kind: &'static Kind,
    pub(super) id: Uuid,
    pub(super) code: String,
    cells: Vec<Cell>,
    lists: Listed,
}

/// What a row leaves out and what follows from the rest.
fn complete(kind: &Kind, row: &mut Map<String, Json>) {
    let same = |row: &mut Map<String, Json>, field: &str, as_field: &str| {
        if !row.contains_key(field)
            && let Some(value) = row.get(as_field).cloned()
        {
            row.insert(field.to_owned(), value);
        }
    };
    let mut usual = |field: &str, value: Json| {
        row.entry(field).or_insert(value);
    };
    match kind.one {
        "unit" | "category" | "official" => usual("state", "active".into()),
        _ => {}
    }
    match kind.one {
        "category" | "official" => usual("position", 0.into()),
        _ => {}
    }
    match kind.one {
        "unit" => {
            let top = !row.contains_key("parent");
            let usual = if top { "agency" } else { "unit" };
            row.entry("kind").or_insert_with(|| usual.into());
            // In a plain list: codes with blanks between them.
            if let Some(Json::String(codes)) = row.get("territories") {
                let listed: Vec<Json> = codes
                    .split_whitespace()
                    .map(|code| json!({ "territory": code }))
                    .collect();
                row.insert("territories".to_owned(), listed.into());
            }
            same(row, "name_en", "name_ru");
        }
        "territory" | "category" => same(row, "name_en", "name_ru"),
        "official" => {
            same(row, "post_en", "post_ru");
            same(row, "holder_en", "holder_ru");
        }
        _ => {}
    }
}

/// Reads a row of one of these kinds; none when what it names is here already.
pub(super) fn read(
    kind: &'static Kind,
    mut row: Map<String, Json>,
    here: &Here,
    now: Moment,
    known: &dyn Fn(Uuid) -> base::Result<bool>,
) -> base::Result<Result<Option<Thing>, Wrong>> {
    let has_code = !matches!(kind.one, "route" | "consent_text" | RULES);
    let code = row.get("code").and_then(Json::as_str).unwrap_or_default();
    let code = code.to_owned();
    if has_code {
        if code.is_empty() {
            return Ok(Err(Wrong::new("code", "is missing")));
        }
        if !catalog::model::is_code(&code) {
            let why = "is no code: small Latin letters, digits, points, dashes, at most 64";
            return Ok(Err(Wrong::new("code", why)));
        }
        if here.id(kind.one, &code).is_some() {
            return Ok(Ok(None));
        }
    }
    let told = row.get("id").and_then(Json::as_str);
    let id = match told.and_then(|text| Uuid::try_parse(text).ok()) {
        // Something else has it here: this gets one of its own.
        Some(id) if known(id)? => {
            if !has_code {
                return Ok(Ok(None));
            }
            base::id::new_uuid(now)
        }
        Some(id) => id,
        None => base::id::new_uuid(now),
    };
    row.insert("id".to_owned(), id.to_string().into());
    complete(kind, &mut row);
    Ok(sound(kind, id, code, row, here, now).map(Some))
}

fn sound(
    kind: &'static Kind,
    id: Uuid,
    code: String,
    mut row: Map<String, Json>,
    here: &Here,
    now: Moment,
) -> Result<Thing, Wrong> {
    match kind.one {
        "service" => check_service(&code, &row)?,
        RULES => catalog::exchange::check_rules(&row)?,
        _ => {}
    }
    let service = row.get("service").and_then(Json::as_str).map(str::to_owned);
    let own = ["unit_id", "service_id", "category_id"].map(|column| (column, Cell::Id(id)));
    let reading = Reading {
        here,
        now,
        parent: id,
        own: own.into(),
        key: None,
        files: HashMap::new(),
        of_cases: HashMap::new(),
    };
    let cells = kind.form.read(&mut row, &reading)?;
    let lists = read_lists(kind, &mut row, &reading)?;
    nothing_left(&row)?;
    Ok(Thing {
        kind,
        id,
        // Rules are known in entries by their service.
        code: match (kind.one, service) {
            (RULES, Some(service)) => service,
            _ => code,
        },
        cells,
        lists,
    })
}

/// Reads the lists inside a row.
pub(super) fn read_lists(
    kind: &'static Kind,
    row: &mut Map<String, Json>,
    reading: &Reading<'_>,
) -> Result<Listed, Wrong> {
    let mut lists = Vec::new();
    for list in kind.lists {
        let rows = match row.remove(list.form.name) {
            None | Some(Json::Null) => continue,
            Some(Json::Array(rows)) => rows,
            Some(_) => return Err(Wrong::new(list.form.name, "is no list")),
        };
        for (place, row) in rows.into_iter().enumerate() {
            let Json::Object(mut row) = row else {
                return Err(Wrong::new(list.form.name, "holds what is no JSON object"));
            };
            let inside = |wrong: Wrong| wrong.inside(list.form.name, place);
            let cells = list.form.read(&mut row, reading).map_err(inside)?;
            nothing_left(&row).map_err(inside)?;
            lists.push((list.form, cells));
        }
    }
    Ok(lists)
}

/// Every field of a row is known.
pub(super) fn nothing_left(row: &Map<String, Json>) -> Result<(), Wrong> {
    match row.keys().next() {
        Some(field) => Err(Wrong::new(field, "is not known")),
        None => Ok(()),
    }
}

/// Definitions must be those of the code and version that they stand under.
fn check_service(code: &str, row: &Map<String, Json>) -> Result<(), Wrong> {
    let version = |row: &Map<String, Json>| {
        let version = row.get("version").and_then(Json::as_u64)?;
        u32::try_from(version).ok()
    };
    let sound = |row: &Map<String, Json>| {
        let definition = row.get("definition");
        let version = version(row);
        definition
            .zip(version)
            .is_some_and(|(definition, version)| {
                catalog::exchange::is_definition(definition, code, version)
            })
    };
    if !sound(row) {
        return Err(Wrong::new("definition", "is no definition of this service"));
    }
    let versions = row.get("versions").and_then(Json::as_array);
    let all = versions.into_iter().flatten();
    let rows: Vec<&Map<String, Json>> = all.filter_map(Json::as_object).collect();
    if !rows.iter().all(|row| sound(row)) {
        return Err(Wrong::new("versions", "holds what is no definition of it"));
    }
    if !rows.iter().any(|own| version(own) == version(row)) {
        return Err(Wrong::new("versions", "lacks the version in force"));
    }
    Ok(())
}

/// Writes a thing with its entry.
pub(super) fn write(
    tx: &mut Tx<'_>,
    journal: &Journal,
    thing: &Thing,
    source: &str,
) -> base::Result<()> {
    thing.kind.form.insert(tx, &thing.cells)?;
    for (form, cells) in &thing.lists {
        form.insert(tx, cells)?;
    }
    match thing.kind.one {
        "unit" => people::exchange::grew(tx, true)?,
        "territory" => people::exchange::grew(tx, false)?,
        "consent_text" => {}
        other => catalog::exchange::grew(tx, other)?,
    }
    let of = Of {
        kind: thing.kind.one,
        id: thing.id,
        key: &journal.keys().installation(),
    };
    let entry = PastEntry {
        action: format!("{}.carried_over", thing.kind.one),
        fields: vec![
            ("code".to_owned(), thing.code.clone()),
            ("source_sha256".to_owned(), source.to_owned()),
        ],
        occurred_at: tx.now(),
    };
    journal.record_history(tx, &of, vec![entry])
}
