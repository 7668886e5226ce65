//! The catalogue as other slices use it: everything in memory, read again when it has changed.
//!
//! Every change of the catalogue raises a stamp in its own transaction. Whoever asks after this
//! process has committed something, or two seconds after the last look (so that changes of other
//! processes are seen), looks at the stamp; the rows are read again only when it differs.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::id::{CategoryId, ServiceId, TerritoryId};
use base::{Actor, Error, Moment, Result};
use jiff::civil::Date;
use journal::Journal;
use people::Units;
use store::{Db, Store};

use crate::categories::Categories;
use crate::decisions::Decisions;
use crate::editions;
use crate::form::{Answers, FieldKind};
use crate::map::Map;
use crate::model::{Definition, Service};
use crate::officials::Officials;
use crate::phrase::Phrase;
use crate::processing::{Handling, Priority};
use crate::routing::{Asking, Bound, RouteRule, Routed, addressed, route};
use crate::rulings::{self, Approved, in_force};
use crate::settings;
use crate::sql;
use crate::{BUILT_IN, BUILT_IN_RULES};

/// For how many seconds a copy is believed without a look at the stamp while this process changes nothing in
/// the catalogue.
const FRESH: i64 = 2;

/// The most old versions of services that are kept in memory.
const MOST_VERSIONS: usize = 256;

/// What an operator sets.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Code of the unit that takes what no rule covers; the first agency when absent.
    pub default_unit: Option<String>,
}

/// The catalogue; cloning costs a counter.
#[derive(Clone)]
pub struct Catalog(Arc<Inner>);

struct Inner {
    store: Store,
    journal: Journal,
    settings: Settings,
    kept: Mutex<Option<Kept>>,
    versions: Mutex<HashMap<(ServiceId, u32), Arc<Definition>>>,
}

struct Kept {
    contents: Arc<Contents>,
    stamp: i64,
    raised: u64,
    looked: Moment,
}

/// Everything in the catalogue at one moment.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    services: Vec<Arc<Service>>,
    categories: Arc<Categories>,
    handling: Handling,
    officials: Arc<Officials>,
    map: Arc<Map>,
    rules: Vec<RouteRule>,
    approved: HashMap<ServiceId, Vec<Arc<Approved>>>,
    default_unit: Option<String>,
}

impl Contents {
    /// The services that are offered, in the order of the catalogue.
    pub fn services(&self) -> impl Iterator<Item = &Arc<Service>> {
        self.services
            .iter()
            .filter(|service| service.public && self.can_be_filed(&service.definition))
    }

    /// The offered service of a code.
    pub fn service(&self, code: &str) -> Option<&Arc<Service>> {
        self.services()
            .find(|service| service.definition.code == code)
    }

    /// The service of an identifier, whether it is offered or not.
    pub fn service_by_id(&self, id: ServiceId) -> Option<&Arc<Service>> {
        self.services.iter().find(|service| service.id == id)
    }

    /// Whether a form can be filled in: one that asks for an official needs somebody to choose.
    fn can_be_filed(&self, definition: &Definition) -> bool {
        self.officials.offered().next().is_some()
            || definition
                .form
                .fields()
                .all(|field| !matches!(field.kind, FieldKind::Official))
    }

    /// Whether the form of a service takes the subject.
    pub fn takes(&self, definition: &Definition, code: &str) -> bool {
        let Some(field) = definition.subject_field() else {
            return false;
        };
        let form = &definition.form;
        form.field(field)
            .is_some_and(|field| form.takes_subject(field, code, &self.categories))
    }

    /// Every service, those that are not offered too.
    pub fn all_services(&self) -> &[Arc<Service>] {
        &self.services
    }

    /// The service of a code, whether it is offered or not.
    pub fn known_service(&self, code: &str) -> Option<&Arc<Service>> {
        self.services
            .iter()
            .find(|service| service.definition.code == code)
    }

