//! After a long random workload the checker finds nothing, and everything is as it was promised:
//! guests, applicants, specialists and heads do all that there is to do, rightly and wrongly, at
//! once and through restarts, beside a model that knows what each must be told. At the end every
//! case has the state, and exactly as many entries, as the model says.
//!
//! `OKNO_SEED` repeats the draws of a run; how the players' steps interleave is the machine's.

mod cast;
mod desk;
mod filing;
mod model;
mod player;
mod visits;
mod world;

use std::collections::BTreeSet;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{House, Server, long, seed};
use cast::{JOINS, JOINS_PASSWORD, OVER_ALL, STAFF};
use model::Case;
use player::{Login, Player};
use world::{Alarm, Kept, World};

/// Those who play at once.
const PLAYERS: u64 = 6;

/// Of everything that can be done, what share of the acts it usually is, in thousandths, with the
/// end that it must have had. So nothing passes by being refused.
const ENOUGH: [(&str, &str, u64); 49] = [
    ("file over the interface", "done", 55),
    ("file on the pages", "done", 36),
    ("file twice at once", "done", 15),
    ("send a form twice", "done", 8),
    ("draft", "given up", 12),
    ("repeat", "done", 14),
    ("repeat with another body", "refused", 6),
    ("file nonsense", "refused", 15),
    ("step of a form", "refused", 12),
    ("file without consent", "refused", 9),
    ("take", "done", 62),
    ("take", "refused", 3),
    ("take", "barred", 4),
    ("assign", "done", 61),
    ("assign", "barred", 5),
    ("staff writes", "done", 39),
    ("applicant writes", "done", 43),
    ("applicant writes", "barred", 10),
    ("draft an answer", "done", 14),
    ("draft and send", "done", 50),
    ("send for agreement", "done", 4),
    ("agree", "done", 10),
    ("agree", "barred", 3),
    ("return", "done", 10),
    ("close", "done", 6),
    ("two at once", "one done", 15),
    ("staff reads", "done", 17),
    ("staff reads", "barred", 23),
    ("read openly", "done", 35),
    ("read one's own case", "done", 14),
    ("sign-up", "done", 6),
    ("sign-out", "done", 7),
    ("nonsense at the desk", "refused", 6),
    ("agree", "refused", 1),
    ("close", "refused", 10),
    ("draft an answer", "barred", 4),
    ("two at once", "both done", 13),
    ("wrong return code", "refused", 4),
    ("sign-in", "refused", 10),
    ("return code", "done", 45),
    ("start the check", "done", 32),
    ("begin the work", "done", 19),
    ("ask for documents", "done", 24),
    ("go on without them", "done", 8),
    ("release", "done", 22),
    ("agree alone", "done", 10),
    ("sign", "done", 3),
    ("take back", "done", 2),
    ("rate", "done", 5),
];

/// What happens to the house while everybody plays.
#[derive(Clone, Copy)]
enum Event {
    /// The checker runs beside the server, and terms are explained.
    Look,
    /// A soft stop and a start.
    Restart,
    /// `kill -9`, a look at what is left, and a start.
    Kill,
}

/// A house, its server and what was done in it.
struct Run<'h> {
    world: World<'h>,
    server: Option<Server>,
    accounts_before: u64,
}

/// A free port of which the system gives none away by itself, so that the server comes back to it.
fn port() -> SocketAddr {
    let first = 10_000 + (std::process::id() % 1_000) as u16 * 20;
    let free = (first..32_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok());
    SocketAddr::from(([127, 0, 0, 1], free.expect("a free port")))
}

fn start(house: &House, address: SocketAddr) -> Server {
    let command = house.command(&["serve", "--listen", &address.to_string()]);
    Server::start(command, &house.path("log"))
}

