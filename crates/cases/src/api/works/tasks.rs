//! Tasks: works for everybody to read, a list for those who work, and one operation for each deed.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use base::Error;
use base::id::AccountId;
use jiff::civil::Date;
use people::Visitor;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Request;
use web::api::{
    Asked, Asking, MOST_ROWS, OfBareDeed, OfDeed, OfEntry, OfList, OfMaking, ROWS, Refused, Sent,
};

use super::shapes::{Calling, TaskBody, TasksPage, WorksBody, shown, task_sources};
use super::{id_of, number_of};
use crate::api::deed::Done;
use crate::api::desk::{given, queue_after};
use crate::api::own::documents::{form_in, given as file_given};
use crate::api::received::not_kept;
use crate::api::{Api, examples};
use crate::documents::Form;
use crate::model::{NewStage, NewTask, Shows, TaskSource, TasksView};

/// A task to be set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewTaskBody {
    /// What it comes of.
    #[schema(schema_with = task_sources)]
    source: String,
    /// Number of the problem, with the source `problem`.
    #[schema(minimum = 1, nullable = false)]
    #[serde(default, deserialize_with = "given")]
    problem: Option<i64>,
    /// Number of the case, with any other source.
    #[schema(max_length = 64, nullable = false)]
    #[serde(default, deserialize_with = "given")]
    case: Option<String>,
    /// In a few words; everybody reads it.
    #[schema(min_length = 5, max_length = 200)]
    title: String,
    /// What is to be done; everybody reads it.
    #[schema(min_length = 5, max_length = 4000)]
    todo: String,
    /// Code of the unit that does it.
    #[schema(max_length = 100)]
    unit: String,
    /// Account of whoever answers for it.
    #[schema(value_type = String, format = "uuid", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    account: Option<AccountId>,
    #[schema(value_type = String, format = "date")]
    due_on: Date,
}

/// Whoever is to answer for a task.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct OwnerBody {
    #[schema(value_type = String, format = "uuid")]
    account: AccountId,
}

/// A stage of works.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewStageBody {
    /// Everybody reads it.
    #[schema(min_length = 3, max_length = 200)]
    title: String,
    #[schema(value_type = String, format = "date", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    from_on: Option<Date>,
    #[schema(value_type = String, format = "date")]
    until_on: Date,
}

/// When a stage was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct StageDoneBody {
    #[schema(value_type = String, format = "date")]
    done_on: Date,
    /// Everybody reads it.
    #[schema(max_length = 4000)]
    #[serde(default)]
    note: String,
}

/// A photograph or a paper of works.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewWorksFileBody {
    /// The upload, by the last part of its address. It has to be complete, and is used up.
    #[schema(value_type = String, format = "uuid")]
    upload: Uuid,
    #[schema(schema_with = shown)]
    shows: String,
    /// The stage that it shows.
    #[schema(value_type = String, format = "uuid", nullable = false)]
    #[serde(default, deserialize_with = "given")]
    stage: Option<Uuid>,
}

/// That works are done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct WorksDoneBody {
    #[schema(value_type = String, format = "date")]
    done_on: Date,
    /// How; everybody reads it.
    #[schema(min_length = 5, max_length = 4000)]
    said: String,
}

/// What everybody is told.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct SaidBody {
    #[schema(min_length = 5, max_length = 4000)]
    said: String,
}

/// What everybody is told, with a new day.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewDayBody {
    #[schema(min_length = 5, max_length = 4000)]
    said: String,
    #[schema(value_type = String, format = "date")]
    due_on: Date,
}

/// Read works
///
/// A task with its stages and files, for everybody.
#[utoipa::path(
    get,
    path = "/api/v1/works/{task}",
    operation_id = "read_works",
    tag = "works",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(("task" = String, Path, pattern = "^[1-9][0-9]{0,14}$", description = "Number of the task", example = "7")),
    responses((status = 200, description = "The works", body = WorksBody, example = json!(examples::works())), OfEntry)
)]
pub(in crate::api) async fn read_works(
    request: Request,
    State(api): State<Api>,
    Path(task): Path<String>,
) -> Result<Json<WorksBody>, Refused> {
    let found = api.cases.works(number_of(&task)?).await?;
    let contents = api.cases.catalog().contents().await?;
    let units = api.cases.people().units().await?;
    let calling = Calling {
        request: &request,
        contents: &contents,
        units: &units,
        zone: api.cases.hours().zone(),
    };
    Ok(Json(calling.works(&found)))
}

