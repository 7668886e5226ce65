//! Okno: one window to every authority, and a transparent one. This is the binary: settings,
//! commands, and the wiring of the slices into one server.

mod backup;
mod cli;
mod commands;
mod demo;
mod finding;
mod house;
mod listening;
mod printing;
mod routes;
mod serve;
mod settings;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::run(cli) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("okno: {failure}");
            ExitCode::FAILURE
        }
    }
}
