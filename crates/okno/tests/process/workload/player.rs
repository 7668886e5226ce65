//! One of those who play: draws what to do next, keeps who is signed in, and finds somebody to act
//! for a case. What is done stands beside this: `filing`, `visits`, `desk`.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use super::cast::{JOINS, JOINS_PASSWORD, OVER_ALL, Person, STAFF};
use super::model::{By, Case, Deed, State, Step, Who};
use super::world::{Alarm, Applicant, World};
use crate::support::Dice;

/// Who can be signed in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Login {
    Staff(usize),
    Applicant(usize),
}

/// One of those who play at once.
pub(super) struct Player<'w, 'h> {
    pub(super) world: &'w World<'h>,
    pub(super) dice: Dice,
    /// Where they sign in from, each login from an address of its own.
    home: u64,
    pub(super) sessions: HashMap<Login, Person>,
    _alarm: Alarm<'w>,
}

impl<'w, 'h> Player<'w, 'h> {
    pub(super) fn new(world: &'w World<'h>, seed: u64) -> Self {
        let mut dice = Dice(seed);
        Self {
            world,
            home: dice.roll(),
            dice,
            sessions: HashMap::new(),
            _alarm: Alarm(&world.broken),
        }
    }

    /// Plays until so many acts were begun by all together.
    pub(super) fn play(&mut self, quota: u64) {
        while self.world.begun.fetch_add(1, Ordering::Relaxed) < quota
            && !self.world.broken.load(Ordering::Relaxed)
        {
            match self.dice.below(100) {
                0..8 => self.file_over_the_interface(),
                8..15 => self.file_on_the_pages(),
                15..18 => self.repeat(),
                18..20 => self.file_twice_at_once(),
                20..22 => self.file_nonsense(),
                22..63 => self.work(),
                63..68 => self.work_blindly(),
                68..74 => self.two_at_once(),
                74..78 => self.reply(),
                78..80 => self.end_as_the_applicant(),
                80..83 => self.intrude(),
                83..89 => self.read_at_the_desk(),
                89..94 => self.read_openly(),
                94..97 => self.come_back_with_a_code(),
                97 => self.sign_up(),
                98 => self.sign_out(),
                _ => self.write_nonsense_at_the_desk(),
            }
        }
    }

    /// Somebody new, at an address of their own.
    pub(super) fn anybody(&mut self) -> Person {
        Person::new(self.world.address, self.dice.roll())
    }

    /// Takes somebody who is signed in; none while sign-ins are slowed down. Give them back with
    /// [`Player::leave`].
    pub(super) fn enter(&mut self, login: Login) -> Option<Person> {
        if let Some(person) = self.sessions.remove(&login) {
            return Some(person);
        }
        let (email, password) = match login {
            Login::Staff(who) if STAFF[who].email == JOINS => {
                (STAFF[who].email.to_owned(), JOINS_PASSWORD.to_owned())
            }
            Login::Staff(who) => (STAFF[who].email.to_owned(), self.world.password.clone()),
            Login::Applicant(who) => {
                let Applicant { email, password } =
                    self.world.applicants.read().unwrap()[who].clone();
                (email, password)
            }
        };
        self.sign_in(&email, &password)
    }

    /// Somebody new signs in; none while that is slowed down.
    pub(super) fn sign_in(&mut self, email: &str, password: &str) -> Option<Person> {
        let names = email.bytes().map(u64::from);
        let place = names.fold(self.home, |place, byte| {
            place.wrapping_mul(0x0100_0000_01b3) ^ byte
        });
        let mut person = Person::new(self.world.address, place);
        let fields = [("email", email), ("password", password), ("next", "")];
        if self.dice.one_in(8) {
            let wrong = [("email", email), ("password", "not this one"), ("next", "")];
            let answer = self
                .world
                .insist(&mut person, |person| person.post("/sign-in", &wrong));
            assert!(matches!(answer.status, 422 | 429), "{answer:?}");
            self.world.count("sign-in", "refused");
        }
        let answer = self
            .world
            .insist(&mut person, |person| person.post("/sign-in", &fields));
        match answer.status {
            303 => self.world.count("sign-in", "done"),
            429 => {
                self.world.count("sign-in", "slowed down");
                return None;
            }
            _ => panic!("{email}: {answer:?}"),
        }
        Some(person)
    }

    pub(super) fn leave(&mut self, login: Login, person: Person) {
        self.sessions.insert(login, person);
    }

