//! Works in words: a task with its stages and photographs, a problem in a list, and what of them
//! stands beside a case.

use base::Actor;
use jiff::civil::Date;
use people::{Permission, Subject};
use web::Request;

use super::super::case_view::Link;
use super::super::names::Names;
use super::super::term;
use crate::model::{
    Card, ProblemRow, ProblemState, Shows, Side, TaskRow, TaskSource, TaskState, Works,
    WorksDocument, WorksOfCase,
};
use crate::works::is_accepted;

/// A photograph or a paper.
#[derive(Clone, Debug)]
pub(in crate::pages) struct PhotoView {
    pub(in crate::pages) href: String,
    /// The small picture; empty for what is none.
    pub(in crate::pages) small: String,
    pub(in crate::pages) label: String,
}

/// A stage of works.
#[derive(Clone, Debug)]
pub(in crate::pages) struct StageView {
    pub(in crate::pages) id: String,
    pub(in crate::pages) title: String,
    /// `done`, `now` or `ahead`.
    pub(in crate::pages) state: &'static str,
    pub(in crate::pages) from_on: Option<Date>,
    pub(in crate::pages) until_on: Date,
    pub(in crate::pages) done_on: Option<Date>,
    /// Whether its day has passed and it is not done.
    pub(in crate::pages) late: bool,
    pub(in crate::pages) note: String,
    pub(in crate::pages) photos: Vec<PhotoView>,
}

/// A task as everybody sees it.
#[derive(Clone, Debug)]
pub(in crate::pages) struct WorksView {
    pub(in crate::pages) number: i64,
    pub(in crate::pages) href: String,
    pub(in crate::pages) title: String,
    pub(in crate::pages) todo: String,
    pub(in crate::pages) unit: String,
    pub(in crate::pages) state: String,
    pub(in crate::pages) tone: &'static str,
    pub(in crate::pages) due_on: Option<Date>,
    pub(in crate::pages) begun_on: Option<Date>,
    pub(in crate::pages) done_on: Option<Date>,
    pub(in crate::pages) said: String,
    /// What `said` is about: what was done, why the works were put off.
    pub(in crate::pages) said_about: String,
    pub(in crate::pages) percent: Option<usize>,
    pub(in crate::pages) stages: Vec<StageView>,
    pub(in crate::pages) before: Vec<PhotoView>,
    pub(in crate::pages) during: Vec<PhotoView>,
    pub(in crate::pages) proof: Vec<PhotoView>,
    /// Where the reader says that it is not done; empty where they cannot.
    pub(in crate::pages) dispute: String,
    /// Whether the reader has said so, and no head has looked yet.
    pub(in crate::pages) disputed: bool,
}

/// A problem in a list or above its works.
#[derive(Clone, Debug)]
pub(in crate::pages) struct ProblemView {
    pub(in crate::pages) number: i64,
    pub(in crate::pages) href: String,
    pub(in crate::pages) title: String,
    pub(in crate::pages) about: String,
    pub(in crate::pages) place: String,
    pub(in crate::pages) category: String,
    pub(in crate::pages) unit: String,
    pub(in crate::pages) state: String,
    pub(in crate::pages) tone: &'static str,
    pub(in crate::pages) cases: i64,
    pub(in crate::pages) opened_on: Date,
    pub(in crate::pages) closed_on: Option<Date>,
    pub(in crate::pages) closing: String,
    /// Where somebody whom it concerns too writes of it.
    pub(in crate::pages) same: String,
}

/// What stands beside a case.
#[derive(Clone, Debug, Default)]
pub(in crate::pages) struct CaseWorks {
    pub(in crate::pages) problem: Option<ProblemView>,
    pub(in crate::pages) works: Vec<WorksView>,
    /// What a head can begin from here.
    pub(in crate::pages) ways: Vec<Link>,
}

impl CaseWorks {
    pub(in crate::pages) fn is_empty(&self) -> bool {
        self.problem.is_none() && self.works.is_empty()
    }
}

pub(super) fn state(request: &Request, state: TaskState) -> String {
    request
        .t(&format!("works-state-{}", state.code()))
        .into_owned()
}

/// What was told last in public of a task in a state.
const fn said_about(state: TaskState) -> &'static str {
    match state {
        TaskState::Set | TaskState::Taken | TaskState::UnderWay => "works-said-returned",
        TaskState::PutOff => "works-said-put_off",
        TaskState::Dropped => "works-said-dropped",
        TaskState::Done | TaskState::Confirmed => "works-note",
    }
}

pub(super) const fn tone(state: TaskState) -> &'static str {
    match state {
        TaskState::Set | TaskState::Taken | TaskState::Dropped => "calm",
        TaskState::UnderWay => "",
        TaskState::PutOff => "warn",
        TaskState::Done | TaskState::Confirmed => "good",
    }
}

pub(super) fn problem_state(request: &Request, state: ProblemState) -> String {
    request
        .t(&format!("problem-state-{}", state.code()))
        .into_owned()
}

fn photo(request: &Request, task: &TaskRow, document: &WorksDocument) -> PhotoView {
    let href = format!("/works/{}/files/{}", task.number, document.id);
    let on = document.added_at.date(&request.shell().settings().zone);
    let words = request.shell().words();
    let date = words.date_long(request.language, on);
    PhotoView {
        small: if document.has_thumbnail {
            format!("{href}/small")
        } else {
            String::new()
        },
        label: request.ta(
            &format!("works-shows-{}", document.shows.code()),
            &[("date", date.into())],
        ),
        href,
    }
}

