//! States of a case and of an answer, what the public sees of them, and how a case ends.

use serde::{Deserialize, Serialize};

/// State of a case. The order is the order of its life; a service may skip states, never reorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// «Принято».
    Registered,
    /// «На проверке»: what was sent is being checked.
    Checking,
    /// «В работе».
    InWork,
    /// «Ожидание документов»: the applicant was asked for something.
    Waiting,
    /// «На согласовании».
    InAgreement,
    /// «Ответ готов»; the word comes from the outcome.
    Decided,
    /// «Завершено».
    Closed,
    /// «Направлено»: to a body outside this installation.
    Forwarded,
    /// «Отменено»: taken back by the applicant.
    Cancelled,
}

impl State {
    /// Every state in the order of a case's life.
    pub const ALL: [State; 9] = [
        State::Registered,
        State::Checking,
        State::InWork,
        State::Waiting,
        State::InAgreement,
        State::Decided,
        State::Closed,
        State::Forwarded,
        State::Cancelled,
    ];

    /// The code in tables and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            State::Registered => "registered",
            State::Checking => "checking",
            State::InWork => "in_work",
            State::Waiting => "waiting",
            State::InAgreement => "in_agreement",
            State::Decided => "decided",
            State::Closed => "closed",
            State::Forwarded => "forwarded",
            State::Cancelled => "cancelled",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// What the public sees.
    pub const fn public(self) -> PublicState {
        match self {
            State::Registered => PublicState::Accepted,
            State::Checking | State::InWork | State::InAgreement => PublicState::InWork,
            State::Waiting => PublicState::NeedsDocuments,
            State::Decided | State::Closed | State::Forwarded | State::Cancelled => {
                PublicState::Finished
            }
        }
    }

    /// Whether an answer is still owed.
    pub const fn is_open(self) -> bool {
        !matches!(
            self,
            State::Decided | State::Closed | State::Forwarded | State::Cancelled
        )
    }

    /// Whether a case of this state can stand in a part of the queue.
    pub const fn is_in_queue(self) -> bool {
        self.is_open() || matches!(self, State::Decided)
    }

    /// Whether it ends without an answer of ours.
    pub const fn has_no_answer(self) -> bool {
        matches!(self, State::Forwarded | State::Cancelled)
    }

    /// Whether a service may do without it.
    pub const fn may_be_skipped(self) -> bool {
        matches!(
            self,
            State::Checking | State::Waiting | State::Forwarded | State::Cancelled
        )
    }
}

/// The groups of states that the public is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicState {
    /// «Принято».
    Accepted,
    /// «В работе».
    InWork,
    /// «Нужны документы».
    NeedsDocuments,
    /// «Завершено».
    Finished,
}

impl PublicState {
    /// Every group.
    pub const ALL: [PublicState; 4] = [
        PublicState::Accepted,
        PublicState::InWork,
        PublicState::NeedsDocuments,
        PublicState::Finished,
    ];

    /// The code in tables, addresses and the API.
    pub const fn code(self) -> &'static str {
        match self {
            PublicState::Accepted => "accepted",
            PublicState::InWork => "in_work",
            PublicState::NeedsDocuments => "needs_documents",
            PublicState::Finished => "finished",
        }
    }

    /// The group of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Удовлетворено.
    Satisfied,
    /// Удовлетворено частично.
    Partly,
    /// Разъяснено.
    Explained,
    /// Отказано.
    Refused,
    /// Направлено в другой орган.
    Forwarded,
    /// Ответ по существу не даётся.
    NoAnswerDue,
    /// Возвращено.
    Returned,
    /// Переписка прекращена.
    Stopped,
    /// Отозвано заявителем.
    Withdrawn,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Outcome; 9] = [
        Outcome::Satisfied,
        Outcome::Partly,
        Outcome::Explained,
        Outcome::Refused,
        Outcome::Forwarded,
        Outcome::NoAnswerDue,
        Outcome::Returned,
        Outcome::Stopped,
        Outcome::Withdrawn,
    ];

    /// Those that an answer can decide; the others come of other acts.
    pub const OF_ANSWERS: [Outcome; 7] = [
        Outcome::Satisfied,
        Outcome::Partly,
        Outcome::Explained,
        Outcome::Refused,
        Outcome::NoAnswerDue,
        Outcome::Returned,
        Outcome::Stopped,
    ];

    /// The code in tables, forms and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Outcome::Satisfied => "satisfied",
            Outcome::Partly => "partly",
            Outcome::Explained => "explained",
            Outcome::Refused => "refused",
            Outcome::Forwarded => "forwarded",
            Outcome::NoAnswerDue => "no_answer_due",
            Outcome::Returned => "returned",
            Outcome::Stopped => "stopped",
            Outcome::Withdrawn => "withdrawn",
        }
    }

    /// The outcome of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// State of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerState {
    /// Being written.
    Draft,
    /// Waits for a head.
    InAgreement,
    /// Sent back by a head.
    Returned,
    /// Agreed, waits for a signature.
    Agreed,
    /// Signed and on the applicant's page.
    Delivered,
}

impl AnswerState {
    /// The code in tables.
    pub const fn code(self) -> &'static str {
        match self {
            AnswerState::Draft => "draft",
            AnswerState::InAgreement => "in_agreement",
            AnswerState::Returned => "returned",
            AnswerState::Agreed => "agreed",
            AnswerState::Delivered => "delivered",
        }
    }

    /// The state of a code; an unknown one counts as a draft.
    pub fn from_code(code: &str) -> Self {
        match code {
            "in_agreement" => AnswerState::InAgreement,
            "returned" => AnswerState::Returned,
            "agreed" => AnswerState::Agreed,
            "delivered" => AnswerState::Delivered,
            _ => AnswerState::Draft,
        }
    }
}
