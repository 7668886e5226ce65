//! SQL of what an administrator sets: officials, the handling of categories, where versions of
//! services come from, settings of the law, outlines of territories.

use std::collections::HashMap;

use base::id::{CategoryId, ServiceId, TerritoryId};
use base::{Error, Result};
use store::{Db, Tx, args};

use super::{
    CATEGORY_PROCESSING, LAW_SETTING, MOST, MOST_SERVICES, OFFICIAL, SERVICE, SERVICE_ORIGIN,
    SERVICE_PROPOSAL, TERRITORY_OUTLINE, definition, touch,
};
use crate::administration::Edition;
use crate::map::Map;
use crate::model::Definition;
use crate::officials::{self, Official, Officials};
use crate::phrase::Phrase;
use crate::processing::{Handling, Priority, Processing};
use crate::settings::{Setting, unit_code};

// Officials

const OFFICIALS: &str = "SELECT id, code, unit_id, position, post_ru, post_en, holder_ru, holder_en, state \
     FROM official ORDER BY position, post_ru, id LIMIT $1";
const INSERT_OFFICIAL: &str = "INSERT INTO official \
     (id, code, unit_id, position, post_ru, post_en, holder_ru, holder_en, state) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const UPDATE_OFFICIAL: &str = "UPDATE official SET unit_id = $2, position = $3, post_ru = $4, post_en = $5, \
     holder_ru = $6, holder_en = $7, state = $8 WHERE id = $1";

pub(crate) fn officials(db: &mut Db<'_>) -> Result<Officials> {
    let rows = db.query(OFFICIALS, args![officials::MOST], |row| {
        Ok(Official {
            id: row.get(0)?,
            code: row.get(1)?,
            unit: row.get(2)?,
            position: row.get(3)?,
            post: Phrase::new(row.get::<String>(4)?, row.get::<String>(5)?),
            holder: Phrase::new(row.get::<String>(6)?, row.get::<String>(7)?),
            active: row.get::<String>(8)? == "active",
        })
    })?;
    Ok(Officials::new(rows))
}

const fn state(active: bool) -> &'static str {
    if active { "active" } else { "closed" }
}

pub(crate) fn insert_official(tx: &mut Tx<'_>, new: &Official) -> Result<()> {
    tx.write(
        &OFFICIAL,
        INSERT_OFFICIAL,
        args![
            new.id,
            new.code,
            new.unit,
            new.position,
            new.post.ru,
            new.post.en,
            new.holder.ru,
            new.holder.en,
            state(new.active)
        ],
    )?;
    touch(tx)
}

pub(crate) fn update_official(tx: &mut Tx<'_>, new: &Official) -> Result<()> {
    tx.write(
        &OFFICIAL,
        UPDATE_OFFICIAL,
        args![
            new.id,
            new.unit,
            new.position,
            new.post.ru,
            new.post.en,
            new.holder.ru,
            new.holder.en,
            state(new.active)
        ],
    )?;
    touch(tx)
}

// The handling of categories

const HANDLING: &str = "SELECT category_id, offered, service_id, unit_id, priority, terms \
     FROM category_processing LIMIT $1";
const PROCESSING: &str = "SELECT category_id, offered, service_id, unit_id, priority, terms \
     FROM category_processing WHERE category_id = $1";
const INSERT_PROCESSING: &str = "INSERT INTO category_processing \
     (category_id, offered, service_id, unit_id, priority, terms) VALUES ($1, $2, $3, $4, $5, $6)";
const UPDATE_PROCESSING: &str = "UPDATE category_processing SET offered = $2, service_id = $3, unit_id = $4, priority = $5, \
     terms = $6 WHERE category_id = $1";

fn processing_row(row: &store::Row<'_>) -> Result<(CategoryId, Processing)> {
    let priority = row.get::<Option<String>>(4)?;
    let own = Processing {
        offered: row.get(1)?,
        service: row.get(2)?,
        unit: row.get(3)?,
        priority: priority.as_deref().and_then(Priority::from_code),
        terms: serde_json::from_str(&row.get::<String>(5)?).map_err(Error::internal)?,
    };
    Ok((row.get(0)?, own))
}

pub(crate) fn handling(db: &mut Db<'_>) -> Result<Handling> {
    let rows = db.query(HANDLING, args![MOST], processing_row)?;
    Ok(Handling::new(rows.into_iter().collect()))
}

pub(crate) fn processing(db: &mut Db<'_>, id: CategoryId) -> Result<Option<Processing>> {
    db.first(PROCESSING, args![id], |row| {
        processing_row(row).map(|(_, own)| own)
    })
}

