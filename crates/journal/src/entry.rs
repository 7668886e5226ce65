//! An entry of the journal: header, salted fields, commitment.
//!
//! The log holds only commitments. Whoever has the record (header, fields, salt) can open the
//! commitment whole or field by field: the header's salt and each field's salt are derived from
//! the record's one, so that showing some of them tells nothing about the rest.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use thiserror::Error;
use uuid::Uuid;

use crate::merkle::{self, Hash};
use crate::wire::{Sha, hash_from_base64, is_action, is_kind, is_name, number, to_base64};

/// First line of a header.
pub const ENTRY_V1: &str = "okno.entry.v1";
/// Most fields of one entry.
pub const MAX_FIELDS: usize = 10_000;

/// What every entry says in clear to whoever is shown its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The log's name.
    pub origin: String,
    /// Identifier of the entry.
    pub id: Uuid,
    /// When it was written, microseconds UTC; never taken from anyone's claim.
    pub recorded_at: u64,
    /// When the thing happened, microseconds UTC, as told.
    pub occurred_at: u64,
    /// What happened: `case.filed` and so on.
    pub action: String,
    /// Kind of the entity it happened to.
    pub kind: String,
    /// Commitment to the entity, see [`entity_commitment`].
    pub entity: Hash,
    /// The entity's version after the change, from 1.
    pub version: u64,
    /// Commitment of the entity's previous entry; none for the first.
    pub prev: Option<Hash>,
    /// Commitment to who acted, see [`actor_commitment`].
    pub actor: Hash,
    /// Digest of the rows as stored after the change, see [`rows_digest`].
    pub rows: Hash,
    /// Number of fields.
    pub fields: u64,
    /// Merkle root over the field hashes.
    pub fields_root: Hash,
}

impl Header {
    /// The canonical text, 13 lines.
    pub fn text(&self) -> String {
        let prev = self
            .prev
            .as_ref()
            .map_or_else(|| "-".to_owned(), |prev| to_base64(prev));
        format!(
            "{ENTRY_V1}\norigin {}\nid {}\nrecorded_at {}\noccurred_at {}\naction {}\nkind {}\nentity {}\nversion {}\nprev {prev}\nactor {}\nrows {}\nfields {} {}\n",
            self.origin,
            self.id,
            self.recorded_at,
            self.occurred_at,
            self.action,
            self.kind,
            to_base64(&self.entity),
            self.version,
            to_base64(&self.actor),
            to_base64(&self.rows),
            self.fields,
            to_base64(&self.fields_root),
        )
    }

    /// Reads a header; `None` unless it is written exactly as [`Header::text`] would.
    pub fn parse(text: &str) -> Option<Self> {
        Self::read(text).filter(|header| header.text() == text)
    }

    /// Reads a header in any spelling that its values can be told from.
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != ENTRY_V1 {
            return None;
        }
        let mut value = |label: &str| lines.next()?.strip_prefix(label)?.strip_prefix(' ');
        let header = Self {
            origin: value("origin").filter(|o| is_name(o))?.to_owned(),
            id: Uuid::try_parse(value("id")?).ok()?,
            recorded_at: number(value("recorded_at")?)?,
            occurred_at: number(value("occurred_at")?)?,
            action: value("action").filter(|a| is_action(a))?.to_owned(),
            kind: value("kind").filter(|k| is_kind(k))?.to_owned(),
            entity: hash_from_base64(value("entity")?)?,
            version: number(value("version")?).filter(|v| *v > 0)?,
            prev: match value("prev")? {
                "-" => None,
                prev => Some(hash_from_base64(prev)?),
            },
            actor: hash_from_base64(value("actor")?)?,
            rows: hash_from_base64(value("rows")?)?,
            fields: 0,
            fields_root: [0; 32],
        };
        let (fields, fields_root) = value("fields")?.split_once(' ')?;
        Some(Self {
            fields: number(fields)?,
            fields_root: hash_from_base64(fields_root)?,
            ..header
        })
    }

    /// The commitment that enters the log.
    pub fn commitment(&self, header_salt: &Hash) -> Hash {
        commitment_over(&self.text(), header_salt)
    }
}

/// The commitment over the canonical text of a header.
fn commitment_over(header: &str, header_salt: &Hash) -> Hash {
    Sha::label("okno.journal.v1")
        .bytes(header_salt)
        .prefixed(header.as_bytes())
        .finish()
}

/// The log entry of a commitment: version byte and commitment, 33 bytes.
pub fn log_entry(commitment: &Hash) -> [u8; 33] {
    let mut entry = [1; 33];
    entry[1..].copy_from_slice(commitment);
    entry
}

