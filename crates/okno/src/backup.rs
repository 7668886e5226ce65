//! Backups: the rows of one moment and every object that they may name, in a folder that can stand
//! anywhere. Taken beside a running server, without the keys: whoever finds a backup finds nothing
//! readable about a person in it.
//!
//! ```text
//! FOLDER/
//!   2026-11-22T030000Z/        one backup; `.part` at its end while it is being made
//!     manifest.json            what it is, with the digest of the rows
//!     rows.jsonl.gz            every table, a line a row
//!     objects.txt              the objects that belong to it
//!   objects/ab/cdef…           the objects of all backups, each once, named by their digest
//! ```

mod restore;
mod rows;
mod schedule;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use base::{Error, Moment, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Blobs, CopiedTable, Engine, Store};

pub(crate) use restore::{Restored, check, restore};
pub(crate) use schedule::{Plan, by_plan};

/// The layout that this program writes and reads.
const LAYOUT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const ROWS: &str = "rows.jsonl.gz";
const OBJECTS_OF: &str = "objects.txt";
const OBJECTS: &str = "objects";
/// Where the store of objects keeps what rows name.
const CONTENT: &str = "content";
/// Most objects below one of the 256 folders that a digest's first byte makes.
const MOST_IN_A_FOLDER: usize = 4_000_000;

/// What a backup is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Its layout.
    pub layout: u32,
    /// The program that took it.
    pub version: String,
    /// The engine that it was taken from; it may be put into the other one.
    pub engine: String,
    /// When, in microseconds UTC.
    pub taken_at: i64,
    /// The migrations that had run: slice and name.
    pub migrations: Vec<(String, String)>,
    /// Tables with the number of their rows.
    pub tables: Vec<(CopiedTable, u64)>,
    /// Sequences with the number that each gave out last.
    pub sequences: Vec<(String, i64)>,
    /// SHA-256 of the file of rows, in hexadecimal.
    pub rows_sha256: String,
    /// How many objects belong to it.
    pub objects: usize,
}

impl Manifest {
    /// Rows of all tables.
    pub(crate) fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}

/// A backup that was taken.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    /// Its folder.
    pub folder: PathBuf,
    /// What it is.
    pub manifest: Manifest,
    /// Objects that were not in an earlier backup.
    pub new_objects: usize,
}

/// Takes a backup into `into`, which is made when it is not there. Rows first: an object is kept
/// before the row that names it, so that every object of these rows is there afterwards.
pub(crate) async fn take(store: &Store, blobs: &Blobs, into: &Path) -> Result<Taken> {
    let now = store.now();
    let name = stamp(now);
    let part = into.join(format!("{name}.part"));
    private_folder(&part)?;
    let rows_file = part.join(ROWS);
    let written = store
        .read(move |db| rows::write_all(db, &rows_file))
        .await?;
    let (names, new_objects) = copy_objects(blobs, &into.join(OBJECTS)).await?;
    write_whole(&part.join(OBJECTS_OF), names.join("\n").as_bytes())?;
    let manifest = Manifest {
        layout: LAYOUT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engine: match store.engine() {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
        .to_owned(),
        taken_at: now.micros(),
        migrations: written.migrations,
        tables: written.tables,
        sequences: written.sequences,
        rows_sha256: file_digest(&part.join(ROWS))?,
        objects: names.len(),
    };
    let text = serde_json::to_vec_pretty(&manifest).map_err(Error::internal)?;
    write_whole(&part.join(MANIFEST), &text)?;
    let folder = into.join(name);
    fs::rename(&part, &folder).map_err(Error::internal)?;
    sync_folder(into)?;
    Ok(Taken {
        folder,
        manifest,
        new_objects,
    })
}

/// The finished backups of a folder, oldest first.
pub(crate) fn backups_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let found = match fs::read_dir(folder) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::internal(error)),
    };
    let names: BTreeSet<PathBuf> = found
        .filter_map(std::result::Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_none() && path.join(MANIFEST).is_file())
        .collect();
    Ok(names.into_iter().collect())
}

/// `2026-11-22T030000Z`: sorts by time and is a name on every file system.
fn stamp(moment: Moment) -> String {
    moment.timestamp().strftime("%Y-%m-%dT%H%M%SZ").to_string()
}

/// Copies what is not there yet; gives the names of all objects and how many were new.
async fn copy_objects(blobs: &Blobs, into: &Path) -> Result<(Vec<String>, usize)> {
    let mut names = Vec::new();
    let mut new = 0;
    for first in 0..=255_u8 {
        let below = format!("{CONTENT}/{first:02x}");
        let found = blobs.list(&below, MOST_IN_A_FOLDER).await?;
        if found.len() == MOST_IN_A_FOLDER {
            return Err(Error::internal(format_args!("too many objects in {below}")));
        }
        for path in found {
            let Some(name) = path.strip_prefix("content/").map(str::to_owned) else {
                continue;
            };
            let file = into.join(&name);
            if !file.is_file() {
                let Some(bytes) = blobs.get(&path).await? else {
                    continue;
                };
                if hex(&Sha256::digest(&bytes)) != name.replace('/', "") {
                    return Err(Error::internal(format_args!(
                        "the object {name} is not what its name says"
                    )));
                }
                write_whole(&file, &bytes)?;
                new += 1;
            }
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok((names, new))
}

/// Writes a file so that it is either not there or whole, and on the disk.
fn write_whole(file: &Path, bytes: &[u8]) -> Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let part = file.with_extension("part");
    let mut out = BufWriter::new(fs::File::create(&part).map_err(Error::internal)?);
    out.write_all(bytes).map_err(Error::internal)?;
    let out = out.into_inner().map_err(Error::internal)?;
    out.sync_all().map_err(Error::internal)?;
    fs::rename(&part, file).map_err(Error::internal)?;
    sync_folder(folder)
}

/// Makes a folder that its owner alone may look into.
fn private_folder(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    let failed = |error: std::io::Error| Error::internal(format!("{}: {error}", folder.display()));
    builder.create(folder).map_err(failed)
}

fn sync_folder(folder: &Path) -> Result<()> {
    let folder = fs::File::open(folder).map_err(Error::internal)?;
    folder.sync_all().map_err(Error::internal)
}

fn file_digest(file: &Path) -> Result<String> {
    let mut file = fs::File::open(file).map_err(Error::internal)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = std::io::Read::read(&mut file, &mut buffer).map_err(Error::internal)?;
        if read == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&buffer[..read]);
    }
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        _ = std::fmt::Write::write_fmt(&mut text, format_args!("{byte:02x}"));
    }
    text
}
