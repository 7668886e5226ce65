//! The explanation of a date in words: each step of a term as a sentence with its article.

use base::Language;
use law::{Arg, Step};
use web::{WordArg, Words};

/// One step as a sentence.
pub fn step_in_words(words: &Words, language: Language, step: &Step) -> String {
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
