//! The applicant asks for a person: what a rule has decided comes back to a specialist, with the term
//! counted on from filing; when that has run out meanwhile, a new one begins.

use base::{Actor, Error, Moment, Number, Result};
use jiff::Span;

use super::{MESSAGE_MOST, Told, checked};
use crate::Cases;
use crate::model::{Answer, AnswerState, Card, Side, TurnKind};
use crate::pass::Pass;
use crate::rulings::REVIEW_DAYS;
use crate::sql::{self, Moved, RulingRow, RulingState};
use crate::states::Action;

impl Cases {
    /// A person reviews what a rule has decided; why, the applicant need not say.
    pub async fn ask_person(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        reason: &str,
    ) -> Result<()> {
        let reason = checked("reason", reason, 0, MESSAGE_MOST)?;
        self.act_either(actor, pass, number, Action::AskPerson, move |tx, at| {
            let decided = |row: &RulingRow| row.state == RulingState::Decided;
            let ruling = sql::ruling(tx, at.row.id)?.filter(decided);
            let ruling = ruling.ok_or(Error::Conflict("case-error-no-rule"))?;
            let answered = at.row.answered_at.unwrap_or(at.row.received_at);
            if !at.cases.is_reviewed_at(answered, tx.now()) {
                return Err(Error::Conflict("case-error-review-over"));
            }
            let reviewed = RulingRow {
                state: RulingState::Reviewed,
                ..ruling
            };
            sql::put_ruling(tx, at.row.id, &reviewed)?;
            at.turn(tx, TurnKind::Reopened, &reason)?;
            let today = at.cases.day(tx.now());
            let due_on = match at.row.due_on.filter(|due_on| *due_on > today) {
                Some(due_on) => Some(due_on),
                None => at.cases.start_term(tx, &at.row)?,
            };
            if at.row.to_post {
                sql::set_paper_since(tx, at.row.id, None)?;
            }
            let moved = Moved {
                outcome: None,
                answered_at: None,
                closed_at: None,
                waits_for: Some(Side::Staff),
                ..at.moved()
            };
            let told = Told::new("case.review_asked")
                .with("reason", reason.clone())
                .with(
                    "due_on",
                    due_on.map(|date| date.to_string()).unwrap_or_default(),
                );
            Ok((moved, told))
        })
        .await
    }

    /// Whether a person still reviews what a rule answered at a moment.
    fn is_reviewed_at(&self, answered: Moment, now: Moment) -> bool {
        let last = self
            .day(answered)
            .saturating_add(Span::new().days(REVIEW_DAYS));
        self.day(now) <= last
    }

    /// Whether the reader of a card may ask for a person now.
    pub(crate) fn may_ask_person(&self, card: &Card, now: Moment) -> bool {
        let by_rule = |answer: &Answer| answer.rule.as_ref().is_some_and(|rule| rule.decided);
        // No rule answers after a person: of two answers of one moment the person's is the newer.
        let newest = card
            .answers
            .iter()
            .filter(|answer| answer.state == AnswerState::Delivered)
            .max_by_key(|answer| (answer.delivered_at, !by_rule(answer)));
        let ruled = newest.is_some_and(|answer| {
            by_rule(answer)
                && answer
                    .delivered_at
                    .is_some_and(|at| self.is_reviewed_at(at, now))
        });
        ruled && card.case.answered_at.is_some()
    }
}
