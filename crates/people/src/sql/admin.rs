//! SQL of the administration: units and territories as they are changed, staff accounts, roles,
//! and the list of what administrators did.

use base::id::{AccountId, TerritoryId, UnitId};
use base::{Grant, Moment, Result};
use store::{Db, Table, Tx, args};
use uuid::Uuid;

use super::{GRANT_ROLE, PersonRow, TERRITORY, UNIT, UNIT_TERRITORY, grant_of};

pub(crate) const UNIT_DETAIL: Table = Table {
    name: "unit_detail",
    key: &["unit_id"],
};
pub(crate) const ADMIN_ACT: Table = Table {
    name: "admin_act",
    key: &["id"],
};

const SET_UNIT: &str =
    "UPDATE unit SET parent_id = $2, name_ru = $3, name_en = $4, state = $5 WHERE id = $1";

pub(crate) fn set_unit(
    tx: &mut Tx<'_>,
    id: UnitId,
    parent: Option<UnitId>,
    name_ru: &str,
    name_en: &str,
    active: bool,
) -> Result<()> {
    let state = if active { "active" } else { "closed" };
    tx.write(&UNIT, SET_UNIT, args![id, parent, name_ru, name_en, state])?;
    Ok(())
}

const DELETE_UNIT_TERRITORY: &str =
    "DELETE FROM unit_territory WHERE unit_id = $1 AND territory_id = $2";

pub(crate) fn delete_unit_territory(
    tx: &mut Tx<'_>,
    unit: UnitId,
    territory: TerritoryId,
) -> Result<u64> {
    tx.delete(
        &UNIT_TERRITORY,
        DELETE_UNIT_TERRITORY,
        args![unit, territory],
    )
}

const SET_TERRITORY: &str =
    "UPDATE territory SET parent_id = $2, name_ru = $3, name_en = $4 WHERE id = $1";

pub(crate) fn set_territory(
    tx: &mut Tx<'_>,
    id: TerritoryId,
    parent: Option<TerritoryId>,
    name_ru: &str,
    name_en: &str,
) -> Result<()> {
    tx.write(
        &TERRITORY,
        SET_TERRITORY,
        args![id, parent, name_ru, name_en],
    )?;
    Ok(())
}

/// How a unit is reached, as columns.
pub(crate) struct DetailRow {
    pub(crate) address: String,
    pub(crate) phone: String,
    pub(crate) email: String,
    pub(crate) site: String,
    pub(crate) hours: String,
}

const UNIT_DETAIL_OF: &str = "SELECT address, phone, email, COALESCE(site, ''), hours \
     FROM unit_detail WHERE unit_id = $1";

pub(crate) fn unit_detail(db: &mut Db<'_>, unit: UnitId) -> Result<Option<DetailRow>> {
    db.first(UNIT_DETAIL_OF, args![unit], |row| {
        Ok(DetailRow {
            address: row.get(0)?,
            phone: row.get(1)?,
            email: row.get(2)?,
            site: row.get(3)?,
            hours: row.get(4)?,
        })
    })
}

const SET_UNIT_DETAIL: &str = "INSERT INTO unit_detail \
     (unit_id, address, phone, email, site, hours, letter_head, letter_foot) \
     VALUES ($1, $2, $3, $4, $5, $6, '', '') ON CONFLICT (unit_id) DO UPDATE \
     SET address = excluded.address, phone = excluded.phone, email = excluded.email, \
     site = excluded.site, hours = excluded.hours";

pub(crate) fn set_unit_detail(tx: &mut Tx<'_>, unit: UnitId, detail: &DetailRow) -> Result<()> {
    tx.write(
        &UNIT_DETAIL,
        SET_UNIT_DETAIL,
        args![
            unit,
            detail.address,
            detail.phone,
            detail.email,
            detail.site,
            detail.hours
        ],
    )?;
    Ok(())
}

// Staff

/// A role of somebody in the list of staff, with the account and the person whose it is.
pub(crate) struct StaffGrant {
    pub(crate) account: AccountId,
    pub(crate) id: Uuid,
    pub(crate) grant: Grant,
    pub(crate) active: bool,
    pub(crate) second_factor: bool,
    pub(crate) person: PersonRow,
    /// The key that opens the person's row; none when they were erased.
    pub(crate) wrapped: Option<Vec<u8>>,
}

const STAFF_GRANTS: &str = "SELECT g.account_id, g.id, g.role, g.scope, g.unit_id, a.state, \
     CASE WHEN EXISTS (SELECT 1 FROM second_factor f WHERE f.account_id = a.id) THEN 1 ELSE 0 END, \
     p.id, p.data_key_id, p.name, p.contacts, k.wrapped \
     FROM grant_role g JOIN account a ON a.id = g.account_id \
     JOIN person p ON p.id = a.person_id LEFT JOIN data_key k ON k.id = p.data_key_id \
     WHERE g.role <> 'applicant' AND g.account_id > $1 ORDER BY g.account_id, g.id LIMIT $2";

