//! Learning: from texts with their labels to a vocabulary, a plane for each label, and the curve
//! of confidences.

use std::collections::BTreeSet;

use crate::calibration::Curve;
use crate::classifier::Model;
use crate::features::Features;
use crate::svm::{self, Effort, Rows};
use crate::vocabulary::Vocabulary;
use crate::weights::{Rounded, Weights};

/// One row of so many, the latest ones, is held out to find the curve of confidences.
const HELD_OUT: usize = 10;
/// With fewer rows held out than this the usual curve is taken.
const FEWEST_HELD_OUT: usize = 20;

/// How a model is trained. The default is what was measured to be good on appeals.
#[derive(Clone, Copy, Debug)]
pub struct Training {
    /// A feature must stand in so many texts to count.
    pub rarest: u32,
    /// What an error costs against simplicity: the C of support vector machines.
    pub cost: f64,
    /// How much more an error costs in the rows of a rare label: a label with fewer rows than the mean
    /// counts (mean / rows) to this power. Nought lets frequent labels win every doubt.
    pub rare: f64,
    /// When the search for a plane ends: how far the worst row may be from its best place.
    pub tolerance: f64,
    /// The most passes over the rows for one label.
    pub passes: usize,
}

impl Default for Training {
    fn default() -> Self {
        Self {
            rarest: 2,
            cost: 0.2,
            rare: 0.7,
            tolerance: 0.01,
            passes: 1000,
        }
    }
}

/// Why nothing could be learned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrainingError {
    /// There are not two different labels.
    #[error("a choice needs two labels or more, the rows have {0}")]
    FewLabels(usize),
    /// There are more labels than a model can number.
    #[error("{0} labels are more than a model can hold")]
    ManyLabels(usize),
    /// There are more rows than a model can count.
    #[error("{0} rows are more than a model can learn from")]
    ManyRows(usize),
    /// No feature stands in as many texts as it must.
    #[error("the texts have nothing in common")]
    NothingInCommon,
    /// Cost or tolerance is not above nought, or the weight of rare labels not from 0 to 1.
    #[error(
        "cost and tolerance must be numbers above nought, the weight of rare labels from 0 to 1"
    )]
    Effort,
}

impl Model {
    /// Learns from texts, each with its label, in the order of their dates: the latest tenth shows how
    /// sure the model may be, and then counts like all others. The same rows give the same model.
    pub fn train<T: AsRef<str>, L: AsRef<str>>(
        rows: &[(T, L)],
        training: &Training,
    ) -> Result<Self, TrainingError> {
        let above_nought = |number: f64| number.is_finite() && number > 0.0;
        if !above_nought(training.cost)
            || !above_nought(training.tolerance)
            || !(0.0..=1.0).contains(&training.rare)
        {
            return Err(TrainingError::Effort);
        }
        if u32::try_from(rows.len()).is_err() {
            return Err(TrainingError::ManyRows(rows.len()));
        }
        let names: BTreeSet<&str> = rows.iter().map(|(_, label)| label.as_ref()).collect();
        let names: Vec<&str> = names.into_iter().collect();
        if names.len() < 2 {
            return Err(TrainingError::FewLabels(names.len()));
        }
        if u16::try_from(names.len()).is_err() {
            return Err(TrainingError::ManyLabels(names.len()));
        }
        let numbered: Vec<(&str, usize)> = rows
            .iter()
            .map(|(text, label)| {
                let number = names.partition_point(|name| *name < label.as_ref());
                (text.as_ref(), number)
            })
            .collect();
        let (vocabulary, weights) = learn(&numbered, names.len(), training);
        if vocabulary.len() == 0 {
            return Err(TrainingError::NothingInCommon);
        }
        Ok(Self {
            labels: names.into_iter().map(str::to_owned).collect(),
            vocabulary,
            weights,
            curve: curve(&numbered, training),
        })
    }
}

/// A vocabulary and the weights over it. A label without rows speaks for nothing.
fn learn(rows: &[(&str, usize)], labels: usize, training: &Training) -> (Vocabulary, Weights) {
    let texts: Vec<&str> = rows.iter().map(|(text, _)| *text).collect();
    let vocabulary = Vocabulary::learn(&texts, training.rarest);
    let mut matrix = Rows::new();
    for text in texts {
        let mut row = vocabulary.read(&Features::of(text)).row;
        row.sort_unstable_by_key(|share| share.feature);
        matrix.push(row.into_iter().map(|share| (share.feature, share.value)));
    }
    let planes: Vec<Rounded> = (0..labels)
        .map(|label| {
            let ours: Vec<bool> = rows.iter().map(|(_, of)| *of == label).collect();
            let effort = Effort {
                cost: training.cost,
                cost_ours: training.cost * rareness(&ours, labels).powf(training.rare),
                passes: training.passes,
                tolerance: training.tolerance,
            };
            Rounded::of(&svm::separate(&matrix, vocabulary.len(), &ours, effort))
        })
        .collect();
    let weights = Weights::new(&planes, vocabulary.len());
    (vocabulary, weights)
}

/// How many times fewer rows a label has than the mean of all labels; one for those that have more.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of rows are far below what f64 holds"
)]
fn rareness(ours: &[bool], labels: usize) -> f64 {
    let rows = ours.iter().filter(|ours| **ours).count();
    (ours.len() as f64 / (labels * rows.max(1)) as f64).max(1.0)
}

/// Learns from the earlier rows and looks at the margins of the latest.
fn curve(rows: &[(&str, usize)], training: &Training) -> Curve {
    let (earlier, latest) = rows.split_at(rows.len() - rows.len() / HELD_OUT);
    if latest.len() < FEWEST_HELD_OUT {
        return Curve::USUAL;
    }
    // Numbered anew: a label that begins only with the latest rows would have no plane.
    let known: BTreeSet<usize> = earlier.iter().map(|(_, label)| *label).collect();
    let known: Vec<usize> = known.into_iter().collect();
    let number = |label: usize| known.binary_search(&label).ok();
    if known.len() < 2 {
        return Curve::USUAL;
    }
    let earlier: Vec<(&str, usize)> = earlier
        .iter()
        .filter_map(|(text, label)| Some((*text, number(*label)?)))
        .collect();
    let (vocabulary, weights) = learn(&earlier, known.len(), training);
    let held_out: Vec<(Vec<f32>, usize)> = latest
        .iter()
        .filter_map(|(text, label)| {
            let row = vocabulary.read(&Features::of(text)).row;
            let margins = weights.margins(row.iter().map(|s| (s.feature, s.value)));
            Some((margins, number(*label)?))
        })
        .collect();
    Curve::fit(&held_out)
}
