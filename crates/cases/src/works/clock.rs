//! The clock of tasks: whoever has one is reminded a working day before its day, and told, with the
//! heads, when it has passed.

use base::{Actor, Error, Result};
use jiff::civil::Date;

use super::{Hand, TASK};
use crate::watch::next_for_task;
use crate::work::Told;
use crate::{Cases, sql};

/// Tasks that are spoken of in one coming of the clock.
const BATCH: i64 = 200;

/// The day after `today` on which the clock next speaks of a task that is due on a day.
pub(super) fn speaks_on(due_on: Date, today: Date) -> Option<Date> {
    next_for_task(due_on, today)
}

impl Cases {
    /// Speaks of the tasks whose day has come; how many there were. Under the lease of the watch.
    pub(crate) async fn watch_tasks(&self) -> Result<usize> {
        let today = self.today();
        let store = self.journal().store();
        let due = store
            .read(move |db| sql::tasks_to_speak_of(db, today, BATCH))
            .await?;
        let count = due.len();
        for id in due {
            let this = self.clone();
            let said = store
                .change(&Actor::system("watch"), move |tx| {
                    tx.lock(TASK, id)?;
                    let task = sql::task_by_id(tx, id)?.ok_or(Error::NotFound)?;
                    let is_due = task.speak_on.is_some_and(|day| day <= today);
                    if !is_due || !task.state.is_running() {
                        // Somebody was quicker.
                        return Err(Error::Conflict("task-error-state"));
                    }
                    let mut hand = Hand {
                        cases: &this,
                        key: this.journal().keys().load(tx, task.data_key)?,
                        name: String::new(),
                        task,
                    };
                    let passed = hand.task.due_on < today;
                    hand.task.speak_on = speaks_on(hand.task.due_on, today);
                    sql::put_task(tx, &hand.task)?;
                    let (entry, told) = if passed {
                        ("task.overdue", "case.task_overdue")
                    } else {
                        ("task.reminded", "case.task_reminded")
                    };
                    let day = hand.task.due_on.to_string();
                    let entry = Told::new(entry).with("task_due_on", &day);
                    this.record_task(tx, &hand, entry, false)?;
                    // Those who work on it are told through one of its cases.
                    if let Some(case) = Self::cases_of_task(tx, &hand.task)?.first() {
                        let told = Told::new(told)
                            .with("task", hand.task.number.to_string())
                            .with("works", &hand.task.title)
                            .with("task_due_on", day);
                        this.tell_case(tx, *case, &told)?;
                    }
                    Ok(())
                })
                .await;
            match said {
                Ok(()) | Err(Error::Conflict(_) | Error::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(count)
    }
}
