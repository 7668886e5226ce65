//! The check of a case against what its service asks for, as the desk shows it: documents, a way to
//! answer, the place, the text, what looks personal in it, and whether the same person asked before.
//! It decides nothing; each line says what was found.

use base::{Number, Result};
use catalog::Definition;
use web::Request;

use super::case_view::Painter;
use super::names::Names;
use crate::Cases;
use crate::documents::{Checked, Slot};
use crate::model::Card;
use crate::personal;

/// The shortest description that says anything, in characters.
const LEAST: usize = 20;

/// One line of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CheckLine {
    /// `good`, `warn` or `bad`.
    pub(crate) tone: &'static str,
    /// The tone in a word.
    pub(super) state: String,
    pub(crate) text: String,
}

/// The check of a case that waits for an answer, in words; nothing of what came from elsewhere.
pub(crate) async fn check_in_words(
    cases: &Cases,
    request: &Request,
    card: &Card,
    definition: Option<&Definition>,
    slots: &[Slot],
) -> Result<Vec<CheckLine>> {
    if !card.case.state.is_open() || card.case.is_carried_over() {
        return Ok(Vec::new());
    }
    let names = Names::load(cases, request.language).await?;
    let painter = Painter {
        request,
        names: &names,
        today: cases.today(),
    };
    let repeats = cases.repeats(card).await?;
    Ok(painter.checks(card, definition, slots, repeats.as_deref()))
}

/// Whether a form must be told in words: an order for a certificate says all by its choices.
fn asks_text(definition: &Definition) -> bool {
    let field = definition.form.field("description");
    field.is_some_and(|field| field.required)
}

impl Painter<'_> {
    /// The check of a case; `repeats` are earlier cases of the same person under the same subject,
    /// none when that cannot be known.
    fn checks(
        &self,
        card: &Card,
        definition: Option<&Definition>,
        slots: &[Slot],
        repeats: Option<&[Number]>,
    ) -> Vec<CheckLine> {
        let mut lines = self.documents(slots);
        if card.content.tells_of_danger() {
            lines.insert(0, self.check("warn", "desk-check-danger"));
        }
        lines.push(self.contact(card));
        // A place that may be left out is not missed.
        if let Some(place) = definition.and_then(|known| known.form.field("place")) {
            if card.case.territory.is_some() {
                lines.push(self.check("good", "desk-check-place"));
            } else if place.required {
                lines.push(self.check("bad", "desk-check-place-none"));
            }
        }
        let text = card.content.text("description");
        if definition.is_none_or(asks_text) || !text.is_empty() {
            lines.push(if base::text::length(text) >= LEAST {
                self.check("good", "desk-check-text")
            } else {
                self.check("warn", "desk-check-text-short")
            });
        }
        lines.push(self.personal(card));
        lines.push(self.repeats(repeats));
        lines
    }

    fn check(&self, tone: &'static str, key: &str) -> CheckLine {
        self.line(tone, self.request.t(key).into_owned())
    }

    fn line(&self, tone: &'static str, text: String) -> CheckLine {
        CheckLine {
            tone,
            state: self
                .request
                .t(&format!("desk-check-is-{tone}"))
                .into_owned(),
            text,
        }
    }

    fn documents(&self, slots: &[Slot]) -> Vec<CheckLine> {
        // What was asked for counts until somebody has looked at it, also once it has come.
        let waits = |slot: &&Slot| {
            slot.required || [Checked::Received, Checked::Faulty].contains(&slot.state)
        };
        let required: Vec<&Slot> = slots.iter().filter(waits).collect();
        if required.is_empty() {
            return vec![self.check("good", "desk-check-documents-none")];
        }
        required
            .into_iter()
            .map(|slot| {
                let (tone, key) = match slot.state {
                    Checked::Required => ("bad", "desk-check-document-lacks"),
                    Checked::Received => ("warn", "desk-check-document-new"),
                    Checked::Good => ("good", "desk-check-document-good"),
                    Checked::Faulty => ("bad", "desk-check-document-faulty"),
                };
                let title = [("title", slot.title.as_str().into())];
                self.line(tone, self.request.ta(key, &title))
            })
            .collect()
    }

    /// Whether there is a way to answer as the applicant has asked.
    fn contact(&self, card: &Card) -> CheckLine {
        let applicant = &card.content.applicant;
        match card.content.text(crate::ANSWER_BY.0) {
            "paper" if applicant.postal_address.is_empty() => {
                self.check("bad", "desk-check-contact-no-address")
            }
            "paper" => self.check("good", "desk-check-contact-address"),
            _ if applicant.email.is_empty() && card.case.person.is_none() => {
                self.check("warn", "desk-check-contact-page")
            }
            _ => self.check("good", "desk-check-contact"),
        }
    }

    fn personal(&self, card: &Card) -> CheckLine {
        let text = format!(
            "{}\n{}",
            card.content.text("subject"),
            card.content.text("description")
        );
        let found: Vec<String> = personal::hints(&text)
            .into_iter()
            .map(|hint| {
                self.request
                    .t(&format!("desk-check-personal-{}", hint.code()))
                    .into_owned()
            })
            .collect();
        if found.is_empty() {
            return self.check("good", "desk-check-personal-none");
        }
        let what = [("what", found.join(", ").into())];
        self.line("warn", self.request.ta("desk-check-personal", &what))
    }

    fn repeats(&self, repeats: Option<&[Number]>) -> CheckLine {
        match repeats {
            None => self.check("warn", "desk-check-repeat-unknown"),
            Some([]) => self.check("good", "desk-check-repeat-none"),
            Some(numbers) => {
                let numbers: Vec<String> = numbers.iter().map(Number::to_string).collect();
                let numbers = [("numbers", numbers.join(", ").into())];
                self.line("warn", self.request.ta("desk-check-repeat", &numbers))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_missed_only_where_they_are_asked_for() {
        let asked: Vec<String> = catalog::BUILT_IN
            .iter()
            .filter_map(|text| Definition::from_toml(text).ok())
            .filter(|definition| !asks_text(definition))
            .map(|definition| definition.code)
            .collect();
        assert_eq!(asked, ["status", "certificate", "details", "reference"]);
    }
}
