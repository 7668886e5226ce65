//! How the works go: they begin, stages are planned and done, photographs and papers show it.

use base::{Actor, Error, FieldError, Result};
use files::Kind;
use jiff::civil::Date;
use people::Subject;
use uuid::Uuid;

use super::{Left, TASK, TEXT_MOST, TITLE_MOST, TaskAction, for_everybody};
use crate::documents::{NotKept, Opened, Upload, body_of, size};
use crate::model::{NewStage, Shows, Stage, WorksDocument};
use crate::sql::{self, WorksDocumentRow};
use crate::work::{Told, checked, checked_line};
use crate::{Cases, documents};

/// What photographs and papers of works may be.
pub(crate) const KINDS: [Kind; 3] = [Kind::Jpeg, Kind::Png, Kind::Pdf];

/// All files of one task together, in bytes.
const MOST_BYTES: i64 = 300 * 1024 * 1024;

/// The title of a stage.
pub(crate) fn stage_title(title: &str) -> Result<String> {
    checked_line("stage", title, 3, TITLE_MOST).and_then(|title| for_everybody("stage", title))
}

impl Cases {
    /// The works begin.
    pub async fn begin_works(&self, actor: &Actor, number: i64) -> Result<()> {
        self.with_task(actor, number, TaskAction::Begin, |tx, hand| {
            let today = tx.now().date(hand.cases.hours().zone());
            hand.task.begun_on = hand.task.begun_on.or(Some(today));
            hand.task.owner = hand.task.owner.or(tx.actor().account());
            hand.task.said.clear();
            Ok(Left {
                entry: Told::new("task.begun"),
                told: Some(hand.told("case.works_begun")),
            })
        })
        .await
    }

    /// Plans a stage: a new one, or one that is not done yet anew.
    pub async fn plan_stage(
        &self,
        actor: &Actor,
        number: i64,
        stage: Option<Uuid>,
        new: NewStage,
    ) -> Result<()> {
        let title = stage_title(&new.title)?;
        if new.from_on.is_some_and(|from| from > new.until_on) {
            return Err(Error::field("until_on", "task-error-days"));
        }
        self.with_task(actor, number, TaskAction::PlanStage, move |tx, hand| {
            let known = sql::stages_of_task(tx, hand.task.id)?;
            let (place, planned) = match stage {
                Some(id) => {
                    let place = known.iter().position(|stage| stage.id == id);
                    let place = place.ok_or(Error::NotFound)?;
                    if known[place].done_on.is_some() {
                        return Err(Error::Conflict("task-error-stage-done"));
                    }
                    (place, known[place].clone())
                }
                None if i64::try_from(known.len()).is_ok_and(|n| n >= sql::MOST_STAGES) => {
                    return Err(Error::Conflict("task-error-many"));
                }
                None => (
                    known.len(),
                    Stage {
                        id: base::id::new_uuid(tx.now()),
                        title: String::new(),
                        from_on: None,
                        until_on: new.until_on,
                        done_on: None,
                        note: String::new(),
                    },
                ),
            };
            let planned = Stage {
                title: title.clone(),
                from_on: new.from_on,
                until_on: new.until_on,
                ..planned
            };
            sql::put_works_stage(tx, hand.task.id, place, &planned)?;
            let entry = Told::new("task.stage_planned")
                .with("stage", planned.title)
                .with("until_on", planned.until_on.to_string());
            Ok(Left::inner(entry))
        })
        .await
    }

    /// A stage is done.
    pub async fn finish_stage(
        &self,
        actor: &Actor,
        number: i64,
        stage: Uuid,
        done_on: Date,
        note: &str,
    ) -> Result<()> {
        let note = for_everybody("note", checked("note", note, 0, TEXT_MOST)?)?;
        self.with_task(actor, number, TaskAction::FinishStage, move |tx, hand| {
            let known = sql::stages_of_task(tx, hand.task.id)?;
            let place = known.iter().position(|known| known.id == stage);
            let place = place.ok_or(Error::NotFound)?;
            if known[place].done_on.is_some() {
                return Err(Error::Conflict("task-error-stage-done"));
            }
            not_to_come(tx.now().date(hand.cases.hours().zone()), done_on)?;
            let done = Stage {
                done_on: Some(done_on),
                note: note.clone(),
                ..known[place].clone()
            };
            sql::put_works_stage(tx, hand.task.id, place, &done)?;
            let told = hand
                .told("case.works_stage_done")
                .with("stage", &done.title)
                .with("done_on", done_on.to_string());
            Ok(Left {
                entry: Told::new("task.stage_done")
                    .with("stage", done.title)
                    .with("done_on", done_on.to_string()),
                told: Some(told),
            })
        })
        .await
    }

