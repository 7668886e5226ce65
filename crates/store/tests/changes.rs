//! What a change promises: all or nothing, an entry or nothing, and no harm to its neighbours.

mod common;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use base::{Clock, Error, Moment};
use common::{ACTOR, NOTE, TABLES, count, note, record};
use store::testing::{Fresh, both};
use store::{Engine, Lease, Store, args};

#[test]
fn a_change_without_an_entry_is_refused() {
    both(|open| {
        let store = open(&[TABLES]);
        let protected = store.change_blocking(&ACTOR, |tx| note(tx, 1, "x"));
        let plain = store.change_blocking(&ACTOR, |tx| {
            tx.execute("INSERT INTO plain (id, body) VALUES (1, 'x')", &[])
        });
        let asked = store.change_blocking(&ACTOR, |tx| {
            tx.query(
                "INSERT INTO plain (id, body) VALUES (1, 'x') RETURNING id",
                &[],
                |row| row.get::<i64>(0),
            )
            .map(|_| 1)
        });
        let after_the_entry = store.change_blocking(&ACTOR, |tx| {
            note(tx, 1, "x")?;
            record(tx)?;
            note(tx, 2, "x")
        });
        let in_housekeeping = store.housekeeping_blocking(|tx| note(tx, 1, "x"));
        for refused in [protected, plain, asked, after_the_entry, in_housekeeping] {
            let Err(Error::Internal(detail)) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!(detail.for_the_log(), "a change without an entry");
        }
        assert_eq!(count(&store), 0);
        // A change that only looked needs none.
        store
            .change_blocking(&ACTOR, |tx| {
                tx.query("SELECT id FROM note", &[], |row| row.get::<i64>(0))
            })
            .unwrap();
    });
}

