//! The table of moves: what may be done with a task in which state, with which permission, and where
//! it leads. Buttons, pages and the interface read it.

use people::Permission;

use crate::model::TaskState;

/// What can be done with a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaskAction {
    /// A specialist takes it.
    Take,
    /// A head gives it to somebody.
    Give,
    /// The works begin.
    Begin,
    /// A stage of the works is planned, or planned anew.
    PlanStage,
    /// A stage is done.
    FinishStage,
    /// A photograph or a paper is added.
    Show,
    /// The works are told as done.
    Report,
    /// A head agrees that they are.
    Confirm,
    /// A head looked at what applicants say, and the works stand as done.
    Uphold,
    /// A head sends the works back.
    SendBack,
    /// A head puts it off to a new day.
    PutOff,
    /// A head drops it.
    Drop,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// In this state …
    pub from: TaskState,
    /// … this may be done …
    pub action: TaskAction,
    /// … and leads there.
    pub to: TaskState,
}

const fn line(from: TaskState, action: TaskAction, to: TaskState) -> Move {
    Move { from, action, to }
}

/// The table, in the order in which tools are drawn.
#[rustfmt::skip] // a table is read by its columns
pub const MOVES: &[Move] = {
    use TaskAction as A;
    use TaskState::{Confirmed, Done, Dropped, PutOff, Set, Taken, UnderWay};
    &[
        line(Set,      A::Take,        Taken),
        line(Set,      A::Give,        Taken),
        line(Set,      A::PlanStage,   Set),
        line(Set,      A::Show,        Set),
        line(Set,      A::PutOff,      PutOff),
        line(Set,      A::Drop,        Dropped),

        line(Taken,    A::Begin,       UnderWay),
        line(Taken,    A::PlanStage,   Taken),
        line(Taken,    A::Show,        Taken),
        line(Taken,    A::Give,        Taken),
        line(Taken,    A::PutOff,      PutOff),
        line(Taken,    A::Drop,        Dropped),

        line(UnderWay, A::FinishStage, UnderWay),
        line(UnderWay, A::Show,        UnderWay),
        line(UnderWay, A::Report,      Done),
        line(UnderWay, A::PlanStage,   UnderWay),
        line(UnderWay, A::Give,        UnderWay),
        line(UnderWay, A::PutOff,      PutOff),
        line(UnderWay, A::Drop,        Dropped),

        line(PutOff,   A::Take,        PutOff),
        line(PutOff,   A::Begin,       UnderWay),
        line(PutOff,   A::PlanStage,   PutOff),
        line(PutOff,   A::Show,        PutOff),
        line(PutOff,   A::Give,        PutOff),
        line(PutOff,   A::PutOff,      PutOff),
        line(PutOff,   A::Drop,        Dropped),

        line(Done,     A::Confirm,     Confirmed),
        line(Done,     A::Uphold,      Done),
        line(Done,     A::SendBack,    UnderWay),
    ]
};

/// The line for an action in a state; none when it is not possible there.
pub fn move_of(from: TaskState, action: TaskAction) -> Option<&'static Move> {
    let fits = |line: &&Move| line.from == from && line.action == action;
    MOVES.iter().find(fits)
}

impl TaskAction {
    /// The code in addresses, word keys and the API.
    pub const fn code(self) -> &'static str {
        match self {
            TaskAction::Take => "take",
            TaskAction::Give => "give",
            TaskAction::Begin => "begin",
            TaskAction::PlanStage => "plan_stage",
            TaskAction::FinishStage => "finish_stage",
            TaskAction::Show => "show",
            TaskAction::Report => "report",
            TaskAction::Confirm => "confirm",
            TaskAction::Uphold => "uphold",
            TaskAction::SendBack => "send_back",
            TaskAction::PutOff => "put_off",
            TaskAction::Drop => "drop",
        }
    }

    /// The action of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        let mut all = MOVES.iter().map(|line| line.action);
        all.find(|action| action.code() == code)
    }

    /// What must be permitted in the unit of the task.
    pub const fn permission(self) -> Permission {
        match self {
            TaskAction::Take => Permission::TakeCase,
            TaskAction::Begin
            | TaskAction::PlanStage
            | TaskAction::FinishStage
            | TaskAction::Show
            | TaskAction::Report => Permission::DraftAnswer,
            TaskAction::Give
            | TaskAction::Confirm
            | TaskAction::Uphold
            | TaskAction::SendBack
            | TaskAction::PutOff
            | TaskAction::Drop => Permission::AssignCase,
        }
    }

    /// Whether a specialist does it only with a task of their own.
    pub const fn is_the_owners(self) -> bool {
        matches!(
            self,
            TaskAction::Begin
                | TaskAction::PlanStage
                | TaskAction::FinishStage
                | TaskAction::Show
                | TaskAction::Report
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_move_stands_once_and_ends_are_ends() {
        for (at, line) in MOVES.iter().enumerate() {
            let first = MOVES
                .iter()
                .position(|known| known.from == line.from && known.action == line.action);
            assert_eq!(first, Some(at), "{line:?}");
            assert!(line.from.is_open(), "{line:?}");
            assert_eq!(TaskAction::from_code(line.action.code()), Some(line.action));
        }
    }

    #[test]
    fn nothing_is_confirmed_that_was_not_reported_and_nothing_reported_that_did_not_begin() {
        for line in MOVES {
            if line.to == TaskState::Confirmed {
                assert_eq!(line.from, TaskState::Done);
            }
            if line.to == TaskState::Done && line.from != TaskState::Done {
                assert_eq!(line.from, TaskState::UnderWay);
            }
        }
    }
}
