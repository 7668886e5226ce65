//! What there is beside a case, asked in one question: most cases have nearly nothing of it, and
//! nothing is read that is not there.

use base::Result;
use base::id::CaseId;
use store::{Db, args};

/// One bit for each kind of thing that a case has at least one of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct There(i64);

/// A kind of thing beside a case, with the bit that says whether there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i64)]
pub(crate) enum Beside {
    Messages = 1,
    Answers = 1 << 1,
    Waits = 1 << 2,
    Extensions = 1 << 3,
    Parts = 1 << 4,
    Parties = 1 << 5,
    Turns = 1 << 6,
    Rating = 1 << 7,
    Links = 1 << 8,
    Intake = 1 << 9,
    Notes = 1 << 10,
    Documents = 1 << 11,
    /// Heads were told about the term that it has now.
    Escalation = 1 << 12,
}

impl There {
    /// Whether there is one.
    pub(crate) const fn has(self, what: Beside) -> bool {
        self.0 & what as i64 != 0
    }

    /// The rows of a kind, read only when there are any.
    pub(crate) fn read<T: Default>(
        self,
        what: Beside,
        rows: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        if self.has(what) {
            rows()
        } else {
            Ok(T::default())
        }
    }
}

/// What there is beside a case.
pub(crate) fn there(db: &mut Db<'_>, case: CaseId) -> Result<There> {
    let found: Option<i64> = db.first(
        "SELECT \
           CASE WHEN EXISTS (SELECT 1 FROM case_message WHERE case_id = $1) THEN 1 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_answer WHERE case_id = $1) THEN 2 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_wait WHERE case_id = $1) THEN 4 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_extension WHERE case_id = $1) THEN 8 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_part WHERE case_id = $1) THEN 16 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_party WHERE case_id = $1 AND ended_at IS NULL) \
             THEN 32 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_turn WHERE case_id = $1) THEN 64 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_rating WHERE case_id = $1) THEN 128 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_link WHERE case_id = $1) \
             OR EXISTS (SELECT 1 FROM case_link WHERE other_id = $1) THEN 256 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_intake WHERE case_id = $1) THEN 512 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_note WHERE case_id = $1) THEN 1024 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_document WHERE case_id = $1) THEN 2048 ELSE 0 END \
         + CASE WHEN EXISTS (SELECT 1 FROM case_mark m WHERE m.case_id = $1 \
             AND m.kind = 'escalated' AND m.due_on = f.due_on) THEN 4096 ELSE 0 END \
         FROM case_file f WHERE f.id = $1",
        args![case],
        |row| row.get(0),
    )?;
    Ok(There(found.unwrap_or_default()))
}
