//! Every word that a person reads, by language and key, from Fluent files that the slices bring.
//! A key that is missing is shown in guillemets and logged; tests look for such keys, so that no
//! reader ever should. Messages without arguments are resolved once at the start: a page is
//! mostly made of them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use base::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// Words of the crate `web` itself; [`Words::new`] adds them by itself.
pub const WORDS: &[(Language, &str)] = &[
    (Language::Ru, include_str!("../locales/ru.ftl")),
    (Language::En, include_str!("../locales/en.ftl")),
    (Language::Ru, include_str!("../locales/help/ru.ftl")),
    (Language::En, include_str!("../locales/help/en.ftl")),
    (Language::Ru, include_str!("../locales/glossary/ru.ftl")),
    (Language::En, include_str!("../locales/glossary/en.ftl")),
];

/// What a slice brings: for each language the text of its Fluent file.
pub type WordFiles = [(Language, &'static str)];

/// Why the word files cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct WordsError(String);

impl std::fmt::Display for WordsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WordsError {}

/// An argument of a sentence. Numbers choose plural forms and are grouped from 10 000 on; a year
/// is therefore given as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordArg<'a> {
    /// Text as it is.
    Text(Cow<'a, str>),
    /// A number.
    Number(i64),
}

impl<'a> From<&'a str> for WordArg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a &str> for WordArg<'a> {
    fn from(text: &'a &str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for WordArg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a String> for WordArg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a &String> for WordArg<'a> {
    fn from(text: &'a &String) -> Self {
        Self::Text(Cow::Borrowed(text.as_str()))
    }
}

impl<'a> From<Cow<'a, str>> for WordArg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a Cow<'a, str>> for WordArg<'a> {
    fn from(text: &'a Cow<'a, str>) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl From<$kind> for WordArg<'_> {
            fn from(number: $kind) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
        impl From<&$kind> for WordArg<'_> {
            fn from(number: &$kind) -> Self {
                Self::from(*number)
            }
        }
        // Templates borrow what is already borrowed.
        impl From<&&$kind> for WordArg<'_> {
            fn from(number: &&$kind) -> Self {
                Self::from(**number)
            }
        }
    )*};
}

numbers!(i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

struct Dictionary {
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

/// The words of every slice in every language.
pub struct Words {
    dictionaries: [Dictionary; Language::ALL.len()],
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Words(..)")
    }
}

impl Words {
    /// Reads the word files of the slices; those of `web` are always there. A file with a mistake
    /// or a key that two files define is refused.
    pub fn new(slices: &[&WordFiles]) -> Result<Self, WordsError> {
        let mut all: Vec<&WordFiles> = vec![WORDS];
        all.extend(slices);
        Ok(Self {
            dictionaries: [
                Dictionary::read(Language::ALL[0], &all)?,
                Dictionary::read(Language::ALL[1], &all)?,
            ],
        })
    }

    /// The sentence of `key` with its arguments put in.
    pub fn text(&self, language: Language, key: &str, args: &[(&str, WordArg<'_>)]) -> String {
        if args.is_empty()
            && let Some(text) = self.dictionary(language).plain.get(key)
        {
            return text.clone();
        }
        self.dictionary(language)
            .say(key, args)
            .or_else(|| self.dictionary(Language::default()).say(key, args))
            .unwrap_or_else(|| {
                tracing::error!(key, language = language.tag(), "a word is missing");
                missing(key)
            })
    }

    /// The sentence of a `key` that takes no arguments.
    pub fn plain(&self, language: Language, key: &str) -> Cow<'_, str> {
        match self.dictionary(language).plain.get(key) {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(self.text(language, key, &[])),
        }
    }

    /// Whether `key` has a sentence in `language`.
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.dictionary(language).bundle.has_message(key)
    }

    /// A whole number as it is written in `language`.
    pub fn number(language: Language, number: i64) -> String {
        group(language, number)
    }

    fn dictionary(&self, language: Language) -> &Dictionary {
        match language {
            Language::Ru => &self.dictionaries[0],
            Language::En => &self.dictionaries[1],
        }
    }
}

/// What stands where a sentence is missing.
fn missing(key: &str) -> String {
    format!("\u{ab}{key}\u{bb}")
}

impl Dictionary {
    fn read(language: Language, slices: &[&WordFiles]) -> Result<Self, WordsError> {
        let tag: LanguageIdentifier = language
            .tag()
            .parse()
            .map_err(|_| WordsError(format!("{} is no language", language.tag())))?;
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Ru => formatted_ru,
            Language::En => formatted_en,
        }));
        let mut keys = HashSet::new();
        for (_, text) in slices
            .iter()
            .flat_map(|files| files.iter())
            .filter(|(of, _)| *of == language)
        {
            let resource = FluentResource::try_new((*text).to_owned()).map_err(|(_, errors)| {
                WordsError(format!(
                    "a word file ({}) is broken: {errors:?}",
                    language.tag()
                ))
            })?;
            keys.extend(keys_of(text).map(str::to_owned));
            bundle.add_resource(resource).map_err(|errors| {
                WordsError(format!(
                    "two word files ({}) share a key: {errors:?}",
                    language.tag()
                ))
            })?;
        }
        let plain = keys
            .into_iter()
            .filter_map(|key| {
                let mut errors = Vec::new();
                let pattern = bundle.get_message(&key)?.value()?;
                let text = bundle.format_pattern(pattern, None, &mut errors);
                errors.is_empty().then(|| (key.clone(), text.into_owned()))
            })
            .collect();
        Ok(Self { plain, bundle })
    }

    fn say(&self, key: &str, args: &[(&str, WordArg<'_>)]) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            match value {
                WordArg::Text(text) => fluent.set(*name, FluentValue::from(text.as_ref())),
                WordArg::Number(number) => fluent.set(*name, FluentValue::from(*number)),
            }
        }
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&fluent), &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, ?errors, "a sentence lacks an argument");
        }
        Some(text.into_owned())
    }
}

