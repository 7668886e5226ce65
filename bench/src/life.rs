//! One round of whole lives: workers that lead a case through its steps, one after the other, and
//! count it when the search has shown it. The index gathers for half a second before it shows what is
//! new, so each worker asks for a case when it is a little older, and lives the next meanwhile.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::citizens::{Citizens, TOPICS, Topic, number_of};
use crate::client::{Connection, request};
use crate::language::rare_word;
use crate::load;
use crate::machine::Usage;
use crate::process::Server;
use crate::staff::{Tokens, coded};
use crate::tally::{Seen, Tally};

/// Connections at once.
const CONNECTIONS: usize = 32;
/// Runs and lives of a worker that have words of their own.
const RUNS: u64 = 7_900;
const LIVES: u64 = 100_000;
/// Asked before anything counts: by then the first cases are old enough to be searched for.
pub(crate) const WARM_UP: Duration = Duration::from_secs(3);
/// How old a case is when it is searched for.
const AGE: Duration = Duration::from_millis(1200);
/// A case that the search does not show by then counts as a fault.
const LOST: Duration = Duration::from_secs(15);
const PATIENCE: Duration = Duration::from_secs(30);
const JSON: &str = "content-type: application/json";

/// The steps of a life.
pub(crate) const STEPS: [&str; 6] = [
    "filed",
    "taken",
    "drafted",
    "sent",
    "agreed",
    "searched for",
];
const SEARCH: usize = 5;
/// Their statuses when all is well.
const GOOD: [u16; 6] = [201, 200, 200, 200, 200, 200];

const ANSWER: &str = r#"{"outcome":"satisfied","text":"Бригада выехала на место и устранила то, на что вы указали; работу проверили на следующий день.","measures":"Работы выполнены, место осмотрено."}"#;

/// What one round came to.
pub(crate) struct Round {
    /// Cases that were found at the end of their lives.
    pub(crate) lives: u64,
    /// Every step.
    pub(crate) tally: Tally,
    /// Searches that came too early.
    pub(crate) again: u64,
    /// Seconds until the server was at rest.
    pub(crate) settling: f64,
    /// Its processor seconds until then.
    pub(crate) server_cpu: f64,
}

impl Round {
    /// Lives a second.
    pub(crate) fn rate(&self) -> f64 {
        self.lives as f64 / self.tally.seconds.max(1e-9)
    }
}

/// One round on one store.
pub(crate) async fn lead(okno: &Server, tokens: &Arc<Tokens>, seconds: f64) -> Round {
    let begin = Instant::now() + WARM_UP;
    let end = begin + Duration::from_secs_f64(seconds);
    let run = u64::from(u16::from_be_bytes(base::id::random())) % RUNS;
    let mut workers = JoinSet::new();
    for number in 0..CONNECTIONS {
        let first = (run * CONNECTIONS as u64 + number as u64) * LIVES;
        let worker = Worker {
            address: okno.address,
            tokens: tokens.clone(),
            begin,
            end,
            next: first,
            citizens: Citizens::new(first),
            old: VecDeque::new(),
            tally: Tally::default(),
            lives: 0,
            again: 0,
        };
        workers.spawn(worker.work());
    }
    tokio::time::sleep_until(begin.into()).await;
    let before = Usage::of(okno.pid());
    tokio::time::sleep_until(end.into()).await;
    let during = Usage::of(okno.pid()).since(&before);
    let mut round = Round {
        lives: 0,
        tally: Tally {
            seconds,
            usage: during,
            ..Tally::default()
        },
        again: 0,
        settling: 0.0,
        server_cpu: 0.0,
    };
    while let Some(worker) = workers.join_next().await {
        let Ok(worker) = worker else {
            round.tally.broken += 1;
            continue;
        };
        round.lives += worker.lives;
        round.again += worker.again;
        round.tally.seen.extend(worker.tally.seen);
        round.tally.broken += worker.tally.broken;
        round.tally.gone += worker.tally.gone;
    }
    round.settling = load::settle(okno.pid()).await;
    round.server_cpu = Usage::of(okno.pid()).since(&before).server;
    round
}

