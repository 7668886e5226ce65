//! Readings are committed to and rechecked, on both databases: whatever was edited, put in or taken
//! away behind the journal is named with its hour.

use base::Clock;
use catalog::Catalog;
use journal::{Journal, Keys};
use law::AgencyHours;
use people::People;
use store::testing::Fresh;

use super::*;

const MIGRATIONS: [store::Migrations; 4] = [
    journal::MIGRATIONS,
    people::MIGRATIONS,
    catalog::MIGRATIONS,
    crate::MIGRATIONS,
];

/// 20 November 2026, 09:00 UTC.
const NINE: Moment = Moment::from_micros(1_795_165_200_000_000);
const HOUR: i64 = 3600;

struct House {
    cases: Cases,
    clock: Clock,
    _keys: tempfile::TempDir,
    _fresh: Fresh,
}

impl House {
    fn of(fresh: Fresh, clock: Clock) -> Self {
        let store = fresh.store.clone();
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::open(&folder.path().join("keys"), None, true).unwrap();
        let journal = Journal::new(store.clone(), keys).unwrap();
        let people = People::new(store.clone(), journal.clone(), people::Settings::default());
        let catalog = Catalog::new(store, journal.clone(), catalog::Settings::default());
        let hours = AgencyHours::usual(jiff::tz::TimeZone::UTC);
        Self {
            cases: Cases::new(
                journal,
                people,
                catalog,
                crate::Settings {
                    hours,
                    printer: None,
                    vault: None,
                },
            ),
            clock,
            _keys: folder,
            _fresh: fresh,
        }
    }

    /// From nine on: five readings in an hour, none in the next, three in the third; both sealed,
    /// and two more in the hour that runs.
    async fn lived_in(&self) {
        for (after, readings) in [(0, 5), (2 * HOUR, 3), (HOUR, 2)] {
            self.clock.advance_seconds(after);
            for n in 0..readings {
                self.read(n).await;
            }
        }
        self.clock.advance_seconds(900);
        assert_eq!(self.cases.seal_readings().await.unwrap(), 2);
    }

    async fn read(&self, n: u128) {
        let (account, case) = (Uuid::from_u128(n + 1), Uuid::from_u128(100 + n));
        let (account, case) = (AccountId(account), CaseId(case));
        self.cases.log_reading(account, case).await.unwrap();
    }

    /// Does something past all rules; as many rows as that touched.
    async fn spoil(&self, sql: &str) -> u64 {
        let sql = sql.to_owned();
        let store = self.cases.0.journal.store();
        let spoilt = store.housekeeping(move |tx| tx.execute(&sql, &[]));
        spoilt.await.unwrap()
    }

    async fn report(&self) -> Report {
        let checked = self.cases.check_readings(Report::default());
        checked.await.unwrap()
    }

    /// # Panics
    /// When the checker doesn't find exactly this.
    async fn assert_found(&self, faults: &[&str]) {
        assert_eq!(self.report().await.faults, faults);
    }

    /// An entry as a faulty program of ours would write it.
    async fn entry(&self, fields: Vec<(&'static str, String)>) -> Told {
        let journal = self.cases.0.journal.clone();
        let store = journal.store().clone();
        let actor = Actor::system("readings");
        let written = store.change(&actor, move |tx| {
            let entry = NewEntry {
                action: "readings.sealed",
                kind: "readings",
                id: READINGS,
                fields: fields.clone(),
                occurred_at: None,
                key: journal.keys().installation(),
                first: false,
            };
            journal.record(tx, entry)?;
            Ok(journal.newest(tx, READINGS)?.unwrap())
        });
        written.await.unwrap()
    }
}

/// Runs a story on every database there is.
fn both(story: impl AsyncFn(House)) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let clock = Clock::fixed(NINE);
    for fresh in Fresh::all_at(&MIGRATIONS, &clock) {
        clock.advance_seconds(NINE.seconds_since(clock.now()));
        runtime.block_on(story(House::of(fresh, clock.clone())));
    }
}

fn quarter_of_nine() -> i64 {
    sql::quarter(NINE)
}

#[test]
fn untouched_readings_are_sound_and_those_of_the_hour_that_runs_are_free() {
    both(async |house: House| {
        house.assert_found(&[]).await;
        house.read(7).await;
        house.assert_found(&[]).await;
        house.lived_in().await;
        house.assert_found(&[]).await;
        assert_eq!(house.report().await.rows, 9, "two are not committed to yet");
        let running = quarter_of_nine() + 12;
        let gone = format!("DELETE FROM case_reading WHERE quarter >= {running}");
        assert_eq!(house.spoil(&gone).await, 2);
        house.assert_found(&[]).await;
    });
}

#[test]
fn an_edited_reading_is_found_whatever_was_edited() {
    for edit in [
        "account_id = case_id",
        "case_id = account_id",
        "quarter = quarter + 1",
    ] {
        both(async |house: House| {
            house.lived_in().await;
            let nine = quarter_of_nine();
            let edit = format!(
                "UPDATE case_reading SET {edit} WHERE quarter = {nine} AND account_id = \
                 (SELECT account_id FROM case_reading WHERE quarter = {nine} \
                  ORDER BY account_id LIMIT 1)"
            );
            assert_eq!(house.spoil(&edit).await, 1);
            let changed =
                "case_reading, the hour from 2026-11-20T09:00:00Z: changed behind the journal";
            house.assert_found(&[changed]).await;
        });
    }
}

