//! Features: single words and pairs of neighbours, and runs of three to five letters inside what stands
//! between spaces (with the spaces at its ends), as scikit-learn's `word` and `char_wb` analysers take
//! them. Runs of letters carry what endings and mistakes of typing would hide from whole words.
//!
//! A feature is known by a hash of 64 bits. Half a million features have two with the same hash once in
//! a hundred million models, so that no dictionary of words has to be kept.

use crate::text::{self, Letter};

/// The longest run of neighbouring words.
const WORDS: usize = 2;
/// The shortest and the longest run of letters.
const LETTERS: (usize, usize) = (3, 5);

/// Where hashes of words begin, and where those of letters do.
const WORD_SEED: u64 = 0x0cb9_2a8f_17d3_65e1;
const LETTER_SEED: u64 = 0x7f4a_91c3_5e0d_b826;

/// One place where a feature stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// Which feature.
    pub(crate) hash: u64,
    /// The first word that it belongs to, as a number among [`Features::spans`].
    pub(crate) word: usize,
    /// To how many words it belongs: two for a pair, none for signs that stand in no word.
    pub(crate) words: usize,
}

/// The features of a text.
pub(crate) struct Features {
    /// Where each word stands in the original, in bytes.
    pub(crate) spans: Vec<(usize, usize)>,
    /// Words and pairs.
    pub(crate) words: Vec<Occurrence>,
    /// Runs of letters.
    pub(crate) letters: Vec<Occurrence>,
}

impl Features {
    /// Reads a text.
    pub(crate) fn of(text: &str) -> Self {
        let letters = text::letters(text);
        let spans = text::spans(&letters);
        Self {
            words: words(&letters, &spans),
            letters: runs(&letters, &spans),
            spans: spans
                .iter()
                .map(|&(first, end)| (letters[first].from, letters[end - 1].to))
                .collect(),
        }
    }
}

fn words(letters: &[Letter], spans: &[(usize, usize)]) -> Vec<Occurrence> {
    let mut found = Vec::with_capacity(spans.len() * WORDS);
    for word in 0..spans.len() {
        let mut hash = WORD_SEED;
        for (nth, &(first, end)) in spans[word..].iter().take(WORDS).enumerate() {
            if nth > 0 {
                hash = mix(hash, ' ');
            }
            for letter in &letters[first..end] {
                hash = mix(hash, letter.sign);
            }
            found.push(Occurrence {
                hash,
                word,
                words: nth + 1,
            });
        }
    }
    found
}

fn runs(letters: &[Letter], spans: &[(usize, usize)]) -> Vec<Occurrence> {
    let mut found = Vec::with_capacity(letters.len() * (LETTERS.1 - LETTERS.0 + 1));
    let mut chunk = Vec::new();
    // The first word that ends behind the letter that a run begins with.
    let mut word = 0;
    let mut at = 0;
    for part in letters.split(|letter| letter.sign == ' ') {
        chunk.clear();
        chunk.push(' ');
        chunk.extend(part.iter().map(|letter| letter.sign));
        chunk.push(' ');
        // What stands at `nth` in the chunk stands at `at + nth - 1` among the letters.
        for begin in 0..chunk.len() {
            while spans
                .get(word)
                .is_some_and(|&(_, end)| end < at + begin.max(1))
            {
                word += 1;
            }
            let mut hash = LETTER_SEED;
            for (nth, letter) in chunk[begin..].iter().take(LETTERS.1).enumerate() {
                hash = mix(hash, *letter);
                if nth + 1 < LETTERS.0 {
                    continue;
                }
                let within = spans
                    .get(word)
                    .is_some_and(|&(first, _)| first < at + begin + nth);
                found.push(Occurrence {
                    hash,
                    word,
                    words: usize::from(within),
                });
            }
        }
        at += part.len() + 1;
    }
    found
}

/// Adds a letter to a hash.
pub(crate) fn mix(hash: u64, letter: char) -> u64 {
    let hash = (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(seed: u64, text: &str) -> u64 {
        text.chars().fold(seed, mix)
    }

    #[test]
    fn words_and_pairs_are_those_of_the_protocol() {
        let features = Features::of("Нет света, в доме");
        let expected: Vec<_> = [
            ("нет", 0, 1),
            ("нет света", 0, 2),
            ("света", 1, 1),
            ("света доме", 1, 2),
            ("доме", 2, 1),
        ]
        .into_iter()
        .map(|(text, word, words)| Occurrence {
            hash: hash(WORD_SEED, text),
            word,
            words,
        })
        .collect();
        assert_eq!(features.words, expected);
    }

    #[test]
    fn runs_of_letters_keep_within_spaces_and_know_their_word() {
        let features = Features::of("в яме, !");
        let found: Vec<_> = features
            .letters
            .iter()
            .map(|run| (run.hash, run.words))
            .collect();
        let expected: Vec<_> = [
            (" в ", 1),
            (" ям", 1),
            (" яме", 1),
            (" яме,", 1),
            ("яме", 1),
            ("яме,", 1),
            ("яме, ", 1),
            ("ме,", 1),
            ("ме, ", 1),
            ("е, ", 1),
            (" ! ", 0),
        ]
        .into_iter()
        .map(|(text, words)| (hash(LETTER_SEED, text), words))
        .collect();
        let hashes = |all: &[(u64, usize)]| all.iter().map(|one| one.0).collect::<Vec<_>>();
        assert_eq!(hashes(&found), hashes(&expected));
        // A single letter is no word, and a sign is none.
        assert_eq!((found[0].1, found[1].1, found[10].1), (0, 1, 0));
    }
}