#[test]
fn a_failed_change_leaves_nothing_and_harms_no_neighbour() {
    both(|open| {
        let store = open(&[TABLES]);
        let began = store.physical_commits();
        let start = Arc::new(Barrier::new(32));
        let threads: Vec<_> = (0..32i64)
            .map(|thread| {
                let (store, start) = (store.clone(), start.clone());
                std::thread::spawn(move || {
                    start.wait();
                    for turn in 0..20i64 {
                        let id = thread * 20 + turn;
                        let done = store.change_blocking(&ACTOR, move |tx| {
                            note(tx, id, "x")?;
                            record(tx)?;
                            if id % 5 == 0 {
                                return Err(Error::Forbidden);
                            }
                            Ok(())
                        });
                        assert_eq!(done.is_ok(), id % 5 != 0, "{id}: {done:?}");
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(count(&store), 32 * 20 * 4 / 5);
        if store.engine() == Engine::Sqlite {
            let commits = store.physical_commits() - began;
            assert!(commits < 512, "{commits} physical commits for 640 changes");
        }
    });
}

#[test]
fn a_panic_in_a_closure_is_an_error_and_the_worker_lives() {
    both(|open| {
        let store = open(&[TABLES]);
        for turn in 0..10i64 {
            let panicked = store.change_blocking(&ACTOR, move |tx| -> base::Result<()> {
                note(tx, turn, "x")?;
                record(tx)?;
                tx.each("SELECT id FROM note", &[], |_| {
                    panic!("in the middle of a row")
                })
            });
            assert!(matches!(panicked, Err(Error::Internal(_))));
            let read = store.read_blocking(|_| -> base::Result<()> { panic!("reading") });
            assert!(matches!(read, Err(Error::Internal(_))));
        }
        assert_eq!(count(&store), 0);
        store
            .change_blocking(&ACTOR, |tx| {
                note(tx, 1, "x")?;
                record(tx)
            })
            .unwrap();
        assert_eq!(count(&store), 1);
    });
}

#[test]
fn what_exists_already_is_a_conflict_and_ends_the_change() {
    both(|open| {
        let store = open(&[TABLES]);
        let add = |tx: &mut store::Tx<'_>| {
            note(tx, 1, "x")?;
            record(tx)
        };
        store.change_blocking(&ACTOR, add).unwrap();
        let again = store.change_blocking(&ACTOR, add);
        assert!(matches!(
            again,
            Err(Error::Conflict("error-already-exists"))
        ));
        let went_on = store.change_blocking(&ACTOR, |tx| {
            assert!(note(tx, 1, "x").is_err());
            assert!(note(tx, 2, "x").is_err(), "nothing runs after a failure");
            record(tx).ok();
            Ok(())
        });
        assert!(matches!(went_on, Err(Error::Internal(_))));
        assert_eq!(count(&store), 1);
    });
}

#[test]
fn rows_touched_have_equal_digests_on_both_engines() {
    let mut of_each = Vec::new();
    for fresh in Fresh::all(&[TABLES]) {
        let owner = uuid::Uuid::from_u128(0x0123_4567_89ab_cdef);
        let touched = fresh
            .store
            .change_blocking(&ACTOR, move |tx| {
                tx.write(
                    &NOTE,
                    "INSERT INTO note (id, owner, body, seal, made, small) VALUES ($1, $2, $3, $4, $5, $6)",
                    args![1i64, owner, "тело", [1u8, 2, 3], tx.now(), 5i32],
                )?;
                note(tx, 2, "короткая")?;
                note(tx, 3, "")?;
                tx.write(
                    &NOTE,
                    "UPDATE note SET body = body || $1, made = 77 WHERE id < 3",
                    args!["!"],
                )?;
                assert_eq!(tx.delete(&NOTE, "DELETE FROM note WHERE id = 3", &[])?, 1);
                let touched = record(tx)?;
                assert!(tx.take_touched().is_empty());
                Ok(touched)
            })
            .unwrap();
        assert_eq!(touched.len(), 3, "each row once: {touched:?}");
        assert_eq!(touched[2].key, "3");
        assert_eq!(touched[2].digest, None);
        // The digest of the row read later is the one remembered.
        let read = fresh
            .store
            .read_blocking(|db| db.query("SELECT * FROM note ORDER BY id", &[], store::row_digest))
            .unwrap();
        let remembered: Vec<_> = touched.iter().filter_map(|t| t.digest).collect();
        assert_eq!(read, remembered);
        of_each.push(touched);
    }
    for others in &of_each[1..] {
        assert_eq!(&of_each[0], others);
    }
}

#[test]
fn a_digest_is_the_one_that_is_written_down() {
    // id=1, body="x", every other column empty; computed by hand from the description.
    use sha2::{Digest, Sha256};
    let mut plain = Vec::new();
    for (name, kind, value) in [
        ("body", 2u8, b"x".to_vec()),
        ("id", 1, 1i64.to_be_bytes().into()),
    ] {
        plain.extend(u32::try_from(name.len()).unwrap().to_be_bytes());
        plain.extend(name.bytes());
        plain.push(kind);
        plain.extend(u32::try_from(value.len()).unwrap().to_be_bytes());
        plain.extend(value);
    }
    let expected: [u8; 32] = Sha256::digest(&plain).into();
    both(|open| {
        let touched = open(&[TABLES])
            .change_blocking(&ACTOR, |tx| {
                note(tx, 1, "x")?;
                record(tx)
            })
            .unwrap();
        assert_eq!(touched[0].digest, Some(expected));
    });
}

#[test]
fn numbers_of_a_sequence_are_given_once() {
    both(|open| {
        let store = open(&[TABLES]);
        let threads: Vec<_> = (0..8)
            .map(|thread| {
                let store = store.clone();
                std::thread::spawn(move || {
                    (0..25)
                        .filter_map(|turn| {
                            store
                                .housekeeping_blocking(move |tx| {
                                    let number = tx.next_in_sequence("case_2026")?;
                                    if turn % 7 == thread {
                                        return Err(Error::Forbidden);
                                    }
                                    Ok(number)
                                })
                                .ok()
                        })
                        .collect::<Vec<i64>>()
                })
            })
            .collect();
        let mut all: Vec<i64> = threads
            .into_iter()
            .flat_map(|t| t.join().unwrap())
            .collect();
        let given = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), given);
        assert!(given > 150 && all[0] >= 1);
        let other =
            common::done(store.housekeeping_blocking(|tx| tx.next_in_sequence("case_2027")));
        assert_eq!(other, 1);
        let bad = store.housekeeping_blocking(|tx| tx.next_in_sequence("x; DROP TABLE note"));
        assert!(bad.is_err());
    });
}

#[test]
fn the_first_numbers_of_a_year_are_given_to_many_at_once() {
    both(|open| {
        let store = open(&[TABLES]);
        for year in 0..20 {
            let threads: Vec<_> = (0..8)
                .map(|_| {
                    let store = store.clone();
                    std::thread::spawn(move || {
                        store.housekeeping_blocking(move |tx| {
                            tx.next_in_sequence(&format!("case_{year}"))
                        })
                    })
                })
                .collect();
            let mut given: Vec<i64> = threads
                .into_iter()
                .map(|thread| thread.join().unwrap().unwrap())
                .collect();
            given.sort_unstable();
            given.dedup();
            assert_eq!(given.len(), 8, "{given:?}");
        }
    });
}

#[test]
fn commits_with_an_entry_wake_who_waits() {
    both(|open| {
        let store = open(&[TABLES]);
        let commits = store.commits();
        store
            .housekeeping_blocking(|tx| {
                tx.execute("INSERT INTO plain (id, body) VALUES (1, 'x')", &[])
            })
            .unwrap();
        assert!(!commits.has_changed().unwrap());
        store
            .change_blocking(&ACTOR, |tx| {
                note(tx, 1, "x")?;
                record(tx)
            })
            .unwrap();
        assert!(commits.has_changed().unwrap());
    });
}

#[test]
fn a_lease_has_one_holder_until_it_runs_out() {
    let clock = Clock::fixed(Moment::from_micros(0));
    for fresh in Fresh::all_at(&[], &clock) {
        let store = &fresh.store;
        let take = |who: &'static str| {
            store
                .housekeeping_blocking(move |tx| Lease::try_acquire(tx, "placer", who, 10))
                .unwrap()
        };
        let renew = |who: &'static str| {
            store
                .housekeeping_blocking(move |tx| Lease::renew(tx, "placer", who, 10))
                .unwrap()
        };
        assert!(take("a"));
        assert!(take("a"), "one's own is prolonged");
        assert!(!take("b"));
        assert!(!renew("b"));
        clock.advance_seconds(9);
        assert!(renew("a"));
        clock.advance_seconds(9);
        assert!(!take("b"));
        clock.advance_seconds(1);
        assert!(!renew("a"), "it has run out");
        assert!(take("b"));
        store
            .housekeeping_blocking(|tx| Lease::release(tx, "placer", "a"))
            .unwrap();
        assert!(!take("a"), "nobody gives back another's");
        store
            .housekeeping_blocking(|tx| Lease::release(tx, "placer", "b"))
            .unwrap();
        assert!(take("a"));
    }
}

