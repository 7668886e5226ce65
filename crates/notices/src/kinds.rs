//! What people are told of: one table of kinds, from the entries of the log to whom each concerns,
//! what its letter may speak of, and whether it can be turned down.

use cases::Happening;
use cases::model::State;

use crate::places::Place;

/// Entries of a case that are told to nobody: they have no kind, and the case stays in its state. An
/// entry of any other name, and so a new one, is looked at.
const SILENT: &[&str] = &[
    "case.answer_drafted",
    "case.answer_printed",
    "case.decision_proposed",
    "case.noted",
    "case.original_opened",
    "case.part_withdrawn",
    "case.party_removed",
    "case.planned",
    "case.prioritised",
    "case.recategorised",
];

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
    /// Staff: the applicant took the case back.
    Withdrawn,
    /// Whoever does a part of the work: its day comes or has passed.
    Part,
    /// Staff: the day for which they planned the answer comes or has passed.
    Plan,
    /// Somebody was named as a co-applicant, and learns of it.
    Named,
    /// Somebody was named as a representative, and learns of it.
    NamedFor,
    /// Somebody whom the applicant named has declined.
    Declined,
    /// Staff: somebody whom the applicant named has declined.
    PartyLeft,
    /// Staff: the applicant sent documents.
    DocumentsAdded,
    /// Staff: the applicant rated the work.
    Rated,
    /// Staff: the applicant objects to the answer.
    Objected,
    /// Staff: the applicant put right what was written.
    Corrected,
    /// Heads: a case came from another unit.
    Arrived,
    /// Staff: a case that they had went to somebody else.
    Gone,
    /// Whoever does a part of the work: it was given to them.
    PartGiven,
    /// Staff: a part of the work was done.
    PartDone,
    /// Heads: an answer that was agreed waits for a signature.
    ToSign,
    /// Staff: a case was reopened, with a new term.
    WorkAgain,
    /// Staff: the term of their case was lengthened.
    TermChanged,
    /// Staff: the day of the answer has passed.
    Late,
    /// The answer was posted.
    Posted,
    /// The answer lies ready to be collected.
    Ready,
    /// The return code was replaced.
    CodeRenewed,
    /// A task came of the appeal.
    TaskSet,
    /// Works on the ground began.
    WorksBegun,
    /// A stage of the works is done.
    WorksStage,
    /// The works were put off.
    WorksPutOff,
    /// The works were reported as done.
    WorksDone,
    /// A head has confirmed the works.
    WorksChecked,
    /// The works were sent back.
    WorksBack,
    /// The works will not be done.
    WorksDropped,
    /// The problem that the appeal is about is solved.
    ProblemSolved,
    /// Whoever has a task: its day comes or has passed.
    TaskDay,
    /// Whoever has a task, and heads: an applicant says that it is not done.
    WorksDisputed,
    /// Heads: a task was told as done and waits for one of them.
    WorksReported,
    /// Whoever has a task: it was given to them.
    TaskGiven,
    /// Whoever has a task: a head has sent back what they told as done.
    TaskBack,
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
    /// Whoever does the part of the work that an entry names.
    PartDoers,
    /// Whoever has the task that an entry names.
    TaskDoers,
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

/// What every letter may name.
const COMMON: [Place; 8] = [
    Place::Greeting,
    Place::Number,
    Place::Link,
    Place::Unit,
    Place::Operator,
    Place::State,
    Place::Due,
    Place::Topic,
];

