//! What is too big for a row: objects in a folder, each whole and on the disk before a call
//! answers. Plain objects have names; encrypted ones are addressed by their content.

use std::path::Path as Folder;
use std::sync::Arc;

use base::{Error, Result};
use bytes::Bytes;
use futures_util::StreamExt;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions};
use sha2::{Digest, Sha256};

use crate::keys::mac;
use crate::seal;

/// A place for objects. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// Objects as files below `folder`, which is made when it is not there.
    pub fn folder(folder: &Folder) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(Error::internal)?;
        let files = LocalFileSystem::new_with_prefix(folder)
            .map_err(Error::internal)?
            // Without it a power cut may take an object that a row already names.
            .with_fsync(true);
        Ok(Self(Arc::new(files)))
    }

    /// Puts an object under a name like `tile/0/001`; one of the same name is replaced whole.
    pub async fn put(&self, path: &str, bytes: impl Into<Bytes>) -> Result<()> {
        self.0
            .put(&name(path)?, bytes.into().into())
            .await
            .map_err(trouble)?;
        Ok(())
    }

    /// Puts an object unless there is one of that name; says whether it was put.
    pub async fn put_if_absent(&self, path: &str, bytes: impl Into<Bytes>) -> Result<bool> {
        let options = PutOptions::from(PutMode::Create);
        match self
            .0
            .put_opts(&name(path)?, bytes.into().into(), options)
            .await
        {
            Ok(_) => Ok(true),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(false),
            Err(error) => Err(trouble(error)),
        }
    }

    /// The object of a name, or none.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>> {
        let found = match self.0.get(&name(path)?).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(trouble(error)),
        };
        found.bytes().await.map(Some).map_err(trouble)
    }

    /// Names of objects below a folder, in no order, `most` at the most.
    pub async fn list(&self, folder: &str, most: usize) -> Result<Vec<String>> {
        let folder = name(folder)?;
        let mut found = Vec::new();
        let mut objects = self.0.list(Some(&folder)).take(most);
        while let Some(object) = objects.next().await {
            found.push(object.map_err(trouble)?.location.to_string());
        }
        Ok(found)
    }

    /// Encrypts `bytes` under `key` and puts them at the address that their ciphertext has. The
    /// same bytes under the same key have the same address, so that a repeated upload is one.
    pub async fn put_content(&self, bytes: &[u8], key: &[u8; 32]) -> Result<[u8; 32]> {
        let derived = mac(key, &[b"okno content nonce", bytes]);
        let mut nonce = [0; 12];
        nonce.copy_from_slice(&derived[..12]);
        let sealed = seal::seal_with(key, nonce, bytes, CONTENT)?;
        let address: [u8; 32] = Sha256::digest(&sealed).into();
        self.put(&content(&address), sealed).await?;
        Ok(address)
    }

    /// The bytes at an address; none when nothing is there, an internal error when what is there
    /// is not what was put.
    pub async fn get_content(&self, address: &[u8; 32], key: &[u8; 32]) -> Result<Option<Vec<u8>>> {
        let Some(sealed) = self.get(&content(address)).await? else {
            return Ok(None);
        };
        let found: [u8; 32] = Sha256::digest(&sealed).into();
        if found != *address {
            return Err(Error::internal("an object is not what its address says"));
        }
        seal::open(key, &sealed, CONTENT).map(Some)
    }
}

const CONTENT: &[u8] = b"okno content";

fn name(path: &str) -> Result<Path> {
    Path::parse(path).map_err(|_| Error::internal("not a name of an object"))
}

fn content(address: &[u8; 32]) -> String {
    use std::fmt::Write;
    let mut path = String::with_capacity(75);
    path.push_str("content/");
    for (place, byte) in address.iter().enumerate() {
        // Writing to a String cannot fail.
        _ = write!(path, "{byte:02x}");
        if place == 0 {
            path.push('/');
        }
    }
    path
}

fn trouble(error: object_store::Error) -> Error {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    while let Some(this) = cause {
        if let Some(io) = this.downcast_ref::<std::io::Error>()
            && matches!(
                io.kind(),
                std::io::ErrorKind::StorageFull | std::io::ErrorKind::ReadOnlyFilesystem
            )
        {
            return Error::ReadOnly;
        }
        cause = this.source();
    }
    Error::internal(error)
}
