//! How good a model is on texts that it has not seen, and whether it may take the place of another.
//!
//! Appeals of one day resemble each other, and a model meets only days to come: rows are split by date,
//! never by chance. Repeats are to be taken out before.
#![expect(
    clippy::cast_precision_loss,
    reason = "counts of rows are far below what f64 holds"
)]

use std::collections::BTreeMap;

use crate::classifier::Model;
use crate::features;

/// Bands of confidence by which [`Measure::calibration_error`] is counted.
const BANDS: usize = 10;
/// How many standard deviations more rows a new model must gain than lose: by chance alone one of
/// twenty such would be switched on.
const SURE: f64 = 1.645;
/// The most of macro-F1 that a new model may lose.
const MOST_LOST_F1: f64 = 0.01;

/// What came of a model on rows with known labels.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    labels: Vec<LabelMeasure>,
    /// At which place the right label of each row stood; none if it was not proposed at all.
    places: Vec<Option<usize>>,
    calibration_error: f64,
    /// Names the rows, so that two measures are compared over the same ones.
    rows: u64,
}

/// What came of a model for one label.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelMeasure {
    /// The label.
    pub label: String,
    /// Rows that have it.
    pub rows: usize,
    /// Rows for which it was proposed first.
    pub proposed: usize,
    /// Rows that have it and for which it was proposed first.
    pub right: usize,
}

impl LabelMeasure {
    /// The part of its proposals that were right, or nought without any.
    pub fn precision(&self) -> f64 {
        part(self.right, self.proposed)
    }

    /// The part of its rows that were found, or nought without any.
    pub fn recall(&self) -> f64 {
        part(self.right, self.rows)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        part(2 * self.right, self.proposed + self.rows)
    }
}

/// Why a new model is not switched on.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Doubt {
    /// The two were measured on different rows, or on none.
    #[error("the models were not measured on the same rows")]
    OtherRows,
    /// What it gains over what it loses may be chance.
    #[error(
        "it is right where the present one errs in {gained} rows and the other way round in {lost}: that may be chance"
    )]
    Chance {
        /// Rows that only the new model has right.
        gained: usize,
        /// Rows that only the present model has right.
        lost: usize,
    },
    /// It gains on frequent labels what it loses on rare ones.
    #[error("rare labels lose: macro-F1 falls from {present:.3} to {new:.3}")]
    RareLabels {
        /// Macro-F1 of the present model.
        present: f64,
        /// Macro-F1 of the new one.
        new: f64,
    },
}

impl Measure {
    /// Asks the model for every row.
    pub fn of<T: AsRef<str>, L: AsRef<str>>(model: &Model, rows: &[(T, L)]) -> Self {
        let mut labels: BTreeMap<&str, LabelMeasure> = BTreeMap::new();
        let mut places = Vec::with_capacity(rows.len());
        let mut bands = [(0_usize, 0.0_f64); BANDS];
        let mut name = 0;
        for (text, label) in rows {
            let (text, label) = (text.as_ref(), label.as_ref());
            for letter in text
                .chars()
                .chain(['\0'])
                .chain(label.chars())
                .chain(['\0'])
            {
                name = features::mix(name, letter);
            }
            let ranked = model.rank(text);
            let place = ranked.iter().position(|ranked| ranked.label == label);
            places.push(place);
            let mut count = |label, add: fn(&mut LabelMeasure)| {
                add(labels.entry(label).or_insert_with(|| LabelMeasure {
                    label: label.to_owned(),
                    rows: 0,
                    proposed: 0,
                    right: 0,
                }));
            };
            count(label, |measure| measure.rows += 1);
            if let Some(first) = ranked.first() {
                count(first.label, |measure| measure.proposed += 1);
                let confidence = f64::from(first.confidence);
                let (rows, surplus) = &mut bands[band(confidence)];
                *rows += 1;
                *surplus += confidence - f64::from(u8::from(place == Some(0)));
            }
            if place == Some(0) {
                count(label, |measure| measure.right += 1);
            }
        }
        let surplus: f64 = bands.iter().map(|(_, surplus)| surplus.abs()).sum();
        let asked: usize = bands.iter().map(|(rows, _)| rows).sum();
        Self {
            labels: labels.into_values().collect(),
            places,
            calibration_error: if asked == 0 {
                0.0
            } else {
                surplus / asked as f64
            },
            rows: name,
        }
    }

    /// How many rows were asked for.
    pub fn rows(&self) -> usize {
        self.places.len()
    }

    /// The part of rows whose label was proposed first.
    pub fn accuracy(&self) -> f64 {
        self.top(1)
    }

    /// The part of rows whose label was among the first so many.
    pub fn top(&self, first: usize) -> f64 {
        let within = |place: &&Option<usize>| place.is_some_and(|place| place < first);
        part(self.places.iter().filter(within).count(), self.places.len())
    }

    /// The mean of F1 over the labels that the rows have or that were proposed: each counts alike,
    /// however rare.
    pub fn macro_f1(&self) -> f64 {
        if self.labels.is_empty() {
            return 0.0;
        }
        self.labels.iter().map(LabelMeasure::f1).sum::<f64>() / self.labels.len() as f64
    }

    /// Label by label, sorted.
    pub fn labels(&self) -> &[LabelMeasure] {
        &self.labels
    }

    /// By how much confidence differs from the part that was right, over ten bands of confidence, each
    /// by its rows.
    pub fn calibration_error(&self) -> f64 {
        self.calibration_error
    }

