//! The term of a case: when it counts as registered, when an answer is due, and why. Pure over
//! the dated rules of the crate `law`.

use base::{Error, Moment, Result};
use catalog::model::Definition;
use jiff::civil::Date;
use law::{AgencyHours, Calendar, Changes, DueError, Law, Registration, Rule};

use crate::model::{Clocks, Term};

/// The regime and term by which a case of a service is answered.
pub(crate) fn answer_rule(definition: &Definition, identified: bool) -> (&str, &str) {
    let (regime, term) = definition.answer_rule();
    if identified {
        (regime, term)
    } else {
        catalog::MESSAGE_RULE
    }
}

/// The day of registration and the term of the answer for something received at a moment.
pub fn term(
    regime: &str,
    answer: &str,
    hours: &AgencyHours,
    received_at: Moment,
) -> Result<(Date, Term)> {
    let received_on = law::day_in(hours.zone(), received_at.timestamp());
    counted(regime, answer, received_on, |intake, calendar| {
        law::registered_on(intake, calendar, hours, received_at.timestamp())
    })
}

/// The same for what came on a day and is entered by hand at a moment: a letter is registered when
/// somebody enters it, and its days for that run from its receipt (59-FZ, art. 8(2)); the term of
/// the answer runs from registration (art. 12(1)).
pub(crate) fn term_by_hand(
    regime: &str,
    answer: &str,
    hours: &AgencyHours,
    came_on: Date,
    entered_at: Moment,
) -> Result<(Date, Term)> {
    counted(regime, answer, came_on, |intake, calendar| {
        law::registered_by_hand(intake, calendar, hours, came_on, entered_at.timestamp())
    })
}

/// The last day on which a letter that came on a day is registered by law.
pub(crate) fn register_by(came_on: Date) -> Option<Date> {
    let law = Law::current();
    let rule = law.rule("fz59", "registration", came_on)?;
    let due = law::due(rule, Calendar::russia(), came_on).ok()?;
    Some(due.due_on)
}

fn counted(
    regime: &str,
    answer: &str,
    received_on: Date,
    register: impl Fn(&Rule, &Calendar) -> std::result::Result<Registration, DueError>,
) -> Result<(Date, Term)> {
    let law = Law::current();
    let calendar = Calendar::russia();
    let missing = |term: &str| Error::internal(format!("no rule {regime}/{term} on {received_on}"));
    let intake = law
        .rule(regime, "registration", received_on)
        .ok_or_else(|| missing("registration"))?;
    let registration = register(intake, calendar).map_err(Error::internal)?;
    let rule = law
        .rule(regime, answer, registration.registered_on)
        .ok_or_else(|| missing(answer))?;
    let due = law::due(rule, calendar, registration.registered_on).map_err(Error::internal)?;
    Ok((
        registration.registered_on,
        Term {
            registration: registration.steps,
            due,
            cut: None,
        },
    ))
}

/// The terms of a case beside that of the answer, as its service and its regime name them.
pub(crate) fn clocks(
    definition: &Definition,
    term: &Term,
    hours: &AgencyHours,
    received_at: Moment,
    registered_on: Date,
) -> Clocks {
    let received_on = law::day_in(hours.zone(), received_at.timestamp());
    let due = |regime: &str, name: &str, start| {
        let rule = Law::current().rule(regime, name, start)?;
        let due = law::due(rule, Calendar::russia(), start).ok()?;
        Some(due.due_on)
    };
    let regime = &*term.due.rule.regime;
    Clocks {
        register_by: due(regime, "registration", received_on),
        begin_by: definition
            .rule_of("work_start")
            .and_then(|(regime, name)| due(regime, name, registered_on)),
        forward_by: forward_by(term, registered_on),
        aim_on: aim(term, &Changes::default()),
        ..Clocks::default()
    }
}

/// By when the law lets a case be forwarded to another body. An appeal of a kind that has its own term
/// for that (one on migration, `answer_migration`, has `forward_migration`) is held to it, any other
/// to that of its regime.
pub(crate) fn forward_by(term: &Term, registered_on: Date) -> Option<Date> {
    let known = &term.due.rule;
    let rule = |name: &str| Law::current().rule(&known.regime, name, registered_on);
    let kind = known.term.strip_prefix("answer");
    let own = kind.and_then(|kind| rule(&format!("forward{kind}")));
    let due = law::due(
        own.or_else(|| rule("forward"))?,
        Calendar::russia(),
        registered_on,
    );
    due.ok().map(|due| due.due_on)
}

/// The agency's own aim for the answer under the rule that a term is counted by; pauses count up to
/// their limit.
pub(crate) fn aim(term: &Term, changes: &Changes) -> Option<Date> {
    let known = &term.due.rule;
    let rule = Law::current().version(&known.regime, &known.term, known.version)?;
    let within = changes.cut_to(rule);
    let aim = law::target(rule, Calendar::russia(), term.due.starts_on, &within);
    aim.ok().flatten().map(|aim| aim.due_on)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    use super::*;

    fn moscow() -> AgencyHours {
        AgencyHours::usual(TimeZone::fixed(jiff::tz::offset(3)))
    }

    #[test]
    fn an_appeal_of_friday_evening_is_registered_on_monday() {
        // Friday 21.11.2025, 20:00 in Moscow.
        let received = Moment::from_micros(1_763_744_400_000_000);
        let (registered_on, term) = term("fz59", "answer", &moscow(), received).unwrap();
        assert_eq!(registered_on, date(2025, 11, 24));
        // Thirty days from Monday end on Wednesday, 24 December.
        assert_eq!(term.due.due_on, date(2025, 12, 24));
        assert!(!term.registration.is_empty() && !term.due.steps.is_empty());
    }

    #[test]
    fn a_message_is_registered_at_once() {
        let received = Moment::from_micros(1_763_744_400_000_000);
        let (registered_on, _) =
            term(catalog::MESSAGE_RULE.0, "answer", &moscow(), received).unwrap();
        assert_eq!(registered_on, date(2025, 11, 21));
    }

    #[test]
    fn an_appeal_on_migration_is_forwarded_in_five_days_and_any_other_in_seven() {
        // Thursday 20.11.2025, noon in Moscow.
        let received = Moment::from_micros(1_763_629_200_000_000);
        let forwarded = |regime: &str, answer: &str| {
            let (registered_on, term) = term(regime, answer, &moscow(), received).unwrap();
            assert_eq!(registered_on, date(2025, 11, 20));
            forward_by(&term, registered_on)
        };
        let migration = forwarded("fz59", "answer_migration");
        assert_eq!(migration, Some(date(2025, 11, 25)));
        assert_eq!(forwarded("fz59", "answer"), Some(date(2025, 11, 27)));
        assert_eq!(forwarded("service", "certificate"), None);
    }

    #[test]
    fn an_unknown_regime_is_an_error_and_no_panic() {
        assert!(term("nothing", "answer", &moscow(), Moment::from_micros(0)).is_err());
    }
}
