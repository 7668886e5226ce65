//! Measures the classifier on a portal's appeals by the protocol of the baseline, which
//! `crates/insight/baseline.py` follows on the same rows with scikit-learn:
//!
//!   cargo run --release -p insight --example baseline FOLDER
//!
//! FOLDER holds `appeals.csv.gz` with the columns `created`, `category`, `reason` and `text`. Rows are
//! taken by date, normalised, those under three letters and repeats are left out, then labels with fewer
//! than 10 rows (30 for `reason`); the first 80 % by date teach, the rest is asked for. With `--tune`
//! the later fifth of what would teach is asked for instead, to choose settings without the test rows;
//! `--cost C` and `--rare POWER` are two. What it prints are counts; no row is shown.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs::File;
use std::time::{Duration, Instant};

use flate2::read::GzDecoder;
use insight::{Measure, Model, Training, by_date, text};

/// A row of the table.
struct Appeal {
    created: String,
    text: String,
    category: String,
    reason: String,
}

/// What was asked for on the command line.
struct Asked {
    folder: String,
    tune: bool,
    training: Training,
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = asked()?;
    let appeals = read(&asked.folder)?;
    println!("appeals without repeats: {}", appeals.len());
    for (name, least) in [("category", 10), ("reason", 30)] {
        let label = |appeal: &Appeal| match name {
            "category" => appeal.category.clone(),
            _ => appeal.reason.clone(),
        };
        measure(name, &labelled(&appeals, label, least), &asked)?;
    }
    Ok(())
}

fn asked() -> Result<Asked, Box<dyn Error>> {
    let mut asked = Asked {
        folder: String::new(),
        tune: false,
        training: Training::default(),
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--tune" => asked.tune = true,
            "--rare" => {
                asked.training.rare = words.next().ok_or("--rare needs a number")?.parse()?;
            }
            "--cost" => {
                asked.training.cost = words.next().ok_or("--cost needs a number")?.parse()?;
            }
            _ => asked.folder = word,
        }
    }
    if asked.folder.is_empty() {
        return Err("say in which folder appeals.csv.gz lies".into());
    }
    Ok(asked)
}

/// The appeals by date, normal, without short ones and repeats.
fn read(folder: &str) -> Result<Vec<Appeal>, Box<dyn Error>> {
    let file = File::open(format!("{folder}/appeals.csv.gz"))?;
    let mut table = csv::Reader::from_reader(GzDecoder::new(file));
    let heads = table.headers()?.clone();
    let column = |name: &str| {
        heads
            .iter()
            .position(|head| head == name)
            .ok_or(format!("no column {name}"))
    };
    let (created, written) = (column("created")?, column("text")?);
    let (category, reason) = (column("category")?, column("reason")?);
    let mut appeals = Vec::new();
    for row in table.records() {
        let row = row?;
        appeals.push(Appeal {
            created: row[created].to_owned(),
            text: text::normal(&row[written]),
            category: row[category].to_owned(),
            reason: row[reason].to_owned(),
        });
    }
    appeals.sort_by(|one, other| one.created.cmp(&other.created));
    let mut seen = HashSet::new();
    appeals.retain(|appeal| appeal.text.chars().count() >= 3 && seen.insert(appeal.text.clone()));
    Ok(appeals)
}

/// A row with the label that is asked for.
type Row<'a> = (&'a str, String, String);

fn labelled(appeals: &[Appeal], label: impl Fn(&Appeal) -> String, least: usize) -> Vec<Row<'_>> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for appeal in appeals {
        *counts.entry(label(appeal)).or_default() += 1;
    }
    appeals
        .iter()
        .map(|appeal| (appeal.created.as_str(), appeal.text.clone(), label(appeal)))
        .filter(|(_, _, label)| !label.is_empty() && counts[label] >= least)
        .collect()
}

fn measure(name: &str, rows: &[Row<'_>], asked: &Asked) -> Result<(), Box<dyn Error>> {
    let (mut train, mut test) = by_date(rows.to_vec(), |row| row.0, 80);
    if asked.tune {
        (train, test) = by_date(train, |row| row.0, 80);
    }
    let pairs = |rows: Vec<Row<'_>>| -> Vec<(String, String)> {
        rows.into_iter()
            .map(|(_, text, label)| (text, label))
            .collect()
    };
    let (train, test) = (pairs(train), pairs(test));
    let begun = Instant::now();
    let model = Model::train(&train, &asked.training)?;
    let trained = begun.elapsed();
    let bytes = model.to_bytes();
    let begun = Instant::now();
    let loaded = Model::from_bytes(&bytes)?;
    let load = begun.elapsed();
    let measure = Measure::of(&loaded, &test);
    println!(
        "{name}: {} labels, {} rows teach, {} are asked for\n  \
         accuracy {:.4}  macro-F1 {:.4}  top-3 {:.4}  top-5 {:.4}  calibration error {:.4}\n  \
         trained in {:.1} s; {} features, {:.1} MB, loaded in {} ms",
        model.labels().len(),
        train.len(),
        test.len(),
        measure.accuracy(),
        measure.macro_f1(),
        measure.top(3),
        measure.top(5),
        measure.calibration_error(),
        trained.as_secs_f64(),
        model.features(),
        f64::from(u32::try_from(bytes.len())?) / 1e6,
        load.as_millis(),
    );
    // Of five the quickest: what the machine does beside is not the proposal's time.
    let once = |text: &str| {
        let begun = Instant::now();
        std::hint::black_box(loaded.propose(text));
        begun.elapsed()
    };
    let mut times: Vec<Duration> = test
        .iter()
        .filter_map(|(text, _)| (0..5).map(|_| once(text)).min())
        .collect();
    times.sort();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied();
    println!(
        "  a proposal: p50 {:.0?}, p99 {:.0?}, longest {:.0?}",
        at(50).unwrap_or_default(),
        at(99).unwrap_or_default(),
        times.last().copied().unwrap_or_default(),
    );
    Ok(())
}
