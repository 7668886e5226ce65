//! Insight: what an appeal is about, proposed from its text.
//!
//! A [`Model`] learns from appeals whose subject people have settled, and proposes subjects for a new
//! text, best first, each with a confidence and with the words that spoke for it, so that whoever
//! confirms sees why. It proposes and never decides. [`Measure`] says how good a model is on appeals
//! it has not seen, and whether it may take the place of the present one.
//!
//! Nothing here does input or output: whoever calls brings rows and bytes.
//!
//! # Why it is written here
//! The learning is a linear support vector machine over word and letter n-grams, which for short texts
//! in many classes is hard to beat and can be explained word by word. Libraries were looked at first:
//! `linfa-svm` and `smartcore` take dense matrices, and the 21 000 texts of 130 000 features that a city
//! gives in four months would be 11 GB of them; `liblinear` binds a C++ library through a crate not
//! released since 2019, and the binary would have to be built with a C++ compiler. The part of liblinear
//! that is needed, dual coordinate descent for one label against the rest, is the hundred lines of
//! `svm.rs`. docs/classification.md has the figures.
//!
//! # What a model holds
//! Hashes of n-grams, never the words: a model that is copied or lost shows no text of anybody, though
//! whoever guesses a word can ask whether it was there. The names of subjects are in the clear.

mod bytes;
mod calibration;
mod classifier;
mod evidence;
mod features;
mod measure;
mod svm;
pub mod text;
mod training;
mod vocabulary;
mod weights;

pub use bytes::BytesError;
pub use classifier::{MOST_PROPOSED, Model, Proposal, Ranked};
pub use evidence::{MOST_SPOKE, Spoke};
pub use measure::{Doubt, LabelMeasure, Measure, by_date};
pub use training::{Training, TrainingError};
