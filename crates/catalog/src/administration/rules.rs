//! Routing rules: a new one, one of them, and a trial: where the newest cases would go by the rules
//! as they would be. A trial only reads, and reads no more than [`TRIED`] cases.

use base::id::UnitId;
use base::{Actor, Error, Result};
use people::Units;
use uuid::Uuid;

use super::{Administration, PastCase, named};
use crate::amendments::change_rule;
use crate::catalog::Contents;
use crate::changes::{NewRule, end_rule, insert_rule};
use crate::phrase::Phrase;
use crate::routing::RouteRule;

/// How many of the newest cases a trial looks at.
pub const TRIED: usize = 500;
/// The most differences that are told.
const MOST_SHOWN: usize = 100;
/// The greatest place of a rule in their order.
const MOST_POSITION: i64 = 1_000_000_000;

/// A rule as an administrator wants it to be, in codes. Nothing but the unit must be told: any part
/// left out means any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleWish {
    /// Its place in the order.
    pub position: i64,
    /// The subject, with all below it.
    pub category: Option<String>,
    /// The territory, with all inside it.
    pub territory: Option<String>,
    /// The service.
    pub service: Option<String>,
    /// Who gets the case.
    pub unit: Option<String>,
    /// Why, for people.
    pub reason: Phrase,
}

impl RuleWish {
    fn rule(&self, id: Uuid, contents: &Contents, units: &Units) -> Result<RouteRule> {
        let unit = named(self.unit.as_deref(), "unit", |code| {
            units.by_code(code).map(|unit| unit.id)
        })?;
        Ok(RouteRule {
            id,
            position: Some(self.position)
                .filter(|position| (0..=MOST_POSITION).contains(position))
                .ok_or_else(|| Error::field("position", "catalog-error-position"))?,
            category: named(self.category.as_deref(), "category", |code| {
                contents.categories().by_code(code).map(|one| one.id)
            })?,
            territory: named(self.territory.as_deref(), "territory", |code| {
                units.territory_by_code(code).map(|one| one.id)
            })?,
            service: named(self.service.as_deref(), "service", |code| {
                contents.known_service(code).map(|one| one.id)
            })?,
            unit: unit.ok_or_else(|| Error::field("unit", "catalog-error-choice"))?,
            reason: self.reason.clone(),
        })
    }
}

/// What is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrialOf {
    /// The rules in force: what differs is where the case is.
    InForce,
    /// The rules with this one among them.
    Added(RuleWish),
    /// The rules with this one in place of the rule with the identifier.
    Changed(Uuid, RuleWish),
}

/// A case that a trial sends elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Its number.
    pub number: String,
    /// The unit that has it.
    pub has: UnitId,
    /// The unit by the rules in force.
    pub now: Option<UnitId>,
    /// The unit by the rules on trial.
    pub then: Option<UnitId>,
}

/// What a trial has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// How many cases were looked at.
    pub tried: usize,
    /// How many would go elsewhere.
    pub differ: usize,
    /// The newest of them, a hundred at the most.
    pub moved: Vec<Moved>,
}

/// Where each case goes by the rules in force and by those on trial. Without rules on trial, what
/// differs is where the case is.
fn tried(
    cases: &[PastCase],
    contents: &Contents,
    rules: Option<Vec<RouteRule>>,
    units: &Units,
) -> Trial {
    let draft = rules.is_some();
    let other = rules.map(|rules| contents.with_rules(rules));
    let mut trial = Trial {
        tried: cases.len(),
        differ: 0,
        moved: Vec::new(),
    };
    for case in cases {
        let by = |contents: &Contents| {
            contents
                .route(units, case.service, case.category, case.territory)
                .ok()
                .map(|routed| routed.unit)
        };
        let now = by(contents);
        let then = other.as_ref().map_or(now, by);
        let differs = if draft {
            now != then
        } else {
            now != Some(case.unit)
        };
        if !differs {
            continue;
        }
        trial.differ += 1;
        if trial.moved.len() < MOST_SHOWN {
            trial.moved.push(Moved {
                number: case.number.clone(),
                has: case.unit,
                now,
                then,
            });
        }
    }
    trial
}

/// Refuses a place in the order that another rule has: which of the two came first nobody could say.
fn free_place(contents: &Contents, rule: &RouteRule) -> Result<()> {
    let mut rules = contents.rules().iter();
    if rules.any(|one| one.id != rule.id && one.position == rule.position) {
        return Err(Error::field("position", "catalog-error-position-taken"));
    }
    Ok(())
}

/// The rule of an identifier.
fn known(contents: &Contents, id: Uuid) -> Result<&RouteRule> {
    let rule = contents.rules().iter().find(|rule| rule.id == id);
    rule.ok_or(Error::NotFound)
}

impl Administration {
    /// Where the newest cases would go.
    pub async fn try_rules(&self, actor: &Actor, of: TrialOf) -> Result<Trial> {
        let contents = self.contents(actor).await?;
        let units = self.units().await?;
        let (id, wish) = match of {
            TrialOf::InForce => (Uuid::nil(), None),
            TrialOf::Added(wish) => (Uuid::nil(), Some(wish)),
            TrialOf::Changed(id, wish) => (known(&contents, id)?.id, Some(wish)),
        };
        let rules = wish
            .map(|wish| -> Result<Vec<RouteRule>> {
                let rule = wish.rule(id, &contents, &units)?;
                let others = contents.rules().iter().filter(|one| one.id != id);
                Ok(others.cloned().chain([rule]).collect())
            })
            .transpose()?;
        let cases = self.past.newest(TRIED).await?;
        Ok(tried(&cases, &contents, rules, &units))
    }

    /// Makes a rule.
    pub async fn add_rule(&self, actor: &Actor, wish: &RuleWish) -> Result<Uuid> {
        let contents = self.contents(actor).await?;
        let units = self.units().await?;
        let rule = wish.rule(Uuid::nil(), &contents, &units)?;
        free_place(&contents, &rule)?;
        let new = NewRule {
            position: rule.position,
            category: rule.category,
            territory: rule.territory,
            service: rule.service,
            unit: rule.unit,
            reason: rule.reason,
        };
        self.change(actor, move |tx, journal| insert_rule(tx, journal, &new))
            .await
    }

    /// Makes a rule what the administrator wants it to be.
    pub async fn save_rule(&self, actor: &Actor, id: Uuid, wish: &RuleWish) -> Result<()> {
        let contents = self.contents(actor).await?;
        let units = self.units().await?;
        let old = known(&contents, id)?.clone();
        let rule = wish.rule(id, &contents, &units)?;
        if rule.position != old.position {
            free_place(&contents, &rule)?;
        }
        self.change(actor, move |tx, journal| {
            change_rule(tx, journal, &old, &rule)
        })
        .await
    }

    /// Ends a rule.
    pub async fn end_rule(&self, actor: &Actor, id: Uuid) -> Result<()> {
        let contents = self.contents(actor).await?;
        let id = known(&contents, id)?.id;
        self.change(actor, move |tx, journal| end_rule(tx, journal, id))
            .await
    }
}
