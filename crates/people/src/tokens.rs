//! Tokens out of letters and one-time links: 256 random bits, kept as a hash, for one account, one
//! purpose and the e-mail that the account had then, good once and for a bounded time.

use base::Result;
use base::id::AccountId;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use store::{Db, Tx};

use crate::sql;

const HOUR: i64 = 3600;

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Showing that an e-mail is one's own.
    Confirm,
    /// Setting a new password.
    Reset,
    /// Setting the first password of an account that an administrator made.
    Invite,
    /// Agreeing, from the present e-mail, that it changes.
    OldEmail,
    /// Agreeing from the new one.
    NewEmail,
}

impl Purpose {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Purpose::Confirm => "confirm",
            Purpose::Reset => "reset",
            Purpose::Invite => "invite",
            Purpose::OldEmail => "email-old",
            Purpose::NewEmail => "email-new",
        }
    }

    /// For how many seconds a token is good.
    pub(crate) const fn seconds(self) -> i64 {
        match self {
            Purpose::Confirm | Purpose::OldEmail | Purpose::NewEmail => 24 * HOUR,
            Purpose::Reset => HOUR,
            Purpose::Invite => 7 * 24 * HOUR,
        }
    }

    /// The page that a link with such a token leads to.
    pub(crate) const fn page(self) -> &'static str {
        match self {
            Purpose::Confirm => "/confirm/",
            Purpose::Reset => "/reset/",
            Purpose::Invite => "/invite/",
            Purpose::OldEmail | Purpose::NewEmail => "/change-email/",
        }
    }
}

/// Makes a token; those of the same purpose that the account had before are good no more.
pub(crate) fn issue(
    tx: &mut Tx<'_>,
    account: AccountId,
    purpose: Purpose,
    email_blind: &[u8; 32],
) -> Result<String> {
    let token = URL_SAFE_NO_PAD.encode(base::id::random::<32>());
    sql::drop_expired(tx)?;
    sql::drop_tokens(tx, account, purpose.code())?;
    let expires_at = tx.now().plus_seconds(purpose.seconds());
    sql::insert_token(
        tx,
        &hash_of(&token),
        account,
        purpose.code(),
        email_blind,
        expires_at,
    )?;
    Ok(token)
}

/// Whose token this is; none when it is unknown, used, too old, or for an e-mail that the account
/// no longer has.
pub(crate) fn owner(
    db: &mut Db<'_>,
    token: &str,
    purpose: Purpose,
    now: base::Moment,
) -> Result<Option<sql::AccountRow>> {
    if !is_token(token) {
        return Ok(None);
    }
    let Some((account, email_blind)) = sql::token(db, &hash_of(token), purpose.code(), now)? else {
        return Ok(None);
    };
    let row = sql::account(db, account)?;
    Ok(Some(row).filter(|row| row.email_blind == email_blind && row.active))
}

/// The same, and the token is used up.
pub(crate) fn take(
    tx: &mut Tx<'_>,
    token: &str,
    purpose: Purpose,
) -> Result<Option<sql::AccountRow>> {
    let now = tx.now();
    let Some(row) = owner(tx, token, purpose, now)? else {
        return Ok(None);
    };
    // Two who come at once: one of them takes it.
    Ok(sql::take_token(tx, &hash_of(token))?.then_some(row))
}

pub(crate) fn hash_of(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

pub(crate) fn is_token(text: &str) -> bool {
    text.len() == 43
        && URL_SAFE_NO_PAD
            .decode(text)
            .is_ok_and(|bytes| bytes.len() == 32)
}
