//! The language of a made-up city: words of syllables, frequent ones first as in any language, and
//! the dice that everything made up is drawn with. The same seed gives the same words and texts, so
//! that what was written with it can also be searched for.

use std::collections::HashMap;

/// Words that texts are made of; frequent ones come first, as in any language.
const WORDS: usize = 6_000;
/// Texts of each category that many people send word for word.
const REPEATED: usize = 20;
/// One of so many hundred texts is such a one: in the real set more than a quarter.
const REPEATED_OF_HUNDRED: u64 = 27;

const BEGINNINGS: [&str; 24] = [
    "бо", "ве", "гра", "до", "жи", "за", "ко", "ла", "ме", "но", "по", "ра", "се", "то", "у", "фо",
    "хо", "це", "чи", "шу", "пере", "про", "на", "об",
];
const MIDDLES: [&str; 20] = [
    "ва", "го", "ди", "ло", "ма", "ни", "ро", "са", "ти", "чу", "ре", "бо", "ле", "ку", "вё",
    "зна", "сто", "кла", "бра", "мне",
];
const ENDINGS: [&str; 16] = [
    "ние", "ть", "ный", "ла", "ство", "ка", "ет", "ом", "ами", "ого", "ик", "ость", "ли", "ая",
    "ы", "ут",
];

/// The same numbers for the same seed on every machine (`SplitMix64`).
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// A number between 0 and 1, without 1.
    pub(crate) fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of a list that is not empty.
    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len() as u64) as usize]
    }
}

/// The words of the city, and texts that many people send.
pub(crate) struct Language {
    /// The words, frequent ones first.
    pub(crate) words: Vec<String>,
    repeated: HashMap<String, Vec<String>>,
}

impl Language {
    /// The words that a seed gives.
    pub(crate) fn new(dice: &mut Dice) -> Self {
        let words = (0..WORDS)
            .map(|_| {
                let mut word = (*dice.one_of(&BEGINNINGS)).to_owned();
                for _ in 0..dice.below(3) {
                    word.push_str(dice.one_of::<&str>(&MIDDLES));
                }
                word + *dice.one_of::<&str>(&ENDINGS)
            })
            .collect();
        Self {
            words,
            repeated: HashMap::new(),
        }
    }

    /// A word, frequent ones more often: the cube of a uniform number is near enough to how words
    /// are distributed (Zipf).
    pub(crate) fn word(&self, dice: &mut Dice) -> &str {
        let rank = dice.part().powi(3) * (self.words.len() as f64);
        &self.words[rank as usize]
    }

    /// A text of about `length` characters that names its subject, as people do.
    pub(crate) fn text(&self, dice: &mut Dice, subject: &str, length: usize) -> String {
        let own: Vec<&str> = subject.split_whitespace().collect();
        let mut text = String::with_capacity(length * 2);
        let mut written = 0;
        while written < length {
            if written > 0 {
                text.push_str(if dice.below(9) == 0 { ". " } else { " " });
                written += 1;
            }
            let common = self.word(dice);
            let word = match dice.below(12) {
                0 if !own.is_empty() => *dice.one_of(&own),
                _ => common,
            };
            text.push_str(word);
            written += word.chars().count();
        }
        text
    }

    /// A text of an appeal: now and then one that many send.
    pub(crate) fn appeal(&mut self, dice: &mut Dice, subject: &str, length: usize) -> String {
        if dice.below(100) >= REPEATED_OF_HUNDRED {
            return self.text(dice, subject, length);
        }
        if !self.repeated.contains_key(subject) {
            let texts = (0..REPEATED)
                .map(|_| self.text(dice, subject, length))
                .collect();
            self.repeated.insert(subject.to_owned(), texts);
        }
        dice.one_of(&self.repeated[subject]).clone()
    }
}

/// A word for a number, different for each below twenty to the eighth: it stands in no other text.
/// It ends on letters that no stemmer takes away.
pub(crate) fn rare_word(mut number: u64) -> String {
    let mut word = String::new();
    for _ in 0..8 {
        word.push_str(MIDDLES[(number % 20) as usize]);
        number /= 20;
    }
    word + "дж"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_texts() {
        let text = |seed| {
            let mut dice = Dice(seed);
            Language::new(&mut dice).text(&mut dice, "Ямы на дорогах", 300)
        };
        assert_eq!(text(1), text(1));
        assert_ne!(text(1), text(2));
        let length = text(1).chars().count();
        assert!((300..340).contains(&length), "{length}");
    }

    #[test]
    fn a_rare_word_names_its_number() {
        let words: std::collections::HashSet<_> =
            (0..1000).map(|n| rare_word(n * 12_345)).collect();
        assert_eq!(words.len(), 1000);
        assert!(rare_word(7).ends_with("дж"));
    }
}
