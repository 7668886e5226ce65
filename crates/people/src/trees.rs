//! The tree of agencies and units, the tree of territories, and who answers where: [`Units`], the
//! whole of it in memory, as `People::units` gives it. How nodes are made stands in `units`.

use std::collections::HashMap;

use base::Language;
use base::id::{TerritoryId, UnitId};

use crate::units::MOST;

/// Deeper than any real tree; a ring in the data ends here too.
const DEPTH: usize = 64;

/// Whether a node is an authority or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// An authority: ведомство.
    Agency,
    /// A part of one: подразделение.
    Unit,
}

impl UnitKind {
    /// The kind's name in tables.
    pub const fn code(self) -> &'static str {
        match self {
            UnitKind::Agency => "agency",
            UnitKind::Unit => "unit",
        }
    }

    /// The kind of a name.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Agency, Self::Unit]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// An agency or a unit inside one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its identifier.
    pub id: UnitId,
    /// The one above it.
    pub parent: Option<UnitId>,
    /// Authority or part.
    pub kind: UnitKind,
    /// Its short name in commands and addresses.
    pub code: String,
    /// Its name in Russian.
    pub name_ru: String,
    /// Its name in English.
    pub name_en: String,
    /// Whether it still takes cases.
    pub active: bool,
}

impl Unit {
    /// Its name in `language`.
    pub fn name(&self, language: Language) -> &str {
        name_in(language, &self.name_ru, &self.name_en)
    }
}

/// A region, district, municipality or settlement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Territory {
    /// Its identifier.
    pub id: TerritoryId,
    /// The one that it lies in.
    pub parent: Option<TerritoryId>,
    /// Its code of ОКТМО, or the installation's own.
    pub code: String,
    /// Its name in Russian.
    pub name_ru: String,
    /// Its name in English.
    pub name_en: String,
}

impl Territory {
    /// Its name in `language`.
    pub fn name(&self, language: Language) -> &str {
        name_in(language, &self.name_ru, &self.name_en)
    }
}

fn name_in<'a>(language: Language, ru: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Ru => ru,
        Language::En => en,
    }
}

/// Both trees and what joins them, as they stood at one moment.
#[derive(Debug, Default)]
pub struct Units {
    nodes: HashMap<UnitId, Unit>,
    unit_codes: HashMap<String, UnitId>,
    below_unit: HashMap<Option<UnitId>, Vec<UnitId>>,
    territories: HashMap<TerritoryId, Territory>,
    territory_codes: HashMap<String, TerritoryId>,
    below_territory: HashMap<Option<TerritoryId>, Vec<TerritoryId>>,
    territories_of: HashMap<UnitId, Vec<TerritoryId>>,
    answering: HashMap<TerritoryId, Vec<UnitId>>,
}

impl Units {
    /// Builds the trees; siblings stand in order of their Russian names.
    pub fn new(
        mut units: Vec<Unit>,
        mut territories: Vec<Territory>,
        pairs: impl IntoIterator<Item = (UnitId, TerritoryId)>,
    ) -> Self {
        let mut all = Self::default();
        units.sort_by(|a, b| (&a.name_ru, &a.code).cmp(&(&b.name_ru, &b.code)));
        territories.sort_by(|a, b| (&a.name_ru, &a.code).cmp(&(&b.name_ru, &b.code)));
        for unit in units {
            all.unit_codes.insert(unit.code.clone(), unit.id);
            all.below_unit.entry(unit.parent).or_default().push(unit.id);
            all.nodes.insert(unit.id, unit);
        }
        for territory in territories {
            all.territory_codes
                .insert(territory.code.clone(), territory.id);
            all.below_territory
                .entry(territory.parent)
                .or_default()
                .push(territory.id);
            all.territories.insert(territory.id, territory);
        }
        for (unit, territory) in pairs {
            all.territories_of.entry(unit).or_default().push(territory);
            all.answering.entry(territory).or_default().push(unit);
        }
        all
    }

