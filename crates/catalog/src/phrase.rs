//! A text that belongs to data (the name of a service, the label of a field) in every language of
//! the product. Texts of the program itself live in the word files instead.

use base::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One text in Russian and English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Phrase)]
pub struct Phrase {
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

impl Phrase {
    /// A phrase of two texts.
    pub fn new(ru: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ru: ru.into(),
            en: en.into(),
        }
    }

    /// The text in `language`.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }

    /// Whether a text is there in every language.
    pub fn is_complete(&self) -> bool {
        Language::ALL
            .into_iter()
            .all(|language| !self.text(language).trim().is_empty())
    }
}