impl<'h> Run<'h> {
    fn new(house: &'h House) -> Self {
        // Everybody has an address of their own, as behind a proxy.
        house.configure("api_burst = 1000000\nproxies = [\"127.0.0.1/32\"]\n");
        let address = port();
        let server = start(house, address);
        let joins = [
            "user",
            "add",
            "--email",
            JOINS,
            "--role",
            "specialist",
            "--unit",
            "roads.repair",
            "--name",
            "Вторая Мария Ивановна",
            "--password-stdin",
        ];
        let said = house.run_saying(&joins, JOINS_PASSWORD);
        assert_eq!(said.code, 0, "{said:?}");
        let mut world = World::new(house, address, House::demo_password(&server));
        world.accounts = accounts(&world);
        Self {
            world,
            server: Some(server),
            accounts_before: house.raw().number("SELECT count(*) FROM account"),
        }
    }

    /// Plays on to so many acts, and lets events happen at their parts of them, in thousandths.
    fn play(&mut self, seed: u64, acts: u64, events: &[(u64, Event)]) {
        let from = self.world.begun.load(Ordering::Relaxed);
        let world = &self.world;
        let server = &mut self.server;
        thread::scope(|scope| {
            let _alarm = Alarm(&world.broken);
            for player in 0..PLAYERS {
                let seed = seed.wrapping_add(player.wrapping_mul(0x1_0000_0001));
                scope.spawn(move || Player::new(world, seed).play(from + acts));
            }
            for (part, event) in events {
                let at = from + acts * part / 1000;
                while world.begun.load(Ordering::Relaxed) < at {
                    if world.broken.load(Ordering::Relaxed) {
                        return;
                    }
                    thread::sleep(Duration::from_millis(5));
                }
                happen(world, server, *event);
            }
        });
        // Each who plays counts once more than is done.
        self.world.begun.store(from + acts, Ordering::Relaxed);
    }

    fn cases(&self) -> Vec<Case> {
        let cases = self.world.cases.read().unwrap();
        cases
            .iter()
            .map(|case| case.lock().unwrap().clone())
            .collect()
    }

    /// In what the store differs from the model; empty when in nothing.
    fn differences(&self) -> Vec<String> {
        let mut raw = self.world.house.raw();
        let mut kept = Kept::all(&mut raw);
        let mut differences = Vec::new();
        let cases = self.cases();
        for case in &cases {
            match kept.remove(&case.number) {
                Some(kept) if kept.is(case, &self.world.accounts) => {}
                Some(kept) => differences.push(format!("{kept:?} must be {case:?}")),
                None => differences.push(format!("{} is lost", case.number)),
            }
        }
        differences.extend(kept.keys().map(|number| format!("nobody filed {number}")));
        let mut same = |what: &str, sql: &str, must: u64| {
            let found = raw.number(sql);
            if found != must {
                differences.push(format!("{found} {what}, and there must be {must}"));
            }
        };
        same(
            "entries of cases",
            "SELECT count(*) FROM journal WHERE entity_kind = 'case'",
            cases.iter().map(|case| case.entries).sum(),
        );
        same(
            "accounts",
            "SELECT count(*) FROM account",
            self.accounts_before + self.world.signed_up.load(Ordering::Relaxed),
        );
        differences
    }

    /// Everything that is promised at the end.
    fn assert_whole(mut self, acts: u64) {
        let cases = self.cases();
        let numbers: BTreeSet<String> = cases.iter().map(|case| case.number.clone()).collect();
        assert_eq!(numbers.len(), cases.len(), "a number was given twice");
        assert_eq!(
            registered(&self.world),
            numbers,
            "the register and the promises"
        );
        let looked_at = if long() { 1_000 } else { 100 };
        look_into(&self.world, &cases, looked_at);
        let server = self.server.take().expect("it runs");
        assert!(!server.log().contains("panic"), "{}", server.log());
        assert!(server.stop().success());
        self.world.house.assert_sound("after the workload");
        let differences = self.differences();
        assert!(differences.is_empty(), "{differences:#?}");
        // What a run of this length has in all likelihood; next to nothing of what is rare when it
        // is short.
        let least = |share: u64| {
            let usual = acts * share / 1000;
            usual.saturating_sub(3 * usual.isqrt())
        };
        let enough = |(what, end, share): &&(&str, &str, u64)| {
            counted(&self.world, what, end) >= least(*share)
        };
        let rare: Vec<_> = ENOUGH.iter().filter(|line| !enough(line)).collect();
        assert!(
            rare.is_empty(),
            "too little was done of {rare:?}:\n{}",
            self.world.told()
        );
    }
}

