//! What was typed into the forms of a case, kept when it is not accepted.

use crate::model::{Answer, AnswerKind};
use crate::pages::desk_view::Tools;

/// What was typed into the forms of a case and not accepted.
#[derive(Default)]
pub(in crate::pages) struct TypedWords {
    pub(in crate::pages) message: String,
    pub(in crate::pages) expects_reply: bool,
    pub(in crate::pages) outcome: String,
    pub(in crate::pages) answer: String,
    pub(in crate::pages) interim: bool,
    pub(in crate::pages) grounds: String,
    pub(in crate::pages) measures: String,
    pub(in crate::pages) next_steps: String,
    pub(in crate::pages) to_correct: String,
    pub(in crate::pages) promises: String,
    pub(in crate::pages) item: String,
    pub(in crate::pages) remark: String,
    /// A part of the name of a colleague.
    pub(in crate::pages) who: String,
    /// An answer that gave way to what another had saved meanwhile.
    pub(in crate::pages) aside: String,
    /// What was done while the message was left unsent; nothing otherwise.
    pub(in crate::pages) done: &'static str,
    /// Whether the words of a template were just put in.
    pub(in crate::pages) taken: bool,
}

impl TypedWords {
    /// The words of the answer and its parts in one.
    fn answer_in_one(&self) -> String {
        let answer = [
            &self.answer,
            &self.grounds,
            &self.measures,
            &self.next_steps,
            &self.to_correct,
            &self.promises,
        ];
        let said = answer
            .into_iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty());
        said.collect::<Vec<_>>().join("\n\n")
    }

    /// Gives way to the answer as it is kept: what was typed is shown beside it.
    pub(in crate::pages) fn set_aside(self) -> Self {
        Self {
            aside: self.answer_in_one(),
            message: self.message,
            expects_reply: self.expects_reply,
            remark: self.remark,
            ..Self::default()
        }
    }

    /// What was typed and stands in no form any more, to be copied.
    pub(super) fn lost(&self, can: Tools) -> Vec<String> {
        [
            (false, self.aside.clone()),
            (can.write, self.message.trim().to_owned()),
            (can.draft_answer, self.answer_in_one()),
            (can.return_answer, self.remark.trim().to_owned()),
        ]
        .into_iter()
        .filter(|(kept, text)| !kept && !text.is_empty())
        .map(|(_, text)| text)
        .collect()
    }

    /// Whether the answer is as it was kept.
    pub(in crate::pages) fn is_kept_as(&self, kept: &Answer) -> bool {
        let mut known = Self::default();
        known.go_on(kept);
        let all = |words: &Self| {
            [
                &words.outcome,
                &words.answer,
                &words.grounds,
                &words.measures,
                &words.next_steps,
                &words.to_correct,
                &words.promises,
                &words.item,
            ]
            .map(|text| text.replace("\r\n", "\n").trim().to_owned())
        };
        self.interim == known.interim && all(self) == all(&known)
    }

    /// Whether any of an answer was typed.
    pub(in crate::pages) fn has_answer(&self) -> bool {
        !self.answer.is_empty() || !self.outcome.is_empty() || self.has_parts()
    }

    /// Whether anything beside the words of an answer was typed.
    pub(in crate::pages) fn has_parts(&self) -> bool {
        self.interim
            || [
                &self.grounds,
                &self.measures,
                &self.next_steps,
                &self.to_correct,
                &self.promises,
                &self.item,
            ]
            .iter()
            .any(|text| !text.is_empty())
    }

    /// What a kept draft says, to go on writing it.
    pub(super) fn go_on(&mut self, kept: &Answer) {
        self.answer.clone_from(&kept.text);
        self.interim = kept.kind == AnswerKind::Interim;
        if !kept.undecided && !self.interim {
            kept.outcome.code().clone_into(&mut self.outcome);
        }
        let parts = kept.parts.clone();
        self.promises = parts
            .promises
            .iter()
            .map(|promise| format!("{} {}", promise.on.strftime("%d.%m.%Y"), promise.text))
            .collect::<Vec<_>>()
            .join("\n");
        self.item = parts
            .item
            .map(|item| item.code().to_owned())
            .unwrap_or_default();
        self.grounds = parts.grounds;
        self.measures = parts.measures;
        self.next_steps = parts.next_steps;
        self.to_correct = parts.to_correct;
    }
}
