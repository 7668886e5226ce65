//! What a case must be after what was done to it: the rules of the product told a second time, as
//! plainly as can be. What two did at once may end in every way in which one of them came first.

use serde_json::Value;

use super::cast::{Role, STAFF, reaches, within};

/// Where a case stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Registered,
    Checking,
    InWork,
    Waiting,
    InAgreement,
    Decided,
    Closed,
    Cancelled,
}

impl State {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Checking => "checking",
            Self::InWork => "in_work",
            Self::Waiting => "waiting",
            Self::InAgreement => "in_agreement",
            Self::Decided => "decided",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    pub(super) fn public(self) -> &'static str {
        match self {
            Self::Registered => "accepted",
            Self::Checking | Self::InWork | Self::InAgreement => "in_work",
            Self::Waiting => "needs_documents",
            Self::Decided | Self::Closed | Self::Cancelled => "finished",
        }
    }
}

/// Whose case it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum By {
    /// A guest's, with the code to come back with.
    Guest(String),
    /// Of the applicant with this place in the list.
    Applicant(usize),
}

/// The one answer that a case has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Answered {
    pub(super) state: &'static str,
    pub(super) outcome: &'static str,
    author: usize,
    text: String,
}

/// A case as it must be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Case {
    pub(super) number: String,
    /// The number as addresses have it.
    pub(super) latin: String,
    pub(super) unit: &'static str,
    pub(super) by: By,
    pub(super) due_on: String,
    pub(super) state: State,
    pub(super) assignee: Option<usize>,
    pub(super) waits_for: Option<&'static str>,
    /// Where a case that waits for documents was before.
    pub(super) before: Option<State>,
    pub(super) rated: bool,
    pub(super) outcome: Option<&'static str>,
    /// Side and text of each, sorted.
    pub(super) messages: Vec<(&'static str, String)>,
    pub(super) answer: Option<Answered>,
    /// Changes, and so entries of the journal.
    pub(super) entries: u64,
}

/// Who does something to a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Who {
    /// A member of staff, by the place in [`STAFF`].
    Staff(usize),
    /// The one whose case it is.
    Owner,
    /// Anybody else.
    Stranger,
}

/// One change of a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Step {
    Take,
    StartCheck,
    BeginWork,
    Release,
    Assign(usize),
    RequestDocuments(String),
    Resume,
    Write {
        text: String,
        expects_reply: bool,
    },
    Draft {
        outcome: &'static str,
        text: String,
    },
    /// Writes the answer and sends it to a head, at once.
    DraftAndSend {
        outcome: &'static str,
        text: String,
    },
    Send,
    Approve,
    Sign,
    Agree,
    Return,
    Close,
    /// The applicant writes.
    Reply(String),
    /// The applicant takes the case back.
    Cancel,
    /// The applicant rates the work.
    Rate,
}

/// What somebody is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    Done,
    /// It is theirs to do, and not possible now.
    Refused,
    /// It is not theirs to do.
    Barred,
}

/// What one person asked for and was told; none when the answer was lost.
#[derive(Debug)]
pub(super) struct Deed {
    pub(super) who: Who,
    pub(super) step: Step,
    pub(super) told: Option<Verdict>,
}

impl Case {
    /// What must be told, without anything being done.
    pub(super) fn foresee(&self, who: Who, step: &Step) -> Verdict {
        self.clone().act(who, step)
    }

    /// Does one step when it can be done.
    fn act(&mut self, who: Who, step: &Step) -> Verdict {
        let verdict = match (who, step) {
            (Who::Owner, step) => self.own(step),
            (Who::Staff(who), step) => self.may(who, step),
            _ => Verdict::Barred,
        };
        if verdict == Verdict::Done {
            self.entries += 1;
            self.put_down(who, step);
        }
        verdict
    }

    fn is_open(&self) -> bool {
        !matches!(
            self.state,
            State::Decided | State::Closed | State::Cancelled
        )
    }

