//! Whole lives of cases (P4, P5): filed by a guest, taken by a specialist, answered in a draft, sent
//! to a head, agreed, and at last found by a word of its text, all over REST with personal tokens.

use std::path::Path;
use std::sync::Arc;

use crate::citizens::TOPICS;
use crate::compare::{bounds, middle};
use crate::life::{Round, STEPS, WARM_UP, lead};
use crate::options::Options;
use crate::process::Server;
use crate::profile;
use crate::staff::Tokens;

/// What is promised, lives a second.
const PROMISED: f64 = 1000.0;

/// A store that lives are led on.
pub(crate) struct Place<'a> {
    /// In words.
    pub(crate) name: String,
    /// Its server.
    pub(crate) okno: &'a Server,
}

/// Leads lives on each store in turn; the part of the report.
pub(crate) async fn measure(
    options: &Options,
    places: &[Place<'_>],
    folder: &Path,
) -> Result<String, String> {
    let people: Vec<&str> = TOPICS
        .iter()
        .flat_map(|topic| [topic.specialist, topic.head])
        .collect();
    let mut tokens = Vec::new();
    for place in places {
        tokens.push(Arc::new(Tokens::of(place.okno, &people).await?));
    }
    let mut rounds: Vec<Vec<Round>> = places.iter().map(|_| Vec::new()).collect();
    for _ in 0..options.rounds {
        for ((place, tokens), rounds) in places.iter().zip(&tokens).zip(&mut rounds) {
            rounds.push(lead(place.okno, tokens, options.seconds).await);
        }
    }
    let mut text = String::from(
        "| store | lives/s (min–max) | server CPU µs a life | generator CPU % | other CPU % | searched again | faults | settling s | target |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for (place, rounds) in places.iter().zip(&rounds) {
        text.push_str(&row(&place.name, rounds));
    }
    if let [first, second] = &rounds[..] {
        let ratios: Vec<f64> = first
            .iter()
            .zip(second)
            .map(|(a, b)| b.rate() / a.rate().max(1e-9))
            .collect();
        let (least, most) = bounds(&ratios);
        text.push_str(&format!(
            "\n{} over {}: {least:.2} / **{:.2}** / {most:.2}; promised are ≥ 0.60.\n",
            places[1].name,
            places[0].name,
            middle(&ratios)
        ));
    }
    for (place, rounds) in places.iter().zip(&rounds) {
        text.push_str(&steps(&place.name, rounds));
    }
    for ((place, tokens), rounds) in places.iter().zip(&tokens).zip(&rounds) {
        let rates: Vec<f64> = rounds.iter().map(Round::rate).collect();
        eprintln!("  {}: {:.0} lives/s", place.name, middle(&rates));
        if middle(&rates) < PROMISED && options.profile > 0.0 {
            let what = format!("whole lives on {}", place.name);
            let seconds = options.profile + WARM_UP.as_secs_f64();
            let load = lead(place.okno, tokens, options.profile + profile::SLACK);
            text.push_str(&profile::during(&what, place.okno.pid(), seconds, folder, load).await);
        }
    }
    Ok(text)
}

fn row(name: &str, rounds: &[Round]) -> String {
    let of = |f: &dyn Fn(&Round) -> f64| middle(&rounds.iter().map(f).collect::<Vec<_>>());
    let rates: Vec<f64> = rounds.iter().map(Round::rate).collect();
    let (least, most) = bounds(&rates);
    let faults: Vec<String> = rounds.iter().map(|round| round.tally.faults()).collect();
    let faults: Vec<&str> = faults
        .iter()
        .map(String::as_str)
        .filter(|f| !f.is_empty())
        .collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
    format!(
        "| {name} | **{:.0}** ({least:.0}–{most:.0}) | {:.0} | {:.0} | {:.0} | {} | {} | {:.1} | ≥ 1000/s |\n",
        middle(&rates),
        of(&|r| r.server_cpu * 1e6 / (r.lives.max(1) as f64)),
        of(&|r| r.tally.usage.own / r.tally.seconds * 100.0),
        of(&|r| r.tally.usage.other / r.tally.seconds * 100.0 / cores),
        rounds.iter().map(|round| round.again).sum::<u64>(),
        if faults.is_empty() {
            "none".to_owned()
        } else {
            faults.join("; ")
        },
        of(&|r| r.settling),
    )
}

fn steps(name: &str, rounds: &[Round]) -> String {
    let mut text =
        format!("\n| {name}: step | p50 ms | p95 ms | p99 ms | most ms |\n|---|---|---|---|---|\n");
    let Some(last) = rounds.last() else {
        return text;
    };
    for (kind, step) in STEPS.iter().enumerate() {
        text.push_str(&format!(
            "| {step} | {} |\n",
            last.tally.good(Some(kind)).cells()
        ));
    }
    text
}
