//! Versions of a service: what comes with the product, what is written here, and what happens when
//! both change.
//!
//! A version that comes with the product is put in force where nothing was written here. Where the
//! version in force was written here, the new one waits as a proposal until an administrator takes
//! or refuses it. A case keeps the version that it was filed under.

use base::id::ServiceId;
use base::{Error, Result};
use journal::Journal;
use store::Tx;

use crate::changes::record;
use crate::model::Definition;
use crate::sql;

/// The most characters of a difference that an entry keeps; the versions themselves stay whole.
const MOST_TOLD: usize = 20_000;

/// Takes a version that comes with the product.
pub(crate) fn ship(tx: &mut Tx<'_>, journal: &Journal, shipped: &Definition) -> Result<()> {
    let Some((id, version)) = sql::service_of_code(tx, &shipped.code)? else {
        let id = ServiceId::new(tx.now());
        sql::put_service(tx, id, false, shipped)?;
        sql::insert_origin(tx, id, shipped.version, Some(shipped.version))?;
        return told(tx, journal, "service.created", id, shipped, Vec::new());
    };
    tx.lock("service", id.0)?;
    if sql::is_own(tx, id, version)? {
        sql::insert_proposal(tx, id, shipped)?;
        return told(tx, journal, "service.proposed", id, shipped, Vec::new());
    }
    put_shipped(tx, journal, id, version, shipped)
}

/// Puts a version of the product in force above `version`, whatever its own number is.
fn put_shipped(
    tx: &mut Tx<'_>,
    journal: &Journal,
    id: ServiceId,
    version: u32,
    shipped: &Definition,
) -> Result<()> {
    let mut new = shipped.clone();
    new.version = shipped.version.max(version + 1);
    sql::put_service(tx, id, true, &new)?;
    sql::insert_origin(tx, id, new.version, Some(shipped.version))?;
    let before = vec![("version_before", version.to_string())];
    told(tx, journal, "service.changed", id, &new, before)
}

/// Puts a version that was written here in force. `base` is the version that its writer saw, none
/// for a new service; when another has come between, nothing is changed. Answers the new version.
pub fn publish(
    tx: &mut Tx<'_>,
    journal: &Journal,
    written: &Definition,
    base: Option<u32>,
    difference: &str,
) -> Result<u32> {
    let found = sql::service_of_code(tx, &written.code)?;
    if let Some((id, _)) = found {
        tx.lock("service", id.0)?;
    }
    let found = sql::service_of_code(tx, &written.code)?;
    if found.map(|(_, version)| version) != base {
        return Err(Error::Conflict("catalog-error-overtaken"));
    }
    let id = found.map_or_else(|| ServiceId::new(tx.now()), |(id, _)| id);
    let mut new = written.clone();
    new.version = base.map_or(1, |version| version + 1);
    sql::put_service(tx, id, found.is_some(), &new)?;
    sql::insert_origin(tx, id, new.version, None)?;
    let action = if found.is_some() {
        "service.changed"
    } else {
        "service.created"
    };
    let difference = difference.chars().take(MOST_TOLD).collect();
    let before = base.map(|version| version.to_string()).unwrap_or_default();
    let more = vec![("version_before", before), ("difference", difference)];
    told(tx, journal, action, id, &new, more)?;
    Ok(new.version)
}

/// Takes what came with the product in place of what was written here. `base` is the version that
/// the administrator saw.
pub fn take_proposal(
    tx: &mut Tx<'_>,
    journal: &Journal,
    id: ServiceId,
    proposed: &Definition,
    base: u32,
) -> Result<()> {
    tx.lock("service", id.0)?;
    let found = sql::service_of_code(tx, &proposed.code)?;
    if found != Some((id, base)) || !sql::end_proposals(tx, id, true)? {
        return Err(Error::Conflict("catalog-error-overtaken"));
    }
    put_shipped(tx, journal, id, base, proposed)
}

/// Keeps what was written here.
pub fn refuse_proposal(
    tx: &mut Tx<'_>,
    journal: &Journal,
    id: ServiceId,
    proposed: &Definition,
) -> Result<()> {
    tx.lock("service", id.0)?;
    if !sql::end_proposals(tx, id, false)? {
        return Err(Error::Conflict("catalog-error-closed"));
    }
    told(tx, journal, "service.kept", id, proposed, Vec::new())
}

/// Offers a service, or takes it back: its cases go on.
pub fn set_public(tx: &mut Tx<'_>, journal: &Journal, id: ServiceId, public: bool) -> Result<()> {
    tx.lock("service", id.0)?;
    if !sql::set_public(tx, id, public)? {
        return Err(Error::Conflict("catalog-error-closed"));
    }
    let word = |public: bool| if public { "public" } else { "suspended" };
    let fields = vec![
        ("state", word(public).to_owned()),
        ("state_before", word(!public).to_owned()),
    ];
    let action = if public {
        "service.offered"
    } else {
        "service.suspended"
    };
    record(tx, journal, action, "service", id.0, fields, false)
}

fn told(
    tx: &mut Tx<'_>,
    journal: &Journal,
    action: &'static str,
    id: ServiceId,
    new: &Definition,
    mut more: Vec<(&'static str, String)>,
) -> Result<()> {
    let mut fields = vec![
        ("code", new.code.clone()),
        ("version", new.version.to_string()),
    ];
    fields.append(&mut more);
    let first = action == "service.created";
    record(tx, journal, action, "service", id.0, fields, first)
}
