//! SQL of what an account has besides its password: confirmation, tokens, the second factor,
//! consents, and the changes of e-mail and password.

use base::id::{AccountId, PersonId};
use base::{Moment, Result};
use store::{Db, Table, Tx, args};
use uuid::Uuid;

use super::{ACCOUNT, PERSON, PersonRow};

pub(crate) const ACCOUNT_CONFIRMED: Table = Table {
    name: "account_confirmed",
    key: &["account_id"],
};
pub(crate) const SECOND_FACTOR: Table = Table {
    name: "second_factor",
    key: &["account_id"],
};
pub(crate) const RECOVERY_CODE: Table = Table {
    name: "recovery_code",
    key: &["id"],
};
pub(crate) const CONSENT_TEXT: Table = Table {
    name: "consent_text",
    key: &["id"],
};
pub(crate) const CONSENT: Table = Table {
    name: "consent",
    key: &["id"],
};

/// An account with its person, whatever its state.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, as the tables have them"
)]
pub(crate) struct AccountRow {
    pub(crate) account: AccountId,
    pub(crate) email_blind: [u8; 32],
    pub(crate) password_hash: String,
    pub(crate) active: bool,
    pub(crate) confirmed: bool,
    pub(crate) staff: bool,
    pub(crate) second_factor: bool,
    pub(crate) person: PersonRow,
}

const ACCOUNT_OF_ID: &str = "SELECT a.email_blind, a.password_hash, a.state, \
     CASE WHEN EXISTS (SELECT 1 FROM account_confirmed c WHERE c.account_id = a.id \
                       AND c.email_blind = a.email_blind) THEN 1 ELSE 0 END, \
     CASE WHEN EXISTS (SELECT 1 FROM grant_role g WHERE g.account_id = a.id AND g.role <> 'applicant') \
          THEN 1 ELSE 0 END, \
     CASE WHEN EXISTS (SELECT 1 FROM second_factor f WHERE f.account_id = a.id) THEN 1 ELSE 0 END, \
     p.id, p.data_key_id, p.name, p.contacts \
     FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = $1";

pub(crate) fn account(db: &mut Db<'_>, account: AccountId) -> Result<AccountRow> {
    db.one(ACCOUNT_OF_ID, args![account], |row| {
        Ok(AccountRow {
            account,
            email_blind: row.get(0)?,
            password_hash: row.get(1)?,
            active: row.get::<String>(2)? == "active",
            confirmed: row.get(3)?,
            staff: row.get(4)?,
            second_factor: row.get(5)?,
            person: PersonRow {
                id: row.get(6)?,
                data_key: row.get(7)?,
                name: row.get(8)?,
                contacts: row.get(9)?,
            },
        })
    })
}

const CONFIRM: &str = "INSERT INTO account_confirmed (account_id, email_blind, confirmed_at) \
     VALUES ($1, $2, $3) ON CONFLICT (account_id) DO UPDATE \
     SET email_blind = excluded.email_blind, confirmed_at = excluded.confirmed_at";

pub(crate) fn confirm(tx: &mut Tx<'_>, account: AccountId, email_blind: &[u8; 32]) -> Result<()> {
    let now = tx.now();
    tx.write(
        &ACCOUNT_CONFIRMED,
        CONFIRM,
        args![account, email_blind, now],
    )?;
    Ok(())
}

const SET_PASSWORD: &str = "UPDATE account SET password_hash = $2 WHERE id = $1";

pub(crate) fn set_password(tx: &mut Tx<'_>, account: AccountId, hash: &str) -> Result<()> {
    tx.write(&ACCOUNT, SET_PASSWORD, args![account, hash])?;
    Ok(())
}

const SET_EMAIL: &str = "UPDATE account SET email_blind = $2 WHERE id = $1";

pub(crate) fn set_email(tx: &mut Tx<'_>, account: AccountId, email_blind: &[u8; 32]) -> Result<()> {
    tx.write(&ACCOUNT, SET_EMAIL, args![account, email_blind])?;
    Ok(())
}

const SET_STATE: &str = "UPDATE account SET state = $2 WHERE id = $1 AND state <> $2";

/// Whether the account was in the other state.
pub(crate) fn set_state(tx: &mut Tx<'_>, account: AccountId, active: bool) -> Result<bool> {
    let state = if active { "active" } else { "closed" };
    Ok(tx.write(&ACCOUNT, SET_STATE, args![account, state])? > 0)
}

