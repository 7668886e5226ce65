//! Printed answers by the hash of the file.

use base::Result;
use base::id::{AnswerId, CaseId};
use store::{Db, Table, Tx, args};

/// Printed answers.
pub(crate) const PAPER: Table = Table {
    name: "case_paper",
    key: &["sha256"],
};

pub(crate) fn insert_paper(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    case: CaseId,
    answer: AnswerId,
) -> Result<()> {
    let now = tx.now();
    tx.write(
        &PAPER,
        "INSERT INTO case_paper (sha256, case_id, answer_id, printed_at) VALUES ($1,$2,$3,$4)",
        args![crate::filing::hex(hash), case, answer, now],
    )?;
    Ok(())
}

/// The case and the answer of a printed file.
pub(crate) fn paper_of_hash(
    db: &mut Db<'_>,
    hash: &[u8; 32],
) -> Result<Option<(CaseId, AnswerId)>> {
    db.first(
        "SELECT case_id, answer_id FROM case_paper WHERE sha256 = $1",
        args![crate::filing::hex(hash)],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}