/// Keys that one language of a slice's word files has and another lacks, as `key (tag)`; for the
/// tests of the slices.
pub fn lacking(files: &WordFiles) -> Vec<String> {
    let keys = |language: Language| -> HashSet<&str> {
        files
            .iter()
            .filter(|(of, _)| *of == language)
            .flat_map(|(_, text)| keys_of(text))
            .collect()
    };
    let all: HashSet<&str> = Language::ALL.into_iter().flat_map(keys).collect();
    let mut lacking: Vec<String> = Language::ALL
        .into_iter()
        .flat_map(|language| {
            let known = keys(language);
            all.iter()
                .filter(|key| !known.contains(*key))
                .map(|key| format!("{key} ({})", language.tag()))
                .collect::<Vec<_>>()
        })
        .collect();
    lacking.sort();
    lacking
}

/// Keys that the text of a template gives to `page.t`, `page.ta` and `page.t1`; for the tests of
/// the slices.
pub fn keys_in_template(template: &str) -> Vec<&str> {
    template
        .split("page.t")
        .skip(1)
        .filter_map(|rest| {
            let rest = rest.strip_prefix(['a', '1']).unwrap_or(rest);
            let (key, _) = rest.strip_prefix("(\"")?.split_once('"')?;
            Some(key)
        })
        .collect()
}

/// Keys that a Fluent text defines (messages only; terms begin with a dash).
fn keys_of(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let (key, _) = line.split_once('=')?;
        let key = key.trim_end();
        (key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .then_some(key)
    })
}

fn formatted_ru<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    formatted(Language::Ru, value)
}

fn formatted_en<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    formatted(Language::En, value)
}

fn formatted(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "every number comes from WordArg::Number, a whole one"
        )]
        FluentValue::Number(number) => Some(group(language, number.value as i64)),
        _ => None,
    }
}

/// Digits in threes from 10 000 on, with a narrow no-break space in Russian and a comma in English.
fn group(language: Language, number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "\u{2212}" } else { "" };
    if digits.len() < 5 {
        return format!("{sign}{digits}");
    }
    let between = match language {
        Language::Ru => '\u{202f}',
        Language::En => ',',
    };
    let mut grouped = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(between);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLICE: &WordFiles = &[
        (
            Language::Ru,
            "demo-days = { $count ->\n    [one] { $count } день\n    [few] { $count } дня\n   *[many] { $count } дней\n}\ndemo-only = Только по-русски\n",
        ),
        (
            Language::En,
            "demo-days = { $count ->\n    [one] { $count } day\n   *[other] { $count } days\n}\n",
        ),
    ];

    fn words() -> Words {
        Words::new(&[SLICE]).unwrap()
    }

    #[test]
    fn russian_plurals_are_right() {
        let words = words();
        for (count, said) in [
            (1, "1 день"),
            (3, "3 дня"),
            (5, "5 дней"),
            (11, "11 дней"),
            (21, "21 день"),
            (12_345, "12\u{202f}345 дней"),
        ] {
            assert_eq!(
                words.text(Language::Ru, "demo-days", &[("count", count.into())]),
                said
            );
        }
        assert_eq!(
            words.text(Language::En, "demo-days", &[("count", 1_234_567.into())]),
            "1,234,567 days"
        );
    }

    #[test]
    fn a_missing_word_is_shown_as_its_key_and_russian_helps_out() {
        let words = words();
        assert_eq!(
            words.text(Language::En, "demo-only", &[]),
            "Только по-русски"
        );
        assert_eq!(words.plain(Language::Ru, "demo-none"), "«demo-none»");
    }

    #[test]
    fn two_slices_may_not_share_a_key() {
        assert!(Words::new(&[SLICE, SLICE]).is_err());
    }

    #[test]
    fn russian_and_english_have_the_same_keys() {
        assert_eq!(lacking(WORDS), Vec::<String>::new());
        assert_eq!(lacking(SLICE), ["demo-only (en)"]);
    }

    #[test]
    fn keys_of_templates_are_found() {
        let template = "{{ page.t(\"a-b\") }} {{ page.t1(\"c\", \"n\", 1) }} {{ page.title() }}";
        assert_eq!(keys_in_template(template), ["a-b", "c"]);
    }

    #[test]
    fn every_error_has_a_title_and_says_what_to_do() {
        let words = Words::new(&[]).unwrap();
        for code in [
            "invalid",
            "malformed",
            "not-found",
            "unauthenticated",
            "forbidden",
            "conflict",
            "too-many",
            "busy",
            "read-only",
            "internal",
        ] {
            for language in Language::ALL {
                assert!(words.has(language, &format!("error-{code}")), "{code}");
                assert!(words.has(language, &format!("error-{code}-do")), "{code}");
            }
        }
    }
}
