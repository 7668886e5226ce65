//! Pages of works on the ground: for everybody the problems and what is done about them, for those who
//! work the tasks and their deeds, for an applicant «not done».

mod disputing;
mod problems;
mod public;
mod tasks;
mod view;

use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use base::{Error, FieldError, Result};
use people::Visitor;
use web::{Choice, Page, PageResult, Request};

use super::deed_forms::DeedField;
use super::documents_view::accept;
use super::names::Names;
use crate::Cases;
use crate::documents::labels;
use crate::model::Card;
use crate::works::KINDS;

pub(super) use problems::joining;
pub(super) use tasks::TaskLine;
pub(super) use view::CaseWorks;

use view::of_case;

pub(super) fn router() -> Router<Cases> {
    Router::new()
        .merge(public::router())
        .merge(tasks::router())
        .merge(problems::router())
        .merge(disputing::router())
}

/// What the tests draw.
#[cfg(test)]
pub(super) mod samples {
    pub(in crate::pages) use super::problems::ProblemDesk;
    pub(in crate::pages) use super::public::{ProblemShow, Problems, WorksShow};
    pub(in crate::pages) use super::tasks::{DisputeView, TaskLine, TaskShow, Tasks, ViewLink};
    pub(in crate::pages) use super::view::{
        CaseWorks, PhotoView, ProblemView, StageView, WorksView,
    };
    pub(in crate::pages) use super::{FileField, WorksForm};
}

/// A form of works: what it says, what it asks for, and a file where one belongs to it.
#[derive(Template)]
#[template(path = "works-do.html")]
pub(super) struct WorksForm {
    pub(super) page: Page,
    pub(super) title: String,
    pub(super) leads: Vec<String>,
    pub(super) fields: Vec<DeedField>,
    pub(super) action: String,
    pub(super) back: String,
    pub(super) back_text: String,
    pub(super) button: String,
    pub(super) file: Option<FileField>,
}

/// The field that takes a file.
pub(super) struct FileField {
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) accept: String,
    pub(super) required: bool,
}

/// The field for photographs and papers of works.
fn file_field(request: &Request, label: &str, required: bool) -> FileField {
    FileField {
        label: request.t(label).into_owned(),
        hint: request.ta(
            "works-file-hint",
            &[("formats", labels(&KINDS).as_str().into())],
        ),
        accept: accept(&KINDS),
        required,
    }
}

/// What makes fields of a form: words of the request, and what was typed.
struct Filling<'a> {
    request: &'a Request,
    typed: &'a (dyn Fn(&str) -> String + Sync),
}

impl Filling<'_> {
    fn field(&self, kind: &'static str, name: &'static str, label: &str) -> DeedField {
        DeedField {
            kind,
            name,
            label: self.request.t(label).into_owned(),
            hint: String::new(),
            value: (self.typed)(name),
            options: Vec::new(),
            max: match kind {
                "area" => crate::works::TEXT_MOST,
                _ => crate::works::TITLE_MOST,
            },
            required: true,
        }
    }

    fn optional(&self, kind: &'static str, name: &'static str, label: &str) -> DeedField {
        DeedField {
            required: false,
            ..self.field(kind, name, label)
        }
    }

    fn choice(&self, name: &'static str, label: &str, options: Vec<Choice>) -> DeedField {
        DeedField {
            options,
            ..self.field("select", name, label)
        }
    }

    fn hinted(&self, hint: &str, field: DeedField) -> DeedField {
        DeedField {
            hint: self.request.t(hint).into_owned(),
            ..field
        }
    }
}

/// The page of a form with what was wrong in it.
fn drawn(mut form: WorksForm, errors: Vec<FieldError>) -> PageResult {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let mut page = form.page.with_errors(errors);
    for field in &form.fields {
        page = page.with_label(field.name, field.label.clone());
    }
    if let Some(file) = &form.file {
        page = page.with_label(crate::documents::FIELD, file.label.clone());
    }
    form.page = page;
    web::html_with(status, &form)
}

/// What of a refusal a form can show; all else is a page of trouble.
fn shown(error: Error) -> Result<Vec<FieldError>> {
    match error {
        Error::Invalid(errors) => Ok(errors),
        Error::Conflict(key) => Ok(vec![FieldError::new("", key)]),
        other => Err(other),
    }
}

/// The number of a task or a problem in an address.
fn number_of(text: &str) -> Result<i64> {
    let plain = text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text
        .parse()
        .ok()
        .filter(|_| plain && !text.starts_with('0'));
    number.ok_or(Error::NotFound)
}

/// The works of a card that was opened, with the ways on for its reader.
pub(super) async fn beside(cases: &Cases, visitor: &Visitor, card: &Card) -> Result<CaseWorks> {
    let names = Names::load(cases, visitor.request.language).await?;
    let works = cases.works_of_case(card.case.id).await?;
    let today = cases.today();
    Ok(of_case(
        &visitor.request,
        &names,
        today,
        card,
        &works,
        &visitor.actor,
    ))
}
