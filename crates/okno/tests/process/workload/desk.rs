//! Work at the desk: the next sensible step of a case by somebody who may do it, any step by
//! anybody on the staff, and two at once. What each is told must be what the model foresees.

use std::thread;

use super::cast::{ADMINISTRATOR, OVER_ALL, Person, Role, STAFF, reaches, verdict};
use super::model::{Case, Deed, State, Step, Verdict, Who};
use super::player::{Login, Player};

const OUTCOMES: [&str; 4] = ["satisfied", "partly", "explained", "refused"];

/// The name under which an act is counted.
fn name(steps: &[Step]) -> &'static str {
    match steps {
        [Step::Take] => "take",
        [Step::Assign(_)] => "assign",
        [Step::Write { .. }] => "staff writes",
        [Step::Draft { .. }] => "draft an answer",
        [Step::Draft { .. }, _] => "draft and send",
        [Step::Send] => "send for agreement",
        [Step::Agree] => "agree",
        [Step::Return] => "return",
        [Step::Close] => "close",
        _ => "applicant writes",
    }
}

fn end(verdict: Option<Verdict>) -> &'static str {
    match verdict {
        Some(Verdict::Done) => "done",
        Some(Verdict::Refused) => "refused",
        Some(Verdict::Barred) => "barred",
        None => "lost",
    }
}

/// A form as it is sent.
struct Sent {
    path: String,
    fields: Vec<(&'static str, String)>,
}

impl Sent {
    fn of(case: &Case, steps: &[Step], accounts: &[String]) -> Self {
        let then = if steps.len() > 1 { "agreement" } else { "stay" };
        let (what, fields) = match &steps[0] {
            Step::Take => ("take", vec![]),
            Step::Assign(to) => ("assign", vec![("account", accounts[*to].clone())]),
            Step::Write {
                text,
                expects_reply,
            } => {
                let expects = if *expects_reply { "yes" } else { "" };
                (
                    "messages",
                    vec![
                        ("text", text.clone()),
                        ("expects_reply", expects.to_owned()),
                    ],
                )
            }
            Step::Draft { outcome, text } => (
                "answer",
                vec![
                    ("outcome", (*outcome).to_owned()),
                    ("answer", text.clone()),
                    ("then", then.to_owned()),
                ],
            ),
            Step::Send => ("agreement", vec![]),
            Step::Agree => ("agree", vec![]),
            Step::Return => ("return", vec![("remark", "Точнее, пожалуйста".to_owned())]),
            Step::Close => ("close", vec![]),
            Step::Reply(text) => {
                return Self {
                    path: format!("/cases/{}/messages", case.latin),
                    fields: vec![("text", text.clone())],
                };
            }
        };
        Self {
            path: format!("/desk/{}/{what}", case.latin),
            fields,
        }
    }

    fn by(&self, person: &mut Person) -> Option<Verdict> {
        let fields: Vec<_> = self
            .fields
            .iter()
            .map(|(name, value)| (*name, &**value))
            .collect();
        let answer = person.post(&self.path, &fields).ok()?;
        verdict(&answer)
    }
}

impl Player<'_, '_> {
    fn somebody_to_act(&mut self, case: &Case, who: Who) -> Option<(Option<Login>, Person)> {
        match who {
            Who::Staff(who) => {
                let login = Login::Staff(who);
                Some((Some(login), self.enter(login)?))
            }
            Who::Owner => self.owner(case),
            Who::Stranger => self.stranger(case),
        }
    }

    /// Somebody does something to a case.
    pub(super) fn act(&mut self, case: &mut Case, who: Who, steps: Vec<Step>) {
        let Some((login, mut person)) = self.somebody_to_act(case, who) else {
            return;
        };
        let sent = Sent::of(case, &steps, &self.world.accounts);
        let told = sent.by(&mut person);
        self.leave_if_signed_in(login, person);
        self.world.count(name(&steps), end(told));
        if let Some(told) = told {
            let foreseen = case.foresee(who, &steps);
            assert_eq!(told, foreseen, "{who:?} did {steps:?} to {case:#?}");
        }
        self.settle(case, &[Deed { who, steps, told }]);
    }

