//! The terms of a service as the rules set them that its cases are counted by: what is promised
//! within how many days, by which article, and what may lengthen it or make it stand still.

use jiff::civil::Date;
use law::{Law, Rule, Source, Unit, Words};

use crate::model::{Access, Definition, MESSAGE_RULE};

/// What a term of a service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// Something is done within it.
    Limit,
    /// The answer may come so much later.
    Extension,
    /// The term of the answer may stand still for so long.
    Pause,
}

impl TermKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Limit, Self::Extension, Self::Pause];

    /// The code by which programs name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Extension => "extension",
            Self::Pause => "pause",
        }
    }
}

/// A term of a service.
#[derive(Clone, Copy, Debug)]
pub struct ServiceTerm {
    /// What it is.
    pub kind: TermKind,
    /// The rule that sets it.
    pub rule: &'static Rule,
    /// How many days; none at all means at once.
    pub days: u32,
    /// Which days.
    pub unit: Unit,
    /// The article that sets or allows it.
    pub article: &'static Words,
}

impl ServiceTerm {
    fn limit(rule: &'static Rule) -> Self {
        Self {
            kind: TermKind::Limit,
            rule,
            days: rule.limit.length,
            unit: rule.limit.unit,
            article: &rule.article,
        }
    }

    /// Whether the installation set it, not a law.
    pub fn is_own(&self) -> bool {
        self.kind == TermKind::Limit && self.rule.source == Source::Setting
    }
}

/// A rule as it holds on a day, as a term.
pub fn term(regime: &str, term: &str, on: Date) -> Option<ServiceTerm> {
    let rule = Law::current().rule(regime, term, on);
    rule.map(ServiceTerm::limit)
}

/// The terms of a service on a day, in the order in which they run.
pub fn terms_of(definition: &Definition, on: Date) -> Vec<ServiceTerm> {
    let (regime, answer) = definition.answer_rule();
    let mut terms = of_rules(regime, answer, on);
    let start = definition.rule_of("work_start");
    let start = start.and_then(|(regime, name)| term(regime, name, on));
    // After the registration, which comes first.
    let place = terms.len().min(1);
    if let Some(start) = start {
        terms.insert(place, start);
    }
    terms
}

/// The terms of the plain message that a service is for a guest; none where nobody files it as one.
pub fn guest_terms_of(definition: &Definition, on: Date) -> Vec<ServiceTerm> {
    if definition.access == Access::Guest && definition.answer_rule() != MESSAGE_RULE {
        of_rules(MESSAGE_RULE.0, MESSAGE_RULE.1, on)
    } else {
        Vec::new()
    }
}

/// The terms of an order: registration, forwarding, the answer, and what may change that.
fn of_rules(regime: &str, answer: &str, on: Date) -> Vec<ServiceTerm> {
    let before = ["registration", "forward"].map(|name| term(regime, name, on));
    let mut terms: Vec<ServiceTerm> = before.into_iter().flatten().collect();
    let Some(limit) = term(regime, answer, on) else {
        return terms;
    };
    terms.push(limit);
    let rule = limit.rule;
    terms.extend(rule.extension.as_ref().map(|extension| ServiceTerm {
        kind: TermKind::Extension,
        days: extension.max_days,
        article: &extension.article,
        ..limit
    }));
    terms.extend(rule.pause.as_ref().map(|pause| ServiceTerm {
        kind: TermKind::Pause,
        days: pause.max_days,
        unit: Unit::CalendarDays,
        article: &pause.article,
        ..limit
    }));
    terms
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_complaint_is_registered_then_answered_and_may_be_extended_once() {
        let complaint = Definition::from_toml(crate::BUILT_IN[0]).unwrap();
        let terms = terms_of(&complaint, date(2026, 11, 20));
        let kinds: Vec<(&str, &str)> = terms
            .iter()
            .map(|term| (term.rule.term.as_str(), term.kind.code()))
            .collect();
        assert_eq!(kinds[0], ("registration", "limit"));
        assert!(kinds.contains(&("answer", "limit")), "{kinds:?}");
        let extension = terms.iter().find(|term| term.kind == TermKind::Extension);
        let extension = extension.unwrap();
        assert!(!extension.is_own() && extension.days > 0);
    }
}
