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
    /// A cluster of PostgreSQL on which databases may be made and dropped: P3, P5 and catching up are
    /// measured there too.
    #[arg(long, env = "OKNO_TEST_POSTGRES", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
    /// The server's binary; built from this source when left out.
    #[arg(long)]
    pub(crate) okno: Option<PathBuf>,
    /// Parts to measure, like `p4,p6`; all when left out. The other sections of the report stay.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub(crate) only: Vec<Part>,
    /// A folder with a demo's store in `data` and `keys` to measure on instead of an empty one; what
    /// is filed stays in it.
    #[arg(long)]
    pub(crate) store: Option<PathBuf>,
    /// Seconds of the burst.
    #[arg(long, default_value_t = 300.0)]
    pub(crate) burst_seconds: f64,
    /// Entries that gather before catching up is measured.
    #[arg(long, default_value_t = 100_000)]
    pub(crate) backlog: u64,
    /// Seconds of the profile of what misses its target; 0 takes none.
    #[arg(long, default_value_t = 5.0)]
    pub(crate) profile: f64,
    /// Where the report is written.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/RESULTS.md"), hide_default_value = true)]
    pub(crate) report: PathBuf,
    #[command(subcommand)]
    pub(crate) deed: Option<Deed>,
}

/// A part of the measures, by its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Start and memory.
    #[value(name = "p15", alias = "start")]
    Start,
    /// Weight of the home page.
    #[value(name = "p16", alias = "weight")]
    Weight,
    /// Pages (P1 and P2).
    #[value(name = "p1", alias = "p2", alias = "pages")]
    Pages,
    /// Whole lives of cases on SQLite.
    #[value(name = "p4")]
    Lives,
    /// The same on PostgreSQL, in turn with those on SQLite.
    #[value(name = "p5")]
    LivesOnPostgres,
    /// Latency at seventy of a hundred of the capacity.
    #[value(name = "p6")]
    Latency,
    /// Search.
    #[value(name = "p10")]
    Search,
    /// Filing.
    #[value(name = "p3", alias = "filing")]
    Filing,
    /// What the journal costs.
    #[value(name = "p9")]
    Entries,
    /// From the entry to the proof, and catching up.
    #[value(name = "p8", alias = "proofs")]
    Proofs,
    /// A burst.
    #[value(name = "p7")]
    Burst,
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
    /// Makes a small change with an entry and without.
    #[command(hide = true)]
    EntriesBaseline {
        /// For its store.
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
