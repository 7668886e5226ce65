//! How cases of a category are handled: the service that it belongs to, the unit that takes what no
//! rule covers, how urgent it is and which term it has. What a category does not say, the one above
//! it says. Pure.

use std::collections::{BTreeMap, HashMap};

use base::id::{CategoryId, ServiceId, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::categories::{Categories, Category};

/// How urgent a case is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = Priority)]
pub enum Priority {
    /// Can wait within its term.
    Low,
    /// As it comes.
    #[default]
    Usual,
    /// Before others.
    High,
    /// At once.
    Urgent,
}

impl Priority {
    /// Every priority, the lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Usual, Self::High, Self::Urgent];

    /// Its name in the database and in entries.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Usual => "usual",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// Key of its name for people.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Low => "catalog-priority-low",
            Self::Usual => "catalog-priority-usual",
            Self::High => "catalog-priority-high",
            Self::Urgent => "catalog-priority-urgent",
        }
    }

    /// The priority of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// What is said of one category itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Processing {
    /// Whether new cases may take it.
    pub offered: bool,
    /// The service that it belongs to: where a search for it leads.
    pub service: Option<ServiceId>,
    /// The unit that gets its cases when no routing rule does.
    pub unit: Option<UnitId>,
    /// How urgent its cases are.
    pub priority: Option<Priority>,
    /// The term of the answer by regime of the crate `law`: `pos` → `answer_fast`.
    pub terms: BTreeMap<String, String>,
}

impl Default for Processing {
    fn default() -> Self {
        Self {
            offered: true,
            service: None,
            unit: None,
            priority: None,
            terms: BTreeMap::new(),
        }
    }
}

/// What is said of every category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handling(HashMap<CategoryId, Processing>);

impl Handling {
    /// What is said, category by category.
    pub const fn new(own: HashMap<CategoryId, Processing>) -> Self {
        Self(own)
    }

    /// What is said of this category itself.
    pub fn own(&self, id: CategoryId) -> Option<&Processing> {
        self.0.get(&id)
    }

    /// What the category says, or the nearest one above it that says anything.
    fn nearest<'a, T>(
        &'a self,
        tree: &'a Categories,
        id: Option<CategoryId>,
        says: impl Fn(&'a Processing) -> Option<T>,
    ) -> Option<(&'a Category, T)> {
        tree.line(id?)
            .into_iter()
            .find_map(|category| Some((category, says(self.0.get(&category.id)?)?)))
    }

    /// How urgent cases of the category are.
    pub fn priority(&self, tree: &Categories, id: Option<CategoryId>) -> Priority {
        self.nearest(tree, id, |own| own.priority)
            .map_or_else(Priority::default, |(_, priority)| priority)
    }

    /// The service that the category belongs to.
    pub fn service(&self, tree: &Categories, id: CategoryId) -> Option<ServiceId> {
        self.nearest(tree, Some(id), |own| own.service)
            .map(|(_, service)| service)
    }

    /// The unit that the category is bound to, with the category that says so.
    pub fn unit<'a>(
        &'a self,
        tree: &'a Categories,
        id: Option<CategoryId>,
    ) -> Option<(&'a Category, UnitId)> {
        self.nearest(tree, id, |own| own.unit)
    }

    /// The same, passing over units that take no cases any more: what lies above answers then.
    pub fn unit_at_work<'a>(
        &'a self,
        tree: &'a Categories,
        id: Option<CategoryId>,
        units: &people::Units,
    ) -> Option<(&'a Category, UnitId)> {
        let at_work = |id: &UnitId| units.unit(*id).is_some_and(|unit| unit.active);
        self.nearest(tree, id, |own| own.unit.filter(at_work))
    }

    /// The term of the answer that the category has of its own under a regime.
    pub fn term<'a>(
        &'a self,
        tree: &'a Categories,
        id: Option<CategoryId>,
        regime: &str,
    ) -> Option<&'a str> {
        self.nearest(tree, id, |own| own.terms.get(regime))
            .map(|(_, term)| term.as_str())
    }
}

#[cfg(test)]
mod tests {
    use base::Moment;

    use super::*;
    use crate::phrase::Phrase;

    #[test]
    fn what_a_category_does_not_say_is_said_above_it() {
        let category = |parent, code: &str| Category {
            id: CategoryId::new(Moment::from_micros(0)),
            parent,
            code: code.to_owned(),
            name: Phrase::new(code, code),
            active: true,
        };
        let roads = category(None, "roads");
        let snow = category(Some(roads.id), "roads.snow");
        let (above, id) = (roads.id, snow.id);
        let unit = UnitId::new(Moment::from_micros(0));
        let tree = Categories::new(vec![roads, snow]);
        let handling = Handling::new(HashMap::from([
            (
                above,
                Processing {
                    unit: Some(unit),
                    priority: Some(Priority::Low),
                    ..Processing::default()
                },
            ),
            (
                id,
                Processing {
                    priority: Some(Priority::Urgent),
                    terms: BTreeMap::from([("pos".to_owned(), "answer_fast".to_owned())]),
                    ..Processing::default()
                },
            ),
        ]));
        assert_eq!(handling.priority(&tree, Some(id)), Priority::Urgent);
        assert_eq!(handling.priority(&tree, Some(above)), Priority::Low);
        assert_eq!(handling.priority(&tree, None), Priority::Usual);
        assert_eq!(handling.unit(&tree, Some(id)).unwrap().1, unit);
        assert_eq!(handling.term(&tree, Some(id), "pos"), Some("answer_fast"));
        assert_eq!(handling.term(&tree, Some(id), "fz59"), None);
        assert_eq!(handling.service(&tree, id), None);
    }

    #[test]
    fn a_closed_unit_is_passed_over_for_the_one_of_the_subject_above() {
        let place = |active, code: &str| people::Unit {
            id: UnitId::new(Moment::from_micros(0)),
            parent: None,
            kind: people::UnitKind::Agency,
            code: code.to_owned(),
            name_ru: code.to_owned(),
            name_en: code.to_owned(),
            active,
        };
        let (above, below) = (place(true, "roads"), place(false, "lights"));
        let subject = |parent, code: &str| Category {
            id: CategoryId::new(Moment::from_micros(0)),
            parent,
            code: code.to_owned(),
            name: Phrase::new(code, code),
            active: true,
        };
        let roads = subject(None, "roads");
        let lamps = subject(Some(roads.id), "roads.lamps");
        let bound = |unit| Processing {
            unit: Some(unit),
            ..Processing::default()
        };
        let handling = Handling::new(HashMap::from([
            (roads.id, bound(above.id)),
            (lamps.id, bound(below.id)),
        ]));
        let (id, own) = (lamps.id, above.id);
        let tree = Categories::new(vec![roads, lamps]);
        let units = people::Units::new(vec![above, below], Vec::new(), []);
        let found = handling.unit_at_work(&tree, Some(id), &units).unwrap();
        assert_eq!(found.1, own);
        assert_ne!(handling.unit(&tree, Some(id)).unwrap().1, own);
    }
}
