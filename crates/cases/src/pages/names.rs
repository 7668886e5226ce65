//! Names by identifier: what services, subjects, units and territories are called in the reader's
//! language, and the sentences for states and outcomes.

use std::sync::Arc;

use base::id::{CategoryId, ServiceId, TerritoryId, UnitId};
use base::{Language, Result};
use catalog::form::Answers;
use catalog::{Contents, Service};
use people::Units;
use web::{Choice, Request};

use crate::Cases;
use crate::model::{AnswerState, CaseRow, Outcome, PublicState, Source, State};

/// The most subjects or units that one list of choices offers.
const MOST_CHOICES: usize = 500;

/// What a page needs to call things by their names.
pub(super) struct Names {
    language: Language,
    contents: Arc<Contents>,
    units: Arc<Units>,
}

impl Names {
    pub(super) async fn load(cases: &Cases, language: Language) -> Result<Self> {
        Ok(Self {
            language,
            contents: cases.catalog().contents().await?,
            units: cases.people().units().await?,
        })
    }

    pub(super) fn contents(&self) -> &Contents {
        &self.contents
    }

    pub(super) fn units(&self) -> &Units {
        &self.units
    }

    pub(super) fn services(&self) -> impl Iterator<Item = &Arc<Service>> {
        self.contents.services()
    }

    pub(super) fn service(&self, id: ServiceId) -> String {
        self.contents
            .service_by_id(id)
            .map(|service| service.definition.name(self.language).to_owned())
            .unwrap_or_default()
    }

    /// The subject without those above it.
    pub(super) fn category(&self, id: Option<CategoryId>) -> String {
        id.map(|id| {
            self.contents
                .categories()
                .name(id, self.language)
                .to_owned()
        })
        .unwrap_or_default()
    }

    /// The subject with those above it.
    pub(super) fn category_path(&self, id: Option<CategoryId>) -> String {
        id.map(|id| self.contents.categories().path(id, self.language))
            .unwrap_or_default()
    }

    pub(super) fn unit(&self, id: UnitId) -> String {
        self.units
            .unit(id)
            .map(|unit| unit.name(self.language).to_owned())
            .unwrap_or_default()
    }

    pub(super) fn territory(&self, id: Option<TerritoryId>) -> String {
        id.and_then(|id| self.units.territory(id))
            .map(|territory| territory.name(self.language).to_owned())
            .unwrap_or_default()
    }

    /// A place with its territory, which it may name by itself.
    pub(super) fn place(&self, territory: Option<TerritoryId>, place: &str) -> String {
        let territory = self.territory(territory);
        if territory.is_empty() || place.starts_with(territory.as_str()) {
            place.to_owned()
        } else if place.is_empty() {
            territory
        } else {
            format!("{territory}, {place}")
        }
    }

    /// What a case is about: the applicant's own words, else the subject, else what was chosen on
    /// the first page of its form, else the service.
    pub(super) fn topic(&self, case: &CaseRow, own: &str, answers: &Answers) -> String {
        if !own.is_empty() {
            return own.to_owned();
        }
        let category = self.category(case.category);
        if !category.is_empty() {
            return category;
        }
        // Whoever wrote in a social network chose no kind: their words say more than ours.
        if case.source == Source::Network
            && let Some(said) = answers.get("description").and_then(|said| said.as_str())
        {
            return first_words(said);
        }
        let Some(service) = self.contents.service_by_id(case.service) else {
            return String::new();
        };
        let definition = &service.definition;
        let chosen = definition.form.chosen_first(answers, self.language);
        if chosen.is_empty() {
            definition.name(self.language).to_owned()
        } else {
            chosen.join(": ")
        }
    }

    /// Subjects to filter by: all of them, or only the upper ones when there are too many.
    pub(super) fn category_choices(&self, chosen: &str) -> Vec<Choice> {
        let tree = self.contents.categories();
        let all = tree.all().len() <= MOST_CHOICES;
        let mut choices = Vec::new();
        for root in tree.roots().take(MOST_CHOICES) {
            choices.push(Choice::new(&*root.code, root.name.text(self.language)));
            if all {
                choices
                    .extend(tree.children(root.id).map(|below| {
                        Choice::new(&*below.code, tree.path(below.id, self.language))
                    }));
            }
        }
        if let Some(category) = tree.by_code(chosen).filter(|_| !offers(&choices, chosen)) {
            choices.push(Choice::new(chosen, tree.path(category.id, self.language)));
        }
        choices
    }

