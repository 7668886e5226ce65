//! The classifier: a model that has learned proposes labels for a text. How it learns stands in
//! `training.rs`, how it is kept as bytes in `bytes.rs`.

use crate::calibration::Curve;
use crate::evidence::{self, Spoke};
use crate::features::Features;
use crate::vocabulary::{Reading, Vocabulary};
use crate::weights::Weights;

/// The most labels that are proposed for a text: more than a person reads.
pub const MOST_PROPOSED: usize = 5;

/// What has been learned: a vocabulary, and for each label a plane over it. See the crate's head for
/// what it holds of the texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Sorted, two or more.
    pub(crate) labels: Vec<String>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) weights: Weights,
    pub(crate) curve: Curve,
}

/// A label for a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal<'model> {
    /// The label as it stood in the rows of training.
    pub label: &'model str,
    /// How sure the model is, from 0 to 1: of a hundred proposals with 0.8 about eighty are right, as
    /// far as the future is like the latest tenth of what was learned. All labels together have 1.
    pub confidence: f32,
    /// Where the text spoke for it, the loudest first.
    pub spoke: Vec<Spoke>,
}

/// A label with its confidence alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked<'model> {
    /// The label.
    pub label: &'model str,
    /// How sure the model is, as in [`Proposal`].
    pub confidence: f32,
}

impl Model {
    /// The labels that can be proposed, sorted.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// How many features are known.
    pub fn features(&self) -> usize {
        self.vocabulary.len()
    }

    /// The best labels for a text, [`MOST_PROPOSED`] at the most, best first. None at all when the text
    /// has nothing that the model knows.
    pub fn propose(&self, text: &str) -> Vec<Proposal<'_>> {
        let features = Features::of(text);
        let reading = self.vocabulary.read(&features);
        let ranked = self.rank_reading(&reading).into_iter();
        ranked
            .take(MOST_PROPOSED)
            .map(|(label, confidence)| Proposal {
                label: &self.labels[usize::from(label)],
                confidence,
                spoke: evidence::spoke(&self.weights, label, &reading, &features.spans),
            })
            .collect()
    }

    /// Every label for a text, best first, without reasons. Empty when nothing in the text is known.
    pub fn rank(&self, text: &str) -> Vec<Ranked<'_>> {
        let reading = self.vocabulary.read(&Features::of(text));
        self.rank_reading(&reading)
            .into_iter()
            .map(|(label, confidence)| Ranked {
                label: &self.labels[usize::from(label)],
                confidence,
            })
            .collect()
    }

    fn rank_reading(&self, reading: &Reading) -> Vec<(u16, f32)> {
        if reading.row.is_empty() {
            return Vec::new();
        }
        let row = reading.row.iter();
        let margins = self
            .weights
            .margins(row.map(|share| (share.feature, share.value)));
        let confidences = self.curve.confidences(&margins);
        let mut ranked: Vec<(u16, f32)> = (0..).zip(confidences).collect();
        // By margin, not by confidence: far behind the first all confidences round to nought.
        ranked.sort_by(|one, other| {
            margins[usize::from(other.0)].total_cmp(&margins[usize::from(one.0)])
        });
        ranked
    }
}
