//! Terms of the law: who uses one, and a new version of one that the law leaves to the installation
//! (of the others, the agency's own aim within them).

use base::{Actor, Error, Language, Result};
use jiff::civil::Date;
use law::{Law, Rule, Source, Unit};

use super::{Administration, permit};
use crate::amendments::put_setting;
use crate::catalog::Contents;
use crate::settings::Setting;

/// A term as an administrator wants it to be from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermWish {
    /// The first day on which a term may start under it.
    pub valid_from: Date,
    /// How many days; as it was without one.
    pub length: Option<u32>,
    /// Which days; as it was without one.
    pub unit: Option<Unit>,
    /// Why, for whoever asks later.
    pub reason: String,
    /// The agency's own aim, in the same days.
    pub target: Option<u32>,
}

/// The rule that an address names (`fz59.answer`), in its newest version.
fn named(id: &str) -> Result<&'static Rule> {
    let (regime, term) = id.split_once('.').ok_or(Error::NotFound)?;
    let newest = Law::current().versions(regime, term).last();
    newest.ok_or(Error::NotFound)
}

impl Administration {
    /// The rule of a name, in its newest version.
    pub fn rule(&self, actor: &Actor, id: &str) -> Result<&'static Rule> {
        permit(actor)?;
        named(id)
    }

    /// Every rule in the version that holds on a day.
    pub async fn rules(&self, actor: &Actor, today: Date) -> Result<Vec<&'static Rule>> {
        // Reading the catalogue puts the installation's own versions in force.
        self.contents(actor).await?;
        let in_force = |rule: &&Rule| {
            let now = Law::current().rule(&rule.regime, &rule.term, today);
            now.is_some_and(|now| now.version == rule.version)
        };
        Ok(Law::current().rules().filter(in_force).collect())
    }

    /// The versions of a rule, the newest first, each with why it was set here.
    pub async fn versions_of(
        &self,
        actor: &Actor,
        rule: &Rule,
    ) -> Result<Vec<(&'static Rule, Option<String>)>> {
        permit(actor)?;
        let (store, _) = self.catalog.parts();
        let settings = store.read(crate::sql::law_settings).await?;
        let mut versions: Vec<&'static Rule> =
            Law::current().versions(&rule.regime, &rule.term).collect();
        versions.reverse();
        let own = |rule: &Rule| {
            let found = settings.iter().find(|own| {
                own.regime == rule.regime && own.term == rule.term && own.version == rule.version
            });
            found.map(|own| own.reason.clone())
        };
        Ok(versions.into_iter().map(|rule| (rule, own(rule))).collect())
    }

    /// Sets a term from a day on. Of a term of the law only the aim is taken, its length stays.
    pub async fn set_term(
        &self,
        actor: &Actor,
        id: &str,
        wish: &TermWish,
        today: Date,
    ) -> Result<u32> {
        permit(actor)?;
        let rule = named(id)?;
        let aim_alone = rule.source == Source::Confirmed && wish.target.is_some();
        let setting = Setting {
            regime: rule.regime.clone(),
            term: rule.term.clone(),
            version: rule.version + 1,
            valid_from: wish.valid_from,
            length: wish
                .length
                .filter(|_| !aim_alone)
                .unwrap_or(rule.limit.length),
            unit: wish.unit.filter(|_| !aim_alone).unwrap_or(rule.limit.unit),
            reason: wish.reason.clone(),
            target: wish.target,
        };
        self.change(actor, move |tx, journal| {
            put_setting(tx, journal, &setting, today)
        })
        .await
    }
}

/// Who uses a rule: services by their own terms, subjects by theirs.
pub fn users(contents: &Contents, rule: &Rule, language: Language) -> Vec<String> {
    let (regime, term) = (rule.regime.as_str(), rule.term.as_str());
    let services = contents.all_services().iter().filter(|service| {
        let definition = &service.definition;
        let own = definition.terms.keys();
        (definition.regime == regime && term == "registration")
            || own
                .filter_map(|limited| definition.rule_of(limited))
                .any(|rule| rule == (regime, term))
    });
    let services = services.map(|service| service.definition.name(language).to_owned());
    let handling = contents.handling();
    let subjects = contents.categories().all().iter().filter(|category| {
        handling
            .own(category.id)
            .is_some_and(|own| own.terms.get(regime).is_some_and(|name| name == term))
    });
    services
        .chain(subjects.map(|category| category.name.text(language).to_owned()))
        .collect()
}
