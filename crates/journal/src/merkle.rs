//! The Merkle tree of RFC 6962 and RFC 9162: roots, inclusion and consistency proofs.
//!
//! Nothing here knows where hashes are kept. Proofs are built over a function that gives the hash
//! of a *complete* subtree `(level, index)`, which covers the leaves `index·2^level ..
//! (index+1)·2^level`; tiles and tables alike can answer that.

use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The root of the tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The hash of a leaf: SHA-256(0x00 ‖ entry).
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new_with_prefix([0])
        .chain_update(entry)
        .finalize()
        .into()
}

/// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The root over leaf hashes held in memory.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    for leaf in leaves {
        frontier.append(*leaf);
    }
    frontier.root()
}

/// Why a proof could not be built.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TreeError<E> {
    /// The asked place or size lies outside the tree.
    #[error("outside the tree")]
    OutOfRange,
    /// The hash of a subtree could not be had.
    #[error("subtree hash unavailable")]
    Source(E),
}

/// The right edge of a growing tree: the roots of its complete subtrees, largest first.
///
/// Appending costs one hash on average and the root at most 64, whatever the size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// Restores the edge of a tree of `size` leaves from the hashes of its complete subtrees.
    pub fn restore<E>(size: u64, hash_of: impl Fn(u8, u64) -> Result<Hash, E>) -> Result<Self, E> {
        let peaks = peaks(size)
            .map(|(level, index)| hash_of(level, index))
            .collect::<Result<_, _>>()?;
        Ok(Self { size, peaks })
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf hash.
    pub fn append(&mut self, leaf: Hash) {
        self.append_with(leaf, |_, _, _| ());
    }

    /// Appends a leaf hash and names every subtree `(level, index, hash)` that became complete by
    /// it, the leaf itself (level 0) first.
    pub fn append_with(&mut self, leaf: Hash, mut completed: impl FnMut(u8, u64, Hash)) {
        let mut hash = leaf;
        let mut index = self.size;
        let mut level = 0;
        completed(level, index, hash);
        while index & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            hash = node_hash(&left, &hash);
            index >>= 1;
            level += 1;
            completed(level, index, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root of the tree as it stands.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return empty_root();
        };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }
}

/// The complete subtrees `(level, index)` a tree of `size` leaves is made of, largest first.
pub fn peaks(size: u64) -> impl Iterator<Item = (u8, u64)> {
    (0..64_u8)
        .rev()
        .filter(move |level| size >> level & 1 == 1)
        .map(move |level| (level, (size >> level) - 1))
}

/// The hash of the leaves `low..high`, a range as RFC 6962 splits them.
fn range_hash<E>(
    low: u64,
    high: u64,
    hash_of: &impl Fn(u8, u64) -> Result<Hash, E>,
) -> Result<Hash, E> {
    let width = high - low;
    if width.is_power_of_two() {
        let level = width.trailing_zeros();
        return hash_of(u8::try_from(level).unwrap_or(63), low >> level);
    }
    let middle = low + split(width);
    Ok(node_hash(
        &range_hash(low, middle, hash_of)?,
        &range_hash(middle, high, hash_of)?,
    ))
}

/// The largest power of two smaller than `width`; `width` is at least 2.
fn split(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}

/// The root of the tree of `size` leaves, from the hashes of complete subtrees.
pub fn root_of<E>(size: u64, hash_of: impl Fn(u8, u64) -> Result<Hash, E>) -> Result<Hash, E> {
    if size == 0 {
        return Ok(empty_root());
    }
    range_hash(0, size, &hash_of)
}

/// The inclusion proof of the leaf `index` in the tree of `size` leaves, from the sibling of the
/// leaf up to the child of the root.
pub fn inclusion_path<E>(
    index: u64,
    size: u64,
    hash_of: impl Fn(u8, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, TreeError<E>> {
    if index >= size {
        return Err(TreeError::OutOfRange);
    }
    let (mut low, mut high) = (0, size);
    let mut path = Vec::new();
    while high - low > 1 {
        let middle = low + split(high - low);
        let sibling = if index < middle {
            (middle, high)
        } else {
            (low, middle)
        };
        path.push(range_hash(sibling.0, sibling.1, &hash_of).map_err(TreeError::Source)?);
        if index < middle {
            high = middle;
        } else {
            low = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The root that an inclusion proof leads to, or `None` when its length does not fit the place.
pub fn root_from_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut place, mut last, mut hash) = (index, size - 1, *leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(sibling, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

/// Whether the leaf stands at `index` in the tree of `size` leaves with this root.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    root_from_inclusion(leaf, index, size, path).as_ref() == Some(root)
}

/// The proof that the tree of `from` leaves is the beginning of the tree of `to` leaves; empty
/// when the sizes are equal.
pub fn consistency_path<E>(
    from: u64,
    to: u64,
    hash_of: impl Fn(u8, u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, TreeError<E>> {
    if from == 0 || from > to {
        return Err(TreeError::OutOfRange);
    }
    let hash = |low, high| range_hash(low, high, &hash_of).map_err(TreeError::Source);
    let (mut low, mut high) = (0, to);
    let mut path = Vec::new();
    while from < high {
        let middle = low + split(high - low);
        if from <= middle {
            path.push(hash(middle, high)?);
            high = middle;
        } else {
            path.push(hash(low, middle)?);
            low = middle;
        }
    }
    if low > 0 {
        path.push(hash(low, high)?);
    }
    path.reverse();
    Ok(path)
}

/// Whether the tree of `from` leaves is the beginning of the tree of `to` leaves.
pub fn verify_consistency(
    from: u64,
    from_root: &Hash,
    to: u64,
    to_root: &Hash,
    path: &[Hash],
) -> bool {
    if from == 0 || from > to {
        return false;
    }
    if from == to {
        return path.is_empty() && from_root == to_root;
    }
    let mut rest = path.iter();
    let first = if from.is_power_of_two() {
        Some(from_root)
    } else {
        rest.next()
    };
    let Some(first) = first else { return false };
    let shift = (from - 1).trailing_ones();
    let (mut place, mut last) = (shifted(from - 1, shift), shifted(to - 1, shift));
    let (mut old, mut new) = (*first, *first);
    for hash in rest {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            old = node_hash(hash, &old);
            new = node_hash(hash, &new);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            new = node_hash(&new, hash);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && old == *from_root && new == *to_root
}

/// Shifts right; by 64 or more gives zero.
fn shifted(value: u64, by: u32) -> u64 {
    value.checked_shr(by).unwrap_or(0)
}

#[cfg(test)]
mod tests;
