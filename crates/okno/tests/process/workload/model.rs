//! What a case must be after what was done to it: the rules of the product told a second time, as
//! plainly as can be. What two did at once may end in every way in which one of them came first.

use serde_json::Value;

use super::cast::{Role, STAFF, reaches, within};

/// Where a case stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Registered,
    InWork,
    InAgreement,
    Decided,
    Closed,
}

impl State {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::InWork => "in_work",
            Self::InAgreement => "in_agreement",
            Self::Decided => "decided",
            Self::Closed => "closed",
        }
    }

    pub(super) fn public(self) -> &'static str {
        match self {
            Self::Registered => "accepted",
            Self::InWork | Self::InAgreement => "in_work",
            Self::Decided | Self::Closed => "finished",
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
    Assign(usize),
    Write {
        text: String,
        expects_reply: bool,
    },
    Draft {
        outcome: &'static str,
        text: String,
    },
    Send,
    Agree,
    Return,
    Close,
    /// The applicant writes.
    Reply(String),
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
    pub(super) steps: Vec<Step>,
    pub(super) told: Option<Verdict>,
}

impl Case {
    /// What must be told, without anything being done.
    pub(super) fn foresee(&self, who: Who, steps: &[Step]) -> Verdict {
        let mut then = self.clone();
        let failed = steps.iter().map(|step| then.act(who, step));
        failed
            .into_iter()
            .find(|verdict| *verdict != Verdict::Done)
            .unwrap_or(Verdict::Done)
    }

    /// Does one step when it can be done.
    fn act(&mut self, who: Who, step: &Step) -> Verdict {
        let verdict = match (who, step) {
            (Who::Owner, Step::Reply(_)) if self.is_open() => Verdict::Done,
            (Who::Owner, Step::Reply(_)) => Verdict::Refused,
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
        !matches!(self.state, State::Decided | State::Closed)
    }

    /// What a member of staff is told.
    fn may(&self, who: usize, step: &Step) -> Verdict {
        let me = &STAFF[who];
        let head = me.role == Role::Head;
        let heads_alone = matches!(step, Step::Assign(_) | Step::Agree | Step::Return);
        if matches!(step, Step::Reply(_)) || !reaches(who, self.unit) || (heads_alone && !head) {
            return Verdict::Barred;
        }
        if let Step::Assign(to) = step {
            let known = within(STAFF[*to].unit, me.unit);
            if !known || !reaches(*to, self.unit) {
                return Verdict::Refused;
            }
        }
        let theirs = head || self.assignee == Some(who);
        let working = matches!(self.state, State::InWork | State::InAgreement);
        let answer = self.answer.as_ref();
        let can = match step {
            Step::Take => self.state == State::Registered && self.assignee.is_none(),
            Step::Assign(_) => self.is_open(),
            Step::Write { .. } => working && theirs,
            Step::Draft { .. } => self.state == State::InWork && theirs,
            Step::Send => {
                let drafted = answer.is_some_and(|answer| answer.state == "draft");
                self.state == State::InWork && theirs && drafted
            }
            Step::Agree => {
                let own = answer.is_none_or(|answer| answer.author == who);
                self.state == State::InAgreement && !own
            }
            Step::Return => self.state == State::InAgreement,
            Step::Close => self.state == State::Decided && theirs,
            Step::Reply(_) => false,
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
                self.state = State::InWork;
            }
            Step::Assign(to) => {
                self.assignee = Some(*to);
                if self.state == State::Registered {
                    self.state = State::InWork;
                }
            }
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
                self.waits_for = Some("staff");
            }
            Step::Draft { outcome, text } => {
                self.answer = Some(Answered {
                    state: "draft",
                    outcome,
                    author: me,
                    text: text.clone(),
                });
            }
            Step::Send => {
                answer_becomes("in_agreement");
                self.state = State::InAgreement;
            }
            Step::Return => {
                answer_becomes("returned");
                self.state = State::InWork;
            }
            Step::Agree => {
                answer_becomes("delivered");
                self.state = State::Decided;
                self.outcome = self.answer.as_ref().map(|answer| answer.outcome);
                self.waits_for = None;
            }
            Step::Close => self.state = State::Closed,
        }
        // Two who write at once may stand in either order.
        self.messages.sort();
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

/// How far somebody has come.
#[derive(Clone, Copy, PartialEq)]
enum Progress {
    At(usize),
    Ended(Verdict),
}

/// Every way in which a case may have ended after deeds that were done at once, so that each is
/// told what it was told. A deed whose answer was lost may have stopped after any of its steps.
pub(super) fn endings(start: &Case, deeds: &[Deed]) -> Vec<Case> {
    let mut found = Vec::new();
    walk(
        start,
        deeds,
        &vec![Progress::At(0); deeds.len()],
        &mut found,
    );
    found
}

fn walk(case: &Case, deeds: &[Deed], progress: &[Progress], found: &mut Vec<Case>) {
    let fits = |(deed, progress): (&Deed, &Progress)| {
        deed.told
            .is_none_or(|told| *progress == Progress::Ended(told))
    };
    if deeds.iter().zip(progress).all(fits) && !found.contains(case) {
        found.push(case.clone());
    }
    for (n, deed) in deeds.iter().enumerate() {
        let Progress::At(step) = progress[n] else {
            continue;
        };
        let mut then = case.clone();
        let verdict = then.act(deed.who, &deed.steps[step]);
        let mut after = progress.to_vec();
        after[n] = if verdict == Verdict::Done && step + 1 < deed.steps.len() {
            Progress::At(step + 1)
        } else {
            Progress::Ended(verdict)
        };
        walk(&then, deeds, &after, found);
    }
}
