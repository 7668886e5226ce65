//! What the reader of a case can do with it now: what the table of states lets them do, where there
//! is something to do it to. Buttons are drawn and programs are told by this alone.

use crate::Cases;
use crate::model::{Answer, AnswerState, Card, PartState};
use crate::states::Action;

impl Card {
    /// What the reader can do now, in the order of the table.
    pub fn deeds(&self) -> Vec<Action> {
        let mut deeds = self.actions.clone();
        deeds.retain(|action| self.has_matter(*action));
        deeds
    }

    /// Whether the reader can do this now.
    pub fn allows(&self, action: Action) -> bool {
        self.actions.contains(&action) && self.has_matter(action)
    }

    /// The answer that is being written or waits for a head.
    pub fn open_answer(&self) -> Option<&Answer> {
        self.answers
            .iter()
            .rev()
            .find(|answer| answer.state != AnswerState::Delivered)
    }

    /// The name of the specialist who has the case: the last one that an entry names.
    pub fn specialist(&self) -> Option<&str> {
        self.case.assignee?;
        self.history
            .iter()
            .rev()
            .find_map(|told| told.field("specialist"))
            .filter(|name| !name.is_empty())
    }

    /// Whether there is anything that a deed could be done to: the table knows states alone.
    fn has_matter(&self, action: Action) -> bool {
        let open_parts = || {
            let mut parts = self.course.parts.iter();
            parts.any(|part| part.state == PartState::Open)
        };
        let open = self.open_answer().map(|answer| answer.state);
        match action {
            Action::Take => self.case.assignee.is_none(),
            Action::Release => self.case.assignee.is_some(),
            Action::ReportPart | Action::WithdrawPart => open_parts(),
            Action::Agree | Action::Approve => open == Some(AnswerState::InAgreement),
            Action::Sign => open == Some(AnswerState::Agreed),
            Action::Rate => self.course.rating.is_none(),
            Action::ReplyToRating => self
                .course
                .rating
                .as_ref()
                .is_some_and(|rating| rating.replied_at.is_none()),
            Action::Extend => self
                .term
                .as_ref()
                .and_then(Cases::rule_of)
                .is_some_and(|rule| rule.extension.is_some()),
            _ => true,
        }
    }
}
