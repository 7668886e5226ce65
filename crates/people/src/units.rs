//! How units and territories are made. Whoever makes them (the demo, the import, an
//! administrator's page) calls [`insert`] or [`ensure`] inside a change of their own; each makes
//! its own entry, and any number fit into one change.

use base::id::{TerritoryId, UnitId};
use base::text::{clean_line, length};
use base::{Error, FieldError, Result};
use journal::{Journal, NewEntry};
use store::{Db, Tx};

use crate::sql;
use crate::trees::{Territory, Unit, UnitKind};

/// The most units, and the most territories, that an installation has.
pub const MOST: usize = 10_000;

/// The longest code of a unit or territory, in characters.
const CODE_MOST: usize = 64;

/// The longest name of a unit or territory, in characters.
const NAME_MOST: usize = 300;

/// A unit to be made.
#[derive(Clone, Debug)]
pub struct NewUnit {
    /// The one above it.
    pub parent: Option<UnitId>,
    /// Authority or part.
    pub kind: UnitKind,
    /// Its code, which no other unit has.
    pub code: String,
    /// Its name in Russian.
    pub name_ru: String,
    /// Its name in English.
    pub name_en: String,
    /// The territories that it answers for.
    pub territories: Vec<TerritoryId>,
}

/// A territory to be made.
#[derive(Clone, Debug)]
pub struct NewTerritory {
    /// The one that it lies in.
    pub parent: Option<TerritoryId>,
    /// Its code, which no other territory has.
    pub code: String,
    /// Its name in Russian.
    pub name_ru: String,
    /// Its name in English.
    pub name_en: String,
}

/// Makes a unit and its entry. The caller has asked `access` already.
pub fn insert(tx: &mut Tx<'_>, journal: &Journal, new: &NewUnit) -> Result<UnitId> {
    insert_noting(tx, journal, new, |_, _| Ok(()))
}

