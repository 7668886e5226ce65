//! Rules by which cases are decided: writing, looking over, a replay over past cases, proposing, and
//! what an officer does with them: approving and taking back. Administrators of the catalogue write
//! and propose; whoever may sign answers for the unit approves, and never what they wrote themselves.

use std::collections::HashMap;
use std::sync::Arc;

use base::id::{AccountId, UnitId};
use base::text::{clean_text, length};
use base::{Actor, Error, FieldError, Moment, Result};
use jiff::civil::Date;
use people::{People, Permission, Subject, Units};

use super::services::Changed;
use super::{Administration, Fault, PastAnswered, named, permit};
use crate::catalog::{Catalog, Contents};
use crate::decisions::{self, Decisions, Facts, Known, MOST_BYTES, judge};
use crate::faults::TextFault;
use crate::model::Service;
use crate::rulings::{self, Stage, Version, in_force};
use crate::sql;

/// How many of the newest cases of the service a replay looks at.
const REPLAYED: usize = 500;
/// The most differences that are told.
const MOST_SHOWN: usize = 100;
/// The most versions of a service that are listed.
const MOST_VERSIONS: usize = 200;
/// The longest reason of taking rules back, in characters.
const REASON_MOST: usize = 1_000;
/// The shortest.
const REASON_LEAST: usize = 5;

/// What a text of rules is found to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookedAt {
    /// Everything that is wrong with it.
    pub faults: Vec<Fault>,
    /// What differs from the newest version that was approved; empty while something is wrong.
    pub changes: Vec<Changed>,
}

/// A version with what a list shows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The version.
    pub version: Version,
    /// Whether it decides today.
    pub in_force: bool,
}

/// How a draft is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Code of the unit in whose name it is to decide.
    pub unit: Option<String>,
    /// The first day; today when absent.
    pub from: Option<Date>,
}

/// A version that an officer may approve or take back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The service.
    pub service: Arc<Service>,
    /// The version.
    pub version: Version,
    /// Whether it decides today.
    pub in_force: bool,
    /// Whether the officer themselves wrote or proposed it.
    pub own: bool,
}

/// A case that rules would have decided otherwise than people did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its number.
    pub number: String,
    /// Code of the rule.
    pub rule: String,
    /// How the rule decides.
    pub verdict: decisions::Verdict,
    /// How people did, where rules know an outcome like it.
    pub decided: Option<decisions::Verdict>,
}

/// What a replay has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// How many cases were looked at, 500 at the most.
    pub tried: usize,
    /// How many each rule would decide, in the order of the rules.
    pub by_rule: Vec<(String, usize)>,
    /// How many a person would.
    pub by_person: usize,
    /// How many came out otherwise than people decided.
    pub differ: usize,
    /// The newest of them, a hundred at the most.
    pub differences: Vec<Difference>,
    /// How many that people decided a rule would have.
    pub sooner: usize,
    /// Seconds from receipt to answer that these took together.
    pub saved_seconds: i64,
}

/// The rules of a text, or everything that is wrong with it.
fn sound(
    contents: &Contents,
    units: &Units,
    service: &Service,
    text: &str,
    today: Date,
) -> std::result::Result<Decisions, Vec<Fault>> {
    let whole = |said| vec![Fault { place: None, said }];
    if text.len() > MOST_BYTES {
        return Err(whole(TextFault {
            key: "catalog-fault-large",
            named: String::new(),
            line: None,
        }));
    }
    let decisions =
        Decisions::from_toml(text).map_err(|error| whole(TextFault::of(&error.into(), text)))?;
    let known = Known {
        definition: &service.definition,
        categories: contents.categories(),
        units,
        service: &|code| contents.known_service(code).is_some(),
        today,
    };
    let faults = decisions::faults(&decisions, text, known);
    if faults.is_empty() {
        Ok(decisions)
    } else {
        Err(faults)
    }
}

/// Faults as wrong fields of a text.
fn refused(faults: Vec<Fault>) -> Error {
    let wrong =
        |fault: Fault| FieldError::new("text", fault.said.key).with("name", fault.said.named);
    Error::Invalid(faults.into_iter().map(wrong).collect())
}

/// Where each past case would go.
fn replayed(
    decisions: &Decisions,
    (contents, units): (&Contents, &Units),
    service: &Service,
    cases: &[PastAnswered],
) -> Replay {
    let mut replay = Replay {
        tried: cases.len(),
        by_rule: decisions
            .rules
            .iter()
            .map(|rule| (rule.code.clone(), 0))
            .collect(),
        ..Replay::default()
    };
    for case in cases {
        let facts = Facts {
            form: &service.definition.form,
            answers: &case.answers,
            categories: contents.categories(),
            units,
            category: case.category,
            territory: case.territory,
            channel: &case.channel,
            identified: case.identified,
            on: case.on,
        };
        let judged = judge(decisions, &facts).rule;
        let Some((place, rule)) = judged.and_then(|code| decisions.rule(&code)) else {
            replay.by_person += 1;
            continue;
        };
        if let Some((_, count)) = replay.by_rule.get_mut(place - 1) {
            *count += 1;
        }
        let Some(decided) = case.decided.filter(|decided| !decided.by_rule) else {
            continue;
        };
        replay.sooner += 1;
        replay.saved_seconds = replay.saved_seconds.saturating_add(decided.seconds.max(0));
        if decided.verdict == Some(rule.outcome) {
            continue;
        }
        replay.differ += 1;
        if replay.differences.len() < MOST_SHOWN {
            replay.differences.push(Difference {
                number: case.number.clone(),
                rule: rule.code.clone(),
                verdict: rule.outcome,
                decided: decided.verdict,
            });
        }
    }
    replay
}

