//! Filing: over the interface and page after page, again under the same key, twice in the same
//! moment, given up on the way, and in ways that cannot be taken.

use std::thread;

use serde_json::{Value, json};

use super::cast::{Person, TOPICS};
use super::model::{By, Case, State};
use super::player::{Login, Player};
use super::world::Promise;

/// A page's own words between two marks.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

impl Player<'_, '_> {
    /// The body of a filing, and the unit that it leads to.
    pub(super) fn filing(&mut self) -> (String, &'static str) {
        let n = self.world.number();
        let service = *self.dice.pick(&["complaint", "proposal", "information"]);
        let (category, territory, unit) = *self.dice.pick(&TOPICS);
        let mut fields = json!({
            "subject": format!("Дело {n}"),
            "description": format!("Дело номер {n}, о котором рассказано во всех подробностях."),
            "expected": "Сделать как следует",
        });
        if service == "complaint" {
            fields["happened_on"] = "2024-05-13".into();
        }
        let body = json!({
            "service": service,
            "category": category,
            "fields": fields,
            "place": { "territory": territory, "address": format!("улица Лесная, {n}") },
            "applicant": {
                "last_name": "Проверкин", "first_name": "Пётр", "email": "petr@example.org"
            },
            "consent": true,
        });
        (body.to_string(), unit)
    }

    pub(super) fn promised(&self, said: &[u8], unit: &'static str, applicant: Option<usize>) {
        let told: Value = serde_json::from_slice(said).unwrap();
        let text = |name: &str| told[name].as_str().unwrap_or_default().to_owned();
        let by = match applicant {
            Some(who) => By::Applicant(who),
            None => By::Guest(text("return_code")),
        };
        assert!(!text("receipt").is_empty(), "{told}");
        self.keep(text("number"), text("due_on"), unit, by);
    }

    pub(super) fn keep(&self, number: String, due_on: String, unit: &'static str, by: By) {
        assert!(
            by != By::Guest(String::new()) && !due_on.is_empty(),
            "{number}"
        );
        self.world.add(Case {
            latin: number.replacen('А', "A", 1),
            number,
            unit,
            by,
            due_on,
            state: State::Registered,
            assignee: None,
            waits_for: Some("staff"),
            before: None,
            rated: false,
            outcome: None,
            messages: Vec::new(),
            answer: None,
            entries: 1,
        });
    }

    pub(super) fn file_over_the_interface(&mut self) {
        let Some((applicant, mut person)) = self.somebody() else {
            return;
        };
        let (body, unit) = self.filing();
        let key = format!("workload-{}", self.world.number());
        let answer = self
            .world
            .insist(&mut person, |person| person.file(&body, &key));
        assert_eq!(answer.status, 201, "{answer:?}");
        self.promised(&answer.body, unit, applicant);
        self.world.promises.lock().unwrap().push(Promise {
            key,
            body,
            applicant,
            said: answer.body,
        });
        self.world.count("file over the interface", "done");
        self.leave_if_known(applicant, person);
    }

    /// The same key again, with the same body or with another.
    pub(super) fn repeat(&mut self) {
        let (key, body, applicant, said) = {
            let promises = self.world.promises.lock().unwrap();
            if promises.is_empty() {
                return;
            }
            let old = self.dice.pick(&promises);
            (
                old.key.clone(),
                old.body.clone(),
                old.applicant,
                old.said.clone(),
            )
        };
        let mut person = match applicant {
            None => self.anybody(),
            Some(who) => match self.enter(Login::Applicant(who)) {
                Some(person) => person,
                None => return,
            },
        };
        if self.dice.one_in(3) {
            let (other, _) = self.filing();
            let answer = self
                .world
                .insist(&mut person, |person| person.file(&other, &key));
            assert_eq!(answer.status, 422, "{answer:?}");
            self.world.count("repeat with another body", "refused");
        } else {
            let answer = self
                .world
                .insist(&mut person, |person| person.file(&body, &key));
            assert_eq!(answer.status, 201, "{answer:?}");
            assert!(answer.body == said, "a repeat is answered otherwise");
            self.world.count("repeat", "done");
        }
        self.leave_if_known(applicant, person);
    }

    pub(super) fn file_twice_at_once(&mut self) {
        let (body, unit) = self.filing();
        let key = format!("workload-{}", self.world.number());
        let mut both = [self.anybody(), self.anybody()];
        let (world, body, key) = (self.world, &body, &key);
        let said: Vec<Vec<u8>> = thread::scope(|scope| {
            let sent: Vec<_> = both
                .iter_mut()
                .map(|one| scope.spawn(move || world.insist(one, |person| person.file(body, key))))
                .collect();
            let answers = sent.into_iter().map(|one| one.join().unwrap());
            answers
                .map(|answer| {
                    assert_eq!(answer.status, 201, "{answer:?}");
                    answer.body
                })
                .collect()
        });
        assert!(said[0] == said[1], "two repeats are told different things");
        self.promised(&said[0], unit, None);
        self.world.count("file twice at once", "done");
    }

