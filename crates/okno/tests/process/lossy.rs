//! The kill loop over a file layer that throws away whatever was not synced (`tests/lossy.c`), on
//! SQLite. Two mutants prove that the layer and the loop see a loss when there is one: a log whose
//! syncs do nothing, and clients that believe as soon as they have sent.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::kill::{Believes, Trial};
use crate::support::{House, Server, long};

/// Builds the layer; none without a C compiler.
fn layer(folder: &Path) -> Option<PathBuf> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lossy.c");
    let library = folder.join("lossy.so");
    let mut compiler = Command::new("cc");
    compiler.args(["-O2", "-fPIC", "-shared", "-Wno-attribute-alias", "-o"]);
    match compiler
        .arg(&library)
        .arg(source)
        .args(["-ldl", "-lpthread"])
        .output()
    {
        Ok(output) if output.status.success() => Some(library),
        Ok(output) => panic!(
            "the layer does not compile: {}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(error) => {
            println!("skipped: no C compiler (cc): {error}");
            None
        }
    }
}

/// A trial over the layer, in a house that was founded and stopped softly.
fn trial(house: &House, seed: u64) -> Option<Trial<'_>> {
    let folder = house.path("forgets");
    std::fs::create_dir(&folder).unwrap();
    let library = layer(&folder)?;
    let mut trial = Trial::new(house, seed);
    trial.environment = vec![
        ("LD_PRELOAD".to_owned(), library.display().to_string()),
        (
            "OKNO_LOSSY_DIR".to_owned(),
            house.kept().display().to_string(),
        ),
    ];
    assert!(trial.start().stop().success());
    house.assert_sound("after the first start over the layer");
    Some(trial)
}

#[test]
fn what_was_accepted_was_synced() {
    let house = House::sqlite();
    let Some(mut trial) = trial(&house, 7) else {
        return;
    };
    let rounds = if long() { 30 } else { 3 };
    for round in 1..=rounds {
        let lost = trial.round(round);
        assert!(lost.is_empty(), "{lost:#?}");
    }
    println!(
        "{rounds} kills over the layer, {} promised, 0 lost",
        trial.promises.len()
    );
}

#[test]
fn a_log_that_is_not_synced_is_caught() {
    let house = House::sqlite();
    let Some(mut trial) = trial(&house, 8) else {
        return;
    };
    trial
        .environment
        .push(("OKNO_LOSSY_IGNORE_SYNC".to_owned(), "1".to_owned()));
    let mutant = trial.environment.clone();
    let mut sum = 0;
    // What a checkpoint has carried over is safe without its log, so an end that comes right after
    // one loses nothing: what must not be is that no end ever loses anything.
    let lost = (1..=8).find_map(|_| {
        trial.environment.clone_from(&mutant);
        let promises = trial.load_until(trial.start(), Server::kill);
        trial.environment.clear();
        sum += promises.len();
        let server = trial.start();
        let lost = trial.lost(&server, &promises);
        // A soft stop leaves no log that a later end could bring back.
        assert!(server.stop().success());
        (!lost.is_empty()).then_some(lost.len())
    });
    println!("syncs ignored: {sum} promised, {lost:?} lost");
    assert!(
        lost.is_some(),
        "{sum} promised and none lost: the layer forgets nothing"
    );
}

#[test]
fn an_answer_before_the_commit_is_caught() {
    let house = House::sqlite();
    let Some(mut trial) = trial(&house, 9) else {
        return;
    };
    // On a slow disk a request is nearly always on its way when the end comes.
    trial
        .environment
        .push(("OKNO_LOSSY_DELAY_SYNC_MS".to_owned(), "100".to_owned()));
    trial.believes = Believes::Sending;
    let promises = trial.load_until(trial.start(), Server::kill);
    trial.environment.clear();
    let lost = trial.lost(&trial.start(), &promises);
    println!(
        "believed when sent: {} promised, {} lost",
        promises.len(),
        lost.len()
    );
    assert!(
        !lost.is_empty(),
        "{} promised and none lost: the loop sees nothing",
        promises.len()
    );
}