fn counted(world: &World<'_>, what: &str, end: &str) -> u64 {
    let line = ENOUGH.iter().find(|line| line.0 == what && line.1 == end);
    line.map_or(0, |line| world.counted(line.0, line.1))
}

/// Accounts of the staff by the names that a head chooses from.
fn accounts(world: &World<'_>) -> Vec<String> {
    let mut player = Player::new(world, 0);
    while world.cases.read().unwrap().is_empty() {
        player.file_over_the_interface();
    }
    let mut head = player.enter(Login::Staff(OVER_ALL)).expect("signed in");
    let page = head.get("/desk/several?view=unit").unwrap().text();
    let account = |shown: &str| {
        let lines = page.split("<option value=\"").skip(1);
        let mut lines = lines.filter_map(|line| line.split_once("\">"));
        let name = format!("{shown} ");
        let (value, _) = lines.find(|(_, label)| label.starts_with(&name))?;
        Some(value.to_owned())
    };
    STAFF
        .iter()
        .map(|staff| match staff.shown {
            "" => String::new(),
            shown => account(shown).unwrap_or_else(|| panic!("no {shown} in {page}")),
        })
        .collect()
}

fn happen(world: &World<'_>, server: &mut Option<Server>, event: Event) {
    let house = world.house;
    let began = Instant::now();
    let running = server.take().expect("it runs");
    let what = match event {
        Event::Look => {
            house.assert_sound("while everybody goes on");
            explain(world);
            *server = Some(running);
            "looked at"
        }
        Event::Restart => {
            assert!(!running.log().contains("panic"), "{}", running.log());
            assert!(running.stop().success());
            *server = Some(start(house, world.address));
            "stopped and started"
        }
        Event::Kill => {
            assert!(!running.log().contains("panic"), "{}", running.log());
            running.kill();
            house.assert_sound("after kill -9");
            *server = Some(start(house, world.address));
            "killed, looked at and started"
        }
    };
    println!(
        "{}: after {} acts {what} in {} ms",
        house.name(),
        world.begun.load(Ordering::Relaxed),
        began.elapsed().as_millis()
    );
}

/// `okno explain` names the day that was promised.
fn explain(world: &World<'_>) {
    let case = {
        let cases = world.cases.read().unwrap();
        let some = cases[cases.len() / 2].lock().unwrap();
        some.clone()
    };
    let said = world.house.run(&["explain", &case.number]);
    assert_eq!(said.code, 0, "{said:?}");
    assert_eq!(said.out.trim_end().lines().last(), Some(&*case.due_on));
}

/// Every number in the open register.
fn registered(world: &World<'_>) -> BTreeSet<String> {
    let mut anybody = cast::Person::new(world.address, 1);
    let mut numbers = BTreeSet::new();
    let mut after = String::new();
    loop {
        let page = format!("/api/v1/register?limit=200&after={after}");
        let page = world
            .insist(&mut anybody, |person| person.get(&page))
            .json();
        for case in page["items"].as_array().unwrap() {
            let number = case["number"].as_str().unwrap().to_owned();
            assert!(numbers.insert(number), "twice in the register: {case}");
        }
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut after),
            None => return numbers,
        }
    }
}

/// Reads cases spread over all of them, and compares each with what it must be.
fn look_into(world: &World<'_>, cases: &[Case], most: usize) {
    let mut head = None;
    while head.is_none() {
        head = Player::new(world, 2).enter(Login::Staff(OVER_ALL));
    }
    let mut head = head.unwrap();
    for case in cases.iter().step_by(cases.len().div_ceil(most)) {
        let path = format!("/api/v1/cases/{}", case.latin);
        let told = world.insist(&mut head, |head| head.get(&path)).json();
        let differences = case.differs(&told);
        assert!(differences.is_empty(), "{differences:#?}: {case:#?}");
    }
}

