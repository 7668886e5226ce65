//! Every SQL text of this slice, with the functions that run it.

mod administration;
mod decisions;
pub(crate) mod exchange;

use base::id::{CategoryId, ServiceId};
use base::{Error, Result};
use store::{Db, Raised, Row, Table, Tx, args};

use crate::categories::{Categories, Category, MOST};
use crate::model::{Definition, Service};
use crate::phrase::Phrase;
use crate::routing::RouteRule;

pub(crate) use administration::*;
pub(crate) use decisions::*;

pub(crate) const SERVICE: Table = Table {
    name: "service",
    key: &["id"],
};
pub(crate) const SERVICE_VERSION: Table = Table {
    name: "service_version",
    key: &["service_id", "version"],
};
pub(crate) const CATEGORY: Table = Table {
    name: "category",
    key: &["id"],
};
pub(crate) const ROUTE_RULE: Table = Table {
    name: "route_rule",
    key: &["id"],
};

pub(crate) const OFFICIAL: Table = Table {
    name: "official",
    key: &["id"],
};
pub(crate) const CATEGORY_PROCESSING: Table = Table {
    name: "category_processing",
    key: &["category_id"],
};
pub(crate) const SERVICE_ORIGIN: Table = Table {
    name: "service_origin",
    key: &["service_id", "version"],
};
pub(crate) const SERVICE_PROPOSAL: Table = Table {
    name: "service_proposal",
    key: &["service_id", "shipped"],
};
pub(crate) const LAW_SETTING: Table = Table {
    name: "law_setting",
    key: &["regime", "term", "version"],
};
pub(crate) const TERRITORY_OUTLINE: Table = Table {
    name: "territory_outline",
    key: &["territory_id"],
};

pub(crate) const DECISION_RULES: Table = Table {
    name: "decision_rules",
    key: &["id"],
};

/// The most services that a catalogue holds.
const MOST_SERVICES: usize = 1_000;
/// The most routing rules.
const MOST_RULES: usize = 20_000;

// The stamp

/// Raised in this process whenever a change raises the stamp.
pub(crate) static RAISED: Raised = Raised::new();

const STAMP: &str = "SELECT version FROM catalog_stamp WHERE id = 1";
const TOUCH: &str = "UPDATE catalog_stamp SET version = version + 1 WHERE id = 1";
const GROW_CATEGORIES: &str = "UPDATE catalog_stamp SET version = version + 1, categories = categories + 1 \
     WHERE id = 1 AND categories < $1";
const GROW_RULES: &str = "UPDATE catalog_stamp SET version = version + 1, rules = rules + 1 \
     WHERE id = 1 AND rules < $1";

/// Grows with every change of the catalogue.
pub(crate) fn stamp(db: &mut Db<'_>) -> Result<i64> {
    db.one(STAMP, &[], |row| row.get(0))
}

pub(crate) fn touch(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute(TOUCH, &[])?;
    RAISED.raise();
    Ok(())
}

fn grow(tx: &mut Tx<'_>, sql: &str, most: usize) -> Result<()> {
    if tx.execute(sql, args![most])? == 0 {
        return Err(Error::Conflict("catalog-error-full"));
    }
    RAISED.raise();
    Ok(())
}

// Services

const SERVICES: &str = "SELECT id, state, definition FROM service ORDER BY code LIMIT $1";
const SERVICE_OF_CODE: &str = "SELECT id, version FROM service WHERE code = $1";
const INSERT_SERVICE: &str = "INSERT INTO service (id, code, version, state, definition) \
     VALUES ($1, $2, $3, 'public', $4)";
const UPDATE_SERVICE: &str = "UPDATE service SET version = $2, definition = $3 WHERE id = $1";
const INSERT_VERSION: &str =
    "INSERT INTO service_version (service_id, version, definition) VALUES ($1, $2, $3)";
const VERSION: &str =
    "SELECT definition FROM service_version WHERE service_id = $1 AND version = $2";

fn definition(text: &str) -> Result<Definition> {
    Definition::from_json(text).map_err(Error::internal)
}

pub(crate) fn services(db: &mut Db<'_>) -> Result<Vec<Service>> {
    db.query(SERVICES, args![MOST_SERVICES], |row| {
        Ok(Service {
            id: row.get(0)?,
            public: row.get::<String>(1)? == "public",
            definition: definition(&row.get::<String>(2)?)?,
        })
    })
}

