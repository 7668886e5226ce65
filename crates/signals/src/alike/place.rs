//! Places: a point, the words of an address, both or neither.

use rustc_hash::FxHashSet;

use crate::text;

/// Where something is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    point: Option<(f64, f64)>,
    address: FxHashSet<String>,
}

/// How near two places are.
#[derive(Clone, Debug, PartialEq)]
pub enum Near {
    /// So many metres.
    Metres(f64),
    /// The same address, by these words, in order of the alphabet.
    Address(Vec<String>),
}

/// Metres of a degree of latitude.
const DEGREE: f64 = 111_195.0;

impl Place {
    /// A place of which nothing is known: near to nothing.
    pub fn unknown() -> Self {
        Self::default()
    }

    /// A point, in degrees north and east. What is not on the map is unknown.
    pub fn point(lat: f64, lon: f64) -> Self {
        let known = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        Self {
            point: known.then_some((lat, lon)),
            ..Self::default()
        }
    }

    /// An address as it is written.
    pub fn address(address: &str) -> Self {
        Self::default().with_address(address)
    }

    /// The same place with its address, for those without a point.
    #[must_use]
    pub fn with_address(mut self, address: &str) -> Self {
        // Words like «street» and «house» are in every address and are left out by their length or
        // by being the same for both; what is left must be the same: names and numbers.
        self.address = text::words(address)
            .into_iter()
            .filter(|word| word.is_digits() || word.text.chars().count() > 3)
            .map(|word| text::stem(&word.text).to_owned())
            .collect();
        self
    }

    /// How near another place is; nothing if it is not.
    pub(super) fn near(&self, other: &Self, metres: f64) -> Option<Near> {
        if let (Some(one), Some(two)) = (self.point, other.point) {
            let apart = distance(one, two);
            return (apart <= metres).then_some(Near::Metres(apart));
        }
        let numbers = |place: &Self| -> FxHashSet<String> {
            let digits = |word: &&String| word.chars().all(|one| one.is_ascii_digit());
            place.address.iter().filter(digits).cloned().collect()
        };
        let (ours, theirs) = (numbers(self), numbers(other));
        if ours.is_empty() || ours != theirs {
            return None;
        }
        let mut shared: Vec<String> = self.address.intersection(&other.address).cloned().collect();
        shared.sort();
        (shared.len() > ours.len()).then_some(Near::Address(shared))
    }

    /// The cell of the map that the point lies in.
    pub(super) fn cell(&self, metres: f64) -> Option<(i32, i32)> {
        let (lat, lon) = self.point?;
        // A step of longitude is taken as wide as at the middle of the row of cells, so that points
        // of one row are in the same columns.
        let row = (lat * DEGREE / metres.max(1.0)).floor();
        let middle = ((row + 0.5) * metres.max(1.0) / DEGREE).to_radians().cos();
        let column = (lon * DEGREE * middle.max(0.01) / metres.max(1.0)).floor();
        Some((whole(row), whole(column)))
    }

    /// The cells in which something near may lie. A place without a point looks everywhere.
    pub(super) fn cells_around(&self, metres: f64) -> Vec<Option<(i32, i32)>> {
        let Some((lat, lon)) = self.point else {
            return vec![None];
        };
        let step = metres.max(1.0) / DEGREE;
        // Points without a cell of their own (addresses alone) are in the buckets without one.
        let mut cells = vec![];
        if !self.address.is_empty() {
            cells.push(None);
        }
        for north in [-1.0, 0.0, 1.0] {
            let row = (lat + north * step).clamp(-90.0, 90.0);
            let wide = step / row.to_radians().cos().max(0.01);
            for east in [-1.0, 0.0, 1.0] {
                let there = Self::point(row, (lon + east * wide).clamp(-180.0, 180.0));
                cells.extend(there.cell(metres).map(Some));
            }
        }
        cells.dedup();
        cells
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "cells of the earth are few; a cast saturates"
)]
const fn whole(cell: f64) -> i32 {
    cell as i32
}

/// Metres between two points, as on a plane: right to a part in a thousand within a city.
fn distance(one: (f64, f64), two: (f64, f64)) -> f64 {
    let middle = f64::midpoint(one.0, two.0).to_radians();
    let north = (one.0 - two.0) * DEGREE;
    let east = (one.1 - two.1) * DEGREE * middle.cos();
    north.hypot(east)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_near_lies_in_a_cell_around(
            lat in -70.0_f64..70.0, lon in -170.0_f64..170.0, north in -95.0_f64..95.0, east in -25.0_f64..25.0,
        ) {
            let here = Place::point(lat, lon);
            let there = Place::point(lat + north / DEGREE, lon + east / DEGREE / lat.to_radians().cos());
            let cell = there.cell(100.0);
            prop_assert!(here.near(&there, 100.0).is_some());
            prop_assert!(here.cells_around(100.0).contains(&cell));
        }
    }

    #[test]
    fn addresses_are_the_same_by_names_and_numbers() {
        let here = Place::address("Садовая улица, дом 5, корпус 2");
        let same = Place::address("ул. Садовая, д. 5 к. 2");
        assert_eq!(
            here.near(&same, 1.0),
            Some(Near::Address(vec!["2".into(), "5".into(), "садов".into()]))
        );
        assert_eq!(here.near(&Place::address("Садовая, 5"), 1.0), None);
        assert_eq!(here.near(&Place::unknown(), 1.0), None);
        assert_eq!(Place::point(f64::NAN, 0.0), Place::unknown());
    }
}