impl Administration {
    /// The versions of a service's rules, the newest first.
    pub async fn rule_versions(
        &self,
        actor: &Actor,
        code: &str,
        today: Date,
    ) -> Result<Vec<Listed>> {
        let service = self.service(actor, code).await?.id;
        let (store, _) = self.catalog.parts();
        let versions = store
            .read(move |db| sql::rule_versions(db, service, MOST_VERSIONS))
            .await?;
        let deciding = in_force(versions.iter(), today).map(|version| version.id);
        Ok(versions
            .into_iter()
            .map(|version| Listed {
                in_force: deciding == Some(version.id),
                version,
            })
            .collect())
    }

    /// One version, for administrators and for officers of its unit.
    pub async fn rule_version(&self, actor: &Actor, code: &str, number: u32) -> Result<Version> {
        let contents = self.catalog.contents().await?;
        let id = contents.known_service(code).map(|service| service.id);
        let version = match id {
            Some(id) => {
                let (store, _) = self.catalog.parts();
                store
                    .read(move |db| sql::rule_version(db, id, number))
                    .await?
            }
            None => None,
        };
        let signs = |unit| people::allows(actor, Permission::SignAnswer, &Subject::in_unit(unit));
        let of = version.as_ref().and_then(|version| version.unit);
        if !of.is_some_and(signs) {
            permit(actor)?;
        }
        version.ok_or(Error::NotFound)
    }

    /// Looks a text of rules over. Nothing is changed.
    pub async fn look_at_rules(
        &self,
        actor: &Actor,
        code: &str,
        text: &str,
        today: Date,
    ) -> Result<LookedAt> {
        let service = self.service(actor, code).await?;
        let contents = self.contents(actor).await?;
        let units = self.units().await?;
        if let Err(faults) = sound(&contents, &units, &service, text, today) {
            return Ok(LookedAt {
                faults,
                changes: Vec::new(),
            });
        }
        let approved = self.rule_versions(actor, code, today).await?;
        let before = approved
            .iter()
            .find(|one| one.version.approved_at.is_some())
            .map(|one| one.version.text.clone())
            .unwrap_or_default();
        Ok(LookedAt {
            faults: Vec::new(),
            changes: super::services::between(&before, text),
        })
    }

    /// Keeps a text of rules as the draft. `seen` is when the draft that its writer saw was written.
    pub async fn write_rules(
        &self,
        actor: &Actor,
        code: &str,
        text: &str,
        seen: Option<Moment>,
        today: Date,
    ) -> Result<u32> {
        let service = self.service(actor, code).await?;
        let contents = self.contents(actor).await?;
        let units = self.units().await?;
        sound(&contents, &units, &service, text, today).map_err(refused)?;
        let (id, code, text) = (service.id, code.to_owned(), text.to_owned());
        self.change(actor, move |tx, journal| {
            rulings::write(tx, journal, (id, &code), &text, seen, None)
        })
        .await
    }

    /// What would have become of the newest cases of the service.
    pub async fn replay_rules(
        &self,
        actor: &Actor,
        code: &str,
        text: &str,
        today: Date,
    ) -> Result<Replay> {
        let service = self.service(actor, code).await?;
        let contents = self.contents(actor).await?;
        let units = self.units().await?;
        let decisions = sound(&contents, &units, &service, text, today).map_err(refused)?;
        let cases = self.past.answered(service.id, REPLAYED).await?;
        Ok(replayed(&decisions, (&contents, &units), &service, &cases))
    }

    /// Proposes a draft to the officers of a unit.
    pub async fn propose_rules(
        &self,
        actor: &Actor,
        code: &str,
        number: u32,
        proposal: &Proposal,
        today: Date,
    ) -> Result<()> {
        let service = self.service(actor, code).await?;
        let contents = self.contents(actor).await?;
        let units = self.units().await?;
        let unit = named(proposal.unit.as_deref(), "unit", |code| {
            let unit = units.by_code(code).filter(|unit| unit.active)?;
            Some(unit.id)
        })?;
        let unit = unit.ok_or_else(|| Error::field("unit", "catalog-error-choice"))?;
        let from = proposal.from.unwrap_or(today);
        if from < today {
            return Err(Error::field("valid_from", "catalog-rules-error-day"));
        }
        let version = self.rule_version(actor, code, number).await?;
        sound(&contents, &units, &service, &version.text, today).map_err(refused)?;
        let (code, by) = (code.to_owned(), actor.account());
        self.change(actor, move |tx, journal| {
            let of = (version.service, code.as_str());
            rulings::propose(tx, journal, of, number, (unit, from), by)
        })
        .await
    }

