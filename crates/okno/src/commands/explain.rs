//! `okno explain`: when something is due, and why, step by step with the articles.

use std::process::ExitCode;

use base::{Language, Moment, Number};
use cases::model::Term;
use jiff::civil::DateTime;
use law::Law;
use web::Words;

use crate::cli::Explain;
use crate::commands::say;
use crate::house::{House, WORDS, told};
use crate::settings::Settings;

/// Explains a case, or a rule for a moment of receipt.
pub(crate) fn explain(settings: &Settings, what: &Explain) -> Result<ExitCode, String> {
    let words = Words::new(WORDS).map_err(|error| error.to_string())?;
    let language = Language::from_tag(&what.language).ok_or("--language is ru or en")?;
    let speech = Speech {
        words: &words,
        language,
    };
    if what.list {
        list(&speech);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(number) = &what.number {
        let number: Number = number
            .parse()
            .map_err(|error| format!("{number}: {error}"))?;
        let house = House::open(settings, false)?;
        let term = house
            .cases
            .term_blocking(number)
            .map_err(told)?
            .ok_or_else(|| format!("no term runs for {number}"))?;
        speech.steps(&term);
        say(term.due.due_on);
        return Ok(ExitCode::SUCCESS);
    }
    let received = match &what.received {
        Some(text) => {
            let civil: DateTime = text
                .parse()
                .map_err(|error| format!("--received {text}: {error}"))?;
            let zoned = civil
                .to_zoned(settings.hours.zone().clone())
                .map_err(|error| format!("--received {text}: {error}"))?;
            Moment::from(zoned.timestamp())
        }
        None => base::Clock::system().now(),
    };
    // The list names rules with their regime: such a name is taken too.
    let whole = what.term.strip_prefix(&format!("{}.", what.regime));
    let term = whole.unwrap_or(&what.term);
    let (_, term) = cases::term(&what.regime, term, &settings.hours, received).map_err(told)?;
    speech.steps(&term);
    say(term.due.due_on);
    Ok(ExitCode::SUCCESS)
}

fn list(speech: &Speech<'_>) {
    for rule in Law::current().rules() {
        let source = speech.words.text(speech.language, rule.source.key(), &[]);
        say(format_args!(
            "{}\t{}\t{source}",
            rule.id(),
            rule.article.in_language(speech.language.tag())
        ));
    }
}

/// Says the steps of a term in one language.
struct Speech<'w> {
    words: &'w Words,
    language: Language,
}

impl Speech<'_> {
    fn steps(&self, term: &Term) {
        for (_, text) in cases::steps_in_words(self.words, self.language, term) {
            say(text);
        }
    }
}