    /// What the one whose case it is is told.
    fn own(&self, step: &Step) -> Verdict {
        let answered = matches!(self.state, State::Decided | State::Closed);
        let can = match step {
            Step::Reply(_) => self.is_open() || self.state == State::Decided,
            Step::Cancel => self.is_open(),
            Step::Rate => answered && !self.rated,
            _ => return Verdict::Barred,
        };
        if can { Verdict::Done } else { Verdict::Refused }
    }

    /// What a member of staff is told.
    fn may(&self, who: usize, step: &Step) -> Verdict {
        let me = &STAFF[who];
        let head = me.role == Role::Head;
        let heads_alone = matches!(
            step,
            Step::Assign(_) | Step::Agree | Step::Approve | Step::Sign | Step::Return
        );
        let applicants = matches!(step, Step::Reply(_) | Step::Cancel | Step::Rate);
        if applicants || !reaches(who, self.unit) || (heads_alone && !head) {
            return Verdict::Barred;
        }
        if let Step::Assign(to) = step {
            let known = within(STAFF[*to].unit, me.unit);
            if !known || !reaches(*to, self.unit) {
                return Verdict::Refused;
            }
        }
        let theirs = head || self.assignee == Some(who);
        let answer = self.answer.as_ref();
        let in_state = |state: &str| answer.is_some_and(|answer| answer.state == state);
        let own_answer = answer.is_none_or(|answer| answer.author == who);
        let at_work = matches!(self.state, State::Checking | State::InWork);
        let can = match step {
            Step::Take => (self.state == State::Registered || at_work) && self.assignee.is_none(),
            Step::StartCheck => self.state == State::Registered,
            Step::BeginWork => self.state == State::Checking && theirs,
            Step::Release => at_work && theirs && self.assignee.is_some(),
            Step::Assign(_) => self.is_open(),
            Step::RequestDocuments(_) => at_work && theirs,
            Step::Resume => self.state == State::Waiting && theirs,
            Step::Write { .. } => {
                let begun = self.is_open() && self.state != State::Registered;
                (begun || self.state == State::Decided) && theirs
            }
            Step::Draft { .. } | Step::DraftAndSend { .. } => self.state == State::InWork && theirs,
            Step::Send => self.state == State::InWork && theirs && in_state("draft"),
            Step::Approve => {
                self.state == State::InAgreement && !own_answer && in_state("in_agreement")
            }
            Step::Sign => self.state == State::InAgreement && !own_answer && in_state("agreed"),
            Step::Agree => self.state == State::InAgreement && !own_answer,
            Step::Return => self.state == State::InAgreement,
            Step::Close => self.state == State::Decided && theirs,
            Step::Reply(_) | Step::Cancel | Step::Rate => false,
        };
        if can { Verdict::Done } else { Verdict::Refused }
    }

    fn put_down(&mut self, who: Who, step: &Step) {
        let me = match who {
            Who::Staff(who) => who,
            _ => usize::MAX,
        };
        let mut answer_becomes = |state| {
            if let Some(answer) = &mut self.answer {
                answer.state = state;
            }
        };
        match step {
            Step::Take => {
                self.assignee = Some(me);
                if self.state == State::Registered {
                    self.state = State::InWork;
                }
            }
            Step::StartCheck => {
                self.assignee = Some(me);
                self.state = State::Checking;
            }
            Step::BeginWork => self.state = State::InWork,
            Step::Release => self.assignee = None,
            Step::Assign(to) => {
                self.assignee = Some(*to);
                if self.state == State::Registered {
                    self.state = State::InWork;
                }
            }
            Step::RequestDocuments(_) => {
                self.before = Some(self.state);
                self.state = State::Waiting;
                self.waits_for = Some("applicant");
            }
            Step::Resume => self.go_on(),
            Step::Write {
                text,
                expects_reply,
            } => {
                self.messages.push(("staff", text.clone()));
                if *expects_reply {
                    self.waits_for = Some("applicant");
                }
            }
            Step::Reply(text) => {
                self.messages.push(("applicant", text.clone()));
                self.go_on();
            }
            Step::Draft { outcome, text } => self.draft("draft", outcome, me, text),
            Step::DraftAndSend { outcome, text } => {
                self.draft("in_agreement", outcome, me, text);
                self.state = State::InAgreement;
            }
            Step::Send => {
                answer_becomes("in_agreement");
                self.state = State::InAgreement;
            }
            Step::Return => {
                answer_becomes("returned");
                self.state = State::InWork;
            }
            Step::Approve => answer_becomes("agreed"),
            Step::Agree | Step::Sign => {
                answer_becomes("delivered");
                self.state = State::Decided;
                self.outcome = self.answer.as_ref().map(|answer| answer.outcome);
                self.waits_for = None;
            }
            Step::Close => {
                self.state = State::Closed;
                self.waits_for = None;
            }
            Step::Cancel => {
                self.state = State::Cancelled;
                self.outcome = Some("withdrawn");
                self.waits_for = None;
                self.before = None;
            }
            Step::Rate => self.rated = true,
        }
        // Two who write at once may stand in either order.
        self.messages.sort();
    }