pub(crate) fn put_processing(
    tx: &mut Tx<'_>,
    id: CategoryId,
    known: bool,
    new: &Processing,
) -> Result<()> {
    let terms = serde_json::to_string(&new.terms).map_err(Error::internal)?;
    let priority = new.priority.map(Priority::code);
    let sql = if known {
        UPDATE_PROCESSING
    } else {
        INSERT_PROCESSING
    };
    tx.write(
        &CATEGORY_PROCESSING,
        sql,
        args![
            id,
            i64::from(new.offered),
            new.service,
            new.unit,
            priority,
            terms
        ],
    )?;
    touch(tx)
}

// Versions of services

// Versions of which nothing is told were put there before origins were kept: they came with the
// product.
const NEWEST_SHIPPED: &str = "SELECT s.code, \
     (SELECT MAX(v.version) FROM service_version v LEFT JOIN service_origin o \
      ON o.service_id = v.service_id AND o.version = v.version \
      WHERE v.service_id = s.id AND o.version IS NULL), \
     (SELECT MAX(o.shipped) FROM service_origin o WHERE o.service_id = s.id), \
     (SELECT MAX(p.shipped) FROM service_proposal p WHERE p.service_id = s.id) \
     FROM service s ORDER BY s.code LIMIT $1";
const ORIGIN: &str = "SELECT shipped FROM service_origin WHERE service_id = $1 AND version = $2";
const INSERT_ORIGIN: &str =
    "INSERT INTO service_origin (service_id, version, shipped) VALUES ($1, $2, $3)";
const INSERT_PROPOSAL: &str = "INSERT INTO service_proposal (service_id, shipped, definition, state) \
     VALUES ($1, $2, $3, 'open')";
const OPEN_PROPOSALS: &str = "SELECT service_id, shipped, definition FROM service_proposal \
     WHERE state = 'open' ORDER BY service_id, shipped DESC LIMIT $1";
const END_PROPOSALS: &str =
    "UPDATE service_proposal SET state = $2 WHERE service_id = $1 AND state = 'open'";
const VERSIONS: &str = "SELECT v.version, o.shipped, CASE WHEN o.version IS NULL THEN 0 ELSE 1 END \
     FROM service_version v \
     LEFT JOIN service_origin o ON o.service_id = v.service_id AND o.version = v.version \
     WHERE v.service_id = $1 AND v.version < $3 ORDER BY v.version DESC LIMIT $2";
const SET_STATE: &str = "UPDATE service SET state = $2 WHERE id = $1 AND state <> $2";

/// The newest version that came with the product, by the code of the service. A service that was
/// written here and never came has 0.
pub(crate) fn newest_shipped(db: &mut Db<'_>) -> Result<HashMap<String, u32>> {
    let rows = db.query(NEWEST_SHIPPED, args![MOST_SERVICES], |row| {
        let untold: Option<u32> = row.get(1)?;
        let (taken, proposed): (Option<u32>, Option<u32>) = (row.get(2)?, row.get(3)?);
        let newest = untold.max(taken).max(proposed);
        Ok((row.get::<String>(0)?, newest.unwrap_or(0)))
    })?;
    Ok(rows.into_iter().collect())
}

/// Whether this version was written here, and not taken from what came with the product.
pub(crate) fn is_own(db: &mut Db<'_>, id: ServiceId, version: u32) -> Result<bool> {
    let origin = db.first(ORIGIN, args![id, version], |row| row.get::<Option<u32>>(0))?;
    Ok(origin == Some(None))
}

pub(crate) fn insert_origin(
    tx: &mut Tx<'_>,
    id: ServiceId,
    version: u32,
    shipped: Option<u32>,
) -> Result<()> {
    tx.write(&SERVICE_ORIGIN, INSERT_ORIGIN, args![id, version, shipped])?;
    Ok(())
}

pub(crate) fn insert_proposal(tx: &mut Tx<'_>, id: ServiceId, new: &Definition) -> Result<()> {
    let text = serde_json::to_string(new).map_err(Error::internal)?;
    tx.write(
        &SERVICE_PROPOSAL,
        INSERT_PROPOSAL,
        args![id, new.version, text],
    )?;
    touch(tx)
}

/// The newest proposal of each service that waits for a decision.
pub(crate) fn open_proposals(db: &mut Db<'_>) -> Result<HashMap<ServiceId, Definition>> {
    let rows = db.query(OPEN_PROPOSALS, args![MOST_SERVICES], |row| {
        Ok((
            row.get::<ServiceId>(0)?,
            definition(&row.get::<String>(2)?)?,
        ))
    })?;
    let mut newest = HashMap::new();
    for (id, proposed) in rows {
        newest.entry(id).or_insert(proposed);
    }
    Ok(newest)
}

