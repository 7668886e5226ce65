//! All the rules there are: the built-in ones, and an administrator's versions laid over them.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, PoisonError, RwLock},
};

use jiff::civil::Date;
use serde::Deserialize;

use crate::rule::{LONGEST, Rule};

/// A collection of rules, looked up by regime, term and date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    rules: BTreeMap<(String, String, u32), Rule>,
}

/// Why rules were not accepted. `rule` is `regime.term`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LawError {
    /// The text is no TOML of the format.
    #[error("the rules cannot be read: {0}")]
    Unreadable(String),
    /// The format is newer than this program.
    #[error("format {0} of rules is not known")]
    UnknownFormat(u32),
    /// A regime or term is no token of small letters, digits and `_`.
    #[error("«{rule}» is no name of a rule")]
    BadName {
        /// The rule.
        rule: String,
    },
    /// One text gives a version twice.
    #[error("version {version} of {rule} is given twice")]
    GivenTwice {
        /// The rule.
        rule: String,
        /// The version.
        version: u32,
    },
    /// The rule ends before it begins to be valid.
    #[error("{rule} ends before it begins to be valid")]
    NeverValid {
        /// The rule.
        rule: String,
    },
    /// A length is above ten years, or an extension or pause belongs to a term of no length.
    #[error("a length in {rule} makes no sense")]
    BadLength {
        /// The rule.
        rule: String,
    },
    /// The target is longer than the limit.
    #[error("the target of {rule} is longer than its limit")]
    TargetBeyondLimit {
        /// The rule.
        rule: String,
    },
}

impl LawError {
    /// The message of `locales/` for an administrator.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "law-rules-unreadable",
            Self::UnknownFormat(_) => "law-rules-unknown-format",
            Self::BadName { .. } => "law-rules-bad-name",
            Self::GivenTwice { .. } => "law-rules-given-twice",
            Self::NeverValid { .. } => "law-rules-never-valid",
            Self::BadLength { .. } => "law-rules-bad-length",
            Self::TargetBeyondLimit { .. } => "law-rules-target-beyond-limit",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesText {
    format: u32,
    #[serde(default)]
    rule: Vec<Rule>,
}

const EMBEDDED: [&str; 4] = [
    include_str!("../data/terms/fz59.toml"),
    include_str!("../data/terms/pos.toml"),
    include_str!("../data/terms/services.toml"),
    include_str!("../data/terms/own.toml"),
];

static BUILT_IN: LazyLock<Law> = LazyLock::new(|| {
    EMBEDDED.iter().fold(
        Law {
            rules: BTreeMap::new(),
        },
        |law, text| {
            law.with_rules(text)
                .expect("the built-in rules are read by a test of this crate")
        },
    )
});

/// What an installation has laid over the built-in rules; none before it has.
static INSTALLED: RwLock<Option<&'static Law>> = RwLock::new(None);

impl Law {
    /// The rules in force in this process: the built-in ones, with what was installed over them.
    pub fn current() -> &'static Law {
        let installed = *INSTALLED.read().unwrap_or_else(PoisonError::into_inner);
        installed.unwrap_or(&BUILT_IN)
    }

    /// The built-in rules; read once.
    pub fn built_in() -> &'static Law {
        &BUILT_IN
    }

    /// Puts a collection in force for the whole process. It stays in memory until the process ends,
    /// so that whoever holds a rule may keep it: an installation changes its rules a few times a year.
    pub fn install(law: Law) {
        let mut installed = INSTALLED.write().unwrap_or_else(PoisonError::into_inner);
        *installed = Some(Box::leak(Box::new(law)));
    }

    /// A collection in which a rule is added, or replaces the one of the same version.
    pub fn with_rule(&self, rule: Rule) -> Result<Law, LawError> {
        check(&rule)?;
        let mut law = self.clone();
        let key = (rule.regime.clone(), rule.term.clone(), rule.version);
        law.rules.insert(key, rule);
        Ok(law)
    }

    /// A collection in which the rules of a TOML text are added, or replace those of the same version.
    ///
    /// Their examples are not run here: see [`Rule::check_examples`].
    pub fn with_rules(&self, rules_toml: &str) -> Result<Law, LawError> {
        let text: RulesText = toml::from_str(rules_toml)
            .map_err(|error| LawError::Unreadable(error.message().to_owned()))?;
        if text.format != 1 {
            return Err(LawError::UnknownFormat(text.format));
        }
        let mut added = BTreeMap::new();
        for rule in text.rule {
            check(&rule)?;
            let key = (rule.regime.clone(), rule.term.clone(), rule.version);
            if let Some(twice) = added.insert(key, rule) {
                return Err(LawError::GivenTwice {
                    rule: twice.id(),
                    version: twice.version,
                });
            }
        }
        let mut law = self.clone();
        law.rules.append(&mut added);
        Ok(law)
    }

    /// The rule for a term that starts on the date: the highest version valid then.
    pub fn rule(&self, regime: &str, term: &str, on_date: Date) -> Option<&Rule> {
        self.versions(regime, term)
            .filter(|rule| rule.is_valid_on(on_date))
            .last()
    }

    /// The version that a case kept.
    pub fn version(&self, regime: &str, term: &str, version: u32) -> Option<&Rule> {
        self.rules
            .get(&(regime.to_owned(), term.to_owned(), version))
    }

    /// All versions of a term, oldest first.
    pub fn versions(&self, regime: &str, term: &str) -> impl Iterator<Item = &Rule> {
        let key = |version| (regime.to_owned(), term.to_owned(), version);
        self.rules
            .range(key(0)..=key(u32::MAX))
            .map(|(_, rule)| rule)
    }

    /// All rules, by regime, term and version.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }
}

