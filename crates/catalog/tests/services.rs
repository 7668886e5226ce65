//! What comes with the product: a service whose file changed has a new version, so that
//! installations take it and cases keep what they were filed under.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use catalog::{BUILT_IN, Definition};
use sha2::{Digest, Sha256};

/// Code, version and digest of every version that has ever come with the product.
const VERSIONS: &str = include_str!("../services/versions.txt");

/// The digest of a file without its comments and empty lines.
fn digest(text: &str) -> String {
    let lines = text.lines().map(str::trim_end);
    let said: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let hash = Sha256::digest(said.join("\n"));
    hash.iter().take(12).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[test]
fn a_changed_service_has_a_new_version() {
    let lines = VERSIONS.lines().filter(|line| !line.starts_with('#'));
    let mut known: BTreeMap<(&str, u32), &str> = BTreeMap::new();
    for line in lines {
        let [code, version, digest] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
        let twice = known.insert((code, version.parse().unwrap()), digest);
        assert_eq!(twice, None, "{code} {version} stands twice");
    }
    let mut wrong = String::new();
    for text in BUILT_IN {
        let service = Definition::from_toml(text).unwrap();
        let (code, version, now) = (service.code.as_str(), service.version, digest(text));
        match known.get(&(code, version)) {
            Some(digest) if *digest == now => {}
            Some(_) => {
                let _ = writeln!(
                    wrong,
                    "{code} was changed: raise its version above {version}"
                );
            }
            None => {
                let _ = writeln!(
                    wrong,
                    "add to services/versions.txt: {code} {version} {now}"
                );
            }
        }
        let newest = known.keys().filter(|(of, _)| *of == code).max();
        assert!(
            newest.is_none_or(|(_, newest)| *newest <= version),
            "{code}"
        );
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
