//! `okno import …`: cases carried over from another system, beside a running server or without one.
//! Ctrl-C stops between two batches; run again, it goes on.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use cases::import::{Import as Appeals, Options};

use crate::cli::Import;
use crate::commands::say;
use crate::house::{House, told};
use crate::settings::Settings;

/// How often progress is told.
const EVERY: Duration = Duration::from_secs(2);

/// Does it.
pub(crate) fn import(settings: &Settings, what: &Import) -> Result<ExitCode, String> {
    let Import::Appeals { dir, report } = what;
    let house = House::open(settings, true)?;
    house.catalog.load_services().map_err(told)?;
    let stop = stop_on_interrupt()?;
    let started = Instant::now();
    let mut told_at = started;
    let options = Options {
        report: report.clone(),
        ..Options::default()
    };
    let outcome = Appeals::new(house.cases.clone(), dir, options)
        .run_blocking(
            |progress| {
                if told_at.elapsed() >= EVERY {
                    told_at = Instant::now();
                    eprintln!(
                        "{} of {}: {} carried over, {} already there, {} refused",
                        progress.read,
                        progress.total,
                        progress.carried_over,
                        progress.already_there,
                        progress.refused
                    );
                }
            },
            || stop.load(Ordering::Relaxed),
        )
        .map_err(|error| error.to_string())?;
    let progress = &outcome.progress;
    let seconds = started.elapsed().as_secs_f64().max(0.001);
    say(format_args!(
        "read {}, carried over {}, already there {}, refused {}, units and categories made {}, placed {}, {seconds:.1} s{}",
        progress.read,
        progress.carried_over,
        progress.already_there,
        progress.refused,
        outcome.nodes_made,
        outcome.placed,
        if outcome.stopped {
            ", stopped: run again to go on"
        } else {
            ""
        }
    ));
    for refusal in outcome.refusals.iter().take(20) {
        eprintln!(
            "okno: {} line {} ({}): {}",
            refusal.file, refusal.line, refusal.id, refusal.reason
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// A flag that Ctrl-C raises.
fn stop_on_interrupt() -> Result<Arc<AtomicBool>, String> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = Arc::clone(&flag);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(|error| error.to_string())?;
    std::thread::spawn(move || {
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            raised.store(true, Ordering::Relaxed);
        }
    });
    Ok(flag)
}
