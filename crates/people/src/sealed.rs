//! A person's name and contacts as they are kept: JSON sealed under the person's own key, each
//! under a name of its own, so that one cannot be put in the other's place.

use base::id::PersonId;
use base::{Error, Result};
use journal::{DataKey, Journal};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::Db;

use crate::model::{Contacts, PersonName, Profile};
use crate::sql::PersonRow;

/// The row of a person, sealed.
pub(crate) fn person(
    id: PersonId,
    key: &DataKey,
    name: &PersonName,
    contacts: &Contacts,
) -> Result<PersonRow> {
    Ok(PersonRow {
        id,
        data_key: key.id(),
        name: key.seal(&name_context(id), &json(name)?)?,
        contacts: key.seal(&contacts_context(id), &json(contacts)?)?,
    })
}

/// The name in a row whose key was read beside it; [`Error::NotFound`] when the person was erased.
pub(crate) fn name(
    journal: &Journal,
    row: &PersonRow,
    wrapped: Option<&[u8]>,
) -> Result<PersonName> {
    let wrapped = wrapped.ok_or(Error::NotFound)?;
    let key = journal.keys().open_wrapped(row.data_key, wrapped)?;
    name_by(&key, row)
}

/// The name in a row whose key came with it.
pub(crate) fn name_by(key: &DataKey, row: &PersonRow) -> Result<PersonName> {
    read(&key.open(&name_context(row.id), &row.name)?)
}

/// Name and contacts in a row.
pub(crate) fn profile(db: &mut Db<'_>, journal: &Journal, row: &PersonRow) -> Result<Profile> {
    let key = journal.keys().load(db, row.data_key)?;
    Ok(Profile {
        name: read(&key.open(&name_context(row.id), &row.name)?)?,
        contacts: read::<Contacts>(&key.open(&contacts_context(row.id), &row.contacts)?)?,
    })
}

/// Name and contacts in a row whose key was read beside it, so that no list asks once per row; none
/// when the person was erased.
pub(crate) fn profile_beside(
    journal: &Journal,
    row: &PersonRow,
    wrapped: Option<&[u8]>,
) -> Result<Option<Profile>> {
    let Some(wrapped) = wrapped else {
        return Ok(None);
    };
    let key = journal.keys().open_wrapped(row.data_key, wrapped)?;
    Ok(Some(Profile {
        name: read(&key.open(&name_context(row.id), &row.name)?)?,
        contacts: read::<Contacts>(&key.open(&contacts_context(row.id), &row.contacts)?)?,
    }))
}

fn name_context(id: PersonId) -> String {
    format!("person.name:{id}")
}

fn contacts_context(id: PersonId) -> String {
    format!("person.contacts:{id}")
}

fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(Error::internal)
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    // The parser's own words could repeat what is sealed.
    serde_json::from_slice(bytes).map_err(|_| Error::internal("a sealed field is not its JSON"))
}
