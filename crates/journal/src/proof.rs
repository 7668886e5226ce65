//! Proof files: tlog-proofs (C2SP) of all entries of one case, one after the other.
//!
//! Each part stands on its own: it discloses an entry and leads it to the root of a signed
//! checkpoint. Together the parts show that nothing is missing between the first and the last.

use crate::checkpoint::Checkpoint;
use crate::disclosure::Disclosure;
use crate::entry::leaf_hash;
use crate::merkle::{Hash, verify_inclusion};
use crate::note::Note;
use crate::verdict::Reason;
use crate::wire::{from_base64, hash_from_base64, is_note_text, number, to_base64};

/// First line of a part.
pub const PROOF_V1: &str = "c2sp.org/tlog-proof@v1";
/// Longest file, in bytes.
pub const MAX_FILE: usize = 16 * 1024 * 1024;
/// Most parts in a file.
pub const MAX_PARTS: usize = 10_000;
/// Most hashes in an inclusion path.
pub const MAX_PATH: usize = 64;

/// The proof of one entry, without the checkpoint it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What is shown of the entry.
    pub disclosure: Disclosure,
    /// Its place in the log.
    pub index: u64,
    /// Inclusion proof.
    pub path: Vec<Hash>,
}

impl Part {
    /// The part as text, with the signed checkpoint at its end.
    pub fn text(&self, checkpoint: &str) -> String {
        let path: String = self
            .path
            .iter()
            .map(|hash| to_base64(hash) + "\n")
            .collect();
        let extra = to_base64(self.disclosure.to_json().as_bytes());
        format!(
            "{PROOF_V1}\nextra {extra}\nindex {}\n{path}\n{checkpoint}",
            self.index
        )
    }

    /// Reads a part and gives the text of its checkpoint beside it.
    fn parse(text: &str) -> Result<(Self, &str), Reason> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(Reason::Part)?;
        let mut lines = head.split('\n').skip(1);
        let mut value = |label| {
            lines
                .next()
                .and_then(|line| line.strip_prefix(label))
                .ok_or(Reason::Part)
        };
        let extra = from_base64(value("extra ")?).ok_or(Reason::Part)?;
        let index = number(value("index ")?).ok_or(Reason::Part)?;
        let path = lines
            .map(hash_from_base64)
            .collect::<Option<Vec<_>>>()
            .ok_or(Reason::Part)?;
        if path.len() > MAX_PATH {
            return Err(Reason::Part);
        }
        Ok((
            Self {
                disclosure: Disclosure::parse(&extra)?,
                index,
                path,
            },
            checkpoint,
        ))
    }

    /// Whether the entry's commitment stands where the part says.
    fn is_included(&self, commitment: &Hash, head: &Checkpoint) -> bool {
        verify_inclusion(
            &leaf_hash(commitment),
            self.index,
            head.size,
            &self.path,
            &head.root,
        )
    }
}

/// Writes a proof file: parts in version order and the signed checkpoint they all lead to.
pub fn proof_file(parts: &[Part], checkpoint: &str) -> String {
    parts.iter().map(|part| part.text(checkpoint)).collect()
}

/// A proof file taken apart, nothing verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseProof {
    /// The parts in the order of the file, at least one.
    pub parts: Vec<Part>,
    /// The tree head of the first part.
    pub head: Checkpoint,
    /// The note of that tree head.
    pub note: Note,
    /// The first part whose checkpoint is another one, from 1.
    other_checkpoint: Option<usize>,
}

/// A reason and the part it was found in, from 1; 0 stands for the file as a whole.
pub type Flaw = (usize, Reason);

impl CaseProof {
    /// Reads a file. Whatever is malformed anywhere is found here.
    pub fn parse(file: &str) -> Result<Self, Flaw> {
        let texts = split(file)?;
        let mut parts = Vec::with_capacity(texts.len());
        let mut first: Option<(&str, Note, Checkpoint)> = None;
        let mut other_checkpoint = None;
        for (place, text) in (1..).zip(texts) {
            let (part, checkpoint) = Part::parse(text).map_err(|reason| (place, reason))?;
            parts.push(part);
            if first.as_ref().is_some_and(|(text, ..)| *text == checkpoint) {
                continue;
            }
            let (note, head) =
                Checkpoint::parse_note(checkpoint).ok_or((place, Reason::Checkpoint))?;
            if first.is_none() {
                first = Some((checkpoint, note, head));
            } else {
                other_checkpoint = other_checkpoint.or(Some(place));
            }
        }
        let (_, note, head) = first.ok_or((0, Reason::Text))?;
        Ok(Self {
            parts,
            head,
            note,
            other_checkpoint,
        })
    }

    /// Checks everything but the signature.
    pub fn check(&self) -> Result<(), Flaw> {
        if let Some(place) = self.other_checkpoint {
            return Err((place, Reason::CheckpointDiffers));
        }
        let mut before: Option<(&Part, Hash)> = None;
        for (place, part) in (1..).zip(&self.parts) {
            let commitment = self
                .check_part(part, before)
                .map_err(|reason| (place, reason))?;
            before = Some((part, commitment));
        }
        Ok(())
    }

    fn check_part(&self, part: &Part, before: Option<(&Part, Hash)>) -> Result<Hash, Reason> {
        let commitment = part.disclosure.commitment()?;
        if !part.is_included(&commitment, &self.head) {
            return Err(Reason::Inclusion);
        }
        let header = &part.disclosure.header;
        if header.origin != self.head.origin {
            return Err(Reason::Origin);
        }
        let previous = before.map(|(part, _)| &part.disclosure.header);
        if header.version != previous.map_or(1, |h| h.version + 1) {
            return Err(Reason::Version);
        }
        if previous.is_some_and(|h| h.kind != header.kind || h.entity != header.entity) {
            return Err(Reason::Entity);
        }
        if header.prev != before.map(|(_, commitment)| commitment) {
            return Err(Reason::Chain);
        }
        if before.is_some_and(|(part_before, _)| part_before.index >= part.index) {
            return Err(Reason::Order);
        }
        Ok(commitment)
    }
}

/// Splits a file into its parts, each beginning with the line [`PROOF_V1`].
fn split(file: &str) -> Result<Vec<&str>, Flaw> {
    if !is_note_text(file) {
        return Err((0, Reason::Text));
    }
    let mut starts = Vec::new();
    let mut at = 0;
    for line in file.split_inclusive('\n') {
        if line.strip_suffix('\n') == Some(PROOF_V1) {
            starts.push(at);
        }
        at += line.len();
    }
    if starts.first() != Some(&0) {
        return Err((0, Reason::Text));
    }
    if starts.len() > MAX_PARTS {
        return Err((0, Reason::TooLarge));
    }
    starts.push(file.len());
    Ok(starts
        .windows(2)
        .filter_map(|ends| file.get(ends[0]..ends[1]))
        .collect())
}