    fn words(&mut self, what: &str) -> String {
        format!(
            "{what} {}: написано так, чтобы хватило.",
            self.world.number()
        )
    }

    fn draft(&mut self) -> Step {
        Step::Draft {
            outcome: OUTCOMES[self.dice.below(OUTCOMES.len())],
            text: self.words("Ответ"),
        }
    }

    fn letter(&mut self) -> Step {
        Step::Write {
            expects_reply: self.dice.one_in(2),
            text: self.words("Вопрос"),
        }
    }

    /// Any step that staff can try.
    pub(super) fn any_step(&mut self) -> Step {
        match self.dice.below(8) {
            0 => Step::Take,
            1 => Step::Assign(self.dice.below(ADMINISTRATOR)),
            2 => self.letter(),
            3 => self.draft(),
            4 => Step::Send,
            5 => Step::Agree,
            6 => Step::Return,
            _ => Step::Close,
        }
    }

    /// One of the staff with a role who have to do with a unit.
    fn one_of(&mut self, role: Role, unit: &str) -> usize {
        let all: Vec<usize> = (0..STAFF.len())
            .filter(|who| STAFF[*who].role == role && reaches(*who, unit))
            .collect();
        *self.dice.pick(&all)
    }

    /// What would come next in the life of a case, and who would do it.
    fn sensible(&mut self, case: &Case) -> (usize, Vec<Step>) {
        let specialist = self.one_of(Role::Specialist, case.unit);
        let head = self.one_of(Role::Head, case.unit);
        let theirs = case.assignee.unwrap_or(head);
        let answer = case.answer.as_ref();
        let drafted = answer.is_some_and(|answer| answer.state == "draft");
        let dice = self.dice.below(8);
        match (case.state, dice) {
            (State::Registered, 0..3) | (State::InWork, 0) | (State::InAgreement, 3) => {
                (head, vec![Step::Assign(specialist)])
            }
            (State::Registered, 3) => (head, vec![Step::Take]),
            (State::Registered, _) => (specialist, vec![Step::Take]),
            (State::InWork, 1..3) | (State::InAgreement, 2) => (theirs, vec![self.letter()]),
            (State::InWork, 3..6) if drafted => (theirs, vec![Step::Send]),
            (State::InWork, 3) => (theirs, vec![self.draft()]),
            (State::InWork, _) => (theirs, vec![self.draft(), Step::Send]),
            (State::InAgreement, 0..2) => (head, vec![Step::Return]),
            (State::InAgreement, _) => (head, vec![Step::Agree]),
            (State::Decided | State::Closed, _) => (theirs, vec![Step::Close]),
        }
    }

    pub(super) fn work(&mut self) {
        let Some(case) = self.case() else { return };
        let mut case = case.lock().unwrap();
        let (who, steps) = self.sensible(&case);
        self.act(&mut case, Who::Staff(who), steps);
    }

    /// Anybody on the staff tries anything.
    pub(super) fn work_blindly(&mut self) {
        let Some(case) = self.case() else { return };
        let mut case = case.lock().unwrap();
        let who = self.dice.below(STAFF.len());
        let steps = vec![self.any_step()];
        self.act(&mut case, Who::Staff(who), steps);
    }

