//! The restore drill: a backup taken while people file is put into an empty store, of the same
//! engine and of the other; every old proof stays true, the check of the log is clean, and sealing
//! goes on only after a new epoch was opened.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{scope, sleep};
use std::time::Duration;

use crate::support::{Client, Filed, House, Said, on_both};

/// The proof of a case, once its newest entry is sealed.
fn proof(client: &mut Client, latin: &str) -> String {
    for _ in 0..600 {
        let answer = client.get(&format!("/proofs/{latin}.tlog-proof")).unwrap();
        if answer.status == 200 {
            return answer.text();
        }
        sleep(Duration::from_millis(50));
    }
    panic!("{latin} was not sealed")
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn backup(house: &House) -> PathBuf {
    let folder = house.path("backups");
    let said = house.run(&["backup", folder.to_str().unwrap()]);
    assert_eq!(said.code, 0, "{said:?}");
    PathBuf::from(said.out.split(':').next().unwrap())
}

fn valid(house: &House, proof: &str, key: &str, name: &str) {
    let file = house.path(name);
    fs::write(&file, proof).unwrap();
    let said = house.run(&["verify", file.to_str().unwrap(), "--key", key]);
    assert_eq!(said.code, 0, "{said:?}");
}

fn assert_refused(said: &Said, because: &str) {
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains(because), "{said:?}");
}

/// Everything that a drill goes through, from one house into another.
fn drill(house: &House, other: &House) {
    let server = house.start();
    let key = house.run(&["log", "key"]).out.trim().to_owned();
    let mut client = server.client();
    let before: Vec<Filed> = (0..5)
        .map(|n| Filed::file(&mut client, n, &format!("before-{n}")))
        .collect();
    let proofs: Vec<String> = before
        .iter()
        .map(|case| proof(&mut client, &case.latin))
        .collect();

    // People go on filing while the backup is taken.
    let done = AtomicBool::new(false);
    let (taken, during) = scope(|scope| {
        let filing = scope.spawn(|| {
            let mut client = server.client();
            let mut filed = 0;
            while !done.load(Ordering::Relaxed) || filed == 0 {
                Filed::file(&mut client, 100 + filed, &format!("during-{filed}"));
                filed += 1;
            }
            filed
        });
        let taken = backup(house);
        done.store(true, Ordering::Relaxed);
        (taken, filing.join().unwrap())
    });
    assert!(during > 0);
    // What comes after the backup is what a disaster takes.
    let lost = Filed::file(&mut client, 999, "after");
    let lost_proof = proof(&mut client, &lost.latin);
    assert!(server.stop().success());

    let folder = taken.to_str().unwrap();
    assert_eq!(other.run(&["restore", "--check", folder]).code, 0);
    assert_refused(&other.run(&["restore", folder]), "installation.key");
    copy_folder(&house.keys(), &other.keys());
    let said = other.run(&["restore", folder]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("faults 0"), "{said:?}");
    assert_refused(&other.run(&["restore", folder]), "empty");

    // The guard knows of more than the store holds: nothing is sealed, and filing goes on.
    let server = other.start();
    let mut client = server.client();
    let unsealed = Filed::file(&mut client, 1, "after-restore");
    sleep(Duration::from_secs(3));
    let path = format!("/proofs/{}.tlog-proof", unsealed.latin);
    assert_ne!(client.get(&path).unwrap().status, 200);
    assert!(server.stop().success());

    let said = other.run(&["log", "new-epoch", "--reason", "restored from a backup"]);
    assert_eq!(said.code, 0, "{said:?}");
    let server = other.start();
    let mut client = server.client();
    let after = Filed::file(&mut client, 2, "after-epoch");
    assert!(
        after.serial() > lost.serial(),
        "a number was given to a second case: {} and {}",
        lost.number,
        after.number
    );
    let new_key = other.run(&["log", "key"]).out.trim().to_owned();
    assert_ne!(new_key, key);
    valid(other, &proof(&mut client, &after.latin), &new_key, "after");
    valid(
        other,
        &proof(&mut client, &unsealed.latin),
        &new_key,
        "unsealed",
    );
    for (case, old) in before.iter().zip(&proofs) {
        valid(other, old, &key, "old");
        valid(other, &proof(&mut client, &case.latin), &new_key, "anew");
    }
    // Even what the disaster took stays proved: that it had been recorded.
    valid(other, &lost_proof, &key, "lost");
    assert!(server.stop().success());
    other.assert_sound("after the drill");
}

#[test]
fn a_restored_store_goes_on_after_a_new_epoch() {
    on_both(|house| match house.database() {
        None => drill(house, &House::sqlite()),
        Some(_) => drill(house, &House::postgres().unwrap()),
    });
}

#[test]
fn a_backup_of_one_engine_is_restored_into_the_other() {
    if House::postgres().is_some() {
        drill(&House::sqlite(), &House::postgres().unwrap());
        drill(&House::postgres().unwrap(), &House::sqlite());
    } else {
        println!("skipped: PostgreSQL, OKNO_TEST_POSTGRES is not set");
    }
}

#[test]
fn a_damaged_backup_is_refused() {
    let house = House::sqlite();
    let server = house.start();
    Filed::file(&mut server.client(), 1, "one");
    let taken = backup(&house);
    assert!(server.stop().success());
    let rows = taken.join("rows.jsonl.gz");
    let mut bytes = fs::read(&rows).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&rows, bytes).unwrap();
    let folder = taken.to_str().unwrap();
    let other = House::sqlite();
    copy_folder(&house.keys(), &other.keys());
    assert_refused(&other.run(&["restore", "--check", folder]), "rows.jsonl.gz");
    assert_refused(&other.run(&["restore", folder]), "rows.jsonl.gz");
    assert!(!other.data().join("okno.db").exists());
    assert_refused(&other.run(&["restore", "/nowhere"]), "no backup");
    assert_refused(&house.run(&["backup", "/proc/nowhere"]), "/proc/nowhere");
}

#[test]
fn backups_are_taken_by_the_clock() {
    let house = House::sqlite();
    let folder = house.path("nightly");
    // Whatever the time is, the last planned moment has passed.
    house.configure(&format!(
        "[backup]\nfolder = {folder:?}\nat = \"03:00\"\nkeep = 1\n"
    ));
    let server = house.start();
    let taken = || {
        fs::read_dir(&folder).is_ok_and(|mut found| {
            found.any(|entry| entry.unwrap().path().join("manifest.json").is_file())
        })
    };
    let there = (0..200).any(|_| {
        sleep(Duration::from_millis(50));
        taken()
    });
    assert!(there, "{}", server.log());
    assert!(server.stop().success());
}