/// Roles but the applicant's of the accounts after `after`, oldest account first.
pub(crate) fn staff_grants(db: &mut Db<'_>, after: Uuid, limit: usize) -> Result<Vec<StaffGrant>> {
    let mut found = Vec::new();
    db.each(STAFF_GRANTS, args![after, limit], |row| {
        if let Some(grant) = grant_of(row, 2)? {
            found.push(StaffGrant {
                account: row.get(0)?,
                id: row.get(1)?,
                grant,
                active: row.get::<String>(5)? == "active",
                second_factor: row.get(6)?,
                person: PersonRow {
                    id: row.get(7)?,
                    data_key: row.get(8)?,
                    name: row.get(9)?,
                    contacts: row.get(10)?,
                },
                wrapped: row.get(11)?,
            });
        }
        Ok(())
    })?;
    Ok(found)
}

const GRANTS_OF: &str = "SELECT id, role, scope, unit_id FROM grant_role \
     WHERE account_id = $1 ORDER BY id LIMIT 200";

/// The roles of an account with the identifiers of their rows.
pub(crate) fn grants_of(db: &mut Db<'_>, account: AccountId) -> Result<Vec<(Uuid, Grant)>> {
    let mut found = Vec::new();
    db.each(GRANTS_OF, args![account], |row| {
        if let Some(grant) = grant_of(row, 1)? {
            found.push((row.get(0)?, grant));
        }
        Ok(())
    })?;
    Ok(found)
}

const DELETE_GRANT: &str = "DELETE FROM grant_role WHERE id = $1 AND account_id = $2";

pub(crate) fn delete_grant(tx: &mut Tx<'_>, id: Uuid, account: AccountId) -> Result<bool> {
    Ok(tx.delete(&GRANT_ROLE, DELETE_GRANT, args![id, account])? > 0)
}

// What administrators did

pub(crate) struct ActRow {
    pub(crate) id: Uuid,
    pub(crate) acted_at: Moment,
    pub(crate) actor: Option<AccountId>,
    pub(crate) kind: String,
    pub(crate) entity: Uuid,
    pub(crate) action: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

const INSERT_ACT: &str = "INSERT INTO admin_act \
     (id, acted_at, actor_account, kind, entity_id, action, before_json, after_json) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

pub(crate) fn insert_act(tx: &mut Tx<'_>, act: &ActRow) -> Result<()> {
    tx.write(
        &ADMIN_ACT,
        INSERT_ACT,
        args![
            act.id,
            act.acted_at,
            act.actor,
            act.kind,
            act.entity,
            act.action,
            act.before,
            act.after
        ],
    )?;
    Ok(())
}

const ACTS: &str = "SELECT id, acted_at, actor_account, kind, entity_id, action, before_json, after_json \
     FROM admin_act WHERE id < $1 ORDER BY id DESC LIMIT $2";
const ACTS_OF_KIND: &str = "SELECT id, acted_at, actor_account, kind, entity_id, action, before_json, after_json \
     FROM admin_act WHERE id < $1 AND kind = $3 ORDER BY id DESC LIMIT $2";
const ACTS_OF_ACTOR: &str = "SELECT id, acted_at, actor_account, kind, entity_id, action, before_json, after_json \
     FROM admin_act WHERE id < $1 AND actor_account = $3 ORDER BY id DESC LIMIT $2";
const ACTS_OF_BOTH: &str = "SELECT id, acted_at, actor_account, kind, entity_id, action, before_json, after_json \
     FROM admin_act WHERE id < $1 AND actor_account = $3 AND kind = $4 ORDER BY id DESC LIMIT $2";

/// What was done before `before`, newest first.
pub(crate) fn acts(
    db: &mut Db<'_>,
    before: Uuid,
    actor: Option<AccountId>,
    kind: Option<&str>,
    limit: usize,
) -> Result<Vec<ActRow>> {
    let row = |row: &store::Row<'_>| {
        Ok(ActRow {
            id: row.get(0)?,
            acted_at: row.get(1)?,
            actor: row.get(2)?,
            kind: row.get(3)?,
            entity: row.get(4)?,
            action: row.get(5)?,
            before: row.get(6)?,
            after: row.get(7)?,
        })
    };
    match (actor, kind) {
        (None, None) => db.query(ACTS, args![before, limit], row),
        (None, Some(kind)) => db.query(ACTS_OF_KIND, args![before, limit, kind], row),
        (Some(actor), None) => db.query(ACTS_OF_ACTOR, args![before, limit, actor], row),
        (Some(actor), Some(kind)) => db.query(ACTS_OF_BOTH, args![before, limit, actor, kind], row),
    }
}

const ACTORS: &str = "SELECT DISTINCT actor_account FROM admin_act \
     WHERE actor_account IS NOT NULL ORDER BY actor_account LIMIT 100";

/// Accounts that have changed something as administrators.
pub(crate) fn actors(db: &mut Db<'_>) -> Result<Vec<AccountId>> {
    db.query(ACTORS, &[], |row| row.get(0))
}
