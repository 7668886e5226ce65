//! Sessions: rows behind an opaque cookie. The table holds a hash of the token, so that whoever
//! reads the table cannot sign in with it. Applicants stay signed in while they come back within
//! 12 hours, at most 30 days; staff 12 hours in all and at most one hour idle.

use std::fmt;
use std::net::IpAddr;

use base::id::UnitId;
use base::{Actor, Error, FieldError, Grant, Language, Moment, Result, Role, Scope, Who};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::model::{Email, PersonName};
use crate::trees::Units;
use crate::{People, sealed, sql};

/// A session's last use is written down at most this often, in seconds.
const SEEN_EVERY: i64 = 5 * 60;

/// The most sessions of one account; the ones not seen for longest go first.
const SESSIONS_MOST: usize = 20;

const HOUR: i64 = 3600;

/// What the cookie holds.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    /// The text for the cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn new() -> Self {
        Self(URL_SAFE_NO_PAD.encode(base::id::random::<32>()))
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(..)")
    }
}

/// Who is signed in, for the handlers and for the page's head.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The actor of everything that the request does.
    pub actor: Actor,
    /// How the page greets them.
    pub viewer: web::Viewer,
}

/// One sign-in of an account, as its owner sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// When it began.
    pub since: Moment,
    /// When it was last used, to within five minutes.
    pub seen: Moment,
}

impl People {
    /// Signs in. The answer to a wrong password, an unknown e-mail and a closed account is one
    /// and takes the same time: the whole-form error `people-error-sign-in`.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        client: IpAddr,
    ) -> Result<SessionToken> {
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
        let hash = found.as_ref().map(|found| found.password_hash.clone());
        let right = self.0.hasher.check(password, hash).await?;
        let Some(found) = found.filter(|_| right) else {
            return Err(Error::field("", "people-error-sign-in"));
        };
        let token = SessionToken::new();
        let token_hash = hash_of(&token.0);
        let (account, staff) = (found.account, found.staff);
        self.0
            .store
            .housekeeping(move |tx| {
                let now = tx.now();
                sql::delete_expired_sessions(tx)?;
                sql::insert_session(tx, &token_hash, account, expires(now, now, staff))?;
                sql::delete_surplus_sessions(tx, account, SESSIONS_MOST)?;
                Ok(())
            })
            .await?;
        self.0.limits.signed_in(client, &blind);
        Ok(token)
    }

    /// Ends a session; nothing happens when there is none.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        let token_hash = hash_of(token);
        self.0
            .store
            .housekeeping(move |tx| sql::delete_session(tx, &token_hash).map(drop))
            .await
    }

    /// Ends every session of the actor's account, this one too.
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<()> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        self.0
            .store
            .housekeeping(move |tx| sql::delete_sessions_of(tx, account).map(drop))
            .await
    }

    /// The actor's open sessions, the one used last first.
    pub async fn open_sessions(&self, actor: &Actor) -> Result<Vec<OpenSession>> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let now = self.0.store.now();
        self.0
            .store
            .read(move |db| sql::sessions_of(db, account, now))
            .await
            .map(|rows| {
                rows.into_iter()
                    .map(|(since, seen)| OpenSession { since, seen })
                    .collect()
            })
    }

    /// Who is behind a token; none when it is unknown or has run out.
    pub async fn session(&self, token: &str, language: Language) -> Result<Option<SignedIn>> {
        if !is_token(token) {
            return Ok(None);
        }
        let token_hash = hash_of(token);
        let now = self.0.store.now();
        let journal = self.0.journal.clone();
        let found = self
            .0
            .store
            .read(move |db| {
                let Some(session) = sql::session(db, &token_hash, now)? else {
                    return Ok(None);
                };
                match sealed::name(db, &journal, &session.person) {
                    Ok(name) => Ok(Some((session, name))),
                    // The person was erased meanwhile.
                    Err(Error::NotFound) => Ok(None),
                    Err(other) => Err(other),
                }
            })
            .await?;
        let Some((session, name)) = found else {
            return Ok(None);
        };
        let staff = is_staff(&session.grants);
        if now.seconds_since(session.seen_at) >= SEEN_EVERY {
            let expires_at = expires(session.created_at, now, staff);
            let seen = self
                .0
                .store
                .housekeeping(move |tx| sql::see_session(tx, &token_hash, expires_at))
                .await;
            // Somebody who only reads is not turned away while nothing can be written.
            if let Err(error) = seen {
                tracing::warn!(code = error.code(), "a session's last use was not written");
            }
        }
        let units = self.units().await?;
        let (grants, reached) = spread(&session.grants, &units);
        Ok(Some(SignedIn {
            viewer: viewer(&name, &session.grants),
            actor: Actor {
                who: Who::Account {
                    account: session.account,
                    person: session.person.id,
                    grants,
                    units: reached,
                },
                language,
            },
        }))
    }
}

