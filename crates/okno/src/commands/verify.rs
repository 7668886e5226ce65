//! `okno verify`: no network, no store. The exit code is the verdict.

use std::fs;
use std::process::ExitCode;

use base::Language;
use journal::note::Verifier;
use journal::verdict::Verdict;
use journal::verify::{Verification, verify_file};
use web::Words;

use crate::cli::Verify;
use crate::commands::say;
use crate::house::WORDS;

/// Checks a file and says what holds.
pub(crate) fn verify(what: &Verify) -> ExitCode {
    let words = match Words::new(WORDS) {
        Ok(words) => words,
        Err(error) => return unreadable(&error.to_string()),
    };
    let sentence = |key: &str| words.text(Language::Ru, key, &[]);
    let keys = match keys(what) {
        Ok(keys) => keys,
        Err(error) => return unreadable(&error),
    };
    let bytes = match read(what) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(&error),
    };
    let found = verify_file(&bytes, &keys);
    match found.verdict {
        Verdict::Valid => say(sentence("verify-cli-valid")),
        Verdict::Unsigned => say(sentence("verify-cli-unsigned")),
        Verdict::Invalid | Verdict::Unreadable => {
            let reason = found
                .reason
                .map(|reason| sentence(&format!("verify-reason-{}", reason.code())))
                .unwrap_or_default();
            let part = found
                .part
                .map_or_else(String::new, |part| format!(" ({part})"));
            eprintln!("okno: {}: {reason}{part}", sentence("verify-cli-invalid"));
        }
    }
    if matches!(found.verdict, Verdict::Valid | Verdict::Unsigned) {
        print_content(&found);
    }
    ExitCode::from(found.verdict.code())
}

/// The file, unless it is larger than any proof can be.
fn read(what: &Verify) -> Result<Vec<u8>, String> {
    use std::io::Read;
    let failed = |error: std::io::Error| format!("{}: {error}", what.file.display());
    let mut bytes = Vec::new();
    let most = u64::try_from(journal::proof::MAX_FILE).unwrap_or(u64::MAX);
    fs::File::open(&what.file)
        .map_err(failed)?
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

fn keys(what: &Verify) -> Result<Vec<Verifier>, String> {
    match (&what.key, &what.policy) {
        (Some(key), _) => Ok(vec![
            Verifier::parse(key.trim()).map_err(|error| format!("--key: {error}"))?,
        ]),
        (None, Some(policy)) => {
            let text = fs::read_to_string(policy)
                .map_err(|error| format!("{}: {error}", policy.display()))?;
            journal::policy::parse_policy(&text)
                .map_err(|error| format!("{}: {error}", policy.display()))
        }
        (None, None) => Ok(Vec::new()),
    }
}

fn print_content(found: &Verification) {
    if let Some(origin) = &found.origin {
        say(format_args!("origin {origin}"));
    }
    if let Some(fingerprint) = &found.fingerprint {
        say(format_args!("key {fingerprint}"));
    }
    if let Some(receipt) = &found.receipt {
        say(format_args!(
            "receipt {} {}",
            receipt.number,
            moment(receipt.recorded_at)
        ));
    }
    for entry in &found.entries {
        say(format_args!(
            "{} {} {} #{}",
            entry.version,
            moment(entry.recorded_at),
            entry.action,
            entry.index
        ));
        for field in &entry.fields {
            say(format_args!("    {} = {}", field.name, field.value));
        }
    }
    if let Some(size) = found.checkpoint_size {
        say(format_args!("checkpoint {size}"));
    }
}

fn moment(micros: u64) -> String {
    base::Moment::from_micros(i64::try_from(micros).unwrap_or(i64::MAX)).rfc3339()
}

fn unreadable(why: &str) -> ExitCode {
    eprintln!("okno: {why}");
    ExitCode::from(Verdict::Unreadable.code())
}
