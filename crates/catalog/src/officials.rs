//! Officials to whom people can write: a post of a unit and whoever holds it now. Public data, kept
//! in memory with the rest of the catalogue.

use base::Language;
use base::id::UnitId;
use uuid::Uuid;

use crate::phrase::Phrase;

/// The most officials that a catalogue holds.
pub const MOST: usize = 2_000;

/// A post and its holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Official {
    /// Identifier.
    pub id: Uuid,
    /// Stable code, as answers and the API know it.
    pub code: String,
    /// The unit that works for the official and gets what is written to them.
    pub unit: UnitId,
    /// Place in lists, the smallest first.
    pub position: u32,
    /// The post: «Министр транспорта».
    pub post: Phrase,
    /// Who holds it; empty while nobody does.
    pub holder: Phrase,
    /// Whether new appeals may be addressed to it.
    pub active: bool,
}

impl Official {
    /// The post with its holder: «Министр транспорта — Орлов Игорь Петрович».
    pub fn name(&self, language: Language) -> String {
        let (post, holder) = (self.post.text(language), self.holder.text(language));
        if holder.is_empty() {
            post.to_owned()
        } else {
            format!("{post} — {holder}")
        }
    }
}

/// Every official, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Officials(Vec<Official>);

impl Officials {
    /// Officials in the order in which they are offered.
    pub const fn new(all: Vec<Official>) -> Self {
        Self(all)
    }

    /// Every official, those who take nothing any more too.
    pub fn all(&self) -> &[Official] {
        &self.0
    }

    /// Those to whom new appeals may be addressed.
    pub fn offered(&self) -> impl Iterator<Item = &Official> {
        self.0.iter().filter(|official| official.active)
    }

    /// The official of a code.
    pub fn by_code(&self, code: &str) -> Option<&Official> {
        self.0.iter().find(|official| official.code == code)
    }

    /// The official of a code to whom new appeals may be addressed.
    pub fn open(&self, code: &str) -> Option<&Official> {
        self.by_code(code).filter(|official| official.active)
    }
}

#[cfg(test)]
mod tests {
    use base::Moment;

    use super::*;

    #[test]
    fn a_vacant_post_is_named_alone_and_a_closed_one_is_not_offered() {
        let official = |code: &str, holder: &str, active| Official {
            id: Uuid::nil(),
            code: code.to_owned(),
            unit: UnitId::new(Moment::from_micros(0)),
            position: 1,
            post: Phrase::new("Министр", "Minister"),
            holder: Phrase::new(holder, holder),
            active,
        };
        let all = Officials::new(vec![official("a", "", true), official("b", "Орлов", false)]);
        assert_eq!(all.by_code("a").unwrap().name(Language::En), "Minister");
        assert_eq!(
            all.by_code("b").unwrap().name(Language::Ru),
            "Министр — Орлов"
        );
        let offered: Vec<&str> = all.offered().map(|one| one.code.as_str()).collect();
        assert_eq!(offered, ["a"]);
        assert_eq!(all.open("b"), None);
    }
}
