//! The table of states and actions: who may do what in which state, and where it leads. Whatever
//! draws a button, checks a call of the API or prints help reads this table.

use people::Permission;
use serde::Serialize;

use crate::model::{Side, State};

/// What can be done with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A specialist takes the case.
    Take,
    /// A specialist takes the case to check what was sent.
    StartCheck,
    /// What was sent is in order; the work begins.
    BeginWork,
    /// The case goes back to the common queue of its unit.
    Release,
    /// A head gives the case to a specialist.
    Assign,
    /// Either side writes.
    Write,
    /// A specialist asks the applicant for documents.
    RequestDocuments,
    /// A specialist goes on without waiting for them.
    Resume,
    /// The case goes to another unit, with a reason.
    Redirect,
    /// The case goes to a body outside this installation, with a reason.
    Forward,
    /// A head lengthens the term.
    Extend,
    /// A specialist tells why the answer will be late and when it is expected.
    ExplainDelay,
    /// Either side puts data right.
    Correct,
    /// A head gives a part of the work to another unit.
    AddPart,
    /// That unit tells what came of it.
    ReportPart,
    /// A head takes a part back.
    WithdrawPart,
    /// Either side names another party.
    AddParty,
    /// A specialist writes or changes the draft of an answer.
    DraftAnswer,
    /// The draft goes to a head.
    SendForAgreement,
    /// A head agrees and signs at once: the answer is delivered.
    Agree,
    /// A head agrees and leaves the signature to another.
    Approve,
    /// A head signs what was agreed: the answer is delivered.
    Sign,
    /// What delivering does when the answer is interim: the work goes on.
    DeliverInterim,
    /// A head sends the draft back.
    Return,
    /// Who wrote the draft takes it back before a head has agreed.
    Recall,
    /// The case is put away after the answer.
    Close,
    /// A head takes up a closed case again.
    Reopen,
    /// The applicant takes the case back.
    Cancel,
    /// The applicant does not agree with the answer.
    Object,
    /// The applicant rates the work.
    Rate,
    /// Staff reply to the rating.
    ReplyToRating,
    /// Staff leave a note for colleagues.
    Note,
    /// A specialist says by when they mean to answer.
    Plan,
    /// A head says how urgent the case is.
    Prioritise,
    /// Staff say how an answer went out on paper.
    PostAnswer,
    /// The rules of the service decide, as soon as the case is filed.
    DecideByRule,
    /// The applicant wants a person to review what a rule has decided.
    AskPerson,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// In this state …
    pub from: State,
    /// … this may be done …
    pub action: Action,
    /// … by this side, with this permission …
    pub side: Side,
    /// … (the applicant needs none beyond the case being theirs) …
    pub permission: Option<Permission>,
    /// … and leads there.
    pub to: State,
}

const fn staff(from: State, action: Action, permission: Permission, to: State) -> Transition {
    Transition {
        from,
        action,
        side: Side::Staff,
        permission: Some(permission),
        to,
    }
}

const fn applicant(from: State, action: Action, to: State) -> Transition {
    Transition {
        from,
        action,
        side: Side::Applicant,
        permission: None,
        to,
    }
}

