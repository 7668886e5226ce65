//! SQL of letterheads and of the posts that stand under answers.

use base::Result;
use base::id::{AccountId, UnitId};
use store::{Db, ToArg, Tx, args};
use uuid::Uuid;

use super::{GRANT_ROLE, UNIT_DETAIL};

/// How many units upwards are asked for a letterhead: the text stays one, whoever asks.
pub(crate) const HIGHEST: usize = 20;

/// A unit's letterhead, as columns.
pub(crate) struct LetterheadRow {
    pub(crate) unit: UnitId,
    pub(crate) head_ru: String,
    pub(crate) head_en: String,
    pub(crate) foot_ru: String,
    pub(crate) foot_en: String,
    pub(crate) mark: Option<Vec<u8>>,
}

/// The letterheads of those of `units` that have one; of at most [`HIGHEST`] of them.
pub(crate) fn letterheads_of(db: &mut Db<'_>, units: &[UnitId]) -> Result<Vec<LetterheadRow>> {
    let Some(last) = units.last() else {
        return Ok(Vec::new());
    };
    let places: Vec<String> = (1..=HIGHEST).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT unit_id, letter_head, COALESCE(letter_head_en, ''), letter_foot, \
         COALESCE(letter_foot_en, ''), letter_mark FROM unit_detail \
         WHERE unit_id IN ({}) AND (letter_head <> '' OR letter_mark IS NOT NULL)",
        places.join(",")
    );
    // The last unit fills the places that are left over.
    let named = units.iter().chain(std::iter::repeat(last));
    let arguments: Vec<_> = named.take(HIGHEST).map(ToArg::to_arg).collect();
    db.query(&sql, &arguments, |row| {
        Ok(LetterheadRow {
            unit: row.get(0)?,
            head_ru: row.get(1)?,
            head_en: row.get(2)?,
            foot_ru: row.get(3)?,
            foot_en: row.get(4)?,
            mark: row.get(5)?,
        })
    })
}

const WITH_LETTERHEAD: &str = "SELECT unit_id FROM unit_detail \
     WHERE letter_head <> '' OR letter_mark IS NOT NULL ORDER BY unit_id LIMIT 10000";

/// The units that have a letterhead of their own.
pub(crate) fn with_letterhead(db: &mut Db<'_>) -> Result<Vec<UnitId>> {
    db.query(WITH_LETTERHEAD, &[], |row| row.get(0))
}

const SET_LETTERHEAD: &str = "INSERT INTO unit_detail \
     (unit_id, address, phone, email, hours, letter_head, letter_head_en, letter_foot, \
      letter_foot_en, letter_mark) \
     VALUES ($1, '', '', '', '', $2, $3, $4, $5, $6) ON CONFLICT (unit_id) DO UPDATE \
     SET letter_head = excluded.letter_head, letter_head_en = excluded.letter_head_en, \
     letter_foot = excluded.letter_foot, letter_foot_en = excluded.letter_foot_en, \
     letter_mark = excluded.letter_mark";

pub(crate) fn set_letterhead(tx: &mut Tx<'_>, row: &LetterheadRow) -> Result<()> {
    tx.write(
        &UNIT_DETAIL,
        SET_LETTERHEAD,
        args![
            row.unit,
            row.head_ru,
            row.head_en,
            row.foot_ru,
            row.foot_en,
            row.mark
        ],
    )?;
    Ok(())
}

const SET_POST: &str = "UPDATE grant_role SET post = $3 WHERE id = $1 AND account_id = $2";

pub(crate) fn set_post(tx: &mut Tx<'_>, id: Uuid, account: AccountId, post: &str) -> Result<()> {
    let post = Some(post).filter(|post| !post.is_empty());
    tx.write(&GRANT_ROLE, SET_POST, args![id, account, post])?;
    Ok(())
}

const POSTS_OF: &str = "SELECT id, unit_id, post FROM grant_role \
     WHERE account_id = $1 AND post IS NOT NULL ORDER BY id LIMIT 200";

/// The posts of an account: the role's row, its unit, the post.
pub(crate) fn posts_of(
    db: &mut Db<'_>,
    account: AccountId,
) -> Result<Vec<(Uuid, Option<UnitId>, String)>> {
    db.query(POSTS_OF, args![account], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}
