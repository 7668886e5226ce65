//! Policy files (C2SP tlog-policy), as far as they are needed: the logs one accepts, no witnesses.

use thiserror::Error;

use crate::note::Verifier;

/// Longest policy file, in bytes.
pub const MAX_POLICY: usize = 64 * 1024;
/// Most logs in a policy.
pub const MAX_LOGS: usize = 64;

/// The policy cannot be used; nothing is verified with half a policy.
#[derive(Debug, Clone, Copy, Error, PartialEq, Eq)]
#[error("unreadable policy, line {line}")]
pub struct PolicyError {
    /// Line of the file, from 1; 0 for the file as a whole.
    pub line: usize,
}

/// Reads the keys of the accepted logs, at least one. Lines are `log <vkey> [<url>]`, exactly one
/// `quorum none`, comments from `#`, empty lines; anything else, witnesses too, is an error.
pub fn parse_policy(text: &str) -> Result<Vec<Verifier>, PolicyError> {
    let control = |b: u8| (b < 0x20 && b != b'\n' && b != b'\t') || b == 0x7f;
    if text.len() > MAX_POLICY || text.bytes().any(control) {
        return Err(PolicyError { line: 0 });
    }
    let mut keys: Vec<Verifier> = Vec::new();
    let mut quorum = false;
    for (line, content) in (1..).zip(text.split('\n')) {
        let error = PolicyError { line };
        let words: Vec<_> = content
            .split([' ', '\t'])
            .filter(|word| !word.is_empty())
            .collect();
        match words.as_slice() {
            [] => {}
            [first, ..] if first.starts_with('#') => {}
            ["log", vkey] | ["log", vkey, _] => {
                let key = Verifier::parse(vkey).map_err(|_| error)?;
                if keys.len() == MAX_LOGS || keys.iter().any(|k| k.public_key() == key.public_key())
                {
                    return Err(error);
                }
                keys.push(key);
            }
            ["quorum", "none"] if !quorum => quorum = true,
            _ => return Err(error),
        }
    }
    if keys.is_empty() || !quorum {
        Err(PolicyError { line: 0 })
    } else {
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::note::NoteKey;

    fn vkey(seed: u8) -> String {
        NoteKey::new("okno.example", &[seed; 32]).unwrap().vkey()
    }

    #[test]
    fn logs_and_no_quorum_is_all_there_is() {
        let (a, b) = (vkey(1), vkey(2));
        let keys = parse_policy(&format!(
            "# ours\n\nlog {a}\n\tlog  {b} https://okno.example\t\nquorum none\n"
        ))
        .unwrap();
        assert_eq!(
            keys.iter().map(Verifier::vkey).collect::<Vec<_>>(),
            [a.clone(), b.clone()]
        );
        for wrong in [
            String::new(),
            "quorum none\n".into(),
            format!("log {a}\n"),
            format!("log {a}\nlog {a}\nquorum none\n"),
            format!("log {a}\nquorum none\nquorum none\n"),
            format!("log {a}\nwitness W {b}\nquorum W\n"),
            format!("log {a} url more\nquorum none\n"),
            format!("log {a}\r\nquorum none\r\n"),
            format!("log {}\nquorum none\n", &a[1..]),
        ] {
            assert!(parse_policy(&wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in any::<String>()) {
            let _ = parse_policy(&text);
        }
    }
}
