//! Verification of a file a person holds: a case's proof or a receipt.
//!
//! Bytes and keys go in, a verdict comes out; no clock, no network, no trust in where the file
//! came from. The same rules are written down in `docs/proof-format.md`, and again in
//! `docs/verify.py` and `assets/verify.js`.

use crate::entry::Field;
use crate::note::{KeyError, Note, OpenError, Verifier};
use crate::proof::{CaseProof, Flaw, MAX_FILE, PROOF_V1, Part};
use crate::receipt::{RECEIPT_V1, Receipt};
use crate::verdict::{Reason, Verdict};

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// The proof of all entries of a case.
    Proof,
    /// The receipt of one entry.
    Receipt,
}

/// One entry as a verified file shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedEntry {
    /// Version of the case after the entry.
    pub version: u64,
    /// Action code.
    pub action: String,
    /// When it was written, microseconds UTC.
    pub recorded_at: u64,
    /// When it happened, as told.
    pub occurred_at: u64,
    /// Its place in the log.
    pub index: u64,
    /// How many fields it has, shown or not.
    pub field_count: u64,
    /// The fields shown.
    pub fields: Vec<Field>,
}

/// The outcome. What a file says is given only if it holds ([`Verdict::Valid`] or
/// [`Verdict::Unsigned`]); nothing of a broken file is repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The verdict.
    pub verdict: Verdict,
    /// The first reason why it is not valid.
    pub reason: Option<Reason>,
    /// The part the reason was found in, from 1.
    pub part: Option<usize>,
    /// What the file is, when its first line says so.
    pub kind: Option<FileKind>,
    /// The log's name.
    pub origin: Option<String>,
    /// The entries of a proof.
    pub entries: Vec<VerifiedEntry>,
    /// The content of a receipt.
    pub receipt: Option<Receipt>,
    /// Number of leaves under the checkpoint.
    pub checkpoint_size: Option<u64>,
    /// Fingerprint of the key that signed.
    pub fingerprint: Option<String>,
}

impl Verification {
    fn flawed(kind: Option<FileKind>, (place, reason): Flaw) -> Self {
        Self {
            verdict: reason.verdict(),
            reason: Some(reason),
            part: (place > 0).then_some(place),
            kind,
            origin: None,
            entries: Vec::new(),
            receipt: None,
            checkpoint_size: None,
            fingerprint: None,
        }
    }

    fn holding(kind: FileKind, origin: &str, signer: Option<&Verifier>) -> Self {
        Self {
            verdict: if signer.is_some() {
                Verdict::Valid
            } else {
                Verdict::Unsigned
            },
            reason: None,
            part: None,
            kind: Some(kind),
            origin: Some(origin.to_owned()),
            entries: Vec::new(),
            receipt: None,
            checkpoint_size: None,
            fingerprint: signer.map(Verifier::fingerprint),
        }
    }
}

/// Verifies a file against the keys of the logs one accepts; without keys the best verdict is
/// [`Verdict::Unsigned`].
pub fn verify_file(bytes: &[u8], keys: &[Verifier]) -> Verification {
    if bytes.len() > MAX_FILE {
        return Verification::flawed(None, (0, Reason::TooLarge));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Verification::flawed(None, (0, Reason::Text));
    };
    let (kind, result) = match text.split_once('\n') {
        Some((PROOF_V1, _)) => (FileKind::Proof, verify_proof(text, keys)),
        Some((RECEIPT_V1, _)) => (FileKind::Receipt, verify_receipt(text, keys)),
        _ => return Verification::flawed(None, (0, Reason::Text)),
    };
    result.unwrap_or_else(|flaw| Verification::flawed(Some(kind), flaw))
}

/// Verifies a file against a key as text; a key that cannot be read makes the verdict
/// [`Verdict::Unreadable`], whatever the file.
pub fn verify_with_vkey(bytes: &[u8], vkey: Option<&str>) -> Verification {
    let keys: Result<Vec<_>, KeyError> = vkey.iter().map(|text| Verifier::parse(text)).collect();
    match keys {
        Ok(keys) => verify_file(bytes, &keys),
        Err(_) => Verification::flawed(None, (0, Reason::Key)),
    }
}

fn verify_proof(text: &str, keys: &[Verifier]) -> Result<Verification, Flaw> {
    let proof = CaseProof::parse(text)?;
    proof.check()?;
    let signer = signer(&proof.note, &proof.head.origin, keys)?;
    Ok(Verification {
        entries: proof.parts.iter().map(entry).collect(),
        checkpoint_size: Some(proof.head.size),
        ..Verification::holding(FileKind::Proof, &proof.head.origin, signer)
    })
}

fn entry(part: &Part) -> VerifiedEntry {
    let header = &part.disclosure.header;
    VerifiedEntry {
        version: header.version,
        action: header.action.clone(),
        recorded_at: header.recorded_at,
        occurred_at: header.occurred_at,
        index: part.index,
        field_count: header.fields,
        fields: part
            .disclosure
            .fields
            .iter()
            .map(|shown| shown.field.clone())
            .collect(),
    }
}

fn verify_receipt(text: &str, keys: &[Verifier]) -> Result<Verification, Flaw> {
    let malformed = (0, Reason::Receipt);
    let note = Note::parse(text).ok_or(malformed)?;
    let receipt = Receipt::parse(&note.text).ok_or(malformed)?;
    let signer = signer(&note, &receipt.origin, keys)?;
    Ok(Verification {
        receipt: Some(receipt.clone()),
        ..Verification::holding(FileKind::Receipt, &receipt.origin, signer)
    })
}

/// The key that signed; none if no keys were given. Only keys with the origin's name count.
fn signer<'k>(
    note: &Note,
    origin: &str,
    keys: &'k [Verifier],
) -> Result<Option<&'k Verifier>, Flaw> {
    if keys.is_empty() {
        return Ok(None);
    }
    let mut found = None;
    for key in keys.iter().filter(|key| key.name() == origin) {
        match note.open(std::slice::from_ref(key)) {
            Ok(_) => found = found.or(Some(key)),
            Err(OpenError::UnknownKey) => {}
            Err(OpenError::BadSignature) => return Err((0, Reason::Signature)),
        }
    }
    found.map(Some).ok_or((0, Reason::UnknownKey))
}
