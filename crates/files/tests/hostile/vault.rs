//! What is put away is sealed, comes back, and is told from a place that does not answer.

use std::sync::Arc;

use base::Clock;
use files::{Kind, Limits, StoreDown, Vault};
use journal::Keys;
use store::{Blobs, Bucket};

fn key() -> (tempfile::TempDir, journal::DataKey) {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::open(&folder.path().join("keys"), Some("okno/test"), true).unwrap();
    let (key, _) = keys.prepare(Clock::system().now()).unwrap();
    (folder, key)
}

#[tokio::test]
async fn a_file_is_kept_sealed_and_comes_back_with_its_copies() {
    let (folder, key) = key();
    let blobs = Blobs::folder(&folder.path().join("blobs")).unwrap();
    let vault = Vault::new(blobs.clone(), Limits::default());
    let photo: Arc<[u8]> = crate::corpus::jpeg(400, 300).into();
    let inspected = vault
        .inspect("двор.jpg", Arc::clone(&photo), &[Kind::Jpeg])
        .await
        .unwrap()
        .unwrap();
    let kept = vault.keep(&key, &photo, &inspected).await.unwrap();
    let again = vault.keep(&key, &photo, &inspected).await.unwrap();
    assert_eq!(kept, again, "the same file twice is one");
    assert_eq!(kept.all().count(), 3);
    let original = vault.open(&key, &kept.original).await.unwrap().unwrap();
    assert_eq!(original, &*photo);
    for object in blobs.list("content", 100).await.unwrap() {
        let bytes = blobs.get(&object).await.unwrap().unwrap();
        assert!(
            !bytes.windows(4).any(|four| four == b"JFIF"),
            "{object} lies open"
        );
    }
    for address in kept.all() {
        vault.forget(&address).await.unwrap();
        assert_eq!(vault.open(&key, &address).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_place_that_does_not_answer_is_told_from_an_empty_one() {
    let (_folder, key) = key();
    let nowhere = Blobs::bucket(&Bucket {
        name: "okno".to_owned(),
        prefix: String::new(),
        // Nobody listens on the port of discarding.
        endpoint: "http://127.0.0.1:9".to_owned(),
        region: "us-east-1".to_owned(),
        access_key: "a".to_owned(),
        secret_key: "b".to_owned(),
    })
    .unwrap();
    let vault = Vault::new(nowhere, Limits::default());
    assert_eq!(vault.open(&key, &[7; 32]).await, Err(StoreDown));
}

#[tokio::test]
async fn all_files_being_received_have_a_bound_together() {
    let (folder, _) = key();
    let blobs = Blobs::folder(&folder.path().join("blobs")).unwrap();
    let vault = Vault::new(blobs, Limits::default());
    let mut first = vault.room();
    first.grow(200 * 1024 * 1024).unwrap();
    let mut second = vault.room();
    assert!(second.grow(100 * 1024 * 1024).is_err());
    drop(second);
    drop(first);
    vault.room().grow(100 * 1024 * 1024).unwrap();
}
