//! What an administrator changed in the catalogue, for `/admin/log`: the fields of the entry as
//! before and after, with codes where the entry has identifiers. What the program itself or a
//! command does is no act of an administrator.

use base::Result;
use base::id::{CategoryId, ServiceId, TerritoryId, UnitId};
use people::People;
use people::acts::{self, Act};
use serde_json::{Map, Value};
use store::Tx;
use uuid::Uuid;

use crate::sql;

/// How a field that tells of the former state ends.
const BEFORE: &str = "_before";

/// Notes a change, just before its entry is recorded.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    action: &'static str,
    kind: &'static str,
    id: Uuid,
    fields: &[(&'static str, String)],
) -> Result<()> {
    if tx.actor().account().is_none() {
        return Ok(());
    }
    let (mut before, mut after) = (Map::new(), Map::new());
    for (name, value) in fields {
        let (state, name) = match name.strip_suffix(BEFORE) {
            Some(name) => (&mut before, name),
            None => (&mut after, *name),
        };
        state.insert(name.to_owned(), Value::String(called(tx, name, value)?));
    }
    // Both name the thing, so that it is no difference.
    let code = match after.get("code") {
        Some(code) => Some(code.clone()),
        None => code_of(tx, kind, id)?.map(Value::String),
    };
    if let Some(code) = code {
        before.insert("code".to_owned(), code.clone());
        after.insert("code".to_owned(), code);
    }
    let act = Act {
        kind,
        entity: id,
        action,
        before: Value::Object(before),
        after: Value::Object(after),
    };
    acts::note(tx, &act)
}

fn code_of(tx: &mut Tx<'_>, kind: &str, id: Uuid) -> Result<Option<String>> {
    match kind {
        "category" => Ok(sql::category_row(tx, CategoryId(id))?.map(|row| row.code)),
        "service" => sql::code_of_service(tx, ServiceId(id)),
        _ => Ok(None),
    }
}

/// A value with a code instead of an identifier.
fn called(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<String> {
    let Ok(id) = value.parse::<Uuid>() else {
        return Ok(value.to_owned());
    };
    let code = match name {
        "category" | "parent" => code_of(tx, "category", id)?,
        "service" => code_of(tx, "service", id)?,
        "unit" => People::unit_names(tx, UnitId(id))?.map(|(code, _, _)| code),
        "territory" => people::units::territory_code(tx, TerritoryId(id))?,
        _ => None,
    };
    Ok(code.unwrap_or_else(|| value.to_owned()))
}
