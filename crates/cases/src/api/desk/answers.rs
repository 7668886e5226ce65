//! The answer: its draft, the agreement, the signature, what comes after.

use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::given;
use crate::api::deed::deeds;
use crate::api::shapes::{answer_kinds, no_answer_items, one_of};
use crate::model::{AnswerDraft, AnswerKind, AnswerParts, NoAnswerItem, Outcome, Promised};

/// An answer as a specialist writes it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct AnswerDraftBody {
    /// Interim or final; no clock stops for an interim one.
    #[schema(schema_with = answer_kinds)]
    #[serde(default)]
    kind: AnswerKind,
    /// How it decides.
    #[schema(schema_with = outcomes_of_answers)]
    outcome: Outcome,
    #[schema(min_length = 20, max_length = 20000)]
    text: String,
    /// Facts and acts of law that the decision rests on; a refusal needs them.
    #[schema(max_length = 4000, default = "")]
    #[serde(default)]
    grounds: String,
    /// What has been done.
    #[schema(max_length = 4000, default = "")]
    #[serde(default)]
    measures: String,
    /// What the applicant is advised to do next.
    #[schema(max_length = 4000, default = "")]
    #[serde(default)]
    next_steps: String,
    /// After a refusal: what can be put right, and how.
    #[schema(max_length = 4000, default = "")]
    #[serde(default)]
    to_correct: String,
    /// What will be done, each with its day.
    #[schema(max_items = 20)]
    #[serde(default)]
    promises: Vec<NewPromiseBody>,
    /// The item of article 11 (or 8) of Law 59-FZ, with the outcomes `no_answer_due`, `returned` and
    /// `stopped`.
    #[schema(schema_with = no_answer_items)]
    #[serde(default, deserialize_with = "given")]
    item: Option<NoAnswerItem>,
    /// Whether it goes to a head at once.
    #[schema(default = false)]
    #[serde(default)]
    send: bool,
}

/// What will be done by a day.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewPromiseBody {
    #[schema(min_length = 3, max_length = 4000)]
    text: String,
    #[schema(value_type = String, format = "date")]
    on: Date,
}

/// Why a draft goes back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct RemarkBody {
    #[schema(min_length = 3, max_length = 4000)]
    remark: String,
}

/// The reply to a rating.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct ReplyBody {
    #[schema(min_length = 3, max_length = 4000)]
    text: String,
}

pub(super) fn outcomes_of_answers() -> utoipa::openapi::schema::Object {
    one_of(Outcome::OF_ANSWERS.map(Outcome::code))
}

impl AnswerDraftBody {
    fn draft(self) -> AnswerDraft {
        let promise = |promise: NewPromiseBody| Promised {
            text: promise.text,
            on: promise.on,
        };
        AnswerDraft {
            kind: self.kind,
            outcome: self.outcome,
            text: self.text,
            parts: AnswerParts {
                grounds: self.grounds,
                measures: self.measures,
                next_steps: self.next_steps,
                to_correct: self.to_correct,
                promises: self.promises.into_iter().map(promise).collect(),
                item: self.item,
            },
        }
    }
}

deeds! { Desk:
    /// Write the draft of the answer
    ///
    /// The deed `draft_answer`: makes the draft, or changes the one that there is; with `send` also
    /// `send_for_agreement`, in one change. A refusal names its grounds and what can be put right; the
    /// outcomes of article 11 name their item.
    put "/api/v1/desk/cases/{number}/draft" draft_answer (body: AnswerDraftBody as draft)
    |deed, cases| async {
        let (send, draft) = (body.send, body.draft());
        if send {
            cases.send_answer(deed.actor(), deed.number, draft).await
        } else {
            cases.draft_answer(deed.actor(), deed.number, draft).await
        }
    };

    /// Send the draft to a head
    ///
    /// The deed `send_for_agreement`.
    post "/api/v1/desk/cases/{number}/agreement-request" send_for_agreement
    |deed, cases| cases.send_for_agreement(deed.actor(), deed.number);

    /// Agree and sign at once
    ///
    /// The deed `agree` of a head: the answer is delivered to the applicant, and a final one stops the
    /// clock. Nobody agrees to an answer of their own.
    post "/api/v1/desk/cases/{number}/agreement" agree_answer
    |deed, cases| cases.agree(deed.actor(), deed.number);

    /// Agree and leave the signature to another
    ///
    /// The deed `approve` of a head.
    post "/api/v1/desk/cases/{number}/approval" approve_answer
    |deed, cases| cases.approve(deed.actor(), deed.number);

    /// Sign what was agreed
    ///
    /// The deed `sign` of a head: the answer is delivered to the applicant.
    post "/api/v1/desk/cases/{number}/signature" sign_answer
    |deed, cases| cases.sign(deed.actor(), deed.number);

    /// Send the draft back
    ///
    /// The deed `return` of a head, with what is to be changed.
    post "/api/v1/desk/cases/{number}/return" return_answer (body: RemarkBody as remark)
    |deed, cases| cases.return_answer(deed.actor(), deed.number, &body.remark);

    /// Take the draft back
    ///
    /// The deed `recall`, of whoever wrote the draft, as long as no head has agreed.
    post "/api/v1/desk/cases/{number}/recall" recall_answer
    |deed, cases| cases.recall_answer(deed.actor(), deed.number);

    /// Reply to the rating
    ///
    /// The deed `reply_to_rating`, once.
    post "/api/v1/desk/cases/{number}/rating-reply" reply_to_rating (body: ReplyBody as reply)
    |deed, cases| cases.reply_to_rating(deed.actor(), deed.number, &body.text);
}
