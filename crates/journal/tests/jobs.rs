//! Jobs: queued with their cause, done once, tried again with growing pauses, laid aside at last.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[expect(dead_code, reason = "each file of tests uses a part")]
mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base::id::JobId;
use base::{Clock, Error, Moment};
use common::{ACTOR, Log, rename};
use journal::jobs::{self, Handlers, MOST_ATTEMPTS, pause_seconds};
use tokio::sync::watch;

fn clock() -> Clock {
    Clock::fixed(Moment::from_micros(1_790_000_000_000_000))
}

fn step(log: &Log, handlers: &Handlers) -> bool {
    log.runtime
        .block_on(jobs::step(log.store(), handlers))
        .unwrap()
}

fn enqueue(log: &Log, kind: &'static str) {
    log.store()
        .housekeeping_blocking(move |tx| {
            let now = tx.now();
            jobs::enqueue(tx, kind, "{\"a\":1}", now).map(|_| ())
        })
        .unwrap();
}

/// Handlers of the kind `letter` that count, and fail the first `failures` times.
fn counting(failures: usize) -> (Handlers, Arc<AtomicUsize>) {
    let tries = Arc::new(AtomicUsize::new(0));
    let mut handlers = Handlers::default();
    let counted = tries.clone();
    handlers.on("letter", move |payload| {
        let counted = counted.clone();
        async move {
            assert_eq!(payload, "{\"a\":1}");
            if counted.fetch_add(1, Ordering::SeqCst) < failures {
                return Err("the mail server is away".to_owned());
            }
            Ok(())
        }
    });
    (handlers, tries)
}

#[test]
fn a_job_of_a_change_that_failed_never_was() {
    for log in Log::all() {
        let id = log.new_thing("вещь");
        for fails in [true, false] {
            let journal = log.journal.clone();
            let answer = log.store().change_blocking(&ACTOR, move |tx| {
                rename(&journal, tx, id, "иначе")?;
                let now = tx.now();
                jobs::enqueue(tx, "letter", "{\"a\":1}", now)?;
                if fails { Err(Error::NotFound) } else { Ok(()) }
            });
            assert_eq!(answer.is_err(), fails);
            assert_eq!(log.count("job"), i64::from(!fails));
        }
        let (handlers, tries) = counting(0);
        assert!(step(&log, &handlers));
        assert!(!step(&log, &handlers), "done once");
        assert_eq!(tries.load(Ordering::SeqCst), 1);
        assert_eq!(log.count("job"), 0);
    }
}

#[test]
fn a_job_waits_longer_after_each_failure_and_is_given_up_at_last() {
    let clock = clock();
    for log in Log::all_at(&clock) {
        let most = usize::try_from(MOST_ATTEMPTS).unwrap();
        let (handlers, tries) = counting(most);
        enqueue(&log, "letter");
        for attempt in 1..=MOST_ATTEMPTS {
            assert!(step(&log, &handlers), "attempt {attempt}");
            assert!(!step(&log, &handlers), "not before the pause is over");
            if attempt < MOST_ATTEMPTS {
                clock.advance_seconds(pause_seconds(attempt) - 1);
                assert!(!step(&log, &handlers), "a second too early");
                clock.advance_seconds(1);
            }
        }
        clock.advance_seconds(1_000_000);
        assert!(!step(&log, &handlers), "given up");
        let dead = log
            .runtime
            .block_on(jobs::dead_letters(log.store()))
            .unwrap();
        assert_eq!(dead.len(), 1);
        assert_eq!(dead[0].problem, "the mail server is away");
        assert_eq!(dead[0].attempts, MOST_ATTEMPTS);

        let revive = |id| log.runtime.block_on(jobs::revive(log.store(), JobId(id)));
        revive(dead[0].id).unwrap();
        assert!(matches!(revive(dead[0].id), Err(Error::NotFound)));
        assert!(step(&log, &handlers));
        assert_eq!(tries.load(Ordering::SeqCst), most + 1);
        assert_eq!(log.count("job"), 0);
    }
}

