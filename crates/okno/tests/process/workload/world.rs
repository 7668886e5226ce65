//! What all who play share: the house, what was promised so far, what was done and how often, and
//! how an answer that was lost is found out.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::thread::{panicking, sleep};
use std::time::{Duration, Instant};

use super::cast::{Person, STAFF};
use super::model::{Case, Deed, endings};
use crate::support::{Answer, House, Raw};

/// How long a server may be away.
const PATIENCE: Duration = Duration::from_mins(1);

/// A request that may be sent again, and the bytes that every repeat must be answered with.
pub(super) struct Promise {
    pub(super) key: String,
    pub(super) body: String,
    pub(super) applicant: Option<usize>,
    pub(super) said: Vec<u8>,
}

/// Somebody with an account.
#[derive(Clone)]
pub(super) struct Applicant {
    pub(super) email: String,
    pub(super) password: String,
}

/// Tells all others when the thread that holds it fails, so that nobody waits in vain.
pub(super) struct Alarm<'w>(pub(super) &'w AtomicBool);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// What all share.
pub(super) struct World<'h> {
    pub(super) house: &'h House,
    pub(super) address: SocketAddr,
    /// The password of the demo's staff.
    pub(super) password: String,
    /// Accounts of [`STAFF`] as forms name them; empty for those to whom nothing can be given.
    pub(super) accounts: Vec<String>,
    pub(super) cases: RwLock<Vec<Arc<Mutex<Case>>>>,
    pub(super) applicants: RwLock<Vec<Applicant>>,
    pub(super) promises: Mutex<Vec<Promise>>,
    pub(super) signed_up: AtomicU64,
    /// How often each kind of act had each end.
    tally: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
    next: AtomicU64,
    /// Acts that were begun.
    pub(super) begun: AtomicU64,
    /// When one of those who play found a fault, nobody goes on.
    pub(super) broken: AtomicBool,
}

impl<'h> World<'h> {
    pub(super) fn new(house: &'h House, address: SocketAddr, password: String) -> Self {
        let anna = Applicant {
            email: "anna@okno.example".to_owned(),
            password: password.clone(),
        };
        Self {
            house,
            address,
            password,
            accounts: vec![String::new(); STAFF.len()],
            cases: RwLock::default(),
            applicants: RwLock::new(vec![anna]),
            promises: Mutex::default(),
            signed_up: AtomicU64::new(0),
            tally: Mutex::default(),
            next: AtomicU64::new(0),
            begun: AtomicU64::new(0),
            broken: AtomicBool::new(false),
        }
    }

