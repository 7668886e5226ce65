//! The guard outside the database: a restored old store refuses to seal over a newer log, a new
//! epoch repairs that, and a crash at any step of sealing heals.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[expect(dead_code, reason = "each file of tests uses a part")]
mod common;

use std::fs;

use base::Clock;
use common::{ACTOR, Log, Node, Raw, make};
use journal::checkpoint::Checkpoint;
use journal::verdict::Verdict;
use journal::verify::{verify_file, verify_with_vkey};
use journal::{Alarm, epoch};
use store::Settings;
use uuid::Uuid;

/// A copy of the store as it is now, as a backup would be.
fn backup(log: &Log) -> Settings {
    let file = log.folder.path().join("backup.sqlite");
    log.raw()
        .run(&format!("VACUUM INTO '{}'", file.display()))
        .unwrap();
    // The leases of its time have run out.
    Raw::sqlite(&file).run("DELETE FROM lease").unwrap();
    Settings::sqlite(file)
}

fn add(node: &Node, title: &'static str) -> Uuid {
    let id = base::id::new_uuid(node.store.now());
    let journal = node.journal.clone();
    node.store
        .change_blocking(&ACTOR, move |tx| make(&journal, tx, id, title).map(|_| ()))
        .unwrap();
    id
}

#[test]
fn a_restored_old_store_refuses_to_seal_until_a_new_epoch_is_opened() {
    let log = Log::sqlite();
    let first = log.new_thing("до копии");
    log.place();
    log.seal();
    let old = backup(&log);
    for n in 0..5 {
        log.new_thing(&format!("после копии {n}"));
    }
    log.place();
    log.seal();
    let old_vkey = log.verifier().vkey();
    let lost_note = fs::read_to_string(log.guard_file()).unwrap();

    let node = log.node(&old, &Clock::system());
    let report = log.check_by(&node);
    assert!(
        report.faults.iter().any(|f| f.contains("old backup")),
        "{:?}",
        report.faults
    );
    add(&node, "запись после восстановления");
    assert_eq!(
        node.placer.place_all_blocking().unwrap(),
        1,
        "placing goes on"
    );
    assert_eq!(log.seal_by(&node.sealer), Some(Alarm::GuardIsAhead));
    let read_only = fs::read_to_string(log.guard_file()).unwrap();
    assert_eq!(read_only, lost_note, "the guard did not move");

    // Grown past the guard, the store is still another log.
    for _ in 0..8 {
        add(&node, "ещё");
    }
    node.placer.place_all_blocking().unwrap();
    assert_eq!(log.seal_by(&node.sealer), Some(Alarm::GuardDiffers));

    let opened = epoch::open(&node.journal, "восстановлено из копии").unwrap();
    assert_eq!(opened.epoch, 2);
    assert_eq!(opened.old.as_deref(), Some(lost_note.as_str()));
    node.placer.place_all_blocking().unwrap();
    assert_eq!(log.seal_by(&node.sealer), None);
    assert_eq!(log.check_by(&node).faults, Vec::<String>::new());

    let journal = node.journal.clone();
    let proof = node
        .store
        .read_blocking(move |db| journal.proof(db, first, &["title"]))
        .unwrap()
        .unwrap();
    let verdict = |vkey: &str| verify_with_vkey(proof.as_bytes(), Some(vkey)).verdict;
    assert_eq!(verdict(&opened.vkey), Verdict::Valid);
    assert_eq!(verdict(&old_vkey), Verdict::Invalid);
    let told = fs::read_to_string(log.folder.path().join("keys/guard.old")).unwrap();
    assert_eq!(told, lost_note);

    // A process that starts later knows the epoch from the store.
    let settings = old.clone();
    drop(node);
    let node = log.node(&settings, &Clock::system());
    assert_eq!(node.journal.epoch(), 2);
    add(&node, "и дальше");
    node.placer.place_all_blocking().unwrap();
    assert_eq!(log.seal_by(&node.sealer), None);
    assert_eq!(log.check_by(&node).faults, Vec::<String>::new());
}

#[test]
fn a_running_sealer_takes_up_a_new_epoch_by_itself() {
    for log in Log::all() {
        let id = log.new_thing("одна");
        log.place();
        log.seal();
        let node = log.node(&log.fresh.settings, &Clock::system());
        let opened = epoch::open(&node.journal, "проверка").unwrap();
        log.place();
        log.seal();
        let told = verify_with_vkey(log.proof(id).unwrap().as_bytes(), Some(&opened.vkey));
        assert_eq!(told.verdict, Verdict::Valid, "{:?}", told.reason);
        log.assert_sound();
    }
}

#[test]
fn a_crash_between_guard_and_checkpoint_heals() {
    for log in Log::all() {
        log.new_thing("одна");
        log.place();
        log.seal();
        let published = log.published().join("checkpoint");
        let before = fs::read(&published).unwrap();
        let id = log.new_thing("другая");
        log.place();
        log.seal();
        let guard = fs::read_to_string(log.guard_file()).unwrap();
        // As if the process had ended right after the guard had moved.
        log.raw()
            .run("DELETE FROM log_checkpoint WHERE number = (SELECT MAX(number) FROM log_checkpoint)")
            .unwrap();
        fs::write(&published, before).unwrap();
        fs::remove_file(log.published().join("tile/0/000.p/2")).unwrap();
        log.assert_sound();
        log.new_thing("третья, после перезапуска");
        log.place();
        log.assert_sound();

        let node = log.node(&log.fresh.settings, &Clock::system());
        // The lease of the process that ended runs out.
        log.raw().run("DELETE FROM lease").unwrap();
        assert_eq!(log.seal_by(&node.sealer), None);
        assert_eq!(node.sealer.sealed().borrow().note, guard);
        assert_eq!(log.seal_by(&node.sealer), None);
        assert_eq!(node.sealer.sealed().borrow().size, 3);
        let told = verify_file(log.proof(id).unwrap().as_bytes(), &[log.verifier()]);
        assert_eq!(told.verdict, Verdict::Valid);
        log.assert_sound();
    }
}