#[test]
fn a_full_queue_is_busy_and_the_rest_is_served() {
    for fresh in Fresh::all(&[TABLES]) {
        let mut settings = fresh.settings.clone();
        settings.queue = 2;
        settings.writers = 1;
        let store = Store::open(&settings, Clock::system(), &[TABLES]).unwrap();
        let gate = Arc::new(Barrier::new(2));
        let runs = Arc::new(AtomicU32::new(0));
        let slow = {
            let (store, gate, runs) = (store.clone(), gate.clone(), runs.clone());
            std::thread::spawn(move || {
                store.housekeeping_blocking(move |_| {
                    if runs.fetch_add(1, Ordering::SeqCst) == 0 {
                        gate.wait();
                        gate.wait();
                    }
                    Ok(())
                })
            })
        };
        gate.wait();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(async {
            let one = tokio::spawn({
                let store = store.clone();
                async move { store.housekeeping(|_| Ok(())).await }
            });
            let two = tokio::spawn({
                let store = store.clone();
                async move { store.housekeeping(|_| Ok(())).await }
            });
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
            let refused = store.housekeeping(|_| Ok(())).await;
            assert!(matches!(refused, Err(Error::Busy)));
            gate.wait();
            one.await.unwrap().unwrap();
            two.await.unwrap().unwrap();
        });
        slow.join().unwrap().unwrap();
    }
}

#[test]
fn the_asynchronous_face_does_the_same() {
    both(|open| {
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        runtime.block_on(async {
            // Opening inside a runtime works too.
            let store = open(&[TABLES]);
            store
                .change(&ACTOR, |tx| {
                    assert_eq!(tx.actor(), &ACTOR);
                    note(tx, 1, "x")?;
                    record(tx)
                })
                .await
                .unwrap();
            let found = store
                .read(|db| db.query("SELECT id FROM note", &[], |row| row.get::<i64>(0)))
                .await
                .unwrap();
            assert_eq!(found, [1]);
        });
    });
}
