//! The guard: the last signed checkpoint, kept outside the database and outside its backups. A
//! restored or forked database is noticed because the guard knows a larger or another tree.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::checkpoint::Checkpoint;

/// The guard file.
#[derive(Clone, Debug)]
pub struct Guard {
    path: PathBuf,
}

/// What the guard holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guarded {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The whole signed note.
    pub note: String,
}

impl Guard {
    /// The guard in a folder of keys.
    pub fn in_folder(folder: &Path) -> Self {
        Self {
            path: folder.join("guard"),
        }
    }

    /// What the guard holds; none when nothing was sealed yet. An unreadable guard is an error:
    /// it must be looked at, not passed over.
    pub fn read(&self) -> io::Result<Option<Guarded>> {
        let note = match fs::read_to_string(&self.path) {
            Ok(note) => note,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let (_, checkpoint) = Checkpoint::parse_note(&note).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "the guard is not a checkpoint")
        })?;
        Ok(Some(Guarded { checkpoint, note }))
    }

    /// For a new epoch: keeps the old guard beside as `guard.old`, whatever it holds, and lets the
    /// guard hold what the store itself last signed.
    pub fn start_anew(&self, note: Option<&str>) -> io::Result<()> {
        let _lock = self.lock()?;
        match fs::read(&self.path) {
            Ok(held) => write_durably(&self.path.with_extension("old"), &held)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        match note {
            Some(note) => write_durably(&self.path, note.as_bytes()),
            None => match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => Ok(()),
            },
        }
    }

    /// Replaces `expected` by `note`; false when the guard holds something else by now, because
    /// another node sealed meanwhile. Durable when it returns.
    pub fn replace(&self, expected: Option<&str>, note: &str) -> io::Result<bool> {
        let _lock = self.lock()?;
        let held = self.read()?;
        if held.as_ref().map(|guarded| guarded.note.as_str()) != expected {
            return Ok(false);
        }
        write_durably(&self.path, note.as_bytes())?;
        Ok(true)
    }

    /// One writer at a time: the lock is let go when the file is closed, also by a crash.
    fn lock(&self) -> io::Result<File> {
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.path.with_extension("lock"))?;
        lock.lock()?;
        Ok(lock)
    }
}

/// Writes a file so that after a crash it holds either the old or the new bytes, whole: a new file
/// beside it, synced, renamed over it, and the folder synced.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::NoteKey;

    #[test]
    fn the_guard_moves_only_from_what_it_held() {
        let folder = tempfile::tempdir().unwrap();
        let guard = Guard::in_folder(folder.path());
        assert_eq!(guard.read().unwrap(), None);
        let key = NoteKey::new("okno/test", &[1; 32]).unwrap();
        let note = |size| {
            Checkpoint {
                origin: "okno/test".into(),
                size,
                root: [7; 32],
            }
            .sign(&key)
        };
        assert!(guard.replace(None, &note(1)).unwrap());
        assert!(!guard.replace(None, &note(2)).unwrap());
        assert!(guard.replace(Some(&note(1)), &note(2)).unwrap());
        assert_eq!(guard.read().unwrap().unwrap().checkpoint.size, 2);
    }

    #[test]
    fn a_damaged_guard_is_an_error_and_not_an_absence() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("guard"), "rubbish").unwrap();
        assert!(Guard::in_folder(folder.path()).read().is_err());
    }
}
