//! Objects: put whole, found again, and never given out when they were tampered with.

use base::Error;
use store::Blobs;

#[tokio::test]
async fn named_objects_are_replaced_whole_or_put_once() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::folder(&folder.path().join("blobs")).unwrap();
    assert_eq!(blobs.get("tile/0/000").await.unwrap(), None);
    blobs.put("tile/0/000", vec![1, 2]).await.unwrap();
    blobs.put("tile/0/000", vec![3]).await.unwrap();
    assert!(!blobs.put_if_absent("tile/0/000", vec![4]).await.unwrap());
    assert!(blobs.put_if_absent("tile/0/001", vec![5]).await.unwrap());
    assert_eq!(&blobs.get("tile/0/000").await.unwrap().unwrap()[..], [3]);
    assert_eq!(&blobs.get("tile/0/001").await.unwrap().unwrap()[..], [5]);
    for bad in ["../outside", "a//b", "a/../../b"] {
        assert!(blobs.put(bad, vec![1]).await.is_err(), "{bad}");
    }
}

#[tokio::test]
async fn content_is_encrypted_and_tampering_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::folder(folder.path()).unwrap();
    let (key, other) = ([7; 32], [8; 32]);
    let scan = "скан паспорта".as_bytes();
    let address = blobs.put_content(scan, &key).await.unwrap();
    assert_eq!(blobs.put_content(scan, &key).await.unwrap(), address);
    assert_ne!(blobs.put_content(scan, &other).await.unwrap(), address);
    let got = blobs.get_content(&address, &key).await.unwrap();
    assert_eq!(got.as_deref(), Some(scan));
    assert!(blobs.get_content(&address, &other).await.is_err());
    assert_eq!(blobs.get_content(&[0; 32], &key).await.unwrap(), None);

    let first = std::fs::read_dir(folder.path().join("content"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.ends_with(format!("{:02x}", address[0])))
        .unwrap();
    let file = std::fs::read_dir(first).unwrap().next().unwrap().unwrap();
    let file = file.path();
    let stored = std::fs::read(&file).unwrap();
    assert!(!stored.windows(scan.len()).any(|part| part == scan));
    for at in 0..stored.len() {
        let mut bad = stored.clone();
        bad[at] ^= 1;
        std::fs::write(&file, bad).unwrap();
        let got = blobs.get_content(&address, &key).await;
        assert!(matches!(got, Err(Error::Internal(_))), "byte {at}");
    }
    std::fs::write(&file, &stored[..stored.len() - 1]).unwrap();
    assert!(blobs.get_content(&address, &key).await.is_err());
}