fn viewer(name: &PersonName, grants: &[Grant]) -> web::Viewer {
    web::Viewer {
        name: name.short(),
        staff: is_staff(grants),
        administrator: grants.iter().any(|g| g.role == Role::Administrator),
        ..web::Viewer::default()
    }
}

fn is_staff(grants: &[Grant]) -> bool {
    grants.iter().any(|grant| grant.role != Role::Applicant)
}

/// Gives each grant inside a unit to the units below it too, and says which units are reached.
fn spread(grants: &[Grant], units: &Units) -> (Vec<Grant>, Vec<UnitId>) {
    let mut all: Vec<Grant> = Vec::with_capacity(grants.len());
    let mut reached: Vec<UnitId> = Vec::new();
    for grant in grants {
        match grant.scope {
            Scope::Own => all.push(*grant),
            Scope::Installation => {
                all.push(*grant);
                reached.extend(units.ids());
            }
            Scope::Unit(unit) => {
                let mut below = units.within(unit);
                if below.is_empty() {
                    // Made a moment ago by another process: the unit itself is certain.
                    below.push(unit);
                }
                all.extend(below.iter().map(|unit| Grant {
                    role: grant.role,
                    scope: Scope::Unit(*unit),
                }));
                reached.extend(below);
            }
        }
    }
    reached.sort_unstable();
    reached.dedup();
    (all, reached)
}

/// When a session that began at `created` and was last used at `seen` runs out.
fn expires(created: Moment, seen: Moment, staff: bool) -> Moment {
    let (idle, whole) = if staff {
        (HOUR, 12 * HOUR)
    } else {
        (12 * HOUR, 30 * 24 * HOUR)
    };
    seen.plus_seconds(idle).min(created.plus_seconds(whole))
}

fn hash_of(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

fn is_token(text: &str) -> bool {
    text.len() == 43
        && URL_SAFE_NO_PAD
            .decode(text)
            .is_ok_and(|bytes| bytes.len() == 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_micros(0).plus_seconds(seconds)
    }

    #[test]
    fn applicants_stay_while_they_come_back() {
        assert_eq!(expires(at(0), at(0), false), at(12 * HOUR));
        assert_eq!(expires(at(0), at(11 * HOUR), false), at(23 * HOUR));
        assert_eq!(expires(at(0), at(720 * HOUR - 1), false), at(720 * HOUR));
    }

    #[test]
    fn staff_leave_after_an_idle_hour_and_after_a_day_of_work() {
        assert_eq!(expires(at(0), at(0), true), at(HOUR));
        assert_eq!(expires(at(0), at(12 * HOUR - 60), true), at(12 * HOUR));
    }

    #[test]
    fn tokens_are_long_random_and_do_not_show() {
        let token = SessionToken::new();
        assert!(is_token(token.as_str()));
        assert_ne!(token, SessionToken::new());
        assert_eq!(format!("{token:?}"), "SessionToken(..)");
        for foreign in ["", "abc", &"а".repeat(43), &"=".repeat(43)] {
            assert!(!is_token(foreign));
        }
    }
}
