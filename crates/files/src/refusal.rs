//! Why a file is not taken: each reason is a sentence that says what to do instead.

use base::FieldError;

use crate::What;

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It holds nothing.
    Empty,
    /// It has more bytes than are borne.
    TooLarge {
        /// How many megabytes are.
        megabytes: usize,
    },
    /// It is not of a kind that is taken here.
    NotAllowed(What),
    /// It breaks off, or its parts do not fit together.
    Unreadable,
    /// It is two kinds of file at once, or something was hidden behind its end.
    Polyglot,
    /// A picture with more points than are borne.
    TooManyPixels {
        /// How many millions are.
        megapixels: u64,
    },
    /// A PDF with more pages than are borne.
    TooManyPages {
        /// How many are.
        pages: usize,
    },
    /// A PDF of more parts, or that swells to more, than is borne.
    TooComplex,
    /// A PDF under a password.
    Encrypted,
    /// A PDF that would run something when it is opened.
    Active,
    /// A PDF with other files inside.
    Attachments,
    /// Looking at it took too long.
    TooSlow,
}

impl Refusal {
    /// The key of the sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "files-empty",
            Self::TooLarge { .. } => "files-too-large",
            Self::NotAllowed(what) => what.key(),
            Self::Unreadable => "files-unreadable",
            Self::Polyglot => "files-polyglot",
            Self::TooManyPixels { .. } => "files-too-many-pixels",
            Self::TooManyPages { .. } => "files-too-many-pages",
            Self::TooComplex => "files-too-complex",
            Self::Encrypted => "files-encrypted",
            Self::Active => "files-active",
            Self::Attachments => "files-attachments",
            Self::TooSlow => "files-too-slow",
        }
    }

    /// The refusal as a mistake of a form's field; `formats` are the kinds taken here, as people
    /// know them, and `name` the file's.
    pub fn of_field(self, field: &str, name: &str, formats: &str) -> FieldError {
        let error = FieldError::new(field, self.key())
            .with("name", shown(name))
            .with("formats", formats);
        match self {
            Self::TooLarge { megabytes } => error.with("most", megabytes),
            Self::TooManyPixels { megapixels } => error.with("most", megapixels),
            Self::TooManyPages { pages } => error.with("most", pages),
            _ => error,
        }
    }
}

/// A foreign name inside a sentence: as sent, without what cannot be seen.
fn shown(name: &str) -> String {
    let kind = crate::Kind::Pdf;
    let clean = crate::clean_name(&format!("{name}."), kind);
    let stem = clean.strip_suffix(".pdf").unwrap_or(&clean).to_owned();
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    match last.rsplit_once('.') {
        Some((_, ending))
            if (2..=5).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            format!("{stem}.{ending}")
        }
        _ => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_the_file_as_it_was_sent() {
        assert_eq!(shown("отчёт.docx"), "отчёт.docx");
        assert_eq!(shown("a\u{202e}b.exe"), "ab.exe");
        assert_eq!(shown("без ничего"), "без ничего");
    }
}
