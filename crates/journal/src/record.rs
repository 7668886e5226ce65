//! Writing an entry: the last statement of every change.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base::id::EntryId;
use base::{Error, Moment, Result};
use store::{Store, Touched, Tx};
use uuid::Uuid;

use crate::entry::{Draft, Field, Record, TouchedRow};
use crate::keys::{DataKey, Keys};
use crate::merkle::Hash;
use crate::sql;

/// The journal as slices see it: they record, and ask for proofs.
#[derive(Clone)]
pub struct Journal(Arc<Inner>);

struct Inner {
    store: Store,
    keys: Keys,
    epoch: AtomicI64,
}

/// What a change says about itself.
pub struct NewEntry {
    /// What happened, like `case.filed`.
    pub action: &'static str,
    /// Kind of the entity, like `case`.
    pub kind: &'static str,
    /// The entity.
    pub id: Uuid,
    /// What the entry says; encrypted in its body, each field can be disclosed alone.
    pub fields: Vec<(&'static str, String)>,
    /// When it happened, where that is not now (imports).
    pub occurred_at: Option<Moment>,
    /// Who can read the body.
    pub key: DataKey,
    /// The entity is new: there is no previous entry to look for.
    pub first: bool,
}

/// Whose history is written, and who can read it.
pub struct Of<'a> {
    /// Kind of the entity, like `case`.
    pub kind: &'static str,
    /// The entity.
    pub id: Uuid,
    /// Who can read the bodies.
    pub key: &'a DataKey,
}

/// Something that happened elsewhere before it was written down here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastEntry {
    /// What happened, like `case.filed`.
    pub action: String,
    /// What the entry says, see [`NewEntry::fields`].
    pub fields: Vec<(String, String)>,
    /// When it happened, as told.
    pub occurred_at: Moment,
}

/// An entry as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The entry.
    pub id: EntryId,
    /// Its commitment, which enters the log.
    pub commitment: Hash,
    /// Version of the entity after it.
    pub version: i64,
    /// When it was written.
    pub recorded_at: Moment,
}

impl Journal {
    /// A journal over a store and the keys of its installation.
    pub fn new(store: Store, keys: Keys) -> Result<Self> {
        let epoch = store.read_blocking(sql::newest_epoch)?;
        Ok(Self(Arc::new(Inner {
            store,
            keys,
            epoch: AtomicI64::new(epoch),
        })))
    }

    /// The store it writes to.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The keys of the installation.
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// The epoch the log was in when this process last looked.
    pub fn epoch(&self) -> i64 {
        self.0.epoch.load(Ordering::Relaxed)
    }

    pub(crate) fn set_epoch(&self, epoch: i64) {
        self.0.epoch.store(epoch, Ordering::Relaxed);
    }

    /// Writes the entry of a change, over everything that the change has written since the last
    /// entry. The entity must be locked before its rows are written, and this comes last: that
    /// alone makes the order of entries of one entity the order of its changes.
    pub fn record(&self, tx: &mut Tx<'_>, entry: NewEntry) -> Result<Recorded> {
        let touched = rows_of(tx.take_touched());
        let previous = if entry.first {
            None
        } else {
            sql::newest_of(tx, entry.id)?
        };
        let of = Of {
            kind: entry.kind,
            id: entry.id,
            key: &entry.key,
        };
        let told = PastEntry {
            action: entry.action.to_owned(),
            fields: entry
                .fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            occurred_at: entry.occurred_at.unwrap_or(tx.now()),
        };
        let made = self.made(tx, &of, told, touched, previous)?;
        sql::insert_entry(tx, &made)?;
        Ok(Recorded {
            id: EntryId(made.id),
            commitment: made.commitment,
            version: made.version,
            recorded_at: made.recorded_at,
        })
    }

    /// Writes the history of an entity that is new here, oldest entry first: what was carried over
    /// from elsewhere, told with the times of then. The first entry covers everything that the
    /// change has written since the last one; the others follow it in the chain.
    pub fn record_history(
        &self,
        tx: &mut Tx<'_>,
        of: &Of<'_>,
        entries: Vec<PastEntry>,
    ) -> Result<()> {
        let mut touched = rows_of(tx.take_touched());
        let mut rows: Vec<sql::EntryRow> = Vec::with_capacity(entries.len());
        for entry in entries {
            let previous = rows.last().map(|last| (last.version, last.commitment));
            let row = self.made(tx, of, entry, std::mem::take(&mut touched), previous)?;
            rows.push(row);
        }
        if rows.is_empty() {
            return Err(Error::internal("a history without an entry"));
        }
        sql::insert_entries(tx, &rows)
    }

