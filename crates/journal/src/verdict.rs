//! What a verifier answers: the verdict, and the first reason why it is not «valid».
//!
//! Codes of reasons are shared by all implementations and by the words shown to people.

/// The answer about a file; the number is the exit code of every verifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Everything holds, and a given key signed it.
    Valid = 0,
    /// Well-formed, but something does not hold, or none of the given keys signed it.
    Invalid = 1,
    /// Not a proof or receipt as the format defines it, or the key given cannot be read.
    Unreadable = 2,
    /// Everything holds, but no key was given to check the signature with.
    Unsigned = 3,
}

impl Verdict {
    /// The exit code.
    pub fn code(self) -> u8 {
        self as u8
    }
}

/// The first thing that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Longer than allowed, or too many parts.
    TooLarge,
    /// Not UTF-8, control characters, no newline at the end, or no known first line.
    Text,
    /// The lines of a proof part are not as they must be.
    Part,
    /// The disclosed data of a part are not in their one canonical form.
    Extra,
    /// A header is malformed.
    Header,
    /// A checkpoint is malformed.
    Checkpoint,
    /// A receipt or its signature lines are malformed.
    Receipt,
    /// A given key or policy cannot be read.
    Key,
    /// A disclosed field is not the one the entry commits to.
    Field,
    /// The field hashes are not those of the header.
    Fields,
    /// The entry is not in the tree under the checkpoint.
    Inclusion,
    /// The parts do not carry one and the same checkpoint.
    CheckpointDiffers,
    /// The checkpoint is not of the log the entry names.
    Origin,
    /// Versions are not 1, 2, 3… without a gap.
    Version,
    /// An entry is about something else than the first.
    Entity,
    /// An entry does not continue the one before it.
    Chain,
    /// Entries do not follow one another in the log.
    Order,
    /// No signature is by a given key.
    UnknownKey,
    /// The signature does not hold.
    Signature,
}

impl Reason {
    /// The code of the reason, the same in all implementations.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::Text => "text",
            Self::Part => "part",
            Self::Extra => "extra",
            Self::Header => "header",
            Self::Checkpoint => "checkpoint",
            Self::Receipt => "receipt",
            Self::Key => "key",
            Self::Field => "field",
            Self::Fields => "fields",
            Self::Inclusion => "inclusion",
            Self::CheckpointDiffers => "checkpoint-differs",
            Self::Origin => "origin",
            Self::Version => "version",
            Self::Entity => "entity",
            Self::Chain => "chain",
            Self::Order => "order",
            Self::UnknownKey => "unknown-key",
            Self::Signature => "signature",
        }
    }

    /// The verdict this reason leads to.
    pub fn verdict(self) -> Verdict {
        match self {
            Self::TooLarge
            | Self::Text
            | Self::Part
            | Self::Extra
            | Self::Header
            | Self::Checkpoint
            | Self::Receipt
            | Self::Key => Verdict::Unreadable,
            _ => Verdict::Invalid,
        }
    }
}