fn check(rule: &Rule) -> Result<(), LawError> {
    let id = || rule.id();
    let is_token = |text: &str| {
        !text.is_empty()
            && text.len() <= 64
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    if !is_token(&rule.regime) || !is_token(&rule.term) {
        return Err(LawError::BadName { rule: id() });
    }
    if rule
        .valid_until
        .is_some_and(|until| until < rule.valid_from)
    {
        return Err(LawError::NeverValid { rule: id() });
    }
    let extended = rule
        .extension
        .as_ref()
        .map_or(0, |extension| extension.max_days);
    let paused = rule.pause.as_ref().map_or(0, |pause| pause.max_days);
    let target = rule.target.as_ref().map_or(0, |target| target.length);
    let longest = [rule.limit.length, extended, paused, target]
        .into_iter()
        .max()
        .unwrap_or(0);
    let changes_nothing =
        rule.limit.length == 0 && (rule.extension.is_some() || rule.pause.is_some());
    if longest > LONGEST || changes_nothing {
        return Err(LawError::BadLength { rule: id() });
    }
    match &rule.target {
        Some(target) if target.unit == rule.limit.unit && target.length > rule.limit.length => {
            Err(LawError::TargetBeyondLimit { rule: id() })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The text of a rule, with a line replaced.
    fn own_rule(from: &str, to: &str) -> String {
        let words = "{ ru = \"правило\" }";
        let text = format!(
            "format = 1\n[[rule]]\nregime = \"fz59\"\nterm = \"answer\"\nversion = 2\nvalid_from = \"2027-01-01\"\n\
             title = {words}\narticle = {words}\nsource = \"setting\"\nstarts_on = \"registered_on\"\n\
             [rule.limit]\nlength = 20\nunit = \"calendar_days\"\nfirst_day = \"same_day\"\nfirst_day_article = {words}\n\
             on_day_off = \"previous\"\non_day_off_article = {words}\ndecree_days = \"working\"\n"
        );
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    }

    #[test]
    fn newer_version_takes_over_from_its_first_day_and_the_old_one_stays_known() {
        let law = Law::current().with_rules(&own_rule("", "")).unwrap();
        let version = |on| law.rule("fz59", "answer", on).map(|rule| rule.version);
        assert_eq!(version(date(2026, 12, 31)), Some(1));
        assert_eq!(version(date(2027, 1, 1)), Some(2));
        assert_eq!(law.version("fz59", "answer", 1).unwrap().limit.length, 30);
        assert_eq!(law.versions("fz59", "answer").count(), 2);
        assert_eq!(law.rules().count(), Law::current().rules().count() + 1);
    }

    #[test]
    fn nothing_is_found_before_the_law_was_in_force() {
        assert_eq!(
            Law::current().rule("fz59", "answer", date(2006, 11, 1)),
            None
        );
        assert_eq!(
            Law::current().rule("fz59", "nothing", date(2026, 1, 1)),
            None
        );
    }

    #[test]
    fn mistakes_in_a_rule_have_names() {
        let rule = || "fz59.answer".to_owned();
        let law = |from, to| Law::current().with_rules(&own_rule(from, to)).map(|_| ());
        assert_eq!(
            law("length = 20", "length = 4000"),
            Err(LawError::BadLength { rule: rule() })
        );
        assert_eq!(
            law("title", "valid_until = \"2026-01-01\"\ntitle"),
            Err(LawError::NeverValid { rule: rule() })
        );
        assert_eq!(
            law("\"answer\"", "\"the answer\""),
            Err(LawError::BadName {
                rule: "fz59.the answer".to_owned()
            })
        );
        assert_eq!(
            law("format = 1", "format = 2"),
            Err(LawError::UnknownFormat(2))
        );
        assert!(matches!(
            law("version = 2", "edition = 2"),
            Err(LawError::Unreadable(_))
        ));
        let text = own_rule("", "");
        let twice = format!("{text}{}", text.replace("format = 1\n", ""));
        assert_eq!(
            Law::current().with_rules(&twice),
            Err(LawError::GivenTwice {
                rule: rule(),
                version: 2
            })
        );
        let target = text
            .split_once("[rule.limit]")
            .unwrap()
            .1
            .replace("length = 20", "length = 21");
        assert_eq!(
            Law::current().with_rules(&format!("{text}[rule.target]{target}")),
            Err(LawError::TargetBeyondLimit { rule: rule() })
        );
    }
}
