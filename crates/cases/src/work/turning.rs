//! The turns of a case, each with its reason: to another unit, to an outside body, taken back by
//! the applicant, taken up again, late and until when.

use base::id::{CaseId, UnitId};
use base::text::clean_line;
use base::{Actor, Error, Number, Result};
use catalog::routing::RouteReason;
use jiff::civil::Date;
use people::{People, Permission, Subject, Units};
use store::Tx;

use super::{At, MESSAGE_MOST, NAME_MOST, Told, checked, checked_line};
use crate::Cases;
use crate::model::{CaseRow, Outcome, Side, State, Term, TurnKind};
use crate::pass::Pass;
use crate::sql::{self, Moved};
use crate::states::Action;

/// The shortest reason, in characters.
const REASON_LEAST: usize = 10;
/// How often a case is passed on before a head must decide where it stays.
const PASSED_ON_MOST: i64 = 2;

impl Cases {
    /// The case goes to another unit of the house, whose queue it joins.
    pub async fn redirect(
        &self,
        actor: &Actor,
        number: Number,
        to: UnitId,
        reason: &str,
    ) -> Result<()> {
        let reason = checked("reason", reason, REASON_LEAST, MESSAGE_MOST)?;
        let units = self.0.people.units().await?;
        let unit = units
            .unit(to)
            .filter(|unit| unit.active)
            .ok_or_else(|| Error::field("unit", "case-error-no-unit"))?
            .clone();
        self.act(actor, number, Action::Redirect, move |tx, at| {
            let from = at.row.unit;
            if from == to {
                return Err(Error::field("unit", "case-error-same-unit"));
            }
            if is_complained_of(tx, &units, at.row.id, (from, to))? {
                return Err(Error::field("unit", "case-error-objection-back"));
            }
            // Who decides between two units is a party to neither.
            let over =
                |unit| people::allows(tx.actor(), Permission::AssignCase, &Subject::in_unit(unit));
            let is_over_both = over(from) && over(to);
            if !is_over_both && sql::count_turns(tx, at.row.id, "redirected")? >= PASSED_ON_MOST {
                return Err(Error::Conflict("case-error-arbiter"));
            }
            let named = units.unit(from);
            let route = RouteReason {
                rule: None,
                key: "case-route-redirected".to_owned(),
                args: vec![
                    (
                        "unit_ru".to_owned(),
                        named.map(|unit| unit.name_ru.clone()).unwrap_or_default(),
                    ),
                    (
                        "unit_en".to_owned(),
                        named.map(|unit| unit.name_en.clone()).unwrap_or_default(),
                    ),
                ],
            };
            let route = serde_json::to_string(&route).map_err(Error::internal)?;
            at.turn(tx, TurnKind::Redirected { from, to }, &reason)?;
            sql::end_assignments(tx, at.row.id)?;
            sql::set_planned(tx, at.row.id, None)?;
            sql::set_unit(tx, at.row.id, to, &route)?;
            let moved = Moved {
                assignee: None,
                waits_for: Some(Side::Staff),
                ..at.moved()
            };
            let told = Told::new("case.redirected")
                .with("unit", unit.code.clone())
                .with(
                    "from_unit",
                    named.map(|unit| unit.code.clone()).unwrap_or_default(),
                )
                .with("reason", reason.clone());
            Ok((moved, at.done_by(at.taken_from(told, None))))
        })
        .await
    }

    /// The case goes to a body outside this installation, which ends our part (59-ФЗ, article 8).
    /// `about` is the body complained of, when there is one: the law forbids to send it there.
    pub async fn forward(
        &self,
        actor: &Actor,
        number: Number,
        to: &str,
        about: &str,
        reason: &str,
    ) -> Result<()> {
        let to = checked_line("to", to, 3, NAME_MOST)?;
        let about = checked_line("about", about, 0, NAME_MOST)?;
        let reason = checked("reason", reason, REASON_LEAST, MESSAGE_MOST)?;
        if !about.is_empty() && plain(&to) == plain(&about) {
            return Err(Error::field("to", "case-error-forward-barred"));
        }
        self.act(actor, number, Action::Forward, move |tx, at| {
            let today = at.cases.day(tx.now());
            let deadline = forward_by(tx, &at.row)?;
            let late = deadline.is_some_and(|deadline| today > deadline);
            let what = TurnKind::Forwarded {
                to: to.clone(),
                late,
            };
            at.turn(tx, what, &reason)?;
            sql::end_assignments(tx, at.row.id)?;
            let told = Told::new("case.forwarded")
                .with("to", to.clone())
                .with("late", late.to_string())
                .with("reason", reason.clone())
                .with("outcome", Outcome::Forwarded.code());
            Ok((ended(tx, at, Outcome::Forwarded), told))
        })
        .await
    }

