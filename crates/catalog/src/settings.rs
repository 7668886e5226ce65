//! Terms that the law leaves to the installation. An administrator gives a length and the day from
//! which it holds; it becomes a version of the rule, cases that began before keep theirs.

use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use law::{Count, Law, LawError, OnDayOff, Rule, Source, Unit};

/// A version of a rule that the installation set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The regime.
    pub regime: String,
    /// The term within the regime.
    pub term: String,
    /// The version, above every other one of the rule.
    pub version: u32,
    /// The first day on which a term may start under it.
    pub valid_from: Date,
    /// How many days.
    pub length: u32,
    /// Which days.
    pub unit: Unit,
    /// Why, for whoever asks later.
    pub reason: String,
    /// The agency's own aim, in the same days; nought for none, as it was before without one.
    pub target: Option<u32>,
}

impl Setting {
    /// The rule that it makes of the newest one before it; none when there is no such rule.
    pub(crate) fn rule(&self, law: &Law) -> Option<Rule> {
        let before = law.versions(&self.regime, &self.term).last()?;
        let mut rule = before.clone();
        rule.version = self.version;
        rule.valid_from = self.valid_from;
        rule.valid_until = None;
        rule.limit.length = self.length;
        rule.limit.unit = self.unit;
        // An aim within a term of the law leaves the term the law's.
        if !self.leaves_the_limit(before) {
            rule.source = Source::Setting;
        }
        // Worked examples belong to the length that they were worked with.
        rule.examples = Vec::new();
        // An aim that is later than the limit is none.
        rule.target = rule
            .target
            .filter(|target| target.unit == self.unit && target.length <= self.length);
        if self.target == Some(0) {
            rule.target = None;
        } else if let Some(length) = self.target {
            let known = rule.target.take();
            let article = known.map_or_else(
                || rule.limit.on_day_off_article.clone(),
                |known| known.on_day_off_article,
            );
            rule.target = Some(Count {
                length,
                on_day_off: OnDayOff::Previous,
                on_day_off_article: article,
                ..rule.limit.clone()
            });
        }
        Some(rule)
    }

    /// Whether the limit of a rule stays what it is.
    pub(crate) fn leaves_the_limit(&self, rule: &Rule) -> bool {
        rule.limit.length == self.length && rule.limit.unit == self.unit
    }

    /// The rules with this one laid over them.
    pub fn over(&self, law: &Law) -> Result<Law, LawError> {
        match self.rule(law) {
            Some(rule) => law.with_rule(rule),
            None => Err(LawError::BadName {
                rule: format!("{}.{}", self.regime, self.term),
            }),
        }
    }
}

/// The name of a unit in the database and in entries.
pub(crate) const fn unit_code(unit: Unit) -> &'static str {
    match unit {
        Unit::CalendarDays => "calendar_days",
        Unit::WorkingDays => "working_days",
    }
}

/// The built-in rules with settings laid over them; one that cannot be laid is left out.
fn laid(settings: &[Setting]) -> Law {
    settings
        .iter()
        .fold(Law::built_in().clone(), |law, setting| {
            setting.over(&law).unwrap_or_else(|error| {
                tracing::warn!(%error, "a setting of the law cannot be used");
                law
            })
        })
}

/// What is in force in this process.
static IN_FORCE: Mutex<Vec<Setting>> = Mutex::new(Vec::new());

/// Puts the settings in force when they differ from those that are.
pub(crate) fn install(settings: &[Setting]) {
    let mut known = IN_FORCE.lock().unwrap_or_else(PoisonError::into_inner);
    if *known != settings {
        Law::install(laid(settings));
        *known = settings.to_vec();
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn setting(term: &str, length: u32) -> Setting {
        Setting {
            regime: "service".to_owned(),
            term: term.to_owned(),
            version: 2,
            valid_from: date(2027, 1, 1),
            length,
            unit: Unit::WorkingDays,
            reason: "приказ".to_owned(),
            target: None,
        }
    }

    #[test]
    fn a_setting_holds_from_its_day_and_older_cases_keep_their_term() {
        let law = laid(&[setting("certificate", 2)]);
        let length = |on| law.rule("service", "certificate", on).unwrap().limit.length;
        assert_eq!(length(date(2026, 12, 31)), 3);
        assert_eq!(length(date(2027, 1, 1)), 2);
    }

    #[test]
    fn an_aim_within_a_term_of_the_law_leaves_the_term_as_it_is() {
        let aim = Setting {
            regime: "fz59".to_owned(),
            term: "answer".to_owned(),
            length: 30,
            unit: Unit::CalendarDays,
            target: Some(20),
            ..setting("answer", 30)
        };
        let law = laid(&[aim]);
        let rule = law.rule("fz59", "answer", date(2027, 1, 1)).unwrap();
        assert_eq!(rule.version, 2);
        assert_eq!(rule.limit.length, 30);
        assert_eq!(rule.source, Source::Confirmed);
        assert_eq!(rule.target.as_ref().map(|aim| aim.length), Some(20));
        let before = law.rule("fz59", "answer", date(2026, 12, 31)).unwrap();
        assert_eq!(before.target.as_ref().map(|aim| aim.length), Some(25));
    }

    #[test]
    fn a_setting_that_makes_no_sense_changes_nothing() {
        assert_eq!(laid(&[setting("nothing", 2)]), *Law::built_in());
        assert_eq!(laid(&[setting("certificate", 100_000)]), *Law::built_in());
    }
}
