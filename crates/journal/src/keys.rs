//! Keys: the installation's, from which everything else is wrapped; one data key per case and per
//! profile, so that erasing a person is destroying a key; and the log's signing key, a new one
//! for each epoch.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use base::{Error, Moment, Result};
use store::{Blobs, Db, MasterKey, Tx};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::checkpoint::Checkpoint;
use crate::note::{NoteKey, Verifier};
use crate::sql;

/// Why the keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// A file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The installation's key cannot be made or read.
    #[error("installation key: {0}")]
    Installation(String),
    /// The folder does not hold what the store was written with.
    #[error(
        "the installation key in {0} is not the one this store was written with; \
         give the right folder with --keys"
    )]
    Foreign(PathBuf),
    /// There is no key and none may be made, because the store already has data.
    #[error(
        "no keys in {0}, and they may not be made anew: the store holds data written under them; give the right folder with --keys"
    )]
    Missing(PathBuf),
    /// The name of the log or its key is not usable.
    #[error("the log's key or name in {0} is malformed")]
    Log(PathBuf),
}

/// All keys of an installation.
#[derive(Clone)]
pub struct Keys(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    master: MasterKey,
    origin: String,
    installation: DataKey,
    /// Signing keys by epoch: a receipt is signed for every acceptance.
    signing: Mutex<HashMap<i64, Arc<NoteKey>>>,
}

/// A key that opens the data of one case, one profile, or of the installation itself.
#[derive(Clone)]
pub struct DataKey {
    id: Uuid,
    key: Arc<Zeroizing<[u8; 32]>>,
}

impl DataKey {
    fn new(id: Uuid, key: Zeroizing<[u8; 32]>) -> Self {
        Self {
            id,
            key: Arc::new(key),
        }
    }

