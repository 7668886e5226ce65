//! Tiles of the published tree (C2SP tlog-tiles): names, widths, and where a subtree's hash lies.
//!
//! A tile is up to 256 consecutive hashes of one level; tile level `l` holds the roots of subtrees
//! of height `8·l`. Entry bundles are numbered like the tiles of level 0.

use std::fmt::Write as _;

use crate::merkle::{Hash, node_hash};

/// Levels of the tree one tile spans.
pub const HEIGHT: u8 = 8;
/// Hashes in a full tile.
pub const WIDTH: u16 = 256;

/// The name of a tile: level, number within the level, how many hashes it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileName {
    /// Tile level, 0 to 7 in any tree that can exist here.
    pub level: u8,
    /// Number of the tile within its level.
    pub index: u64,
    /// 1 to 256 hashes.
    pub width: u16,
}

impl TileName {
    /// The address of the tile, relative to the log's prefix.
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, self.place())
    }

    /// The address of the entry bundle with this number; the level does not matter.
    pub fn entries_path(&self) -> String {
        format!("tile/entries/{}", self.place())
    }

    /// Number and width as path elements: `x001/x234/067.p/8`.
    fn place(&self) -> String {
        let mut groups = Vec::new();
        let mut rest = self.index;
        loop {
            groups.push(rest % 1000);
            rest /= 1000;
            if rest == 0 {
                break;
            }
        }
        let mut place = String::new();
        for (left, group) in groups.iter().enumerate().rev() {
            let (before, after) = if left == 0 { ("", "") } else { ("x", "/") };
            // Writing into a String cannot fail.
            let _ = write!(place, "{before}{group:03}{after}");
        }
        if self.width < WIDTH {
            let _ = write!(place, ".p/{}", self.width);
        }
        place
    }

    /// Reads the part of an address after `tile/<level>/` or `tile/entries/`.
    pub fn parse(level: u8, place: &str) -> Option<Self> {
        if place.len() > 48 {
            return None;
        }
        let (number, width) = match place.split_once(".p/") {
            Some((number, width)) => (number, partial(width)?),
            None => (place, WIDTH),
        };
        let mut index = 0_u64;
        let mut elements = number.split('/').peekable();
        while let Some(element) = elements.next() {
            let digits = if elements.peek().is_some() {
                element.strip_prefix('x')?
            } else {
                element
            };
            if digits.len() != 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        let name = Self {
            level,
            index,
            width,
        };
        (level < 64 && name.place() == place).then_some(name)
    }

    /// The tile as it stands in a tree of `size` leaves, or `None` when it has no hash there yet.
    pub fn within(level: u8, index: u64, size: u64) -> Option<Self> {
        let hashes = at_level(size, level);
        let first = index.checked_mul(u64::from(WIDTH))?;
        let left = hashes.checked_sub(first)?;
        let width = u16::try_from(left.min(u64::from(WIDTH))).ok()?;
        (width > 0).then_some(Self {
            level,
            index,
            width,
        })
    }

    /// Whether the tile is full and so will never change again.
    pub fn is_full(&self) -> bool {
        self.width == WIDTH
    }
}

/// A partial width as text: 1 to 255 without leading zeros.
fn partial(text: &str) -> Option<u16> {
    let width = crate::wire::number(text)?;
    u16::try_from(width).ok().filter(|w| (1..WIDTH).contains(w))
}

/// How many hashes tile level `level` holds in a tree of `size` leaves.
fn at_level(size: u64, level: u8) -> u64 {
    size.checked_shr(u32::from(level) * u32::from(HEIGHT))
        .unwrap_or(0)
}

/// The tiles that are new or longer in the tree of `to` leaves than in that of `from`, lowest
/// level first.
pub fn tiles_between(from: u64, to: u64) -> impl Iterator<Item = TileName> {
    (0..8_u8).flat_map(move |level| {
        let (old, new) = (at_level(from, level), at_level(to, level));
        let wide = u64::from(WIDTH);
        let range = if new > old {
            old / wide..new.div_ceil(wide)
        } else {
            0..0
        };
        range.filter_map(move |index| TileName::within(level, index, to))
    })
}

/// Where the hash of a complete subtree `(level, index)` is found: tile level and number, first
/// hash within the tile, and how many hashes (a power of two) fold into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Tile level.
    pub level: u8,
    /// Number of the tile within its level.
    pub index: u64,
    /// First hash within the tile.
    pub first: usize,
    /// Number of hashes to fold.
    pub count: usize,
}

impl Spot {
    /// The spot of a complete subtree.
    pub fn of(level: u8, index: u64) -> Self {
        let inner = level % HEIGHT;
        let per_tile = u64::from(WIDTH) >> inner;
        let count = 1_usize << inner;
        let place = usize::try_from(index % per_tile).unwrap_or(0);
        Self {
            level: level / HEIGHT,
            index: index / per_tile,
            first: place * count,
            count,
        }
    }

