//! A burst (P7): five times as much as the server can do, for minutes. Each answer is counted, every
//! case that was accepted is asked for afterwards, and the time until answers are as quick again as
//! before the burst.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc::unbounded_channel;
use tokio::task::JoinSet;

use crate::arrivals::{Accepted, Arrivals};
use crate::client::{Connection, request};
use crate::latency::{capacity, or_none};
use crate::load;
use crate::mix::{Mix, Shared, draw};
use crate::options::Options;
use crate::pace::{Pace, Phase};
use crate::process::Server;
use crate::profile;
use crate::tally::{Seen, Tally};

/// How many times the capacity arrives.
const TIMES: f64 = 5.0;
/// What part of the capacity arrives before and after, to see what is normal.
const QUIET: f64 = 0.3;
/// Seconds before and after.
const BEFORE: f64 = 5.0;
const AFTER: f64 = 30.0;
/// Milliseconds of one look at what is normal again.
const LOOK: u32 = 500;
/// The most on the way at once: the server's own bound is below it.
const MOST: usize = 2_000;
const PATIENCE: Duration = Duration::from_secs(10);
/// Connections that ask for the accepted cases.
const ASKING: usize = 32;

/// Measures it; the part of the report.
pub(crate) async fn measure(
    options: &Options,
    okno: &Server,
    folder: &Path,
) -> Result<String, String> {
    let mix = Mix::of_a_crowd(okno).await?;
    load::settle(okno.pid()).await;
    let (mut text, capacity) = capacity(options, okno, &mix).await?;
    let quiet = put_on(okno, &mix, vec![(capacity * QUIET, BEFORE)], None).await;
    let normal = quiet.good(None).at(0.99);

    let (tell, mut told) = unbounded_channel();
    let rate = capacity * TIMES;
    let seconds = options.burst_seconds;
    eprintln!("  a burst of {rate:.0}/s for {seconds:.0} s");
    let phases = vec![(rate, seconds), (capacity * QUIET, AFTER)];
    let all = put_on(okno, &mix, phases, Some(tell)).await;
    let (burst, after) = all.parted(AFTER);
    let mut accepted: Vec<String> = Vec::new();
    while let Ok((_, number)) = told.try_recv() {
        accepted.push(number);
    }
    let count = accepted.len();
    eprintln!("  {count} accepted, each is asked for");
    let lost = lost(okno, accepted).await?;

    let goodput = burst.rate();
    let is_refused = |seen: &Seen| seen.status == 503;
    let refused = burst.times(is_refused);
    let sent = burst.times_sent(is_refused);
    let others = burst
        .seen
        .iter()
        .filter(|seen| !seen.is_good() && seen.status != 503)
        .count();
    let bound = (normal * 2.0).max(50.0);
    let again = match normal_again(&after, bound) {
        Some(seconds) => format!("**{seconds:.1} s**"),
        None => format!("not within {AFTER:.0} s"),
    };
    let cpu = |part: f64| part / seconds * 100.0;
    text.push_str(&format!(
        "\nThe burst: {TIMES:.0} × {capacity:.0} a second for {:.0} s, {} answers; {} requests were left out because the generator was a second behind; server {:.0} %, generator {:.0} %, others {:.0} % of one core. The generator's part is taken from the server: with both cores full the goodput is what the server does with what is left.\n\n",
        seconds,
        burst.seen.len(),
        burst.skipped,
        cpu(burst.usage.server),
        cpu(burst.usage.own),
        cpu(burst.usage.other),
    ));
    text.push_str("| what | measured | target |\n|---|---|---|\n");
    text.push_str(&format!(
        "| goodput against capacity | {goodput:.0}/s of {capacity:.0}/s: **{:.0} %** | ≥ 80 % |\n",
        goodput / capacity * 100.0
    ));
    text.push_str(&format!(
        "| accepted and lost | {count} accepted, **{lost}** lost | 0 |\n"
    ));
    text.push_str(&format!(
        "| refused with 503, from its sending | {} answers, {} of them without `Retry-After`; p50 {:.1}, p95 {:.1}, p99 **{:.1}**, most {:.0} ms | ≤ 50 ms |\n",
        refused.count(), burst.untold, sent.at(0.5), sent.at(0.95), sent.at(0.99), sent.at(1.0)
    ));
    text.push_str(&format!(
        "| the same from when it was due, with the generator's own delay | p50 {:.1}, p95 {:.1}, p99 {:.1}, most {:.0} ms | |\n",
        refused.at(0.5), refused.at(0.95), refused.at(0.99), refused.at(1.0)
    ));
    let good = burst.good(None);
    text.push_str(&format!(
        "| good answers meanwhile, from when they were due | p50 {:.0}, p99 {:.0}, most {:.0} ms; {:.0}/s came within a second | |\n",
        good.at(0.5),
        good.at(0.99),
        good.at(1.0),
        burst.rate_within(1000)
    ));
    text.push_str(&format!(
        "| neither | {others} other answers, {} connections broken, {} given up after {} s or turned away from a full queue, {} begun late | |\n",
        burst.broken, burst.gone, PATIENCE.as_secs(), burst.late
    ));
    text.push_str(&format!(
        "| normal again after the burst | {again}: from then on all good and p99 of each half second ≤ {bound:.0} ms (before the burst it was {normal:.1} ms at {:.0} % of capacity) | ≤ 10 s |\n",
        QUIET * 100.0
    ));
    text.push_str(&format!(
        "\nStatuses of the burst: {:?}. Not good before: {}; after: {}. Refused after the burst in each five seconds: {:?}.\n",
        burst.statuses(),
        or_none(&quiet.faults()),
        or_none(&after.faults()),
        refused_in_turn(&after)
    ));
    if goodput < capacity * 0.8 && options.profile > 0.0 {
        let phases = vec![(rate, options.profile + profile::SLACK)];
        let load = put_on(okno, &mix, phases, None);
        let what = "a burst";
        text.push_str(&profile::during(what, okno.pid(), options.profile, folder, load).await);
    }
    Ok(text)
}

