//! What is PostgreSQL's alone: the guard, closures run again, lost connections, settings that
//! would lose what was promised. Skipped where there is no cluster for tests.

mod common;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant};

use base::{Clock, Error};
use common::{ACTOR, NOTE, TABLES, count, note, record};
use postgres::{Client, NoTls};
use store::testing::Fresh;
use store::{Backend, Health, OpenError, Store, args};

fn url(fresh: &Fresh) -> String {
    match &fresh.settings.backend {
        Backend::Postgres { url } => url.clone(),
        Backend::Sqlite { .. } => panic!("a store on PostgreSQL"),
    }
}

fn add(store: &Store, id: i64) -> base::Result<()> {
    store.change_blocking(&ACTOR, move |tx| {
        note(tx, id, "x")?;
        record(tx)?;
        Ok(())
    })
}

#[test]
fn the_guard_refuses_raw_writes() {
    let Some(fresh) = Fresh::postgres(&[TABLES]) else {
        return;
    };
    add(&fresh.store, 1).unwrap();
    let mut raw = Client::connect(&url(&fresh), NoTls).unwrap();
    for statement in [
        "UPDATE note SET body = 'forged'",
        "DELETE FROM note",
        "INSERT INTO note (id, body) VALUES (2, 'forged')",
        "TRUNCATE note",
    ] {
        let error = raw.batch_execute(statement).unwrap_err();
        assert_eq!(
            error.as_db_error().map(|e| e.code().code()),
            Some("P0001"),
            "{statement}: {error}"
        );
    }
    let body: String = fresh
        .store
        .read_blocking(|db| db.one("SELECT body FROM note", &[], |row| row.get(0)))
        .unwrap();
    assert_eq!(body, "x");
    // An entry that lies there from another transaction does not help; one of this one does.
    raw.batch_execute(
        "BEGIN; UPDATE note SET body = 'y'; INSERT INTO journal_pending (entry_id) VALUES (NULL); COMMIT",
    )
    .unwrap();
}

#[test]
fn two_that_lock_each_other_both_succeed() {
    let Some(fresh) = Fresh::postgres(&[TABLES]) else {
        return;
    };
    add(&fresh.store, 1).unwrap();
    add(&fresh.store, 2).unwrap();
    let met = Arc::new(Barrier::new(2));
    let runs = Arc::new(AtomicU32::new(0));
    std::thread::scope(|scope| {
        for (first, second) in [(1i64, 2i64), (2, 1)] {
            let (met, runs, store) = (met.clone(), runs.clone(), fresh.store.clone());
            scope.spawn(move || {
                store
                    .change_blocking(&ACTOR, move |tx| {
                        let run = runs.fetch_add(1, Ordering::SeqCst);
                        let more = "UPDATE note SET body = body || '+' WHERE id = $1";
                        tx.write(&NOTE, more, args![first])?;
                        if run < 2 {
                            met.wait();
                        }
                        tx.write(&NOTE, more, args![second])?;
                        record(tx)?;
                        Ok(())
                    })
                    .unwrap();
            });
        }
    });
    assert!(runs.load(Ordering::SeqCst) > 2, "one of them ran again");
    let bodies: Vec<String> = fresh
        .store
        .read_blocking(|db| db.query("SELECT body FROM note", &[], |row| row.get(0)))
        .unwrap();
    assert_eq!(bodies, ["x++", "x++"]);
}

#[test]
fn a_lock_lets_changes_of_one_thing_pass_one_by_one() {
    let Some(fresh) = Fresh::postgres(&[TABLES]) else {
        return;
    };
    add(&fresh.store, 1).unwrap();
    let id = uuid::Uuid::from_u128(7);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let store = fresh.store.clone();
            scope.spawn(move || {
                for _ in 0..10 {
                    store
                        .change_blocking(&ACTOR, move |tx| {
                            tx.lock("note", id)?;
                            let body: String =
                                tx.one("SELECT body FROM note WHERE id = 1", &[], |row| {
                                    row.get(0)
                                })?;
                            tx.write(
                                &NOTE,
                                "UPDATE note SET body = $1 WHERE id = 1",
                                args![format!("{body}+")],
                            )?;
                            record(tx)?;
                            Ok(())
                        })
                        .unwrap();
                }
            });
        }
    });
    let length: i64 = fresh
        .store
        .read_blocking(|db| {
            db.one("SELECT CAST(LENGTH(body) AS BIGINT) FROM note", &[], |r| {
                r.get(0)
            })
        })
        .unwrap();
    assert_eq!(length, 41, "no change was lost");
}

