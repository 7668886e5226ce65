//! The whole way: a change, its entry, its place, its seal, its proof, and a stranger's verdict.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[expect(dead_code, reason = "each file of tests uses a part")]
mod common;

use base::Error;
use common::{ACTOR, Log, THING, add_part, make, rename};
use journal::checkpoint::Checkpoint;
use journal::merkle::{Hash, leaf_hash, root};
use journal::receipt::Receipt;
use journal::tile::TileName;
use journal::verdict::Verdict;
use journal::verify::verify_file;
use store::args;

#[test]
fn a_change_is_recorded_placed_sealed_and_proved() {
    for log in Log::all() {
        let id = log.new_thing("Скамейка");
        assert_eq!(log.proof(id), None, "not before it is sealed");
        assert_eq!(log.place(), 1);
        assert_eq!(log.proof(id), None, "not before it is sealed");
        log.seal();
        let proof = log.proof(id).unwrap();
        let told = verify_file(proof.as_bytes(), &[log.verifier()]);
        assert_eq!(told.verdict, Verdict::Valid, "{:?}", told.reason);
        assert_eq!(told.entries.len(), 1);
        assert_eq!(told.entries[0].fields.len(), 1, "only what was disclosed");
        assert!(!proof.contains("+7 900"));

        for n in 2..=40 {
            log.change(id, &format!("Скамейка {n}"));
            log.new_thing("другая");
        }
        log.place();
        log.seal();
        let told = verify_file(log.proof(id).unwrap().as_bytes(), &[log.verifier()]);
        assert_eq!(told.verdict, Verdict::Valid, "{:?}", told.reason);
        assert_eq!(told.entries.len(), 40);
        assert_eq!(told.checkpoint_size, Some(79));

        let broken = log.proof(id).unwrap().replacen("index 0", "index 1", 1);
        let told = verify_file(broken.as_bytes(), &[log.verifier()]);
        assert_eq!(told.verdict, Verdict::Invalid);
        let report = log.assert_sound();
        assert_eq!((report.entries, report.leaves), (79, 79));
    }
}

#[test]
fn a_receipt_is_given_at_once_and_names_the_entry() {
    for log in Log::all() {
        let id = base::id::new_uuid(log.store().now());
        let journal = log.journal.clone();
        let recorded = log
            .store()
            .change_blocking(&ACTOR, move |tx| make(&journal, tx, id, "Яма"))
            .unwrap();
        let receipt = log.journal.receipt("2026-1", &recorded).unwrap();
        let told = verify_file(receipt.as_bytes(), &[log.verifier()]);
        assert_eq!(told.verdict, Verdict::Valid);
        let Receipt { commitment, .. } = told.receipt.unwrap();
        let journal = log.journal.clone();
        let first = log
            .store()
            .read_blocking(move |db| journal.first_entry(db, id))
            .unwrap();
        assert_eq!((first, commitment), (recorded, recorded.commitment));
    }
}

#[test]
fn history_tells_every_field_in_order() {
    for log in Log::all() {
        let id = log.new_thing("один");
        log.change(id, "два");
        let journal = log.journal.clone();
        let told = log
            .store()
            .read_blocking(move |db| journal.history(db, id))
            .unwrap();
        let titles: Vec<_> = told.iter().map(|t| t.field("title").unwrap()).collect();
        assert_eq!(titles, ["один", "два"]);
        assert!(told.iter().all(|entry| entry.idx.is_none()));
    }
}

#[test]
fn a_history_under_two_keys_is_told_whole() {
    for log in Log::all() {
        let id = log.new_thing("один");
        log.change(id, "два");
        let journal = log.journal.clone();
        log.store()
            .change_blocking(&ACTOR, move |tx| add_part(&journal, tx, id))
            .unwrap();
        log.change(id, "три");
        log.place();
        let journal = log.journal.clone();
        let (told, newest) = log
            .store()
            .read_blocking(move |db| Ok((journal.history(db, id)?, journal.newest(db, id)?)))
            .unwrap();
        let titles: Vec<_> = told.iter().map(|t| t.field("title").unwrap()).collect();
        assert_eq!(titles, ["один", "два", "часть", "три"]);
        let places: Vec<_> = told.iter().map(|t| (t.version, t.idx)).collect();
        let expected = [(1, Some(0)), (2, Some(1)), (3, Some(2)), (4, Some(3))];
        assert_eq!(places, expected);
        assert_eq!(told.last(), newest.as_ref(), "one entry tells the same");
    }
}