    pub(super) fn file_nonsense(&mut self) {
        let (body, _) = self.filing();
        let mut spoilt: Value = serde_json::from_str(&body).unwrap();
        let (body, status) = match self.dice.below(5) {
            0 => (body.trim_end_matches('}').to_owned(), 400),
            1 => {
                spoilt["consent"] = false.into();
                (spoilt.to_string(), 422)
            }
            2 => {
                spoilt["fields"]["description"] = "коротко".into();
                (spoilt.to_string(), 422)
            }
            3 => {
                spoilt["category"] = "roads.nowhere".into();
                (spoilt.to_string(), 422)
            }
            _ => {
                spoilt["service"] = 17.into();
                (spoilt.to_string(), 422)
            }
        };
        let mut person = self.anybody();
        let key = format!("workload-{}", self.world.number());
        let answer = self
            .world
            .insist(&mut person, |person| person.file(&body, &key));
        assert_eq!(answer.status, status, "{body}: {answer:?}");
        self.world.count("file nonsense", "refused");
    }

    /// Page after page, to the receipt or to where somebody gives up.
    pub(super) fn file_on_the_pages(&mut self) {
        let Some((applicant, mut person)) = self.somebody() else {
            return;
        };
        let (body, unit) = self.filing();
        let body: Value = serde_json::from_str(&body).unwrap();
        if let Some(review) = self.fill_in(&mut person, &body) {
            let receipt = self.send(&mut person, &review);
            let shown = self
                .world
                .insist(&mut person, |person| person.get(&receipt));
            assert_eq!(shown.status, 200, "{receipt}: {shown:?}");
            let shown = shown.text();
            let number = between(&shown, "id=\"number\">", "<").expect("a number");
            let due_on = between(&shown, "<time datetime=\"", "\"").expect("a date");
            let code = between(&shown, "<p class=\"due num\">", "<").map(str::to_owned);
            let by = match applicant {
                Some(who) => By::Applicant(who),
                None => By::Guest(code.expect("a code")),
            };
            self.keep(number.to_owned(), due_on.to_owned(), unit, by);
            self.world.count("file on the pages", "done");
        } else {
            self.world.count("draft", "given up");
        }
        self.leave_if_known(applicant, person);
    }

    /// Fills in the form step by step; gives the page that sends it, none when given up.
    fn fill_in(&mut self, person: &mut Person, body: &Value) -> Option<String> {
        let steps = steps_of(body);
        let gives_up = self
            .dice
            .one_in(4)
            .then(|| self.dice.below(steps.len()) + 1);
        let service = body["service"].as_str().unwrap();
        let mut page = format!("/file/{service}");
        for (n, fields) in (1..).zip(&steps) {
            // A place may be left out where it is no complaint.
            let may_be_empty = page.ends_with("/place") && service != "complaint";
            if !may_be_empty && self.dice.one_in(12) {
                let answer = self
                    .world
                    .insist(person, |person| person.post(&page, &[("none", "x")]));
                // What was typed is kept, and the page with its mistakes is one to go back to.
                assert_eq!(answer.status, 303, "{page}: {answer:?}");
                let told = answer.header("location").unwrap().to_owned();
                let shown = self.world.insist(person, |person| person.get(&told));
                assert_eq!(shown.status, 422, "{told}: {shown:?}");
                let kept = told.strip_suffix("?wrong=1");
                kept.expect("a step with mistakes").clone_into(&mut page);
                self.world.count("step of a form", "refused");
            }
            let fields: Vec<_> = fields.iter().map(|(name, text)| (*name, &**text)).collect();
            let answer = self
                .world
                .insist(person, |person| person.post(&page, &fields));
            assert_eq!(answer.status, 303, "{page}: {answer:?}");
            answer.header("location").unwrap().clone_into(&mut page);
            if gives_up == Some(n) {
                return None;
            }
        }
        assert!(page.ends_with("/review"), "{page}");
        Some(page)
    }

    /// Sends what was filled in; gives the page of the receipt.
    fn send(&mut self, person: &mut Person, review: &str) -> String {
        if self.dice.one_in(4) {
            let answer = self
                .world
                .insist(person, |person| person.post(review, &[("consent", "")]));
            assert_eq!(answer.status, 422, "{review}: {answer:?}");
            self.world.count("file without consent", "refused");
        }
        let mut send = || {
            let answer = self
                .world
                .insist(person, |person| person.post(review, &[("consent", "yes")]));
            assert_eq!(answer.status, 303, "{review}: {answer:?}");
            answer.header("location").unwrap().to_owned()
        };
        let receipt = send();
        if self.dice.one_in(4) {
            assert_eq!(send(), receipt, "the same form is one case");
            self.world.count("send a form twice", "done");
        }
        receipt
    }
}

/// The answers of a filing as the steps of its form ask for them.
fn steps_of(body: &Value) -> [Vec<(&'static str, String)>; 4] {
    let step = |fields: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let said = |place: &str| body.pointer(place).and_then(Value::as_str);
        fields
            .iter()
            .filter_map(|(name, place)| Some((*name, said(place)?.to_owned())))
            .collect()
    };
    [
        step(&[("category", "/category")]),
        step(&[
            ("subject", "/fields/subject"),
            ("description", "/fields/description"),
            ("happened_on", "/fields/happened_on"),
            ("expected", "/fields/expected"),
        ]),
        step(&[
            ("place.territory", "/place/territory"),
            ("place.address", "/place/address"),
        ]),
        step(&[
            ("applicant.last_name", "/applicant/last_name"),
            ("applicant.first_name", "/applicant/first_name"),
            ("applicant.email", "/applicant/email"),
        ]),
    ]
}