const SET_PERSON: &str = "UPDATE person SET name = $2, contacts = $3 WHERE id = $1";

pub(crate) fn set_person(tx: &mut Tx<'_>, row: &PersonRow) -> Result<()> {
    tx.write(&PERSON, SET_PERSON, args![row.id, row.name, row.contacts])?;
    Ok(())
}

// Tokens

const INSERT_TOKEN: &str = "INSERT INTO account_token \
     (token_hash, account_id, purpose, email_blind, created_at, expires_at) \
     VALUES ($1, $2, $3, $4, $5, $6)";

pub(crate) fn insert_token(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    account: AccountId,
    purpose: &str,
    email_blind: &[u8; 32],
    expires_at: Moment,
) -> Result<()> {
    let now = tx.now();
    tx.execute(
        INSERT_TOKEN,
        args![token_hash, account, purpose, email_blind, now, expires_at],
    )?;
    Ok(())
}

const TOKEN: &str = "SELECT account_id, email_blind FROM account_token \
     WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3";

/// Whose token this is, and for which e-mail.
pub(crate) fn token(
    db: &mut Db<'_>,
    token_hash: &[u8; 32],
    purpose: &str,
    now: Moment,
) -> Result<Option<(AccountId, [u8; 32])>> {
    db.first(TOKEN, args![token_hash, purpose, now], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

const TAKE_TOKEN: &str = "DELETE FROM account_token WHERE token_hash = $1";

/// Whether it was there to be taken.
pub(crate) fn take_token(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<bool> {
    Ok(tx.execute(TAKE_TOKEN, args![token_hash])? > 0)
}

const DROP_TOKENS: &str = "DELETE FROM account_token WHERE account_id = $1 AND purpose = $2";

pub(crate) fn drop_tokens(tx: &mut Tx<'_>, account: AccountId, purpose: &str) -> Result<()> {
    tx.execute(DROP_TOKENS, args![account, purpose])?;
    Ok(())
}

const DROP_EXPIRED_TOKENS: &str = "DELETE FROM account_token WHERE token_hash IN \
     (SELECT token_hash FROM account_token WHERE expires_at <= $1 ORDER BY expires_at LIMIT 100)";
const DROP_EXPIRED_PENDING: &str = "DELETE FROM sign_in_pending WHERE token_hash IN \
     (SELECT token_hash FROM sign_in_pending WHERE expires_at <= $1 ORDER BY expires_at LIMIT 100)";

/// Sweeps at most a hundred tokens, and as many waiting sign-ins, that have run out.
pub(crate) fn drop_expired(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    tx.execute(DROP_EXPIRED_TOKENS, args![now])?;
    tx.execute(DROP_EXPIRED_PENDING, args![now])?;
    Ok(())
}

// A change of e-mail

pub(crate) struct EmailChange {
    pub(crate) email: Vec<u8>,
    pub(crate) email_blind: [u8; 32],
    pub(crate) old_agreed: bool,
    pub(crate) new_agreed: bool,
    /// The administrator who wants it; none when its owner does.
    pub(crate) asked_by: Option<AccountId>,
}

const BEGIN_EMAIL_CHANGE: &str = "INSERT INTO email_change \
     (account_id, email, email_blind, old_agreed, new_agreed, expires_at, asked_by) \
     VALUES ($1, $2, $3, $4, 0, $5, $6) ON CONFLICT (account_id) DO UPDATE \
     SET email = excluded.email, email_blind = excluded.email_blind, \
     old_agreed = excluded.old_agreed, new_agreed = 0, expires_at = excluded.expires_at, \
     asked_by = excluded.asked_by";

pub(crate) fn begin_email_change(
    tx: &mut Tx<'_>,
    account: AccountId,
    change: &EmailChange,
    expires_at: Moment,
) -> Result<()> {
    tx.execute(
        BEGIN_EMAIL_CHANGE,
        args![
            account,
            change.email,
            change.email_blind,
            change.old_agreed,
            expires_at,
            change.asked_by
        ],
    )?;
    Ok(())
}

const EMAIL_CHANGE: &str = "SELECT email, email_blind, old_agreed, new_agreed, asked_by \
     FROM email_change WHERE account_id = $1 AND expires_at > $2";

pub(crate) fn email_change(
    db: &mut Db<'_>,
    account: AccountId,
    now: Moment,
) -> Result<Option<EmailChange>> {
    db.first(EMAIL_CHANGE, args![account, now], |row| {
        Ok(EmailChange {
            email: row.get(0)?,
            email_blind: row.get(1)?,
            old_agreed: row.get(2)?,
            new_agreed: row.get(3)?,
            asked_by: row.get(4)?,
        })
    })
}

const OLD_AGREES: &str = "UPDATE email_change SET old_agreed = 1 WHERE account_id = $1";
const NEW_AGREES: &str = "UPDATE email_change SET new_agreed = 1 WHERE account_id = $1";

pub(crate) fn agree_to_email(tx: &mut Tx<'_>, account: AccountId, new: bool) -> Result<()> {
    let sql = if new { NEW_AGREES } else { OLD_AGREES };
    tx.execute(sql, args![account])?;
    Ok(())
}

const END_EMAIL_CHANGE: &str = "DELETE FROM email_change WHERE account_id = $1";

pub(crate) fn end_email_change(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.execute(END_EMAIL_CHANGE, args![account])?;
    Ok(())
}

// The second factor

const SECRET: &str = "SELECT secret FROM second_factor WHERE account_id = $1";

pub(crate) fn secret(db: &mut Db<'_>, account: AccountId) -> Result<Option<Vec<u8>>> {
    db.first(SECRET, args![account], |row| row.get(0))
}

const INSERT_SECRET: &str = "INSERT INTO second_factor (account_id, secret, since) \
     VALUES ($1, $2, $3) ON CONFLICT (account_id) DO UPDATE \
     SET secret = excluded.secret, since = excluded.since";

pub(crate) fn insert_secret(tx: &mut Tx<'_>, account: AccountId, secret: &[u8]) -> Result<()> {
    let now = tx.now();
    tx.write(&SECOND_FACTOR, INSERT_SECRET, args![account, secret, now])?;
    Ok(())
}

const DELETE_SECRET: &str = "DELETE FROM second_factor WHERE account_id = $1";
const DELETE_CODES: &str = "DELETE FROM recovery_code WHERE account_id = $1";

/// Takes the second factor away with its recovery codes; whether there was one.
pub(crate) fn delete_second_factor(tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
    delete_recovery_codes(tx, account)?;
    Ok(tx.delete(&SECOND_FACTOR, DELETE_SECRET, args![account])? > 0)
}

pub(crate) fn delete_recovery_codes(tx: &mut Tx<'_>, account: AccountId) -> Result<()> {
    tx.delete(&RECOVERY_CODE, DELETE_CODES, args![account])?;
    Ok(())
}

const INSERT_CODE: &str =
    "INSERT INTO recovery_code (id, account_id, code_hash) VALUES ($1, $2, $3)";

pub(crate) fn insert_recovery_code(
    tx: &mut Tx<'_>,
    account: AccountId,
    code_hash: &[u8; 32],
) -> Result<()> {
    let id = base::id::new_uuid(tx.now());
    tx.write(&RECOVERY_CODE, INSERT_CODE, args![id, account, code_hash])?;
    Ok(())
}

const USE_CODE: &str = "UPDATE recovery_code SET used_at = $3 \
     WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL";

/// Whether there was such a code that had not been used.
pub(crate) fn use_recovery_code(
    tx: &mut Tx<'_>,
    account: AccountId,
    code_hash: &[u8; 32],
) -> Result<bool> {
    let now = tx.now();
    Ok(tx.write(&RECOVERY_CODE, USE_CODE, args![account, code_hash, now])? > 0)
}

const CODES_LEFT: &str =
    "SELECT COUNT(*) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL";

pub(crate) fn recovery_codes_left(db: &mut Db<'_>, account: AccountId) -> Result<i64> {
    db.one(CODES_LEFT, args![account], |row| row.get(0))
}

const TAKE_STEP: &str = "INSERT INTO code_step (account_id, step) VALUES ($1, $2) \
     ON CONFLICT (account_id) DO UPDATE SET step = excluded.step WHERE code_step.step < excluded.step";

/// Whether the step is later than every step taken before.
pub(crate) fn take_step(tx: &mut Tx<'_>, account: AccountId, step: i64) -> Result<bool> {
    Ok(tx.execute(TAKE_STEP, args![account, step])? > 0)
}

pub(crate) struct Pending {
    pub(crate) account: AccountId,
    pub(crate) tries: i64,
    pub(crate) secret: Option<Vec<u8>>,
}

const INSERT_PENDING: &str = "INSERT INTO sign_in_pending \
     (token_hash, account_id, tries, secret, expires_at) VALUES ($1, $2, 0, $3, $4)";

pub(crate) fn insert_pending(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    account: AccountId,
    secret: Option<&[u8]>,
    expires_at: Moment,
) -> Result<()> {
    let secret = secret.map(<[u8]>::to_vec);
    tx.execute(
        INSERT_PENDING,
        args![token_hash, account, secret, expires_at],
    )?;
    Ok(())
}

const PENDING: &str = "SELECT account_id, tries, secret FROM sign_in_pending \
     WHERE token_hash = $1 AND expires_at > $2";

pub(crate) fn pending(
    db: &mut Db<'_>,
    token_hash: &[u8; 32],
    now: Moment,
) -> Result<Option<Pending>> {
    db.first(PENDING, args![token_hash, now], |row| {
        Ok(Pending {
            account: row.get(0)?,
            tries: row.get(1)?,
            secret: row.get(2)?,
        })
    })
}

const TRY_PENDING: &str =
    "UPDATE sign_in_pending SET tries = tries + 1 WHERE token_hash = $1 AND tries < $2";

/// Counts one more try; false when there have been `most` already.
pub(crate) fn try_pending(tx: &mut Tx<'_>, token_hash: &[u8; 32], most: i64) -> Result<bool> {
    Ok(tx.execute(TRY_PENDING, args![token_hash, most])? > 0)
}

const DROP_PENDING: &str = "DELETE FROM sign_in_pending WHERE token_hash = $1";

pub(crate) fn drop_pending(tx: &mut Tx<'_>, token_hash: &[u8; 32]) -> Result<bool> {
    Ok(tx.execute(DROP_PENDING, args![token_hash])? > 0)
}

// Consents

const INSERT_CONSENT_TEXT: &str = "INSERT INTO consent_text (id, kind, version, language, text, since) \
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING";

pub(crate) fn insert_consent_text(
    tx: &mut Tx<'_>,
    id: Uuid,
    kind: &str,
    version: &str,
    language: &str,
    text: &str,
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &CONSENT_TEXT,
        INSERT_CONSENT_TEXT,
        args![id, kind, version, language, text, now],
    )?;
    Ok(())
}

const INSERT_CONSENT: &str =
    "INSERT INTO consent (id, person_id, text_id, given_at) VALUES ($1, $2, $3, $4)";

pub(crate) fn insert_consent(tx: &mut Tx<'_>, person: PersonId, text: Uuid) -> Result<Uuid> {
    let now = tx.now();
    let id = base::id::new_uuid(now);
    tx.write(&CONSENT, INSERT_CONSENT, args![id, person, text, now])?;
    Ok(id)
}

pub(crate) struct ConsentRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) version: String,
    pub(crate) text: String,
    pub(crate) given_at: Moment,
    pub(crate) withdrawn_at: Option<Moment>,
}

const CONSENTS_OF: &str = "SELECT c.id, t.kind, t.version, t.text, c.given_at, c.withdrawn_at \
     FROM consent c JOIN consent_text t ON t.id = c.text_id \
     WHERE c.person_id = $1 ORDER BY c.id DESC LIMIT 100";

pub(crate) fn consents_of(db: &mut Db<'_>, person: PersonId) -> Result<Vec<ConsentRow>> {
    db.query(CONSENTS_OF, args![person], |row| {
        Ok(ConsentRow {
            id: row.get(0)?,
            kind: row.get(1)?,
            version: row.get(2)?,
            text: row.get(3)?,
            given_at: row.get(4)?,
            withdrawn_at: row.get(5)?,
        })
    })
}

const WITHDRAW: &str = "UPDATE consent SET withdrawn_at = $3 \
     WHERE id = $1 AND person_id = $2 AND withdrawn_at IS NULL";

pub(crate) fn withdraw_consent(tx: &mut Tx<'_>, id: Uuid, person: PersonId) -> Result<bool> {
    let now = tx.now();
    Ok(tx.write(&CONSENT, WITHDRAW, args![id, person, now])? > 0)
}
