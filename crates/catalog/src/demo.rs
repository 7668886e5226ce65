//! The demo region as data: territories, agencies, categories, routing and people to sign in as.
//! Only read and checked here; the binary puts it in through the slices that own it, and makes the
//! passwords.

use std::collections::{BTreeMap, BTreeSet};

use base::Role;
use base::id::{ServiceId, UnitId};
use people::UnitKind;
use serde::Deserialize;

use crate::map::Outline;
use crate::model::is_code;
use crate::phrase::Phrase;
use crate::processing::{Priority, Processing};

/// The invented region of the demo.
const FILE: &str = include_str!("../demo/demo.toml");

/// What a bare start begins with: one unit, one territory, one subject, so that an appeal can be
/// filed before anything is set up.
const BARE: &str = include_str!("../demo/bare.toml");

/// The version of the format.
const FORMAT: u32 = 1;

/// The whole region; parents stand before what hangs on them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demo {
    /// Version of the format.
    pub format: u32,
    /// Who runs the installation.
    pub operator: Phrase,
    /// Code of the unit that takes what no rule covers.
    pub default_unit: String,
    /// The territories.
    #[serde(rename = "territory")]
    pub territories: Vec<DemoTerritory>,
    /// The agencies and their units.
    #[serde(rename = "unit")]
    pub units: Vec<DemoUnit>,
    /// The sections of categories.
    #[serde(rename = "category")]
    pub categories: Vec<DemoCategory>,
    /// The officials that people can write to.
    #[serde(rename = "official", default)]
    pub officials: Vec<DemoOfficial>,
    /// The outlines of territories.
    #[serde(rename = "outline", default)]
    pub outlines: Vec<DemoOutline>,
    /// The routing rules in order.
    #[serde(rename = "rule", default)]
    pub rules: Vec<DemoRule>,
    /// The rules that came with the product and are in force in the demo.
    #[serde(rename = "decision", default)]
    pub decisions: Vec<DemoDecision>,
    /// Who can sign in.
    #[serde(rename = "user", default)]
    pub users: Vec<DemoUser>,
}

/// A territory of the demo.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoTerritory {
    /// Its code.
    pub code: String,
    /// Code of the territory around it.
    pub inside: Option<String>,
    /// Its name.
    pub name: Phrase,
}

/// An agency or unit of the demo.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoUnit {
    /// Its code.
    pub code: String,
    /// Code of the unit above it.
    pub above: Option<String>,
    /// Agency or unit.
    pub kind: DemoUnitKind,
    /// Its name.
    pub name: Phrase,
    /// Codes of the territories it answers for.
    pub territories: Vec<String>,
}

/// Agency or unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoUnitKind {
    /// Ведомство.
    Agency,
    /// Подразделение.
    Unit,
}

impl From<DemoUnitKind> for UnitKind {
    fn from(kind: DemoUnitKind) -> Self {
        match kind {
            DemoUnitKind::Agency => Self::Agency,
            DemoUnitKind::Unit => Self::Unit,
        }
    }
}

/// A category of the demo.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoCategory {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Phrase,
    /// Code of the service that it belongs to.
    pub service: Option<String>,
    /// Code of the unit that gets its cases when no rule does.
    pub unit: Option<String>,
    /// How urgent its cases are.
    pub priority: Option<Priority>,
    /// The term of the answer by regime.
    #[serde(default)]
    pub terms: BTreeMap<String, String>,
    /// The categories below it.
    #[serde(default)]
    pub below: Vec<DemoCategory>,
}

impl DemoCategory {
    /// What it says of the handling of its cases, given the services and units by their codes;
    /// none when it says nothing.
    pub fn processing(
        &self,
        service: impl Fn(&str) -> Option<ServiceId>,
        unit: impl Fn(&str) -> Option<UnitId>,
    ) -> Option<Processing> {
        let own = Processing {
            offered: true,
            service: self.service.as_deref().and_then(service),
            unit: self.unit.as_deref().and_then(unit),
            priority: self.priority,
            terms: self.terms.clone(),
        };
        (own != Processing::default()).then_some(own)
    }
}

