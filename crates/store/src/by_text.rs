//! What a connection keeps for each of its statements, found by the statement's text: looked up with
//! every statement that is run, so that the text is walked once and by a quick hash.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Things found by the text that they were made of.
pub(crate) struct ByText<T> {
    places: HashMap<String, usize, BuildHasherDefault<TextHasher>>,
    kept: Vec<T>,
}

impl<T> Default for ByText<T> {
    fn default() -> Self {
        Self {
            places: HashMap::default(),
            kept: Vec::new(),
        }
    }
}

impl<T> ByText<T> {
    /// What is kept for `text`; made now when there is nothing. Before more than `most` would be kept
    /// all are forgotten.
    pub(crate) fn of(&mut self, text: &str, most: usize, make: impl FnOnce() -> T) -> &mut T {
        let known = self.places.get(text).copied();
        let place = known.unwrap_or_else(|| {
            if self.kept.len() >= most {
                self.clear();
            }
            self.kept.push(make());
            let place = self.kept.len() - 1;
            self.places.insert(text.to_owned(), place);
            place
        });
        &mut self.kept[place]
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.places.clear();
        self.kept.clear();
    }
}

/// A hash over eight bytes at a time. It withstands nobody who looks for texts that fall together,
/// and need not: the texts of statements are ours.
#[derive(Default)]
struct TextHasher(u64);

impl TextHasher {
    /// Odd, and with ones and zeros all over it.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

    fn add(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(Self::FACTOR);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl Hasher for TextHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.add(u64::from_le_bytes(last));
    }

    fn write_u8(&mut self, byte: u8) {
        self.add(byte.into());
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::BuildHasher;

    use super::*;

    #[test]
    fn a_thing_is_made_once_for_its_text_and_kept_as_it_was_left() {
        let mut kept = ByText::<Vec<u8>>::default();
        kept.of("SELECT 1", 2, Vec::new).push(1);
        kept.of("SELECT 2", 2, Vec::new).push(2);
        kept.of("SELECT 1", 2, Vec::new).push(3);
        assert_eq!(kept.of("SELECT 1", 2, Vec::new), &[1, 3]);
        assert_eq!(kept.of("SELECT 2", 2, Vec::new), &[2]);
    }

    #[test]
    fn before_there_are_too_many_all_are_forgotten() {
        let mut kept = ByText::default();
        for text in ["SELECT 1", "SELECT 2", "SELECT 3"] {
            assert_eq!(*kept.of(text, 2, || text), text);
        }
        assert_eq!(kept.of("SELECT 3", 2, || "anew"), &"SELECT 3");
        assert_eq!(kept.of("SELECT 1", 2, || "anew"), &"anew");
        kept.clear();
        assert_eq!(kept.of("SELECT 3", 2, || "anew"), &"anew");
    }

    #[test]
    fn texts_that_differ_little_have_hashes_that_differ() {
        let hashes = BuildHasherDefault::<TextHasher>::default();
        let wheres = (0..2_000).map(|n| format!("SELECT id FROM t WHERE a IN (${n})"));
        let texts = wheres.chain((0..200).map(|n| "?,".repeat(n)));
        let all: Vec<u64> = texts.map(|text| hashes.hash_one(text)).collect();
        let different: HashSet<&u64> = all.iter().collect();
        assert_eq!(different.len(), all.len());
        // What the map looks at first are the lowest bits.
        let low: HashSet<u64> = all.iter().map(|hash| hash % 1_024).collect();
        assert!(low.len() > 800, "{}", low.len());
    }
}
