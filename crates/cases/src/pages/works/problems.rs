//! Problems at the desk: cases are joined, leave with a reason, and the problem is closed with the
//! proof of its works.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use base::{Error, Number, Result};
use people::{Permission, Subject, Visitor};
use serde::Deserialize;
use web::{Choice, Fields, Page, PageResult};

use super::super::address;
use super::super::case::latin;
use super::super::deed_forms::DeedField;
use super::super::names::Names;
use super::view::{ProblemView, WorksView, problem, works};
use super::{Filling, WorksForm, drawn, number_of, shown};
use crate::Cases;
use crate::model::{NewProblem, ProblemFilter, ProblemState, TaskState};
use crate::works::JOINED_MOST;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .route("/desk/problems/new", get(ask_new).post(open))
        .route("/desk/problems/{problem}", get(show))
        .route("/desk/problems/{problem}/leave", get(ask_leave).post(leave))
        .route("/desk/problems/{problem}/close", get(ask_close).post(close))
}

/// The most problems that a case is offered to join.
const OFFERED: usize = 50;

#[derive(Template)]
#[template(path = "desk-problem.html")]
pub(in crate::pages) struct ProblemDesk {
    pub(in crate::pages) page: Page,
    pub(in crate::pages) problem: ProblemView,
    pub(in crate::pages) works: Vec<WorksView>,
    pub(in crate::pages) numbers: Vec<String>,
    /// Whether the reader answers for it and it is open.
    pub(in crate::pages) may: bool,
    /// Whether it can be closed now.
    pub(in crate::pages) may_close: bool,
}

/// The cases that an address names.
#[derive(Deserialize)]
struct Named {
    case: Option<String>,
}

impl Named {
    fn numbers(&self) -> Result<Vec<Number>> {
        let text = self.case.as_deref().unwrap_or_default();
        let numbers = text.split(',').take(JOINED_MOST + 1);
        let numbers: Vec<Number> = numbers.filter_map(|one| one.parse().ok()).collect();
        if numbers.is_empty() {
            return Err(Error::NotFound);
        }
        Ok(numbers)
    }
}

/// Where cases are joined.
pub(in crate::pages) fn joining(numbers: &[Number]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|number| latin(*number)).collect();
    address("/desk/problems/new", &[("case", &numbers.join(","))])
}

async fn ask_new(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(named): Query<Named>,
) -> PageResult {
    drawn(new_form(&cases, &visitor, &named, None).await?, Vec::new())
}

async fn new_form(
    cases: &Cases,
    visitor: &Visitor,
    named: &Named,
    fields: Option<&Fields>,
) -> Result<WorksForm> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, Permission::AssignCase)?;
    let request = &visitor.request;
    let numbers = named.numbers()?;
    let filter = ProblemFilter {
        state: Some(ProblemState::Open),
        ..ProblemFilter::default()
    };
    let open = cases.problems(filter, None, Some(OFFERED)).await?.items;
    let theirs = open.iter().filter(|row| {
        people::allows(
            &visitor.actor,
            Permission::AssignCase,
            &Subject::in_unit(row.unit),
        )
    });
    let choices: Vec<Choice> = theirs
        .map(|row| Choice::new(row.number.to_string(), row.title.clone()))
        .collect();
    let known = |name: &str| {
        fields
            .map(|fields| fields.text(name).to_owned())
            .unwrap_or_default()
    };
    let filling = Filling {
        request,
        typed: &known,
    };
    let mut asked = Vec::new();
    // Where there is no problem to come to, a new one is told of.
    let anew = choices.is_empty();
    if !choices.is_empty() {
        let mut into = filling.choice("problem", "problem-into", choices);
        into.required = false;
        asked.push(filling.hinted("problem-into-hint", into));
    }
    asked.extend([
        filling.hinted(
            "works-public-hint",
            DeedField {
                required: anew,
                ..filling.field("text", "title", "problem-title")
            },
        ),
        filling.hinted(
            "works-public-hint",
            DeedField {
                required: anew,
                ..filling.field("area", "about", "problem-about")
            },
        ),
        filling.hinted(
            "problem-place-hint",
            filling.optional("text", "place", "problem-place"),
        ),
    ]);
    let listed: Vec<String> = numbers.iter().map(Number::to_string).collect();
    Ok(WorksForm {
        page: request.page(request.t("works-join")).dense(),
        title: request.t("works-join").into_owned(),
        leads: vec![
            request.t("problem-join-lead").into_owned(),
            listed.join(", "),
        ],
        fields: asked,
        action: joining(&numbers),
        back: match numbers[..] {
            [one] => format!("/desk/{}", latin(one)),
            _ => "/desk/several".to_owned(),
        },
        back_text: request.t("desk-title").into_owned(),
        button: request.t("problem-join-do").into_owned(),
        file: None,
    })
}

