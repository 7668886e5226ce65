//! Signing in: the password first, and then, for whoever has a second factor or must have one, a
//! code. Between the two somebody holds a token that is good for ten minutes and five tries, and is
//! still a guest.
//!
//! The answer to a wrong password, an unknown e-mail and a closed account is one, after the same
//! work: a stand-in hash is checked where there is none.

use std::fmt;
use std::net::IpAddr;

use base::id::AccountId;
use base::{Actor, Error, FieldError, Result};

use crate::codes::{Codes, Typed};
use crate::letters::Kind;
use crate::model::Email;
use crate::sessions::{self, SessionToken};
use crate::tokens::{hash_of, is_token};
use crate::{People, codes, limits, sql};

/// For how many seconds the code is awaited.
const PENDING_SECONDS: i64 = 600;

/// How many codes may be typed after one right password.
const PENDING_TRIES: i64 = 5;

/// From where somebody signs in.
#[derive(Clone, Debug)]
pub struct From {
    /// Their address.
    pub client: IpAddr,
    /// Browser and system, `Firefox, Linux`; may be empty.
    pub device: String,
}

impl From {
    /// The part of the address that is kept: enough to know one's own home and work by.
    pub(crate) fn network(&self) -> String {
        limits::place(self.client)
    }
}

/// How far a right password leads.
#[derive(Debug)]
pub enum Entry {
    /// In.
    Signed(SessionToken),
    /// A code is awaited.
    Code(PendingToken),
    /// A second factor has to be set up first.
    SetUp(PendingToken),
}

/// What the browser of somebody holds whose code is awaited.
#[derive(Clone, PartialEq, Eq)]
pub struct PendingToken(String);

impl PendingToken {
    /// The text for the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PendingToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PendingToken(..)")
    }
}

/// Somebody who is in now.
#[derive(Debug)]
pub struct Entered {
    /// Their session.
    pub token: SessionToken,
    /// Their new recovery codes, when the second factor was set up just now.
    pub codes: Option<Codes>,
}

impl People {
    /// Signs in with a password. A wrong one, an unknown e-mail and a closed account are all the
    /// whole-form error `people-error-sign-in`.
    pub async fn enter(&self, email: &str, password: &str, from: From) -> Result<Entry> {
        let row = self.right_password(email, password, from.client).await?;
        if row.second_factor || (row.staff && self.0.settings.second_factor) {
            return self.await_code(row).await;
        }
        let token = SessionToken::new();
        let (given, account, staff) = (token.clone(), row.account, row.staff);
        self.0
            .store
            .housekeeping(move |tx| sessions::begin(tx, &given, account, staff, &from))
            .await?;
        Ok(Entry::Signed(token))
    }