    /// The subtree's hash out of the bytes of its tile; `None` when the tile is too short.
    pub fn hash(&self, tile: &[u8]) -> Option<Hash> {
        let bytes = tile.get(self.first * 32..(self.first + self.count) * 32)?;
        let mut hashes = bytes
            .chunks_exact(32)
            .map(|b| b.try_into().ok())
            .collect::<Option<Vec<Hash>>>()?;
        while hashes.len() > 1 {
            hashes = hashes
                .chunks_exact(2)
                .map(|pair| node_hash(&pair[0], &pair[1]))
                .collect();
        }
        hashes.first().copied()
    }
}

/// An entry bundle: each log entry with its length as two big-endian bytes before it; `None` when
/// an entry is longer than 65 535 bytes.
pub fn bundle<'a>(entries: impl IntoIterator<Item = &'a [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend(u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend(entry);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::merkle::{Frontier, inclusion_path, leaf_hash, root_of, verify_inclusion};

    #[test]
    fn names_follow_the_standard() {
        let tile = |level, index, width| TileName {
            level,
            index,
            width,
        };
        assert_eq!(tile(0, 1_234_067, 256).path(), "tile/0/x001/x234/067");
        assert_eq!(tile(1, 0, 17).path(), "tile/1/000.p/17");
        assert_eq!(tile(0, 273, 112).entries_path(), "tile/entries/273.p/112");
        assert_eq!(
            TileName::parse(0, "x001/x234/067"),
            Some(tile(0, 1_234_067, 256))
        );
        for wrong in [
            "",
            "1",
            "0001",
            "x000/001",
            "001/002",
            "x001",
            "000.p/0",
            "000.p/256",
            "000.p/01",
            "../000",
            "x999/x999/x999/x999/x999/x999/x999/999",
        ] {
            assert_eq!(TileName::parse(0, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn tree_of_70_000_has_the_tiles_the_standard_names() {
        let tiles: Vec<_> = tiles_between(0, 70_000).collect();
        let full = |level| {
            tiles
                .iter()
                .filter(|t| t.level == level && t.is_full())
                .count()
        };
        let part = |level| {
            tiles
                .iter()
                .find(|t| t.level == level && !t.is_full())
                .map(|t| t.width)
        };
        assert_eq!((full(0), part(0)), (273, Some(112)));
        assert_eq!((full(1), part(1)), (1, Some(17)));
        assert_eq!((full(2), part(2)), (0, Some(1)));
        let small: Vec<_> = tiles_between(0, 256).map(|t| t.path()).collect();
        assert_eq!(small, ["tile/0/000", "tile/1/000.p/1"]);
    }

    #[test]
    fn proofs_can_be_built_from_tiles_alone() {
        let size = 70_000_u64;
        let mut frontier = Frontier::default();
        let mut tiles = std::collections::HashMap::<(u8, u64), Vec<u8>>::new();
        for n in 0..size {
            frontier.append_with(leaf_hash(&n.to_be_bytes()), |level, index, hash| {
                if level % HEIGHT == 0 {
                    tiles
                        .entry((level / HEIGHT, index / 256))
                        .or_default()
                        .extend(hash);
                }
            });
        }
        let hash_of = |level, index| {
            let spot = Spot::of(level, index);
            spot.hash(&tiles[&(spot.level, spot.index)]).ok_or(())
        };
        let root = root_of(size, hash_of).unwrap();
        assert_eq!(root, frontier.root());
        for index in [0, 1, 255, 256, 65_535, 65_536, 69_999] {
            let path = inclusion_path(index, size, hash_of).unwrap();
            assert!(verify_inclusion(
                &leaf_hash(&index.to_be_bytes()),
                index,
                size,
                &path,
                &root
            ));
        }
    }

    proptest! {
        #[test]
        fn every_name_reads_back(level in 0_u8..64, index in any::<u64>(), width in 1_u16..=256) {
            let name = TileName { level, index, width };
            let path = name.path();
            let place = path.strip_prefix(&format!("tile/{level}/")).unwrap();
            prop_assert_eq!(TileName::parse(level, place), Some(name));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "[x0-9./p]{0,60}") {
            let _ = TileName::parse(0, &text);
        }

        #[test]
        fn growth_names_every_changed_tile(from in 0_u64..200_000, more in 1_u64..2_000) {
            let to = from + more;
            let changed: Vec<_> = tiles_between(from, to).collect();
            for tile in tiles_between(0, to) {
                let before = TileName::within(tile.level, tile.index, from);
                prop_assert_eq!(changed.contains(&tile), before != Some(tile));
            }
        }
    }
}
