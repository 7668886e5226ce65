//! Colleagues: who can be given work in the units that somebody is over.

use base::id::{AccountId, PersonId, UnitId};
use base::{Actor, Error, Result};

use crate::access::{Permission, Subject, allows, require_somewhere};
use crate::model::PersonName;
use crate::{People, sealed, sql};

/// The most colleagues that a list names.
const MOST: usize = 200;

/// Somebody who can be given work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffMember {
    /// Their sign-in.
    pub account: AccountId,
    /// Who they are.
    pub person: PersonId,
    /// How they are called.
    pub name: PersonName,
    /// Where they work.
    pub unit: UnitId,
}

impl People {
    /// The specialists and heads of the units in which the actor gives out work, 200 at the most.
    pub async fn staff(&self, actor: &Actor) -> Result<Vec<StaffMember>> {
        require_somewhere(actor, Permission::AssignCase)?;
        let units: Vec<UnitId> = actor
            .units()
            .iter()
            .copied()
            .filter(|unit| allows(actor, Permission::AssignCase, &Subject::in_unit(*unit)))
            .collect();
        let journal = self.0.journal.clone();
        self.0
            .store
            .read(move |db| {
                let mut found = Vec::new();
                for some in units.chunks(sql::STAFF_UNITS) {
                    for row in sql::staff(db, some, MOST - found.len())? {
                        let name = match sealed::name(db, &journal, &row.person) {
                            Ok(name) => name,
                            // The person was erased.
                            Err(Error::NotFound) => continue,
                            Err(other) => return Err(other),
                        };
                        found.push(StaffMember {
                            account: row.account,
                            person: row.person.id,
                            name,
                            unit: row.unit,
                        });
                    }
                    if found.len() >= MOST {
                        break;
                    }
                }
                Ok(found)
            })
            .await
    }
}
