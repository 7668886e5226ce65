//! What is SQLite's alone: the disk that fills up, two processes, durability settings.

mod common;

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use base::{Clock, Error};
use common::{ACTOR, TABLES, count, note, record};
use store::testing::{Fresh, limit_pages};
use store::{Health, Store, args};

fn add(store: &Store, id: i64, body: &str) -> base::Result<()> {
    let body = body.to_owned();
    store.change_blocking(&ACTOR, move |tx| {
        note(tx, id, &body)?;
        record(tx)?;
        Ok(())
    })
}

#[test]
fn a_full_disk_turns_to_reading_and_back() {
    let fresh = Fresh::sqlite(&[TABLES]);
    let store = &fresh.store;
    add(store, 1, "before").unwrap();
    // SQLite takes the present size when the limit is below it.
    limit_pages(store, 1).unwrap();
    let refused = add(store, 2, &"x".repeat(200_000));
    assert!(matches!(refused, Err(Error::ReadOnly)), "{refused:?}");
    assert!(matches!(store.health(), Health::ReadOnly { .. }));
    assert!(matches!(add(store, 3, "small"), Err(Error::ReadOnly)));
    assert_eq!(count(store), 1, "reading goes on");
    // The trial write finds the disk still full.
    std::thread::sleep(Duration::from_millis(2500));
    assert!(matches!(store.health(), Health::ReadOnly { .. }));

    limit_pages(store, 1_000_000).unwrap();
    let deadline = Instant::now() + Duration::from_secs(10);
    while store.health() != Health::ReadWrite {
        assert!(Instant::now() < deadline, "the store stays closed");
        std::thread::sleep(Duration::from_millis(50));
    }
    add(store, 2, &"x".repeat(200_000)).unwrap();
    assert_eq!(count(store), 2);
}

#[test]
fn neighbours_of_a_change_that_fills_the_disk_are_told_the_truth() {
    let fresh = Fresh::sqlite(&[TABLES]);
    let store = &fresh.store;
    limit_pages(store, 1).unwrap();
    let told: Vec<(i64, bool)> = std::thread::scope(|scope| {
        let all: Vec<_> = (0..16i64)
            .map(|id| {
                scope.spawn(move || {
                    let body = "x".repeat(if id % 4 == 0 { 100_000 } else { 10 });
                    (id, add(store, id, &body).is_ok())
                })
            })
            .collect();
        all.into_iter().map(|t| t.join().unwrap()).collect()
    });
    for (id, done) in told {
        let there = store
            .read_blocking(move |db| {
                db.first("SELECT id FROM note WHERE id = $1", args![id], |row| {
                    row.get::<i64>(0)
                })
            })
            .unwrap();
        assert_eq!(there.is_some(), done, "{id}");
    }
}

#[test]
fn a_reference_broken_at_the_commit_fails_its_own_change_alone() {
    const FAMILY: store::Migrations = store::Migrations {
        slice: "family",
        files: &[(
            "0001",
            "CREATE TABLE parent (id BIGINT PRIMARY KEY);
             CREATE TABLE child (id BIGINT PRIMARY KEY,
                parent BIGINT NOT NULL REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED);",
        )],
        small: &[],
    };
    for fresh in Fresh::all(&[FAMILY]) {
        let store = &fresh.store;
        std::thread::scope(|scope| {
            for id in 0..16i64 {
                scope.spawn(move || {
                    let done = store.housekeeping_blocking(move |tx| {
                        tx.execute("INSERT INTO child (id, parent) VALUES ($1, $1)", args![id])?;
                        if id % 4 != 0 {
                            tx.execute("INSERT INTO parent (id) VALUES ($1)", args![id])?;
                        }
                        Ok(())
                    });
                    assert_eq!(done.is_ok(), id % 4 != 0, "{id}: {done:?}");
                });
            }
        });
        let children: i64 = store
            .read_blocking(|db| db.one("SELECT COUNT(*) FROM child", &[], |row| row.get(0)))
            .unwrap();
        assert_eq!(children, 12);
    }
}

#[test]
fn a_command_works_beside_a_server() {
    let fresh = Fresh::sqlite(&[TABLES]);
    let command = Store::open(&fresh.settings, Clock::system(), &[TABLES]).unwrap();
    std::thread::scope(|scope| {
        for (place, store) in [&fresh.store, &command].into_iter().enumerate() {
            scope.spawn(move || {
                for turn in 0..100i64 {
                    add(store, turn * 2 + i64::try_from(place).unwrap(), "x").unwrap();
                }
            });
        }
    });
    assert_eq!(count(&fresh.store), 200);
    assert_eq!(count(&command), 200);
}

#[test]
fn the_file_is_kept_durably() {
    let fresh = Fresh::sqlite(&[]);
    let settings: Vec<i64> = fresh
        .store
        .housekeeping_blocking(|tx| {
            ["synchronous", "foreign_keys", "secure_delete", "mmap_size"]
                .into_iter()
                .map(|name| tx.one(&format!("PRAGMA {name}"), &[], |row| row.get(0)))
                .collect()
        })
        .unwrap();
    assert_eq!(settings, [2, 1, 1, 0]);
    let mode: String = fresh
        .store
        .read_blocking(|db| db.one("PRAGMA journal_mode", &[], |row| row.get(0)))
        .unwrap();
    assert_eq!(mode, "wal");
    for file in std::fs::read_dir(fresh.folder().unwrap()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.path().display());
    }
}