    /// The services whose cases do not stand in the public register.
    pub fn unpublished(&self) -> Vec<ServiceId> {
        self.services
            .iter()
            .filter(|service| !service.definition.publish)
            .map(|service| service.id)
            .collect()
    }

    /// The officials that people can write to.
    pub fn officials(&self) -> &Arc<Officials> {
        &self.officials
    }

    /// The outlines of territories.
    pub fn map(&self) -> &Arc<Map> {
        &self.map
    }

    /// What is said of the handling of each category.
    pub fn handling(&self) -> &Handling {
        &self.handling
    }

    /// How urgent a case of the category is.
    pub fn priority(&self, category: Option<CategoryId>) -> Priority {
        self.handling.priority(&self.categories, category)
    }

    /// The service that a search for the category leads to.
    pub fn service_of(&self, category: CategoryId) -> Option<&Arc<Service>> {
        let id = self.handling.service(&self.categories, category)?;
        self.service_by_id(id).filter(|service| service.public)
    }

    /// The term of an answer under `regime`: the category's own where it has one, else `usual`.
    pub fn answer_term<'a>(
        &'a self,
        category: Option<CategoryId>,
        regime: &str,
        usual: &'a str,
    ) -> &'a str {
        self.handling
            .term(&self.categories, category, regime)
            .unwrap_or(usual)
    }

    /// Who gets what is addressed to an official; none when the answers name none, or their unit
    /// takes no cases any more.
    pub fn addressed(
        &self,
        definition: &Definition,
        answers: &Answers,
        units: &Units,
    ) -> Option<Routed> {
        let code = definition.form.official_in(answers)?;
        addressed(self.officials.open(code)?, units)
    }

    /// The same catalogue under other routing rules: what a trial asks.
    #[must_use]
    pub fn with_rules(&self, mut rules: Vec<RouteRule>) -> Self {
        rules.sort_by_key(|rule| (rule.position, rule.id));
        Self {
            rules,
            ..self.clone()
        }
    }

    /// The rules by which cases of a service that are filed on a day are decided; none where people
    /// decide.
    pub fn decisions_on(&self, service: ServiceId, on: Date) -> Option<&Arc<Approved>> {
        let versions = self.approved.get(&service)?;
        let found = in_force(versions.iter().map(|one| &one.version), on)?;
        versions.iter().find(|one| one.version.id == found.id)
    }

    /// A version of the rules of a service that was ever approved.
    pub fn decisions(&self, service: ServiceId, number: u32) -> Option<&Arc<Approved>> {
        let versions = self.approved.get(&service)?;
        versions.iter().find(|one| one.version.number == number)
    }

    /// The tree of categories.
    pub fn categories(&self) -> &Arc<Categories> {
        &self.categories
    }

    /// The routing rules in order.
    pub fn rules(&self) -> &[RouteRule] {
        &self.rules
    }

    /// Who gets a case. Refused only when the installation has no unit at all.
    pub fn route(
        &self,
        units: &Units,
        service: ServiceId,
        category: Option<CategoryId>,
        territory: Option<TerritoryId>,
    ) -> Result<Routed> {
        let asking = Asking {
            service,
            category,
            territory,
        };
        route(
            &self.rules,
            &self.categories,
            units,
            self.handling
                .unit_at_work(&self.categories, category, units)
                .map(|(category, unit)| Bound { category, unit }),
            self.default_unit.as_deref(),
            asking,
        )
        .ok_or(Error::Conflict("catalog-error-no-unit"))
    }
}

/// Everything that was approved, with its rules read; what cannot be read any more decides nothing.
fn read_approved(db: &mut Db<'_>) -> Result<HashMap<ServiceId, Vec<Arc<Approved>>>> {
    let mut approved: HashMap<ServiceId, Vec<Arc<Approved>>> = HashMap::new();
    for version in sql::approved_rules(db)? {
        if let Ok(decisions) = Decisions::from_toml(&version.text) {
            let known = approved.entry(version.service).or_default();
            known.push(Arc::new(Approved { version, decisions }));
        } else {
            tracing::error!(id = %version.id, "approved rules cannot be read");
        }
    }
    Ok(approved)
}

