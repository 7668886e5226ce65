//! Sessions: rows behind an opaque cookie; how one comes to be stands in `entering`. The table holds a hash of the token, so that whoever
//! reads the table cannot sign in with it. Applicants stay signed in while they come back within
//! 12 hours, at most 30 days; staff 12 hours in all and at most one hour idle.

use std::fmt;

use base::id::{AccountId, UnitId};
use base::{Actor, Error, Grant, Language, Moment, Result, Role, Scope, Who};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use store::Tx;

use crate::model::PersonName;
use crate::tokens::{hash_of, is_token};
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

    pub(crate) fn new() -> Self {
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// By which its owner can end it.
    pub id: String,
    /// When it began.
    pub since: Moment,
    /// When it was last used, to within five minutes.
    pub seen: Moment,
    /// The network it came from, `192.0.2.0/24`; empty when it was not kept.
    pub place: String,
    /// Browser and system, `Firefox, Linux`; empty when they were not kept.
    pub device: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Writes a session, inside whatever lets its owner in.
pub(crate) fn begin(
    tx: &mut Tx<'_>,
    token: &SessionToken,
    account: AccountId,
    staff: bool,
    from: &crate::From,
) -> Result<()> {
    let now = tx.now();
    sql::delete_expired_sessions(tx)?;
    sql::insert_session(
        tx,
        &hash_of(&token.0),
        account,
        expires(now, now, staff),
        &from.network(),
        &from.device,
    )?;
    sql::delete_surplus_sessions(tx, account, SESSIONS_MOST)?;
    Ok(())
}

impl People {
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

    /// Ends every session of the actor's account but the one of `token`.
    pub async fn sign_out_elsewhere(&self, actor: &Actor, token: &str) -> Result<()> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let kept = hash_of(token);
        self.0
            .store
            .housekeeping(move |tx| sql::delete_other_sessions(tx, account, &kept).map(drop))
            .await
    }

    /// Ends one session of the actor's own, by the `id` of [`OpenSession`].
    pub async fn end_session(&self, actor: &Actor, id: &str) -> Result<()> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let token_hash: [u8; 32] = URL_SAFE_NO_PAD
            .decode(id)
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(Error::NotFound)?;
        let ended = self
            .0
            .store
            .housekeeping(move |tx| sql::delete_session_of(tx, &token_hash, account))
            .await?;
        if ended > 0 {
            Ok(())
        } else {
            Err(Error::NotFound)
        }
    }

    /// The actor's open sessions, the one used last first; `token` is the one that asks.
    pub async fn open_sessions(&self, actor: &Actor, token: &str) -> Result<Vec<OpenSession>> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let now = self.0.store.now();
        let own = hash_of(token);
        let rows = self
            .0
            .store
            .read(move |db| sql::sessions_of(db, account, now))
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| OpenSession {
                id: URL_SAFE_NO_PAD.encode(row.token_hash),
                since: row.since,
                seen: row.seen,
                place: row.place.unwrap_or_default(),
                device: row.device.unwrap_or_default(),
                current: row.token_hash == own,
            })
            .collect())
    }

    /// Who is behind a token; none when it is unknown or has run out.
    pub async fn session(&self, token: &str, language: Language) -> Result<Option<SignedIn>> {
        if !is_token(token) {
            return Ok(None);
        }
        let token_hash = hash_of(token);
        let now = self.0.store.now();
        let unread = self.0.settings.unread;
        let journal = self.0.journal.clone();
        let found = self
            .0
            .store
            .read(move |db| {
                let Some(session) = sql::session(db, &token_hash, now)? else {
                    return Ok(None);
                };
                match sealed::name(&journal, &session.person, session.wrapped.as_deref()) {
                    Ok(name) => {
                        let unread = match unread {
                            Some(count) => count(db, session.person.id)?,
                            None => 0,
                        };
                        Ok(Some((session, name, unread)))
                    }
                    // The person was erased meanwhile.
                    Err(Error::NotFound) => Ok(None),
                    Err(other) => Err(other),
                }
            })
            .await?;
        let Some((session, name, unread)) = found else {
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
        self.signed_in(&session, &name, unread, language)
            .await
            .map(Some)
    }

    /// The account of a row as handlers and pages know it.
    pub(crate) async fn signed_in(
        &self,
        session: &sql::SessionRow,
        name: &PersonName,
        unread: u32,
        language: Language,
    ) -> Result<SignedIn> {
        let units = self.units().await?;
        let (grants, reached) = spread(&session.grants, &units);
        Ok(SignedIn {
            viewer: web::Viewer {
                unread,
                ..viewer(name, &session.grants)
            },
            actor: Actor {
                who: Who::Account {
                    account: session.account,
                    person: session.person.id,
                    grants,
                    units: reached,
                },
                language,
            },
        })
    }
}

fn viewer(name: &PersonName, grants: &[Grant]) -> web::Viewer {
    web::Viewer {
        name: name.short(),
        staff: is_staff(grants),
        works_on_cases: grants
            .iter()
            .any(|grant| matches!(grant.role, Role::Specialist | Role::Head)),
        receives: grants.iter().any(|g| g.role == Role::Operator),
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
