//! A small made-up log with one case in it: what the stories of the corpus begin from.

use std::convert::Infallible;

use journal::checkpoint::Checkpoint;
use journal::disclosure::Disclosure;
use journal::entry::{Draft, Field, Record, TouchedRow};
use journal::merkle::{Frontier, Hash, inclusion_path};
use journal::note::NoteKey;
use journal::proof::{Part, proof_file};
use journal::receipt::Receipt;
use uuid::Uuid;

/// Repeatable randomness (SplitMix64): the same seed gives the same corpus everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    pub(crate) fn hash(&mut self) -> Hash {
        let mut hash = [0; 32];
        for chunk in hash.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_be_bytes());
        }
        hash
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }

    fn uuid(&mut self) -> Uuid {
        let hash = self.hash();
        Uuid::from_slice(&hash[..16]).unwrap_or_default()
    }
}

/// How the log itself lies about the case. Each lie is committed, sealed and signed properly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lie {
    None,
    Prev,
    Version,
    Entity,
    Kind,
    Origin,
    Order,
    /// No lie, but a field too long for a proof file.
    Huge,
}

/// The log, its key, and the entries of one case with their places.
pub(crate) struct World {
    pub(crate) key: NoteKey,
    pub(crate) records: Vec<Record>,
    pub(crate) indexes: Vec<u64>,
    pub(crate) head: Checkpoint,
    levels: Vec<Vec<Hash>>,
}

const VALUES: [&str; 10] = [
    "",
    "Яма во дворе",
    "in_work",
    "quotes \" and \\ backslashes / slashes",
    "line\nline\r\n\ttab",
    "\u{0}\u{1}\u{1f}\u{7f}\u{80}",
    "\u{2028}\u{2029}\u{feff}\u{fffd}",
    "😀 𝔘 e\u{301}",
    "<script>alert(1)</script>",
    "__proto__",
];

impl World {
    /// A log of up to `largest` leaves with a case of `entries` entries.
    pub(crate) fn new(random: &mut Random, entries: usize, largest: usize, lie: Lie) -> Self {
        let origin = random.pick(&["okno.example/log", "gorod.test/okno", "a"]);
        let key = NoteKey::new(origin, &random.hash()).expect("a fit name");
        // Sizes of every order of magnitude, small ones as often as large ones.
        let spread = 1 << random.below(12);
        let size = entries.max(1 + random.below(spread).min(largest - 1));
        let mut places: Vec<u64> = (0..size as u64).collect();
        for i in (1..places.len()).rev() {
            places.swap(i, random.below(i + 1));
        }
        places.truncate(entries);
        places.sort_unstable();
        if lie == Lie::Order {
            places.reverse();
        }
        let records = records(random, origin, entries, lie);
        let mut leaves: Vec<Hash> = (0..size).map(|_| random.hash()).collect();
        for (record, place) in records.iter().zip(&places) {
            leaves[usize::try_from(*place).unwrap_or(0)] = record.leaf_hash();
        }
        let mut frontier = Frontier::default();
        let mut levels: Vec<Vec<Hash>> = vec![Vec::new(); 16];
        for leaf in leaves {
            frontier.append_with(leaf, |level, _, hash| levels[level as usize].push(hash));
        }
        let head = Checkpoint {
            origin: origin.to_owned(),
            size: frontier.size(),
            root: frontier.root(),
        };
        Self {
            key,
            records,
            indexes: places,
            head,
            levels,
        }
    }

    /// A log that says nothing wrong, with a case of 1 to 6 entries.
    pub(crate) fn honest(random: &mut Random) -> Self {
        let entries = 1 + random.below(6);
        Self::new(random, entries, 3000, Lie::None)
    }

    /// The same with at least two entries.
    pub(crate) fn long(random: &mut Random) -> Self {
        let entries = 2 + random.below(5);
        Self::new(random, entries, 3000, Lie::None)
    }

    pub(crate) fn parts(&self, random: &mut Random) -> Vec<Part> {
        let hash_of = |level: u8, index: u64| {
            Ok::<_, Infallible>(self.levels[level as usize][usize::try_from(index).unwrap_or(0)])
        };
        let part = |(record, index): (&Record, &u64)| {
            let shown = random.next();
            let hidden = |field: &Field| field.name.len() as u64 % 3 != shown % 4;
            let path = inclusion_path(*index, self.head.size, hash_of).expect("within the tree");
            Part {
                disclosure: Disclosure::of(record, hidden),
                index: *index,
                path,
            }
        };
        self.records.iter().zip(&self.indexes).map(part).collect()
    }

    pub(crate) fn checkpoint(&self) -> String {
        self.head.sign(&self.key)
    }

    pub(crate) fn file(&self, random: &mut Random) -> String {
        proof_file(&self.parts(random), &self.checkpoint())
    }

    pub(crate) fn receipt(&self) -> Receipt {
        let record = &self.records[0];
        Receipt {
            origin: self.head.origin.clone(),
            number: "А-2026-00000042-7".to_owned(),
            commitment: record.commitment(),
            recorded_at: record.header().recorded_at,
            id: record.header().id,
        }
    }
}

fn records(random: &mut Random, origin: &str, entries: usize, lie: Lie) -> Vec<Record> {
    let entity = random.uuid();
    let mut at = 1_700_000_000_000_000 + random.next() % 1_000_000_000_000_000;
    let mut records: Vec<Record> = Vec::new();
    for place in 0..entries {
        // A lie is told about the last entry, so that all before it hold.
        let lie = if place + 1 == entries { lie } else { Lie::None };
        at += random.next() % 1_000_000_000_000;
        let mut prev = records.last().map(Record::commitment);
        if lie == Lie::Prev && place > 0 {
            prev = Some(random.hash());
        }
        let version = place as u64 + if lie == Lie::Version { 2 } else { 1 };
        let draft = Draft {
            origin: if lie == Lie::Origin {
                "other.example".into()
            } else {
                origin.into()
            },
            id: random.uuid(),
            recorded_at: at,
            occurred_at: at - random.next() % 1_000_000,
            action: if place == 0 {
                "case.filed"
            } else {
                "case.moved_2"
            }
            .into(),
            kind: if lie == Lie::Kind { "person" } else { "case" }.into(),
            entity: if lie == Lie::Entity {
                random.uuid()
            } else {
                entity
            },
            version,
            prev,
            actor: "person:1".into(),
            rows: vec![TouchedRow {
                table: "cases".into(),
                key: "1".into(),
                digest: Some(random.hash()),
            }],
            fields: if lie == Lie::Huge {
                huge_field()
            } else {
                fields(random)
            },
        };
        records.push(Record::new(random.hash(), draft).expect("within the grammar"));
    }
    records
}

fn fields(random: &mut Random) -> Vec<Field> {
    let names = ["a", "state", "title", "text_ru", "поле", "quote\"d"];
    let count = random.below(names.len() + 1);
    let field = |name: &&str| Field {
        name: (*name).to_owned(),
        value: random.pick(&VALUES).to_owned(),
    };
    names[..count].iter().map(field).collect()
}

fn huge_field() -> Vec<Field> {
    vec![Field {
        name: "text".to_owned(),
        value: "x".repeat(13 * 1024 * 1024),
    }]
}
