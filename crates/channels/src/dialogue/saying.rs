//! Replies put into words: for eyes, and for ears, where a sentence of its own (`…-aloud`) is said
//! when there is one, hints are left out and addresses are never read.

use base::Language;
use catalog::Shown;
use people::Units;
use serde::{Deserialize, Serialize};
use web::{Request, Shell, WordArg};

use super::talk::{Line, Part, Reply};

/// Labels that are read out.
const MOST_SAID: usize = 8;

/// A reply in words.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Told {
    /// Paragraph by paragraph.
    pub(crate) lines: Vec<String>,
    /// The same for ears.
    pub(crate) aloud: String,
    /// Code and label of each button.
    pub(crate) choices: Vec<(String, String)>,
    /// Label and address of each page.
    pub(crate) links: Vec<(String, String)>,
    /// The label of a button that sends a point of the map, where one is welcome.
    pub(crate) point: Option<String>,
    /// Whether nothing more is expected.
    pub(crate) ends: bool,
}

/// What it takes to put a reply into words.
#[derive(Clone, Copy)]
pub(crate) struct Speaker<'a> {
    pub(crate) shell: &'a Shell,
    pub(crate) language: Language,
    pub(crate) contents: &'a catalog::Contents,
    pub(crate) units: &'a Units,
}

impl Speaker<'_> {
    /// A reply in words. Addresses of the portal become whole ones.
    pub(crate) fn tell(&self, reply: &Reply) -> Told {
        let origin = &self.shell.settings().origin;
        let choices: Vec<(String, String)> = reply
            .choices
            .iter()
            .map(|choice| (choice.code.clone(), self.line(&choice.label).join(" ")))
            .collect();
        let links = reply.links.iter();
        let links = links
            .map(|(label, address)| (self.line(label).join(" "), format!("{origin}{address}")));
        Told {
            lines: reply
                .lines
                .iter()
                .flat_map(|line| self.line(line))
                .collect(),
            aloud: self.aloud(reply),
            links: links.collect(),
            choices,
            point: reply
                .wants_point
                .then(|| self.word("dialogue-send-point", &[])),
            ends: reply.ends,
        }
    }

    /// One line for eyes; a summary is several.
    fn line(&self, line: &Line) -> Vec<String> {
        match line {
            Line::Word(key, parts) => vec![self.word(key, parts)],
            Line::Wrong(error) => {
                vec![web::page::sentence(
                    self.shell.words(),
                    self.language,
                    error,
                )]
            }
            Line::Phrase(phrase) | Line::Hint(phrase) => {
                vec![phrase.text(self.language).to_owned()]
            }
            Line::Summary { service, answers } => self.summary(service, answers),
        }
    }

    fn summary(&self, service: &str, answers: &catalog::Answers) -> Vec<String> {
        let Some(service) = self.contents.known_service(service) else {
            return Vec::new();
        };
        let shown = Shown {
            language: self.language,
            words: self.shell.words(),
            categories: self.contents.categories(),
            units: self.units,
            officials: self.contents.officials(),
            map: None,
        };
        let lines = service.definition.form.summary(answers, &shown);
        let lines = lines
            .into_iter()
            .map(|line| format!("{}: {}", line.label, line.value));
        lines.collect()
    }

    fn word(&self, key: &str, parts: &[(&'static str, Part)]) -> String {
        let words = self.shell.words();
        let args: Vec<(&str, WordArg<'_>)> = parts
            .iter()
            .map(|(name, part)| {
                let text = match part {
                    Part::Text(text) => text.clone(),
                    Part::Word(key) => words.plain(self.language, key).into_owned(),
                    Part::Day(day) => {
                        let page = Request::apart(self.shell, self.language).page("");
                        page.date_long(day)
                    }
                };
                (*name, text.into())
            })
            .collect();
        words.text(self.language, key, &args)
    }

    /// A sentence for ears, where there is one of its own.
    fn spoken(&self, key: &str, parts: &[(&'static str, Part)]) -> String {
        let aloud = format!("{key}-aloud");
        let known = self.shell.words().has(self.language, &aloud);
        self.word(if known { &aloud } else { key }, parts)
    }

    /// The whole reply for ears.
    fn aloud(&self, reply: &Reply) -> String {
        let mut said: Vec<String> = Vec::new();
        for line in &reply.lines {
            match line {
                Line::Hint(_) => {}
                Line::Word(key, parts) => said.push(self.spoken(key, parts)),
                other => said.extend(self.line(other).into_iter().map(|line| {
                    if line.ends_with(['.', '?', '!']) {
                        line
                    } else {
                        format!("{line}.")
                    }
                })),
            }
        }
        let offered: Vec<String> = reply
            .choices
            .iter()
            .filter(|choice| choice.code != "cancel")
            .map(|choice| match &choice.label {
                Line::Word(key, parts) => self.spoken(key, parts),
                other => self.line(other).join(" "),
            })
            .take(MOST_SAID)
            .collect();
        if !offered.is_empty() {
            let offered = vec![("choices", Part::Text(offered.join(", ")))];
            said.push(self.word("dialogue-can-say", &offered));
        }
        said.join(" ")
    }
}
