//! Every SQL text of this slice, with the functions that run it. Names, contacts and e-mails
//! come and go as ciphertext; what opens them is in `lib.rs`.

mod accounts;
mod admin;
pub(crate) mod exchange;
mod former;
mod letterheads;
mod personal_tokens;
mod repeats;
mod staff;
mod whom;

use base::id::{AccountId, PersonId, TerritoryId, UnitId};
use base::{Error, Grant, Moment, Result, Role, Scope};
use store::{Db, Raised, Row, Table, Tx, args};
use uuid::Uuid;

use crate::trees::{Territory, Unit, UnitKind, Units};

pub(crate) use accounts::*;
pub(crate) use admin::*;
pub(crate) use exchange::exchange_is_administrator;
pub(crate) use former::*;
pub(crate) use letterheads::*;
pub(crate) use personal_tokens::*;
pub(crate) use repeats::*;
pub(crate) use staff::*;
pub(crate) use whom::*;

pub(crate) const PERSON: Table = Table {
    name: "person",
    key: &["id"],
};
pub(crate) const ACCOUNT: Table = Table {
    name: "account",
    key: &["id"],
};
pub(crate) const GRANT_ROLE: Table = Table {
    name: "grant_role",
    key: &["id"],
};
pub(crate) const UNIT: Table = Table {
    name: "unit",
    key: &["id"],
};
pub(crate) const TERRITORY: Table = Table {
    name: "territory",
    key: &["id"],
};
pub(crate) const UNIT_TERRITORY: Table = Table {
    name: "unit_territory",
    key: &["unit_id", "territory_id"],
};

/// Name of the stamp of units and what they cover.
pub(crate) const UNIT_TREE: &str = "unit";
/// Name of the stamp of territories.
pub(crate) const TERRITORY_TREE: &str = "territory";

// People and accounts

pub(crate) struct PersonRow {
    pub(crate) id: PersonId,
    pub(crate) data_key: Uuid,
    pub(crate) name: Vec<u8>,
    pub(crate) contacts: Vec<u8>,
}

const INSERT_PERSON: &str = "INSERT INTO person (id, data_key_id, name, contacts, created_at) \
     VALUES ($1, $2, $3, $4, $5)";

pub(crate) fn insert_person(tx: &mut Tx<'_>, row: &PersonRow) -> Result<()> {
    let now = tx.now();
    tx.write(
        &PERSON,
        INSERT_PERSON,
        args![row.id, row.data_key, row.name, row.contacts, now],
    )?;
    Ok(())
}

const PERSON_OF_ID: &str = "SELECT data_key_id, name, contacts FROM person WHERE id = $1";

pub(crate) fn person(db: &mut Db<'_>, id: PersonId) -> Result<PersonRow> {
    db.one(PERSON_OF_ID, args![id], |row| {
        Ok(PersonRow {
            id,
            data_key: row.get(0)?,
            name: row.get(1)?,
            contacts: row.get(2)?,
        })
    })
}

const PERSON_WITH_KEY: &str = "SELECT p.data_key_id, p.name, p.contacts, k.wrapped FROM person p \
     LEFT JOIN data_key k ON k.id = p.data_key_id WHERE p.id = $1";

/// A person with the key that opens the row; none when they were erased.
pub(crate) fn person_with_key(
    db: &mut Db<'_>,
    id: PersonId,
) -> Result<(PersonRow, Option<Vec<u8>>)> {
    db.one(PERSON_WITH_KEY, args![id], |row| {
        let person = PersonRow {
            id,
            data_key: row.get(0)?,
            name: row.get(1)?,
            contacts: row.get(2)?,
        };
        Ok((person, row.get(3)?))
    })
}

const INSERT_ACCOUNT: &str = "INSERT INTO account (id, person_id, email_blind, password_hash, state, created_at) \
     VALUES ($1, $2, $3, $4, 'active', $5)";

pub(crate) fn insert_account(
    tx: &mut Tx<'_>,
    id: AccountId,
    person: PersonId,
    email_blind: &[u8; 32],
    password_hash: &str,
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &ACCOUNT,
        INSERT_ACCOUNT,
        args![id, person, email_blind, password_hash, now],
    )?;
    Ok(())
}

const INSERT_GRANT: &str = "INSERT INTO grant_role (id, account_id, role, scope, unit_id) \
     VALUES ($1, $2, $3, $4, $5)";