    /// Kinds of appeal to filter by.
    pub(super) fn service_choices(&self) -> Vec<Choice> {
        self.services()
            .map(|service| {
                let definition = &service.definition;
                Choice::new(&*definition.code, definition.name(self.language))
            })
            .collect()
    }

    /// Units to filter by: all of them, or only the authorities when there are too many.
    pub(super) fn unit_choices(&self, chosen: &str) -> Vec<Choice> {
        let all = self.units.len() <= MOST_CHOICES;
        let named = |unit: &people::Unit| {
            let path = self.units.path(unit.id);
            let above = path.len().saturating_sub(1);
            let name = unit.name(self.language);
            Choice::new(
                &*unit.code,
                format!("{}{name}", "\u{a0}\u{a0}".repeat(above.min(4))),
            )
        };
        let mut choices: Vec<Choice> = if all {
            self.units.all().into_iter().map(named).collect()
        } else {
            self.units.roots().take(MOST_CHOICES).map(named).collect()
        };
        if let Some(unit) = self
            .units
            .by_code(chosen)
            .filter(|_| !offers(&choices, chosen))
        {
            choices.push(Choice::new(chosen, unit.name(self.language)));
        }
        choices
    }
}

fn offers(choices: &[Choice], value: &str) -> bool {
    choices.iter().any(|choice| choice.value == value)
}

/// What a state is called.
pub(super) fn state(request: &Request, state: State) -> String {
    request
        .t(&format!("case-state-{}", state.code()))
        .into_owned()
}

/// What the state of a case is called: an answered one is called after its outcome.
pub(super) fn state_of(request: &Request, row: &CaseRow) -> String {
    let key = match (row.state, row.outcome) {
        (State::Decided, Some(Outcome::Satisfied)) => "case-state-approved",
        (State::Decided, Some(Outcome::Refused)) => "case-state-refused",
        _ => return state(request, row.state),
    };
    request.t(key).into_owned()
}

/// How a state is coloured.
pub(super) const fn state_tone(state: State) -> &'static str {
    match state {
        State::Registered | State::Closed | State::Forwarded | State::Cancelled => "calm",
        State::Checking | State::InWork | State::InAgreement => "",
        State::Waiting => "warn",
        State::Decided => "good",
    }
}

/// How the state of a case is coloured: a refusal is no good news, though it is an answer.
pub(super) const fn tone_of(row: &CaseRow) -> &'static str {
    match (row.state, row.outcome) {
        (State::Decided, Some(Outcome::Refused)) => outcome_tone(Outcome::Refused),
        _ => state_tone(row.state),
    }
}

/// What the public calls a state.
pub(super) fn public_state(request: &Request, state: PublicState) -> String {
    request
        .t(&format!("register-state-{}", state.code()))
        .into_owned()
}

/// How a state is coloured for the public.
pub(super) const fn public_tone(state: PublicState) -> &'static str {
    match state {
        PublicState::Accepted => "calm",
        PublicState::InWork => "",
        PublicState::NeedsDocuments => "warn",
        PublicState::Finished => "good",
    }
}

/// What an outcome is called.
pub(super) fn outcome(request: &Request, outcome: Outcome) -> String {
    request
        .t(&format!("case-outcome-{}", outcome.code()))
        .into_owned()
}

/// How an outcome is coloured.
pub(super) const fn outcome_tone(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Satisfied => "good",
        Outcome::Partly => "warn",
        Outcome::Explained
        | Outcome::Forwarded
        | Outcome::NoAnswerDue
        | Outcome::Returned
        | Outcome::Stopped
        | Outcome::Withdrawn => "calm",
        Outcome::Refused => "bad",
    }
}

/// What the state of an answer is called.
pub(super) fn answer_state(request: &Request, state: AnswerState) -> String {
    request
        .t(&format!("desk-answer-{}", state.code()))
        .into_owned()
}

/// The most letters of a message that stand for its topic.
const FIRST_WORDS: usize = 80;

/// The beginning of a message, in whole words.
fn first_words(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= FIRST_WORDS {
        return line;
    }
    let cut: String = line.chars().take(FIRST_WORDS).collect();
    let whole = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{whole}\u{2026}")
}

#[cfg(test)]
mod tests {
    use super::{FIRST_WORDS, first_words};

    #[test]
    fn a_message_without_a_topic_begins_with_its_words() {
        assert_eq!(
            first_words("Открытый  люк\nна Заречной"),
            "Открытый люк на Заречной"
        );
        let long = first_words(&"люк ".repeat(40));
        assert!(long.ends_with("люк\u{2026}"), "{long}");
        let letters = first_words(&"я".repeat(200));
        assert_eq!(letters.chars().count(), FIRST_WORDS + 1);
    }
}
