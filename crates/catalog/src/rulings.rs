//! The life of a set of rules: written, proposed, approved, in force from a day, withdrawn. Who wrote
//! or proposed a version does not approve it. What was approved is never changed; the next text is
//! the next version. Each step is an entry with what stood before and after.

use base::id::{AccountId, ServiceId, UnitId};
use base::{Error, Moment, Result};
use jiff::civil::Date;
use journal::Journal;
use store::{Db, Tx};
use uuid::Uuid;

use crate::changes::record;
use crate::decisions::Decisions;
use crate::sql;

/// The journal's name of a version of rules.
pub const KIND: &str = "decision_rules";

/// How far a version has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Being written.
    Draft,
    /// Waits for an officer.
    Proposed,
    /// Approved; in force from its day until the next one is.
    Approved,
    /// Taken back: people decide.
    Withdrawn,
}

impl Stage {
    /// The code in tables and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The stage of a code; an unknown one counts as withdrawn, which decides nothing.
    pub fn from_code(code: &str) -> Self {
        match code {
            "draft" => Self::Draft,
            "proposed" => Self::Proposed,
            "approved" => Self::Approved,
            _ => Self::Withdrawn,
        }
    }
}

/// A version of a service's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its identifier.
    pub id: Uuid,
    /// The service.
    pub service: ServiceId,
    /// Its number, from 1.
    pub number: u32,
    /// How far it has come.
    pub stage: Stage,
    /// The rules as they were written.
    pub text: String,
    /// The version of the product that it is; none when it was written here.
    pub shipped: Option<u32>,
    /// Who wrote it; none of what came with the product.
    pub written_by: Option<AccountId>,
    /// When it was last written.
    pub written_at: Moment,
    /// The unit in whose name it decides, once it was proposed.
    pub unit: Option<UnitId>,
    /// The first day on which it decides.
    pub valid_from: Option<Date>,
    /// Who proposed it.
    pub proposed_by: Option<AccountId>,
    /// When.
    pub proposed_at: Option<Moment>,
    /// The officer who approved it.
    pub approved_by: Option<AccountId>,
    /// When.
    pub approved_at: Option<Moment>,
    /// Who took it back.
    pub withdrawn_by: Option<AccountId>,
    /// When.
    pub withdrawn_at: Option<Moment>,
    /// The day of it where the installation is.
    pub withdrawn_on: Option<Date>,
    /// Why.
    pub reason: String,
}

/// A version that was approved, with its rules read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approved {
    /// The version.
    pub version: Version,
    /// Its rules.
    pub decisions: Decisions,
}

/// The version in force on a day among those that were approved; none when the last of them was
/// withdrawn: then people decide, and no older version comes back by itself.
pub fn in_force<'a>(versions: impl Iterator<Item = &'a Version>, on: Date) -> Option<&'a Version> {
    let begun = versions.filter(|version| {
        let Some(from) = version.valid_from else {
            return false;
        };
        // What was taken back before its first day has never been in force.
        version.approved_at.is_some()
            && from <= on
            && version.withdrawn_on.is_none_or(|day| day >= from)
    });
    begun
        .max_by_key(|version| (version.valid_from, version.number))
        .filter(|version| version.stage == Stage::Approved)
}

/// The fields of an entry: what differs, each with what stood before.
fn told(old: Option<&Version>, new: &Version, code: &str) -> Vec<(&'static str, String)> {
    let said = |version: &Version| -> [String; 5] {
        [
            version.stage.code().to_owned(),
            version.text.clone(),
            version
                .unit
                .map(|unit| unit.to_string())
                .unwrap_or_default(),
            version
                .valid_from
                .map(|day| day.to_string())
                .unwrap_or_default(),
            version.reason.clone(),
        ]
    };
    let names = [
        ("state", "state_before"),
        ("text", "text_before"),
        ("unit", "unit_before"),
        ("valid_from", "valid_from_before"),
        ("reason", "reason_before"),
    ];
    let before = old.map(said).unwrap_or_default();
    let mut fields = vec![
        ("code", code.to_owned()),
        ("version", new.number.to_string()),
        ("version_before", new.number.to_string()),
    ];
    for ((now, then), (old, new)) in names.into_iter().zip(before.into_iter().zip(said(new))) {
        if old != new {
            fields.extend([(now, new), (then, old)]);
        }
    }
    fields
}

fn keep(
    tx: &mut Tx<'_>,
    journal: &Journal,
    action: &'static str,
    code: &str,
    (old, new): (Option<&Version>, &Version),
) -> Result<()> {
    sql::put_rule_version(tx, new)?;
    let fields = told(old, new, code);
    record(tx, journal, action, KIND, new.id, fields, old.is_none())
}