impl Catalog {
    /// A catalogue over a store whose tables are up to date.
    pub fn new(store: Store, journal: Journal, settings: Settings) -> Self {
        Self(Arc::new(Inner {
            store,
            journal,
            settings,
            kept: Mutex::new(None),
            versions: Mutex::new(HashMap::new()),
        }))
    }

    /// Puts the built-in services in force where they are absent or older; what was changed here is
    /// not overwritten, the newer version waits for an administrator. Answers how many changed.
    pub fn load_services(&self) -> Result<usize> {
        let mut definitions = Vec::with_capacity(BUILT_IN.len());
        for text in BUILT_IN {
            definitions.push(Definition::from_toml(text).map_err(Error::internal)?);
        }
        let newest = self.0.store.read_blocking(sql::newest_shipped)?;
        definitions.retain(|new| {
            newest
                .get(&new.code)
                .is_none_or(|shipped| *shipped < new.version)
        });
        if definitions.is_empty() {
            self.load_rules()?;
            return Ok(0);
        }
        let journal = self.0.journal.clone();
        let loaded = self
            .0
            .store
            .change_blocking(&Actor::system("catalog"), move |tx| {
                for definition in &definitions {
                    editions::ship(tx, &journal, definition)?;
                }
                Ok(definitions.len())
            })?;
        self.load_rules()?;
        Ok(loaded)
    }

    /// Puts the rules that come with the product down as drafts, where they have not come before.
    fn load_rules(&self) -> Result<()> {
        let mut new = Vec::new();
        for (code, version, text) in BUILT_IN_RULES {
            let known = self.0.store.read_blocking(move |db| {
                let Some((service, _)) = sql::service_of_code(db, code)? else {
                    return Ok(None);
                };
                let newest = sql::newest_shipped_rules(db, service)?;
                Ok(newest
                    .is_none_or(|newest| newest < version)
                    .then_some(service))
            })?;
            new.extend(known.map(|service| (service, code, version, text)));
        }
        if new.is_empty() {
            return Ok(());
        }
        let journal = self.0.journal.clone();
        let store = &self.0.store;
        store.change_blocking(&Actor::system("catalog"), move |tx| {
            for (service, code, version, text) in &new {
                rulings::write(tx, &journal, (*service, code), text, None, Some(*version))?;
            }
            Ok(())
        })
    }

    /// The store that it stands in and the journal of its changes.
    pub(crate) fn parts(&self) -> (&Store, &Journal) {
        (&self.0.store, &self.0.journal)
    }

    /// How a subject is called, within a reading or change; none when there is no such subject.
    pub fn category_name(db: &mut store::Db<'_>, id: CategoryId) -> Result<Option<Phrase>> {
        sql::category_name(db, id)
    }

