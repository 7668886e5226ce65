//! What the reader of a case can do with it now: what the table of states lets them do, where there
//! is something to do it to. Buttons are drawn and programs are told by this alone.

use crate::Cases;
use crate::model::{Answer, AnswerState, Card, PartState, Turn, TurnKind};
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

    /// How many days the term can still be lengthened by; none where its rule allows none at all.
    pub fn days_to_extend(&self) -> Option<i64> {
        let rule = self.term.as_ref().and_then(Cases::rule_of)?;
        let most = i64::from(rule.extension.as_ref()?.max_days);
        let reopened = |turn: &&Turn| matches!(turn.what, TurnKind::Reopened);
        let begun = self.course.turns.iter().filter(reopened);
        let begun = begun.map(|turn| turn.made_at).max();
        let used: i64 = self
            .course
            .extensions
            .iter()
            .filter(|extension| begun.is_none_or(|begun| extension.decided_at >= begun))
            .map(|extension| i64::from(extension.days))
            .sum();
        Some((most - used).max(0))
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
        // Nobody agrees to or signs what they wrote themselves.
        let own = self.open_answer().is_some_and(|answer| answer.own);
        match action {
            Action::Take => self.case.assignee.is_none(),
            Action::Release => self.case.assignee.is_some(),
            Action::ReportPart | Action::WithdrawPart => open_parts(),
            Action::Recall => open == Some(AnswerState::InAgreement) && own,
            Action::Agree | Action::Approve => open == Some(AnswerState::InAgreement) && !own,
            Action::Sign => open == Some(AnswerState::Agreed) && !own,
            Action::Rate => self.course.rating.is_none(),
            Action::PostAnswer => self.case.to_post,
            Action::ReplyToRating => self
                .course
                .rating
                .as_ref()
                .is_some_and(|rating| rating.replied_at.is_none()),
            Action::Extend => self.days_to_extend().is_some_and(|days| days > 0),
            // One objection at a time; the answer to it is objected to in its own case.
            Action::Object => !self.course.links.iter().any(|link| link.objects_to_this),
            _ => true,
        }
    }
}
