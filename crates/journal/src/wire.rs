//! The words every journal format is made of: base64, decimal numbers, names, length-prefixed bytes.
//!
//! Each value has exactly one spelling. Whatever is read here and written again gives the same
//! bytes, so that three independent verifiers cannot disagree on what a file says.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::merkle::Hash;

/// Largest number any format may hold: what a JavaScript number keeps exactly.
pub const MAX_NUMBER: u64 = (1 << 53) - 1;

/// Bytes as standard base64 with padding.
pub fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads canonical standard base64: padding present, unused bits zero, nothing else in between.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Reads the base64 of exactly 32 bytes.
pub fn hash_from_base64(text: &str) -> Option<Hash> {
    from_base64(text)?.try_into().ok()
}

/// Reads a decimal number without sign or leading zeros, at most [`MAX_NUMBER`].
pub fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let canonical = !text.is_empty() && text.len() <= 16 && (text == "0" || !text.starts_with('0'));
    if !digits || !canonical {
        return None;
    }
    text.parse().ok().filter(|n| *n <= MAX_NUMBER)
}

/// Whether the text may name a log, a key or a case: not empty, no white space, no control
/// characters, no `+`.
pub fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text
            .chars()
            .any(|c| c == '+' || c.is_whitespace() || c <= '\u{20}' || c == '\u{7f}')
}

/// Whether the text is an action code: `[a-z0-9_.]+`.
pub fn is_action(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'.')
}

/// Whether the text is an entity kind: `[a-z_]+`.
pub fn is_kind(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Whether the text may be a signed file at all: no control characters but the newline, and a
/// newline at its end.
pub fn is_note_text(text: &str) -> bool {
    text.ends_with('\n') && !text.bytes().any(|b| b < 0x20 && b != b'\n')
}

/// SHA-256 taken over pieces, some of them length-prefixed.
pub(crate) struct Sha(Sha256);

impl Sha {
    /// Begins with a domain label.
    pub(crate) fn label(label: &str) -> Self {
        Self(Sha256::new_with_prefix(label))
    }

    /// Adds bytes as they are.
    pub(crate) fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(bytes);
        self
    }

    /// Adds bytes with their length as four big-endian bytes before them.
    ///
    /// Nothing the journal hashes comes near 4 GiB; a longer piece would be cut in its length
    /// only, never read out of bounds.
    pub(crate) fn prefixed(self, bytes: &[u8]) -> Self {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.bytes(&length.to_be_bytes()).bytes(bytes)
    }

    /// The hash of everything added.
    pub(crate) fn finish(self) -> Hash {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_spelling() {
        assert_eq!(number("0"), Some(0));
        assert_eq!(number("9007199254740991"), Some(MAX_NUMBER));
        for wrong in [
            "",
            "00",
            "01",
            "-0",
            "+1",
            " 1",
            "1 ",
            "1e3",
            "1.0",
            "9007199254740992",
            "99999999999999999999",
            "١",
        ] {
            assert_eq!(number(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn base64_has_one_spelling() {
        assert_eq!(from_base64("AQ=="), Some(vec![1]));
        for wrong in ["AQ", "AQ=", "AR==", "AQ==\n", " AQ==", "A-__", "AQ==AQ=="] {
            assert_eq!(from_base64(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn names_hold_no_spaces_and_no_plus() {
        assert!(is_name("okno.example/log") && is_name("А-2026-00000042-7"));
        for wrong in [
            "",
            "a b",
            "a+b",
            "a\u{a0}b",
            "a\u{85}b",
            "a\u{3000}b",
            "a\tb",
        ] {
            assert!(!is_name(wrong), "{wrong:?}");
        }
    }
}
