//! Readings of personal data by staff: one row for each reader, case and quarter of an hour,
//! durable before the page leaves, and an hourly entry that commits to all of them.

use base::id::{AccountId, CaseId};
use base::{Actor, Result};
use journal::NewEntry;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{Cases, filing, sql};

/// Kind of the job that writes the hourly entry.
pub const READINGS_JOB: &str = "cases.readings";
/// The entity whose entries commit to readings.
const READINGS: Uuid = Uuid::from_u128(0x6f6b_6e6f_0000_7000_8000_0000_0000_0002);
const QUARTERS: i64 = 4;

impl Cases {
    pub(crate) async fn log_reading(&self, account: AccountId, case: CaseId) -> Result<()> {
        let quarter = sql::quarter(self.0.journal.store().now());
        self.0
            .journal
            .store()
            .housekeeping(move |tx| sql::insert_reading(tx, account, case, quarter))
            .await
    }

    /// Queues the job that writes the hourly entry, when there is something to commit to and no
    /// such job waits already.
    pub async fn queue_hourly_readings(&self) -> Result<()> {
        let store = self.0.journal.store();
        let until = sql::quarter(store.now()).div_euclid(QUARTERS) * QUARTERS;
        store
            .housekeeping(move |tx| {
                let from = sql::readings_sealed_until(tx)?.unwrap_or(0);
                if sql::any_reading(tx, from, until)?
                    && !journal::jobs::is_waiting(tx, READINGS_JOB)?
                {
                    let now = tx.now();
                    journal::jobs::enqueue(tx, READINGS_JOB, "{}", now)?;
                }
                Ok(())
            })
            .await
    }

    /// Commits to the readings of every full hour that is not committed to yet, an entry for each
    /// hour that had any; the number of entries.
    pub async fn seal_readings(&self) -> Result<usize> {
        let this = self.clone();
        let store = self.0.journal.store();
        let until = sql::quarter(store.now()).div_euclid(QUARTERS) * QUARTERS;
        let unsealed = store
            .read(move |db| {
                let from = sql::readings_sealed_until(db)?.unwrap_or(0);
                sql::readings(db, from, until)
            })
            .await?;
        if unsealed.is_empty() {
            return Ok(0);
        }
        store
            .change(&Actor::system("readings"), move |tx| {
                tx.lock("readings", READINGS)?;
                let from = sql::readings_sealed_until(tx)?.unwrap_or(0);
                let rows = sql::readings(tx, from, until)?;
                sql::save_readings_sealed(tx, until)?;
                let mut sealed = 0;
                for hour in rows.chunk_by(|a, b| hour_of(a.0) == hour_of(b.0)) {
                    let mut digest = Sha256::new();
                    for (quarter, case, account) in hour {
                        digest.update(quarter.to_be_bytes());
                        digest.update(case.0.as_bytes());
                        digest.update(account.0.as_bytes());
                    }
                    this.0.journal.record(
                        tx,
                        NewEntry {
                            action: "readings.sealed",
                            kind: "readings",
                            id: READINGS,
                            fields: vec![
                                ("from_quarter", (hour_of(hour[0].0) * QUARTERS).to_string()),
                                ("readings", hour.len().to_string()),
                                ("sha256", filing::hex(&digest.finalize())),
                            ],
                            occurred_at: None,
                            key: this.0.journal.keys().installation(),
                            first: false,
                        },
                    )?;
                    sealed += 1;
                }
                Ok(sealed)
            })
            .await
    }
}

/// The hour since 1970 of a quarter.
fn hour_of(quarter: i64) -> i64 {
    quarter.div_euclid(QUARTERS)
}