    /// An applicant or, mostly, a guest.
    pub(super) fn somebody(&mut self) -> Option<(Option<usize>, Person)> {
        if self.dice.one_in(3) {
            let known = self.world.applicants.read().unwrap().len();
            let who = self.dice.below(known);
            let person = self.enter(Login::Applicant(who))?;
            return Some((Some(who), person));
        }
        Some((None, self.anybody()))
    }

    pub(super) fn leave_if_known(&mut self, who: Option<usize>, person: Person) {
        if let Some(who) = who {
            self.leave(Login::Applicant(who), person);
        }
    }

    /// A case: mostly one of the newest, so that lives are lived to their end.
    pub(super) fn case(&mut self) -> Option<Arc<Mutex<Case>>> {
        let cases = self.world.cases.read().unwrap();
        let from = if self.dice.one_in(6) {
            0
        } else {
            cases.len().saturating_sub(40)
        };
        let some = &cases[from..];
        (!some.is_empty()).then(|| Arc::clone(self.dice.pick(some)))
    }

    /// The one whose case it is, let in; none while that is slowed down.
    pub(super) fn owner(&mut self, case: &Case) -> Option<(Option<Login>, Person)> {
        match &case.by {
            By::Applicant(who) => {
                let login = Login::Applicant(*who);
                Some((Some(login), self.enter(login)?))
            }
            By::Guest(code) => {
                let mut person = self.anybody();
                let typed = [("number", &*case.number), ("code", code)];
                let answer = self
                    .world
                    .insist(&mut person, |person| person.post("/status", &typed));
                match answer.status {
                    303 => self.world.count("return code", "done"),
                    429 => {
                        self.world.count("return code", "slowed down");
                        return None;
                    }
                    _ => panic!("{}: {answer:?}", case.number),
                }
                Some((None, person))
            }
        }
    }

    /// Somebody who has nothing to do with a case.
    pub(super) fn stranger(&mut self, case: &Case) -> Option<(Option<Login>, Person)> {
        if self.dice.one_in(2) {
            return Some((None, self.anybody()));
        }
        let known = self.world.applicants.read().unwrap().len();
        let who = self.dice.below(known);
        if case.by == By::Applicant(who) {
            return Some((None, self.anybody()));
        }
        let login = Login::Applicant(who);
        Some((Some(login), self.enter(login)?))
    }

    pub(super) fn leave_if_signed_in(&mut self, login: Option<Login>, person: Person) {
        if let Some(login) = login {
            self.leave(login, person);
        }
    }

    /// Its applicant writes to the authority.
    fn reply(&mut self) {
        let Some(case) = self.case() else { return };
        let mut case = case.lock().unwrap();
        let words = format!("Письмо {}", self.world.number());
        self.act(&mut case, Who::Owner, Step::Reply(words));
    }

    /// Its applicant takes the case back or, mostly, rates what was done: of several cases one
    /// that is answered, when there is one.
    fn end_as_the_applicant(&mut self) {
        let cancels = self.dice.one_in(4);
        let mut found = None;
        for _ in 0..20 {
            found = self.case();
            let answered = |case: &Arc<Mutex<Case>>| {
                matches!(case.lock().unwrap().state, State::Decided | State::Closed)
            };
            if cancels || found.as_ref().is_none_or(answered) {
                break;
            }
        }
        let Some(case) = found else { return };
        let mut case = case.lock().unwrap();
        let step = if cancels { Step::Cancel } else { Step::Rate };
        self.act(&mut case, Who::Owner, step);
    }

    /// A stranger tries what is not theirs.
    fn intrude(&mut self) {
        let Some(case) = self.case() else { return };
        let mut case = case.lock().unwrap();
        let step = match self.dice.below(8) {
            0..3 => Step::Reply(format!("Чужое письмо {}", self.world.number())),
            3 => Step::Cancel,
            _ => self.any_step(),
        };
        self.act(&mut case, Who::Stranger, step);
    }

    /// Takes down what one deed has made of a case.
    pub(super) fn settle(&mut self, case: &mut Case, deeds: &[Deed]) {
        let mut reader = None;
        while reader.is_none() {
            reader = self.enter(Login::Staff(OVER_ALL));
        }
        let mut reader = reader.unwrap();
        self.world.settle(case, deeds, &mut reader);
        self.leave(Login::Staff(OVER_ALL), reader);
    }
}
