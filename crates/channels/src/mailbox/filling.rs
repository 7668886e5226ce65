//! What a letter fills in: the answers of the service's form, its files, the language of its sender, and
//! in words what of it was not kept.

use std::sync::Arc;

use base::text::clean_line;
use base::{Error, Language};
use cases::documents::{NotKept, Upload};
use catalog::{Answers, Definition};
use serde_json::json;
use web::Shell;

use super::model::RefusedFile;
use super::reading::{self, Letter};

/// The longest subject of a case, in characters.
const SUBJECT_MOST: usize = 120;

/// In which language its sender is answered: theirs when they write with Latin letters alone, else
/// that of the installation.
pub(super) fn language_of(shell: &Shell, letter: &Letter) -> Language {
    let written = || letter.subject.chars().chain(letter.text.chars());
    let cyrillic = written().any(|sign| matches!(sign, '\u{400}'..='\u{4ff}'));
    let latin = written().filter(char::is_ascii_alphabetic).take(20).count() == 20;
    if latin && !cyrillic {
        Language::En
    } else {
        shell.settings().language
    }
}

/// What a letter says; a letter that only brings files says so.
pub(super) fn said(shell: &Shell, language: Language, text: &str) -> String {
    if text.is_empty() {
        return shell
            .words()
            .plain(language, "mailbox-no-text")
            .into_owned();
    }
    text.to_owned()
}

pub(super) fn upload(file: &reading::Enclosed) -> Upload {
    Upload {
        name: file.name.clone(),
        bytes: Arc::from(file.bytes.as_slice()),
    }
}

/// Another try may help: the letter stays where it is until then.
pub(super) fn passing(problem: NotKept) -> Error {
    match problem {
        NotKept::Other(error) => error,
        NotKept::Down | NotKept::Refused(_) => Error::Busy,
    }
}

/// What was not kept, in words, and how many files were too many.
pub(super) fn sentences(
    shell: &Shell,
    language: Language,
    refused: &[RefusedFile],
    letter: &Letter,
) -> Vec<String> {
    let words = shell.words();
    let mut told: Vec<String> = refused
        .iter()
        .map(|(name, error)| {
            let why = web::page::sentence(words, language, error);
            if why.contains(name.as_str()) {
                return why;
            }
            let parts = [("name", name.as_str().into()), ("why", why.as_str().into())];
            words.text(language, "mailbox-refused-file", &parts)
        })
        .collect();
    if letter.more_files > 0 {
        let count = i64::try_from(letter.more_files).unwrap_or(i64::MAX);
        told.push(words.text(language, "mailbox-more-files", &[("count", count.into())]));
    }
    told
}

/// The answers of the service's form that a letter gives.
pub(super) fn answers_of(
    definition: &Definition,
    shell: &Shell,
    language: Language,
    letter: &Letter,
) -> Answers {
    let subject = clean_line(&letter.subject);
    let subject = if subject.is_empty() {
        shell
            .words()
            .plain(language, "mailbox-no-subject")
            .into_owned()
    } else {
        subject
    };
    let [last, first, middle] = reading::parts_of(&letter.name);
    let mut answers = Answers::new();
    answers.insert("subject".into(), shortened(&subject, SUBJECT_MOST).into());
    let text = said(shell, language, &letter.text);
    answers.insert("description".into(), text.into());
    let mut applicant = Answers::new();
    let parts = [
        ("last_name", last),
        ("first_name", first),
        ("middle_name", middle),
        ("email", letter.from.clone()),
    ];
    for (name, value) in parts {
        if !value.is_empty() {
            applicant.insert(name.to_owned(), value.into());
        }
    }
    answers.insert("applicant".into(), json!(applicant));
    if !letter.from.is_empty() {
        // Whoever writes a letter is answered by letter, too.
        answers.insert("answer_by".into(), "email".into());
    }
    let steps = definition.form.steps.iter();
    let known: Vec<&str> = steps
        .flat_map(|step| &step.fields)
        .map(|field| field.name.as_str())
        .collect();
    answers.retain(|name, _| known.contains(&name.as_str()));
    answers
}

fn shortened(text: &str, most: usize) -> String {
    if base::text::length(text) <= most {
        return text.to_owned();
    }
    text.chars()
        .take(most.saturating_sub(1))
        .chain(['\u{2026}'])
        .collect()
}
