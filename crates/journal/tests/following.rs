//! Followers: each entry in order, a position that survives, one node at a time.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[expect(dead_code, reason = "each file of tests uses a part")]
mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base::{Clock, Error, Moment, Result};
use common::Log;
use journal::Placed;
use journal::followers::{self, Follower};
use store::{Lease, Tx, args};
use tokio::sync::watch;

/// Counts what it is given; stumbles while told so, after it has written.
#[derive(Default)]
struct Counter {
    given: AtomicUsize,
    stumbles: AtomicBool,
}

impl Follower for Counter {
    fn name(&self) -> &'static str {
        "counter"
    }

    fn apply(&self, tx: &mut Tx<'_>, entries: &[Placed]) -> Result<()> {
        self.given.fetch_add(entries.len(), Ordering::SeqCst);
        for entry in entries {
            tx.execute(
                "INSERT INTO seen (follower, idx, entity_id, version) VALUES ('counter',$1,$2,$3)",
                args![entry.idx, entry.entity, entry.version],
            )?;
        }
        if self.stumbles.load(Ordering::SeqCst) {
            return Err(Error::internal("stumbled"));
        }
        Ok(())
    }
}

fn seen(log: &Log) -> Vec<i64> {
    log.store()
        .read_blocking(|db| db.query("SELECT idx FROM seen ORDER BY seq", &[], |row| row.get(0)))
        .unwrap()
}

#[test]
fn what_was_given_twice_is_there_once() {
    for log in Log::all() {
        let counter = Arc::new(Counter::default());
        let follower: Arc<dyn Follower> = counter.clone();
        for _ in 0..600 {
            log.new_thing("вещь");
        }
        followers::catch_up_blocking(log.store(), &follower).unwrap();
        assert!(seen(&log).is_empty(), "only what is placed");
        log.place();
        counter.stumbles.store(true, Ordering::SeqCst);
        assert!(followers::catch_up_blocking(log.store(), &follower).is_err());
        assert!(seen(&log).is_empty(), "its writes and its position are one");
        counter.stumbles.store(false, Ordering::SeqCst);
        log.raw().run("DELETE FROM lease").unwrap();
        followers::catch_up_blocking(log.store(), &follower).unwrap();
        assert_eq!(seen(&log), (0..600).collect::<Vec<i64>>());
        assert!(counter.given.load(Ordering::SeqCst) > 600);

        // A new process goes on from the saved position.
        let fresh: Arc<dyn Follower> = Arc::new(Counter::default());
        log.new_thing("вещь");
        log.place();
        followers::catch_up_blocking(log.store(), &fresh).unwrap();
        assert_eq!(seen(&log), (0..601).collect::<Vec<i64>>());
    }
}

#[test]
fn the_lease_of_a_lost_node_is_taken_over() {
    let clock = Clock::fixed(Moment::from_micros(1_790_000_000_000_000));
    for log in Log::all_at(&clock) {
        log.new_thing("вещь");
        log.place();
        let taken = log.store().housekeeping_blocking(|tx| {
            Lease::try_acquire(tx, "follower.counter", "a lost node", 3)?;
            Lease::try_acquire(tx, "journal.placer", "a lost node", 2)
        });
        assert!(taken.unwrap());
        let follower: Arc<dyn Follower> = Arc::new(Counter::default());
        followers::catch_up_blocking(log.store(), &follower).unwrap();
        assert!(seen(&log).is_empty());
        log.new_thing("вещь");
        assert_eq!(log.place(), 0, "another node places");
        clock.advance_seconds(4);
        assert_eq!(log.place(), 1);
        followers::catch_up_blocking(log.store(), &follower).unwrap();
        assert_eq!(seen(&log), [0, 1]);
    }
}

#[test]
fn running_parts_see_an_entry_soon_and_stop_when_told() {
    for log in Log::all() {
        let (stopping, stop) = watch::channel(false);
        let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let size = log.placer.size();
        let parts = [
            log.runtime.spawn(followers::run(
                log.store().clone(),
                Arc::new(Counter::default()),
                size.clone(),
                stop.clone(),
            )),
            log.runtime.spawn(followers::tail(
                log.store().clone(),
                size,
                stop.clone(),
                move |entry| _ = told.send(entry.idx),
            )),
            log.runtime.spawn(log.placer.clone().run(stop.clone())),
            log.runtime.spawn(log.sealer.clone().run(stop)),
        ];
        std::thread::sleep(Duration::from_millis(100));
        for idx in 0..3 {
            log.new_thing("вещь");
            let next = log.runtime.block_on(async {
                tokio::time::timeout(Duration::from_secs(5), heard.recv()).await
            });
            assert_eq!(next.unwrap(), Some(idx));
        }
        stopping.send_replace(true);
        log.runtime.block_on(async {
            for part in parts {
                tokio::time::timeout(Duration::from_secs(5), part)
                    .await
                    .unwrap()
                    .unwrap();
            }
        });
        let leases = log.count("lease");
        assert_eq!(leases, 0, "who stops gives its leases back");
        log.assert_sound();
    }
}

#[test]
fn what_commits_in_the_same_moment_is_placed_by_one_round() {
    const THINGS: u64 = 60;
    for log in Log::all() {
        let (stopping, stop) = watch::channel(false);
        let mut size = log.placer.size();
        let counting = log.runtime.spawn(async move {
            let mut rounds = 0_u128;
            while *size.borrow_and_update() < THINGS {
                size.changed().await.unwrap();
                rounds += 1;
            }
            rounds
        });
        let placing = log.runtime.spawn(log.placer.clone().run(stop));
        let begun = Instant::now();
        for _ in 0..THINGS {
            log.new_thing("вещь");
        }
        let rounds = log
            .runtime
            .block_on(async { tokio::time::timeout(Duration::from_secs(20), counting).await });
        let rounds = rounds.unwrap().unwrap();
        // Nothing wakes it more often than that, however quick the commits are.
        let most = begun.elapsed().as_millis() / 20 + 2;
        assert!(
            rounds <= most,
            "{}: {rounds} rounds, not {most}",
            log.name()
        );
        stopping.send_replace(true);
        log.runtime.block_on(placing).unwrap();
    }
}
