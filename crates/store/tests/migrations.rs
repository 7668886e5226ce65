//! Migrations run once, in order, whole, and are not changed afterwards.

#[expect(dead_code, reason = "each file of tests uses a part")]
mod common;

use base::Clock;
use common::TABLES;
use store::testing::Fresh;
use store::{Migrations, OpenError, Store};

const FIRST: (&str, &str) = ("0001", "CREATE TABLE a (id {UUID} PRIMARY KEY, at {TIME});");
const SECOND: (&str, &str) = ("0002", "ALTER TABLE a ADD COLUMN body {JSON};");

fn open(fresh: &Fresh, files: &'static [(&'static str, &'static str)]) -> Result<Store, OpenError> {
    let migrations = Migrations {
        slice: "one",
        files,
        small: &[],
    };
    Store::open(&fresh.settings, Clock::system(), &[migrations])
}

#[test]
fn they_run_once_and_may_not_be_changed() {
    for fresh in Fresh::all(&[]) {
        open(&fresh, &[FIRST]).unwrap();
        open(&fresh, &[FIRST]).unwrap();
        let store = open(&fresh, &[FIRST, SECOND]).unwrap();
        store
            .read_blocking(|db| {
                db.query("SELECT id, at, body FROM a", &[], |row| row.get::<i64>(0))
            })
            .unwrap();
        let changed = open(&fresh, &[("0001", "CREATE TABLE a (id {UUID});"), SECOND]);
        assert!(matches!(
            changed,
            Err(OpenError::Changed { slice: "one", name }) if name == "0001"
        ));
        let too_old = open(&fresh, &[FIRST]);
        assert!(matches!(
            too_old,
            Err(OpenError::Unknown { slice, name }) if slice == "one" && name == "0002"
        ));
        // Nor is one that knows nothing of a whole slice.
        let narrower = Store::open(&fresh.settings, Clock::system(), &[]);
        let Err(refused) = narrower else {
            panic!("a store with an unknown slice was opened");
        };
        assert!(refused.to_string().contains("newer Okno"), "{refused}");
        assert!(matches!(refused, OpenError::Unknown { slice, .. } if slice == "one"));
    }
}

#[test]
fn a_failing_one_leaves_nothing() {
    for fresh in Fresh::all(&[]) {
        let failed = open(
            &fresh,
            &[
                FIRST,
                ("0002", "CREATE TABLE b (id BIGINT); CREATE NONSENSE;"),
            ],
        );
        assert!(matches!(
            failed,
            Err(OpenError::Migration { slice: "one", .. })
        ));
        // Not even the one before it: all or none.
        open(&fresh, &[FIRST, ("0002", "CREATE TABLE b (id BIGINT);")]).unwrap();
    }
}

#[test]
fn starts_at_once_come_one_after_the_other() {
    for fresh in Fresh::all(&[]) {
        std::thread::scope(|scope| {
            let starts: Vec<_> = (0..6)
                .map(|_| {
                    scope.spawn(|| {
                        Store::open(&fresh.settings, Clock::system(), &[TABLES]).map(drop)
                    })
                })
                .collect();
            for start in starts {
                start.join().unwrap().unwrap();
            }
        });
    }
}

#[test]
fn a_new_column_left_empty_changes_no_digest() {
    for fresh in Fresh::all(&[]) {
        let digests = |store: Store| {
            store
                .read_blocking(|db| db.query("SELECT * FROM a", &[], store::row_digest))
                .unwrap()
        };
        let store = open(&fresh, &[FIRST]).unwrap();
        store
            .housekeeping_blocking(|tx| {
                let id = base::id::new_uuid(tx.now());
                tx.execute(
                    "INSERT INTO a (id, at) VALUES ($1, $2)",
                    store::args![id, tx.now()],
                )
            })
            .unwrap();
        let before = digests(store);
        assert_eq!(before.len(), 1);
        assert_eq!(digests(open(&fresh, &[FIRST, SECOND]).unwrap()), before);
    }
}
