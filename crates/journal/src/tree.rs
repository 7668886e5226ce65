//! The tree as it stands in the store: hashes of complete subtrees at any level, read from leaves
//! and from the nodes kept at every eighth level, with whole tiles remembered for one request.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use base::{Error, Result};
use store::Db;

use crate::merkle::{self, Hash};
use crate::sql;

/// Reads subtree hashes inside one snapshot of the store.
pub(crate) struct Tree<'t, 'c> {
    db: RefCell<&'t mut Db<'c>>,
    tiles: RefCell<HashMap<(u8, u64), Vec<Hash>>>,
}

impl<'t, 'c> Tree<'t, 'c> {
    pub(crate) fn new(db: &'t mut Db<'c>) -> Self {
        Self {
            db: RefCell::new(db),
            tiles: RefCell::default(),
        }
    }

    /// Hash of the complete subtree `index` of height `level`; [`Error::NotFound`] when the store
    /// lacks a part of it.
    pub(crate) fn hash(&self, level: u8, index: u64) -> Result<Hash> {
        let base_level = level / 8 * 8;
        let height = level - base_level;
        let from = index << height;
        let count = 1usize << height;
        let tile = from / 256;
        let start = usize::try_from(from % 256).map_err(Error::internal)?;
        let mut tiles = self.tiles.borrow_mut();
        let hashes = match tiles.entry((base_level, tile)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(vacant) => {
                let mut db = self.db.borrow_mut();
                let (first, last) = (tile * 256, (tile + 1) * 256);
                vacant.insert(if base_level == 0 {
                    sql::leaves(&mut db, first, last)?
                } else {
                    sql::nodes(&mut db, base_level, first, last)?
                })
            }
        };
        let hashes = hashes.get(start..start + count).ok_or(Error::NotFound)?;
        Ok(fold(hashes))
    }

    /// Root over the first `size` leaves; [`Error::NotFound`] as above.
    pub(crate) fn root(&self, size: u64) -> Result<Hash> {
        merkle::root_of(size, |level, index| self.hash(level, index))
    }

    /// Path from leaf `index` to the root over `size` leaves.
    pub(crate) fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>> {
        merkle::inclusion_path(index, size, |level, index| {
            self.hash(level, index).map_err(|error| match error {
                Error::NotFound => {
                    Error::internal(format_args!("the tree lacks node {level}/{index}"))
                }
                other => other,
            })
        })
        .map_err(tree_error)
    }

    /// Proof that the tree of `to` leaves continues the one of `from`; [`Error::NotFound`] as
    /// above.
    pub(crate) fn consistency(&self, from: u64, to: u64) -> Result<Vec<Hash>> {
        merkle::consistency_path(from, to, |level, index| self.hash(level, index))
            .map_err(tree_error)
    }
}

fn tree_error(error: merkle::TreeError<Error>) -> Error {
    match error {
        merkle::TreeError::Source(error) => error,
        outside @ merkle::TreeError::OutOfRange => Error::internal(outside),
    }
}

/// Hash of a complete subtree from its 2^n hashes.
fn fold(hashes: &[Hash]) -> Hash {
    match hashes {
        [one] => *one,
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            merkle::node_hash(&fold(left), &fold(right))
        }
    }
}
