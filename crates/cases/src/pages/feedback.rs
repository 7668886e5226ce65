//! Feedback about the portal: a message on one page, which keeps the address of the page that it is
//! about and becomes a case of the service of that name. Guests may send one.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use base::text::clean_line;
use base::{Error, FieldError};
use catalog::{Answers, StepView};
use people::Visitor;
use sha2::{Digest, Sha256};
use web::{Fields, Page, PageResult};

use super::filing::{Filling, receipt};
use super::prefilling::prefilled;
use super::{attaching, pass_of, with_pass};
use crate::Cases;
use crate::model::{Filing, Idempotency, Source};

/// The service whose cases these messages are.
const SERVICE: &str = "feedback";

/// Where the page is.
pub(super) const ADDRESS: &str = "/feedback";

/// The field that holds the address of the page.
const PAGE: &str = "page";
/// The field that says what the message is about, and what it is in the link of every page.
const ABOUT: &str = "about";
const MISTAKE: &str = "mistake";

/// The most characters of that address.
const MOST_ADDRESS: usize = 300;

pub(super) fn router() -> Router<Cases> {
    Router::new().route("/feedback", get(show).post(send))
}

#[derive(Template)]
#[template(path = "feedback.html")]
pub(super) struct Feedback {
    pub(super) page: Page,
    pub(super) step: StepView,
    pub(super) check: String,
    /// What makes a message that is sent twice one message.
    pub(super) once: String,
    pub(super) action_word: String,
    pub(super) consent: bool,
    pub(super) guest: bool,
    pub(super) may_attach: bool,
}

/// The form; `?page=` says which page it is about, `&about=mistake` that something there is wrong.
async fn show(
    visitor: Visitor,
    State(cases): State<Cases>,
    Query(query): Query<Vec<(String, String)>>,
) -> PageResult {
    let filling = Filling::of(&cases, &visitor, SERVICE).await?;
    let Some(step) = only_step(&filling) else {
        return Ok(visitor.request.redirect("/file/feedback"));
    };
    let mut answers = prefilled(&cases, &visitor, &filling, &step, Answers::new()).await;
    let asked = Fields(query);
    let about = address_of(asked.text(PAGE));
    if !about.is_empty() {
        answers.insert(PAGE.to_owned(), about.into());
    }
    // The link at the foot of every page says what it is about; others leave the choice open.
    if asked.text(ABOUT) == MISTAKE {
        answers.insert(ABOUT.to_owned(), MISTAKE.into());
    }
    let once = base::id::new_uuid(visitor.request.now()).to_string();
    let form = Filled {
        answers: &answers,
        once: &once,
        consent: false,
    };
    draw(&cases, &visitor, &filling, &form, Vec::new())
}

async fn send(visitor: Visitor, State(cases): State<Cases>, fields: Fields) -> PageResult {
    let filling = Filling::of(&cases, &visitor, SERVICE).await?;
    let Some(step) = only_step(&filling) else {
        return Ok(visitor.request.redirect("/file/feedback"));
    };
    let answers = filling.definition().form.read_urlencoded(&step, &fields.0);
    let form = Filled {
        answers: &answers,
        once: fields.text("once"),
        consent: fields.text("consent") == "yes",
    };
    if fields.text("to") == attaching::STEP && filling.definition().attachments.are_taken() {
        return attach(&cases, &visitor, &filling, &step, &form).await;
    }
    match cases.file(&visitor.actor, form.filing(SERVICE)?).await {
        Ok(filed) => Ok(receipt(&cases, &visitor, &filed)),
        Err(Error::Invalid(errors)) => draw(&cases, &visitor, &filling, &form, errors),
        Err(other) => Err(other.into()),
    }
}

