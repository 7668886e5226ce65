//! The work of many cases at once: who has how much, what one person has, whose a case is before it
//! is given to another, and the way back to the common queue.

use std::collections::HashMap;

use base::id::{AccountId, UnitId};
use base::{Actor, Error, Moment, Number, Page, Result};
use people::{Permission, Subject};
use uuid::Uuid;

use crate::Cases;
use crate::model::{Card, CaseRow, QueueRow};
use crate::sql;

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
    /// Tasks whose works are still to be done.
    pub tasks: i64,
    /// Of these past their day.
    pub tasks_overdue: i64,
}

/// What is done with several cases at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The actor takes them.
    Take,
    /// They are given to a specialist.
    Assign(AccountId),
    /// They go back to the common queue.
    Release,
    /// They are put away after their answers.
    Close,
}

/// What a head decides about answers that they have read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The answers are agreed to and signed.
    Agree,
    /// They go back to be written anew, with this remark.
    Return(String),
}

impl Step {
    /// What it takes somewhere, to begin with it at all.
    const fn permission(self) -> Permission {
        match self {
            Step::Take | Step::Release => Permission::TakeCase,
            Step::Close => Permission::DraftAnswer,
            Step::Assign(_) => Permission::AssignCase,
        }
    }
}

/// What takes a step back: who had a case before, and who has it since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WayBack {
    /// The case.
    pub number: Number,
    /// Who had it; nobody when it lay in the common queue.
    pub had: Option<AccountId>,
    /// Who has it since.
    pub has: Option<AccountId>,
}

/// Where a case went that a unit had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The case.
    pub number: Number,
    /// Whose it is now.
    pub unit: UnitId,
    /// When it left.
    pub left_at: Moment,
    /// Whether it never was theirs: it objects to an answer that they gave.
    pub objects: bool,
}

/// What came of one case.
#[derive(Debug)]
pub struct Came {
    /// The case.
    pub number: Number,
    /// Whether it was done, or why not.
    pub done: Result<()>,
    /// What takes it back, when it was done.
    pub back: Option<WayBack>,
}

impl Cases {
    /// What each specialist of the actor's units has to do, and under `None` what nobody has taken.
    pub async fn loads(&self, actor: &Actor) -> Result<HashMap<Option<AccountId>, Load>> {
        people::require_somewhere(actor, Permission::AssignCase)?;
        let units = units_given_out(actor);
        let today = self.today();
        let soon = today.saturating_add(jiff::Span::new().days(7));
        let tallied = self.tallied_loads(&units, today, soon).await?;
        let store = self.journal().store();
        store
            .read(move |db| {
                let mut loads = match &tallied {
                    Some(loads) => loads.clone(),
                    None => sql::loads(db, &units, today, soon)?,
                };
                sql::add_loads_of_tasks(db, &units, today, &mut loads)?;
                Ok(loads)
            })
            .await
    }

    /// Does one step with each of these cases. Each is a change of its own, so that one that was
    /// refused holds up no other.
    pub async fn several(
        &self,
        actor: &Actor,
        step: Step,
        numbers: &[Number],
    ) -> Result<Vec<Came>> {
        let me = actor.account().ok_or(Error::Unauthenticated)?;
        people::require_somewhere(actor, step.permission())?;
        if numbers.is_empty() {
            return Err(Error::field("case", "desk-several-none"));
        }
        let before = self.holders(actor, numbers).await?;
        let mut all = Vec::with_capacity(numbers.len());
        for number in numbers.iter().copied() {
            let done = match step {
                Step::Take => self.take(actor, number).await,
                Step::Assign(account) => self.assign(actor, number, account).await,
                Step::Release => self.release(actor, number).await,
                Step::Close => self.close(actor, number).await,
            };
            let undone = step != Step::Close;
            let back = (done.is_ok() && undone).then(|| WayBack {
                number,
                had: before.get(&number).copied().flatten(),
                has: match step {
                    Step::Take => Some(me),
                    Step::Assign(account) => Some(account),
                    Step::Release | Step::Close => None,
                },
            });
            all.push(Came { number, done, back });
        }
        Ok(all)
    }

