//! Alike: one matter told twice, and an answer that was given before.
//!
//! Texts are compared as sets of stems, so that a neighbour may tell it in another order. Candidates come out of buckets of
//! `MinHash` bands under a cell of the map, so that a text is held against few others whatever the
//! size of the index; a bucket keeps its newest only. What is left is compared exactly, and words that
//! many texts share (the frame of a letter that one person sends fifty times) weigh little.
//!
//! A word that has another in its place, between the same neighbours, is the thing itself: «the bench
//! is broken», «the fence is broken». The numbers of a text tell it apart more surely than words: «floor 5» and «floor 9» of one house
//! are two matters, however alike the rest.

mod answers;
mod place;
mod shingles;

use std::collections::VecDeque;
use std::hash::Hash;

use jiff::{SignedDuration, Timestamp};
use rustc_hash::{FxHashMap, FxHashSet};

pub use answers::{Answers, Copied, CopiedSettings};
pub use place::{Near, Place};

use crate::text::Span;
use shingles::{BANDS, Shingles};

/// What counts as one matter told twice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// So much of two texts, by weight, is the same at least. `0.5` by default: half.
    pub likeness: f32,
    /// Metres between two points at most. 100 by default: one yard, one crossing.
    pub metres: f64,
    /// By so much the likeness is multiplied for each word that has another in its place. 0.6 by
    /// default: one such word parts all but the longest texts.
    pub replaced: f32,
    /// A text with fewer words is not compared at all. 2 by default.
    pub least_words: usize,
    /// So many texts of one bucket, the newest, are looked at. 64 by default.
    pub most_in_bucket: usize,
    /// So many candidates are compared exactly at most. 256 by default.
    pub most_compared: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            likeness: 0.5,
            metres: 100.0,
            replaced: 0.6,
            least_words: 2,
            most_in_bucket: 64,
            most_compared: 256,
        }
    }
}

/// A text that tells the same matter, and why it is thought so.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike<Id> {
    /// Whose text it is.
    pub id: Id,
    /// How much of the two texts is the same, by weight, from 0 to 1.
    pub likeness: f32,
    /// How near the two places are.
    pub near: Near,
    /// How long before or after; positive when the other came first.
    pub apart: SignedDuration,
    /// The words of the asked text that stand in the other too.
    pub shared: Vec<Span>,
}

struct Kept<Id> {
    id: Id,
    shingles: Shingles,
    place: Place,
    at: Timestamp,
}

/// Where texts are looked for: a band of the text's signature in a cell of the map. Without a cell
/// any place will do.
type Bucket = (u8, u64, Option<(i32, i32)>);

/// Texts with their places and times, to be asked for those alike.
pub struct Index<Id> {
    settings: Settings,
    kept: Vec<Kept<Id>>,
    buckets: FxHashMap<Bucket, VecDeque<u32>>,
    /// In how many texts a stem stands.
    known: FxHashMap<u64, u32>,
}