#[test]
fn a_job_of_a_lost_runner_is_run_again() {
    let clock = clock();
    for log in Log::all_at(&clock) {
        enqueue(&log, "letter");
        // A runner takes the job and is never heard of again.
        let mut forgetful = Handlers::default();
        forgetful.on("letter", |_| std::future::pending::<Result<(), String>>());
        let lost = log.runtime.block_on(async {
            let step = jobs::step(log.store(), &forgetful);
            tokio::time::timeout(std::time::Duration::from_millis(300), step).await
        });
        assert!(lost.is_err());
        let (handlers, tries) = counting(0);
        assert!(!step(&log, &handlers), "its lease still runs");
        clock.advance_seconds(121);
        assert!(step(&log, &handlers));
        assert_eq!(tries.load(Ordering::SeqCst), 1);
        assert_eq!(log.count("job"), 0);
    }
}

fn a_bug() -> Result<(), String> {
    panic!("a bug")
}

#[test]
fn a_handler_that_panics_and_an_unknown_kind_are_failures() {
    for log in Log::all_at(&clock()) {
        enqueue(&log, "letter");
        enqueue(&log, "unknown");
        let mut handlers = Handlers::default();
        handlers.on("letter", |_| async { a_bug() });
        assert!(step(&log, &handlers));
        assert!(step(&log, &handlers));
        assert!(!step(&log, &handlers));
        let problems: Vec<String> = log
            .store()
            .read_blocking(|db| {
                db.query("SELECT problem FROM job ORDER BY kind", &[], |r| r.get(0))
            })
            .unwrap();
        assert!(problems[0].contains("broke down"), "{problems:?}");
        assert!(problems[1].contains("nobody"), "{problems:?}");
    }
}

#[test]
fn many_runners_do_each_job_once() {
    for log in Log::all() {
        for _ in 0..60 {
            enqueue(&log, "letter");
        }
        let (handlers, tries) = counting(0);
        let runners: Vec<_> = (0..4)
            .map(|_| {
                let (store, handlers) = (log.store().clone(), handlers.clone());
                log.runtime
                    .spawn(async move { while jobs::step(&store, &handlers).await.unwrap() {} })
            })
            .collect();
        log.runtime.block_on(async {
            for runner in runners {
                runner.await.unwrap();
            }
        });
        assert_eq!(tries.load(Ordering::SeqCst), 60);
        assert_eq!(log.count("job"), 0);
    }
}

#[test]
fn no_more_are_taken_than_there_is_room_for() {
    for log in Log::all() {
        enqueue(&log, "letter");
        // A database that takes the queue for a short one looks through it in a loop.
        log.store()
            .housekeeping_blocking(|tx| tx.execute("ANALYZE job", &[]).map(|_| ()))
            .unwrap();
        for _ in 0..40 {
            enqueue(&log, "letter");
        }
        let (at_work, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut handlers = Handlers::default();
        let (working, reached) = (Arc::clone(&at_work), Arc::clone(&most));
        handlers.on("letter", move |_| {
            let (working, reached) = (Arc::clone(&working), Arc::clone(&reached));
            async move {
                reached.fetch_max(working.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(10)).await;
                working.fetch_sub(1, Ordering::SeqCst);
                Ok::<(), String>(())
            }
        });
        run_lane(&log, &handlers, (jobs::Lane::Only("letter"), 3), 0);
        assert_eq!(most.load(Ordering::SeqCst), 3, "{}", log.name());
    }
}

#[test]
fn what_no_further_try_can_help_is_laid_aside_at_once() {
    for log in Log::all_at(&clock()) {
        let runs = Arc::new(AtomicUsize::new(0));
        let mut handlers = Handlers::default();
        let counted = Arc::clone(&runs);
        handlers.on("letter", move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
            async { Err::<(), _>(jobs::Failure::Final("no such box".to_owned())) }
        });
        enqueue(&log, "letter");
        assert!(step(&log, &handlers));
        let dead = log
            .runtime
            .block_on(jobs::dead_letters(log.store()))
            .unwrap();
        assert_eq!((dead.len(), dead[0].attempts), (1, 1));
        assert_eq!(dead[0].problem, "no such box");
        assert_eq!(runs.load(Ordering::SeqCst), 1);
    }
}

