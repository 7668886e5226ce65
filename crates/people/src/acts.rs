//! What administrators change, each with the state before and after: the list of `/admin/log`. A
//! slice calls [`note`] inside the change, just before its own `Journal::record`, which covers the
//! row; and gives the entry the same two texts by [`fields`]. Neither ever holds personal data:
//! codes, names of units and services, roles, switches.

use base::id::{AccountId, PersonId};
use base::{Actor, Error, Moment, Result};
use serde_json::Value;
use store::Tx;
use uuid::Uuid;

use crate::access::{Permission, Subject, require};
use crate::model::PersonName;
use crate::{People, sealed, sql};

/// Kinds of things that administrators change, for the filter of the list.
pub const KINDS: [&str; 10] = [
    "unit",
    "territory",
    "person",
    "service",
    "category",
    "route_rule",
    "law_setting",
    "official",
    "template",
    "job",
];

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
    let now = tx.now();
    let row = sql::ActRow {
        id: base::id::new_uuid(now),
        acted_at: now,
        actor: tx.actor().account(),
        kind: act.kind.to_owned(),
        entity: act.entity,
        action: act.action.to_owned(),
        before: act.before.to_string(),
        after: act.after.to_string(),
    };
    sql::insert_act(tx, &row)
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
                let mut done = Vec::with_capacity(rows.len());
                for row in rows {
                    done.push(Done {
                        id: row.id,
                        at: row.acted_at,
                        actor: match row.actor {
                            Some(account) => people.name_of_account(db, account)?,
                            None => None,
                        },
                        subject: match row.kind.as_str() {
                            "person" => people.name_of_person(db, row.entity)?,
                            _ => code_in(&row.after).or_else(|| code_in(&row.before)),
                        }
                        .unwrap_or_default(),
                        kind: row.kind,
                        entity: row.entity,
                        action: row.action,
                        changes: differences(&row.before, &row.after),
                    });
                }
                Ok((done, next))
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
                let mut named = Vec::new();
                for account in sql::actors(db)? {
                    if let Some(name) = people.name_of_account(db, account)? {
                        named.push((account, name));
                    }
                }
                Ok(named)
            })
            .await
    }

    /// The name of a person; none when they were erased.
    fn name_of_person(&self, db: &mut store::Db<'_>, person: Uuid) -> Result<Option<String>> {
        match Self::name_of(db, &self.0.journal, PersonId(person)) {
            Ok(name) => Ok(Some(name.full())),
            Err(Error::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// The name behind an account; none when the person was erased.
    fn name_of_account(
        &self,
        db: &mut store::Db<'_>,
        account: AccountId,
    ) -> Result<Option<PersonName>> {
        let Some(row) = sql::person_of_account(db, account)? else {
            return Ok(None);
        };
        match sealed::name(db, &self.0.journal, &row) {
            Ok(name) => Ok(Some(name)),
            Err(Error::NotFound) => Ok(None),
            Err(other) => Err(other),
        }
    }
}

/// By what a state names the thing: its code, or the letter of a template.
fn code_in(state: &str) -> Option<String> {
    let state: Value = serde_json::from_str(state).ok()?;
    ["code", "letter"]
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
