//! SQL that finds colleagues in the units that somebody is over.

use std::collections::HashMap;

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
    /// The key that opens the person's row; none when they were erased.
    pub(crate) wrapped: Option<Vec<u8>>,
}

/// Specialists and heads with a grant in one of `units`, of which there may be [`STAFF_UNITS`].
pub(crate) fn staff(db: &mut Db<'_>, units: &[UnitId], limit: usize) -> Result<Vec<StaffRow>> {
    let Some(last) = units.last() else {
        return Ok(Vec::new());
    };
    let places: Vec<String> = (2..STAFF_UNITS + 2).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT a.id, g.unit_id, p.id, p.data_key_id, p.name, p.contacts, k.wrapped \
         FROM grant_role g JOIN account a ON a.id = g.account_id AND a.state = 'active' \
         JOIN person p ON p.id = a.person_id LEFT JOIN data_key k ON k.id = p.data_key_id \
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
            wrapped: row.get(6)?,
        })
    })
}

/// How many active accounts have a role in each unit: specialists and operators, and heads.
pub(crate) fn hands(db: &mut Db<'_>) -> Result<HashMap<UnitId, (u64, u64)>> {
    let mut found: HashMap<UnitId, (u64, u64)> = HashMap::new();
    db.each(
        "SELECT g.unit_id, CASE WHEN g.role = 'head' THEN 1 ELSE 0 END, \
         COUNT(DISTINCT g.account_id) \
         FROM grant_role g JOIN account a ON a.id = g.account_id AND a.state = 'active' \
         WHERE g.role IN ('operator', 'specialist', 'head') AND g.unit_id IS NOT NULL \
         GROUP BY g.unit_id, CASE WHEN g.role = 'head' THEN 1 ELSE 0 END",
        &[],
        |row| {
            let (head, count): (i64, i64) = (row.get(1)?, row.get(2)?);
            let entry = found.entry(row.get(0)?).or_default();
            if head == 1 {
                entry.1 = count.unsigned_abs();
            } else {
                entry.0 = count.unsigned_abs();
            }
            Ok(())
        },
    )?;
    Ok(found)
}

/// Somebody behind an account.
pub(crate) struct NamedRow {
    pub(crate) account: AccountId,
    pub(crate) active: bool,
    pub(crate) person: PersonRow,
    /// The key that opens the person's row; none when they were erased.
    pub(crate) wrapped: Option<Vec<u8>>,
}

/// The persons behind these accounts.
pub(crate) fn named(db: &mut Db<'_>, accounts: &[AccountId]) -> Result<Vec<NamedRow>> {
    let places: Vec<String> = (1..=accounts.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT a.id, a.state, p.id, p.data_key_id, p.name, p.contacts, k.wrapped \
         FROM account a JOIN person p ON p.id = a.person_id \
         LEFT JOIN data_key k ON k.id = p.data_key_id WHERE a.id IN ({})",
        places.join(",")
    );
    let arguments: Vec<_> = accounts.iter().map(ToArg::to_arg).collect();
    db.query(&sql, &arguments, |row| {
        Ok(NamedRow {
            account: row.get(0)?,
            active: row.get::<String>(1)? == "active",
            person: PersonRow {
                id: row.get(2)?,
                data_key: row.get(3)?,
                name: row.get(4)?,
                contacts: row.get(5)?,
            },
            wrapped: row.get(6)?,
        })
    })
}