/// The whole of it over one database: one short round, or rounds for three minutes.
fn workload(house: &House) {
    let (seed, began) = (seed(), Instant::now());
    println!("{}: OKNO_SEED={seed}", house.name());
    let answered = || cast::ANSWERED.load(Ordering::Relaxed);
    let answered_before = answered();
    let mut run = Run::new(house);
    let events = [
        (250, Event::Look),
        (450, Event::Restart),
        (650, Event::Kill),
        (850, Event::Look),
    ];
    let (round, time) = if long() {
        (2_000, Duration::from_mins(3))
    } else {
        (400, Duration::ZERO)
    };
    let mut acts = 0;
    while acts == 0 || began.elapsed() < time {
        run.play(seed.wrapping_add(acts << 32), round, &events);
        acts += round;
    }
    println!(
        "{}: {acts} acts, {} requests, in {} s; {} cases\n{}",
        house.name(),
        answered() - answered_before,
        began.elapsed().as_secs(),
        run.cases().len(),
        run.world.told()
    );
    run.assert_whole(acts);
    println!(
        "{}: whole, looked at to the end after {} s",
        house.name(),
        began.elapsed().as_secs()
    );
}

/// Fills a house with what so many acts leave, for tests of what can be done with all of it.
pub(crate) fn fill(house: &House, acts: u64) {
    let mut run = Run::new(house);
    run.play(seed(), acts, &[]);
    assert!(run.server.take().expect("it runs").stop().success());
}

#[test]
fn nothing_is_found_after_a_random_workload_on_sqlite() {
    workload(&House::sqlite());
}

#[test]
fn nothing_is_found_after_a_random_workload_on_postgres() {
    let Some(house) = House::postgres() else {
        return;
    };
    workload(&house);
}

/// The checks above see a change that has no entry: each of these is one, made past the product
/// and undone again.
#[test]
fn a_change_without_its_entry_is_found_by_both_checks() {
    let house = House::sqlite();
    let mut run = Run::new(&house);
    run.play(seed(), 120, &[]);
    assert!(run.server.take().expect("it runs").stop().success());
    house.assert_sound("before the edits");
    assert_eq!(run.differences(), Vec::<String>::new());
    let number = "(SELECT min(number) FROM case_file WHERE state = 'in_work')";
    let message = "(SELECT min(id) FROM case_message)";
    for (edit, undo) in [
        (
            format!("UPDATE case_file SET state = 'decided' WHERE number = {number}"),
            "UPDATE case_file SET state = 'in_work' WHERE number = \
             (SELECT number FROM case_file WHERE state = 'decided' AND answered_at IS NULL)"
                .to_owned(),
        ),
        (
            format!(
                "INSERT INTO case_message SELECT X'00', case_id, side, author_id, sent_at, body \
                 FROM case_message WHERE id = {message}"
            ),
            "DELETE FROM case_message WHERE id = X'00'".to_owned(),
        ),
        (
            format!(
                "CREATE TABLE aside AS SELECT * FROM case_message WHERE id = {message}; \
                 DELETE FROM case_message WHERE id = {message}"
            ),
            "INSERT INTO case_message SELECT * FROM aside; DROP TABLE aside".to_owned(),
        ),
    ] {
        house.raw().run(&edit).unwrap();
        let said = house.run(&["log", "fsck"]);
        assert!(
            said.code != 0 && said.out.contains("faults 1"),
            "{edit}: {said:?}"
        );
        assert!(!run.differences().is_empty(), "{edit}");
        house.raw().run(&undo).unwrap();
        house.assert_sound(&undo);
        assert_eq!(run.differences(), Vec::<String>::new(), "{undo}");
    }
}
