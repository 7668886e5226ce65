//! Services, subjects, routes and posts in an exchange with other systems: the forms of their rows,
//! and what has to be done beside the rows.

use base::Result;
use store::Tx;

use crate::model::Definition;
use crate::sql;

pub use crate::sql::exchange::{
    CATEGORIES, OFFICIALS, ORIGINS, PROCESSING, ROUTES, SERVICES, VERSIONS,
};

/// Whether a JSON is the definition of a service of this code and version.
pub fn is_definition(value: &serde_json::Value, code: &str, version: u32) -> bool {
    serde_json::from_value::<Definition>(value.clone())
        .is_ok_and(|known| known.code == code && known.version == version)
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
