//! People who file: a hundred thousand made-up ones with texts in the language of the synthetic
//! city, under a few subjects of the demo whose units and heads are known.

use serde_json::json;

use crate::client::request;
use crate::language::{Dice, Language};

/// People there are.
const PEOPLE: u64 = 100_000;
/// The seed of the words, the same as that of the synthetic set when nothing else was said.
pub(crate) const WORDS: u64 = 42;
/// Characters of a text: shorter and longer ones around what the real set has in the middle.
const SHORTEST: u64 = 60;
const LONGEST: u64 = 500;

/// A subject of the demo with the people who work on it.
pub(crate) struct Topic {
    /// Code of the subject.
    pub(crate) category: &'static str,
    /// Code of the place.
    pub(crate) territory: &'static str,
    /// In words.
    pub(crate) about: &'static str,
    /// Who takes it and answers.
    pub(crate) specialist: &'static str,
    /// Who agrees.
    pub(crate) head: &'static str,
}

/// Subjects that lead to four units under three heads.
pub(crate) const TOPICS: [Topic; 4] = [
    Topic {
        category: "roads.snow",
        territory: "ozernoye",
        about: "не убирают снег во дворе",
        specialist: "town@okno.example",
        head: "town.head@okno.example",
    },
    Topic {
        category: "roads.surface",
        territory: "severny",
        about: "ямы на дороге",
        specialist: "roads@okno.example",
        head: "roads.head@okno.example",
    },
    Topic {
        category: "roads.lighting",
        territory: "severny",
        about: "не горят фонари",
        specialist: "improvement@okno.example",
        head: "roads.head@okno.example",
    },
    Topic {
        category: "housing.water",
        territory: "zarechny",
        about: "нет горячей воды",
        specialist: "housing@okno.example",
        head: "housing.head@okno.example",
    },
];

/// Those who file; the same seed gives the same filings.
pub(crate) struct Citizens {
    dice: Dice,
    language: Language,
}

impl Citizens {
    /// The people of a seed; all speak the same words.
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            dice: Dice(seed),
            language: Language::new(&mut Dice(WORDS)),
        }
    }

    /// The request of a filing under a subject, with a word of its own in the text when given.
    pub(crate) fn filing(&mut self, topic: &Topic, word: Option<&str>) -> Vec<u8> {
        let dice = &mut self.dice;
        let person = dice.below(PEOPLE);
        let length = SHORTEST + dice.below(LONGEST - SHORTEST);
        let mut text = self.language.text(dice, topic.about, length as usize);
        if let Some(word) = word {
            text.push(' ');
            text.push_str(word);
        }
        let street = self.language.word(dice);
        let house = 1 + dice.below(120);
        let body = json!({
            "service": "complaint",
            "category": topic.category,
            "fields": {
                "subject": topic.about,
                "description": text,
                "happened_on": "2026-10-20",
                "expected": "Навести порядок",
            },
            "place": {
                "territory": topic.territory,
                "address": format!("улица {street}, {house}"),
            },
            "applicant": {
                "last_name": "Смирнова",
                "first_name": "Анна",
                "email": format!("person{person}@example.org"),
            },
            "consent": true,
        });
        request(
            "POST",
            "/api/v1/cases",
            &["content-type: application/json"],
            body.to_string().as_bytes(),
        )
    }

    /// The request of a filing under any of the subjects.
    pub(crate) fn any_filing(&mut self) -> Vec<u8> {
        let topic = self.dice.below(TOPICS.len() as u64) as usize;
        self.filing(&TOPICS[topic], None)
    }
}

/// The number of the case in the answer to a filing, as addresses have it.
pub(crate) fn number_of(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let (_, rest) = text.split_once("\"self\":\"/api/v1/cases/")?;
    let (number, _) = rest.split_once('"')?;
    Some(number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filing_tells_its_word_and_its_answer_the_number() {
        let mut citizens = Citizens::new(1);
        let sent = citizens.filing(&TOPICS[0], Some("особенное"));
        let sent = String::from_utf8(sent).unwrap();
        assert!(sent.starts_with("POST /api/v1/cases HTTP/1.1\r\n"));
        assert!(sent.contains(" особенное\""), "{sent}");
        let body = br#"{"links":{"page":"/cases/x","self":"/api/v1/cases/A-2026-00000042-5"}}"#;
        assert_eq!(number_of(body).unwrap(), "A-2026-00000042-5");
        assert_eq!(number_of(b"{}"), None);
    }
}
