//! Tasks at the desk: the reader's and their units', the most pressing first; one with its deeds; and
//! setting one. What may be done, by whom and when is the table of moves' to say.

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query, State};
use axum::routing::get;
use base::id::AccountId;
use base::{Error, FieldError, Number, Result, Role};
use jiff::civil::Date;
use people::{Permission, Visitor};
use serde::Deserialize;
use uuid::Uuid;
use web::{Choice, Fields, Page, PageResult};

use super::super::case::latin;
use super::super::case_view::Link;
use super::super::colleagues::{self, Colleagues};
use super::super::deed_forms::{DeedField, chosen_unit, day_in};
use super::super::documents_view::told;
use super::super::names::Names;
use super::super::{address, multipart};
use super::view::{WorksView, left, works};
use super::{Filling, WorksForm, drawn, file_field, number_of, shown};
use crate::Cases;
use crate::documents::{FIELD, labels};
use crate::model::{
    AnswerState, Card, NewStage, NewTask, Promised, Shows, Side, TaskCard, TaskRow, TaskSource,
    TasksView,
};
use crate::pass::Pass;
use crate::work::both;
use crate::works::{KINDS, TITLE_MOST, TaskAction, said_words, stage_title, task_words};

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk/tasks", get(list))
        .route("/desk/tasks/new", get(ask_new).post(set))
        .route("/desk/tasks/{task}", get(show))
        .route("/desk/tasks/{task}/do/{deed}", get(ask).post(carry_out))
        .route(
            "/desk/tasks/{task}/files/{deed}",
            get(ask).post(send).layer(DefaultBodyLimit::disable()),
        )
}

/// A task in a list.
pub(in crate::pages) struct TaskLine {
    pub(in crate::pages) href: String,
    pub(in crate::pages) number: i64,
    pub(in crate::pages) title: String,
    pub(in crate::pages) unit: String,
    pub(in crate::pages) owner: String,
    pub(in crate::pages) state: String,
    pub(in crate::pages) due_on: Date,
    pub(in crate::pages) left: String,
    pub(in crate::pages) tone: &'static str,
}

impl TaskLine {
    /// Tasks as lists show them.
    pub(in crate::pages) async fn all(
        cases: &Cases,
        visitor: &Visitor,
        names: &Names,
        tasks: &[TaskRow],
    ) -> Result<Vec<Self>> {
        let request = &visitor.request;
        let owners: Vec<AccountId> = tasks.iter().filter_map(|task| task.owner).collect();
        let called = cases.people().named(&visitor.actor, &owners).await?;
        let today = cases.today();
        let lines = tasks.iter().map(|task| {
            let owner = task.owner.and_then(|owner| called.get(&owner));
            let (left, tone) = left(request, today, task);
            Self {
                href: format!("/desk/tasks/{}", task.number),
                number: task.number,
                title: task.title.clone(),
                unit: names.unit(task.unit),
                owner: owner.map(|named| named.name.initials()).unwrap_or_default(),
                state: super::view::state(request, task.state),
                due_on: task.due_on,
                left,
                tone,
            }
        });
        Ok(lines.collect())
    }
}

/// A part of the list.
pub(in crate::pages) struct ViewLink {
    pub(in crate::pages) href: String,
    pub(in crate::pages) name: String,
    pub(in crate::pages) here: bool,
}

#[derive(Template)]
#[template(path = "desk-tasks.html")]
pub(in crate::pages) struct Tasks {
    pub(in crate::pages) page: Page,
    pub(in crate::pages) views: Vec<ViewLink>,
    pub(in crate::pages) rows: Vec<TaskLine>,
    pub(in crate::pages) next: String,
    pub(in crate::pages) first: String,
}

/// «Not done» as those who do the works read it.
pub(in crate::pages) struct DisputeView {
    pub(in crate::pages) text: String,
    pub(in crate::pages) case: String,
    pub(in crate::pages) document: String,
    pub(in crate::pages) at: base::Moment,
    pub(in crate::pages) looked: bool,
}