impl<Id: Copy + Eq + Hash + Ord> Index<Id> {
    /// An empty index.
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            kept: Vec::new(),
            buckets: FxHashMap::default(),
            known: FxHashMap::default(),
        }
    }

    /// How many texts it holds.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Takes a text in. The same `id` twice is two texts.
    pub fn insert(&mut self, id: Id, text: &str, place: Place, at: Timestamp) {
        let shingles = Shingles::of(text);
        let Ok(number) = u32::try_from(self.kept.len()) else {
            return;
        };
        if shingles.words < self.settings.least_words {
            return;
        }
        for shingle in &shingles.set {
            *self.known.entry(*shingle).or_default() += 1;
        }
        for (band, hash) in (0_u8..).zip(shingles.bands()) {
            for cell in [place.cell(self.settings.metres).map(Some), Some(None)]
                .into_iter()
                .flatten()
            {
                let bucket = self.buckets.entry((band, hash, cell)).or_default();
                bucket.push_back(number);
                if bucket.len() > self.settings.most_in_bucket {
                    bucket.pop_front();
                }
            }
        }
        self.kept.push(Kept {
            id,
            shingles,
            place,
            at,
        });
    }

    /// Texts that tell the same matter near a place, `within` so long before or after a moment, the
    /// most alike first. The work is bounded by the settings, not by the size of the index.
    pub fn near(
        &self,
        text: &str,
        place: &Place,
        at: Timestamp,
        within: SignedDuration,
    ) -> Vec<Alike<Id>> {
        let asked = Shingles::of(text);
        if asked.words < self.settings.least_words {
            return Vec::new();
        }
        let mut found: Vec<Alike<Id>> = self
            .candidates(&asked, place)
            .into_iter()
            .filter_map(|number| self.kept.get(number as usize))
            .filter_map(|other| {
                let apart = at.duration_since(other.at);
                if apart.abs() > within || asked.is_told_apart(&other.shingles) {
                    return None;
                }
                let near = place.near(&other.place, self.settings.metres)?;
                let likeness = self.likeness(&asked, &other.shingles);
                (likeness >= self.settings.likeness).then(|| Alike {
                    id: other.id,
                    likeness,
                    near,
                    apart,
                    shared: asked.shared(&other.shingles),
                })
            })
            .collect();
        found.sort_by(|one, other| {
            let by_likeness = other.likeness.total_cmp(&one.likeness);
            by_likeness.then_with(|| one.id.cmp(&other.id))
        });
        found
    }

    /// Texts that share a bucket with the asked one, newest first.
    fn candidates(&self, asked: &Shingles, place: &Place) -> Vec<u32> {
        let mut found = FxHashSet::default();
        for (band, hash) in (0_u8..).zip(asked.bands()).take(BANDS) {
            for cell in place.cells_around(self.settings.metres) {
                let bucket = self.buckets.get(&(band, hash, cell));
                found.extend(bucket.into_iter().flatten().copied());
            }
        }
        let mut found: Vec<u32> = found.into_iter().collect();
        found.sort_unstable_by(|one, other| other.cmp(one));
        found.truncate(self.settings.most_compared);
        found
    }

    /// How much of two texts is the same: what both have by what either has, each stem by how
    /// rare it is here.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a weight needs no more than seven digits"
    )]
    fn likeness(&self, one: &Shingles, other: &Shingles) -> f32 {
        let all = (self.kept.len() + 2) as f32;
        let weight = |shingle: &u64| {
            let known = self.known.get(shingle).copied().unwrap_or_default();
            (all / (known as f32 + 1.0)).ln().max(0.0) + 0.1
        };
        let both: f32 = one.set.intersection(&other.set).map(weight).sum();
        let either: f32 = one.set.union(&other.set).map(weight).sum();
        let replaced = i32::try_from(one.replaced(other)).unwrap_or(i32::MAX);
        if either > 0.0 {
            both / either * self.settings.replaced.powi(replaced)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);

    fn moment(day: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * (20_000 + day))
    }

    fn point(metres_north: f64) -> Place {
        Place::point(55.0 + metres_north / 111_195.0, 61.0)
    }

    fn filled(texts: &[(&str, f64, i64)]) -> Index<usize> {
        let mut index = Index::new(Settings::default());
        for (id, (text, north, day)) in texts.iter().enumerate() {
            index.insert(id, text, point(*north), moment(*day));
        }
        index
    }

    fn ids(found: &[Alike<usize>]) -> Vec<usize> {
        found.iter().map(|one| one.id).collect()
    }

    #[test]
    fn one_matter_in_other_words_is_found_near_in_place_and_time() {
        let index = filled(&[
            ("Переполнена урна на остановке Лесная", 0.0, 0),
            ("Переполнена урна на остановке Лесная", 900.0, 0),
            ("Не горит фонарь у входа в школу", 0.0, 0),
        ]);
        let text = "На остановке Лесная переполненная урна!";
        let found = index.near(text, &point(20.0), moment(3), MONTH);
        assert_eq!(ids(&found), [0]);
        assert!(found[0].likeness > 0.5);
        assert!(matches!(found[0].near, Near::Metres(metres) if (metres - 20.0).abs() < 1.0));
        assert_eq!(found[0].apart, SignedDuration::from_hours(72));
        let shared: Vec<&str> = found[0].shared.iter().map(|one| one.of(text)).collect();
        assert!(shared.concat().contains("урна"));
        assert!(index.near(text, &point(20.0), moment(90), MONTH).is_empty());
    }

    #[test]
    fn floors_of_one_house_are_different_matters() {
        let index = filled(&[("Не горит лампа на 5 этаже у лифта", 0.0, 0)]);
        let near = |text| ids(&index.near(text, &point(0.0), moment(1), MONTH));
        assert!(near("Не горит лампа на 9 этаже у лифта").is_empty());
        assert!(near("Не горит лампа на девятом этаже у лифта").is_empty());
        assert_eq!(near("Не горит лампа на пятом этаже у лифта"), [0]);
        assert_eq!(near("Не горит лампа у лифта на этаже"), [0]);
    }

    #[test]
    fn a_frame_that_many_letters_share_says_little() {
        let frame = "Прошу принять меры согласно закону об ответственности и привлечь виновных";
        let mut index = Index::new(Settings::default());
        for id in 0_u16..40 {
            let thing = ["лавка", "урна", "ограда", "горка"][usize::from(id % 4)];
            let text = format!("Сломана {thing}. {frame}");
            index.insert(
                usize::from(id),
                &text,
                point(100_000.0 + 500.0 * f64::from(id)),
                moment(0),
            );
        }
        index.insert(
            100,
            &format!("Сломана ограда. {frame}"),
            point(0.0),
            moment(0),
        );
        let near = |text: &str| ids(&index.near(text, &point(5.0), moment(1), MONTH));
        assert_eq!(near(&format!("Сломана ограда. {frame}")), [100]);
        assert!(near(&format!("Провалился люк. {frame}")).is_empty());
    }

    #[test]
    fn without_points_the_words_of_the_address_count() {
        let mut index = Index::new(Settings::default());
        let text = "Течёт крыша над подъездом";
        index.insert(1, text, Place::address("ул. Садовая, дом 5"), moment(0));
        index.insert(2, text, Place::address("ул. Садовая, дом 7"), moment(0));
        index.insert(3, text, Place::unknown(), moment(0));
        let found = index.near(
            text,
            &Place::address("Садовая улица, д. 5"),
            moment(0),
            MONTH,
        );
        assert_eq!(ids(&found), [1]);
        assert!(matches!(found[0].near, Near::Address(_)));
    }

    #[test]
    fn a_flood_of_one_text_is_not_compared_with_all_of_itself() {
        let mut index = Index::new(Settings::default());
        for id in 0..5000 {
            index.insert(id, "не убран снег во дворе дома", point(0.0), moment(0));
        }
        let found = index.near("не убран снег во дворе дома", &point(0.0), moment(0), MONTH);
        assert!(found.len() <= Settings::default().most_in_bucket * BANDS);
        assert!(ids(&found).contains(&4999));
    }

    proptest! {
        #[test]
        fn nonsense_is_compared_and_shown_between_characters(
            texts in proptest::collection::vec(".{0,60}|(снег |двор |5 |не ){0,12}", 0..8),
            lat in proptest::num::f64::ANY, lon in proptest::num::f64::ANY,
        ) {
            let mut index = Index::new(Settings::default());
            for (id, text) in texts.iter().enumerate() {
                index.insert(id, text, Place::point(lat, lon), moment(0));
            }
            for text in &texts {
                for one in index.near(text, &Place::point(lat, lon), moment(0), MONTH) {
                    for span in one.shared {
                        prop_assert!(text.get(span.from..span.to).is_some());
                    }
                }
            }
        }
    }
}