#[test]
fn a_checkpoint_that_was_published_and_is_gone_is_missed() {
    for log in Log::all() {
        for n in 0..2 {
            log.new_thing("вещь");
            log.place();
            log.seal();
            log.raw()
                .run("CREATE TABLE aside AS SELECT * FROM log_checkpoint")
                .unwrap();
            log.raw()
                .run("DELETE FROM log_checkpoint WHERE number = (SELECT MAX(number) FROM log_checkpoint)")
                .unwrap();
            assert_eq!(log.check().faults.len(), 1, "after {n} others");
            log.raw()
                .run("DELETE FROM log_checkpoint; INSERT INTO log_checkpoint SELECT * FROM aside; DROP TABLE aside")
                .unwrap();
            log.assert_sound();
        }
    }
}

#[test]
fn a_crash_before_publishing_is_made_up_for() {
    for log in Log::all() {
        for n in 0..3 {
            log.new_thing("вещь");
            log.place();
            if n == 0 {
                log.seal();
            }
            if n == 1 {
                // The folder cannot be written for a while.
                fs::rename(log.published(), log.folder.path().join("away")).unwrap();
                fs::write(log.published(), "not a folder").unwrap();
                assert!(log.runtime.block_on(log.sealer.seal()).is_err());
                fs::remove_file(log.published()).unwrap();
                fs::rename(log.folder.path().join("away"), log.published()).unwrap();
            }
        }
        log.seal();
        log.assert_sound();
    }
}

#[test]
fn damaged_published_files_are_written_anew() {
    for log in Log::all() {
        log.new_thing("вещь");
        log.place();
        log.seal();
        fs::write(log.published().join("checkpoint"), [0, 255, 0]).unwrap();
        fs::write(log.published().join("tile/0/000.p/1"), [0]).unwrap();
        assert_eq!(log.check().faults.len(), 2);
        log.new_thing("вещь");
        log.place();
        log.seal();
        let left = log.check().faults;
        assert_eq!(left.len(), 1, "an outdated narrow tile stays: {left:?}");
    }
}

#[test]
fn a_guard_that_is_lost_old_foreign_or_damaged_stops_sealing_alone() {
    for log in Log::all() {
        log.new_thing("одна");
        log.place();
        log.seal();
        let old = fs::read(log.guard_file()).unwrap();
        log.new_thing("другая");
        log.place();
        log.seal();
        let right = fs::read(log.guard_file()).unwrap();
        log.new_thing("третья");
        log.place();

        fs::remove_file(log.guard_file()).unwrap();
        assert_eq!(log.seal_by(&log.sealer), Some(Alarm::GuardIsMissing));
        fs::write(log.guard_file(), &old).unwrap();
        assert_eq!(log.seal_by(&log.sealer), Some(Alarm::GuardIsBehind));
        fs::write(log.guard_file(), "rubbish").unwrap();
        assert_eq!(log.seal_by(&log.sealer), Some(Alarm::GuardUnusable));
        let key = log.journal.keys().note_key(1).unwrap();
        let foreign = Checkpoint {
            origin: "okno/test".into(),
            size: 2,
            root: [9; 32],
        };
        fs::write(log.guard_file(), foreign.sign(&key)).unwrap();
        assert_eq!(log.seal_by(&log.sealer), Some(Alarm::GuardDiffers));

        assert_eq!(
            log.count("log_checkpoint"),
            2,
            "nothing was sealed meanwhile"
        );
        log.new_thing("подать можно всегда");
        assert_eq!(log.place(), 1);
        fs::write(log.guard_file(), &right).unwrap();
        assert_eq!(log.seal_by(&log.sealer), None, "heals by itself");
        log.assert_sound();
    }
}

#[test]
fn a_tree_changed_under_the_sealer_is_not_sealed() {
    for log in Log::all() {
        for _ in 0..4 {
            log.new_thing("вещь");
        }
        log.place();
        log.seal();
        log.new_thing("вещь");
        log.place();
        let mut raw = log.raw();
        raw.run("UPDATE journal_leaf SET hash = (SELECT hash FROM journal_leaf WHERE idx = 0) WHERE idx = 2")
            .unwrap();
        assert_eq!(log.seal_by(&log.sealer), Some(Alarm::TreeDiffers));
        raw.run("DELETE FROM journal_leaf WHERE idx = 2").unwrap();
        assert_eq!(log.seal_by(&log.sealer), Some(Alarm::TreeDiffers));
    }
}

#[test]
fn two_nodes_seal_one_log() {
    for log in Log::all() {
        let clock = Clock::fixed(log.store().now());
        let nodes = [
            log.node(&log.fresh.settings, &clock),
            log.node(&log.fresh.settings, &clock),
        ];
        for n in 0..6 {
            log.new_thing("вещь");
            log.place();
            // Whoever holds the lease seals; the other learns of it.
            let (first, second) = (&nodes[n / 3], &nodes[1 - n / 3]);
            if n == 3 {
                clock.advance_seconds(60);
            }
            assert_eq!(log.seal_by(&first.sealer), None);
            assert_eq!(log.seal_by(&second.sealer), None);
            for node in [first, second] {
                let sealed = node.sealer.sealed().borrow().clone();
                assert_eq!(sealed.size, n as u64 + 1);
            }
        }
        assert_eq!(log.count("log_checkpoint"), 6, "each size was sealed once");
        log.assert_sound();
    }
}