#[derive(Template)]
#[template(path = "desk-task.html")]
pub(in crate::pages) struct TaskShow {
    pub(in crate::pages) page: Page,
    pub(in crate::pages) works: WorksView,
    pub(in crate::pages) source: String,
    /// Where it came from; empty where the reader cannot go.
    pub(in crate::pages) from: String,
    pub(in crate::pages) owner: String,
    pub(in crate::pages) left: String,
    pub(in crate::pages) left_tone: &'static str,
    pub(in crate::pages) disputes: Vec<DisputeView>,
    /// Deeds without a form: a button each.
    pub(in crate::pages) at_once: Vec<Link>,
    /// What the task waits for from its reader, where that has a form.
    pub(in crate::pages) chief: Option<Link>,
    /// Other deeds with a form.
    pub(in crate::pages) deeds: Vec<Link>,
    /// Whether the reader may say that a stage is done, and plan it anew.
    pub(in crate::pages) finishes: bool,
    pub(in crate::pages) plans: bool,
}

#[derive(Deserialize)]
struct Asked {
    view: Option<String>,
    after: Option<String>,
}

async fn list(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let view = asked.view.as_deref().and_then(TasksView::from_code);
    // A head sets tasks for others: what their units do is what they come for.
    let view = view.unwrap_or(if visitor.actor.has_role(Role::Head) {
        TasksView::Unit
    } else {
        TasksView::default()
    });
    let after = asked.after.as_deref().filter(|after| !after.is_empty());
    let found = cases.tasks(&visitor.actor, view, after, None).await?;
    let names = Names::load(&cases, request.language).await?;
    let rows = TaskLine::all(&cases, &visitor, &names, &found.items).await?;
    let here = |view: TasksView, after: &str| {
        address("/desk/tasks", &[("view", view.code()), ("after", after)])
    };
    web::html(&Tasks {
        page: request.page(request.t("desk-tasks")).dense(),
        views: TasksView::ALL
            .iter()
            .map(|one| ViewLink {
                href: here(*one, ""),
                name: request
                    .t(&format!("desk-tasks-{}", one.code()))
                    .into_owned(),
                here: *one == view,
            })
            .collect(),
        rows,
        next: found
            .next
            .as_ref()
            .map(|next| here(view, next.as_str()))
            .unwrap_or_default(),
        first: after.map(|_| here(view, "")).unwrap_or_default(),
    })
}

/// Deeds that ask for nothing.
const AT_ONCE: [TaskAction; 3] = [TaskAction::Take, TaskAction::Begin, TaskAction::Confirm];
/// The deed with a form to which the works go.
const CHIEF: TaskAction = TaskAction::Report;
/// Deeds of one stage, and what its list offers.
const OF_A_STAGE: TaskAction = TaskAction::FinishStage;

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(task): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    let card = cases.task(&visitor.actor, number_of(&task)?).await?;
    draw(&cases, &visitor, &card, Vec::new()).await
}