    /// An officer of the unit approves what was proposed.
    pub async fn approve_rules(
        &self,
        actor: &Actor,
        code: &str,
        number: u32,
        today: Date,
    ) -> Result<()> {
        people::require_somewhere(actor, Permission::SignAnswer)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        let version = self.rule_version(actor, code, number).await?;
        signs(actor, version.unit)?;
        let contents = self.catalog.contents().await?;
        let units = self.units().await?;
        let service = contents.known_service(code).ok_or(Error::NotFound)?;
        // The catalogue may have changed since it was proposed.
        sound(&contents, &units, service, &version.text, today).map_err(refused)?;
        let (store, journal) = self.catalog.parts();
        let (journal, code) = (journal.clone(), code.to_owned());
        store
            .change(actor, move |tx| {
                let of = (version.service, code.as_str());
                rulings::approve(tx, &journal, of, number, by, today)
            })
            .await
    }

    /// Takes rules back at once, with a reason: an administrator, or an officer of the unit.
    pub async fn withdraw_rules(
        &self,
        actor: &Actor,
        code: &str,
        number: u32,
        reason: &str,
        today: Date,
    ) -> Result<()> {
        let version = self.rule_version(actor, code, number).await?;
        let reason = clean_text(reason);
        if !(REASON_LEAST..=REASON_MOST).contains(&length(&reason)) {
            let error = FieldError::new("reason", "catalog-rules-error-reason");
            return Err(Error::Invalid(vec![
                error.with("min", REASON_LEAST).with("max", REASON_MOST),
            ]));
        }
        let (store, journal) = self.catalog.parts();
        let (journal, code) = (journal.clone(), code.to_owned());
        store
            .change(actor, move |tx| {
                let of = (version.service, code.as_str());
                rulings::withdraw(tx, &journal, of, number, &reason, today)
            })
            .await
    }

    /// What an officer has to look at: what waits for them, and what decides in the name of their
    /// units.
    pub async fn rules_to_sign(&self, actor: &Actor, today: Date) -> Result<Vec<Waiting>> {
        people::require_somewhere(actor, Permission::SignAnswer)?;
        let contents = self.catalog.contents().await?;
        let (store, _) = self.catalog.parts();
        let (proposed, approved) = store
            .read(|db| Ok((sql::proposed_rules(db)?, sql::approved_rules(db)?)))
            .await?;
        let mut of: HashMap<_, Vec<&Version>> = HashMap::new();
        for version in &approved {
            of.entry(version.service).or_default().push(version);
        }
        let deciding: Vec<_> = of
            .values()
            .filter_map(|versions| in_force(versions.iter().copied(), today))
            .map(|version| version.id)
            .collect();
        let account = actor.account();
        let ahead = |version: &Version| {
            version.stage == Stage::Approved
                && (deciding.contains(&version.id)
                    || version.valid_from.is_some_and(|from| from > today))
        };
        let approved = approved.iter().filter(|version| ahead(version));
        Ok(proposed
            .iter()
            .chain(approved)
            .filter(|version| signs(actor, version.unit).is_ok())
            .filter_map(|version| {
                Some(Waiting {
                    service: contents.service_by_id(version.service)?.clone(),
                    in_force: deciding.contains(&version.id),
                    own: account.is_some()
                        && (version.written_by == account || version.proposed_by == account),
                    version: version.clone(),
                })
            })
            .collect())
    }

    /// How colleagues are called in a list of versions.
    pub async fn names_of(&self, accounts: Vec<AccountId>) -> Result<HashMap<AccountId, String>> {
        let (store, journal) = self.catalog.parts();
        let journal = journal.clone();
        store
            .read(move |db| {
                let mut names = HashMap::new();
                for account in &accounts {
                    if let Some(person) = People::person_of(db, *account)? {
                        let name = People::name_of(db, &journal, person)?;
                        names.insert(*account, name.initials());
                    }
                }
                Ok(names)
            })
            .await
    }
}

/// Refuses whoever may not sign answers for a unit.
impl Catalog {
    /// How many proposed versions wait for the actor: those of units that they sign for, without what
    /// they wrote or proposed themselves, which somebody else has to approve. None for whoever signs
    /// nothing.
    pub async fn count_rules_to_sign(&self, actor: &Actor) -> Result<i64> {
        if !people::allows_somewhere(actor, Permission::SignAnswer) {
            return Ok(0);
        }
        let (store, _) = self.parts();
        let proposed = store.read(sql::proposed_rules).await?;
        let account = actor.account();
        let own = |version: &Version| {
            account.is_some() && (version.written_by == account || version.proposed_by == account)
        };
        let waiting = proposed
            .iter()
            .filter(|version| !own(version) && signs(actor, version.unit).is_ok());
        Ok(i64::try_from(waiting.count()).unwrap_or(0))
    }
}

fn signs(actor: &Actor, unit: Option<UnitId>) -> Result<()> {
    let unit = unit.ok_or(Error::Conflict("catalog-error-closed"))?;
    people::require(actor, Permission::SignAnswer, &Subject::in_unit(unit))
}