/// The table, in the order in which tools are drawn. A reply in `Waiting` and `Resume` lead back to
/// where the case was before; the table names the usual place.
#[rustfmt::skip] // a table is read by its columns
pub const TRANSITIONS: &[Transition] = {
    use Action as A;
    use Permission as P;
    use State::{Cancelled, Checking, Closed, Decided, Forwarded, InAgreement, InWork, Registered, Waiting};
    &[
        staff(Registered,  A::Take,             P::TakeCase,       InWork),
        staff(Registered,  A::StartCheck,       P::TakeCase,       Checking),
        staff(Registered,  A::Assign,           P::AssignCase,     InWork),
        staff(Registered,  A::Redirect,         P::RedirectCase,   Registered),
        staff(Registered,  A::Forward,          P::ForwardCase,    Forwarded),
        staff(Registered,  A::Correct,          P::CorrectCase,    Registered),
        staff(Registered,  A::Note,             P::MessageAsStaff, Registered),
        staff(Registered,  A::Prioritise,       P::AssignCase,     Registered),
        staff(Registered,  A::DecideByRule,     P::SignAnswer,     Decided),

        staff(Checking,    A::Take,             P::TakeCase,       Checking),
        staff(Checking,    A::BeginWork,        P::TakeCase,       InWork),
        staff(Checking,    A::Assign,           P::AssignCase,     Checking),
        staff(Checking,    A::Release,          P::TakeCase,       Checking),
        staff(Checking,    A::Write,            P::MessageAsStaff, Checking),
        staff(Checking,    A::RequestDocuments, P::MessageAsStaff, Waiting),
        staff(Checking,    A::Redirect,         P::RedirectCase,   Checking),
        staff(Checking,    A::Forward,          P::ForwardCase,    Forwarded),
        staff(Checking,    A::Correct,          P::CorrectCase,    Checking),
        staff(Checking,    A::AddParty,         P::MessageAsStaff, Checking),
        staff(Checking,    A::Plan,             P::DraftAnswer,    Checking),
        staff(Checking,    A::Note,             P::MessageAsStaff, Checking),
        staff(Checking,    A::Prioritise,       P::AssignCase,     Checking),

        staff(InWork,      A::Take,             P::TakeCase,       InWork),
        staff(InWork,      A::Write,            P::MessageAsStaff, InWork),
        staff(InWork,      A::DraftAnswer,      P::DraftAnswer,    InWork),
        staff(InWork,      A::SendForAgreement, P::DraftAnswer,    InAgreement),
        staff(InWork,      A::RequestDocuments, P::MessageAsStaff, Waiting),
        staff(InWork,      A::ReportPart,       P::DraftAnswer,    InWork),
        staff(InWork,      A::AddPart,          P::AssignCase,     InWork),
        staff(InWork,      A::WithdrawPart,     P::AssignCase,     InWork),
        staff(InWork,      A::Assign,           P::AssignCase,     InWork),
        staff(InWork,      A::Release,          P::TakeCase,       InWork),
        staff(InWork,      A::Extend,           P::ExtendTerm,     InWork),
        staff(InWork,      A::ExplainDelay,     P::MessageAsStaff, InWork),
        staff(InWork,      A::Redirect,         P::RedirectCase,   InWork),
        staff(InWork,      A::Forward,          P::ForwardCase,    Forwarded),
        staff(InWork,      A::Correct,          P::CorrectCase,    InWork),
        staff(InWork,      A::AddParty,         P::MessageAsStaff, InWork),
        staff(InWork,      A::Plan,             P::DraftAnswer,    InWork),
        staff(InWork,      A::Note,             P::MessageAsStaff, InWork),
        staff(InWork,      A::Prioritise,       P::AssignCase,     InWork),
        staff(InWork,      A::PostAnswer,       P::ReadUnitCases,  InWork),

        staff(Waiting,     A::Write,            P::MessageAsStaff, Waiting),
        staff(Waiting,     A::Resume,           P::MessageAsStaff, InWork),
        staff(Waiting,     A::ReportPart,       P::DraftAnswer,    Waiting),
        staff(Waiting,     A::Assign,           P::AssignCase,     Waiting),
        staff(Waiting,     A::Extend,           P::ExtendTerm,     Waiting),
        staff(Waiting,     A::ExplainDelay,     P::MessageAsStaff, Waiting),
        staff(Waiting,     A::Plan,             P::DraftAnswer,    Waiting),
        staff(Waiting,     A::Note,             P::MessageAsStaff, Waiting),
        staff(Waiting,     A::Prioritise,       P::AssignCase,     Waiting),
        staff(Waiting,     A::PostAnswer,       P::ReadUnitCases,  Waiting),

        staff(InAgreement, A::Agree,            P::SignAnswer,     Decided),
        staff(InAgreement, A::Approve,          P::AgreeAnswer,    InAgreement),
        staff(InAgreement, A::Sign,             P::SignAnswer,     Decided),
        staff(InAgreement, A::DeliverInterim,   P::SignAnswer,     InWork),
        staff(InAgreement, A::Return,           P::AgreeAnswer,    InWork),
        staff(InAgreement, A::Recall,           P::DraftAnswer,    InWork),
        staff(InAgreement, A::Write,            P::MessageAsStaff, InAgreement),
        staff(InAgreement, A::ReportPart,       P::DraftAnswer,    InAgreement),
        staff(InAgreement, A::Assign,           P::AssignCase,     InAgreement),
        staff(InAgreement, A::Extend,           P::ExtendTerm,     InAgreement),
        staff(InAgreement, A::ExplainDelay,     P::MessageAsStaff, InAgreement),
        staff(InAgreement, A::Note,             P::MessageAsStaff, InAgreement),
        staff(InAgreement, A::Prioritise,       P::AssignCase,     InAgreement),
        staff(InAgreement, A::PostAnswer,       P::ReadUnitCases,  InAgreement),

        staff(Decided,     A::Write,            P::MessageAsStaff, Decided),
        staff(Decided,     A::ReplyToRating,    P::MessageAsStaff, Decided),
        staff(Decided,     A::Close,            P::DraftAnswer,    Closed),
        staff(Decided,     A::Note,             P::MessageAsStaff, Decided),
        staff(Decided,     A::PostAnswer,       P::ReadUnitCases,  Decided),

        staff(Closed,      A::ReplyToRating,    P::MessageAsStaff, Closed),
        staff(Closed,      A::Reopen,           P::ReopenCase,     InWork),
        staff(Closed,      A::Note,             P::MessageAsStaff, Closed),
        staff(Closed,      A::PostAnswer,       P::ReadUnitCases,  Closed),

        applicant(Registered,  A::Write,    Registered),
        applicant(Registered,  A::Correct,  Registered),
        applicant(Registered,  A::AddParty, Registered),
        applicant(Registered,  A::Cancel,   Cancelled),
        applicant(Checking,    A::Write,    Checking),
        applicant(Checking,    A::Correct,  Checking),
        applicant(Checking,    A::AddParty, Checking),
        applicant(Checking,    A::Cancel,   Cancelled),
        applicant(InWork,      A::Write,    InWork),
        applicant(InWork,      A::Correct,  InWork),
        applicant(InWork,      A::AddParty, InWork),
        applicant(InWork,      A::Cancel,   Cancelled),
        applicant(Waiting,     A::Write,    InWork),
        applicant(Waiting,     A::Correct,  Waiting),
        applicant(Waiting,     A::AddParty, Waiting),
        applicant(Waiting,     A::Cancel,   Cancelled),
        applicant(InAgreement, A::Write,    InAgreement),
        applicant(InAgreement, A::Correct,  InAgreement),
        applicant(InAgreement, A::AddParty, InAgreement),
        applicant(InAgreement, A::Cancel,   Cancelled),
        applicant(Decided,     A::Write,    Decided),
        applicant(Decided,     A::AskPerson, InWork),
        applicant(Decided,     A::Object,   Decided),
        applicant(Decided,     A::Rate,     Decided),
        applicant(Closed,      A::AskPerson, InWork),
        applicant(Closed,      A::Object,   Closed),
        applicant(Closed,      A::Rate,     Closed),
    ]
};

