//! What people are told of: one table of kinds, from the entries of the log to whom each concerns,
//! what its letter may speak of, and whether it can be turned down.

use cases::Happening;
use cases::model::State;

/// A kind of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The appeal was received and has its number.
    Filed,
    /// Somebody was named who works on it.
    Executor,
    /// The state changed in a way that has no notice of its own.
    State,
    /// The authority wrote.
    Message,
    /// Documents are asked for.
    Documents,
    /// How things stand before the final answer.
    Interim,
    /// The final answer.
    Answer,
    /// The term was lengthened.
    Extended,
    /// The answer is late and expected on a new day.
    Delayed,
    /// Another unit has it.
    Redirected,
    /// Another body has it.
    Forwarded,
    /// It was taken up again.
    Reopened,
    /// It was taken back.
    Cancelled,
    /// It was put away.
    Closed,
    /// No answer came in time.
    Overdue,
    /// Staff: a case was given to them.
    Assigned,
    /// Staff: the applicant wrote.
    ApplicantWrote,
    /// Staff: a draft came back.
    Returned,
    /// Heads: a draft waits.
    Agreement,
    /// Staff: a term ends soon.
    Reminder,
    /// Heads: a term is endangered or over.
    Escalated,
    /// What was asked for is still missing, and its day comes near.
    DocumentsAgain,
    /// Heads: the work on a case has to begin, or should have.
    Begin,
}

/// Whom a kind is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The applicant and those on their side.
    Applicant,
    /// The specialist who has the case.
    Specialist,
    /// The heads of a unit.
    Heads,
}

/// Where people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// On their page of notices.
    Cabinet,
    /// By e-mail.
    Email,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Channel; 2] = [Channel::Cabinet, Channel::Email];

    /// The code in tables and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Channel::Cabinet => "cabinet",
            Channel::Email => "email",
        }
    }
}

/// Something that a letter can name: written `{code}` in its template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// «Здравствуйте, Анна Петровна!»
    Greeting,
    /// Number of the case.
    Number,
    /// Address of the page.
    Link,
    /// Who answers.
    Unit,
    /// Who runs the installation.
    Operator,
    /// State in words.
    State,
    /// The day of registration.
    Registered,
    /// The day an answer is due.
    Due,
    /// The new day.
    NewDate,
    /// Who works on it.
    Executor,
    /// What is asked for, a line each.
    Items,
    /// How to send it.
    Instructions,
    /// Why.
    Reason,
    /// How the case was decided.
    Outcome,
    /// The words of the answer, for those who asked for them by e-mail.
    Answer,
    /// What to do next.
    NextSteps,
    /// Working days that are left.
    Days,
    /// The body that has it now.
    To,
}

impl Place {
    /// Everything that there is.
    pub const ALL: [Place; 18] = [
        Place::Greeting,
        Place::Number,
        Place::Link,
        Place::Unit,
        Place::Operator,
        Place::State,
        Place::Registered,
        Place::Due,
        Place::NewDate,
        Place::Executor,
        Place::Items,
        Place::Instructions,
        Place::Reason,
        Place::Outcome,
        Place::Answer,
        Place::NextSteps,
        Place::Days,
        Place::To,
    ];

    /// What stands between the braces.
    pub const fn code(self) -> &'static str {
        match self {
            Place::Greeting => "greeting",
            Place::Number => "number",
            Place::Link => "link",
            Place::Unit => "unit",
            Place::Operator => "operator",
            Place::State => "state",
            Place::Registered => "registered",
            Place::Due => "due",
            Place::NewDate => "new_date",
            Place::Executor => "executor",
            Place::Items => "items",
            Place::Instructions => "instructions",
            Place::Reason => "reason",
            Place::Outcome => "outcome",
            Place::Answer => "answer",
            Place::NextSteps => "next_steps",
            Place::Days => "days",
            Place::To => "to",
        }
    }

    /// The place of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }
}

/// What every letter may name.
const COMMON: [Place; 7] = [
    Place::Greeting,
    Place::Number,
    Place::Link,
    Place::Unit,
    Place::Operator,
    Place::State,
    Place::Due,
];

