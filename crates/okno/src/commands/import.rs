//! `okno import …`: cases carried over from another system, beside a running server or without one.
//! Ctrl-C stops between two batches; run again, it goes on.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use cases::exchange::{Counts, Report, Take, TakeOptions};
use cases::import::{Import as Appeals, Options, Progress};

use crate::cli::Import;
use crate::commands::say;
use crate::house::{House, told};
use crate::settings::Settings;

/// How often progress is told.
const EVERY: Duration = Duration::from_secs(2);

/// Does it.
pub(crate) fn import(settings: &Settings, what: &Import) -> Result<ExitCode, String> {
    match what {
        Import::Appeals {
            dir,
            dry_run,
            report,
        } => appeals(settings, dir, *dry_run, report.as_ref()),
        Import::Cases {
            dir,
            dry_run,
            awake,
            service,
            report,
        } => {
            let options = TakeOptions {
                service: service.clone(),
                dry_run: *dry_run,
                awake: *awake,
                report: report.clone(),
            };
            exchange(settings, dir, options)
        }
    }
}

/// Takes in a folder in the open layout.
fn exchange(settings: &Settings, dir: &Path, options: TakeOptions) -> Result<ExitCode, String> {
    let dry_run = options.dry_run;
    let house = House::open(settings, !dry_run)?;
    let take = Take::new(house.cases.clone(), dir, options);
    // Services that come along are put into an empty house before its own.
    let brought = house.fresh && take.brings_services();
    if !dry_run && !brought {
        house.catalog.load_services().map_err(told)?;
    }
    let stop = stop_on_interrupt()?;
    let (started, told_at) = (Instant::now(), Cell::new(Instant::now()));
    let report = take
        .run_blocking(
            |report| {
                if told_at.get().elapsed() >= EVERY {
                    told_at.set(Instant::now());
                    let (kind, counts) = furthest(report);
                    let rate = rate(counts.read, started.elapsed().as_secs_f64());
                    eprintln!(
                        "{kind}: {} read, {} carried over, {} already there, {} refused; {rate:.0}/s",
                        counts.read, counts.carried_over, counts.already_there, counts.refused
                    );
                }
            },
            || stop.load(Ordering::Relaxed),
        )
        .map_err(|error| error.to_string())?;
    if !dry_run {
        house.catalog.load_services().map_err(told)?;
    }
    if dry_run {
        say("nothing was written, this would happen:");
    }
    for (kind, counts) in &report.kinds {
        say(format_args!(
            "{kind}: read {}, carried over {}, already there {}, refused {}",
            counts.read, counts.carried_over, counts.already_there, counts.refused
        ));
    }
    say(format_args!(
        "made of names {}, documents {}, placed {}; {:.1} s{}",
        report.made,
        report.documents,
        report.placed,
        report.seconds,
        if report.stopped {
            "; stopped: run again to go on"
        } else {
            ""
        }
    ));
    for refused in report.refused.iter().take(20) {
        eprintln!(
            "okno: {} line {}: {} {}",
            refused.file, refused.line, refused.field, refused.why
        );
    }
    let counts = report.kinds.values();
    let (read, refused) = counts.fold((0, 0), |(read, refused), counts| {
        (read + counts.read, refused + counts.refused)
    });
    Ok(came_of(read, refused))
}

/// A script must notice that nothing at all was taken.
fn came_of(read: u64, refused: u64) -> ExitCode {
    if read > 0 && refused == read {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// The kind that is being read now.
fn furthest(report: &Report) -> (&'static str, Counts) {
    ["tasks", "problems", "cases", "persons"]
        .into_iter()
        .find_map(|kind| report.kinds.get_key_value(kind))
        .or_else(|| report.kinds.last_key_value())
        .map_or(("", Counts::default()), |(kind, counts)| (*kind, *counts))
}

/// Carries over the tables of a city's portal.
fn appeals(
    settings: &Settings,
    dir: &Path,
    dry_run: bool,
    report: Option<&PathBuf>,
) -> Result<ExitCode, String> {
    let house = House::open(settings, !dry_run)?;
    if !dry_run {
        house.catalog.load_services().map_err(told)?;
    }
    let stop = stop_on_interrupt()?;
    let mut told_at = Instant::now();
    let started = told_at;
    let options = Options {
        report: report.cloned(),
        dry_run,
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
         categories, {} territories; placed {}; {:.1} s, {:.0} cases/s{}",
        if dry_run {
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
    Ok(came_of(progress.read, progress.refused))
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
