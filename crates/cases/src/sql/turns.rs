//! The turns of a case, what the applicant thinks of the work, the cases that belong together, the
//! signatures of answers.

use base::id::{AccountId, AnswerId, CaseId};
use base::{Moment, Number, Result};
use store::{Db, Table, Tx, args};
use uuid::Uuid;

use super::course::{MOST, broken};
use crate::model::Side;

/// Turns.
pub(crate) const TURN: Table = Table {
    name: "case_turn",
    key: &["id"],
};
/// Ratings.
pub(crate) const RATING: Table = Table {
    name: "case_rating",
    key: &["case_id"],
};
/// Cases that belong together.
pub(crate) const LINK: Table = Table {
    name: "case_link",
    key: &["case_id", "other_id"],
};
/// Signatures of answers.
pub(crate) const SIGNATURE: Table = Table {
    name: "case_signature",
    key: &["answer_id"],
};

pub(crate) struct TurnRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) side: Side,
    pub(crate) made_by: Option<AccountId>,
    pub(crate) made_at: Moment,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn insert_turn(tx: &mut Tx<'_>, case: CaseId, row: &TurnRow) -> Result<()> {
    tx.write(
        &TURN,
        "INSERT INTO case_turn (id, case_id, kind, side, made_by, made_at, body) \
         VALUES ($1,$2,$3,$4,$5,$6,$7)",
        args![
            row.id,
            case,
            row.kind,
            row.side.code(),
            row.made_by,
            row.made_at,
            row.body
        ],
    )?;
    Ok(())
}

pub(crate) fn turns(db: &mut Db<'_>, case: CaseId) -> Result<Vec<TurnRow>> {
    db.query(
        "SELECT id, kind, side, made_by, made_at, body FROM case_turn WHERE case_id = $1 \
         ORDER BY made_at, id LIMIT $2",
        args![case, MOST],
        |row| {
            Ok(TurnRow {
                id: row.get(0)?,
                kind: row.get(1)?,
                side: Side::from_code(&row.get::<String>(2)?).ok_or_else(|| broken("case_turn"))?,
                made_by: row.get(3)?,
                made_at: row.get(4)?,
                body: row.get(5)?,
            })
        },
    )
}

/// How often a case has taken a turn of this kind.
pub(crate) fn count_turns(db: &mut Db<'_>, case: CaseId, kind: &str) -> Result<i64> {
    db.one(
        "SELECT count(*) FROM case_turn WHERE case_id = $1 AND kind = $2",
        args![case, kind],
        |row| row.get(0),
    )
}

/// The newest turn of a kind.
pub(crate) fn last_turn(db: &mut Db<'_>, case: CaseId, kind: &str) -> Result<Option<Moment>> {
    db.first(
        "SELECT made_at FROM case_turn WHERE case_id = $1 AND kind = $2 ORDER BY made_at DESC LIMIT 1",
        args![case, kind],
        |row| row.get(0),
    )
}

pub(crate) struct RatingRow {
    pub(crate) stars: i64,
    pub(crate) rated_at: Moment,
    pub(crate) replied_by: Option<AccountId>,
    pub(crate) replied_at: Option<Moment>,
    pub(crate) body: Vec<u8>,
}

pub(crate) fn put_rating(tx: &mut Tx<'_>, case: CaseId, row: &RatingRow) -> Result<()> {
    tx.write(
        &RATING,
        "INSERT INTO case_rating (case_id, stars, rated_at, replied_by, replied_at, body) \
         VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (case_id) DO UPDATE SET stars = excluded.stars, \
         rated_at = excluded.rated_at, replied_by = excluded.replied_by, \
         replied_at = excluded.replied_at, body = excluded.body",
        args![
            case,
            row.stars,
            row.rated_at,
            row.replied_by,
            row.replied_at,
            row.body
        ],
    )?;
    Ok(())
}

pub(crate) fn rating(db: &mut Db<'_>, case: CaseId) -> Result<Option<RatingRow>> {
    db.first(
        "SELECT stars, rated_at, replied_by, replied_at, body FROM case_rating WHERE case_id = $1",
        args![case],
        |row| {
            Ok(RatingRow {
                stars: row.get(0)?,
                rated_at: row.get(1)?,
                replied_by: row.get(2)?,
                replied_at: row.get(3)?,
                body: row.get(4)?,
            })
        },
    )
}

pub(crate) fn insert_link(
    tx: &mut Tx<'_>,
    objection: CaseId,
    against: CaseId,
    kind: &str,
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &LINK,
        "INSERT INTO case_link (case_id, other_id, kind, linked_at) VALUES ($1,$2,$3,$4)",
        args![objection, against, kind, now],
    )?;
    Ok(())
}

pub(crate) struct LinkRow {
    pub(crate) case: CaseId,
    pub(crate) number: Number,
    pub(crate) objects_to_this: bool,
}

/// The cases on the other ends of the links of a case, whichever way they point.
pub(crate) fn links(db: &mut Db<'_>, case: CaseId) -> Result<Vec<LinkRow>> {
    let mut found = Vec::new();
    let queries = [
        (
            "SELECT f.id, f.number FROM case_link l JOIN case_file f ON f.id = l.other_id \
             WHERE l.case_id = $1 ORDER BY l.linked_at, f.id LIMIT $2",
            false,
        ),
        (
            "SELECT f.id, f.number FROM case_link l JOIN case_file f ON f.id = l.case_id \
             WHERE l.other_id = $1 ORDER BY l.linked_at, f.id LIMIT $2",
            true,
        ),
    ];
    for (query, objects_to_this) in queries {
        let rows = db.query(query, args![case, MOST], |row| {
            Ok(LinkRow {
                case: row.get(0)?,
                number: row
                    .get::<String>(1)?
                    .parse()
                    .map_err(|_| broken("case_link"))?,
                objects_to_this,
            })
        })?;
        found.extend(rows);
    }
    Ok(found)
}

pub(crate) fn insert_signature(
    tx: &mut Tx<'_>,
    answer: AnswerId,
    case: CaseId,
    by: AccountId,
    digest: &str,
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &SIGNATURE,
        "INSERT INTO case_signature (answer_id, case_id, account_id, signed_at, answer_sha256) \
         VALUES ($1,$2,$3,$4,$5)",
        args![answer, case, by, now, digest],
    )?;
    Ok(())
}

/// Who agreed to the answers of a case and who signed them; nobody twice.
pub(crate) fn deciders(db: &mut Db<'_>, case: CaseId) -> Result<Vec<AccountId>> {
    let mut all: Vec<AccountId> = db.query(
        "SELECT account_id FROM case_signature WHERE case_id = $1 LIMIT $2",
        args![case, MOST],
        |row| row.get(0),
    )?;
    let heads: Vec<Option<AccountId>> = db.query(
        "SELECT head_id FROM case_answer WHERE case_id = $1 AND state = 'delivered' LIMIT $2",
        args![case, MOST],
        |row| row.get(0),
    )?;
    for head in heads.into_iter().flatten() {
        if !all.contains(&head) {
            all.push(head);
        }
    }
    Ok(all)
}
