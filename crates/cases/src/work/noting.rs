//! What is for colleagues alone or sets the order of their work: a note, the day on which the
//! specialist plans to answer, how urgent a case is.

use base::{Actor, Error, Number, Result};
use catalog::Priority;
use jiff::civil::Date;

use super::{MESSAGE_MOST, Told, checked, new_id};
use crate::Cases;
use crate::course::{self, NoteBody};
use crate::sql;
use crate::states::Action;

impl Cases {
    /// A note for colleagues. Its words are in no entry and never before the applicant. Who notes what
    /// came of the applicant's words has reacted to them.
    pub async fn note(&self, actor: &Actor, number: Number, text: &str) -> Result<()> {
        let text = checked("text", text, 2, MESSAGE_MOST)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        self.act(actor, number, Action::Note, move |tx, at| {
            let id = new_id(tx);
            let body = NoteBody {
                author: at.name.clone(),
                text: text.clone(),
            };
            let row = sql::NoteRow {
                id,
                written_at: tx.now(),
                body: course::seal(&at.key, at.row.id, "note", id, &body)?,
            };
            sql::insert_note(tx, at.row.id, by, &row)?;
            Ok((at.kept(tx)?.heeded(), Told::new("case.noted")))
        })
        .await
    }

    /// The specialist says by when they mean to answer: not later than the term allows.
    pub async fn plan(&self, actor: &Actor, number: Number, planned_on: Date) -> Result<()> {
        self.act(actor, number, Action::Plan, move |tx, at| {
            if planned_on < at.cases.day(tx.now()) {
                return Err(Error::field("planned_on", "case-error-past-day"));
            }
            if at.row.due_on.is_some_and(|due_on| planned_on > due_on) {
                return Err(Error::field("planned_on", "case-error-plan-late"));
            }
            sql::set_planned(tx, at.row.id, Some(planned_on))?;
            let told = Told::new("case.planned").with("planned_on", planned_on.to_string());
            Ok((at.moved(), told))
        })
        .await
    }

    /// A head says how urgent a case is.
    pub async fn prioritise(
        &self,
        actor: &Actor,
        number: Number,
        priority: Priority,
    ) -> Result<()> {
        self.act(actor, number, Action::Prioritise, move |tx, at| {
            sql::set_priority(tx, at.row.id, priority)?;
            let told = Told::new("case.prioritised").with("priority", priority.code());
            Ok((at.moved(), told))
        })
        .await
    }
}
