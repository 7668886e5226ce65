//! `okno log …`: check the log, open a new epoch, print the key.

use std::process::ExitCode;

use journal::{epoch, fsck};

use crate::cli::Log;
use crate::house::{House, protected_tables, told};
use crate::settings::Settings;

/// Does it.
pub fn log(settings: &Settings, what: &Log) -> Result<ExitCode, String> {
    let house = House::open(settings, false)?;
    match what {
        Log::Fsck => check(&house),
        Log::NewEpoch { reason } => {
            let opened = epoch::open(&house.journal, reason).map_err(told)?;
            println!("epoch {}\nkey {}", opened.epoch, opened.vkey);
            Ok(ExitCode::SUCCESS)
        }
        Log::Key => {
            let key = house
                .journal
                .keys()
                .note_key(house.journal.epoch())
                .map_err(|error| error.to_string())?;
            println!("{}", key.vkey());
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn check(house: &House) -> Result<ExitCode, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let report = runtime
        .block_on(fsck::check(
            &house.journal,
            &house.blobs,
            protected_tables(),
        ))
        .map_err(told)?;
    println!(
        "entries {}, leaves {}, rows {}, erased {}, faults {}",
        report.entries,
        report.leaves,
        report.rows,
        report.erased,
        report.faults.len()
    );
    for fault in &report.faults {
        eprintln!("okno: {fault}");
    }
    Ok(if report.faults.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
