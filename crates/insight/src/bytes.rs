//! A model as bytes: to be kept beside other blobs and loaded at the start.
//!
//! Numbers are little-endian; `varint` is LEB128 of at most five bytes. Version 1:
//!
//! | part | what |
//! |---|---|
//! | head | `OKNOinsight` with a nought after it, version `u32`, SHA-256 of the body |
//! | body | texts learned from `u32`, steepness and shift of the curve of confidences `f32`, count of labels `u32`, count of features `u32` |
//! | a label | length of its name `u32`, name in UTF-8, step `f32`, offset `f32` |
//! | a feature | hash `u64`, texts that had it `varint`, count of weights `varint`, for each: how many labels are skipped before its own `varint`, the weight `i8` |
//!
//! Labels ascend, hashes ascend, no weight is nought: a model has one form in bytes, and its digest
//! names it. What comes in is not trusted even when the digest fits: everything is bounded before
//! it is used, and whatever does not fit is an error, never a panic.

use sha2::{Digest, Sha256};

use crate::calibration::Curve;
use crate::classifier::Model;
use crate::vocabulary::Vocabulary;
use crate::weights::{Scale, Weights};

const MAGIC: [u8; 12] = *b"OKNOinsight\0";
const VERSION: u32 = 1;
const DIGEST: usize = 32;
/// The fewest bytes that a label and a feature take, by which their counts are bounded.
const LABEL: usize = 12;
const FEATURE: usize = 10;
/// A step or an offset beyond this is no result of training, and sums of it might leave `f32`.
const FARTHEST: f32 = 1e6;
/// The same of how steep the curve of confidences is.
const STEEPNESSES: std::ops::RangeInclusive<f32> = 1e-3..=1e3;

/// Why bytes are no model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BytesError {
    /// They do not begin as a model does.
    #[error("these bytes are no model")]
    NoModel,
    /// The format is newer than this program.
    #[error("version {0} of a model is not known")]
    UnknownVersion(u32),
    /// They are cut short or were changed: the digest differs.
    #[error("the model is damaged")]
    Damaged,
    /// The digest fits, but what it covers is no model.
    #[error("the model is malformed: {0}")]
    Malformed(&'static str),
}

impl Model {
    /// The model in version 1 of the format.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        body.extend(self.vocabulary.texts().to_le_bytes());
        body.extend(self.curve.steepness.to_le_bytes());
        body.extend(self.curve.shift.to_le_bytes());
        body.extend(count(self.labels.len()).to_le_bytes());
        body.extend(count(self.vocabulary.len()).to_le_bytes());
        for (label, scale) in self.labels.iter().zip(&self.weights.scales) {
            body.extend(count(label.len()).to_le_bytes());
            body.extend(label.as_bytes());
            body.extend(scale.step.to_le_bytes());
            body.extend(scale.offset.to_le_bytes());
        }
        for (feature, (hash, texts)) in (0..).zip(self.vocabulary.entries()) {
            body.extend(hash.to_le_bytes());
            put_varint(&mut body, texts);
            put_varint(&mut body, count(self.weights.row(feature).count()));
            let mut next = 0;
            for (label, weight) in self.weights.row(feature) {
                put_varint(&mut body, u32::from(label) - next);
                body.extend(weight.to_le_bytes());
                next = u32::from(label) + 1;
            }
        }
        let mut bytes = Vec::with_capacity(MAGIC.len() + 4 + DIGEST + body.len());
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(Sha256::digest(&body));
        bytes.extend(body);
        bytes
    }

    /// Reads what [`Self::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BytesError> {
        let rest = bytes.strip_prefix(&MAGIC).ok_or(BytesError::NoModel)?;
        let (version, rest) = rest.split_first_chunk().ok_or(BytesError::Damaged)?;
        let version = u32::from_le_bytes(*version);
        if version != VERSION {
            return Err(BytesError::UnknownVersion(version));
        }
        let (digest, body) = rest
            .split_first_chunk::<DIGEST>()
            .ok_or(BytesError::Damaged)?;
        if Sha256::digest(body)[..] != digest[..] {
            return Err(BytesError::Damaged);
        }
        let mut reader = Reader(body);
        let model = reader.model()?;
        if !reader.0.is_empty() {
            return Err(BytesError::Malformed("something stands after the end"));
        }
        Ok(model)
    }
}

