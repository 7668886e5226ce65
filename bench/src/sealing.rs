//! Sealing (P8): cases are filed at a rate, and a sample of them is asked for its proof from the
//! moment of the answer on; then how quickly entries are placed and sealed that nobody placed for a
//! while. For the second the lease of the one that places is held by the bench, as another node
//! would hold it, while entries gather.

use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinSet;

use crate::arrivals::{Accepted, Arrivals, Asked};
use crate::citizens::Citizens;
use crate::client::{Connection, request};
use crate::latency::or_none;
use crate::load;
use crate::options::Options;
use crate::pace::Pace;
use crate::process::Server;
use crate::profile;
use crate::sql::Tables;
use crate::tally::{Spread, Tally};

/// Changes a second at which it is promised.
const RATE: f64 = 3_000.0;
/// What part of a rate that did not hold is tried next, at the most.
const LESS: f64 = 0.7;
/// A rate below this is no measure any more.
const LEAST: f64 = 20.0;
/// A rate holds when so much of it was answered well …
const HELD: f64 = 0.98;
/// … and 99 of 100 answers came within so many milliseconds: no queue grew.
const QUICK: f64 = 500.0;
/// One sample so often.
const EVERY: Duration = Duration::from_millis(80);
/// How often a sample's proof is asked for.
const LOOK: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(15);
/// The most on the way at once.
const MOST: usize = 256;
/// How long gathering and catching up may take.
const GATHERING: Duration = Duration::from_mins(10);

