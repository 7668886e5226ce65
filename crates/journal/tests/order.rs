//! No entry missed, none twice, none out of order within one entity: many writers who pause, give
//! up and are killed, while placers and followers run beside them.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[expect(dead_code, reason = "each file of tests uses a part")]
mod common;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base::{Clock, Error, Result};
use common::{ACTOR, Dice, Log, Raw, add_part, make, migrations, rename};
use journal::followers::{self, Follower};
use journal::{Journal, Placed, Placer};
use store::testing::Fresh;
use store::{Backend, Store, Tx, args};
use tokio::sync::watch;
use uuid::Uuid;

/// Writes down what it is given, in the order it is given.
struct Scribe;

impl Follower for Scribe {
    fn name(&self) -> &'static str {
        "scribe"
    }

    fn apply(&self, tx: &mut Tx<'_>, entries: &[Placed]) -> Result<()> {
        for entry in entries {
            tx.execute(
                "INSERT INTO seen (follower, idx, entity_id, version) VALUES ('scribe',$1,$2,$3)",
                args![entry.idx, entry.entity, entry.version],
            )?;
        }
        Ok(())
    }
}

/// A commitment that a writer was told of, with entity and version.
type Told = (Uuid, i64, [u8; 32]);

fn write_until(
    journal: &Journal,
    store: &Store,
    entities: &[Uuid],
    until: Instant,
    pause: u64,
) -> Vec<Told> {
    let mut dice = Dice::unseeded();
    let mut told = Vec::new();
    while Instant::now() < until {
        let (first, second) = (*dice.pick(entities), *dice.pick(entities));
        let two = dice.one_in(8) && first != second;
        let ids: Vec<Uuid> = if two {
            vec![first.min(second), first.max(second)]
        } else {
            vec![first]
        };
        let before = dice.roll() % pause * u64::from(dice.one_in(3));
        let after = dice.roll() % pause * u64::from(dice.one_in(3));
        let gives_up = dice.one_in(10);
        let adds = dice.one_in(3);
        let journal = journal.clone();
        let answer = store.change_blocking(&ACTOR, move |tx| {
            std::thread::sleep(Duration::from_micros(before));
            let mut told: Vec<Told> = Vec::new();
            for id in &ids {
                let recorded = if adds {
                    add_part(&journal, tx, *id)?
                } else {
                    rename(&journal, tx, *id, "слово")?
                };
                told.push((*id, recorded.version, recorded.commitment));
            }
            std::thread::sleep(Duration::from_micros(after));
            if gives_up {
                return Err(Error::Conflict("error-already-exists"));
            }
            Ok(told)
        });
        match answer {
            Ok(some) => told.extend(some),
            Err(Error::Conflict(_)) if gives_up => {}
            // The connection was killed: what became of the change is not known.
            Err(Error::Busy | Error::Internal(_) | Error::ReadOnly) => {
                std::thread::sleep(Duration::from_millis(2));
            }
            Err(error) => panic!("{error}"),
        }
    }
    told
}

/// Kills connections to the database of the test at random.
fn kill_until(backend: &Backend, until: Instant) -> u64 {
    let Raw::Postgres(mut client) = Raw::open(backend) else {
        return 0;
    };
    let mut killed = 0;
    while Instant::now() < until {
        std::thread::sleep(Duration::from_millis(40));
        killed += client
            .execute(
                "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid() \
                 ORDER BY random() LIMIT 1) one",
                &[],
            )
            .unwrap();
    }
    killed
}

