//! The plane between one label and all others: a linear support vector machine with squared hinge loss,
//! found by dual coordinate descent with shrinking, as Hsieh and others describe it («A Dual Coordinate
//! Descent Method for Large-scale Linear SVM», 2008) and liblinear does it. The offset is learned as one
//! more feature that every row has.

/// Rows of numbers of which most are nought.
pub(crate) struct Rows {
    starts: Vec<usize>,
    features: Vec<u32>,
    values: Vec<f32>,
}

impl Rows {
    /// No rows.
    pub(crate) fn new() -> Self {
        Self {
            starts: vec![0],
            features: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: impl Iterator<Item = (u32, f32)>) {
        for (feature, value) in row {
            self.features.push(feature);
            self.values.push(value);
        }
        self.starts.push(self.features.len());
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn row(&self, row: usize) -> impl Iterator<Item = (usize, f64)> {
        let (from, to) = (self.starts[row], self.starts[row + 1]);
        self.features[from..to]
            .iter()
            .zip(&self.values[from..to])
            .map(|(feature, value)| (*feature as usize, f64::from(*value)))
    }
}

/// How hard and how long to look for the plane.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// What a row on the wrong side costs against the simplicity of the plane (C).
    pub(crate) cost: f64,
    /// The same for rows of the label itself.
    pub(crate) cost_ours: f64,
    /// The most passes over the rows.
    pub(crate) passes: usize,
    /// How far the worst row may be from its best place when the search ends.
    pub(crate) tolerance: f64,
}

/// A plane: the margin of a row is the sum of weights and values, and the offset.
pub(crate) struct Plane {
    pub(crate) weights: Vec<f64>,
    pub(crate) offset: f64,
}

/// Finds the plane that has the rows of the label above and the others below.
pub(crate) fn separate(rows: &Rows, width: usize, ours: &[bool], effort: Effort) -> Plane {
    let softness = |row: usize| {
        let cost = if ours[row] {
            effort.cost_ours
        } else {
            effort.cost
        };
        0.5 / cost
    };
    let squares: Vec<f64> = (0..rows.len())
        .map(|row| softness(row) + 1.0 + rows.row(row).map(|(_, v)| v * v).sum::<f64>())
        .collect();
    let mut plane = Plane {
        weights: vec![0.0; width],
        offset: 0.0,
    };
    let mut forces = vec![0.0_f64; rows.len()];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut active = order.len();
    let mut chance = Chance(1);
    let mut steepest_before = f64::INFINITY;
    for _ in 0..effort.passes {
        let (mut steepest, mut flattest) = (f64::NEG_INFINITY, f64::INFINITY);
        for at in 0..active {
            order.swap(at, at + chance.below(active - at));
        }
        let mut at = 0;
        while at < active {
            let row = order[at];
            let side = if ours[row] { 1.0 } else { -1.0 };
            let gradient = side * plane.margin(rows, row) - 1.0 + forces[row] * softness(row);
            let mut projected = gradient;
            if forces[row] == 0.0 {
                if gradient > steepest_before {
                    // It lies so well that it will hardly count again: out of the way until the end.
                    active -= 1;
                    order.swap(at, active);
                    continue;
                }
                projected = gradient.min(0.0);
            }
            steepest = steepest.max(projected);
            flattest = flattest.min(projected);
            if projected.abs() > 1e-12 {
                let force = (forces[row] - gradient / squares[row]).max(0.0);
                plane.push(rows, row, (force - forces[row]) * side);
                forces[row] = force;
            }
            at += 1;
        }
        if steepest - flattest <= effort.tolerance {
            if active == rows.len() {
                break;
            }
            // All that were put out of the way are looked at once more.
            active = rows.len();
            steepest_before = f64::INFINITY;
        } else {
            steepest_before = if steepest > 0.0 {
                steepest
            } else {
                f64::INFINITY
            };
        }
    }
    plane
}

impl Plane {
    fn margin(&self, rows: &Rows, row: usize) -> f64 {
        rows.row(row)
            .map(|(feature, value)| self.weights[feature] * value)
            .sum::<f64>()
            + self.offset
    }

    fn push(&mut self, rows: &Rows, row: usize, by: f64) {
        for (feature, value) in rows.row(row) {
            self.weights[feature] += by * value;
        }
        self.offset += by;
    }
}

/// An even enough order of rows that is the same on every machine (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        // The high half of the product is below the bound.
        usize::try_from((u128::from(z) * bound as u128) >> 64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EFFORT: Effort = Effort {
        cost: 1.0,
        cost_ours: 1.0,
        passes: 1000,
        tolerance: 1e-6,
    };

    #[test]
    fn two_points_are_parted_where_the_formula_says() {
        // One feature, at 1 and -1: by symmetry no offset, and w²/2 + 2 (1 - w)² is least at w = 0.8.
        let mut rows = Rows::new();
        rows.push(std::iter::once((0, 1.0)));
        rows.push(std::iter::once((0, -1.0)));
        let plane = separate(&rows, 1, &[true, false], EFFORT);
        assert!(
            (plane.weights[0] - 0.8).abs() < 1e-4,
            "{}",
            plane.weights[0]
        );
        assert!(plane.offset.abs() < 1e-4);
    }

    #[test]
    fn the_same_rows_give_the_same_plane() {
        let mut rows = Rows::new();
        for row in 0..50_u8 {
            let value = f32::from(row);
            rows.push([(0, value.sin()), (u32::from(row % 5) + 1, 1.0)].into_iter());
        }
        let ours: Vec<bool> = (0..50).map(|row| row % 5 == 2).collect();
        let one = separate(&rows, 6, &ours, EFFORT);
        let other = separate(&rows, 6, &ours, EFFORT);
        assert_eq!(one.weights, other.weights);
        assert!(one.weights[3] > 0.5 && one.weights[1] < 0.0);
    }

    #[test]
    fn no_rows_are_no_plane_and_no_panic() {
        let plane = separate(&Rows::new(), 2, &[], EFFORT);
        assert_eq!((plane.weights, plane.offset), (vec![0.0, 0.0], 0.0));
    }
}
