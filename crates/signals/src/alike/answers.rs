//! Copied answers: how much of an answer was written before, in which other answer, and where.
//!
//! Four neighbouring words are a shingle. Each keeps the newest answers that have it, so that asking
//! takes time by the length of the answer and not by how many there are.

use std::collections::VecDeque;
use std::hash::Hash;

use rustc_hash::FxHashMap;

use super::shingles::hash;
use crate::text::{self, Span, Word};

/// What counts as a copied answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CopiedSettings {
    /// So much of an answer's words stand in the other at least. `0.8` by default.
    pub share: f32,
    /// A shorter answer, in words, is not looked at: «done» is always the same. 12 by default.
    pub least_words: usize,
    /// So many answers, the newest, are known by one shingle. 32 by default.
    pub most_known: usize,
}

impl Default for CopiedSettings {
    fn default() -> Self {
        Self {
            share: 0.8,
            least_words: 12,
            most_known: 32,
        }
    }
}

/// An answer that was written before.
#[derive(Clone, Debug, PartialEq)]
pub struct Copied<Id> {
    /// Whose answer it was.
    pub from: Id,
    /// Which part of the words stands there, from 0 to 1.
    pub share: f32,
    /// The stretches of the asked answer that stand there.
    pub spans: Vec<Span>,
}

/// Answers that were given, to be asked where another was taken from.
pub struct Answers<Id> {
    settings: CopiedSettings,
    known: FxHashMap<u64, VecDeque<Id>>,
}

/// Words of a shingle.
const LONG: usize = 4;

/// Numbers are left out of what is compared: an answer copied with another date is copied.
fn shingles(words: &[Word]) -> Vec<(usize, u64)> {
    let written = |word: &Word| {
        if word.is_digits() {
            hash('0')
        } else {
            hash(&word.text)
        }
    };
    let hashes: Vec<u64> = words.iter().map(written).collect();
    let windows = hashes.windows(LONG).enumerate();
    windows.map(|(at, window)| (at, hash(window))).collect()
}

impl<Id: Copy + Eq + Hash + Ord> Answers<Id> {
    /// None yet.
    pub fn new(settings: CopiedSettings) -> Self {
        Self {
            settings,
            known: FxHashMap::default(),
        }
    }

    /// Takes an answer in.
    pub fn insert(&mut self, id: Id, text: &str) {
        for (_, shingle) in shingles(&text::words(text)) {
            let known = self.known.entry(shingle).or_default();
            if known.back() == Some(&id) {
                continue;
            }
            known.push_back(id);
            if known.len() > self.settings.most_known {
                known.pop_front();
            }
        }
    }

    /// The answer of another case that most of an answer was taken from.
    #[expect(clippy::cast_precision_loss, reason = "words of an answer are few")]
    pub fn copied(&self, of: Id, text: &str) -> Option<Copied<Id>> {
        let words = text::words(text);
        if words.len() < self.settings.least_words {
            return None;
        }
        let shingles = shingles(&words);
        let mut counts: FxHashMap<Id, usize> = FxHashMap::default();
        for (_, shingle) in &shingles {
            for id in self.known.get(shingle).into_iter().flatten() {
                *counts.entry(*id).or_default() += 1;
            }
        }
        counts.remove(&of);
        // Of two that say the same the earlier name is taken, so that one question has one answer.
        let (from, _) = counts
            .into_iter()
            .max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)))?;
        let mut copied = vec![false; words.len()];
        for (at, shingle) in &shingles {
            if self
                .known
                .get(shingle)
                .is_some_and(|known| known.contains(&from))
            {
                copied[*at..*at + LONG].fill(true);
            }
        }
        let share = copied.iter().filter(|one| **one).count() as f32 / words.len() as f32;
        (share >= self.settings.share).then(|| Copied {
            from,
            share,
            spans: stretches(&words, &copied),
        })
    }
}

fn stretches(words: &[Word], taken: &[bool]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut open = false;
    for (word, taken) in words.iter().zip(taken) {
        match found.last_mut() {
            Some(last) if *taken && open => last.to = word.span.to,
            _ if *taken => found.push(word.span),
            _ => {}
        }
        open = *taken;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BEFORE: &str = "Сообщаем, что по указанному адресу проведено обследование, нарушений не выявлено, \
                          уборка ведётся по графику, акт от 12.05.2026 прилагается.";

    fn given() -> Answers<u32> {
        let mut answers = Answers::new(CopiedSettings::default());
        answers.insert(1, BEFORE);
        answers.insert(2, "Снег вывезен вчера, дорожка посыпана песком, приносим извинения за ожидание и скользкий путь.");
        answers
    }

    #[test]
    fn an_answer_with_another_date_is_copied_and_one_of_its_own_is_not() {
        let answers = given();
        let text = BEFORE.replace("12.05.2026", "17.06.2026");
        let copied = answers.copied(9, &text).unwrap();
        assert_eq!(copied.from, 1);
        assert!(copied.share > 0.99);
        assert_eq!(copied.spans.len(), 1);
        assert!(copied.spans[0].of(&text).starts_with("Сообщаем"));
        assert_eq!(
            answers.copied(1, BEFORE),
            None,
            "its own text is not another's"
        );
        assert_eq!(answers.copied(9, "Уборка ведётся по графику."), None);
        let own = "Мы осмотрели подвал вместе с жителями, заменили два метра трубы и просушили стены до вечера.";
        assert_eq!(answers.copied(9, own), None);
    }

    proptest! {
        #[test]
        fn nonsense_is_shown_between_characters(text in ".{0,200}|(снег |двор |5 |не ){0,40}") {
            let mut answers = given();
            answers.insert(3, &text);
            if let Some(copied) = answers.copied(4, &text) {
                for span in copied.spans {
                    prop_assert!(text.get(span.from..span.to).is_some());
                }
            }
        }
    }
}
