//! Words: how a text is cut into what is compared. Small letters, `ё` as `е`, the stem of a Russian
//! or English word; numbers stay as they are.

use std::collections::HashSet;
use std::sync::LazyLock;

use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, TextAnalyzer, Token,
    TokenFilter, TokenStream, Tokenizer,
};

/// Name of the analyser that gives stems.
pub(crate) const STEMS: &str = "stems";
/// Name of the analyser that gives words as they are written.
pub(crate) const WORDS: &str = "words";
/// A longer word, in bytes, is not a word.
const LONGEST: usize = 80;

static EMPTY: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../words/empty.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// The analyser of texts.
pub(crate) fn stems() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST))
        .filter(LowerCaser)
        .filter(WithoutDots)
        // Each leaves the letters of the other language alone.
        .filter(Stemmer::new(Language::Russian))
        .filter(Stemmer::new(Language::English))
        .build()
}

/// The analyser of words that are offered: whole ones.
pub(crate) fn written() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST))
        .filter(LowerCaser)
        .filter(WithoutDots)
        .build()
}

/// Whether a word, in small letters, says nothing by itself.
pub(crate) fn is_empty(word: &str) -> bool {
    EMPTY.contains(word)
}

/// A word of a text with its place in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// The words of a text under an analyser, `most` at the most.
pub(crate) fn split(mut analyser: TextAnalyzer, text: &str, most: usize) -> Vec<Word> {
    let mut stream = analyser.token_stream(text);
    let mut words = Vec::new();
    while words.len() < most && stream.advance() {
        let token = stream.token();
        words.push(Word {
            text: token.text.clone(),
            from: token.offset_from,
            to: token.offset_to,
        });
    }
    words
}

/// Writes `ё` as `е`: people leave the dots out.
#[derive(Clone)]
struct WithoutDots;

impl TokenFilter for WithoutDots {
    type Tokenizer<T: Tokenizer> = WithoutDotsTokenizer<T>;

    fn transform<T: Tokenizer>(self, inner: T) -> WithoutDotsTokenizer<T> {
        WithoutDotsTokenizer(inner)
    }
}

#[derive(Clone)]
struct WithoutDotsTokenizer<T>(T);

impl<T: Tokenizer> Tokenizer for WithoutDotsTokenizer<T> {
    type TokenStream<'a> = WithoutDotsStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        WithoutDotsStream(self.0.token_stream(text))
    }
}

struct WithoutDotsStream<T>(T);

impl<T: TokenStream> TokenStream for WithoutDotsStream<T> {
    fn advance(&mut self) -> bool {
        if !self.0.advance() {
            return false;
        }
        let token = self.0.token_mut();
        if token.text.contains('\u{451}') {
            token.text = token.text.replace('\u{451}', "\u{435}");
        }
        true
    }

    fn token(&self) -> &Token {
        self.0.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.0.token_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stemmed(text: &str) -> Vec<String> {
        split(stems(), text, 100)
            .into_iter()
            .map(|word| word.text)
            .collect()
    }

    #[test]
    fn forms_of_a_word_have_one_stem_in_both_languages() {
        for (one, other) in [
            ("дороги", "дорогами"),
            ("Дорога", "дороге"),
            ("гололёд", "гололеда"),
            ("ЁЛКА", "елки"),
            ("lights", "light"),
        ] {
            assert_eq!(stemmed(one), stemmed(other), "{one} {other}");
        }
        assert_ne!(stemmed("снег"), stemmed("снежинка"));
    }

    #[test]
    fn numbers_stay_and_places_are_those_of_the_text() {
        assert_eq!(stemmed("А-2026-00000042-8"), ["а", "2026", "00000042", "8"]);
        let text = "Ёлки, 12!";
        let words = split(stems(), text, 10);
        assert_eq!(&text[words[0].from..words[0].to], "Ёлки");
        assert_eq!(&text[words[1].from..words[1].to], "12");
    }

    #[test]
    fn a_word_that_never_ends_is_left_out() {
        assert!(stemmed(&"а".repeat(100_000)).is_empty());
        assert_eq!(split(stems(), &"да ".repeat(1000), 7).len(), 7);
    }
}