/// Measures the time to the proof at a rate; the part of the report.
pub(crate) async fn measure(
    options: &Options,
    okno: &Server,
    folder: &Path,
) -> Result<String, String> {
    let mut text = String::from(
        "| filings/s | answered well/s | their p99 ms | not good | samples | entry → proof p50 ms | p95 ms | p99 ms | most ms | server CPU % | generator CPU % | target |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut rate = RATE;
    loop {
        load::settle(okno.pid()).await;
        let (tally, proofs) = at_rate(okno, rate, options.seconds * 2.0).await?;
        let cpu = |part: f64| part / tally.seconds * 100.0;
        text.push_str(&format!(
            "| {rate:.0} | {:.0} | {:.0} | {} | {} | {} | {:.0} | {:.0} | p99 ≤ 1 s at 3,000/s |\n",
            tally.rate(),
            tally.good(None).at(0.99),
            or_none(&tally.faults()),
            proofs.count(),
            proofs.cells(),
            cpu(tally.usage.server),
            cpu(tally.usage.own),
        ));
        eprintln!("  {rate:.0}/s: proof p99 {:.0} ms", proofs.at(0.99));
        let filed = tally.good(None);
        let holds = filed.count() as f64 >= tally.due as f64 * HELD
            && tally.skipped == 0
            && filed.at(0.99) <= QUICK;
        if holds || rate * LESS < LEAST {
            let missed = !holds || rate < RATE || proofs.at(0.99) > 1000.0;
            if missed && options.profile > 0.0 {
                let load = at_rate(okno, rate, options.profile + profile::SLACK);
                let what = format!("filing and sealing at {rate:.0}/s");
                text.push_str(
                    &profile::during(&what, okno.pid(), options.profile, folder, load).await,
                );
            }
            return Ok(text);
        }
        // What it did shows how far away it was.
        rate = (rate * LESS).min(tally.rate().max(LEAST / LESS));
    }
}

/// Files at a rate; what came of it, and how long the samples waited for their proofs.
async fn at_rate(okno: &Server, rate: f64, seconds: f64) -> Result<(Tally, Spread), String> {
    let (tell, told) = unbounded_channel();
    let sampler = tokio::spawn(sample(okno.address, told));
    let arrivals = Arrivals {
        address: okno.address,
        pid: okno.pid(),
        phases: vec![(rate, seconds)],
        pace: Pace::Chance(41),
        connections: MOST,
        patience: PATIENCE,
        accepted: Some(tell),
    };
    let mut citizens = Citizens::new(42);
    let tally = arrivals.put_on(|| filing(&mut citizens)).await;
    drop(arrivals);
    let proofs = sampler.await.map_err(|error| error.to_string())??;
    Ok((tally, Spread::of(proofs)))
}

fn filing(citizens: &mut Citizens) -> Asked {
    Asked {
        kind: 0,
        request: citizens.any_filing().into(),
        files: true,
    }
}

/// Takes one of the accepted cases every while and waits for its proof.
async fn sample(
    address: SocketAddr,
    mut told: UnboundedReceiver<Accepted>,
) -> Result<Vec<u32>, String> {
    let mut waits = JoinSet::new();
    let mut last: Option<Instant> = None;
    while let Some((at, number)) = told.recv().await {
        if last.is_none_or(|last| at > last + EVERY) {
            last = Some(at);
            waits.spawn(wait_for_proof(address, at, number));
        }
    }
    let mut micros = Vec::new();
    while let Some(waited) = waits.join_next().await {
        micros.push(waited.map_err(|error| error.to_string())??);
    }
    Ok(micros)
}

async fn wait_for_proof(address: SocketAddr, at: Instant, number: String) -> Result<u32, String> {
    let told = |error: std::io::Error| format!("the proof of {number}: {error}");
    let mut connection = Connection::open(address).await.map_err(told)?;
    let ask = request("GET", &format!("/proofs/{number}.tlog-proof"), &[], b"");
    while connection.ask(&ask).await.map_err(told)? != 200 {
        if at.elapsed() > PATIENCE {
            // It counts with what it has waited.
            break;
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(u32::try_from(at.elapsed().as_micros()).unwrap_or(u32::MAX))
}

/// Measures how quickly a backlog is placed and sealed; the part of the report. The store is one of
/// its own in `place`, on `database` or on SQLite.
pub(crate) async fn catch_up(
    options: &Options,
    binary: &Path,
    place: &Path,
    database: Option<&str>,
) -> Result<String, String> {
    drop(Server::okno(binary, place, false, database)?);
    let tables = match database {
        Some(url) => Tables::postgres(url),
        None => Tables::sqlite(&place.join("data/okno.db")),
    };
    tables.hold_placing(GATHERING)?;
    let okno = Server::okno(binary, place, false, database)?;
    let gathered = gather(&okno, options.backlog).await;
    if let Err(error) = gathered {
        return Err(format!("{error}\n{}", okno.last_words()));
    }
    load::settle(okno.pid()).await;
    let before = sealed(&okno).await?;
    let unplaced = tables.waiting()?;
    tables.release_placing()?;
    let began = Instant::now();
    let must = before + unplaced;
    let mut looked = Vec::new();
    loop {
        let size = sealed(&okno).await?;
        looked.push((began.elapsed().as_secs_f64(), size));
        if size >= must {
            break;
        }
        if began.elapsed() > GATHERING {
            return Err(format!("only {size} of {must} were sealed in time"));
        }
        tokio::time::sleep(LOOK).await;
    }
    let seconds = began.elapsed().as_secs_f64();
    let rate = unplaced as f64 / seconds;
    eprintln!("  {unplaced} leaves in {seconds:.1} s: {rate:.0}/s");
    let mut text = format!(
        "{unplaced} entries had gathered while the lease `journal.placer` was held elsewhere; after it was given back all were placed and sealed in {seconds:.2} s: **{rate:.0} leaves/s** (checkpoints come twice a second; {} were seen). Target: ≥ 10,000 leaves/s.\n",
        checkpoints(&looked)
    );
    if rate < 10_000.0 && options.profile > 0.0 {
        tables.hold_placing(GATHERING)?;
        gather(&okno, options.backlog).await?;
        tables.release_placing()?;
        let load = tokio::time::sleep(Duration::from_secs_f64(options.profile + profile::SLACK));
        let what = "catching up";
        text.push_str(&profile::during(what, okno.pid(), options.profile, place, load).await);
    }
    Ok(text)
}

/// Files until so many entries wait for their places, or nearly: what one in a hundred missed, the
/// figure is not about.
async fn gather(okno: &Server, many: u64) -> Result<(), String> {
    let began = Instant::now();
    let mut citizens = Citizens::new(43);
    let mut filed = 0;
    while filed * 100 < many * 99 {
        let arrivals = Arrivals {
            address: okno.address,
            pid: okno.pid(),
            phases: vec![((many - filed).min(20_000) as f64, 1.0)],
            pace: Pace::Steady,
            connections: MOST,
            patience: Duration::from_mins(2),
            accepted: None,
        };
        let tally = arrivals.put_on(|| filing(&mut citizens)).await;
        let good = tally.good(None).count() as u64;
        filed += good;
        if good == 0 || began.elapsed() > GATHERING / 2 {
            return Err(format!(
                "only {filed} of {many} were filed: {}",
                tally.faults()
            ));
        }
    }
    Ok(())
}

/// How many leaves the newest checkpoint has.
async fn sealed(okno: &Server) -> Result<u64, String> {
    let answer = okno
        .fetch(&request("GET", "/log/checkpoint", &[], b""))
        .await?;
    let text = String::from_utf8_lossy(&answer.body);
    let size = text.lines().nth(1).and_then(|line| line.parse().ok());
    size.ok_or_else(|| format!("the checkpoint is answered with {}", answer.status))
}

fn checkpoints(looked: &[(f64, u64)]) -> usize {
    looked
        .windows(2)
        .filter(|pair| pair[0].1 != pair[1].1)
        .count()
}