#[test]
fn a_reading_taken_away_is_found_and_so_is_a_whole_hour() {
    both(async |house: House| {
        house.lived_in().await;
        let nine = quarter_of_nine();
        let last = format!(
            "DELETE FROM case_reading WHERE quarter = {nine} AND account_id = \
             (SELECT account_id FROM case_reading WHERE quarter = {nine} \
              ORDER BY account_id DESC LIMIT 1)"
        );
        assert_eq!(house.spoil(&last).await, 1);
        let fewer = "case_reading, the hour from 2026-11-20T09:00:00Z: 4 readings, and its entry \
                     commits to 5";
        house.assert_found(&[fewer]).await;
        let hour = format!("DELETE FROM case_reading WHERE quarter = {}", nine + 8);
        assert_eq!(house.spoil(&hour).await, 3);
        let emptied = "case_reading, the hour from 2026-11-20T11:00:00Z: gone are all 3 readings \
                    that its entry commits to";
        house.assert_found(&[fewer, emptied]).await;
    });
}

#[test]
fn a_reading_put_in_is_found_whether_its_hour_had_any_or_not() {
    both(async |house: House| {
        house.lived_in().await;
        let nine = quarter_of_nine();
        let copy = |quarter: i64| {
            format!(
                "INSERT INTO case_reading (account_id, case_id, quarter) \
                 SELECT account_id, case_id, {quarter} FROM case_reading WHERE quarter = {nine}"
            )
        };
        let mut found = vec![];
        for (quarter, fault) in [
            (
                nine + 4,
                "case_reading, the hour from 2026-11-20T10:00:00Z: 5 readings, and no entry \
                 commits to them",
            ),
            (
                nine + 9,
                "case_reading, the hour from 2026-11-20T11:00:00Z: 8 readings, and its entry \
                 commits to 3",
            ),
            (
                -1,
                "case_reading, the hour from 1969-12-31T23:00:00Z: 5 readings, and no entry \
                 commits to them",
            ),
        ] {
            assert_eq!(house.spoil(&copy(quarter)).await, 5);
            found.insert(if quarter < 0 { 0 } else { found.len() }, fault);
            house.assert_found(&found).await;
        }
        assert_eq!(house.cases.seal_readings().await.unwrap(), 0);
        house.assert_found(&found).await;
    });
}

#[test]
fn what_is_no_reading_at_all_is_found() {
    let clock = Clock::fixed(NINE);
    let house = House::of(Fresh::sqlite_at(&MIGRATIONS, clock.clone()), clock);
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        house.lived_in().await;
        let soon = "UPDATE case_reading SET quarter = 'soon' WHERE quarter = \
                    (SELECT MAX(quarter) FROM case_reading)";
        assert_eq!(house.spoil(soon).await, 2);
        let unreadable = "a row of case_reading is unreadable";
        house.assert_found(&[unreadable, unreadable]).await;
    });
}

#[test]
fn entries_that_tell_something_else_are_found() {
    both(async |house: House| {
        house.lived_in().await;
        let nine = quarter_of_nine();
        let hour = |from: i64, readings: u64| Hour {
            from_quarter: from,
            readings,
            sha256: "00".repeat(32),
        };
        let again = house.entry(hour(nine, 5).fields()).await;
        let again = format!(
            "case_reading, the hour from 2026-11-20T09:00:00Z: entry {} commits to it after an \
             entry of this hour or a later one",
            again.id
        );
        let other = "case_reading, the hour from 2026-11-20T09:00:00Z: changed behind the journal";
        house.assert_found(&[&again, other]).await;
        let invented = house.entry(hour(nine + 12, 2).fields()).await;
        assert_eq!(invented.field("readings"), Some("2"));
        let invented =
            "case_reading, the hour from 2026-11-20T12:00:00Z: changed behind the journal";
        house.assert_found(&[&again, other, invented]).await;
        let nothing = house.entry(hour(nine + 17, 2).fields()).await;
        let nothing = format!("entry {} (readings.sealed): it tells no hour", nothing.id);
        house
            .assert_found(&[&again, &nothing, other, invented])
            .await;
        let refused = house.cases.seal_readings().await;
        assert!(matches!(refused, Err(Error::Internal(_))), "{refused:?}");
    });
}

#[test]
fn a_late_reading_finds_its_hour_open_and_every_reading_is_committed_to_once() {
    both(async |house: House| {
        house.clock.advance_seconds(HOUR - 1);
        house.read(1).await;
        house.clock.advance_seconds(2);
        assert_eq!(house.cases.seal_readings().await.unwrap(), 0);
        // One that began in the hour comes into the store only now.
        let late = "INSERT INTO case_reading (account_id, case_id, quarter) \
                    SELECT account_id, account_id, quarter FROM case_reading";
        assert_eq!(house.spoil(late).await, 1);
        house.clock.advance_seconds(900);
        assert_eq!(house.cases.seal_readings().await.unwrap(), 1);
        house.clock.advance_seconds(5 * HOUR);
        assert_eq!(house.cases.seal_readings().await.unwrap(), 0);
        house.assert_found(&[]).await;
        assert_eq!(house.report().await.rows, 2);
    });
}
