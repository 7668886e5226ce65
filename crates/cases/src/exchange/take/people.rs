//! People of an exchange: each with the account, under a key of their own, with a password that
//! nobody knows.

use std::collections::HashMap;
use std::sync::Arc;

use base::Error;
use journal::DataKey;
use serde_json::{Map, Value as Json};
use store::forms::{Cell, Wrong};
use store::{Db, Tx};
use uuid::Uuid;

use super::{Run, Source, TAKE, Take};
use crate::exchange::ExchangeError;
use crate::exchange::kinds::PERSON;
use crate::exchange::lines::Lines;
use crate::exchange::things::{self, Reading};
use crate::import::writing::patiently;
use crate::sql::exchange as sql;

/// A person that only waits to be written.
struct Person {
    id: Uuid,
    key: Uuid,
    wrapped: Vec<u8>,
    data_key: DataKey,
    cells: Vec<Cell>,
    lists: things::Listed,
    blind: [u8; 32],
}

impl Take {
    pub(super) fn take_people(
        &self,
        source: &Source,
        run: &mut Run<'_>,
    ) -> Result<(), ExchangeError> {
        let unknown_password = people::People::unknown_password_hash()?;
        let mut lines = Lines::open(&source.path)?;
        let name = PERSON.form.name;
        while let Some(line) = lines.next()? {
            if Self::stopped(run) {
                return Ok(());
            }
            run.book.counts(name).read += 1;
            let read = line
                .row
                .and_then(|row| self.person(row, run, &unknown_password));
            let person = match read {
                Ok(person) => Arc::new(person),
                Err(wrong) => {
                    run.book.refuse(name, &source.name, line.number, wrong);
                    continue;
                }
            };
            let (journal, sha256) = (self.cases.journal().clone(), source.sha256.clone());
            let store = self.cases.journal().store();
            let dry = self.options.dry_run;
            let written = if dry {
                store.read_blocking(move |db| person_stands(db, &person))
            } else {
                patiently(run.stop, || {
                    let (journal, sha256) = (journal.clone(), sha256.clone());
                    let person = Arc::clone(&person);
                    store.change_blocking(&TAKE, move |tx| {
                        write_person(tx, &journal, &person, &sha256)
                    })
                })
            };
            match written {
                Ok(Stands::Here) => run.book.counts(name).already_there += 1,
                Ok(Stands::New) => run.book.counts(name).carried_over += 1,
                Ok(Stands::Taken) | Err(Error::Conflict(_)) => {
                    let wrong =
                        Wrong::new("contacts", "has an e-mail that belongs to an account here");
                    run.book.refuse(name, &source.name, line.number, wrong);
                }
                Err(error) => return Err(error.into()),
            }
            (run.progress)(&run.book.report);
        }
        Ok(())
    }

    fn person(
        &self,
        mut row: Map<String, Json>,
        run: &mut Run<'_>,
        unknown_password: &str,
    ) -> Result<Person, Wrong> {
        let store = self.cases.journal().store();
        let id = row.get("id").and_then(Json::as_str);
        let id = id
            .and_then(|text| Uuid::try_parse(text).ok())
            .ok_or_else(|| Wrong::new("id", "is no identifier (UUID)"))?;
        if !run.seen.insert(id) {
            return Err(Wrong::new("id", "stands on an earlier line already"));
        }
        let email = row.get("contacts").and_then(|known| known.get("email"));
        let blind = email
            .and_then(Json::as_str)
            .and_then(|email| self.cases.people().blind_of(email))
            .ok_or_else(|| Wrong::new("contacts", "has no usable e-mail"))?;
        let account = row
            .get("accounts")
            .and_then(Json::as_array)
            .filter(|accounts| accounts.len() == 1)
            .and_then(|accounts| accounts.first()?.get("id")?.as_str())
            .and_then(|text| Uuid::try_parse(text).ok())
            .ok_or_else(|| Wrong::new("accounts", "is no list of one account"))?;
        for (place, role) in listed(&row, "roles").enumerate() {
            let of_unit = role.get("scope").and_then(Json::as_str) == Some("unit");
            if of_unit != role.get("unit").is_some_and(|unit| !unit.is_null()) {
                let wrong = Wrong::new("unit", "goes with the scope unit, and with no other");
                return Err(wrong.inside("roles", place));
            }
        }
        for (place, consent) in listed(&row, "consents").enumerate() {
            let text = consent.get("text").and_then(Json::as_str);
            let text = text.and_then(|text| Uuid::try_parse(text).ok());
            if !text.is_some_and(|text| run.here.consents.contains(&text)) {
                return Err(Wrong::new("text", "is no text that is here").inside("consents", place));
            }
        }
        let (data_key, wrapped) = self
            .cases
            .journal()
            .keys()
            .prepare(store.now())
            .map_err(|_| Wrong::new("", "cannot be sealed"))?;
        let own = HashMap::from([
            ("data_key_id", Cell::Id(data_key.id())),
            ("person_id", Cell::Id(id)),
            ("account_id", Cell::Id(account)),
            ("email_blind", Cell::Bytes(blind.to_vec())),
            ("password_hash", Cell::Text(unknown_password.to_owned())),
        ]);
        let reading = Reading {
            here: &run.here,
            now: store.now(),
            parent: id,
            own,
            key: Some(&data_key),
            files: HashMap::new(),
            of_cases: HashMap::new(),
        };
        let cells = PERSON.form.read(&mut row, &reading)?;
        let lists = things::read_lists(&PERSON, &mut row, &reading)?;
        things::nothing_left(&row)?;
        Ok(Person {
            id,
            key: data_key.id(),
            wrapped,
            data_key,
            cells,
            lists,
            blind,
        })
    }
}

fn listed<'a>(row: &'a Map<String, Json>, list: &str) -> impl Iterator<Item = &'a Json> {
    row.get(list).and_then(Json::as_array).into_iter().flatten()
}

/// How a person stands to those who are here.
enum Stands {
    /// Is here already.
    Here,
    /// Has an e-mail that somebody else has here.
    Taken,
    /// Is new.
    New,
}

fn person_stands(db: &mut Db<'_>, person: &Person) -> base::Result<Stands> {
    if !sql::known_ids(db, PERSON.form, &[person.id])?.is_empty() {
        return Ok(Stands::Here);
    }
    if people::People::email_is_taken(db, &person.blind)? {
        return Ok(Stands::Taken);
    }
    Ok(Stands::New)
}

fn write_person(
    tx: &mut Tx<'_>,
    journal: &journal::Journal,
    person: &Person,
    source: &str,
) -> base::Result<Stands> {
    let stands = person_stands(tx, person)?;
    if !matches!(stands, Stands::New) {
        return Ok(stands);
    }
    let prepared = (person.key, person.wrapped.as_slice());
    journal.keys().adopt(tx, "person", person.id, prepared)?;
    PERSON.form.insert(tx, &person.cells)?;
    for (form, cells) in &person.lists {
        form.insert(tx, cells)?;
    }
    let of = journal::Of {
        kind: "person",
        id: person.id,
        key: &person.data_key,
    };
    let entry = journal::PastEntry {
        action: "person.carried_over".to_owned(),
        fields: vec![("source_sha256".to_owned(), source.to_owned())],
        occurred_at: tx.now(),
    };
    journal.record_history(tx, &of, vec![entry])?;
    Ok(Stands::New)
}