/// A count that training and reading hold to `u32`.
fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn put_varint(bytes: &mut Vec<u8>, mut value: u32) {
    loop {
        let low = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 0x80);
    }
}

/// What is still to be read.
struct Reader<'bytes>(&'bytes [u8]);

impl Reader<'_> {
    fn model(&mut self) -> Result<Model, BytesError> {
        let texts = self.u32()?;
        let (steepness, shift) = (self.number()?, self.number()?);
        if !STEEPNESSES.contains(&steepness) || shift.abs() > FARTHEST {
            return Err(BytesError::Malformed("the curve is out of bounds"));
        }
        let labels = self.u32()? as usize;
        let features = self.u32()? as usize;
        if u16::try_from(labels).is_err() || labels < 2 || labels > self.0.len() / LABEL {
            return Err(BytesError::Malformed(
                "the count of labels is out of bounds",
            ));
        }
        let (mut names, mut scales) = (Vec::with_capacity(labels), Vec::with_capacity(labels));
        for _ in 0..labels {
            let (name, scale) = self.label()?;
            if names.last().is_some_and(|last| *last >= name) {
                return Err(BytesError::Malformed("the labels do not ascend"));
            }
            names.push(name);
            scales.push(scale);
        }
        if features == 0 || features > self.0.len() / FEATURE {
            return Err(BytesError::Malformed(
                "the count of features is out of bounds",
            ));
        }
        let mut weights = Weights::empty(scales);
        let (mut hashes, mut counts) = (Vec::with_capacity(features), Vec::with_capacity(features));
        let mut row = Vec::with_capacity(labels);
        for _ in 0..features {
            let hash = u64::from_le_bytes(self.take()?);
            if hashes.last().is_some_and(|last| *last >= hash) {
                return Err(BytesError::Malformed("the features do not ascend"));
            }
            let had = self.varint()?;
            if had == 0 || had > texts {
                return Err(BytesError::Malformed(
                    "a feature stands in impossibly many texts",
                ));
            }
            self.row(labels, &mut row)?;
            weights.push(row.drain(..));
            hashes.push(hash);
            counts.push(had);
        }
        Ok(Model {
            labels: names,
            vocabulary: Vocabulary::new(hashes, counts, texts),
            weights,
            curve: Curve { steepness, shift },
        })
    }

    fn label(&mut self) -> Result<(String, Scale), BytesError> {
        let length = self.u32()? as usize;
        let (name, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(BytesError::Malformed("it ends too early"))?;
        self.0 = rest;
        let name = std::str::from_utf8(name)
            .map_err(|_| BytesError::Malformed("a label is no text"))?
            .to_owned();
        let (step, offset) = (self.number()?, self.number()?);
        if !(0.0..=FARTHEST).contains(&step) || offset.abs() > FARTHEST {
            return Err(BytesError::Malformed("a scale is out of bounds"));
        }
        Ok((name, Scale { step, offset }))
    }

    /// The weights of one feature, with ascending labels below `labels`.
    fn row(&mut self, labels: usize, row: &mut Vec<(u16, i8)>) -> Result<(), BytesError> {
        let beyond = BytesError::Malformed("a weight is for no label");
        let length = self.varint()? as usize;
        if length > labels {
            return Err(beyond);
        }
        let mut next = 0_usize;
        for _ in 0..length {
            let label = next.saturating_add(self.varint()? as usize);
            let number = u16::try_from(label).map_err(|_| beyond.clone())?;
            if label >= labels {
                return Err(beyond);
            }
            let weight = i8::from_le_bytes(self.take()?);
            if weight == 0 || weight == i8::MIN {
                return Err(BytesError::Malformed("a weight is out of bounds"));
            }
            row.push((number, weight));
            next = label + 1;
        }
        Ok(())
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], BytesError> {
        let (taken, rest) = self
            .0
            .split_first_chunk()
            .ok_or(BytesError::Malformed("it ends too early"))?;
        self.0 = rest;
        Ok(*taken)
    }

    fn u32(&mut self) -> Result<u32, BytesError> {
        Ok(u32::from_le_bytes(self.take()?))
    }

    fn number(&mut self) -> Result<f32, BytesError> {
        Some(f32::from_le_bytes(self.take()?))
            .filter(|number| number.is_finite())
            .ok_or(BytesError::Malformed("a number is none"))
    }

    fn varint(&mut self) -> Result<u32, BytesError> {
        let mut value = 0_u64;
        for shift in (0..35).step_by(7) {
            let [byte] = self.take()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                // A nought at the end would be a second way to write the same number.
                return u32::try_from(value)
                    .ok()
                    .filter(|_| byte != 0 || shift == 0)
                    .ok_or(BytesError::Malformed("a count is out of bounds"));
            }
        }
        Err(BytesError::Malformed("a count is out of bounds"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Training;
    use proptest::prelude::*;

    fn model() -> Model {
        let rows = [
            ("яма на дороге", "roads"),
            ("дорога в ямах", "roads"),
            ("нет света во дворе", "lights"),
            ("света нет", "lights"),
            ("не вывозят мусор", "waste"),
            ("мусор у дома", "waste"),
        ];
        Model::train(&rows, &Training::default()).expect("it learns")
    }

    /// A model whose digest fits whatever its body says.
    fn sealed(body: &[u8]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(Sha256::digest(body));
        bytes.extend(body);
        bytes
    }

    #[test]
    fn what_was_written_is_read_again() {
        let model = model();
        let bytes = model.to_bytes();
        let read = Model::from_bytes(&bytes).expect("it reads");
        assert_eq!(read, model);
        assert_eq!(read.to_bytes(), bytes);
    }

    #[test]
    fn other_bytes_are_refused_with_the_reason() {
        let bytes = model().to_bytes();
        assert_eq!(Model::from_bytes(b""), Err(BytesError::NoModel));
        assert_eq!(Model::from_bytes(&bytes[1..]), Err(BytesError::NoModel));
        let mut newer = bytes.clone();
        newer[MAGIC.len()] = 2;
        assert_eq!(
            Model::from_bytes(&newer),
            Err(BytesError::UnknownVersion(2))
        );
        for end in MAGIC.len()..bytes.len() {
            assert_eq!(Model::from_bytes(&bytes[..end]), Err(BytesError::Damaged));
        }
        let mut more = bytes[MAGIC.len() + 4 + DIGEST..].to_vec();
        more.push(0);
        assert_eq!(
            Model::from_bytes(&sealed(&more)),
            Err(BytesError::Malformed("something stands after the end"))
        );
    }

    #[test]
    fn a_number_has_one_form() {
        for value in [0, 1, 127, 128, 300, u32::MAX] {
            let mut bytes = Vec::new();
            put_varint(&mut bytes, value);
            assert_eq!(Reader(&bytes).varint(), Ok(value));
        }
        for wrong in [
            &[0x80, 0x00][..],
            &[0xff; 5],
            &[0xff, 0xff, 0xff, 0xff, 0x7f],
            &[],
        ] {
            assert!(Reader(wrong).varint().is_err());
        }
    }

    proptest! {
        #[test]
        fn a_changed_byte_is_noticed(at in any::<prop::sample::Index>(), by in 1_u8..) {
            let mut bytes = model().to_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= by;
            prop_assert!(Model::from_bytes(&bytes).is_err());
        }

        #[test]
        fn a_body_that_lies_under_a_fitting_digest_is_an_error_or_a_model(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
            cut in any::<prop::sample::Index>(),
            text in ".{0,60}",
        ) {
            let bytes = model().to_bytes();
            let mut body = bytes[MAGIC.len() + 4 + DIGEST..].to_vec();
            for (at, byte) in changes {
                let at = at.index(body.len());
                body[at] = byte;
            }
            if cut.index(3) == 0 {
                body.truncate(cut.index(body.len()));
            }
            if let Ok(read) = Model::from_bytes(&sealed(&body)) {
                prop_assert_eq!(Model::from_bytes(&read.to_bytes()), Ok(read.clone()));
                for proposal in read.propose(&format!("дорога {text} света")) {
                    prop_assert!(proposal.confidence.is_finite());
                }
            }
        }

        #[test]
        fn nonsense_is_an_error(body in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(Model::from_bytes(&body).is_err());
            prop_assert!(Model::from_bytes(&sealed(&body)).is_err());
        }
    }
}
