//! What a person carries away, the receipt and the proof, is verified by a command that has neither
//! network nor store: 0 valid, 1 invalid, 2 unreadable, 3 consistent but no key given.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::support::{APPLICANT, Client, Filed, House, Said, binary, on_both, said_by};

/// Verifies where nothing of the installation is at hand.
fn verify(file: &Path, key: Option<&str>) -> Said {
    let mut command = binary();
    command.arg("verify").arg(file);
    if let Some(key) = key {
        command.args(["--key", key]);
    }
    said_by(command, "")
}

/// The public proof, which is there as soon as the newest entry is sealed.
fn proof(client: &mut Client, case: &Filed) -> String {
    let began = Instant::now();
    loop {
        let answer = client
            .get(&format!("/proofs/{}.tlog-proof", case.latin))
            .unwrap();
        if answer.status == 200 {
            return answer.text();
        }
        assert_eq!(answer.status, 202, "{answer:?}");
        assert!(answer.header("retry-after").is_some(), "{answer:?}");
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "it is never sealed"
        );
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn proof_and_receipt_are_verified_without_network_and_store() {
    on_both(|house| {
        let server = house.start();
        let mut client = server.client();
        let case = Filed::file(&mut client, 1, "one");
        let proof = proof(&mut client, &case);
        let key = house.run(&["log", "key"]);
        assert_eq!(key.code, 0, "{key:?}");
        let key = key.out.trim().to_owned();
        assert_eq!(client.get("/log/vkey").unwrap().text().trim(), key);
        let receipt = receipt_of_guest(&mut client, &case);
        assert_eq!(receipt, case.receipt, "page and interface give one receipt");
        assert!(server.stop().success());

        let other = House::sqlite();
        assert!(other.start().stop().success());
        let foreign = other.run(&["log", "key"]).out.trim().to_owned();
        for (name, text) in [("proof", &proof), ("receipt", &receipt)] {
            let file = house.path(name);
            fs::write(&file, text).unwrap();
            let is = |said: Said, code: i32, what: &str| {
                assert_eq!(
                    said.code,
                    code,
                    "{}, {name}, {what}: {said:?}",
                    house.name()
                );
            };
            is(verify(&file, Some(&key)), 0, "as it was given");
            is(verify(&file, None), 3, "without a key");
            is(verify(&file, Some(&foreign)), 1, "under a foreign key");
            is(verify(&file, Some("no key")), 2, "with a key that is none");
            is(verify(&house.path("nowhere"), Some(&key)), 2, "of no file");
            assert!(!text.contains(APPLICANT), "{name} names nobody");
            let said = verify(&file, Some(&key));
            assert!(said.err.is_empty() && !said.out.is_empty(), "{said:?}");
            damaged(&file, text, &key);
        }
    });
}

/// Nothing that was changed in a file is valid, wherever it was.
fn damaged(file: &Path, text: &str, key: &str) {
    let bytes = text.as_bytes();
    let mut codes = [0_u32; 3];
    for step in 0..12 {
        let at = step * bytes.len() / 12;
        let mut changed = bytes.to_vec();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        fs::write(file, &changed).unwrap();
        let said = verify(file, Some(key));
        assert!(said.code == 1 || said.code == 2, "byte {at}: {said:?}");
        assert_eq!(said.err.trim().lines().count(), 1, "one sentence: {said:?}");
        codes[usize::try_from(said.code).unwrap()] += 1;
    }
    assert!(codes[1] > 0, "some are readable and wrong: {codes:?}");
    for text in [&b""[..], b"\xff\xfe\x00", &bytes[..bytes.len() / 2]] {
        fs::write(file, text).unwrap();
        assert_eq!(
            verify(file, Some(key)).code,
            2,
            "{:.20}",
            String::from_utf8_lossy(text)
        );
    }
}

/// The receipt by the way of a guest: number and return code, then the file on the page.
fn receipt_of_guest(client: &mut Client, case: &Filed) -> String {
    let page = format!("/cases/{}/receipt.txt", case.latin);
    let stranger = client.get(&page).unwrap();
    assert_ne!(stranger.status, 200, "a stranger is given nothing");
    let wrong = [
        ("number", case.number.as_str()),
        ("code", "0000-0000-0000-0000"),
    ];
    assert_eq!(client.post_form("/status", &wrong).unwrap().status, 422);
    let typed = [
        ("number", case.number.as_str()),
        ("code", case.return_code.as_str()),
    ];
    assert_eq!(client.post_form("/status", &typed).unwrap().status, 303);
    let answer = client.get(&page).unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.text()
}
