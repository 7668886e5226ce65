//! What may be attached to a case of a service: which kinds of file, how many, and which documents
//! are asked for by name.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::is_code;
use crate::phrase::Phrase;

/// The most files that any service takes with one case.
pub const MOST: u32 = 20;

/// What may be attached; without a word in a service's file, PDF and JPEG, twenty files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = Attachments)]
pub struct Attachments {
    /// The kinds of file.
    pub formats: Vec<Format>,
    /// The most files of a case; 0 where none are taken with the filing.
    pub most: u32,
    /// Documents that are asked for by name.
    pub slots: Vec<Slot>,
}

impl Default for Attachments {
    fn default() -> Self {
        Self {
            formats: vec![Format::Pdf, Format::Jpeg],
            most: MOST,
            slots: Vec::new(),
        }
    }
}

/// A kind of file.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = FileFormat)]
pub enum Format {
    /// PDF.
    Pdf,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl Format {
    /// The code in services' files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }
}

/// A document that a service asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DocumentSlot)]
pub struct Slot {
    /// Stable code.
    pub code: String,
    /// What it is: «Копия договора».
    pub title: Phrase,
    /// What is accepted for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Phrase>,
    /// Whether nothing can be filed without it.
    #[serde(default)]
    pub required: bool,
}

impl Attachments {
    /// Whether this is what a service has that says nothing.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Whether files may come with the filing.
    pub const fn are_taken(&self) -> bool {
        self.most > 0
    }

    /// Whether attaching is a step of its own, because documents are asked for by name; otherwise
    /// the last page before sending leads to it, and nobody passes it who has nothing to attach.
    pub fn is_step(&self) -> bool {
        self.are_taken() && !self.slots.is_empty()
    }

    /// What cannot be as it is written.
    pub(crate) fn fault(&self) -> Option<&'static str> {
        let codes: BTreeSet<&str> = self.slots.iter().map(|slot| slot.code.as_str()).collect();
        let formats: BTreeSet<Format> = self.formats.iter().copied().collect();
        let words = |slot: &Slot| {
            slot.title.is_complete() && slot.hint.as_ref().is_none_or(Phrase::is_complete)
        };
        let required = self.slots.iter().filter(|slot| slot.required).count();
        if formats.is_empty() || formats.len() != self.formats.len() {
            Some("attachments.formats")
        } else if self.most > MOST || required > self.most as usize {
            Some("attachments.most")
        } else if codes.len() != self.slots.len()
            || self.slots.len() > MOST as usize
            || !self
                .slots
                .iter()
                .all(|slot| is_code(&slot.code) && words(slot))
        {
            Some("attachments.slots")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Definition, DefinitionError};

    fn with(attachments: &str) -> Result<Definition, DefinitionError> {
        let text = crate::BUILT_IN[0].replacen("\n[help]", &format!("\n{attachments}\n[help]"), 1);
        Definition::from_toml(&text)
    }

    #[test]
    fn a_service_that_says_nothing_takes_pdf_and_jpeg() {
        let usual = with("").unwrap();
        assert!(usual.attachments.is_usual() && usual.attachments.are_taken());
        let json = serde_json::to_string(&usual).unwrap();
        assert!(
            !json.contains("attachments"),
            "what is usual is not written"
        );
    }

    #[test]
    fn a_service_names_its_documents() {
        let named = with(
            "[attachments]\nformats = [\"pdf\", \"png\"]\nmost = 3\n\
             [[attachments.slots]]\ncode = \"contract\"\nrequired = true\n\
             title = { ru = \"Договор\", en = \"Contract\" }\n",
        )
        .unwrap();
        assert_eq!(named.attachments.formats, [Format::Pdf, Format::Png]);
        assert!(named.attachments.slots[0].required);
        for wrong in [
            "attachments = { formats = [] }",
            "attachments = { formats = [\"pdf\", \"pdf\"] }",
            "attachments = { formats = [\"exe\"] }",
            "attachments = { most = 21 }",
            "attachments = { slots = [{ code = \"a\", title = { ru = \"А\", en = \"\" } }] }",
            "attachments = { slots = [{ code = \"Я\", title = { ru = \"А\", en = \"A\" } }] }",
        ] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
    }
}
