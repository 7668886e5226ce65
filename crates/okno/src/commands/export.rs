//! `okno export FOLDER`: everything in the open layout, beside a running server or without one.

use std::path::Path;
use std::process::ExitCode;

use cases::exchange::{Export, Operator};

use crate::commands::say;
use crate::house::{House, told};
use crate::settings::Settings;

/// The shortest reason, in characters.
const REASON_LEAST: usize = 10;

/// Writes it.
pub(crate) fn export(
    settings: &Settings,
    folder: &Path,
    operator: Option<&str>,
    reason: Option<String>,
) -> Result<ExitCode, String> {
    let house = House::open(settings, false)?;
    let operator = match operator {
        None => None,
        Some(email) => {
            let (account, name) = house
                .people
                .administrator_blocking(email)
                .map_err(told)?
                .ok_or("no administrator of the whole installation has this e-mail")?;
            let reason = base::text::clean_line(&reason.unwrap_or_default());
            if base::text::length(&reason) < REASON_LEAST {
                return Err(format!(
                    "say why in at least {REASON_LEAST} characters: the journal keeps it"
                ));
            }
            Some(Operator {
                account,
                name,
                reason,
            })
        }
    };
    let manifest = Export::new(house.cases.clone(), folder, operator)
        .run_blocking(|_, _| ())
        .map_err(|error| error.to_string())?;
    for (name, file) in &manifest.files {
        say(format_args!("{name}: {}", file.rows));
    }
    say(format_args!(
        "{} documents; {}",
        manifest.documents,
        if manifest.personal {
            "with personal data: keep it as you keep the store"
        } else {
            "without personal data"
        }
    ));
    Ok(ExitCode::SUCCESS)
}
