//! Lists of words from `data/`: phrases under a `[name]`, one a line, each word whole or, with `*`, by
//! its beginning; `=` gives a phrase a number. Reading them cannot fail: what is not understood is no
//! phrase, and a test counts them.

use rustc_hash::FxHashMap;

use crate::text::{self, Word};

/// A word of a phrase.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    /// Whether any word that begins so will do.
    begins: bool,
}

impl Piece {
    fn fits(&self, word: &Word) -> bool {
        if self.begins {
            word.text.starts_with(&self.text)
        } else {
            word.text == self.text
        }
    }
}

#[derive(Clone, Debug)]
struct Phrase {
    pieces: Vec<Piece>,
    value: i16,
}

/// A list of phrases, kept by the first two letters so that a word is held against few of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    by_start: FxHashMap<String, Vec<Phrase>>,
    /// Those whose first word is a single letter.
    short: Vec<Phrase>,
}

/// Where a phrase stands: how many words it takes, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) words: usize,
    pub(crate) value: i16,
}

fn start(word: &str) -> Option<&str> {
    let (second, letter) = word.char_indices().nth(1)?;
    Some(&word[..second + letter.len_utf8()])
}

impl Phrases {
    /// The list of that name in a file.
    pub(crate) fn named(file: &str, name: &str) -> Self {
        let mut found = Self::default();
        let mut inside = false;
        for line in file.lines().map(str::trim) {
            if let Some(head) = line.strip_prefix('[') {
                inside = head.trim_end_matches(']') == name;
            } else if inside && !line.is_empty() && !line.starts_with('#') {
                found.add(line);
            }
        }
        found
    }

    fn add(&mut self, line: &str) {
        let (words, value) = match line.split_once('=') {
            Some((words, value)) => (words, value.trim().parse().unwrap_or_default()),
            None => (line, 0),
        };
        let pieces: Vec<Piece> = words
            .split_whitespace()
            .flat_map(|written| {
                let begins = written.ends_with('*');
                text::words(written).into_iter().map(move |word| Piece {
                    text: word.text,
                    begins,
                })
            })
            .collect();
        let Some(first) = pieces.first() else {
            return;
        };
        let key = start(&first.text).map(str::to_owned);
        let phrase = Phrase { pieces, value };
        match key {
            Some(key) => self.by_start.entry(key).or_default().push(phrase),
            None => self.short.push(phrase),
        }
    }

    /// The longest phrase that stands at a word.
    pub(crate) fn at(&self, words: &[Word], at: usize) -> Option<Match> {
        let rest = words.get(at..)?;
        let first = rest.first()?;
        let kept = start(&first.text).and_then(|key| self.by_start.get(key));
        let all = kept.into_iter().flatten().chain(&self.short);
        all.filter(|phrase| {
            phrase.pieces.len() <= rest.len()
                && phrase
                    .pieces
                    .iter()
                    .zip(rest)
                    .all(|(piece, word)| piece.fits(word))
        })
        .map(|phrase| Match {
            words: phrase.pieces.len(),
            value: phrase.value,
        })
        .max_by_key(|found| found.words)
    }

    /// Whether one stands anywhere among the words.
    pub(crate) fn stand_in(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.at(words, at).is_some())
    }

    /// The place of the first that stands among the words.
    pub(crate) fn first_in(&self, words: &[Word]) -> Option<(usize, Match)> {
        (0..words.len()).find_map(|at| self.at(words, at).map(|found| (at, found)))
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.short.len() + self.by_start.values().map(Vec::len).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_by_whole_words_and_by_beginnings() {
        let file = "[other]\nнет\n[these]\n# a note\nв срок до\nпланир*\nперв* = 1\nа также\n";
        let these = Phrases::named(file, "these");
        assert_eq!(these.len(), 4);
        let said = text::words("Работы планируются в срок до мая");
        assert_eq!(these.at(&said, 0), None);
        assert_eq!(these.at(&said, 1), Some(Match { words: 1, value: 0 }));
        assert_eq!(these.at(&said, 2), Some(Match { words: 3, value: 0 }));
        assert_eq!(these.at(&said, 9), None);
        let first = text::words("первый, а также второй");
        assert_eq!(these.at(&first, 0).map(|found| found.value), Some(1));
        assert_eq!(these.first_in(&first[1..]).map(|(at, _)| at), Some(0));
        assert!(!Phrases::named(file, "none").stand_in(&said));
    }
}
