//! The bench: starts the real server and bare baselines on this machine, puts the same load on
//! both in turn, and writes what it measured to `RESULTS.md`. Ratios within one run count; absolute
//! figures inform. Everything goes over loopback and is bounded in number and time.
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "measures are rounded when they are told, and counts stay far below 2^52"
)]
#![expect(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "reports are put together once, after everything was measured"
)]

mod arrivals;
mod baseline;
mod burst;
mod citizens;
mod client;
mod closed;
mod compare;
mod entries;
mod filing;
mod language;
mod latency;
mod life;
mod lifecycle;
mod load;
mod machine;
mod mix;
mod options;
mod pace;
mod pages;
mod process;
mod profile;
mod report;
mod run;
mod sealing;
mod search;
mod sql;
mod staff;
mod startup;
mod synthetic;
mod tally;

use std::process::ExitCode;

use clap::Parser;

use crate::options::{Deed, Options};

fn main() -> ExitCode {
    let options = Options::parse();
    let ended = match &options.deed {
        None => run::run(&options),
        Some(Deed::PagesBaseline { folder }) => baseline::pages(folder),
        Some(Deed::EntriesBaseline { folder }) => entries::serve_changes(folder),
        Some(Deed::FilingBaseline { file, database_url }) => match (file, database_url) {
            (_, Some(url)) => baseline::filing(&store::Settings::postgres(url)),
            (Some(file), None) => baseline::filing(&store::Settings::sqlite(file)),
            (None, None) => Err("no database".to_owned()),
        },
        Some(Deed::Synthetic {
            from,
            out,
            cases,
            seed,
        }) => synthetic::write(from, out, *cases, *seed),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