    /// Adds a photograph or a paper: what everybody is given is the cleaned copy.
    pub async fn show_works(
        &self,
        actor: &Actor,
        number: i64,
        shows: Shows,
        stage: Option<Uuid>,
        upload: &Upload,
    ) -> std::result::Result<(), NotKept> {
        let by = actor.account().ok_or(Error::Unauthenticated)?;
        let task = self.task_row(number).await?;
        // Whoever may not add is told before anything is put away.
        people::require(
            actor,
            TaskAction::Show.permission(),
            &Subject::in_unit(task.unit),
        )?;
        let (this, id, data_key) = (self.clone(), task.id, task.data_key);
        let (key, known) = self
            .journal()
            .store()
            .read(move |db| {
                let key = this.journal().keys().load(db, data_key)?;
                Ok((key, sql::documents_of_task(db, id)?))
            })
            .await?;
        has_room(&known, size(upload))?;
        let put = self.put_away(&key, upload, &KINDS).await?;
        self.with_task(actor, number, TaskAction::Show, move |tx, hand| {
            if let Some(stage) = stage {
                let stages = sql::stages_of_task(tx, hand.task.id)?;
                if !stages.iter().any(|known| known.id == stage) {
                    return Err(Error::field("stage", "error-choose-one"));
                }
            }
            let body = body_of(&put.inspected, hand.name.clone());
            let id = base::id::new_uuid(tx.now());
            let sealed = serde_json::to_vec(&body).map_err(Error::internal)?;
            let row = WorksDocumentRow {
                shown: WorksDocument {
                    id,
                    stage,
                    shows,
                    kind: put.inspected.kind,
                    size: i64::try_from(put.inspected.size).unwrap_or(i64::MAX),
                    has_thumbnail: put.place.thumbnail.is_some(),
                    added_at: tx.now(),
                },
                place: put.place,
                author: by,
                body: hand
                    .key
                    .seal(&document_context(hand.task.id, id), &sealed)?,
            };
            sql::insert_works_document(tx, hand.task.id, &row)?;
            let entry = Told::new("task.shown")
                .with("document", id.to_string())
                .with("shows", shows.code())
                .with("sha256", body.sha256);
            Ok(Left::inner(entry))
        })
        .await?;
        Ok(())
    }

    /// The cleaned copy of a photograph or a paper, or its small picture, for anybody.
    pub async fn open_works(
        &self,
        number: i64,
        document: Uuid,
        small: bool,
    ) -> std::result::Result<Opened, NotKept> {
        let this = self.clone();
        let (key, row) = self
            .journal()
            .store()
            .read(move |db| {
                let task = sql::task(db, number)?.ok_or(Error::NotFound)?;
                let key = this.journal().keys().load(db, task.data_key)?;
                let rows = sql::documents_of_task(db, task.id)?;
                let row = rows.into_iter().find(|row| row.shown.id == document);
                Ok((key, row.ok_or(Error::NotFound)?))
            })
            .await?;
        let address = if small {
            row.place.thumbnail.ok_or(Error::NotFound)?
        } else {
            row.place.cleaned
        };
        let bytes = self.vault()?.open(&key, &address).await?;
        let missing = || Error::internal("a document's bytes are not where its row says");
        Ok(Opened {
            kind: row.shown.kind,
            // What the file was called can name people.
            name: format!("{TASK}-{number}.{}", row.shown.kind.extension()),
            bytes: bytes.ok_or_else(missing)?,
        })
    }
}

/// Refuses a day that has not come.
pub(super) fn not_to_come(today: Date, day: Date) -> Result<()> {
    if day > today {
        return Err(Error::field("done_on", "task-error-to-come"));
    }
    Ok(())
}

fn has_room(known: &[WorksDocumentRow], more: i64) -> std::result::Result<(), NotKept> {
    if i64::try_from(known.len()).is_ok_and(|n| n >= sql::MOST_DOCUMENTS) {
        let error = FieldError::new(documents::FIELD, "case-error-many-files");
        return Err(NotKept::Refused(error.with("most", sql::MOST_DOCUMENTS)));
    }
    if known.iter().map(|row| row.shown.size).sum::<i64>() + more > MOST_BYTES {
        let error = FieldError::new(documents::FIELD, "case-error-much-files");
        return Err(NotKept::Refused(
            error.with("most", MOST_BYTES / 1024 / 1024),
        ));
    }
    Ok(())
}

/// What the name and hash of a photograph or paper are sealed as.
pub(crate) fn document_context(task: Uuid, document: Uuid) -> String {
    format!("task.document:{task}:{document}")
}