async fn open(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(named): Query<Named>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let numbers = named.numbers()?;
    let done = async {
        let known = fields.text("problem");
        if !known.is_empty() {
            let number = number_of(known)?;
            cases.join_problem(&visitor.actor, number, &numbers).await?;
            return Ok(number);
        }
        let new = NewProblem {
            title: fields.text("title").to_owned(),
            about: fields.text("about").to_owned(),
            place: fields.text("place").to_owned(),
            cases: numbers.clone(),
        };
        cases.open_problem(&visitor.actor, new).await
    };
    match done.await {
        Ok(number) => {
            let page = format!("/desk/problems/{number}");
            Ok(visitor.request.redirect_saying(&page, "problem-joined"))
        }
        Err(error) => {
            let errors = shown(error)?;
            drawn(
                new_form(&cases, &visitor, &named, Some(&fields)).await?,
                errors,
            )
        }
    }
}

async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    visitor.require_sign_in()?;
    let request = &visitor.request;
    let number = number_of(&number)?;
    let numbers = cases.cases_of_problem(&visitor.actor, number).await?;
    let found = cases.problem(number).await?;
    let names = Names::load(&cases, request.language).await?;
    let row = &found.problem;
    let subject = Subject::in_unit(row.unit);
    let may = row.state == ProblemState::Open
        && people::allows(&visitor.actor, Permission::AssignCase, &subject);
    let over = found.works.iter().all(|one| !one.task.state.is_open());
    let confirmed = |state: TaskState| state == TaskState::Confirmed;
    let solved = found.works.iter().any(|one| confirmed(one.task.state));
    let today = cases.today();
    let shown = found.works.iter().map(|one| {
        let mut view = works(request, &names, today, one);
        view.href = format!("/desk/tasks/{}", view.number);
        view
    });
    web::html(&ProblemDesk {
        page: request.page(row.title.clone()).dense(),
        problem: problem(request, &names, row),
        works: shown.collect(),
        numbers: numbers.iter().map(Number::to_string).collect(),
        may,
        may_close: may && over && (solved || row.cases == 0),
    })
}

/// The form of a deed with a problem.
async fn deed_form(
    cases: &Cases,
    visitor: &Visitor,
    number: i64,
    deed: &'static str,
    case: &str,
    typed: String,
) -> Result<WorksForm> {
    visitor.require_sign_in()?;
    people::require_somewhere(&visitor.actor, Permission::AssignCase)?;
    let request = &visitor.request;
    let row = cases.problem(number).await?.problem;
    let typed = |_: &str| typed.clone();
    let filling = Filling {
        request,
        typed: &typed,
    };
    let name = if deed == "close" { "closing" } else { "reason" };
    let field = filling.field("area", name, &format!("problem-{deed}-label"));
    let key = format!("problem-{deed}");
    let title = format!("problem-{deed}-title");
    let mut leads = vec![
        row.title,
        request.t(&format!("problem-{deed}-lead")).into_owned(),
    ];
    if !case.is_empty() {
        leads.push(case.to_owned());
    }
    Ok(WorksForm {
        page: request.page(request.t(&title)).dense(),
        title: request.t(&title).into_owned(),
        leads,
        fields: vec![field],
        action: address(
            &format!("/desk/problems/{number}/{deed}"),
            &[("case", case)],
        ),
        back: format!("/desk/problems/{number}"),
        back_text: request.t("problem-back").into_owned(),
        button: request.t(&key).into_owned(),
        file: None,
    })
}

async fn ask_leave(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(named): Query<Named>,
) -> PageResult {
    let case = named.numbers()?[0].to_string();
    let number = number_of(&number)?;
    let form = deed_form(&cases, &visitor, number, "leave", &case, String::new());
    drawn(form.await?, Vec::new())
}

async fn leave(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    Query(named): Query<Named>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let (number, case) = (number_of(&number)?, named.numbers()?[0]);
    let reason = fields.text("reason");
    match cases
        .leave_problem(&visitor.actor, number, case, reason)
        .await
    {
        Ok(()) => {
            let page = format!("/desk/problems/{number}");
            Ok(visitor.request.redirect_saying(&page, "works-kept"))
        }
        Err(error) => {
            let errors = shown(error)?;
            let case = case.to_string();
            let form = deed_form(&cases, &visitor, number, "leave", &case, reason.to_owned());
            drawn(form.await?, errors)
        }
    }
}

async fn ask_close(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
) -> PageResult {
    let number = number_of(&number)?;
    let form = deed_form(&cases, &visitor, number, "close", "", String::new());
    drawn(form.await?, Vec::new())
}

async fn close(
    visitor: Visitor,
    State(cases): State<Cases>,
    Path(number): Path<String>,
    fields: Fields,
) -> PageResult {
    visitor.require_sign_in()?;
    let number = number_of(&number)?;
    let closing = fields.text("closing");
    match cases.close_problem(&visitor.actor, number, closing).await {
        Ok(()) => {
            let page = format!("/desk/problems/{number}");
            Ok(visitor
                .request
                .redirect_saying(&page, "problem-closed-done"))
        }
        Err(error) => {
            let errors = shown(error)?;
            let form = deed_form(&cases, &visitor, number, "close", "", closing.to_owned());
            drawn(form.await?, errors)
        }
    }
}