async fn draw(
    cases: &Cases,
    visitor: &Visitor,
    card: &TaskCard,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(cases, request.language).await?;
    let task = &card.works.task;
    let link = |action: &TaskAction| Link {
        href: deed_address(task.number, *action),
        text: request
            .t(&format!("works-do-{}", action.code()))
            .into_owned(),
    };
    let (left, left_tone) = left(request, cases.today(), task);
    let may = |action: TaskAction| card.may.contains(&action);
    let page = request.page(task.title.clone()).dense().with_errors(errors);
    web::html(&TaskShow {
        works: works(request, &names, cases.today(), &card.works),
        source: request
            .t(&format!("works-source-{}", task.source.code()))
            .into_owned(),
        from: match (card.works.problem, card.case) {
            (Some(problem), _) => format!("/desk/problems/{problem}"),
            (None, Some(case)) => format!("/desk/{}", latin(case)),
            (None, None) => String::new(),
        },
        owner: card.owner.clone(),
        left,
        left_tone,
        disputes: card
            .disputes
            .iter()
            .map(|one| DisputeView {
                text: one.text.clone(),
                case: one.case.to_string(),
                document: match one.document {
                    Some(id) => format!("/cases/{}/documents/{id}", latin(one.case)),
                    None => String::new(),
                },
                at: one.made_at,
                looked: one.looked_at.is_some(),
            })
            .collect(),
        at_once: AT_ONCE.iter().filter(|one| may(**one)).map(link).collect(),
        chief: may(CHIEF).then(|| link(&CHIEF)),
        deeds: card
            .may
            .iter()
            .filter(|one| !AT_ONCE.contains(one) && ![OF_A_STAGE, CHIEF].contains(one))
            .map(link)
            .collect(),
        finishes: may(OF_A_STAGE),
        plans: may(TaskAction::PlanStage),
        page,
    })
}

fn deed_address(task: i64, action: TaskAction) -> String {
    let way = if takes_files(action) { "files" } else { "do" };
    format!("/desk/tasks/{task}/{way}/{}", action.code())
}

const fn takes_files(action: TaskAction) -> bool {
    matches!(action, TaskAction::Show | TaskAction::Report)
}

/// Which stage a deed is about.
#[derive(Default, Deserialize)]
struct OfStage {
    stage: Option<String>,
}

fn action_in(text: &str) -> Result<TaskAction> {
    TaskAction::from_code(text).ok_or(Error::NotFound)
}

async fn ask(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((task, deed)): Path<(String, String)>,
    Query(stage): Query<OfStage>,
) -> PageResult {
    visitor.require_sign_in()?;
    let card = cases.task(&visitor.actor, number_of(&task)?).await?;
    let action = action_in(&deed)?;
    // What was done meanwhile, or is nobody's to do here, is seen on the page of the task.
    if AT_ONCE.contains(&action) || !card.may.contains(&action) {
        let page = format!("/desk/tasks/{}", card.works.task.number);
        return Ok(visitor.request.redirect(&page));
    }
    let (due_on, today) = (card.works.task.due_on, cases.today());
    let kept = |name: &str| match (action, name) {
        // Works that are sent back may keep a day that is still to come.
        (TaskAction::SendBack, "due_on") if due_on > today => due_on.to_string(),
        _ => String::new(),
    };
    let form = form(&cases, &visitor, &card, action, &stage, &kept).await?;
    drawn(form, Vec::new())
}

/// The colleagues of a task's unit as fields.
async fn owner_fields(
    cases: &Cases,
    visitor: &Visitor,
    unit: base::id::UnitId,
    filling: &Filling<'_>,
) -> Result<Vec<DeedField>> {
    let staff = cases.people().staff(&visitor.actor).await?;
    let units = cases.people().units().await?;
    let staff: Vec<_> = staff
        .into_iter()
        .filter(|member| units.within(member.unit).contains(&unit))
        .collect();
    let names = Names::load(cases, visitor.request.language).await?;
    let people = Colleagues::of(&staff, &names, &(filling.typed)("who"));
    let mut fields = vec![filling.choice("account", "works-owner", people.choices)];
    if people.many {
        fields[0].required = false;
        fields.push(filling.optional("text", "who", "desk-who"));
    }
    Ok(fields)
}

