//! The installation's key: a file that only the operator's account may read. Data keys are kept
//! wrapped under it, and what must be found again without being readable is indexed by it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use base::{Error, Result};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::seal;

/// A key of 32 bytes that is wiped when it is let go.
pub type DataKey = Zeroizing<[u8; 32]>;

const FILE: &str = "installation.key";
const WRAPPED: &[u8] = b"okno data key";

/// Why a key cannot be had. One sentence for the operator each.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or made.
    #[error("the key {file} cannot be read or made: {source}")]
    File {
        /// The file.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Others may read the file.
    #[error("the key {0} may be read by others than its owner; run chmod 600 on it")]
    Exposed(PathBuf),
    /// The file does not hold 32 bytes.
    #[error("the key {0} does not hold 32 bytes")]
    Length(PathBuf),
}

/// A new random data key.
pub fn new_data_key() -> DataKey {
    let mut key = Zeroizing::new([0; 32]);
    base::id::fill_random(key.as_mut_slice());
    key
}

/// The installation's key.
#[derive(Clone)]
pub struct MasterKey {
    wrapping: DataKey,
    indexing: DataKey,
    root: DataKey,
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey(..)")
    }
}

impl MasterKey {
    /// The key of `folder`, made on the first start.
    pub fn create_or_load(folder: &Path) -> std::result::Result<Self, KeyError> {
        secret_file(folder, FILE).map(Self::of)
    }

    /// The key of `folder`; an error when there is none.
    pub fn load(folder: &Path) -> std::result::Result<Self, KeyError> {
        load(&folder.join(FILE)).map(Self::of)
    }

    /// A key given by its bytes: for tests and for keys kept elsewhere.
    pub fn of(root: DataKey) -> Self {
        Self {
            wrapping: derive(&root, "wrapping"),
            indexing: derive(&root, "indexing"),
            root,
        }
    }

    /// A data key as it may be stored.
    pub fn wrap(&self, data_key: &[u8; 32]) -> Result<Vec<u8>> {
        seal::seal(&self.wrapping, data_key, WRAPPED)
    }

    /// The data key of what [`MasterKey::wrap`] gave.
    pub fn unwrap(&self, wrapped: &[u8]) -> Result<DataKey> {
        let plain = Zeroizing::new(seal::open(&self.wrapping, wrapped, WRAPPED)?);
        let mut key = Zeroizing::new([0; 32]);
        if plain.len() != key.len() {
            return Err(Error::internal("a wrapped key of another length"));
        }
        key.copy_from_slice(&plain);
        Ok(key)
    }

    /// An index by which equal texts of one domain are found and nobody without the key learns
    /// them. The caller brings the text into its one form first.
    pub fn blind_index(&self, domain: &str, text: &str) -> [u8; 32] {
        mac(&self.indexing, &[domain.as_bytes(), text.as_bytes()])
    }

    /// A key of its own for the purpose `label`.
    pub fn derive(&self, label: &str) -> DataKey {
        derive(&self.root, &format!("label:{label}"))
    }
}

fn derive(root: &DataKey, label: &str) -> DataKey {
    Zeroizing::new(mac(root, &[b"okno", label.as_bytes()]))
}

/// HMAC-SHA-256 over the parts, each with its length before it.
pub(crate) fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The 32 secret bytes of the file `name` in `folder`, made at random when there is no such file.
/// Two processes that start at once get the same. A file that others may read is refused.
pub fn secret_file(folder: &Path, name: &str) -> std::result::Result<DataKey, KeyError> {
    let file = folder.join(name);
    let trouble = |source| KeyError::File {
        file: file.clone(),
        source,
    };
    match load(&file) {
        Err(KeyError::File { source, .. }) if source.kind() == io::ErrorKind::NotFound => {}
        other => return other,
    }
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(trouble)?;
    // In two containers that share the folder the process has the same number.
    let random = u128::from_ne_bytes(base::id::random());
    let unfinished = folder.join(format!(".{name}.{random:x}"));
    let made = make(&unfinished).and_then(|()| match fs::hard_link(&unfinished, &file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    let removed = fs::remove_file(&unfinished);
    made.and(removed)
        .and_then(|()| File::open(folder)?.sync_all())
        .map_err(trouble)?;
    load(&file)
}

fn make(file: &Path) -> io::Result<()> {
    let mut out = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    out.write_all(new_data_key().as_slice())?;
    out.sync_all()
}

fn load(file: &Path) -> std::result::Result<DataKey, KeyError> {
    let trouble = |source| KeyError::File {
        file: file.to_owned(),
        source,
    };
    let mode = fs::metadata(file).map_err(trouble)?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(KeyError::Exposed(file.to_owned()));
    }
    let bytes = Zeroizing::new(fs::read(file).map_err(trouble)?);
    let mut key = Zeroizing::new([0; 32]);
    if bytes.len() != key.len() {
        return Err(KeyError::Length(file.to_owned()));
    }
    key.copy_from_slice(&bytes);
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_is_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        assert!(matches!(MasterKey::load(&keys), Err(KeyError::File { .. })));
        let first = MasterKey::create_or_load(&keys).unwrap();
        let again = MasterKey::create_or_load(&keys).unwrap();
        assert_eq!(first.blind_index("a", "b"), again.blind_index("a", "b"));
        let file = keys.join(FILE);
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(fs::read_dir(&keys).unwrap().count(), 1, "nothing left over");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(
            MasterKey::create_or_load(&keys),
            Err(KeyError::Exposed(_))
        ));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&file, [1; 31]).unwrap();
        assert!(matches!(MasterKey::load(&keys), Err(KeyError::Length(_))));
    }

    #[test]
    fn starts_at_once_get_one_key() {
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        let found: Vec<[u8; 32]> = std::thread::scope(|scope| {
            let starts: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| *secret_file(&keys, "one.key").unwrap()))
                .collect();
            starts.into_iter().map(|s| s.join().unwrap()).collect()
        });
        assert!(found.iter().all(|key| key == &found[0]));
    }

    #[test]
    fn data_keys_come_back_and_purposes_differ() {
        let master = MasterKey::of(new_data_key());
        let key = new_data_key();
        let wrapped = master.wrap(&key).unwrap();
        assert_eq!(master.unwrap(&wrapped).unwrap(), key);
        assert!(MasterKey::of(new_data_key()).unwrap(&wrapped).is_err());
        assert!(master.unwrap(&wrapped[1..]).is_err());
        assert_ne!(master.blind_index("ab", "c"), master.blind_index("a", "bc"));
        assert_ne!(master.derive("wrapping"), master.wrapping);
        assert!(!format!("{master:?}").contains('['));
    }
}