/// A task with everything that is told of it in public.
pub(super) fn works(request: &Request, names: &Names, today: Date, works: &Works) -> WorksView {
    let task = &works.task;
    let photos = |fits: &dyn Fn(&WorksDocument) -> bool| -> Vec<PhotoView> {
        let documents = works.documents.iter().filter(|document| fits(document));
        documents
            .map(|document| photo(request, task, document))
            .collect()
    };
    let of_none =
        |shows: Shows| photos(&|document| document.stage.is_none() && document.shows == shows);
    let now = works
        .stages
        .iter()
        .position(|stage| stage.done_on.is_none());
    WorksView {
        number: task.number,
        href: format!("/works/{}", task.number),
        title: task.title.clone(),
        todo: task.todo.clone(),
        unit: names.unit(task.unit),
        state: state(request, task.state),
        tone: tone(task.state),
        due_on: (task.state.is_running() || task.state == TaskState::Done).then_some(task.due_on),
        begun_on: task.begun_on,
        done_on: task.done_on,
        said: task.said.clone(),
        said_about: request.t(said_about(task.state)).into_owned(),
        // What is told to be done is not told in parts, too.
        percent: works
            .percent()
            .filter(|percent| *percent == 100 || task.done_on.is_none()),
        stages: works
            .stages
            .iter()
            .enumerate()
            .map(|(at, stage)| StageView {
                id: stage.id.to_string(),
                title: stage.title.clone(),
                state: match stage.done_on {
                    Some(_) => "done",
                    None if Some(at) == now && task.state == TaskState::UnderWay => "now",
                    None => "ahead",
                },
                from_on: stage.from_on,
                until_on: stage.until_on,
                done_on: stage.done_on,
                late: stage.done_on.is_none() && stage.until_on < today && task.state.is_running(),
                note: stage.note.clone(),
                photos: photos(&|document| document.stage == Some(stage.id)),
            })
            .collect(),
        before: of_none(Shows::Before),
        during: of_none(Shows::Works),
        proof: of_none(Shows::Proof),
        dispute: String::new(),
        disputed: false,
    }
}

pub(super) fn problem(request: &Request, names: &Names, row: &ProblemRow) -> ProblemView {
    let zone = &request.shell().settings().zone;
    ProblemView {
        number: row.number,
        href: format!("/problems/{}", row.number),
        title: row.title.clone(),
        about: row.about.clone(),
        place: names.place(row.territory, &row.place),
        category: names.category_path(row.category),
        unit: names.unit(row.unit),
        state: problem_state(request, row.state),
        tone: match row.state {
            ProblemState::Open => "",
            ProblemState::Closed => "good",
        },
        cases: row.cases,
        opened_on: row.opened_at.date(zone),
        closed_on: row.closed_at.map(|moment| moment.date(zone)),
        closing: row.closing.clone(),
        same: same(names, row),
    }
}

/// The form with the subject of the problem marked; the search where no form takes it.
fn same(names: &Names, row: &ProblemRow) -> String {
    let contents = names.contents();
    let subject = row.category.and_then(|id| contents.categories().by_id(id));
    let form = subject.and_then(|subject| {
        let service = contents.service_of(subject.id);
        let service = service.or_else(|| contents.service("complaint"))?;
        let code = &service.definition.code;
        let takes = contents.takes(&service.definition, &subject.code);
        takes.then(|| format!("/file/{code}?category={}", subject.code))
    });
    form.unwrap_or_else(|| crate::pages::address("/find", &[("q", &row.title)]))
}

/// What stands beside a case for its reader.
pub(in crate::pages) fn of_case(
    request: &Request,
    names: &Names,
    today: Date,
    card: &Card,
    found: &WorksOfCase,
    reader: &Actor,
) -> CaseWorks {
    let number = super::super::case::latin(card.case.number);
    let own = card.side == Side::Applicant;
    let shown = found.works.iter().map(|one| {
        let mut view = works(request, names, today, one);
        view.disputed = own && found.disputed.contains(&one.task.number);
        if own && one.task.state == TaskState::Done && !view.disputed {
            view.dispute = format!("/cases/{number}/works/{}", one.task.number);
        }
        if !own {
            view.href = format!("/desk/tasks/{}", one.task.number);
        }
        view
    });
    let mut ways = Vec::new();
    let subject = Subject::in_unit(card.case.unit);
    if !own && people::allows(reader, Permission::AssignCase, &subject) {
        let mut way = |href: String, key: &str| {
            let text = request.t(key).into_owned();
            ways.push(Link { href, text });
        };
        if found.problem.is_none() {
            way(format!("/desk/problems/new?case={number}"), "works-join");
        }
        let set =
            |source: TaskSource| format!("/desk/tasks/new?source={}&case={number}", source.code());
        if is_accepted(&card.case) {
            way(set(TaskSource::Proposal), "works-set-proposal");
        }
        let rating = card.course.rating.as_ref();
        if rating.is_some_and(|rating| !rating.comment.is_empty()) {
            way(set(TaskSource::Review), "works-set-review");
        }
        for (at, promise) in super::tasks::promises(card).iter().enumerate() {
            let words = request.shell().words();
            let day = words.date_long(request.language, promise.on);
            ways.push(Link {
                href: format!("{}&promise={at}", set(TaskSource::Promise)),
                text: request.ta("works-set-promise", &[("date", day.into())]),
            });
        }
    }
    let shown_works = shown.collect();
    CaseWorks {
        problem: found.problem.as_ref().map(|row| {
            let mut view = problem(request, names, row);
            if !own {
                view.href = format!("/desk/problems/{}", row.number);
            }
            view
        }),
        works: shown_works,
        ways,
    }
}

/// How many days are left, in words, with the tone of it.
pub(super) fn left(request: &Request, today: Date, task: &TaskRow) -> (String, &'static str) {
    if !task.state.is_running() {
        return (state(request, task.state), tone(task.state));
    }
    let days = term::days_until(today, task.due_on);
    (term::short(request, days), term::tone(days))
}