/// Decides every open proposal of a service; answers whether there was one.
pub(crate) fn end_proposals(tx: &mut Tx<'_>, id: ServiceId, taken: bool) -> Result<bool> {
    let state = if taken { "taken" } else { "refused" };
    let ended = tx.write(&SERVICE_PROPOSAL, END_PROPOSALS, args![id, state])?;
    Ok(ended > 0)
}

/// The newest versions of a service, or the newest below one.
pub(crate) fn versions(
    db: &mut Db<'_>,
    id: ServiceId,
    before: Option<u32>,
    limit: usize,
) -> Result<Vec<Edition>> {
    let before = before.map_or(i64::from(i32::MAX), i64::from);
    db.query(VERSIONS, args![id, limit, before], |row| {
        let version = row.get(0)?;
        let told: i64 = row.get(2)?;
        Ok(Edition {
            version,
            shipped: if told == 0 {
                Some(version)
            } else {
                row.get(1)?
            },
        })
    })
}

/// Offers a service or takes it back; answers whether that changed anything.
pub(crate) fn set_public(tx: &mut Tx<'_>, id: ServiceId, public: bool) -> Result<bool> {
    let state = if public { "public" } else { "suspended" };
    let changed = tx.write(&SERVICE, SET_STATE, args![id, state])?;
    if changed > 0 {
        touch(tx)?;
    }
    Ok(changed > 0)
}

// Settings of the law

/// The most settings of the law.
const MOST_SETTINGS: usize = 1_000;

const SETTINGS: &str = "SELECT regime, term, version, valid_from, length, unit, reason, target \
     FROM law_setting ORDER BY regime, term, version LIMIT $1";
const INSERT_SETTING: &str = "INSERT INTO law_setting (regime, term, version, valid_from, length, unit, reason, \
     target) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

pub(crate) fn law_settings(db: &mut Db<'_>) -> Result<Vec<Setting>> {
    db.query(SETTINGS, args![MOST_SETTINGS], |row| {
        let unit = row.get::<String>(5)?;
        Ok(Setting {
            regime: row.get(0)?,
            term: row.get(1)?,
            version: row.get(2)?,
            valid_from: row
                .get::<String>(3)?
                .parse()
                .map_err(|_| Error::internal("law_setting holds no date"))?,
            length: row.get(4)?,
            unit: if unit == "working_days" {
                law::Unit::WorkingDays
            } else {
                law::Unit::CalendarDays
            },
            reason: row.get(6)?,
            target: row.get(7)?,
        })
    })
}

pub(crate) fn insert_setting(tx: &mut Tx<'_>, new: &Setting) -> Result<()> {
    let unit = unit_code(new.unit);
    tx.write(
        &LAW_SETTING,
        INSERT_SETTING,
        args![
            new.regime,
            new.term,
            new.version,
            new.valid_from.to_string(),
            new.length,
            unit,
            new.reason,
            new.target
        ],
    )?;
    touch(tx)
}

// Outlines of territories

const OUTLINES: &str = "SELECT territory_id, rings FROM territory_outline LIMIT $1";
const OUTLINE_KNOWN: &str = "SELECT 1 FROM territory_outline WHERE territory_id = $1";
const INSERT_OUTLINE: &str = "INSERT INTO territory_outline (territory_id, rings) VALUES ($1, $2)";
const UPDATE_OUTLINE: &str = "UPDATE territory_outline SET rings = $2 WHERE territory_id = $1";

pub(crate) fn map(db: &mut Db<'_>) -> Result<Map> {
    let outlines = db.query(OUTLINES, args![MOST], |row| {
        let rings = serde_json::from_str(&row.get::<String>(1)?).map_err(Error::internal)?;
        Ok((row.get(0)?, rings))
    })?;
    Ok(Map::new(outlines))
}

pub(crate) fn put_outline(tx: &mut Tx<'_>, id: TerritoryId, rings: &str) -> Result<()> {
    let known = tx
        .first(OUTLINE_KNOWN, args![id], |row| row.get::<i64>(0))?
        .is_some();
    let sql = if known {
        UPDATE_OUTLINE
    } else {
        INSERT_OUTLINE
    };
    tx.write(&TERRITORY_OUTLINE, sql, args![id, rings])?;
    touch(tx)
}