impl Kind {
    /// Every kind, in the order of the pages.
    pub const ALL: [Kind; 23] = [
        Kind::Filed,
        Kind::Executor,
        Kind::State,
        Kind::Message,
        Kind::Documents,
        Kind::Interim,
        Kind::Answer,
        Kind::Extended,
        Kind::Delayed,
        Kind::Redirected,
        Kind::Forwarded,
        Kind::Reopened,
        Kind::Cancelled,
        Kind::Closed,
        Kind::Overdue,
        Kind::Assigned,
        Kind::ApplicantWrote,
        Kind::Returned,
        Kind::Agreement,
        Kind::Reminder,
        Kind::Escalated,
        Kind::DocumentsAgain,
        Kind::Begin,
    ];

    /// The code in tables, addresses and word keys.
    pub const fn code(self) -> &'static str {
        match self {
            Kind::Filed => "filed",
            Kind::Executor => "executor",
            Kind::State => "state",
            Kind::Message => "message",
            Kind::Documents => "documents",
            Kind::Interim => "interim",
            Kind::Answer => "answer",
            Kind::Extended => "extended",
            Kind::Delayed => "delayed",
            Kind::Redirected => "redirected",
            Kind::Forwarded => "forwarded",
            Kind::Reopened => "reopened",
            Kind::Cancelled => "cancelled",
            Kind::Closed => "closed",
            Kind::Overdue => "overdue",
            Kind::Assigned => "assigned",
            Kind::ApplicantWrote => "applicant_wrote",
            Kind::Returned => "returned",
            Kind::Agreement => "agreement",
            Kind::Reminder => "reminder",
            Kind::Escalated => "escalated",
            Kind::DocumentsAgain => "documents_again",
            Kind::Begin => "begin",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whom it is for.
    pub const fn audience(self) -> Audience {
        match self {
            Kind::Assigned | Kind::ApplicantWrote | Kind::Returned | Kind::Reminder => {
                Audience::Specialist
            }
            Kind::Agreement | Kind::Escalated | Kind::Begin => Audience::Heads,
            _ => Audience::Applicant,
        }
    }

    /// Whether the law, or the duty of an office, wants it told whatever somebody wishes: Law 59-FZ
    /// asks for the answer (art. 10), the notice of an extension (art. 12) and of forwarding (art.
    /// 8); without the documents the work stands still.
    pub const fn is_owed(self) -> bool {
        matches!(
            self,
            Kind::Filed
                | Kind::Answer
                | Kind::Extended
                | Kind::Forwarded
                | Kind::Documents
                | Kind::Reminder
                | Kind::Escalated
                | Kind::Begin
        )
    }

    /// What its letter may name.
    pub fn places(self) -> Vec<Place> {
        let own: &[Place] = match self {
            Kind::Filed => &[Place::Registered],
            Kind::Executor => &[Place::Executor],
            Kind::Documents => &[
                Place::Items,
                Place::Instructions,
                Place::Reason,
                Place::NewDate,
            ],
            Kind::DocumentsAgain => &[Place::Items, Place::Instructions, Place::NewDate],
            Kind::Begin => &[Place::NewDate],
            Kind::Interim | Kind::Answer => &[Place::Outcome, Place::Answer, Place::NextSteps],
            Kind::Extended | Kind::Delayed => &[Place::NewDate, Place::Reason],
            Kind::Redirected | Kind::Reopened | Kind::Returned => &[Place::Reason],
            Kind::Forwarded => &[Place::To, Place::Reason],
            Kind::Closed => &[Place::Outcome],
            Kind::Reminder => &[Place::Days],
            _ => &[],
        };
        COMMON.iter().chain(own).copied().collect()
    }

    /// What its letter must name.
    pub const fn needed(self) -> &'static [Place] {
        match self {
            Kind::Documents => &[Place::Number, Place::Link, Place::Items],
            Kind::DocumentsAgain => &[Place::Number, Place::Link, Place::NewDate],
            Kind::Extended | Kind::Delayed => &[Place::Number, Place::NewDate],
            _ => &[Place::Number, Place::Link],
        }
    }

