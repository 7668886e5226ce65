//! Promises: what an answer says will be done, and by which day.
//!
//! A day alone is no promise. A past day is a fact, a day after «from» dates a paper, a term «from the
//! day of registration» is the law's, a season in which works may be done is a norm, a day until which
//! a letter stays under control is nobody's work. What is left, and has a word of something to come or
//! of a term beside it, is proposed with the sentence that says it, for a person to accept.

mod days;

use std::sync::LazyLock;

use jiff::civil::Date;

pub use days::{Resolved, Season};

use crate::lists::Phrases;
use crate::sentences::sentences;
use crate::text::{self, Span, Word};
use days::{Found, Lead};

const FILE: &str = include_str!("../data/promises.txt");

struct Words {
    to_come: Phrases,
    term: Phrases,
    past: Phrases,
    norms: Phrases,
    law: Phrases,
    threat: Phrases,
    watch: Phrases,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let named = |name| Phrases::named(FILE, name);
    Words {
        to_come: named("to_come"),
        term: named("term"),
        past: named("past"),
        norms: named("norms"),
        law: named("law"),
        threat: named("threat"),
        watch: named("watch"),
    }
});

/// What an answer promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The sentence, or the part of one, that says what will be done.
    pub clause: Span,
    /// The words that name the day.
    pub day: Span,
    /// The last day by which it is promised.
    pub due: Date,
    /// How the day was told.
    pub resolved: Resolved,
}

/// A day that is not working, for terms in working days.
pub type DayOff<'of> = &'of dyn Fn(Date) -> bool;

/// The promises of an answer given on a day, in the order of the text. One day is proposed once;
/// a year is not, where a closer day of that year is. `day_off` says which days do not work.
pub fn promises(text: &str, answered: Date, day_off: DayOff<'_>) -> Vec<Promise> {
    let mut found: Vec<Promise> = Vec::new();
    for sentence in sentences(text) {
        for (clause, words) in clauses(text, sentence.span) {
            for day in days::days(text, &words, answered, day_off) {
                if day.due < answered || !is_promised(&words, &day) {
                    continue;
                }
                if found.iter().any(|known| known.due == day.due) {
                    continue;
                }
                found.push(Promise {
                    clause,
                    day: day.span(&words),
                    due: day.due,
                    resolved: day.resolved,
                });
            }
        }
    }
    let closer: Vec<(Date, Resolved)> = found.iter().map(|one| (one.due, one.resolved)).collect();
    found.retain(|one| {
        one.resolved != Resolved::Year
            || !closer
                .iter()
                .any(|(due, resolved)| *resolved != Resolved::Year && due.year() == one.due.year())
    });
    found
}

/// The parts of a sentence that stand for themselves: those with a word of something to come, each
/// after «but» or a colon. A part without such a word stays with the part before it.
fn clauses(text: &str, sentence: Span) -> Vec<(Span, Vec<Word>)> {
    let inside = sentence.of(text);
    let mut cuts = vec![0];
    for (at, _) in inside.match_indices(':') {
        let behind = &inside[at + 1..];
        if behind.starts_with(char::is_whitespace) && has_future(behind) {
            cuts.push(at + 1);
        }
    }
    cuts.push(inside.len());
    let parts = cuts.windows(2).map(|pair| {
        let span = Span {
            from: sentence.from + pair[0],
            to: sentence.from + pair[1],
        };
        let span = span.trimmed(text);
        let mut words = text::words(span.of(text));
        for word in &mut words {
            word.span.from += span.from;
            word.span.to += span.from;
        }
        (span, words)
    });
    parts.collect()
}

fn has_future(text: &str) -> bool {
    let words = text::words(text);
    WORDS.to_come.stand_in(&words) || WORDS.term.stand_in(&words)
}

