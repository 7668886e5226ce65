//! What clients are given of works, with codes as they stand in the journal.

use base::Moment;
use catalog::Contents;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use people::Units;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Array, ArrayBuilder, Object};
use web::Request;

use crate::api::shapes::{Named, one_of};
use crate::model::{
    ProblemRow, ProblemState, Shows, TaskCard, TaskRow, TaskSource, TaskState, Works,
};
use crate::works::{MOVES, TaskAction};

pub(super) fn task_states() -> Object {
    one_of(TaskState::ALL.iter().map(|one| one.code()))
}

pub(super) fn task_sources() -> Object {
    one_of(TaskSource::ALL.iter().map(|one| one.code()))
}

pub(super) fn problem_states() -> Object {
    one_of(ProblemState::ALL.iter().map(|one| one.code()))
}

pub(super) fn shown() -> Object {
    one_of(Shows::ALL.iter().map(|one| one.code()))
}

fn task_deeds() -> Array {
    let mut codes: Vec<&str> = Vec::new();
    for line in MOVES {
        if !codes.contains(&line.action.code()) {
            codes.push(line.action.code());
        }
    }
    let one = one_of(codes);
    ArrayBuilder::new().items(one).unique_items(true).build()
}

/// A stage of works.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct StageBody {
    #[schema(format = "uuid")]
    id: String,
    title: String,
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    from_on: Option<String>,
    #[schema(format = "date")]
    until_on: String,
    /// Absent until it is done.
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    done_on: Option<String>,
    note: String,
}

/// A photograph or a paper of works.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct WorksFileBody {
    #[schema(format = "uuid")]
    id: String,
    /// The stage that it shows.
    #[schema(format = "uuid", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    #[schema(schema_with = shown)]
    shows: &'static str,
    media_type: &'static str,
    #[schema(format = "date-time")]
    added_at: String,
}

/// A task as everybody sees it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct WorksBody {
    #[schema(minimum = 1)]
    number: i64,
    title: String,
    /// What is to be done.
    todo: String,
    /// Who does it.
    unit: Named,
    #[schema(schema_with = task_sources)]
    source: &'static str,
    /// The number of the problem that it solves.
    #[schema(minimum = 1, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<i64>,
    #[schema(schema_with = task_states)]
    state: &'static str,
    #[schema(format = "date")]
    due_on: String,
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    begun_on: Option<String>,
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    done_on: Option<String>,
    /// What was told last: how it was done, why it was put off or dropped.
    said: String,
    /// How much of the stages is done; absent without stages.
    #[schema(minimum = 0, maximum = 100, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<usize>,
    stages: Vec<StageBody>,
    files: Vec<WorksFileBody>,
}

/// «Not done», in the words of an applicant.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct DisputeBody {
    /// Number of their case.
    case: String,
    text: String,
    /// Their photograph, among the documents of the case.
    #[schema(format = "uuid", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    #[schema(format = "date-time")]
    made_at: String,
    /// Whether a head has looked.
    looked_at: bool,
}

/// A task before those who work on it.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TaskBody {
    works: WorksBody,
    /// Number of the case that it came of.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// Who answers for it; empty while nobody has it.
    owner: String,
    disputes: Vec<DisputeBody>,
    /// What the reader may do with it now.
    #[schema(schema_with = task_deeds)]
    allowed: Vec<&'static str>,
}

/// A task in a list.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TaskLineBody {
    #[schema(minimum = 1)]
    number: i64,
    title: String,
    unit: Named,
    #[schema(schema_with = task_sources)]
    source: &'static str,
    #[schema(schema_with = task_states)]
    state: &'static str,
    #[schema(format = "date")]
    due_on: String,
}

/// A problem.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ProblemLineBody {
    #[schema(minimum = 1)]
    number: i64,
    title: String,
    about: String,
    /// Where, roughly; may be empty.
    place: String,
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<Named>,
    unit: Named,
    #[schema(schema_with = problem_states)]
    state: &'static str,
    /// How many cases are about it.
    #[schema(minimum = 0)]
    cases: i64,
    #[schema(format = "date")]
    opened_on: String,
    #[schema(format = "date", nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_on: Option<String>,
    /// How it was solved; empty until it is.
    closing: String,
}