    /// Decides about several answers, each known by the mark of what was read: one that was written
    /// anew meanwhile is refused and holds up no other.
    pub async fn decide_several(
        &self,
        actor: &Actor,
        verdict: &Verdict,
        read: &[(Number, String)],
    ) -> Result<Vec<Came>> {
        people::require_somewhere(actor, Permission::AgreeAnswer)?;
        match read.len() {
            0 => return Err(Error::field("case", "desk-several-none")),
            n if n > SEVERAL => return Err(Error::field("case", "desk-several-too-many")),
            _ => {}
        }
        if let Verdict::Return(remark) = verdict
            && base::text::clean_text(remark).is_empty()
        {
            return Err(Error::field("remark", "error-required"));
        }
        let mut all = Vec::with_capacity(read.len());
        for (number, mark) in read {
            let (number, as_read) = (*number, self.at_answer(Some(mark)));
            let done = match verdict {
                Verdict::Agree => as_read.agree(actor, number).await,
                Verdict::Return(remark) => as_read.return_answer(actor, number, remark).await,
            };
            // What is wrong with the remark is wrong with it everywhere.
            if let Err(Error::Invalid(errors)) = done {
                return Err(Error::Invalid(errors));
            }
            let back = None;
            all.push(Came { number, done, back });
        }
        Ok(all)
    }

    /// Gives every case back to the one who had it, unless it has another holder by now.
    pub async fn undo_several(&self, actor: &Actor, ways: &[WayBack]) -> Result<Vec<Came>> {
        let me = actor.account();
        let numbers: Vec<Number> = ways.iter().map(|way| way.number).collect();
        let now = self.holders(actor, &numbers).await?;
        let mut all = Vec::with_capacity(ways.len());
        for way in ways {
            let number = way.number;
            let done = match (now.get(&number), way.had) {
                (Some(holder), _) if *holder != way.has => Err(Error::Conflict(match holder {
                    None => "desk-several-nobodys",
                    _ if *holder == me => "case-error-taken-by-you",
                    _ => "desk-several-moved-on",
                })),
                // Whoever gave their own case back takes it: only heads give cases to people.
                (Some(None), Some(had)) if me == Some(had) => self.take(actor, number).await,
                (Some(_), Some(had)) => self.assign(actor, number, had).await,
                (Some(_), None) => self.release(actor, number).await,
                (None, _) => Err(Error::NotFound),
            };
            let back = None;
            all.push(Came { number, done, back });
        }
        Ok(all)
    }

    /// Where a case went that one of the actor's units had and passed on, or who looks at the one that
    /// objects to an answer of theirs; none where it has nothing to do with them.
    pub async fn gone(&self, actor: &Actor, number: Number) -> Result<Option<Gone>> {
        let reader = actor.clone();
        let store = self.journal().store();
        store
            .read(move |db| {
                let Some(row) = sql::case_by_number(db, number)? else {
                    return Ok(None);
                };
                let had = sql::stages_of(db, &[row.id])?;
                let reads = |unit| {
                    let subject = Subject::in_unit(unit);
                    people::allows(&reader, Permission::ReadUnitCases, &subject)
                };
                if let Some(stage) = had.iter().rev().find(|stage| reads(stage.unit)) {
                    return Ok(Some(Gone {
                        number,
                        unit: row.unit,
                        left_at: stage.left_at,
                        objects: false,
                    }));
                }
                for link in sql::links(db, row.id)? {
                    let other = sql::case_by_number(db, link.number)?;
                    if !link.objects_to_this && other.is_some_and(|other| reads(other.unit)) {
                        return Ok(Some(Gone {
                            number,
                            unit: row.unit,
                            left_at: row.received_at,
                            objects: true,
                        }));
                    }
                }
                Ok(None)
            })
            .await
    }

    /// Who has each of these cases, of those that the actor may read.
    async fn holders(
        &self,
        actor: &Actor,
        numbers: &[Number],
    ) -> Result<HashMap<Number, Option<AccountId>>> {
        people::require_somewhere(actor, Permission::ReadUnitCases)?;
        let rows = self.rows_of(actor, numbers).await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.number, row.assignee))
            .collect())
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

    /// The same with what a list says of each.
    pub(crate) async fn lines_of(
        &self,
        actor: &Actor,
        numbers: &[Number],
    ) -> Result<Vec<QueueRow>> {
        let rows = self.rows_of(actor, numbers).await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id.0).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let store = self.journal().store();
        let items = store.read(move |db| sql::cases_of(db, &ids)).await?;
        Ok(self.listed(Page { items, next: None })?.items)
    }
}

/// The units in which the actor gives out work.
pub(crate) fn units_given_out(actor: &Actor) -> Vec<UnitId> {
    actor
        .units()
        .iter()
        .copied()
        .filter(|unit| people::allows(actor, Permission::AssignCase, &Subject::in_unit(*unit)))
        .collect()
}