/// Writes a draft: over the draft that there is, or as the next version. `seen` is when the draft
/// that its writer saw was written; none for the first or after an approved one.
pub fn write(
    tx: &mut Tx<'_>,
    journal: &Journal,
    (service, code): (ServiceId, &str),
    text: &str,
    seen: Option<Moment>,
    shipped: Option<u32>,
) -> Result<u32> {
    tx.lock(KIND, service.0)?;
    let newest = sql::rule_versions(tx, service, 1)?.into_iter().next();
    let draft = newest.as_ref().filter(|known| known.stage == Stage::Draft);
    if draft.map(|draft| draft.written_at) != seen && shipped.is_none() {
        return Err(Error::Conflict("catalog-error-overtaken"));
    }
    let now = tx.now();
    let by = tx.actor().account();
    let new = match draft {
        Some(draft) if shipped.is_none() => Version {
            text: text.to_owned(),
            written_by: by,
            written_at: now,
            ..draft.clone()
        },
        _ => Version {
            id: base::id::new_uuid(now),
            service,
            number: newest.as_ref().map_or(1, |newest| newest.number + 1),
            stage: Stage::Draft,
            text: text.to_owned(),
            shipped,
            written_by: by,
            written_at: now,
            unit: None,
            valid_from: None,
            proposed_by: None,
            proposed_at: None,
            approved_by: None,
            approved_at: None,
            withdrawn_by: None,
            withdrawn_at: None,
            withdrawn_on: None,
            reason: String::new(),
        },
    };
    let old = draft.filter(|draft| draft.id == new.id);
    if old.is_some_and(|old| old.text == new.text) {
        return Ok(new.number);
    }
    keep(tx, journal, "decision_rules.written", code, (old, &new))?;
    Ok(new.number)
}

/// Proposes a draft: from its day on it is to decide in the name of a unit.
pub fn propose(
    tx: &mut Tx<'_>,
    journal: &Journal,
    (service, code): (ServiceId, &str),
    number: u32,
    (unit, from): (UnitId, Date),
    by: Option<AccountId>,
) -> Result<()> {
    let old = locked(tx, service, number, Stage::Draft)?;
    let new = Version {
        stage: Stage::Proposed,
        unit: Some(unit),
        valid_from: Some(from),
        proposed_by: by,
        proposed_at: Some(tx.now()),
        ..old.clone()
    };
    keep(
        tx,
        journal,
        "decision_rules.proposed",
        code,
        (Some(&old), &new),
    )
}

/// An officer approves: it decides from its day on, and not before `today`. Whoever wrote or
/// proposed it may not.
pub fn approve(
    tx: &mut Tx<'_>,
    journal: &Journal,
    (service, code): (ServiceId, &str),
    number: u32,
    by: AccountId,
    today: Date,
) -> Result<()> {
    let old = locked(tx, service, number, Stage::Proposed)?;
    if old.written_by == Some(by) || old.proposed_by == Some(by) {
        return Err(Error::Conflict("catalog-rules-error-own"));
    }
    let new = Version {
        stage: Stage::Approved,
        valid_from: Some(old.valid_from.map_or(today, |from| from.max(today))),
        approved_by: Some(by),
        approved_at: Some(tx.now()),
        ..old.clone()
    };
    keep(
        tx,
        journal,
        "decision_rules.approved",
        code,
        (Some(&old), &new),
    )
}

/// Takes a version back, whether it waits or decides: from now on people decide.
pub fn withdraw(
    tx: &mut Tx<'_>,
    journal: &Journal,
    (service, code): (ServiceId, &str),
    number: u32,
    reason: &str,
    today: Date,
) -> Result<()> {
    tx.lock(KIND, service.0)?;
    let old = sql::rule_version(tx, service, number)?.ok_or(Error::NotFound)?;
    if !matches!(old.stage, Stage::Proposed | Stage::Approved) {
        return Err(Error::Conflict("catalog-error-closed"));
    }
    let new = Version {
        stage: Stage::Withdrawn,
        withdrawn_by: tx.actor().account(),
        withdrawn_at: Some(tx.now()),
        withdrawn_on: Some(today),
        reason: reason.to_owned(),
        ..old.clone()
    };
    keep(
        tx,
        journal,
        "decision_rules.withdrawn",
        code,
        (Some(&old), &new),
    )
}

fn locked(tx: &mut Tx<'_>, service: ServiceId, number: u32, stage: Stage) -> Result<Version> {
    tx.lock(KIND, service.0)?;
    let old = sql::rule_version(tx, service, number)?.ok_or(Error::NotFound)?;
    if old.stage == stage {
        Ok(old)
    } else {
        Err(Error::Conflict("catalog-error-closed"))
    }
}

/// Puts what came with the product for a service in force, in the names of two people of the demo.
pub fn found(
    tx: &mut Tx<'_>,
    journal: &Journal,
    code: &str,
    (unit, from): (UnitId, Date),
    (proposes, approves): (AccountId, AccountId),
) -> Result<()> {
    let (service, _) = sql::service_of_code(tx, code)?.ok_or(Error::NotFound)?;
    let newest = sql::rule_versions(tx, service, 1)?.into_iter().next();
    let number = newest.ok_or(Error::NotFound)?.number;
    let of = (service, code);
    propose(tx, journal, of, number, (unit, from), Some(proposes))?;
    approve(tx, journal, of, number, approves, from)
}

/// How a version stands now, within a reading or change.
pub fn version_in(db: &mut Db<'_>, service: ServiceId, number: u32) -> Result<Option<Version>> {
    sql::rule_version(db, service, number)
}
