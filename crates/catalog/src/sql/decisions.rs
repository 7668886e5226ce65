//! SQL of the rules by which cases are decided.

use base::Result;
use base::id::ServiceId;
use store::{Db, Row, Tx, args};

use super::{DECISION_RULES, touch};
use crate::rulings::{Stage, Version};

/// The most versions that are kept in memory, of all services together.
const MOST: usize = 2_000;

const COLUMNS: &str = "id, service_id, version, state, text, shipped, written_by, written_at, unit_id, \
     valid_from, proposed_by, proposed_at, approved_by, approved_at, withdrawn_by, withdrawn_at, \
     withdrawn_on, reason";
const PUT: &str = "INSERT INTO decision_rules (id, service_id, version, state, text, shipped, written_by, \
     written_at, unit_id, valid_from, proposed_by, proposed_at, approved_by, approved_at, \
     withdrawn_by, withdrawn_at, withdrawn_on, reason) \
     VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18) \
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, text = excluded.text, \
     written_by = excluded.written_by, written_at = excluded.written_at, \
     shipped = excluded.shipped, unit_id = excluded.unit_id, \
     valid_from = excluded.valid_from, proposed_by = excluded.proposed_by, \
     proposed_at = excluded.proposed_at, approved_by = excluded.approved_by, \
     approved_at = excluded.approved_at, withdrawn_by = excluded.withdrawn_by, \
     withdrawn_at = excluded.withdrawn_at, withdrawn_on = excluded.withdrawn_on, \
     reason = excluded.reason";

fn version(row: &Row<'_>) -> Result<Version> {
    Ok(Version {
        id: row.get(0)?,
        service: row.get(1)?,
        number: row.get(2)?,
        stage: Stage::from_code(&row.get::<String>(3)?),
        text: row.get(4)?,
        shipped: row.get(5)?,
        written_by: row.get(6)?,
        written_at: row.get(7)?,
        unit: row.get(8)?,
        valid_from: row.get(9)?,
        proposed_by: row.get(10)?,
        proposed_at: row.get(11)?,
        approved_by: row.get(12)?,
        approved_at: row.get(13)?,
        withdrawn_by: row.get(14)?,
        withdrawn_at: row.get(15)?,
        withdrawn_on: row.get(16)?,
        reason: row.get::<Option<String>>(17)?.unwrap_or_default(),
    })
}

/// The versions of a service, the newest first.
pub(crate) fn rule_versions(
    db: &mut Db<'_>,
    service: ServiceId,
    limit: usize,
) -> Result<Vec<Version>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM decision_rules WHERE service_id = $1 ORDER BY version DESC LIMIT $2"
    );
    db.query(&sql, args![service, limit], version)
}

/// One version.
pub(crate) fn rule_version(
    db: &mut Db<'_>,
    service: ServiceId,
    number: u32,
) -> Result<Option<Version>> {
    let sql =
        format!("SELECT {COLUMNS} FROM decision_rules WHERE service_id = $1 AND version = $2");
    db.first(&sql, args![service, number], version)
}

/// Everything that was ever approved.
pub(crate) fn approved_rules(db: &mut Db<'_>) -> Result<Vec<Version>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM decision_rules WHERE state IN ('approved', 'withdrawn') \
         AND approved_at IS NOT NULL ORDER BY service_id, version DESC LIMIT $1"
    );
    db.query(&sql, args![MOST], version)
}

/// What waits for an officer.
pub(crate) fn proposed_rules(db: &mut Db<'_>) -> Result<Vec<Version>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM decision_rules WHERE state = 'proposed' \
         ORDER BY service_id, version LIMIT $1"
    );
    db.query(&sql, args![MOST], version)
}

/// The newest version that came with the product; none when none did.
pub(crate) fn newest_shipped_rules(db: &mut Db<'_>, service: ServiceId) -> Result<Option<u32>> {
    db.one(
        "SELECT MAX(shipped) FROM decision_rules WHERE service_id = $1",
        args![service],
        |row| row.get(0),
    )
}

/// Writes a version, new or changed.
pub(crate) fn put_rule_version(tx: &mut Tx<'_>, new: &Version) -> Result<()> {
    let reason = Some(new.reason.as_str()).filter(|reason| !reason.is_empty());
    tx.write(
        &DECISION_RULES,
        PUT,
        args![
            new.id,
            new.service,
            new.number,
            new.stage.code(),
            new.text,
            new.shipped,
            new.written_by,
            new.written_at,
            new.unit,
            new.valid_from.map(|day| day.to_string()),
            new.proposed_by,
            new.proposed_at,
            new.approved_by,
            new.approved_at,
            new.withdrawn_by,
            new.withdrawn_at,
            new.withdrawn_on.map(|day| day.to_string()),
            reason
        ],
    )?;
    touch(tx)
}
