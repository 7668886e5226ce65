//! The receipt an applicant gets at once: a signed note that ties a case number to the commitment
//! of its first entry, before the entry is sealed into the tree.

use uuid::Uuid;

use crate::merkle::Hash;
use crate::note::NoteKey;
use crate::wire::{hash_from_base64, is_name, number, to_base64};

/// First line of a receipt.
pub const RECEIPT_V1: &str = "okno.receipt.v1";

/// What the installation confirms by its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The log's name.
    pub origin: String,
    /// Number of the case.
    pub number: String,
    /// Commitment of the entry.
    pub commitment: Hash,
    /// When the entry was written, microseconds UTC.
    pub recorded_at: u64,
    /// Identifier of the entry.
    pub id: Uuid,
}

impl Receipt {
    /// The text to be signed.
    pub fn text(&self) -> String {
        format!(
            "{RECEIPT_V1}\n{}\nnumber {}\ncommitment {}\nrecorded_at {}\nid {}\n",
            self.origin,
            self.number,
            to_base64(&self.commitment),
            self.recorded_at,
            self.id,
        )
    }

    /// The signed receipt.
    pub fn sign(&self, key: &NoteKey) -> String {
        key.sign(&self.text())
    }

    /// Reads the text of a note; `None` unless it is written exactly as [`Receipt::text`] would.
    pub fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != RECEIPT_V1 {
            return None;
        }
        let origin = lines.next().filter(|o| is_name(o))?.to_owned();
        let case = lines
            .next()?
            .strip_prefix("number ")
            .filter(|n| is_name(n))?
            .to_owned();
        let commitment = hash_from_base64(lines.next()?.strip_prefix("commitment ")?)?;
        let recorded_at = number(lines.next()?.strip_prefix("recorded_at ")?)?;
        let id = Uuid::try_parse(lines.next()?.strip_prefix("id ")?).ok()?;
        let receipt = Self {
            origin,
            number: case,
            commitment,
            recorded_at,
            id,
        };
        (lines.next().is_none() && receipt.text() == text).then_some(receipt)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn receipt() -> Receipt {
        Receipt {
            origin: "okno.example/log".into(),
            number: "А-2026-00000042-7".into(),
            commitment: [5; 32],
            recorded_at: 1_790_000_000_000_000,
            id: Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001),
        }
    }

    #[test]
    fn receipt_reads_back() {
        assert_eq!(Receipt::parse(&receipt().text()), Some(receipt()));
    }

    #[test]
    fn other_spellings_are_refused() {
        let text = receipt().text();
        for wrong in [
            text.replace("v1", "v2"),
            text.replace("0199", "0199A").replace("-7000", "-700"),
            text.to_uppercase(),
            text.replace("recorded_at 1", "recorded_at 01"),
            text.replace("number ", "number  "),
            text.replace("id ", "id {").replace("0001\n", "0001}\n"),
            text.clone() + "more\n",
            text.trim_end().to_owned(),
        ] {
            assert_eq!(Receipt::parse(&wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in any::<String>()) {
            let _ = Receipt::parse(&text);
        }
    }
}