/// Goes on to the page of documents with what was written kept in a draft.
async fn attach(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    step: &str,
    form: &Filled<'_>,
) -> PageResult {
    let definition = filling.definition();
    let context = filling.context(cases);
    let clean = match definition.form.check_step(step, form.answers, &context) {
        Ok(clean) => clean,
        Err(errors) => return draw(cases, visitor, filling, form, errors),
    };
    let pass = pass_of(cases, &visitor.request);
    let draft = cases
        .save_draft(&visitor.actor, &pass, None, SERVICE, clean)
        .await?;
    let address = filling.address(draft, attaching::STEP);
    let response = visitor.request.redirect(&address);
    if visitor.viewer.is_some() {
        return Ok(response);
    }
    Ok(with_pass(
        response,
        cases,
        &visitor.request,
        &pass.with_draft(draft),
    ))
}

/// What was filled in.
pub(super) struct Filled<'a> {
    pub(super) answers: &'a Answers,
    pub(super) once: &'a str,
    pub(super) consent: bool,
}

impl Filled<'_> {
    /// What is filed.
    pub(super) fn filing(&self, service: &str) -> base::Result<Filing> {
        Ok(Filing {
            service: service.to_owned(),
            answers: self.answers.clone(),
            consent: self.consent,
            source: Source::Web,
            draft: None,
            idempotency: Some(self.idempotency(service)?),
        })
    }

    /// The same words sent twice from one page are one message; other words are another.
    fn idempotency(&self, service: &str) -> base::Result<Idempotency> {
        let answers = serde_json::to_vec(self.answers).map_err(Error::internal)?;
        let mut key = Sha256::new_with_prefix(service.as_bytes());
        key.update(b":");
        key.update(self.once.as_bytes());
        key.update(b":");
        key.update(&answers);
        Ok(Idempotency {
            key: key.finalize().into(),
            body: Sha256::digest(&answers).into(),
        })
    }
}

/// The one step of the form; none when an administrator has made several of it, and it is filed
/// step by step as every other.
fn only_step(filling: &Filling) -> Option<String> {
    match filling.definition().form.steps.as_slice() {
        [only] => Some(only.id.clone()),
        _ => None,
    }
}

/// Whether filing begins on this page.
pub(super) fn is_its_page(filling: &Filling) -> bool {
    filling.definition().code == SERVICE && only_step(filling).is_some()
}

/// An address of this portal without its query, which is nobody's business; empty when it is none.
fn address_of(given: &str) -> String {
    let path = given.split(['?', '#']).next().unwrap_or_default();
    let path: String = clean_line(path).chars().take(MOST_ADDRESS).collect();
    if path.starts_with('/') && !path.starts_with("//") {
        path
    } else {
        String::new()
    }
}

fn draw(
    cases: &Cases,
    visitor: &Visitor,
    filling: &Filling,
    form: &Filled<'_>,
    errors: Vec<FieldError>,
) -> PageResult {
    let request = &visitor.request;
    let definition = filling.definition();
    let step = definition.form.steps.first().ok_or(Error::NotFound)?;
    let shown = filling.shown(request);
    let view = StepView::new(&definition.form, step, form.answers, cases.today(), &shown);
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = view.dress(request.page(view.title.clone()), errors);
    web::html_with(
        status,
        &Feedback {
            page,
            check: format!("/services/{SERVICE}/check/{}", step.id),
            step: view,
            once: form.once.to_owned(),
            action_word: definition.action.text(request.language).to_owned(),
            consent: form.consent,
            guest: visitor.viewer.is_none(),
            may_attach: definition.attachments.are_taken(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::address_of;

    #[test]
    fn only_an_address_of_this_portal_is_kept_and_without_its_query() {
        for (given, kept) in [
            ("/services/complaint", "/services/complaint"),
            ("/find?q=тайна", "/find"),
            (
                "/cases/А-2026-00000042-5#answer",
                "/cases/А-2026-00000042-5",
            ),
            ("//evil.example", ""),
            ("https://evil.example/", ""),
            ("", ""),
        ] {
            assert_eq!(address_of(given), kept, "{given}");
        }
        assert_eq!(address_of(&format!("/{}", "a".repeat(900))).len(), 300);
    }
}
