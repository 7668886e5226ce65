//! What administrators change, each with the state before and after: the list of `/admin/log`. A
//! slice calls [`note`] inside the change, just before its own `Journal::record`, which covers the
//! row; and gives the entry the same two texts by [`fields`]. Neither ever holds personal data:
//! codes, names of units and services, roles, switches. Where the change is of personal data itself,
//! `note_sealed` keeps both states under the key of the person, and the list shows them masked.

use std::collections::HashMap;

use base::id::AccountId;
use base::{Actor, Error, Moment, Result};
use journal::{DataKey, wire};
use serde_json::{Value, json};
use store::{Db, Tx};
use uuid::Uuid;

use crate::access::{Permission, Subject, require};
use crate::model::{PersonName, masked, masked_email};
use crate::{People, sealed, sql};

/// Kinds of things that administrators change, for the filter of the list.
pub const KINDS: [&str; 14] = [
    "unit",
    "territory",
    "person",
    "service",
    "category",
    "route_rule",
    "law_setting",
    "decision_rules",
    "official",
    "template",
    "answer_template",
    "job",
    "export",
    "import",
];

/// Reading the card of somebody who works for nobody, as the journal names it.
pub(crate) const LOOKED_UP: &str = "person.looked_up";

/// Something that an administrator did.
#[derive(Clone, Debug)]
pub struct Act {
    /// Kind of what was changed, as the journal names it: `unit`, `service`, `person`.
    pub kind: &'static str,
    /// What was changed.
    pub entity: Uuid,
    /// What was done, as the journal names it: `unit.renamed`.
    pub action: &'static str,
    /// The state before; null when there was none.
    pub before: Value,
    /// The state after; null when there is none.
    pub after: Value,
}

/// Notes an act inside its change, before the entry is recorded.
pub fn note(tx: &mut Tx<'_>, act: &Act) -> Result<()> {
    let (id, by) = (base::id::new_uuid(tx.now()), tx.actor().account());
    insert(
        tx,
        act,
        id,
        by,
        (act.before.to_string(), act.after.to_string()),
    )
}

/// The same for what a command does while an administrator answers for it.
pub fn note_for(tx: &mut Tx<'_>, by: AccountId, act: &Act) -> Result<()> {
    let id = base::id::new_uuid(tx.now());
    let states = (act.before.to_string(), act.after.to_string());
    insert(tx, act, id, Some(by), states)
}

/// The same for an act whose two states are personal data: they lie in the row sealed under the
/// key of the person. `by` is whose deed it was.
pub(crate) fn note_sealed(
    tx: &mut Tx<'_>,
    act: &Act,
    key: &DataKey,
    by: Option<AccountId>,
) -> Result<()> {
    let id = base::id::new_uuid(tx.now());
    let sealed = |part: &str, state: &Value| match state {
        Value::Null => Ok(state.to_string()),
        state => {
            let bytes = key.seal(&context(id, part), state.to_string().as_bytes())?;
            Ok::<_, Error>(json!({ SEALED: wire::to_base64(&bytes) }).to_string())
        }
    };
    let states = (sealed("before", &act.before)?, sealed("after", &act.after)?);
    insert(tx, act, id, by, states)
}

fn insert(
    tx: &mut Tx<'_>,
    act: &Act,
    id: Uuid,
    by: Option<AccountId>,
    (before, after): (String, String),
) -> Result<()> {
    let row = sql::ActRow {
        id,
        acted_at: tx.now(),
        actor: by,
        kind: act.kind.to_owned(),
        entity: act.entity,
        action: act.action.to_owned(),
        before,
        after,
    };
    sql::insert_act(tx, &row)
}

/// The one field of a sealed state.
const SEALED: &str = "sealed";

/// Under which a state of an act is sealed.
fn context(act: Uuid, part: &str) -> String {
    format!("admin_act.{part}:{act}")
}

/// The two fields of an administrator's entry.
pub fn fields(act: &Act) -> Vec<(&'static str, String)> {
    vec![
        ("before", act.before.to_string()),
        ("after", act.after.to_string()),
    ]
}

