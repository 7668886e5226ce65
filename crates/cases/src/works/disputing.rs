//! «Not done»: an applicant whose case a task concerns says that what was told as done is not. Their
//! words and their photograph are of their case; the task is not confirmed until a head has looked.

use base::{Actor, Error, Number, Result};
use serde::{Deserialize, Serialize};
use store::Tx;
use uuid::Uuid;

use super::{KINDS, TASK, TEXT_MOST};
use crate::documents::{NotKept, Upload, body_of, has_room, row_of, seal, size};
use crate::model::{Side, TaskRow, TaskState};
use crate::pass::Pass;
use crate::sql::{self, DisputeRow};
use crate::states::Action;
use crate::work::{Told, checked};
use crate::{Cases, KIND, course};

/// What is sealed of a dispute.
#[derive(Serialize, Deserialize)]
pub(crate) struct DisputeBody {
    pub(crate) text: String,
}

impl Cases {
    /// An applicant says that works told as done are not.
    pub async fn dispute_works(
        &self,
        actor: &Actor,
        pass: &Pass,
        number: Number,
        task: i64,
        words: &str,
        photo: Option<&Upload>,
    ) -> std::result::Result<(), NotKept> {
        let words = checked("text", words, 3, TEXT_MOST)?;
        // Whoever may not, and what would not fit, is told before anything is put away.
        let folder = self.folder(actor, pass, number).await?;
        if folder.side != Side::Applicant {
            return Err(Error::Forbidden.into());
        }
        let (this, case, data_key) = (self.clone(), folder.case.id, folder.case.data_key);
        let (key, documents) = self
            .journal()
            .store()
            .read(move |db| {
                let key = this.journal().keys().load(db, data_key)?;
                Ok((key, sql::documents(db, case)?))
            })
            .await?;
        let put = match photo {
            Some(upload) => {
                has_room(&documents, Side::Applicant, size(upload))?;
                Some(self.put_away(&key, upload, &KINDS).await?)
            }
            None => None,
        };
        let (this, pass) = (self.clone(), pass.clone());
        self.journal()
            .store()
            .change(actor, move |tx| {
                let task = Self::task_locked(tx, task)?;
                let row = Self::locked(tx, number)?;
                let side = Self::side(tx.actor(), &pass, &row)?;
                if side != Side::Applicant || !Self::speaks_for(tx.actor(), &row, Action::Write) {
                    return Err(Error::Forbidden);
                }
                concerns(tx, &task, &row)?;
                if task.state != TaskState::Done {
                    return Err(Error::Conflict("task-error-not-told-done"));
                }
                if sql::is_disputed(tx, task.id, Some(row.id))? {
                    return Err(Error::Conflict("task-error-said"));
                }
                let key = this.journal().keys().load(tx, row.data_key)?;
                let document = match &put {
                    Some(put) => {
                        let slot = Some(format!("{TASK}:{}", task.number));
                        let account = tx.actor().account();
                        let mut document = row_of(tx, put, slot, Side::Applicant, account);
                        let body = body_of(&put.inspected, String::new());
                        document.body = seal(&key, Some(row.id), document.id, &body)?;
                        sql::insert_document(tx, row.id, &document)?;
                        Some(document.id)
                    }
                    None => None,
                };
                let id = base::id::new_uuid(tx.now());
                let body = DisputeBody {
                    text: words.clone(),
                };
                let dispute = DisputeRow {
                    id,
                    case: row.id,
                    document,
                    made_at: tx.now(),
                    looked_at: None,
                    body: course::seal(&key, row.id, "dispute", id, &body)?,
                };
                sql::insert_dispute(tx, task.id, &dispute)?;
                // One entry covers what was written; it is the case's, and names the task.
                tx.lock(KIND, row.id.0)?;
                let told = Told::new("case.works_disputed")
                    .with("task", task.number.to_string())
                    .with("works", &task.title)
                    .with("dispute", id.to_string());
                let told = match document {
                    Some(document) => told.with("document", document.to_string()),
                    None => told,
                };
                this.tell(tx, &row, row.state, key, told)
            })
            .await?;
        Ok(())
    }

    /// Who has a task and in which unit, for those who tell them.
    pub fn owner_of_task(
        db: &mut store::Db<'_>,
        number: i64,
    ) -> Result<Option<(Option<base::id::AccountId>, base::id::UnitId)>> {
        Ok(sql::task(db, number)?.map(|task| (task.owner, task.unit)))
    }

    /// What those need to know who tell people of a task.
    pub fn told_task(db: &mut store::Db<'_>, number: i64) -> Result<Option<ToldTask>> {
        let Some(task) = sql::task(db, number)? else {
            return Ok(None);
        };
        let first = match (task.case, task.problem) {
            (Some(case), _) => Some(case),
            (None, Some(problem)) => sql::cases_of_problem(db, problem)?.into_iter().min(),
            (None, None) => None,
        };
        Ok(Some(ToldTask {
            unit: task.unit,
            owner: task.owner,
            set_by: task.set_by,
            first,
            told_by: task.done_by,
        }))
    }
}

/// A task of which people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldTask {
    /// The unit whose heads confirm it.
    pub unit: base::id::UnitId,
    /// Who has it, when somebody was named.
    pub owner: Option<base::id::AccountId>,
    /// Who set it.
    pub set_by: base::id::AccountId,
    /// The first of the cases that it concerns.
    pub first: Option<base::id::CaseId>,
    /// Who told it as done, when somebody did.
    pub told_by: Option<base::id::AccountId>,
}

/// Refuses a case that a task does not concern.
fn concerns(tx: &mut Tx<'_>, task: &TaskRow, row: &crate::model::CaseRow) -> Result<()> {
    let problem: Option<Uuid> = sql::problem_of_case(tx, row.id)?.map(|problem| problem.id);
    if task.case == Some(row.id) || (task.problem.is_some() && task.problem == problem) {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}