    /// The applicant takes the case back; why they need not say.
    pub async fn cancel(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        reason: &str,
    ) -> Result<()> {
        // Nobody owes an account of why they need no answer any more.
        let reason = checked("reason", reason, 0, MESSAGE_MOST)?;
        self.act_either(actor, pass, number, Action::Cancel, move |tx, at| {
            if at.row.state == State::Waiting {
                at.cases.end_waiting(tx, &at.row)?;
            }
            at.turn(tx, TurnKind::Cancelled, &reason)?;
            sql::end_assignments(tx, at.row.id)?;
            let told = Told::new("case.cancelled")
                .with("reason", reason.clone())
                .with("outcome", Outcome::Withdrawn.code());
            Ok((ended(tx, at, Outcome::Withdrawn), told))
        })
        .await
    }

    /// A head takes up a closed case again; its term starts anew today.
    pub async fn reopen(&self, actor: &Actor, number: Number, reason: &str) -> Result<()> {
        let reason = checked("reason", reason, REASON_LEAST, MESSAGE_MOST)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::Reopen, move |tx, at| {
            at.turn(tx, TurnKind::Reopened, &reason)?;
            let due_on = at.cases.start_term(tx, &at.row)?.or(at.row.due_on);
            if let Some(specialist) = at.row.assignee {
                sql::insert_assignment(tx, at.row.id, at.row.unit, specialist, by)?;
            }
            let moved = Moved {
                outcome: None,
                answered_at: None,
                waits_for: Some(Side::Staff),
                ..at.moved()
            };
            let told = Told::new("case.reopened")
                .with("reason", reason.clone())
                .with(
                    "due_on",
                    due_on.map(|date| date.to_string()).unwrap_or_default(),
                );
            Ok((moved, told))
        })
        .await
    }

    /// A specialist tells the applicant why the answer is late and when it is expected. The term
    /// by law stays as it is.
    pub async fn explain_delay(
        &self,
        actor: &Actor,
        number: Number,
        expected_on: Date,
        reason: &str,
    ) -> Result<()> {
        let reason = checked("reason", reason, REASON_LEAST, MESSAGE_MOST)?;
        self.act(actor, number, Action::ExplainDelay, move |tx, at| {
            if expected_on < at.cases.day(tx.now()) {
                return Err(Error::field("expected_on", "case-error-past-day"));
            }
            at.turn(tx, TurnKind::Delayed { expected_on }, &reason)?;
            let told = Told::new("case.delay_explained")
                .with("expected_on", expected_on.to_string())
                .with("reason", reason.clone());
            Ok((at.moved(), told))
        })
        .await
    }
}

/// The case at its end without an answer.
fn ended(tx: &Tx<'_>, at: &At<'_>, outcome: Outcome) -> Moved {
    Moved {
        outcome: Some(outcome),
        closed_at: Some(tx.now()),
        waits_for: None,
        ..at.moved()
    }
    .heeded()
}

/// Whether a case objects to the answer of those to whom it would go: of that unit, of one whose head
/// agreed to it or signed it, or of the agency that it has left. The law forbids to give it to them
/// (59-ФЗ, article 8, part 6).
fn is_complained_of(
    tx: &mut Tx<'_>,
    units: &Units,
    case: CaseId,
    (from, to): (UnitId, UnitId),
) -> Result<bool> {
    let heads = People::heads_of(tx, to)?;
    for link in sql::links(tx, case)? {
        if link.objects_to_this {
            continue;
        }
        let Some(first) = sql::case_by_id(tx, link.case)? else {
            continue;
        };
        let agency = units.agency_of(first.unit);
        let theirs = agency.map_or_else(Vec::new, |agency| units.within(agency.id));
        let goes_back = theirs.contains(&to) && !theirs.contains(&from);
        if to == first.unit || goes_back {
            return Ok(true);
        }
        for account in sql::deciders(tx, link.case)? {
            let decider = People::person_of(tx, account)?;
            if decider.is_some_and(|decider| heads.contains(&decider)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// By when the law wants a case forwarded.
fn forward_by(tx: &mut Tx<'_>, row: &CaseRow) -> Result<Option<Date>> {
    let Some(json) = sql::inside(tx, row.id)?.term else {
        return Ok(None);
    };
    let term: Term = serde_json::from_str(&json).map_err(Error::internal)?;
    Ok(crate::term::forward_by(&term, row.registered_on))
}

/// A name without what two spellings of it differ in.
fn plain(name: &str) -> String {
    clean_line(name)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
