//! A proposal on one page: every step of the service's form under one another, for the installed
//! application, which can hold the page without a network and send it when there is one. Sent twice
//! it is one proposal.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use base::{Error, FieldError};
use catalog::form::Form;
use catalog::{Answers, StepView};
use people::Visitor;
use web::{Fields, Page, PageResult};

use super::feedback::Filled;
use super::filing::{Filling, receipt};
use super::prefilling::prefilled;
use crate::Cases;

/// The service whose form it is.
const SERVICE: &str = "proposal";

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/app/proposal", get(show).post(send))
}

#[derive(Template)]
#[template(path = "proposal.html")]
struct Proposal {
    page: Page,
    steps: Vec<StepView>,
    /// What makes a proposal that is sent twice one proposal.
    once: String,
    action_word: String,
    consent: bool,
    guest: bool,
    /// What the service is by law, for those who are signed in.
    formal: String,
}

async fn show(visitor: Visitor, State(cases): State<Cases>) -> PageResult {
    let filling = Filling::of(&cases, &visitor, SERVICE).await?;
    let mut answers = Answers::new();
    for step in &filling.definition().form.steps {
        answers = prefilled(&cases, &visitor, &filling, &step.id, answers).await;
    }
    let once = base::id::new_uuid(visitor.request.now()).to_string();
    let form = Filled {
        answers: &answers,
        once: &once,
        consent: false,
    };
    draw(&cases, &visitor, &filling, &form, &[])
}

async fn send(visitor: Visitor, State(cases): State<Cases>, fields: Fields) -> PageResult {
    let filling = Filling::of(&cases, &visitor, SERVICE).await?;
    let asked = &filling.definition().form;
    let (answers, reshaped) = read(asked, &fields);
    let form = Filled {
        answers: &answers,
        once: fields.text("once"),
        consent: fields.text("consent") == "yes",
    };
    if reshaped {
        return draw(&cases, &visitor, &filling, &form, &[]);
    }
    match cases.file(&visitor.actor, form.filing(SERVICE)?).await {
        Ok(filed) => Ok(receipt(&cases, &visitor, &filed)),
        Err(Error::Invalid(errors)) => draw(&cases, &visitor, &filling, &form, &errors),
        Err(other) => Err(other.into()),
    }
}

/// The answers of all steps, and whether a press asked for another shape of the page: one more who
/// signs it, or one fewer.
fn read(form: &Form, fields: &Fields) -> (Answers, bool) {
    let mut answers = Answers::new();
    let mut reshaped = false;
    for step in &form.steps {
        answers.extend(form.read_urlencoded(&step.id, &fields.0));
        reshaped |= catalog::form::companions::press(step, &fields.0, &mut answers);
    }
    (answers, reshaped)
}

fn draw(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    filled: &Filled<'_>,
    errors: &[FieldError],
) -> PageResult {
    let request = &visitor.request;
    let definition = filling.definition();
    let mut shown = filling.shown(request);
    // A picture that answers a press needs a network.
    shown.map = None;
    let form = &definition.form;
    let steps: Vec<StepView> = form
        .steps
        .iter()
        .map(|step| StepView::new(form, step, filled.answers, cases.today(), &shown))
        .collect();
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = request.page(definition.action.text(request.language));
    let page = steps
        .iter()
        .fold(page, |page, step| step.dress(page, errors.to_vec()));
    web::html_with(
        status,
        &Proposal {
            page,
            steps,
            once: filled.once.to_owned(),
            action_word: definition.action.text(request.language).to_owned(),
            consent: filled.consent,
            guest: visitor.viewer.is_none(),
            formal: filling.formal(request),
        },
    )
}
