//! Text as the detectors see it: words in small letters with their places, `ё` as `е`, letters and
//! digits apart («2027г» is two words). Places are bytes of the text as it was written.

/// A stretch of a text, in bytes. Both ends stand between characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Where it begins.
    pub from: usize,
    /// Where it ends: the first byte behind it.
    pub to: usize,
}

impl Span {
    /// What stands there; nothing if the span is of another text.
    pub fn of<'text>(&self, text: &'text str) -> &'text str {
        text.get(self.from..self.to).unwrap_or_default()
    }

    /// This stretch without white space at its ends.
    pub(crate) fn trimmed(self, text: &str) -> Self {
        let inside = self.of(text);
        let from = self.from + (inside.len() - inside.trim_start().len());
        Self {
            from,
            to: from + inside.trim().len(),
        }
    }
}

/// A word with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) span: Span,
}

impl Word {
    /// The number that the word is, if it is one of up to four digits.
    pub(crate) fn number(&self) -> Option<i16> {
        (self.text.len() <= 4)
            .then(|| self.text.parse().ok())
            .flatten()
    }

    /// Whether it is written in digits.
    pub(crate) fn is_digits(&self) -> bool {
        self.text.chars().all(|one| one.is_ascii_digit())
    }
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    // What the last character was: a digit, a letter, or neither.
    let mut last = None;
    for (at, one) in text.char_indices() {
        let kind = one
            .is_alphanumeric()
            .then_some(if one.is_ascii_digit() { '0' } else { 'a' });
        let to = at + one.len_utf8();
        match (kind, words.last_mut()) {
            (Some(_), Some(word)) if kind == last => {
                word.text.extend(small(one));
                word.span.to = to;
            }
            (Some(_), _) => words.push(Word {
                text: small(one).collect(),
                span: Span { from: at, to },
            }),
            (None, _) => {}
        }
        last = kind;
    }
    words
}

fn small(one: char) -> impl Iterator<Item = char> {
    one.to_lowercase().map(|one| match one {
        '\u{451}' => '\u{435}',
        other => other,
    })
}

/// What stands between a word and the one before it; nothing before the first.
pub(crate) fn gap<'text>(text: &'text str, words: &[Word], before: usize) -> &'text str {
    let Some(from) = before.checked_sub(1).and_then(|last| words.get(last)) else {
        return "";
    };
    Span {
        from: from.span.to,
        to: words.get(before).map_or(text.len(), |word| word.span.from),
    }
    .of(text)
}

/// The beginning that the forms of a word share, near enough for comparing texts.
pub(crate) fn stem(word: &str) -> &str {
    const KEPT: usize = 6;
    let letters = word.chars().count();
    let kept = match letters {
        0..=4 => letters,
        5..=7 => letters - 2,
        _ => KEPT,
    };
    word.char_indices()
        .nth(kept)
        .map_or(word, |(at, _)| &word[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_and_digits_are_words_apart_at_their_places() {
        let text = "Ёлки, 2027г.!";
        let found = words(text);
        let said: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(said, ["елки", "2027", "г"]);
        assert_eq!(found[0].span.of(text), "Ёлки");
        assert_eq!(gap(text, &found, 1), ", ");
        assert_eq!(gap(text, &found, 3), ".!");
        assert_eq!(found[1].number(), Some(2027));
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        assert_eq!(stem("дорога"), stem("дороги"));
        assert_eq!(stem("освещение"), stem("освещения"));
        assert_eq!(stem("двор"), "двор");
        assert_ne!(stem("снег"), stem("свет"));
    }

    proptest! {
        #[test]
        fn places_are_those_of_the_text(text in ".{0,200}") {
            for word in words(&text) {
                prop_assert!(text.get(word.span.from..word.span.to).is_some());
                stem(&word.text);
            }
        }
    }
}
