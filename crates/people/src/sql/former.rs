//! SQL of those who work for an authority no more, of who looked whom up, and of the people whom
//! acts are about.

use base::id::{AccountId, PersonId};
use base::{Moment, Result};
use store::{Db, ToArg, args};
use uuid::Uuid;

use super::PersonRow;

/// Somebody who once had a role of staff and has none.
pub(crate) struct FormerRow {
    pub(crate) account: AccountId,
    pub(crate) active: bool,
    pub(crate) since: Moment,
    pub(crate) person: PersonRow,
    /// The key that opens the person's row; none when they were erased.
    pub(crate) wrapped: Option<Vec<u8>>,
}

// Of the roles that were taken from somebody the last alone is looked at, so that each stands once.
const FORMER_STAFF: &str = "SELECT a.id, a.state, t.acted_at, p.id, p.data_key_id, p.name, \
     p.contacts, k.wrapped FROM admin_act t JOIN person p ON p.id = t.entity_id \
     JOIN account a ON a.person_id = p.id LEFT JOIN data_key k ON k.id = p.data_key_id \
     WHERE t.action = 'person.role_taken' AND t.entity_id > $1 \
     AND NOT EXISTS (SELECT 1 FROM admin_act n WHERE n.action = 'person.role_taken' \
         AND n.entity_id = t.entity_id AND n.id > t.id) \
     AND NOT EXISTS (SELECT 1 FROM grant_role g WHERE g.account_id = a.id AND g.role <> 'applicant') \
     ORDER BY t.entity_id LIMIT $2";

/// Those whose person comes after `after`, in the order of their persons.
pub(crate) fn former_staff(db: &mut Db<'_>, after: Uuid, limit: usize) -> Result<Vec<FormerRow>> {
    db.query(FORMER_STAFF, args![after, limit], |row| {
        Ok(FormerRow {
            account: row.get(0)?,
            active: row.get::<String>(1)? == "active",
            since: row.get(2)?,
            person: PersonRow {
                id: row.get(3)?,
                data_key: row.get(4)?,
                name: row.get(5)?,
                contacts: row.get(6)?,
            },
            wrapped: row.get(7)?,
        })
    })
}

const LOOKED_UP: &str = "SELECT 1 FROM admin_act WHERE actor_account = $1 AND id >= $2 \
     AND entity_id = $3 AND action = $4 LIMIT 1";

/// Whether `reader` has done this to `person` since `first`, an identifier that acts of then begin
/// with.
pub(crate) fn acted_since(
    db: &mut Db<'_>,
    reader: AccountId,
    first: Uuid,
    person: PersonId,
    action: &str,
) -> Result<bool> {
    let known = db.first(LOOKED_UP, args![reader, first, person, action], |_| Ok(()))?;
    Ok(known.is_some())
}

/// These persons, each with the key that opens its row; none where they were erased.
pub(crate) fn persons(
    db: &mut Db<'_>,
    persons: &[Uuid],
) -> Result<Vec<(PersonRow, Option<Vec<u8>>)>> {
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    let places: Vec<String> = (1..=persons.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT p.id, p.data_key_id, p.name, p.contacts, k.wrapped FROM person p \
         LEFT JOIN data_key k ON k.id = p.data_key_id WHERE p.id IN ({})",
        places.join(",")
    );
    let arguments: Vec<_> = persons.iter().map(ToArg::to_arg).collect();
    db.query(&sql, &arguments, |row| {
        let person = PersonRow {
            id: row.get(0)?,
            data_key: row.get(1)?,
            name: row.get(2)?,
            contacts: row.get(3)?,
        };
        Ok((person, row.get(4)?))
    })
}