/// The leaf hash of a commitment.
pub fn leaf_hash(commitment: &Hash) -> Hash {
    merkle::leaf_hash(&log_entry(commitment))
}

/// Commitment to an entity: it links the entries of one entity without naming it.
pub fn entity_commitment(kind: &str, id: Uuid) -> Hash {
    Sha::label("okno.entity.v1")
        .prefixed(kind.as_bytes())
        .bytes(id.as_bytes())
        .finish()
}

/// Commitment to who acted, under the record's salt.
pub fn actor_commitment(salt: &Hash, actor: &str) -> Hash {
    Sha::label("okno.actor.v1")
        .bytes(&derive(salt, b"actor"))
        .prefixed(actor.as_bytes())
        .finish()
}

/// One touched row: table, key, and the digest of the row as stored, or none if it was deleted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TouchedRow {
    /// Name of the table.
    pub table: String,
    /// Key of the row as text.
    pub key: String,
    /// Digest of the row after the change.
    pub digest: Option<Hash>,
}

/// Digest over all touched rows, whatever order they come in.
pub fn rows_digest(rows: &[TouchedRow]) -> Hash {
    let mut sorted: Vec<_> = rows.iter().collect();
    sorted.sort();
    let sha = sorted
        .into_iter()
        .fold(Sha::label("okno.rows.v1"), |sha, row| {
            sha.prefixed(row.table.as_bytes())
                .prefixed(row.key.as_bytes())
                .bytes(&row.digest.unwrap_or_default())
        });
    sha.finish()
}

/// A field of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its value as text.
    pub value: String,
}

impl Field {
    /// The field's hash at place `index` under its own salt.
    pub fn hash(&self, index: u32, salt: &Hash) -> Hash {
        Sha::label("okno.field.v1")
            .bytes(&index.to_be_bytes())
            .bytes(salt)
            .prefixed(self.name.as_bytes())
            .prefixed(self.value.as_bytes())
            .finish()
    }
}

/// Merkle root over field hashes.
pub fn fields_root(hashes: &[Hash]) -> Hash {
    let leaves: Vec<_> = hashes.iter().map(|hash| merkle::leaf_hash(hash)).collect();
    merkle::root(&leaves)
}

/// HMAC-SHA-256 of a label under the record's salt.
fn derive(salt: &Hash, label: &[u8]) -> Hash {
    Hmac::<Sha256>::new_from_slice(salt)
        .expect("HMAC takes a key of any length")
        .chain_update(label)
        .finalize()
        .into_bytes()
        .into()
}

/// The salt of the header.
pub fn header_salt(salt: &Hash) -> Hash {
    derive(salt, b"header")
}

/// The salt of the field at place `index`.
pub fn field_salt(salt: &Hash, index: u32) -> Hash {
    let mut label = b"field".to_vec();
    label.extend(index.to_be_bytes());
    derive(salt, &label)
}

/// What an entry is made from; the header's commitments are computed by [`Record::new`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The log's name.
    pub origin: String,
    /// Identifier of the entry.
    pub id: Uuid,
    /// When it is written, microseconds UTC.
    pub recorded_at: u64,
    /// When the thing happened, microseconds UTC.
    pub occurred_at: u64,
    /// Action code.
    pub action: String,
    /// Kind of the entity.
    pub kind: String,
    /// Identifier of the entity.
    pub entity: Uuid,
    /// The entity's version after the change.
    pub version: u64,
    /// Commitment of the entity's previous entry.
    pub prev: Option<Hash>,
    /// Who acted, as text.
    pub actor: String,
    /// Rows touched by the change.
    pub rows: Vec<TouchedRow>,
    /// Fields of the entry.
    pub fields: Vec<Field>,
}

/// A whole entry with everything that opens its commitment. Secret: it is stored encrypted.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    salt: Hash,
    header: Header,
    /// The header as [`Header::text`] has it.
    header_text: String,
    fields: Vec<Field>,
}

/// Why a record cannot be made.
#[derive(Debug, Clone, Copy, Error, PartialEq, Eq)]
pub enum RecordError {
    /// The header would not read back: a code, a name or a number outside its grammar, or a first
    /// version with a previous entry, or a later one without.
    #[error("header outside its grammar")]
    Header,
    /// More than [`MAX_FIELDS`] fields.
    #[error("too many fields")]
    TooManyFields,
    /// The bytes are not a stored record, or its parts do not belong together.
    #[error("not a stored record")]
    Stored,
}

