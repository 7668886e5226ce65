//! Tokens of one's own: what a program signs in with in the name of an account. 256 random bits
//! behind `okno_`, shown once and kept as a hash; each with a name, the scopes it may be used for
//! and a day on which it runs out, a year away at most. What it may do is never more than what its
//! account may: rights are asked for at every use, so that a role taken away is gone from it too.

use std::fmt;
use std::net::IpAddr;

use base::{Actor, Error, FieldError, Language, Moment, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::Date;
use uuid::Uuid;
use web::api::{TokenScope, TokenScopes};

use crate::access::allows_somewhere;
use crate::letters::Kind;
use crate::sessions::SignedIn;
use crate::sql::PersonalTokenRow;
use crate::tokens::{hash_of, is_token};
use crate::{People, Permission, sealed, sql};

/// What every token begins with, so that one in a wrong place is known for what it is.
pub const PREFIX: &str = "okno_";

/// The most characters of a token's name.
pub const TOKEN_NAME_MOST: usize = 60;

/// The most days for which a token is good.
pub const TOKEN_DAYS_MOST: i64 = 366;

/// The most tokens of one account at a time.
const TOKENS_MOST: usize = 30;

/// The last use is written down at most this often, in seconds.
const SEEN_EVERY: i64 = 5 * 60;

const DAY: i64 = 24 * 3600;

/// A token as somebody asks for it.
#[derive(Clone, Debug, Default)]
pub struct TokenWish {
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: TokenScopes,
    /// The last day on which it is good.
    pub until: Option<Date>,
}

/// A token in its owner's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalToken {
    /// By which its owner can revoke it.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: TokenScopes,
    /// When it was made.
    pub since: Moment,
    /// When it runs out.
    pub expires_at: Moment,
    /// When it was last used, to within five minutes; none when it never was.
    pub used_at: Option<Moment>,
}

impl PersonalToken {
    /// The last day on which it is good, as its owner chose it: the whole of it is, wherever on
    /// Earth that is.
    pub fn last_day(&self) -> Date {
        self.expires_at
            .plus_seconds(-DAY)
            .date(&jiff::tz::TimeZone::UTC)
    }
}

/// The text of a new token, for its owner alone and once.
#[derive(Clone)]
pub struct TokenText(String);

impl TokenText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TokenText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenText(..)")
    }
}

/// Whoever came with a token.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// Who acts, as a session of theirs would say.
    pub signed_in: SignedIn,
    /// What the token may be used for.
    pub scopes: TokenScopes,
}

/// The scopes that are of use to somebody with the actor's roles.
pub fn scopes_of(actor: &Actor) -> TokenScopes {
    if actor.account().is_none() {
        return TokenScopes::default();
    }
    let may = |permissions: &[Permission]| {
        permissions
            .iter()
            .any(|permission| allows_somewhere(actor, *permission))
    };
    let works = may(&[
        Permission::ReadUnitCases,
        Permission::FileOnBehalf,
        Permission::HearCaller,
    ]);
    let manages = may(&[
        Permission::ManageUsers,
        Permission::ManageUnits,
        Permission::ManageCatalog,
        Permission::RunInstallation,
    ]);
    TokenScope::ALL
        .into_iter()
        .filter(|scope| match scope {
            TokenScope::CasesRead | TokenScope::CasesWrite => true,
            TokenScope::DeskRead | TokenScope::DeskWrite => works,
            TokenScope::AdminRead | TokenScope::AdminWrite => manages,
        })
        .collect()
}

/// Revokes every token of an account and answers how many there were. The caller holds the person
/// and records the change.
pub(crate) fn revoke_all_of(tx: &mut store::Tx<'_>, account: base::id::AccountId) -> Result<usize> {
    let most = i64::try_from(TOKENS_MOST).unwrap_or(i64::MAX);
    let now = tx.now();
    let tokens = sql::personal_tokens_of(tx, account, now, most)?;
    for token in &tokens {
        sql::revoke_personal_token(tx, token.id, account)?;
    }
    Ok(tokens.len())
}

impl People {
    /// Makes a token for the actor. The password is asked for.
    pub async fn make_token(
        &self,
        actor: &Actor,
        wish: TokenWish,
        password: &str,
        client: IpAddr,
    ) -> Result<TokenText> {
        let wish = self.checked(actor, &wish)?;
        let account = self.is_really(actor, password, client).await?;
        let text = format!(
            "{PREFIX}{}",
            URL_SAFE_NO_PAD.encode(base::id::random::<32>())
        );
        let hash = hash_of(&text);
        let people = self.clone();
        let until = wish.until;
        self.0
            .store
            .change(actor, move |tx| {
                let row = sql::account(tx, account)?;
                tx.lock("person", row.person.id.0)?;
                if people.0.settings.second_factor && row.staff && !row.second_factor {
                    return Err(Error::Conflict("people-error-token-second-factor"));
                }
                let now = tx.now();
                let most = i64::try_from(TOKENS_MOST).unwrap_or(i64::MAX);
                if sql::personal_tokens_of(tx, account, now, most)?.len() == TOKENS_MOST {
                    return Err(Error::Conflict("people-error-token-many"));
                }
                let id = base::id::new_uuid(now);
                let key = people.0.journal.keys().load(tx, row.person.data_key)?;
                let token = PersonalTokenRow {
                    id,
                    name: key.seal(&context(id), wish.name.as_bytes())?,
                    scopes: wish.scopes.to_string(),
                    created_at: now,
                    expires_at: wish.expires_at,
                    used_at: None,
                };
                sql::insert_personal_token(tx, account, &hash, &token)?;
                people.write_to_owner(tx, Kind::TokenMade, &row, "")?;
                let fields = vec![
                    ("token", id.to_string()),
                    ("scopes", token.scopes),
                    ("until", until.to_string()),
                ];
                people.record_of(tx, &row.person, "person.token_made", fields)
            })
            .await?;
        Ok(TokenText(text))
    }

