//! Latency (P6): how much of a day's mix the server does is measured first, and then seventy of a
//! hundred of that arrive by chance, as independent people do. Time counts from when a request was
//! due.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::arrivals::Arrivals;
use crate::closed::{Ask, closed};
use crate::load;
use crate::mix::{Mix, Shared, draw};
use crate::options::Options;
use crate::pace::Pace;
use crate::process::Server;
use crate::profile;

/// Connections at once while capacity is measured; what does the most counts.
const CONNECTIONS: [usize; 2] = [32, 128];
/// What part of the capacity arrives.
const PART: f64 = 0.7;
/// The most on the way at once.
const MOST: usize = 512;
const PATIENCE: Duration = Duration::from_secs(10);

/// Measures it; the part of the report.
pub(crate) async fn measure(
    options: &Options,
    okno: &Server,
    folder: &Path,
) -> Result<String, String> {
    let mix = Mix::of_a_day(okno).await?;
    load::settle(okno.pid()).await;
    let (mut text, capacity) = capacity(options, okno, &mix).await?;
    let mut arrivals = Arrivals {
        address: okno.address,
        pid: okno.pid(),
        phases: vec![(capacity * PART, options.seconds * 2.0)],
        pace: Pace::Chance(21),
        connections: MOST,
        patience: PATIENCE,
        accepted: None,
    };
    let tally = arrivals.put_on(|| draw(&mix)).await;
    text.push_str(&format!(
        "\n{:.0} requests a second arrived by chance for {:.1} s ({:.0} % of {capacity:.0}/s): {:.0} good answers a second, {:.1} MB/s; server {:.0} %, generator {:.0} %, others {:.0} % of one core. Not good: {}.\n",
        capacity * PART,
        tally.seconds,
        PART * 100.0,
        tally.rate(),
        tally.bytes as f64 / 1e6 / tally.seconds,
        tally.usage.server / tally.seconds * 100.0,
        tally.usage.own / tally.seconds * 100.0,
        tally.usage.other / tally.seconds * 100.0,
        or_none(&tally.faults()),
    ));
    text.push_str("\n| what | answers | p50 ms | p95 ms | p99 ms | most ms | target p99 |\n|---|---|---|---|---|---|---|\n");
    let mut missed = false;
    let kinds: Vec<(&str, f64)> = {
        let mix = mix.lock().map_err(|_| "the mix is broken")?;
        mix.kinds
            .iter()
            .map(|kind| (kind.name, kind.promised()))
            .collect()
    };
    for (place, (name, promised)) in kinds.iter().enumerate() {
        let spread = tally.good(Some(place));
        missed |= spread.at(0.99) > *promised;
        text.push_str(&format!(
            "| {name} | {} | {} | ≤ {promised:.0} ms |\n",
            spread.count(),
            spread.cells()
        ));
    }
    eprintln!("  all together p99 {:.1} ms", tally.good(None).at(0.99));
    if missed && options.profile > 0.0 {
        arrivals.phases = vec![(capacity * PART, options.profile + profile::SLACK)];
        let load = arrivals.put_on(|| draw(&mix));
        let what = "a day's mix at 70 % of capacity";
        text.push_str(&profile::during(what, okno.pid(), options.profile, folder, load).await);
    }
    Ok(text)
}

/// How much of a mix the server does, a second, and in what words.
pub(crate) async fn capacity(
    options: &Options,
    okno: &Server,
    mix: &Shared,
) -> Result<(String, f64), String> {
    let mut text = String::from(
        "Capacity, each asking after the answer to the last:\n\n| at once | good answers/s | p50 ms | p95 ms | p99 ms | most ms | not good |\n|---|---|---|---|---|---|---|\n",
    );
    let mut most = 0.0f64;
    for connections in CONNECTIONS {
        let next: Ask = {
            let mix = mix.clone();
            Arc::new(move || draw(&mix))
        };
        let tally = closed(okno, &next, connections, options.seconds).await;
        load::settle(okno.pid()).await;
        most = most.max(tally.rate());
        text.push_str(&format!(
            "| {connections} | {:.0} | {} | {} |\n",
            tally.rate(),
            tally.good(None).cells(),
            or_none(&tally.faults())
        ));
    }
    eprintln!("  capacity {most:.0}/s");
    if most < 1.0 {
        return Err("the server does nothing of the mix".to_owned());
    }
    Ok((text, most))
}

/// A cell that is not left empty.
pub(crate) fn or_none(faults: &str) -> &str {
    if faults.is_empty() { "none" } else { faults }
}