impl Record {
    /// Makes a record; `salt` is 32 fresh random bytes.
    pub fn new(salt: Hash, draft: Draft) -> Result<Self, RecordError> {
        if draft.fields.len() > MAX_FIELDS {
            return Err(RecordError::TooManyFields);
        }
        let hashes = field_hashes(&salt, &draft.fields);
        let header = Header {
            entity: entity_commitment(&draft.kind, draft.entity),
            actor: actor_commitment(&salt, &draft.actor),
            rows: rows_digest(&draft.rows),
            fields: draft.fields.len() as u64,
            fields_root: fields_root(&hashes),
            origin: draft.origin,
            id: draft.id,
            recorded_at: draft.recorded_at,
            occurred_at: draft.occurred_at,
            action: draft.action,
            kind: draft.kind,
            version: draft.version,
            prev: draft.prev,
        };
        let chained = (header.version == 1) == header.prev.is_none();
        let header_text = header.text();
        // Of one spelling it is anyhow, having just been written.
        if !chained || Header::read(&header_text).as_ref() != Some(&header) {
            return Err(RecordError::Header);
        }
        Ok(Self {
            salt,
            header,
            header_text,
            fields: draft.fields,
        })
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// All fields.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The salt everything else is derived from.
    pub fn salt(&self) -> &Hash {
        &self.salt
    }

    /// The commitment that enters the log.
    pub fn commitment(&self) -> Hash {
        commitment_over(&self.header_text, &header_salt(&self.salt))
    }

    /// The hash of the entry's leaf.
    pub fn leaf_hash(&self) -> Hash {
        leaf_hash(&self.commitment())
    }

    /// Hashes of all fields.
    pub fn field_hashes(&self) -> Vec<Hash> {
        field_hashes(&self.salt, &self.fields)
    }

    /// Whether this actor is the one the header commits to.
    pub fn is_by(&self, actor: &str) -> bool {
        self.header.actor == actor_commitment(&self.salt, actor)
    }

    /// The record as bytes, to be encrypted and stored: salt, header, fields, texts with their
    /// lengths before them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.salt.to_vec();
        let mut put = |text: &str| {
            bytes.extend((text.len() as u64).to_be_bytes());
            bytes.extend(text.as_bytes());
        };
        put(&self.header_text);
        for field in &self.fields {
            put(&field.name);
            put(&field.value);
        }
        bytes
    }

    /// The names and values of a stored record's fields and nothing else: what its header commits to
    /// is not compared with them, as [`Record::from_bytes`] does.
    pub(crate) fn fields_of(bytes: &[u8]) -> Result<Vec<(String, String)>, RecordError> {
        let (_, rest) = bytes.split_first_chunk::<32>().ok_or(RecordError::Stored)?;
        let (_, mut rest) = stored_text(rest).ok_or(RecordError::Stored)?;
        let mut fields = Vec::new();
        while !rest.is_empty() {
            let (name, after) = stored_text(rest).ok_or(RecordError::Stored)?;
            let (value, after) = stored_text(after).ok_or(RecordError::Stored)?;
            fields.push((name.to_owned(), value.to_owned()));
            rest = after;
        }
        Ok(fields)
    }

    /// Reads a stored record and checks that header and fields belong together.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        let (salt, mut rest) = bytes.split_first_chunk::<32>().ok_or(RecordError::Stored)?;
        let mut texts = Vec::new();
        while !rest.is_empty() {
            let (text, after) = stored_text(rest).ok_or(RecordError::Stored)?;
            texts.push(text.to_owned());
            rest = after;
        }
        let mut texts = texts.into_iter();
        let header_text = texts.next().ok_or(RecordError::Stored)?;
        let header = Header::parse(&header_text).ok_or(RecordError::Stored)?;
        let mut fields = Vec::new();
        while let Some(name) = texts.next() {
            fields.push(Field {
                name,
                value: texts.next().ok_or(RecordError::Stored)?,
            });
        }
        let root = fields_root(&field_hashes(salt, &fields));
        if header.fields != fields.len() as u64 || header.fields_root != root {
            return Err(RecordError::Stored);
        }
        Ok(Self {
            salt: *salt,
            header,
            header_text,
            fields,
        })
    }
}

/// Takes one length-prefixed text off the bytes.
fn stored_text(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
    let (text, rest) = rest.split_at_checked(length)?;
    Some((std::str::from_utf8(text).ok()?, rest))
}

fn field_hashes(salt: &Hash, fields: &[Field]) -> Vec<Hash> {
    (0_u32..)
        .zip(fields)
        .map(|(index, field)| field.hash(index, &field_salt(salt, index)))
        .collect()
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record")
            .field("id", &self.header.id)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