    /// The applicant has done their part, or nobody waits for it any more.
    fn go_on(&mut self) {
        self.waits_for = Some("staff");
        if let Some(before) = self.before.take() {
            self.state = before;
        }
    }

    fn draft(&mut self, state: &'static str, outcome: &'static str, author: usize, text: &str) {
        self.answer = Some(Answered {
            state,
            outcome,
            author,
            text: text.to_owned(),
        });
    }

    /// In what the case differs from what the interface tells staff of it; empty when in nothing.
    pub(super) fn differs(&self, told: &Value) -> Vec<String> {
        let inside = &told["inside"];
        let mut differences = Vec::new();
        let mut same = |what: &str, told: &Value, must: Option<&str>| {
            if told.as_str() != must {
                differences.push(format!("{what} is {told} and must be {must:?}"));
            }
        };
        same("number", &told["number"], Some(&self.number));
        same("unit", &told["unit"]["code"], Some(self.unit));
        same("due_on", &told["due_on"], Some(&self.due_on));
        same("public state", &told["state"], Some(self.state.public()));
        same("state", &inside["state"], Some(self.state.code()));
        same("outcome", &inside["outcome"], self.outcome);
        same("waits_for", &inside["waits_for"], self.waits_for);
        let answer = self.answer.as_ref();
        let shown = &inside["answers"][0];
        same("answer", &shown["text"], answer.map(|answer| &*answer.text));
        same(
            "its state",
            &shown["state"],
            answer.map(|answer| answer.state),
        );
        same(
            "its outcome",
            &shown["outcome"],
            answer.map(|answer| answer.outcome),
        );
        same("a second answer", &inside["answers"][1]["text"], None);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let shown = inside["messages"].as_array().into_iter().flatten();
        let mut shown: Vec<_> = shown
            .map(|message| (text(&message["side"]), text(&message["text"])))
            .collect();
        let must = self.messages.iter();
        let must: Vec<_> = must
            .map(|(side, text)| ((*side).to_owned(), text.clone()))
            .collect();
        shown.sort();
        if shown != must {
            differences.push(format!("messages are {shown:?} and must be {must:?}"));
        }
        differences
    }
}

/// Every way in which a case may have ended after deeds that were done at once, so that each is
/// told what it was told. A deed whose answer was lost may have been done or not.
pub(super) fn endings(start: &Case, deeds: &[Deed]) -> Vec<Case> {
    let mut found = Vec::new();
    let left: Vec<&Deed> = deeds.iter().collect();
    walk(start, &left, &mut found);
    found
}

fn walk(case: &Case, left: &[&Deed], found: &mut Vec<Case>) {
    if left.iter().all(|deed| deed.told.is_none()) && !found.contains(case) {
        found.push(case.clone());
    }
    for (n, deed) in left.iter().enumerate() {
        let mut then = case.clone();
        let verdict = then.act(deed.who, &deed.step);
        if deed.told.is_none_or(|told| told == verdict) {
            let mut others = left.to_vec();
            others.remove(n);
            walk(&then, &others, found);
        }
    }
}