impl Kind {
    /// Every kind, in the order of the pages.
    pub const ALL: [Kind; 59] = [
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
        Kind::Withdrawn,
        Kind::Part,
        Kind::Plan,
        Kind::Named,
        Kind::NamedFor,
        Kind::Declined,
        Kind::PartyLeft,
        Kind::DocumentsAdded,
        Kind::Rated,
        Kind::Objected,
        Kind::Corrected,
        Kind::Arrived,
        Kind::Gone,
        Kind::PartGiven,
        Kind::PartDone,
        Kind::ToSign,
        Kind::WorkAgain,
        Kind::TermChanged,
        Kind::Late,
        Kind::Posted,
        Kind::Ready,
        Kind::CodeRenewed,
        Kind::TaskSet,
        Kind::WorksBegun,
        Kind::WorksStage,
        Kind::WorksPutOff,
        Kind::WorksDone,
        Kind::WorksChecked,
        Kind::WorksBack,
        Kind::WorksDropped,
        Kind::ProblemSolved,
        Kind::TaskDay,
        Kind::WorksDisputed,
        Kind::WorksReported,
        Kind::TaskGiven,
        Kind::TaskBack,
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
            Kind::Withdrawn => "withdrawn",
            Kind::Part => "part",
            Kind::Plan => "plan",
            Kind::Named => "named",
            Kind::NamedFor => "named_for",
            Kind::Declined => "declined",
            Kind::PartyLeft => "party_left",
            Kind::DocumentsAdded => "documents_added",
            Kind::Rated => "rated",
            Kind::Objected => "objected",
            Kind::Corrected => "corrected",
            Kind::Arrived => "arrived",
            Kind::Gone => "gone",
            Kind::PartGiven => "part_given",
            Kind::PartDone => "part_done",
            Kind::ToSign => "to_sign",
            Kind::WorkAgain => "work_again",
            Kind::TermChanged => "term_changed",
            Kind::Late => "late",
            Kind::Posted => "posted",
            Kind::Ready => "ready",
            Kind::CodeRenewed => "code_renewed",
            Kind::TaskSet => "task_set",
            Kind::WorksBegun => "works_begun",
            Kind::WorksStage => "works_stage",
            Kind::WorksPutOff => "works_put_off",
            Kind::WorksDone => "works_done",
            Kind::WorksChecked => "works_checked",
            Kind::WorksBack => "works_back",
            Kind::WorksDropped => "works_dropped",
            Kind::ProblemSolved => "problem_solved",
            Kind::TaskDay => "task_day",
            Kind::WorksDisputed => "works_disputed",
            Kind::WorksReported => "works_reported",
            Kind::TaskGiven => "task_given",
            Kind::TaskBack => "task_back",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whom it is for.
    pub const fn audience(self) -> Audience {
        match self {
            Kind::Assigned
            | Kind::ApplicantWrote
            | Kind::Returned
            | Kind::Reminder
            | Kind::Withdrawn
            | Kind::Plan
            | Kind::PartyLeft
            | Kind::DocumentsAdded
            | Kind::Rated
            | Kind::Objected
            | Kind::Corrected
            | Kind::Gone
            | Kind::PartDone
            | Kind::WorkAgain
            | Kind::TermChanged
            | Kind::Late => Audience::Specialist,
            Kind::Part | Kind::PartGiven => Audience::PartDoers,
            Kind::TaskDay
            | Kind::WorksDisputed
            | Kind::WorksReported
            | Kind::TaskGiven
            | Kind::TaskBack => Audience::TaskDoers,
            Kind::Agreement | Kind::Escalated | Kind::Begin | Kind::Arrived | Kind::ToSign => {
                Audience::Heads
            }
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
                | Kind::Part
                | Kind::Late
                | Kind::CodeRenewed
                | Kind::TaskDay
                | Kind::WorksDisputed
        )
    }

    /// Whether co-applicants without an account get its letter: what becomes of the appeal that
    /// bears their name, and nothing of the talk between the authority and the one who filed.
    pub const fn is_for_the_named(self) -> bool {
        matches!(
            self,
            Kind::Named
                | Kind::NamedFor
                | Kind::Interim
                | Kind::Answer
                | Kind::Extended
                | Kind::Delayed
                | Kind::Forwarded
                | Kind::Reopened
                | Kind::Cancelled
                | Kind::Closed
        )
    }

    /// Whether several of one minute are told once: they come in a row, and the page shows them all.
    pub const fn is_told_together(self) -> bool {
        matches!(self, Kind::DocumentsAdded | Kind::Corrected | Kind::Late)
    }

    /// What its letter may name.
    pub fn places(self) -> Vec<Place> {
        let own: &[Place] = match self {
            Kind::Filed => &[Place::Registered],
            Kind::Named | Kind::NamedFor => &[Place::Registered, Place::Applicant],
            Kind::Executor | Kind::Declined | Kind::PartyLeft => &[Place::Executor],
            Kind::Documents => &[
                Place::Items,
                Place::Instructions,
                Place::Reason,
                Place::NewDate,
            ],
            Kind::DocumentsAgain => &[Place::Items, Place::Instructions, Place::NewDate],
            Kind::Message | Kind::Begin | Kind::Part | Kind::Plan | Kind::PartGiven => {
                &[Place::NewDate]
            }
            Kind::Interim | Kind::Answer => &[Place::Outcome, Place::Answer, Place::NextSteps],
            Kind::Extended
            | Kind::Delayed
            | Kind::Reopened
            | Kind::WorkAgain
            | Kind::TermChanged => &[Place::NewDate, Place::Reason],
            Kind::Redirected | Kind::Returned | Kind::Withdrawn | Kind::Arrived | Kind::Gone => {
                &[Place::Reason]
            }
            Kind::Rated => &[Place::Stars],
            Kind::Objected => &[Place::To],
            Kind::Posted => &[Place::To, Place::NewDate, Place::PostItem],
            Kind::Ready => &[Place::To, Place::Hours],
            Kind::Forwarded => &[Place::To, Place::Reason],
            Kind::Closed => &[Place::Outcome],
            Kind::TaskSet
            | Kind::TaskDay
            | Kind::WorksDone
            | Kind::WorksReported
            | Kind::TaskGiven => &[Place::Works, Place::NewDate],
            Kind::WorksBegun | Kind::WorksChecked | Kind::ProblemSolved | Kind::WorksDisputed => {
                &[Place::Works]
            }
            Kind::WorksStage => &[Place::Works, Place::Stage, Place::NewDate],
            Kind::WorksPutOff | Kind::WorksBack | Kind::TaskBack => {
                &[Place::Works, Place::Reason, Place::NewDate]
            }
            Kind::WorksDropped => &[Place::Works, Place::Reason],
            Kind::Reminder | Kind::Late => &[Place::Days],
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
            Kind::Ready => &[Place::Number, Place::To],
            _ => &[Place::Number, Place::Link],
        }
    }

    /// Whether an entry of this name may be told to anybody. Where it may not, nothing is opened to
    /// find that out.
    pub fn may_tell(action: &str) -> bool {
        !SILENT.contains(&action)
    }

    /// What an entry of a case is told as.
    pub fn of(happening: &Happening) -> Vec<Kind> {
        let action = happening.entry.action.as_str();
        let mut kinds = Self::of_change(action, happening.before, happening.state);
        if happening.entry.field("role") == Some("representative") {
            for kind in kinds.iter_mut().filter(|kind| **kind == Kind::Named) {
                *kind = Kind::NamedFor;
            }
        }
        kinds
    }

    /// The same of what is known of an entry: its action, and the state before and after it.
    fn of_change(action: &str, before: Option<State>, state: State) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = match action {
            "case.filed" => vec![Kind::Filed, Kind::Named],
            "case.party_added" => vec![Kind::Named],
            "case.party_declined" => vec![Kind::Declined, Kind::PartyLeft],
            "case.taken" => vec![Kind::Executor],
            "case.assigned" => vec![Kind::Executor, Kind::Assigned, Kind::Gone],
            "case.released" => vec![Kind::Gone],
            "case.staff_wrote" | "case.rating_replied" => vec![Kind::Message],
            "case.applicant_wrote" | "case.caller_heard" => vec![Kind::ApplicantWrote],
            "case.document_sent" | "case.scan_added" => vec![Kind::DocumentsAdded],
            "case.corrected" => vec![Kind::Corrected],
            "case.objected" => vec![Kind::Objected],
            "case.rated" => vec![Kind::Rated],
            "case.documents_requested" | "case.document_faulty" => vec![Kind::Documents],
            "case.answered" => vec![Kind::Answer],
            "case.interim_answered" => vec![Kind::Interim],
            "case.answer_posted" => vec![Kind::Posted],
            "case.answer_ready" => vec![Kind::Ready],
            "case.code_renewed" => vec![Kind::CodeRenewed],
            "case.answer_returned" => vec![Kind::Returned],
            "case.sent_for_agreement" => vec![Kind::Agreement],
            "case.answer_agreed" => vec![Kind::ToSign],
            "case.extended" => vec![Kind::Extended, Kind::TermChanged],
            "case.delay_explained" => vec![Kind::Delayed],
            "case.redirected" => vec![Kind::Redirected, Kind::Arrived, Kind::Gone],
            "case.forwarded" => vec![Kind::Forwarded],
            "case.reopened" => vec![Kind::Reopened, Kind::WorkAgain],
            "case.review_asked" => vec![Kind::WorkAgain],
            "case.cancelled" => vec![Kind::Cancelled, Kind::Withdrawn],
            "case.closed" => vec![Kind::Closed],
            "case.overdue" => vec![Kind::Overdue, Kind::Late],
            "case.reminded" => vec![Kind::Reminder],
            "case.escalated" => vec![Kind::Escalated],
            "case.documents_reminded" => vec![Kind::DocumentsAgain],
            "case.start_reminded" | "case.start_overdue" => vec![Kind::Begin],
            "case.part_added" => vec![Kind::PartGiven],
            "case.part_done" => vec![Kind::PartDone],
            "case.part_reminded" | "case.part_overdue" => vec![Kind::Part],
            "case.plan_reminded" | "case.plan_overdue" => vec![Kind::Plan],
            "case.task_set" => vec![Kind::TaskSet, Kind::TaskGiven],
            "case.works_begun" => vec![Kind::WorksBegun],
            "case.works_stage_done" => vec![Kind::WorksStage],
            "case.works_put_off" => vec![Kind::WorksPutOff],
            "case.works_done" => vec![Kind::WorksDone, Kind::WorksReported],
            "case.works_confirmed" | "case.works_upheld" => vec![Kind::WorksChecked],
            "case.works_sent_back" => vec![Kind::WorksBack, Kind::TaskBack],
            "case.works_dropped" => vec![Kind::WorksDropped],
            "case.problem_closed" => vec![Kind::ProblemSolved],
            "case.task_reminded" | "case.task_overdue" => vec![Kind::TaskDay],
            "case.works_disputed" => vec![Kind::WorksDisputed],
            _ => Vec::new(),
        };
        let told = kinds
            .iter()
            .any(|kind| kind.audience() == Audience::Applicant);
        let moved = before.is_some_and(|before| before != state);
        // A draft that comes back is the office's own business: the applicant is told of what follows.
        let inner = before == Some(State::InAgreement)
            && state == State::InWork
            && ["case.answer_returned", "case.answer_recalled"].contains(&action);
        if moved && !told && !inner {
            kinds.push(Kind::State);
        }
        kinds
    }
}