/// The form of a deed with what was typed in it.
async fn form(
    cases: &Cases,
    visitor: &Visitor,
    card: &TaskCard,
    action: TaskAction,
    of: &OfStage,
    typed: &(dyn Fn(&str) -> String + Sync),
) -> Result<WorksForm> {
    let request = &visitor.request;
    let task = &card.works.task;
    let stages = &card.works.stages;
    let chosen = of.stage.as_deref().unwrap_or_default();
    let stage = stages.iter().find(|stage| stage.id.to_string() == chosen);
    let planned = stage.filter(|_| action == TaskAction::PlanStage);
    let known = |name: &str| match (typed(name), planned) {
        (text, _) if !text.is_empty() => text,
        (_, Some(stage)) => of_stage(stage, name),
        (_, None) if name == "done_on" => cases.today().to_string(),
        (_, None) => String::new(),
    };
    let filling = Filling {
        request,
        typed: &known,
    };
    let said = |hint: &str| filling.hinted(hint, filling.field("area", "said", "works-said"));
    let mut file = None;
    let fields = match action {
        TaskAction::Give => owner_fields(cases, visitor, task.unit, &filling).await?,
        TaskAction::PlanStage => vec![
            filling.hinted(
                "works-public-hint",
                filling.field("text", "stage", "works-stage"),
            ),
            filling.optional("date", "from_on", "works-from"),
            filling.field("date", "until_on", "works-until"),
        ],
        TaskAction::FinishStage => vec![
            filling.field("date", "done_on", "works-done-on"),
            filling.hinted(
                "works-public-hint",
                filling.optional("area", "note", "works-note"),
            ),
        ],
        TaskAction::Show => {
            file = Some(file_field(request, "works-file", true));
            let shows = Shows::ALL.iter().map(|shows| {
                let label = request.t(&format!("works-showing-{}", shows.code()));
                Choice::new(shows.code(), label)
            });
            let of_stages = stages
                .iter()
                .map(|stage| Choice::new(stage.id.to_string(), stage.title.clone()));
            let mut fields = vec![filling.choice("shows", "works-shows", shows.collect())];
            if !stages.is_empty() {
                let mut which = filling.choice("stage", "works-of-stage", of_stages.collect());
                which.required = false;
                fields.push(which);
            }
            fields
        }
        TaskAction::Report => {
            let documents = &card.works.documents;
            let proved = documents.iter().any(|known| known.shows == Shows::Proof);
            file = Some(file_field(request, "works-proof", !proved));
            vec![
                filling.field("date", "done_on", "works-done-on"),
                said("works-said-done-hint"),
            ]
        }
        TaskAction::Uphold => vec![said("works-said-upheld-hint")],
        TaskAction::SendBack => vec![
            said("works-said-back-hint"),
            filling.field("date", "due_on", "works-due"),
        ],
        TaskAction::PutOff => vec![
            said("works-said-off-hint"),
            filling.field("date", "due_on", "works-new-due"),
        ],
        TaskAction::Drop => vec![said("works-said-dropped-hint")],
        TaskAction::Take | TaskAction::Begin | TaskAction::Confirm => Vec::new(),
    };
    let key = if planned.is_some() {
        "works-do-plan_anew".to_owned()
    } else {
        format!("works-do-{}", action.code())
    };
    let mut leads = vec![task.title.clone()];
    leads.extend(stage.map(|stage| stage.title.clone()));
    if action == TaskAction::Report {
        leads.extend(stages_left(request, stages));
    }
    leads.extend(takes_files(action).then(|| request.t("works-file-lead").into_owned()));
    Ok(WorksForm {
        page: request.page(request.t(&key)).dense(),
        title: request.t(&key).into_owned(),
        leads,
        fields,
        action: address(&deed_address(task.number, action), &[("stage", chosen)]),
        back: format!("/desk/tasks/{}", task.number),
        back_text: request.ta("works-task-number", &[("number", task.number.into())]),
        button: request.t(&key).into_owned(),
        file,
    })
}

/// What a field of a stage that is planned anew holds now.
fn of_stage(stage: &crate::model::Stage, name: &str) -> String {
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    match name {
        "stage" => stage.title.clone(),
        "from_on" => day(stage.from_on),
        "until_on" => day(Some(stage.until_on)),
        _ => String::new(),
    }
}

