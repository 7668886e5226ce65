//! Questions: whether a letter holds several, and where each stands.
//!
//! One letter is one case with one answer, so a letter with two matters is answered in part. Proposed
//! are stretches that together are the whole letter, each with why it begins where it does: a number,
//! a turn («also», «besides»), another matter after a new paragraph, another place. A list of defects
//! of one thing is one question; a turn that adds only feeling or history is none.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::lists::Phrases;
use crate::sentences::sentences;
use crate::text::{self, Span, Word, gap};

const FILE: &str = include_str!("../data/questions.txt");

struct Words {
    ordinal: Phrases,
    turn: Phrases,
    turn_surely: Phrases,
    asks: Phrases,
    fault: Phrases,
    matters: Phrases,
    street: Phrases,
    house: Phrases,
    empty: Phrases,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let named = |name| Phrases::named(FILE, name);
    Words {
        ordinal: named("ordinal"),
        turn: named("turn"),
        turn_surely: named("turn_surely"),
        asks: named("asks"),
        fault: named("fault"),
        matters: named("matters"),
        street: named("street"),
        house: named("house"),
        empty: Phrases::named(include_str!("../data/text.txt"), "empty"),
    }
});

/// Why a question is taken to begin at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// It is the first.
    First,
    /// It has a number, in digits or in words.
    Numbered,
    /// A word of turning to something else, and another matter behind it.
    Turn,
    /// A new paragraph about another matter.
    Paragraph,
    /// Another address.
    Place,
}

/// A question that a letter seems to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// All of it.
    pub span: Span,
    /// Why it begins here.
    pub why: Why,
    /// The words that say so: the number, the turn, the address; empty for the first.
    pub mark: Span,
}

/// What a sentence is about.
struct Said {
    span: Span,
    opens_paragraph: bool,
    words: Vec<Word>,
    matters: FxHashSet<i16>,
    /// Whether it asks for something or tells a fault.
    matters_at_all: bool,
    /// Whether it, or what follows it in its paragraph, does.
    paragraph_asks: bool,
    house: Option<(String, Span)>,
    number: Option<(i16, Span)>,
    turn: Option<(Span, bool)>,
}

/// The questions of a letter, in order: two or more, or none where there seems to be but one.
pub fn questions(text: &str) -> Vec<Question> {
    let mut said: Vec<Said> = sentences(text)
        .into_iter()
        .flat_map(|one| said(text, one.span, one.opens_paragraph))
        .collect();
    let mut asks = false;
    for one in said.iter_mut().rev() {
        asks |= one.matters_at_all;
        one.paragraph_asks = asks;
        asks &= !one.opens_paragraph;
    }
    let Some(first) = said.first() else {
        return Vec::new();
    };
    let numbered = is_numbered(&said);
    let mut found = vec![Question {
        span: first.span,
        why: Why::First,
        mark: Span {
            from: first.span.from,
            to: first.span.from,
        },
    }];
    let mut now = Now::default();
    let mut numbers_seen = 0;
    for one in &said {
        let begins = if numbered {
            let mark = one.number.map(|(_, mark)| mark);
            numbers_seen += usize::from(mark.is_some());
            // What stands before the first number is its preface.
            mark.filter(|_| numbers_seen > 1)
                .map(|mark| (Why::Numbered, mark))
        } else {
            now.turns(one)
        };
        match (begins, found.last_mut()) {
            (Some((why, mark)), _) => {
                found.push(Question {
                    span: one.span,
                    why,
                    mark,
                });
                now = Now {
                    ever: std::mem::take(&mut now.ever),
                    ..Now::default()
                };
            }
            (None, Some(last)) => last.span.to = one.span.to,
            (None, None) => {}
        }
        now.add(one);
    }
    if found.len() < 2 {
        found.clear();
    }
    found
}

/// Whether the sentences carry numbers that count up, each with something to say.
fn is_numbered(said: &[Said]) -> bool {
    let mut expected = 1;
    let mut counted = 0;
    for (at, one) in said.iter().enumerate() {
        let Some((number, mark)) = one.number else {
            continue;
        };
        if number != expected {
            // «во-вторых» may follow a first one that was not said to be the first.
            if !(number == 2 && expected == 1 && at > 0) {
                continue;
            }
            counted += 1;
        }
        let words = one.words.iter().filter(|word| word.span.from >= mark.to);
        if words.count() >= 2 {
            counted += 1;
        }
        expected = number.saturating_add(1);
    }
    let speaking = said
        .iter()
        .filter(|one| one.number.is_some() && (one.matters_at_all || !one.matters.is_empty()));
    counted >= 2 && speaking.count() >= 2
}

/// What has been said since the last question began.
#[derive(Default)]
struct Now {
    /// What was spoken of before that, and since.
    ever: FxHashSet<i16>,
    matters: FxHashSet<i16>,
    stems: FxHashSet<String>,
    house: Option<String>,
    matters_at_all: bool,
}