    /// The unit of an identifier.
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.nodes.get(&id)
    }

    /// The unit of a code.
    pub fn by_code(&self, code: &str) -> Option<&Unit> {
        self.unit(*self.unit_codes.get(code)?)
    }

    /// Every unit, those above before those below.
    pub fn all(&self) -> Vec<&Unit> {
        self.roots()
            .flat_map(|root| self.within(root.id))
            .filter_map(|id| self.unit(id))
            .collect()
    }

    /// Units that stand under nobody.
    pub fn roots(&self) -> impl Iterator<Item = &Unit> {
        self.children_of(None)
    }

    /// Units directly below `id`.
    pub fn children(&self, id: UnitId) -> impl Iterator<Item = &Unit> {
        self.children_of(Some(id))
    }

    fn children_of(&self, id: Option<UnitId>) -> impl Iterator<Item = &Unit> {
        self.below_unit
            .get(&id)
            .into_iter()
            .flatten()
            .filter_map(|id| self.nodes.get(id))
    }

    /// From the topmost unit down to `id` itself.
    pub fn path(&self, id: UnitId) -> Vec<&Unit> {
        path(id, |id| self.nodes.get(&id), |unit| unit.parent)
    }

    /// The authority that `id` is a part of; itself when it is one.
    pub fn agency_of(&self, id: UnitId) -> Option<&Unit> {
        let path = self.path(id);
        path.iter()
            .rev()
            .find(|unit| unit.kind == UnitKind::Agency)
            .or(path.first())
            .copied()
    }

    /// `id` and every unit below it.
    pub fn within(&self, id: UnitId) -> Vec<UnitId> {
        let mut found = Vec::new();
        let mut next = if self.nodes.contains_key(&id) {
            vec![(id, 0)]
        } else {
            Vec::new()
        };
        while let Some((id, depth)) = next.pop() {
            found.push(id);
            if depth < DEPTH && found.len() < MOST {
                let below = self.below_unit.get(&Some(id)).into_iter().flatten();
                next.extend(below.rev().map(|id| (*id, depth + 1)));
            }
        }
        found
    }

    /// The territory of an identifier.
    pub fn territory(&self, id: TerritoryId) -> Option<&Territory> {
        self.territories.get(&id)
    }

    /// The territory of a code.
    pub fn territory_by_code(&self, code: &str) -> Option<&Territory> {
        self.territory(*self.territory_codes.get(code)?)
    }

    /// Territories that lie in no other.
    pub fn territory_roots(&self) -> impl Iterator<Item = &Territory> {
        self.territory_children_of(None)
    }

    /// Territories directly inside `id`.
    pub fn territory_children(&self, id: TerritoryId) -> impl Iterator<Item = &Territory> {
        self.territory_children_of(Some(id))
    }

    fn territory_children_of(&self, id: Option<TerritoryId>) -> impl Iterator<Item = &Territory> {
        self.below_territory
            .get(&id)
            .into_iter()
            .flatten()
            .filter_map(|id| self.territories.get(id))
    }

    /// Every territory with its depth, each after the one that it lies in.
    pub fn territories_in_order(&self) -> Vec<(usize, &Territory)> {
        let mut found = Vec::new();
        let mut next: Vec<(usize, &Territory)> =
            self.territory_roots().map(|root| (0, root)).collect();
        next.reverse();
        while let Some((depth, place)) = next.pop() {
            found.push((depth, place));
            if depth < 32 && found.len() < crate::units::MOST {
                let at = next.len();
                let inside = self.territory_children(place.id);
                next.extend(inside.map(|inside| (depth + 1, inside)));
                next[at..].reverse();
            }
        }
        found
    }

    /// From the widest territory down to `id` itself.
    pub fn territory_path(&self, id: TerritoryId) -> Vec<&Territory> {
        path(id, |id| self.territories.get(&id), |place| place.parent)
    }

    /// The territories given to a unit (those inside them are meant too).
    pub fn territories_of(&self, unit: UnitId) -> &[TerritoryId] {
        self.territories_of.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// Whether `unit` answers for `territory`: it was given that one or one around it.
    pub fn covers(&self, unit: UnitId, territory: TerritoryId) -> bool {
        let given = self.territories_of(unit);
        self.territory_path(territory)
            .iter()
            .any(|around| given.contains(&around.id))
    }

    /// The units that answer for `territory`, those of the nearest territory around it first.
    pub fn responsible_for(&self, territory: TerritoryId) -> Vec<UnitId> {
        self.territory_path(territory)
            .iter()
            .rev()
            .filter_map(|around| self.answering.get(&around.id))
            .flatten()
            .copied()
            .collect()
    }

    /// Every unit's identifier, in no order.
    pub fn ids(&self) -> impl Iterator<Item = UnitId> {
        self.nodes.keys().copied()
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no unit yet.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

fn path<'a, Id, Node: 'a>(
    id: Id,
    node: impl Fn(Id) -> Option<&'a Node>,
    parent: impl Fn(&Node) -> Option<Id>,
) -> Vec<&'a Node> {
    let mut up = Vec::new();
    let mut next = Some(id);
    while let Some(found) = next.take().and_then(&node) {
        up.push(found);
        if up.len() < DEPTH {
            next = parent(found);
        }
    }
    up.reverse();
    up
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(n: u128) -> UnitId {
        UnitId(Uuid::from_u128(n))
    }

    fn place(n: u128) -> TerritoryId {
        TerritoryId(Uuid::from_u128(n))
    }

    fn unit(n: u128, parent: Option<u128>, kind: UnitKind) -> Unit {
        Unit {
            id: id(n),
            parent: parent.map(id),
            kind,
            code: format!("u{n}"),
            name_ru: format!("Отдел {n}"),
            name_en: format!("Unit {n}"),
            active: true,
        }
    }

    fn territory(n: u128, parent: Option<u128>) -> Territory {
        Territory {
            id: place(n),
            parent: parent.map(place),
            code: format!("t{n}"),
            name_ru: format!("Район {n}"),
            name_en: format!("District {n}"),
        }
    }

    /// 1 (agency) → 2 (agency) → 3, 4; 5 stands alone. Places 10 → 11 → 12, and 20.
    fn region() -> Units {
        Units::new(
            vec![
                unit(4, Some(2), UnitKind::Unit),
                unit(1, None, UnitKind::Agency),
                unit(2, Some(1), UnitKind::Agency),
                unit(3, Some(2), UnitKind::Unit),
                unit(5, None, UnitKind::Agency),
            ],
            vec![
                territory(10, None),
                territory(11, Some(10)),
                territory(12, Some(11)),
                territory(20, None),
            ],
            [(id(1), place(10)), (id(3), place(12)), (id(5), place(20))],
        )
    }

    #[test]
    fn a_unit_reaches_everything_below_it() {
        let units = region();
        assert_eq!(units.within(id(1)), [id(1), id(2), id(3), id(4)]);
        assert_eq!(units.within(id(3)), [id(3)]);
        assert_eq!(units.within(id(99)), []);
        assert_eq!(units.all().len(), 5);
    }

    #[test]
    fn the_way_up_leads_to_the_authority() {
        let units = region();
        let codes: Vec<&str> = units.path(id(4)).iter().map(|u| u.code.as_str()).collect();
        assert_eq!(codes, ["u1", "u2", "u4"]);
        assert_eq!(units.agency_of(id(4)).unwrap().code, "u2");
        assert_eq!(units.by_code("u5").unwrap().name(Language::En), "Unit 5");
    }

    #[test]
    fn a_territory_is_covered_by_those_around_it() {
        let units = region();
        assert!(units.covers(id(1), place(12)));
        assert!(units.covers(id(3), place(12)));
        assert!(!units.covers(id(3), place(11)));
        assert!(!units.covers(id(5), place(12)));
        assert_eq!(units.responsible_for(place(12)), [id(3), id(1)]);
    }

    #[test]
    fn a_ring_in_the_data_ends() {
        let units = Units::new(
            vec![
                unit(1, Some(2), UnitKind::Agency),
                unit(2, Some(1), UnitKind::Agency),
            ],
            Vec::new(),
            [],
        );
        assert!(units.path(id(1)).len() <= DEPTH);
        assert!(units.within(id(1)).len() <= MOST);
    }
}
