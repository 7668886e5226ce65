//! Arrivals: requests begin at given times, whatever became of those before, as people come. Time is
//! counted from when a request was due, so that a server that makes its callers wait is not spared
//! the wait (no coordinated omission). At most so many are on the way at once; others queue here and
//! their time runs, and when the queue is full they are turned away.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinSet;

use crate::citizens;
use crate::client::Connection;
use crate::machine::Usage;
use crate::pace::{Pace, Phase, Times};
use crate::tally::{Seen, Tally};

/// Starts later than this after it was due, the generator could not keep up.
pub(crate) const LATE: Duration = Duration::from_millis(20);
/// Further behind than this, the generator leaves requests out to be on time again.
const BEHIND: Duration = Duration::from_secs(1);
/// The most that wait here for a connection, as before a listening socket; the others are turned away.
const QUEUE: usize = 4_096;
/// How soon everything that was begun must have ended after the last arrival.
const LAST: Duration = Duration::from_secs(30);

/// One request as it is asked.
#[derive(Clone)]
pub(crate) struct Asked {
    /// Which kind it is of.
    pub(crate) kind: usize,
    /// Its bytes.
    pub(crate) request: Arc<[u8]>,
    /// Whether it files a case, so that the number is kept.
    pub(crate) files: bool,
}

/// A case that was accepted, when its answer came.
pub(crate) type Accepted = (Instant, String);

/// What is put on whom.
pub(crate) struct Arrivals {
    /// The server.
    pub(crate) address: SocketAddr,
    /// Its process.
    pub(crate) pid: u32,
    /// What arrives, one phase after the other.
    pub(crate) phases: Vec<Phase>,
    /// How they follow each other.
    pub(crate) pace: Pace,
    /// The most on the way at once.
    pub(crate) connections: usize,
    /// Who has waited longer goes away.
    pub(crate) patience: Duration,
    /// Who is told of accepted cases.
    pub(crate) accepted: Option<UnboundedSender<Accepted>>,
}

struct Due {
    at: Instant,
    asked: Asked,
}

struct Shared {
    begin: Instant,
    idle: Vec<Connection>,
    waiting: VecDeque<Due>,
    busy: usize,
    tally: Tally,
}

type Way = Arc<Mutex<Shared>>;

fn lock(way: &Way) -> MutexGuard<'_, Shared> {
    way.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Arrivals {
    /// Puts it on; what came of it.
    pub(crate) async fn put_on(&self, mut next: impl FnMut() -> Asked) -> Tally {
        let begin = Instant::now();
        let way: Way = Arc::new(Mutex::new(Shared {
            begin,
            idle: Vec::new(),
            waiting: VecDeque::new(),
            busy: 0,
            tally: Tally::default(),
        }));
        let before = Usage::of(self.pid);
        let first = self.phases.first().map_or(0.0, |(_, seconds)| *seconds);
        let (pid, end) = (self.pid, begin + Duration::from_secs_f64(first));
        let looked = tokio::spawn(async move {
            tokio::time::sleep_until(end.into()).await;
            Usage::of(pid).since(&before)
        });
        let mut on_the_way = JoinSet::new();
        for at in Times::new(self.pace, &self.phases) {
            let at = begin + at;
            if at > Instant::now() {
                tokio::time::sleep_until(at.into()).await;
                while on_the_way.try_join_next().is_some() {}
            }
            if at.elapsed() > BEHIND {
                lock(&way).tally.skipped += 1;
                continue;
            }
            let due = Due { at, asked: next() };
            if let Some(due) = taken(&way, due, self.connections) {
                let told = (self.address, self.patience, self.accepted.clone());
                on_the_way.spawn(serve(way.clone(), due, told));
                // When many are due at once those on the way must get their turn too.
                tokio::task::yield_now().await;
            }
        }
        let during = looked.await.unwrap_or_default();
        let end = async { while on_the_way.join_next().await.is_some() {} };
        let ended = tokio::time::timeout(LAST, end).await;
        on_the_way.abort_all();
        let mut shared = lock(&way);
        let mut tally = std::mem::take(&mut shared.tally);
        if ended.is_err() {
            tally.broken += (shared.busy + shared.waiting.len()) as u64;
        }
        tally.seconds = first;
        tally.usage = during;
        tally
    }
}

