//! Signed notes (C2SP signed-note) with Ed25519 keys: what receipts and checkpoints are wrapped in.
//!
//! A note is a text, an empty line, and signature lines `— <name> <base64(key id ‖ signature)>`.
//! Signatures of unknown keys are ignored; a failing signature of a known key spoils the note.

use std::fmt;

use ed25519_dalek::{Signature as Ed25519, Signer as _, SigningKey, VerifyingKey};
use thiserror::Error;

use crate::wire::{Sha, from_base64, is_name, is_note_text, to_base64};

/// Signature type byte of plain Ed25519.
const ED25519: u8 = 1;
/// Longest note, in bytes.
pub const MAX_NOTE: usize = 256 * 1024;
/// Most signature lines in one note.
pub const MAX_SIGNATURES: usize = 64;

/// A signing key and its name. The seed is wiped from memory when the key is dropped.
pub struct NoteKey {
    key: SigningKey,
    verifier: Verifier,
}

/// A public key one trusts, read from a vkey text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    id: u32,
    key: VerifyingKey,
}

/// Why a key cannot be used.
#[derive(Debug, Clone, Copy, Error, PartialEq, Eq)]
pub enum KeyError {
    /// The name is empty or holds white space or a plus.
    #[error("unfit key name")]
    Name,
    /// The text is not a vkey of an Ed25519 key.
    #[error("not an Ed25519 verifier key")]
    Malformed,
    /// The key id is not the one this name and key have.
    #[error("key id does not match")]
    Id,
    /// The bytes are no safe point of the curve.
    #[error("weak or non-canonical public key")]
    Point,
}

impl NoteKey {
    /// A key from its name and 32 secret random bytes.
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        let key = SigningKey::from_bytes(seed);
        let verifier = Verifier::new(name, key.verifying_key());
        Ok(Self { key, verifier })
    }

    /// The name of the key, which is the origin of the log.
    pub fn name(&self) -> &str {
        &self.verifier.name
    }

    /// The public half.
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// The public half as text, to be given to verifiers.
    pub fn vkey(&self) -> String {
        self.verifier.vkey()
    }

    /// Signs a text that ends with a newline; the answer is the whole note.
    pub fn sign(&self, text: &str) -> String {
        format!("{text}\n{}", self.signature_line(text))
    }

    /// The signature line alone, to be added to a note that others sign too.
    pub fn signature_line(&self, text: &str) -> String {
        let mut bytes = self.verifier.id.to_be_bytes().to_vec();
        bytes.extend(self.key.sign(text.as_bytes()).to_bytes());
        format!("— {} {}\n", self.verifier.name, to_base64(&bytes))
    }
}

impl fmt::Debug for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NoteKey")
            .field("name", &self.verifier.name)
            .finish_non_exhaustive()
    }
}

impl Verifier {
    fn new(name: &str, key: VerifyingKey) -> Self {
        let id = u32::from_be_bytes(first(&key_hash(name, &key)));
        Self {
            name: name.to_owned(),
            id,
            key,
        }
    }