/// Holds a writing transaction in another database of the cluster.
fn hold_elsewhere(stop: &AtomicBool) {
    let Some(elsewhere) = Fresh::postgres(&migrations()) else {
        return;
    };
    let mut raw = Raw::open(&elsewhere.settings.backend);
    raw.run("BEGIN; INSERT INTO sequence (name, value) VALUES ('held', 1)")
        .unwrap();
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Says that a run is over, also when it ends by a panic.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

struct Run {
    log: Log,
    told: Vec<Told>,
    killed: u64,
}

/// `nodes` stores over one database, each with its writers, its placer and its follower.
fn run(log: Log, nodes: usize, writers: usize, kills: bool) -> Run {
    let seconds = if common::long() { 60 } else { 4 };
    let entities: Vec<Uuid> = (0..12)
        .map(|_| Uuid::from_bytes(base::id::random()))
        .collect();
    for id in &entities {
        let (journal, id) = (log.journal.clone(), *id);
        log.store()
            .change_blocking(&ACTOR, move |tx| {
                make(&journal, tx, id, "начало").map(|_| ())
            })
            .unwrap();
    }
    let stores: Vec<Store> = (0..nodes)
        .map(|node| match node {
            0 => log.store().clone(),
            _ => Store::open(&log.fresh.settings, Clock::system(), &migrations()).unwrap(),
        })
        .collect();
    let (stopping, stop) = watch::channel(false);
    let mut running = Vec::new();
    for store in &stores {
        let placer = Placer::new(store.clone()).unwrap();
        running.push(log.runtime.spawn(followers::run(
            store.clone(),
            Arc::new(Scribe),
            placer.size(),
            stop.clone(),
        )));
        running.push(log.runtime.spawn(placer.run(stop.clone())));
    }
    let until = Instant::now() + Duration::from_secs(seconds);
    let told = Mutex::new(Vec::new());
    let over = AtomicBool::new(false);
    let mut killed = 0;
    std::thread::scope(|scope| {
        let _over = Over(&over);
        let held = log.fresh.folder().is_none();
        if held {
            scope.spawn(|| hold_elsewhere(&over));
        }
        let reaper = kills.then(|| scope.spawn(|| kill_until(&log.fresh.settings.backend, until)));
        let writing: Vec<_> = (0..writers)
            .map(|n| {
                let (store, journal, told) = (&stores[n % nodes], &log.journal, &told);
                let entities = &entities;
                scope.spawn(move || {
                    let some = write_until(journal, store, entities, until, 20_000);
                    told.lock().unwrap().extend(some);
                })
            })
            .collect();
        for one in writing {
            one.join().unwrap();
        }
        killed = reaper.map_or(0, |reaper| reaper.join().unwrap());
        // Placers go on to the end of the queue, then followers to the end of the log.
        let patience = Instant::now() + Duration::from_secs(20);
        while log.count("journal_pending") > 0 || log.count("seen") < log.count("journal_leaf") {
            assert!(
                Instant::now() < patience,
                "{}: not all was placed",
                log.name()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    stopping.send_replace(true);
    log.runtime.block_on(async {
        for one in running {
            one.await.unwrap();
        }
    });
    Run {
        log,
        told: told.into_inner().unwrap(),
        killed,
    }
}

fn judge(run: &Run) {
    let log = &run.log;
    let rows: Vec<(Uuid, i64, [u8; 32], Option<i64>)> = log
        .store()
        .read_blocking(|db| {
            db.query(
                "SELECT j.entity_id, j.entity_version, j.commitment, l.idx FROM journal j \
                 LEFT JOIN journal_leaf l ON l.entry_id = j.id \
                 ORDER BY j.entity_id, j.entity_version",
                &[],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )
        })
        .unwrap();
    let mut last: HashMap<Uuid, (i64, i64)> = HashMap::new();
    let (mut missed, mut gaps, mut disorder) = (0, 0, 0);
    for (entity, version, _, idx) in &rows {
        let (before, place) = last.get(entity).copied().unwrap_or((0, -1));
        gaps += i32::from(*version != before + 1);
        let Some(idx) = *idx else {
            missed += 1;
            continue;
        };
        disorder += i32::from(idx <= place);
        last.insert(*entity, (*version, idx));
    }
    assert_eq!((missed, gaps, disorder), (0, 0, 0), "{}", log.name());
    assert_eq!(
        log.count("journal_leaf"),
        log.count("journal"),
        "none twice"
    );
    let kept: HashSet<Told> = rows.iter().map(|(e, v, c, _)| (*e, *v, *c)).collect();
    let absent = run.told.iter().filter(|told| !kept.contains(*told)).count();
    assert_eq!(absent, 0, "{}: what was answered is there", log.name());

    let uneven: i64 = log
        .store()
        .read_blocking(|db| {
            db.one(
                "SELECT COUNT(*) FROM thing t WHERE weight <> (SELECT COUNT(*) FROM journal j \
                 WHERE j.entity_id = t.id AND j.action <> 'thing.part_added')",
                &[],
                |row| row.get(0),
            )
        })
        .unwrap();
    assert_eq!(uneven, 0, "as many changes as entries that tell of them");

    let seen: Vec<(i64, Uuid, i64)> = log
        .store()
        .read_blocking(|db| {
            db.query(
                "SELECT idx, entity_id, version FROM seen ORDER BY seq",
                &[],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
        })
        .unwrap();
    assert_eq!(seen.len(), rows.len(), "the follower saw each once");
    let mut versions: HashMap<Uuid, i64> = HashMap::new();
    for (expected, (idx, entity, version)) in (0..).zip(&seen) {
        assert_eq!(*idx, expected, "the follower saw no gap");
        let before = versions.insert(*entity, *version).unwrap_or(0);
        assert_eq!(*version, before + 1, "the follower saw the true order");
    }
    log.seal();
    let report = log.assert_sound();
    println!(
        "{}: {} entries, {} answered, {} connections killed",
        log.name(),
        report.entries,
        run.told.len(),
        run.killed
    );
}

#[test]
fn none_missed_on_sqlite() {
    judge(&run(Log::sqlite(), 1, 6, false));
}

#[test]
fn none_missed_on_postgres_while_connections_are_killed() {
    let Some(log) = Log::postgres() else {
        return println!("skipped: PostgreSQL, OKNO_TEST_POSTGRES is not set");
    };
    let run = run(log, 1, 8, true);
    assert!(run.killed > 20, "{}", run.killed);
    judge(&run);
}

#[test]
fn none_missed_by_two_nodes_on_postgres() {
    let Some(log) = Log::postgres() else {
        return println!("skipped: PostgreSQL, OKNO_TEST_POSTGRES is not set");
    };
    judge(&run(log, 2, 12, false));
}
