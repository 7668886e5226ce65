//! Marking: where in a text the words of a question stand. What comes out are plain pieces; whoever
//! draws them decides how a marked one looks.

use crate::question::Question;
use crate::words::{self, Word};

/// The most words of a text that are looked at.
const MOST_WORDS: usize = 20_000;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they are words of the question.
    pub matched: bool,
}

/// The part of `text` where the most words of the question stand, about `most` characters long, in
/// pieces. Without any of them, its beginning.
pub fn mark(question: &Question, text: &str, most: usize) -> Vec<Piece> {
    let found: Vec<Word> = words::split(words::stems(), text, MOST_WORDS)
        .into_iter()
        .filter(|word| question.has(&word.text))
        .collect();
    let (from, to) = window(text, &found, most.max(1));
    let mut pieces = Vec::new();
    let mut add = |text: &str, matched: bool| {
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_owned(),
                matched,
            });
        }
    };
    if from > 0 {
        add("… ", false);
    }
    let mut at = from;
    for word in found
        .iter()
        .filter(|word| word.from >= from && word.to <= to)
    {
        add(&text[at..word.from], false);
        add(&text[word.from..word.to], true);
        at = word.to;
    }
    add(&text[at..to], false);
    if to < text.len() {
        add(" …", false);
    }
    pieces
}

/// The bytes of the window of `most` characters that holds the most of the words found.
fn window(text: &str, found: &[Word], most: usize) -> (usize, usize) {
    let end_of = |from: usize| {
        text[from..]
            .char_indices()
            .nth(most)
            .map_or(text.len(), |(at, _)| from + at)
    };
    if end_of(0) == text.len() {
        return (0, text.len());
    }
    let mut best = (0, 0, end_of(0));
    for (at, first) in found.iter().enumerate().take(200) {
        // A little of what stands before belongs to it; the window begins with a whole word.
        let before = text[..first.from]
            .char_indices()
            .rev()
            .nth(most / 4)
            .map_or(0, |(at, _)| at);
        let from = match text[before..first.from].find(char::is_whitespace) {
            Some(space) if before > 0 => {
                let after = before + space;
                after + text[after..].chars().next().map_or(0, char::len_utf8)
            }
            _ => before,
        };
        let to = end_of(from);
        let held = found[at..].iter().take_while(|word| word.to <= to).count();
        if held > best.0 {
            best = (held, from, to);
        }
    }
    let (_, from, to) = best;
    let to = match text[from..to].rfind(char::is_whitespace) {
        Some(space)
            if to < text.len() && found.iter().all(|w| w.to > to || w.to <= from + space) =>
        {
            from + space
        }
        _ => to,
    };
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(typed: &str, text: &str, most: usize) -> String {
        mark(&Question::new(typed), text, most)
            .into_iter()
            .map(|piece| {
                if piece.matched {
                    format!("[{}]", piece.text)
                } else {
                    piece.text
                }
            })
            .collect()
    }

    #[test]
    fn every_form_of_a_word_is_marked_and_nothing_is_lost() {
        assert_eq!(
            shown("снег двор", "Снега во дворе <b>нет</b>", 100),
            "[Снега] во [дворе] <b>нет</b>"
        );
        assert_eq!(shown("лес", "Дом", 100), "Дом");
        assert_eq!(shown("лес", "", 100), "");
    }

    #[test]
    fn a_long_text_is_shown_where_the_words_stand() {
        let text = format!(
            "{} упало дерево на провода {}",
            "слово ".repeat(300),
            "и ".repeat(300)
        );
        let shown = shown("дерево", &text, 60);
        assert!(shown.contains("[дерево]") && shown.starts_with("… ") && shown.ends_with(" …"));
        assert!(shown.chars().count() < 80, "{shown}");
    }
}
