//! Services, subjects, routes and posts in an exchange with other systems: the forms of their rows,
//! and what has to be done beside the rows.

use base::Result;
use serde_json::{Map, Value as Json};
use store::Tx;
use store::forms::Wrong;

use crate::decisions::{Decisions, FORMAT, MOST_BYTES};
use crate::model::Definition;
use crate::rulings::Stage;
use crate::sql;

pub use crate::sql::exchange::{
    CATEGORIES, OFFICIALS, ORIGINS, PROCESSING, ROUTES, RULES, SERVICES, VERSIONS,
};

/// Whether a JSON is the definition of a service of this code and version.
pub fn is_definition(value: &Json, code: &str, version: u32) -> bool {
    serde_json::from_value::<Definition>(value.clone())
        .is_ok_and(|known| known.code == code && known.version == version)
}

/// Refuses a version of rules that could never have come to stand as it says: rules that cannot be
/// read, one approved without an officer, or by whoever wrote or proposed it.
pub fn check_rules(row: &Map<String, Json>) -> std::result::Result<(), Wrong> {
    let text = |field: &str| row.get(field).and_then(Json::as_str);
    let rules = text("text").unwrap_or_default();
    let readable = rules.len() <= MOST_BYTES
        && Decisions::from_toml(rules).is_ok_and(|rules| rules.format == FORMAT);
    if !readable {
        return Err(Wrong::new("text", "holds no rules that can be read"));
    }
    let needed: &[&str] = match Stage::from_code(text("state").unwrap_or_default()) {
        Stage::Draft => &[],
        Stage::Proposed => &["unit", "valid_from", "proposed_at"],
        Stage::Approved => &["unit", "valid_from", "approved_by", "approved_at"],
        Stage::Withdrawn => &["withdrawn_at", "withdrawn_on"],
    };
    if let Some(field) = needed.iter().find(|field| text(field).is_none()) {
        return Err(Wrong::new(*field, "is missing, and the state needs it"));
    }
    let officer = text("approved_by");
    if officer.is_some() && [text("written_by"), text("proposed_by")].contains(&officer) {
        return Err(Wrong::new("approved_by", "wrote or proposed it"));
    }
    Ok(())
}

/// Counts one more subject (`category`), route (`route`) or whatever else the catalogue holds, so
/// that kept copies of it are read anew.
pub fn grew(tx: &mut Tx<'_>, kind: &str) -> Result<()> {
    match kind {
        "category" => sql::exchange::grew_categories(tx),
        "route" => sql::exchange::grew_routes(tx),
        _ => sql::touch(tx),
    }
}