    /// What an entry of a case is told as.
    pub fn of(happening: &Happening) -> Vec<Kind> {
        let action = happening.entry.action.as_str();
        Self::of_change(action, happening.before, happening.state)
    }

    /// The same of what is known of an entry: its action, and the state before and after it.
    fn of_change(action: &str, before: Option<State>, state: State) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = match action {
            "case.filed" => vec![Kind::Filed],
            "case.taken" => vec![Kind::Executor],
            "case.assigned" => vec![Kind::Executor, Kind::Assigned],
            "case.staff_wrote" | "case.rating_replied" => vec![Kind::Message],
            "case.applicant_wrote"
            | "case.caller_heard"
            | "case.document_sent"
            | "case.objected"
            | "case.rated" => vec![Kind::ApplicantWrote],
            "case.documents_requested" | "case.document_faulty" => vec![Kind::Documents],
            "case.answered" => vec![Kind::Answer],
            "case.interim_answered" => vec![Kind::Interim],
            "case.answer_returned" => vec![Kind::Returned],
            "case.sent_for_agreement" => vec![Kind::Agreement],
            "case.extended" => vec![Kind::Extended],
            "case.delay_explained" => vec![Kind::Delayed],
            "case.redirected" => vec![Kind::Redirected],
            "case.forwarded" => vec![Kind::Forwarded],
            "case.reopened" => vec![Kind::Reopened],
            "case.cancelled" => vec![Kind::Cancelled],
            "case.closed" => vec![Kind::Closed],
            "case.overdue" => vec![Kind::Overdue],
            "case.reminded" => vec![Kind::Reminder],
            "case.escalated" => vec![Kind::Escalated],
            "case.documents_reminded" => vec![Kind::DocumentsAgain],
            "case.start_reminded" | "case.start_overdue" => vec![Kind::Begin],
            _ => Vec::new(),
        };
        let told = kinds
            .iter()
            .any(|kind| kind.audience() == Audience::Applicant);
        let moved = before.is_some_and(|before| before != state);
        // A draft that comes back is the office's own business: the applicant is told of what follows.
        let inner = before == Some(State::InAgreement)
            && state == State::InWork
            && kinds.contains(&Kind::Returned);
        if moved && !told && !inner {
            kinds.push(Kind::State);
        }
        kinds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_applicant_is_told_of_every_change_of_state() {
        let actions = [
            "case.taken",
            "case.check_started",
            "case.applicant_wrote",
            "case.document_sent",
            "case.sent_for_agreement",
            "case.answer_agreed",
            "case.answer_returned",
            "case.objected",
            "case.resumed",
            "case.something_new",
        ];
        for action in actions {
            for before in State::ALL {
                for state in State::ALL.into_iter().filter(|state| *state != before) {
                    let kinds = Kind::of_change(action, Some(before), state);
                    let told = kinds
                        .iter()
                        .any(|kind| kind.audience() == Audience::Applicant);
                    let inner = action == "case.answer_returned"
                        && (before, state) == (State::InAgreement, State::InWork);
                    assert_ne!(told, inner, "{action}: {before:?} to {state:?}");
                }
            }
        }
        let told = [
            ("case.answered", Kind::Answer),
            ("case.forwarded", Kind::Forwarded),
            ("case.cancelled", Kind::Cancelled),
            ("case.closed", Kind::Closed),
            ("case.reopened", Kind::Reopened),
        ];
        for (action, kind) in told {
            let kinds = Kind::of_change(action, Some(State::InWork), State::Closed);
            assert_eq!(kinds, [kind], "{action} has a notice of its own, and one");
        }
    }

    #[test]
    fn codes_are_read_back_and_needed_places_are_allowed() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            let places = kind.places();
            assert!(kind.needed().iter().all(|place| places.contains(place)));
        }
        for place in Place::ALL {
            assert_eq!(Place::from_code(place.code()), Some(place));
        }
    }
}
