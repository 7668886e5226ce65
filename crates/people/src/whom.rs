//! Whom to tell: the people behind accounts and the heads of units, for those parts of the house
//! that write to them. Each function is part of a reading or change that has its own right to it.

use base::Result;
use base::id::{AccountId, PersonId, UnitId};
use store::Db;

use crate::model::Profile;
use crate::{People, sealed, sql};

/// The longest way up a tree of units that is walked.
const HIGHEST: usize = 20;

impl People {
    /// A person's name and contacts, within a reading that has its own right to them;
    /// [`base::Error::NotFound`] when the person was erased.
    pub fn profile_of(&self, db: &mut Db<'_>, person: PersonId) -> Result<Profile> {
        let row = sql::person(db, person)?;
        sealed::profile(db, &self.0.journal, &row)
    }

    /// Whose account this is, while it is open.
    pub fn person_of(db: &mut Db<'_>, account: AccountId) -> Result<Option<PersonId>> {
        sql::person_of(db, account)
    }

    /// Whether the account of somebody is closed, so that they cannot sign in.
    pub fn has_left(db: &mut Db<'_>, person: PersonId) -> Result<bool> {
        sql::has_left(db, person)
    }

    /// Whether somebody works for an authority.
    pub fn is_staff(db: &mut Db<'_>, person: PersonId) -> Result<bool> {
        sql::is_staff(db, person)
    }

    /// The heads whose grant is over this very unit, twenty at the most.
    pub fn heads_of(db: &mut Db<'_>, unit: UnitId) -> Result<Vec<PersonId>> {
        sql::heads_of(db, unit)
    }

    /// A unit and those above it, the nearest first, as the database has them now.
    pub fn units_above(db: &mut Db<'_>, unit: UnitId) -> Result<Vec<UnitId>> {
        let mut way = vec![unit];
        while way.len() < HIGHEST
            && let Some(above) = sql::unit_above(db, way[way.len() - 1])?
            && !way.contains(&above)
        {
            way.push(above);
        }
        Ok(way)
    }

    /// A unit's code and its names in Russian and English, as the database has them now.
    pub fn unit_names(db: &mut Db<'_>, unit: UnitId) -> Result<Option<(String, String, String)>> {
        sql::unit_names(db, unit)
    }
}
