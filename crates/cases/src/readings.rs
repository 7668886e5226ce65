//! Readings of personal data by staff: one row for each reader, case and quarter of an hour,
//! durable before the page leaves; an entry for each hour that commits to all of its rows; and the
//! check that they are still the same rows.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::Range;

use base::id::{AccountId, CaseId};
use base::{Actor, Error, Moment, Result};
use journal::fsck::Report;
use journal::{NewEntry, Told};
use sha2::{Digest, Sha256};
use store::Db;
use uuid::Uuid;

use crate::sql::ReadingRow;
use crate::{Cases, filing, sql};

/// Kind of the job that writes the hourly entry.
pub const READINGS_JOB: &str = "cases.readings";
/// The entity whose entries commit to readings.
const READINGS: Uuid = Uuid::from_u128(0x6f6b_6e6f_0000_7000_8000_0000_0000_0002);
const QUARTERS: i64 = 4;

impl Cases {
    pub(crate) async fn log_reading(&self, account: AccountId, case: CaseId) -> Result<()> {
        self.0
            .journal
            .store()
            .housekeeping(move |tx| {
                let quarter = sql::quarter(tx.now());
                sql::insert_reading(tx, account, case, quarter)
            })
            .await
    }

    /// The same for several cases that one question told of.
    pub(crate) async fn log_readings(&self, account: AccountId, cases: Vec<CaseId>) -> Result<()> {
        self.0
            .journal
            .store()
            .housekeeping(move |tx| {
                let quarter = sql::quarter(tx.now());
                let mut cases = cases.iter();
                cases.try_for_each(|case| sql::insert_reading(tx, account, *case, quarter))
            })
            .await
    }

    /// Queues the job that writes the hourly entry, when there is something to commit to and no
    /// such job waits already.
    pub async fn queue_hourly_readings(&self) -> Result<()> {
        let this = self.clone();
        self.0
            .journal
            .store()
            .housekeeping(move |tx| {
                let now = tx.now();
                let quarters = this.unsealed(tx, now)?;
                if sql::any_reading(tx, quarters)? && !journal::jobs::is_waiting(tx, READINGS_JOB)?
                {
                    journal::jobs::enqueue(tx, READINGS_JOB, "{}", now)?;
                }
                Ok(())
            })
            .await
    }

    /// Commits to the readings of every closed hour that is not committed to yet, an entry for each
    /// hour that had any; the number of entries.
    pub async fn seal_readings(&self) -> Result<usize> {
        let this = self.clone();
        self.0
            .journal
            .store()
            .change(&Actor::system("readings"), move |tx| {
                tx.lock("readings", READINGS)?;
                let now = tx.now();
                let quarters = this.unsealed(tx, now)?;
                let (mut tally, mut hours) = (Tally::default(), Vec::new());
                sql::each_reading(tx, quarters, |reading| hours.extend(tally.add(reading)))?;
                hours.extend(tally.end());
                for hour in &hours {
                    this.0.journal.record(
                        tx,
                        NewEntry {
                            action: "readings.sealed",
                            kind: "readings",
                            id: READINGS,
                            fields: hour.fields(),
                            occurred_at: None,
                            key: this.0.journal.keys().installation(),
                            first: false,
                        },
                    )?;
                }
                Ok(hours.len())
            })
            .await
    }

    /// The quarters of the closed hours that no entry commits to yet.
    fn unsealed(&self, db: &mut Db<'_>, now: Moment) -> Result<Range<i64>> {
        let from = match self.0.journal.newest(db, READINGS)? {
            None => 0,
            Some(newest) => Hour::told_by(&newest)
                .ok_or_else(|| Error::internal("the newest entry of readings tells no hour"))?
                .end(),
        };
        Ok(from..closed_before(now))
    }

    /// Compares the readings with the entries that commit to them, and adds to the report of the
    /// journal's own check, which looks at the entries themselves. Readings of hours after the
    /// newest entry are not committed to yet. One snapshot, beside a running server; besides an
    /// entry for each hour, one row is held at a time.
    pub async fn check_readings(&self, report: Report) -> Result<Report> {
        let this = self.clone();
        self.0
            .journal
            .store()
            .read(move |db| {
                let mut check = Check {
                    told: BTreeMap::new(),
                    end: 0,
                    report: report.clone(),
                };
                this.0
                    .journal
                    .each_entry_of(db, READINGS, |entry| check.entry(entry))?;
                check.rows(db)?;
                Ok(check.report)
            })
            .await
    }
}

/// The first quarter of the oldest hour that may still be written into. An hour is closed a quarter
/// after its end: a reading that began in it has come into the store by then or never will, and
/// clocks of nodes do not differ by that much.
fn closed_before(now: Moment) -> i64 {
    hour_of(sql::quarter(now) - 1) * QUARTERS
}

