//! The tree of subjects in memory: what a form offers, what a rule looks at, what a list is
//! filtered by. Bounded: a catalogue larger than [`MOST`] is refused when it is read.

use std::collections::HashMap;

use base::Language;
use base::id::CategoryId;

use crate::phrase::Phrase;

/// The most categories that a catalogue holds.
pub const MOST: usize = 20_000;

/// How deep the tree may be; also what ends a walk if rows should ever form a ring.
const DEEPEST: usize = 16;

/// One subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Identifier.
    pub id: CategoryId,
    /// The category above; none for a root.
    pub parent: Option<CategoryId>,
    /// Stable code, as the API and the rules know it.
    pub code: String,
    /// Name.
    pub name: Phrase,
    /// Whether new cases may take it.
    pub active: bool,
}

/// The whole tree.
#[derive(Clone, Debug, Default)]
pub struct Categories {
    all: Vec<Category>,
    by_id: HashMap<CategoryId, usize>,
    by_code: HashMap<String, usize>,
    children: HashMap<Option<CategoryId>, Vec<usize>>,
}

impl Categories {
    /// The tree of these rows; siblings keep the order of the rows.
    pub fn new(all: Vec<Category>) -> Self {
        let mut tree = Self {
            by_id: all.iter().enumerate().map(|(at, c)| (c.id, at)).collect(),
            by_code: all
                .iter()
                .enumerate()
                .map(|(at, c)| (c.code.clone(), at))
                .collect(),
            children: HashMap::new(),
            all,
        };
        for (at, category) in tree.all.iter().enumerate() {
            tree.children.entry(category.parent).or_default().push(at);
        }
        tree
    }

    /// Every category.
    pub fn all(&self) -> &[Category] {
        &self.all
    }

    /// The category of an identifier.
    pub fn by_id(&self, id: CategoryId) -> Option<&Category> {
        self.by_id.get(&id).map(|at| &self.all[*at])
    }

    /// The category of a code.
    pub fn by_code(&self, code: &str) -> Option<&Category> {
        self.by_code.get(code).map(|at| &self.all[*at])
    }

    /// The categories without one above, in order.
    pub fn roots(&self) -> impl Iterator<Item = &Category> {
        self.below(None)
    }

    /// Every category with its depth, each followed by what lies below it.
    pub fn in_order(&self) -> Vec<(usize, &Category)> {
        let mut ordered = Vec::new();
        let mut waiting: Vec<(usize, &Category)> = self.roots().map(|root| (0, root)).collect();
        waiting.reverse();
        while let Some((depth, category)) = waiting.pop() {
            ordered.push((depth, category));
            if depth < DEEPEST && ordered.len() < MOST {
                let at = waiting.len();
                waiting.extend(self.children(category.id).map(|below| (depth + 1, below)));
                waiting[at..].reverse();
            }
        }
        ordered
    }

    /// The categories right below `id`, in order.
    pub fn children(&self, id: CategoryId) -> impl Iterator<Item = &Category> {
        self.below(Some(id))
    }

    fn below(&self, parent: Option<CategoryId>) -> impl Iterator<Item = &Category> {
        self.children
            .get(&parent)
            .into_iter()
            .flatten()
            .map(|at| &self.all[*at])
    }

    /// `id` and everything above it, the nearest first.
    pub fn line(&self, id: CategoryId) -> Vec<&Category> {
        let mut line = Vec::new();
        let mut next = self.by_id(id);
        while let Some(category) = next {
            line.push(category);
            next = category
                .parent
                .filter(|_| line.len() < DEEPEST)
                .and_then(|above| self.by_id(above));
        }
        line
    }

    /// Whether `id` is `above` or lies below it.
    pub fn is_within(&self, id: CategoryId, above: CategoryId) -> bool {
        self.line(id).iter().any(|category| category.id == above)
    }

    /// `id` and everything below it; used by filters.
    pub fn within(&self, id: CategoryId) -> Vec<CategoryId> {
        let mut found = Vec::new();
        let mut level = vec![id];
        for _ in 0..DEEPEST {
            let below = level
                .iter()
                .flat_map(|parent| self.children(*parent))
                .map(|category| category.id)
                .collect();
            found.append(&mut level);
            level = below;
        }
        found
    }