/// Read a file of works
///
/// The cleaned copy of a photograph or a paper, for everybody.
#[utoipa::path(
    get,
    path = "/api/v1/works/{task}/files/{file}",
    operation_id = "read_works_file",
    tag = "works",
    security((), ("token" = ["cases:read"]), ("session" = [])),
    params(
        ("task" = String, Path, pattern = "^[1-9][0-9]{0,14}$", description = "Number of the task", example = "7"),
        ("file" = String, Path, format = "uuid", description = "Identifier of the file"),
        ("form" = inline(Option<String>), Query, nullable = false, pattern = "^(cleaned|thumbnail)$", description = "`thumbnail` asks for a small picture"),
    ),
    responses(
        (status = 200, description = "The file", content_type = "*/*", body = [u8]),
        (status = 206, description = "The part of the file", content_type = "*/*", body = [u8]),
        (status = 416, description = "The file is not as long as that"),
        OfEntry,
        OfList,
    )
)]
pub(in crate::api) async fn read_works_file(
    State(api): State<Api>,
    Path((task, file)): Path<(String, String)>,
    asking: Asking,
    headers: HeaderMap,
) -> Done {
    let form = match form_in(asking)? {
        Form::Thumbnail => Form::Thumbnail,
        Form::Original => return Err(Error::field("form", "error-choose-one").into()),
        _ => Form::Cleaned,
    };
    let small = form == Form::Thumbnail;
    let opened = api
        .cases
        .open_works(number_of(&task)?, id_of(&file)?, small);
    file_given(&headers, opened.await.map_err(not_kept)?, form)
}

/// List tasks
///
/// Of the reader or of their units, the most pressing first; ended ones the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/desk/tasks",
    operation_id = "list_tasks",
    tag = "works",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(
        ("view" = inline(Option<String>), Query, nullable = false, pattern = "^(mine|unit|to_confirm|ended)$", description = "`mine` when absent"),
        ("after" = inline(Option<String>), Query, nullable = false, max_length = 400, description = "`next` of the page before"),
        ("limit" = inline(Option<u32>), Query, nullable = false, minimum = 1, maximum = 100, description = "Rows of a page; 30 when absent"),
    ),
    responses((status = 200, description = "A page", body = TasksPage, example = json!(examples::tasks())), OfList)
)]
pub(in crate::api) async fn list_tasks(
    visitor: Visitor,
    State(api): State<Api>,
    asking: Asking,
) -> Result<Json<TasksPage>, Refused> {
    visitor.require_sign_in()?;
    let mut asked = Asked::of(asking, &["view", "after", "limit"])?;
    let view = asked.known("view", TasksView::from_code);
    let limit = asked.limit(ROWS, MOST_ROWS);
    asked.refuse()?;
    let found = api.cases.tasks(
        &visitor.actor,
        view.unwrap_or_default(),
        asked.get("after"),
        Some(limit),
    );
    let found = found.await.map_err(queue_after)?;
    let contents = api.cases.catalog().contents().await?;
    let units = api.cases.people().units().await?;
    let calling = Calling {
        request: &visitor.request,
        contents: &contents,
        units: &units,
        zone: api.cases.hours().zone(),
    };
    let items = found.items.iter().map(|task| calling.line(task));
    Ok(Json(TasksPage {
        items: items.collect(),
        next: found.next.map(|next| next.as_str().to_owned()),
    }))
}

async fn told(api: &Api, visitor: &Visitor, task: i64) -> Result<Json<TaskBody>, Refused> {
    let card = api.cases.task(&visitor.actor, task).await?;
    let contents = api.cases.catalog().contents().await?;
    let units = api.cases.people().units().await?;
    let calling = Calling {
        request: &visitor.request,
        contents: &contents,
        units: &units,
        zone: api.cases.hours().zone(),
    };
    Ok(Json(calling.task(&card)))
}