/// The hour since 1970 of a quarter.
fn hour_of(quarter: i64) -> i64 {
    quarter.div_euclid(QUARTERS)
}

/// What an entry commits to: the readings of an hour, by their number and digest.
#[derive(PartialEq, Eq)]
struct Hour {
    from_quarter: i64,
    readings: u64,
    sha256: String,
}

impl Hour {
    fn fields(&self) -> Vec<(&'static str, String)> {
        vec![
            ("from_quarter", self.from_quarter.to_string()),
            ("readings", self.readings.to_string()),
            ("sha256", self.sha256.clone()),
        ]
    }

    fn told_by(entry: &Told) -> Option<Self> {
        let from_quarter: i64 = entry.field("from_quarter")?.parse().ok()?;
        Some(Self {
            from_quarter: Some(from_quarter).filter(|from| from % QUARTERS == 0)?,
            readings: entry.field("readings")?.parse().ok()?,
            sha256: entry.field("sha256")?.to_owned(),
        })
    }

    /// The first quarter after it.
    fn end(&self) -> i64 {
        self.from_quarter.saturating_add(QUARTERS)
    }

    /// How findings name it.
    fn name(&self) -> String {
        let from = sql::first_moment(self.from_quarter).rfc3339();
        format!("case_reading, the hour from {from}")
    }
}

/// Digests hour after hour, of readings that come in their order.
#[derive(Default)]
struct Tally(Option<(i64, u64, Sha256)>);

impl Tally {
    /// Counts a reading in; the hour before it, when it is the first of another.
    fn add(&mut self, reading: &ReadingRow) -> Option<Hour> {
        let hour = hour_of(reading.quarter);
        let before = match &self.0 {
            Some((open, ..)) if *open == hour => None,
            _ => std::mem::take(self).end(),
        };
        let (_, readings, digest) = self.0.get_or_insert_with(|| (hour, 0, Sha256::new()));
        *readings += 1;
        digest.update(reading.quarter.to_be_bytes());
        digest.update(reading.case.0.as_bytes());
        digest.update(reading.account.0.as_bytes());
        before
    }

    /// The last hour.
    fn end(self) -> Option<Hour> {
        self.0.map(|(hour, readings, digest)| Hour {
            from_quarter: hour * QUARTERS,
            readings,
            sha256: filing::hex(&digest.finalize()),
        })
    }
}

/// The check under way.
struct Check {
    /// What entries commit to and was not met yet, by the first quarter.
    told: BTreeMap<i64, Hour>,
    /// The first quarter that no entry commits to yet.
    end: i64,
    report: Report,
}

impl Check {
    fn entry(&mut self, entry: Result<Told>) {
        // One that does not open was named by the journal's own check.
        let Ok(entry) = entry else { return };
        let id = entry.id;
        let Some(hour) = Hour::told_by(&entry) else {
            return self
                .report
                .fault(format!("entry {id} ({}): it tells no hour", entry.action));
        };
        if hour.from_quarter < self.end {
            let name = hour.name();
            self.report.fault(format!(
                "{name}: entry {id} commits to it after an entry of this hour or a later one"
            ));
        }
        self.end = self.end.max(hour.end());
        self.told.insert(hour.from_quarter, hour);
    }

    fn rows(&mut self, db: &mut Db<'_>) -> Result<()> {
        let mut tally = Tally::default();
        sql::each_row_of_readings(db, |row| match row {
            Ok(reading) if reading.quarter >= self.end => {}
            Ok(reading) => {
                if let Some(hour) = tally.add(&reading) {
                    self.compare(&hour);
                }
            }
            Err(_) => self.report.fault("a row of case_reading is unreadable"),
        })?;
        if let Some(hour) = tally.end() {
            self.compare(&hour);
        }
        for hour in std::mem::take(&mut self.told).into_values() {
            self.report.fault(format!(
                "{}: gone are all {} readings that its entry commits to",
                hour.name(),
                hour.readings
            ));
        }
        Ok(())
    }

    fn compare(&mut self, kept: &Hour) {
        self.report.rows += kept.readings;
        let fault = match self.told.remove(&kept.from_quarter) {
            Some(told) if told == *kept => return,
            Some(told) if told.readings == kept.readings => "changed behind the journal".to_owned(),
            Some(told) => format!(
                "{} readings, and its entry commits to {}",
                kept.readings, told.readings
            ),
            None => format!("{} readings, and no entry commits to them", kept.readings),
        };
        self.report.fault(format!("{}: {fault}", kept.name()));
    }
}