/// Runs a lane, so many jobs at a time, until so many are left.
fn run_lane(log: &Log, handlers: &Handlers, (lane, at_once): (jobs::Lane, usize), left: i64) {
    let (stop, stopping) = watch::channel(false);
    let runner = jobs::run(
        log.store().clone(),
        handlers.clone(),
        lane,
        at_once,
        stopping,
    );
    let runner = log.runtime.spawn(runner);
    let begun = Instant::now();
    while log.count("job") != left {
        assert!(begun.elapsed() < Duration::from_secs(30), "it hangs");
        std::thread::sleep(Duration::from_millis(5));
    }
    stop.send_replace(true);
    log.runtime.block_on(runner).unwrap();
}

#[test]
fn a_lane_takes_its_own_kinds_and_of_them_what_waits_longest() {
    for log in Log::all_at(&clock()) {
        log.store()
            .housekeeping_blocking(|tx| {
                let now = tx.now();
                for (kind, waits) in [
                    ("rules", 10),
                    ("letter", 50),
                    ("said", 60),
                    ("rules", 30),
                    ("unheard", 20),
                    ("readings", 40),
                    // Not due yet.
                    ("rules", -10),
                ] {
                    jobs::enqueue(tx, kind, &waits.to_string(), now.plus_seconds(-waits))?;
                }
                Ok(())
            })
            .unwrap();
        let done = Arc::new(Mutex::new(Vec::new()));
        let mut handlers = Handlers::default();
        for kind in ["letter", "readings", "rules", "said"] {
            let done = Arc::clone(&done);
            handlers.on(kind, move |payload| {
                done.lock().unwrap().push(format!("{kind} {payload}"));
                async { Ok::<(), String>(()) }
            });
        }
        let others = jobs::Lane::AllBut(&["letter", "said"]);
        run_lane(&log, &handlers, (others, 1), 4);
        let left: Vec<(String, i64)> = log
            .store()
            .read_blocking(|db| {
                let sql = "SELECT kind, attempts FROM job ORDER BY kind";
                db.query(sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))
            })
            .unwrap();
        let left: Vec<_> = left.iter().map(|(kind, n)| (kind.as_str(), *n)).collect();
        let expected = [("letter", 0), ("rules", 0), ("said", 0), ("unheard", 1)];
        assert_eq!(left, expected, "what nobody knows is taken, too");
        run_lane(&log, &handlers, (jobs::Lane::Only("letter"), 1), 3);
        let done = done.lock().unwrap();
        let order = ["readings 40", "rules 30", "rules 10", "letter 50"];
        assert_eq!(*done, order, "{}", log.name());
    }
}

#[test]
fn one_job_that_waits_holds_up_no_other_of_its_lane_and_is_brought_to_its_end() {
    for log in Log::all() {
        enqueue(&log, "slow");
        for _ in 0..40 {
            enqueue(&log, "letter");
        }
        let (mut handlers, tries) = counting(0);
        let (let_go, waiting) = watch::channel(false);
        handlers.on("slow", move |_| {
            let mut waiting = waiting.clone();
            async move {
                let went = waiting.wait_for(|go| *go).await;
                went.map(|_| ()).map_err(|error| error.to_string())
            }
        });
        let (stop, stopping) = watch::channel(false);
        let store = log.store().clone();
        let runner = jobs::run(store, handlers, jobs::Lane::All, 8, stopping);
        let runner = log.runtime.spawn(runner);
        let until = |left| {
            let begun = Instant::now();
            while log.count("job") != left {
                assert!(begun.elapsed() < Duration::from_secs(30), "it hangs");
                std::thread::sleep(Duration::from_millis(5));
            }
        };
        until(1);
        assert_eq!(tries.load(Ordering::SeqCst), 40);
        // Whoever stops the server waits for what has begun.
        stop.send_replace(true);
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!((log.count("job"), runner.is_finished()), (1, false));
        let_go.send_replace(true);
        log.runtime.block_on(runner).unwrap();
        until(0);
    }
}