/// Gives back what is due when it may be sent at once; else it waits, or is turned away.
fn taken(way: &Way, due: Due, connections: usize) -> Option<Due> {
    let mut shared = lock(way);
    shared.tally.due += 1;
    if due.at.elapsed() > LATE {
        shared.tally.late += 1;
    }
    if shared.busy < connections {
        shared.busy += 1;
        return Some(due);
    }
    if shared.waiting.len() < QUEUE {
        shared.waiting.push_back(due);
    } else {
        shared.tally.gone += 1;
    }
    None
}

type Told = (SocketAddr, Duration, Option<UnboundedSender<Accepted>>);

/// Asks what is due, and then what waits, until nothing does.
async fn serve(way: Way, mut due: Due, told: Told) {
    let (address, patience, accepted) = &told;
    let mut body = Vec::new();
    loop {
        let sent = Instant::now();
        let left = patience.saturating_sub(sent - due.at);
        let idle = lock(&way).idle.pop();
        let asked = ask(*address, idle, &due.asked, &mut body);
        let answered = tokio::time::timeout(left, asked).await;
        let mut shared = lock(&way);
        match answered {
            Ok(Ok((connection, status))) => {
                let seen = Seen::sent(shared.begin, due.at, sent, due.asked.kind, status);
                let told_when = status != 503 || connection.was_told("retry-after");
                shared.tally.see(seen, told_when, connection.weight());
                shared.idle.push(connection);
                if status == 201
                    && due.asked.files
                    && let Some(number) = citizens::number_of(&body)
                    && let Some(accepted) = accepted
                {
                    // Nobody listens any more when the measure was given up.
                    _ = accepted.send((Instant::now(), number));
                }
            }
            Ok(Err(_)) => shared.tally.broken += 1,
            Err(_) => shared.tally.gone += 1,
        }
        loop {
            match shared.waiting.pop_front() {
                Some(next) if next.at.elapsed() < *patience => {
                    due = next;
                    break;
                }
                Some(_) => shared.tally.gone += 1,
                None => {
                    shared.busy -= 1;
                    return;
                }
            }
        }
    }
}

async fn ask(
    address: SocketAddr,
    idle: Option<Connection>,
    asked: &Asked,
    body: &mut Vec<u8>,
) -> std::io::Result<(Connection, u16)> {
    let mut connection = match idle {
        Some(connection) => connection,
        None => Connection::open(address).await?,
    };
    body.clear();
    let status = if asked.files {
        connection.ask_for(&asked.request, body).await?
    } else {
        connection.ask(&asked.request).await?
    };
    Ok((connection, status))
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::client::request;

    #[tokio::test]
    async fn a_server_that_stands_still_is_not_spared_the_wait() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut asked = [0; 1024];
            let mut first = true;
            while stream.read(&mut asked).await.unwrap_or(0) > 0 {
                if std::mem::take(&mut first) {
                    tokio::time::sleep(Duration::from_millis(300)).await;
                }
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                stream.write_all(answer).await.unwrap();
            }
        });
        let arrivals = Arrivals {
            address,
            pid: std::process::id(),
            phases: vec![(100.0, 0.395)],
            pace: Pace::Steady,
            connections: 1,
            patience: Duration::from_secs(5),
            accepted: None,
        };
        let asked = Asked {
            kind: 0,
            request: request("GET", "/", &[], b"").into(),
            files: false,
        };
        let tally = arrivals.put_on(|| asked.clone()).await;
        assert_eq!(tally.due, 39);
        let good = tally.good(Some(0));
        assert_eq!(good.count(), 39);
        // The requests that were due while the first was held up waited too.
        assert!(good.at(0.5) > 50.0, "{}", good.at(0.5));
        assert!(good.at(0.0) < 50.0, "{}", good.at(0.0));
    }
}
