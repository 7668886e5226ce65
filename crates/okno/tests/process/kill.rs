//! What somebody saw accepted is never lost: the server is killed at a random moment under load,
//! again and again, and afterwards every case that was answered with 201 is there, whole.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Dice, Filed, House, Server, filing, long, on_both};

/// Clients that file at once.
const CLIENTS: u64 = 8;

/// How long a round may take to accept what it wants.
const PATIENCE: Duration = Duration::from_secs(30);

/// When a client believes that its case was taken.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Believes {
    /// When it was answered, as it was promised.
    TheAnswer,
    /// As soon as it was sent: what a server would make of it that answers before it commits.
    Sending,
}

/// A case that a client believes was taken.
pub(crate) struct Promise {
    n: u64,
    key: String,
    /// What the server said; none when it was not awaited.
    said: Option<Vec<u8>>,
}

/// One house, its load and what was promised in it.
pub(crate) struct Trial<'h> {
    pub(crate) house: &'h House,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) believes: Believes,
    /// Statuses that promise nothing and are to be expected.
    pub(crate) refusals: &'static [u16],
    pub(crate) dice: Dice,
    pub(crate) promises: Vec<Promise>,
    next: AtomicU64,
    /// Answers with 201 so far.
    accepted: AtomicU64,
}

impl<'h> Trial<'h> {
    pub(crate) fn new(house: &'h House, seed: u64) -> Self {
        println!("{}: seed {seed}", house.name());
        Self {
            house,
            environment: Vec::new(),
            believes: Believes::TheAnswer,
            refusals: &[429, 503],
            dice: Dice(seed),
            promises: Vec::new(),
            next: AtomicU64::new(0),
            accepted: AtomicU64::new(0),
        }
    }

    pub(crate) fn start(&self) -> Server {
        let environment: Vec<(&str, &str)> = self
            .environment
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        self.house.start_with(&environment)
    }

    /// Files with all clients until `server` is ended by `end`, which is called at a random moment
    /// after a random number of cases was accepted.
    pub(crate) fn load_until(&mut self, server: Server, end: impl FnOnce(Server)) -> Vec<Promise> {
        let wait = Duration::from_micros(self.dice.roll() % 50_000);
        let wanted = self.accepted.load(Ordering::Relaxed) + 20 + self.dice.roll() % 100;
        let enough = AtomicBool::new(false);
        let (address, this) = (server.address, &*self);
        let promises = thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|_| scope.spawn(|| this.file_on(address, &enough)))
                .collect();
            let began = Instant::now();
            while this.accepted.load(Ordering::Relaxed) < wanted && began.elapsed() < PATIENCE {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(wait);
            end(server);
            enough.store(true, Ordering::Relaxed);
            clients
                .into_iter()
                .flat_map(|client| client.join().unwrap())
                .collect()
        });
        // A load that accepts next to nothing would prove nothing.
        assert!(
            this.accepted.load(Ordering::Relaxed) >= wanted,
            "too little is accepted"
        );
        promises
    }

    /// One client: files until the server is gone.
    fn file_on(&self, address: std::net::SocketAddr, enough: &AtomicBool) -> Vec<Promise> {
        let mut client = crate::support::Client::new(address);
        let mut promises = Vec::new();
        while !enough.load(Ordering::Relaxed) {
            let n = self.next.fetch_add(1, Ordering::Relaxed);
            let key = format!("round-{n}");
            if client.send_filing(&filing(n), &key).is_err() {
                // The server is gone, and perhaps comes back.
                thread::sleep(Duration::from_millis(5));
                continue;
            }
            match client.receive() {
                Ok(answer) if answer.status == 201 => {
                    promises.push(Promise {
                        n,
                        key,
                        said: Some(answer.body),
                    });
                    self.accepted.fetch_add(1, Ordering::Relaxed);
                }
                // Refused: nothing was promised.
                Ok(answer) => assert!(self.refusals.contains(&answer.status), "{answer:?}"),
                Err(_) if self.believes == Believes::Sending => {
                    promises.push(Promise { n, key, said: None });
                }
                Err(_) => {}
            }
        }
        promises
    }

    /// One round: load, kill -9, start again, look. Gives what was lost.
    pub(crate) fn round(&mut self, round: u32) -> Vec<String> {
        let promises = self.load_until(self.start(), Server::kill);
        let when = format!("after kill {round}");
        self.house.assert_sound(&when);
        self.house.assert_nothing_half_written(&when);
        let began = Instant::now();
        let server = self.start();
        let lost = self.lost(&server, &promises);
        println!(
            "{}: kill {round}: {} promised, {} lost, ready after {} ms, looked for {} ms",
            self.house.name(),
            promises.len(),
            lost.len(),
            server.ready_after.as_millis(),
            began.elapsed().as_millis()
        );
        assert!(server.stop().success());
        self.promises.extend(promises);
        lost
    }

    /// What was promised and is not there, as it was promised.
    pub(crate) fn lost(&self, server: &Server, promises: &[Promise]) -> Vec<String> {
        // Numbers only grow: what gets a greater one than this case is filed anew.
        let marker = self.next.fetch_add(1, Ordering::Relaxed);
        let key = format!("marker-{marker}");
        let marker = server
            .client()
            .patiently(|client| client.file(&filing(marker), &key));
        let marker = Filed::of(&marker.unwrap()).serial();
        let share = promises.len().div_ceil(4).max(1);
        thread::scope(|scope| {
            let parts: Vec<_> = promises
                .chunks(share)
                .map(|part| {
                    scope.spawn(move || {
                        let mut client = server.client();
                        part.iter()
                            .filter_map(|promise| promise.broken(&mut client, marker))
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            parts
                .into_iter()
                .flat_map(|part| part.join().unwrap())
                .collect()
        })
    }
}

impl Promise {
    /// In what the promise does not hold; none when it does.
    fn broken(&self, client: &mut crate::support::Client, marker: u64) -> Option<String> {
        let key = &self.key;
        let again = client
            .patiently(|client| client.file(&filing(self.n), key))
            .unwrap();
        let filed = Filed::of(&again);
        if filed.serial() > marker {
            return Some(format!(
                "{key}: lost; the same request is a new case now, {}",
                filed.number
            ));
        }
        if self.said.as_ref().is_some_and(|said| *said != again.body) {
            return Some(format!(
                "{key}: a repeat is answered otherwise than the first time"
            ));
        }
        let read = client
            .patiently(|client| client.get(&filed.location))
            .unwrap();
        if read.status != 200 || read.json()["due_on"] != filed.due_on.as_str() {
            return Some(format!(
                "{key}: the case is not as it was promised: {read:?}"
            ));
        }
        None
    }
}

#[test]
fn what_was_accepted_survives_kill_9() {
    let rounds = if long() { 30 } else { 3 };
    on_both(|house| {
        let mut trial = Trial::new(house, 20_261_122);
        for round in 1..=rounds {
            let lost = trial.round(round);
            assert!(lost.is_empty(), "{}: {lost:#?}", house.name());
        }
        let server = trial.start();
        let lost = trial.lost(&server, &trial.promises);
        assert!(lost.is_empty(), "{}, all rounds: {lost:#?}", house.name());
        assert!(server.stop().success());
        house.assert_sound("at the end");
        println!(
            "{}: {rounds} kills, {} promised, 0 lost",
            house.name(),
            trial.promises.len()
        );
    });
}
