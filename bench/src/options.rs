//! What the bench can be told.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Measures Okno beside bare baselines on this machine and writes `bench/RESULTS.md`.
#[derive(Debug, Parser)]
#[command(name = "bench")]
pub(crate) struct Options {
    /// Seconds of each measure.
    #[arg(long, default_value_t = 10.0)]
    pub(crate) seconds: f64,
    /// Connections at once, for pages.
    #[arg(long, default_value_t = 32)]
    pub(crate) connections: usize,
    /// Rounds of ours and the baseline in turn.
    #[arg(long, default_value_t = 3)]
    pub(crate) rounds: usize,
    /// A cluster of PostgreSQL on which databases may be made and dropped; filing is measured there too.
    #[arg(long, env = "OKNO_TEST_POSTGRES", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
    /// The server's binary; built from this source when left out.
    #[arg(long)]
    pub(crate) okno: Option<PathBuf>,
    /// Parts to measure; all when left out.
    #[arg(long, value_enum)]
    pub(crate) only: Vec<Part>,
    /// Where the report is written.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/RESULTS.md"), hide_default_value = true)]
    pub(crate) report: PathBuf,
    #[command(subcommand)]
    pub(crate) deed: Option<Deed>,
}

/// A part of the measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// P15: start and memory.
    Start,
    /// P16: weight of the home page.
    Weight,
    /// P1 and P2: pages.
    Pages,
    /// P3: filing.
    Filing,
    /// P8: from the answer to the proof.
    Proofs,
}

/// What the bench does beside measuring; baselines are processes of their own that it starts itself.
#[derive(Debug, Subcommand)]
pub(crate) enum Deed {
    /// Writes made-up cases with the shapes of a real set, for `okno import appeals`.
    Synthetic {
        /// The real set: appeals, answers, timeline, reroutes and reclassified as `.csv.gz`.
        #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/appeals"), hide_default_value = true)]
        from: PathBuf,
        /// The folder for what is made.
        #[arg(long)]
        out: PathBuf,
        /// How many.
        #[arg(long, default_value_t = 10_000)]
        cases: u64,
        /// The same seed makes the same cases.
        #[arg(long, default_value_t = 42)]
        seed: u64,
    },
    /// Sends pages from memory.
    #[command(hide = true)]
    PagesBaseline {
        /// The pages.
        folder: PathBuf,
    },
    /// Inserts each body as one row.
    #[command(hide = true)]
    FilingBaseline {
        /// The file of SQLite.
        #[arg(long)]
        file: Option<PathBuf>,
        /// The database of PostgreSQL.
        #[arg(long)]
        database_url: Option<String>,
    },
}

impl Options {
    /// Whether a part is wanted.
    pub(crate) fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}