/// A problem with its works.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ProblemBody {
    problem: ProblemLineBody,
    works: Vec<WorksBody>,
}

/// A page of problems, the newest first.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ProblemsPage {
    pub(super) items: Vec<ProblemLineBody>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

/// A page of tasks.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct TasksPage {
    pub(super) items: Vec<TaskLineBody>,
    /// What to give as `after` to go on; absent on the last page.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next: Option<String>,
}

fn day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// What works are called by.
pub(super) struct Calling<'a> {
    pub(super) request: &'a Request,
    pub(super) contents: &'a Contents,
    pub(super) units: &'a Units,
    pub(super) zone: &'a TimeZone,
}

impl Calling<'_> {
    fn unit(&self, id: base::id::UnitId) -> Named {
        let unit = self.units.unit(id);
        unit.map_or_else(Named::nameless, |unit| {
            Named::unit(unit, self.request.language)
        })
    }

    pub(super) fn works(&self, works: &Works) -> WorksBody {
        let task = &works.task;
        WorksBody {
            number: task.number,
            title: task.title.clone(),
            todo: task.todo.clone(),
            unit: self.unit(task.unit),
            source: task.source.code(),
            problem: works.problem,
            state: task.state.code(),
            due_on: task.due_on.to_string(),
            begun_on: day(task.begun_on),
            done_on: day(task.done_on),
            said: task.said.clone(),
            percent: works.percent(),
            stages: works
                .stages
                .iter()
                .map(|stage| StageBody {
                    id: stage.id.to_string(),
                    title: stage.title.clone(),
                    from_on: day(stage.from_on),
                    until_on: stage.until_on.to_string(),
                    done_on: day(stage.done_on),
                    note: stage.note.clone(),
                })
                .collect(),
            files: works
                .documents
                .iter()
                .map(|file| WorksFileBody {
                    id: file.id.to_string(),
                    stage: file.stage.map(|stage| stage.to_string()),
                    shows: file.shows.code(),
                    media_type: file.kind.media_type(),
                    added_at: file.added_at.rfc3339(),
                })
                .collect(),
        }
    }

    pub(super) fn task(&self, card: &TaskCard) -> TaskBody {
        TaskBody {
            works: self.works(&card.works),
            case: card.case.map(|number| number.to_string()),
            owner: card.owner.clone(),
            disputes: card
                .disputes
                .iter()
                .map(|one| DisputeBody {
                    case: one.case.to_string(),
                    text: one.text.clone(),
                    document: one.document.map(|id| id.to_string()),
                    made_at: one.made_at.rfc3339(),
                    looked_at: one.looked_at.is_some(),
                })
                .collect(),
            allowed: card.may.iter().map(|one| TaskAction::code(*one)).collect(),
        }
    }

    pub(super) fn line(&self, task: &TaskRow) -> TaskLineBody {
        TaskLineBody {
            number: task.number,
            title: task.title.clone(),
            unit: self.unit(task.unit),
            source: task.source.code(),
            state: task.state.code(),
            due_on: task.due_on.to_string(),
        }
    }

    pub(super) fn problem(&self, row: &ProblemRow) -> ProblemLineBody {
        let categories = self.contents.categories();
        let on = |moment: Moment| moment.date(self.zone).to_string();
        ProblemLineBody {
            number: row.number,
            title: row.title.clone(),
            about: row.about.clone(),
            place: row.place.clone(),
            category: row
                .category
                .and_then(|id| categories.by_id(id))
                .map(|known| Named {
                    code: known.code.clone(),
                    name: known.name.text(self.request.language).to_owned(),
                }),
            unit: self.unit(row.unit),
            state: row.state.code(),
            cases: row.cases,
            opened_on: on(row.opened_at),
            closed_on: row.closed_at.map(on),
            closing: row.closing.clone(),
        }
    }

    pub(super) fn whole(&self, page: &crate::model::ProblemPage) -> ProblemBody {
        ProblemBody {
            problem: self.problem(&page.problem),
            works: page.works.iter().map(|one| self.works(one)).collect(),
        }
    }
}
