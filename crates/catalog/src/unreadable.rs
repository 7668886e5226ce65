//! Sentences for what keeps a text from being read at all. The readers of TOML and JSON say it in
//! English, for programmers; whoever writes a form gets the sentence of one of a few mistakes.

/// Beginnings of what the readers say about a name that stands in backticks after them.
const OF_A_NAME: [(&str, &str); 5] = [
    ("unknown field `", "catalog-fault-unknown"),
    ("missing field `", "catalog-fault-missing"),
    ("duplicate field `", "catalog-fault-twice"),
    ("duplicate key: `", "catalog-fault-twice"),
    ("unknown variant `", "catalog-fault-variant"),
];

/// What is said of a value of the wrong type, by what was wanted in its place.
const WANTED: [(&str, &str); 12] = [
    ("string", "catalog-fault-type-text"),
    ("a string", "catalog-fault-type-text"),
    ("u", "catalog-fault-type-number"),
    ("i", "catalog-fault-type-number"),
    ("integer", "catalog-fault-type-number"),
    ("a boolean", "catalog-fault-type-yes"),
    ("boolean", "catalog-fault-type-yes"),
    ("a sequence", "catalog-fault-type-list"),
    ("sequence", "catalog-fault-type-list"),
    ("struct", "catalog-fault-type-table"),
    ("a map", "catalog-fault-type-table"),
    ("map", "catalog-fault-type-table"),
];

/// What stands in the sentences about marks.
const OF_MARKS: [(&str, &str); 10] = [
    ("duplicate key", "catalog-fault-key-twice"),
    ("string values must be quoted", "catalog-fault-quotes"),
    ("missing opening quote", "catalog-fault-quotes"),
    ("invalid basic string", "catalog-fault-quotes"),
    ("invalid literal string", "catalog-fault-quotes"),
    ("missing value", "catalog-fault-value"),
    ("key with no value", "catalog-fault-value"),
    ("invalid unquoted key", "catalog-fault-key"),
    ("unclosed", "catalog-fault-marks"),
    ("missing comma", "catalog-fault-marks"),
];

/// The key of the sentence, and what it names.
pub(crate) fn unreadable(message: &str) -> (&'static str, String) {
    for (beginning, key) in OF_A_NAME {
        if let Some(rest) = message.strip_prefix(beginning) {
            let name = rest.split('`').next().unwrap_or(rest);
            return (key, name.to_owned());
        }
    }
    if let Some(rest) = message.strip_prefix("invalid type: ")
        && let Some((found, wanted)) = rest.rsplit_once(", expected ")
    {
        // A word where the word has parts of its own: `kind = "text"`.
        if found == "unit variant" {
            return ("catalog-fault-parts", String::new());
        }
        let key = WANTED.iter().find(|(said, _)| match *said {
            // Of how many bits a number is says nothing to anybody.
            "u" | "i" => is_sized(wanted, said),
            said => wanted.starts_with(said),
        });
        if let Some((_, key)) = key {
            return (key, value_in(found).to_owned());
        }
    }
    let key = OF_MARKS.iter().find(|(said, _)| message.contains(said));
    match key {
        Some((_, key)) => (key, String::new()),
        None => ("catalog-fault-unreadable", message.to_owned()),
    }
}

/// Whether it is the name of a type of numbers: `u32`.
fn is_sized(wanted: &str, letter: &str) -> bool {
    let bits = wanted.strip_prefix(letter).unwrap_or_default();
    !bits.is_empty() && bits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The value in `string "x"` or `` integer `5` ``; the kind of value where none is said.
fn value_in(found: &str) -> &str {
    let inner = |mark: char| {
        let (_, rest) = found.split_once(mark)?;
        Some(rest.rsplit_once(mark)?.0)
    };
    inner('"').or_else(|| inner('`')).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Definition;
    use crate::model::DefinitionError;

    fn said(text: &str) -> (&'static str, String) {
        match Definition::from_toml(text).unwrap_err() {
            DefinitionError::Toml(error) => unreadable(error.message()),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn mistakes_of_people_have_sentences_of_their_own() {
        for (text, key, named) in [
            ("nome = \"a\"", "catalog-fault-unknown", "nome"),
            ("format = 1", "catalog-fault-missing", "code"),
            ("format = \"one\"", "catalog-fault-type-number", "one"),
            ("code = 5", "catalog-fault-type-text", "5"),
            ("format = 1\nformat = 1", "catalog-fault-key-twice", ""),
            ("code = hello", "catalog-fault-quotes", ""),
            ("code = \"hello", "catalog-fault-quotes", ""),
            ("code =", "catalog-fault-quotes", ""),
            ("code", "catalog-fault-value", ""),
            ("states = [\"a\" \"b\"]", "catalog-fault-marks", ""),
            ("states = [\"a\"", "catalog-fault-marks", ""),
            ("states = \"a\"", "catalog-fault-type-list", "a"),
            ("kind = \"song\"", "catalog-fault-variant", "song"),
        ] {
            assert_eq!(said(text), (key, named.to_owned()), "{text}");
        }
        for wanted in ["struct variant", "newtype variant"] {
            let message = format!("invalid type: unit variant, expected {wanted}");
            let said = unreadable(&message);
            assert_eq!(said, ("catalog-fault-parts", String::new()), "{wanted}");
        }
        let strange = "a sentence that nobody knows";
        assert_eq!(
            unreadable(strange),
            ("catalog-fault-unreadable", strange.to_owned())
        );
    }
}
