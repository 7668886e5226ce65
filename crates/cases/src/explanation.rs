//! The explanation of a date in words: each step of a term as a sentence with its article.

use base::Language;
use law::{Arg, Step};
use web::{WordArg, Words};

use crate::model::{PauseCut, Term};

/// Every step of a term as its code and a sentence. The last pause says what of the waiting does not
/// count, where the rule lets the term stand still no longer.
pub fn steps_in_words(
    words: &Words,
    language: Language,
    term: &Term,
) -> Vec<(&'static str, String)> {
    let steps: Vec<&Step> = term.registration.iter().chain(&term.due.steps).collect();
    let is_pause = |step: &&Step| matches!(step, Step::Paused { .. });
    let last_pause = steps.iter().rposition(is_pause);
    let in_words = |(at, step): (usize, &&Step)| {
        let mut text = step_in_words(words, language, step);
        if let Some(cut) = term.cut.filter(|_| Some(at) == last_pause) {
            text.push(' ');
            text.push_str(&cut_in_words(words, language, cut));
        }
        (step.key(), text)
    };
    steps.iter().enumerate().map(in_words).collect()
}

fn cut_in_words(words: &Words, language: Language, cut: PauseCut) -> String {
    words.text(
        language,
        "case-pause-cut",
        &[("days", cut.days.into()), ("counted", cut.counted.into())],
    )
}

/// One step as a sentence.
fn step_in_words(words: &Words, language: Language, step: &Step) -> String {
    let args: Vec<(&str, WordArg<'_>)> = step
        .args()
        .into_iter()
        .map(|(name, arg)| (name, word(words, language, arg)))
        .collect();
    words.text(language, step.key(), &args)
}

fn word<'a>(words: &Words, language: Language, arg: Arg<'a>) -> WordArg<'a> {
    match arg {
        Arg::Date(date) => words.date_long(language, date).into(),
        Arg::Time(time) => time.strftime("%H:%M").to_string().into(),
        Arg::Number(number) => number.into(),
        Arg::Token(token) => token.into(),
        Arg::Words(own) => own.in_language(language.tag()).into(),
    }
}
