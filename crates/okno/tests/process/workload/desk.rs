//! Work at the desk: the next sensible step of a case by somebody who may do it, any step by
//! anybody on the staff, and two at once. What each is told must be what the model foresees.

use std::thread;

use super::cast::{ADMINISTRATOR, OVER_ALL, Person, Role, STAFF, reaches, verdict};
use super::model::{Case, Deed, State, Step, Verdict, Who};
use super::player::{Login, Player};

const OUTCOMES: [&str; 4] = ["satisfied", "partly", "explained", "refused"];

/// The name under which an act is counted.
fn name(step: &Step) -> &'static str {
    match step {
        Step::Take => "take",
        Step::Assign(_) => "assign",
        Step::Write { .. } => "staff writes",
        Step::Draft { .. } => "draft an answer",
        Step::DraftAndSend { .. } => "draft and send",
        Step::StartCheck => "start the check",
        Step::BeginWork => "begin the work",
        Step::Release => "release",
        Step::RequestDocuments(_) => "ask for documents",
        Step::Resume => "go on without them",
        Step::Cancel => "take back",
        Step::Rate => "rate",
        Step::Send => "send for agreement",
        Step::Approve => "agree alone",
        Step::Sign => "sign",
        Step::Agree => "agree",
        Step::Return => "return",
        Step::Close => "close",
        Step::Reply(_) => "applicant writes",
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
    fn of(case: &Case, step: &Step, accounts: &[String]) -> Self {
        let own = |text: &String| text.clone();
        let answer = |outcome: &str, text: &String, then: &str| {
            let mut fields = vec![
                ("outcome", outcome.to_owned()),
                ("answer", own(text)),
                ("then", then.to_owned()),
            ];
            if outcome == "refused" {
                fields.push(("grounds", "Часть 1 статьи 9".to_owned()));
                fields.push(("to_correct", "Прислать план участка".to_owned()));
            }
            fields
        };
        let (side, what, fields) = match step {
            Step::Take => ("desk", "take", vec![]),
            Step::StartCheck => ("desk", "do/start_check", vec![]),
            Step::BeginWork => ("desk", "do/begin_work", vec![]),
            Step::Release => ("desk", "do/release", vec![]),
            Step::Resume => ("desk", "do/resume", vec![]),
            Step::Approve => ("desk", "do/approve", vec![]),
            Step::Sign => ("desk", "do/sign", vec![]),
            Step::RequestDocuments(item) => {
                ("desk", "do/request_documents", vec![("items", own(item))])
            }
            Step::Assign(to) => ("desk", "assign", vec![("account", own(&accounts[*to]))]),
            Step::Write {
                text,
                expects_reply,
            } => {
                let expects = if *expects_reply { "yes" } else { "" };
                let expects = ("expects_reply", expects.to_owned());
                ("desk", "messages", vec![("text", own(text)), expects])
            }
            Step::Draft { outcome, text } => ("desk", "answer", answer(outcome, text, "stay")),
            Step::DraftAndSend { outcome, text } => {
                ("desk", "answer", answer(outcome, text, "agreement"))
            }
            Step::Send => ("desk", "agreement", vec![]),
            Step::Agree => ("desk", "agree", vec![]),
            Step::Return => (
                "desk",
                "return",
                vec![("remark", "Точнее, пожалуйста".to_owned())],
            ),
            Step::Close => ("desk", "close", vec![]),
            Step::Reply(text) => ("cases", "messages", vec![("text", own(text))]),
            Step::Cancel => (
                "cases",
                "do/cancel",
                vec![("reason", "Уже не нужно".to_owned())],
            ),
            Step::Rate => ("cases", "do/rate", vec![("stars", "4".to_owned())]),
        };
        Self {
            path: format!("/{side}/{}/{what}", case.latin),
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
    pub(super) fn act(&mut self, case: &mut Case, who: Who, step: Step) {
        let Some((login, mut person)) = self.somebody_to_act(case, who) else {
            return;
        };
        let sent = Sent::of(case, &step, &self.world.accounts);
        let told = sent.by(&mut person);
        self.leave_if_signed_in(login, person);
        self.world.count(name(&step), end(told));
        if let Some(told) = told {
            let foreseen = case.foresee(who, &step);
            assert_eq!(told, foreseen, "{who:?} did {step:?} to {case:#?}");
        }
        self.settle(case, &[Deed { who, step, told }]);
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

    fn draft_and_send(&mut self) -> Step {
        Step::DraftAndSend {
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
        match self.dice.below(16) {
            0 => Step::Take,
            1 => Step::Assign(self.dice.below(ADMINISTRATOR)),
            2 => self.letter(),
            3 => self.draft(),
            4 => Step::Send,
            5 => Step::Agree,
            6 => Step::Return,
            7 => Step::StartCheck,
            8 => Step::BeginWork,
            9 => Step::Release,
            10 => Step::RequestDocuments(self.words("Документ")),
            11 => Step::Resume,
            12 => Step::Approve,
            13 => Step::Sign,
            14 => self.draft_and_send(),
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
    fn sensible(&mut self, case: &Case) -> (usize, Step) {
        let specialist = self.one_of(Role::Specialist, case.unit);
        let head = self.one_of(Role::Head, case.unit);
        let theirs = case.assignee.unwrap_or(head);
        let answer = case.answer.as_ref();
        let in_state = |state: &str| answer.is_some_and(|answer| answer.state == state);
        let dice = self.dice.below(8);
        let (who, step) = match (case.state, dice) {
            (State::Registered, 0..2) | (State::InWork, 0) | (State::InAgreement, 3) => {
                (head, Step::Assign(specialist))
            }
            (State::Registered, 2) => (head, Step::Take),
            (State::Registered, 3..5) => (specialist, Step::StartCheck),
            (State::Registered, _) => (specialist, Step::Take),
            (State::Checking | State::InWork, _) if case.assignee.is_none() => {
                (specialist, Step::Take)
            }
            (State::Checking, 0) | (State::InWork, 7) => (theirs, Step::Release),
            (State::Checking, 1..3) | (State::InWork, 1) => {
                (theirs, Step::RequestDocuments(self.words("Документ")))
            }
            (State::Checking, _) => (theirs, Step::BeginWork),
            (State::Waiting, 0..4) => (theirs, Step::Resume),
            (State::Waiting, _) | (State::InWork | State::InAgreement, 2) => {
                (theirs, self.letter())
            }
            (State::InWork, 3..=5) if in_state("draft") => (theirs, Step::Send),
            (State::InWork, 3) => (theirs, self.draft()),
            (State::InWork, _) => (theirs, self.draft_and_send()),
            (State::InAgreement, 0..2) => (head, Step::Return),
            (State::InAgreement, _) if in_state("agreed") => (head, Step::Sign),
            (State::InAgreement, 4..6) => (head, Step::Approve),
            (State::InAgreement, _) => (head, Step::Agree),
            (State::Decided | State::Closed | State::Cancelled, _) => (theirs, Step::Close),
        };
        (who, step)
    }

    pub(super) fn work(&mut self) {
        let Some(case) = self.case() else { return };
        let mut case = case.lock().unwrap();
        let (who, step) = self.sensible(&case);
        self.act(&mut case, Who::Staff(who), step);
    }

    /// Anybody on the staff tries anything.
    pub(super) fn work_blindly(&mut self) {
        let Some(case) = self.case() else { return };
        let mut case = case.lock().unwrap();
        let who = self.dice.below(STAFF.len());
        let step = self.any_step();
        self.act(&mut case, Who::Staff(who), step);
    }

    /// Two do something to one case in the same moment; it must end as if one had come first.
    pub(super) fn two_at_once(&mut self) {
        let Some(case) = self.case() else { return };
        let mut case = case.lock().unwrap();
        let (first, step) = self.sensible(&case);
        let first = (Who::Staff(first), step);
        let second = if self.dice.one_in(4) {
            let words = format!("Письмо {}", self.world.number());
            (Who::Owner, Step::Reply(words))
        } else {
            let mut drawn = self.sensible(&case);
            if self.dice.one_in(2) {
                drawn = (
                    self.dice.below(ADMINISTRATOR),
                    if self.dice.one_in(3) {
                        self.any_step()
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
        let sent = [&first, &second].map(|(_, step)| Sent::of(&case, step, &self.world.accounts));
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
            .map(|((who, step), told)| {
                self.world.count(name(&step), end(told));
                Deed { who, step, told }
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
                vec![
                    ("outcome", "satisfied"),
                    ("answer", "Да."),
                    ("grounds", &*long),
                ],
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
