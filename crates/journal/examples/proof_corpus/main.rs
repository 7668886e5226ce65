//! Writes a corpus of proofs and receipts, good ones and ones broken in many ways, for comparing
//! independent verifiers: `proof_corpus DIR N [SEED]`.
//!
//! `DIR/expected.tsv` has a line for every file: path, key or `-`, verdict of this crate, story,
//! code of the reason or `-`.
//! Every story also says which verdict it must come to, and the run stops if this crate differs:
//! otherwise three verifiers could agree on the same mistake.

mod edits;
mod receipts;
mod stories;
mod vectors;
mod world;

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use journal::verdict::{Reason, Verdict};
use journal::verify::{Verification, verify_with_vkey};

use crate::stories::{Sample, VALID, stories};
use crate::world::Random;

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (Some(dir), Some(count)) = (
        arguments.first(),
        arguments.get(1).and_then(|n| n.parse().ok()),
    ) else {
        eprintln!("proof_corpus DIR N [SEED]");
        return Ok(ExitCode::from(2));
    };
    let seed = arguments
        .get(2)
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(1);
    write_corpus(Path::new(dir), count, seed)?;
    Ok(ExitCode::SUCCESS)
}

fn write_corpus(dir: &Path, count: usize, seed: u64) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let (good, bad): (Vec<_>, Vec<_>) = stories()
        .into_iter()
        .partition(|story| story.expected == VALID);
    let mut random = Random(seed);
    let mut list = String::new();
    for number in 0..count {
        // Every fifth file is good: a verifier that refuses too much must be found out as well.
        let (stories, turn) = if number % 5 == 0 {
            (&good, number / 5)
        } else {
            (&bad, number - number / 5 - 1)
        };
        let story = &stories[turn % stories.len()];
        let sample = (story.make)(&mut random, turn / stories.len());
        let path = dir.join(format!("{number:06}.txt"));
        let answer = judged(story.name, story.expected, &sample);
        let reason = answer.reason.map_or("-", Reason::code);
        let key = sample.vkey.as_deref().unwrap_or("-");
        fs::write(&path, &sample.file)?;
        // Writing into a String cannot fail.
        let _ = writeln!(
            list,
            "{}\t{key}\t{}\t{}\t{reason}",
            path.display(),
            answer.verdict.code(),
            story.name
        );
    }
    fs::write(dir.join("expected.tsv"), list)?;
    println!("{count} files, {} stories", good.len() + bad.len());
    Ok(())
}

fn judged(story: &str, expected: &[Verdict], sample: &Sample) -> Verification {
    let answer = verify_with_vkey(&sample.file, sample.vkey.as_deref());
    let verdict = answer.verdict;
    assert!(
        expected.contains(&verdict),
        "story {story}: {verdict:?} ({:?}) where {expected:?} is expected:\n{}",
        answer.reason,
        String::from_utf8_lossy(&sample.file),
    );
    answer
}
