//! Templates of answers: words that a unit keeps ready for the answers that it gives often, with
//! places that are filled in for each case. Heads of the unit and administrators keep them; whoever
//! writes an answer in the unit or below it may take one. Every change is an act of an administrator
//! and an entry with the words before and after.

mod places;

use base::id::UnitId;
use base::{Actor, Error, Moment, Result};
use journal::NewEntry;
use people::acts::{self, Act};
use people::{People, Permission, Subject, allows, require, require_somewhere};
use serde_json::{Value, json};
use store::{Db, Tx};
use uuid::Uuid;

use crate::model::Outcome;
use crate::work::{both, checked, checked_line};
use crate::{Cases, sql};

pub use places::{Place, Values};
pub(crate) use places::{filled, gap_in};

/// Kind of a template in the journal.
pub const KIND: &str = "answer_template";

/// The longest name, in characters.
pub const NAME_MOST: usize = 100;
/// The longest text, in characters.
pub const TEXT_MOST: usize = 8_000;
/// The most templates that one unit offers.
pub const MOST: usize = 200;

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerTemplate {
    /// Identifier.
    pub id: Uuid,
    /// Whose people may take it; those of the units below, too.
    pub unit: UnitId,
    /// What it is called, within its unit.
    pub name: String,
    /// How answers by it decide; none where that is left open.
    pub outcome: Option<Outcome>,
    /// The words with their places.
    pub text: String,
    /// When it was made.
    pub made_at: Moment,
    /// When it was last changed.
    pub changed_at: Moment,
    /// When it was put aside.
    pub archived_at: Option<Moment>,
}

/// A template as it is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateWish {
    /// What it is called.
    pub name: String,
    /// How answers by it decide.
    pub outcome: Option<Outcome>,
    /// The words with their places.
    pub text: String,
}

impl TemplateWish {
    /// Made clean; what is wrong with it is told field by field.
    pub fn checked(&self) -> Result<Self> {
        let text = checked("text", &self.text, 20, TEXT_MOST)
            .and_then(|text| places::check("text", &text).map(|()| text));
        let name = checked_line("name", &self.name, 3, NAME_MOST);
        let outcome = match self.outcome {
            Some(outcome) if !Outcome::OF_ANSWERS.contains(&outcome) => {
                Err(Error::field("outcome", "error-choose-one"))
            }
            known => Ok(known),
        };
        let (name, (outcome, text)) = both(name, both(outcome, text))?;
        Ok(Self {
            name,
            outcome,
            text,
        })
    }
}

/// Whether somebody keeps the templates of a unit.
pub(crate) fn keeps(actor: &Actor, unit: UnitId) -> bool {
    allows(actor, Permission::ManageTemplates, &Subject::in_unit(unit))
}

