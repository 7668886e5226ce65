//! The commands, each in its own file. They open the same store beside a running server.

mod backup;
mod explain;
mod export;
mod import;
mod log;
mod user;
mod verify;

use std::process::ExitCode;

use tracing_subscriber::EnvFilter;

use crate::cli::{Cli, Command, Serve};
use crate::serve;
use crate::settings::Settings;

/// Does what the command line says. An error is one sentence for standard error.
pub(crate) fn run(cli: Cli) -> Result<ExitCode, String> {
    let place = cli.place;
    let command = match cli.command {
        Some(command) => command,
        None => environment()?,
    };
    match command {
        Command::Serve(flags) => {
            watch("info");
            serve::serve(&Settings::gather(&place, &flags)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Verify(what) => Ok(verify::verify(&what)),
        Command::PrintWorker => Ok(paper::work()),
        other => {
            watch("warn");
            let settings = Settings::gather(&place, &Serve::default())?;
            match other {
                Command::User(what) => user::user(&settings, what),
                Command::Log(what) => log::log(&settings, &what),
                Command::Backup { folder } => backup::backup(&settings, &folder),
                Command::Restore { folder, check } => backup::restore(&settings, &folder, check),
                Command::Import(what) => import::import(&settings, &what),
                Command::Export {
                    folder,
                    operator,
                    reason,
                    ..
                } => export::export(&settings, &folder, operator.as_deref(), reason),
                Command::Explain(what) => explain::explain(&settings, &what),
                Command::Serve(_) | Command::Verify(_) | Command::PrintWorker => {
                    Ok(ExitCode::SUCCESS)
                }
            }
        }
    }
}

/// Serving as the environment says it, for a start without any word.
fn environment() -> Result<Command, String> {
    use clap::Parser;
    let cli = Cli::try_parse_from(["okno", "serve"]).map_err(|error| error.to_string())?;
    cli.command.ok_or_else(|| "nothing to do".to_owned())
}

/// Says a line to standard output; a reader that has left, like `head`, is no failure.
pub(crate) fn say(line: impl std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Writes the log to standard error, at `level` unless `RUST_LOG` says otherwise.
fn watch(level: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        // A PDF that was mended while it was read is no news for whoever runs the house.
        EnvFilter::new(format!("{level},lopdf=error"))
    });
    let json = std::env::var_os("OKNO_LOG_JSON").is_some();
    let writer = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_writer(std::io::stderr);
    // A second start inside one process keeps the first one's log.
    let _ = if json {
        writer.json().try_init()
    } else {
        writer.try_init()
    };
}