pub(crate) fn service_of_code(db: &mut Db<'_>, code: &str) -> Result<Option<(ServiceId, u32)>> {
    db.first(SERVICE_OF_CODE, args![code], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

const CODE_OF_SERVICE: &str = "SELECT code FROM service WHERE id = $1";

pub(crate) fn code_of_service(db: &mut Db<'_>, id: ServiceId) -> Result<Option<String>> {
    db.first(CODE_OF_SERVICE, args![id], |row| row.get(0))
}

/// Puts a definition in force and keeps it among the versions. `known` tells that the service is
/// there already.
pub(crate) fn put_service(
    tx: &mut Tx<'_>,
    id: ServiceId,
    known: bool,
    new: &Definition,
) -> Result<()> {
    let text = serde_json::to_string(new).map_err(Error::internal)?;
    if known {
        tx.write(&SERVICE, UPDATE_SERVICE, args![id, new.version, text])?;
    } else {
        tx.write(
            &SERVICE,
            INSERT_SERVICE,
            args![id, new.code, new.version, text],
        )?;
    }
    tx.write(
        &SERVICE_VERSION,
        INSERT_VERSION,
        args![id, new.version, text],
    )?;
    touch(tx)
}

pub(crate) fn version(db: &mut Db<'_>, id: ServiceId, version: u32) -> Result<Definition> {
    db.one(VERSION, args![id, version], |row| row.get::<String>(0))
        .and_then(|text| definition(&text))
}

// Categories

// A category that is not offered is closed to new cases too.
const CATEGORIES: &str = "SELECT c.id, c.parent_id, c.code, c.name_ru, c.name_en, c.state, \
     COALESCE(p.offered, 1) FROM category c \
     LEFT JOIN category_processing p ON p.category_id = c.id \
     ORDER BY c.position, c.name_ru, c.id LIMIT $1";
const CATEGORY_OF_CODE: &str = "SELECT id FROM category WHERE code = $1";
const INSERT_CATEGORY: &str = "INSERT INTO category (id, parent_id, code, position, name_ru, name_en, state) \
     VALUES ($1, $2, $3, $4, $5, $6, 'active')";
const CLOSE_CATEGORY: &str =
    "UPDATE category SET state = 'closed' WHERE id = $1 AND state = 'active'";

pub(crate) fn categories(db: &mut Db<'_>) -> Result<Categories> {
    let rows = db.query(CATEGORIES, args![MOST], |row| {
        Ok(Category {
            id: row.get(0)?,
            parent: row.get(1)?,
            code: row.get(2)?,
            name: Phrase::new(row.get::<String>(3)?, row.get::<String>(4)?),
            active: row.get::<String>(5)? == "active" && row.get::<bool>(6)?,
        })
    })?;
    Ok(Categories::new(rows))
}

const CATEGORY_NAME: &str = "SELECT name_ru, name_en FROM category WHERE id = $1";

pub(crate) fn category_name(db: &mut Db<'_>, id: CategoryId) -> Result<Option<Phrase>> {
    db.first(CATEGORY_NAME, args![id], |row| {
        Ok(Phrase::new(row.get::<String>(0)?, row.get::<String>(1)?))
    })
}

pub(crate) fn category_of_code(db: &mut Db<'_>, code: &str) -> Result<Option<CategoryId>> {
    db.first(CATEGORY_OF_CODE, args![code], |row| row.get(0))
}

pub(crate) fn insert_category(
    tx: &mut Tx<'_>,
    id: CategoryId,
    parent: Option<CategoryId>,
    code: &str,
    position: u32,
    name: &Phrase,
) -> Result<()> {
    grow(tx, GROW_CATEGORIES, MOST)?;
    tx.write(
        &CATEGORY,
        INSERT_CATEGORY,
        args![id, parent, code, position, name.ru, name.en],
    )?;
    Ok(())
}

/// Closes a category; answers whether it was open.
pub(crate) fn close_category(tx: &mut Tx<'_>, id: CategoryId) -> Result<bool> {
    let closed = tx.write(&CATEGORY, CLOSE_CATEGORY, args![id])?;
    if closed > 0 {
        touch(tx)?;
    }
    Ok(closed > 0)
}

const CATEGORY_ROW: &str =
    "SELECT parent_id, code, position, name_ru, name_en, state FROM category WHERE id = $1";
const UPDATE_CATEGORY: &str = "UPDATE category SET parent_id = $2, position = $3, name_ru = $4, name_en = $5, state = $6 \
     WHERE id = $1";

/// A category as its row has it.
pub(crate) struct CategoryRow {
    pub(crate) parent: Option<CategoryId>,
    pub(crate) code: String,
    pub(crate) position: u32,
    pub(crate) name: Phrase,
    pub(crate) open: bool,
}

pub(crate) fn category_row(db: &mut Db<'_>, id: CategoryId) -> Result<Option<CategoryRow>> {
    db.first(CATEGORY_ROW, args![id], |row| {
        Ok(CategoryRow {
            parent: row.get(0)?,
            code: row.get(1)?,
            position: row.get(2)?,
            name: Phrase::new(row.get::<String>(3)?, row.get::<String>(4)?),
            open: row.get::<String>(5)? == "active",
        })
    })
}

pub(crate) fn update_category(tx: &mut Tx<'_>, id: CategoryId, new: &CategoryRow) -> Result<()> {
    let state = if new.open { "active" } else { "closed" };
    tx.write(
        &CATEGORY,
        UPDATE_CATEGORY,
        args![
            id,
            new.parent,
            new.position,
            new.name.ru,
            new.name.en,
            state
        ],
    )?;
    touch(tx)
}

// Rules

const RULES: &str = "SELECT id, position, category_id, territory_id, service_id, unit_id, reason_ru, reason_en \
     FROM route_rule WHERE valid = 1 ORDER BY position, id LIMIT $1";
const INSERT_RULE: &str = "INSERT INTO route_rule \
     (id, position, category_id, territory_id, service_id, unit_id, reason_ru, reason_en, valid) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)";
const UPDATE_RULE: &str = "UPDATE route_rule SET position = $2, category_id = $3, territory_id = $4, service_id = $5, \
     unit_id = $6, reason_ru = $7, reason_en = $8 WHERE id = $1 AND valid = 1";
const END_RULE: &str = "UPDATE route_rule SET valid = 0 WHERE id = $1 AND valid = 1";

pub(crate) fn rules(db: &mut Db<'_>) -> Result<Vec<RouteRule>> {
    db.query(RULES, args![MOST_RULES], |row: &Row<'_>| {
        Ok(RouteRule {
            id: row.get(0)?,
            position: row.get(1)?,
            category: row.get(2)?,
            territory: row.get(3)?,
            service: row.get(4)?,
            unit: row.get(5)?,
            reason: Phrase::new(row.get::<String>(6)?, row.get::<String>(7)?),
        })
    })
}

pub(crate) fn insert_rule(tx: &mut Tx<'_>, rule: &RouteRule) -> Result<()> {
    grow(tx, GROW_RULES, MOST_RULES)?;
    tx.write(
        &ROUTE_RULE,
        INSERT_RULE,
        args![
            rule.id,
            rule.position,
            rule.category,
            rule.territory,
            rule.service,
            rule.unit,
            rule.reason.ru,
            rule.reason.en
        ],
    )?;
    Ok(())
}

/// Changes a rule; answers whether it was valid.
pub(crate) fn update_rule(tx: &mut Tx<'_>, rule: &RouteRule) -> Result<bool> {
    let changed = tx.write(
        &ROUTE_RULE,
        UPDATE_RULE,
        args![
            rule.id,
            rule.position,
            rule.category,
            rule.territory,
            rule.service,
            rule.unit,
            rule.reason.ru,
            rule.reason.en
        ],
    )?;
    if changed > 0 {
        touch(tx)?;
    }
    Ok(changed > 0)
}

/// Ends a rule; answers whether it was valid.
pub(crate) fn end_rule(tx: &mut Tx<'_>, id: uuid::Uuid) -> Result<bool> {
    let ended = tx.write(&ROUTE_RULE, END_RULE, args![id])?;
    if ended > 0 {
        touch(tx)?;
    }
    Ok(ended > 0)
}