/// An act as the list shows it.
#[derive(Clone, Debug)]
pub struct Done {
    /// Its place in the list.
    pub id: Uuid,
    /// When it was done.
    pub at: Moment,
    /// Who did it: a name; none when a command of the operator or the demo did.
    pub actor: Option<PersonName>,
    /// Kind of what was changed.
    pub kind: String,
    /// What was changed.
    pub entity: Uuid,
    /// The code of what was changed, or the name of the person; empty when it has none.
    pub subject: String,
    /// What was done.
    pub action: String,
    /// What differs: name of the field, value before, value after.
    pub changes: Vec<(String, String, String)>,
}

/// What the list is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Of this account alone.
    pub actor: Option<AccountId>,
    /// Of this kind alone.
    pub kind: Option<String>,
    /// Before this act, for the next page.
    pub before: Option<Uuid>,
}

impl People {
    /// What administrators did, newest first, `limit` acts at the most, and where the next page
    /// begins.
    pub async fn acts(
        &self,
        actor: &Actor,
        asked: Asked,
        limit: usize,
    ) -> Result<(Vec<Done>, Option<Uuid>)> {
        require(actor, Permission::ReadJournal, &Subject::default())?;
        let people = self.clone();
        self.0
            .store
            .read(move |db| {
                let before = asked.before.unwrap_or(Uuid::max());
                let mut rows =
                    sql::acts(db, before, asked.actor, asked.kind.as_deref(), limit + 1)?;
                let more = rows.len() > limit;
                rows.truncate(limit);
                let next = rows.last().filter(|_| more).map(|row| row.id);
                let actors = rows.iter().filter_map(|row| row.actor).collect();
                let actors = people.names_of(db, actors)?;
                let subjects = people.subjects_of(db, &rows)?;
                let done = rows.into_iter().map(|row| {
                    let actor = row.actor.and_then(|account| actors.get(&account).cloned());
                    told(row, actor, &subjects)
                });
                Ok((done.collect::<Result<_>>()?, next))
            })
            .await
    }

    /// Accounts that did something as administrators, with their names: the filter of the list.
    pub async fn actors(&self, actor: &Actor) -> Result<Vec<(AccountId, PersonName)>> {
        require(actor, Permission::ReadJournal, &Subject::default())?;
        let people = self.clone();
        self.0
            .store
            .read(move |db| {
                let accounts = sql::actors(db)?;
                let mut names = people.names_of(db, accounts.clone())?;
                let accounts = accounts.into_iter();
                Ok(accounts
                    .filter_map(|account| Some((account, names.remove(&account)?)))
                    .collect())
            })
            .await
    }

    /// The names behind accounts; without those who were erased.
    fn names_of(
        &self,
        db: &mut Db<'_>,
        mut accounts: Vec<AccountId>,
    ) -> Result<HashMap<AccountId, PersonName>> {
        accounts.sort_unstable();
        accounts.dedup();
        if accounts.is_empty() {
            return Ok(HashMap::new());
        }
        let mut names = HashMap::new();
        for row in sql::named(db, &accounts)? {
            let wrapped = row.wrapped.as_deref();
            if let Some(profile) = sealed::profile_beside(&self.0.journal, &row.person, wrapped)? {
                names.insert(row.account, profile.name);
            }
        }
        Ok(names)
    }

    /// The people whom these acts are about, each with the key that opens what was sealed of them;
    /// without those who were erased.
    fn subjects_of(
        &self,
        db: &mut Db<'_>,
        rows: &[sql::ActRow],
    ) -> Result<HashMap<Uuid, (PersonName, DataKey)>> {
        let of_people = rows.iter().filter(|row| row.kind == "person");
        let mut persons: Vec<Uuid> = of_people.map(|row| row.entity).collect();
        persons.sort_unstable();
        persons.dedup();
        let mut subjects = HashMap::new();
        for (row, wrapped) in sql::persons(db, &persons)? {
            let Some(wrapped) = wrapped else {
                continue;
            };
            let key = self.0.journal.keys().open_wrapped(row.data_key, &wrapped)?;
            let name = sealed::name_by(&key, &row)?;
            subjects.insert(row.id.0, (name, key));
        }
        Ok(subjects)
    }
}

