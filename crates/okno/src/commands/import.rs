//! `okno import …`: cases carried over from another system, beside a running server or without one.

use std::process::ExitCode;

use crate::cli::Import;
use crate::house::House;
use crate::settings::Settings;

/// Does it.
pub fn import(settings: &Settings, what: &Import) -> Result<ExitCode, String> {
    let Import::Appeals { dir, refused } = what;
    let _ = (House::open(settings, true)?, dir, refused);
    Ok(ExitCode::SUCCESS)
}
