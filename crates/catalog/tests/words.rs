//! Every key that the code names has its sentence in both languages, both files have the same
//! keys, and words for people stand nowhere else.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found
}

fn keys(language: base::Language) -> BTreeSet<String> {
    catalog::WORDS
        .iter()
        .filter(|(of, _)| *of == language)
        .flat_map(|(_, text)| text.lines())
        .filter(|line| line.starts_with("catalog-"))
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key.to_owned())
        .collect()
}

#[test]
fn both_languages_say_everything_that_the_code_asks_for() {
    let russian = keys(base::Language::Ru);
    assert_eq!(russian, keys(base::Language::En));
    let mut used = BTreeSet::new();
    for (_, text) in files("src").into_iter().chain(files("templates")) {
        for part in text.split("\"catalog-").skip(1) {
            used.insert(format!("catalog-{}", part.split('"').next().unwrap()));
        }
    }
    let missing: Vec<&String> = used.difference(&russian).collect();
    assert!(missing.is_empty(), "no words for {missing:?}");
    let idle: Vec<&String> = russian.difference(&used).collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
}

#[test]
fn words_for_people_stand_in_the_word_files_alone() {
    let all = files("src").into_iter().chain(files("templates"));
    // Examples of requests are data, in the language of those who send them.
    let is_data = |path: &Path| path.ends_with("api/examples.json") || path.ends_with("tests.rs");
    for (path, text) in all.filter(|(path, _)| !is_data(path)) {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in code.lines().enumerate() {
            let comment = line.trim_start().starts_with("//");
            let cyrillic = line.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
            assert!(
                comment || !cyrillic,
                "{}:{} holds words for people",
                path.display(),
                number + 1
            );
        }
    }
}

#[test]
fn every_sentence_has_its_arguments() {
    let words = web::Words::new(&[catalog::WORDS]).unwrap();
    for language in base::Language::ALL {
        for key in keys(language) {
            let args: Vec<(&str, web::WordArg<'_>)> = [
                "days",
                "max",
                "min",
                "now",
                "name",
                "reason_ru",
                "reason_en",
                "category_ru",
                "category_en",
                "territory_ru",
                "territory_en",
                "unit_ru",
                "unit_en",
                "formal",
                "service",
                "typed",
                "tried",
                "differ",
                "version",
                "line",
                "length",
                "official_ru",
                "official_en",
                "digits",
                "most",
                "number",
                "article",
                "count",
                "hours",
                "at",
                "unit",
                "date",
                "label",
                "wanted",
                "bounds",
                "from",
                "to",
                "inside",
                "position",
            ]
            .iter()
            .map(|name| (*name, web::WordArg::from(7)))
            .collect();
            let said = words.text(language, &key, &args);
            assert!(!said.contains("{$"), "{key}: {said}");
        }
    }
}