#[cfg(test)]
mod tests {
    use cases::states::{TRANSITIONS, Transition};

    use super::*;

    #[test]
    fn what_is_passed_over_is_what_has_no_kind_and_moves_no_case() {
        // Entries beside the table of states; each says the state in which the case is already.
        let beside = [
            "case.answer_printed",
            "case.decision_proposed",
            "case.original_opened",
        ];
        let told_in = |action, state| !Kind::of_change(action, Some(state), state).is_empty();
        for action in beside {
            assert!(
                !State::ALL.into_iter().any(|state| told_in(action, state)),
                "{action}"
            );
        }
        let mut silent = beside.to_vec();
        for line in TRANSITIONS {
            for &action in line.action.entries() {
                let leaves = |other: &&Transition| other.action.entries().contains(&action);
                let mut lines = TRANSITIONS.iter().filter(leaves);
                let stays = lines.all(|other| other.from == other.to);
                if stays && !told_in(action, line.from) {
                    silent.push(action);
                }
            }
        }
        silent.sort_unstable();
        silent.dedup();
        assert_eq!(silent, SILENT);
        assert!(Kind::may_tell("case.something_new"));
    }

    #[test]
    fn the_applicant_is_told_of_every_change_of_state() {
        let actions = [
            "case.taken",
            "case.check_started",
            "case.applicant_wrote",
            "case.document_sent",
            "case.scan_added",
            "case.sent_for_agreement",
            "case.answer_agreed",
            "case.answer_returned",
            "case.answer_recalled",
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
                    let inner = ["case.answer_returned", "case.answer_recalled"].contains(&action)
                        && (before, state) == (State::InAgreement, State::InWork);
                    assert_ne!(told, inner, "{action}: {before:?} to {state:?}");
                }
            }
        }
        let told = [
            ("case.answered", Kind::Answer),
            ("case.forwarded", Kind::Forwarded),
            ("case.closed", Kind::Closed),
            ("case.reopened", Kind::Reopened),
        ];
        for (action, kind) in told {
            let mut kinds = Kind::of_change(action, Some(State::InWork), State::Closed);
            kinds.retain(|kind| kind.audience() == Audience::Applicant);
            assert_eq!(kinds, [kind], "{action} has a notice of its own, and one");
        }
        let taken_back = Kind::of_change("case.cancelled", Some(State::InWork), State::Cancelled);
        assert_eq!(taken_back, [Kind::Cancelled, Kind::Withdrawn]);
    }

    #[test]
    fn works_are_told_to_those_who_filed_and_their_days_to_those_who_do_them() {
        let state = State::Closed;
        let told = |action| {
            let kinds = Kind::of_change(action, Some(state), state);
            // These are told to staff, too: to who confirms the works, and to who does them.
            let both = ["case.works_done", "case.task_set", "case.works_sent_back"];
            let more = usize::from(both.contains(&action));
            assert_eq!(kinds.len(), 1 + more, "{action}");
            kinds[0].audience()
        };
        for action in [
            "case.task_set",
            "case.works_begun",
            "case.works_stage_done",
            "case.works_put_off",
            "case.works_done",
            "case.works_confirmed",
            "case.works_upheld",
            "case.works_sent_back",
            "case.works_dropped",
            "case.problem_closed",
        ] {
            assert_eq!(told(action), Audience::Applicant, "{action}");
        }
        for action in [
            "case.task_reminded",
            "case.task_overdue",
            "case.works_disputed",
        ] {
            assert_eq!(told(action), Audience::TaskDoers, "{action}");
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
