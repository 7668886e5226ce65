//! SQL of the tokens that programs sign in with.

use base::id::AccountId;
use base::{Moment, Result};
use store::{Db, Table, Tx, args};
use uuid::Uuid;

use super::{PersonRow, SessionRow, grant_of};

pub(crate) const PERSONAL_TOKEN: Table = Table {
    name: "personal_token",
    key: &["id"],
};

/// A token as its owner's list has it.
pub(crate) struct PersonalTokenRow {
    pub(crate) id: Uuid,
    pub(crate) name: Vec<u8>,
    pub(crate) scopes: String,
    pub(crate) created_at: Moment,
    pub(crate) expires_at: Moment,
    pub(crate) used_at: Option<Moment>,
}

const INSERT: &str = "INSERT INTO personal_token \
     (id, account_id, token_hash, name, scopes, created_at, expires_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(crate) fn insert_personal_token(
    tx: &mut Tx<'_>,
    account: AccountId,
    token_hash: &[u8; 32],
    row: &PersonalTokenRow,
) -> Result<()> {
    tx.write(
        &PERSONAL_TOKEN,
        INSERT,
        args![
            row.id,
            account,
            token_hash,
            row.name,
            row.scopes,
            row.created_at,
            row.expires_at
        ],
    )?;
    Ok(())
}

const REVOKE: &str = "UPDATE personal_token SET revoked_at = $3 \
     WHERE id = $1 AND account_id = $2 AND revoked_at IS NULL";

/// Whether there was such a token of the account that was not revoked.
pub(crate) fn revoke_personal_token(tx: &mut Tx<'_>, id: Uuid, account: AccountId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.write(&PERSONAL_TOKEN, REVOKE, args![id, account, now])? > 0)
}

const OF_ACCOUNT: &str = "SELECT t.id, t.name, t.scopes, t.created_at, t.expires_at, u.used_at \
     FROM personal_token t LEFT JOIN personal_token_use u ON u.token_id = t.id \
     WHERE t.account_id = $1 AND t.revoked_at IS NULL AND t.expires_at > $2 \
     ORDER BY t.id DESC LIMIT $3";

/// Those that are good, newest first.
pub(crate) fn personal_tokens_of(
    db: &mut Db<'_>,
    account: AccountId,
    now: Moment,
    most: i64,
) -> Result<Vec<PersonalTokenRow>> {
    db.query(OF_ACCOUNT, args![account, now, most], |row| {
        Ok(PersonalTokenRow {
            id: row.get(0)?,
            name: row.get(1)?,
            scopes: row.get(2)?,
            created_at: row.get(3)?,
            expires_at: row.get(4)?,
            used_at: row.get(5)?,
        })
    })
}

const BEARER: &str = "SELECT t.account_id, t.created_at, u.used_at, p.id, p.data_key_id, p.name, \
     p.contacts, g.role, g.scope, g.unit_id, t.id, t.scopes, k.wrapped \
     FROM personal_token t JOIN account a ON a.id = t.account_id JOIN person p ON p.id = a.person_id \
     LEFT JOIN personal_token_use u ON u.token_id = t.id \
     LEFT JOIN data_key k ON k.id = p.data_key_id \
     LEFT JOIN grant_role g ON g.account_id = a.id \
     WHERE t.token_hash = $1 AND t.expires_at > $2 AND t.revoked_at IS NULL AND a.state = 'active' \
     ORDER BY g.id LIMIT 500";

/// Who comes with a token, which one it is, and what it may be used for.
pub(crate) struct BearerRow {
    pub(crate) token: Uuid,
    pub(crate) scopes: String,
    pub(crate) used_at: Option<Moment>,
    pub(crate) session: SessionRow,
}

/// The token of a hash with its person and grants, in one question.
pub(crate) fn bearer(
    db: &mut Db<'_>,
    token_hash: &[u8; 32],
    now: Moment,
) -> Result<Option<BearerRow>> {
    let mut found: Option<BearerRow> = None;
    db.each(BEARER, args![token_hash, now], |row| {
        let grant = grant_of(row, 7)?;
        if let Some(bearer) = &mut found {
            bearer.session.grants.extend(grant);
            return Ok(());
        }
        let created_at: Moment = row.get(1)?;
        let used_at: Option<Moment> = row.get(2)?;
        found = Some(BearerRow {
            token: row.get(10)?,
            scopes: row.get(11)?,
            used_at,
            session: SessionRow {
                account: row.get(0)?,
                created_at,
                seen_at: used_at.unwrap_or(created_at),
                person: PersonRow {
                    id: row.get(3)?,
                    data_key: row.get(4)?,
                    name: row.get(5)?,
                    contacts: row.get(6)?,
                },
                wrapped: row.get(12)?,
                grants: grant.into_iter().collect(),
            },
        });
        Ok(())
    })?;
    Ok(found)
}

const SEE: &str = "INSERT INTO personal_token_use (token_id, used_at) VALUES ($1, $2) \
     ON CONFLICT (token_id) DO UPDATE SET used_at = excluded.used_at";

pub(crate) fn see_personal_token(tx: &mut Tx<'_>, id: Uuid) -> Result<()> {
    let now = tx.now();
    tx.execute(SEE, args![id, now])?;
    Ok(())
}