pub(crate) fn insert_grant(tx: &mut Tx<'_>, account: AccountId, grant: Grant) -> Result<Uuid> {
    let id = base::id::new_uuid(tx.now());
    let (scope, unit) = match grant.scope {
        Scope::Own => ("own", None),
        Scope::Unit(unit) => ("unit", Some(unit)),
        Scope::Installation => ("installation", None),
    };
    tx.write(
        &GRANT_ROLE,
        INSERT_GRANT,
        args![id, account, grant.role.code(), scope, unit],
    )?;
    Ok(id)
}

pub(crate) struct Credentials {
    pub(crate) account: AccountId,
    pub(crate) person: PersonId,
    pub(crate) password_hash: String,
    pub(crate) active: bool,
}

const CREDENTIALS: &str =
    "SELECT id, person_id, password_hash, state FROM account WHERE email_blind = $1";

pub(crate) fn credentials(db: &mut Db<'_>, email_blind: &[u8; 32]) -> Result<Option<Credentials>> {
    db.first(CREDENTIALS, args![email_blind], |row| {
        Ok(Credentials {
            account: row.get(0)?,
            person: row.get(1)?,
            password_hash: row.get(2)?,
            active: row.get::<String>(3)? == "active",
        })
    })
}

// Sessions

const INSERT_SESSION: &str = "INSERT INTO session \
     (token_hash, account_id, created_at, seen_at, expires_at, place, device) \
     VALUES ($1, $2, $3, $3, $4, $5, $6)";

pub(crate) fn insert_session(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    account: AccountId,
    expires_at: Moment,
    place: &str,
    device: &str,
) -> Result<()> {
    let now = tx.now();
    tx.execute(
        INSERT_SESSION,
        args![token_hash, account, now, expires_at, place, device],
    )?;
    Ok(())
}

const SEE_SESSION: &str =
    "UPDATE session SET seen_at = $2, expires_at = $3 WHERE token_hash = $1 AND seen_at < $2";

pub(crate) fn see_session(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    expires_at: Moment,
) -> Result<()> {
    let now = tx.now();
    tx.execute(SEE_SESSION, args![token_hash, now, expires_at])?;
    Ok(())
}

const DELETE_SESSION: &str = "DELETE FROM session WHERE token_hash = $1";

