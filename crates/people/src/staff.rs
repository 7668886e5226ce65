//! Colleagues: who can be given work in the units that somebody is over, and how people are found
//! by a part of their name. Names are sealed, so staff, who are a bounded set, are opened in memory.

use std::collections::HashMap;

use base::id::{AccountId, PersonId, UnitId};
use base::{Actor, Error, Result};

use crate::access::{Permission, Subject, allows, require_somewhere};
use crate::model::{PersonName, Profile};
use crate::{People, sealed, sql};

/// The most colleagues that are looked through.
const MOST: usize = 2_000;

/// The longest text that people are looked for by, in characters.
pub(crate) const WORDS_MOST: usize = 200;

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
    /// Their e-mail.
    pub email: String,
}

impl StaffMember {
    /// Whether every one of these words stands in their name or e-mail.
    pub fn fits(&self, words: &str) -> bool {
        fits(words, &self.name, &self.email)
    }
}

/// Whether every one of `words` stands in a name or an e-mail; small letters and large ones, and
/// the two letters that Russian often writes as one, are the same.
pub(crate) fn fits(words: &str, name: &PersonName, email: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace('\u{451}', "\u{435}");
    let known = plain(&format!("{} {email}", name.full()));
    let words = plain(words);
    let mut words = words.split_whitespace();
    words.all(|word| known.contains(word))
}

impl People {
    /// The heads who can hand on the cases of somebody who works in these units, but for
    /// themselves: of the units and of what lies above them.
    pub(crate) async fn heads_over(
        &self,
        units: Vec<UnitId>,
        but: AccountId,
    ) -> Result<Vec<String>> {
        let journal = self.0.journal.clone();
        self.0
            .store
            .read(move |db| {
                let own = Self::person_of(db, but)?;
                let mut persons: Vec<PersonId> = Vec::new();
                for unit in &units {
                    for above in Self::units_above(db, *unit)? {
                        let heads = Self::heads_of(db, above)?;
                        let new = heads
                            .into_iter()
                            .filter(|head| Some(*head) != own && !persons.contains(head))
                            .collect::<Vec<_>>();
                        persons.extend(new);
                    }
                }
                let mut names = Vec::new();
                for person in persons.into_iter().take(5) {
                    match Self::name_of(db, &journal, person) {
                        Ok(name) => names.push(name.initials()),
                        // The person was erased.
                        Err(Error::NotFound) => {}
                        Err(other) => return Err(other),
                    }
                }
                Ok(names)
            })
            .await
    }

    /// How many people work in each unit: specialists and operators, and heads.
    pub(crate) async fn hands(&self) -> Result<HashMap<UnitId, (u64, u64)>> {
        self.0.store.read(sql::hands).await
    }

    /// The specialists and heads of the units in which the actor gives out work, by name; 2000 are
    /// looked through at the most.
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
                        let wrapped = row.wrapped.as_deref();
                        let profile = sealed::profile_beside(&journal, &row.person, wrapped)?;
                        // Whoever was erased is left out.
                        found.extend(profile.map(|Profile { name, contacts }| StaffMember {
                            account: row.account,
                            person: row.person.id,
                            name,
                            unit: row.unit,
                            email: contacts.email,
                        }));
                    }
                    if found.len() >= MOST {
                        break;
                    }
                }
                let by_name = |member: &StaffMember| member.name.full().to_lowercase();
                found.sort_by_cached_key(by_name);
                Ok(found)
            })
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_by_parts_of_their_name_or_e_mail() {
        let name = PersonName {
            last: "Семёнова".to_owned(),
            first: "Анна".to_owned(),
            middle: Some("Петровна".to_owned()),
        };
        let found = |words| fits(words, &name, "A.Semenova@okno.example");
        for words in [
            "",
            "семен",
            "АННА СЕМ",
            "петр анн",
            "semenova@",
            "okno анна",
        ] {
            assert!(found(words), "{words}");
        }
        for words in ["Борис", "анна борис", "semionova"] {
            assert!(!found(words), "{words}");
        }
    }
}
