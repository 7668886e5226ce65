//! Sentences: where a text is cut. Letters of authorities are full of short forms with a full stop
//! and of lines broken in the middle, so that a full stop or a new line alone cuts nothing.

use std::sync::LazyLock;

use crate::lists::Phrases;
use crate::text::{self, Span};

/// Words of all detectors.
const FILE: &str = include_str!("../data/text.txt");

static SHORT: LazyLock<Phrases> = LazyLock::new(|| Phrases::named(FILE, "short"));

/// A sentence and whether a paragraph begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) span: Span,
    pub(crate) opens_paragraph: bool,
}

/// The sentences of a text, in order, without white space at their ends; none is empty.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut opens_paragraph = true;
    let mut add = |from: usize, to: usize, opens: bool| {
        let span = Span { from, to }.trimmed(text);
        let kept = span.of(text).chars().any(char::is_alphanumeric);
        if kept {
            found.push(Sentence {
                span,
                opens_paragraph: opens,
            });
        }
        kept
    };
    for (at, one) in text.char_indices() {
        let behind = at + one.len_utf8();
        let ends = match one {
            '!' | '?' | ';' => true,
            '.' => stop_ends(text, from, at),
            '\n' => line_ends(&text[from..at], &text[behind..]),
            _ => false,
        };
        if ends {
            let kept = add(from, behind, opens_paragraph);
            opens_paragraph = one == '\n' || (opens_paragraph && !kept);
            from = behind;
        }
    }
    add(from, text.len(), opens_paragraph);
    found
}

/// Whether a full stop ends the sentence that began at `from`.
fn stop_ends(text: &str, from: usize, at: usize) -> bool {
    let behind = &text[at + 1..];
    let Some(next) = behind.chars().find(|one| !one.is_whitespace()) else {
        return true;
    };
    let spaced = behind.starts_with(char::is_whitespace);
    // The last few words are enough, and keep a text without a full stop from being read anew.
    let near = text[from..at]
        .char_indices()
        .rev()
        .nth(40)
        .map_or(from, |(back, _)| from + back);
    let words = text::words(&text[near..at]);
    let Some(last) = words.last() else {
        return spaced;
    };
    if !spaced {
        // «сообщаем.Проблема», but not «ст.Садовая».
        return next.is_uppercase() && last.text.chars().count() >= 4 && !last.is_digits();
    }
    if last.span.to + near != at {
        return true;
    }
    if next.is_lowercase() {
        return false;
    }
    let after_year = words.len() >= 2
        && words[words.len() - 2].text.len() == 4
        && words[words.len() - 2].is_digits();
    // «1. Крыша» is a point of a list, not a sentence of its own.
    let point = words.len() == 1 && last.is_digits() && near == from;
    !point && (after_year || SHORT.at(&words, words.len() - 1).is_none())
}

/// Whether a sentence ends with its line.
fn line_ends(line: &str, behind: &str) -> bool {
    let next = behind
        .chars()
        .find(|one| *one == '\n' || !one.is_whitespace());
    let closed = line
        .trim_end()
        .ends_with(['.', ':', '!', '?', ';', '"', '»', ')']);
    closed
        || next.is_none_or(|one| !one.is_lowercase() && !one.is_ascii_digit())
        || behind
            .trim_start()
            .split_once(['.', ')'])
            .is_some_and(|(point, _)| {
                (1..=2).contains(&point.len()) && point.chars().all(|one| one.is_ascii_digit())
            })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        let found = sentences(text);
        found.iter().map(|one| one.span.of(text)).collect()
    }

    #[test]
    fn short_forms_and_broken_lines_do_not_cut() {
        assert_eq!(
            cut(
                "Работы по адресу: ул. Садовая, д. 5 будут\nвыполнены до 01.06.2027 г. Приложение: акт."
            ),
            [
                "Работы по адресу: ул. Садовая, д. 5 будут\nвыполнены до 01.06.2027 г.",
                "Приложение: акт."
            ]
        );
        assert_eq!(
            cut("Сообщаем.Проблема решена"),
            ["Сообщаем.", "Проблема решена"]
        );
        assert_eq!(cut("1. Крыша. 2. Двор."), ["1. Крыша.", "2. Двор."]);
    }

    #[test]
    fn paragraphs_are_known() {
        let found = sentences("Одно. Другое.\n\nТретье");
        let opens: Vec<bool> = found.iter().map(|one| one.opens_paragraph).collect();
        assert_eq!(opens, [true, false, true]);
    }

    proptest! {
        #[test]
        fn sentences_stand_in_order(text in "[а-яА-Яa-z0-9 .!?;\\n«»]{0,200}|.{0,100}") {
            let mut last = 0;
            for one in sentences(&text) {
                prop_assert!(one.span.from >= last && one.span.from < one.span.to);
                prop_assert!(text.get(one.span.from..one.span.to).is_some());
                last = one.span.to;
            }
        }
    }
}