pub(crate) fn delete_session(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<u64> {
    tx.execute(DELETE_SESSION, args![token_hash])
}

const DELETE_SESSIONS_OF: &str = "DELETE FROM session WHERE account_id = $1";

pub(crate) fn delete_sessions_of(tx: &mut Tx<'_>, account: AccountId) -> Result<u64> {
    tx.execute(DELETE_SESSIONS_OF, args![account])
}

const DELETE_EXPIRED: &str = "DELETE FROM session WHERE token_hash IN \
     (SELECT token_hash FROM session WHERE expires_at <= $1 ORDER BY expires_at LIMIT 100)";

/// Sweeps at most a hundred sessions that have run out.
pub(crate) fn delete_expired_sessions(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.execute(DELETE_EXPIRED, args![now])
}

const DELETE_SURPLUS: &str = "DELETE FROM session WHERE account_id = $1 AND token_hash NOT IN \
     (SELECT token_hash FROM session WHERE account_id = $1 \
      ORDER BY seen_at DESC, token_hash LIMIT $2)";

/// Keeps the `most` sessions of an account that were seen last.
pub(crate) fn delete_surplus_sessions(
    tx: &mut Tx<'_>,
    account: AccountId,
    most: usize,
) -> Result<u64> {
    tx.execute(DELETE_SURPLUS, args![account, most])
}

const DELETE_OTHER_SESSIONS: &str =
    "DELETE FROM session WHERE account_id = $1 AND token_hash <> $2";

/// Ends every session of an account but one.
pub(crate) fn delete_other_sessions(
    tx: &mut Tx<'_>,
    account: AccountId,
    kept: &[u8; 32],
) -> Result<u64> {
    tx.execute(DELETE_OTHER_SESSIONS, args![account, kept])
}

const DELETE_SESSION_OF: &str = "DELETE FROM session WHERE token_hash = $1 AND account_id = $2";

pub(crate) fn delete_session_of(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    account: AccountId,
) -> Result<u64> {
    tx.execute(DELETE_SESSION_OF, args![token_hash, account])
}

pub(crate) struct OpenRow {
    pub(crate) token_hash: [u8; 32],
    pub(crate) since: Moment,
    pub(crate) seen: Moment,
    pub(crate) place: Option<String>,
    pub(crate) device: Option<String>,
}

const SESSIONS_OF: &str = "SELECT token_hash, created_at, seen_at, place, device FROM session \
     WHERE account_id = $1 AND expires_at > $2 ORDER BY seen_at DESC LIMIT 50";

pub(crate) fn sessions_of(
    db: &mut Db<'_>,
    account: AccountId,
    now: Moment,
) -> Result<Vec<OpenRow>> {
    db.query(SESSIONS_OF, args![account, now], |row| {
        Ok(OpenRow {
            token_hash: row.get(0)?,
            since: row.get(1)?,
            seen: row.get(2)?,
            place: row.get(3)?,
            device: row.get(4)?,
        })
    })
}

pub(crate) struct SessionRow {
    pub(crate) account: AccountId,
    pub(crate) created_at: Moment,
    pub(crate) seen_at: Moment,
    pub(crate) person: PersonRow,
    /// The key that opens the person's row; none when they were erased.
    pub(crate) wrapped: Option<Vec<u8>>,
    pub(crate) grants: Vec<Grant>,
}

const SESSION: &str = "SELECT s.account_id, s.created_at, s.seen_at, \
     p.id, p.data_key_id, p.name, p.contacts, g.role, g.scope, g.unit_id, k.wrapped \
     FROM session s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id \
     LEFT JOIN data_key k ON k.id = p.data_key_id LEFT JOIN grant_role g ON g.account_id = a.id \
     WHERE s.token_hash = $1 AND s.expires_at > $2 AND a.state = 'active' \
     ORDER BY g.id LIMIT 500";

/// The session of a token with its person and grants, in one question.
pub(crate) fn session(
    db: &mut Db<'_>,
    token_hash: &[u8; 32],
    now: Moment,
) -> Result<Option<SessionRow>> {
    let mut found: Option<SessionRow> = None;
    db.each(SESSION, args![token_hash, now], |row| {
        let grant = grant_of(row, 7)?;
        match &mut found {
            Some(session) => session.grants.extend(grant),
            None => {
                found = Some(SessionRow {
                    account: row.get(0)?,
                    created_at: row.get(1)?,
                    seen_at: row.get(2)?,
                    person: PersonRow {
                        id: row.get(3)?,
                        data_key: row.get(4)?,
                        name: row.get(5)?,
                        contacts: row.get(6)?,
                    },
                    wrapped: row.get(10)?,
                    grants: grant.into_iter().collect(),
                });
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// The grant in the columns role, scope, unit from `at` on; none where the join found nothing.
pub(crate) fn grant_of(row: &Row<'_>, at: usize) -> Result<Option<Grant>> {
    let Some(role) = row.get::<Option<String>>(at)? else {
        return Ok(None);
    };
    let role = Role::from_code(&role).ok_or_else(|| Error::internal("an unknown role"))?;
    let scope = match row.get::<String>(at + 1)?.as_str() {
        "own" => Scope::Own,
        "unit" => Scope::Unit(row.get(at + 2)?),
        "installation" => Scope::Installation,
        _ => return Err(Error::internal("an unknown scope")),
    };
    Ok(Some(Grant { role, scope }))
}

// Units and territories

const INSERT_UNIT: &str = "INSERT INTO unit (id, parent_id, kind, code, name_ru, name_en, state) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(crate) fn insert_unit(tx: &mut Tx<'_>, unit: &Unit) -> Result<()> {
    let state = if unit.active { "active" } else { "closed" };
    tx.write(
        &UNIT,
        INSERT_UNIT,
        args![
            unit.id,
            unit.parent,
            unit.kind.code(),
            unit.code,
            unit.name_ru,
            unit.name_en,
            state
        ],
    )?;
    Ok(())
}

const INSERT_TERRITORY: &str = "INSERT INTO territory (id, parent_id, code, name_ru, name_en) \
     VALUES ($1, $2, $3, $4, $5)";

pub(crate) fn insert_territory(tx: &mut Tx<'_>, place: &Territory) -> Result<()> {
    tx.write(
        &TERRITORY,
        INSERT_TERRITORY,
        args![
            place.id,
            place.parent,
            place.code,
            place.name_ru,
            place.name_en
        ],
    )?;
    Ok(())
}

const INSERT_UNIT_TERRITORY: &str = "INSERT INTO unit_territory (unit_id, territory_id) \
     VALUES ($1, $2) ON CONFLICT (unit_id, territory_id) DO NOTHING";

/// Number of rows written: 0 when the unit has the territory already.
pub(crate) fn insert_unit_territory(
    tx: &mut Tx<'_>,
    unit: UnitId,
    territory: TerritoryId,
) -> Result<u64> {
    tx.write(
        &UNIT_TERRITORY,
        INSERT_UNIT_TERRITORY,
        args![unit, territory],
    )
}

const UNIT_OF_CODE: &str = "SELECT id FROM unit WHERE code = $1";

pub(crate) fn unit_of_code(db: &mut Db<'_>, code: &str) -> Result<Option<UnitId>> {
    db.first(UNIT_OF_CODE, args![code], |row| row.get(0))
}

const TERRITORY_OF_CODE: &str = "SELECT id FROM territory WHERE code = $1";

pub(crate) fn territory_of_code(db: &mut Db<'_>, code: &str) -> Result<Option<TerritoryId>> {
    db.first(TERRITORY_OF_CODE, args![code], |row| row.get(0))
}

const TERRITORY_CODE: &str = "SELECT code FROM territory WHERE id = $1";

pub(crate) fn territory_code(db: &mut Db<'_>, id: TerritoryId) -> Result<Option<String>> {
    db.first(TERRITORY_CODE, args![id], |row| row.get(0))
}

/// Raised in this process whenever a change raises the stamp.
pub(crate) static RAISED: Raised = Raised::new();

const GROW_TREE: &str = "UPDATE tree_stamp SET version = version + 1, nodes = nodes + 1 \
     WHERE tree = $1 AND nodes < $2";

/// Counts one more node of a tree, or refuses it when the tree is full.
pub(crate) fn grow_tree(tx: &mut Tx<'_>, tree: &'static str, most: usize) -> Result<()> {
    if tx.execute(GROW_TREE, args![tree, most])? == 0 {
        return Err(Error::Conflict("people-error-tree-full"));
    }
    RAISED.raise();
    Ok(())
}

const TOUCH_TREE: &str = "UPDATE tree_stamp SET version = version + 1 WHERE tree = $1";

pub(crate) fn touch_tree(tx: &mut Tx<'_>, tree: &'static str) -> Result<()> {
    tx.execute(TOUCH_TREE, args![tree])?;
    RAISED.raise();
    Ok(())
}

const TREE_STAMP: &str = "SELECT CAST(SUM(version) AS BIGINT) FROM tree_stamp";

/// Grows with every change of either tree.
pub(crate) fn tree_stamp(db: &mut Db<'_>) -> Result<i64> {
    db.one(TREE_STAMP, &[], |row| row.get(0))
}

const UNITS: &str = "SELECT id, parent_id, kind, code, name_ru, name_en, state FROM unit \
     ORDER BY id LIMIT $1";
const TERRITORIES: &str = "SELECT id, parent_id, code, name_ru, name_en FROM territory \
     ORDER BY id LIMIT $1";
const UNIT_TERRITORIES: &str = "SELECT unit_id, territory_id FROM unit_territory \
     ORDER BY unit_id, territory_id LIMIT $1";

/// Both trees as they stand.
pub(crate) fn units(db: &mut Db<'_>) -> Result<Units> {
    let most = crate::units::MOST;
    let units = db.query(UNITS, args![most], |row| {
        Ok(Unit {
            id: row.get(0)?,
            parent: row.get(1)?,
            kind: UnitKind::from_code(&row.get::<String>(2)?)
                .ok_or_else(|| Error::internal("an unknown kind of unit"))?,
            code: row.get(3)?,
            name_ru: row.get(4)?,
            name_en: row.get(5)?,
            active: row.get::<String>(6)? == "active",
        })
    })?;
    let territories = db.query(TERRITORIES, args![most], |row| {
        Ok(Territory {
            id: row.get(0)?,
            parent: row.get(1)?,
            code: row.get(2)?,
            name_ru: row.get(3)?,
            name_en: row.get(4)?,
        })
    })?;
    let pairs = db.query(UNIT_TERRITORIES, args![most * 10], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(Units::new(units, territories, pairs))
}
