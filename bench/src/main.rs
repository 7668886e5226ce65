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

mod baseline;
mod client;
mod compare;
mod filing;
mod load;
mod machine;
mod options;
mod pages;
mod process;
mod sql;
mod startup;
mod synthetic;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use base::Clock;
use clap::Parser;
use jiff::tz::TimeZone;

use crate::options::{Deed, Options, Part};
use crate::process::Server;
use crate::sql::Database;

fn main() -> ExitCode {
    let options = Options::parse();
    let ended = match &options.deed {
        None => run(&options),
        Some(Deed::PagesBaseline { folder }) => baseline::pages(folder),
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

fn run(options: &Options) -> Result<(), String> {
    let binary = match &options.okno {
        Some(binary) => binary.clone(),
        None => build()?,
    };
    // Beside the binary: where temporary files are kept in memory nothing would be durable.
    let folder = tempfile::Builder::new()
        .prefix("bench-")
        .tempdir_in(binary.parent().unwrap_or(Path::new(".")))
        .map_err(|error| error.to_string())?;
    let place = folder.path();
    // One thread: the generator takes one core at most.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let mut report = head(options, place)?;
    let mut part = |title: &str, text: &str| {
        report.push_str(&format!("\n## {title}\n\n{text}"));
        fs::write(&options.report, &report).map_err(|error| error.to_string())
    };

    if options.wants(Part::Start) {
        eprintln!("start and memory");
        part(
            "P15 Start and idle memory",
            &startup::measure(&binary, place)?,
        )?;
    }
    {
        let okno = Server::okno(&binary, &place.join("sqlite"), false, None)?;
        if options.wants(Part::Weight) {
            eprintln!("weight");
            let text = runtime.block_on(startup::weigh(&okno))?;
            part("P16 Weight of the home page, bytes", &text)?;
        }
        if options.wants(Part::Pages) {
            eprintln!("pages");
            let text = runtime.block_on(pages::measure(options, &okno, place))?;
            part("P1 and P2 Pages, one case filed every second", &text)?;
        }
        if options.wants(Part::Proofs) {
            eprintln!("proofs");
            let text = runtime.block_on(filing::proofs(&okno))?;
            part("P8 From the answer to the proof", &text)?;
        }
        if options.wants(Part::Filing) {
            eprintln!("filing on SQLite");
            let text = runtime.block_on(filing::measure(options, &okno, place, None))?;
            part("P3 Filing on SQLite", &text)?;
        }
    }
    if let Some(cluster) = options
        .database_url
        .as_deref()
        .filter(|_| options.wants(Part::Filing))
    {
        eprintln!("filing on PostgreSQL");
        let database = Database::make(cluster, "okno")?;
        let okno = Server::okno(
            &binary,
            &place.join("postgres"),
            false,
            Some(&database.url()),
        )?;
        let measured = filing::measure(options, &okno, place, Some(cluster));
        let text = runtime.block_on(measured)?;
        part("P3 Filing on PostgreSQL", &text)?;
        drop(okno);
    }
    println!("{report}");
    Ok(())
}

/// Builds the server from this source as it is delivered.
fn build() -> Result<PathBuf, String> {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--package", "okno"])
        .status()
        .map_err(|error| error.to_string())?;
    if !built.success() {
        return Err("the server cannot be built".to_owned());
    }
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    Ok(own.with_file_name("okno"))
}

fn head(options: &Options, place: &Path) -> Result<String, String> {
    let durable = machine::durable_writes(place).map_err(|error| error.to_string())?;
    let today = Clock::system().now().date(&TimeZone::UTC);
    let database = match options.database_url {
        Some(_) => " --database-url …",
        None => "",
    };
    let only: String = options
        .only
        .iter()
        .map(|part| format!(" --only {}", format!("{part:?}").to_lowercase()))
        .collect();
    Ok(format!(
        "# What was measured\n\n\
         - Date: {today}\n\
         - Commit: {}\n\
         - Machine: {}; 4 kB appended and made durable {durable:.0} times a second\n\
         - Command: `cargo run --release -p bench -- --seconds {} --connections {} --rounds {}{database}{only}`\n\
         - Other work ran on the machine where the column “other CPU” is above a few per cent (it also \
         holds the databases' own processes and the kernel's network work); therefore ours and the \
         baseline took turns within the same minute, and the ratios count.\n\n\
         Generator and servers share the processor. The generator costs the same for both, which \
         flatters a ratio of rates; the ratio of the server's own processor time per answer (bare \
         baseline over ours) does not hide it and stands beside. “Settling” is the time that the \
         server went on working after the last answer (placing and sealing entries); its processor \
         time is counted to its answers.\n",
        machine::commit(),
        machine::described(),
        options.seconds,
        options.connections,
        options.rounds,
    ))
}
