//! Categories, units and territories of the other system, made as the rows name them. Their codes
//! come from their names, so that every run and every process finds the same ones again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use base::id::{CategoryId, TerritoryId, UnitId};
use base::{Error, Result};
use catalog::changes::{self, NewCategory};
use catalog::phrase::Phrase;
use journal::Journal;
use people::{NewTerritory, NewUnit, UnitKind, units};
use sha2::{Digest, Sha256};
use store::{Db, Tx};
use uuid::Uuid;

use super::history::Event;
use super::row::Appeal;
use crate::filing::hex;

/// What the codes of everything that was carried over begin with.
const PREFIX: &str = "carried";

/// The agency over all carried-over units.
const ROOT: &str = include_str!("root.csv");

/// Among categories with places of their own, carried-over ones come last.
const POSITION: u32 = 10_000;

/// So many are made in one change.
pub(super) const AT_ONCE: usize = 10;

/// Something of the other system that has to be here before the cases are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Node {
    kind: Kind,
    pub(crate) code: String,
    parent: Option<String>,
    name_ru: String,
    name_en: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Category,
    Agency,
    Unit,
    Territory,
}

impl Kind {
    /// Units and agencies share their codes.
    const fn label(self) -> &'static str {
        match self {
            Kind::Category => "category",
            Kind::Agency | Kind::Unit => "unit",
            Kind::Territory => "territory",
        }
    }
}

/// Where an appeal belongs, once all of it is made.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) category: Option<(CategoryId, String)>,
    pub(super) unit: (UnitId, String),
    pub(super) unit_name: [String; 2],
    pub(super) territory: Option<(TerritoryId, String)>,
}

/// What was found or made so far.
pub(super) struct Nodes {
    root: Node,
    known: HashMap<String, Uuid>,
}

impl Nodes {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        let [name_ru, name_en] = root_names();
        let root = Node {
            kind: Kind::Agency,
            code: format!("{PREFIX}-unit-root"),
            parent: None,
            name_ru,
            name_en,
        };
        Self {
            root,
            known: HashMap::new(),
        }
    }

    /// What `appeals` and their events name and nobody has seen yet, those above before those
    /// below.
    pub(super) fn missing<'a>(
        &self,
        appeals: impl Iterator<Item = (&'a Appeal, &'a [Event])>,
    ) -> Vec<Node> {
        let mut seen = HashSet::new();
        let all = std::iter::once(self.root.clone()).chain(appeals.flat_map(|(appeal, events)| {
            let executors = events
                .iter()
                .flat_map(Event::executors)
                .flat_map(|name| self.executor(name));
            let own = self.of(appeal).into_iter().flatten();
            own.chain(executors).collect::<Vec<_>>()
        }));
        all.filter(|node| !self.known.contains_key(&node.code) && seen.insert(node.code.clone()))
            .collect()
    }

    /// Remembers what [`make`] made.
    pub(super) fn remember(&mut self, nodes: &[Node], ids: &[Uuid]) {
        let made = nodes
            .iter()
            .zip(ids)
            .map(|(node, id)| (node.code.clone(), *id));
        self.known.extend(made);
    }

    /// Where an appeal belongs; everything that it names is made already.
    pub(super) fn place(&self, appeal: &Appeal) -> Result<Place> {
        let [categories, units, territories] = self.of(appeal);
        let found = |nodes: &[Node]| -> Result<Option<(Uuid, String)>> {
            let Some(node) = nodes.last() else {
                return Ok(None);
            };
            let id = self.known.get(&node.code).copied().ok_or(Error::NotFound)?;
            Ok(Some((id, node.code.clone())))
        };
        let unit = units.last().unwrap_or(&self.root);
        let unit_id = self.known.get(&unit.code).copied().ok_or(Error::NotFound)?;
        Ok(Place {
            category: found(&categories)?.map(|(id, code)| (CategoryId(id), code)),
            unit: (UnitId(unit_id), unit.code.clone()),
            unit_name: [unit.name_ru.clone(), unit.name_en.clone()],
            territory: found(&territories)?.map(|(id, code)| (TerritoryId(id), code)),
        })
    }

    /// The unit of an executor by its name, once it is made.
    pub(super) fn unit_of(&self, executor: &str) -> Option<(Uuid, Node)> {
        let node = self.executor(executor).pop()?;
        let id = self.known.get(&node.code).copied()?;
        Some((id, node))
    }

    fn executor(&self, name: &str) -> Vec<Node> {
        line(Kind::Unit, Some(&self.root.code), &[name])
    }

    /// Categories, units and territories of an appeal, each from the top down.
    fn of(&self, appeal: &Appeal) -> [Vec<Node>; 3] {
        [
            line(Kind::Category, None, &[&appeal.category, &appeal.reason]),
            self.executor(&appeal.executor),
            line(
                Kind::Territory,
                None,
                &[&appeal.district, &appeal.municipality],
            ),
        ]
    }
}

/// Nodes of a path of names, leaving out those without one.
fn line(kind: Kind, under: Option<&str>, names: &[&str]) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut path = vec![kind.label()];
    for name in names.iter().filter(|name| !name.is_empty()) {
        path.push(name);
        let digest = hex(&Sha256::digest(path.join("\u{1f}").as_bytes()));
        let code = format!("{PREFIX}-{}-{}", kind.label(), &digest[..12]);
        let parent = nodes
            .last()
            .map(|node| node.code.clone())
            .or(under.map(str::to_owned));
        nodes.push(Node {
            kind,
            code,
            parent,
            name_ru: (*name).to_owned(),
            // The other system has no English names; the Russian one is better than none.
            name_en: (*name).to_owned(),
        });
    }
    nodes
}