impl Action {
    /// The code in addresses, word keys and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Action::Take => "take",
            Action::StartCheck => "start_check",
            Action::BeginWork => "begin_work",
            Action::Release => "release",
            Action::Assign => "assign",
            Action::Write => "write",
            Action::RequestDocuments => "request_documents",
            Action::Resume => "resume",
            Action::Redirect => "redirect",
            Action::Forward => "forward",
            Action::Extend => "extend",
            Action::ExplainDelay => "explain_delay",
            Action::Correct => "correct",
            Action::AddPart => "add_part",
            Action::ReportPart => "report_part",
            Action::WithdrawPart => "withdraw_part",
            Action::AddParty => "add_party",
            Action::DraftAnswer => "draft_answer",
            Action::SendForAgreement => "send_for_agreement",
            Action::Agree => "agree",
            Action::Approve => "approve",
            Action::Sign => "sign",
            Action::DeliverInterim => "deliver_interim",
            Action::Return => "return",
            Action::Recall => "recall",
            Action::Close => "close",
            Action::Reopen => "reopen",
            Action::Cancel => "cancel",
            Action::Object => "object",
            Action::Rate => "rate",
            Action::ReplyToRating => "reply_to_rating",
            Action::Note => "note",
            Action::Plan => "plan",
            Action::Prioritise => "prioritise",
            Action::PostAnswer => "post_answer",
            Action::DecideByRule => "decide_by_rule",
            Action::AskPerson => "ask_person",
        }
    }

    /// The action of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        TRANSITIONS
            .iter()
            .map(|t| t.action)
            .find(|action| action.code() == code)
    }

    /// The names that the entries of it bear. What a case goes through beside this table, as what the
    /// clock says, has names of its own.
    pub const fn entries(self) -> &'static [&'static str] {
        match self {
            Action::Take => &["case.taken"],
            Action::StartCheck => &["case.check_started"],
            Action::BeginWork => &["case.work_begun"],
            Action::Release => &["case.released"],
            Action::Assign => &["case.assigned"],
            Action::Write => &[
                "case.applicant_wrote",
                "case.caller_heard",
                "case.staff_wrote",
                "case.document_added",
                "case.document_checked",
                "case.document_faulty",
                "case.document_sent",
            ],
            Action::RequestDocuments => &["case.documents_requested"],
            Action::Resume => &["case.resumed"],
            Action::Redirect => &["case.redirected"],
            Action::Forward => &["case.forwarded"],
            Action::Extend => &["case.extended"],
            Action::ExplainDelay => &["case.delay_explained"],
            Action::Correct => &["case.corrected", "case.recategorised"],
            Action::AddPart => &["case.part_added"],
            Action::ReportPart => &["case.part_done"],
            Action::WithdrawPart => &["case.part_withdrawn"],
            Action::AddParty => &["case.party_added", "case.party_removed"],
            Action::DraftAnswer => &["case.answer_drafted"],
            Action::SendForAgreement => &["case.sent_for_agreement"],
            Action::Agree | Action::Sign | Action::DecideByRule => &["case.answered"],
            Action::Approve => &["case.answer_agreed"],
            Action::DeliverInterim => &["case.interim_answered"],
            Action::Return => &["case.answer_returned"],
            Action::Recall => &["case.answer_recalled"],
            Action::Close => &["case.closed"],
            Action::Reopen => &["case.reopened"],
            Action::Cancel => &["case.cancelled"],
            Action::Object => &["case.objected"],
            Action::Rate => &["case.rated"],
            Action::ReplyToRating => &["case.rating_replied"],
            Action::Note => &["case.noted"],
            Action::Plan => &["case.planned"],
            Action::Prioritise => &["case.prioritised"],
            Action::PostAnswer => &["case.answer_posted", "case.answer_ready"],
            Action::AskPerson => &["case.review_asked"],
        }
    }

    /// What a member of staff must be permitted for it; none for what staff never does.
    pub fn permission(self) -> Option<Permission> {
        TRANSITIONS
            .iter()
            .find(|t| t.action == self && t.side == Side::Staff)
            .and_then(|t| t.permission)
    }

    /// Whether a specialist does this only to a case that they have themselves; whoever may assign
    /// the case may do it too.
    pub const fn is_the_assignees(self) -> bool {
        matches!(
            self,
            Action::Write
                | Action::BeginWork
                | Action::RequestDocuments
                | Action::Resume
                | Action::Release
                | Action::ExplainDelay
                | Action::DraftAnswer
                | Action::SendForAgreement
                | Action::Close
                | Action::Plan
                | Action::AddParty
        )
    }

    /// Whether a co-applicant may do it too; everything else is for the one who filed and for a
    /// representative.
    pub const fn is_a_co_applicants(self) -> bool {
        matches!(self, Action::Write)
    }

    /// Whether nobody can choose it: it is what another action comes to.
    pub const fn is_a_consequence(self) -> bool {
        matches!(self, Action::DeliverInterim | Action::DecideByRule)
    }
}

