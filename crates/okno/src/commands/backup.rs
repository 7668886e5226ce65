//! `okno backup` and `okno restore`: everything but the keys into a folder, and back.

use std::path::Path;
use std::process::ExitCode;

use crate::backup;
use crate::commands::say;
use crate::house::{House, told};
use crate::settings::Settings;

/// Takes a backup beside a running server, and reads it again before it says so.
pub(crate) fn backup(settings: &Settings, folder: &Path) -> Result<ExitCode, String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let house = House::open(settings, false)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let taken = runtime
        .block_on(backup::take(&house.store, &house.blobs, folder))
        .map_err(told)?;
    backup::check(&taken.folder)?;
    say(format_args!(
        "{}: {} rows, {} objects ({} of them new); the keys in {} are no part of it: keep them \
         elsewhere",
        taken.folder.display(),
        taken.manifest.rows(),
        taken.manifest.objects,
        taken.new_objects,
        settings.keys.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// Checks a backup, or puts it into an empty store.
pub(crate) fn restore(
    settings: &Settings,
    folder: &Path,
    only_check: bool,
) -> Result<ExitCode, String> {
    if only_check {
        let manifest = backup::check(folder)?;
        say(format_args!(
            "whole: {} rows, {} objects",
            manifest.rows(),
            manifest.objects
        ));
        return Ok(ExitCode::SUCCESS);
    }
    let backup::Restored { manifest, report } = backup::restore(settings, folder)?;
    say(format_args!(
        "restored {} rows and {} objects; entries {}, faults {}",
        manifest.rows(),
        manifest.objects,
        report.entries,
        report.faults.len()
    ));
    for fault in &report.faults {
        eprintln!("okno: {fault}");
    }
    say(
        "before the server starts, with the same --data, --keys or database: okno log new-epoch --reason \"restored from a backup\"",
    );
    say("until the server has run once after that, okno log fsck misses the published checkpoint");
    Ok(if report.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
