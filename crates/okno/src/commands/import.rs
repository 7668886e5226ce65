//! `okno import …`: cases carried over from another system, beside a running server or without one.
//! Ctrl-C stops between two batches; run again, it goes on.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use cases::import::{Import as Appeals, Options, Progress};

use crate::cli::Import;
use crate::commands::say;
use crate::house::{House, told};
use crate::settings::Settings;

/// How often progress is told.
const EVERY: Duration = Duration::from_secs(2);

/// Does it.
pub(crate) fn import(settings: &Settings, what: &Import) -> Result<ExitCode, String> {
    let Import::Appeals {
        dir,
        dry_run,
        report,
    } = what;
    let house = House::open(settings, !dry_run)?;
    if !dry_run {
        house.catalog.load_services().map_err(told)?;
    }
    let stop = stop_on_interrupt()?;
    let mut told_at = Instant::now();
    let started = told_at;
    let options = Options {
        report: report.clone(),
        dry_run: *dry_run,
        ..Options::default()
    };
    let outcome = Appeals::new(house.cases.clone(), dir, options)
        .run_blocking(
            |progress| {
                if told_at.elapsed() >= EVERY {
                    told_at = Instant::now();
                    eprintln!("{}", how_far(progress, started.elapsed()));
                }
            },
            || stop.load(Ordering::Relaxed),
        )
        .map_err(|error| error.to_string())?;
    let progress = &outcome.progress;
    say(format_args!(
        "{}read {}, carried over {}, already there {}, refused {}; entries {}; made {} units, {} \
         categories, {} territories; placed {}; {:.1} s, {:.0} cases/s to placed{}",
        if *dry_run {
            "nothing was written, this would happen: "
        } else {
            ""
        },
        progress.read,
        progress.carried_over,
        progress.already_there,
        progress.refused,
        outcome.entries,
        outcome.units_made,
        outcome.categories_made,
        outcome.territories_made,
        outcome.placed,
        outcome.seconds,
        rate(progress.carried_over, outcome.seconds),
        if outcome.stopped {
            "; stopped: run again to go on"
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

/// How far an import is, how fast it goes and how long it will take.
fn how_far(progress: &Progress, since: Duration) -> String {
    let rate = rate(progress.read, since.as_secs_f64());
    let left = progress.total.saturating_sub(progress.read);
    let seconds = (rate > 0.0).then(|| duration(left, rate));
    format!(
        "{} of {}: {} carried over, {} already there, {} refused; {rate:.0}/s{}",
        progress.read,
        progress.total,
        progress.carried_over,
        progress.already_there,
        progress.refused,
        seconds.map_or_else(String::new, |text| format!(", about {text} left"))
    )
}

#[expect(clippy::cast_precision_loss, reason = "a rate for people")]
fn rate(cases: u64, seconds: f64) -> f64 {
    cases as f64 / seconds.max(0.001)
}

#[expect(clippy::cast_precision_loss, reason = "an estimate for people")]
fn duration(left: u64, rate: f64) -> String {
    let seconds = left as f64 / rate;
    if seconds < 90.0 {
        format!("{seconds:.0} s")
    } else {
        format!("{:.0} min", seconds / 60.0)
    }
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