#[test]
fn no_change_without_an_entry() {
    for log in Log::all() {
        let id = log.new_thing("Скамейка");
        let forgot = log.store().change_blocking(&ACTOR, move |tx| {
            tx.write(
                &THING,
                "UPDATE thing SET weight = 9 WHERE id = $1",
                args![id],
            )
        });
        assert!(matches!(forgot, Err(Error::Internal(_))), "{forgot:?}");
        let journal = log.journal.clone();
        let late = log.store().change_blocking(&ACTOR, move |tx| {
            rename(&journal, tx, id, "два")?;
            tx.write(
                &THING,
                "UPDATE thing SET weight = 9 WHERE id = $1",
                args![id],
            )
        });
        assert!(
            late.is_err(),
            "what is written after the entry is not in it"
        );
        log.assert_sound();
        if let store::Backend::Postgres { url } = &log.fresh.settings.backend {
            let mut raw = postgres::Client::connect(url, postgres::NoTls).unwrap();
            for forged in ["UPDATE thing SET weight = 9", "DELETE FROM data_key"] {
                let refused = raw.batch_execute(forged).unwrap_err();
                assert!(
                    refused.as_db_error().unwrap().message().contains("entry"),
                    "{refused}"
                );
            }
            log.assert_sound();
        }
    }
}

/// Every published hash again, from the entry bundles up.
fn published_root(log: &Log) -> (u64, Hash) {
    let read = |name: &str| std::fs::read(log.published().join(name)).unwrap();
    let note = String::from_utf8(read("checkpoint")).unwrap();
    let (note, head) = Checkpoint::parse_note(&note).unwrap();
    note.open(&[log.verifier()]).unwrap();
    let mut level: Vec<Hash> = Vec::new();
    for index in 0..head.size.div_ceil(256) {
        let name = TileName::within(0, index, head.size).unwrap();
        for entry in read(&name.entries_path()).chunks(35) {
            assert_eq!(entry[..2], [0, 33]);
            level.push(leaf_hash(&entry[2..]));
        }
    }
    let found = root(&level);
    for tile_level in 0..8 {
        let hashes = read_level(log, tile_level, head.size);
        assert_eq!(level[..hashes.len()], hashes, "tile level {tile_level}");
        level = level.chunks_exact(256).map(root).collect();
        if level.is_empty() {
            break;
        }
    }
    assert_eq!(found, head.root);
    (head.size, found)
}

fn read_level(log: &Log, level: u8, size: u64) -> Vec<Hash> {
    (0..)
        .map_while(|index| TileName::within(level, index, size))
        .flat_map(|name| {
            let bytes = std::fs::read(log.published().join(name.path())).unwrap();
            bytes
                .chunks_exact(32)
                .map(|hash| hash.try_into().unwrap())
                .collect::<Vec<Hash>>()
        })
        .collect()
}

/// Records `count` changes of one thing after another, many in one transaction.
fn many(log: &Log, count: usize) {
    let id = log.new_thing("много");
    for chunk in 0..count.div_ceil(2000) {
        let journal = log.journal.clone();
        let here = (count - chunk * 2000).min(2000);
        log.store()
            .change_blocking(&ACTOR, move |tx| {
                for _ in 0..here {
                    rename(&journal, tx, id, "ещё")?;
                }
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn published_tiles_hash_to_the_checkpoint_root() {
    for log in Log::all() {
        let witness = log.new_thing("свидетель");
        for count in [1, 3, 250, 1, 300, 700] {
            many(&log, count);
            log.place();
            log.seal();
            let (size, _) = published_root(&log);
            assert_eq!(i64::try_from(size).unwrap(), log.count("journal"));
            let told = verify_file(log.proof(witness).unwrap().as_bytes(), &[log.verifier()]);
            assert_eq!(told.verdict, Verdict::Valid, "{size}: {:?}", told.reason);
        }
        assert_eq!(log.count("log_node"), 4, "1262 leaves are 4 full tiles");
        log.assert_sound();
    }
}

#[test]
fn a_tree_past_65536_leaves_is_sealed_and_proved() {
    if !common::long() {
        println!("skipped: 66 000 entries, OKNO_LONG is not 1");
        return;
    }
    for log in Log::all() {
        let first = log.new_thing("первая");
        many(&log, 66_000);
        let last = log.new_thing("последняя");
        log.place();
        log.seal();
        assert_eq!(published_root(&log).0, 66_003);
        for id in [first, last] {
            let told = verify_file(log.proof(id).unwrap().as_bytes(), &[log.verifier()]);
            assert_eq!(told.verdict, Verdict::Valid, "{:?}", told.reason);
        }
        log.assert_sound();
    }
}