#[test]
fn lost_connections_are_made_anew() {
    let Some(fresh) = Fresh::postgres(&[TABLES]) else {
        return;
    };
    add(&fresh.store, 1).unwrap();
    let mut raw = Client::connect(&url(&fresh), NoTls).unwrap();
    let mut cut = || {
        raw.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
            &[],
        )
        .unwrap();
    };
    cut();
    for id in 2..10 {
        add(&fresh.store, id).unwrap();
        assert_eq!(count(&fresh.store), id);
    }
    // In the middle of a closure: nothing was committed, so it is run again.
    let runs = Arc::new(AtomicU32::new(0));
    let inside = Arc::new(Barrier::new(2));
    std::thread::scope(|scope| {
        let change = {
            let (store, runs, inside) = (&fresh.store, runs.clone(), inside.clone());
            scope.spawn(move || {
                store.change_blocking(&ACTOR, move |tx| {
                    note(tx, 100, "x")?;
                    if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                        inside.wait();
                        inside.wait();
                    }
                    record(tx)?;
                    Ok(())
                })
            })
        };
        inside.wait();
        cut();
        inside.wait();
        change.join().unwrap().unwrap();
    });
    assert_eq!(runs.load(Ordering::SeqCst), 2);
}

#[test]
fn a_cluster_that_would_forget_is_refused() {
    let Some(fresh) = Fresh::postgres(&[]) else {
        return;
    };
    let mut settings = fresh.settings.clone();
    settings.backend = Backend::Postgres {
        url: format!("{}?options=-c%20synchronous_commit%3Doff", url(&fresh)),
    };
    let refused = Store::open(&settings, Clock::system(), &[]);
    assert!(matches!(
        refused,
        Err(OpenError::NotDurable("synchronous_commit"))
    ));
}

#[test]
fn an_address_nobody_answers_is_one_sentence_without_the_password() {
    let settings = store::Settings::postgres("postgres://okno:hunter2@127.0.0.1:9/okno");
    let refused = Store::open(&settings, Clock::system(), &[]).unwrap_err();
    assert!(matches!(refused, OpenError::Database(_)));
    assert!(!format!("{refused} {refused:?} {settings:?}").contains("hunter2"));
    let unreadable = store::Settings::postgres("postgres://okno:hunter2@127.0.0.1:x/okno");
    let refused = Store::open(&unreadable, Clock::system(), &[]).unwrap_err();
    assert!(!format!("{refused} {refused:?}").contains("hunter2"));
}

#[test]
fn a_column_added_beside_a_running_server_is_digested_too() {
    let Some(fresh) = Fresh::postgres(&[TABLES]) else {
        return;
    };
    let update = |store: &Store, body: &'static str| {
        store.change_blocking(&ACTOR, move |tx| {
            tx.write(&NOTE, "UPDATE note SET body = $1", args![body])?;
            record(tx)
        })
    };
    add(&fresh.store, 1).unwrap();
    for turn in 0..8 {
        update(&fresh.store, if turn % 2 == 0 { "a" } else { "b" }).unwrap();
    }
    let mut raw = Client::connect(&url(&fresh), NoTls).unwrap();
    raw.batch_execute("ALTER TABLE note ADD COLUMN later TEXT DEFAULT 'x'")
        .unwrap();
    for _ in 0..8 {
        let touched = update(&fresh.store, "c").unwrap();
        let read = fresh
            .store
            .read_blocking(|db| db.one("SELECT * FROM note", &[], store::row_digest))
            .unwrap();
        assert_eq!(touched[0].digest, Some(read));
    }
}

#[test]
fn a_refused_value_is_not_in_the_log() {
    let Some(fresh) = Fresh::postgres(&[TABLES]) else {
        return;
    };
    let refused = fresh.store.change_blocking(&ACTOR, |tx| {
        tx.query(
            "SELECT CAST(CAST($1 AS TEXT) AS BIGINT)",
            args!["Анна Иванова"],
            |row| row.get::<i64>(0),
        )
    });
    let Err(Error::Internal(detail)) = refused else {
        panic!("{refused:?}");
    };
    assert!(!detail.for_the_log().contains("Анна"));
}

#[test]
fn a_full_disk_turns_to_reading_and_back() {
    let Some(fresh) = Fresh::postgres(&[TABLES]) else {
        return;
    };
    let store = &fresh.store;
    add(store, 1).unwrap();
    let mut raw = Client::connect(&url(&fresh), NoTls).unwrap();
    // PostgreSQL's own words for a full disk, said by a trigger.
    raw.batch_execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION USING ERRCODE = 'disk_full', MESSAGE = 'no space left'; END $$;
        CREATE TRIGGER full_note BEFORE INSERT ON note EXECUTE FUNCTION full_disk();
        CREATE TRIGGER full_probe BEFORE INSERT ON probe EXECUTE FUNCTION full_disk();",
    )
    .unwrap();
    assert!(matches!(add(store, 2), Err(Error::ReadOnly)));
    assert!(matches!(add(store, 2), Err(Error::ReadOnly)));
    let Health::ReadOnly { reason } = store.health() else {
        panic!("the store is open");
    };
    assert!(reason.contains("no space left"));
    assert_eq!(count(store), 1, "reading goes on");
    std::thread::sleep(Duration::from_millis(2500));
    assert!(matches!(store.health(), Health::ReadOnly { .. }));
    raw.batch_execute("DROP FUNCTION full_disk CASCADE")
        .unwrap();
    let deadline = Instant::now() + Duration::from_secs(10);
    while store.health() != Health::ReadWrite {
        assert!(Instant::now() < deadline, "the store stays closed");
        std::thread::sleep(Duration::from_millis(50));
    }
    add(store, 2).unwrap();
}