    /// Whether the model that was measured may be switched on instead of the `present` one: on the same
    /// rows it is right more often, beyond chance, and rare labels do not pay for it.
    pub fn better_than(&self, present: &Self) -> Result<(), Doubt> {
        if self.rows != present.rows || self.rows() != present.rows() || self.rows() == 0 {
            return Err(Doubt::OtherRows);
        }
        let only = |one: &Self, other: &Self| {
            let places = one.places.iter().zip(&other.places);
            places
                .filter(|(one, other)| **one == Some(0) && **other != Some(0))
                .count()
        };
        let (gained, lost) = (only(self, present), only(present, self));
        let differing = (gained + lost) as f64;
        if gained <= lost || (gained - lost) as f64 <= SURE * differing.sqrt() {
            return Err(Doubt::Chance { gained, lost });
        }
        let (present, new) = (present.macro_f1(), self.macro_f1());
        if new < present - MOST_LOST_F1 {
            return Err(Doubt::RareLabels { present, new });
        }
        Ok(())
    }
}

/// Splits rows by date: the first `percent` of them, and the later rest. Rows of the same moment stay in
/// the order in which they came.
pub fn by_date<Row, Date: Ord>(
    mut rows: Vec<Row>,
    date: impl Fn(&Row) -> Date,
    percent: u8,
) -> (Vec<Row>, Vec<Row>) {
    rows.sort_by_key(|row| date(row));
    let first = rows.len() * usize::from(percent.min(100)) / 100;
    let later = rows.split_off(first);
    (rows, later)
}

fn part(of: usize, all: usize) -> f64 {
    if all == 0 {
        0.0
    } else {
        of as f64 / all as f64
    }
}

/// The band that a confidence falls into.
fn band(confidence: f64) -> usize {
    (1..BANDS)
        .rev()
        .find(|band| confidence >= *band as f64 / BANDS as f64)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Training;

    fn model(rows: &[(&str, &str)]) -> Model {
        Model::train(rows, &Training::default()).expect("it learns")
    }

    fn taught() -> Model {
        model(&[
            ("яма на дороге", "roads"),
            ("яма на дороге у дома", "roads"),
            ("нет света", "lights"),
            ("опять нет света", "lights"),
        ])
    }

    #[test]
    fn figures_are_those_of_their_definitions() {
        let rows = [
            ("яма", "roads"),
            ("на дороге", "roads"),
            ("нет света", "lights"),
            ("нет света", "roads"),
            ("zzz", "waste"),
        ];
        let measure = Measure::of(&taught(), &rows);
        let near = |one: f64, other: f64| assert!((one - other).abs() < 1e-9, "{one} {other}");
        near(measure.accuracy(), 0.6);
        near(measure.top(2), 0.8);
        // Lights 2·1/(2+1), roads 2·2/(2+3), waste nought.
        near(measure.macro_f1(), (2.0 / 3.0 + 0.8) / 3.0);
        let roads = &measure.labels()[1];
        near(roads.precision(), 1.0);
        near(roads.recall(), 2.0 / 3.0);
        assert_eq!((measure.rows(), roads.label.as_str()), (5, "roads"));
        assert!((0.0..=1.0).contains(&measure.calibration_error()));
        let none = Measure::of::<&str, &str>(&taught(), &[]);
        near(
            none.accuracy() + none.macro_f1() + none.calibration_error(),
            0.0,
        );
    }

    #[test]
    fn a_model_takes_anothers_place_only_when_it_is_surely_better() {
        let wrong = model(&[
            ("яма на дороге", "lights"),
            ("яма на дороге у дома", "lights"),
            ("нет света", "roads"),
            ("опять нет света", "roads"),
        ]);
        let row = |n: usize| match n % 2 {
            0 => ("яма", "roads"),
            _ => ("нет света", "lights"),
        };
        let many: Vec<_> = (0..20).map(row).collect();
        let (new, present) = (Measure::of(&taught(), &many), Measure::of(&wrong, &many));
        assert_eq!(new.better_than(&present), Ok(()));
        assert_eq!(
            present.better_than(&new),
            Err(Doubt::Chance {
                gained: 0,
                lost: 20
            })
        );
        assert_eq!(
            new.better_than(&new),
            Err(Doubt::Chance { gained: 0, lost: 0 })
        );
        let few = (
            Measure::of(&taught(), &many[..2]),
            Measure::of(&wrong, &many[..2]),
        );
        assert_eq!(
            few.0.better_than(&few.1),
            Err(Doubt::Chance { gained: 2, lost: 0 })
        );
        assert_eq!(few.0.better_than(&present), Err(Doubt::OtherRows));
    }

    #[test]
    fn rare_labels_do_not_pay_for_frequent_ones() {
        let places = |right: usize| (0..100).map(|n| (n < right).then_some(0)).collect();
        let label = |rows, right| LabelMeasure {
            label: String::new(),
            rows,
            proposed: rows,
            right,
        };
        let measure = |frequent, rare| Measure {
            labels: vec![label(90, frequent), label(10, rare)],
            places: places(frequent + rare),
            calibration_error: 0.0,
            rows: 7,
        };
        assert_eq!(
            measure(85, 0).better_than(&measure(60, 9)),
            Err(Doubt::RareLabels {
                present: measure(60, 9).macro_f1(),
                new: measure(85, 0).macro_f1(),
            })
        );
        assert_eq!(measure(80, 9).better_than(&measure(60, 9)), Ok(()));
    }

    #[test]
    fn later_rows_are_the_test() {
        let (train, test) = by_date(vec![3, 1, 5, 2, 4], |row| *row, 80);
        assert_eq!((train, test), (vec![1, 2, 3, 4], vec![5]));
        assert_eq!(by_date(vec![1], |row| *row, 200).1, Vec::<i32>::new());
    }
}