/// Which stages nobody has marked as done, for whoever reports the works as done.
fn stages_left(request: &web::Request, stages: &[crate::model::Stage]) -> Option<String> {
    let left = stages.iter().filter(|stage| stage.done_on.is_none());
    let left: Vec<&str> = left.map(|stage| stage.title.as_str()).collect();
    let stages = left.join(", ");
    (!left.is_empty()).then(|| request.ta("works-stages-left", &[("stages", stages.into())]))
}

fn day(name: &'static str, text: &str) -> Result<Date> {
    day_in(name, text)?.ok_or_else(|| Error::field(name, "error-required"))
}

async fn carry_out(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((task, deed)): Path<(String, String)>,
    Query(stage): Query<OfStage>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let (number, action) = (number_of(&task)?, action_in(&deed)?);
    let done = done(&cases, &visitor, number, action, &stage, &fields).await;
    let Err(error) = done else {
        return Ok(after(&visitor, number, action));
    };
    let errors = shown(error)?;
    let card = cases.task(&visitor.actor, number).await?;
    if AT_ONCE.contains(&action) || !card.may.contains(&action) {
        return draw(&cases, &visitor, &card, errors).await;
    }
    let typed = |name: &str| fields.text(name).to_owned();
    let form = form(&cases, &visitor, &card, action, &stage, &typed).await?;
    drawn(form, errors)
}

fn after(visitor: &Visitor, task: i64, action: TaskAction) -> axum::response::Response {
    let page = format!("/desk/tasks/{task}");
    let said = match action {
        TaskAction::PutOff | TaskAction::Drop | TaskAction::Report => "works-told",
        _ => "works-kept",
    };
    visitor.request.redirect_saying(&page, said)
}

async fn done(
    cases: &Cases,
    visitor: &Visitor,
    task: i64,
    action: TaskAction,
    of: &OfStage,
    fields: &Fields,
) -> Result<()> {
    let actor = &visitor.actor;
    let said = fields.text("said");
    let id = |text: Option<&str>| {
        let text = text.filter(|text| !text.is_empty());
        text.map(|text| text.parse::<Uuid>().map_err(|_| Error::NotFound))
            .transpose()
    };
    let stage = id(of.stage.as_deref())?;
    match action {
        TaskAction::Take => cases.take_task(actor, task).await,
        TaskAction::Begin => cases.begin_works(actor, task).await,
        TaskAction::Confirm => cases.confirm_works(actor, task).await,
        TaskAction::Give => {
            let to = colleagues::chosen(cases, visitor, fields).await?;
            cases.give_task(actor, task, to).await
        }
        TaskAction::PlanStage => {
            let days = both(
                day_in("from_on", fields.text("from_on")),
                day("until_on", fields.text("until_on")),
            );
            let (title, (from_on, until_on)) = both(stage_title(fields.text("stage")), days)?;
            let new = NewStage {
                title,
                from_on,
                until_on,
            };
            cases.plan_stage(actor, task, stage, new).await
        }
        TaskAction::FinishStage => {
            let stage = stage.ok_or(Error::NotFound)?;
            let done_on = day("done_on", fields.text("done_on"))?;
            cases
                .finish_stage(actor, task, stage, done_on, fields.text("note"))
                .await
        }
        TaskAction::Uphold => cases.uphold_works(actor, task, said).await,
        TaskAction::SendBack => {
            let (_, due_on) = both(said_words(said), day("due_on", fields.text("due_on")))?;
            cases.send_works_back(actor, task, due_on, said).await
        }
        TaskAction::PutOff => {
            let (_, due_on) = both(said_words(said), day("due_on", fields.text("due_on")))?;
            cases.put_works_off(actor, task, due_on, said).await
        }
        TaskAction::Drop => cases.drop_works(actor, task, said).await,
        TaskAction::Show | TaskAction::Report => Err(Error::NotFound),
    }
}