impl Now {
    fn add(&mut self, one: &Said) {
        self.matters.extend(&one.matters);
        self.ever.extend(&one.matters);
        self.stems.extend(stems(&one.words));
        self.matters_at_all |= one.matters_at_all;
        if self.house.is_none() {
            self.house = one.house.as_ref().map(|(house, _)| house.clone());
        }
    }

    /// Whether a sentence turns away from what was said so far.
    fn turns(&self, one: &Said) -> Option<(Why, Span)> {
        let spoken = self.matters_at_all || !self.matters.is_empty();
        if !spoken {
            return None;
        }
        let other_matter = !one.matters.is_empty() && one.matters.is_disjoint(&self.matters);
        if let Some((mark, surely)) = one.turn
            && (surely
                || other_matter
                || (one.matters.is_empty() && one.matters_at_all && self.is_news(one)))
        {
            return Some((Why::Turn, mark));
        }
        if !one.opens_paragraph {
            return None;
        }
        if let (Some((house, mark)), Some(known)) = (&one.house, &self.house)
            && house != known
        {
            return Some((Why::Place, *mark));
        }
        // Without a word of turning only what tells a fault or asks, here or further on in the
        // paragraph, about something that has not been spoken of.
        let never_spoken_of = other_matter && one.matters.is_disjoint(&self.ever);
        if never_spoken_of
            && self.matters_at_all
            && one.paragraph_asks
            && !self.matters.is_empty()
            && self.is_news(one)
        {
            let mark = Span {
                from: one.span.from,
                to: one.words.first().map_or(one.span.from, |word| word.span.to),
            };
            return Some((Why::Paragraph, mark));
        }
        None
    }

    /// Whether hardly a word of it was said before.
    fn is_news(&self, one: &Said) -> bool {
        /// Fewer words say too little to be a question.
        const LEAST_WORDS: usize = 3;
        /// Of ten words so many may have been said before.
        const MOST_KNOWN_IN_TEN: usize = 2;
        let stems = stems(&one.words);
        let known = stems
            .iter()
            .filter(|stem| self.stems.contains(*stem))
            .count();
        stems.len() >= LEAST_WORDS && known * 10 <= stems.len() * MOST_KNOWN_IN_TEN
    }
}

fn stems(words: &[Word]) -> Vec<String> {
    let speaking = words.iter().enumerate().filter(|(at, word)| {
        !word.is_digits() && word.text.chars().count() > 2 && WORDS.empty.at(words, *at).is_none()
    });
    speaking
        .map(|(_, word)| text::stem(&word.text).to_owned())
        .collect()
}

/// A sentence, cut once more where a comma or a dash is followed by a turn.
fn said(text: &str, span: Span, opens_paragraph: bool) -> Vec<Said> {
    let mut words = text::words(span.of(text));
    for word in &mut words {
        word.span.from += span.from;
        word.span.to += span.from;
    }
    let mut parts = Vec::new();
    let mut from = span.from;
    let mut begun = 0;
    for at in 1..words.len() {
        let parted = gap(text, &words, at).contains([',', '-', '—', '–', '(']);
        let Some(turn) = WORDS.turn.at(&words, at).filter(|_| parted) else {
            continue;
        };
        // «…, а также двери» goes on with a list; «…, также прошу» asks anew.
        if WORDS.asks.at(&words, at + turn.words).is_none()
            && WORDS.turn_surely.at(&words, at).is_none()
        {
            continue;
        }
        let to = words[at].span.from;
        parts.push(one_said(
            text,
            Span { from, to },
            opens_paragraph && begun == 0,
            words[begun..at].to_vec(),
        ));
        (from, begun) = (to, at);
    }
    let rest = Span { from, to: span.to };
    parts.push(one_said(
        text,
        rest,
        opens_paragraph && begun == 0,
        words.split_off(begun),
    ));
    parts
}

fn one_said(text: &str, span: Span, opens_paragraph: bool, words: Vec<Word>) -> Said {
    let lists = &*WORDS;
    let matters = (0..words.len())
        .filter_map(|at| lists.matters.at(&words, at))
        .map(|found| found.value)
        .collect();
    let asks = span.of(text).contains('?') || lists.asks.stand_in(&words);
    let turn = lists.turn.at(&words, 0).map(|found| {
        let surely = lists.turn_surely.at(&words, 0).is_some();
        (stretch(&words, 0, found.words), surely)
    });
    Said {
        matters_at_all: asks || lists.fault.stand_in(&words),
        paragraph_asks: false,
        house: house(&words),
        number: number(text, &words),
        matters,
        turn,
        span,
        opens_paragraph,
        words,
    }
}