/// Whether the words around a day promise something by it.
fn is_promised(words: &[Word], day: &Found) -> bool {
    let lists = &*WORDS;
    if day.lead == Lead::Since || lists.threat.at(words, 0).is_some() {
        return false;
    }
    let to_come = lists.to_come.stand_in(words);
    let term = lists.term.stand_in(words);
    if lists.watch.stand_in(words) && !to_come {
        return false;
    }
    let past = lists.past.stand_in(words);
    let law = lists.norms.stand_in(words);
    match day.resolved {
        // A full date that is still to come, told as a limit, needs little beside it.
        Resolved::Written if day.lead == Lead::Until => to_come || (term && !law),
        Resolved::Written => to_come || (term && !past && !law),
        // A term without a day is as often the law's own.
        Resolved::Days { .. } | Resolved::Months { .. } => {
            to_come && !law && !lists.law.stand_in(words)
        }
        Resolved::NoYear if day.lead != Lead::Until => to_come && !law,
        Resolved::NoYear => (to_come || term) && !law,
        // A programme of a year that «was formed» is told to say that nothing fits into it.
        Resolved::Year => to_come && !law && !past,
        _ => to_come && !law,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};
    use proptest::prelude::*;

    fn weekend(day: Date) -> bool {
        matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    fn due(text: &str) -> Vec<Date> {
        let found = promises(text, date(2026, 11, 20), &weekend);
        found.iter().map(|one| one.due).collect()
    }

    #[test]
    fn works_are_promised_by_a_day_a_term_a_season() {
        for (text, expected) in [
            (
                "До 15 декабря 2026 года будет заменена лавка.",
                date(2026, 12, 15),
            ),
            ("Качели заменят в срок до 01.06.", date(2027, 6, 1)),
            ("Срок выполнения работ: 25.05.2027.", date(2027, 5, 25)),
            (
                "Яма будет засыпана в течение 10 рабочих дней.",
                date(2026, 12, 4),
            ),
            (
                "Яма будет засыпана в течение двух недель.",
                date(2026, 12, 4),
            ),
            (
                "Ремонт запланирован на III квартал 2027 года.",
                date(2027, 9, 30),
            ),
            ("Ремонт будет выполнен во 2 квартале.", date(2027, 6, 30)),
            (
                "Деревья посадят, это планируется весной 2027 г.",
                date(2027, 5, 31),
            ),
            ("Работы будут завершены до конца года.", date(2026, 12, 31)),
            ("Работы запланированы на май.", date(2027, 5, 31)),
            (
                "Работы будут проводиться в течение 2028 года.",
                date(2028, 12, 31),
            ),
            ("Горку отремонтируют не позднее 3 марта.", date(2027, 3, 3)),
        ] {
            assert_eq!(due(text), [expected], "{text}");
        }
    }

    #[test]
    fn facts_norms_papers_and_watching_are_no_promises() {
        for text in [
            "До 15 ноября работы были выполнены.",
            "Обращение рассматривается в течение 30 дней со дня регистрации.",
            "Согласно постановлению от 06.10.2030 № 875 уборка ведётся по графику.",
            "Письмо от 12.12.2026 № 5 направлено.",
            "Работы возможны в период с 15.04 по 15.10.",
            "Дом 12, корпус 3, квартира 2027.",
            "Вопрос остаётся на контроле до 04.05.2027.",
            "В случае невыполнения до 01.06.2027 будут приняты меры.",
            "В соответствии с правилами ответ даётся в течение 10 дней.",
            "Пункт 27.8.2 правил благоустройства.",
        ] {
            assert_eq!(due(text), [], "{text}");
        }
    }

    #[test]
    fn a_promise_tells_its_sentence_its_day_and_how_it_was_resolved() {
        let text = "Добрый день. Лавка у дома 5 будет починена в срок до 01.06. Спасибо.";
        let found = promises(text, date(2026, 11, 20), &weekend);
        assert_eq!(
            found[0].clause.of(text),
            "Лавка у дома 5 будет починена в срок до 01.06."
        );
        assert_eq!(found[0].day.of(text), "до 01.06");
        assert_eq!(found[0].resolved, Resolved::NoYear);
    }

    #[test]
    fn a_year_gives_way_to_a_day_of_it() {
        assert_eq!(
            due("Работы включены в план на 2027 год и будут выполнены до 15.10.2027."),
            [date(2027, 10, 15)]
        );
    }

    #[test]
    fn the_lists_are_read() {
        for name in [
            "to_come", "term", "past", "norms", "law", "threat", "watch", "month", "season",
        ] {
            assert!(Phrases::named(FILE, name).len() >= 3, "{name}");
        }
    }

    proptest! {
        #[test]
        fn nonsense_promises_nothing_that_is_not_in_the_text(
            text in ".{0,200}|([0-9]{1,4}[. ]|до |в |течение |мая |квартале |года |будет |весной |конца ){0,30}",
            year in -9000_i16..9000,
        ) {
            for one in promises(&text, date(year, 2, 28), &weekend) {
                prop_assert!(text.get(one.clause.from..one.clause.to).is_some());
                prop_assert!(text.get(one.day.from..one.day.to).is_some());
            }
        }

        #[test]
        fn a_world_without_working_days_ends_the_count(days in 0_i16..9999) {
            let text = format!("будет в течение {days} рабочих дней");
            promises(&text, date(9990, 1, 1), &|_| true);
        }
    }
}
