//! A trial write after the store was closed for changes: big enough that a full disk cannot hide
//! in the free end of a page.

use base::Result;

use crate::args;
use crate::sql;
use crate::tx::Tx;

/// How often the trial is made.
pub(crate) const EVERY: std::time::Duration = std::time::Duration::from_secs(2);

const BYTES: usize = 64 * 1024;

/// Writes the filler; commit, then write an empty one by [`empty`].
pub(crate) fn fill(tx: &mut Tx<'_>) -> Result<()> {
    // Random, so that PostgreSQL cannot make it small.
    let mut filler = vec![0; BYTES];
    base::id::fill_random(&mut filler);
    tx.execute(sql::FILL_PROBE, args![filler])?;
    Ok(())
}

/// Gives the room back.
pub(crate) fn empty(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute(sql::FILL_PROBE, args![[0u8; 0]])?;
    Ok(())
}