/// The outline of a territory of the demo.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoOutline {
    /// Code of the territory.
    pub territory: String,
    /// Its rings of longitude and latitude.
    pub rings: Outline,
}

/// An official of the demo.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoOfficial {
    /// Their code.
    pub code: String,
    /// Code of the unit that works for them.
    pub unit: String,
    /// The post.
    pub post: Phrase,
    /// Who holds it.
    pub holder: Phrase,
}

/// A routing rule of the demo; an absent part means any.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoRule {
    /// Code of the category.
    pub category: Option<String>,
    /// Code of the territory.
    pub territory: Option<String>,
    /// Code of the service.
    pub service: Option<String>,
    /// Code of the unit.
    pub unit: String,
    /// Why.
    pub reason: Phrase,
}

/// Decision rules of the demo: in whose name, and between whom.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoDecision {
    /// Code of the service.
    pub service: String,
    /// Code of the unit.
    pub unit: String,
    /// E-mail of the administrator who proposes.
    pub proposed_by: String,
    /// E-mail of the head who approves.
    pub approved_by: String,
}

/// Somebody to sign in as.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoUser {
    /// E-mail.
    pub email: String,
    /// Role.
    pub role: Role,
    /// Code of the unit; none for an applicant and for the administrator of everything.
    pub unit: Option<String>,
    /// Фамилия.
    pub last_name: String,
    /// Имя.
    pub first_name: String,
    /// Отчество.
    pub middle_name: Option<String>,
}

/// Why the demo cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Not TOML, or not of the shape of a demo.
    #[error("the demo cannot be read: {0}")]
    Toml(#[from] Box<toml::de::Error>),
    /// Another format.
    #[error("format {0} is not known")]
    Format(u32),
    /// A code that is none.
    #[error("`{0}` is not a code")]
    Code(String),
    /// Something stands twice.
    #[error("`{0}` stands twice")]
    Twice(String),
    /// Something is named that does not stand before.
    #[error("`{0}` is named before it is told of")]
    Unknown(String),
    /// An outline that cannot be drawn.
    #[error("the outline of `{0}` cannot be drawn")]
    Outline(String),
    /// A text is missing in one of the languages.
    #[error("`{0}` lacks a text in one of the languages")]
    Words(String),
}

impl Demo {
    /// The region that comes with the product.
    pub fn built_in() -> Result<Self, DemoError> {
        Self::read(FILE)
    }

    /// What a bare start begins with.
    pub fn bare() -> Result<Self, DemoError> {
        Self::read(BARE)
    }

    /// Reads and checks a region.
    pub fn read(text: &str) -> Result<Self, DemoError> {
        let demo: Self = toml::from_str(text).map_err(Box::new)?;
        if demo.format != FORMAT {
            return Err(DemoError::Format(demo.format));
        }
        let mut territories = Codes::default();
        for territory in &demo.territories {
            territories.know_all(territory.inside.as_ref())?;
            territories.add(&territory.code, &territory.name)?;
        }
        let mut units = Codes::default();
        for unit in &demo.units {
            units.know_all(unit.above.as_ref())?;
            territories.know_all(&unit.territories)?;
            units.add(&unit.code, &unit.name)?;
        }
        let mut categories = Codes::default();
        let mut level: Vec<&DemoCategory> = demo.categories.iter().collect();
        while !level.is_empty() {
            for category in &level {
                categories.add(&category.code, &category.name)?;
                units.know_all(category.unit.as_ref())?;
            }
            level = level
                .into_iter()
                .flat_map(|category| &category.below)
                .collect();
        }
        for outline in &demo.outlines {
            territories.know_all([&outline.territory])?;
            if !outline.rings.is_sound() {
                return Err(DemoError::Outline(outline.territory.clone()));
            }
        }
        let mut officials = Codes::default();
        for official in &demo.officials {
            units.know_all([&official.unit])?;
            officials.add(&official.code, &official.post)?;
        }
        for rule in &demo.rules {
            categories.know_all(rule.category.as_ref())?;
            territories.know_all(rule.territory.as_ref())?;
            units.know_all([&rule.unit])?;
            if !rule.reason.is_complete() {
                return Err(DemoError::Words(rule.unit.clone()));
            }
        }
        let mut emails = BTreeSet::new();
        for user in &demo.users {
            units.know_all(user.unit.as_ref())?;
            if !emails.insert(&user.email) {
                return Err(DemoError::Twice(user.email.clone()));
            }
        }
        for decision in &demo.decisions {
            units.know_all([&decision.unit])?;
            for email in [&decision.proposed_by, &decision.approved_by] {
                if !emails.contains(email) {
                    return Err(DemoError::Unknown(email.clone()));
                }
            }
        }
        units.know_all([&demo.default_unit])?;
        Ok(demo)
    }
}

