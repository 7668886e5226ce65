//! Search (P10): questions of the words in which the synthetic cases are written, asked of the open
//! search and of the staff's over all cases, one after the other and a few at once; then how long it
//! takes from the answer to a filing until the staff's search shows the case.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::citizens::{Citizens, TOPICS, number_of};
use crate::client::{Connection, request};
use crate::closed::{Ask, closed};
use crate::language::rare_word;
use crate::latency::or_none;
use crate::load;
use crate::mix::{numbers, questions};
use crate::options::Options;
use crate::process::Server;
use crate::profile;
use crate::staff::{Person, Tokens, coded};
use crate::tally::Spread;

/// Different questions.
const QUESTIONS: usize = 2_000;
/// Who asks at once.
const AT_ONCE: [usize; 2] = [1, 4];
/// What is promised of 99 of 100, milliseconds.
const PROMISED: f64 = 30.0;
/// Cases that are looked for after they were filed.
const SAMPLE: usize = 40;
const LOOK: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(20);
/// Others are filed meanwhile, one so often.
const EVERY: Duration = Duration::from_millis(50);

/// Requests with questions.
type Questions = Arc<Vec<Arc<[u8]>>>;

/// Measures it; the part of the report.
pub(crate) async fn measure(
    options: &Options,
    okno: &Server,
    folder: &Path,
) -> Result<String, String> {
    numbers(okno).await?;
    wait_until_findable(okno).await?;
    load::settle(okno.pid()).await;
    let person = Person::over_all(okno).await?;
    let specialist = TOPICS[0].specialist;
    let tokens = Tokens::of(okno, &[specialist]).await?;
    let token = tokens.header(specialist);
    let questions = questions(QUESTIONS);
    let ways: [(&str, &str, &[&str]); 4] = [
        ("page `/find`", "/find?q=", &[]),
        ("`GET /api/v1/find`", "/api/v1/find?q=", &[]),
        (
            "page `/desk/search`, head over most",
            "/desk/search?q=",
            &[&person.cookie],
        ),
        (
            "`GET /api/v1/desk/search`, a specialist",
            "/api/v1/desk/search?q=",
            &[token],
        ),
    ];
    let mut text = format!(
        "{} different questions of one to three words or a phrase, in the words that the synthetic cases are written in.\n\n| what | at once | questions/s | p50 ms | p95 ms | p99 ms | most ms | not good | target p99 |\n|---|---|---|---|---|---|---|---|---|\n",
        questions.len()
    );
    let mut slowest: Option<(f64, &str, Questions)> = None;
    for (name, path, headers) in ways {
        let asked: Vec<Arc<[u8]>> = questions
            .iter()
            .map(|q| request("GET", &format!("{path}{}", coded(q)), headers, b"").into())
            .collect();
        let asked = Arc::new(asked);
        for at_once in AT_ONCE {
            let ask = in_turn(&asked);
            let tally = closed(okno, &ask, at_once, options.seconds).await;
            let spread = tally.good(None);
            text.push_str(&format!(
                "| {name} | {at_once} | {:.0} | {} | {} | ≤ {PROMISED:.0} ms |\n",
                tally.rate(),
                spread.cells(),
                or_none(&tally.faults())
            ));
            eprintln!("  {name}, {at_once} at once: p99 {:.1} ms", spread.at(0.99));
            if at_once == 1
                && slowest
                    .as_ref()
                    .is_none_or(|(p99, ..)| spread.at(0.99) > *p99)
            {
                slowest = Some((spread.at(0.99), name, asked.clone()));
            }
        }
    }
    text.push_str(&until_found(okno, token).await?);
    if let Some((p99, name, asked)) = slowest
        && p99 > PROMISED
        && options.profile > 0.0
    {
        let ask = in_turn(&asked);
        let load = closed(okno, &ask, 1, options.profile + profile::SLACK);
        text.push_str(&profile::during(name, okno.pid(), options.profile, folder, load).await);
    }
    Ok(text)
}

/// Each of the questions in its turn.
fn in_turn(asked: &Questions) -> Ask {
    let (asked, next) = (asked.clone(), std::sync::atomic::AtomicUsize::new(0));
    Arc::new(move || {
        let place = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        crate::arrivals::Asked {
            kind: 0,
            request: asked[place % asked.len()].clone(),
            files: false,
        }
    })
}

/// Waits until a server that has just started has told its index all cases.
pub(crate) async fn wait_until_findable(okno: &Server) -> Result<(), String> {
    const MOST: Duration = Duration::from_mins(20);
    let began = Instant::now();
    while !okno.has_said("every case can be found") {
        if okno.has_ended() {
            return Err(format!("the server ended: {}", okno.last_words()));
        }
        if began.elapsed() > MOST {
            return Err("not every case can be found in time".to_owned());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Ok(())
}

/// How long it takes until a new case is found, while others are filed.
async fn until_found(okno: &Server, token: &str) -> Result<String, String> {
    let address = okno.address;
    let others = tokio::spawn(async move {
        let mut citizens = Citizens::new(51);
        while let Ok(mut connection) = Connection::open(address).await {
            while connection.ask(&citizens.any_filing()).await.is_ok() {
                tokio::time::sleep(EVERY).await;
            }
        }
    });
    let sampled = sample(okno, token).await;
    others.abort();
    let spread = Spread::of(sampled?);
    eprintln!("  found after {:.0} ms at most", spread.at(1.0));
    Ok(format!(
        "\nFrom the answer to a filing until the staff's search shows it by a word of its text, {SAMPLE} cases, asked every {} ms while 20 others a second are filed:\n\n| p50 ms | p95 ms | p99 ms | most ms | target |\n|---|---|---|---|---|\n| {} | ≤ 1000 ms |\n",
        LOOK.as_millis(),
        spread.cells()
    ))
}

async fn sample(okno: &Server, token: &str) -> Result<Vec<u32>, String> {
    let told = |error: std::io::Error| error.to_string();
    let mut connection = Connection::open(okno.address).await.map_err(told)?;
    let mut citizens = Citizens::new(52);
    let run = u64::from(u32::from_be_bytes(base::id::random()));
    let mut micros = Vec::new();
    let mut body = Vec::new();
    for turn in 0..SAMPLE as u64 {
        // Not in step with anything that happens so many times a second.
        tokio::time::sleep(Duration::from_millis(turn * 137 % 700)).await;
        let word = rare_word(run + turn);
        body.clear();
        let filing = citizens.filing(&TOPICS[0], Some(&word));
        connection.ask_for(&filing, &mut body).await.map_err(told)?;
        let filed = Instant::now();
        let number = number_of(&body)
            .ok_or_else(|| format!("filing: {}", String::from_utf8_lossy(&body)))?;
        let must = format!("/desk/cases/{number}\"");
        let path = format!("/api/v1/desk/search?limit=1&q={}", coded(&word));
        let ask = request("GET", &path, &[token], b"");
        loop {
            body.clear();
            connection.ask_for(&ask, &mut body).await.map_err(told)?;
            if String::from_utf8_lossy(&body).contains(&must) {
                break;
            }
            if filed.elapsed() > PATIENCE {
                return Err(format!("{number} is not found by its word {word}"));
            }
            tokio::time::sleep(LOOK).await;
        }
        micros.push(u32::try_from(filed.elapsed().as_micros()).unwrap_or(u32::MAX));
    }
    Ok(micros)
}
