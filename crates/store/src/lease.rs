//! Leases: who of several processes does a thing just now, for a limited time. Used inside
//! `housekeeping`; whoever holds a lease renews it well before it runs out.

use base::{Moment, Result};

use crate::args;
use crate::db::Db;
use crate::sql;
use crate::tx::Tx;

/// The right to do a named thing until a moment.
pub struct Lease;

impl Lease {
    /// Takes the lease `name` for `ttl_seconds`, or takes it again; says whether `holder` has it.
    pub fn try_acquire(
        tx: &mut Tx<'_>,
        name: &str,
        holder: &str,
        ttl_seconds: u32,
    ) -> Result<bool> {
        let now = tx.now();
        let until = now.plus_seconds(ttl_seconds.into());
        Ok(tx.execute(sql::TAKE_LEASE, args![name, holder, until, now])? == 1)
    }

    /// Prolongs a lease that still runs; false when it ran out or is another's.
    pub fn renew(tx: &mut Tx<'_>, name: &str, holder: &str, ttl_seconds: u32) -> Result<bool> {
        let now = tx.now();
        let until = now.plus_seconds(ttl_seconds.into());
        Ok(tx.execute(sql::RENEW_LEASE, args![name, holder, until, now])? == 1)
    }

    /// Whether anybody holds the lease at `now`.
    pub fn is_held(db: &mut Db<'_>, name: &str, now: Moment) -> Result<bool> {
        let held = db.first(sql::HELD_LEASE, args![name, now], |_| Ok(()))?;
        Ok(held.is_some())
    }

    /// Gives a lease back; a lease of another stays.
    pub fn release(tx: &mut Tx<'_>, name: &str, holder: &str) -> Result<()> {
        tx.execute(sql::RELEASE_LEASE, args![name, holder])?;
        Ok(())
    }
}
