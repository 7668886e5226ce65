//! The end of a task: told as done with its proof, confirmed by another, sent back, put off, dropped.

use base::{Actor, Error, Result};
use jiff::civil::Date;

use super::clock::speaks_on;
use super::keeping::not_to_come;
use super::{Hand, LEAST, Left, TEXT_MOST, TaskAction, for_everybody};
use crate::Cases;
use crate::model::Shows;
use crate::sql;
use crate::work::{Told, checked};

/// What is told in public about how works ended or why they are put off.
pub(crate) fn said_words(said: &str) -> Result<String> {
    checked("said", said, LEAST, TEXT_MOST).and_then(|said| for_everybody("said", said))
}

impl Cases {
    /// The works are told as done: in words, and with at least one photograph or paper that shows it.
    pub async fn report_works(
        &self,
        actor: &Actor,
        number: i64,
        done_on: Date,
        said: &str,
    ) -> Result<()> {
        let said = said_words(said)?;
        self.with_task(actor, number, TaskAction::Report, move |tx, hand| {
            not_to_come(tx.now().date(hand.cases.hours().zone()), done_on)?;
            let documents = sql::documents_of_task(tx, hand.task.id)?;
            let since = hand.task.begun_on;
            let proves = documents.iter().any(|row| row.shown.shows == Shows::Proof);
            if !proves {
                return Err(Error::field(crate::documents::FIELD, "task-error-no-proof"));
            }
            if since.is_some_and(|since| done_on < since) {
                return Err(Error::field("done_on", "task-error-days"));
            }
            hand.task.done_on = Some(done_on);
            hand.task.done_by = tx.actor().account();
            hand.task.said.clone_from(&said);
            hand.task.speak_on = None;
            let told = hand
                .told("case.works_done")
                .with("done_on", done_on.to_string());
            Ok(Left {
                entry: Told::new("task.reported").with("done_on", done_on.to_string()),
                told: Some(told),
            })
        })
        .await
    }

    /// A head who did not report them confirms that the works are done.
    pub async fn confirm_works(&self, actor: &Actor, number: i64) -> Result<()> {
        self.with_task(actor, number, TaskAction::Confirm, |_, hand| {
            Ok(Left {
                entry: Told::new("task.confirmed"),
                told: Some(hand.told("case.works_confirmed")),
            })
        })
        .await
    }

    /// A head looked at what applicants say against it, and the works stand as done; `said` tells
    /// them why.
    pub async fn uphold_works(&self, actor: &Actor, number: i64, said: &str) -> Result<()> {
        let said = said_words(said)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        self.with_task(actor, number, TaskAction::Uphold, move |tx, hand| {
            if sql::look_at_disputes(tx, hand.task.id, by)? == 0 {
                return Err(Error::Conflict("task-error-no-dispute"));
            }
            Ok(Left {
                entry: Told::new("task.upheld").with("reason", &said),
                told: Some(hand.told("case.works_upheld").with("reason", &said)),
            })
        })
        .await
    }

    /// A head sends the works back: they are not done.
    pub async fn send_works_back(
        &self,
        actor: &Actor,
        number: i64,
        due_on: Date,
        said: &str,
    ) -> Result<()> {
        let said = said_words(said)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        self.with_task(actor, number, TaskAction::SendBack, move |tx, hand| {
            let today = tx.now().date(hand.cases.hours().zone());
            ahead(today, due_on)?;
            sql::look_at_disputes(tx, hand.task.id, by)?;
            hand.task.done_on = None;
            hand.task.done_by = None;
            let said = (&*said, "task.sent_back", "case.works_sent_back");
            Ok(another_day(hand, today, due_on, said))
        })
        .await
    }

    /// A head puts the works off, and tells everybody why and until when.
    pub async fn put_works_off(
        &self,
        actor: &Actor,
        number: i64,
        due_on: Date,
        said: &str,
    ) -> Result<()> {
        let said = said_words(said)?;
        self.with_task(actor, number, TaskAction::PutOff, move |tx, hand| {
            let today = tx.now().date(hand.cases.hours().zone());
            ahead(today, due_on)?;
            if due_on <= hand.task.due_on {
                return Err(Error::field("due_on", "task-error-not-later"));
            }
            let said = (&*said, "task.put_off", "case.works_put_off");
            Ok(another_day(hand, today, due_on, said))
        })
        .await
    }

    /// A head drops the task, and tells everybody why.
    pub async fn drop_works(&self, actor: &Actor, number: i64, said: &str) -> Result<()> {
        let said = said_words(said)?;
        self.with_task(actor, number, TaskAction::Drop, move |_, hand| {
            hand.task.said.clone_from(&said);
            hand.task.speak_on = None;
            Ok(Left {
                entry: Told::new("task.dropped").with("reason", &said),
                told: Some(hand.told("case.works_dropped").with("reason", &said)),
            })
        })
        .await
    }
}

/// Gives the task another day and says why: in the entry of the task, and to everybody in one of
/// their cases.
fn another_day(
    hand: &mut Hand,
    today: Date,
    due_on: Date,
    (said, of_task, of_case): (&str, &'static str, &'static str),
) -> Left {
    hand.task.due_on = due_on;
    hand.task.speak_on = speaks_on(due_on, today);
    said.clone_into(&mut hand.task.said);
    let full = |told: Told| {
        told.with("reason", said)
            .with("task_due_on", due_on.to_string())
    };
    Left {
        entry: full(Told::new(of_task)),
        told: Some(full(hand.told(of_case))),
    }
}

fn ahead(today: Date, due_on: Date) -> Result<()> {
    if due_on < today {
        return Err(Error::field("due_on", "case-error-past-day"));
    }
    Ok(())
}