    /// Signs in those for whom the password is enough; for anybody else a conflict.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        client: IpAddr,
    ) -> Result<SessionToken> {
        let from = From {
            client,
            device: String::new(),
        };
        match self.enter(email, password, from).await? {
            Entry::Signed(token) => Ok(token),
            Entry::Code(_) | Entry::SetUp(_) => Err(Error::Conflict("people-error-needs-code")),
        }
    }

    async fn right_password(
        &self,
        email: &str,
        password: &str,
        client: IpAddr,
    ) -> Result<sql::AccountRow> {
        let missing: Vec<FieldError> = [
            ("email", email, "people-error-email-missing"),
            ("password", password, "people-error-password-missing"),
        ]
        .into_iter()
        .filter(|(_, typed, _)| typed.trim().is_empty())
        .map(|(field, _, key)| FieldError::new(field, key))
        .collect();
        if !missing.is_empty() {
            return Err(Error::Invalid(missing));
        }
        let address = Email::parse(email);
        // What is no address is asked for all the same, so that nothing tells the two apart.
        let normalised = address
            .as_ref()
            .map_or_else(String::new, |address| address.normalised().to_owned());
        let blind = self.email_blind(&normalised);
        self.0.limits.sign_in(client, &blind)?;
        let found = self
            .0
            .store
            .read(move |db| sql::credentials(db, &blind))
            .await?
            .filter(|found| found.active);
        // Somebody invited has no password yet.
        let hash = found
            .as_ref()
            .map(|found| found.password_hash.clone())
            .filter(|hash| !hash.is_empty());
        let right = self.0.hasher.check(password, hash).await?;
        let Some(found) = found.filter(|_| right) else {
            return Err(Error::field("", "people-error-sign-in"));
        };
        let row = self
            .0
            .store
            .read(move |db| sql::account(db, found.account))
            .await?;
        self.0.limits.signed_in(client, &blind);
        Ok(row)
    }

    async fn await_code(&self, row: sql::AccountRow) -> Result<Entry> {
        let token = SessionToken::new().as_str().to_owned();
        let hash = hash_of(&token);
        let account = row.account;
        let secret = (!row.second_factor).then(codes::new_secret);
        let keys = self.0.journal.clone();
        let person = row.person;
        let sets_up = secret.is_some();
        self.0
            .store
            .housekeeping(move |tx| {
                sql::drop_expired(tx)?;
                let sealed = match &secret {
                    Some(secret) => {
                        let key = keys.keys().load(tx, person.data_key)?;
                        Some(key.seal(&codes::context(account), secret)?)
                    }
                    None => None,
                };
                let expires_at = tx.now().plus_seconds(PENDING_SECONDS);
                sql::insert_pending(tx, &hash, account, sealed.as_deref(), expires_at)
            })
            .await?;
        let token = PendingToken(token);
        Ok(if sets_up {
            Entry::SetUp(token)
        } else {
            Entry::Code(token)
        })
    }

    /// The secret that somebody between password and code is setting up, if they are;
    /// [`Error::NotFound`] when the token is good no more.
    pub async fn awaited(&self, token: &str) -> Result<Option<codes::SetUp>> {
        let (row, _, secret) = self.pending(token).await?;
        let Some(secret) = secret else {
            return Ok(None);
        };
        let people = self.clone();
        let profile = self
            .0
            .store
            .read(move |db| crate::sealed::profile(db, &people.0.journal, &row.person))
            .await?;
        codes::set_up(&secret, &profile.contacts.email).map(Some)
    }

    async fn pending(
        &self,
        token: &str,
    ) -> Result<(sql::AccountRow, sql::Pending, Option<Vec<u8>>)> {
        if !is_token(token) {
            return Err(Error::NotFound);
        }
        let hash = hash_of(token);
        let now = self.0.store.now();
        let journal = self.0.journal.clone();
        self.0
            .store
            .read(move |db| {
                let pending = sql::pending(db, &hash, now)?.ok_or(Error::NotFound)?;
                let row = sql::account(db, pending.account)?;
                if !row.active {
                    return Err(Error::NotFound);
                }
                let secret = match &pending.secret {
                    Some(sealed) => {
                        let key = journal.keys().load(db, row.person.data_key)?;
                        Some(key.open(&codes::context(pending.account), sealed)?)
                    }
                    None => None,
                };
                Ok((row, pending, secret))
            })
            .await
    }

    /// The code after the password: of the app, or one of the recovery codes. A wrong one is an
    /// error on the field `code`; after five the password is asked for again
    /// ([`Error::NotFound`]).
    pub async fn enter_code(&self, token: &str, code: &str, from: From) -> Result<Entered> {
        let (row, pending, secret) = self.pending(token).await?;
        if pending.tries >= PENDING_TRIES {
            return Err(Error::NotFound);
        }
        self.0.limits.code(row.account)?;
        let hash = hash_of(token);
        let counted = self
            .0
            .store
            .housekeeping(move |tx| sql::try_pending(tx, &hash, PENDING_TRIES))
            .await?;
        if !counted {
            return Err(Error::NotFound);
        }
        let wrong = || Error::field("code", "people-error-code-or-recovery");
        let typed = Typed::read(code).ok_or_else(wrong)?;
        let session = SessionToken::new();
        let (given, account, staff) = (session.clone(), row.account, row.staff);
        let people = self.clone();
        let now = self.0.store.now();
        if secret.is_some() && row.second_factor {
            // Set up elsewhere since the password was typed: it is not set up over that.
            return Err(Error::NotFound);
        }
        let codes = match (secret, typed) {
            (Some(secret), Typed::Code(code)) => {
                let step = codes::step_of(&secret, &code, now)?.ok_or_else(wrong)?;
                let actor = Actor::guest(base::Language::Ru);
                let made = Codes::new(&self.0.journal, account);
                let kept = made.clone();
                self.0
                    .store
                    .change(&actor, move |tx| {
                        if !sql::drop_pending(tx, &hash)? || !sql::take_step(tx, account, step)? {
                            return Err(wrong());
                        }
                        sessions::begin(tx, &given, account, staff, &from)?;
                        people.turn_on(tx, account, &secret, &kept)
                    })
                    .await?;
                Some(made)
            }
            (Some(_), Typed::Recovery(_)) => return Err(wrong()),
            (None, Typed::Code(code)) => {
                let step = self.step_of(&row, &code).await?.ok_or_else(wrong)?;
                self.0
                    .store
                    .housekeeping(move |tx| {
                        if !sql::take_step(tx, account, step)? || !sql::drop_pending(tx, &hash)? {
                            return Err(wrong());
                        }
                        sessions::begin(tx, &given, account, staff, &from)
                    })
                    .await?;
                None
            }
            (None, Typed::Recovery(code)) => {
                let code_hash = codes::recovery_hash(&self.0.journal, account, &code);
                let actor = Actor::guest(base::Language::Ru);
                self.0
                    .store
                    .change(&actor, move |tx| {
                        tx.lock("person", row.person.id.0)?;
                        if !sql::use_recovery_code(tx, account, &code_hash)?
                            || !sql::drop_pending(tx, &hash)?
                        {
                            return Err(wrong());
                        }
                        sessions::begin(tx, &given, account, staff, &from)?;
                        people.write_to_owner(tx, Kind::RecoveryCodeUsed, &row, "")?;
                        people.record_of(tx, &row.person, "person.recovery_code_used", Vec::new())
                    })
                    .await?;
                None
            }
        };
        Ok(Entered {
            token: session,
            codes,
        })
    }

    /// Whether whoever holds the session types the password of its account: asked before what
    /// could take the account away. A wrong one is an error on the field `current`.
    pub(crate) async fn is_really(
        &self,
        actor: &Actor,
        password: &str,
        client: IpAddr,
    ) -> Result<AccountId> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        if password.is_empty() {
            return Err(Error::field("current", "people-error-password-missing"));
        }
        let row = self
            .0
            .store
            .read(move |db| sql::account(db, account))
            .await?;
        self.0.limits.sign_in(client, &row.email_blind)?;
        let hash = Some(row.password_hash).filter(|hash| !hash.is_empty());
        if self.0.hasher.check(password, hash).await? {
            Ok(account)
        } else {
            Err(Error::field("current", "people-error-current"))
        }
    }
}