/// Deeds with photographs: showing the works, telling them as done.
async fn send(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path((task, deed)): Path<(String, String)>,
    form_sent: Multipart,
) -> PageResult {
    visitor.require_sign_in()?;
    let (number, action) = (number_of(&task)?, action_in(&deed)?);
    // Nothing is received from whoever may not do it.
    let card = cases.task(&visitor.actor, number).await?;
    if !takes_files(action) || !card.may.contains(&action) {
        return Err(Error::Forbidden.into());
    }
    let sent = multipart::read(&cases, form_sent, &labels(&KINDS)).await?;
    let mut errors = sent.refused.clone();
    let (shows, stage) = match action {
        TaskAction::Show => (
            Shows::from_code(sent.text("shows")),
            Some(sent.text("stage")).filter(|text| !text.is_empty()),
        ),
        _ => (Some(Shows::Proof), None),
    };
    if shows.is_none() {
        errors.push(FieldError::new("shows", "error-choose-one"));
    }
    // No photograph is kept for a report that is not one yet: it would be sent again with the next.
    if action == TaskAction::Report {
        let words = both(
            day("done_on", sent.text("done_on")),
            said_words(sent.text("said")),
        );
        if let Err(error) = words {
            errors.extend(shown(error)?);
        }
    }
    if action == TaskAction::Show && sent.files.is_empty() && errors.is_empty() {
        errors.push(FieldError::new(FIELD, "case-error-no-file"));
    }
    let stage = stage.map(|stage| stage.parse::<Uuid>().map_err(|_| Error::NotFound));
    let stage = stage.transpose()?;
    if let (Some(shows), true) = (shows, errors.is_empty()) {
        for upload in &sent.files {
            cases.slow_down_uploads(&visitor.request)?;
            let put = cases.show_works(&visitor.actor, number, shows, stage, upload);
            if let Err(why) = put.await {
                told(&mut errors, why)?;
            }
        }
    }
    if action == TaskAction::Report && errors.is_empty() {
        let reported = async {
            let done_on = day("done_on", sent.text("done_on"))?;
            cases
                .report_works(&visitor.actor, number, done_on, sent.text("said"))
                .await
        };
        if let Err(error) = reported.await {
            errors = shown(error)?;
        }
    }
    if errors.is_empty() {
        return Ok(after(&visitor, number, action));
    }
    let typed = |name: &str| sent.text(name).to_owned();
    let of = OfStage::default();
    let form = form(&cases, &visitor, &card, action, &of, &typed).await?;
    drawn(form, errors)
}

/// What a task comes of, as an address names it.
#[derive(Deserialize)]
struct Origin {
    source: Option<String>,
    case: Option<String>,
    problem: Option<String>,
    promise: Option<usize>,
}

impl Origin {
    fn source(&self) -> Result<TaskSource> {
        let source = self.source.as_deref().and_then(TaskSource::from_code);
        source.ok_or(Error::NotFound)
    }

    fn case(&self) -> Result<Option<Number>> {
        let case = self.case.as_deref().filter(|case| !case.is_empty());
        case.map(|case| case.parse().map_err(|_| Error::NotFound))
            .transpose()
    }

    fn problem(&self) -> Result<Option<i64>> {
        let problem = self.problem.as_deref().filter(|text| !text.is_empty());
        problem.map(number_of).transpose()
    }
}

/// What the delivered answers of a case promise, in order.
pub(super) fn promises(card: &Card) -> Vec<Promised> {
    let delivered = card
        .answers
        .iter()
        .filter(|answer| answer.state == AnswerState::Delivered);
    delivered
        .flat_map(|answer| answer.parts.promises.clone())
        .collect()
}

async fn ask_new(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(from): Query<Origin>,
) -> PageResult {
    let form = new_form(&cases, &visitor, &from, None).await?;
    drawn(form, Vec::new())
}

