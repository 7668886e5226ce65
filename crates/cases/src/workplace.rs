//! The work of many cases at once: who has how much, what one person has, whose a case is before it
//! is given to another, and the way back to the common queue.

use std::collections::HashMap;

use base::id::{AccountId, UnitId};
use base::{Actor, Error, Number, Page, Result};
use people::{Permission, Subject};

use crate::Cases;
use crate::model::{Card, CaseRow, QueueRow};
use crate::reading::ROWS;
use crate::sql::{self, QueuePart};

/// The most cases that one step takes.
pub const SEVERAL: usize = 50;

/// What somebody has to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Cases without an answer.
    pub open: i64,
    /// Of these past their day.
    pub overdue: i64,
    /// Of these due within seven days.
    pub soon: i64,
    /// Of these where the applicant is waited for.
    pub waiting: i64,
}

impl Cases {
    /// What each specialist of the actor's units has to do, and under `None` what nobody has taken.
    pub async fn loads(&self, actor: &Actor) -> Result<HashMap<Option<AccountId>, Load>> {
        people::require_somewhere(actor, Permission::AssignCase)?;
        let units = units_given_out(actor);
        let today = self.today();
        let soon = today.saturating_add(jiff::Span::new().days(7));
        let store = self.journal().store();
        store
            .read(move |db| sql::loads(db, &units, today, soon))
            .await
    }

    /// What one specialist has in the actor's units, what runs out first comes first.
    pub async fn queue_of(&self, actor: &Actor, account: AccountId) -> Result<Page<QueueRow>> {
        people::require_somewhere(actor, Permission::AssignCase)?;
        let units = units_given_out(actor);
        let store = self.journal().store();
        let rows = store
            .read(move |db| sql::queue(db, &QueuePart::HeldBy(account, &units), None, ROWS + 1))
            .await?;
        self.listed(Page::of(rows, ROWS, |row| {
            base::Cursor::of(&[&row.case.id.to_string()])
        }))
    }

    /// The cases that the same person filed under the same subject within a year before this one,
    /// the newest first; none when nobody knows who filed it.
    pub(crate) async fn repeats(&self, card: &Card) -> Result<Option<Vec<Number>>> {
        let Some(person) = card.case.person else {
            return Ok(None);
        };
        let row = card.case.clone();
        let store = self.journal().store();
        store
            .read(move |db| sql::repeats(db, person, &row))
            .await
            .map(Some)
    }

    /// The rows of these numbers that the actor may read, in no order.
    pub async fn rows_of(&self, actor: &Actor, numbers: &[Number]) -> Result<Vec<CaseRow>> {
        if numbers.len() > SEVERAL {
            return Err(Error::field("case", "desk-several-too-many"));
        }
        let numbers = numbers.to_vec();
        let store = self.journal().store();
        let mut rows = store
            .read(move |db| sql::cases_by_numbers(db, &numbers))
            .await?;
        rows.retain(|row| {
            people::allows(
                actor,
                Permission::ReadUnitCases,
                &Subject::in_unit(row.unit),
            )
        });
        Ok(rows)
    }
}

/// The units in which the actor gives out work.
fn units_given_out(actor: &Actor) -> Vec<UnitId> {
    actor
        .units()
        .iter()
        .copied()
        .filter(|unit| people::allows(actor, Permission::AssignCase, &Subject::in_unit(*unit)))
        .collect()
}
