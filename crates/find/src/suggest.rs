//! Suggestions from the words that stand in an index: the nearest to a mistyped one, and those that
//! begin as what was typed.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::index::Fields;
use crate::question::MOST_TYPED;
use crate::words;

/// Words of a question that are looked at.
const MOST_WORDS: usize = 8;
/// Words of the index that are looked at for one.
const MOST_KNOWN: usize = 500;
/// How many are offered.
const MOST_OFFERED: usize = 10;
/// A shorter word is nearly every other one: nothing is guessed for it.
const LEAST_MENDED: usize = 5;
/// A shorter beginning says too little.
const LEAST_LETTERS: usize = 2;

pub(crate) fn nearest(searcher: &Searcher, fields: &Fields, typed: &str) -> Option<String> {
    let typed: String = typed.chars().take(MOST_TYPED).collect();
    let mut mended = String::new();
    let (mut at, mut changed) = (0, false);
    for word in words::split(words::written(), &typed, MOST_WORDS) {
        mended.push_str(&typed[at..word.from]);
        at = word.to;
        match near(searcher, fields, &word.text) {
            Some(near) if near != word.text => {
                mended.push_str(&near);
                changed = true;
            }
            _ => mended.push_str(&typed[word.from..word.to]),
        }
    }
    mended.push_str(&typed[at..]);
    changed.then_some(mended)
}

/// The commonest word at the least distance; the word itself when it is known.
fn near(searcher: &Searcher, fields: &Fields, word: &str) -> Option<String> {
    let letters = word.chars().count();
    if letters < LEAST_MENDED || word.chars().all(|c| c.is_ascii_digit()) || words::is_empty(word) {
        return None;
    }
    // Another form of a known word is no mistake.
    let stem = words::split(words::stems(), word, 1).pop()?.text;
    let known = |field: Field| {
        let count = searcher.doc_freq(&Term::from_field_text(field, &stem));
        count.is_ok_and(|count| count > 0)
    };
    if known(fields.title) || known(fields.text) {
        return None;
    }
    let field = fields.words;
    let farthest = if letters < 6 { 1 } else { 2 };
    (1..=farthest).find_map(|distance| {
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        // Built once for all segments: that costs more than the walk through a small one.
        let query = FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true);
        let automaton = query.automaton().ok()?;
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(field).ok()?;
            let mut stream = index.terms().search(&automaton).into_stream().ok()?;
            collect(&mut found, || {
                stream
                    .next()
                    .map(|(key, info)| (key.to_vec(), info.doc_freq))
            });
        }
        // Hardly anybody is wrong about the first letter, and a guess that is tells nonsense.
        let first = word.chars().next();
        found.retain(|known, _| known.chars().next() == first);
        commonest(found).into_iter().next()
    })
}

pub(crate) fn completions(searcher: &Searcher, fields: &Fields, typed: &str) -> Vec<String> {
    let typed: String = typed.chars().take(MOST_TYPED).collect();
    let last = words::split(words::written(), &typed, usize::MAX).pop();
    // After a space the last word is whole.
    let Some(begun) = last.filter(|word| word.to == typed.len()) else {
        return Vec::new();
    };
    if begun.text.chars().count() < LEAST_LETTERS {
        return Vec::new();
    }
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let Ok(index) = segment.inverted_index(fields.words) else {
            continue;
        };
        let Ok(mut stream) = index
            .terms()
            .range()
            .ge(begun.text.as_bytes())
            .into_stream()
        else {
            continue;
        };
        let begins = begun.text.as_bytes();
        collect(&mut found, || {
            stream
                .next()
                .filter(|(key, _)| key.starts_with(begins))
                .map(|(key, info)| (key.to_vec(), info.doc_freq))
        });
    }
    let before = &typed[..begun.from];
    commonest(found)
        .into_iter()
        .take(MOST_OFFERED)
        .map(|word| format!("{before}{word}"))
        .collect()
}

fn collect(found: &mut BTreeMap<String, u64>, mut next: impl FnMut() -> Option<(Vec<u8>, u32)>) {
    for _ in 0..MOST_KNOWN {
        let Some((key, documents)) = next() else {
            return;
        };
        if let Ok(word) = String::from_utf8(key) {
            *found.entry(word).or_default() += u64::from(documents);
        }
    }
}

fn commonest(found: BTreeMap<String, u64>) -> Vec<String> {
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_by_key(|(_, documents)| std::cmp::Reverse(*documents));
    found.into_iter().map(|(word, _)| word).collect()
}