    fn checked(&self, actor: &Actor, wish: &TokenWish) -> Result<Checked> {
        let name = base::text::clean_line(&wish.name);
        let mut errors = Vec::new();
        if name.is_empty() {
            errors.push(FieldError::new("name", "people-error-token-name"));
        } else if name.chars().count() > TOKEN_NAME_MOST {
            errors.push(
                FieldError::new("name", "people-error-token-name-long")
                    .with("most", TOKEN_NAME_MOST),
            );
        }
        let may = scopes_of(actor);
        if wish.scopes.is_empty() || wish.scopes.iter().any(|scope| !may.holds(scope)) {
            errors.push(FieldError::new("scope", "people-error-token-scope"));
        }
        let now = self.0.store.now();
        let today = now.date(&jiff::tz::TimeZone::UTC);
        // The whole of its last day, wherever on Earth that is.
        let until = wish.until.map(|date| {
            let days = date
                .since(today)
                .map_or(-1, |span| i64::from(span.get_days()));
            (date, days)
        });
        let (until, days) = match until {
            Some((date, days)) if (0..=TOKEN_DAYS_MOST).contains(&days) => (date, days),
            _ => {
                errors.push(FieldError::new("until", "people-error-token-until"));
                (today, 0)
            }
        };
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        Ok(Checked {
            name,
            scopes: wish.scopes,
            until,
            expires_at: now.plus_seconds((days + 1) * DAY),
        })
    }

    /// The actor's own tokens that are good, newest first.
    pub async fn personal_tokens(&self, actor: &Actor) -> Result<Vec<PersonalToken>> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let now = self.0.store.now();
        let journal = self.0.journal.clone();
        self.0
            .store
            .read(move |db| {
                let most = i64::try_from(TOKENS_MOST).unwrap_or(i64::MAX);
                let rows = sql::personal_tokens_of(db, account, now, most)?;
                if rows.is_empty() {
                    return Ok(Vec::new());
                }
                let owner = sql::account(db, account)?;
                let key = journal.keys().load(db, owner.person.data_key)?;
                rows.into_iter()
                    .map(|row| {
                        let name = key.open(&context(row.id), &row.name)?;
                        Ok(PersonalToken {
                            id: row.id,
                            name: String::from_utf8(name).map_err(Error::internal)?,
                            scopes: TokenScopes::parse(&row.scopes),
                            since: row.created_at,
                            expires_at: row.expires_at,
                            used_at: row.used_at,
                        })
                    })
                    .collect()
            })
            .await
    }

    /// Makes one of the actor's own tokens good for nothing, at once.
    pub async fn revoke_token(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let account = actor.account().ok_or(Error::Unauthenticated)?;
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                let row = sql::account(tx, account)?;
                tx.lock("person", row.person.id.0)?;
                if !sql::revoke_personal_token(tx, id, account)? {
                    return Err(Error::NotFound);
                }
                let fields = vec![("token", id.to_string())];
                people.record_of(tx, &row.person, "person.token_revoked", fields)
            })
            .await
    }

    /// Who is behind a token; none when it is unknown, revoked or too old, or its account closed.
    pub async fn bearer(&self, text: &str, language: Language) -> Result<Option<Bearer>> {
        if !text.strip_prefix(PREFIX).is_some_and(is_token) {
            return Ok(None);
        }
        let hash = hash_of(text);
        let now = self.0.store.now();
        let journal = self.0.journal.clone();
        let found = self
            .0
            .store
            .read(move |db| {
                let Some(row) = sql::bearer(db, &hash, now)? else {
                    return Ok(None);
                };
                let wrapped = row.session.wrapped.as_deref();
                match sealed::name(&journal, &row.session.person, wrapped) {
                    Ok(name) => Ok(Some((row, name))),
                    // The person was erased meanwhile.
                    Err(Error::NotFound) => Ok(None),
                    Err(other) => Err(other),
                }
            })
            .await?;
        let Some((row, name)) = found else {
            return Ok(None);
        };
        let old = |used: Moment| now.seconds_since(used) >= SEEN_EVERY;
        if row.used_at.is_none_or(old) {
            let id = row.token;
            let seen = self
                .0
                .store
                .housekeeping(move |tx| sql::see_personal_token(tx, id))
                .await;
            // Whoever only reads is not turned away while nothing can be written.
            if let Err(error) = seen {
                tracing::warn!(code = error.code(), "a token's last use was not written");
            }
        }
        Ok(Some(Bearer {
            scopes: TokenScopes::parse(&row.scopes),
            signed_in: self.signed_in(&row.session, &name, 0, language).await?,
        }))
    }
}

/// A wish that holds.
struct Checked {
    name: String,
    scopes: TokenScopes,
    until: Date,
    expires_at: Moment,
}

/// What the name of a token is sealed as.
fn context(id: Uuid) -> String {
    format!("personal_token.name:{id}")
}