    /// Everything in the catalogue now: with the changes that this process has made, and with those
    /// of others that are older than two seconds.
    pub async fn contents(&self) -> Result<Arc<Contents>> {
        let raised = sql::RAISED.times();
        let now = self.0.store.now();
        let stamp = {
            let kept = self.kept();
            match kept.as_ref() {
                Some(kept)
                    if kept.raised == raised
                        && sql::RAISED.is_settled()
                        && (0..FRESH).contains(&now.seconds_since(kept.looked)) =>
                {
                    return Ok(kept.contents.clone());
                }
                Some(kept) => Some(kept.stamp),
                None => None,
            }
        };
        let default_unit = self.0.settings.default_unit.clone();
        let read = self
            .0
            .store
            .read(move |db| {
                let newest = sql::stamp(db)?;
                if Some(newest) == stamp {
                    return Ok(None);
                }
                let mut services: Vec<Arc<Service>> =
                    sql::services(db)?.into_iter().map(Arc::new).collect();
                services.sort_by_key(|service| {
                    let definition = &service.definition;
                    (definition.kind.section(), definition.position)
                });
                settings::install(&sql::law_settings(db)?);
                let contents = Contents {
                    services,
                    categories: Arc::new(sql::categories(db)?),
                    handling: sql::handling(db)?,
                    officials: Arc::new(sql::officials(db)?),
                    map: Arc::new(sql::map(db)?),
                    rules: sql::rules(db)?,
                    approved: read_approved(db)?,
                    default_unit: default_unit.clone(),
                };
                Ok(Some((newest, contents)))
            })
            .await?;
        let mut kept = self.kept();
        match (read, kept.as_mut()) {
            // A slower reader must not put its older copy in place of a newer one.
            (Some((stamp, _)), Some(kept)) if kept.stamp >= stamp => Ok(kept.contents.clone()),
            (Some((stamp, contents)), _) => {
                let contents = Arc::new(contents);
                *kept = Some(Kept {
                    contents: contents.clone(),
                    stamp,
                    raised,
                    looked: now,
                });
                Ok(contents)
            }
            (None, Some(kept)) => {
                kept.raised = raised;
                kept.looked = now;
                Ok(kept.contents.clone())
            }
            (None, None) => Err(Error::internal(
                "a catalogue that was neither kept nor read",
            )),
        }
    }

    /// The services that are offered.
    pub async fn services(&self) -> Result<Vec<Arc<Service>>> {
        Ok(self.contents().await?.services().cloned().collect())
    }

    /// The offered service of a code.
    pub async fn service(&self, code: &str) -> Result<Arc<Service>> {
        self.contents()
            .await?
            .service(code)
            .cloned()
            .ok_or(Error::NotFound)
    }

    /// The tree of categories.
    pub async fn categories(&self) -> Result<Arc<Categories>> {
        Ok(self.contents().await?.categories().clone())
    }

    /// Who gets a case.
    pub async fn route(
        &self,
        units: &Units,
        service: ServiceId,
        category: Option<CategoryId>,
        territory: Option<TerritoryId>,
    ) -> Result<Routed> {
        self.contents()
            .await?
            .route(units, service, category, territory)
    }

    /// The place of a category among its siblings.
    pub async fn category_position(&self, id: CategoryId) -> Result<u32> {
        let row = self.0.store.read(move |db| sql::category_row(db, id));
        Ok(row.await?.ok_or(Error::NotFound)?.position)
    }

    /// The definition that a case was filed under.
    pub async fn version(&self, service: ServiceId, version: u32) -> Result<Arc<Definition>> {
        if let Some(found) = self.known_version(service, version) {
            return Ok(found);
        }
        let store = &self.0.store;
        let read = store.read(move |db| sql::version(db, service, version));
        Ok(self.remember(service, version, read.await?))
    }

    /// The same for whoever has a row of a case at hand, in the transaction that read it.
    pub fn version_in(
        &self,
        db: &mut Db<'_>,
        service: ServiceId,
        version: u32,
    ) -> Result<Arc<Definition>> {
        if let Some(found) = self.known_version(service, version) {
            return Ok(found);
        }
        let read = sql::version(db, service, version)?;
        Ok(self.remember(service, version, read))
    }

    fn known_version(&self, service: ServiceId, version: u32) -> Option<Arc<Definition>> {
        self.versions().get(&(service, version)).cloned()
    }

    /// A version that a case was filed under never changes.
    fn remember(&self, service: ServiceId, version: u32, read: Definition) -> Arc<Definition> {
        let definition = Arc::new(read);
        let mut versions = self.versions();
        if versions.len() >= MOST_VERSIONS {
            versions.clear();
        }
        versions.insert((service, version), definition.clone());
        definition
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn versions(&self) -> MutexGuard<'_, HashMap<(ServiceId, u32), Arc<Definition>>> {
        self.0
            .versions
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