    /// A number that was never given before.
    pub(super) fn number(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn count(&self, what: &'static str, end: &'static str) {
        *self.tally.lock().unwrap().entry((what, end)).or_default() += 1;
    }

    pub(super) fn counted(&self, what: &'static str, end: &'static str) -> u64 {
        let tally = self.tally.lock().unwrap();
        tally.get(&(what, end)).copied().unwrap_or_default()
    }

    /// Everything that was counted, a line for each kind.
    pub(super) fn told(&self) -> String {
        let tally = self.tally.lock().unwrap();
        let mut lines = BTreeMap::<&str, String>::new();
        for ((what, end), count) in &*tally {
            lines
                .entry(what)
                .or_default()
                .push_str(&format!(" {end} {count}"));
        }
        lines
            .iter()
            .map(|(what, ends)| format!("  {what}:{ends}\n"))
            .collect()
    }

    pub(super) fn add(&self, case: Case) {
        self.cases.write().unwrap().push(Arc::new(Mutex::new(case)));
    }

    /// Sends what may be sent again until it is answered.
    pub(super) fn insist(
        &self,
        person: &mut Person,
        send: impl Fn(&mut Person) -> io::Result<Answer>,
    ) -> Answer {
        let began = Instant::now();
        loop {
            match send(person) {
                Ok(answer) if answer.status != 503 => return answer,
                Ok(_) => {
                    self.count("requests", "put off with 503");
                    sleep(Duration::from_millis(100));
                }
                Err(_) => {
                    self.count("requests", "sent again after a restart");
                    self.await_server();
                }
            }
            assert!(began.elapsed() < PATIENCE, "nobody answers");
        }
    }

    /// Waits until the server is back.
    pub(super) fn await_server(&self) {
        let began = Instant::now();
        loop {
            let mut anybody = Person::new(self.address, 0);
            if anybody
                .get("/readyz")
                .is_ok_and(|answer| answer.status == 200)
            {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "the server does not come back");
            assert!(!self.broken.load(Ordering::Relaxed), "somebody else failed");
            sleep(Duration::from_millis(20));
        }
    }

    /// Takes down what deeds have made of a case. Where several ends are possible the store says
    /// which it is; `staff` reads what the interface tells of the case.
    pub(super) fn settle(&self, case: &mut Case, deeds: &[Deed], staff: &mut Person) {
        let lost = deeds.iter().any(|deed| deed.told.is_none());
        let mut ends = endings(case, deeds);
        if lost {
            self.count("requests", "answer lost, found out");
            self.await_server();
        }
        if lost || ends.len() > 1 {
            let mut raw = self.house.raw();
            let kept = Kept::of(&mut raw, &case.number);
            ends.retain(|end| kept.is(end, &self.accounts));
            let path = format!("/api/v1/cases/{}", case.latin);
            let told = self.insist(staff, |staff| staff.get(&path)).json();
            if ends.len() > 1 {
                ends.retain(|end| end.differs(&told).is_empty());
            }
            assert!(
                ends.len() == 1,
                "{} ends of {deeds:#?} are possible for {case:#?}, which is {kept:?} and {told}",
                ends.len()
            );
        }
        assert!(
            !ends.is_empty(),
            "{deeds:#?} cannot be told so for {case:#?}"
        );
        *case = ends.remove(0);
    }
}

/// What the store holds of a case.
#[derive(Debug)]
pub(super) struct Kept {
    state: String,
    waits_for: Option<String>,
    outcome: Option<String>,
    assignee: Option<String>,
    entries: u64,
    messages: u64,
    answers: u64,
}

impl Kept {
    const COLUMNS: &str = "c.number, c.state, c.waits_for, c.outcome, c.assignee_id, \
        (SELECT count(*) FROM journal j WHERE j.entity_id = c.id), \
        (SELECT count(*) FROM case_message m WHERE m.case_id = c.id), \
        (SELECT count(*) FROM case_answer a WHERE a.case_id = c.id)";

    fn of(raw: &mut Raw, number: &str) -> Self {
        let sql = format!(
            "SELECT {} FROM case_file c WHERE c.number = '{number}'",
            Self::COLUMNS
        );
        Self::read(raw.rows(&sql).remove(0)).1
    }

    /// Every case by its number.
    pub(super) fn all(raw: &mut Raw) -> BTreeMap<String, Self> {
        let sql = format!("SELECT {} FROM case_file c", Self::COLUMNS);
        raw.rows(&sql).into_iter().map(Self::read).collect()
    }

    fn read(row: Vec<Option<String>>) -> (String, Self) {
        let mut cells = row.into_iter();
        let mut cell = || cells.next().flatten();
        let number = cell().unwrap();
        let state = cell().unwrap();
        let (waits_for, outcome, assignee) = (cell(), cell(), cell());
        let mut count = || cell().and_then(|text| text.parse().ok()).unwrap();
        let kept = Self {
            state,
            waits_for,
            outcome,
            // One database shows identifiers with dashes, the other without.
            assignee: assignee.map(|id| id.replace('-', "")),
            entries: count(),
            messages: count(),
            answers: count(),
        };
        (number, kept)
    }

    /// Whether it is the case as it must be.
    pub(super) fn is(&self, case: &Case, accounts: &[String]) -> bool {
        let assignee = case.assignee.map(|who| accounts[who].replace('-', ""));
        self.state == case.state.code()
            && self.waits_for.as_deref() == case.waits_for
            && self.outcome.as_deref() == case.outcome
            && self.assignee == assignee
            && self.entries == case.entries
            && self.messages == case.messages.len() as u64
            && self.answers == u64::from(case.answer.is_some())
    }
}
