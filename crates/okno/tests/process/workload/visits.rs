//! Visits that change no case: reading what is open, coming back with a code, joining, leaving.

use std::sync::atomic::Ordering;

use super::cast::verdict;
use super::model::Verdict;
use super::player::{Login, Player};
use super::world::Applicant;

impl Player<'_, '_> {
    /// Reads as everybody may; what is told of a case is what it is.
    pub(super) fn read_openly(&mut self) {
        let mut person = self.anybody();
        let Some(case) = self.case() else { return };
        let latin = case.lock().unwrap().latin.clone();
        let pages = [
            "/".to_owned(),
            "/services?q=%D1%8F%D0%BC%D0%B0".to_owned(),
            format!("/find?q={latin}"),
            "/verify".to_owned(),
            "/register".to_owned(),
            "/register?category=roads.surface&state=in_work".to_owned(),
            "/register?unit=housing.utilities".to_owned(),
            "/api/v1/register?limit=200".to_owned(),
            "/api/v1/register?state=finished".to_owned(),
            format!("/register/{latin}"),
            format!("/status?number={latin}"),
            format!("/proofs/{latin}.tlog-proof"),
        ];
        let page = self.dice.pick(&pages);
        let answer = self.world.insist(&mut person, |person| person.get(page));
        let fits = match answer.status {
            200 => true,
            202 => page.starts_with("/proofs"),
            303 => page.starts_with("/find"),
            _ => false,
        };
        assert!(fits, "{page}: {answer:?}");
        self.world.count("read openly", "done");
        let case = case.lock().unwrap();
        let path = format!("/api/v1/cases/{latin}");
        let told = self
            .world
            .insist(&mut person, |person| person.get(&path))
            .json();
        assert!(told["inside"].is_null(), "{told}");
        assert_eq!(told["number"], *case.number);
        assert_eq!(told["state"], case.state.public(), "{case:?}");
    }

    /// A guest comes back, with the right code or with a wrong one, and reads.
    pub(super) fn come_back_with_a_code(&mut self) {
        let Some(case) = self.case() else { return };
        let case = case.lock().unwrap();
        if self.dice.one_in(4) {
            let mut person = self.anybody();
            let typed = [("number", &*case.number), ("code", "0000-0000-0000-0000")];
            let answer = self
                .world
                .insist(&mut person, |person| person.post("/status", &typed));
            assert!(matches!(answer.status, 422 | 429), "{answer:?}");
            self.world.count("wrong return code", "refused");
            return;
        }
        let Some((login, mut person)) = self.owner(&case) else {
            return;
        };
        let pages = ["", "/why", "/history", "/receipt", "/receipt.txt"];
        let page = format!("/cases/{}{}", case.latin, self.dice.pick(&pages));
        let answer = self.world.insist(&mut person, |person| person.get(&page));
        assert_eq!(answer.status, 200, "{page}: {answer:?}");
        self.world.count("read one's own case", "done");
        self.leave_if_signed_in(login, person);
    }

    pub(super) fn sign_up(&mut self) {
        let n = self.world.number();
        let applicant = Applicant {
            email: format!("person{n}@example.org"),
            password: format!("quite long words {n}"),
        };
        let mut person = self.anybody();
        let mut fields = vec![
            ("last_name", "Новая"),
            ("first_name", "Анна"),
            ("email", &*applicant.email),
            ("password", &*applicant.password),
        ];
        let answer = self
            .world
            .insist(&mut person, |person| person.post("/sign-up", &fields));
        assert_eq!(answer.status, 422, "without consent: {answer:?}");
        self.world.count("sign-up", "refused");
        fields.push(("consent", "yes"));
        for _ in 0..=self.dice.below(2) {
            let answer = self
                .world
                .insist(&mut person, |person| person.post("/sign-up", &fields));
            assert_eq!(answer.status, 303, "{answer:?}");
        }
        self.world.count("sign-up", "done");
        self.world.signed_up.fetch_add(1, Ordering::Relaxed);
        let signed_in = self.sign_in(&applicant.email, &applicant.password);
        let Some(mut person) = signed_in else {
            return;
        };
        for page in ["/cabinet", "/profile"] {
            let answer = self.world.insist(&mut person, |person| person.get(page));
            assert_eq!(answer.status, 200, "{page}: {answer:?}");
        }
        if self.dice.one_in(4) {
            let everywhere = "/profile/sign-out-everywhere";
            let answer = self
                .world
                .insist(&mut person, |person| person.post(everywhere, &[]));
            assert_eq!(answer.status, 303, "{answer:?}");
            let answer = self
                .world
                .insist(&mut person, |person| person.get("/profile"));
            assert_eq!(verdict(&answer), Some(Verdict::Barred), "{answer:?}");
            self.world.count("sign-out everywhere", "done");
            return;
        }
        let who = {
            let mut applicants = self.world.applicants.write().unwrap();
            applicants.push(applicant);
            applicants.len() - 1
        };
        self.leave(Login::Applicant(who), person);
    }

    /// Somebody who is signed in leaves, and is not let in any more.
    pub(super) fn sign_out(&mut self) {
        let mut all: Vec<Login> = self.sessions.keys().copied().collect();
        all.sort_by_key(|login| format!("{login:?}"));
        if all.is_empty() {
            return;
        }
        let login = *self.dice.pick(&all);
        let Some(mut person) = self.sessions.remove(&login) else {
            return;
        };
        let answer = self
            .world
            .insist(&mut person, |person| person.post("/sign-out", &[]));
        assert_eq!(answer.status, 303, "{answer:?}");
        let answer = self
            .world
            .insist(&mut person, |person| person.get("/profile"));
        assert_eq!(verdict(&answer), Some(Verdict::Barred), "{answer:?}");
        self.world.count("sign-out", "done");
    }
}