#[derive(Default)]
struct Codes(BTreeSet<String>);

impl Codes {
    fn add(&mut self, code: &str, name: &Phrase) -> Result<(), DemoError> {
        if !is_code(code) {
            return Err(DemoError::Code(code.to_owned()));
        }
        if !name.is_complete() {
            return Err(DemoError::Words(code.to_owned()));
        }
        if !self.0.insert(code.to_owned()) {
            return Err(DemoError::Twice(code.to_owned()));
        }
        Ok(())
    }

    fn know_all<'a>(&self, codes: impl IntoIterator<Item = &'a String>) -> Result<(), DemoError> {
        match codes.into_iter().find(|code| !self.0.contains(*code)) {
            Some(code) => Err(DemoError::Unknown(code.clone())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_region_is_sound_and_sends_every_subject_somewhere() {
        let demo = Demo::built_in().unwrap();
        assert!(
            demo.categories
                .iter()
                .all(|section| !section.below.is_empty())
        );
        for section in &demo.categories {
            let covered = demo.rules.iter().any(|rule| {
                rule.territory.is_none()
                    && rule
                        .category
                        .as_ref()
                        .map_or(section.code == "other", |code| *code == section.code)
            });
            assert!(covered, "{} has no unit of its own", section.code);
        }
    }

    #[test]
    fn a_bare_start_has_a_unit_and_a_subject_and_nobody_to_sign_in_as() {
        let bare = Demo::bare().unwrap();
        assert_eq!((bare.units.len(), bare.territories.len()), (1, 1));
        assert!(!bare.categories.is_empty() && bare.users.is_empty());
    }

    #[test]
    fn every_unit_that_gets_cases_has_a_specialist_and_a_head_above() {
        let demo = Demo::built_in().unwrap();
        for rule in &demo.rules {
            let works = |role: Role, unit: &str| {
                demo.users
                    .iter()
                    .any(|user| user.role == role && user.unit.as_deref() == Some(unit))
            };
            assert!(
                works(Role::Specialist, &rule.unit),
                "{} has nobody",
                rule.unit
            );
            let mut unit = Some(rule.unit.as_str());
            let mut headed = false;
            while let Some(code) = unit {
                headed |= works(Role::Head, code);
                unit = demo
                    .units
                    .iter()
                    .find(|u| u.code == code)
                    .and_then(|u| u.above.as_deref());
            }
            assert!(headed, "{} has no head", rule.unit);
        }
    }

    #[test]
    fn a_name_that_nobody_told_of_is_refused() {
        let broken = FILE.replacen("inside = \"region\"", "inside = \"nowhere\"", 1);
        assert!(matches!(Demo::read(&broken), Err(DemoError::Unknown(code)) if code == "nowhere"));
        let twice = FILE.replacen("code = \"severny\"", "code = \"ozernoye\"", 1);
        assert!(matches!(Demo::read(&twice), Err(DemoError::Twice(_))));
    }
}
