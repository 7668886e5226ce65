//! What is too big for a row: objects in a folder or in a store that speaks S3, each whole and kept
//! before a call answers. Plain objects have names; encrypted ones are addressed by their content.

use std::path::Path as Folder;
use std::sync::Arc;
use std::time::Duration;

use base::{Error, Result};
use bytes::Bytes;
use futures_util::StreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, PutMode, PutOptions, RetryConfig};
use sha2::{Digest, Sha256};

use crate::keys::mac;
use crate::seal;

/// A place for objects. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Blobs(Arc<dyn ObjectStore>);

/// How long a store of objects may take to answer.
const ANSWER: Duration = Duration::from_secs(20);
/// How long it is tried again when it does not.
const PATIENCE: Duration = Duration::from_secs(5);

/// A bucket of a store that speaks S3.
#[derive(Clone, PartialEq, Eq)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What the names of all objects begin with; may be empty.
    pub prefix: String,
    /// Address of the store, like `https://s3.example.ru`; empty for that of the region.
    pub endpoint: String,
    /// The region.
    pub region: String,
    /// Name of the key.
    pub access_key: String,
    /// The key.
    pub secret_key: String,
}

impl Bucket {
    /// Reads `s3://bucket/prefix?endpoint=https://s3.example.ru&region=ru-1`; the prefix and the
    /// parameters may be left out. What is wrong with it is told without repeating it.
    pub fn parse(
        url: &str,
        access_key: &str,
        secret_key: &str,
    ) -> std::result::Result<Self, String> {
        let rest = url
            .strip_prefix("s3://")
            .ok_or("the address of the objects must begin with s3://")?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
        let plain = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-_/".contains(&byte))
        };
        if name.is_empty() || !plain(name) || !plain(prefix) {
            return Err("the address of the objects names no bucket".to_owned());
        }
        if access_key.is_empty() || secret_key.is_empty() {
            return Err("the bucket needs a key and its secret".to_owned());
        }
        let mut bucket = Self {
            name: name.to_owned(),
            prefix: prefix.trim_matches('/').to_owned(),
            endpoint: String::new(),
            region: "us-east-1".to_owned(),
            access_key: access_key.to_owned(),
            secret_key: secret_key.to_owned(),
        };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("endpoint", value)) if value.starts_with("http") => {
                    value.clone_into(&mut bucket.endpoint);
                }
                Some(("region", value)) if plain(value) => value.clone_into(&mut bucket.region),
                _ => return Err("a bucket's address takes `endpoint` and `region`".to_owned()),
            }
        }
        Ok(bucket)
    }
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bucket")
            .field("name", &self.name)
            .field("prefix", &self.prefix)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

impl Blobs {
    /// Objects in a bucket. The store is not asked yet: it may be down when we start.
    pub fn bucket(bucket: &Bucket) -> Result<Self> {
        let client = ClientOptions::new()
            .with_connect_timeout(PATIENCE)
            .with_timeout(ANSWER)
            .with_allow_http(bucket.endpoint.starts_with("http://"));
        let retry = RetryConfig {
            max_retries: 2,
            retry_timeout: PATIENCE,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&bucket.name)
            .with_region(&bucket.region)
            .with_access_key_id(&bucket.access_key)
            .with_secret_access_key(&bucket.secret_key)
            .with_client_options(client)
            .with_retry(retry);
        if !bucket.endpoint.is_empty() {
            builder = builder.with_endpoint(&bucket.endpoint);
        }
        let store = builder.build().map_err(Error::internal)?;
        Ok(if bucket.prefix.is_empty() {
            Self(Arc::new(store))
        } else {
            let prefix = name(&bucket.prefix)?;
            Self(Arc::new(PrefixStore::new(store, prefix)))
        })
    }

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

    /// Throws an object away; it is no mistake when there is none.
    pub async fn delete(&self, path: &str) -> Result<()> {
        match self.0.delete(&name(path)?).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(trouble(error)),
        }
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

    /// Whether something lies at an address; what it is, is not looked at.
    pub async fn has_content(&self, address: &[u8; 32]) -> Result<bool> {
        match self.0.head(&name(&content(address))?).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(trouble(error)),
        }
    }

    /// Whether what lies at an address is what was put there; false, too, when nothing does.
    pub async fn content_is_whole(&self, address: &[u8; 32]) -> Result<bool> {
        let found = self.get(&content(address)).await?;
        Ok(found.is_some_and(|sealed| Sha256::digest(&sealed).as_slice() == address))
    }

    /// Throws away what lies at an address.
    pub async fn delete_content(&self, address: &[u8; 32]) -> Result<()> {
        self.delete(&content(address)).await
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_read_from_its_address() {
        let url = "s3://okno-files/one/two/?endpoint=http://127.0.0.1:9000&region=ru-1";
        let bucket = Bucket::parse(url, "key", "secret").unwrap();
        assert_eq!(bucket.name, "okno-files");
        assert_eq!(bucket.prefix, "one/two");
        assert_eq!(bucket.endpoint, "http://127.0.0.1:9000");
        assert_eq!(bucket.region, "ru-1");
        assert!(!format!("{bucket:?}").contains("secret"));
        for wrong in [
            "http://a",
            "s3://",
            "s3:///a",
            "s3://a b",
            "s3://a?endpoint=ftp://b",
            "s3://a?x=1",
        ] {
            assert!(Bucket::parse(wrong, "key", "secret").is_err(), "{wrong}");
        }
        assert!(Bucket::parse("s3://a", "key", "").is_err());
    }
}
