//! Proofs and histories of one entity, made from the store.

use base::id::EntryId;
use base::{Error, Moment, Result};
use store::Db;
use uuid::Uuid;

use crate::disclosure::Disclosure;
use crate::entry::Record;
use crate::keys::DataKey;
use crate::merkle::Hash;
use crate::proof::{self, Part};
use crate::receipt::Receipt;
use crate::record::{Journal, Recorded, body_context};
use crate::sql::{self, StoredEntry, ToldEntry};
use crate::tree::Tree;

/// Entries that one proof or history holds at the most.
pub const MOST_ENTRIES: i64 = 10_000;

/// An entry with what it says, for those who may read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The entry.
    pub id: EntryId,
    /// What happened.
    pub action: String,
    /// When we wrote it down.
    pub recorded_at: Moment,
    /// When it happened, as told.
    pub occurred_at: Moment,
    /// Version of the entity after it.
    pub version: i64,
    /// Its place in the log, once it has one.
    pub idx: Option<u64>,
    /// What it says; empty when its key was destroyed.
    pub fields: Vec<(String, String)>,
}

impl Told {
    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Journal {
    /// The proof of all entries of an entity: headers, the fields that `disclosed` names, and
    /// their way to the last signed checkpoint. None while the newest entry is not sealed yet.
    pub fn proof(
        &self,
        db: &mut Db<'_>,
        entity: Uuid,
        disclosed: &[&str],
    ) -> Result<Option<String>> {
        let entries = sql::entries_of(db, entity, MOST_ENTRIES)?;
        if entries.is_empty() {
            return Err(Error::NotFound);
        }
        let Some(checkpoint) = sql::newest_checkpoint(db)? else {
            return Ok(None);
        };
        let sealed = |entry: &StoredEntry| entry.idx.is_some_and(|idx| idx < checkpoint.size);
        if !entries.iter().all(sealed) {
            return Ok(None);
        }
        let mut records = Vec::with_capacity(entries.len());
        for entry in &entries {
            let record = self.body(entry)?.ok_or(Error::NotFound)?;
            records.push((entry.idx.unwrap_or_default(), record));
        }
        let tree = Tree::new(db);
        let parts = records
            .into_iter()
            .map(|(index, record)| {
                Ok(Part {
                    disclosure: Disclosure::of(&record, |field| {
                        disclosed.contains(&field.name.as_str())
                    }),
                    index,
                    path: tree.inclusion(index, checkpoint.size)?,
                })
            })
            .collect::<Result<Vec<Part>>>()?;
        Ok(Some(proof::proof_file(&parts, &checkpoint.note)))
    }

    /// The history of an entity, oldest first. It tells what the bodies say that their keys open;
    /// whether that is what the entries have committed to is for proofs and for the check of the log.
    pub fn history(&self, db: &mut Db<'_>, entity: Uuid) -> Result<Vec<Told>> {
        let entries = sql::history_of(db, entity, MOST_ENTRIES)?;
        let mut at_hand = None;
        let told = entries.into_iter().map(|entry| {
            let fields = self.fields(&entry, &mut at_hand)?;
            Ok(Told {
                id: EntryId(entry.id),
                action: entry.action,
                recorded_at: entry.recorded_at,
                occurred_at: entry.occurred_at,
                version: entry.version,
                idx: entry.idx,
                fields,
            })
        });
        told.collect()
    }

    /// The history of an entity and its version, as one reading of both.
    pub fn history_and_version(&self, db: &mut Db<'_>, entity: Uuid) -> Result<(Vec<Told>, i64)> {
        let history = self.history(db, entity)?;
        let whole = i64::try_from(history.len()).is_ok_and(|entries| entries < MOST_ENTRIES);
        let version = match history.last() {
            Some(newest) if whole => newest.version,
            Some(_) => self.version(db, entity)?,
            None => 0,
        };
        Ok((history, version))
    }

    /// The version of an entity: how often it was changed; 0 for one that has no entry.
    pub fn version(&self, db: &mut Db<'_>, entity: Uuid) -> Result<i64> {
        let newest = sql::newest_of(db, entity)?;
        Ok(newest.map_or(0, |(version, _)| version))
    }

    /// Whether one of these actions was done to the entity in this installation, and not carried over
    /// from another: what happens here is written down at the moment at which it happens.
    pub fn happened_here(&self, db: &mut Db<'_>, entity: Uuid, actions: &[&str]) -> Result<bool> {
        sql::happened_here(db, entity, actions)
    }

    /// The histories of some entities, each oldest first, one entry at a time.
    pub fn each_history(
        &self,
        db: &mut Db<'_>,
        entities: &[Uuid],
        mut f: impl FnMut(Uuid, Told),
    ) -> Result<()> {
        sql::each_entry_of_all(db, entities, |entry| {
            f(entry.entity, self.told(entry)?);
            Ok(())
        })
    }

    /// The newest entry of an entity.
    pub fn newest(&self, db: &mut Db<'_>, entity: Uuid) -> Result<Option<Told>> {
        let newest = sql::newest_entry_of(db, entity)?;
        newest.map(|entry| self.told(entry)).transpose()
    }

    /// Every entry of an entity, oldest first, one at a time and however many there are. One that
    /// does not open is given as such.
    pub fn each_entry_of(
        &self,
        db: &mut Db<'_>,
        entity: Uuid,
        mut f: impl FnMut(Result<Told>),
    ) -> Result<()> {
        sql::each_entry_of(db, entity, |entry| {
            f(entry.and_then(|entry| self.told(entry)));
        })
    }

    /// What the body of an entry says; nothing when its body or key was destroyed. Entries of one
    /// history mostly have one key: it is opened for the first of them and stays at hand.
    fn fields(
        &self,
        entry: &ToldEntry,
        at_hand: &mut Option<DataKey>,
    ) -> Result<Vec<(String, String)>> {
        let (Some(id), Some(ciphertext)) = (entry.data_key, &entry.ciphertext) else {
            return Ok(Vec::new());
        };
        if at_hand.as_ref().is_none_or(|key| key.id() != id) {
            *at_hand = self.keys().open_beside(id, entry.wrapped.as_deref())?;
        }
        let Some(key) = at_hand else {
            return Ok(Vec::new());
        };
        let bytes = key.open(&body_context(entry.id), ciphertext)?;
        Record::fields_of(&bytes).map_err(Error::internal)
    }

    fn told(&self, entry: StoredEntry) -> Result<Told> {
        let fields = self.body(&entry)?.map_or_else(Vec::new, |record| {
            let field = |f: &crate::entry::Field| (f.name.clone(), f.value.clone());
            record.fields().iter().map(field).collect()
        });
        Ok(Told {
            id: EntryId(entry.id),
            action: entry.action,
            recorded_at: entry.recorded_at,
            occurred_at: entry.occurred_at,
            version: entry.version,
            idx: entry.idx,
            fields,
        })
    }

    /// The receipt of an entry: signed at once, before the entry is sealed.
    pub fn receipt(&self, number: &str, recorded: &Recorded) -> Result<String> {
        let key = self
            .keys()
            .note_key(self.epoch())
            .map_err(Error::internal)?;
        Ok(Receipt {
            origin: self.keys().origin().to_owned(),
            number: number.to_owned(),
            commitment: recorded.commitment,
            recorded_at: recorded.recorded_at.micros().unsigned_abs(),
            id: recorded.id.0,
        }
        .sign(&key))
    }

    /// What the receipt of the first entry of an entity says, for making it again.
    pub fn first_entry(&self, db: &mut Db<'_>, entity: Uuid) -> Result<Recorded> {
        let entries = sql::entries_of(db, entity, 1)?;
        let first = entries.into_iter().next().ok_or(Error::NotFound)?;
        Ok(Recorded {
            id: EntryId(first.id),
            commitment: first.commitment,
            version: first.version,
            recorded_at: first.recorded_at,
        })
    }

    /// The record of an entry; none when its body or key was destroyed.
    fn body(&self, entry: &StoredEntry) -> Result<Option<Record>> {
        let (Some(id), Some(ciphertext)) = (entry.data_key, &entry.ciphertext) else {
            return Ok(None);
        };
        let Some(key) = self.keys().open_beside(id, entry.wrapped.as_deref())? else {
            return Ok(None);
        };
        let bytes = key.open(&body_context(entry.id), ciphertext)?;
        Record::from_bytes(&bytes)
            .map(Some)
            .map_err(Error::internal)
    }
}

/// The newest signed checkpoint as text, for `/log/checkpoint`.
pub fn checkpoint(db: &mut Db<'_>) -> Result<Option<String>> {
    Ok(sql::newest_checkpoint(db)?.map(|row| row.note))
}

/// Size and root of the newest signed checkpoint.
pub fn sealed_head(db: &mut Db<'_>) -> Result<Option<(u64, Hash)>> {
    Ok(sql::newest_checkpoint(db)?.map(|row| (row.size, row.root)))
}