struct Agreed {
    number: String,
    word: String,
    topic: usize,
    at: Instant,
}

struct Worker {
    address: SocketAddr,
    tokens: Arc<Tokens>,
    begin: Instant,
    end: Instant,
    next: u64,
    citizens: Citizens,
    /// Agreed and not yet found.
    old: VecDeque<Agreed>,
    tally: Tally,
    lives: u64,
    again: u64,
}

impl Worker {
    async fn work(mut self) -> Self {
        while Instant::now() < self.end {
            let Ok(mut connection) = Connection::open(self.address).await else {
                self.tally.broken += 1;
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            while Instant::now() < self.end {
                let led = async {
                    self.live(&mut connection).await?;
                    self.look(&mut connection).await
                };
                if led.await.is_err() {
                    self.tally.broken += 1;
                    break;
                }
            }
        }
        self
    }

    /// From the filing to the head's agreement.
    async fn live(&mut self, connection: &mut Connection) -> std::io::Result<()> {
        let place = (self.next % TOPICS.len() as u64) as usize;
        let topic: &Topic = &TOPICS[place];
        let word = rare_word(self.next);
        self.next += 1;
        let mut body = Vec::new();
        let sent = self.citizens.filing(topic, Some(&word));
        if !self.step(connection, 0, &sent, &mut body).await? {
            return Ok(());
        }
        let Some(number) = number_of(&body) else {
            self.tally.gone += 1;
            return Ok(());
        };
        let specialist = self.tokens.header(topic.specialist).to_owned();
        let head = self.tokens.header(topic.head).to_owned();
        let ask = |method: &str, what: &str, token: &str, body: &str| {
            let path = format!("/api/v1/desk/cases/{number}/{what}");
            let headers: &[&str] = if body.is_empty() {
                &[token]
            } else {
                &[token, JSON]
            };
            request(method, &path, headers, body.as_bytes())
        };
        let deeds = [
            ask("POST", "taking", &specialist, ""),
            ask("PUT", "draft", &specialist, ANSWER),
            ask("POST", "agreement-request", &specialist, ""),
            ask("POST", "agreement", &head, ""),
        ];
        for (step, deed) in (1..).zip(deeds) {
            body.clear();
            if !self.step(connection, step, &deed, &mut body).await? {
                return Ok(());
            }
        }
        self.old.push_back(Agreed {
            number,
            word,
            topic: place,
            at: Instant::now(),
        });
        Ok(())
    }

    /// Looks for those that are old enough.
    async fn look(&mut self, connection: &mut Connection) -> std::io::Result<()> {
        while let Some(agreed) = self.old.front()
            && agreed.at.elapsed() >= AGE
        {
            let path = format!("/api/v1/desk/search?limit=1&q={}", coded(&agreed.word));
            let token = self.tokens.header(TOPICS[agreed.topic].specialist);
            let sent = request("GET", &path, &[token], b"");
            let must = format!("/desk/cases/{}\"", agreed.number);
            let since = agreed.at.elapsed();
            let mut body = Vec::new();
            let answered = self.step(connection, SEARCH, &sent, &mut body).await?;
            if answered && String::from_utf8_lossy(&body).contains(&must) {
                self.old.pop_front();
                let now = Instant::now();
                if now >= self.begin && now <= self.end {
                    self.lives += 1;
                }
            } else if since > LOST {
                self.old.pop_front();
                self.tally.gone += 1;
            } else {
                self.again += 1;
                return Ok(());
            }
        }
        Ok(())
    }

    async fn step(
        &mut self,
        connection: &mut Connection,
        kind: usize,
        sent: &[u8],
        body: &mut Vec<u8>,
    ) -> std::io::Result<bool> {
        let began = Instant::now();
        let status = tokio::time::timeout(PATIENCE, connection.ask_for(sent, body)).await??;
        if began >= self.begin && Instant::now() <= self.end {
            let seen = Seen::new(self.begin, began, kind, status);
            self.tally.see(seen, true, connection.weight());
        }
        Ok(status == GOOD[kind])
    }
}