/// An act as the list shows it.
fn told(
    row: sql::ActRow,
    actor: Option<PersonName>,
    subjects: &HashMap<Uuid, (PersonName, DataKey)>,
) -> Result<Done> {
    let known = subjects.get(&row.entity);
    let subject = match (row.kind.as_str(), known) {
        // Whoever works for nobody is named to nobody but the one who looked them up.
        ("person", Some((name, _))) if row.action == LOOKED_UP => Some(masked(&name.last)),
        ("person", known) => known.map(|(name, _)| name.initials()),
        _ => code_in(&row.after).or_else(|| code_in(&row.before)),
    };
    let key = known.map(|(_, key)| key);
    let states = (opened(&row, "before", key)?, opened(&row, "after", key)?);
    let changes = match states {
        (None, None) => differences(&row.before, &row.after),
        (before, after) => {
            let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
            let changes = differences(&before, &after).into_iter();
            changes
                .map(|(field, before, after)| {
                    let (before, after) = (hidden(&field, &before), hidden(&field, &after));
                    (field, before, after)
                })
                .collect()
        }
    };
    Ok(Done {
        id: row.id,
        at: row.acted_at,
        actor,
        subject: subject.unwrap_or_default(),
        kind: row.kind,
        entity: row.entity,
        action: row.action,
        changes,
    })
}

/// A state that was sealed, opened; empty when its person was erased, and none when it is as it
/// stands.
fn opened(row: &sql::ActRow, part: &str, key: Option<&DataKey>) -> Result<Option<String>> {
    let state = match part {
        "before" => &row.before,
        _ => &row.after,
    };
    let state: Option<Value> = serde_json::from_str(state).ok();
    let Some(sealed) = state.as_ref().and_then(|state| state.get(SEALED)?.as_str()) else {
        return Ok(None);
    };
    let Some(key) = key else {
        return Ok(Some(String::new()));
    };
    let sealed = wire::from_base64(sealed).ok_or_else(|| Error::internal("a sealed state"))?;
    let plain = key.open(&context(row.id, part), &sealed)?;
    String::from_utf8(plain)
        .map(Some)
        .map_err(|_| Error::internal("a sealed state is no text"))
}

/// Enough of a value to know it again by, and no more.
fn hidden(field: &str, value: &str) -> String {
    match (field, value) {
        (_, "") => String::new(),
        ("email", email) => masked_email(email),
        (_, text) => masked(text),
    }
}

/// By what a state names the thing: its code, the letter of a template, the name of one of answers, the
/// folder of an import.
fn code_in(state: &str) -> Option<String> {
    let state: Value = serde_json::from_str(state).ok()?;
    ["code", "letter", "template", "rule", "folder"]
        .into_iter()
        .find_map(|name| state.get(name)?.as_str())
        .map(str::to_owned)
}

/// The fields that differ between two states, in the order of their names.
fn differences(before: &str, after: &str) -> Vec<(String, String, String)> {
    let read = |text: &str| match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => fields,
        Ok(Value::Null) | Err(_) => serde_json::Map::new(),
        Ok(other) => [("value".to_owned(), other)].into_iter().collect(),
    };
    let (before, after) = (read(before), read(after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|name| (name, plain(before.get(name)), plain(after.get(name))))
        .filter(|(_, before, after)| before != after)
        .map(|(name, before, after)| (name.clone(), before, after))
        .collect()
}

fn plain(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            let items: Vec<String> = items.iter().map(|item| plain(Some(item))).collect();
            items.join(", ")
        }
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let told = differences(
            r#"{"name_ru":"Дороги","code":"roads"}"#,
            r#"{"name_ru":"Дороги и мосты","code":"roads","territories":["a","b"]}"#,
        );
        let told: Vec<(&str, &str, &str)> = told
            .iter()
            .map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("name_ru", "Дороги", "Дороги и мосты"),
                ("territories", "", "a, b")
            ]
        );
        assert!(differences("null", "null").is_empty());
        assert!(differences("nonsense", "null").is_empty());
    }
}
