//! Erasing is destroying a key: the entry's place stays proved, its content is gone, and the proofs
//! of everybody else hold.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

#[expect(dead_code, reason = "each file of tests uses a part")]
mod common;

use base::Error;
use common::{ACTOR, Log, tell};
use journal::verdict::Verdict;
use journal::verify::verify_file;
use store::args;
use uuid::Uuid;

fn key_of(log: &Log, id: Uuid) -> Uuid {
    log.store()
        .read_blocking(move |db| {
            db.one(
                "SELECT data_key_id FROM thing WHERE id = $1",
                args![id],
                |row| row.get(0),
            )
        })
        .unwrap()
}

/// Destroys the key of a thing and records that under the installation's key.
fn erase(log: &Log, id: Uuid) {
    let (journal, key) = (log.journal.clone(), key_of(log, id));
    log.store()
        .change_blocking(&ACTOR, move |tx| {
            tx.lock("thing", id)?;
            assert!(journal.keys().destroy(tx, key)?);
            let installation = journal.keys().installation();
            tell(
                &journal,
                tx,
                id,
                "thing.erased",
                "акт 7",
                installation,
                false,
            )
        })
        .unwrap();
}

#[test]
fn erasing_one_leaves_the_proofs_of_others() {
    for log in Log::all() {
        let (gone, stays) = (log.new_thing("Иванов"), log.new_thing("Петров"));
        log.change(gone, "Иванов И. И.");
        log.change(stays, "Петров П. П.");
        log.place();
        log.seal();
        let before = log.proof(stays).unwrap();
        erase(&log, gone);
        log.place();
        log.seal();
        let report = log.assert_sound();
        assert_eq!(report.erased, 2);

        for proof in [before, log.proof(stays).unwrap()] {
            let told = verify_file(proof.as_bytes(), &[log.verifier()]);
            assert_eq!(told.verdict, Verdict::Valid);
        }
        let journal = log.journal.clone();
        let history = log
            .store()
            .read_blocking(move |db| journal.history(db, gone))
            .unwrap();
        assert_eq!(history.len(), 3, "that something happened stays known");
        assert!(history[0].fields.is_empty() && history[1].fields.is_empty());
        assert_eq!(history[2].field("title"), Some("акт 7"));
        let (journal, key) = (log.journal.clone(), key_of(&log, gone));
        let load = move |db: &mut store::Db<'_>| journal.keys().load(db, key).map(|_| ());
        let loaded = log.store().read_blocking(load);
        assert!(
            matches!(loaded, Err(Error::NotFound)),
            "nobody remembers it"
        );
    }
}

#[test]
fn a_key_that_is_gone_without_an_entry_is_a_fault() {
    for log in Log::all() {
        let (one, two) = (log.new_thing("Иванов"), log.new_thing("Петров"));
        erase(&log, one);
        log.assert_sound();
        let key = key_of(&log, two);
        let named = match log.store().engine() {
            store::Engine::Sqlite => format!("X'{}'", key.simple()),
            store::Engine::Postgres => format!("'{key}'"),
        };
        log.raw()
            .run(&format!("DELETE FROM data_key WHERE id = {named}"))
            .unwrap();
        let report = log.check();
        assert_eq!(report.erased, 1, "only what was recorded");
        assert!(
            report.faults.iter().any(|f| f.contains(&key.to_string())),
            "{:?}",
            report.faults
        );
    }
}

#[test]
fn an_erased_key_that_is_put_back_is_a_fault() {
    for log in Log::all() {
        let id = log.new_thing("Иванов");
        let mut raw = log.raw();
        raw.run("CREATE TABLE kept_key AS SELECT * FROM data_key")
            .unwrap();
        erase(&log, id);
        raw.run("INSERT INTO data_key SELECT * FROM kept_key")
            .unwrap();
        let report = log.check();
        assert!(
            report.faults.iter().any(|f| f.contains("is back")),
            "{:?}",
            report.faults
        );
    }
}
