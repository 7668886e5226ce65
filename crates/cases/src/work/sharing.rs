//! Parts of the work: the lead («ответственный исполнитель») is the specialist who has the case,
//! other units («соисполнители») do parts of it, each with its own day and result.

use base::id::{AccountId, UnitId};
use base::{Actor, Error, Number, Result};
use jiff::civil::Date;
use people::{Permission, Subject};
use store::Tx;
use uuid::Uuid;

use super::{At, MESSAGE_MOST, Told, checked, new_id};
use crate::Cases;
use crate::course::{self, PartBody};
use crate::model::{PartState, Side};
use crate::sql::{self, Moved, PartRow};
use crate::states::Action;

/// The most parts of one case.
const MOST_PARTS: usize = 20;

/// A part of the work to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPart {
    /// Who does it.
    pub unit: UnitId,
    /// The person, where the head may name one.
    pub account: Option<AccountId>,
    /// What is to be done.
    pub task: String,
    /// By when.
    pub due_on: Option<Date>,
}

impl Cases {
    /// A head gives a part of the work to another unit.
    pub async fn add_part(&self, actor: &Actor, number: Number, part: NewPart) -> Result<()> {
        let task = checked("task", &part.task, 3, MESSAGE_MOST)?;
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        let units = self.0.people.units().await?;
        let unit = units
            .unit(part.unit)
            .filter(|unit| unit.active)
            .ok_or_else(|| Error::field("unit", "case-error-no-unit"))?
            .clone();
        let executor = match part.account {
            None => Some(String::new()),
            Some(account) => self
                .0
                .people
                .staff(actor)
                .await?
                .into_iter()
                .find(|member| {
                    member.account == account && units.within(member.unit).contains(&part.unit)
                })
                .map(|member| member.name.initials()),
        };
        self.act(actor, number, Action::AddPart, move |tx, at| {
            let executor = executor.clone();
            let executor =
                executor.ok_or_else(|| Error::field("account", "case-error-not-of-that-unit"))?;
            if part
                .due_on
                .is_some_and(|due_on| due_on < at.cases.day(tx.now()))
            {
                return Err(Error::field("due_on", "case-error-past-day"));
            }
            let known = sql::parts(tx, at.row.id)?;
            if known.len() >= MOST_PARTS {
                return Err(Error::Conflict("case-error-many-parts"));
            }
            let id = new_id(tx);
            let body = PartBody {
                author: at.name.clone(),
                executor,
                task: task.clone(),
                result: String::new(),
            };
            let row = PartRow {
                id,
                unit: part.unit,
                account: part.account,
                asked_by: by,
                asked_at: tx.now(),
                due_on: part.due_on,
                state: PartState::Open,
                ended_at: None,
                body: course::seal(&at.key, at.row.id, "part", id, &body)?,
            };
            sql::put_part(tx, at.row.id, &row)?;
            let told = Told::new("case.part_added")
                .with("part", id.to_string())
                .with("part_unit", unit.code.clone())
                .with(
                    "part_due_on",
                    part.due_on.map(|date| date.to_string()).unwrap_or_default(),
                );
            Ok((at.moved(), told))
        })
        .await
    }

    /// The unit of a part tells what came of it.
    pub async fn report_part(
        &self,
        actor: &Actor,
        number: Number,
        part: Uuid,
        result: &str,
    ) -> Result<()> {
        let result = checked("result", result, 3, MESSAGE_MOST)?;
        self.act(actor, number, Action::ReportPart, move |tx, at| {
            let row = open_part(tx, at, part)?;
            let subject = Subject::in_unit(row.unit);
            people::require(tx.actor(), Permission::DraftAnswer, &subject)?;
            let code = at.end_part(tx, row, PartState::Done, &result)?;
            let moved = Moved {
                waits_for: Some(Side::Staff),
                ..at.moved()
            };
            let moved = match at.row.waits_for {
                Some(Side::Applicant) => at.moved(),
                _ => moved,
            };
            Ok((moved, Told::new("case.part_done").with("part", code)))
        })
        .await
    }

    /// A head takes a part back that is not needed any more.
    pub async fn withdraw_part(&self, actor: &Actor, number: Number, part: Uuid) -> Result<()> {
        self.act(actor, number, Action::WithdrawPart, move |tx, at| {
            let row = open_part(tx, at, part)?;
            let code = at.end_part(tx, row, PartState::Withdrawn, "")?;
            let told = Told::new("case.part_withdrawn").with("part", code);
            Ok((at.moved(), told))
        })
        .await
    }
}

impl At<'_> {
    /// Ends the parts that nobody waits for any more, since the case is at its end.
    pub(super) fn end_open_parts(&self, tx: &mut Tx<'_>) -> Result<()> {
        for row in sql::parts(tx, self.row.id)? {
            if row.state == PartState::Open {
                self.end_part(tx, row, PartState::Withdrawn, "")?;
            }
        }
        Ok(())
    }

    /// Ends a part; answers its identifier as the entry names it.
    fn end_part(
        &self,
        tx: &mut Tx<'_>,
        mut row: PartRow,
        state: PartState,
        result: &str,
    ) -> Result<String> {
        let mut body: PartBody = course::open(&self.key, self.row.id, "part", row.id, &row.body)?;
        result.clone_into(&mut body.result);
        if state == PartState::Done {
            body.executor.clone_from(&self.name);
            row.account = self.account;
        }
        row.state = state;
        row.ended_at = Some(tx.now());
        row.body = course::seal(&self.key, self.row.id, "part", row.id, &body)?;
        sql::put_part(tx, self.row.id, &row)?;
        Ok(row.id.to_string())
    }
}

fn open_part(tx: &mut Tx<'_>, at: &At<'_>, id: Uuid) -> Result<PartRow> {
    let row = sql::parts(tx, at.row.id)?
        .into_iter()
        .find(|row| row.id == id)
        .ok_or(Error::NotFound)?;
    if row.state == PartState::Open {
        Ok(row)
    } else {
        Err(Error::Conflict("case-error-part-ended"))
    }
}
