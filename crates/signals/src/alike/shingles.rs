//! Shingles: a text as a set of stems, by their hashes, its signature for finding others, and the numbers that it
//! names («floor 5», «the ninth»).

use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::lists::Phrases;
use crate::text::{self, Span, Word};

const FILE: &str = include_str!("../../data/text.txt");

static EMPTY: LazyLock<Phrases> = LazyLock::new(|| Phrases::named(FILE, "empty"));
static COUNTS: LazyLock<Phrases> = LazyLock::new(|| Phrases::named(FILE, "counts"));

/// How many bands a signature has: texts that share one are compared.
pub(super) const BANDS: usize = 24;
/// Numbers in a band. With two, texts that share a third of their stems meet in nine of ten cases.
const ROWS: usize = 2;

/// A text as it is compared.
pub(super) struct Shingles {
    pub(super) set: FxHashSet<u64>,
    /// How many words speak.
    pub(super) words: usize,
    numbers: FxHashSet<u64>,
    /// Each speaking stem with the places where it stands.
    places: Vec<(u64, Span)>,
}

pub(super) fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    mix(hasher.finish())
}

/// Spreads a number over all bits, so that the least of many is a fair draw.
const fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

impl Shingles {
    pub(super) fn of(text: &str) -> Self {
        let words = text::words(text);
        let mut set = FxHashSet::default();
        let mut places = Vec::new();
        for (at, word) in words.iter().enumerate() {
            if speaks(&words, at) {
                let stem = hash(text::stem(&word.text));
                set.insert(stem);
                places.push((stem, word.span));
            }
        }
        Self {
            words: places.len(),
            numbers: numbers(&words),
            set,
            places,
        }
    }

    /// The signature, cut into bands.
    pub(super) fn bands(&self) -> impl Iterator<Item = u64> {
        (0..BANDS).map(|band| {
            let mut all = 0;
            for row in 0..ROWS {
                let seed = mix((band * ROWS + row) as u64 + 1);
                let least = self.set.iter().map(|one| mix(one ^ seed)).min();
                all = mix(all ^ least.unwrap_or_default());
            }
            all
        })
    }

    /// Whether the numbers of two texts speak of different things: each names one that the other
    /// does not.
    pub(super) fn is_told_apart(&self, other: &Self) -> bool {
        !self.numbers.is_subset(&other.numbers) && !other.numbers.is_subset(&self.numbers)
    }

    /// How often one word of this text has another in its place there, between the same neighbours:
    /// «the *grille* on the front», «the *cable* on the front». It is the thing that differs.
    pub(super) fn replaced(&self, other: &Self) -> usize {
        let known: FxHashMap<(u64, u64), u64> = other
            .between()
            .filter(|(_, stem)| !self.set.contains(stem))
            .collect();
        let differs = |(around, stem): &((u64, u64), u64)| {
            !other.set.contains(stem) && known.contains_key(around)
        };
        self.between().filter(differs).count()
    }

    /// Each stem between its neighbours; the ends of the text are neighbours too, unless both are.
    fn between(&self) -> impl Iterator<Item = ((u64, u64), u64)> {
        let at = |at: Option<usize>| at.and_then(|at| self.places.get(at));
        let stem = move |near: Option<usize>| at(near).map_or(0, |(stem, _)| *stem);
        let each = self.places.iter().enumerate();
        each.map(move |(here, (own, _))| ((stem(here.checked_sub(1)), stem(Some(here + 1))), *own))
            .filter(|(around, _)| *around != (0, 0))
    }

    /// Where the words stand that the other text has too; neighbours are one stretch.
    pub(super) fn shared(&self, other: &Self) -> Vec<Span> {
        let mut found: Vec<Span> = Vec::new();
        let mut last = None;
        for (at, (stem, span)) in self.places.iter().enumerate() {
            if !other.set.contains(stem) {
                continue;
            }
            match found.last_mut() {
                Some(open) if last.is_some_and(|last| last + 1 == at) => open.to = span.to,
                _ => found.push(*span),
            }
            last = Some(at);
        }
        found
    }
}

/// Whether a word says something of the matter. Numbers are looked at apart.
fn speaks(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    !word.is_digits()
        && word.text.chars().count() > 1
        && EMPTY.at(words, at).is_none()
        && COUNTS.at(words, at).is_none()
}

/// The numbers that a text names, in digits or in words. Long ones are numbers of letters and of
/// laws, and a day or a year is no part of a place: they tell nothing apart.
fn numbers(words: &[Word]) -> FxHashSet<u64> {
    let mut seen = FxHashSet::default();
    for (at, word) in words.iter().enumerate() {
        let number = if word.is_digits() && word.text.len() <= 3 {
            word.number()
        } else {
            COUNTS.at(words, at).map(|found| found.value)
        };
        let in_date = |near: Option<&Word>| {
            near.is_some_and(|near| {
                near.is_digits() && (near.text.len() == 4 || near.text.len() == 2)
            })
        };
        let dated = word.is_digits()
            && word.text.len() == 2
            && (in_date(words.get(at + 1))
                || in_date(at.checked_sub(1).and_then(|at| words.get(at))));
        if let Some(number) = number.filter(|_| !dated) {
            seen.insert(hash(number));
        }
    }
    seen
}
