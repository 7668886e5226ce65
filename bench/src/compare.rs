//! Ours beside the baseline: A B A B in the same minute, and one row of a table for each pair of
//! places. The ratio counts; the rest tells what it is worth.

use std::fmt::Write;

use crate::load::{self, Load, Measure};

/// Rounds of ours and the baselines, in turn.
pub(crate) struct Comparison {
    name: String,
    ours: Vec<Measure>,
    baselines: Vec<(String, Vec<Measure>)>,
}

impl Comparison {
    /// Measures ours and each baseline in turn, `rounds` times.
    pub(crate) async fn run(
        name: String,
        rounds: usize,
        ours: &Load,
        baselines: &[(&str, Load)],
    ) -> Self {
        let mut comparison = Self {
            name,
            ours: Vec::new(),
            baselines: Vec::new(),
        };
        for (name, _) in baselines {
            comparison.baselines.push(((*name).to_owned(), Vec::new()));
        }
        for _ in 0..rounds {
            comparison.ours.push(load::put_on(ours).await);
            for ((_, load), (_, kept)) in baselines.iter().zip(&mut comparison.baselines) {
                kept.push(load::put_on(load).await);
            }
        }
        eprintln!("  {}", comparison.in_short());
        comparison
    }

    /// The middle ratio to the first baseline.
    pub(crate) fn ratio(&self) -> f64 {
        let first = self.baselines.first();
        first.map_or(0.0, |(_, baseline)| middle(&self.ratios(baseline)))
    }

    /// Our middle rate.
    pub(crate) fn rate(&self) -> f64 {
        middle(&rates(&self.ours))
    }

    fn in_short(&self) -> String {
        let mut text = format!("{}: {:.0}/s", self.name, middle(&rates(&self.ours)));
        for (name, baseline) in &self.baselines {
            let ratios = self.ratios(baseline);
            let rate = middle(&rates(baseline));
            _ = write!(text, ", {name} {rate:.0}/s, ratio {:.2}", middle(&ratios));
        }
        text
    }

    fn ratios(&self, baseline: &[Measure]) -> Vec<f64> {
        let pairs = self.ours.iter().zip(baseline);
        pairs
            .map(|(ours, theirs)| ours.rate() / theirs.rate().max(1e-9))
            .collect()
    }

    fn cost_ratios(&self, baseline: &[Measure]) -> Vec<f64> {
        let pairs = self.ours.iter().zip(baseline);
        pairs
            .map(|(ours, theirs)| theirs.cost() / ours.cost().max(1e-9))
            .collect()
    }

    /// The rows of the table.
    pub(crate) fn rows(&self, goal: &str) -> String {
        let mut text = row(&self.name, &self.ours, "", "", goal);
        for (name, baseline) in &self.baselines {
            let ratio = spread(&self.ratios(baseline));
            let cost = spread(&self.cost_ratios(baseline));
            text.push_str(&row(&format!("– {name}"), baseline, &ratio, &cost, ""));
        }
        text
    }
}

/// Heads the rows.
pub(crate) const HEAD: &str = "\
| what | answers/s (min–max) | p50 ms | p99 ms | errors | server CPU µs per answer | generator CPU s | other CPU % | settling s | ratio of rates: min / **median** / max | ratio of CPU | target |
|---|---|---|---|---|---|---|---|---|---|---|---|
";

fn row(name: &str, measures: &[Measure], ratio: &str, cost: &str, goal: &str) -> String {
    let of = |f: fn(&Measure) -> f64| middle(&measures.iter().map(f).collect::<Vec<_>>());
    let rates = rates(measures);
    let (least, most) = bounds(&rates);
    let errors: u64 = measures.iter().map(|m| m.errors).sum();
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
    format!(
        "| {name} | {:.0} ({least:.0}–{most:.0}) | {:.2} | {:.2} | {errors} | {:.0} | {:.2} | {:.0} | {:.1} | {ratio} | {cost} | {goal} |\n",
        middle(&rates),
        of(|m| m.p50),
        of(|m| m.p99),
        of(Measure::cost),
        of(|m| m.generator_cpu),
        of(|m| m.other_cpu / m.seconds) * 100.0 / cores,
        of(|m| m.settling),
    )
}

fn rates(measures: &[Measure]) -> Vec<f64> {
    measures.iter().map(Measure::rate).collect()
}

/// The middle one; of an even number the lower middle.
pub(crate) fn middle(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
        .get(sorted.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or(0.0)
}

/// The least and the most.
pub(crate) fn bounds(values: &[f64]) -> (f64, f64) {
    values.iter().fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(least, most), value| (least.min(*value), most.max(*value)),
    )
}

fn spread(values: &[f64]) -> String {
    let (least, most) = bounds(values);
    format!("{least:.2} / **{:.2}** / {most:.2}", middle(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_told_by_its_middle_and_its_bounds() {
        assert_eq!(spread(&[0.5, 0.25, 1.0]), "0.25 / **0.50** / 1.00");
        assert!((middle(&[4.0, 1.0, 3.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!(middle(&[]).abs() < 1e-9);
    }
}