/// The line for an action in a state by a side; none when it is not possible there.
pub fn transition(from: State, action: Action, side: Side) -> Option<&'static Transition> {
    TRANSITIONS
        .iter()
        .find(|t| t.from == from && t.action == action && t.side == side)
}

/// Whether a service whose cases have these states goes by this line; a service says nothing of
/// the states that no case can do without.
pub fn is_of_service(t: &Transition, states: &[String]) -> bool {
    t.to == t.from || !t.to.may_be_skipped() || states.iter().any(|state| state == t.to.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_open_state_can_be_left_towards_the_end() {
        for state in State::ALL.into_iter().filter(|state| state.is_open()) {
            assert!(
                TRANSITIONS.iter().any(|t| t.from == state && t.to != state),
                "{state:?} is a dead end"
            );
        }
        for end in [State::Forwarded, State::Cancelled] {
            assert!(!TRANSITIONS.iter().any(|t| t.from == end), "{end:?} ends");
        }
    }

    #[test]
    fn a_case_goes_back_only_by_the_acts_that_are_meant_to() {
        let back = [
            Action::Return,
            Action::Recall,
            Action::DeliverInterim,
            Action::Resume,
            Action::Write,
            Action::Reopen,
            Action::AskPerson,
        ];
        for t in TRANSITIONS.iter().filter(|t| t.to < t.from) {
            assert!(back.contains(&t.action), "{t:?}");
        }
    }

    #[test]
    fn no_line_stands_twice() {
        for (at, t) in TRANSITIONS.iter().enumerate() {
            assert!(
                !TRANSITIONS[at + 1..]
                    .iter()
                    .any(|u| u.from == t.from && u.action == t.action && u.side == t.side)
            );
        }
    }

    #[test]
    fn an_applicant_moves_a_case_only_by_replying_or_by_taking_it_back() {
        for t in TRANSITIONS.iter().filter(|t| t.side == Side::Applicant) {
            assert!(
                t.from == t.to
                    || t.to == State::Cancelled
                    || t.from == State::Waiting
                    || t.action == Action::AskPerson,
                "{t:?}"
            );
        }
    }

    #[test]
    fn one_action_has_one_permission() {
        for t in TRANSITIONS.iter().filter(|t| t.side == Side::Staff) {
            assert_eq!(t.permission, t.action.permission(), "{:?}", t.action);
        }
    }

    #[test]
    fn the_entries_of_every_action_are_entries_of_a_case() {
        for t in TRANSITIONS {
            let entries = t.action.entries();
            assert!(!entries.is_empty(), "{:?}", t.action);
            for entry in entries {
                let known = crate::pages::ACTIONS.contains(entry);
                assert!(known, "{entry} of {:?}", t.action);
            }
        }
    }

    #[test]
    fn a_service_skips_what_it_does_not_name_but_never_the_answer() {
        let named = |states: &[&str]| states.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        let short = named(&["registered", "in_work", "decided", "closed"]);
        let goes = |action, states: &[String]| {
            transition(State::InWork, action, Side::Staff).is_some_and(|t| is_of_service(t, states))
        };
        assert!(!goes(Action::RequestDocuments, &short));
        assert!(!goes(Action::Forward, &short));
        assert!(goes(Action::SendForAgreement, &short));
        assert!(goes(Action::RequestDocuments, &named(&["waiting"])));
    }
}
