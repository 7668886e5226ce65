//! Asking the applicant for documents, and going on with their reply or without it. Where the rule
//! of the term allows a pause, the term stands still meanwhile.

use base::{Actor, Error, Number, Result};
use jiff::civil::Date;
use law::{Calendar, Law};
use store::Tx;

use super::{MESSAGE_MOST, NAME_MOST, Told, checked, checked_line, new_id};
use crate::Cases;
use crate::course::{self, WaitBody};
use crate::model::{CaseRow, Side, State};
use crate::sql::{self, Moved};
use crate::states::Action;

/// The most things that are asked for at once.
const MOST_ITEMS: usize = 20;

impl Cases {
    /// A specialist asks for documents, thing by thing, and says how to send them.
    pub async fn request_documents(
        &self,
        actor: &Actor,
        number: Number,
        items: &[String],
        instructions: &str,
    ) -> Result<()> {
        self.request_documents_by(actor, number, items, instructions, None)
            .await
    }

    /// The same with the day until which they are to be sent; the house's own window without one.
    pub async fn request_documents_by(
        &self,
        actor: &Actor,
        number: Number,
        items: &[String],
        instructions: &str,
        send_by: Option<Date>,
    ) -> Result<()> {
        let items = items
            .iter()
            .map(|item| checked_line("items", item, 0, NAME_MOST))
            .filter(|item| !matches!(item, Ok(item) if item.is_empty()))
            .collect::<Result<Vec<_>>>()?;
        if items.is_empty() {
            return Err(Error::field("items", "error-required"));
        }
        if items.len() > MOST_ITEMS {
            let error = base::FieldError::new("items", "case-error-many-items");
            return Err(Error::Invalid(vec![error.with("most", MOST_ITEMS)]));
        }
        let instructions = checked("instructions", instructions, 0, MESSAGE_MOST)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::RequestDocuments, move |tx, at| {
            let today = at.cases.day(tx.now());
            let asked_by = send_by;
            let send_by = asked_by.or_else(|| Self::documents_window(today));
            if send_by.is_some_and(|send_by| send_by < today) {
                return Err(Error::field("send_by", "case-error-past-day"));
            }
            let id = new_id(tx);
            let pause = at.cases.pause_from(tx, &at.row, today)?;
            // A term that goes on is not waited past, nor does it stand still longer than it may.
            let last = match &pause {
                None => at.row.due_on.filter(|due_on| *due_on >= today),
                Some((_, last)) => Some(*last),
            };
            let ground = pause.map(|(ground, _)| ground);
            if asked_by.zip(last).is_some_and(|(by, last)| by > last) {
                return Err(Error::field("send_by", "case-error-send-by-late"));
            }
            let body = WaitBody {
                author: at.name.clone(),
                items: items.clone(),
                instructions: instructions.clone(),
            };
            let row = sql::WaitRow {
                id,
                asked_at: tx.now(),
                returns_to: at.row.state,
                ground: ground.clone(),
                ended_at: None,
                send_by,
                body: course::seal(&at.key, at.row.id, "wait", id, &body)?,
            };
            sql::insert_wait(tx, at.row.id, by, &row)?;
            let moved = Moved {
                waits_for: Some(Side::Applicant),
                ..at.moved()
            }
            .heeded();
            let told = Told::new("case.documents_requested")
                .with("items", items.join("; "))
                .with("paused", ground.is_some().to_string())
                .with(
                    "send_by",
                    send_by.map(|date| date.to_string()).unwrap_or_default(),
                );
            Ok((moved, told))
        })
        .await
    }

    /// Until when documents are asked for that are asked for on a day, by the rule of the house.
    pub fn documents_window(asked_on: Date) -> Option<Date> {
        let rule = Law::current().rule("own", "documents_window", asked_on)?;
        let due = law::due(rule, Calendar::russia(), asked_on).ok()?;
        Some(due.due_on)
    }

    /// A specialist goes on without what was asked for.
    pub async fn resume(&self, actor: &Actor, number: Number) -> Result<()> {
        self.act(actor, number, Action::Resume, |tx, at| {
            let moved = Moved {
                state: at.cases.end_waiting(tx, &at.row)?,
                waits_for: Some(Side::Staff),
                ..at.moved()
            };
            Ok((moved, Told::new("case.resumed")))
        })
        .await
    }

    /// Ends the wait of a case that waits, and the pause of its term; answers where the case goes
    /// back to. Whatever counts as the applicant's reply calls it inside its change.
    pub(crate) fn end_waiting(&self, tx: &mut Tx<'_>, row: &CaseRow) -> Result<State> {
        let open = sql::waits(tx, row.id)?
            .into_iter()
            .rev()
            .find(|wait| wait.ended_at.is_none());
        let Some(wait) = open else {
            return Ok(State::InWork);
        };
        sql::end_wait(tx, wait.id)?;
        if wait.ground.is_some() {
            self.count_term_anew(tx, row)?;
        }
        Ok(wait.returns_to)
    }
}
