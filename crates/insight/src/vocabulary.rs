//! The features that a model knows, how rare each is, and a text as a row of numbers over them: TF-IDF
//! with the count dampened to 1 + ln, words and letters each of a length of their own, so that the many
//! runs of letters don't outvote the words by their number.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "counts of texts and features are far below what f32 and u32 hold; they are bounded where they come in"
)]

use rustc_hash::FxHashMap;

use crate::features::{Features, Occurrence};

/// How long the numbers of letters are beside those of words, which are of length one. Chosen on the
/// later part of what teaches, never on test rows. A model that was trained with another one would be
/// read wrongly: a change of it is a new version of the format.
const LETTERS_LENGTH: f32 = 1.4;

/// Features by their hashes. The place of a hash among the sorted ones is the number of the feature.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Vocabulary {
    hashes: Vec<u64>,
    /// In how many texts each feature stood.
    texts: Vec<u32>,
    /// How many texts there were.
    all: u32,
    /// The weight of a feature for its rareness, made from the two above.
    rareness: Vec<f32>,
    /// For each beginning of a hash, the number of the first feature with it or a later one.
    shelves: Vec<u32>,
    /// How far a hash is shifted to get its beginning.
    shift: u32,
}

/// A text as numbers.
#[derive(Default)]
pub(crate) struct Reading {
    /// The features of the text that are known.
    pub(crate) row: Vec<Share>,
    /// Every place where one of them stands.
    pub(crate) places: Vec<Place>,
}

/// A feature of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Share {
    pub(crate) feature: u32,
    /// How much of the text it is.
    pub(crate) value: f32,
    /// How often it stands in the text.
    pub(crate) times: f32,
}

/// A place where a feature stands.
pub(crate) struct Place {
    /// Which number of the row it is a part of.
    pub(crate) share: usize,
    /// The first word that it belongs to.
    pub(crate) word: usize,
    /// To how many words it belongs.
    pub(crate) words: usize,
}

impl Vocabulary {
    /// Takes every feature that stands in `rarest` texts or more.
    pub(crate) fn learn(texts: &[&str], rarest: u32) -> Self {
        let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
        let mut hashes = Vec::new();
        for text in texts {
            let features = Features::of(text);
            hashes.clear();
            let all = features.words.iter().chain(&features.letters);
            hashes.extend(all.map(|occurrence| occurrence.hash));
            hashes.sort_unstable();
            hashes.dedup();
            for hash in &hashes {
                *counts.entry(*hash).or_default() += 1;
            }
        }
        let mut kept: Vec<(u64, u32)> = counts
            .into_iter()
            .filter(|(_, count)| *count >= rarest)
            .collect();
        kept.sort_unstable();
        let (hashes, counts) = kept.into_iter().unzip();
        Self::new(hashes, counts, texts.len() as u32)
    }

    /// Puts a vocabulary together. The hashes must be sorted, without repeats, one count for each.
    pub(crate) fn new(hashes: Vec<u64>, texts: Vec<u32>, all: u32) -> Self {
        // Smoothed as if one more text had held every feature.
        let rareness = texts
            .iter()
            .map(|count| (((1.0 + f64::from(all)) / (1.0 + f64::from(*count))).ln() + 1.0) as f32)
            .collect();
        // About one feature a shelf, so that a look-up is one step into the table and a step or two on.
        let bits = (usize::BITS - hashes.len().leading_zeros()).clamp(1, 24);
        let shift = u64::BITS - bits;
        let mut shelves = vec![0_u32; (1 << bits) + 1];
        for hash in &hashes {
            shelves[(hash >> shift) as usize + 1] += 1;
        }
        for shelf in 1..shelves.len() {
            shelves[shelf] += shelves[shelf - 1];
        }
        Self {
            hashes,
            texts,
            all,
            rareness,
            shelves,
            shift,
        }
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Hashes with the number of texts that had them, in order.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (u64, u32)> {
        self.hashes.iter().copied().zip(self.texts.iter().copied())
    }

    /// How many texts were learned from.
    pub(crate) fn texts(&self) -> u32 {
        self.all
    }

    /// The number of a feature.
    pub(crate) fn find(&self, hash: u64) -> Option<u32> {
        let begin = (hash >> self.shift) as usize;
        let (first, end) = (self.shelves[begin], self.shelves[begin + 1]);
        (first..end).find(|feature| self.hashes[*feature as usize] == hash)
    }

    /// The row of a text, and which words each number of it comes from.
    pub(crate) fn read(&self, features: &Features) -> Reading {
        let mut reading = Reading::default();
        self.add(&features.words, 1.0, &mut reading);
        self.add(&features.letters, LETTERS_LENGTH, &mut reading);
        reading
    }

    /// Adds a block of features, brought to a length.
    fn add(&self, occurrences: &[Occurrence], length: f32, reading: &mut Reading) {
        let mut known: Vec<(u32, &Occurrence)> = occurrences
            .iter()
            .filter_map(|occurrence| Some((self.find(occurrence.hash)?, occurrence)))
            .collect();
        known.sort_unstable_by_key(|(feature, _)| *feature);
        let begin = reading.row.len();
        for same in known.chunk_by(|one, other| one.0 == other.0) {
            let feature = same[0].0;
            let places = same.iter().map(|(_, occurrence)| Place {
                share: reading.row.len(),
                word: occurrence.word,
                words: occurrence.words,
            });
            reading.places.extend(places);
            reading.row.push(Share {
                feature,
                value: ((same.len() as f32).ln() + 1.0) * self.rareness[feature as usize],
                times: same.len() as f32,
            });
        }
        let block = &mut reading.row[begin..];
        let square: f32 = block.iter().map(|share| share.value * share.value).sum();
        for share in block {
            share.value *= length / square.sqrt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stood_once_is_forgotten_and_the_rest_is_found() {
        let vocabulary = Vocabulary::learn(&["яма на дороге", "дорога и яма", "снег"], 2);
        let read = |text| vocabulary.read(&Features::of(text)).row;
        let row = read("яма, яма!");
        assert!(row.iter().any(|share| share.times > 1.5));
        let square: f32 = row.iter().map(|share| share.value.powi(2)).sum();
        assert!(
            (square - 1.0 - LETTERS_LENGTH.powi(2)).abs() < 1e-5,
            "{square}"
        );
        assert!(read("гололёд").is_empty());
        for (number, (hash, _)) in vocabulary.entries().enumerate() {
            assert_eq!(vocabulary.find(hash).map(|f| f as usize), Some(number));
        }
    }

    #[test]
    fn rareness_is_that_of_the_protocol() {
        let vocabulary = Vocabulary::new(vec![1, 2], vec![1, 3], 3);
        let expected = [1.0 + 2_f32.ln(), 1.0];
        for (one, other) in vocabulary.rareness.iter().zip(expected) {
            assert!((one - other).abs() < 1e-6);
        }
        assert_eq!(Vocabulary::new(Vec::new(), Vec::new(), 0).find(7), None);
    }
}
