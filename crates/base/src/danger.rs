//! Whether words tell of a danger just now: whoever writes them to an authority, in a dialogue, in
//! the search or in a form, is told to call 112 first.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The list: it says itself how it is read.
static LIST: LazyLock<List> = LazyLock::new(|| List::read(include_str!("../data/danger.txt")));

/// The most words that are looked at.
const MOST_WORDS: usize = 400;

/// Phrases of danger, and words that mean none.
struct List {
    /// By the letter that they begin with: a text has many words, and few begin as one of these.
    told: HashMap<char, Vec<Phrase>>,
    harmless: Vec<&'static str>,
}

/// The beginnings of words in a row.
struct Phrase {
    parts: Vec<&'static str>,
    /// Whether the last word has to be whole.
    whole: bool,
}

impl List {
    fn read(text: &'static str) -> Self {
        let said = |line: &&str| !line.is_empty() && !line.starts_with('#');
        let lines = text.lines().filter(said);
        let (harmless, phrases): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with("- "));
        let mut told: HashMap<char, Vec<Phrase>> = HashMap::new();
        for line in phrases {
            if let Some(first) = line.chars().next() {
                told.entry(first).or_default().push(Phrase::read(line));
            }
        }
        Self {
            told,
            harmless: harmless.into_iter().map(|line| &line[2..]).collect(),
        }
    }
}

impl Phrase {
    fn read(line: &'static str) -> Self {
        Self {
            parts: line.trim_end_matches('.').split_whitespace().collect(),
            whole: line.ends_with('.'),
        }
    }

    /// Whether words begin with it.
    fn begins(&self, words: &[&str]) -> bool {
        let last = self.parts.len() - 1;
        let mut pairs = words.iter().zip(&self.parts).enumerate();
        words.len() > last
            && pairs.all(|(at, (word, part))| {
                word.starts_with(part) && (!self.whole || at < last || word == part)
            })
    }
}

/// Whether a small letter, a digit or a sign stands inside a word. Nearly all that is written are
/// small Russian letters, which the tables of Unicode take a while to find.
fn is_of_word(c: char) -> bool {
    matches!(c, '\u{430}'..='\u{44f}' | 'a'..='z' | '0'..='9' | '/' | '-') || c.is_alphanumeric()
}

/// Whether words tell of a danger just now. Case, signs and «yo» do not matter.
pub fn is_told(text: &str) -> bool {
    let small = text.to_lowercase().replace('\u{451}', "\u{435}");
    let is_harmless = |word: &&str| LIST.harmless.iter().any(|known| word.starts_with(known));
    let words: Vec<&str> = small
        .split(|c: char| !is_of_word(c))
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .filter(|word| !is_harmless(word))
        .collect();
    (0..words.len()).any(|at| {
        let rest = &words[at..];
        let first = rest[0].chars().next();
        let phrases = first.and_then(|first| LIST.told.get(&first));
        phrases.is_some_and(|phrases| phrases.iter().any(|phrase| phrase.begins(rest)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_danger_is_heard_and_a_lamp_that_does_not_burn_is_none() {
        for danger in [
            "У нас пожар!",
            "В подъезде пахнет газом",
            "Горит дом на Лесной",
            "человек без сознания",
            "Скорая не едет второй час",
            "сосед бьёт ребёнка",
            "There is a gas leak",
            "помогите, тону",
            "На Заречной открытый люк, ребёнок чуть не упал",
            "щиток искрит, пахнет гарью",
            "Оборванный провод висит над тротуаром",
        ] {
            assert!(is_told(danger), "{danger}");
        }
        for harmless in [
            "Не горит фонарь у дома 7",
            "Пожарная лестница сломана",
            "тонут машины в яме",
            "тонут ботинки в грязи",
            "нет горячей воды",
            "скорая помощь приехала быстро",
            "искренне благодарю за новый люк",
            "",
            "🔥",
        ] {
            assert!(!is_told(harmless), "{harmless}");
        }
    }
}
