//! What colleagues are called, many at once: for lists that say who has what.

use std::collections::HashMap;

use base::id::AccountId;
use base::{Actor, Error, Result};

use crate::access::{Permission, require_somewhere};
use crate::model::PersonName;
use crate::{People, sealed, sql};

/// The most accounts that are named at once.
pub const NAMED_MOST: usize = 200;

/// Somebody who has an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What they are called.
    pub name: PersonName,
    /// Whether the account is used: a switched off one still has what it had.
    pub active: bool,
}

impl People {
    /// The names behind these accounts, for those who read the cases of a unit; of more than
    /// [`NAMED_MOST`] the first. Whoever was erased is left out.
    pub async fn named(
        &self,
        actor: &Actor,
        accounts: &[AccountId],
    ) -> Result<HashMap<AccountId, Named>> {
        require_somewhere(actor, Permission::ReadUnitCases)?;
        let mut accounts = accounts.to_vec();
        accounts.sort_unstable();
        accounts.dedup();
        accounts.truncate(NAMED_MOST);
        if accounts.is_empty() {
            return Ok(HashMap::new());
        }
        let journal = self.0.journal.clone();
        self.0
            .store
            .read(move |db| {
                let mut named = HashMap::new();
                for row in sql::named(db, &accounts)? {
                    let Some(wrapped) = &row.wrapped else {
                        continue;
                    };
                    let key = journal.keys().open_wrapped(row.person.data_key, wrapped)?;
                    let name = match sealed::name_by(&key, &row.person) {
                        Ok(name) => name,
                        Err(Error::NotFound) => continue,
                        Err(other) => return Err(other),
                    };
                    let active = row.active;
                    named.insert(row.account, Named { name, active });
                }
                Ok(named)
            })
            .await
    }
}
