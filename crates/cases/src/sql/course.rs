//! The course of a case: requests for documents, extensions, parts, parties, and what they change
//! in its row.

use base::id::{AccountId, CaseId, PersonId, UnitId};
use base::{Moment, Result};
use jiff::civil::Date;
use store::{Db, Table, Tx, args};
use uuid::Uuid;

use crate::model::{PartState, PartyRole, Shared, State};

/// Requests for documents.
pub(crate) const WAIT: Table = Table {
    name: "case_wait",
    key: &["id"],
};
/// Extensions of terms.
pub(crate) const EXTENSION: Table = Table {
    name: "case_extension",
    key: &["id"],
};
/// Parts of the work.
pub(crate) const PART: Table = Table {
    name: "case_part",
    key: &["id"],
};
/// Parties beside the applicant.
pub(crate) const PARTY: Table = Table {
    name: "case_party",
    key: &["id"],
};

/// The most of each that a case has and that are read.
pub(crate) const MOST: i64 = 200;

pub(super) fn broken(what: &str) -> base::Error {
    base::Error::internal(format!("{what} holds an unknown code"))
}

pub(crate) struct WaitRow {
    pub(crate) id: Uuid,
    pub(crate) asked_at: Moment,
    pub(crate) returns_to: State,
    pub(crate) ground: Option<String>,
    pub(crate) ended_at: Option<Moment>,
    pub(crate) send_by: Option<Date>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn insert_wait(
    tx: &mut Tx<'_>,
    case: CaseId,
    by: AccountId,
    row: &WaitRow,
) -> Result<()> {
    tx.write(
        &WAIT,
        "INSERT INTO case_wait (id, case_id, asked_by, asked_at, returns_to, ground, ended_at, body, \
         send_by) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)",
        args![
            row.id,
            case,
            by,
            row.asked_at,
            row.returns_to.code(),
            row.ground,
            row.ended_at,
            row.body,
            row.send_by
        ],
    )?;
    Ok(())
}

pub(crate) fn waits(db: &mut Db<'_>, case: CaseId) -> Result<Vec<WaitRow>> {
    db.query(
        "SELECT id, asked_at, returns_to, ground, ended_at, body, send_by FROM case_wait WHERE case_id = $1 \
         ORDER BY asked_at, id LIMIT $2",
        args![case, MOST],
        |row| {
            Ok(WaitRow {
                id: row.get(0)?,
                asked_at: row.get(1)?,
                returns_to: State::from_code(&row.get::<String>(2)?)
                    .ok_or_else(|| broken("case_wait"))?,
                ground: row.get(3)?,
                ended_at: row.get(4)?,
                body: row.get(5)?,
                send_by: row.get(6)?,
            })
        },
    )
}

pub(crate) fn end_wait(tx: &mut Tx<'_>, id: Uuid) -> Result<()> {
    let now = tx.now();
    tx.write(
        &WAIT,
        "UPDATE case_wait SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
        args![id, now],
    )?;
    Ok(())
}

pub(crate) struct ExtensionRow {
    pub(crate) id: Uuid,
    pub(crate) decided_by: AccountId,
    pub(crate) decided_at: Moment,
    pub(crate) decided_on: Date,
    pub(crate) days: i64,
    pub(crate) ground: String,
    pub(crate) due_before: Date,
    pub(crate) due_on: Date,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn insert_extension(tx: &mut Tx<'_>, case: CaseId, row: &ExtensionRow) -> Result<()> {
    tx.write(
        &EXTENSION,
        "INSERT INTO case_extension (id, case_id, decided_by, decided_at, decided_on, days, ground, \
         due_before, due_on, body) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
        args![
            row.id,
            case,
            row.decided_by,
            row.decided_at,
            row.decided_on,
            row.days,
            row.ground,
            row.due_before,
            row.due_on,
            row.body
        ],
    )?;
    Ok(())
}

pub(crate) fn extensions(db: &mut Db<'_>, case: CaseId) -> Result<Vec<ExtensionRow>> {
    db.query(
        "SELECT id, decided_by, decided_at, decided_on, days, ground, due_before, due_on, body \
         FROM case_extension WHERE case_id = $1 ORDER BY decided_at, id LIMIT $2",
        args![case, MOST],
        |row| {
            Ok(ExtensionRow {
                id: row.get(0)?,
                decided_by: row.get(1)?,
                decided_at: row.get(2)?,
                decided_on: row.get(3)?,
                days: row.get(4)?,
                ground: row.get(5)?,
                due_before: row.get(6)?,
                due_on: row.get(7)?,
                body: row.get(8)?,
            })
        },
    )
}

/// Puts a term anew: its last day and its explanation.
pub(crate) fn set_term(tx: &mut Tx<'_>, case: CaseId, due_on: Date, term: &str) -> Result<()> {
    tx.write(
        &super::CASE,
        "UPDATE case_file SET due_on = $2, term = $3 WHERE id = $1",
        args![case, due_on, term],
    )?;
    Ok(())
}

pub(crate) struct PartRow {
    pub(crate) id: Uuid,
    pub(crate) unit: UnitId,
    pub(crate) account: Option<AccountId>,
    pub(crate) asked_by: AccountId,
    pub(crate) asked_at: Moment,
    pub(crate) due_on: Option<Date>,
    pub(crate) state: PartState,
    pub(crate) ended_at: Option<Moment>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn put_part(tx: &mut Tx<'_>, case: CaseId, row: &PartRow) -> Result<()> {
    tx.write(
        &PART,
        "INSERT INTO case_part (id, case_id, unit_id, account_id, asked_by, asked_at, due_on, state, \
         ended_at, body) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) \
         ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, state = excluded.state, \
         ended_at = excluded.ended_at, body = excluded.body",
        args![
            row.id,
            case,
            row.unit,
            row.account,
            row.asked_by,
            row.asked_at,
            row.due_on,
            row.state.code(),
            row.ended_at,
            row.body
        ],
    )?;
    Ok(())
}

pub(crate) fn parts(db: &mut Db<'_>, case: CaseId) -> Result<Vec<PartRow>> {
    db.query(
        "SELECT id, unit_id, account_id, asked_by, asked_at, due_on, state, ended_at, body \
         FROM case_part WHERE case_id = $1 ORDER BY asked_at, id LIMIT $2",
        args![case, MOST],
        |row| {
            Ok(PartRow {
                id: row.get(0)?,
                unit: row.get(1)?,
                account: row.get(2)?,
                asked_by: row.get(3)?,
                asked_at: row.get(4)?,
                due_on: row.get(5)?,
                state: PartState::from_code(&row.get::<String>(6)?)
                    .ok_or_else(|| broken("case_part"))?,
                ended_at: row.get(7)?,
                body: row.get(8)?,
            })
        },
    )
}

pub(crate) struct PartyRow {
    pub(crate) id: Uuid,
    pub(crate) role: PartyRole,
    pub(crate) person: Option<PersonId>,
    pub(crate) added_by: Option<AccountId>,
    pub(crate) added_at: Moment,
    pub(crate) agreed_at: Option<Moment>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn insert_party(tx: &mut Tx<'_>, case: CaseId, row: &PartyRow) -> Result<()> {
    tx.write(
        &PARTY,
        "INSERT INTO case_party (id, case_id, role, person_id, added_by, added_at, body) \
         VALUES ($1,$2,$3,$4,$5,$6,$7)",
        args![
            row.id,
            case,
            row.role.code(),
            row.person,
            row.added_by,
            row.added_at,
            row.body
        ],
    )?;
    Ok(())
}

/// Takes a party off the case; false when there is none.
pub(crate) fn end_party(tx: &mut Tx<'_>, case: CaseId, id: Uuid) -> Result<bool> {
    let now = tx.now();
    let ended = tx.write(
        &PARTY,
        "UPDATE case_party SET ended_at = $3 WHERE id = $1 AND case_id = $2 AND ended_at IS NULL",
        args![id, case, now],
    )?;
    Ok(ended == 1)
}

/// Somebody agrees to stand in a case.
pub(crate) fn agree_party(tx: &mut Tx<'_>, case: CaseId, person: PersonId) -> Result<()> {
    let now = tx.now();
    tx.write(
        &PARTY,
        "UPDATE case_party SET agreed_at = $3 WHERE case_id = $1 AND person_id = $2 \
         AND ended_at IS NULL AND agreed_at IS NULL",
        args![case, person, now],
    )?;
    Ok(())
}

/// Somebody declines to stand in a case, and leaves it.
pub(crate) fn decline_party(tx: &mut Tx<'_>, case: CaseId, person: PersonId) -> Result<()> {
    let now = tx.now();
    tx.write(
        &PARTY,
        "UPDATE case_party SET declined_at = $3, ended_at = $3 WHERE case_id = $1 \
         AND person_id = $2 AND ended_at IS NULL",
        args![case, person, now],
    )?;
    Ok(())
}

/// Whether somebody has declined to stand in a case.
pub(crate) fn has_declined(db: &mut Db<'_>, case: CaseId, person: PersonId) -> Result<bool> {
    let found = db.first(
        "SELECT 1 FROM case_party WHERE case_id = $1 AND person_id = $2 \
         AND declined_at IS NOT NULL LIMIT 1",
        args![case, person],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// The parties that stand in a case now.
pub(crate) fn parties(db: &mut Db<'_>, case: CaseId) -> Result<Vec<PartyRow>> {
    db.query(
        "SELECT id, role, person_id, added_by, added_at, agreed_at, body FROM case_party \
         WHERE case_id = $1 AND ended_at IS NULL ORDER BY added_at, id LIMIT $2",
        args![case, MOST],
        |row| {
            Ok(PartyRow {
                id: row.get(0)?,
                role: PartyRole::from_code(&row.get::<String>(1)?)
                    .ok_or_else(|| broken("case_party"))?,
                person: row.get(2)?,
                added_by: row.get(3)?,
                added_at: row.get(4)?,
                agreed_at: row.get(5)?,
                body: row.get(6)?,
            })
        },
    )
}

/// Whom a case is open to beside its unit and its applicant.
pub(crate) fn shared(db: &mut Db<'_>, case: CaseId) -> Result<Shared> {
    let mut shared = Shared::default();
    let rows: Vec<(bool, Uuid, String, Option<Moment>)> = db.query(
        "SELECT party, whose, what, agreed_at FROM (SELECT CAST(0 AS BIGINT) AS party, \
           unit_id AS whose, state AS what, ended_at AS agreed_at, asked_at AS since, id \
           FROM case_part WHERE case_id = $1 AND state <> 'withdrawn' \
           ORDER BY asked_at, id LIMIT $2) AS parts \
         UNION ALL \
         SELECT party, whose, what, agreed_at FROM (SELECT CAST(1 AS BIGINT) AS party, \
           person_id AS whose, role AS what, agreed_at, added_at AS since, id \
           FROM case_party WHERE case_id = $1 AND ended_at IS NULL AND person_id IS NOT NULL \
           ORDER BY added_at, id LIMIT $2) AS parties",
        args![case, MOST],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
    )?;
    for (is_party, whose, what, agreed_at) in rows {
        if is_party {
            let all = match agreed_at {
                Some(_) => &mut shared.persons,
                None => &mut shared.asked,
            };
            all.extend(PartyRole::from_code(&what).map(|role| (PersonId(whose), role)));
            continue;
        }
        let unit = UnitId(whose);
        if what == PartState::Open.code() && !shared.at_work.contains(&unit) {
            shared.at_work.push(unit);
        }
        if !shared.units.contains(&unit) {
            shared.units.push(unit);
        }
    }
    Ok(shared)
}

/// Gives a case to a unit.
pub(crate) fn set_unit(tx: &mut Tx<'_>, case: CaseId, unit: UnitId, route: &str) -> Result<()> {
    tx.write(
        &super::CASE,
        "UPDATE case_file SET unit_id = $2, route = $3 WHERE id = $1",
        args![case, unit, route],
    )?;
    Ok(())
}

/// Puts a new return code in the place of the one that held.
pub(crate) fn set_code_turn(tx: &mut Tx<'_>, case: CaseId, turn: i64) -> Result<()> {
    tx.write(
        &super::CASE,
        "UPDATE case_file SET code_turn = $2 WHERE id = $1",
        args![case, turn],
    )?;
    Ok(())
}

/// Since when an answer waits to go out on paper; none when nothing waits.
pub(crate) fn set_paper_since(tx: &mut Tx<'_>, case: CaseId, since: Option<Moment>) -> Result<()> {
    tx.write(
        &super::CASE,
        "UPDATE case_file SET paper_since = $2 WHERE id = $1",
        args![case, since],
    )?;
    Ok(())
}

/// Puts the sealed content and the subject of a case anew.
pub(crate) fn set_content(
    tx: &mut Tx<'_>,
    case: CaseId,
    category: Option<base::id::CategoryId>,
    content: &[u8],
) -> Result<()> {
    tx.write(
        &super::CASE,
        "UPDATE case_file SET category_id = $2, content = $3 WHERE id = $1",
        args![case, category, content],
    )?;
    Ok(())
}

/// When a case was put away.
pub(crate) fn closed_at(db: &mut Db<'_>, case: CaseId) -> Result<Option<Moment>> {
    db.one(
        "SELECT closed_at FROM case_file WHERE id = $1",
        args![case],
        |row| row.get(0),
    )
}
