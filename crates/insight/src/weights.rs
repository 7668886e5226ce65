//! The weights of all labels, small: each is one byte of the largest of its label, and what rounds to
//! nought is left out. A text sums over a thousand features, where the rounding evens out.
#![expect(
    clippy::cast_possible_truncation,
    reason = "numbers of labels are held to u16 and places to u32 where a model is made or read; a weight \
              is scaled into the byte it is put in"
)]

use crate::svm::Plane;

/// The largest byte of a weight.
const LARGEST: f32 = 127.0;

/// What each feature says for or against each label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weights {
    /// One a label: what a step of its bytes is worth, and its offset.
    pub(crate) scales: Vec<Scale>,
    /// Where the weights of each feature begin; one more than there are features.
    starts: Vec<u32>,
    labels: Vec<u16>,
    bytes: Vec<i8>,
}

/// How the bytes of a label are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// What one step of a byte is worth.
    pub(crate) step: f32,
    /// The margin of a text in which nothing is known.
    pub(crate) offset: f32,
}

/// A plane in bytes.
pub(crate) struct Rounded {
    scale: Scale,
    bytes: Vec<(u32, i8)>,
}

impl Rounded {
    /// Rounds a plane.
    pub(crate) fn of(plane: &Plane) -> Self {
        let largest = plane
            .weights
            .iter()
            .fold(0.0_f64, |most, w| most.max(w.abs()));
        let step = largest as f32 / LARGEST;
        let mut bytes = Vec::new();
        if step > 0.0 {
            for (feature, weight) in plane.weights.iter().enumerate() {
                let byte = (*weight as f32 / step).round().clamp(-LARGEST, LARGEST) as i8;
                if byte != 0 {
                    bytes.push((feature as u32, byte));
                }
            }
        }
        Self {
            scale: Scale {
                step,
                offset: plane.offset as f32,
            },
            bytes,
        }
    }
}

impl Weights {
    /// Puts planes together, one a label, over so many features.
    pub(crate) fn new(planes: &[Rounded], features: usize) -> Self {
        let mut starts = vec![0_u32; features + 1];
        for (feature, _) in planes.iter().flat_map(|plane| &plane.bytes) {
            starts[*feature as usize + 1] += 1;
        }
        for feature in 0..features {
            starts[feature + 1] += starts[feature];
        }
        let all = starts[features] as usize;
        let (mut labels, mut bytes) = (vec![0; all], vec![0; all]);
        let mut next = starts.clone();
        for (label, plane) in planes.iter().enumerate() {
            for (feature, byte) in &plane.bytes {
                let at = &mut next[*feature as usize];
                labels[*at as usize] = label as u16;
                bytes[*at as usize] = *byte;
                *at += 1;
            }
        }
        Self {
            scales: planes.iter().map(|plane| plane.scale).collect(),
            starts,
            labels,
            bytes,
        }
    }

    /// Begins weights that are filled feature by feature with [`Self::push`].
    pub(crate) fn empty(scales: Vec<Scale>) -> Self {
        Self {
            scales,
            starts: vec![0],
            labels: Vec::new(),
            bytes: Vec::new(),
        }
    }

    /// Adds the next feature. The labels must ascend.
    pub(crate) fn push(&mut self, row: impl Iterator<Item = (u16, i8)>) {
        for (label, byte) in row {
            self.labels.push(label);
            self.bytes.push(byte);
        }
        self.starts.push(self.labels.len() as u32);
    }

    /// The labels that a feature speaks for or against, with the bytes.
    pub(crate) fn row(&self, feature: u32) -> impl Iterator<Item = (u16, i8)> {
        let (from, to) = self.range(feature);
        let labels = self.labels[from..to].iter().copied();
        labels.zip(self.bytes[from..to].iter().copied())
    }

    /// The weight of a feature for one label.
    pub(crate) fn of(&self, feature: u32, label: u16) -> f32 {
        let (from, to) = self.range(feature);
        self.labels[from..to]
            .binary_search(&label)
            .map_or(0.0, |at| {
                f32::from(self.bytes[from + at]) * self.scales[usize::from(label)].step
            })
    }

    /// The margin of a row of features for every label.
    pub(crate) fn margins(&self, row: impl Iterator<Item = (u32, f32)>) -> Vec<f32> {
        let mut sums = vec![0.0_f32; self.scales.len()];
        for (feature, value) in row {
            for (label, byte) in self.row(feature) {
                sums[usize::from(label)] += value * f32::from(byte);
            }
        }
        for (sum, scale) in sums.iter_mut().zip(&self.scales) {
            *sum = *sum * scale.step + scale.offset;
        }
        sums
    }

    fn range(&self, feature: u32) -> (usize, usize) {
        let feature = feature as usize;
        (
            self.starts[feature] as usize,
            self.starts[feature + 1] as usize,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_weights_say_nearly_the_same() {
        let planes = [
            Plane {
                weights: vec![1.0, -0.5, 0.0001],
                offset: 0.25,
            },
            Plane {
                weights: vec![0.0, 2.0, 0.0],
                offset: -1.0,
            },
            Plane {
                weights: vec![0.0; 3],
                offset: -0.5,
            },
        ];
        let rounded: Vec<_> = planes.iter().map(Rounded::of).collect();
        let weights = Weights::new(&rounded, 3);
        assert_eq!(weights.bytes.len(), 3);
        let margins = weights.margins([(0, 1.0), (1, 2.0), (2, 1.0)].into_iter());
        for (found, expected) in margins.iter().zip([0.25, 3.0, -0.5]) {
            assert!((found - expected).abs() < 0.02, "{margins:?}");
        }
        assert!((weights.of(1, 1) - 2.0).abs() < 0.01);
        assert!(weights.of(0, 1).abs() < f32::EPSILON);
    }
}
