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
    /// A head gives the case to a specialist.
    Assign,
    /// Either side writes.
    Write,
    /// A specialist writes or changes the draft of an answer.
    DraftAnswer,
    /// The draft goes to a head.
    SendForAgreement,
    /// A head agrees: the answer is delivered.
    Agree,
    /// A head sends the draft back.
    Return,
    /// The case is put away after the answer.
    Close,
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

const fn applicant(from: State, action: Action) -> Transition {
    Transition {
        from,
        action,
        side: Side::Applicant,
        permission: None,
        to: from,
    }
}

/// The table.
pub const TRANSITIONS: &[Transition] = &[
    staff(
        State::Registered,
        Action::Take,
        Permission::TakeCase,
        State::InWork,
    ),
    staff(
        State::Registered,
        Action::Assign,
        Permission::AssignCase,
        State::InWork,
    ),
    staff(
        State::InWork,
        Action::Assign,
        Permission::AssignCase,
        State::InWork,
    ),
    staff(
        State::InAgreement,
        Action::Assign,
        Permission::AssignCase,
        State::InAgreement,
    ),
    staff(
        State::InWork,
        Action::Write,
        Permission::MessageAsStaff,
        State::InWork,
    ),
    staff(
        State::InAgreement,
        Action::Write,
        Permission::MessageAsStaff,
        State::InAgreement,
    ),
    staff(
        State::InWork,
        Action::DraftAnswer,
        Permission::DraftAnswer,
        State::InWork,
    ),
    staff(
        State::InWork,
        Action::SendForAgreement,
        Permission::DraftAnswer,
        State::InAgreement,
    ),
    staff(
        State::InAgreement,
        Action::Agree,
        Permission::AgreeAnswer,
        State::Decided,
    ),
    staff(
        State::InAgreement,
        Action::Return,
        Permission::AgreeAnswer,
        State::InWork,
    ),
    staff(
        State::Decided,
        Action::Close,
        Permission::DraftAnswer,
        State::Closed,
    ),
    applicant(State::Registered, Action::Write),
    applicant(State::InWork, Action::Write),
    applicant(State::InAgreement, Action::Write),
];

impl Action {
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
            Action::Write | Action::DraftAnswer | Action::SendForAgreement | Action::Close
        )
    }
}

/// The line for an action in a state by a side; none when it is not possible there.
pub fn transition(from: State, action: Action, side: Side) -> Option<&'static Transition> {
    TRANSITIONS
        .iter()
        .find(|t| t.from == from && t.action == action && t.side == side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_can_be_left_towards_the_end() {
        for state in [
            State::Registered,
            State::InWork,
            State::InAgreement,
            State::Decided,
        ] {
            assert!(
                TRANSITIONS.iter().any(|t| t.from == state && t.to > state),
                "{state:?} is a dead end"
            );
        }
        assert!(!TRANSITIONS.iter().any(|t| t.from == State::Closed));
    }

    #[test]
    fn a_case_goes_back_only_when_a_head_returns_the_draft() {
        for t in TRANSITIONS.iter().filter(|t| t.to < t.from) {
            assert_eq!(t.action, Action::Return);
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
    fn an_applicant_never_moves_the_state() {
        assert!(
            TRANSITIONS
                .iter()
                .filter(|t| t.side == Side::Applicant)
                .all(|t| t.from == t.to)
        );
    }
}
