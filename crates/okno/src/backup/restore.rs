//! The way back: a backup is checked, put into an empty store of either engine, brought up to this
//! program's tables, and checked again with the keys.

use std::fs;
use std::path::Path;

use base::{Clock, Error};
use journal::fsck::Report;
use sha2::{Digest, Sha256};
use store::{Migrations, Store};

use super::rows::{Line, read_all};
use super::{CONTENT, LAYOUT, MANIFEST, Manifest, OBJECTS, OBJECTS_OF, ROWS, file_digest, hex};
use crate::house::{House, MIGRATIONS, protected_tables, told};
use crate::settings::Settings;

/// What a restore came to.
pub(crate) struct Restored {
    /// What was put back.
    pub manifest: Manifest,
    /// What the check of the log and of every protected row found.
    pub report: Report,
}

/// Checks a backup without touching any store: every byte against its digest, every row readable.
pub(crate) fn check(folder: &Path) -> Result<Manifest, String> {
    let text = fs::read(folder.join(MANIFEST)).map_err(|error| {
        format!(
            "{} is no backup: its {MANIFEST}: {error}; each backup is a folder of its own, named by its moment",
            folder.display()
        )
    })?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| format!("{MANIFEST} cannot be read: {error}"))?;
    if manifest.layout != LAYOUT {
        return Err(format!(
            "this backup has the layout {}, and this Okno reads {LAYOUT}",
            manifest.layout
        ));
    }
    let rows = folder.join(ROWS);
    if file_digest(&rows).map_err(told)? != manifest.rows_sha256 {
        return Err(format!("{ROWS} is not what {MANIFEST} says"));
    }
    let mut counted: Vec<u64> = Vec::new();
    read_all(&rows, |line| {
        match line {
            Line::Table(_) => counted.push(0),
            Line::Row(_) => {
                let rows = counted
                    .last_mut()
                    .ok_or_else(|| Error::internal("a row before the first table"))?;
                *rows += 1;
            }
        }
        Ok(())
    })
    .map_err(told)?;
    if !counted
        .iter()
        .eq(manifest.tables.iter().map(|(_, rows)| rows))
    {
        return Err(format!("{ROWS} has other rows than {MANIFEST} says"));
    }
    let names = objects_of(folder)?;
    if names.len() != manifest.objects {
        return Err(format!("{OBJECTS_OF} is not what {MANIFEST} says"));
    }
    for name in &names {
        object(folder, name)?;
    }
    Ok(manifest)
}

/// Puts a backup into the store that the settings name, which must be empty, and checks what came
/// of it. The keys must be in their folder already: they are no part of a backup.
pub(crate) fn restore(settings: &Settings, folder: &Path) -> Result<Restored, String> {
    let manifest = check(folder)?;
    if !settings.keys.join("installation.key").is_file() {
        return Err(format!(
            "{} has no installation.key: put the keys back first, they are no part of a backup",
            settings.keys.display()
        ));
    }
    fs::create_dir_all(&settings.data)
        .map_err(|error| format!("{}: {error}", settings.data.display()))?;
    fill(settings, folder, &manifest)?;
    let house = House::open(settings, false)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    for name in objects_of(folder)? {
        let bytes = object(folder, &name)?;
        let path = format!("{CONTENT}/{name}");
        runtime
            .block_on(house.blobs.put(&path, bytes))
            .map_err(told)?;
    }
    let report = runtime
        .block_on(async {
            // The published log is written anew when the new epoch seals.
            let report = journal::fsck::check_store(&house.journal, protected_tables()).await?;
            let report = house.cases.check_readings(report).await?;
            // Each object was held against its name above.
            house.cases.check_documents(report, false).await
        })
        .map_err(told)?;
    Ok(Restored { manifest, report })
}

/// Fills an empty store that has the tables of the backup's time, in one transaction.
fn fill(settings: &Settings, folder: &Path, manifest: &Manifest) -> Result<(), String> {
    let then = migrations_then(manifest)?;
    let store =
        Store::open(&settings.store, Clock::system(), &then).map_err(|error| error.to_string())?;
    let rows = folder.join(ROWS);
    let sequences = manifest.sequences.clone();
    store
        .housekeeping_blocking(move |tx| {
            tx.begin_filling("journal")?;
            let mut table = None;
            read_all(&rows, |line| match line {
                Line::Table(next) => {
                    table = Some(next);
                    Ok(())
                }
                Line::Row(cells) => {
                    let table = table
                        .as_ref()
                        .ok_or_else(|| Error::internal("a row before the first table"))?;
                    let values: Vec<_> = cells.iter().map(super::rows::Cell::as_arg).collect();
                    tx.fill_row(table, &values)
                }
            })?;
            tx.end_filling(&sequences)
        })
        .map_err(|error| match error {
            Error::Conflict(_) => "there is something in this store already; a backup is put \
                                   into an empty one"
                .to_owned(),
            other => told(other),
        })
}

/// This program's migrations as far as the backup had come: newer ones run over its rows
/// afterwards, as in any upgrade.
fn migrations_then(manifest: &Manifest) -> Result<Vec<Migrations>, String> {
    let ran = |slice: &str, name: &str| {
        manifest
            .migrations
            .iter()
            .any(|(of, file)| of == slice && file == name)
    };
    let then: Vec<Migrations> = MIGRATIONS
        .iter()
        .map(|of_slice| {
            let known = of_slice
                .files
                .iter()
                .take_while(|(name, _)| ran(of_slice.slice, name))
                .count();
            Migrations {
                files: &of_slice.files[..known],
                ..*of_slice
            }
        })
        .collect();
    let known: usize = then.iter().map(|of_slice| of_slice.files.len()).sum();
    if known == manifest.migrations.len() {
        Ok(then)
    } else {
        Err(format!(
            "this backup was taken by Okno {}, whose tables this one does not know",
            manifest.version
        ))
    }
}

fn objects_of(folder: &Path) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(folder.join(OBJECTS_OF))
        .map_err(|error| format!("{OBJECTS_OF}: {error}"))?;
    Ok(text
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect())
}

/// An object of a backup, checked against its name.
fn object(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    let plain = name.bytes().all(|b| b.is_ascii_hexdigit() || b == b'/');
    if !plain {
        return Err(format!("{OBJECTS_OF} names {name}, which is no object"));
    }
    let file = folder
        .parent()
        .unwrap_or(Path::new("."))
        .join(OBJECTS)
        .join(name);
    let bytes = fs::read(&file).map_err(|error| format!("the object {name}: {error}"))?;
    if hex(&Sha256::digest(&bytes)) == name.replace('/', "") {
        Ok(bytes)
    } else {
        Err(format!("the object {name} is not what its name says"))
    }
}