async fn put_on(
    okno: &Server,
    mix: &Shared,
    phases: Vec<Phase>,
    accepted: Option<tokio::sync::mpsc::UnboundedSender<Accepted>>,
) -> Tally {
    let arrivals = Arrivals {
        address: okno.address,
        pid: okno.pid(),
        phases,
        pace: Pace::Chance(31),
        connections: MOST,
        patience: PATIENCE,
        accepted,
    };
    arrivals.put_on(|| draw(mix)).await
}

/// How many were refused in each five seconds.
fn refused_in_turn(after: &Tally) -> Vec<usize> {
    let refused = after.seen.iter().filter(|seen| seen.status == 503);
    let mut counts = vec![0; (after.seconds / 5.0) as usize];
    for seen in refused {
        if let Some(count) = counts.get_mut(seen.due as usize / 5_000) {
            *count += 1;
        }
    }
    counts
}

/// Seconds after which every half second has good answers alone and is quick; none when it never is.
fn normal_again(after: &Tally, bound: f64) -> Option<f64> {
    let looks = (after.seconds * 1000.0) as u32 / LOOK;
    let is_normal = |look: u32| {
        let within = |due: u32| due / LOOK == look;
        let all_good = after
            .seen
            .iter()
            .filter(|seen| within(seen.due))
            .all(Seen::is_good);
        all_good && after.times(|seen| within(seen.due)).at(0.99) <= bound
    };
    let last_bad = (0..looks).rev().find(|look| !is_normal(*look));
    match last_bad {
        None => Some(0.0),
        Some(look) if look + 1 < looks => Some(f64::from((look + 1) * LOOK) / 1000.0),
        Some(_) => None,
    }
}

/// How many of the accepted cases are not there.
async fn lost(okno: &Server, accepted: Vec<String>) -> Result<usize, String> {
    let left = Arc::new(Mutex::new(accepted));
    let mut askers = JoinSet::new();
    for _ in 0..ASKING {
        let (left, address) = (left.clone(), okno.address);
        askers.spawn(async move {
            let mut lost = 0;
            let mut connection = Connection::open(address).await.ok()?;
            loop {
                let next = left.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let Some(number) = next else {
                    return Some(lost);
                };
                let ask = request("GET", &format!("/api/v1/cases/{number}"), &[], b"");
                let until = Instant::now() + PATIENCE;
                loop {
                    match connection.ask(&ask).await {
                        Ok(200) => break,
                        // The house is full or the line broke: that says nothing of the case.
                        Ok(503 | 429) if Instant::now() < until => {
                            tokio::time::sleep(Duration::from_millis(100)).await;
                        }
                        Ok(_) => {
                            lost += 1;
                            break;
                        }
                        Err(_) if Instant::now() < until => {
                            connection = Connection::open(address).await.ok()?;
                        }
                        Err(_) => return None,
                    }
                }
            }
        });
    }
    let mut all = 0;
    while let Some(lost) = askers.join_next().await {
        all += lost
            .ok()
            .flatten()
            .ok_or("the accepted cases could not all be asked for")?;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_normal_again_after_the_last_slow_or_bad_answer() {
        let seen = |due, ms: u32, status| Seen {
            due,
            micros: ms * 1000,
            unsent: 0,
            status,
            kind: 0,
        };
        let mut after = Tally {
            seconds: 5.0,
            ..Tally::default()
        };
        for due in (0..5000).step_by(100) {
            after.see(seen(due, 5, 200), true, 0);
        }
        assert_eq!(normal_again(&after, 50.0), Some(0.0));
        after.see(seen(1200, 80, 200), true, 0);
        assert_eq!(normal_again(&after, 50.0), Some(1.5));
        after.see(seen(2100, 1, 503), true, 0);
        assert_eq!(normal_again(&after, 50.0), Some(2.5));
        after.see(seen(4900, 90, 200), true, 0);
        assert_eq!(normal_again(&after, 50.0), None);
    }
}