    /// An entry as it is stored.
    fn made(
        &self,
        tx: &Tx<'_>,
        of: &Of<'_>,
        entry: PastEntry,
        touched: Vec<TouchedRow>,
        previous: Option<(i64, Hash)>,
    ) -> Result<sql::EntryRow> {
        let version = previous.map_or(1, |(version, _)| version + 1);
        let now = tx.now();
        // The format knows no time before 1970.
        let occurred_at = entry.occurred_at.max(Moment::from_micros(0));
        let id = base::id::new_uuid(now);
        let packed = pack(&touched);
        let draft = Draft {
            origin: self.0.keys.origin().to_owned(),
            id,
            recorded_at: now.micros().unsigned_abs(),
            occurred_at: occurred_at.micros().unsigned_abs(),
            action: entry.action.clone(),
            kind: of.kind.to_owned(),
            entity: of.id,
            version: version.unsigned_abs(),
            prev: previous.map(|(_, commitment)| commitment),
            actor: tx.actor().journal_text(),
            rows: touched,
            fields: entry
                .fields
                .into_iter()
                .map(|(name, value)| Field { name, value })
                .collect(),
        };
        let record = Record::new(base::id::random(), draft).map_err(Error::internal)?;
        let commitment = record.commitment();
        let ciphertext = of.key.seal(&body_context(id), &record.to_bytes())?;
        Ok(sql::EntryRow {
            id,
            recorded_at: now,
            occurred_at,
            action: entry.action,
            kind: of.kind,
            entity: of.id,
            version,
            commitment,
            touched: packed,
            data_key: of.key.id(),
            ciphertext,
        })
    }
}

/// What the body of an entry is sealed as.
pub(crate) fn body_context(entry: Uuid) -> String {
    format!("journal.body:{entry}")
}

/// The rows in the one order in which they are kept; the change has named each once.
fn rows_of(touched: Vec<Touched>) -> Vec<TouchedRow> {
    let mut rows: Vec<TouchedRow> = touched
        .into_iter()
        .map(|row| TouchedRow {
            table: row.table.to_owned(),
            key: row.key,
            digest: row.digest,
        })
        .collect();
    rows.sort();
    rows
}

/// The touched rows as bytes: table, key, digest, texts with their lengths before them.
pub(crate) fn pack(rows: &[TouchedRow]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rows.len() * 96);
    for row in rows {
        for text in [&row.table, &row.key] {
            bytes.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes.push(u8::from(row.digest.is_some()));
        bytes.extend(row.digest.unwrap_or_default());
    }
    bytes
}

/// Reads [`pack`]ed rows; none when the bytes are not such, or not in the one order and spelling.
pub(crate) fn unpack(mut bytes: &[u8]) -> Option<Vec<TouchedRow>> {
    let mut rows: Vec<TouchedRow> = Vec::new();
    while !bytes.is_empty() {
        let mut text = || {
            let (length, rest) = bytes.split_first_chunk::<4>()?;
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            let (text, rest) = rest.split_at_checked(length)?;
            bytes = rest;
            Some(std::str::from_utf8(text).ok()?.to_owned())
        };
        let (table, key) = (text()?, text()?);
        let (present, rest) = bytes.split_first()?;
        let (digest, rest) = rest.split_first_chunk::<32>()?;
        bytes = rest;
        let digest = match present {
            0 if *digest == [0; 32] => None,
            1 if *digest != [0; 32] => Some(*digest),
            _ => return None,
        };
        let row = TouchedRow { table, key, digest };
        if rows
            .last()
            .is_some_and(|last| (&last.table, &last.key) >= (&row.table, &row.key))
        {
            return None;
        }
        rows.push(row);
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_rows_read_back_and_rubbish_does_not() {
        let rows = vec![
            TouchedRow {
                table: "case_file".into(),
                key: "1/а".into(),
                digest: Some([3; 32]),
            },
            TouchedRow {
                table: "case_file".into(),
                key: "2".into(),
                digest: None,
            },
        ];
        let bytes = pack(&rows);
        assert_eq!(unpack(&bytes), Some(rows));
        for cut in 1..bytes.len() {
            if let Some(rows) = unpack(&bytes[..cut]) {
                assert_ne!(pack(&rows).len(), bytes.len());
            }
        }
        assert_eq!(unpack(&[0, 0, 0, 9, 1]), None);
        let half = bytes.len() / 2;
        let turned = [&bytes[half..], &bytes[..half]].concat();
        assert_eq!(unpack(&turned), None, "one order alone is right");
        assert_eq!(unpack(&[&bytes[..half], &bytes[..half]].concat()), None);
    }
}
