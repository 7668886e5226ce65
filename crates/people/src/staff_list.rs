//! The list of staff, and those of it who are found by a part of a name or an e-mail. Both are sealed,
//! so staff, who are a bounded set, are read in the order of their accounts and opened in memory.

use base::id::AccountId;
use base::{Actor, Error, Result};
use store::Db;
use uuid::Uuid;

use crate::access::{Permission, require_somewhere};
use crate::staff::{WORDS_MOST, fits};
use crate::staffing::{Card, manages};
use crate::{People, sealed, sql};

/// Roles of staff that are read in one go.
const ROLES: usize = 1_000;

impl People {
    /// Staff that the actor manages and in whose name or e-mail all `words` stand, after the account
    /// `after`, `limit` of them at the most; and where the next page begins.
    pub async fn staff_cards(
        &self,
        actor: &Actor,
        words: &str,
        after: Option<AccountId>,
        limit: usize,
    ) -> Result<(Vec<Card>, Option<AccountId>)> {
        require_somewhere(actor, Permission::ManageUsers)?;
        if base::text::length(words) > WORDS_MOST {
            let error = base::FieldError::new("words", "error-too-long");
            return Err(Error::Invalid(vec![error.with("max", WORDS_MOST)]));
        }
        let (people, asking, words) = (self.clone(), actor.clone(), words.to_owned());
        self.0
            .store
            .read(move |db| {
                let mut start = after.map_or(Uuid::nil(), |account| account.0);
                let mut cards: Vec<Card> = Vec::new();
                loop {
                    let (group, last) = next_staff(db, start)?;
                    for roles in group {
                        let Some(card) = people.staff_card(roles)? else {
                            continue;
                        };
                        if manages(&asking, &card.grants) && fits(&words, &card.name, &card.email) {
                            cards.push(card);
                        }
                    }
                    match last {
                        Some(last) if cards.len() <= limit => start = last.0,
                        _ => break,
                    }
                }
                let more = cards.len() > limit;
                cards.truncate(limit);
                let next = cards.last().filter(|_| more).map(|card| card.account);
                Ok((cards, next))
            })
            .await
    }

    /// A card of somebody's roles in the list, which shows no posts; none when they were erased.
    fn staff_card(&self, roles: Vec<sql::StaffGrant>) -> Result<Option<Card>> {
        let grants = roles.iter().map(|role| (role.id, role.grant)).collect();
        let Some(first) = roles.into_iter().next() else {
            return Ok(None);
        };
        let wrapped = first.wrapped.as_deref();
        let profile = sealed::profile_beside(&self.0.journal, &first.person, wrapped)?;
        Ok(profile.map(|profile| Card {
            account: first.account,
            name: profile.name,
            email: profile.contacts.email,
            active: first.active,
            has_password: true,
            second_factor: first.second_factor,
            grants,
            posts: Vec::new(),
            new_email: None,
        }))
    }
}

/// The next accounts of staff after `after`, each with all its roles; and the last of them when
/// there are more.
fn next_staff(
    db: &mut Db<'_>,
    after: Uuid,
) -> Result<(Vec<Vec<sql::StaffGrant>>, Option<AccountId>)> {
    let rows = sql::staff_grants(db, after, ROLES)?;
    let full = rows.len() == ROLES;
    let mut groups: Vec<Vec<sql::StaffGrant>> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if group[0].account == row.account => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    // The last account may have roles that were not read; nobody has as many as are read at once.
    if full && groups.len() > 1 {
        groups.pop();
    }
    let last = groups.last().map(|group| group[0].account);
    Ok((groups, last.filter(|_| full)))
}
