//! Problems and works for everybody: a list that is narrowed and paged, a problem with its works, one
//! piece of works, and the cleaned copies of its photographs. No word of an applicant is here.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use base::id::UnitId;
use people::{Permission, Subject, Visitor};
use serde::Deserialize;
use web::{Choice, Page, PageResult};

use super::super::documents_view::file;
use super::super::names::Names;
use super::super::{address, parameter};
use super::number_of;
use super::view::{ProblemView, WorksView, problem, problem_state, works};
use crate::Cases;
use crate::documents::{Form, NotKept};
use crate::model::{ProblemFilter, ProblemState};

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/problems", get(list))
        .route("/problems/{code}", get(show))
        .route("/works/{task}", get(one))
        .route("/works/{task}/files/{file}", get(whole))
        .route("/works/{task}/files/{file}/small", get(small))
}

#[derive(Template)]
#[template(path = "problems.html")]
pub(in crate::pages) struct Problems {
    pub(in crate::pages) page: Page,
    pub(in crate::pages) categories: Vec<Choice>,
    pub(in crate::pages) units: Vec<Choice>,
    pub(in crate::pages) states: Vec<Choice>,
    pub(in crate::pages) category: String,
    pub(in crate::pages) unit: String,
    pub(in crate::pages) state: String,
    pub(in crate::pages) rows: Vec<ProblemView>,
    pub(in crate::pages) next: String,
    pub(in crate::pages) first: String,
}

impl Problems {
    fn any(&self) -> bool {
        !(self.category.is_empty() && self.unit.is_empty() && self.state.is_empty())
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
pub(in crate::pages) struct ProblemShow {
    pub(in crate::pages) page: Page,
    pub(in crate::pages) problem: ProblemView,
    pub(in crate::pages) works: Vec<WorksView>,
    /// Where the reader works with it; empty for everybody else.
    pub(in crate::pages) desk: String,
}

#[derive(Template)]
#[template(path = "works.html")]
pub(in crate::pages) struct WorksShow {
    pub(in crate::pages) page: Page,
    pub(in crate::pages) works: WorksView,
    /// The problem that they solve; empty for none.
    pub(in crate::pages) problem: String,
    /// Where the reader works with them; empty for everybody else.
    pub(in crate::pages) desk: String,
}

/// Where those who work in a unit go on, at an address of the desk.
fn at_desk(visitor: &Visitor, unit: UnitId, address: String) -> String {
    let subject = Subject::in_unit(unit);
    if people::allows(&visitor.actor, Permission::ReadUnitCases, &subject) {
        address
    } else {
        String::new()
    }
}

#[derive(Deserialize)]
struct Asked {
    category: Option<String>,
    unit: Option<String>,
    state: Option<String>,
    after: Option<String>,
}

async fn list(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let request = &visitor.request;
    let names = Names::load(&cases, request.language).await?;
    let (category, unit) = (
        parameter(asked.category.as_deref()),
        parameter(asked.unit.as_deref()),
    );
    let found_category = names.contents().categories().by_code(&category);
    let found_unit = names.units().by_code(&unit);
    let state = asked.state.as_deref().and_then(ProblemState::from_code);
    // What nobody knows narrows nothing, and is not said to.
    let category = found_category
        .map(|known| known.code.clone())
        .unwrap_or_default();
    let unit = found_unit
        .map(|known| known.code.clone())
        .unwrap_or_default();
    let after = asked.after.as_deref().filter(|after| !after.is_empty());
    let filter = ProblemFilter {
        category: found_category.map(|known| known.id),
        unit: found_unit.map(|known| known.id),
        state,
    };
    let found = cases.problems(filter, after, None).await?;
    let code = state.map_or("", ProblemState::code);
    let here = |after: &str| {
        let by = [("category", &*category), ("unit", &*unit), ("state", code)];
        address("/problems", &[by[0], by[1], by[2], ("after", after)])
    };
    let next = found.next.as_ref().map(|next| here(next.as_str()));
    let rows = found.items.iter();
    web::for_everybody(web::html(&Problems {
        page: request.page(request.t("problems-title")),
        categories: names.category_choices(&category),
        units: names.unit_choices(&unit),
        states: ProblemState::ALL
            .iter()
            .map(|state| Choice::new(state.code(), problem_state(request, *state)))
            .collect(),
        rows: rows.map(|row| problem(request, &names, row)).collect(),
        next: next.unwrap_or_default(),
        first: after.map(|_| here("")).unwrap_or_default(),
        state: code.to_owned(),
        category,
        unit,
    }))
}

/// A problem by its number; the same place explains kinds of refusals by their codes (RFC 9457).
async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(code): Path<String>,
) -> PageResult {
    let request = &visitor.request;
    let Ok(number) = number_of(&code) else {
        return web::explain(request, &code);
    };
    let found = cases.problem(number).await?;
    let names = Names::load(&cases, request.language).await?;
    let today = cases.today();
    let shown = found.works.iter();
    web::for_everybody(web::html(&ProblemShow {
        page: request.page(found.problem.title.clone()),
        problem: problem(request, &names, &found.problem),
        desk: at_desk(
            &visitor,
            found.problem.unit,
            format!("/desk/problems/{number}"),
        ),
        works: shown
            .map(|one| works(request, &names, today, one))
            .collect(),
    }))
}

async fn one(visitor: Visitor, State(cases): State<Cases>, Path(task): Path<String>) -> PageResult {
    let request = &visitor.request;
    let found = cases.works(number_of(&task)?).await?;
    let names = Names::load(&cases, request.language).await?;
    web::for_everybody(web::html(&WorksShow {
        page: request.page(found.task.title.clone()),
        works: works(request, &names, cases.today(), &found),
        desk: at_desk(
            &visitor,
            found.task.unit,
            format!("/desk/tasks/{}", found.task.number),
        ),
        problem: found
            .problem
            .map(|number| format!("/problems/{number}"))
            .unwrap_or_default(),
    }))
}

async fn whole(State(cases): State<Cases>, Path((task, id)): Path<(String, String)>) -> PageResult {
    open(&cases, &task, &id, false).await
}

async fn small(State(cases): State<Cases>, Path((task, id)): Path<(String, String)>) -> PageResult {
    open(&cases, &task, &id, true).await
}

async fn open(cases: &Cases, task: &str, id: &str, small: bool) -> PageResult {
    let id = id.parse().map_err(|_| base::Error::NotFound)?;
    let form = if small {
        Form::Thumbnail
    } else {
        Form::Cleaned
    };
    match cases.open_works(number_of(task)?, id, small).await {
        Ok(opened) => Ok(file(opened, form)),
        Err(NotKept::Other(error)) => Err(error.into()),
        Err(_) => Err(base::Error::Busy.into()),
    }
}