/// The nodes by which something that has only a name is known: a unit under the agency of carried-over
/// units, a subject or a territory of its own. None for other kinds and for no name.
pub(crate) fn named(kind: &str, name: &str) -> Option<Vec<Node>> {
    let name = base::text::clean_line(name);
    let root = Nodes::new().root;
    let nodes = match kind {
        "unit" => {
            let mut nodes = line(Kind::Unit, Some(&root.code), &[&name]);
            nodes.insert(0, root);
            nodes
        }
        "category" => line(Kind::Category, None, &[&name]),
        "territory" => line(Kind::Territory, None, &[&name]),
        _ => return None,
    };
    (!name.is_empty()).then_some(nodes)
}

/// Finds or makes every node, in order; each that is made has its own entry. Answers their
/// identifiers and what was made.
pub(crate) fn make(
    tx: &mut Tx<'_>,
    journal: &Journal,
    nodes: &Arc<Vec<Node>>,
) -> Result<(Vec<Uuid>, Made)> {
    let mut ids = Vec::with_capacity(nodes.len());
    let mut made = Made::default();
    for node in nodes.iter() {
        let id = if let Some(id) = find(tx, node.kind, &node.code)? {
            id
        } else {
            made.count(node);
            insert(tx, journal, node)?
        };
        ids.push(id);
    }
    Ok((ids, made))
}

/// What [`make`] would do: identifiers of those that are there and new ones for the others.
pub(crate) fn would_make(db: &mut Db<'_>, nodes: &[Node]) -> Result<(Vec<Uuid>, Made)> {
    let mut ids = Vec::with_capacity(nodes.len());
    let mut made = Made::default();
    for node in nodes {
        let known = find(db, node.kind, &node.code)?;
        if known.is_none() {
            made.count(node);
        }
        ids.push(known.unwrap_or_else(Uuid::nil));
    }
    Ok((ids, made))
}

/// How many were made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Made {
    pub(crate) units: u64,
    pub(crate) categories: u64,
    pub(crate) territories: u64,
}

impl Made {
    fn count(&mut self, node: &Node) {
        match node.kind {
            Kind::Category => self.categories += 1,
            Kind::Agency | Kind::Unit => self.units += 1,
            Kind::Territory => self.territories += 1,
        }
    }
}

fn find(tx: &mut Db<'_>, kind: Kind, code: &str) -> Result<Option<Uuid>> {
    Ok(match kind {
        Kind::Category => changes::find_category(tx, code)?.map(|id| id.0),
        Kind::Agency | Kind::Unit => units::find(tx, code)?.map(|id| id.0),
        Kind::Territory => units::find_territory(tx, code)?.map(|id| id.0),
    })
}

fn insert(tx: &mut Tx<'_>, journal: &Journal, node: &Node) -> Result<Uuid> {
    let parent = match &node.parent {
        Some(code) => Some(find(tx, node.kind, code)?.ok_or(Error::NotFound)?),
        None => None,
    };
    let (code, name_ru, name_en) = (
        node.code.clone(),
        node.name_ru.clone(),
        node.name_en.clone(),
    );
    Ok(match node.kind {
        Kind::Category => {
            let new = NewCategory {
                parent: parent.map(CategoryId),
                code,
                position: POSITION,
                name: Phrase::new(name_ru, name_en),
            };
            catalog::amendments::carry_category(tx, journal, &new)?.0
        }
        Kind::Agency | Kind::Unit => {
            let new = NewUnit {
                parent: parent.map(UnitId),
                kind: if node.kind == Kind::Agency {
                    UnitKind::Agency
                } else {
                    UnitKind::Unit
                },
                code,
                name_ru,
                name_en,
                territories: Vec::new(),
            };
            units::insert(tx, journal, &new)?.0
        }
        Kind::Territory => {
            let new = NewTerritory {
                parent: parent.map(TerritoryId),
                code,
                name_ru,
                name_en,
            };
            units::insert_territory(tx, journal, &new)?.0
        }
    })
}

/// The name of the agency over carried-over units, in Russian and English.
fn root_names() -> [String; 2] {
    let names = ROOT.lines().nth(1).and_then(|line| line.split_once(','));
    names.map_or_else(Default::default, |(ru, en)| [ru.to_owned(), en.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_has_a_name_in_each_language() {
        let [ru, en] = root_names();
        assert!(ru.starts_with("Перенес") && en.starts_with("Carried"));
    }

    #[test]
    fn codes_stay_the_same_and_tell_paths_apart() {
        let codes = |kind, names: &[&str]| -> Vec<String> {
            line(kind, None, names)
                .into_iter()
                .map(|node| node.code)
                .collect()
        };
        let first = codes(Kind::Category, &["Дома", "Прочее"]);
        assert_eq!(first, codes(Kind::Category, &["Дома", "Прочее"]));
        assert!(first.iter().all(|code| catalog::model::is_code(code)));
        let second = codes(Kind::Category, &["Дворы", "Прочее"]);
        assert_ne!(first[1], second[1]);
        assert_ne!(first[0], codes(Kind::Territory, &["Дома"])[0]);
        assert_eq!(codes(Kind::Category, &["", ""]), Vec::<String>::new());
    }
}