    /// Two do something to one case in the same moment; it must end as if one had come first.
    pub(super) fn two_at_once(&mut self) {
        let Some(case) = self.case() else { return };
        let mut case = case.lock().unwrap();
        let (first, steps) = self.sensible(&case);
        let first = (Who::Staff(first), steps);
        let second = if self.dice.one_in(4) {
            let words = format!("Письмо {}", self.world.number());
            (Who::Owner, vec![Step::Reply(words)])
        } else {
            let mut drawn = self.sensible(&case);
            if self.dice.one_in(2) {
                drawn = (
                    self.dice.below(ADMINISTRATOR),
                    if self.dice.one_in(3) {
                        vec![self.any_step()]
                    } else {
                        drawn.1
                    },
                );
            }
            (Who::Staff(drawn.0), drawn.1)
        };
        if first.0 == second.0 {
            return;
        }
        let Some((one, mut person)) = self.somebody_to_act(&case, first.0) else {
            return;
        };
        let Some((other, mut another)) = self.somebody_to_act(&case, second.0) else {
            self.leave_if_signed_in(one, person);
            return;
        };
        let sent = [&first, &second].map(|(_, steps)| Sent::of(&case, steps, &self.world.accounts));
        let told = thread::scope(|scope| {
            let one = scope.spawn(|| sent[0].by(&mut person));
            let other = scope.spawn(|| sent[1].by(&mut another));
            [one.join().unwrap(), other.join().unwrap()]
        });
        self.leave_if_signed_in(one, person);
        self.leave_if_signed_in(other, another);
        let done = told
            .iter()
            .filter(|told| **told == Some(Verdict::Done))
            .count();
        self.world.count(
            "two at once",
            ["neither done", "one done", "both done"][done],
        );
        let deeds: Vec<Deed> = [first, second]
            .into_iter()
            .zip(told)
            .map(|((who, steps), told)| {
                self.world.count(name(&steps), end(told));
                Deed { who, steps, told }
            })
            .collect();
        self.settle(&mut case, &deeds);
    }

    /// Staff reads: a case that is theirs is what it must be, another is not shown.
    pub(super) fn read_at_the_desk(&mut self) {
        let Some(case) = self.case() else { return };
        let case = case.lock().unwrap();
        let who = self.dice.below(STAFF.len());
        let Some(mut person) = self.enter(Login::Staff(who)) else {
            return;
        };
        let theirs = reaches(who, case.unit);
        let page = match self.dice.below(4) {
            0 if who != ADMINISTRATOR => "/desk?view=unit".to_owned(),
            1 if who != ADMINISTRATOR => format!("/desk?view=mine&q={}", case.latin),
            2 if theirs => format!("/cases/{}/history", case.latin),
            _ => format!("/desk/{}", case.latin),
        };
        let answer = self.world.insist(&mut person, |person| person.get(&page));
        let shown = theirs || page.starts_with("/desk?");
        let status = if shown { 200 } else { 404 };
        assert_eq!(answer.status, status, "{who} at {page}: {answer:?}");
        let path = format!("/api/v1/cases/{}", case.latin);
        let told = self.world.insist(&mut person, |person| person.get(&path));
        assert_eq!(told.status, 200, "{path}: {told:?}");
        let told = told.json();
        if theirs {
            let differences = case.differs(&told);
            assert!(differences.is_empty(), "{differences:#?}: {case:#?}");
            self.world.count("staff reads", "done");
        } else {
            assert!(told["inside"].is_null(), "{who} reads {told}");
            self.world.count("staff reads", "barred");
        }
        self.leave(Login::Staff(who), person);
    }

    /// What cannot be taken, by somebody whose it is: refused, and nothing is changed.
    pub(super) fn write_nonsense_at_the_desk(&mut self) {
        let Some(case) = self.case() else { return };
        let case = case.lock().unwrap();
        let Some(mut person) = self.enter(Login::Staff(OVER_ALL)) else {
            return;
        };
        let long = "ы".repeat(21_000);
        let (what, fields, status) = match self.dice.below(7) {
            0 => ("messages", vec![("text", " ")], 422),
            1 => (
                "answer",
                vec![("outcome", "satisfied"), ("answer", "Да.")],
                422,
            ),
            2 => ("answer", vec![("outcome", "best"), ("answer", &*long)], 422),
            3 => (
                "answer",
                vec![("outcome", "partly"), ("answer", &*long)],
                422,
            ),
            4 => ("return", vec![("remark", "я")], 422),
            5 => ("assign", vec![("account", "nobody")], 422),
            _ => ("unknown", vec![], 404),
        };
        let path = format!("/desk/{}/{what}", case.latin);
        let answer = self
            .world
            .insist(&mut person, |person| person.post(&path, &fields));
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        self.world.count("nonsense at the desk", "refused");
        self.leave(Login::Staff(OVER_ALL), person);
    }
}
