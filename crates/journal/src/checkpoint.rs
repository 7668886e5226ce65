//! Tree heads (C2SP tlog-checkpoint): origin, size and root of the log, as the text of a note.

use crate::merkle::Hash;
use crate::note::{Note, NoteKey};
use crate::wire::{hash_from_base64, is_name, number, to_base64};

/// A tree head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, which is also the name of its key.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text to be signed.
    pub fn text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            to_base64(&self.root)
        )
    }

    /// The signed checkpoint.
    pub fn sign(&self, key: &NoteKey) -> String {
        key.sign(&self.text())
    }

    /// Reads the text of a note; extension lines are allowed, as long as they are not empty, and
    /// mean nothing here.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let origin = lines.next().filter(|origin| is_name(origin))?;
        let size = number(lines.next()?)?;
        let root = hash_from_base64(lines.next()?)?;
        if lines.any(str::is_empty) {
            return None;
        }
        Some(Self {
            origin: origin.to_owned(),
            size,
            root,
        })
    }

    /// Reads a whole signed checkpoint without verifying its signatures.
    pub fn parse_note(note: &str) -> Option<(Note, Self)> {
        let note = Note::parse(note)?;
        let checkpoint = Self::parse(&note.text)?;
        Some((note, checkpoint))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EXAMPLE: &str =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn example_of_the_standard_reads_and_writes_back() {
        let checkpoint = Checkpoint::parse(EXAMPLE).unwrap();
        assert_eq!(
            (checkpoint.origin.as_str(), checkpoint.size),
            ("example.com/behind-the-sofa", 20_852_163)
        );
        assert_eq!(checkpoint.text(), EXAMPLE);
        assert!(Checkpoint::parse(&format!("{EXAMPLE}extension\n")).is_some());
    }

    #[test]
    fn malformed_texts_are_refused() {
        for wrong in [
            "",
            "\n",
            "a\n1\n",
            "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a b\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
            "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
            "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n",
            "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n",
            "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        ] {
            assert_eq!(Checkpoint::parse(wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn every_signed_checkpoint_opens(size in 0..=crate::wire::MAX_NUMBER, root in any::<[u8; 32]>()) {
            let key = NoteKey::new("okno.example", &[1; 32]).unwrap();
            let checkpoint = Checkpoint { origin: "okno.example".into(), size, root };
            let (note, read) = Checkpoint::parse_note(&checkpoint.sign(&key)).unwrap();
            prop_assert_eq!(read, checkpoint);
            prop_assert!(note.open(&[key.verifier().clone()]).is_ok());
        }

        #[test]
        fn any_text_is_read_without_panic(text in any::<String>()) {
            let _ = Checkpoint::parse(&text);
        }
    }
}
