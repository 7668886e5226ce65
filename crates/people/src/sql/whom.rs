//! Whom to tell: accounts, heads and the way up the tree of units.

use base::Result;
use base::id::{AccountId, PersonId, UnitId};
use store::{Db, args};

const PERSON_OF: &str = "SELECT person_id FROM account WHERE id = $1 AND state = 'active'";

pub(crate) fn person_of(db: &mut Db<'_>, account: AccountId) -> Result<Option<PersonId>> {
    db.first(PERSON_OF, args![account], |row| row.get(0))
}

const HAS_LEFT: &str = "SELECT 1 FROM account WHERE person_id = $1 AND state = 'closed' LIMIT 1";

pub(crate) fn has_left(db: &mut Db<'_>, person: PersonId) -> Result<bool> {
    Ok(db.first(HAS_LEFT, args![person], |_| Ok(()))?.is_some())
}

const IS_STAFF: &str = "SELECT 1 FROM account a JOIN grant_role g ON g.account_id = a.id \
     WHERE a.person_id = $1 AND g.role <> 'applicant' LIMIT 1";

pub(crate) fn is_staff(db: &mut Db<'_>, person: PersonId) -> Result<bool> {
    Ok(db.first(IS_STAFF, args![person], |_| Ok(()))?.is_some())
}

const HEADS_OF: &str = "SELECT DISTINCT a.person_id FROM grant_role g \
     JOIN account a ON a.id = g.account_id AND a.state = 'active' \
     WHERE g.role = 'head' AND g.unit_id = $1 ORDER BY a.person_id LIMIT 20";

pub(crate) fn heads_of(db: &mut Db<'_>, unit: UnitId) -> Result<Vec<PersonId>> {
    db.query(HEADS_OF, args![unit], |row| row.get(0))
}

const UNIT_ABOVE: &str = "SELECT parent_id FROM unit WHERE id = $1";

pub(crate) fn unit_above(db: &mut Db<'_>, unit: UnitId) -> Result<Option<UnitId>> {
    let above: Option<Option<UnitId>> = db.first(UNIT_ABOVE, args![unit], |row| row.get(0))?;
    Ok(above.flatten())
}

const UNIT_NAMES: &str = "SELECT code, name_ru, name_en FROM unit WHERE id = $1";

pub(crate) fn unit_names(
    db: &mut Db<'_>,
    unit: UnitId,
) -> Result<Option<(String, String, String)>> {
    db.first(UNIT_NAMES, args![unit], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}