/// The same, with what `more` writes inside the entry.
pub(crate) fn insert_noting(
    tx: &mut Tx<'_>,
    journal: &Journal,
    new: &NewUnit,
    more: impl FnOnce(&mut Tx<'_>, UnitId) -> Result<()>,
) -> Result<UnitId> {
    let (code, name_ru, name_en) = checked(&new.code, &new.name_ru, &new.name_en)?;
    let id = UnitId::new(tx.now());
    sql::grow_tree(tx, sql::UNIT_TREE, MOST)?;
    sql::insert_unit(
        tx,
        &Unit {
            id,
            parent: new.parent,
            kind: new.kind,
            code: code.clone(),
            name_ru: name_ru.clone(),
            name_en: name_en.clone(),
            active: true,
        },
    )?;
    for territory in &new.territories {
        sql::insert_unit_territory(tx, id, *territory)?;
    }
    more(tx, id)?;
    let parent = new.parent.map(|id| id.to_string()).unwrap_or_default();
    journal.record(
        tx,
        NewEntry {
            action: "unit.created",
            kind: "unit",
            id: id.0,
            fields: vec![
                ("code", code),
                ("name_ru", name_ru),
                ("name_en", name_en),
                ("kind", new.kind.code().to_owned()),
                ("parent", parent),
            ],
            occurred_at: None,
            key: journal.keys().installation(),
            first: true,
        },
    )?;
    Ok(id)
}

/// Gives a unit one more territory to answer for; nothing happens when it has it.
pub fn add_territory(
    tx: &mut Tx<'_>,
    journal: &Journal,
    unit: UnitId,
    territory: TerritoryId,
) -> Result<()> {
    tx.lock("unit", unit.0)?;
    if sql::insert_unit_territory(tx, unit, territory)? == 0 {
        return Ok(());
    }
    sql::touch_tree(tx, sql::UNIT_TREE)?;
    journal.record(
        tx,
        NewEntry {
            action: "unit.territory_added",
            kind: "unit",
            id: unit.0,
            fields: vec![("territory", territory.to_string())],
            occurred_at: None,
            key: journal.keys().installation(),
            first: false,
        },
    )?;
    Ok(())
}

/// Makes a territory and its entry. The caller has asked `access` already.
pub fn insert_territory(
    tx: &mut Tx<'_>,
    journal: &Journal,
    new: &NewTerritory,
) -> Result<TerritoryId> {
    insert_territory_noting(tx, journal, new, |_, _| Ok(()))
}

/// The same, with what `more` writes inside the entry.
pub(crate) fn insert_territory_noting(
    tx: &mut Tx<'_>,
    journal: &Journal,
    new: &NewTerritory,
    more: impl FnOnce(&mut Tx<'_>, TerritoryId) -> Result<()>,
) -> Result<TerritoryId> {
    let (code, name_ru, name_en) = checked(&new.code, &new.name_ru, &new.name_en)?;
    let id = TerritoryId::new(tx.now());
    sql::grow_tree(tx, sql::TERRITORY_TREE, MOST)?;
    sql::insert_territory(
        tx,
        &Territory {
            id,
            parent: new.parent,
            code: code.clone(),
            name_ru: name_ru.clone(),
            name_en: name_en.clone(),
        },
    )?;
    more(tx, id)?;
    let parent = new.parent.map(|id| id.to_string()).unwrap_or_default();
    journal.record(
        tx,
        NewEntry {
            action: "territory.created",
            kind: "territory",
            id: id.0,
            fields: vec![
                ("code", code),
                ("name_ru", name_ru),
                ("name_en", name_en),
                ("parent", parent),
            ],
            occurred_at: None,
            key: journal.keys().installation(),
            first: true,
        },
    )?;
    Ok(id)
}

/// The unit of this code, made when there is none.
pub fn ensure(tx: &mut Tx<'_>, journal: &Journal, new: &NewUnit) -> Result<UnitId> {
    match find(tx, &new.code)? {
        Some(id) => Ok(id),
        None => insert(tx, journal, new),
    }
}

/// The territory of this code, made when there is none.
pub fn ensure_territory(
    tx: &mut Tx<'_>,
    journal: &Journal,
    new: &NewTerritory,
) -> Result<TerritoryId> {
    match find_territory(tx, &new.code)? {
        Some(id) => Ok(id),
        None => insert_territory(tx, journal, new),
    }
}

/// The unit of this code as the database has it now.
pub fn find(db: &mut Db<'_>, code: &str) -> Result<Option<UnitId>> {
    sql::unit_of_code(db, code)
}

/// The territory of this code as the database has it now.
pub fn find_territory(db: &mut Db<'_>, code: &str) -> Result<Option<TerritoryId>> {
    sql::territory_of_code(db, code)
}

/// The code of a territory as the database has it now.
pub fn territory_code(db: &mut Db<'_>, id: TerritoryId) -> Result<Option<String>> {
    sql::territory_code(db, id)
}

pub(crate) fn checked(
    code: &str,
    name_ru: &str,
    name_en: &str,
) -> Result<(String, String, String)> {
    let code_is_sound = (1..=CODE_MOST).contains(&length(code))
        && code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    let mut errors = Vec::new();
    let names = [
        ("name_ru", clean_line(name_ru)),
        ("name_en", clean_line(name_en)),
    ];
    for (field, name) in &names {
        if !(1..=NAME_MOST).contains(&length(name)) {
            errors.push(FieldError::new(*field, "people-error-unit-name").with("most", NAME_MOST));
        }
    }
    // Last, as on the pages.
    if !code_is_sound {
        errors.push(FieldError::new("code", "people-error-code").with("most", CODE_MOST));
    }
    if errors.is_empty() {
        let [(_, name_ru), (_, name_en)] = names;
        Ok((code.to_owned(), name_ru, name_en))
    } else {
        Err(Error::Invalid(errors))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_are_held_to_their_form() {
        assert!(checked("health-1", "Минздрав", "Health").is_ok());
        for (code, ru, en) in [
            ("", "а", "a"),
            ("с пробелом", "а", "a"),
            ("ok", " ", "a"),
            ("ok", "а", ""),
        ] {
            assert!(
                matches!(checked(code, ru, en), Err(Error::Invalid(_))),
                "{code}"
            );
        }
    }
}
