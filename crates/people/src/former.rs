//! People without a role. Those who once worked for an authority are a list, so that somebody whose
//! last role was taken can be given one again; everybody else is found by a whole e-mail or by the
//! number of an account alone, because what applicants gave of themselves is nothing to leaf
//! through. Whoever opens the card of somebody who works for nobody leaves an entry in that
//! person's own history and a line of `/admin/log`, once in a quarter of an hour.

use std::str::FromStr as _;

use base::id::{AccountId, PersonId};
use base::{Actor, Error, Moment, Result};
use serde_json::{Value, json};
use store::Db;
use uuid::Uuid;

use crate::access::{Permission, Subject, require, require_somewhere};
use crate::acts::LOOKED_UP;
use crate::model::{PersonName, masked_email};
use crate::staffing::managed;
use crate::{People, personal_tokens, sealed, sql};

/// For how long one reading counts once.
const QUARTER_MICROS: i64 = 900_000_000;

/// Somebody who once worked for an authority and has no role now.
#[derive(Clone, Debug)]
pub struct Former {
    /// Who they are; the list is in the order of it.
    pub person: PersonId,
    /// The sign-in.
    pub account: AccountId,
    /// How they are called.
    pub name: PersonName,
    /// Their e-mail, masked: they are a private person again.
    pub email: String,
    /// Whether they can sign in.
    pub active: bool,
    /// When the last role was taken.
    pub since: Moment,
}

impl People {
    /// Those who once had a role of staff and have none, after the person `after`, `limit` of them
    /// at the most; and where the next page begins. For administrators of the whole installation:
    /// an account without a role lies in no unit.
    pub async fn former_staff(
        &self,
        actor: &Actor,
        after: Option<PersonId>,
        limit: usize,
    ) -> Result<(Vec<Former>, Option<PersonId>)> {
        require(actor, Permission::ManageUsers, &Subject::default())?;
        let journal = self.0.journal.clone();
        self.0
            .store
            .read(move |db| {
                let after = after.map_or(Uuid::nil(), |person| person.0);
                let mut rows = sql::former_staff(db, after, limit + 1)?;
                let more = rows.len() > limit;
                rows.truncate(limit);
                let next = rows.last().filter(|_| more).map(|row| row.person.id);
                let mut former = Vec::with_capacity(rows.len());
                for row in rows {
                    let wrapped = row.wrapped.as_deref();
                    let profile = sealed::profile_beside(&journal, &row.person, wrapped)?;
                    // Whoever was erased is left out.
                    former.extend(profile.map(|profile| Former {
                        person: row.person.id,
                        account: row.account,
                        name: profile.name,
                        email: masked_email(&profile.contacts.email),
                        active: row.active,
                        since: row.since,
                    }));
                }
                Ok((former, next))
            })
            .await
    }

    /// The account of a whole e-mail or of a number, among those that the actor manages. Reading
    /// its card is what is written down, by [`People::card`].
    pub async fn account_of(&self, actor: &Actor, text: &str) -> Result<AccountId> {
        let Ok(account) = AccountId::from_str(text.trim()) else {
            return self.account_of_email(actor, text).await;
        };
        require_somewhere(actor, Permission::ManageUsers)?;
        let asking = actor.clone();
        let known = self.0.store.read(move |db| {
            let managed = managed(db, &asking, account);
            managed.map(drop)
        });
        match known.await {
            Ok(()) => Ok(account),
            Err(Error::Forbidden | Error::NotFound) => {
                Err(Error::field("email", "people-error-no-such-account"))
            }
            Err(other) => Err(other),
        }
    }

    /// Whether the actor's reading of this person's card is written down already.
    pub(crate) fn is_look_recorded(
        db: &mut Db<'_>,
        reader: AccountId,
        person: PersonId,
        now: Moment,
    ) -> Result<bool> {
        let quarter = now.micros() - now.micros().rem_euclid(QUARTER_MICROS);
        let first = first_of(Moment::from_micros(quarter));
        sql::acted_since(db, reader, first, person, LOOKED_UP)
    }

    /// Writes down that the actor reads the card of somebody who works for nobody; durable before
    /// the card is shown.
    pub(crate) async fn record_look(&self, actor: &Actor, account: AccountId) -> Result<()> {
        let reader = actor.account().ok_or(Error::Unauthenticated)?;
        let people = self.clone();
        self.0
            .store
            .change(actor, move |tx| {
                let row = sql::account(tx, account)?;
                tx.lock("person", row.person.id.0)?;
                let now = tx.now();
                if Self::is_look_recorded(tx, reader, row.person.id, now)? {
                    return Ok(());
                }
                people.record_on(tx, &row, LOOKED_UP, Value::Null, Value::Null)
            })
            .await
    }

    /// Ends every session of an account, which goes on being used: its owner signs in anew. How
    /// many there were.
    pub async fn end_sessions_of(&self, actor: &Actor, account: AccountId) -> Result<u64> {
        self.change_account(actor, account, move |people, tx, row, _| {
            let ended = sql::delete_sessions_of(tx, account)?;
            // A program signs in without a session: whoever ends all means it, too.
            let tokens = personal_tokens::revoke_all_of(tx, account)?;
            let mut after = json!({ "sessions": ended });
            if tokens > 0 {
                after["tokens"] = json!(tokens);
            }
            people.record_on(tx, row, "person.sessions_ended", Value::Null, after)?;
            Ok(ended)
        })
        .await
    }
}

/// The first identifier that can be made at a moment.
fn first_of(moment: Moment) -> Uuid {
    let millis = u128::from(moment.millis().unsigned_abs());
    Uuid::from_u128(millis << 80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_at_a_moment_does_not_come_before_its_first_identifier() {
        let moment = Moment::from_micros(1_795_251_600_000_000);
        let first = first_of(moment);
        assert!(base::id::new_uuid(moment) > first);
        assert!(base::id::new_uuid(moment.plus_seconds(-1)) < first);
    }
}