    /// The subjects that new cases may take, section by section: what is open, lies under nothing
    /// closed, and has nothing open below it.
    pub fn leaves(&self) -> Vec<&Category> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Category> = self.open_below(None);
        while let Some(category) = waiting.pop() {
            let below = self.open_below(Some(category.id));
            if below.is_empty() {
                found.push(category);
            }
            waiting.extend(below);
        }
        found
    }

    /// What is open right below, the last first.
    fn open_below(&self, parent: Option<CategoryId>) -> Vec<&Category> {
        let mut open: Vec<&Category> = self.below(parent).filter(|c| c.active).collect();
        open.reverse();
        open
    }

    /// The subject of a code when new cases may take it.
    pub fn leaf(&self, code: &str) -> Option<&Category> {
        let category = self.open(code)?;
        self.open_below(Some(category.id))
            .is_empty()
            .then_some(category)
    }

    /// The category of a code when it and everything above it are open.
    pub fn open(&self, code: &str) -> Option<&Category> {
        self.by_code(code).filter(|category| self.is_open(category))
    }

    fn is_open(&self, category: &Category) -> bool {
        category.active && self.line(category.id).iter().all(|above| above.active)
    }

    /// The codes that an answer may hold: of everything open that is one of `roots` or lies below
    /// one; of everything open when there are no roots.
    pub fn codes(&self, roots: Option<&[CategoryId]>) -> Vec<&str> {
        self.all
            .iter()
            .filter(|c| self.is_open(c))
            .filter(|c| roots.is_none_or(|roots| roots.iter().any(|r| self.is_within(c.id, *r))))
            .map(|c| c.code.as_str())
            .collect()
    }

    /// The name of the category in `language`; empty when there is none.
    pub fn name(&self, id: CategoryId, language: Language) -> &str {
        self.by_id(id)
            .map_or("", |category| category.name.text(language))
    }

    /// The name with those above it: «Дороги › Освещение».
    pub fn path(&self, id: CategoryId, language: Language) -> String {
        let mut names: Vec<&str> = self
            .line(id)
            .iter()
            .map(|c| c.name.text(language))
            .collect();
        names.reverse();
        names.join(" › ")
    }
}

#[cfg(test)]
mod tests {
    use base::Moment;

    use super::*;

    fn category(parent: Option<CategoryId>, code: &str) -> Category {
        Category {
            id: CategoryId::new(Moment::from_micros(0)),
            parent,
            code: code.to_owned(),
            name: Phrase::new(code, code),
            active: true,
        }
    }

    #[test]
    fn a_line_ends_at_the_root() {
        let roads = category(None, "roads");
        let lighting = category(Some(roads.id), "roads.lighting");
        let (top, leaf) = (roads.id, lighting.id);
        let tree = Categories::new(vec![roads, lighting]);
        assert!(tree.is_within(leaf, top));
        assert!(!tree.is_within(top, leaf));
        assert_eq!(tree.path(leaf, Language::Ru), "roads › roads.lighting");
        assert_eq!(tree.within(top), [top, leaf]);
    }

    #[test]
    fn only_open_subjects_without_others_below_are_leaves() {
        let roads = category(None, "roads");
        let lighting = category(Some(roads.id), "roads.lighting");
        let mut snow = category(Some(roads.id), "roads.snow");
        snow.active = false;
        let mut old = category(None, "old");
        old.active = false;
        let inside = category(Some(old.id), "old.inside");
        let tree = Categories::new(vec![roads, lighting, snow, old, inside]);
        let codes: Vec<&str> = tree.leaves().iter().map(|c| c.code.as_str()).collect();
        assert_eq!(codes, ["roads.lighting"]);
        for code in ["roads", "roads.snow", "old", "old.inside", "nothing"] {
            assert_eq!(tree.leaf(code), None, "{code}");
        }
        assert!(tree.leaf("roads.lighting").is_some());
    }

    #[test]
    fn a_ring_of_rows_does_not_hang() {
        let mut a = category(None, "a");
        let b = category(Some(a.id), "b");
        a.parent = Some(b.id);
        let id = a.id;
        let tree = Categories::new(vec![a, b]);
        assert_eq!(tree.line(id).len(), DEEPEST);
        assert!(!tree.within(id).is_empty());
        assert!(tree.leaves().is_empty());
    }
}