async fn new_form(
    cases: &Cases,
    visitor: &Visitor,
    from: &Origin,
    fields: Option<&Fields>,
) -> Result<WorksForm> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, Permission::AssignCase)?;
    let request = &visitor.request;
    let source = from.source()?;
    let names = Names::load(cases, request.language).await?;
    let (mut title, mut todo, mut due) = (String::new(), String::new(), String::new());
    let (unit, back, back_text);
    if source == TaskSource::Problem {
        let number = from.problem()?.ok_or(Error::NotFound)?;
        let found = cases.problem(number).await?.problem;
        title.clone_from(&found.title);
        unit = found.unit;
        back = format!("/desk/problems/{number}");
        back_text = found.title;
    } else {
        let number = from.case()?.ok_or(Error::NotFound)?;
        let card = cases.card(&visitor.actor, &Pass::default(), number).await?;
        if card.side != Side::Staff {
            return Err(Error::NotFound);
        }
        unit = card.case.unit;
        if let Some(promise) = from.promise.and_then(|at| promises(&card).get(at).cloned()) {
            // Its first line names it; a day that has passed is no day for a task.
            let first = promise.text.lines().next().unwrap_or_default();
            title = first.chars().take(TITLE_MOST).collect();
            if promise.on >= cases.today() {
                due = promise.on.to_string();
            }
            todo = promise.text;
        }
        back = format!("/desk/{}", latin(number));
        back_text = number.to_string();
    }
    let code = names.units().unit(unit).map(|unit| unit.code.clone());
    let code = code.unwrap_or_default();
    let known = |name: &str| match fields {
        Some(fields) => fields.text(name).to_owned(),
        None => match name {
            "title" => title.clone(),
            "todo" => todo.clone(),
            "unit" => code.clone(),
            "due_on" => due.clone(),
            _ => String::new(),
        },
    };
    let filling = Filling {
        request,
        typed: &known,
    };
    let staff = cases.people().staff(&visitor.actor).await?;
    let people = Colleagues::of(&staff, &names, &known("who"));
    let mut owner = filling.choice("account", "works-owner", people.choices);
    owner.required = false;
    let mut asked = vec![
        filling.hinted(
            "works-public-hint",
            filling.field("text", "title", "works-title-field"),
        ),
        filling.hinted(
            "works-public-hint",
            filling.field("area", "todo", "works-todo"),
        ),
        filling.choice("unit", "works-unit", names.unit_choices(&code)),
        filling.hinted("works-owner-hint", owner),
    ];
    if people.many {
        asked.push(filling.optional("text", "who", "desk-who"));
    }
    asked.push(filling.field("date", "due_on", "works-due"));
    let query = [
        ("source", source.code()),
        ("case", from.case.as_deref().unwrap_or_default()),
        ("problem", from.problem.as_deref().unwrap_or_default()),
    ];
    Ok(WorksForm {
        page: request.page(request.t("works-set")).dense(),
        title: request.t("works-set").into_owned(),
        leads: vec![
            request
                .t(&format!("works-source-{}", source.code()))
                .into_owned(),
        ],
        fields: asked,
        action: address("/desk/tasks/new", &query),
        back,
        back_text,
        button: request.t("works-set").into_owned(),
        file: None,
    })
}

async fn set(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(from): Query<Origin>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let made = async {
        let words = task_words(fields.text("title"), fields.text("todo"));
        let unit = chosen_unit(&cases, fields.text("unit")).await;
        let owner = colleagues::named(&cases, &visitor, &fields).await;
        let due_on = day("due_on", fields.text("due_on"));
        let (((title, todo), unit), (owner, due_on)) =
            both(both(words, unit), both(owner, due_on))?;
        let new = NewTask {
            source: from.source()?,
            problem: from.problem()?,
            case: from.case()?,
            title,
            todo,
            unit,
            owner,
            due_on,
        };
        cases.set_task(&visitor.actor, new).await
    };
    match made.await {
        Ok(number) => {
            let page = format!("/desk/tasks/{number}");
            Ok(visitor.request.redirect_saying(&page, "works-set-done"))
        }
        Err(error) => {
            let errors = shown(error)?;
            let form = new_form(&cases, &visitor, &from, Some(&fields)).await?;
            drawn(form, errors)
        }
    }
}
