//! Whether words tell of a danger just now: whoever writes them to an authority, in a dialogue, in
//! the search or in a form, is told to call 112 first.

use std::sync::LazyLock;

/// The list: it says itself how it is read.
static LIST: LazyLock<List> = LazyLock::new(|| List::read(include_str!("../data/danger.txt")));

/// The most words that are looked at.
const MOST_WORDS: usize = 400;

/// Phrases of danger, and words that mean none.
struct List {
    told: Vec<Phrase>,
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
        let (harmless, told): (Vec<_>, Vec<_>) = lines.partition(|line| line.starts_with("- "));
        Self {
            told: told.into_iter().map(Phrase::read).collect(),
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

    fn is_in(&self, words: &[&str]) -> bool {
        let last = self.parts.len() - 1;
        words.windows(self.parts.len()).any(|row| {
            let mut pairs = row.iter().zip(&self.parts).enumerate();
            pairs.all(|(at, (word, part))| {
                word.starts_with(part) && (!self.whole || at < last || word == part)
            })
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
    LIST.told.iter().any(|phrase| phrase.is_in(&words))
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
