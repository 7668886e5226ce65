//! Numbers of cases that stand as examples: whoever types one of them is not told of a slip.

use std::fs;
use std::path::{Path, PathBuf};

use base::Number;

/// Every text under `folder` whose name ends so.
fn texts(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, ending, found);
        } else if path.extension().is_some_and(|known| known == ending) {
            found.push(path);
        }
    }
}

/// What looks like a number: a letter of either alphabet, the year, eight digits and one more.
fn numbers(text: &str) -> Vec<String> {
    let shape = |rest: &str| {
        let mut parts = rest.splitn(4, '-');
        parts.next().filter(|letter| letter.chars().count() == 1)?;
        let (year, sequence, end) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
        let check = end.chars().next().filter(char::is_ascii_digit)?;
        // Of the year 0000 are masks that tell how a number is written.
        let real = year.len() == 4 && year != "0000";
        let whole = real && sequence.len() == 8 && digits(year) && digits(sequence);
        whole.then(|| format!("A-{year}-{sequence}-{check}"))
    };
    let starts = text.match_indices(['A', 'А']);
    starts.filter_map(|(at, _)| shape(&text[at..])).collect()
}

#[test]
fn every_example_of_a_number_has_its_check_digit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = vec![root.join("docs/openapi.json")];
    texts(&root.join("docs"), "md", &mut files);
    texts(&root.join("crates/cases/src/api"), "json", &mut files);
    texts(&root.join("crates/cases/src/api"), "rs", &mut files);
    for slice in ["cases", "notices", "web"] {
        let words = root.join("crates").join(slice).join("locales");
        texts(&words, "ftl", &mut files);
    }
    let mut looked_at = 0;
    for file in files {
        for number in numbers(&fs::read_to_string(&file).unwrap()) {
            looked_at += 1;
            let read = number.parse::<Number>();
            assert!(read.is_ok(), "{number} in {}: {read:?}", file.display());
        }
    }
    assert!(looked_at > 100, "{looked_at}");
}