/// Set a task
///
/// For heads: of a problem, of a case that was decided for the applicant (`proposal`), of a rating with a
/// comment (`review`), of what an answer promised (`promise`).
#[utoipa::path(
    post,
    path = "/api/v1/desk/tasks",
    operation_id = "set_task",
    tag = "works",
    security(("token" = ["desk:write"]), ("session" = [])),
    request_body(content = NewTaskBody, example = json!(examples::new_task())),
    responses((status = 201, description = "The task", body = TaskBody, example = json!(examples::task())), OfMaking)
)]
pub(in crate::api) async fn set_task(
    visitor: Visitor,
    State(api): State<Api>,
    Sent(body): Sent<NewTaskBody>,
) -> Result<(StatusCode, Json<TaskBody>), Refused> {
    visitor.require_sign_in()?;
    let source = TaskSource::from_code(&body.source);
    let source = source.ok_or_else(|| Error::field("source", "error-choose-one"))?;
    let units = api.cases.people().units().await?;
    let unit = units.by_code(&body.unit).map(|unit| unit.id);
    let case = body.case.as_deref().map(str::parse).transpose();
    let new = NewTask {
        source,
        problem: body.problem,
        case: case.map_err(|_| Error::field("case", "error-number"))?,
        title: body.title,
        todo: body.todo,
        unit: unit.ok_or_else(|| Error::field("unit", "error-choose-one"))?,
        owner: body.account,
        due_on: body.due_on,
    };
    let of = if source == TaskSource::Problem {
        "problem"
    } else {
        "case"
    };
    let set = api.cases.set_task(&visitor.actor, new).await;
    let number = set.map_err(|error| match error {
        Error::NotFound => Error::field(of, "error-number"),
        other => other,
    })?;
    Ok((StatusCode::CREATED, told(&api, &visitor, number).await?))
}

/// Read a task
#[utoipa::path(
    get,
    path = "/api/v1/desk/tasks/{task}",
    operation_id = "read_task",
    tag = "works",
    security(("token" = ["desk:read"]), ("session" = [])),
    params(("task" = String, Path, pattern = "^[1-9][0-9]{0,14}$", description = "Number of the task", example = "7")),
    responses((status = 200, description = "The task", body = TaskBody, example = json!(examples::task())), OfEntry)
)]
pub(in crate::api) async fn read_task(
    visitor: Visitor,
    State(api): State<Api>,
    Path(task): Path<String>,
) -> Result<Json<TaskBody>, Refused> {
    visitor.require_sign_in()?;
    told(&api, &visitor, number_of(&task)?).await
}

/// What an address names, by the names of its parts.
type Names = Path<HashMap<String, String>>;

/// Operations that do one thing to a task and answer the task as it is then.
macro_rules! task_deeds {
    ($(
        $(#[$doc:meta])*
        $path:literal $name:ident
        $([$extra:literal $stage:ident])?
        $(($body:ident: $kind:ident as $example:ident))?
        $refusals:ident
        |$cases:ident, $actor:ident, $task:ident| $done:expr;
    )*) => {$(
        $(#[$doc])*
        #[utoipa::path(
            post,
            path = $path,
            tag = "works",
            security(("token" = ["desk:write"]), ("session" = [])),
            params(
                ("task" = String, Path, pattern = "^[1-9][0-9]{0,14}$", description = "Number of the task", example = "7"),
                $(($extra = String, Path, format = "uuid", description = "Identifier of the stage"),)?
            ),
            $(request_body(content = $kind, example = json!(examples::$example())),)?
            responses((status = 200, description = "The task then", body = TaskBody, example = json!(examples::task())), $refusals)
        )]
        pub(in crate::api) async fn $name(
            visitor: Visitor,
            State(api): State<Api>,
            Path(names): Names,
            $(Sent($body): Sent<$kind>,)?
        ) -> Result<Json<TaskBody>, Refused> {
            visitor.require_sign_in()?;
            let named = |name: &str| names.get(name).map(String::as_str).unwrap_or_default();
            let $task = number_of(named("task"))?;
            $(let $stage = id_of(named($extra))?;)?
            let ($cases, $actor) = (&api.cases, &visitor.actor);
            $done.await?;
            told(&api, &visitor, $task).await
        }
    )*};
}