    /// Reads `<name>+<8 hex digits>+<base64>`. Keys of low order and other spellings of a point
    /// are refused.
    pub fn parse(vkey: &str) -> Result<Self, KeyError> {
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Malformed);
        };
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        let bytes = from_base64(key).ok_or(KeyError::Malformed)?;
        let Some((&ED25519, point)) = bytes.split_first() else {
            return Err(KeyError::Malformed);
        };
        let point: [u8; 32] = point.try_into().map_err(|_| KeyError::Malformed)?;
        let key = VerifyingKey::from_bytes(&point).map_err(|_| KeyError::Point)?;
        if key.is_weak() || key.to_edwards().compress().to_bytes() != point {
            return Err(KeyError::Point);
        }
        let verifier = Self::new(name, key);
        if id == format!("{:08x}", verifier.id) {
            Ok(verifier)
        } else {
            Err(KeyError::Id)
        }
    }

    /// The name of the key.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The 32 bytes of the public key.
    pub fn public_key(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// The key as vkey text.
    pub fn vkey(&self) -> String {
        let mut bytes = vec![ED25519];
        bytes.extend(self.key.to_bytes());
        format!("{}+{:08x}+{}", self.name, self.id, to_base64(&bytes))
    }

    /// The fingerprint for people to compare: 128 bits in groups of four hex digits. It begins
    /// with the key id.
    pub fn fingerprint(&self) -> String {
        let hash = key_hash(&self.name, &self.key);
        let groups: Vec<_> = hash[..16]
            .chunks(2)
            .map(|pair| format!("{:02x}{:02x}", pair[0], pair[1]))
            .collect();
        groups.join(" ")
    }

    /// Whether the signature line names this key.
    fn is_named_by(&self, signature: &Signature) -> bool {
        signature.key_id == self.id && signature.name == self.name
    }

    /// Whether the signature is this key's for the text, by the strict rules: reduced scalar, no
    /// points of low order, one spelling of each point.
    fn holds(&self, text: &str, signature: &[u8]) -> bool {
        Ed25519::from_slice(signature)
            .is_ok_and(|s| self.key.verify_strict(text.as_bytes(), &s).is_ok())
    }
}

/// SHA-256(name ‖ newline ‖ type ‖ public key); its first four bytes are the key id.
fn key_hash(name: &str, key: &VerifyingKey) -> [u8; 32] {
    Sha::label(name)
        .bytes(&[b'\n', ED25519])
        .bytes(key.as_bytes())
        .finish()
}

fn first(hash: &[u8; 32]) -> [u8; 4] {
    [hash[0], hash[1], hash[2], hash[3]]
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Name of the key that is said to have signed.
    pub name: String,
    /// Its id.
    pub key_id: u32,
    /// What follows the id.
    pub bytes: Vec<u8>,
}

/// A note taken apart, nothing verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The signed text with its final newline.
    pub text: String,
    /// The signature lines, at least one.
    pub signatures: Vec<Signature>,
}

/// Why a note is not trusted.
#[derive(Debug, Clone, Copy, Error, PartialEq, Eq)]
pub enum OpenError {
    /// No signature is by a key we know.
    #[error("no signature by a known key")]
    UnknownKey,
    /// A signature by a known key fails.
    #[error("signature does not hold")]
    BadSignature,
}

impl Note {
    /// Takes a note apart; `None` when it is malformed.
    pub fn parse(note: &str) -> Option<Self> {
        if note.len() > MAX_NOTE || !is_note_text(note) {
            return None;
        }
        let (text, lines) = note.split_at(note.rfind("\n\n")? + 1);
        let lines = lines.strip_prefix('\n')?.strip_suffix('\n')?;
        let signatures = lines
            .split('\n')
            .map(Signature::parse)
            .collect::<Option<Vec<_>>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return None;
        }
        Some(Self {
            text: text.to_owned(),
            signatures,
        })
    }

    /// Checks every signature by one of these keys and gives the first key that signed.
    pub fn open<'k>(&self, keys: &'k [Verifier]) -> Result<&'k Verifier, OpenError> {
        let mut signer = None;
        for signature in &self.signatures {
            for key in keys.iter().filter(|key| key.is_named_by(signature)) {
                if !key.holds(&self.text, &signature.bytes) {
                    return Err(OpenError::BadSignature);
                }
                signer = signer.or(Some(key));
            }
        }
        signer.ok_or(OpenError::UnknownKey)
    }
}

