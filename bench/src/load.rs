//! Load: so many connections ask the same thing for so many seconds, and what came of it. The
//! generator runs on one thread, so that it never takes more than one core from the server.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::client::Connection;
use crate::machine;

/// Asked before anything is counted: connections are open and caches warm by then.
const WARM_UP: Duration = Duration::from_millis(500);
/// How long an answer may take before the connection is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest wait for the server to finish what it still does behind its answers.
const LONGEST_SETTLING: Duration = Duration::from_secs(30);

/// What is asked, of whom, by how many, for how long.
#[derive(Clone)]
pub(crate) struct Load {
    /// The server.
    pub(crate) address: SocketAddr,
    /// Its process.
    pub(crate) pid: u32,
    /// The request.
    pub(crate) request: Arc<[u8]>,
    /// The status of a good answer.
    pub(crate) expected: u16,
    /// Connections at once.
    pub(crate) connections: usize,
    /// Seconds that count.
    pub(crate) seconds: f64,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measure {
    /// Good answers within the time.
    pub(crate) answers: u64,
    /// Other answers, and connections that broke.
    pub(crate) errors: u64,
    /// Seconds that counted.
    pub(crate) seconds: f64,
    /// Half of the answers came within so many milliseconds.
    pub(crate) p50: f64,
    /// Ninety-nine of a hundred did.
    pub(crate) p99: f64,
    /// Processor seconds of this process.
    pub(crate) generator_cpu: f64,
    /// Processor seconds of the server, with what it did behind its answers.
    pub(crate) server_cpu: f64,
    /// Processor seconds of everything else on the machine.
    pub(crate) other_cpu: f64,
    /// Seconds until the server had finished what it did behind its answers.
    pub(crate) settling: f64,
}

impl Measure {
    /// Good answers per second.
    pub(crate) fn rate(&self) -> f64 {
        self.answers as f64 / self.seconds.max(1e-9)
    }

    /// The server's processor microseconds for one answer.
    pub(crate) fn cost(&self) -> f64 {
        self.server_cpu * 1e6 / (self.answers.max(1) as f64)
    }
}

#[derive(Default)]
struct Seen {
    micros: Vec<u32>,
    errors: u64,
}

/// Puts the load on and waits until the server is at rest again.
pub(crate) async fn put_on(load: &Load) -> Measure {
    let begin = Instant::now() + WARM_UP;
    let end = begin + Duration::from_secs_f64(load.seconds);
    let mut workers = JoinSet::new();
    for _ in 0..load.connections {
        workers.spawn(ask(load.clone(), begin, end));
    }
    tokio::time::sleep_until(begin.into()).await;
    let before = machine::Usage::of(load.pid);
    tokio::time::sleep_until(end.into()).await;
    let after = machine::Usage::of(load.pid);
    let mut all = Seen::default();
    while let Some(seen) = workers.join_next().await {
        let seen = seen.unwrap_or_default();
        all.micros.extend(seen.micros);
        all.errors += seen.errors;
    }
    let settling = settle(load.pid).await;
    let rest = machine::Usage::of(load.pid);
    all.micros.sort_unstable();
    let at = |share: f64| {
        let place = (all.micros.len() as f64 * share) as usize;
        let place = place.min(all.micros.len().saturating_sub(1));
        f64::from(all.micros.get(place).copied().unwrap_or(0)) / 1000.0
    };
    let during = after.since(&before);
    Measure {
        answers: all.micros.len() as u64,
        errors: all.errors,
        seconds: load.seconds,
        p50: at(0.5),
        p99: at(0.99),
        generator_cpu: during.own,
        server_cpu: rest.since(&before).server,
        other_cpu: during.other,
        settling,
    }
}

async fn ask(load: Load, begin: Instant, end: Instant) -> Seen {
    let mut seen = Seen::default();
    while Instant::now() < end {
        let Ok(mut connection) = Connection::open(load.address).await else {
            seen.errors += 1;
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        while Instant::now() < end {
            let sent = Instant::now();
            let answer = tokio::time::timeout(PATIENCE, connection.ask(&load.request)).await;
            let now = Instant::now();
            let counts = sent >= begin && now <= end;
            match answer {
                Ok(Ok(status)) if status == load.expected => {
                    if counts {
                        let micros = (now - sent).as_micros();
                        seen.micros.push(u32::try_from(micros).unwrap_or(u32::MAX));
                    }
                }
                Ok(Ok(_)) => seen.errors += 1,
                Ok(Err(_)) | Err(_) => {
                    seen.errors += 1;
                    break;
                }
            }
        }
    }
    seen
}

/// Waits until a process hardly works any more; seconds that it took.
pub(crate) async fn settle(pid: u32) -> f64 {
    const LOOK: Duration = Duration::from_millis(300);
    /// Processor seconds in one look that count as rest.
    const REST: f64 = 0.02;
    let began = Instant::now();
    let mut before = machine::cpu_of(pid);
    loop {
        tokio::time::sleep(LOOK).await;
        let now = machine::cpu_of(pid);
        if now - before <= REST || began.elapsed() > LONGEST_SETTLING {
            return began.elapsed().saturating_sub(LOOK).as_secs_f64();
        }
        before = now;
    }
}
