//! From one version to the next: a store of the first release is brought up to date at the start,
//! nothing of it is lost and every proof taken before stays true; a store of a later version is
//! refused; the way back is the backup from before, which either engine takes.
//!
//! `upgrade/` holds that store as the binary of commit 0dc287c left it after a day's work: three
//! cases in three states, a backup of it, the keys of this one store, and what people had taken home.
//! With `OKNO_TEST_OLD_BIN` naming a build of that commit, the older binary is asked too.

use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;

use crate::support::{Filed, House, Said, Server, command_at, on_both, said_by};

/// What the first release left.
fn left() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/process/upgrade")
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The keys, as the installation had them: git does not keep that they are for their owner alone.
fn put_keys(house: &House) {
    copy_folder(&left().join("keys"), &house.keys());
    for file in fs::read_dir(house.keys()).unwrap() {
        let owner_alone = fs::Permissions::from_mode(0o600);
        fs::set_permissions(file.unwrap().path(), owner_alone).unwrap();
    }
}

/// The data folder itself: the database and the published log.
fn put_store(house: &House) {
    put_keys(house);
    let packed = fs::File::open(left().join("okno.db.gz")).unwrap();
    let mut bytes = Vec::new();
    GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    fs::create_dir_all(house.data()).unwrap();
    fs::write(house.data().join("okno.db"), bytes).unwrap();
    copy_folder(&left().join("blobs"), &house.data().join("blobs"));
}

/// The backup, by its only folder of a moment.
fn backup() -> PathBuf {
    let folders = fs::read_dir(left().join("backup")).unwrap();
    let mut moments: Vec<PathBuf> = folders
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("manifest.json").exists())
        .collect();
    assert_eq!(moments.len(), 1);
    moments.remove(0)
}

/// The proofs that people took home, by the number of their case, and the key that they noted.
fn proofs() -> (Vec<(String, PathBuf)>, String) {
    let mut proofs: Vec<(String, PathBuf)> = fs::read_dir(left().join("proofs"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path))
        .collect();
    proofs.sort();
    let key = fs::read_to_string(left().join("vkey")).unwrap();
    (proofs, key.trim().to_owned())
}

fn verified(house: &House, proof: &Path, key: &str) -> Said {
    house.run(&["verify", proof.to_str().unwrap(), "--key", key])
}

/// Whether the proof of a case is served once more, and is true.
fn proved_anew(house: &House, server: &Server, number: &str, key: &str) {
    let began = Instant::now();
    let text = loop {
        let answer = server
            .client()
            .get(&format!("/proofs/{number}.tlog-proof"))
            .unwrap();
        if answer.status == 200 {
            break answer.text();
        }
        assert!(began.elapsed() < Duration::from_mins(1), "{number}");
        std::thread::sleep(Duration::from_millis(100));
    };
    let file = house.path(&format!("anew-{number}"));
    fs::write(&file, text).unwrap();
    let said = verified(house, &file, key);
    assert_eq!(said.code, 0, "{number}: {said:?}");
}

/// Everything that must hold of an upgraded store.
fn lives_on(house: &House, seals: bool) {
    let (proofs, key) = proofs();
    assert_eq!(proofs.len(), 3);
    for (number, proof) in &proofs {
        let said = verified(house, proof, &key);
        assert_eq!(said.code, 0, "{number}: {said:?}");
    }
    let server = house.start();
    let mut client = server.client();
    for (number, _) in &proofs {
        let page = client.get(&format!("/register/{number}")).unwrap();
        assert_eq!(page.status, 200, "{number}: {}", page.text());
    }
    let new = Filed::file(&mut client, 1, "after-the-upgrade");
    let password = fs::read_to_string(left().join("keys/demo-password")).unwrap();
    let mut head = server.client();
    head.sign_in("roads.head@okno.example", password.trim());
    // An answered case opens as it was, with what later versions know beside it.
    let (answered, _) = &proofs[0];
    let page = head.get(&format!("/desk/{answered}")).unwrap();
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("Яма заделана"), "{}", page.text());
    if seals {
        proved_anew(house, &server, &new.latin, &key);
        for (number, _) in &proofs {
            proved_anew(house, &server, number, &key);
        }
    }
    assert!(
        server.problems().is_empty() || !seals,
        "{}",
        server.problems()
    );
    assert!(server.stop().success());
    house.assert_sound("after the upgrade");
}

#[test]
fn a_store_of_the_first_release_is_upgraded_at_the_start() {
    let house = House::sqlite();
    put_store(&house);
    let tables = "SELECT count(*) FROM migration";
    let before = house.raw().number(tables);
    house.assert_sound("right after the upgrade");
    assert!(
        house.raw().number(tables) > before,
        "nothing was to be done"
    );
    lives_on(&house, true);
}

#[test]
fn a_backup_of_the_first_release_is_restored_into_either_engine() {
    on_both(|house| {
        put_keys(house);
        let said = house.run(&["restore", backup().to_str().unwrap()]);
        assert_eq!(said.code, 0, "{}: {said:?}", house.name());
        assert!(said.out.contains("faults 0"), "{said:?}");
        let said = house.run(&["log", "new-epoch", "--reason", "moved to another machine"]);
        assert_eq!(said.code, 0, "{said:?}");
        lives_on(house, false);
    });
}

#[test]
fn a_store_of_a_later_version_is_refused_and_left_alone() {
    on_both(|house| {
        let server = house.start();
        Filed::file(&mut server.client(), 1, "before");
        assert!(server.stop().success());
        for later in [("people", "9999_later"), ("parliament", "0001_parliament")] {
            let mut raw = house.raw();
            let (slice, name) = later;
            raw.run(&format!(
                "INSERT INTO migration (slice, name, digest, at) \
                 SELECT '{slice}', '{name}', digest, at FROM migration LIMIT 1"
            ))
            .unwrap();
            for words in [&["serve", "--listen", "127.0.0.1:0"][..], &["log", "fsck"]] {
                let said = house.run(words);
                assert_ne!(said.code, 0, "{said:?}");
                for part in ["newer Okno", name, "restore the backup"] {
                    assert!(said.err.contains(part), "{part}: {said:?}");
                }
            }
            raw.run(&format!(
                "DELETE FROM migration WHERE slice = '{slice}' AND name = '{name}'"
            ))
            .unwrap();
        }
        house.assert_sound("after it was refused");
    });
}

/// The first release itself, where somebody has built it.
#[test]
fn the_older_binary_refuses_what_was_upgraded_and_takes_its_backup_back() {
    let Some(old) = std::env::var_os("OKNO_TEST_OLD_BIN") else {
        println!("skipped: OKNO_TEST_OLD_BIN names no build of the first release");
        return;
    };
    let old_says = |house: &House, words: &[&str]| {
        let config = house.path("okno.toml");
        let made = command_at(&house.data(), &house.keys(), &config, None, words);
        let mut command = std::process::Command::new(&old);
        command.args(made.get_args());
        said_by(command, "")
    };
    let house = House::sqlite();
    put_store(&house);
    house.assert_sound("after the upgrade");
    let said = old_says(&house, &["log", "fsck"]);
    assert_ne!(said.code, 0, "{said:?}");
    assert!(said.err.contains("too old"), "{said:?}");
    house.assert_sound("after the older one was refused");

    let back = House::sqlite();
    put_keys(&back);
    let said = old_says(&back, &["restore", backup().to_str().unwrap()]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("faults 0"), "{said:?}");
}
