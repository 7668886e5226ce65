//! `okno log …`: check the log, open a new epoch, print the key.

use std::process::ExitCode;

use journal::{epoch, fsck};

use crate::cli::Log;
use crate::commands::say;
use crate::house::{House, protected_tables, told};
use crate::settings::Settings;

/// So many numbers of cases are left out at a new epoch: those given out since the backup must not
/// be given to anybody else, and nobody can tell any more how many they were.
const NUMBERS_LEFT_OUT: u64 = 100_000;

/// Does it.
pub(crate) fn log(settings: &Settings, what: &Log) -> Result<ExitCode, String> {
    let house = House::open(settings, false)?;
    match what {
        Log::Fsck { documents } => check(&house, *documents),
        Log::NewEpoch { reason } => {
            let opened = epoch::open(&house.journal, reason).map_err(told)?;
            house
                .cases
                .skip_numbers_blocking(NUMBERS_LEFT_OUT)
                .map_err(told)?;
            say(format_args!("epoch {}\nkey {}", opened.epoch, opened.vkey));
            Ok(ExitCode::SUCCESS)
        }
        Log::Key => {
            let key = house
                .journal
                .keys()
                .note_key(house.journal.epoch())
                .map_err(|error| error.to_string())?;
            say(key.vkey());
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn check(house: &House, documents: bool) -> Result<ExitCode, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let report = runtime
        .block_on(async {
            let report = fsck::check(&house.journal, &house.blobs, protected_tables()).await?;
            let report = house.cases.check_readings(report).await?;
            house.cases.check_documents(report, documents).await
        })
        .map_err(told)?;
    say(format_args!(
        "entries {}, leaves {}, rows {}, erased {}, faults {}",
        report.entries,
        report.leaves,
        report.rows,
        report.erased,
        report.faults.len()
    ));
    for fault in &report.faults {
        eprintln!("okno: {fault}");
    }
    Ok(if report.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
