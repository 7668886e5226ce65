//! What an answer is made of: interim or final, the words, and its parts: grounds, measures, next
//! steps, promises, and for cases of article 11 of Law 59-FZ which of its items it follows.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Outcome;

/// Whether an answer ends the case's term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// It decides.
    #[default]
    Final,
    /// It tells how things stand; no clock stops for it.
    Interim,
}

impl AnswerKind {
    /// The code in forms and the API.
    pub const fn code(self) -> &'static str {
        match self {
            AnswerKind::Final => "final",
            AnswerKind::Interim => "interim",
        }
    }
}

/// Why no answer on the merits is due, or the appeal goes back: an item of article 11 of Law
/// 59-FZ, or part 7 of its article 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoAnswerItem {
    /// Part 1: no name or no address.
    Anonymous,
    /// Part 2: against a court's decision; goes back.
    Court,
    /// Part 3: insults or threats.
    Abuse,
    /// Part 4: cannot be read.
    Unreadable,
    /// Part 4.1: what is asked cannot be made out.
    Unclear,
    /// Part 5: answered several times already; correspondence stops.
    Repeated,
    /// Part 5.1: the answer stands on the official site.
    Published,
    /// Part 6: the answer would disclose a secret.
    Secret,
    /// Article 8, part 7: a complaint that nobody but the body complained of could get; goes back.
    Barred,
}

/// Whom the law wants told, and by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyToTell {
    /// Nobody: there is no address.
    Nobody,
    /// The applicant, within the term of an answer.
    Applicant,
    /// The applicant, within a term of the regime `fz59` of its own.
    Within(&'static str),
}

impl NoAnswerItem {
    /// Every item, in the order of the law.
    pub const ALL: [NoAnswerItem; 9] = [
        NoAnswerItem::Anonymous,
        NoAnswerItem::Court,
        NoAnswerItem::Abuse,
        NoAnswerItem::Unreadable,
        NoAnswerItem::Unclear,
        NoAnswerItem::Repeated,
        NoAnswerItem::Published,
        NoAnswerItem::Secret,
        NoAnswerItem::Barred,
    ];

    /// The code in forms and the API.
    pub const fn code(self) -> &'static str {
        match self {
            NoAnswerItem::Anonymous => "anonymous",
            NoAnswerItem::Court => "court",
            NoAnswerItem::Abuse => "abuse",
            NoAnswerItem::Unreadable => "unreadable",
            NoAnswerItem::Unclear => "unclear",
            NoAnswerItem::Repeated => "repeated",
            NoAnswerItem::Published => "published",
            NoAnswerItem::Secret => "secret",
            NoAnswerItem::Barred => "barred",
        }
    }

    /// The item of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|item| item.code() == code)
    }

    /// The outcome that it leads to.
    pub const fn outcome(self) -> Outcome {
        match self {
            NoAnswerItem::Court | NoAnswerItem::Barred => Outcome::Returned,
            NoAnswerItem::Repeated => Outcome::Stopped,
            _ => Outcome::NoAnswerDue,
        }
    }

    /// Whom the law wants told.
    pub const fn duty(self) -> DutyToTell {
        match self {
            NoAnswerItem::Anonymous => DutyToTell::Nobody,
            NoAnswerItem::Court => DutyToTell::Within("return_court"),
            NoAnswerItem::Barred => DutyToTell::Within("return_complaint"),
            NoAnswerItem::Unreadable | NoAnswerItem::Unclear | NoAnswerItem::Published => {
                DutyToTell::Within("no_answer_notice")
            }
            NoAnswerItem::Abuse | NoAnswerItem::Repeated | NoAnswerItem::Secret => {
                DutyToTell::Applicant
            }
        }
    }
}

/// What will be done by a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// What.
    pub text: String,
    /// By when.
    pub on: Date,
}

/// The parts of an answer beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnswerParts {
    /// Facts and acts of law that the decision rests on; a refusal's reasons.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub grounds: String,
    /// What has been done.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub measures: String,
    /// What the applicant is advised to do next.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_steps: String,
    /// After a refusal: what can be put right, and how.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to_correct: String,
    /// What will be done, each with its day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Promised>,
    /// The item by which no answer on the merits is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<NoAnswerItem>,
}

/// An answer as a specialist writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerDraft {
    /// Interim or final.
    pub kind: AnswerKind,
    /// How it decides.
    pub outcome: Outcome,
    /// The words.
    pub text: String,
    /// The parts.
    pub parts: AnswerParts,
}

impl AnswerDraft {
    /// A final answer of words alone.
    pub fn plain(outcome: Outcome, text: impl Into<String>) -> Self {
        Self {
            kind: AnswerKind::Final,
            outcome,
            text: text.into(),
            parts: AnswerParts::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_its_code_and_every_term_of_telling_a_rule() {
        let day = jiff::civil::date(2026, 11, 20);
        for item in NoAnswerItem::ALL {
            assert_eq!(NoAnswerItem::from_code(item.code()), Some(item));
            if let DutyToTell::Within(term) = item.duty() {
                assert!(
                    law::Law::current().rule("fz59", term, day).is_some(),
                    "{term}"
                );
            }
        }
    }
}