impl Signature {
    /// Reads a line without its newline.
    fn parse(line: &str) -> Option<Self> {
        let (name, base64) = line.strip_prefix("— ")?.split_once(' ')?;
        let bytes = from_base64(base64)?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        if !is_name(name) || bytes.is_empty() {
            return None;
        }
        Some(Self {
            name: name.to_owned(),
            key_id: u32::from_be_bytes(*id),
            bytes: bytes.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EXAMPLE: &str = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    const VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    fn key() -> NoteKey {
        NoteKey::new("okno.example/log", &[7; 32]).unwrap()
    }

    #[test]
    fn example_of_the_standard_opens() {
        let keys = [Verifier::parse(VKEY).unwrap()];
        assert_eq!(keys[0].vkey(), VKEY);
        assert!(keys[0].fingerprint().starts_with("530d 903a "));
        assert_eq!(Note::parse(EXAMPLE).unwrap().open(&keys), Ok(&keys[0]));
    }

    #[test]
    fn own_note_opens_and_a_changed_one_does_not() {
        let key = key();
        let keys = [Verifier::parse(&key.vkey()).unwrap()];
        let note = key.sign("one\n\ntwo\n");
        assert_eq!(Note::parse(&note).unwrap().open(&keys), Ok(&keys[0]));
        let changed = Note::parse(&note.replace("two", "six")).unwrap();
        assert_eq!(changed.open(&keys), Err(OpenError::BadSignature));
    }

    #[test]
    fn stranger_with_our_name_is_not_us() {
        let stranger = NoteKey::new("okno.example/log", &[8; 32]).unwrap();
        let note = Note::parse(&stranger.sign("text\n")).unwrap();
        assert_eq!(
            note.open(&[key().verifier().clone()]),
            Err(OpenError::UnknownKey)
        );
        assert_eq!(note.open(&[]), Err(OpenError::UnknownKey));
    }

    #[test]
    fn one_failing_signature_of_ours_spoils_the_note() {
        let key = key();
        let note = key.sign("text\n") + &key.signature_line("other\n");
        assert_eq!(
            Note::parse(&note).unwrap().open(&[key.verifier().clone()]),
            Err(OpenError::BadSignature)
        );
    }

    #[test]
    fn malformed_notes_are_refused() {
        let good = key().sign("text\n");
        assert!(Note::parse(&good).is_some());
        for wrong in [
            String::new(),
            "text\n".into(),
            "text\n\n".into(),
            good.trim_end().into(),
            good.clone() + "\n",
            good.clone() + "more\n",
            good.replace('\n', "\r\n"),
            good.replace('—', "-"),
            good.replace("— okno", "—  okno"),
            good.replace("example/log ", "example/log  "),
            good.replace("=\n", "\n"),
            "text\n\n— name AAAAAA==\n".into(),
            "text\u{1}\n\n— name AAAAAAE=\n".into(),
        ] {
            assert_eq!(Note::parse(&wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn weak_and_wrong_keys_are_refused() {
        let text = |point: [u8; 32]| {
            let mut bytes = vec![1];
            bytes.extend(point);
            let id = Sha::label("n").bytes(b"\n").bytes(&bytes).finish();
            let id = u32::from_be_bytes(first(&id));
            format!("n+{id:08x}+{}", to_base64(&bytes))
        };
        let mut one = [0; 32];
        one[0] = 1;
        let mut same_as_one = [0xff; 32];
        same_as_one[0] = 0xee;
        same_as_one[31] = 0x7f;
        for weak in [[0; 32], one, same_as_one] {
            assert_eq!(Verifier::parse(&text(weak)), Err(KeyError::Point));
        }
        assert_eq!(
            Verifier::parse(&VKEY.replace("530d903a", "530d903b")),
            Err(KeyError::Id)
        );
        assert_eq!(
            Verifier::parse(&VKEY.replace("530d903a", "530D903A")),
            Err(KeyError::Id)
        );
        assert_eq!(Verifier::parse("name+00000000"), Err(KeyError::Malformed));
        assert_eq!(Verifier::parse("a b+00000000+AQ=="), Err(KeyError::Name));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in any::<String>()) {
            let _ = Note::parse(&text);
            let _ = Verifier::parse(&text);
        }

        #[test]
        fn any_signed_text_opens(text in "[^\\x00-\\x1f]{0,40}\n", seed in any::<[u8; 32]>()) {
            let key = NoteKey::new("n", &seed).unwrap();
            let note = Note::parse(&key.sign(&text)).unwrap();
            prop_assert_eq!(&note.text, &text);
            prop_assert!(note.open(&[Verifier::parse(&key.vkey()).unwrap()]).is_ok());
        }
    }
}