fn stretch(words: &[Word], at: usize, taken: usize) -> Span {
    let from = words.get(at).map_or(0, |word| word.span.from);
    let last = words.get(at + taken.saturating_sub(1));
    Span {
        from,
        to: last.map_or(from, |word| word.span.to),
    }
}

/// The number that a sentence begins with: «2.», «2)», «во-вторых», «второй вопрос».
fn number(text: &str, words: &[Word]) -> Option<(i16, Span)> {
    if let Some(found) = WORDS.ordinal.at(words, 0) {
        return Some((found.value, stretch(words, 0, found.words)));
    }
    let first = words.first().filter(|word| word.is_digits())?;
    let number = first.number().filter(|number| (1..=20).contains(number))?;
    let behind = text.get(first.span.to..)?;
    let mut rest = behind.chars();
    let sign = matches!(rest.next(), Some('.' | ')'));
    // «1.5 метра» and «12.03» are no points of a list.
    (sign && rest.next().is_some_and(|one| !one.is_ascii_digit())).then_some((number, first.span))
}

/// The street and the house that a sentence names.
fn house(words: &[Word]) -> Option<(String, Span)> {
    /// So many words lie between the word «street» and the number of the house at most.
    const NEAR: usize = 6;
    let (at, _) = WORDS.street.first_in(words)?;
    let number = (at + 1..words.len().min(at + NEAR)).find(|at| {
        words[*at].is_digits()
            && words[*at].text.len() <= 3
            && (WORDS.house.at(words, at - 1).is_some() || words[at - 1].text.chars().count() > 3)
    })?;
    let name: Vec<&str> = [at.checked_sub(1), Some(at + 1)]
        .into_iter()
        .flatten()
        .filter_map(|near| words.get(near))
        .map(|word| text::stem(&word.text))
        .collect();
    let key = format!("{} {}", name.join(" "), words[number].text);
    Some((key, stretch(words, at, number - at + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(&str, Why)> {
        let found = questions(text);
        found
            .iter()
            .map(|one| (one.span.of(text), one.why))
            .collect()
    }

    #[test]
    fn numbers_in_digits_and_in_words_part_questions() {
        assert_eq!(
            found("Добрый день! 1. Не горит фонарь. 2. Во дворе яма."),
            [
                ("Добрый день! 1. Не горит фонарь.", Why::First),
                ("2. Во дворе яма.", Why::Numbered)
            ]
        );
        let text = "Во-первых, не работает лифт. Темно. Во-вторых, течёт крыша.";
        assert_eq!(found(text).len(), 2);
        assert_eq!(questions(text)[1].mark.of(text), "Во-вторых");
        assert_eq!(
            found("1) убрать снег с дорожки\n2) вернуть урну\n3) починить качели").len(),
            3
        );
    }

    #[test]
    fn a_turn_parts_only_where_another_matter_follows() {
        let two = "Не убирают снег во дворе. Также прошу починить качели на площадке.";
        assert_eq!(
            found(two)[1],
            ("Также прошу починить качели на площадке.", Why::Turn)
        );
        assert_eq!(
            found("Не убирают снег во дворе, также прошу починить лифт.").len(),
            2
        );
        for one in [
            "Не убирают снег во дворе. Также снег не убран у подъезда.",
            "Не убирают снег. Также благодарю за работу.",
            "Сломаны двери, а также перила и окна.",
            "",
            "Прошу убрать мусор.",
        ] {
            assert_eq!(found(one), [], "{one}");
        }
    }

    #[test]
    fn another_paragraph_about_another_matter_is_another_question() {
        let text = "В подъезде не работает лифт уже неделю.\n\nНа детской площадке сломаны качели, прошу заменить.";
        assert_eq!(found(text)[1].1, Why::Paragraph);
        let one = "В подъезде не работает лифт.\n\nЛифт сломан уже неделю, прошу починить.";
        assert_eq!(found(one), []);
    }

    #[test]
    fn another_address_is_another_question() {
        let text = "На ул. Садовая, дом 5 не убран снег.\nНа ул. Лесная, дом 8 не убран снег.";
        assert_eq!(found(text)[1].1, Why::Place);
    }

    #[test]
    fn the_lists_are_read() {
        for name in ["ordinal", "turn", "asks", "fault", "matters", "street"] {
            assert!(Phrases::named(FILE, name).len() >= 5, "{name}");
        }
    }

    proptest! {
        #[test]
        fn nonsense_is_cut_between_characters_and_in_order(
            text in ".{0,200}|([0-9]{1,2}[.)] |\\n|также |прошу |яма |снег |во-вторых |, ){0,30}",
        ) {
            let mut last = 0;
            for one in questions(&text) {
                prop_assert!(one.span.from >= last && one.span.from <= one.span.to);
                prop_assert!(text.get(one.span.from..one.span.to).is_some());
                prop_assert!(text.get(one.mark.from..one.mark.to).is_some());
                last = one.span.to;
            }
        }
    }
}