task_deeds! {
    /// Take a task
    "/api/v1/desk/tasks/{task}/taking" take_task OfBareDeed
    |cases, actor, task| cases.take_task(actor, task);

    /// Give a task to somebody
    "/api/v1/desk/tasks/{task}/owner" give_task (body: OwnerBody as owner) OfDeed
    |cases, actor, task| cases.give_task(actor, task, body.account);

    /// Begin the works
    "/api/v1/desk/tasks/{task}/beginning" begin_works OfBareDeed
    |cases, actor, task| cases.begin_works(actor, task);

    /// Plan a stage
    "/api/v1/desk/tasks/{task}/stages" plan_stage (body: NewStageBody as new_stage) OfDeed
    |cases, actor, task| cases.plan_stage(actor, task, None, stage_of(body));

    /// Plan a stage anew
    "/api/v1/desk/tasks/{task}/stages/{stage}/planning" replan_stage ["stage" stage] (body: NewStageBody as new_stage) OfDeed
    |cases, actor, task| cases.plan_stage(actor, task, Some(stage), stage_of(body));

    /// Say that a stage is done
    "/api/v1/desk/tasks/{task}/stages/{stage}/completion" finish_stage ["stage" stage] (body: StageDoneBody as stage_done) OfDeed
    |cases, actor, task| cases.finish_stage(actor, task, stage, body.done_on, &body.note);

    /// Show works
    ///
    /// A photograph or a paper that was uploaded before; everybody is given its cleaned copy.
    "/api/v1/desk/tasks/{task}/files" show_works (body: NewWorksFileBody as new_works_file) OfDeed
    |cases, actor, task| async {
        let shows = Shows::from_code(&body.shows);
        let shows = shows.ok_or_else(|| Error::field("shows", "error-choose-one"))?;
        let owner = cases.upload_owner(actor, None)?;
        let upload = cases.uploaded(owner, body.upload).await?;
        let kept = cases.show_works(actor, task, shows, body.stage, &upload).await;
        kept.map_err(not_kept)?;
        cases.drop_upload(owner, body.upload).await
    };

    /// Report works as done
    ///
    /// With at least one file that shows it (`proof`).
    "/api/v1/desk/tasks/{task}/completion" report_works (body: WorksDoneBody as works_done) OfDeed
    |cases, actor, task| cases.report_works(actor, task, body.done_on, &body.said);

    /// Confirm works
    ///
    /// By a head who did not report them, when nobody's «not done» waits.
    "/api/v1/desk/tasks/{task}/confirmation" confirm_works OfBareDeed
    |cases, actor, task| cases.confirm_works(actor, task);

    /// Leave works as done
    ///
    /// A head has looked at what applicants say.
    "/api/v1/desk/tasks/{task}/upholding" uphold_works (body: SaidBody as said) OfDeed
    |cases, actor, task| cases.uphold_works(actor, task, &body.said);

    /// Send works back
    "/api/v1/desk/tasks/{task}/return" send_works_back (body: NewDayBody as new_day) OfDeed
    |cases, actor, task| cases.send_works_back(actor, task, body.due_on, &body.said);

    /// Put works off
    "/api/v1/desk/tasks/{task}/postponement" put_works_off (body: NewDayBody as new_day) OfDeed
    |cases, actor, task| cases.put_works_off(actor, task, body.due_on, &body.said);

    /// Drop a task
    "/api/v1/desk/tasks/{task}/dropping" drop_works (body: SaidBody as said) OfDeed
    |cases, actor, task| cases.drop_works(actor, task, &body.said);
}

fn stage_of(body: NewStageBody) -> NewStage {
    NewStage {
        title: body.title,
        from_on: body.from_on,
        until_on: body.until_on,
    }
}