    /// Identifier of the key.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Encrypts; `context` names what it is, and opening asks for the same name, so that a sealed
    /// field cannot be moved to another place.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Result<Vec<u8>> {
        store::seal(&self.key, plain, context.as_bytes())
    }

    /// Decrypts what [`DataKey::seal`] made under the same context.
    pub fn open(&self, context: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        store::open(&self.key, sealed, context.as_bytes())
            .map_err(|_| Error::internal(format!("{context} does not decrypt")))
    }

    /// Puts what is too big for a row among the objects, encrypted; gives its address.
    pub async fn put_object(&self, blobs: &Blobs, bytes: &[u8]) -> Result<[u8; 32]> {
        blobs.put_content(bytes, &self.key).await
    }

    /// What [`DataKey::put_object`] put at an address; none when nothing is there.
    pub async fn get_object(&self, blobs: &Blobs, address: &[u8; 32]) -> Result<Option<Vec<u8>>> {
        blobs.get_content(address, &self.key).await
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DataKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Keys {
    /// Opens the folder of keys; makes them when there are none and `fresh` says that the store
    /// is empty too.
    pub fn open(
        folder: &Path,
        origin: Option<&str>,
        fresh: bool,
    ) -> std::result::Result<Self, KeysError> {
        let origin_file = folder.join("origin");
        if !origin_file.exists() && !fresh {
            return Err(KeysError::Missing(folder.to_owned()));
        }
        make_folder(folder)?;
        let master = if fresh {
            MasterKey::create_or_load(folder)
        } else {
            MasterKey::load(folder)
        }
        .map_err(|error| KeysError::Installation(error.to_string()))?;
        if !origin_file.exists() {
            let random: [u8; 4] = base::id::random();
            let made = origin.map_or_else(
                || format!("okno/{:08x}", u32::from_be_bytes(random)),
                str::to_owned,
            );
            write_seed(&folder.join("log-1.seed"))?;
            write_new(&origin_file, made.as_bytes())?;
        }
        let origin = fs::read_to_string(&origin_file)
            .map_err(|source| KeysError::File {
                path: origin_file,
                source,
            })?
            .trim()
            .to_owned();
        let installation = DataKey::new(Uuid::nil(), master.derive("okno.installation.data.v1"));
        let keys = Self(Arc::new(Inner {
            folder: folder.to_owned(),
            master,
            origin,
            installation,
            signing: Mutex::default(),
        }));
        keys.note_key(1)?;
        Ok(keys)
    }

    /// Fails unless the installation's key opens the keys in the store.
    pub fn check_against(&self, db: &mut Db<'_>) -> Result<std::result::Result<(), KeysError>> {
        Ok(match sql::any_data_key(db)? {
            Some(wrapped) if self.0.master.unwrap(&wrapped).is_err() => {
                Err(KeysError::Foreign(self.0.folder.clone()))
            }
            _ => Ok(()),
        })
    }

    /// The folder of the keys.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    /// The log's name.
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// The signing key of an epoch.
    pub fn note_key(&self, epoch: i64) -> std::result::Result<Arc<NoteKey>, KeysError> {
        let mut signing = self
            .0
            .signing
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = signing.get(&epoch) {
            return Ok(Arc::clone(key));
        }
        let path = self.0.folder.join(format!("log-{epoch}.seed"));
        let bytes = Zeroizing::new(fs::read(&path).map_err(|source| KeysError::File {
            path: path.clone(),
            source,
        })?);
        let seed: &[u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| KeysError::Log(path.clone()))?;
        let key = NoteKey::new(&self.0.origin, seed).map_err(|_| KeysError::Log(path))?;
        let key = Arc::new(key);
        signing.insert(epoch, Arc::clone(&key));
        Ok(key)
    }

    /// Makes the signing key of a new epoch.
    pub fn make_note_key(&self, epoch: i64) -> std::result::Result<Arc<NoteKey>, KeysError> {
        let path = self.0.folder.join(format!("log-{epoch}.seed"));
        write_seed(&path)?;
        self.note_key(epoch)
    }

    /// The public halves of every epoch's key up to `epoch`.
    pub fn verifiers(&self, epoch: i64) -> std::result::Result<Vec<Verifier>, KeysError> {
        (1..=epoch)
            .map(|epoch| Ok(self.note_key(epoch)?.verifier().clone()))
            .collect()
    }

    /// The checkpoint of a note and the epoch whose key signed it, when it is to the letter what
    /// one of our keys up to `epoch` signs.
    pub(crate) fn recognise(&self, note: &str, epoch: i64) -> Option<(Checkpoint, i64)> {
        let (_, checkpoint) = Checkpoint::parse_note(note)?;
        let signed = (1..=epoch).rev().find(|epoch| {
            self.note_key(*epoch)
                .is_ok_and(|key| checkpoint.sign(&key) == note)
        })?;
        (checkpoint.origin == self.0.origin).then_some((checkpoint, signed))
    }

    /// Makes the key of a new subject inside the change that makes the subject.
    pub fn create(&self, tx: &mut Tx<'_>, kind: &'static str, subject: Uuid) -> Result<DataKey> {
        let id = base::id::new_uuid(tx.now());
        let key = store::new_data_key();
        sql::insert_data_key(tx, id, kind, subject, &self.0.master.wrap(&key)?)?;
        Ok(DataKey::new(id, key))
    }

    /// Makes a key for a subject that is not there yet. Its maker keeps it wrapped, and
    /// [`Keys::adopt`] gives it to the subject.
    pub fn prepare(&self, now: Moment) -> Result<(DataKey, Vec<u8>)> {
        let key = store::new_data_key();
        let wrapped = self.0.master.wrap(&key)?;
        Ok((DataKey::new(base::id::new_uuid(now), key), wrapped))
    }

    /// Gives a new subject a prepared key inside the change that makes the subject.
    pub fn adopt(
        &self,
        tx: &mut Tx<'_>,
        kind: &'static str,
        subject: Uuid,
        prepared: (Uuid, &[u8]),
    ) -> Result<DataKey> {
        let (id, wrapped) = prepared;
        sql::insert_data_key(tx, id, kind, subject, wrapped)?;
        self.open_wrapped(id, wrapped)
    }

    /// Opens a key; [`Error::NotFound`] when it was destroyed. The store is asked each time: an
    /// erasure on one node must not be undone by what another node remembers.
    pub fn load(&self, db: &mut Db<'_>, id: Uuid) -> Result<DataKey> {
        if id.is_nil() {
            return Ok(self.0.installation.clone());
        }
        let wrapped = sql::wrapped_key(db, id)?.ok_or(Error::NotFound)?;
        self.open_wrapped(id, &wrapped)
    }

    /// Opens a key that a list has read beside its rows, so that no list asks once per row.
    pub fn open_wrapped(&self, id: Uuid, wrapped: &[u8]) -> Result<DataKey> {
        Ok(DataKey::new(id, self.0.master.unwrap(wrapped)?))
    }

    /// Opens a key read beside a row, wrapped or, for the installation's, not at all; none when it
    /// was destroyed.
    pub(crate) fn open_beside(&self, id: Uuid, wrapped: Option<&[u8]>) -> Result<Option<DataKey>> {
        if id.is_nil() {
            return Ok(Some(self.0.installation.clone()));
        }
        wrapped
            .map(|wrapped| self.open_wrapped(id, wrapped))
            .transpose()
    }

    /// Destroys a key inside the change that erases its subject, and with it everything sealed
    /// under it; false when there is no such key.
    pub fn destroy(&self, tx: &mut Tx<'_>, id: Uuid) -> Result<bool> {
        sql::delete_data_key(tx, id)
    }

    /// The key of what holds no personal data: units, categories, services, settings.
    pub fn installation(&self) -> DataKey {
        self.0.installation.clone()
    }

    /// A keyed hash by which an encrypted text can be found again; `domain` keeps the hashes of
    /// one kind of text apart from those of another.
    pub fn blind(&self, domain: &str, text: &str) -> [u8; 32] {
        self.0.master.blind_index(domain, text)
    }
}

fn make_folder(folder: &Path) -> std::result::Result<(), KeysError> {
    let failed = |source| KeysError::File {
        path: folder.to_owned(),
        source,
    };
    fs::create_dir_all(folder).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(failed)?;
    }
    Ok(())
}

/// Makes the seed of a signing key, unless it is there: a key once made is never replaced.
fn write_seed(path: &Path) -> std::result::Result<(), KeysError> {
    if path.exists() {
        return Ok(());
    }
    write_new(path, &base::id::random::<32>())
}

/// Writes a file for its owner alone, durable before it returns.
fn write_new(path: &Path, bytes: &[u8]) -> std::result::Result<(), KeysError> {
    let failed = |source| KeysError::File {
        path: path.to_owned(),
        source,
    };
    crate::guard::write_durably(path, bytes).map_err(failed)
}
