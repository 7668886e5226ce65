//! A closed loop: so many connections ask, each after the answer to the last, and every answer is
//! kept. How much comes of it in a second is the server's capacity.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::arrivals::Asked;
use crate::client::Connection;
use crate::machine::Usage;
use crate::process::Server;
use crate::tally::{Seen, Tally};

/// Asked before anything counts.
const WARM_UP: Duration = Duration::from_millis(500);
const PATIENCE: Duration = Duration::from_secs(30);

/// What is asked next.
pub(crate) type Ask = Arc<dyn Fn() -> Asked + Send + Sync>;

/// What a server does when so many ask, each after the answer to the last.
pub(crate) async fn closed(okno: &Server, next: &Ask, connections: usize, seconds: f64) -> Tally {
    let begin = Instant::now() + WARM_UP;
    let end = begin + Duration::from_secs_f64(seconds);
    let mut workers = JoinSet::new();
    for _ in 0..connections {
        workers.spawn(ask(okno.address, next.clone(), begin, end));
    }
    tokio::time::sleep_until(begin.into()).await;
    let before = Usage::of(okno.pid());
    tokio::time::sleep_until(end.into()).await;
    let usage = Usage::of(okno.pid()).since(&before);
    let mut all = Tally {
        seconds,
        usage,
        ..Tally::default()
    };
    while let Some(tally) = workers.join_next().await {
        let tally = tally.unwrap_or_default();
        all.seen.extend(tally.seen);
        all.broken += tally.broken;
        all.bytes += tally.bytes;
        all.untold += tally.untold;
    }
    all
}

async fn ask(address: SocketAddr, next: Ask, begin: Instant, end: Instant) -> Tally {
    let mut tally = Tally::default();
    while Instant::now() < end {
        let Ok(mut connection) = Connection::open(address).await else {
            tally.broken += 1;
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        while Instant::now() < end {
            let asked = next();
            let sent = Instant::now();
            let answer = tokio::time::timeout(PATIENCE, connection.ask(&asked.request)).await;
            let counts = sent >= begin && Instant::now() <= end;
            match answer {
                Ok(Ok(status)) if counts => {
                    let told_when = status != 503 || connection.was_told("retry-after");
                    let seen = Seen::new(begin, sent, asked.kind, status);
                    tally.see(seen, told_when, connection.weight());
                }
                Ok(Ok(_)) => {}
                Ok(Err(_)) | Err(_) => {
                    tally.broken += 1;
                    break;
                }
            }
        }
    }
    tally
}
