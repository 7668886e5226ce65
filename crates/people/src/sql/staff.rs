//! SQL that finds colleagues in the units that somebody is over.

use base::Result;
use base::id::{AccountId, UnitId};
use store::{Db, ToArg};

use super::PersonRow;

/// Units that one question about staff names: the text stays one, whoever asks.
pub(crate) const STAFF_UNITS: usize = 64;

pub(crate) struct StaffRow {
    pub(crate) account: AccountId,
    pub(crate) unit: UnitId,
    pub(crate) person: PersonRow,
}

/// Specialists and heads with a grant in one of `units`, of which there may be [`STAFF_UNITS`].
pub(crate) fn staff(db: &mut Db<'_>, units: &[UnitId], limit: usize) -> Result<Vec<StaffRow>> {
    let Some(last) = units.last() else {
        return Ok(Vec::new());
    };
    let places: Vec<String> = (2..STAFF_UNITS + 2).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT a.id, g.unit_id, p.id, p.data_key_id, p.name, p.contacts \
         FROM grant_role g JOIN account a ON a.id = g.account_id AND a.state = 'active' \
         JOIN person p ON p.id = a.person_id \
         WHERE g.role IN ('specialist', 'head') AND g.unit_id IN ({}) ORDER BY a.id LIMIT $1",
        places.join(",")
    );
    let mut arguments = vec![limit.to_arg()];
    // The last unit fills the places that are left over.
    let named = units.iter().chain(std::iter::repeat(last));
    arguments.extend(named.take(STAFF_UNITS).map(ToArg::to_arg));
    db.query(&sql, &arguments, |row| {
        Ok(StaffRow {
            account: row.get(0)?,
            unit: row.get(1)?,
            person: PersonRow {
                id: row.get(2)?,
                data_key: row.get(3)?,
                name: row.get(4)?,
                contacts: row.get(5)?,
            },
        })
    })
}