impl Cases {
    /// The templates of a unit, or of every unit whose templates the actor keeps, those put aside too:
    /// in the order in which they were made, `limit` at the most, and after which the next page begins.
    pub async fn templates(
        &self,
        actor: &Actor,
        unit: Option<UnitId>,
        after: Option<Uuid>,
        limit: usize,
    ) -> Result<(Vec<AnswerTemplate>, Option<Uuid>)> {
        require_somewhere(actor, Permission::ManageTemplates)?;
        let all = self.people().units().await?;
        let units: Option<Vec<UnitId>> = match unit {
            Some(unit) => {
                require(actor, Permission::ManageTemplates, &Subject::in_unit(unit))?;
                Some(vec![unit])
            }
            None if allows(actor, Permission::ManageTemplates, &Subject::default()) => None,
            None => Some(all.ids().filter(|unit| keeps(actor, *unit)).collect()),
        };
        let read = move |db: &mut Db<'_>| {
            sql::answer_templates(db, units.as_deref(), after, limit.saturating_add(1))
        };
        let mut found = self.journal().store().read(read).await?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|last| last.id);
        Ok((found, next))
    }

    /// One template, for whoever keeps those of its unit.
    pub async fn template(&self, actor: &Actor, id: Uuid) -> Result<AnswerTemplate> {
        require_somewhere(actor, Permission::ManageTemplates)?;
        let store = self.journal().store();
        let found = store.read(move |db| sql::answer_template(db, id)).await?;
        found
            .filter(|found| keeps(actor, found.unit))
            .ok_or(Error::NotFound)
    }

    /// Makes a template of a unit.
    pub async fn add_template(
        &self,
        actor: &Actor,
        unit: UnitId,
        wish: &TemplateWish,
    ) -> Result<Uuid> {
        require(actor, Permission::ManageTemplates, &Subject::in_unit(unit))?;
        let units = self.people().units().await?;
        if units.unit(unit).is_none_or(|unit| !unit.active) {
            return Err(Error::field("unit", "error-choose-one"));
        }
        let wish = wish.checked()?;
        let this = self.clone();
        self.journal()
            .store()
            .change(actor, move |tx| {
                tx.lock(KIND, unit.0)?;
                let now = tx.now();
                let new = AnswerTemplate {
                    id: base::id::new_uuid(now),
                    unit,
                    name: wish.name.clone(),
                    outcome: wish.outcome,
                    text: wish.text.clone(),
                    made_at: now,
                    changed_at: now,
                    archived_at: None,
                };
                fits(tx, &new)?;
                this.put_template(tx, "answer_template.made", None, &new)?;
                Ok(new.id)
            })
            .await
    }

    /// Changes a template. `seen` is when it was last changed as its reader knows it: who was overtaken
    /// is told so. Words that stay as they are leave nothing.
    pub async fn change_template(
        &self,
        actor: &Actor,
        id: Uuid,
        wish: &TemplateWish,
        seen: Option<Moment>,
    ) -> Result<()> {
        let wish = wish.checked()?;
        let alter = move |old: &AnswerTemplate, _: Moment| AnswerTemplate {
            name: wish.name.clone(),
            outcome: wish.outcome,
            text: wish.text.clone(),
            ..old.clone()
        };
        self.alter_template(actor, id, "answer_template.changed", seen, alter)
            .await
    }

    /// Puts a template aside, so that it is offered no more, or takes it back.
    pub async fn put_template_aside(&self, actor: &Actor, id: Uuid, aside: bool) -> Result<()> {
        let action = if aside {
            "answer_template.put_aside"
        } else {
            "answer_template.taken_back"
        };
        let alter = move |old: &AnswerTemplate, now: Moment| AnswerTemplate {
            archived_at: aside.then(|| old.archived_at.unwrap_or(now)),
            ..old.clone()
        };
        self.alter_template(actor, id, action, None, alter).await
    }

    async fn alter_template(
        &self,
        actor: &Actor,
        id: Uuid,
        action: &'static str,
        seen: Option<Moment>,
        alter: impl Fn(&AnswerTemplate, Moment) -> AnswerTemplate + Send + 'static,
    ) -> Result<()> {
        let unit = self.template(actor, id).await?.unit;
        let this = self.clone();
        self.journal()
            .store()
            .change(actor, move |tx| {
                tx.lock(KIND, unit.0)?;
                let old = sql::answer_template(tx, id)?.ok_or(Error::NotFound)?;
                if seen.is_some_and(|seen| seen != old.changed_at) {
                    return Err(Error::Conflict("template-error-overtaken"));
                }
                let now = tx.now();
                let new = alter(&old, now);
                if new == old {
                    return Ok(());
                }
                fits(tx, &new)?;
                let new = AnswerTemplate {
                    changed_at: now,
                    ..new
                };
                this.put_template(tx, action, Some(&old), &new)
            })
            .await
    }

    /// Writes a template down with its act and its entry.
    fn put_template(
        &self,
        tx: &mut Tx<'_>,
        action: &'static str,
        old: Option<&AnswerTemplate>,
        new: &AnswerTemplate,
    ) -> Result<()> {
        sql::put_answer_template(tx, new)?;
        let unit = People::unit_names(tx, new.unit)?;
        let unit = unit.map(|(code, ..)| code).unwrap_or_default();
        let act = Act {
            kind: KIND,
            entity: new.id,
            action,
            before: old.map_or(Value::Null, |old| told(old, &unit)),
            after: told(new, &unit),
        };
        acts::note(tx, &act)?;
        self.journal().record(
            tx,
            NewEntry {
                action: act.action,
                kind: act.kind,
                id: new.id,
                fields: acts::fields(&act),
                occurred_at: None,
                key: self.journal().keys().installation(),
                first: old.is_none(),
            },
        )?;
        Ok(())
    }

    /// The templates that whoever writes an answer in a unit may take: those of the unit, then those of
    /// the units above it, each by name.
    pub async fn templates_for(&self, actor: &Actor, unit: UnitId) -> Result<Vec<AnswerTemplate>> {
        require(actor, Permission::DraftAnswer, &Subject::in_unit(unit))?;
        let units = self.people().units().await?;
        let path = units.path(unit);
        let path: Vec<UnitId> = path.iter().rev().map(|above| above.id).collect();
        let asked = path.clone();
        let store = self.journal().store();
        let mut found = store
            .read(move |db| sql::templates_offered(db, &asked))
            .await?;
        found.sort_by_cached_key(|one| {
            let distance = path.iter().position(|above| *above == one.unit);
            (distance, one.name.to_lowercase())
        });
        Ok(found)
    }

    /// One of the templates that may be taken in a unit.
    pub async fn template_for(
        &self,
        actor: &Actor,
        unit: UnitId,
        id: Uuid,
    ) -> Result<AnswerTemplate> {
        let offered = self.templates_for(actor, unit).await?;
        let found = offered.into_iter().find(|one| one.id == id);
        found.ok_or(Error::NotFound)
    }
}

/// A template as an entry and the list of acts tell it.
fn told(template: &AnswerTemplate, unit: &str) -> Value {
    json!({
        "template": template.name,
        "unit": unit,
        "outcome": template.outcome.map(Outcome::code),
        "text": template.text,
        "aside": template.archived_at.is_some(),
    })
}

/// Refuses a name that another template of the unit has, and more of them than a unit offers.
fn fits(db: &mut Db<'_>, new: &AnswerTemplate) -> Result<()> {
    if new.archived_at.is_some() {
        return Ok(());
    }
    let mut others = sql::templates_offered(db, &[new.unit])?;
    others.retain(|other| other.id != new.id);
    let name = new.name.to_lowercase();
    if others.iter().any(|other| other.name.to_lowercase() == name) {
        return Err(Error::field("name", "template-error-name-taken"));
    }
    if others.len() >= MOST {
        return Err(Error::Conflict("template-error-many"));
    }
    Ok(())
}
